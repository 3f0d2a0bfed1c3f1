"""Relative dates: `hôm nay`, `sáng mai`, `tuần trước`, `năm ngoái`, `hồi đầu năm`, `cách đây 5 năm`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import DAY, YEAR, Atom, Form, Kind
from extractor.fields.dates.numeric import LIST, before_day, run_of
from extractor.fields.dates.rows import edge_modifier, forms, number, row_of, starts, template
from extractor.models import Reading
from extractor.rules import Template
from extractor.rules.literals import may_match

END = r"(?![\p{L}\d])"
COUNTED = template(r"(?r)(?<![\p{L}\d])(?:{counted}|\d+)[ ]$")
PART_BEFORE = template(
    r"(?<![\p{L}\d]){part}(?:[ ]{of})?,?[ ]$"
)  # a part of the day right before a date: `rạng sáng `, `chiều, `
_DAY = template(
    rf"\b(?:(?P<day>{{relative:day}})|(?:{{day}}[ ])?(?P<ana>{{relative:anaphor}})|(?<=[ ])(?P<p>{{relative:part}})){END}"
)
_PASSED = template(r"[ ]{passed}")


def relative_days(reading: Reading) -> Iterator[Atom]:
    """`hôm nay`, `chiều hôm qua`, `đêm qua`, `sáng mai`, `cùng ngày`, `rạng sáng hôm sau`."""
    text, folded = reading.text, reading.folded
    for m in starts(_DAY, "day", "relative:day", "relative:anaphor", "relative:part").finditer(reading):
        part = PART_BEFORE.search(folded[max(0, m.start() - 18) : m.start()])
        start = m.start() - len(part.group()) if part else m.start()
        if m["ana"]:
            offset = row_of("relative", m["ana"]).offset
            yield Atom(start, m.end(), "anaphor", "anaphor", offset=offset, relative=True)
        elif _is_day(text, folded, m, part):
            offset = row_of("relative", m["p"] or m["day"]).offset
            yield Atom(start, m.end(), "day", "relative-day", unit="day", offset=offset, relative=True)


def _is_day(text: str, folded: str, m: regex.Match[str], part: regex.Match[str] | None) -> bool:
    """Whether relative words are a day: not those of "mấy hôm nay", "đêm qua cầu" or a name."""
    if not m["p"]:
        return part is not None or COUNTED.search(folded[max(0, m.start() - 10) : m.start()]) is None
    if part is None or text[m.start()].isupper() or "," in part.group():
        return False
    return row_of("relative", m["p"]).offset >= 0 or _PASSED.match(folded, m.end()) is None


_MORE = template(r"[ ]{more}$")
_ALL = template(r"(?<={all}[ ])")
_AROUND = template(r"[ ]{around}$")
_DAYS = template(r"{day}")


_PERIOD = template(
    rf"\b(?:{{relative:week}}|{{relative:month}}|{{relative:quarter}}|{{relative:year}}|{{new-year}}){END}"
    rf"(?![ ]{{that-time}}{END}|[ ]\d{{4}})"
)
_PERIOD_BEFORE = template(
    r"(?<![\p{L}\d])(?:(?P<part>{part})?[ ]?(?:{day}[ ])?(?P<weekday>{weekday})"
    r"|(?P<edge>(?:(?:(?:{two}|2)[ ])?(?:{those}[ ])?{day}[ ])?{edge})|(?P<season>{season}))[ ]$"
)
_POINT = template(r"[ ]{point}(?!\p{L}|[ ]\d)")


def relative_periods(reading: Reading) -> Iterator[Atom]:
    """`tuần trước`, `cuối tuần qua`, `thứ Hai tuần trước`, `tháng này`, `đầu năm nay`, `năm ngoái`."""
    folded = reading.folded
    units = (f"relative:{unit}" for unit in ("week", "month", "quarter", "year"))
    for m in starts(_PERIOD, "new-year", *units).finditer(reading):
        quote, end = _without_more(folded, m)
        if folded.startswith("/", m.start() - 1) or (_AROUND.search(quote) and _POINT.match(folded, m.end())):
            continue  # "40.000 đồng/tháng sau khi trừ"
        low = max(0, m.start() - 30)
        back = _PERIOD_BEFORE.search(folded[low : m.start()])
        if back is None and COUNTED.search(folded[max(0, m.start() - 10) : m.start()]):
            continue
        start = low + back.start() + (back.group()[0] == " ") if back else m.start()
        atom = _period_atom(start, m.start(), end, quote, back)
        if atom is not None:
            yield atom


def _without_more(folded: str, m: regex.Match[str]) -> tuple[str, int]:
    """The words of a match and their end; the next year too in "cả năm sau nữa"."""
    quote = " ".join(m.group().split())
    more = _MORE.search(quote)
    if more is not None and _ALL.match(folded, m.start()):
        return quote[: more.start()], m.end() - len(more.group())
    return quote, m.end()


_KINDS: dict[str, Kind] = {"month": "month", "quarter": "quarter", "year": "year"}


def _period_atom(start: int, at: int, end: int, quote: str, back: regex.Match[str] | None) -> Atom | None:
    """The atom of a week, month, quarter or year named from today on, with the words before it."""
    edge = back["edge"] if back else None
    if quote in forms("new-year"):
        own = Atom(start, end, "year", "edge-year", unit="year", relative=True, edge=edge, form="own-edge")
        return own if edge else None
    row = row_of("relative", quote)
    unit, weekday = row.unit or "year", _weekday(back)
    if unit == "week":
        return _week_atom(start, end, row.offset, weekday, edge)
    if weekday is not None or (edge and unit != "month" and _DAYS.search(edge)):
        start, edge = at, None
    return Atom(start, end, _KINDS[unit], f"relative-{unit}", unit=unit, offset=row.offset, relative=True, edge=edge)


def _weekday(back: regex.Match[str] | None) -> int | None:
    """The weekday among the words before a period."""
    return row_of("weekday", back["weekday"]).value if back is not None and back["weekday"] else None


def _week_atom(start: int, end: int, offset: int, weekday: int | None, edge: str | None) -> Atom:
    """A week, its end, or a day of it."""
    kind: Kind = "day" if weekday is not None else "weekend" if edge_modifier(edge) == "END" else "week"
    return Atom(
        start, end, kind, "relative-week", unit="week", offset=offset, weekday=weekday, relative=True,
        edge=edge if kind == "week" else None,
    )  # fmt: skip


_DAY_OF_MONTH = template(
    rf"(?<![\p{{L}}\d]|\d[.,/\-])(?P<list>{LIST})?(?P<d>{DAY}|(?<=(?:{{day}}|{{early-day}})[ ]){{number}})"
    rf"[ ](?:{{of}}[ ])?(?P<month>{{relative:month}}){END}(?![ ]{{that-time}}{END})"
)
_RELATIVE_MONTH = template(rf"(?<=[\d\p{{L}}][ ](?:{{of}}[ ])?){{relative:month}}{END}")


def days_of_a_month(reading: Reading) -> Iterator[Atom]:
    """`ngày 23 tháng trước`, `mùng 2 của tháng này`, `sáng 5 tháng sau`; `23 tháng trước` alone counts months."""
    folded = reading.folded
    if next(starts(_RELATIVE_MONTH, "relative:month").finditer(reading), None) is None:
        return
    for m in _DAY_OF_MONTH.finditer(folded):
        at, day, last = m.start("d"), number(m["d"]), None
        days = [*map(int, regex.findall(r"\d+", m["list"])), day or 0] if m["list"] else []
        if days and (run := run_of(days, m["list"])):
            at, day, last = m.start(), run[0], run[1]
        start, weekday, firm = before_day(folded, at, several=last is not None)
        if day is None or not 1 <= day <= 31 or not firm:
            continue
        offset = row_of("relative", m["month"]).offset
        yield Atom(
            start, m.end(), "day", "day-of-relative-month", day=day, last=last, unit="month", offset=offset,
            weekday=weekday, relative=True,
        )  # fmt: skip


_SCHOOL = template(r"(?<!\p{L}){lead-school}[ ](?P<way>{school-way})(?!\p{L}|[ ](?:{school-point}|\d))")


def school_years(reading: Reading) -> Iterator[Atom]:
    """`năm học trước`, `năm học này`: from the school year of the publication date, which begins in August."""
    for m in starts(_SCHOOL, "lead-school").finditer(reading):
        offset = row_of("school-way", m["way"]).offset
        yield Atom(m.start(), m.end(), "school", "relative-school", offset=offset, relative=True)


# An edge of the article's own year or month, by unit: what stands before and after the words.
_EDGES: dict[Kind, Template] = {
    "year": template(
        r"(?<![\p{L}\d])(?<!{month}[ ]|{day}[ ]|{quarter}[ ]|{half}[ ])(?P<edge>{bare-edge})[ ]{year}"
        r"(?![\p{L}\d]|[ ](?:{year-tail}|\d))"
    ),
    "month": template(
        r"(?<=(?<!\p{L}){month-edge-lead}[ ])(?P<edge>{bare-edge})[ ]{month}"
        r"(?![\p{L}\d]|[ ]\d|[ ](?!{to}[ ]{now})\p{L})"
    ),
}
_TO_DATE = template(
    rf"(?<![\p{{L}}\d])(?:{{from}}[ ])?{{early}}[ ]{{year}}(?:[ ](?P<y>{YEAR})|[ ]{{now}})?[ ]{{to}}[ ]{{now}}{END}"
)
_CEREMONY = template(r"(?<={ceremony}[ ])")


def edges(reading: Reading) -> Iterator[Atom]:
    """`hồi đầu năm`, `cuối năm` (of the article's year), `từ đầu năm đến nay`."""
    folded = reading.folded
    for unit, pattern in _EDGES.items():
        for m in starts(pattern, "bare-edge").finditer(reading):
            if _CEREMONY.match(folded, m.start()) is None:
                form: Form = "own-edge" if unit == "year" else ""
                yield Atom(
                    m.start(), m.end(), unit, f"edge-{unit}", unit=unit, relative=True, edge=m["edge"], form=form
                )
    for m in starts(_TO_DATE, "from", "early").finditer(reading):
        year = int(m["y"]) if m["y"] else None
        yield Atom(m.start(), m.end(), "year", "year-to-date", year=year, unit="year", relative=True, form="to-date")


# "một tuần trước đám cưới", "15 ngày trước và sau Tết": before or after something, not before today.
_AGO = template(
    rf"\b(?:{{ago-word}}[ ](?:{{exactly}}[ ])?(?P<n>\d{{1,3}}|{{number}})[ ](?P<unit>{{unit}}){END}"
    rf"|(?P<then>{{way}})[ ]{{there}}[ ](?:{{exactly}}[ ])?(?P<n>\d{{1,2}}|{{number}})[ ](?P<unit>{{unit:day}}){END}"
    rf"|(?P<unit>{{unit}})[ ](?P<side>{{way}})(?P<there>[ ]{{there}})?{END}(?![ ]{{no-point}}{END}))"
)
_COUNT = template(r"(?<![\p{L}\d]|\d[.,/])(?P<n>\d{1,3}|{number})[ ]$")


def ago(reading: Reading) -> Iterator[Atom]:
    """`cách đây 5 năm`, `3 ngày trước`, `hai ngày sau`."""
    folded = reading.folded
    found = starts(_AGO, "ago-word", "way", "unit")
    for m in found.finditer(reading) if may_match(_AGO.compiled, reading) else ():
        start, quote = m.start(), m["n"]
        if m["side"]:
            back = _COUNT.search(folded[max(0, m.start() - 10) : m.start()])
            if back is None or _STRETCH.search(folded, max(0, start - 18), start - len(back.group())):
                continue
            start, quote = m.start() - len(back.group()), back["n"]
        atom = _counted(m, start, number(quote) or 0)
        if atom is not None:
            yield atom


def _counted(m: regex.Match[str], start: int, n: int) -> Atom | None:
    """What `n` units before or after today, or a day named before, mean; None where they mean no day."""
    unit = row_of("unit", m["unit"]).unit
    if n == 0:
        return None
    if m["then"]:  # "trước đó 2 ngày"
        return Atom(start, m.end(), "anaphor", "days-after", offset=n * way(m["then"]), relative=True)
    later = m["side"] is not None and way(m["side"]) > 0
    if not later and not m["there"]:
        return Atom(start, m.end(), "ago", "ago", unit=unit, offset=-n, relative=True)
    if unit == "day":
        return Atom(start, m.end(), "anaphor", "days-after", offset=n if later else -n, relative=True)
    if unit == "year" and m["there"] and not later:  # "cuối năm 2016, … một năm trước đó"
        return Atom(start, m.end(), "anaphor", "years-before", unit="year", offset=-n, relative=True)
    return None


def way(word: str) -> int:
    """1 for a word that looks ahead (`sau`), -1 for one that looks back (`trước`)."""
    return row_of("way", word).offset


_STRETCH = template(r"{stretch}[ ]$")
