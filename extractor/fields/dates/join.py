"""Atoms that belong together: ranges (`từ ngày 10 đến 15/12`) and appositions (`hôm nay (8-2)`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import regex

from extractor.fields.dates.atoms import Atom
from extractor.models import Reading

_CLOCK = r"(?:\d{1,2}(?:[ ]?(?:h|giờ|:)[ ]?\d{0,2})(?:[ ]?phút)?,?[ ])?"
_TO = regex.compile(
    rf"[ ]?-[ ]?(?:hết[ ])?|[ ](?:cho[ ]|kéo dài[ ])?(?:đến|tới)[ ](?:hết[ ]|khoảng[ ])?(?:vào[ ])?{_CLOCK}"
)
_BESIDE = regex.compile(
    r"(?:[ ](?:vừa[ ](?:qua|rồi)|tới))?(?:,?[ ](?:tức[ ](?:là[ ])?|nhằm[ ]|-[ ])?|,?[ ]?\((?:tức[ ](?:là[ ])?|nhằm[ ])?(?:từ[ ])?"
    r"|,?[ ]?tức[ ](?:là[ ])?(?:từ[ ])?)"
)
_FROM = regex.compile(rf"(?<![\p{{L}}\d])từ[ ](?:khoảng[ ])?{_CLOCK}$")
_CALENDAR = ("day", "month", "quarter", "year", "months", "lunar", "cycle")


# "từ khi phát động vào ngày 8/10 đến ngày 8/11": the range runs between the clauses, each date stands for itself
_BEGUN = regex.compile(r"(?<!\p{L})từ[ ](?:khi|lúc|thời điểm)[ ][^.,;:\n\d]{2,45}[ ](?:vào|từ)?[ ]?$")
_SOLAR = regex.compile(r"[ ](?:dương lịch|DL)(?=\))", regex.IGNORECASE)


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
    if (
        a.kind not in _CALENDAR
        or b.kind not in _CALENDAR
        or (a.last is not None and a.kind != "day")
        or b.last is not None
    ):
        return False
    if (
        a.rule in ("year-to-date", "day-list")
        or b.rule == "day-list"
        or (b.relative and b.kind == "day" and b.day is None)
    ):
        return False
    if (a.kind == "lunar") != (b.kind == "lunar") or (b.kind == "cycle" and a.kind not in ("year", "cycle")):
        return False
    if a.kind == b.kind == "day" and a.year and b.year and b.year - a.year > 2 and (a.day, a.month) == (b.day, b.month):
        return False  # an anniversary: (21/6/1925 - 21/6/2017)
    if "-" in gap and not (a.firm and b.firm):
        if a.kind == "year" and b.kind == "day":
            return a.year is not None and b.year is not None and a.year < b.year  # "(1919 – ngày 18 tháng 1 năm 2014)"
        if a.kind == "year" and b.kind == "year":
            return a.firm
        return (a.kind == b.kind == "day" and a.rule == b.rule == "day-numeric") or a.kind == b.kind == "month"
    return not (a.kind == "year" and b.rule == "day-bare")


def _night(a: Atom, b: Atom, folded: str) -> bool:
    """`đêm 14, rạng sáng 15/6`: one night, whose first day takes the month of the second."""
    if a.kind != "day" or b.kind != "day" or a.month or not (a.day and b.month) or a.last or b.last:
        return False
    dark = folded.startswith(("đêm", "tối"), a.start) and folded.startswith(("rạng sáng", "sáng"), b.start)
    return dark and folded[a.end : b.start] in (" ", ", ")


def _from(reading: Reading, start: int) -> int:
    m = _FROM.search(reading.folded[max(0, start - 24) : start])
    return start - len(m.group()) if m else start


_LUNAR_GAP = regex.compile(r"[ ]?/?[ ]?(?:\(?(?:âm lịch|al)\)?,?[ ])?")


def _of_lunar_year(a: Atom, b: Atom, folded: str) -> bool:
    """`25/7 năm Ất Tỵ`: a day of a year of the sixty-year cycle is lunar."""
    if a.kind != "day" or b.kind != "cycle" or a.year or a.last or not (a.day and a.month) or b.edge:
        return False
    return 0 <= b.start - a.end < 14 and _LUNAR_GAP.fullmatch(folded, a.end, b.start) is not None


def _apposed(a: Expression, b: Atom, gap: str) -> bool:
    head = a.head
    if "tức" in gap or "nhằm" in gap or (b.kind == "lunar" and "(" in gap):
        return b.kind in ("day", "lunar") and (head.kind == "lunar") != (b.kind == "lunar")
    if b.kind == "day" and not b.relative:
        if (
            (head.kind == "day" and head.relative)
            or (head.kind == "ago" and head.unit == "day")
            or head.kind in ("anaphor", "weekend", "lunar")
            or head.kind == "week"
        ):
            return "(" in gap or b.rule != "day-bare"
        return False
    return b.kind in ("year", "month") and not b.relative and head.kind == b.kind and head.relative and "(" in gap


def expressions(reading: Reading, atoms: list[Atom]) -> list[Expression]:
    """Atoms joined into expressions, in text order."""
    text, folded = reading.text, reading.folded
    out: list[Expression] = []
    i = 0
    while i < len(atoms):
        atom = atoms[i]
        if i + 1 < len(atoms) and _of_lunar_year(atom, atoms[i + 1], folded):
            atom.kind, atom.end, atom.part, atom.year = "lunar", atoms[i + 1].end, atoms[i + 1].part, atoms[i + 1].year
            i += 1
        expression = Expression(atom.start, atom.end, "single", [atom])
        if i + 1 < len(atoms) and 0 < atoms[i + 1].start - atom.end < 16:
            gap = folded[atom.end : atoms[i + 1].start]
            joined = _TO.fullmatch(gap) is not None and _in_range(atom, atoms[i + 1], gap)
            joined = (
                joined and not text[atom.end : atoms[i + 1].start].lstrip()[:1].isupper()
            )  # "Đến" begins a sentence
            joined = joined or _night(atom, atoms[i + 1], folded)
            if joined and _BEGUN.search(folded, max(0, atom.start - 60), atom.start) is None:
                expression = Expression(atom.start, atoms[i + 1].end, "range", [atom, atoms[i + 1]])
                i += 1
        if expression.relation == "range" or (
            atom.last is not None and atom.kind != "school" and atom.rule not in ("century", "decade")
        ):
            expression.start = _from(reading, expression.start)
        while i + 1 < len(atoms) and 0 < atoms[i + 1].start - expression.end < 20:
            other = atoms[i + 1]
            gap = folded[expression.end : other.start]
            if not (_BESIDE.fullmatch(gap) and _apposed(expression, other, gap)):
                break
            if expression.head.kind == "anaphor" and expression.head.offset == 0 and "(" in gap:
                expression.given = other
                other.firm = True
                break
            end = other.end
            if "(" in gap:
                if solar := _SOLAR.match(folded, end):
                    end = solar.end()
                if text[end : end + 1] != ")":
                    break
                end += 1
            expression.beside.append(other)
            expression.end = end
            i += 1
        out.append(expression)
        i += 1
    _lend(folded, out)
    return out


_AND = regex.compile(r",?[ ](?:và[ ]|hoặc[ ]|rồi[ ])?|[ ]?;[ ]")


def _lend(folded: str, found: list[Expression]) -> None:
    """In a list the year of the last stands for the ones before it."""
    for left, right in zip(reversed(found[:-1]), reversed(found[1:]), strict=False):
        a, b = left.head, right.head
        if (
            a.kind != b.kind
            or a.kind not in ("day", "month", "quarter")
            or a.year
            or a.relative
            or left.relation == "range"
        ):
            continue
        year = b.year or right.lent
        if year and right.start - left.end < 8 and _AND.fullmatch(folded[left.end : right.start]):
            earlier = (a.month or 0, a.day or 0, a.part or 0) <= (b.month or 0, b.day or 0, b.part or 0)
            left.lent = year if earlier else year - 1
