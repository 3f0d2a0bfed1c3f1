"""Atoms that belong together: ranges (`từ ngày 10 đến 15/12`) and appositions (`hôm nay (8-2)`)."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Literal

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.rows import template
from extractor.models import Reading

_CLOCK = r"(?:\d{1,2}(?:[ ]?(?:h|{hour}|:)[ ]?\d{0,2})(?:[ ]?{minute})?,?[ ])?"
_TO = template(r"[ ]?-[ ]?(?:{until-end}[ ])?|[ ](?:{lasts}[ ])?{to}[ ](?:{until-about}[ ])?(?:{into}[ ])?" + _CLOCK)
_BESIDE = template(
    r"(?:[ ]{just-now})?(?:,?[ ](?:{that-is}[ ]|-[ ])?|,?[ ]?\((?:{that-is}[ ])?(?:{from}[ ])?|,?[ ]?{that-is}[ ](?:{from}[ ])?)"
)
_SAME = template(r"{that-is}")
_FROM = template(r"(?<![\p{L}\d]){from}[ ](?:{about}[ ])?" + _CLOCK + "$")
_CALENDAR = ("day", "month", "quarter", "year", "months", "lunar", "cycle")


# "từ khi phát động vào ngày 8/10 đến ngày 8/11": the range runs between the clauses, each date stands for itself
_BEGUN = template(r"(?<!\p{L}){since}[ ][^.,;:\n\d]{2,45}[ ]$")
_GOES_ON = template(r",(?![ ]{that-is})")  # "sáng mai (25.5, giờ Việt Nam)"
_SOLAR = template(r"[ ]{solar-mark}(?=\))")
_LUNAR_GAP = template(r"[ ]?/?[ ]?(?:\(?{lunar-mark}\)?,?[ ])?")
_DARK = template(r"{night}")
_DAWN = template(r"{dawn}")


@dataclass(slots=True)
class Expression:
    """One date expression: its span, and the atoms whose values make it (`range`: first and last; `single`: the first)."""

    start: int
    end: int
    relation: Literal["single", "range"]
    atoms: list[Atom] = field(default_factory=list)
    beside: list[Atom] = field(default_factory=list)
    given: Atom | None = None  # the day in brackets after "cùng ngày", an expression of its own
    lent: int | None = None  # year that the next of a list gives: "tháng 10, tháng 11 năm 2016"

    @property
    def head(self) -> Atom:
        """The atom that gives the value of a single expression."""
        return self.atoms[0]


def _in_range(a: Atom, b: Atom, gap: str) -> bool:
    """Whether two atoms with a word or sign for "to" between them are the ends of one range."""
    if not _can_begin(a) or not _can_end(b) or not _same_calendar(a, b) or _anniversary(a, b):
        return False
    if "-" in gap and not (a.firm and b.firm):
        return _dashed(a, b)
    return not (a.kind == "year" and b.kind == "day" and b.form == "bare")


def _same_calendar(a: Atom, b: Atom) -> bool:
    """Whether both are lunar or neither is; a year of the sixty-year cycle ends a range of years alone."""
    return (a.kind == "lunar") == (b.kind == "lunar") and (b.kind != "cycle" or a.kind in ("year", "cycle"))


def _can_begin(a: Atom) -> bool:
    if a.kind not in _CALENDAR or a.form in ("to-date", "list"):
        return False
    return a.last is None or a.kind == "day"


def _can_end(b: Atom) -> bool:
    if b.kind not in _CALENDAR or b.last is not None or b.form == "list":
        return False
    return not (b.relative and b.kind == "day" and b.day is None)


def _anniversary(a: Atom, b: Atom) -> bool:
    """The same day of two years far apart: (21/6/1925 - 21/6/2017)."""
    if not (a.kind == b.kind == "day" and a.year and b.year):
        return False
    return b.year - a.year > 2 and (a.day, a.month) == (b.day, b.month)


def _dashed(a: Atom, b: Atom) -> bool:
    """Whether a dash joins a range where one of the ends is no sure date."""
    if a.kind == "year" and b.kind == "day":
        return a.year is not None and b.year is not None and a.year < b.year  # "(1919 – ngày 18 tháng 1 năm 2014)"
    if a.kind == "year" and b.kind == "year":
        return a.firm
    if a.kind == b.kind == "day":
        return a.form == b.form == "figures" and a.last_month is None and b.last_month is None
    return a.kind == b.kind == "month"


def _night(a: Atom, b: Atom, folded: str) -> bool:
    """`đêm 14, rạng sáng 15/6`: one night, whose first day takes the month of the second."""
    if a.kind != "day" or b.kind != "day" or a.month or not (a.day and b.month) or a.last or b.last:
        return False
    if not _DARK.match(folded, a.start) or not _DAWN.match(folded, b.start):
        return False
    return folded[a.end : b.start] in (" ", ", ")


def _from(reading: Reading, start: int) -> int:
    m = _FROM.search(reading.folded[max(0, start - 24) : start])
    return start - len(m.group()) if m else start


def _of_lunar_year(a: Atom, b: Atom, folded: str) -> bool:
    """`25/7 năm Ất Tỵ`: a day of a year of the sixty-year cycle is lunar."""
    if a.kind != "day" or b.kind != "cycle" or a.year or a.last or not (a.day and a.month) or b.edge:
        return False
    return 0 <= b.start - a.end < 14 and _LUNAR_GAP.fullmatch(folded, a.end, b.start) is not None


def _apposed(a: Expression, b: Atom, gap: str) -> bool:
    """Whether an atom gives another name of the expression before it: `hôm nay (8-2)`, `mùng 5 Tết tức 21/2`."""
    head, bracket = a.head, "(" in gap
    if _SAME.search(gap) or (b.kind == "lunar" and bracket):
        return b.kind in ("day", "lunar") and (head.kind == "lunar") != (b.kind == "lunar")
    if b.relative:
        return False
    if b.kind == "day":
        same_weekday = head.weekday in (b.weekday, None) or b.weekday is None
        return same_weekday and _day_in_words(head) and (bracket or b.form != "bare")
    return b.kind in ("year", "month") and head.kind == b.kind and head.relative and bracket


def _day_in_words(head: Atom) -> bool:
    """Whether an atom names a day or week without its date."""
    if head.kind in ("anaphor", "weekend", "week", "lunar"):
        return True
    return (head.kind == "day" and head.relative) or (head.kind == "ago" and head.unit == "day")


def expressions(reading: Reading, atoms: list[Atom]) -> list[Expression]:
    """Atoms joined into expressions, in text order."""
    out: list[Expression] = []
    rest = deque(atoms)
    while rest:
        atom = rest.popleft()
        if rest and _of_lunar_year(atom, rest[0], reading.folded):
            year = rest.popleft()
            atom.kind, atom.end, atom.part, atom.year = "lunar", year.end, year.part, year.year
        expression = Expression(atom.start, atom.end, "single", [atom])
        if rest and _is_range(atom, rest[0], reading):
            last = rest.popleft()
            expression = Expression(atom.start, last.end, "range", [atom, last])
        if expression.relation == "range" or _is_run(atom):
            expression.start = _from(reading, expression.start)
        while rest and _take_beside(expression, rest[0], reading):
            rest.popleft()
        out.append(expression)
    _lend(reading.folded, out)
    return out


def _is_range(a: Atom, b: Atom, reading: Reading) -> bool:
    """Whether an atom and the next one are the ends of a range."""
    if not 0 < b.start - a.end < 24:
        return False
    gap = reading.folded[a.end : b.start]
    joined = _TO.fullmatch(gap) is not None and _in_range(a, b, gap)
    if joined and reading.text[a.end : b.start].lstrip()[:1].isupper():
        joined = False  # "Đến" begins a sentence
    if not joined and not _night(a, b, reading.folded):
        return False
    return _BEGUN.search(reading.folded, max(0, a.start - 60), a.start) is None


def _is_run(atom: Atom) -> bool:
    return atom.last is not None and atom.kind != "school" and atom.form != "era"


def _take_beside(expression: Expression, other: Atom, reading: Reading) -> bool:
    """Take an atom that names the same day again into the expression; False where it is an expression of its own."""
    if not 0 < other.start - expression.end < 20:
        return False
    gap = reading.folded[expression.end : other.start]
    if not (_BESIDE.fullmatch(gap) and _apposed(expression, other, gap)):
        return False
    if expression.head.kind == "anaphor" and expression.head.offset == 0 and "(" in gap:
        expression.given = other
        other.firm = True
        return False
    end = other.end
    if "(" in gap:
        if solar := _SOLAR.match(reading.folded, end):
            end = solar.end()
        if reading.text[end : end + 1] != ")":
            other.firm = other.firm or _GOES_ON.match(reading.folded, end) is not None
            return False
        end += 1
    expression.beside.append(other)
    expression.end = end
    return True


_AND = template(r",?[ ](?:{and}[ ])?|[ ]?;[ ]")


def _lend(folded: str, found: list[Expression]) -> None:
    """In a list the year of the last stands for the ones before it."""
    for left, right in zip(reversed(found[:-1]), reversed(found[1:]), strict=False):
        year = right.head.year or right.lent
        if not year or not _lacks_year(left, right.head.kind) or right.start - left.end >= 8:
            continue
        if _AND.fullmatch(folded[left.end : right.start]):
            left.lent = year if _rank(left.head) <= _rank(right.head) else year - 1


def _lacks_year(expression: Expression, kind: str) -> bool:
    head = expression.head
    if head.kind != kind or kind not in ("day", "month", "quarter") or expression.relation == "range":
        return False
    return not head.year and not head.relative


def _rank(atom: Atom) -> tuple[int, int, int]:
    return atom.month or 0, atom.day or 0, atom.part or 0
