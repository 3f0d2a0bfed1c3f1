"""Abbreviated bodies and rarer roles: one own sentence each, with the post it names."""

from __future__ import annotations

from itertools import product

import pytest

from extractor import extract
from extractor.fields.officials.rows import key

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
    (
        "Ông Đinh Văn Cử, Tổng Tham mưu trưởng QĐND Việt Nam, dự lễ.",
        "Tổng Tham mưu trưởng",
        "Quân đội nhân dân Việt Nam",
    ),
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
    ("Đại tá Vũ Hữu Tráng, Giám đốc CATP Đông Giang, chúc mừng.", "Giám đốc", "Công an thành phố Đông Giang"),
    ("Thượng tá Hồ Đắc Kiên, Phó trưởng CAQ Bình Hòa, thông tin.", "Phó Trưởng Công an", "Công an quận Bình Hòa"),
    ("Trung tá Hồ Đắc Kiên, Trưởng CAH Mai Sơn, cho biết.", "Trưởng Công an", "Công an huyện Mai Sơn"),
    ("Thiếu tá Hồ Đắc Kiên, Trưởng phòng Hậu cần CATP, cho biết.", "Trưởng phòng", "Phòng Hậu cần Công an thành phố"),
    ("Ông Đinh Văn Cử, Cục trưởng Cục Quản lý khám, chữa bệnh, cho biết.", "Cục trưởng", "Cục Quản lý khám, chữa bệnh"),
    ("Bà Lê Thị Mai, Hiệu trưởng Trường ĐHSP Tân Mẫu, cho biết.", "Hiệu trưởng", "Trường Đại học Sư phạm Tân Mẫu"),
    (
        "Bà Lê Thị Mai, Phó Chủ tịch Trung ương Hội LHPNVN, cho biết.",
        "Phó Chủ tịch",
        "Trung ương Hội Liên hiệp Phụ nữ Việt Nam",
    ),
    ("Ông Đinh Văn Cử, Trưởng phòng thuộc Ban Quản lý rủi ro, cho biết.", "Trưởng phòng", "Ban Quản lý Rủi ro"),
    (
        "Ông Đinh Văn Cử, Tùy viên quốc phòng Đại sứ quán Việt Nam tại Ba Lan, cho biết.",
        "Tùy viên quốc phòng",
        "Đại sứ quán Việt Nam tại Ba Lan",
    ),
]


@pytest.mark.parametrize(("sentence", "role", "body"), CASES)
def test_officials_short_forms(sentence: str, role: str, body: str | None) -> None:
    (official,) = extract(sentence, published="2025-09-15").officials
    assert [(p.role, p.body) for p in official.positions] == [(role, body)]


# A membership in short, a post in short, and the sentences that they stand in: every combination is read.
MEMBERS: list[tuple[str, str, str | None]] = [
    ("TUV", "Tỉnh ủy viên", None),
    ("HUV", "Huyện ủy viên", None),
    ("UVTV Huyện ủy", "Ủy viên Thường vụ", "Huyện ủy"),
    ("UVBTV Tỉnh ủy", "Ủy viên Ban Thường vụ", "Tỉnh ủy"),
    ("UVTW Đảng", "Ủy viên", "Trung ương Đảng"),
    ("UVBCH Đảng bộ tỉnh", "Ủy viên Ban Chấp hành", "Đảng bộ tỉnh"),
]
POSTS: list[tuple[str, str, str]] = [
    ("CT UBND huyện", "Chủ tịch", "Ủy ban nhân dân huyện"),
    ("PCT HĐND tỉnh", "Phó Chủ tịch", "Hội đồng nhân dân tỉnh"),
    ("PCT UBMTTQ huyện", "Phó Chủ tịch", "Ủy ban Mặt trận Tổ quốc huyện"),
    ("BT Huyện ủy", "Bí thư", "Huyện ủy"),
    ("PBT Đảng ủy xã Tân Mẫu", "Phó Bí thư", "Đảng ủy xã Tân Mẫu"),
    ("TP Nội vụ huyện", "Trưởng phòng", "Phòng Nội vụ huyện"),
    ("PTP TN&MT huyện", "Phó Trưởng phòng", "Phòng Tài nguyên và Môi trường huyện"),
    ("TB Tuyên giáo Huyện ủy", "Trưởng ban", "Ban Tuyên giáo Huyện ủy"),
    ("PTB Dân vận Tỉnh ủy", "Phó Trưởng ban", "Ban Dân vận Tỉnh ủy"),
    ("GĐ Sở GTVT", "Giám đốc", "Sở Giao thông vận tải"),
    ("PGĐ Sở YT", "Phó Giám đốc", "Sở Y tế"),
    ("HT Trường TH Tân Mẫu", "Hiệu trưởng", "Trường Tiểu học Tân Mẫu"),
    ("PHT Trường THCS Tân Mẫu", "Phó Hiệu trưởng", "Trường Trung học cơ sở Tân Mẫu"),
    ("CVP UBND tỉnh", "Chánh Văn phòng", "Ủy ban nhân dân tỉnh"),
    ("PCVP HĐND tỉnh", "Phó Chánh Văn phòng", "Hội đồng nhân dân tỉnh"),
]
FRAMES = [
    "Đ/c Đinh Văn Cử - {member}, {post} chủ trì hội nghị.",
    "Dự họp có ông Đinh Văn Cử, {member}, {post}; bà Lê Thị Mai, PGĐ Sở TC.",
    "{member}, {post} Đinh Văn Cử phát biểu.",
]


@pytest.mark.parametrize(("frame", "member", "post"), product(FRAMES, MEMBERS, POSTS))
def test_officials_short_forms_combined(
    frame: str, member: tuple[str, str, str | None], post: tuple[str, str, str]
) -> None:
    record = extract(frame.format(member=member[0], post=post[0]), published="2024-05-20")
    (official,) = [o for o in record.officials if o.name == "Đinh Văn Cử"]
    found = {(key(p.role), key(p.body or "")) for p in official.positions}
    assert found == {(key(role), key(body or "")) for _, role, body in (member, post)}


@pytest.mark.parametrize(
    "text",
    [
        "Sáng nay, TP Hồ Chí Minh mưa lớn.",
        "TP Điện Biên Phủ tổ chức hội hoa ban.",
        "UBND TP Vinh Mẫu thông báo cắt nước.",
        "Chỉ thị số 05/CT-UBND có hiệu lực.",
        "Công ty CT Nam Hải tuyển thợ.",
        "Thông báo số 12/TB-VP được niêm yết.",
        "Dự án BT qua huyện Tân Mẫu chậm tiến độ.",
    ],
)
def test_officials_short_forms_are_no_posts_without_a_body(text: str) -> None:
    assert extract(text, published="2024-05-20").officials == ()
