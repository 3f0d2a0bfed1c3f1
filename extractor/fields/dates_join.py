"""Atoms that belong together: ranges (`từ ngày 10 đến 15/12`) and appositions (`hôm nay (8-2)`)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import regex

from extractor.fields.dates_grammar import Atom
from extractor.models import Reading

_TO = regex.compile(r"[ ]?-[ ]?(?:hết[ ])?|[ ](?:cho[ ])?(?:đến|tới)[ ](?:hết[ ]|khoảng[ ])?(?:vào[ ])?")
_BESIDE = regex.compile(r",?[ ](?:tức[ ](?:là[ ])?|nhằm[ ])?|[ ]?\((?:tức[ ](?:là[ ])?|nhằm[ ])?(?:từ[ ])?|,?[ ]?tức[ ](?:là[ ])?(?:từ[ ])?")
_FROM = regex.compile(r"(?<![\p{L}\d])từ[ ](?:khoảng[ ])?$")
_CALENDAR = ("day", "month", "quarter", "year", "half", "months")


@dataclass(slots=True)
class Expression:
    """One date expression: its span, and the atoms whose values make it (`range`: first and last; `single`: the first)."""

    start: int
    end: int
    relation: Literal["single", "range"]
    atoms: list[Atom] = field(default_factory=list)
    beside: list[Atom] = field(default_factory=list)

    @property
    def head(self) -> Atom:
        """The atom that gives the value of a single expression."""
        return self.atoms[0]


def _in_range(a: Atom, b: Atom, gap: str) -> bool:
    if a.kind not in _CALENDAR or b.kind not in _CALENDAR or a.last is not None and a.kind != "day":
        return False
    if a.relative and a.unit == "day" and b.relative:
        return False
    if "-" in gap and not a.firm and not b.firm:
        # 3-5 beside 7-9 are numbers; 1930-2010 is one atom already
        return a.kind == b.kind == "day" and a.rule == b.rule == "day-numeric" and len(gap.strip()) == 1
    if b.rule == "day-list" or a.rule == "year-to-date":
        return False
    return not (a.kind == "year" and b.kind == "day" and b.rule == "day-bare")


def _from(reading: Reading, start: int) -> int:
    m = _FROM.search(reading.folded[max(0, start - 14) : start])
    return start - len(m.group()) if m else start


def _apposed(a: Expression, b: Atom, gap: str) -> bool:
    head = a.head
    if "tức" in gap or "nhằm" in gap or b.kind == "lunar" and "(" in gap:
        return b.kind in ("day", "lunar") and (head.kind == "lunar") != (b.kind == "lunar")
    if b.kind == "day" and not b.relative:
        if head.kind == "day" and head.relative or head.kind in ("anaphor", "weekend", "lunar") or head.kind == "week":
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
        expression = Expression(atom.start, atom.end, "single", [atom])
        if i + 1 < len(atoms) and 0 < (n := atoms[i + 1].start - atom.end) < 16:
            gap = folded[atom.end : atoms[i + 1].start]
            if _TO.fullmatch(gap) and _in_range(atom, atoms[i + 1], gap):
                expression = Expression(atom.start, atoms[i + 1].end, "range", [atom, atoms[i + 1]])
                i += 1
        if expression.relation == "range" or atom.last is not None and atom.kind != "school":
            expression.start = _from(reading, expression.start)
        while i + 1 < len(atoms) and 0 < (n := atoms[i + 1].start - expression.end) < 14:
            other = atoms[i + 1]
            gap = folded[expression.end : other.start]
            if not (_BESIDE.fullmatch(gap) and _apposed(expression, other, gap)):
                break
            end = other.end
            if "(" in gap:
                if text[end : end + 1] != ")":
                    break
                end += 1
            expression.beside.append(other)
            expression.end = end
            i += 1
        out.append(expression)
        i += 1
    return out
