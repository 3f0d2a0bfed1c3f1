"""Rows of `patterns/post_words.yaml`: closed classes of words around posts and persons, and expressions made of them."""

from __future__ import annotations

import difflib
from typing import ClassVar

from extractor.errors import PatternError
from extractor.rules import Row, Template, cache, load_rows, word_tree
from extractor.rules.lexica import unit_words
from extractor.text import fold

_FILE = "post_words.yaml"


class WordRow(Row):
    """Words of one `group`: a closed class that expressions and readers of posts ask for.

    `not_after` and `not_before` are words right before or behind which the forms mean something else.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("group",)

    group: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()

    @property
    def conditioned(self) -> bool:
        """Whether words beside it can take the meaning away."""
        return bool(self.not_after or self.not_before)


@cache
def _groups() -> dict[str, tuple[WordRow, ...]]:
    known = {row.group for row in load_rows("post_words.yaml", WordRow, base=True)}
    out: dict[str, tuple[WordRow, ...]] = {}
    for row in load_rows("post_words.yaml", WordRow):
        if row.group not in known:
            near = ", ".join(difflib.get_close_matches(row.group, known)) or "those of the package's file"
            raise PatternError(f"{_FILE}, row {row.id}, group: nothing asks for {row.group!r}; groups are {near}")
        out[row.group] = (*out.get(row.group, ()), row)
    return out


def word_rows(group: str) -> tuple[WordRow, ...]:
    """The rows of a group. Raises `PatternError` where there is none."""
    found = _groups().get(group)
    if found is None:
        raise PatternError(f"patterns/{_FILE}: no row of the group {group!r}")
    return found


@cache
def forms(group: str) -> frozenset[str]:
    """The forms of a group, folded. Raises `PatternError` where no row has the group."""
    return frozenset(fold(f) for row in word_rows(group) for f in row.forms)


@cache
def starts(group: str) -> tuple[str, ...]:
    """The forms of a group, folded, each with a blank behind it, for `startswith` and `endswith`."""
    return tuple(sorted(f"{form} " for form in forms(group)))


@cache
def names(group: str) -> tuple[str, ...]:
    """The forms of a group as written, in the order of the rows."""
    return tuple(f for row in word_rows(group) for f in row.forms)


def _tree(words: tuple[str, ...], *, written: bool = False) -> str:
    return word_tree(words if written else map(fold, words))


@cache
def expression(group: str) -> str:
    """The inside of an expression for a group: its rows' forms, each row under its own conditions.

    Forms are folded; those of a group `…-written` stand as they are, for the text itself.
    """
    if group == "unit":
        return word_tree(unit_words())
    written = group.endswith("-written")
    rows = word_rows(group)
    free = tuple(f for row in rows if not row.conditioned for f in row.forms)
    parts = [_tree(free, written=written)] if free else []
    parts += [_conditioned(row, written=written) for row in rows if row.conditioned]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _conditioned(row: WordRow, *, written: bool) -> str:
    """The forms of a row under its conditions."""
    before = rf"(?<!{_tree(row.not_after)}[ ])" if row.not_after else ""
    behind = rf"(?![ ]{_tree(row.not_before)})" if row.not_before else ""
    return before + _tree(row.forms, written=written) + behind


def template(text: str, flags: int = 0) -> Template:
    """An expression with slots for groups of `patterns/post_words.yaml`, `{unit}` for the type words of units."""
    return Template(text, expression, flags)
