"""Printed dates of a line, in the forms that portals print: `thứ năm, 08 08 2019 08:52`, `13 Th3, 2019`, `8/28/2019 3:04:05 PM`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import regex

from extractor.ingest.pages.cues import values
from extractor.ingest.published import VIETNAM, parse_published
from extractor.rules import cache
from extractor.rules.lexica import template

_FIRST, _LAST = date(1995, 1, 1), date(2100, 1, 1)
_YEAR = r"((?:19|20)\d\d)(?!\d)"
TIME = regex.compile(r"(?<!\d)\d{1,2}\s?[:hg]\s?\d\d(?::\d\d)?(?!\d)(?:\s?(?P<half>am|pm|sa|ch)\b)?")
_MARKED = regex.compile(rf"(?<![\d/.,-])(\d{{1,2}})\s?([/.-])\s?(\d{{1,2}})\s?[/.-]\s?{_YEAR}")
_SHORT = regex.compile(r"(?<![\d/.,-])(\d{1,2})([/.-])(\d{1,2})[/.-](\d\d)(?![\d/.-])")
_BLANKS = regex.compile(rf"(?<!\d)(\d{{1,2}}) (\d{{1,2}}) {_YEAR}")
_SPELLED = template(
    rf"(?<!\d)(\d{{1,2}})\s?(?:{{month-short}}|t)[\s.]?(\d{{1,2}})(?:\s?,?\s?{{year}}|\s?[,/.-])?\s?{_YEAR}|"
    rf"{{month-short}}[\s.]?(\d{{1,2}})\s(\d{{1,2}})\s?,\s?{_YEAR}"
)
_ISO = regex.compile(r"(?<![\d/.-])((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_STAMP = regex.compile(
    r"((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d):(\d\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)", regex.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """A printed date `[start, end)` of a folded line. `swapped` is the other reading of a line that may put the month first;
    `timed` that a time of day stands beside it, `weekday` (0 for Monday) the day of the week before it."""

    day: date
    start: int
    end: int
    swapped: date | None = None
    american: bool = False
    timed: bool = False
    weekday: int | None = None


def sane(day: date | None) -> date | None:
    """The day, None outside of the time that portals exist in."""
    return day if day is not None and _FIRST <= day < _LAST else None


def machine_day(value: Any) -> date | None:
    """The day in Vietnam of a machine-readable stamp: `2019-03-05T18:30:00Z` is 6 March there."""
    match = _STAMP.search(value) if isinstance(value, str) else None
    if match is None:
        return sane(parse_published(value))
    zone = "+00:00" if match[4] in "Zz" else match[4]
    try:
        moment = datetime.strptime(f"{match[1]} {match[2]}:{match[3]} {zone}", "%Y-%m-%d %H:%M %z")
    except ValueError:
        return None
    return sane(moment.astimezone(VIETNAM).date())


@cache
def _worded() -> tuple[regex.Pattern[str], regex.Pattern[str], dict[str, int]]:
    months = values("month")
    names = "|".join(regex.escape(m) for m in sorted(months, key=len, reverse=True))
    before = regex.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[\s,-]{{1,2}}({names})\.?[\s,-]{{1,2}}{_YEAR}")
    after = regex.compile(rf"(?<!\p{{L}})({names})\.?\s(\d{{1,2}})(?:st|nd|rd|th)?\s?,?\s{_YEAR}")
    return before, after, months


@cache
def _weekdays() -> tuple[regex.Pattern[str], dict[str, int]]:
    days = values("weekday")
    names = "|".join(regex.escape(d) for d in sorted(days, key=len, reverse=True))
    return regex.compile(rf"(?<!\p{{L}})({names})(?!\p{{L}})"), days


def _day(year: str, month: str | int, day: str) -> date | None:
    try:
        return sane(date(int(year), int(month), int(day)))
    except ValueError:
        return None


def stamps(folded: str) -> list[Stamp]:
    """The printed dates of a folded line, in order; two readings of one place give the longer."""
    out: list[Stamp] = []
    for stamp in sorted(_all(folded), key=lambda s: (s.start, -s.end)):
        if not out or stamp.start >= out[-1].end:
            out.append(stamp)
    return out


def _all(folded: str) -> Iterator[Stamp]:
    clock = TIME.search(folded)
    pattern, numbers = _weekdays()
    named = pattern.search(folded)
    beside: dict[str, Any] = {"timed": clock is not None, "weekday": numbers[named[1]] if named else None}
    for match in _MARKED.finditer(folded):
        day, swapped = _day(match[4], match[3], match[1]), _day(match[4], match[1], match[3])
        if (first := day or swapped) is not None:
            other = swapped if day and swapped != day and match[2] == "/" else None
            american = clock is not None and clock["half"] in ("am", "pm")
            yield Stamp(first, match.start(), match.end(), swapped=other, american=american, **beside)
    for match, day in (*_numbers(folded, clock is not None or named is not None), *_words(folded)):
        if day is not None:
            yield Stamp(day, match.start(), match.end(), **beside)


def _numbers(folded: str, marked: bool) -> Iterator[tuple[Any, date | None]]:
    """Dates of figures; the bare forms ("08 08 2019", "8/8/19") where a time or a weekday marks the line as one of a date."""
    if marked:
        for match in _BLANKS.finditer(folded):
            yield match, _day(match[3], match[2], match[1])
        for match in _SHORT.finditer(folded):
            yield match, _day(f"20{match[4]}", match[3], match[1])
    for match in _ISO.finditer(folded):
        yield match, machine_day(folded[match.start() : match.end() + 20]) or _day(match[1], match[2], match[3])


def _words(folded: str) -> Iterator[tuple[Any, date | None]]:
    """Dates with the month as a word or after one."""
    for match in _SPELLED.finditer(folded):
        yield match, _day(match[3] or match[6], match[2] or match[4], match[1] or match[5])
    before, after, months = _worded()
    for match in before.finditer(folded):
        yield match, _day(match[3], months[match[2]], match[1])
    for match in after.finditer(folded):
        yield match, _day(match[3], months[match[1]], match[2])


def settle(stamp: Stamp, order: str | None) -> date | None:
    """The day of a stamp that may put the month first: by the page's or site's `order` (`dmy`, `mdy`), else the day first;
    a line in American form ("8/7/2019 3:04 PM") by its weekday, None where that does not tell."""
    if stamp.swapped is None:
        return stamp.day
    if order is not None:
        return stamp.swapped if order == "mdy" else stamp.day
    if not stamp.american:
        return stamp.day
    fits = [d for d in (stamp.day, stamp.swapped) if d.weekday() == stamp.weekday]
    return fits[0] if len(fits) == 1 else None


def order_of(folded: list[str]) -> str | None:
    """Whether dates with slashes put the day or the month first, as those show that allow one reading only."""
    first = second = 0
    for line in folded:
        for match in _MARKED.finditer(line):
            if match[2] == "/":
                first += int(match[1]) > 12 >= int(match[3])
                second += int(match[3]) > 12 >= int(match[1])
    return None if first == second else "dmy" if first > second else "mdy"
