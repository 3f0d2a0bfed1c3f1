"""Abbreviated bodies and rarer roles: one own sentence each, with the post it names."""

from __future__ import annotations

from itertools import product

import pytest

from extractor import extract
from extractor.fields.officials.rows import key

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


@pytest.mark.parametrize("frame", FRAMES)
def test_officials_short_forms_combined(frame: str) -> None:
    for member, post in product(MEMBERS, POSTS):
        text = frame.format(member=member[0], post=post[0])
        (official,) = [o for o in extract(text, published="2024-05-20").officials if o.name == "Đinh Văn Cử"]
        found = {(key(p.role), key(p.body or "")) for p in official.positions}
        assert found == {(key(role), key(body or "")) for _, role, body in (member, post)}, text
