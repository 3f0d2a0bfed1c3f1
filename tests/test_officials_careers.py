"""Careers, lists, rosters and endings through the whole pipeline. Own sentences throughout; persons and most places are made up."""

from __future__ import annotations

import pytest

from extractor.api import extract
from extractor.fields.officials.rows import key
from test_officials_posts import CASES as RULED
from test_officials_posts import folded

# A text, and what it says: "Name: role | body; role | body" a line. Names that are not told have no public post.
CASES: list[tuple[str, str]] = [
    # -- careers in a sentence
    (
        "Ông Trần Văn Mẫu từng giữ các chức vụ: Bí thư Huyện đoàn Tân Giang, Chủ tịch UBND huyện "
        "Tân Giang, Giám đốc Sở Nội vụ.",
        "Trần Văn Mẫu: Bí thư | Huyện đoàn Tân Giang; Chủ tịch | Ủy ban nhân dân huyện Tân Giang; Giám đốc | Sở Nội vụ",
    ),
    (
        "Ông Lê Quang Thử sinh năm 1970, quê Nam Hải. Ông từng là Phó Giám đốc Sở Tài chính, rồi "
        "Giám đốc Sở Kế hoạch và Đầu tư.",
        "Lê Quang Thử: Phó Giám đốc | Sở Tài chính; Giám đốc | Sở Kế hoạch và Đầu tư",
    ),
    (
        "Trước khi làm Giám đốc Sở Y tế, bà Vũ Thị Ví là Phó Giám đốc Bệnh viện Đa khoa tỉnh Nam Hải.",
        "Vũ Thị Ví: Giám đốc | Sở Y tế; Phó Giám đốc | Bệnh viện Đa khoa tỉnh Nam Hải",
    ),
    (
        "Bà Hoàng Thị Dụ đã kinh qua các vị trí: Trưởng phòng Nội vụ huyện Sơn Tân, Phó Chủ tịch UBND huyện Sơn Tân.",
        "Hoàng Thị Dụ: Trưởng phòng | Phòng Nội vụ huyện Sơn Tân; Phó Chủ tịch | Ủy ban nhân dân huyện Sơn Tân",
    ),
    (
        "Ông Phạm Hữu Thí, sinh năm 1968, nguyên Chủ tịch HĐND tỉnh Nam Hải, vừa từ trần.",
        "Phạm Hữu Thí: Chủ tịch | Hội đồng nhân dân tỉnh Nam Hải",
    ),
    (
        "Năm 2015, ông Đỗ Bá Nghiệm được bầu làm Phó Chủ tịch UBND tỉnh Nam Hải; năm 2020 ông giữ "
        "chức Phó Bí thư Tỉnh ủy.",
        "Đỗ Bá Nghiệm: Phó Chủ tịch | Ủy ban nhân dân tỉnh Nam Hải; Phó Bí thư | Tỉnh ủy Nam Hải",
    ),
    (
        "Ông Ngô Đình Chứng đang là Cục trưởng Cục Thuế tỉnh Nam Hải, trước đây là Chi cục trưởng "
        "Chi cục Thuế huyện Tân Giang.",
        "Ngô Đình Chứng: Cục trưởng | Cục Thuế tỉnh Nam Hải; Chi cục trưởng | Chi cục Thuế huyện Tân Giang",
    ),
    (
        "Tốt nghiệp đại học, ông Bùi Văn Lệ làm chuyên viên Sở Công Thương, sau đó là Trưởng phòng "
        "Quản lý Thương mại, Sở Công Thương.",
        "Bùi Văn Lệ: Chuyên viên | Sở Công Thương; Trưởng phòng | Phòng Quản lý Thương mại, Sở Công Thương",
    ),
    (
        "Ông Đặng Thế Quả nguyên là Chính ủy Bộ Chỉ huy Quân sự tỉnh Nam Hải.",
        "Đặng Thế Quả: Chính ủy | Bộ Chỉ huy Quân sự tỉnh Nam Hải",
    ),
    (
        "Bà Trịnh Thị Mới từng đảm nhiệm cương vị Hiệu trưởng Trường THPT Sơn Tân trước khi về làm "
        "Phó Giám đốc Sở Giáo dục và Đào tạo.",
        "Trịnh Thị Mới: Hiệu trưởng | Trường Trung học phổ thông Sơn Tân; Phó Giám đốc | Sở Giáo dục và Đào tạo",
    ),
    # -- careers by line
    (
        "Tóm tắt quá trình công tác của ông Trần Văn Mẫu\n- Từ tháng 3/2010: Phó Giám đốc Sở Xây dựng tỉnh Nam Hải.\n"
        "- Từ tháng 5/2015: Giám đốc Sở Xây dựng tỉnh Nam Hải.",
        "Trần Văn Mẫu: Phó Giám đốc | Sở Xây dựng tỉnh Nam Hải; Giám đốc | Sở Xây dựng tỉnh Nam Hải",
    ),
    (
        "Tiểu sử bà Lê Thị Thử\nBà Lê Thị Thử sinh ngày 4/5/1972, quê quán xã Đồng Xa.\n2008 - "
        "2012: Phó Chủ tịch UBND huyện Tân Giang.\n"
        "2012 - 2018: Bí thư Huyện ủy Tân Giang.",
        "Lê Thị Thử: Phó Chủ tịch | Ủy ban nhân dân huyện Tân Giang; Bí thư | Huyện ủy Tân Giang",
    ),
    (
        "Tóm tắt tiểu sử ông Vũ Đình Ví\nSinh năm 1969.\nTháng 6/2014: Phó Trưởng Ban Dân vận Tỉnh "
        "ủy.\nTháng 9/2019: Trưởng Ban Dân vận Tỉnh ủy.",
        "Vũ Đình Ví: Phó Trưởng Ban | Ban Dân vận Tỉnh ủy; Trưởng Ban | Ban Dân vận Tỉnh ủy",
    ),
    (
        "Tóm tắt tiểu sử ông Hoàng Văn Dụ\nQuê quán: huyện Sơn Tân.\nTừ năm 2001 đến năm 2006: Bí "
        "thư Huyện đoàn Sơn Tân.\n"
        "Từ năm 2006 đến năm 2011: Chánh Văn phòng Huyện ủy Sơn Tân.",
        "Hoàng Văn Dụ: Bí thư | Huyện đoàn Sơn Tân; Chánh Văn phòng | Huyện ủy Sơn Tân",
    ),
    # -- appointments
    (
        "Ban Thường vụ Tỉnh ủy điều động ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, giữ chức Bí thư Huyện ủy Tân Giang.",
        "Trần Văn Mẫu: Giám đốc | Sở Nội vụ; Bí thư | Huyện ủy Tân Giang",
    ),
    (
        "HĐND tỉnh miễn nhiệm chức danh Phó Chủ tịch UBND tỉnh đối với ông Lê Quang Thử.",
        "Lê Quang Thử: Phó Chủ tịch | Ủy ban nhân dân tỉnh",
    ),
    (
        "UBND tỉnh công bố quyết định bổ nhiệm chức vụ Phó Giám đốc Sở Tư pháp đối với bà Vũ Thị Ví.",
        "Vũ Thị Ví: Phó Giám đốc | Sở Tư pháp",
    ),
    (
        "Ông Hoàng Văn Dụ, Phó Chánh Thanh tra tỉnh, được bổ nhiệm giữ chức Chánh Thanh tra tỉnh "
        "thay ông Phạm Hữu Thí nghỉ hưu.",
        "Hoàng Văn Dụ: Phó Chánh Thanh tra | Thanh tra tỉnh; Chánh Thanh tra | Thanh tra tỉnh\n"
        "Phạm Hữu Thí: Chánh Thanh tra | Thanh tra tỉnh",
    ),
    (
        "Thủ tướng Chính phủ bổ nhiệm ông Đỗ Bá Nghiệm, Vụ trưởng Vụ Pháp chế, giữ chức Thứ trưởng Bộ Tư pháp.",
        "Đỗ Bá Nghiệm: Vụ trưởng | Vụ Pháp chế; Thứ trưởng | Bộ Tư pháp",
    ),
    (
        "Đại hội bầu ông Ngô Đình Chứng giữ chức Bí thư Đảng ủy xã Đồng Xa nhiệm kỳ 2020 - 2025.",
        "Ngô Đình Chứng: Bí thư | Đảng ủy xã Đồng Xa",
    ),
    (
        "Chủ tịch UBND tỉnh Bùi Văn Lệ trao quyết định bổ nhiệm ông Đặng Thế Quả làm Giám đốc Sở "
        "Khoa học và Công nghệ.",
        "Bùi Văn Lệ: Chủ tịch | Ủy ban nhân dân tỉnh\nĐặng Thế Quả: Giám đốc | Sở Khoa học và Công nghệ",
    ),
    (
        "Bà Trịnh Thị Mới được phân công phụ trách; cùng ngày, ông Trần Văn Mẫu nhận quyết định "
        "nghỉ hưu, thôi giữ chức Giám đốc Sở Công Thương.",
        "Trần Văn Mẫu: Giám đốc | Sở Công Thương",
    ),
    (
        "Đồng chí Lê Thị Thử được chỉ định giữ chức Phó Bí thư Thường trực Huyện ủy Sơn Tân.",
        "Lê Thị Thử: Phó Bí thư Thường trực | Huyện ủy Sơn Tân",
    ),
    (
        "Ban Bí thư chuẩn y ông Vũ Đình Ví giữ chức Phó Bí thư Tỉnh ủy Nam Hải.",
        "Vũ Đình Ví: Phó Bí thư | Tỉnh ủy Nam Hải",
    ),
    (
        "Giám đốc Sở Y tế Hoàng Văn Dụ bị kỷ luật khiển trách, còn Phó Giám đốc Sở Y tế Phạm Hữu Thí bị cảnh cáo.",
        "Hoàng Văn Dụ: Giám đốc | Sở Y tế\nPhạm Hữu Thí: Phó Giám đốc | Sở Y tế",
    ),
    # -- the head of a list is everybody's
    (
        "Các đồng chí Phó Chủ tịch UBND tỉnh: Trần Văn Mẫu, Lê Quang Thử và Vũ Thị Ví cùng dự.",
        "Trần Văn Mẫu: Phó Chủ tịch | Ủy ban nhân dân tỉnh\nLê Quang Thử: Phó Chủ tịch | Ủy ban nhân dân tỉnh\n"
        "Vũ Thị Ví: Phó Chủ tịch | Ủy ban nhân dân tỉnh",
    ),
    (
        "Dự lễ có các Phó Bí thư Tỉnh ủy: Hoàng Văn Dụ, Phạm Hữu Thí.",
        "Hoàng Văn Dụ: Phó Bí thư | Tỉnh ủy\nPhạm Hữu Thí: Phó Bí thư | Tỉnh ủy",
    ),
    (
        "Dự hội nghị có các Ủy viên Ban Thường vụ Thành ủy: Trần Văn Mẫu - Trưởng Ban Tổ chức "
        "Thành ủy; Lê Quang Thử - Giám đốc Công an thành phố.",
        "Trần Văn Mẫu: Ủy viên Ban Thường vụ | Thành ủy; Trưởng Ban | Ban Tổ chức Thành ủy\n"
        "Lê Quang Thử: Ủy viên Ban Thường vụ | Thành ủy; Giám đốc | Công an thành phố",
    ),
    (
        "Hai Phó Giám đốc Sở Y tế là ông Đỗ Bá Nghiệm và bà Trịnh Thị Mới trả lời báo chí.",
        "Đỗ Bá Nghiệm: Phó Giám đốc | Sở Y tế\nTrịnh Thị Mới: Phó Giám đốc | Sở Y tế",
    ),
    (
        "Các ông Ngô Đình Chứng, Bùi Văn Lệ - Phó Chủ tịch HĐND tỉnh - chủ trì phiên thảo luận.",
        "Ngô Đình Chứng: Phó Chủ tịch | Hội đồng nhân dân tỉnh\nBùi Văn Lệ: Phó Chủ tịch | Hội đồng nhân dân tỉnh",
    ),
    (
        "Các đồng chí: Trần Văn Mẫu, Bí thư Tỉnh ủy; Lê Quang Thử, Chủ tịch UBND tỉnh; Vũ Thị Ví, "
        "Chủ tịch HĐND tỉnh dự lễ.",
        "Trần Văn Mẫu: Bí thư | Tỉnh ủy\nLê Quang Thử: Chủ tịch | Ủy ban nhân dân tỉnh\nVũ Thị Ví: "
        "Chủ tịch | Hội đồng nhân dân tỉnh",
    ),
    (
        "Tham dự có Bí thư Huyện ủy Hoàng Văn Dụ, Chủ tịch UBND huyện Phạm Hữu Thí, Trưởng Công an huyện Đỗ Bá Nghiệm.",
        "Hoàng Văn Dụ: Bí thư | Huyện ủy\nPhạm Hữu Thí: Chủ tịch | Ủy ban nhân dân huyện\nĐỗ Bá "
        "Nghiệm: Trưởng Công an | Công an huyện",
    ),
    (
        "Đoàn công tác gồm ông Ngô Đình Chứng, Phó Chủ nhiệm Ủy ban Kiểm tra Tỉnh ủy, và bà Trịnh "
        "Thị Mới, Phó Chủ tịch Hội Nông dân tỉnh.",
        "Ngô Đình Chứng: Phó Chủ nhiệm | Ủy ban Kiểm tra Tỉnh ủy\nTrịnh Thị Mới: Phó Chủ tịch | Hội Nông dân tỉnh",
    ),
    (
        "Dự buổi làm việc có Giám đốc các sở: Bùi Văn Lệ (Sở Tài chính), Đặng Thế Quả (Sở Xây dựng).",
        "",
    ),
    # -- rosters: a line a name, a line a post
    (
        "BAN GIÁM HIỆU\nTS. Trần Văn Mẫu\nHiệu trưởng Trường Đại học Nam Hải\nThS. Lê Quang "
        "Thử\nPhó Hiệu trưởng Trường Đại học Nam Hải",
        "Trần Văn Mẫu: Hiệu trưởng | Trường Đại học Nam Hải\nLê Quang Thử: Phó Hiệu trưởng | Trường Đại học Nam Hải",
    ),
    (
        "LÃNH ĐẠO SỞ\n1. Ông Vũ Đình Ví - Giám đốc Sở Nội vụ\n2. Bà Hoàng Thị Dụ - Phó Giám đốc Sở Nội vụ",
        "Vũ Đình Ví: Giám đốc | Sở Nội vụ\nHoàng Thị Dụ: Phó Giám đốc | Sở Nội vụ",
    ),
    (
        "| Chức vụ | Họ và tên |\n| Chủ tịch UBND xã Đồng Xa | Phạm Hữu Thí |\n| Phó Chủ tịch UBND "
        "xã Đồng Xa | Đỗ Bá Nghiệm |",
        "Phạm Hữu Thí: Chủ tịch | Ủy ban nhân dân xã Đồng Xa\nĐỗ Bá Nghiệm: Phó Chủ tịch | Ủy ban nhân dân xã Đồng Xa",
    ),
    (
        "Họ và tên: Ngô Đình Chứng\nChức vụ: Giám đốc Trung tâm Y tế huyện Tân Giang",
        "Ngô Đình Chứng: Giám đốc | Trung tâm Y tế huyện Tân Giang",
    ),
    # -- posts before the name
    ("Giám đốc Sở Tài chính Bùi Văn Lệ báo cáo tại phiên họp.", "Bùi Văn Lệ: Giám đốc | Sở Tài chính"),
    ("Phó Thủ tướng Đặng Thế Quả yêu cầu làm rõ trách nhiệm.", "Đặng Thế Quả: Phó Thủ tướng | "),
    ("Bộ trưởng Y tế Trịnh Thị Mới đến thăm bệnh viện.", "Trịnh Thị Mới: Bộ trưởng | Bộ Y tế"),
    ("Chánh án TAND tỉnh Nam Hải Trần Văn Mẫu chủ tọa.", "Trần Văn Mẫu: Chánh án | Tòa án nhân dân tỉnh Nam Hải"),
    ("Giám đốc Sở Xây dựng Lê Quang Thử ký văn bản.", "Lê Quang Thử: Giám đốc | Sở Xây dựng"),
    ("Chủ tịch UBND tỉnh Vũ Đình Ví bị khởi tố.", "Vũ Đình Ví: Chủ tịch | Ủy ban nhân dân tỉnh"),
    (
        "Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy Nam Hải Hoàng Văn Dụ phát biểu.",
        "Hoàng Văn Dụ: Ủy viên | Trung ương Đảng; Bí thư | Tỉnh ủy Nam Hải",
    ),
    (
        "Trưởng phòng Tài nguyên và Môi trường huyện Sơn Tân Phạm Hữu Thí xác nhận.",
        "Phạm Hữu Thí: Trưởng phòng | Phòng Tài nguyên và Môi trường huyện Sơn Tân",
    ),
    (
        "Bí thư Thành ủy, Chủ tịch HĐND thành phố Đỗ Bá Nghiệm dâng hương.",
        "Đỗ Bá Nghiệm: Bí thư | Thành ủy; Chủ tịch | Hội đồng nhân dân thành phố",
    ),
    (
        "Theo Phó Cục trưởng Cục Quản lý thị trường tỉnh Nam Hải Ngô Đình Chứng, hàng giả tăng.",
        "Ngô Đình Chứng: Phó Cục trưởng | Cục Quản lý thị trường tỉnh Nam Hải",
    ),
    # -- posts behind the name
    (
        "Ông Trần Văn Mẫu, Trưởng Ban Tuyên giáo Tỉnh ủy, chủ trì họp báo.",
        "Trần Văn Mẫu: Trưởng Ban | Ban Tuyên giáo Tỉnh ủy",
    ),
    (
        "Bà Lê Thị Thử - Chủ tịch Hội Liên hiệp Phụ nữ tỉnh - trao quà.",
        "Lê Thị Thử: Chủ tịch | Hội Liên hiệp Phụ nữ tỉnh",
    ),
    (
        "Ông Vũ Đình Ví (Chủ tịch UBND phường Tân Lập) cho biết.",
        "Vũ Đình Ví: Chủ tịch | Ủy ban nhân dân phường Tân Lập",
    ),
    ("Đại tá Hoàng Văn Dụ, Giám đốc Công an tỉnh, chỉ đạo vụ án.", "Hoàng Văn Dụ: Giám đốc | Công an tỉnh"),
    ("Ông Phạm Hữu Thí là đại biểu Quốc hội khóa XV.", "Phạm Hữu Thí: Đại biểu | Quốc hội khóa XV"),
    (
        "Ông Đỗ Bá Nghiệm, Bí thư Đảng ủy, Chủ tịch UBND xã Đồng Xa, nói.",
        "Đỗ Bá Nghiệm: Bí thư | Đảng ủy xã Đồng Xa; Chủ tịch | Ủy ban nhân dân xã Đồng Xa",
    ),
    (
        "Ông Ngô Đình Chứng, Tỉnh ủy viên, Bí thư Huyện ủy Sơn Tân, kiểm tra đê.",
        "Ngô Đình Chứng: Tỉnh ủy viên | ; Bí thư | Huyện ủy Sơn Tân",
    ),
    (
        "Bà Trịnh Thị Mới, Viện trưởng Viện Kiểm sát nhân dân huyện Tân Giang, luận tội.",
        "Trịnh Thị Mới: Viện trưởng | Viện Kiểm sát nhân dân huyện Tân Giang",
    ),
    (
        "Ông Bùi Văn Lệ, Giám đốc BHXH tỉnh Nam Hải, thông tin về số người tham gia.",
        "Bùi Văn Lệ: Giám đốc | Bảo hiểm xã hội tỉnh Nam Hải",
    ),
    (
        "Ông Đặng Thế Quả, Phó Trưởng đoàn ĐBQH tỉnh, tiếp xúc cử tri.",
        "Đặng Thế Quả: Phó Trưởng đoàn | Đoàn đại biểu Quốc hội tỉnh",
    ),
    # -- endings: a verb is not the body's
    ("Ông Trần Văn Mẫu, Bí thư Đảng ủy xã kết luận cuộc họp.", "Trần Văn Mẫu: Bí thư | Đảng ủy xã"),
    ("Ông Lê Quang Thử, Chủ tịch UBND huyện kiểm tra thực địa.", "Lê Quang Thử: Chủ tịch | Ủy ban nhân dân huyện"),
    ("Ông Vũ Đình Ví, Giám đốc Sở Y tế thông tin với báo chí.", "Vũ Đình Ví: Giám đốc | Sở Y tế"),
    (
        "Ông Hoàng Văn Dụ, Phó Giám đốc Sở Nông nghiệp và Môi trường phụ trách lĩnh vực đê điều.",
        "Hoàng Văn Dụ: Phó Giám đốc | Sở Nông nghiệp và Môi trường",
    ),
    (
        "Ông Phạm Hữu Thí, Giám đốc Bệnh viện Đa khoa tỉnh nghỉ hưu từ tháng 5.",
        "Phạm Hữu Thí: Giám đốc | Bệnh viện Đa khoa tỉnh",
    ),
    (
        "Ông Đỗ Bá Nghiệm, Phó Chủ tịch UBND tỉnh về công tác tại huyện Sơn Tân.",
        "Đỗ Bá Nghiệm: Phó Chủ tịch | Ủy ban nhân dân tỉnh",
    ),
    (
        "Bà Trịnh Thị Mới, Trưởng Ban Dân vận Huyện ủy tham gia Ban Chấp hành.",
        "Trịnh Thị Mới: Trưởng Ban | Ban Dân vận Huyện ủy",
    ),
    (
        "Ông Ngô Đình Chứng, Chủ tịch Hội Cựu chiến binh xã vận động người dân hiến đất.",
        "Ngô Đình Chứng: Chủ tịch | Hội Cựu chiến binh xã",
    ),
    (
        "Ông Bùi Văn Lệ, Hạt trưởng Hạt Kiểm lâm huyện Sơn Tân giải thích thêm.",
        "Bùi Văn Lệ: Hạt trưởng | Hạt Kiểm lâm huyện Sơn Tân",
    ),
    ("Ông Đặng Thế Quả, Chánh Văn phòng UBND tỉnh ký thay.", "Đặng Thế Quả: Chánh Văn phòng | Ủy ban nhân dân tỉnh"),
    (
        "Ông Trần Văn Mẫu, Đội trưởng Đội Quản lý thị trường số 3 lập biên bản.",
        "Trần Văn Mẫu: Đội trưởng | Đội Quản lý thị trường số 3",
    ),
    (
        "Ông Lê Quang Thử, Trưởng Công an xã Đồng Xa bắt quả tang hai đối tượng.",
        "Lê Quang Thử: Trưởng Công an | Công an xã Đồng Xa",
    ),
    (
        "Ông Vũ Đình Ví, Giám đốc Ban Quản lý dự án đầu tư xây dựng công trình dân dụng tỉnh trình bày.",
        "Vũ Đình Ví: Giám đốc | Ban Quản lý dự án đầu tư xây dựng công trình dân dụng tỉnh",
    ),
    (
        "Ông Hoàng Văn Dụ, Trưởng khoa Hồi sức tích cực Bệnh viện Đa khoa tỉnh Nam Hải điều trị cho bệnh nhân.",
        "Hoàng Văn Dụ: Trưởng khoa | Khoa Hồi sức tích cực Bệnh viện Đa khoa tỉnh Nam Hải",
    ),
    (
        "Ông Phạm Hữu Thí, Chủ tịch Ủy ban MTTQ Việt Nam tỉnh Nam Hải đề nghị giám sát.",
        "Phạm Hữu Thí: Chủ tịch | Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Nam Hải",
    ),
    # -- bodies that the chain completes
    (
        "Ông Trần Văn Mẫu, Phó Bí thư Huyện ủy, Chủ tịch UBND huyện Tân Giang, tiếp dân.",
        "Trần Văn Mẫu: Phó Bí thư | Huyện ủy Tân Giang; Chủ tịch | Ủy ban nhân dân huyện Tân Giang",
    ),
    (
        "Bà Lê Thị Thử, Bí thư Đảng ủy, Giám đốc Sở Y tế, phát động phong trào.",
        "Lê Thị Thử: Bí thư | Đảng ủy Sở Y tế; Giám đốc | Sở Y tế",
    ),
    (
        "Ông Vũ Đình Ví, Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy, trả lời.",
        "Vũ Đình Ví: Ủy viên Ban Thường vụ | Huyện ủy; Trưởng Ban | Ban Tổ chức Huyện ủy",
    ),
    (
        "Ông Hoàng Văn Dụ, Phó Chỉ huy trưởng, Tham mưu trưởng Bộ Chỉ huy Quân sự tỉnh, kiểm tra huấn luyện.",
        "Hoàng Văn Dụ: Phó Chỉ huy trưởng | Bộ Chỉ huy Quân sự tỉnh; Tham mưu trưởng | Bộ Chỉ huy Quân sự tỉnh",
    ),
    # -- short forms
    (
        "Ông Trần Văn Mẫu, TUV, Giám đốc Sở TT&TT, dự họp.",
        "Trần Văn Mẫu: Tỉnh ủy viên | ; Giám đốc | Sở Thông tin và Truyền thông",
    ),
    (
        "Ông Lê Quang Thử, HUV, Trưởng phòng Nội vụ huyện, báo cáo.",
        "Lê Quang Thử: Huyện ủy viên | ; Trưởng phòng | Phòng Nội vụ huyện",
    ),
    (
        "Ông Vũ Đình Ví, UVTV Huyện ủy, PCT UBND huyện Sơn Tân, kiểm tra.",
        "Vũ Đình Ví: Ủy viên Thường vụ | Huyện ủy Sơn Tân; Phó Chủ tịch | Ủy ban nhân dân huyện Sơn Tân",
    ),
    (
        "Bà Trịnh Thị Mới, PGĐ Sở GD&ĐT tỉnh Nam Hải, trao thưởng.",
        "Trịnh Thị Mới: Phó Giám đốc | Sở Giáo dục và Đào tạo tỉnh Nam Hải",
    ),
    (
        "Ông Hoàng Văn Dụ, UVTW, Bí thư Tỉnh ủy Nam Hải, làm việc.",
        "Hoàng Văn Dụ: Ủy viên | Trung ương Đảng; Bí thư | Tỉnh ủy Nam Hải",
    ),
    (
        "Ông Phạm Hữu Thí, UVTVTU, Trưởng Ban Nội chính Tỉnh ủy, dự.",
        "Phạm Hữu Thí: Ủy viên Thường vụ | Tỉnh ủy; Trưởng Ban | Ban Nội chính Tỉnh ủy",
    ),
    (
        "Ông Đỗ Bá Nghiệm, Viện trưởng VKSNDTC, trình bày báo cáo.",
        "Đỗ Bá Nghiệm: Viện trưởng | Viện kiểm sát nhân dân tối cao",
    ),
    (
        "Ông Ngô Đình Chứng, Trưởng BQL Khu kinh tế Nam Hải, tiếp nhà đầu tư.",
        "Ngô Đình Chứng: Trưởng ban | Ban Quản lý Khu kinh tế Nam Hải",
    ),
    ("Ông Bùi Văn Lệ, Cục phó Cục Thuế tỉnh Nam Hải, nhận quyết định.", "Bùi Văn Lệ: Cục phó | Cục Thuế tỉnh Nam Hải"),
    ("Ông Đặng Thế Quả, Giám đốc Đài PT-TH tỉnh, dự.", "Đặng Thế Quả: Giám đốc | Đài Phát thanh - Truyền hình tỉnh"),
    # -- rare names
    ("Ông K'Mẫu, Phó Chủ tịch HĐND tỉnh, tiếp xúc cử tri.", "K'Mẫu: Phó Chủ tịch | Hội đồng nhân dân tỉnh"),
    ("Bí thư Tỉnh đoàn H’Thử Êban tặng áo ấm.", "H’Thử Êban: Bí thư | Tỉnh đoàn"),
    ("Ông Điểu Ví, Chủ tịch UBND xã Đắk Mẫu, kể.", "Điểu Ví: Chủ tịch | Ủy ban nhân dân xã Đắk Mẫu"),
    (
        "Bà Giàng Thị Dụ, Phó Chủ tịch Hội Liên hiệp Phụ nữ xã, vận động.",
        "Giàng Thị Dụ: Phó Chủ tịch | Hội Liên hiệp Phụ nữ xã",
    ),
    ("Ông Ksor Thí, Phó Bí thư Huyện ủy Sơn Tân, thăm hỏi.", "Ksor Thí: Phó Bí thư | Huyện ủy Sơn Tân"),
    # -- the person taken up
    (
        "Ông Trần Văn Mẫu là người Tân Giang. Hiện ông là Phó Chủ tịch UBND tỉnh Nam Hải.",
        "Trần Văn Mẫu: Phó Chủ tịch | Ủy ban nhân dân tỉnh Nam Hải",
    ),
    (
        "Bà Lê Thị Thử năm nay 52 tuổi. Bà từng giữ chức Bí thư Huyện ủy Sơn Tân.",
        "Lê Thị Thử: Bí thư | Huyện ủy Sơn Tân",
    ),
    (
        "Ông Vũ Đình Ví 55 tuổi, trình độ thạc sĩ. Ông từng là Chủ tịch UBND huyện Tân Giang, Giám "
        "đốc Sở Giao thông vận tải.",
        "Vũ Đình Ví: Chủ tịch | Ủy ban nhân dân huyện Tân Giang; Giám đốc | Sở Giao thông vận tải",
    ),
    # -- no post, or another's
    (
        "Thừa ủy quyền của Chủ tịch UBND tỉnh, bà Lê Thị Thử, Giám đốc Sở Nội vụ, trao quyết định.",
        "Lê Thị Thử: Giám đốc | Sở Nội vụ",
    ),
    ("Thay mặt Bí thư Tỉnh ủy, ông Vũ Đình Ví, Phó Bí thư Tỉnh ủy, tặng hoa.", "Vũ Đình Ví: Phó Bí thư | Tỉnh ủy"),
    ("Anh Hoàng Văn Dụ trồng cam ở xã Đồng Xa.", ""),
    ("Ông Phạm Hữu Thí, Giám đốc Công ty TNHH Nam Phát, nói về đơn hàng.", ""),
    ("Chị Trịnh Thị Mới gửi đơn đến Chủ tịch UBND huyện Sơn Tân.", ""),
    ("Ông Đỗ Bá Nghiệm kiện quyết định của Chủ tịch UBND thành phố.", ""),
    ("Ông Ngô Đình Chứng, Chủ tịch HĐQT Công ty cổ phần Tân Giang, ký hợp đồng.", ""),
    ("Ban tổ chức mời ca sĩ Bùi Văn Lệ hát tại lễ hội.", ""),
    # -- several persons in a sentence
    (
        "Phó Chủ tịch UBND tỉnh Trần Văn Mẫu và Giám đốc Sở Y tế Lê Quang Thử thăm bệnh viện.",
        "Trần Văn Mẫu: Phó Chủ tịch | Ủy ban nhân dân tỉnh\nLê Quang Thử: Giám đốc | Sở Y tế",
    ),
    (
        "Ông Vũ Đình Ví, Bí thư Huyện ủy, và ông Hoàng Văn Dụ, Chủ tịch UBND huyện, cùng ký.",
        "Vũ Đình Ví: Bí thư | Huyện ủy\nHoàng Văn Dụ: Chủ tịch | Ủy ban nhân dân huyện",
    ),
    (
        "Chủ tịch UBND tỉnh Phạm Hữu Thí giao Giám đốc Sở Tài chính Đỗ Bá Nghiệm bố trí vốn.",
        "Phạm Hữu Thí: Chủ tịch | Ủy ban nhân dân tỉnh\nĐỗ Bá Nghiệm: Giám đốc | Sở Tài chính",
    ),
    (
        "Bà Trịnh Thị Mới, Phó Giám đốc Sở Du lịch, tiếp ông Ngô Đình Chứng, Chủ tịch Hiệp hội Du lịch tỉnh.",
        "Trịnh Thị Mới: Phó Giám đốc | Sở Du lịch\nNgô Đình Chứng: Chủ tịch | Hiệp hội Du lịch tỉnh",
    ),
    (
        "Bộ trưởng Bộ Nội vụ Bùi Văn Lệ làm việc với Bí thư Tỉnh ủy Nam Hải Đặng Thế Quả.",
        "Bùi Văn Lệ: Bộ trưởng | Bộ Nội vụ\nĐặng Thế Quả: Bí thư | Tỉnh ủy Nam Hải",
    ),
    (
        "Tổng thống Pháp Jean Modele hội đàm với Chủ tịch nước Trần Văn Mẫu.",
        "Jean Modele: Tổng thống | Pháp\nTrần Văn Mẫu: Chủ tịch nước | ",
    ),
    (
        "Ông Lê Quang Thử, nguyên Phó Bí thư Tỉnh ủy, nguyên Chủ tịch UBND tỉnh, thăm trường cũ.",
        "Lê Quang Thử: Phó Bí thư | Tỉnh ủy; Chủ tịch | Ủy ban nhân dân tỉnh",
    ),
    (
        "Đại diện Sở Y tế, bác sĩ Vũ Đình Ví, Trưởng phòng Nghiệp vụ Y, giải đáp.",
        "Vũ Đình Ví: Trưởng phòng | Phòng Nghiệp vụ Y",
    ),
    ("Phó Giám đốc Công an tỉnh Phạm Hữu Thí trực tiếp chỉ huy.", "Phạm Hữu Thí: Phó Giám đốc | Công an tỉnh"),
    ("Ông Đỗ Bá Nghiệm, Chánh Thanh tra tỉnh, công bố kết luận.", "Đỗ Bá Nghiệm: Chánh Thanh tra | Thanh tra tỉnh"),
    (
        "Hiệu trưởng Trường Tiểu học Đồng Xa Trịnh Thị Mới mở lớp.",
        "Trịnh Thị Mới: Hiệu trưởng | Trường Tiểu học Đồng Xa",
    ),
    ("Ông Ngô Đình Chứng, Trưởng thôn Nà Mẫu, kêu gọi góp công.", "Ngô Đình Chứng: Trưởng thôn | Thôn Nà Mẫu"),
    (
        "Bà Lê Thị Thử, Phó Chủ nhiệm Ủy ban Kiểm tra Huyện ủy, trình bày.",
        "Lê Thị Thử: Phó Chủ nhiệm | Ủy ban Kiểm tra Huyện ủy",
    ),
    (
        "Ông Bùi Văn Lệ, Giám đốc Kho bạc Nhà nước tỉnh Nam Hải, trả lời.",
        "Bùi Văn Lệ: Giám đốc | Kho bạc Nhà nước tỉnh Nam Hải",
    ),
    (
        "Thiếu tướng Đặng Thế Quả, Phó Tư lệnh Quân khu 9, thăm đơn vị.",
        "Đặng Thế Quả: Phó Tư lệnh | Quân khu 9",
    ),
    (
        "Ông Trần Văn Mẫu, Chủ tịch Hội Nông dân huyện, và bà Lê Thị Thử, Bí thư Huyện đoàn, trao học bổng.",
        "Trần Văn Mẫu: Chủ tịch | Hội Nông dân huyện\nLê Thị Thử: Bí thư | Huyện đoàn",
    ),
    (
        "Ông Vũ Đình Ví, Trạm trưởng Trạm Y tế xã Đồng Xa, tiêm vắc-xin.",
        "Vũ Đình Ví: Trạm trưởng | Trạm Y tế xã Đồng Xa",
    ),
    ("Giáo viên Hoàng Thị Dụ được học trò quý mến.", ""),
    (
        "Đại biểu Quốc hội tỉnh Hưng Yên Trần Văn Giáp đề nghị sửa luật. Đại biểu Lê Mậu Thân (TP Hà Nội) cũng nêu ý kiến.",
        "Trần Văn Giáp: Đại biểu | Quốc hội tỉnh Hưng Yên\nLê Mậu Thân: Đại biểu | Quốc hội",
    ),
    (
        "Bí thư Huyện ủy Cẩm Mỹ Nguyễn Thị Hoan về làm Giám đốc Sở Tư pháp tỉnh Đồng Nai.",
        "Nguyễn Thị Hoan: Bí thư | Huyện ủy Cẩm Mỹ; Giám đốc | Sở Tư pháp tỉnh Đồng Nai",
    ),
    # -- someone in brackets has no part in what follows them
    (
        "Ông Vũ Văn Hoan (em ruột ông Đào Quý Hào) làm Trưởng công an xã Tân Mẫu.",
        "Vũ Văn Hoan: Trưởng Công an | Công an xã Tân Mẫu",
    ),
    (
        "Bà Đinh Thị Lệ Hà (con dâu ông Mai Bá Bảo) giữ chức Phó Chủ tịch UBND xã Tân Mẫu từ năm 2018.",
        "Đinh Thị Lệ Hà: Phó Chủ tịch | Ủy ban nhân dân xã Tân Mẫu",
    ),
    # -- two behind "là"
    (
        "Dự lễ có hai Phó Chủ tịch UBND tỉnh là ông Trịnh Bá Khoan và bà Mạc Thị Xuyến.",
        "Trịnh Bá Khoan: Phó Chủ tịch | Ủy ban nhân dân tỉnh\nMạc Thị Xuyến: Phó Chủ tịch | Ủy ban nhân dân tỉnh",
    ),
    # -- a career in one paragraph
    (
        "Ông Cung Văn Thọ sinh năm 1960. 9/1985-3/1990: Phó Giám đốc Sở Thủy lợi. 4/1990-7/1995: Giám đốc Sở Thủy lợi. "
        "8/1995-2/2001: Phó Chủ tịch UBND tỉnh. 3/2001-2006: Bí thư Tỉnh ủy.",
        "Cung Văn Thọ: Phó Giám đốc | Sở Thủy lợi; Giám đốc | Sở Thủy lợi; Phó Chủ tịch | Ủy ban nhân dân tỉnh; Bí thư | Tỉnh ủy",
    ),
    # -- a post that belongs to what someone is called takes no body from beside it
    (
        "Sáng 19/5, Đoàn đại biểu tỉnh Đông Giang vào Lăng viếng Chủ tịch Hồ Chí Minh. "
        "Phó Chủ tịch UBND tỉnh Đông Giang Lê Tấn Ngọc dự.",
        "Hồ Chí Minh: Chủ tịch |\nLê Tấn Ngọc: Phó Chủ tịch | Ủy ban nhân dân tỉnh Đông Giang",
    ),
    # -- stages of a career in one paragraph, far from the name
    (
        "Bà Quách Thị Nhài sinh năm 1961, quê Nam Hải. 3/1984-5/1988: Giảng viên Trường Đại học Nam Hải. 6/1988-9/1992: "
        "Phó Trưởng phòng Nội vụ huyện Sơn Tân. 10/1992-4/1997: Chủ tịch UBND huyện Sơn Tân.",
        "Quách Thị Nhài: Giảng viên | Trường Đại học Nam Hải; Phó Trưởng phòng | Phòng Nội vụ huyện Sơn Tân; "
        "Chủ tịch | Ủy ban nhân dân huyện Sơn Tân",
    ),
    # -- one person named twice in running text is one person
    (
        "Trên cương vị Giám đốc Sở Y tế, ông Mạc Văn Thuần nhiều lần giải trình. Cuối nhiệm kỳ, trên cương vị "
        "Giám đốc Sở Y tế, ông Mạc Văn Thuần được bầu làm Phó Bí thư Tỉnh ủy.",
        "Mạc Văn Thuần: Giám đốc | Sở Y tế; Phó Bí thư | Tỉnh ủy",
    ),
    # -- where a post ends
    (
        "Theo ông Khổng Bá Lượng, Phó Chủ tịch kiêm Tổng Thư ký Hội Chữ thập đỏ tỉnh Nam Hải, quỹ đã đủ.",
        "Khổng Bá Lượng: Phó Chủ tịch | Hội Chữ thập đỏ tỉnh Nam Hải; Tổng Thư ký | Hội Chữ thập đỏ tỉnh Nam Hải",
    ),
    (
        "Hội đồng do Phó Giám đốc Sở Nội vụ Nghiêm Văn Hách làm Chủ tịch để xem xét đơn.",
        "Nghiêm Văn Hách: Phó Giám đốc | Sở Nội vụ; Chủ tịch | ",
    ),
    (
        "Ông Lục Văn Bính, Cục trưởng, Cục Thống kê tỉnh Nam Hải, công bố số liệu.",
        "Lục Văn Bính: Cục trưởng | Cục Thống kê tỉnh Nam Hải",
    ),
    # -- a body that the head's has, a role misspelt, a country that looks like a form of address
    (
        "Dự lễ có Tổng Giám đốc VOV Nghê Văn Khải; các Phó Tổng Giám đốc: Tiêu Bá Quát, Lục Thị Mận.",
        "Nghê Văn Khải: Tổng Giám đốc | Đài Tiếng nói Việt Nam\nTiêu Bá Quát: Phó Tổng Giám đốc | Đài Tiếng nói Việt Nam"
        "\nLục Thị Mận: Phó Tổng Giám đốc | Đài Tiếng nói Việt Nam",
    ),
    (
        "Ông Doãn Văn Quýnh, Phó Chũ tịch UBND tỉnh Nam Hải, trao quà.",
        "Doãn Văn Quýnh: Phó Chủ tịch | Ủy ban nhân dân tỉnh Nam Hải",
    ),
    (
        "Cuối ngày, cựu Thủ tướng Anh Harold Wilson lên đường.",
        "Harold Wilson: Thủ tướng | Anh",
    ),
]


