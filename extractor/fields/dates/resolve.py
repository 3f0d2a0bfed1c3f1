"""Missing parts of date expressions from the publication date, the sense of the sentence and the article's other dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.resolve_lunar import cycle_year, lunar, lunar_before
from extractor.fields.dates.rows import edge_modifier, sense, template
from extractor.fields.dates.state import State
from extractor.models import Reading
from extractor.values import dates as values
from extractor.values.dates import Period

_DUE = template(r"(?<!\p{L})(?:(?P<so_far>{so-far})[ ])?(?:(?P<before>{before})|{until})[ ]$")
_SOON_AFTER = template(r"[ ]{soon}")
RECENT = 45  # days back in which a day without a year is this year's, whatever year was mentioned before
OLD = 4  # years after which a day without a year is hardly that of the year given to it elsewhere
_ONTO = template(r"(?<!\p{L}){onto}[ ]$")
SCHOOL = 8  # month in which a school year begins


_RECURRING = template(r"[ ]{recurring}(?!\p{L})")


def _shift_month(at: date, by: int) -> tuple[int, int]:
    index = at.year * 12 + at.month - 1 + by
    return index // 12, index % 12 + 1


def _year_of(reading: Reading, state: State, month: int, day: int | None, at: int, end: int) -> int | None:
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
    due = _DUE.search(before)
    past = sense("past").search(before) is not None
    ahead = sense("future").search(before) is not None or _SOON_AFTER.match(after) is not None
    future = ahead or (due is not None and not due["so_far"] and _due_ahead(due, delta, past=past))
    if not future and (delta > 150 or (past and delta > 20)):
        return today.year - 1
    planned = ahead and due is not None and not past
    until = future and due is not None and due["before"] is not None
    if delta > 320 and not (planned or until):
        return today.year - 1
    return today.year + 1 if delta < -300 or (delta < -200 and future) else today.year


def _due_ahead(due: regex.Match[str], delta: int, *, past: bool) -> bool:
    """Whether "trước ngày 31/12", "đến ngày 31/12" is ahead: unless the day has just passed."""
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


def _anaphor(atom: Atom, state: State, reading: Reading) -> Period:
    """`cùng ngày`, `hai ngày sau đó`, `một năm trước đó`: counted from what the text named before."""
    if atom.unit == "year":
        return values.year(state.last_named + atom.offset) if state.last_named else values.nothing(values.ANAPHORIC)
    if state.cited is not None and _CITED.search(reading.text, max(0, atom.start - 28), atom.start):
        return values.of_date(state.cited)  # "Luật số 72/… ngày 16/6 và Nghị quyết số 16/… cùng ngày"
    begin = reading.sentence_at(atom.start)[0]
    base = (state.planned if state.planned_at >= begin else None) or state.last_day or state.today
    if base is None and state.unresolved is not None and atom.offset == 0:
        return state.unresolved
    return values.of_date(base + timedelta(days=atom.offset)) if base else values.nothing(values.ANAPHORIC)


def _relative(atom: Atom, state: State, reading: Reading) -> Period:
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
    year, month = _shift_month(today, atom.offset)
    if atom.day is None:
        return values.month(year, month)
    day = values.day(year, month, atom.day)
    return day if atom.last is None else values.between(day, values.day(year, month, atom.last))


def _by_quarters(atom: Atom, today: date) -> Period:
    year, month = _shift_month(today, 3 * atom.offset)
    return values.quarter(year, (month + 2) // 3)


# What an offset counts, by its unit; years for any other.
_COUNTED: dict[str, Callable[[Atom, date], Period]] = {
    "day": _by_days,
    "weekday": _by_weekday,
    "week": _by_weeks,
    "month": _by_months,
    "quarter": _by_quarters,
}


def _beside_today(atom: Atom, state: State, first_month: int, last_month: int) -> int | None:
    """The year of a month or quarter with `tới` or `trước`: the next one to come, the last one over."""
    if state.today is None:
        return None
    year, month = state.today.year, state.today.month
    if atom.offset > 0:
        return year if first_month > month or (first_month == month and atom.part is None) else year + 1
    return year if last_month < month or (last_month == month and atom.part is None) else year - 1


def _at_end(atom: Atom) -> bool:
    """Whether months are the last ones of their year."""
    return edge_modifier(atom.edge) == "END"


def _months_of(atom: Atom) -> tuple[int, int] | None:
    """First and last month of a part of a year; None for other atoms."""
    if atom.kind == "quarter" and atom.part is not None:
        return 3 * atom.part - 2, 3 * (atom.last or atom.part)
    if atom.kind == "months":
        n = atom.part or 6
        return (13 - n, 12) if _at_end(atom) else (1, n)
    return None


def _year(atom: Atom, reading: Reading, state: State, borrowed: int | None) -> int | None:
    if atom.year is not None:
        return atom.year
    months = _months_of(atom)
    if atom.kind == "months" and months is not None and not atom.relative:
        return _year_of_months(atom, reading, state, months, borrowed)
    if state.today is not None and atom.unit == "year":
        return state.today.year + atom.offset
    if state.today is not None and atom.unit == "next" and (months or atom.month):
        return _beside_today(atom, state, *(months or (atom.month or 1, atom.month or 1)))
    if borrowed is not None:
        return borrowed
    month = atom.last_month or atom.month
    if state.today is not None and months is not None:
        return _part_year(reading, state, months, atom.start, atom.end)
    if month is not None:
        return _year_of(reading, state, month, atom.last or atom.day, atom.start, atom.end)
    return state.today.year if state.today is not None else state.only_year


def _year_of_months(
    atom: Atom, reading: Reading, state: State, months: tuple[int, int], borrowed: int | None
) -> int | None:
    """The year of "6 tháng đầu năm": the one that the sentence begins with, else by what the words beside it tell."""
    if state.today is None:
        return borrowed or state.only_year
    told = state.told(reading, atom.start) if not _at_end(atom) else None
    return told if told is not None else _part_year(reading, state, months, atom.start, atom.end) or borrowed


def _bare_day(atom: Atom, state: State, borrowed: tuple[int | None, int | None]) -> tuple[int | None, int] | None:
    """Year and month of `ngày 26`: of the other end of a range, of the day mentioned before, of the publication date."""
    if borrowed[1] is not None:
        return borrowed[0], borrowed[1]
    if state.last_month is not None and state.last_day is not None:
        return state.last_month
    if state.today is None:
        return None
    return (
        _shift_month(state.today, -1)
        if (atom.day or 0) > state.today.day + 10
        else (state.today.year, state.today.month)
    )


def _days(atom: Atom, reading: Reading, state: State, borrowed: tuple[int | None, int | None]) -> Period:
    month = atom.month
    if month is None:
        place = _bare_day(atom, state, borrowed)
        if place is None:
            return values.nothing(values.YEAR_UNKNOWN)
        year, month = place
    else:
        year = _year(atom, reading, state, borrowed[0])
    first = atom.day or 0
    if atom.last_month is not None and atom.last is not None:
        begins = year - 1 if year is not None and (month, first) > (atom.last_month, atom.last) else year
        return values.between(values.day(begins, month, first), values.day(year, atom.last_month, atom.last))
    if atom.last is not None:
        return values.between(values.day(year, month, first), values.day(year, month, atom.last))
    return values.day(year, month, first)


def period_of(
    atom: Atom, reading: Reading, state: State, borrowed: tuple[int | None, int | None] = (None, None)
) -> Period:
    """Value of one atom; `borrowed` is the (year, month) that the other end of a range gives."""
    if _is_relative(atom):
        return _relative(atom, state, reading)
    if atom.kind in ("day", "holiday") and atom.day is not None:
        return _days(atom, reading, state, borrowed)
    if atom.kind == "cycle":
        return cycle_year(atom, state)
    if atom.kind == "lunar":
        return lunar(atom, state, borrowed[0])
    return _part_of_year(atom, _year(atom, reading, state, borrowed[0]))


def _is_relative(atom: Atom) -> bool:
    """Whether an atom's value is counted from another day."""
    if atom.kind in ("anaphor", "week", "weekend", "ago"):
        return True
    if atom.kind == "school":
        return atom.relative
    return (
        atom.relative
        and atom.kind in ("day", "month", "quarter", "year")
        and not (atom.month or atom.part or atom.year)
    )


