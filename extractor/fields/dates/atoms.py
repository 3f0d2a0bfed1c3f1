"""What the text says of one date: its parts as written, a missing part is None and is filled in by `dates_resolve`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

import regex

from extractor.fields.dates.rows import Group, meaning, row_of

Kind = Literal[
    "day", "month", "quarter", "months", "year", "years", "school", "week", "weekend", "anaphor", "lunar", "ago", "cycle", "holiday"
]  # fmt: skip


Form = Literal["", "spelled", "figures", "bare", "list", "era", "to-date", "own-edge", "lunar", "feast"]
"""How a date is written: in words, in figures, a day or year without more, one of a list, a century or decade, up to today,
an edge of the article's own year, a lunar day by its name, a feast; empty for all that nothing asks of."""


@dataclass(slots=True)
class Atom:
    """One expression: span, kind, the parts written, and how firmly it is a date (`firm`) rather than a bare number.

    `part` is the number of a quarter or of N months, or the place of a year in the sixty-year cycle; `last` the last year,
    month or day of a run; `unit` and `offset` the meaning of relative words; `edge` that `đầu` or `cuối` stands before it;
    `short` that the year has two digits (the century is not known yet), `leap` that the lunar month is the second of its name,
    `form` how it is written.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    part: int | None = None
    last: int | None = None
    last_month: int | None = None
    unit: str | None = None
    offset: int = 0
    weekday: int | None = None
    firm: bool = True
    relative: bool = False
    edge: str | None = None
    short: bool = False
    leap: bool = False
    form: Form = ""


YEAR = r"(?:1[0-9]|20|21)\d\d"
DAY = r"(?:0?[1-9]|[12]\d|3[01])"


def full_year(text: str | None) -> int | None:
    """`2018` → 2018, `18` → 2018 for now (`century` decides); None for None."""
    if not text:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def take_year(m: regex.Match[str], atom: Atom) -> None:
    """Fill in the year of a month or quarter from the groups `y`, `ry` (`năm nay`) and `rm` (`tới`)."""
    groups = m.groupdict()
    if groups.get("y"):
        atom.year = int(groups["y"])
    elif groups.get("yy"):
        atom.year, atom.short = full_year(groups["yy"]), True
    elif groups.get("ry"):
        atom.unit, atom.offset, atom.relative = "year", year_offset(groups["ry"]), True
    elif groups.get("rm"):
        atom.unit, atom.offset, atom.relative = "next", row_of("month-way", groups["rm"]).offset, True


PLANS = 12  # years ahead that a text may plan for: "31/12/30" in 2019
PIVOT = 2030  # where nothing tells the text's own time: "75" is 1975, "25" 2025


def century(atom: Atom, today: date | None, *, ahead: bool) -> None:
    """The century of a year in two digits: the last one that has been, unless the sentence looks `ahead`."""
    if atom.year is None:
        return
    limit = PIVOT if today is None else today.year + (PLANS if ahead else 1)
    if atom.year > limit:
        atom.year -= 100
    atom.short = False


def year_offset(word: str) -> int:
    """`năm ngoái` or `ngoái` → -1."""
    word = " ".join(word.split())
    rows = (meaning(group).get(word) for group in _YEAR_WAYS)
    return next((row.offset for row in rows if row is not None), 0)


_YEAR_WAYS: tuple[Group, ...] = ("relative", "year-way", "later", "year-past")
