"""Dates that are counted: from today on (`5 ngày nữa`, `nửa tháng trước`), or within a year (`tháng thứ hai của năm`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import YEAR, Atom, take_year
from extractor.fields.dates.relative import COUNTED, END
from extractor.fields.dates.rows import forms, number, row_of, sense, template
from extractor.models import Reading
from extractor.rules.literals import may_match

# "hơn hai tuần nữa", "thêm 2 năm nữa", "còn 5 ngày nữa": a stretch of time or an estimate, no point.
_STRETCH = template(r"(?<!\p{L}){count-stretch}[ ]$|\d[ ]?-[ ]?$")
_UNIT = r"(?P<unit>{unit:month}|{unit:year})"
_HALF = template(
    rf"(?<!\p{{L}})(?:{{ago-word}}[ ]{{half}}[ ]{_UNIT}{END}"
    rf"|{{half}}[ ]{_UNIT}[ ](?P<way>{{last-one}}|{{more}}){END}(?![ ]{{no-point}}{END}))"
)
_AHEAD = template(
    r"(?<![\p{L}\d]|\d[.,/\-])(?P<n>\d{1,3}|{number})[ ](?:(?P<unit>{unit})[ ]{more}"
    r"|(?P<unit>{unit:week}|{unit:month}|{unit:year})[ ](?P<later>{later})(?=[ ]?[.,;:)\n]|$|[ ]{verb-later}(?!\p{L})))"
    rf"{END}(?![ ]{{no-point}}{END})"
)


def half_ago(reading: Reading) -> Iterator[Atom]:
    """`nửa tháng trước`: fifteen days ago; `nửa năm nữa`: in six months."""
    folded = reading.folded
    for m in _HALF.finditer(folded) if may_match(_HALF.compiled, reading) else ():
        if _STRETCH.search(folded, max(0, m.start() - 12), m.start()):
            continue
        way = 1 if m["way"] in forms("more") else -1
        unit, count = ("day", 15) if row_of("unit", m["unit"]).unit == "month" else ("month", 6)
        yield Atom(m.start(), m.end(), "ago", "ago", unit=unit, offset=way * count, relative=True)


def ahead(reading: Reading) -> Iterator[Atom]:
    """`hai tuần nữa`, `5 ngày nữa`; `3 tuần sau` only where the sentence looks ahead, else it is after something told."""
    folded = reading.folded
    if not may_match(_AHEAD.compiled, reading):
        return
    for m in _AHEAD.finditer(folded):
        n = number(m["n"])
        if not n or _STRETCH.search(folded, max(0, m.start() - 12), m.start()):
            continue
        if m["later"]:
            begin, stop = reading.sentence_at(m.start())
            if not sense("future").search(folded, max(begin, m.start() - 60), min(stop, m.end() + 40)):
                continue
        yield Atom(m.start(), m.end(), "ago", "ahead", unit=row_of("unit", m["unit"]).unit, offset=n, relative=True)


_ENDS = r"(?P<first>{first-of})|(?P<last>{last-of})"
_OF_YEAR = (
    rf"[ ](?:{{of}}|{{within}})[ ]{{year}}(?:[ ]{{new}})?"
    rf"(?:[ ](?P<y>{YEAR})|[ ](?P<ry>{{year-way}}|{{later}}|{{year-past}}))?"
)
_ORDINAL = template(
    rf"(?<!\p{{L}})(?:(?:(?P<month>{{month}})|(?P<quarter>{{quarter}}))[ ]"
    rf"(?:{{ordinal}}[ ](?P<n>\d{{1,2}}|{{number}})|{_ENDS}){_OF_YEAR}|{{day}}[ ](?:{_ENDS}){_OF_YEAR}){END}"
    r"(?![ ]{not-that-year})"
)


def ordinals(reading: Reading) -> Iterator[Atom]:
    """`tháng thứ hai của năm`, `tháng cuối cùng của năm 2018`, `quý đầu tiên của năm nay`, `ngày đầu tiên của năm mới`."""
    folded = reading.folded
    if not may_match(_ORDINAL.compiled, reading):
        return
    for m in _ORDINAL.finditer(folded):
        most = 12 if m["month"] else 4 if m["quarter"] else 1
        if COUNTED.search(folded, max(0, m.start() - 10), m.start()):
            continue  # "9 tháng đầu tiên của năm"
        n = number(m["n"]) if m["n"] else 1 if m["first"] else most
        if n is not None and 1 <= n <= most:
            yield _nth(m, n)


def _nth(m: regex.Match[str], n: int) -> Atom:
    """The n-th month, quarter or end of a year."""
    atom = Atom(m.start(), m.end(), "month", "ordinal")
    if m["quarter"]:
        atom.kind, atom.part = "quarter", n
    elif m["month"]:
        atom.month = n
    else:
        atom.kind, (atom.day, atom.month) = "day", (1, 1) if m["first"] else (31, 12)
    take_year(m, atom)
    return atom