def _part_of_year(atom: Atom, year: int | None) -> Period:
    """The months, quarters or whole of a year, or the years that an atom names."""
    kind = atom.kind
    if kind == "month" and atom.month is not None:
        return values.months(year, atom.month, atom.last) if atom.last else values.month(year, atom.month)
    if kind == "quarter" and atom.part is not None:
        first = values.quarter(year, atom.part)
        return values.between(first, values.quarter(year, atom.last)) if atom.last else first
    if kind == "months" and atom.part is not None:
        return values.months(year, 13 - atom.part, 12) if _at_end(atom) else values.months(year, 1, atom.part)
    if atom.year is not None and atom.last is not None and kind in ("school", "years"):
        return (values.school_year if kind == "school" else values.years)(atom.year, atom.last)
    return values.year(year)


def _borrow(a: Atom, b: Atom) -> tuple[int | None, int | None]:
    """Year and month of the last end for the first one: `từ 26/11 đến 4/1/2018` begins in 2017."""
    year = b.year
    if year is not None and a.month and b.month and (a.month, a.day or 0) > (b.month, b.day or 31):
        year -= 1
    return year, b.month if a.month is None else None


def _recurs(reading: Reading, expression: Expression) -> bool:
    """Whether the words after it say that it comes back every year."""
    return _RECURRING.match(reading.folded, expression.end) is not None


