"""Days that are named without their date: `Ngày BHYT Việt Nam` (1 July), `đêm giao thừa`, `ngày Quốc khánh năm nay`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import YEAR, Atom, Kind, year_offset
from extractor.fields.dates.relative import END
from extractor.fields.dates.rows import forms, meaning, starts, template
from extractor.models import Reading
from extractor.text import fold

_DATED = template(r"[^\n.;]{0,14}\d{1,2}(?:[ ]?[/.\-][ ]?|[ ]{month}[ ])\d{1,2}")  # the date stands beside the name
# A feast as a day: after `ngày`, `hôm` or a part of the day; the name alone is what is celebrated.
_FEAST = template(
    rf"(?<!\p{{L}})(?:(?:{{part}}|{{feast-lead}})[ ])?(?:{{unit:day}}[ ])?(?:{{ceremony}}[ ])?(?P<h>{{holiday}}){END}"
    rf"(?:[ ](?:{{of}}[ ])?(?:(?:{{year}}[ ])?(?P<y>{YEAR}){END}|{{year}}[ ](?P<ry>{{year-way}}|{{later}}){END}))?"
)
_NAME = template(r"{holiday}")
_CELEBRATED = template(r"(?<!\p{L}){celebrated}[ ]$")
_CEREMONY = template(r"{ceremony}[ ]")
_DAY = template(r"{day}[ ]")
_NAME_BEFORE = regex.compile(r"\p{Lu}\p{Ll}*[ ]$")


def _of_a_year(m: regex.Match[str], text: str) -> bool:
    """Whether a feast without `ngày` is that of this year or the next ("Trung thu năm nay"), and no person's name ("Lê Quốc
    Khánh năm nay …"); with the year's number ("nghỉ Tết năm 2026") the year alone is meant."""
    if not m["ry"]:
        return False
    first, *rest = text[m.start("h") : m.end("h")].split()
    person = fold(first) not in forms("tet") and any(word[:1].isupper() for word in rest)
    return not person and _NAME_BEFORE.search(text, max(0, m.start() - 12), m.start()) is None


def feasts(reading: Reading) -> Iterator[Atom]:
    """`Ngày BHYT Việt Nam`, `đêm giao thừa`, `tối Trung thu`, `ngày Quốc khánh năm nay`; not `kỷ niệm Quốc khánh`."""
    folded = reading.folded
    if next(starts(_NAME, "holiday").finditer(reading), None) is None:
        return
    for m in starts(_FEAST, "part", "feast-lead", "unit:day", "ceremony", "holiday").finditer(reading):
        quote = " ".join(m["h"].split())
        row = meaning("holiday")[quote]
        told = m.start("h") > m.start() or _DAY.match(quote) is not None or _of_a_year(m, reading.text)
        if row.value and told and not _is_celebrated(m, folded):
            yield _atom(m, row.calendar == "lunar", row.value)


def _is_celebrated(m: regex.Match[str], folded: str) -> bool:
    """Whether a feast is what is celebrated, or its date stands beside it."""
    if not (m["y"] or m["ry"]) and _CELEBRATED.search(folded, max(0, m.start() - 16), m.start()):
        return True
    return _CEREMONY.match(folded, m.start()) is not None or _DATED.match(folded[m.end() : m.end() + 24]) is not None


def _atom(m: regex.Match[str], lunar: bool, value: int) -> Atom:
    """The day of a feast, `value` being its month and day."""
    kind: Kind = "lunar" if lunar else "holiday"
    atom = Atom(m.start(), m.end(), kind, "holiday", month=value // 100, day=value % 100, form="feast")
    if m["y"]:
        atom.year = int(m["y"])
    elif m["ry"]:
        atom.unit, atom.offset = "year", year_offset(m["ry"])
    return atom
