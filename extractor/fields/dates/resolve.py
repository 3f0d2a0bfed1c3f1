"""Missing parts of date expressions from the publication date, the sense of the sentence and the article's other dates."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.resolve_lunar import cycle_year, lunar, lunar_before
from extractor.fields.dates.rows import sense, words
from extractor.fields.dates.state import State
from extractor.models import Reading
from extractor.rules import cache
from extractor.values import dates as values
from extractor.values.dates import Period

_DUE = regex.compile(r"(?<!\p{L})(?P<so_far>tính[ ])?(?P<w>trước|đến hết|đến|tới)[ ]$")
RECENT = 45  # days back in which a day without a year is this year's, whatever year was mentioned before
OLD = 4  # years after which a day without a year is hardly that of the year given to it elsewhere
_ONTO = regex.compile(r"(?<!\p{L})(?:sang|bước vào|bước sang)[ ]$")
SCHOOL = 8  # month in which a school year begins


@cache
def _recurring() -> regex.Pattern[str]:
    return regex.compile(rf"[ ]{words('recurring')}(?!\p{{L}})")


def _shift_month(at: date, by: int) -> tuple[int, int]:
    index = at.year * 12 + at.month - 1 + by
    return index // 12, index % 12 + 1


def _year_of(reading: Reading, state: State, month: int, day: int | None, at: int, end: int) -> int | None:
    """The year of a day or month that is written without one: a report looks back, a plan looks ahead."""
    today = state.today
    if today is None:
        return state.year_near(month, day)
    known = state.years.get((month, day)) if day is not None else None
    if known is not None and known >= today.year - OLD:  # not the 27/7/1947 that is remembered every 27/7
        return known
    if (told := state.told(reading, at)) is not None and told < today.year:
        return told
    begin, stop = reading.sentence_at(at)
    delta = (_on(today.year, month, day) - today).days
    year = state.last_year
    dated = year is not None and today.year - 4 < year < today.year and state.last_month == (year, month)
    if dated and not -RECENT < delta <= 0 and at - state.last_at < 600:
        return year  # "tháng 4/2016, … 18h ngày 10/4": the month of a dated one just before
    if day is None and state.last_at >= begin and state.last_month is not None:
        year, last = state.last_month  # the months of one sentence follow each other
        if year == today.year and last <= month:
            return year
    before = reading.folded[max(begin, at - 90) : at]
    after = reading.folded[end : min(stop, end + 30)]
    due = _DUE.search(before)
    past = sense("past").search(before) is not None
    future = sense("future").search(before) is not None or after.startswith((" tới", " sắp", " sẽ"))
    planned = future and due is not None and not past
    if due is not None and not due["so_far"]:
        # "trước ngày 31/12", "đến ngày 31/12": ahead, unless it has just passed
        future = future or (0 < delta < 300 if due["w"] != "trước" or past else delta > 0)
    if not future and (delta > 150 or (past and delta > 20)):
        return today.year - 1
    if delta > 320 and not (planned or (future and due and due["w"] == "trước")):
        return today.year - 1
    if delta < -300 or (delta < -200 and future):
        return today.year + 1
    return today.year


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
        if atom.unit == "year" and atom.offset == 0:
            return values.year(state.only_year)
        return values.nothing(values.YEAR_UNKNOWN)
    if atom.kind == "school":
        begins = (
            SCHOOL if atom.offset > 0 else SCHOOL - 2
        )  # in summer the year just over is the last one, the coming one the next
        first = today.year - (today.month < begins) + atom.offset
        return values.school_year(first, first + 1)
    unit = atom.unit
    if unit == "day":
        return values.of_date(today + timedelta(days=atom.offset))
    if unit == "weekday" and atom.weekday is not None:
        ahead = (atom.weekday - today.weekday()) % 7
        if (atom.offset < 0 and ahead) or (atom.offset == 0 and ahead > 3):
            ahead -= 7
        return values.of_date(today + timedelta(days=ahead))
    if unit == "week":
        at = today + timedelta(days=7 * atom.offset)
        if atom.kind == "day" and atom.weekday is not None:
            return values.of_date(at - timedelta(days=at.weekday()) + timedelta(days=atom.weekday))
        return values.weekend(at) if atom.kind == "weekend" else values.week(at)
    if unit == "month" and atom.day is not None:
        year, month = _shift_month(today, atom.offset)
        day = values.day(year, month, atom.day)
        return day if atom.last is None else values.between(day, values.day(year, month, atom.last))
    if unit == "month":
        return values.month(*_shift_month(today, atom.offset))
    if unit == "quarter":
        y, m = _shift_month(today, 3 * atom.offset)
        return values.quarter(y, (m + 2) // 3)
    return values.year(today.year + atom.offset)


def _beside_today(atom: Atom, state: State, first_month: int, last_month: int) -> int | None:
    """The year of a month or quarter with `tới` or `trước`: the next one to come, the last one over."""
    if state.today is None:
        return None
    year, month = state.today.year, state.today.month
    if atom.offset > 0:
        return year if first_month > month or (first_month == month and atom.part is None) else year + 1
    return year if last_month < month or (last_month == month and atom.part is None) else year - 1


def _months_of(atom: Atom) -> tuple[int, int] | None:
    """First and last month of a part of a year; None for other atoms."""
    if atom.kind == "quarter" and atom.part is not None:
        return 3 * atom.part - 2, 3 * (atom.last or atom.part)
    if atom.kind == "months":
        n = atom.part or 6
        return (13 - n, 12) if atom.edge == "cuối" else (1, n)
    return None


def _year(atom: Atom, reading: Reading, state: State, borrowed: int | None) -> int | None:
    if atom.year is not None:
        return atom.year
    months = _months_of(atom)
    if atom.kind == "months" and months is not None and not atom.relative:
        if state.today is None:
            return borrowed or state.only_year
        told = state.told(reading, atom.start) if atom.edge != "cuối" else None
        return told if told is not None else _part_year(reading, state, months, atom.start, atom.end) or borrowed
    if atom.unit == "year" and state.today is not None:
        return state.today.year + atom.offset
    if atom.unit == "next" and state.today is not None and (months or atom.month):
        return _beside_today(atom, state, *(months or (atom.month or 1, atom.month or 1)))
    if borrowed is not None:
        return borrowed
    month = atom.last_month or atom.month
    if state.today is None and month is None:
        return state.only_year
    if state.today is not None and months is not None:
        return _part_year(reading, state, months, atom.start, atom.end)
    if month is not None:
        return _year_of(reading, state, month, atom.last or atom.day, atom.start, atom.end)
    return state.today.year if state.today is not None else None


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
    kind = atom.kind
    if kind in ("anaphor", "week", "weekend", "ago") or (kind == "school" and atom.relative):
        return _relative(atom, state, reading)
    if kind in ("day", "month", "quarter", "year") and atom.relative and not (atom.month or atom.part or atom.year):
        return _relative(atom, state, reading)
    if kind in ("day", "holiday") and atom.day is not None:
        return _days(atom, reading, state, borrowed)
    if kind == "cycle":
        return cycle_year(atom, state)
    if kind == "lunar":
        return lunar(atom, state, borrowed[0])
    year = _year(atom, reading, state, borrowed[0])
    if kind == "month" and atom.month is not None:
        return values.months(year, atom.month, atom.last) if atom.last else values.month(year, atom.month)
    if kind == "quarter" and atom.part is not None:
        first = values.quarter(year, atom.part)
        return values.between(first, values.quarter(year, atom.last)) if atom.last else first
    if kind == "months" and atom.part is not None:
        return values.months(year, 13 - atom.part, 12) if atom.edge == "cuối" else values.months(year, 1, atom.part)
    if kind == "school" and atom.year is not None and atom.last is not None:
        return values.school_year(atom.year, atom.last)
    if kind == "years" and atom.year is not None and atom.last is not None:
        return values.years(atom.year, atom.last)
    return values.year(year)


def _borrow(a: Atom, b: Atom) -> tuple[int | None, int | None]:
    """Year and month of the last end for the first one: `từ 26/11 đến 4/1/2018` begins in 2017."""
    year = b.year
    if year is not None and a.month and b.month and (a.month, a.day or 0) > (b.month, b.day or 31):
        year -= 1
    return year, b.month if a.month is None else None


def _recurs(reading: Reading, expression: Expression) -> bool:
    """Whether the words after it say that it comes back every year."""
    return _recurring().match(reading.folded, expression.end) is not None


def resolve(expression: Expression, reading: Reading, state: State) -> Period:
    """Value of a whole expression; updates `state` with what later expressions may refer to."""
    ends = expression.atoms
    if expression.relation == "range" and not any(a.year or a.relative for a in ends) and _recurs(reading, expression):
        return values.nothing(values.RECURRING)
    if expression.relation == "range":
        period = _range(expression, reading, state)
    elif (
        expression.head.kind in ("day", "month", "lunar", "quarter")
        and not expression.head.relative
        and expression.head.year is None
        and _recurs(reading, expression)
    ):
        return values.nothing(values.RECURRING)
    else:
        head = expression.head
        given = expression.given or next((x for x in expression.beside if x.kind != "lunar"), None)
        takes = given is not None and (head.relative or head.kind == "lunar" or head.weekday is not None)
        period = period_of(given if given is not None and takes else head, reading, state, (expression.lent, None))
    _remember(expression, period, reading, state)
    return period


def _range(expression: Expression, reading: Reading, state: State) -> Period:
    a, b = expression.atoms
    if b.kind == "year" and a.kind == "month" and a.year is None:
        return values.between(period_of(a, reading, state), period_of(b, reading, state))
    lent = a.year if b.month and a.year and b.year is None else None
    if lent is not None and b.month and a.month and b.month < a.month:
        lent += 1
    month = a.month if b.kind == "day" and b.month is None else None
    last = period_of(b, reading, state, (lent if month is None else a.year, month))
    if a.kind == b.kind == "lunar" and a.year is None and last.start is not None:
        return values.between(lunar_before(a, last.start), last)
    if a.rule == "edge-year" and last.start is not None:  # "từ đầu năm đến hết tháng 11"
        return values.between(values.year(last.start.year), last)
    year, borrowed_month = _borrow(a, b)
    if year is None and last.start is not None and not a.year and not a.relative:
        year = last.start.year
        if a.month and b.month and (a.month, a.day or 0) > (b.month, b.day or 31):
            year -= 1
        borrowed_month = borrowed_month or (last.start.month if a.kind == "day" and a.month is None else None)
    return values.between(period_of(a, reading, state, (year, borrowed_month)), last)


_LEAD = regex.compile(r"[\s“\"–-]*(?:(?:vào|từ|đến|tới|trong|khoảng|đến tận)[ ])?")
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
    head = expression.head
    if period.start is not None and head.kind == "day" and head.month and head.day and expression.relation == "single":
        state.years.setdefault((head.month, head.day), period.start.year)
    if head.kind == "day" and period.start is None and period.timex:
        state.unresolved = period
    if period.start is None or period.end is None:
        return
    if not head.relative or expression.relation == "range":
        state.last_named = period.end.year
    if is_cited(reading, expression):
        state.cited = period.start
        return
    if head.kind in ("year", "cycle") and expression.relation == "single" and (head.year or head.kind == "cycle"):
        begin = reading.sentence_at(expression.start)[0]
        if not _LEAD.fullmatch(reading.folded, begin, expression.start):
            return
        state.told_year, state.told_at = period.start.year, expression.start
        return
    if head.year and expression.relation == "single" and _beside_a_day(reading.folded, expression):
        return  # an anniversary: "(21/6/1925 - 21/6/2017)"
    if head.kind in ("day", "anaphor", "lunar") or (head.kind == "ago" and head.unit == "day"):
        state.last_month = (period.start.year, period.start.month)
        if state.today is not None and period.start > state.today and state.last_day is not None:
            due = _DUE.search(reading.folded[max(0, expression.start - 16) : expression.start])
            state.planned, state.planned_at = (None, -1) if due else (period.start, expression.start)
        else:
            state.last_day = period.start
    elif head.kind == "month":
        state.last_month = (period.start.year, period.start.month)
    else:
        return
    state.last_at = expression.start
    state.last_year = head.year or (period.start.year if state.last_year == period.start.year else None)
