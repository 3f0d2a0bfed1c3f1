"""Lunar dates and years of the sixty-year cycle to solar days."""

from __future__ import annotations

from datetime import date

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.state import State
from extractor.values import dates as values
from extractor.values.dates import Period

LEAP_YEARS = 19  # years after which every month has been a leap month's turn
EVE = 30  # the last day of the old year, which has 29 days in some years and is called the thirtieth all the same


def _solar(atom: Atom, year: int) -> Period:
    """The solar day or month of a lunar one of a known year."""
    period = values.lunar(year, atom.month or 1, atom.day, leap=atom.leap)
    if period.start is None and atom.month == 12 and atom.day == EVE:
        return values.lunar(year, 12, EVE - 1)
    return period


def _first(atom: Atom, state: State, year: int | None) -> Period:
    """A lunar day or month; without a year the one whose solar day lies nearest to today."""
    if atom.year is not None:
        eve = atom.month == 12 and (atom.day or 0) >= 20 and atom.form in ("lunar", "feast")
        return _solar(atom, atom.year - 1 if eve else atom.year)
    today = state.today
    if today is None:
        return values.nothing(values.YEAR_UNKNOWN)
    near = year or today.year
    if atom.part is not None:
        near -= (near + 1 - 1984 - atom.part) % 60 - 1  # the last such year of the cycle
        return _solar(atom, near)
    if atom.unit == "year":
        return _solar(atom, today.year + atom.offset)
    return _nearest(atom, near, today)


def _nearest(atom: Atom, near: int, today: date) -> Period:
    """The solar day nearest to today, in the years around `near`."""
    reach = LEAP_YEARS if atom.leap else 1
    found = [p for y in range(near - reach, near + reach + 1) if (p := _solar(atom, y)).start is not None]
    return min(found, key=lambda p: abs(((p.start or today) - today).days)) if found else _solar(atom, near)


def lunar(atom: Atom, state: State, year: int | None) -> Period:
    """Value of a lunar date; none where its month is not told. `year` is what the other end of a range gives."""
    if atom.month is None:
        return values.nothing(values.ANAPHORIC)
    first = _first(atom, state, year)
    if atom.last is None or first.start is None:
        return first
    last = Atom(
        atom.start, atom.end, "lunar", atom.rule, month=atom.month, day=atom.last, leap=atom.leap, form=atom.form
    )
    return values.between(first, _after(last, first.start))


def _after(atom: Atom, day: date) -> Period:
    """The first solar day of a lunar date from `day` on."""
    found = (_solar(atom, y) for y in (day.year - 1, day.year, day.year + 1))
    return next((p for p in found if p.start is not None and p.start >= day), values.nothing(values.IMPOSSIBLE))


def lunar_before(atom: Atom, day: date) -> Period:
    """The last solar day of a lunar date up to `day`, the end of its range."""
    found = (_solar(atom, y) for y in (day.year, day.year - 1))
    return next((p for p in found if p.start is not None and p.start <= day), values.nothing(values.IMPOSSIBLE))


def cycle_year(atom: Atom, state: State) -> Period:
    """A year of the sixty-year cycle: 1984 is Giáp Tý; the last one up to two years ahead, or the year beside it."""
    if atom.year is not None:
        return values.year(atom.year)
    if state.today is None or atom.part is None:
        return values.nothing(values.YEAR_UNKNOWN)
    last = state.today.year + 2
    return values.year(last - (last - 1984 - atom.part) % 60)
