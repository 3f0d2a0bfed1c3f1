"""Two persons of one name in one list, posts of many, committees of a body named elsewhere. Own sentences throughout."""

from __future__ import annotations

import pytest

from extractor.api import extract


def told(text: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    record = extract(text, published="2024-05-20")
    return [(o.name, [(p.role, p.body) for p in o.positions]) for o in record.officials]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Mẫu, Giám đốc Sở Y tế, và ông Lê Văn Mẫu, Chủ tịch UBND xã Đồng Xa, cùng dự.",
        "Dự họp: Lê Văn Mẫu - Bí thư Huyện ủy Sơn Tân; Lê Văn Mẫu - Chủ tịch Hội Nông dân xã Đồng Xa.",
        "1. Ông Lê Văn Mẫu, Bí thư Đảng ủy xã Tân An\n2. Ông Lê Văn Mẫu, Chủ tịch UBND xã Tân Lập",
    ],
)
def test_two_persons_of_one_name_in_one_list(text: str) -> None:
    found = told(text)
    assert [name for name, _ in found] == ["Lê Văn Mẫu", "Lê Văn Mẫu"]
    assert [len(posts) for _, posts in found] == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        "Ông Lê Văn Mẫu, Chủ tịch UBND xã Tân An, được bầu. Ông Lê Văn Mẫu, Bí thư Đảng ủy xã Tân An, phát biểu.",
        "Ông Lê Văn Mẫu, Phó Giám đốc Sở Y tế, phát biểu; ông Lê Văn Mẫu, Phó Giám đốc Sở Y tế tỉnh Nam Hải, tặng hoa.",
    ],
)
def test_a_person_named_again_is_one(text: str) -> None:
    assert [name for name, _ in told(text)] == ["Lê Văn Mẫu"]


def test_a_committee_takes_the_body_that_its_head_stands_for() -> None:
    text = "Ông Trần Văn Mẫu, Thứ trưởng Bộ Y tế, Bí thư Đảng ủy Bộ, dự họp."
    assert told(text) == [("Trần Văn Mẫu", [("Thứ trưởng", "Bộ Y tế"), ("Bí thư", "Đảng ủy Bộ Y tế")])]


def test_a_post_of_many_is_nobodys() -> None:
    text = (
        "Các Phó Thủ tướng Trần Văn Mẫu, Lê Văn Thử, Phan Văn Ví, Bộ trưởng các Bộ, thủ trưởng cơ quan ngang Bộ "
        "chịu trách nhiệm thi hành."
    )
    assert {role for _, posts in told(text) for role, _ in posts} == {"Phó Thủ tướng"}
    assert [name for name, _ in told(text)] == ["Trần Văn Mẫu", "Lê Văn Thử", "Phan Văn Ví"]


def test_a_unit_is_no_person() -> None:
    assert told("UBND thành phố Lễ Khắc Nam tổ chức hội nghị.") == []


def test_terms_in_the_cells_of_a_table() -> None:
    text = (
        "| Họ và tên | Chức vụ | Thời gian |\n| Trần Văn Mẫu | Chủ tịch UBND tỉnh Nam Hải | 1/7/2006 - 2/8/2011 |\n"
        "| Lê Văn Thử | Chủ tịch UBND tỉnh Nam Hải | 3/8/2011 - 5/6/2016 |"
    )
    found = extract(text, published="2024-05-20").officials
    assert [(o.name, o.positions[0].since, o.positions[0].until) for o in found] == [
        ("Trần Văn Mẫu", "2006-07-01", "2011-08-02"),
        ("Lê Văn Thử", "2011-08-03", "2016-06-05"),
    ]


@pytest.mark.usefixtures("rules_alone")
def test_two_names_that_no_mark_parts_are_two_persons() -> None:
    text = "| Phó Chủ tịch UBND tỉnh | Nguyễn Văn Thử Trần Thị Mẫu |"
    assert [o.name for o in extract(text, persons=True).officials] == ["Nguyễn Văn Thử", "Trần Thị Mẫu"]
