"""Posts of after July 2025, lists, tables, captions and signatures, through the whole pipeline. Own sentences throughout."""

from __future__ import annotations

import pytest

from extractor import extract

Posts = set[tuple[str, str | None]]

CASES: list[tuple[str, dict[str, Posts]]] = [
    (
        "Ông Đặng Hữu Tài, Giám đốc Trung tâm Phục vụ hành chính công xã Sơn Lộ, cho biết hồ sơ giảm.",
        {"Đặng Hữu Tài": {("Giám đốc", "Trung tâm Phục vụ hành chính công xã Sơn Lộ")}},
    ),
    (
        "Bà Lương Thị Nết - Phó Giám đốc Trung tâm Phục vụ hành chính công phường Tân Hạ - hướng dẫn người dân.",
        {"Lương Thị Nết": {("Phó Giám đốc", "Trung tâm Phục vụ hành chính công phường Tân Hạ")}},
    ),
    (
        "Ông Phùng Văn Quý, Phó Chủ tịch UBND xã kiêm Giám đốc Trung tâm Phục vụ hành chính công xã, trực tiếp tiếp dân.",
        {
            "Phùng Văn Quý": {
                ("Giám đốc", "Trung tâm Phục vụ hành chính công xã"),
                ("Phó Chủ tịch", "Ủy ban nhân dân xã"),
            }
        },
    ),
    (
        "Ông Hà Công Luận, Trưởng phòng Kinh tế xã Vân Trì, cho hay mô hình đã nhân rộng.",
        {"Hà Công Luận": {("Trưởng phòng", "Phòng Kinh tế xã Vân Trì")}},
    ),
    (
        "Bà Ngô Thị Thắm, Trưởng Phòng Văn hóa - Xã hội phường Bến Gót, phát quà.",
        {"Ngô Thị Thắm": {("Trưởng Phòng", "Phòng Văn hóa - Xã hội phường Bến Gót")}},
    ),
    (
        "Bà Ngô Thị Thắm, Trưởng phòng Văn hóa - Xã hội phường Bến Gót, phát quà.",
        {"Ngô Thị Thắm": {("Trưởng phòng", "Phòng Văn hóa - Xã hội phường Bến Gót")}},
    ),
    (
        "Theo ông Tô Đình Khánh, Phó Trưởng phòng Kinh tế, Hạ tầng và Đô thị phường Bến Gót, tuyến đường xong trong tháng này.",
        {"Tô Đình Khánh": {("Phó Trưởng phòng", "Phòng Kinh tế, Hạ tầng và Đô thị phường Bến Gót")}},
    ),
    (
        "Đồng chí Lâm Văn Thức, Trưởng Ban Xây dựng Đảng Đảng ủy xã Vân Trì, báo cáo đề án.",
        {"Lâm Văn Thức": {("Trưởng Ban", "Ban Xây dựng Đảng Đảng ủy xã Vân Trì")}},
    ),
    (
        "Đồng chí Lâm Văn Thức, Ủy viên Ban Thường vụ Đảng ủy, Trưởng Ban Xây dựng Đảng, báo cáo đề án.",
        {"Lâm Văn Thức": {("Trưởng Ban", "Ban Xây dựng Đảng"), ("Ủy viên Ban Thường vụ", "Đảng ủy")}},
    ),
    (
        "Ông Khuất Duy Bảo, Chủ tịch UBMTTQ Việt Nam phường Tân Hạ, vận động bà con.",
        {"Khuất Duy Bảo": {("Chủ tịch", "Ủy ban Mặt trận Tổ quốc Việt Nam phường Tân Hạ")}},
    ),
    (
        "Bà Nông Thị Yêu, Phó Bí thư Thường trực Đảng ủy, Chủ tịch HĐND xã Nà Phặc, dự lễ.",
        {
            "Nông Thị Yêu": {
                ("Chủ tịch", "Hội đồng nhân dân xã Nà Phặc"),
                ("Phó Bí thư Thường trực", "Đảng ủy xã Nà Phặc"),
            }
        },
    ),
    (
        "Đồng chí Cao Bá Lộc, Phó Bí thư Đảng ủy, Chủ tịch UBND đặc khu Hòn Khói, kiểm tra bến tàu.",
        {"Cao Bá Lộc": {("Chủ tịch", "Ủy ban nhân dân đặc khu Hòn Khói"), ("Phó Bí thư", "Đảng ủy đặc khu Hòn Khói")}},
    ),
    (
        "Ông Thái Văn Hoạch, Giám đốc BHXH khu vực XXI, ký kế hoạch.",
        {"Thái Văn Hoạch": {("Giám đốc", "Bảo hiểm xã hội khu vực XXI")}},
    ),
    (
        "Bà Mai Thị Lụa, Phó Giám đốc Bảo hiểm xã hội khu vực V, trả lời.",
        {"Mai Thị Lụa": {("Phó Giám đốc", "Bảo hiểm xã hội khu vực V")}},
    ),
    (
        "Ông Bùi Đức Tuệ, Chi cục trưởng Chi cục Thuế khu vực XII, đối thoại với doanh nghiệp.",
        {"Bùi Đức Tuệ": {("Chi cục trưởng", "Chi cục Thuế khu vực XII")}},
    ),
    (
        "Ông Bùi Đức Tuệ, Trưởng Thuế tỉnh Phú Thọ, đối thoại với hộ kinh doanh.",
        {"Bùi Đức Tuệ": {("Trưởng Thuế", "Thuế tỉnh Phú Thọ")}},
    ),
    (
        "Bà Đoàn Thị Ngát, Phó Trưởng Thuế cơ sở 3 tỉnh Phú Thọ, hướng dẫn kê khai.",
        {"Đoàn Thị Ngát": {("Phó Trưởng Thuế", "Thuế cơ sở 3 tỉnh Phú Thọ")}},
    ),
    (
        "Ông Giang Văn Thiều, Viện trưởng Viện Kiểm sát nhân dân khu vực 4, công bố cáo trạng.",
        {"Giang Văn Thiều": {("Viện trưởng", "Viện Kiểm sát nhân dân khu vực 4")}},
    ),
    (
        "Ông Giang Văn Thiều, Viện trưởng VKSND khu vực 4 - Phú Thọ, công bố cáo trạng.",
        {"Giang Văn Thiều": {("Viện trưởng", "Viện Kiểm sát nhân dân khu vực 4 - Phú Thọ")}},
    ),
    (
        "Bà Kiều Thị Ánh, Chánh án TAND khu vực 2, chủ tọa phiên tòa.",
        {"Kiều Thị Ánh": {("Chánh án", "Tòa án nhân dân khu vực 2")}},
    ),
    (
        "Thượng tá Lục Văn Báu, Chỉ huy trưởng Ban Chỉ huy Phòng thủ khu vực 3 - Nà Phặc, giao nhiệm vụ.",
        {"Lục Văn Báu": {("Chỉ huy trưởng", "Ban Chỉ huy Phòng thủ khu vực 3 - Nà Phặc")}},
    ),
    (
        "Đại tá Hứa Đình Lai, Ủy viên Ban Thường vụ Tỉnh ủy, Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh, phát lệnh.",
        {"Hứa Đình Lai": {("Chỉ huy trưởng", "Bộ Chỉ huy Quân sự tỉnh"), ("Ủy viên Ban Thường vụ", "Tỉnh ủy")}},
    ),
    (
        "Đồng chí Tạ Quang Huấn, Trưởng Ban Tuyên giáo và Dân vận Tỉnh ủy, kết luận hội nghị.",
        {"Tạ Quang Huấn": {("Trưởng Ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy")}},
    ),
    (
        "Đồng chí Sầm Thị Hòe, Phó Trưởng ban Thường trực Ban Tuyên giáo và Dân vận Tỉnh ủy, phổ biến nội dung.",
        {"Sầm Thị Hòe": {("Phó Trưởng ban Thường trực", "Ban Tuyên giáo và Dân vận Tỉnh ủy")}},
    ),
    (
        "Ông Mạc Văn Đỉnh, Đại biểu Quốc hội Đoàn Lạng Sơn, chất vấn.",
        {"Mạc Văn Đỉnh": {("Đại biểu", "Quốc hội Đoàn Lạng Sơn")}},
    ),
    (
        "Bà Vi Thị Páo, đại biểu Quốc hội tỉnh Sơn La, góp ý dự thảo.",
        {"Vi Thị Páo": {("Đại biểu", "Quốc hội tỉnh Sơn La")}},
    ),
    (
        "Ông Mạc Văn Đỉnh, Phó Trưởng đoàn chuyên trách Đoàn ĐBQH tỉnh Lạng Sơn, tiếp xúc cử tri.",
        {"Mạc Văn Đỉnh": {("Phó Trưởng đoàn chuyên trách", "Đoàn đại biểu Quốc hội tỉnh Lạng Sơn")}},
    ),
    (
        "Dự lễ có các đồng chí: Trần Bá Hạnh, Bí thư Tỉnh ủy; Lý Thị Sen, Phó Bí thư Thường trực Tỉnh ủy, "
        "Chủ tịch HĐND tỉnh; Đinh Văn Cử, Phó Chủ tịch UBND tỉnh.",
        {
            "Trần Bá Hạnh": {("Bí thư", "Tỉnh ủy")},
            "Lý Thị Sen": {("Chủ tịch", "Hội đồng nhân dân tỉnh"), ("Phó Bí thư Thường trực", "Tỉnh ủy")},
            "Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
        },
    ),
    (
        "Các Phó Chủ tịch UBND tỉnh: Đinh Văn Cử, Hoàng Thị Dậu và Quách Tất Liêm dự họp.",
        {
            "Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
            "Hoàng Thị Dậu": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
            "Quách Tất Liêm": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
        },
    ),
    (
        "Hội nghị do đồng chí Chủ tịch UBND tỉnh Trần Bá Hạnh chủ trì; tham dự có các Phó Chủ tịch: Đinh Văn Cử, Hoàng Thị Dậu.",
        {
            "Trần Bá Hạnh": {("Chủ tịch", "Ủy ban nhân dân tỉnh")},
            "Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
            "Hoàng Thị Dậu": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")},
        },
    ),
    (
        "| Họ và tên | Chức vụ |\n|---|---|\n| Đinh Văn Cử | Chủ tịch UBND xã Vân Trì |\n"
        "| Hoàng Thị Dậu | Phó Chủ tịch HĐND xã Vân Trì |",
        {
            "Đinh Văn Cử": {("Chủ tịch", "Ủy ban nhân dân xã Vân Trì")},
            "Hoàng Thị Dậu": {("Phó Chủ tịch", "Hội đồng nhân dân xã Vân Trì")},
        },
    ),
    (
        "1. Ông Đinh Văn Cử - Chủ tịch UBND xã: Trưởng ban;\n2. Bà Hoàng Thị Dậu - Phó Chủ tịch UBND xã: Phó Trưởng ban;",
        {
            "Đinh Văn Cử": {("Chủ tịch", "Ủy ban nhân dân xã"), ("Trưởng ban", None)},
            "Hoàng Thị Dậu": {("Phó Chủ tịch", "Ủy ban nhân dân xã"), ("Phó Trưởng ban", None)},
        },
    ),
    (
        "Phó Chủ tịch UBND tỉnh Đinh Văn Cử trao bằng khen. Ảnh: Mai Hoa",
        {"Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")}},
    ),
    (
        "Đồng chí Đinh Văn Cử (bên trái), Phó Chủ tịch UBND tỉnh, tặng hoa.",
        {"Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")}},
    ),
    (
        "Đồng chí Đinh Văn Cử (thứ hai từ phải sang) - Phó Chủ tịch UBND tỉnh tặng hoa.",
        {"Đinh Văn Cử": {("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")}},
    ),
    (
        "Ông Quách Tất Liêm, Trưởng PGD huyện Mai Sơn, trao giải.",
        {"Quách Tất Liêm": {("Trưởng phòng", "Phòng Giáo dục huyện Mai Sơn")}},
    ),
    (
        "Ông Quách Tất Liêm, Chủ tịch Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Bắc Kạn, phát biểu.",
        {"Quách Tất Liêm": {("Chủ tịch", "Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh Bắc Kạn")}},
    ),
    (
        "Ông Ma Văn Nho, Giám đốc Vườn quốc gia Ba Bể, kể lại.",
        {"Ma Văn Nho": {("Giám đốc", "Vườn quốc gia Ba Bể")}},
    ),
    (
        "Ông Ma Văn Nho, Trưởng buôn Kla, góp đất.",
        {"Ma Văn Nho": {("Trưởng buôn", "Buôn Kla")}},
    ),
    (
        "Ông Ma Văn Nho, Tổ trưởng tổ dân phố số 7, phường Đề Thám, cho hay.",
        {"Ma Văn Nho": {("Tổ trưởng", "Tổ dân phố số 7")}},
    ),
    (
        "Bà Ma Thị Ón, Tổ trưởng TDP số 7, phường Đề Thám, cho hay.",
        {"Ma Thị Ón": {("Tổ trưởng", "Tổ dân phố số 7")}},
    ),
    (
        "Ông Ma Văn Nho, Bí thư chi bộ kiêm Trưởng thôn Nà Lẹng, đi từng nhà.",
        {"Ma Văn Nho": {("Bí thư", "Chi bộ"), ("Trưởng thôn", "Thôn Nà Lẹng")}},
    ),
    (
        "Ông Kha Văn Tám, Phó Chủ tịch Thường trực Tổng LĐLĐ Việt Nam, thăm công nhân.",
        {"Kha Văn Tám": {("Phó Chủ tịch Thường trực", "Tổng Liên đoàn Lao động Việt Nam")}},
    ),
    (
        "Ông Kha Văn Tám, Phó Giám đốc Sở Nông nghiệp và Môi trường tỉnh, giải trình.",
        {"Kha Văn Tám": {("Phó Giám đốc", "Sở Nông nghiệp và Môi trường tỉnh")}},
    ),
    (
        "Ông Kha Văn Tám, Giám đốc Sở NN&MT tỉnh Lào Cai, giải trình.",
        {"Kha Văn Tám": {("Giám đốc", "Sở Nông nghiệp và Môi trường tỉnh Lào Cai")}},
    ),
    (
        "Bà Tống Thị Liễu, Giám đốc Sở VH,TT&DL tỉnh Lào Cai, giới thiệu.",
        {"Tống Thị Liễu": {("Giám đốc", "Sở Văn hóa, Thể thao và Du lịch tỉnh Lào Cai")}},
    ),
    (
        "Bà Tống Thị Liễu, Phó Giám đốc Sở KH&CN Lào Cai, giới thiệu.",
        {"Tống Thị Liễu": {("Phó Giám đốc", "Sở Khoa học và Công nghệ Lào Cai")}},
    ),
    (
        "Bộ trưởng Bộ Dân tộc và Tôn giáo Lù Văn Que tiếp đoàn.",
        {"Lù Văn Que": {("Bộ trưởng", "Bộ Dân tộc và Tôn giáo")}},
    ),
    (
        "Thượng tá Cầm Bá Thành, Trưởng Công an xã Mường Chanh, họp dân.",
        {"Cầm Bá Thành": {("Trưởng Công an", "Công an xã Mường Chanh")}},
    ),
    (
        "Trung tá Cầm Bá Thành, Phó Trưởng phòng Cảnh sát giao thông, Công an tỉnh Sơn La, tuyên truyền.",
        {"Cầm Bá Thành": {("Phó Trưởng phòng", "Phòng Cảnh sát giao thông, Công an tỉnh Sơn La")}},
    ),
    (
        "Thiếu tá Cầm Bá Thành - Đội trưởng Đội CSGT số 2 (Phòng CSGT Công an tỉnh Sơn La) - dẫn đầu.",
        {
            "Cầm Bá Thành": {
                ("Đội trưởng", "Đội Cảnh sát giao thông số 2, Phòng Cảnh sát giao thông Công an tỉnh Sơn La")
            }
        },
    ),
    (
        "Thầy Cầm Bá Thành, Hiệu trưởng Trường PTDTBT THCS Mường Chanh, cảm ơn.",
        {"Cầm Bá Thành": {("Hiệu trưởng", "Trường phổ thông dân tộc bán trú trung học cơ sở Mường Chanh")}},
    ),
    (
        "Bác sĩ Cầm Bá Thành, Trưởng trạm Y tế xã Mường Chanh, tiêm phòng.",
        {"Cầm Bá Thành": {("Trưởng trạm", "Trạm Y tế xã Mường Chanh")}},
    ),
    (
        "Ông Cầm Bá Thành, Bí thư Đoàn TNCS Hồ Chí Minh xã Mường Chanh, hiến máu.",
        {"Cầm Bá Thành": {("Bí thư", "Đoàn Thanh niên Cộng sản Hồ Chí Minh xã Mường Chanh")}},
    ),
    (
        "Trưởng Ban Quản lý KKT cửa khẩu Chi Ma Cầm Bá Thành cho biết xe đã thông.",
        {"Cầm Bá Thành": {("Trưởng Ban", "Ban Quản lý Khu kinh tế cửa khẩu Chi Ma")}},
    ),
    (
        "Ông Cầm Bá Thành, Phó Trưởng ban phụ trách Ban Quản lý các khu công nghiệp tỉnh, tiếp nhà đầu tư.",
        {"Cầm Bá Thành": {("Phó Trưởng ban phụ trách", "Ban Quản lý các khu công nghiệp tỉnh")}},
    ),
    (
        "Ông Lò Văn Hắc, Trưởng phòng Tổ chức - Hành chính - Quản trị (Bệnh viện Đa khoa huyện Mai Sơn), giải thích.",
        {"Lò Văn Hắc": {("Trưởng phòng", "Phòng Tổ chức - Hành chính - Quản trị, Bệnh viện Đa khoa huyện Mai Sơn")}},
    ),
    (
        "Ông Lò Văn Hắc, Trưởng phòng Đo đạc - Bản đồ (Sở TN&MT), giải thích.",
        {"Lò Văn Hắc": {("Trưởng phòng", "Phòng Đo đạc - Bản đồ, Sở Tài nguyên và Môi trường")}},
    ),
    (
        "Sở Nội vụ công bố quyết định điều động ông Lò Văn Hắc, Trưởng phòng Nội vụ huyện Mai Sơn, "
        "đến nhận công tác và giữ chức Phó Giám đốc Sở Nội vụ.",
        {"Lò Văn Hắc": {("Phó Giám đốc", "Sở Nội vụ"), ("Trưởng phòng", "Phòng Nội vụ huyện Mai Sơn")}},
    ),
    (
        "Ông Lò Văn Hắc được bầu làm Bí thư Huyện ủy nhiệm kỳ 2020 - 2025 thay ông Tòng Văn Ín nghỉ hưu.",
        {"Lò Văn Hắc": {("Bí thư", "Huyện ủy")}, "Tòng Văn Ín": {("Bí thư", "Huyện ủy")}},
    ),
    (
        "Lực lượng chức năng xác minh. Ông Tòng Văn Ín, Chủ tịch Hội đồng quản trị Công ty CP Hoa Ban, giải trình.",
        {},
    ),
    (
        "Bà Hà Thị Xoan, chủ tịch Hội Liên hiệp Phụ nữ phường Bến Gót, và bà Lý Thị Mẩy, hội viên, gói bánh.",
        {"Hà Thị Xoan": {("Chủ tịch", "Hội Liên hiệp Phụ nữ phường Bến Gót")}},
    ),
    (
        "Đồng chí Hà Kế San, UVTV, Trưởng Ban Tổ chức Đảng ủy các cơ quan Đảng tỉnh, trao quyết định.",
        {"Hà Kế San": {("Trưởng Ban", "Ban Tổ chức Đảng ủy các cơ quan Đảng tỉnh"), ("Ủy viên Ban Thường vụ", None)}},
    ),
    (
        "Đồng chí Hà Kế San, Phó Bí thư Đảng ủy UBND tỉnh, Phó Chủ tịch UBND tỉnh, trao quyết định.",
        {"Hà Kế San": {("Phó Bí thư", "Đảng ủy Ủy ban nhân dân tỉnh"), ("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")}},
    ),
    (
        "Chủ nhiệm Ủy ban Kiểm tra Đảng ủy xã Vân Trì Hà Kế San công bố kết luận.",
        {"Hà Kế San": {("Chủ nhiệm", "Ủy ban Kiểm tra Đảng ủy xã Vân Trì")}},
    ),
    (
        "Ông Hà Kế San, Phó Chủ tịch Ủy ban MTTQ Việt Nam, Chủ tịch Hội Nông dân tỉnh, trao vốn.",
        {"Hà Kế San": {("Chủ tịch", "Hội Nông dân tỉnh"), ("Phó Chủ tịch", "Ủy ban Mặt trận Tổ quốc Việt Nam")}},
    ),
    (
        "Bí thư Tỉnh ủy, Trưởng đoàn ĐBQH tỉnh Hà Kế San dâng hương.",
        {"Hà Kế San": {("Bí thư", "Tỉnh ủy"), ("Trưởng đoàn", "Đoàn đại biểu Quốc hội tỉnh")}},
    ),
    (
        "Ủy viên dự khuyết Trung ương Đảng, Phó Bí thư Tỉnh ủy Hà Kế San dâng hương.",
        {"Hà Kế San": {("Phó Bí thư", "Tỉnh ủy"), ("Ủy viên dự khuyết", "Trung ương Đảng")}},
    ),
    (
        "Ông Lò Văn Hắc, em trai Bí thư Huyện ủy Tòng Văn Ín, được bổ nhiệm làm Phó Giám đốc Sở Nội vụ.",
        {"Lò Văn Hắc": {("Phó Giám đốc", "Sở Nội vụ")}, "Tòng Văn Ín": {("Bí thư", "Huyện ủy")}},
    ),
    (
        "Con trai ông Tòng Văn Ín làm Trưởng phòng Nội vụ huyện.",
        {},
    ),
    (
        "Bà Lò Thị Mai, chị gái ông Tòng Văn Ín, hiện là Phó Chủ tịch UBND huyện.",
        {"Lò Thị Mai": {("Phó Chủ tịch", "Ủy ban nhân dân huyện")}},
    ),
    (
        "Các Phó Chủ tịch Ủy ban Quốc gia gồm: Bà Lò Thị Mai, Bộ trưởng Bộ Y tế; "
        "ông Tòng Văn Ín, Chủ tịch Hội Cựu giáo chức Việt Nam.",
        {
            "Lò Thị Mai": {("Bộ trưởng", "Bộ Y tế"), ("Phó Chủ tịch", "Ủy ban Quốc gia")},
            "Tòng Văn Ín": {("Chủ tịch", "Hội Cựu giáo chức Việt Nam"), ("Phó Chủ tịch", "Ủy ban Quốc gia")},
        },
    ),
    (
        "Lò Văn Hắc\n\nLò Văn Hắc | |\n|---|---|\nChức vụ | |\n"
        "Bí thư Tỉnh ủy Sơn La | |\n| Nhiệm kỳ | 1996 – 2001 |\n"
        "| Tiền nhiệm | Tòng Văn Ín |\n| Kế nhiệm | Quàng Thị Lả |\nThông tin cá nhân | |\n| Sinh | 1940 |",
        {
            "Lò Văn Hắc": {("Bí thư", "Tỉnh ủy Sơn La")},
            "Tòng Văn Ín": {("Bí thư", "Tỉnh ủy Sơn La")},
            "Quàng Thị Lả": {("Bí thư", "Tỉnh ủy Sơn La")},
        },
    ),
]


def folded(posts: dict[str, Posts]) -> dict[str, Posts]:
    """Posts without regard to capitals, as they are scored."""
    return {
        name: {(role.lower(), body.lower() if body else None) for role, body in held} for name, held in posts.items()
    }


@pytest.mark.parametrize(("sentence", "expected"), CASES)
def test_officials_posts(sentence: str, expected: dict[str, Posts]) -> None:
    record = extract(sentence, published="2025-09-15")
    found = {o.name: {(p.role, p.body) for p in o.positions} for o in record.officials}
    assert folded(found) == folded(expected)
    for position in (p for o in record.officials for p in o.positions):
        assert sentence[position.start : position.end] == position.text
