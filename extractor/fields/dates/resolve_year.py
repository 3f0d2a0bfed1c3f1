"""The year of a day, month or part of a year that is written without one: by today, the sentence and the dates before it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.rows import edge_modifier, sense, template
from extractor.fields.dates.state import State
from extractor.models import Reading

DUE = template(r"(?<!\p{L})(?:(?P<so_far>{so-far})[ ])?(?:(?P<before>{before})|{until})[ ]$")
_SOON_AFTER = template(r"[ ]{soon}")
_ONTO = template(r"(?<!\p{L}){onto}[ ]$")
RECENT = 45  # days back in which a day without a year is this year's, whatever year was mentioned before
OLD = 4  # years after which a day without a year is hardly that of the year given to it elsewhere


def year_of(reading: Reading, state: State, month: int, day: int | None, at: int, end: int) -> int | None:
    """The year of a day or month that is written without one: a report looks back, a plan looks ahead."""
    today = state.today
    if today is None:
        return state.year_near(month, day)
    for step in _YEAR_STEPS:
        year = step(reading, state, today, (month, day), at)
        if year is not None:
            return year
    return _by_sense(reading, today, (_on(today.year, month, day) - today).days, at, end)


_MonthDay = tuple[int, int | None]


def _given(reading: Reading, state: State, today: date, when: _MonthDay, at: int) -> int | None:
    """The year given to the day elsewhere; not the 27/7/1947 that is remembered every 27/7."""
    month, day = when
    known = state.years.get((month, day)) if day is not None else None
    return known if known is not None and known >= today.year - OLD else None


def _told(reading: Reading, state: State, today: date, when: _MonthDay, at: int) -> int | None:
    """A past year that the sentence begins with."""
    told = state.told(reading, at)
    return told if told is not None and told < today.year else None


def _of_dated(reading: Reading, state: State, today: date, when: _MonthDay, at: int) -> int | None:
    """The month of a dated one just before: "tháng 4/2016, … 18h ngày 10/4"."""
    year = state.last_year
    if year is None or not today.year - 4 < year < today.year or state.last_month != (year, when[0]):
        return None
    recent = -RECENT < (_on(today.year, *when) - today).days <= 0
    return year if not recent and at - state.last_at < 600 else None


def _of_sentence(reading: Reading, state: State, today: date, when: _MonthDay, at: int) -> int | None:
    """The months of one sentence follow each other."""
    month, day = when
    if day is not None or state.last_month is None or state.last_at < reading.sentence_at(at)[0]:
        return None
    year, last = state.last_month
    return year if year == today.year and last <= month else None


_YEAR_STEPS: tuple[Callable[[Reading, State, date, _MonthDay, int], int | None], ...] = (
    _given,
    _told,
    _of_dated,
    _of_sentence,
)


def _by_sense(reading: Reading, today: date, delta: int, at: int, end: int) -> int:
    """This year, the last or the next, by whether the sentence looks back or ahead; `delta` days lie between today and
    the day in this year."""
    begin, stop = reading.sentence_at(at)
    before = reading.folded[max(begin, at - 90) : at]
    after = reading.folded[end : min(stop, end + 30)]
    due = DUE.search(before)
    past = sense("past").search(before) is not None
    ahead = sense("future").search(before) is not None or _SOON_AFTER.match(after) is not None
    future = ahead or (due is not None and _due_ahead(due, delta, past=past))
    if not future and delta > (20 if past else 150):
        return today.year - 1
    if delta > 320 and not _planned(due, ahead=ahead, future=future, past=past):
        return today.year - 1
    return today.year + 1 if delta < (-200 if future else -300) else today.year


def _planned(due: regex.Match[str] | None, *, ahead: bool, future: bool, past: bool) -> bool:
    """Whether a day is the term of something planned."""
    return due is not None and ((ahead and not past) or (future and due["before"] is not None))


def _due_ahead(due: regex.Match[str], delta: int, *, past: bool) -> bool:
    """Whether "trước ngày 31/12", "đến ngày 31/12" is ahead: unless the day has just passed."""
    if due["so_far"]:
        return False
    return 0 < delta < 300 if past or not due["before"] else delta > 0


def _looks_ahead(reading: Reading, at: int, end: int) -> bool:
    """Whether the words beside a part of a year speak of what is to come: `Sang quý I …`, `6 tháng đầu năm sẽ …`."""
    begin, stop = reading.sentence_at(at)
    after = reading.folded[end : min(stop, end + 40)]
    if sense("result").search(after) or sense("past").search(after):
        return False
    before = reading.folded[max(begin, at - 45) : at]
    if sense("past").search(before):
        return False
    return _ONTO.search(before) is not None or sense("future").search(before + "|" + after) is not None


def _part_year(reading: Reading, state: State, months: tuple[int, int], at: int, end: int) -> int | None:
    """The year of a quarter or half-year from its first and last month: one that has not begun and whose results are
    told is last year's, one that is over and that the sentence looks ahead to is the next year's."""
    today = state.today
    if today is None:
        return None
    begin, stop = reading.sentence_at(at)
    if months[0] <= today.month:
        over = months[1] < today.month
        return today.year + 1 if over and _looks_ahead(reading, at, end) else today.year
    before, after = reading.folded[max(begin, at - 90) : at], reading.folded[end : min(stop, end + 60)]
    if sense("future").search(before) or sense("future").search(after):
        return today.year
    told = sense("past").search(before) or sense("past").search(after) or sense("result").search(after)
    return today.year - 1 if told else today.year


def _on(year: int, month: int, day: int | None) -> date:
    try:
        return date(year, month, day or 15)
    except ValueError:
        return date(year, max(1, min(12, month)), 28)


def at_end(atom: Atom) -> bool:
    """Whether months are the last ones of their year."""
    return edge_modifier(atom.edge) == "END"


def months_of(atom: Atom) -> tuple[int, int] | None:
    """First and last month of a part of a year; None for other atoms."""
    if atom.kind == "quarter" and atom.part is not None:
        return 3 * atom.part - 2, 3 * (atom.last or atom.part)
    if atom.kind == "months":
        n = atom.part or 6
        return (13 - n, 12) if at_end(atom) else (1, n)
    return None


def _beside_today(atom: Atom, state: State, first_month: int, last_month: int) -> int | None:
    """The year of a month or quarter with `tới` or `trước`: the next one to come, the last one over."""
    if state.today is None:
        return None
    year, month = state.today.year, state.today.month
    if atom.offset > 0:
        return year if first_month > month or (first_month == month and atom.part is None) else year + 1
    return year if last_month < month or (last_month == month and atom.part is None) else year - 1


def year_of_atom(atom: Atom, reading: Reading, state: State, borrowed: int | None) -> int | None:
    """The year of an atom: written, counted from today, `borrowed` from the other end of a range, or told by the context."""
    if atom.year is not None:
        return atom.year
    months = months_of(atom)
    if atom.kind == "months" and months is not None and not atom.relative:
        return _year_of_months(atom, reading, state, months, borrowed)
    beside = _named_beside_today(atom, state, months)
    if beside is not None:
        return beside
    return borrowed if borrowed is not None else _by_context(atom, reading, state, months)


def _named_beside_today(atom: Atom, state: State, months: tuple[int, int] | None) -> int | None:
    """The year of "quý I năm nay", "tháng 3 tới"."""
    if state.today is None:
        return None
    if atom.unit == "year":
        return state.today.year + atom.offset
    if atom.unit == "next" and (months or atom.month):
        return _beside_today(atom, state, *(months or (atom.month or 1, atom.month or 1)))
    return None


def _by_context(atom: Atom, reading: Reading, state: State, months: tuple[int, int] | None) -> int | None:
    if state.today is not None and months is not None:
        return _part_year(reading, state, months, atom.start, atom.end)
    month = atom.last_month or atom.month
    if month is not None:
        return year_of(reading, state, month, atom.last or atom.day, atom.start, atom.end)
    return state.today.year if state.today is not None else state.only_year


def _year_of_months(
    atom: Atom, reading: Reading, state: State, months: tuple[int, int], borrowed: int | None
) -> int | None:
    """The year of "6 tháng đầu năm": the one that the sentence begins with, else by what the words beside it tell."""
    if state.today is None:
        return borrowed or state.only_year
    told = state.told(reading, atom.start) if not at_end(atom) else None
    return told if told is not None else _part_year(reading, state, months, atom.start, atom.end) or borrowed
