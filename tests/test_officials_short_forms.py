"""Abbreviated bodies and rarer roles: one own sentence each, with the post it names."""

from __future__ import annotations

import pytest

from extractor import extract

CASES: list[tuple[str, str, str | None]] = [
    ("Ông Đinh Văn Cử, PGĐ Sở YT, cho biết.", "Phó Giám đốc", "Sở Y tế"),
    ("Ông Đinh Văn Cử, PGĐ Sở CT, cho biết.", "Phó Giám đốc", "Sở Công Thương"),
    ("Ông Đinh Văn Cử, GĐ Sở NV, cho biết.", "Giám đốc", "Sở Nội vụ"),
    ("Ông Đinh Văn Cử, GĐ Sở TC, cho biết.", "Giám đốc", "Sở Tài chính"),
    ("Ông Đinh Văn Cử, GĐ Sở DL, cho biết.", "Giám đốc", "Sở Du lịch"),
    ("Ông Đinh Văn Cử, GĐ Sở TP, cho biết.", "Giám đốc", "Sở Tư pháp"),
    ("Ông Đinh Văn Cử, GĐ Sở NgV, cho biết.", "Giám đốc", "Sở Ngoại vụ"),
    ("Ông Đinh Văn Cử, Trưởng Phòng NV huyện Mai Sơn, cho biết.", "Trưởng phòng", "Phòng Nội vụ huyện Mai Sơn"),
    ("Ông Đinh Văn Cử, Trưởng Phòng YT huyện Mai Sơn, cho biết.", "Trưởng phòng", "Phòng Y tế huyện Mai Sơn"),
    ("Ông Đinh Văn Cử, Trưởng Phòng TP huyện Mai Sơn, cho biết.", "Trưởng phòng", "Phòng Tư pháp huyện Mai Sơn"),
    ("Ông Đinh Văn Cử, Hiệu trưởng Trường TCN Tân Mẫu, cho biết.", "Hiệu trưởng", "Trường Trung cấp nghề Tân Mẫu"),
    ("Ông Đinh Văn Cử, Hiệu trưởng Trường CĐ Tân Mẫu, cho biết.", "Hiệu trưởng", "Trường Cao đẳng Tân Mẫu"),
    ("Ông Đinh Văn Cử, HT Trường TH Tân Mẫu, cho biết.", "Hiệu trưởng", "Trường Tiểu học Tân Mẫu"),
    ("Bà Lê Thị Mai, PHT Trường MN Tân Mẫu, cho biết.", "Phó Hiệu trưởng", "Trường Mầm non Tân Mẫu"),
    (
        "Ông Đinh Văn Cử, Hiệu trưởng Trường PTDTNT huyện Mai Sơn, cho biết.",
        "Hiệu trưởng",
        "Trường Phổ thông dân tộc nội trú huyện Mai Sơn",
    ),
    ("Ông Đinh Văn Cử, Giám đốc Trung tâm CNTT tỉnh, cho biết.", "Giám đốc", "Trung tâm Công nghệ thông tin tỉnh"),
    (
        "Bà Lê Thị Mai, Giám đốc Trung tâm DVNN huyện Mai Sơn, cho biết.",
        "Giám đốc",
        "Trung tâm Dịch vụ nông nghiệp huyện Mai Sơn",
    ),
    ("Ông Đinh Văn Cử, Giám đốc Trung tâm PTQĐ huyện, cho biết.", "Giám đốc", "Trung tâm Phát triển quỹ đất huyện"),
    (
        "Ông Đinh Văn Cử, Giám đốc Trung tâm GDNN-GDTX huyện Mai Sơn, cho biết.",
        "Giám đốc",
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên huyện Mai Sơn",
    ),
    ("Bà Lê Thị Mai, Giám đốc Trung tâm KSBT tỉnh, cho biết.", "Giám đốc", "Trung tâm Kiểm soát bệnh tật tỉnh"),
    (
        "Ông Đinh Văn Cử, Chi cục trưởng Chi cục ATVSTP tỉnh, cho biết.",
        "Chi cục trưởng",
        "Chi cục An toàn vệ sinh thực phẩm tỉnh",
    ),
    (
        "Ông Đinh Văn Cử, Trưởng phòng TC-KH huyện Mai Sơn, cho biết.",
        "Trưởng phòng",
        "Phòng Tài chính - Kế hoạch huyện Mai Sơn",
    ),
    ("Ông Đinh Văn Cử, Trưởng phòng QLĐT thành phố, cho biết.", "Trưởng phòng", "Phòng Quản lý đô thị thành phố"),
    ("Bà Lê Thị Mai, Trưởng phòng KT-HT huyện, cho biết.", "Trưởng phòng", "Phòng Kinh tế - Hạ tầng huyện"),
    ("Bà Lê Thị Mai, Trưởng phòng VH-XH xã, cho biết.", "Trưởng phòng", "Phòng Văn hóa - Xã hội xã"),
    (
        "Thượng tá Đinh Văn Cử, Trưởng phòng CSMT Công an tỉnh, cho biết.",
        "Trưởng phòng",
        "Phòng Cảnh sát môi trường Công an tỉnh",
    ),
    ("Ông Đinh Văn Cử, Giám đốc Ban QLDA huyện, cho biết.", "Giám đốc", "Ban Quản lý Dự án huyện"),
    ("Ông Đinh Văn Cử, Giám đốc Trung tâm XTĐT tỉnh, cho biết.", "Giám đốc", "Trung tâm Xúc tiến đầu tư tỉnh"),
    ("Bà Lê Thị Mai, Giám đốc Trung tâm XTTM tỉnh, cho biết.", "Giám đốc", "Trung tâm Xúc tiến thương mại tỉnh"),
    (
        "Thượng tá Đinh Văn Cử, Trưởng phòng ANĐT Công an tỉnh, cho biết.",
        "Trưởng phòng",
        "Phòng An ninh điều tra Công an tỉnh",
    ),
    (
        "Bà Lê Thị Mai, Giám đốc Trung tâm PVHCC xã Tân An, cho biết.",
        "Giám đốc",
        "Trung tâm Phục vụ hành chính công xã Tân An",
    ),
    ("Bà Lê Thị Mai, Giám đốc Sở DT&TG, cho biết.", "Giám đốc", "Sở Dân tộc và Tôn giáo"),
    ("Bà Lê Thị Mai, Trưởng Ban TG&DV Tỉnh ủy, cho biết.", "Trưởng ban", "Ban Tuyên giáo và Dân vận Tỉnh ủy"),
    (
        "Bà Lê Thị Mai, Hiệu trưởng Trường Đại học KHXH&NV, cho biết.",
        "Hiệu trưởng",
        "Trường Đại học Khoa học xã hội và Nhân văn",
    ),
    (
        "Ông Đinh Văn Cử, Viện trưởng Viện KHXH vùng Nam Bộ, cho biết.",
        "Viện trưởng",
        "Viện Khoa học xã hội vùng Nam Bộ",
    ),
    ("Ông Đinh Văn Cử, Tổng Tham mưu trưởng QĐND Việt Nam, dự lễ.", "Tổng Tham mưu trưởng", None),
    ("Ông Đinh Văn Cử, Bí thư Khu ủy Tây Bắc, dự lễ.", "Bí thư", "Khu ủy Tây Bắc"),
    ("Ông Đinh Văn Cử, Bí thư Xứ ủy Nam Kỳ, dự lễ.", "Bí thư", "Xứ ủy Nam Kỳ"),
    ("Ông Đinh Văn Cử, Chủ tịch Nông hội xã, dự lễ.", "Chủ tịch", "Nông hội xã"),
    ("Ông Đinh Văn Cử, Trưởng phân ban Thanh niên, dự lễ.", "Trưởng phân ban", "Phân ban Thanh niên"),
    ("Ông Đinh Văn Cử, Phó Trưởng phân ban Thanh niên, dự lễ.", "Phó Trưởng phân ban", "Phân ban Thanh niên"),
    ("Ông Đinh Văn Cử, Chủ tịch Ủy ban nhân dân cách mạng tỉnh, dự lễ.", "Chủ tịch", "Ủy ban nhân dân cách mạng tỉnh"),
    (
        "Bà Lê Thị Mai, Chánh Văn phòng HĐND và UBND huyện Mai Sơn, dự lễ.",
        "Chánh Văn phòng",
        "Hội đồng nhân dân và Ủy ban nhân dân huyện Mai Sơn",
    ),
    ("Đại úy Đinh Văn Cử, Đại đội trưởng Đại đội 5, cho biết.", "Đại đội trưởng", "Đại đội 5"),
    ("Đại úy Đinh Văn Cử, Đại đội phó Đại đội 5, cho biết.", "Đại đội phó", "Đại đội 5"),
    ("Trung úy Đinh Văn Cử, Trung đội trưởng Trung đội 2, cho biết.", "Trung đội trưởng", "Trung đội 2"),
    ("Trung úy Đinh Văn Cử, Trung đội phó Trung đội 2, cho biết.", "Trung đội phó", "Trung đội 2"),
    ("Trung sĩ Đinh Văn Cử, Tiểu đội trưởng Tiểu đội 3, cho biết.", "Tiểu đội trưởng", "Tiểu đội 3"),
    ("Trung sĩ Đinh Văn Cử, Tiểu đội phó Tiểu đội 3, cho biết.", "Tiểu đội phó", "Tiểu đội 3"),
    ("Ông Đinh Văn Cử, Chủ tịch Thượng viện Ba Lan, dự lễ.", "Chủ tịch", "Thượng viện Ba Lan"),
    (
        "Bà Lê Thị Mai, Phó Trưởng Phòng Giáo dục huyện Mai Sơn, cho biết.",
        "Phó Trưởng phòng",
        "Phòng Giáo dục huyện Mai Sơn",
    ),
    ("Ông Đinh Văn Cử, Thôn trưởng thôn Đông, cho biết.", "Thôn trưởng", "Thôn Đông"),
    ("Ông Đinh Văn Cử, Ấp trưởng ấp 4, cho biết.", "Ấp trưởng", "Ấp 4"),
    ("Ông Đinh Văn Cử, Xóm trưởng xóm Đồi, cho biết.", "Xóm trưởng", "Xóm Đồi"),
]


@pytest.mark.parametrize(("sentence", "role", "body"), CASES)
def test_officials_short_forms(sentence: str, role: str, body: str | None) -> None:
    (official,) = extract(sentence, published="2025-09-15").officials
    assert [(p.role, p.body) for p in official.positions] == [(role, body)]
