"""Months, quarters and half-years in words: `tháng 8/2017`, `ngày 5 tháng 9`, `quý I`, `6 tháng đầu năm`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.dates.atoms import DAY, YEAR, Atom, Kind, take_year, year_offset
from extractor.fields.dates.numeric import LIST, before_day, listed, run_of
from extractor.fields.dates.rows import FULL_MOON, forms, is_full_moon, number, template, words
from extractor.fields.dates.years import CYCLE, edge_before
from extractor.models import Reading
from extractor.rules import cache

UNITS = "người|hộ|em|học sinh|lượt|ca|vụ|con|tấn|ha|đồng|triệu|tỷ|tỉ|xe|trường hợp|doanh nghiệp"
_END = r"(?![\p{L}\d])"


@cache
def _year_after() -> str:
    return (
        rf"(?:[ ]?[/\-.][ ]?(?P<y>{YEAR})(?!\d|[.,]\d)|(?P<comma>,)[ ]"
        rf"(?P<y>{YEAR})(?!\d|[.,]\d)|,?[ ](?:của[ ])?năm[ ](?P<y>{YEAR})(?!\d)"
        rf"|/(?P<yy>0\d|1[3-9]|[2-9]\d)(?![\d\p{{L}}]|[.,/\-]\d|[ ]?%|[ ](?:{UNITS})(?!\p{{L}}))"
        rf"|[ ](?P<y>20[1-3]\d)(?!\d|[.,/\-]\d|[ ]?%|[ ](?:{UNITS})(?!\p{{L}}))"
        rf"|[ ](?:của[ ])?(?P<ry>{words('relative', 'year')}){_END}(?![ ](?:đó|liền))|[ ](?P<rm>tới|sau|trước){_END}"
        r"(?![ ](?:đó|ngày|khi|\d)))"
    )


@cache
def _month() -> regex.Pattern[str]:
    word = rf"0?[1-9](?!\d)|1[0-2]|(?<=\d[ ]tháng[ ]+)[1-9]\d|{words('lunar-month')}|{words('number')}"
    more = r"(?:[ ]?-[ ]?|[ ](?:đến|tới|và)[ ](?:hết[ ])?|,[ ])(?:tháng[ ])?(?:1[0-2]|0?[1-9])(?!\d)"
    return compiled(
        rf"(?<![\p{{L}}\d])tháng[ ]{{1,2}}(?P<m>{word})(?![\p{{L}}\d]|,\d|\.\d{{3}}(?!\d)|[ ](?:tuổi|lần|rưỡi|ngày(?!\p{{L}})))"
        rf"(?:(?P<more>(?:{more}){{1,5}})(?=[ ]?[/\-.,;:)]|[ ](?:năm|tới|này"
        rf"|qua|vừa|của|sẽ|là|thì|đã|hàng|hằng|sau|trước)(?!\p{{L}})|\n|$))?"
        rf"(?:{_year_after()})?"
    )


@cache
def _spelled_day() -> regex.Pattern[str]:
    return compiled(
        rf"(?<![\p{{L}}\d]|\d[.,/\-])(?P<list>(?<!tháng[ ]){LIST})?"
        rf"(?P<d>{DAY}|(?<=(?:ngày|mùng|mồng)[ ]){words('number')}|rằm)[ ]+$"
    )


_QUANTITY = compiled(
    r"(?<!\p{L})(?:trong|hơn|gần|khoảng|được|suốt|mất|kéo dài|tù|phạt|hạn|quá|cứ"
    r"|mỗi|nghỉ|chậm|vòng|thêm|lại|sau|là|trên|dưới|từng|lũy kế|sinh|thai)[ ]$"
)
_MONTHS = compiled(
    rf"(?<![\p{{L}}\d])tháng[ ](?:(?P<side>đầu|cuối)[ ](?:(?:tiên|cùng)[ ])?(?:của[ ])?năm|(?:của[ ])?năm(?=[ ]{YEAR}{_END}))"
    rf"(?:[ ](?P<y>{YEAR}){_END}|[ ](?P<ry>nay|ngoái|trước|qua|tới|sau){_END})?(?![ ](?:học|mới)(?!\p{{L}}))"
)
_HALF = compiled(
    rf"(?<!\p{{L}})nửa[ ](?P<side>đầu|cuối)[ ](?:của[ ])?năm(?:[ ](?P<y>{YEAR}){_END}|[ ](?P<ry>nay|ngoái|trước|tới){_END})?"
)


@cache
def _count() -> regex.Pattern[str]:
    return compiled(rf"(?<![\p{{L}}\d]|\d[.,/])(?P<n>\d{{1,2}}|{words('number')}|các|những|mấy|vài)[ ]$")


def months(reading: Reading) -> Iterator[Atom]:
    """`ngày 5 tháng 9 năm 2017`, `tháng 8/2017`, `đầu tháng 6 năm nay`, `tháng 8 - 10/2017`, `tháng Giêng`."""
    folded = reading.folded
    for m in _month().finditer(folded):
        value = number(m["m"])
        low = max(0, m.start() - 44)
        back = folded[low : m.start()]
        spelled = _spelled_day().search(back) if back.endswith(" ") and m["more"] is None else None
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
    if (
        m["m"] in forms("month-of-revolution")
        and atom.year is None
        and _REVOLUTION.search(reading.folded, low, m.start())
    ):
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


_REVOLUTION = template(r"{revolution}[ ]$")
_MONTH_WORD = template(r"{month}")
_LIST_SIGN = template(r"{and-years}|,")


def _in_words(spelled: regex.Match[str] | None) -> bool:
    """Whether a day is written in words: in "ngày ba mươi tháng năm" the last word is May, no year."""
    return spelled is not None and spelled["d"][0].isalpha() and not is_full_moon(spelled["d"])


def _counts(reading: Reading, end: int) -> bool:
    """Whether a number that ends at `end` counts what follows: `tháng 7, 2000 người`."""
    return reading.text[end : end + 1] == " " and reading.text[end + 1 : end + 2].islower()


def _month_list(m: regex.Match[str], atom: Atom, numbers: list[int]) -> Iterator[Atom]:
    """`tháng 8 và 10 năm nay`: one atom a month, the year lent by the end of the list."""
    spots = [x.span() for x in regex.finditer(r"(?:tháng[ ])?\d+", m["more"])]
    yield Atom(
        atom.start,
        m.start("more"),
        "month",
        "month-list",
        month=numbers[0],
        year=atom.year,
        unit=atom.unit,
        offset=atom.offset,
    )
    for k, (a, b) in enumerate(spots):
        end = m.end() if k == len(spots) - 1 else m.start("more") + b
        yield Atom(
            m.start("more") + a,
            end,
            "month",
            "month-list",
            month=numbers[k + 1],
            year=atom.year,
            unit=atom.unit,
            offset=atom.offset,
        )


def _spelled(reading: Reading, m: regex.Match[str], spelled: regex.Match[str], low: int, month: int) -> Iterator[Atom]:
    folded, joint = reading.folded, spelled["list"]
    at, last = low + spelled.start("d"), None
    full_moon = is_full_moon(spelled["d"])
    day = FULL_MOON if full_moon else number(spelled["d"])
    if day is None:
        return
    if joint and (run := run_of([*map(int, regex.findall(r"\d+", joint)), day], joint)):
        day, last, at = run[0], run[1], low + spelled.start()
    start, weekday, firm = before_day(folded, at, several=joint is not None)
    lunar = m["m"] in forms("lunar-month") or full_moon
    if not (firm or lunar or m["y"]) and _QUANTITY.search(folded[max(0, at - 12) : at]):
        return
    end = _lunar_year_end(folded, m.end()) if lunar else m.end()
    atom = Atom(
        start, end, "lunar" if lunar else "day", "day-spelled", month=month, day=day, last=last, weekday=weekday,
        form="spelled",
    )  # fmt: skip
    take_year(m, atom)
    yield atom
    if joint and last is None:
        whole = _WHOLE_LIST.match(folded, low + spelled.start("list"), low + spelled.end("list"))
        if whole:
            yield from listed(folded, whole, month, atom.year)


_WHOLE_LIST = compiled(rf"(?P<list>{LIST})")


def _lunar_year_end(folded: str, end: int) -> int:
    """The end of a lunar date with its year of the cycle: "11 tháng Giêng năm Đinh Dậu"."""
    year = CYCLE.match(folded, end + 1)
    return year.end() if year is not None and year["stem"] else end


def month_counts(reading: Reading) -> Iterator[Atom]:
    """`6 tháng đầu năm 2018`, `các tháng đầu năm nay`, `9 tháng năm 2017`, `nửa cuối năm`."""
    folded = reading.folded
    for m in _MONTHS.finditer(folded):
        low = max(0, m.start() - 14)
        count = _count().search(folded[low : m.start()])
        n = number(count["n"]) if count else None
        start = low + count.start() if count else m.start()
        if m["side"] is None and n is None:
            continue
        atom = Atom(start, m.end(), "months", "months", part=n or 1, edge=m["side"])
        if count and n is None:
            atom.kind = "year"
        elif not 1 <= (n or 1) <= 12:
            continue
        _relative(m, atom)
        yield atom
    if "nửa" in folded:
        for m in _HALF.finditer(folded):
            atom = Atom(m.start(), m.end(), "months", "half-year", part=6, edge=m["side"])
            _relative(m, atom)
            yield atom


def _relative(m: regex.Match[str], atom: Atom) -> None:
    if m["y"]:
        atom.year = int(m["y"])
    elif m["ry"]:
        atom.unit, atom.offset, atom.relative = "year", year_offset(m["ry"]), True
    else:
        atom.unit = "year"


@cache
def _quarter() -> regex.Pattern[str]:
    one = rf"(?:iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư){_END}"
    return compiled(
        rf"(?<![\p{{L}}\d])qu[ýí][ ]{{1,2}}(?P<q>{one})"
        rf"(?P<more>(?:(?:[ ]?-[ ]?|,[ ]?|[ ](?:và|đến)[ ](?:qu[ýí][ ](?=.{{0,4}}[/-]))?)(?:{one})){{1,3}})?"
        rf"(?:{_year_after()}|[ ](?P<y>{YEAR}){_END})?"
    )


_QUARTER_WORD = compiled(r"(?<!\p{L})(?:iv|i{1,3}|[1-4]|một|hai|ba|bốn|tư)(?!\p{L})")
_QUARTERS = compiled(
    rf"(?<!\p{{L}})(?:(?P<n>hai|2|ba|3)[ ])?quý[ ](?P<side>đầu|cuối)[ ]năm"
    rf"(?:[ ](?P<y>{YEAR}){_END}|[ ](?P<ry>nay|ngoái|trước|tới){_END})?"
)


def quarters(reading: Reading) -> Iterator[Atom]:
    """`quý I/2018`, `cuối quý 3 năm nay`, `quý I và II/2018`, `quý cuối năm`."""
    folded = reading.folded
    if "quý" not in folded and "quí" not in folded:
        return
    for m in _quarter().finditer(folded):
        value = number(m["q"])
        if value is None or (m["q"] in ("một", "hai", "ba", "bốn", "tư") and reading.text[m.start("q")].isupper()):
            continue
        if folded.startswith(" lần", m.end("q")):  # "mỗi quý một lần"
            continue
        start, edge = edge_before(folded, m.start() - 16, m.start())
        atom = Atom(start, m.end(), "quarter", "quarter", part=value, edge=edge)
        take_year(m, atom)
        if m["more"]:
            rest = [n for w in _QUARTER_WORD.findall(m["more"]) if (n := number(w)) is not None]
            run = run_of([value, *rest], m["more"])
            if run is None:
                atom.end, atom.year = m.end("q"), atom.year
            else:
                atom.last = run[1]
        yield atom
    for m in _QUARTERS.finditer(folded):
        n = number(m["n"]) if m["n"] else 1
        atom = Atom(m.start(), m.end(), "months", "quarters", part=3 * (n or 1), edge=m["side"])
        _relative(m, atom)
        yield atom
