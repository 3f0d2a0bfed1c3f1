"""Terms of posts, what is over, and changes in office. Own sentences throughout; persons and most places are made up."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.fields.officials.event_rows import EventRow
from extractor.records import Position
from extractor.rules import load_rows

DAY = "2024-05-20"

FORMS = [
    (row.kind, form)
    for row in load_rows("events.yaml", EventRow)
    if row.use == "event" and row.effect == "begin"
    for form in row.forms
    if form.split()[0] in ("được", "bổ", "chỉ", "điều", "bầu", "tái", "luân", "phân", "tiếp", "chuẩn", "phê")
]


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_every_word_of_taking_up(kind: str, form: str) -> None:
    """Each form of a beginning brings the post named after it, with its day."""
    passive = "" if form.startswith(("được", "tái", "tiếp")) else "được "
    text = f"Ngày 7/3/2024, ông Trần Văn Mẫu {passive}{form} giữ chức Giám đốc Sở Nội vụ tỉnh Nam Hải."
    (person,) = extract(text, published=DAY).officials
    assert [(e.kind, e.date, e.position) for e in person.events] == [(kind, "2024-03-07", 0)]
    assert person.positions[0].since == "2024-03-07"


@pytest.mark.parametrize("between", ["\n", "\n\n", " \n "])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Ông Lò Văn Bảy được bầu giữ chức Chủ tịch UBND huyện Mường Tè", "Phó Bí thư Lò Văn Bảy nhận nhiệm vụ mới"),
        (
            "Bà Lý Thị Xoan thôi giữ chức Giám đốc Sở Y tế tỉnh Lào Cai",
            "Trưởng đoàn công tác Lý Thị Xoan đến thăm bệnh viện.",
        ),
    ],
)
def test_a_change_ends_with_its_line(first: str, second: str, between: str) -> None:
    """A post that opens the next paragraph is none that the change before it brings or ends; two in one line are."""
    (person,) = extract(f"{first}{between}{second}", published=DAY).officials
    assert [p.role for p in person.positions] == [p.role for part in (first, second) for p in _positions(part)]
    assert [e.position for e in person.events] == [0]
    assert "\n" not in person.events[0].text
    assert person.events[0].text in first
    (both,) = extract(
        "Ông Lò Văn Bảy được bầu giữ chức Phó Bí thư, Chủ tịch UBND huyện Mường Tè.", published=DAY
    ).officials
    assert [e.position for e in both.events] == [0, 1]


def _positions(text: str) -> list[Position]:
    return [p for o in extract(text, published=DAY).officials for p in o.positions]
