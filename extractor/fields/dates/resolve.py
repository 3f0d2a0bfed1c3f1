"""Missing parts of date expressions from the publication date, the sense of the sentence and the article's other dates."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.resolve_lunar import cycle_year, lunar, lunar_before
from extractor.fields.dates.resolve_relative import is_cited, relative, shift_month
from extractor.fields.dates.resolve_year import DUE, at_end, year_of_atom
from extractor.fields.dates.rows import template
from extractor.fields.dates.state import State
from extractor.models import Reading
from extractor.values import dates as values
from extractor.values.dates import Period

_RECURRING = template(r"[ ]{recurring}(?!\p{L})")


def _bare_day(atom: Atom, state: State, borrowed: tuple[int | None, int | None]) -> tuple[int | None, int] | None:
    """Year and month of `ngày 26`: of the other end of a range, of the day mentioned before, of the publication date."""
    if borrowed[1] is not None:
        return borrowed[0], borrowed[1]
    if state.last_month is not None and state.last_day is not None:
        return state.last_month
    if state.today is None:
        return None
    return (
        shift_month(state.today, -1)
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
        year = year_of_atom(atom, reading, state, borrowed[0])
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
        return relative(atom, state, reading)
    if atom.kind in ("day", "holiday") and atom.day is not None:
        return _days(atom, reading, state, borrowed)
    if atom.kind == "cycle":
        return cycle_year(atom, state)
    if atom.kind == "lunar":
        return lunar(atom, state, borrowed[0])
    return _part_of_year(atom, year_of_atom(atom, reading, state, borrowed[0]))


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
    make = _PARTS.get(atom.kind)
    found = make(atom, year) if make is not None else None
    return values.year(year) if found is None else found


def _months_named(atom: Atom, year: int | None) -> Period | None:
    if atom.month is None:
        return None
    return values.months(year, atom.month, atom.last) if atom.last else values.month(year, atom.month)


def _quarters_named(atom: Atom, year: int | None) -> Period | None:
    if atom.part is None:
        return None
    first = values.quarter(year, atom.part)
    return values.between(first, values.quarter(year, atom.last)) if atom.last else first


def _months_counted(atom: Atom, year: int | None) -> Period | None:
    if atom.part is None:
        return None
    return values.months(year, 13 - atom.part, 12) if at_end(atom) else values.months(year, 1, atom.part)


def _years_named(atom: Atom, year: int | None) -> Period | None:
    if atom.year is None or atom.last is None:
        return None
    return (values.school_year if atom.kind == "school" else values.years)(atom.year, atom.last)


_PARTS: dict[str, Callable[[Atom, int | None], Period | None]] = {
    "month": _months_named,
    "quarter": _quarters_named,
    "months": _months_counted,
    "school": _years_named,
    "years": _years_named,
}


def _wraps(a: Atom, b: Atom) -> bool:
    """Whether the first end of a range lies later in its year than the last one in its own."""
    return bool(a.month and b.month) and (a.month or 0, a.day or 0) > (b.month or 0, b.day or 31)


def _recurs(reading: Reading, expression: Expression) -> bool:
    """Whether the words after it say that it comes back every year."""
    return _RECURRING.match(reading.folded, expression.end) is not None


def resolve(expression: Expression, reading: Reading, state: State) -> Period:
    """Value of a whole expression; updates `state` with what later expressions may refer to."""
    ranged = expression.relation == "range"
    if _yearless(expression) and _recurs(reading, expression):
        return values.nothing(values.RECURRING)
    period = _range(expression, reading, state) if ranged else _single(expression, reading, state)
    _remember(expression, period, reading, state)
    return period


def _single(expression: Expression, reading: Reading, state: State) -> Period:
    """The value of a single expression: of the date given beside it where its own words need one."""
    head = expression.head
    given = expression.given or next((x for x in expression.beside if x.kind != "lunar"), None)
    takes = given is not None and (head.relative or head.kind == "lunar" or head.weekday is not None)
    return period_of(given if given is not None and takes else head, reading, state, (expression.lent, None))


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
    if a.kind == b.kind == "day" and b.month is None and a.month is not None:
        return _to_day(period_of(a, reading, state), a, b)
    last = period_of(b, reading, state, _lent_to_last(a, b))
    return values.between(_first_end(a, b, last, reading, state), last)


def _first_end(a: Atom, b: Atom, last: Period, reading: Reading, state: State) -> Period:
    """The first end of a range, the last of which is known."""
    if last.start is not None:
        if a.kind == b.kind == "lunar" and a.year is None:
            return lunar_before(a, last.start)
        if a.form == "own-edge":  # "từ đầu năm đến hết tháng 11"
            return values.year(last.start.year)
    return period_of(a, reading, state, _lent_to_first(a, b, last))


def _to_day(first: Period, a: Atom, b: Atom) -> Period:
    """The range from a day to a later one without a month: "từ ngày 28/12 đến ngày 3" ends in the next."""
    year, month = (first.start.year, first.start.month) if first.start is not None else (None, a.month or 0)
    if (b.day or 0) < (a.day or 0):
        year, month = year + month // 12 if year is not None else None, month % 12 + 1
    return values.between(first, values.day(year, month, b.day or 0))


def _lent_to_last(a: Atom, b: Atom) -> tuple[int | None, int | None]:
    """Year and month of the first end for the last one: `từ 26/11/2017 đến 4/1` ends in 2018."""
    if not (b.month and a.year) or b.year is not None:
        return None, None
    return a.year + (1 if a.month and b.month < a.month else 0), None


def _lent_to_first(a: Atom, b: Atom, last: Period) -> tuple[int | None, int | None]:
    """Year and month for the first end: `từ 26/11 đến 4/1/2018` begins in 2017, "từ ngày 28 đến ngày 3/1" in December."""
    year, month = _shared_with_last(a, b, last)
    back = _wraps(a, b)
    if month and a.day and b.day and a.day > b.day:
        month = (month - 2) % 12 + 1
        back = month == 12
    return year - back if year is not None else None, month


def _shared_with_last(a: Atom, b: Atom, last: Period) -> tuple[int | None, int | None]:
    """Year and month that the first end takes from the last: those written there, else those of its value."""
    month = b.month if a.month is None else None
    if b.year is not None or last.start is None or a.year or a.relative:
        return b.year, month
    if a.kind == "day" and a.month is None:
        month = month or last.start.month
    return last.start.year, month


_LEAD = template(r"[\s“\"–-]*(?:{date-lead}[ ])?")
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
    if head.kind == "day":
        _note_day(head, period, state, single=single)
    if period.start is None or period.end is None:
        return
    if not head.relative or not single:
        state.last_named = period.end.year
    _note_start(expression, period.start, reading, state)


def _note_start(expression: Expression, start: date, reading: Reading, state: State) -> None:
    """Keep the first day of a date as that of a document, as a sentence's year, or as the last one mentioned."""
    head, single = expression.head, expression.relation == "single"
    if is_cited(reading, expression):
        state.cited = start
    elif single and _names_year(head):
        if _begins_sentence(reading, expression):
            state.told_year, state.told_at = start.year, expression.start
    elif not (single and head.year and _beside_a_day(reading.folded, expression)):
        # an anniversary is none: "(21/6/1925 - 21/6/2017)"
        _go_on(expression, start, reading, state)