def read(expected: str) -> dict[str, set[tuple[str, str]]]:
    """The notation of `CASES` as posts by name."""
    out: dict[str, set[tuple[str, str]]] = {}
    for line in expected.splitlines():
        name, posts = line.split(": ", 1)
        pairs = [part.split("|") for part in posts.split(";")]
        out[key(name)] = {(key(role.strip()), key(body.strip())) for role, body in pairs}
    return out


# What the rules alone read and the shipped rankers do not, by how the text begins.
OPEN: dict[str, str] = {}


def case(text: str, expected: str) -> object:
    """A case of the table; one of `OPEN` has to fail, or leave the list."""
    reason = next((why for start, why in OPEN.items() if text.startswith(start)), None)
    return pytest.param(text, expected, marks=[pytest.mark.xfail(strict=True, reason=reason)] if reason else [])


@pytest.mark.parametrize(("text", "expected"), [case(*pair) for pair in CASES])
def test_officials_careers_lists_endings(text: str, expected: str) -> None:
    record = extract(text, published="2024-05-20")
    found = {key(o.name): {(key(p.role), key(p.body or "")) for p in o.positions} for o in record.officials}
    assert found == read(expected)


def test_weighed_posts_of_the_rules_table() -> None:
    """What the rules read one by one, the rankers read but for a few, among them bodies that they complete."""
    wrong = 0
    for sentence, expected in RULED:
        record = extract(sentence, published="2025-09-15")
        found = {o.name: {(p.role, p.body) for p in o.positions} for o in record.officials}
        wrong += folded(found) != folded(expected)
    assert wrong <= 0.1 * len(RULED)
