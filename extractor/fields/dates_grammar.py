"""Date expressions of one kind at a time: atoms with their parts as the text gives them, not yet resolved.

An atom knows what the text says (day, month, year or a relative offset); a missing part is None and is filled in by
`dates_resolve`. Atoms that belong together (ranges, appositions) are joined by `dates_join`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

import regex

from extractor.fields.dates_lexicon import alternatives, meaning, number
from extractor.models import Reading

Kind = Literal["day", "month", "quarter", "half", "months", "year", "years", "school", "week", "weekend", "anaphor", "lunar", "ago"]


@dataclass(slots=True)
class Atom:
    """One expression: span, kind, the parts written, and how firmly it is a date (`firm`) rather than a bare number."""

    start: int
    end: int
    kind: Kind
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None  # number of the quarter or half-year
    last: int | None = None  # last year, month or day of a run
    unit: str | None = None  # relative: day, week, month, quarter, year
    offset: int = 0
    weekday: int | None = None
    firm: bool = True
    relative: bool = False
    edge: bool = False


_DAY = r"0?[1-9]|[12]\d|3[01]"
_YEAR = r"1[0-9]\d\d|20\d\d|21\d\d"


@cache
def _patterns() -> dict[str, regex.Pattern[str]]:
    part = alternatives("part")
    edge = alternatives("edge")
    weekday = alternatives("weekday")
    num = alternatives("number")
    relative_year = alternatives("relative", "year")
    month_word = rf"0?[1-9]|1[0-2]|{alternatives('lunar-month')}|(?:{num})(?![ ](?:{num})\b)"
    year_after = (
        rf"(?:[ ]?[/\-.][ ]?(?P<y>{_YEAR})(?!\d)|,?[ ](?:của[ ])?năm[ ](?P<y>{_YEAR})(?!\d)"
        rf"|[ ](?:của[ ])?(?P<ry>{relative_year})\b|[ ](?P<rm>tới|sau|trước|qua)\b(?![ ]đó))"
    )
    return {
        # 12/1/2018, 12-1, 12.1.2018, 10-12/1, 11 và 12/1: days with a numeric month
        "numeric": regex.compile(
            r"(?<![\p{L}\d]|\d[.,/\-:])"
            r"(?P<list>(?:\d{1,2}(?:[ ]?-[ ]?|[ ]đến[ ](?:hết[ ])?(?:ngày[ ])?|[ ]tới[ ](?:ngày[ ])?|,[ ](?:ngày[ ])?|[ ]và[ ](?:ngày[ ])?)){1,6})?"
            r"(?P<d>\d{1,2})(?P<sep>[ ]?[/.\-][ ]?)(?P<m>\d{1,2})(?:(?P<sep2>[ ]?[/.\-][ ]?)(?P<y>\d{4}|\d{2})|[ ]năm[ ](?P<y>\d{4}))?"
            r"(?![\d\p{L}]|[.,/\-]\d|[ ]?%)"
        ),
        # ngày 5 tháng 9 năm 2017; mùng 2 tháng 9; 15 tháng 10 năm 1930
        "spelled": regex.compile(
            rf"(?<![\p{{L}}\d.,/\-])"
            r"(?P<list>(?:\d{1,2}(?:[ ]?-[ ]?|[ ]đến[ ](?:hết[ ])?(?:ngày[ ])?|,[ ](?:ngày[ ])?|[ ]và[ ](?:ngày[ ])?)){1,6})?"
            rf"(?P<d>{_DAY}|(?<=(?:ngày|mùng|mồng)[ ])(?:{num})|rằm)(?P<sep>[ ]+)tháng[ ]+(?P<m>{month_word})(?![\p{{L}}\d])"
            rf"(?:{year_after})?"
        ),
        # ngày 26, mùng 5 (the month is elsewhere)
        "bare-day": regex.compile(
            rf"(?<![\p{{L}}\d])(?P<word>ngày|mùng|mồng)[ ](?P<d>{_DAY})(?:(?:[ ]?-[ ]?|[ ]đến[ ]|[ ]và[ ])(?P<d2>{_DAY}))?(?![\p{{L}}\d%]|[.,/\-:]\d|[ ]?[/\-][ ]?\d)"
        ),
        # tháng 8/2017, đầu tháng Tám năm ngoái, tháng 8 tới, tháng 8 và 10 năm nay
        "month": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<edge>{edge})[ ])?(?:các[ ]|những[ ])?tháng[ ]+(?P<m>{month_word})(?![\p{{L}}\d]|,\d|[ ](?:tuổi|lần|ngày|đầu|cuối|rưỡi))"
            rf"(?:(?P<conn>[ ]?-[ ]?|[ ]đến[ ](?:hết[ ])?(?:tháng[ ])?|[ ]và[ ](?:tháng[ ])?)(?P<m2>1[0-2]|0?[1-9])(?![\d\p{{L}}]|,\d|[ ](?:tuổi|lần|người|tháng)))?"
            rf"(?:{year_after})?"
        ),
        # 8/2025, 6-2017
        "month-year": regex.compile(
            rf"(?<![\p{{L}}\d]|[\d/.,\-:])(?P<m>0?[1-9]|1[0-2])(?P<sep>[ ]?[/\-.][ ]?)(?P<y>{_YEAR})(?![\d\p{{L}}]|[.,/\-]\d|[/\-]\p{{L}})"
        ),
        # quý I/2018, quý 1 năm nay, quý cuối năm
        "quarter": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<edge>{edge})[ ])?quý[ ]+(?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư)(?![\p{{L}}\d])(?:{year_after}|[ ](?P<y>{_YEAR})(?!\d))?"
        ),
        # 6 tháng đầu năm 2018, 9 tháng năm 2017, sáu tháng cuối năm, nửa đầu năm
        "months": regex.compile(
            rf"(?<![\p{{L}}\d.,])(?:(?P<n>\d{{1,2}}|{num}|các|những|mấy|vài)[ ]tháng[ ](?P<side>đầu|cuối)(?:[ ]của)?[ ]năm|(?P<n2>\d{{1,2}}|{num})[ ]tháng(?:[ ]của)?(?=[ ]năm[ ]{_YEAR})[ ]năm|(?P<half>nửa[ ](?:đầu|cuối))[ ]năm)"
            rf"(?:[ ](?:học[ ])?(?P<y>{_YEAR})(?!\d)|[ ](?P<ry>nay|ngoái|trước|qua|tới|sau)(?![\p{{L}}]))?"
        ),
        # năm 2018, đầu năm 2018, giai đoạn 2016 - 2020, năm học 2017-2018, nhiệm kỳ 2015-2020
        "year": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<edge>{edge})[ ]|(?P<season>{alternatives('season')})[ ])?"
            rf"(?:(?P<school>{alternatives('lead-school')})[ ]|(?P<lead>{alternatives('lead')})[ ](?:từ[ ])?(?:năm[ ])?|(?:các[ ]|những[ ])?năm[ ])?"
            rf"(?<![\d/.,\-:])(?P<y>{_YEAR})(?:[ ]?[\-/][ ]?(?P<y2>{_YEAR}))?(?![\p{{L}}\d%]|[.,/]\d|-\d{{1,2}}(?!\d))"
        ),
        # hôm nay, sáng nay, đêm qua, ngày mai, chiều hôm qua
        "relative-day": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<part>{part})[ ](?:của[ ])?)?(?:(?P<day>{alternatives('relative', 'day')})|(?P<ana>(?:ngày[ ])?(?:{alternatives('relative', 'anaphor')}))|(?<=[ ])(?P<p>{alternatives('relative', 'part')}))(?![\p{{L}}\d])"
        ),
        # tuần trước, cuối tuần qua, tháng này, đầu năm nay
        "relative": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?P<weekday>{weekday})[ ]|(?P<edge>(?:(?:hai[ ]|2[ ])?(?:những[ ])?ngày[ ])?(?:{edge}))[ ]|(?P<season>{alternatives('season')})[ ])?"
            rf"(?P<r>{alternatives('relative', 'week')}|{alternatives('relative', 'month')}|{alternatives('relative', 'quarter')}|{relative_year}|năm mới)(?![\p{{L}}\d])"
        ),
        # đầu năm, cuối năm (of the article's year)
        "edge-year": regex.compile(rf"(?<![\p{{L}}\d])(?<!tháng[ ]|ngày[ ]|quý[ ]|nửa[ ])(?P<edge>đầu|giữa|cuối)[ ]năm(?![ ]?(?:\p{{L}}|\d))"),
        "ytd": regex.compile(r"(?<![\p{L}\d])(?:từ[ ])?đầu[ ]năm(?:[ ](?P<y>\d{4}))?[ ](?:đến|tới)[ ]nay(?![\p{L}])"),
        # cách đây 5 năm, 3 ngày trước, hai ngày sau
        "ago": regex.compile(
            rf"(?<![\p{{L}}\d.,])(?:(?P<back>cách[ ]đây)[ ](?:gần[ ]|hơn[ ]|khoảng[ ])?)?(?P<n>\d{{1,3}}|{num})[ ](?P<unit>ngày|hôm|tuần|tháng|năm)(?P<side>[ ]trước|[ ]sau)?(?![\p{{L}}\d])"
        ),
        # âm lịch: 10/3 âm lịch, rằm tháng giêng, mùng 5 Tết, 23 tháng Chạp
        "lunar": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?:ngày[ ])?(?P<d>(?:mùng|mồng)[ ](?:\d{{1,2}}|{num})|rằm|(?:ngày[ ])?\d{{1,2}})(?:[ ]tháng[ ](?P<m>\d{{1,2}}|{alternatives('lunar-month')}|{num})|[ ]?[/.\-][ ]?(?P<m>\d{{1,2}})|[ ](?P<tet>tết))?)"
            rf"(?P<al>[ ]?\(?(?:âm[ ]lịch|lịch[ ]âm|al)\)?)?(?![\p{{L}}\d])(?:[ ]năm[ ](?P<y>{_YEAR}))?"
        ),
        "part-before": regex.compile(rf"(?<![\p{{L}}\d])(?:(?:{part})[ ])?(?:(?:ngày|hôm|bữa|mùng|mồng)[ ])?$"),
        "day-words": regex.compile(
            rf"(?<![\p{{L}}\d])(?:(?:{part})(?:[ ]|,[ ]))?(?:(?:vào[ ])?(?:ngày[ ])?(?P<weekday>{weekday})(?:,?[ ]\(?|,?[ ]))?(?:(?:các[ ]|những[ ]|hai[ ]|2[ ]|ba[ ]|3[ ])?(?:ngày|hôm|bữa|mùng|mồng)[ ]{{1,2}})?$"
        ),
    }


def _int(text: str | None) -> int | None:
    return int(text) if text else None


def _full_year(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _relative_year(m: regex.Match[str], atom: Atom) -> None:
    """Fill in the year of a month or quarter from `năm nay`, `tới`, `trước` …"""
    groups = m.groupdict()
    if groups.get("y"):
        atom.year = int(groups["y"])
    elif groups.get("ry"):
        atom.unit, atom.offset, atom.relative = "year", _year_offset(groups["ry"]), True
    elif groups.get("rm"):
        atom.unit, atom.offset, atom.relative = "next", 1 if groups["rm"] in ("tới", "sau") else -1, True


def _year_offset(word: str) -> int:
    row = meaning("relative").get(word if word.startswith("năm") else f"năm {word}")
    return row.offset if row else 0


def _prefix(folded: str, at: int) -> tuple[int, int | None, bool]:
    """Start of the words before a day number (`tối thứ sáu, ngày`), the weekday in them, and whether there are any."""
    low = max(0, at - 48)
    m = _patterns()["day-words"].search(folded[low:at])
    if m is None or m.start() == m.end():
        return at, None, False
    weekday = meaning("weekday")[" ".join(m["weekday"].split())].value if m["weekday"] else None
    return low + m.start(), weekday, True


def numeric_days(reading: Reading) -> Iterator[Atom]:
    """`12/1/2018`, `12-1`, `13.6`, and runs that share the month: `10-12/1`, `11 và 12/1`."""
    folded = reading.folded
    for m in _patterns()["numeric"].finditer(folded):
        d, month, year = int(m["d"]), int(m["m"]), _full_year(m["y"])
        if m["y"] and m["sep2"] and m["sep2"].strip() != m["sep"].strip() and not (m["sep"].strip() == "-" and m["sep2"].strip() == "/"):
            pass
        sep = m["sep"].strip()
        if m["y"] and len(m["y"]) == 2 and sep == "-":
            continue
        first, last = d, None
        at = m.start()
        if m["list"]:
            days = [int(x) for x in regex.findall(r"\d+", m["list"])]
            at = m.start("d")
            start, weekday, firm = _prefix(folded, m.start())
            run = [*days, d]
            contiguous = len(run) == 2 and "và" not in m["list"] and "," not in m["list"] or all(b - a == 1 for a, b in zip(run, run[1:]))
            if run[0] < d and contiguous and (firm or sep == "/" or m["y"]):
                first, last, at = run[0], d, m.start()
        start, weekday, firm = _prefix(folded, at)
        if not firm and sep != "/" and not m["y"]:
            atom_firm = False
        else:
            atom_firm = firm or m["y"] is not None
        if m["sep"] != sep and sep != "/" and not m["y"]:
            continue
        yield Atom(start, m.end(), "day", "day-numeric", year=year, month=month, day=first, last=last, weekday=weekday, firm=atom_firm)
        if m["list"] and last is None:
            for x in regex.finditer(r"\d+", m["list"]):
                s = m.start("list") + x.start()
                s2, _, f2 = _prefix(folded, s)
                if f2 or firm:
                    yield Atom(s2, m.start("list") + x.end(), "day", "day-list", year=year, month=month, day=int(x.group()))


def spelled_days(reading: Reading) -> Iterator[Atom]:
    """`ngày 5 tháng 9 năm 2017`, `mùng 2 tháng 9`, `rằm tháng Giêng` (lunar)."""
    folded = reading.folded
    for m in _patterns()["spelled"].finditer(folded):
        start, weekday, firm = _prefix(folded, m.start())
        word = m["m"]
        d = 15 if m["d"] == "rằm" else number(m["d"])
        month = number(word)
        if d is None or month is None:
            continue
        is_lunar = word in ("giêng", "chạp") or m["d"] == "rằm" or folded[m.end() : m.end() + 9].strip(" (").startswith("âm lịch")
        end = m.end()
        if is_lunar and (tail := regex.compile(r"[ ]?\(?(?:âm lịch|lịch âm)\)?").match(folded, m.end())):
            end = tail.end()
        if not firm and m["y"] is None and not is_lunar:
            continue
        first, last = d, None
        if m["list"]:
            days = [int(x) for x in regex.findall(r"\d+", m["list"])]
            if days[0] < d:
                first, last = days[0], d
            else:
                start, weekday, firm = _prefix(folded, m.start("d"))
        atom = Atom(start, end, "lunar" if is_lunar else "day", "day-spelled", month=month, day=first, last=last, weekday=weekday)
        _relative_year(m, atom)
        yield atom


def bare_days(reading: Reading) -> Iterator[Atom]:
    """`ngày 26`: the month is that of the context."""
    for m in _patterns()["bare-day"].finditer(reading.folded):
        start, weekday, _ = _prefix(reading.folded, m.start("d"))
        yield Atom(start, m.end(), "day", "day-bare", day=int(m["d"]), last=_int(m["d2"]), weekday=weekday)


def month_atoms(reading: Reading) -> Iterator[Atom]:
    """`tháng 8/2017`, `đầu tháng 6 năm nay`, `tháng 8 - 10/2017`, `8/2025`."""
    folded = reading.folded
    for m in _patterns()["month"].finditer(folded):
        value = number(m["m"])
        if value is None:
            continue
        end = m.end()
        last = _int(m["m2"])
        if last is not None and last <= value:
            last = None
        is_lunar = m["m"] in ("giêng", "chạp")
        atom = Atom(m.start(), end, "lunar" if is_lunar else "month", "month", month=value, last=last, edge=m["edge"] is not None)
        _relative_year(m, atom)
        yield atom
    for m in _patterns()["month-year"].finditer(folded):
        yield Atom(m.start(), m.end(), "month", "month-year", year=int(m["y"]), month=int(m["m"]), firm=m["sep"].strip() == "/")


def quarter_atoms(reading: Reading) -> Iterator[Atom]:
    """`quý I/2018`, `cuối quý 3 năm nay`."""
    if "quý" not in reading.folded:
        return
    for m in _patterns()["quarter"].finditer(reading.folded):
        value = number(m["q"])
        if value is None or reading.text[m.start("q") - 4 : m.start("q") - 1] == "Quý" and reading.text[m.start("q")].islower():
            continue
        atom = Atom(m.start(), m.end(), "quarter", "quarter", part=value, edge=m["edge"] is not None)
        _relative_year(m, atom)
        yield atom


def months_atoms(reading: Reading) -> Iterator[Atom]:
    """`6 tháng đầu năm 2018`, `các tháng đầu năm nay`, `nửa cuối năm`."""
    for m in _patterns()["months"].finditer(reading.folded):
        word = m["n"] or m["n2"]
        n = number(word) if word else 6
        atom = Atom(m.start(), m.end(), "months", "months", year=_int(m["y"]), part=n, edge=(m["side"] or m["half"] or "").endswith("cuối"))
        if n is None:
            atom.kind = "year"
        elif not 1 <= n <= 12:
            continue
        if m["ry"]:
            atom.unit, atom.offset, atom.relative = "year", _year_offset(m["ry"]), True
        yield atom


def year_atoms(reading: Reading) -> Iterator[Atom]:
    """`năm 2018`, `đầu năm 2018`, `giai đoạn 2016-2020`, `năm học 2017-2018`, a bare `2018`."""
    folded = reading.folded
    for m in _patterns()["year"].finditer(folded):
        word = folded[m.start() : m.start("y")]
        first, last = int(m["y"]), _int(m["y2"])
        firm = bool(word)
        if last is not None and last <= first:
            continue
        kind: Kind = "year" if last is None else "school" if m["school"] else "years"
        yield Atom(m.start(), m.end(), kind, "year" if firm else "year-bare", year=first, last=last, firm=firm, edge=m["edge"] is not None)


def relative_atoms(reading: Reading) -> Iterator[Atom]:
    """`hôm nay`, `sáng mai`, `tuần trước`, `cuối tháng này`, `năm ngoái`, `cùng ngày`, `cách đây 5 năm`."""
    folded = reading.folded
    for m in _patterns()["relative-day"].finditer(folded):
        if m["p"]:
            if not m["part"]:
                continue
            offset = meaning("relative")[m["p"]].offset
            yield Atom(m.start(), m.end(), "day", "relative-day", unit="day", offset=offset, relative=True)
        elif m["day"]:
            offset = meaning("relative")[" ".join(m["day"].split())].offset
            yield Atom(m.start(), m.end(), "day", "relative-day", unit="day", offset=offset, relative=True)
        else:
            word = " ".join(m["ana"].split())
            row = meaning("relative").get(word) or meaning("relative").get(word.removeprefix("ngày "))
            yield Atom(m.start(), m.end(), "anaphor", "anaphor", offset=row.offset if row else 0, relative=True)
    for m in _patterns()["relative"].finditer(folded):
        yield from _relative_period(folded, m)
    for m in _patterns()["edge-year"].finditer(folded):
        yield Atom(m.start(), m.end(), "year", "edge-year", unit="year", relative=True, edge=True)
    for m in _patterns()["ytd"].finditer(folded):
        yield Atom(m.start(), m.end(), "year", "year-to-date", year=_int(m["y"]), unit="year", relative=True)
    for m in _patterns()["ago"].finditer(folded):
        n = number(m["n"])
        if n is None or not (m["back"] or m["side"]) or (m["side"] == " sau" and m["unit"] not in ("ngày", "hôm")):
            continue
        unit = {"ngày": "day", "hôm": "day", "tuần": "week", "tháng": "month", "năm": "year"}[m["unit"]]
        if m["side"] == " sau":
            yield Atom(m.start(), m.end(), "anaphor", "days-after", offset=n, relative=True)
        else:
            yield Atom(m.start(), m.end(), "ago", "ago", unit=unit, offset=-n, relative=True)


_COUNTED = regex.compile(r"(?:(?<![\p{L}\d])(?:những|nhiều|các|mấy|vài|hàng|mỗi|từng|số|\d+|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|trăm|chục|suốt|cả))[ ]$")


def _relative_period(folded: str, m: regex.Match[str]) -> Iterator[Atom]:
    word = " ".join(m["r"].split())
    if word == "năm mới":
        if m["edge"]:
            yield Atom(m.start(), m.end(), "year", "edge-year", unit="year", relative=True, edge=True)
        return
    if _COUNTED.search(folded[max(0, m.start() - 10) : m.start()]) and not word.endswith("nay"):
        return
    row = meaning("relative")[word]
    unit = row.unit or "year"
    if unit == "week":
        weekday = meaning("weekday")[" ".join(m["weekday"].split())].value if m["weekday"] else None
        kind: Kind = "weekend" if m["edge"] and "cuối" in m["edge"] else "week"
        yield Atom(m.start(), m.end(), "day" if weekday is not None else kind, "relative-week", unit="week", offset=row.offset, weekday=weekday, relative=True)
    else:
        start = m.start() if not m["weekday"] else m.start("r")
        kinds: dict[str, Kind] = {"month": "month", "quarter": "quarter", "year": "year"}
        yield Atom(start, m.end(), kinds[unit], f"relative-{unit}", unit=unit, offset=row.offset, relative=True, edge=m["edge"] is not None)


def lunar_atoms(reading: Reading) -> Iterator[Atom]:
    """`mùng 5 Tết`, `9.8 lịch âm`, `rằm tháng Giêng`."""
    folded = reading.folded
    if not regex.search("âm lịch|lịch âm|tết|rằm", folded):
        return
    for m in _patterns()["lunar"].finditer(folded):
        if not (m["tet"] or m["al"]):
            continue
        raw = m["d"].replace("ngày ", "").replace("mùng ", "").replace("mồng ", "")
        d = 15 if raw == "rằm" else number(raw)
        month = 1 if m["tet"] else number(m["m"]) if m["m"] else None
        if d is None or month is None:
            continue
        low = max(0, m.start() - 24)
        back = _patterns()["part-before"].search(folded[low : m.start()])
        start = low + back.start() if back else m.start()
        yield Atom(start, m.end(), "lunar", "lunar", year=_int(m["y"]), month=month, day=d)


def atoms(reading: Reading) -> list[Atom]:
    """All atoms in text order, overlaps resolved to the longest."""
    found: list[Atom] = []
    for finder in (numeric_days, spelled_days, bare_days, month_atoms, quarter_atoms, months_atoms, year_atoms, relative_atoms, lunar_atoms):
        found += finder(reading)
    found.sort(key=lambda a: (a.start, -a.end, not a.firm))
    out: list[Atom] = []
    for atom in found:
        if out and atom.start < out[-1].end:
            if atom.end - atom.start > out[-1].end - out[-1].start:
                out[-1] = atom
            continue
        out.append(atom)
    return out
