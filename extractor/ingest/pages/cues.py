"""What a portal's lines, labels and class names say about themselves: the rows of `patterns/pages.yaml`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import ClassVar, Literal

import regex

from extractor.compiled import compiled
from extractor.rules import Row, cache, load_rows
from extractor.text import fold

CueKind = Literal[
    "end", "comments", "noise", "counter", "source", "author", "own-date", "clock", "licence", "site", "caption",
    "weekday", "month", "function", "name-title", "name-date", "name-body", "name-away", "name-clock",
]  # fmt: skip
_LINE = 260  # characters of the longest line that a line's cue is looked for in


class CueRow(Row):
    """A row of `patterns/pages.yaml`: what a line or a name that matches is taken for."""

    ASKED: ClassVar[tuple[str, ...]] = ("kind",)

    kind: CueKind
    value: int | None = None


@cache
def values(kind: CueKind) -> dict[str, int]:
    """The folded forms of a kind whose rows have a value, to that value."""
    rows = [row for row in load_rows("pages.yaml", CueRow) if row.kind == kind]
    return {fold(form): row.value for row in rows if row.value is not None for form in row.forms}


@cache
def forms(kind: CueKind) -> frozenset[str]:
    """The folded forms of a kind."""
    return frozenset(fold(f) for row in load_rows("pages.yaml", CueRow) if row.kind == kind for f in row.forms)


@cache
def _rows() -> dict[str, tuple[regex.Pattern[str], ...]]:
    out: dict[str, list[regex.Pattern[str]]] = {}
    for row in load_rows("pages.yaml", CueRow):
        out.setdefault(row.kind, []).append(compiled(row.expression()))
    return {kind: tuple(patterns) for kind, patterns in out.items()}


@cache
def _asked() -> Callable[[str, str], bool]:
    """The rows' answer with the last ones remembered: pages of a site ask the same again and again."""
    rows = _rows()

    @lru_cache(maxsize=20_000)
    def asked(kind: str, folded: str) -> bool:
        return any(p.search(folded) for p in rows[kind])

    return asked


def says(kind: CueKind, folded: str) -> bool:
    """Whether a folded line (or lower-case class names, for the `name-` kinds) shows a cue."""
    if len(folded) > _LINE and not kind.startswith("name-"):
        return False
    return _asked()(kind, folded)
