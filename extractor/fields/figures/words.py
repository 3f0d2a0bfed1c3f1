"""The words by which attributes are found: rows of `patterns/figure_frames.yaml`, compiled once."""

from __future__ import annotations

from typing import ClassVar

import regex

from extractor.errors import PatternError
from extractor.rules import Row, Template, cache, load_rows, word_tree
from extractor.text import fold


class FrameRow(Row):
    """A set of words; `kind` says what they do (see the head of the file)."""

    ASKED: ClassVar[tuple[str, ...]] = ("kind",)

    kind: str


@cache
def _rows(kind: str) -> tuple[FrameRow, ...]:
    return tuple(row for row in load_rows("figure_frames.yaml", FrameRow) if row.kind == kind)


@cache
def source(kind: str) -> str:
    """The rows of a kind as one expression over folded text."""
    return "(?:" + "|".join(row.expression() for row in _rows(kind)) + ")"


@cache
def pattern(kind: str) -> regex.Pattern[str]:
    """The rows of a kind, compiled."""
    return regex.compile(source(kind))


@cache
def words_of(kind: str) -> frozenset[str]:
    """The literal forms of a kind, folded."""
    return frozenset(fold(form) for row in _rows(kind) for form in row.forms)


@cache
def slot(kind: str) -> str:
    """The literal forms of a kind as the inside of an expression, without borders. Raises `PatternError` where there are none."""
    found = words_of(kind)
    if not found:
        raise PatternError(f"patterns/figure_frames.yaml: no row of the kind {kind!r}")
    return word_tree(found)


def template(text: str, flags: int = 0) -> Template:
    """An expression with slots for the kinds of `patterns/figure_frames.yaml`."""
    return Template(text, slot, flags)


@cache
def right_before(kind: str, inner: str | None = None, most: int = 0) -> regex.Pattern[str]:
    """A phrase of a kind that ends right at a position, up to `most` words of the kind `inner` between."""
    between = rf"(?:{source(inner)}\s+){{0,{most}}}" if inner else ""
    return regex.compile(rf"{source(kind)}\s+{between}$")
