"""Months, quarters and half-years in words: `tháng 8/2017`, `ngày 5 tháng 9`, `quý I`, `6 tháng đầu năm`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import DAY, YEAR, Atom, Kind, take_year
from extractor.fields.dates.numeric import LIST, before_day, listed, run_of
from extractor.fields.dates.rows import FULL_MOON, forms, is_full_moon, number, starts, template
from extractor.fields.dates.years import edge_before
from extractor.models import Reading
from extractor.rules.literals import may_match

_END = r"(?![\p{L}\d])"
_NO_COUNT = r"(?!\d|[.,/\-]\d|[ ]?%|[ ]{counted-unit}(?!\p{L}))"
_YEAR_AFTER = (
    rf"(?:[ ]?[/\-.][ ]?(?P<y>{YEAR})(?!\d|[.,]\d)|(?P<comma>,)[ ]"
    rf"(?P<y>{YEAR})(?!\d|[.,]\d)|,?[ ](?:{{of}}[ ])?{{year}}[ ](?P<y>{YEAR})(?!\d)"
    rf"|/(?P<yy>0\d|1[3-9]|[2-9]\d)(?!\p{{L}}){_NO_COUNT}|[ ](?P<y>20[1-3]\d){_NO_COUNT}"
    rf"|[ ](?:{{of}}[ ])?(?P<ry>{{relative:year}}){_END}(?![ ]{{that-year}})|[ ](?P<rm>{{month-way}}){_END}"
    r"(?![ ](?:{not-around}|\d)))"
)
_MORE = r"(?:[ ]?-[ ]?|[ ]{and-to}[ ](?:{until-end}[ ])?|,[ ])(?:{month}[ ])?(?:1[0-2]|0?[1-9])(?!\d)"
_MONTH = template(
    r"(?<![\p{L}\d]){month}[ ]{1,2}(?P<m>0?[1-9](?!\d)|1[0-2]|(?<=\d[ ]{month}[ ]{1,2})[1-9]\d|{lunar-month}|{number})"
    r"(?![\p{L}\d]|,\d|\.\d{3}(?!\d)|[ ](?:{after-month}|{day}(?!\p{L})))"
    rf"(?:(?P<more>(?:{_MORE}){{1,5}})(?=[ ]?[/\-.,;:)]|[ ]{{after-months}}(?!\p{{L}})|\n|$))?(?:{_YEAR_AFTER})?"
)
_SPELLED_DAY = template(
    rf"(?<![\p{{L}}\d]|\d[.,/\-])(?P<list>(?<!{{month}}[ ]){LIST})?"
    rf"(?P<d>{DAY}|(?<=(?:{{day}}|{{early-day}})[ ]){{number}}|{{full-moon}})[ ]+$"
)
_QUANTITY = template(r"(?<!\p{L}){month-quantity}[ ]$")
_MONTHS = template(
    rf"(?<![\p{{L}}\d]){{month}}[ ](?:(?P<side>{{half-edge}})[ ](?:{{edge-tail}}[ ])?(?:{{of}}[ ])?{{year}}"
    rf"|(?:{{of}}[ ])?{{year}}(?=[ ]{YEAR}{_END}))"
    rf"(?:[ ](?P<y>{YEAR}){_END}|[ ](?P<ry>{{year-way}}|{{year-past}}|{{later}}){_END})?(?![ ]{{other-year}}(?!\p{{L}}))"
)
_THIS_YEAR = rf"(?:[ ](?P<y>{YEAR}){_END}|[ ](?P<ry>{{year-way}}){_END})?"
_HALF = template(rf"(?<!\p{{L}}){{half}}[ ](?P<side>{{half-edge}})[ ](?:{{of}}[ ])?{{year}}{_THIS_YEAR}")
_COUNT = template(r"(?<![\p{L}\d]|\d[.,/])(?P<n>\d{1,2}|{number}|{uncounted})[ ]$")


def months(reading: Reading) -> Iterator[Atom]:
    """`ngày 5 tháng 9 năm 2017`, `tháng 8/2017`, `đầu tháng 6 năm nay`, `tháng 8 - 10/2017`, `tháng Giêng`."""
    folded = reading.folded
    for m in starts(_MONTH, "month").finditer(reading):
        value = number(m["m"])
        low = max(0, m.start() - 44)
        back = folded[low : m.start()]
        spelled = _SPELLED_DAY.search(back) if back.endswith(" ") and m["more"] is None else None
        if value is None or (_is_year_word(reading, m) and not _in_words(spelled)):
            continue
        if spelled is not None and (atom_list := list(_spelled(reading, m, spelled, low, value))):
            yield from atom_list
        elif 1 <= value <= 12:
            yield from _single_month(reading, m, value, low)


def _is_year_word(reading: Reading, m: regex.Match[str]) -> bool:
    """Whether the month's word is also that for a year and written small: "tháng năm 2017"."""
    return m["m"] in forms("year") and not reading.text[m.start("m")].isupper()


