"""Dates as values that can be computed with: a TIMEX3 string (date part only) and its first and last day.

Every function returns a `Period`; nothing raises on a day or month that the calendar does not have: the value is
then None and the note says `impossible`. A period whose year nobody knows has `XXXX` for its year and no days.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import regex

from extractor.values.lunar import lunar_day, lunar_month

IMPOSSIBLE = "impossible"
YEAR_UNKNOWN = "year-unknown"
RECURRING = "recurring"
ANAPHORIC = "anaphoric"


@dataclass(frozen=True, slots=True)
class Period:
    """A TIMEX3 value and the days it spans, both inclusive; `note` says why there is no value or no day."""

    timex: str | None
    start: date | None = None
    end: date | None = None
    note: str | None = None


def nothing(note: str) -> Period:
    """A period without a value: impossible, recurring, anaphoric."""
    return Period(None, note=note)


def _valid_year(year: int) -> bool:
    return 1 <= year <= 9999


def day(year: int | None, month: int, of_month: int) -> Period:
    """A day: `2018-01-12`; `XXXX-01-12` where the year is None; no value for a day the month does not have."""
    if (
        not 1 <= month <= 12
        or not 1 <= of_month <= calendar.monthrange(2000 if year is None else max(1, year), month)[1]
    ):
        return nothing(IMPOSSIBLE)
    if year is None:
        return Period(f"XXXX-{month:02d}-{of_month:02d}", note=YEAR_UNKNOWN)
    if not _valid_year(year):
        return nothing(IMPOSSIBLE)
    at = date(year, month, of_month)
    return Period(at.isoformat(), at, at)


def of_date(at: date) -> Period:
    """The period of one calendar day."""
    return Period(at.isoformat(), at, at)


def last_of(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month(year: int | None, number: int) -> Period:
    """A month: `2018-01`."""
    if not 1 <= number <= 12:
        return nothing(IMPOSSIBLE)
    if year is None:
        return Period(f"XXXX-{number:02d}", note=YEAR_UNKNOWN)
    if not _valid_year(year):
        return nothing(IMPOSSIBLE)
    return Period(f"{year:04d}-{number:02d}", date(year, number, 1), last_of(year, number))


def year(number: int | None) -> Period:
    """A calendar year: `2018`."""
    if number is None:
        return Period("XXXX", note=YEAR_UNKNOWN)
    if not _valid_year(number):
        return nothing(IMPOSSIBLE)
    return Period(f"{number:04d}", date(number, 1, 1), date(number, 12, 31))


def _part(year_: int | None, number: int, letter: str, months: int) -> Period:
    if not 1 <= number <= 12 // months:
        return nothing(IMPOSSIBLE)
    if year_ is None:
        return Period(f"XXXX-{letter}{number}", note=YEAR_UNKNOWN)
    if not _valid_year(year_):
        return nothing(IMPOSSIBLE)
    first = (number - 1) * months + 1
    return Period(f"{year_:04d}-{letter}{number}", date(year_, first, 1), last_of(year_, first + months - 1))


def quarter(year_: int | None, number: int) -> Period:
    """A quarter: `2018-Q1`."""
    return _part(year_, number, "Q", 3)


def half(year_: int | None, number: int) -> Period:
    """A half-year: `2018-H1`."""
    return _part(year_, number, "H", 6)


def months(year_: int | None, first: int, last: int) -> Period:
    """Some months of one year: `2017-01/2017-05`; six at either end are the half-year, all twelve the year."""
    if (first, last) in ((1, 6), (7, 12)):
        return half(year_, 1 if first == 1 else 2)
    if (first, last) == (1, 12):
        return year(year_)
    if first == last:
        return month(year_, first)
    return between(month(year_, first), month(year_, last))


def week(at: date) -> Period:
    """Monday to Sunday of the week that holds a day."""
    monday = at - timedelta(days=at.weekday())
    return between(of_date(monday), of_date(monday + timedelta(days=6)))


def weekend(at: date) -> Period:
    """Saturday and Sunday of the week that holds a day."""
    monday = at - timedelta(days=at.weekday())
    return between(of_date(monday + timedelta(days=5)), of_date(monday + timedelta(days=6)))


def school_year(first: int, last: int) -> Period:
    """A school year: `2017/2018`, 1 September to 31 May."""
    if not (_valid_year(first) and _valid_year(last) and first < last):
        return nothing(IMPOSSIBLE)
    return Period(f"{first:04d}/{last:04d}", date(first, 9, 1), date(last, 5, 31))


def years(first: int, last: int) -> Period:
    """A run of calendar years, a term or a stage: `2015/2020`; decades and centuries too."""
    return between(year(first), year(last))


def between(first: Period, last: Period) -> Period:
    """A range: first day of the first to last day of the last. No value where it runs backwards."""
    if first.timex is None or last.timex is None:
        return nothing(first.note or last.note or IMPOSSIBLE)
    timex = f"{first.timex.split('/')[0]}/{last.timex.split('/')[-1]}"
    if first.start is None or last.end is None:
        return Period(timex, note=first.note or last.note)
    if first.start > last.end:
        return nothing(IMPOSSIBLE)
    return Period(timex, first.start, last.end)


def lunar(year_: int | None, month_: int, of_month: int | None, *, leap: bool = False) -> Period:
    """The solar day (or the solar days of the month) of a date of the Vietnamese lunar calendar, UTC+7."""
    if year_ is None:
        return nothing(YEAR_UNKNOWN)
    if of_month is None:
        span = lunar_month(year_, month_, leap=leap)
        return between(of_date(span[0]), of_date(span[1])) if span else nothing(IMPOSSIBLE)
    at = lunar_day(year_, month_, of_month, leap=leap)
    return of_date(at) if at else nothing(IMPOSSIBLE)


_TIMEX = regex.compile(r"(?P<y>\d{4})(?:-(?:(?P<m>\d{2})(?:-(?P<d>\d{2}))?|Q(?P<q>[1-4])|H(?P<h>[12])))?")


@lru_cache(maxsize=4096)
def parse(timex: str) -> Period:
    """A TIMEX3 value back to its period. Unknown years and malformed strings give a period without days."""
    if timex.count("/") == 1:
        first, last = timex.split("/")
        return between(parse(first), parse(last))
    m = _TIMEX.fullmatch(timex)
    if m is None:
        return Period(timex if timex.startswith("XXXX") else None, note=YEAR_UNKNOWN)
    number = int(m["y"])
    if m["d"]:
        return day(number, int(m["m"]), int(m["d"]))
    if m["m"]:
        return month(number, int(m["m"]))
    if m["q"]:
        return quarter(number, int(m["q"]))
    return half(number, int(m["h"])) if m["h"] else year(number)