def resolve(expression: Expression, reading: Reading, state: State) -> Period:
    """Value of a whole expression; updates `state` with what later expressions may refer to."""
    head, ranged = expression.head, expression.relation == "range"
    if _yearless(expression) and _recurs(reading, expression):
        return values.nothing(values.RECURRING)
    if ranged:
        period = _range(expression, reading, state)
    else:
        given = expression.given or next((x for x in expression.beside if x.kind != "lunar"), None)
        takes = given is not None and (head.relative or head.kind == "lunar" or head.weekday is not None)
        period = period_of(given if given is not None and takes else head, reading, state, (expression.lent, None))
    _remember(expression, period, reading, state)
    return period


def _yearless(expression: Expression) -> bool:
    """Whether an expression names no year, so that it can come back every year."""
    if expression.relation == "range":
        return not any(a.year or a.relative for a in expression.atoms)
    head = expression.head
    return head.kind in ("day", "month", "lunar", "quarter") and not head.relative and head.year is None


def _range(expression: Expression, reading: Reading, state: State) -> Period:
    a, b = expression.atoms
    if b.kind == "year" and a.kind == "month" and a.year is None:
        return values.between(period_of(a, reading, state), period_of(b, reading, state))
    last = period_of(b, reading, state, _lent_to_last(a, b))
    if a.kind == b.kind == "lunar" and a.year is None and last.start is not None:
        return values.between(lunar_before(a, last.start), last)
    if a.form == "own-edge" and last.start is not None:  # "từ đầu năm đến hết tháng 11"
        return values.between(values.year(last.start.year), last)
    return values.between(period_of(a, reading, state, _lent_to_first(a, b, last)), last)


def _lent_to_last(a: Atom, b: Atom) -> tuple[int | None, int | None]:
    """Year and month of the first end for the last one: `từ 26/11/2017 đến 4/1` ends in 2018."""
    if b.kind == "day" and b.month is None:
        return a.year, a.month
    if not (b.month and a.year) or b.year is not None:
        return None, None
    return a.year + (1 if a.month and b.month < a.month else 0), None


def _lent_to_first(a: Atom, b: Atom, last: Period) -> tuple[int | None, int | None]:
    """Year and month for the first end: those written at the last one, else those of its value."""
    year, month = _borrow(a, b)
    if year is not None or last.start is None or a.year or a.relative:
        return year, month
    year = last.start.year - (1 if a.month and b.month and (a.month, a.day or 0) > (b.month, b.day or 31) else 0)
    return year, month or (last.start.month if a.kind == "day" and a.month is None else None)


_LEAD = template(r"[\s“\"–-]*(?:{date-lead}[ ])?")
_CITED = regex.compile(r"\d[^\s]*[/\-][^\s]*\p{Lu}[^\s]*[ ]$")


def is_cited(reading: Reading, expression: Expression) -> bool:
    """Whether the number of a document stands right before the date."""
    return _CITED.search(reading.text[max(0, expression.start - 28) : expression.start]) is not None


_JOINT_AFTER = regex.compile(r"[ ]?[/\-][ ]?\d")
_JOINT_BEFORE = regex.compile(r"\d[ ]?[/\-][ ]?$")


def _beside_a_day(folded: str, expression: Expression) -> bool:
    """Whether a dash or stroke joins the date to another, though they are no range."""
    if _JOINT_AFTER.match(folded, expression.end) is not None:
        return True
    return _JOINT_BEFORE.search(folded, max(0, expression.start - 4), expression.start) is not None


def _remember(expression: Expression, period: Period, reading: Reading, state: State) -> None:
    """Later `cùng ngày`, `ngày 26`, `tháng 4` may refer to this one; the date of a document is no such day."""
    head, single = expression.head, expression.relation == "single"
    if period.start is not None and head.kind == "day" and head.month and head.day and single:
        state.years.setdefault((head.month, head.day), period.start.year)
    if head.kind == "day" and period.start is None and period.timex:
        state.unresolved = period
    if period.start is None or period.end is None:
        return
    if not head.relative or not single:
        state.last_named = period.end.year
    if is_cited(reading, expression):
        state.cited = period.start
    elif single and (head.kind == "cycle" or (head.kind == "year" and head.year)):
        begin = reading.sentence_at(expression.start)[0]
        if _LEAD.fullmatch(reading.folded, begin, expression.start):
            state.told_year, state.told_at = period.start.year, expression.start
    elif not (head.year and single and _beside_a_day(reading.folded, expression)):
        # an anniversary is none: "(21/6/1925 - 21/6/2017)"
        _go_on(expression, period.start, reading, state)


def _go_on(expression: Expression, start: date, reading: Reading, state: State) -> None:
    """Take a day or month as the last one mentioned."""
    head = expression.head
    day = head.kind in ("day", "anaphor", "lunar") or (head.kind == "ago" and head.unit == "day")
    if not day and head.kind != "month":
        return
    state.last_month = (start.year, start.month)
    if day and state.today is not None and start > state.today and state.last_day is not None:
        due = _DUE.search(reading.folded[max(0, expression.start - 16) : expression.start])
        state.planned, state.planned_at = (None, -1) if due else (start, expression.start)
    elif day:
        state.last_day = start
    state.last_at = expression.start
    state.last_year = head.year or (start.year if state.last_year == start.year else None)