def _single_month(reading: Reading, m: regex.Match[str], value: int, low: int) -> Iterator[Atom]:
    """A month without a day, with those of its list or run."""
    start, edge = edge_before(reading.folded, low, m.start())
    kind: Kind = "lunar" if m["m"] in forms("lunar-month") else "month"
    atom = Atom(start, m.end(), kind, "month", month=value, edge=edge, form="spelled")
    if m["comma"] is not None and _counts(reading, m.end()):
        atom.end = m.start("comma")
    else:
        take_year(m, atom)
    if atom.year is None and _of_revolution(reading.folded, m, low):
        reading.drop(m.start(), m.end(), "dates", "month", "name of a revolution")
        return
    if not m["more"]:
        yield atom
        return
    numbers = [value, *map(int, regex.findall(r"\d+", m["more"]))]
    run = run_of(numbers, m["more"])
    if run and not (_MONTH_WORD.search(m["more"]) and _LIST_SIGN.search(m["more"])):
        atom.last = run[1]
        yield atom
    else:
        yield from _month_list(m, atom, numbers)


def _of_revolution(folded: str, m: regex.Match[str], low: int) -> bool:
    """Whether a month is the name of a revolution."""
    return m["m"] in forms("month-of-revolution") and _REVOLUTION.search(folded, low, m.start()) is not None


_REVOLUTION = template(r"{revolution}[ ]$")
_MONTH_WORD = template(r"{month}")
_NEXT_MONTH = template(r"(?:{month}[ ])?\d+")
_LIST_SIGN = template(r"{and-years}|,")


def _in_words(spelled: regex.Match[str] | None) -> bool:
    """Whether a day is written in words: in "ngày ba mươi tháng năm" the last word is May, no year."""
    return spelled is not None and spelled["d"][0].isalpha() and not is_full_moon(spelled["d"])


def _counts(reading: Reading, end: int) -> bool:
    """Whether a number that ends at `end` counts what follows: `tháng 7, 2000 người`."""
    return reading.text[end : end + 1] == " " and reading.text[end + 1 : end + 2].islower()


def _month_list(m: regex.Match[str], atom: Atom, numbers: list[int]) -> Iterator[Atom]:
    """`tháng 8 và 10 năm nay`: one atom a month, the year lent by the end of the list, in "tháng 12 và tháng 1/2018" 2017."""
    at = m.start("more")
    spans = [(atom.start, at), *((at + a, at + b) for a, b in (x.span() for x in _NEXT_MONTH.finditer(m["more"])))]
    spans[-1] = spans[-1][0], m.end()
    for k, ((start, end), month) in enumerate(zip(spans, numbers, strict=True)):
        back = sum(a > b for a, b in itertools.pairwise(numbers[k:]))  # turns of the year up to the last one
        yield Atom(
            start, end, "month", "month-list", month=month, year=atom.year - back if atom.year else None,
            unit=atom.unit, offset=atom.offset - back if atom.unit == "year" else atom.offset,
        )  # fmt: skip


def _spelled(reading: Reading, m: regex.Match[str], spelled: regex.Match[str], low: int, month: int) -> Iterator[Atom]:
    """The day, or the run of days, before a month; with the others of a list that is no run."""
    folded, joint = reading.folded, spelled["list"]
    days = _days(spelled)
    if days is None:
        return
    day, last = days
    at = low + (spelled.start() if last is not None else spelled.start("d"))
    start, weekday, firm = before_day(folded, at, several=joint is not None)
    lunar = m["m"] in forms("lunar-month") or is_full_moon(spelled["d"])
    if not any((firm, lunar, m["y"])) and _QUANTITY.search(folded[max(0, at - 12) : at]):
        return
    atom = Atom(
        start, m.end(), "lunar" if lunar else "day", "day-spelled", month=month, day=day, last=last, weekday=weekday,
        form="spelled",
    )  # fmt: skip
    take_year(m, atom)
    yield atom
    if joint and last is None:
        whole = _WHOLE_LIST.match(folded, low + spelled.start("list"), low + spelled.end("list"))
        yield from listed(folded, whole, month, atom.year, day=day) if whole else ()