def _names_year(head: Atom) -> bool:
    return head.kind == "cycle" or (head.kind == "year" and bool(head.year))


def _begins_sentence(reading: Reading, expression: Expression) -> bool:
    begin = reading.sentence_at(expression.start)[0]
    return _LEAD.fullmatch(reading.folded, begin, expression.start) is not None


def _note_day(head: Atom, period: Period, state: State, *, single: bool) -> None:
    """Keep the year of a day, or the day itself where its year is not known."""
    if period.start is None:
        state.unresolved = period if period.timex else state.unresolved
    elif head.month and head.day and single:
        state.years.setdefault((head.month, head.day), period.start.year)


def _names_day(head: Atom) -> bool:
    return head.kind in ("day", "anaphor", "lunar") or (head.kind == "ago" and head.unit == "day")


def _go_on(expression: Expression, start: date, reading: Reading, state: State) -> None:
    """Take a day or month as the last one mentioned."""
    head = expression.head
    day = _names_day(head)
    if not day and head.kind != "month":
        return
    state.last_month = (start.year, start.month)
    if day and state.today is not None and start > state.today and state.last_day is not None:
        due = DUE.search(reading.folded[max(0, expression.start - 16) : expression.start])
        state.planned, state.planned_at = (None, -1) if due else (start, expression.start)
    elif day:
        state.last_day = start
    state.last_at = expression.start
    state.last_year = head.year or (start.year if state.last_year == start.year else None)
