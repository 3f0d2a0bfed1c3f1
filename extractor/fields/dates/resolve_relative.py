"""Dates counted from today or from a day named before: `hôm qua`, `tuần trước`, `hai ngày sau đó`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.state import State
from extractor.models import Reading
from extractor.values import dates as values
from extractor.values.dates import Period

SCHOOL = 8  # month in which a school year begins
_CITED = regex.compile(r"\d[^\s]*[/\-][^\s]*\p{Lu}[^\s]*[ ]$")


def is_cited(reading: Reading, expression: Expression) -> bool:
    """Whether the number of a document stands right before the date."""
    return _CITED.search(reading.text[max(0, expression.start - 28) : expression.start]) is not None


def shift_month(at: date, by: int) -> tuple[int, int]:
    """Year and month that lie `by` months from a day's."""
    index = at.year * 12 + at.month - 1 + by
    return index // 12, index % 12 + 1


def _anaphor(atom: Atom, state: State, reading: Reading) -> Period:
    """`cùng ngày`, `hai ngày sau đó`, `một năm trước đó`: counted from what the text named before."""
    if atom.unit == "year":
        return values.year(state.last_named + atom.offset) if state.last_named else values.nothing(values.ANAPHORIC)
    if state.cited is not None and _CITED.search(reading.text, max(0, atom.start - 28), atom.start):
        return values.of_date(state.cited)  # "Luật số 72/… ngày 16/6 và Nghị quyết số 16/… cùng ngày"
    base = state.day_before(reading, atom.start)
    if base is not None:
        return values.of_date(base + timedelta(days=atom.offset))
    return state.unresolved if state.unresolved is not None and atom.offset == 0 else values.nothing(values.ANAPHORIC)


def relative(atom: Atom, state: State, reading: Reading) -> Period:
    """Value of an atom that is counted from another day."""
    today = state.today
    if atom.kind == "anaphor":
        return _anaphor(atom, state, reading)
    if today is None:
        only = atom.unit == "year" and atom.offset == 0
        return values.year(state.only_year) if only else values.nothing(values.YEAR_UNKNOWN)
    if atom.kind == "school":
        # in summer the year just over is the last one, the coming one the next
        begins = SCHOOL if atom.offset > 0 else SCHOOL - 2
        first = today.year - (today.month < begins) + atom.offset
        return values.school_year(first, first + 1)
    counted = _COUNTED.get(atom.unit or "")
    return counted(atom, today) if counted is not None else values.year(today.year + atom.offset)


def _by_days(atom: Atom, today: date) -> Period:
    return values.of_date(today + timedelta(days=atom.offset))


def _by_weekday(atom: Atom, today: date) -> Period:
    """The nearest such day on the side that the words name."""
    if atom.weekday is None:
        return values.year(today.year + atom.offset)
    ahead = (atom.weekday - today.weekday()) % 7
    if (atom.offset < 0 and ahead) or (atom.offset == 0 and ahead > 3):
        ahead -= 7
    return values.of_date(today + timedelta(days=ahead))


def _by_weeks(atom: Atom, today: date) -> Period:
    at = today + timedelta(days=7 * atom.offset)
    if atom.kind == "day" and atom.weekday is not None:
        return values.of_date(at - timedelta(days=at.weekday()) + timedelta(days=atom.weekday))
    return values.weekend(at) if atom.kind == "weekend" else values.week(at)


def _by_months(atom: Atom, today: date) -> Period:
    year, month = shift_month(today, atom.offset)
    if atom.day is None:
        return values.month(year, month)
    day = values.day(year, month, atom.day)
    return day if atom.last is None else values.between(day, values.day(year, month, atom.last))


def _by_quarters(atom: Atom, today: date) -> Period:
    year, month = shift_month(today, 3 * atom.offset)
    return values.quarter(year, (month + 2) // 3)


# What an offset counts, by its unit; years for any other.
_COUNTED: dict[str, Callable[[Atom, date], Period]] = {
    "day": _by_days,
    "weekday": _by_weekday,
    "week": _by_weeks,
    "month": _by_months,
    "quarter": _by_quarters,
}