def _days(spelled: regex.Match[str]) -> tuple[int, int | None] | None:
    """The day of a match, or first and last day where its list is one run; None for no number."""
    day = FULL_MOON if is_full_moon(spelled["d"]) else number(spelled["d"])
    if day is None:
        return None
    joint = spelled["list"]
    run = run_of([*map(int, regex.findall(r"\d+", joint)), day], joint) if joint else None
    return run or (day, None)


_WHOLE_LIST = template(rf"(?P<list>{LIST})")


def month_counts(reading: Reading) -> Iterator[Atom]:
    """`6 tháng đầu năm 2018`, `các tháng đầu năm nay`, `9 tháng năm 2017`, `nửa cuối năm`."""
    folded = reading.folded
    for m in starts(_MONTHS, "month").finditer(reading):
        atom = _counted(folded, m)
        if atom is not None:
            yield _take_year(m, atom)
    for m in _HALF.finditer(folded) if may_match(_HALF.compiled, reading) else ():
        yield _take_year(m, Atom(m.start(), m.end(), "months", "half-year", part=6, edge=m["side"]))


def _counted(folded: str, m: regex.Match[str]) -> Atom | None:
    """So many months of a year; the year where they are not counted ("các tháng đầu năm"), None for more than there are."""
    low = max(0, m.start() - 14)
    count = _COUNT.search(folded[low : m.start()])
    n = number(count["n"]) if count else None
    if m["side"] is None and n is None:
        return None
    start = low + count.start() if count else m.start()
    atom = Atom(start, m.end(), "months", "months", part=n or 1, edge=m["side"])
    if count and n is None:
        atom.kind = "year"
        return atom
    return atom if 1 <= (n or 1) <= 12 else None


def _take_year(m: regex.Match[str], atom: Atom) -> Atom:
    """The atom with the year of a match, without one with that of the article."""
    take_year(m, atom)
    if atom.year is None:
        atom.unit = "year"
    return atom


_ONE = rf"(?:iv|i{{1,3}}|[1-4]|{{quarter-number}}){_END}"
_QUARTER = template(
    rf"(?<![\p{{L}}\d]){{quarter}}[ ]{{1,2}}(?P<q>{_ONE})"
    rf"(?P<more>(?:(?:[ ]?-[ ]?|,[ ]?|[ ](?:{{and-years}}|{{until-list}})[ ](?:{{quarter}}[ ](?=.{{0,4}}[/-]))?)(?:{_ONE}))"
    rf"{{1,3}})?(?:{_YEAR_AFTER}|[ ](?P<y>{YEAR}){_END})?"
)
_QUARTER_WORD = template(r"(?<!\p{L})(?:iv|i{1,3}|[1-4]|{quarter-number})(?!\p{L})")
_QUARTERS = template(
    rf"(?<!\p{{L}})(?:(?P<n>{{few}}|[23])[ ])?{{quarter}}[ ](?P<side>{{half-edge}})[ ]{{year}}{_THIS_YEAR}"
)
_HOW_OFTEN = template(r"[ ]{times}")


def _of_a_year(folded: str, m: regex.Match[str], value: int) -> Atom:
    """A quarter, or the run of quarters that begins with it."""
    start, edge = edge_before(folded, m.start() - 16, m.start())
    atom = Atom(start, m.end(), "quarter", "quarter", part=value, edge=edge)
    take_year(m, atom)
    if m["more"]:
        rest = [n for w in _QUARTER_WORD.finditer(m["more"]) if (n := number(w.group())) is not None]
        run = run_of([value, *rest], m["more"])
        if run is None:
            atom.end = m.end("q")
        else:
            atom.last = run[1]
    return atom


def quarters(reading: Reading) -> Iterator[Atom]:
    """`quý I/2018`, `cuối quý 3 năm nay`, `quý I và II/2018`, `quý cuối năm`."""
    folded = reading.folded
    if not may_match(_QUARTER.compiled, reading):
        return
    for m in starts(_QUARTER, "quarter").finditer(reading):
        value = number(m["q"])
        named = m["q"] in forms("quarter-number") and reading.text[m.start("q")].isupper()
        if value is not None and not named and not _HOW_OFTEN.match(folded, m.end("q")):  # "mỗi quý một lần"
            yield _of_a_year(folded, m, value)
    for m in _QUARTERS.finditer(folded):
        n = number(m["n"]) if m["n"] else 1
        yield _take_year(m, Atom(m.start(), m.end(), "months", "quarters", part=3 * (n or 1), edge=m["side"]))
