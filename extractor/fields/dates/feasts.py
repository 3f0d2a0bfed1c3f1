"""Days that are named without their date: `Ngày BHYT Việt Nam` (1 July), `đêm giao thừa`, `ngày Quốc khánh năm nay`."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import YEAR, Atom, year_offset
from extractor.fields.dates.relative import END
from extractor.fields.dates.rows import forms, meaning, template, words
from extractor.models import Reading
from extractor.rules import cache
from extractor.text import fold

_DATED = template(r"[^\n.;]{0,14}\d{1,2}(?:[ ]?[/.\-][ ]?|[ ]{month}[ ])\d{1,2}")  # the date stands beside the name
# A feast as a day: after `ngày`, `hôm` or a part of the day; the name alone is what is celebrated.
_FEAST = template(
    rf"(?<!\p{{L}})(?:(?:{{part}}|{{feast-lead}})[ ])?(?:{{unit:day}}[ ])?(?:{{ceremony}}[ ])?(?P<h>{{holiday}}){END}"
    rf"(?:[ ](?:{{of}}[ ])?(?:(?:{{year}}[ ])?(?P<y>{YEAR}){END}|{{year}}[ ](?P<ry>{{year-way}}|{{later}}){END}))?"
)
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


@cache
def _names() -> re.Pattern[str]:
    # the standard library's engine is several times as fast on plain words
    return re.compile(words("holiday"))


def feasts(reading: Reading) -> Iterator[Atom]:
    """`Ngày BHYT Việt Nam`, `đêm giao thừa`, `tối Trung thu`, `ngày Quốc khánh năm nay`; not `kỷ niệm Quốc khánh`."""
    folded = reading.folded
    if _names().search(folded) is None:
        return
    for m in _FEAST.finditer(folded):
        quote = " ".join(m["h"].split())
        row = meaning("holiday")[quote]
        told = m.start("h") > m.start() or _DAY.match(quote) is not None or _of_a_year(m, reading.text)
        if not (m["y"] or m["ry"]) and _CELEBRATED.search(folded, max(0, m.start() - 16), m.start()):
            continue
        if (
            not row.value
            or not told
            or _CEREMONY.match(folded, m.start())
            or _DATED.match(folded[m.end() : m.end() + 24])
        ):
            continue
        lunar = row.calendar == "lunar"
        atom = Atom(
            m.start(),
            m.end(),
            "lunar" if lunar else "holiday",
            "holiday",
            month=row.value // 100,
            day=row.value % 100,
            form="feast",
        )
        if m["y"]:
            atom.year = int(m["y"])
        elif m["ry"]:
            atom.unit, atom.offset = "year", year_offset(m["ry"])
        yield atom
