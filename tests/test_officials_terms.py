"""Terms of posts, what is over, and changes in office. Own sentences throughout; persons and most places are made up."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.fields.officials.event_rows import EventRow
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
