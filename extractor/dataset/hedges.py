"""Doubt that stands beside a figure and not in its quote ("ước đạt 75,5%"), and periods whose end is meant ("hết năm 2016")."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractor.fields.figures.rows import ComparatorRow
from extractor.rules import load_rows
from extractor.text import fold

AROUND = 24  # code points before a number that are looked at
_WORDS = 2  # before the number, one of which may be the word of doubt: a verb stands between them


def hedged(before: str) -> bool:
    """Whether one of the last words before a number says that it is an estimate; `before` is of the same sentence."""
    last = fold(before).split()[-_WORDS:]
    return any(word in last for word in _estimates())


def meant_end(period: str | None) -> bool:
    """Whether a period's words say that the figure holds at its end."""
    words = tuple(fold(period or "").split())
    return any(words[: len(opening)] == opening for opening in _openings())


@cache
def _estimates() -> frozenset[str]:
    rows = load_rows("comparators.yaml", ComparatorRow)
    return frozenset(fold(form) for row in rows if row.comparator == "approx" for form in row.forms)


@cache
def _openings() -> tuple[tuple[str, ...], ...]:
    text = (files("extractor") / "data" / "period_ends.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))
