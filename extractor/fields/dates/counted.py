"""Dates that are counted: from today on (`5 ngày nữa`, `nửa tháng trước`), or within a year (`tháng thứ hai của năm`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.dates.atoms import YEAR, Atom, year_offset
from extractor.fields.dates.relative import COUNTED, END, NO_POINT
from extractor.fields.dates.rows import number, row_of, sense, words
from extractor.models import Reading
from extractor.rules import cache

# "hơn hai tuần nữa", "thêm 2 năm nữa", "còn 5 ngày nữa": a stretch of time or an estimate, no point.
_STRETCH = compiled(
    r"(?<!\p{L})(?:hơn|gần|khoảng|chừng|vài|mấy|thêm|còn|cần|mất|kéo dài|suốt|mỗi|đợi|chờ|ít nhất|tối thiểu|tới|đến"
    r"|được|đúng|vòng)[ ]$|\d[ ]?-[ ]?$"
)
_HALF = compiled(
    rf"(?<!\p{{L}})(?:cách[ ]đây[ ]nửa[ ](?P<unit>tháng|năm){END}"
    rf"|nửa[ ](?P<unit>tháng|năm)[ ](?P<way>trước|nữa){END}(?![ ]{NO_POINT}{END}))"
)


@cache
def _ahead() -> regex.Pattern[str]:
    count = rf"(?<![\p{{L}}\d]|\d[.,/\-])(?P<n>\d{{1,3}}|{words('number')})"
    return compiled(
        rf"{count}[ ](?:(?P<unit>ngày|hôm|tuần|tháng|năm)[ ]nữa|(?P<unit>tuần|tháng|năm)[ ](?P<later>sau)"
        rf"(?=[ ]?[.,;:)\n]|$|[ ](?:sẽ|mới|dự kiến|lại|phải|thì|cũng)(?!\p{{L}}))){END}"
        rf"(?![ ]{NO_POINT}{END})"
    )


def half_ago(reading: Reading) -> Iterator[Atom]:
    """`nửa tháng trước`: fifteen days ago; `nửa năm nữa`: in six months."""
    folded = reading.folded
    for m in _HALF.finditer(folded) if "nửa " in folded else ():
        if _STRETCH.search(folded, max(0, m.start() - 12), m.start()):
            continue
        way = 1 if m["way"] == "nữa" else -1
        unit, count = ("day", 15) if m["unit"] == "tháng" else ("month", 6)
        yield Atom(m.start(), m.end(), "ago", "ago", unit=unit, offset=way * count, relative=True)


def ahead(reading: Reading) -> Iterator[Atom]:
    """`hai tuần nữa`, `5 ngày nữa`; `3 tuần sau` only where the sentence looks ahead, else it is after something told."""
    folded = reading.folded
    if not any(word in folded for word in (" nữa", "tuần sau", "tháng sau", "năm sau")):
        return
    for m in _ahead().finditer(folded):
        n = number(m["n"])
        if not n or _STRETCH.search(folded, max(0, m.start() - 12), m.start()):
            continue
        if m["later"]:
            begin, stop = reading.sentence_at(m.start())
            if not sense("future").search(folded, max(begin, m.start() - 60), min(stop, m.end() + 40)):
                continue
        yield Atom(m.start(), m.end(), "ago", "ahead", unit=row_of("unit", m["unit"]).unit, offset=n, relative=True)


@cache
def _ordinal() -> regex.Pattern[str]:
    first, last = r"(?P<first>đầu[ ]tiên)", r"(?P<last>cuối[ ]cùng)"
    year = rf"năm(?:[ ]mới)?(?:[ ](?P<y>{YEAR})|[ ](?P<ry>nay|ngoái|trước|tới|sau|qua))?"
    return compiled(
        rf"(?<!\p{{L}})(?:(?P<unit>tháng|quý)[ ](?:thứ[ ](?P<n>\d{{1,2}}|{words('number')})|{first}|{last})"
        rf"[ ](?:của|trong)[ ]{year}|(?P<unit>ngày)[ ](?:{first}|{last})[ ](?:của|trong)[ ]{year}){END}"
        rf"(?![ ](?:học|tài|thứ|đầu|đó))"
    )


def ordinals(reading: Reading) -> Iterator[Atom]:
    """`tháng thứ hai của năm`, `tháng cuối cùng của năm 2018`, `quý đầu tiên của năm nay`, `ngày đầu tiên của năm mới`."""
    folded = reading.folded
    if "của năm" not in folded and "trong năm" not in folded:
        return
    for m in _ordinal().finditer(folded):
        most = {"tháng": 12, "quý": 4, "ngày": 1}[m["unit"]]
        if COUNTED.search(folded, max(0, m.start() - 10), m.start()):
            continue  # "9 tháng đầu tiên của năm"
        n = number(m["n"]) if m["n"] else 1 if m["first"] else most
        if n is None or not 1 <= n <= most:
            continue
        atom = Atom(m.start(), m.end(), "month", "ordinal")
        if m["unit"] == "quý":
            atom.kind, atom.part = "quarter", n
        elif m["unit"] == "tháng":
            atom.month = n
        else:
            atom.kind, (atom.day, atom.month) = "day", (1, 1) if m["first"] else (31, 12)
        if m["y"]:
            atom.year = int(m["y"])
        elif m["ry"]:
            atom.unit, atom.offset, atom.relative = "year", year_offset(m["ry"]), True
        yield atom
