"""Rows of `patterns/post_words.yaml`: closed classes of words around posts and persons, and expressions made of them."""

from __future__ import annotations

from extractor.errors import PatternError
from extractor.rules import Row, Template, cache, load_rows, word_tree
from extractor.rules.lexica import unit_words
from extractor.text import fold


class WordRow(Row):
    """Words of one `group`: a closed class that expressions and readers of posts ask for.

    `not_after` and `not_before` are words right before or behind which the forms mean something else.
    """

    group: str
    not_after: tuple[str, ...] = ()
    not_before: tuple[str, ...] = ()


@cache
def _groups() -> dict[str, tuple[WordRow, ...]]:
    out: dict[str, tuple[WordRow, ...]] = {}
    for row in load_rows("post_words.yaml", WordRow):
        out[row.group] = (*out.get(row.group, ()), row)
    return out


def word_rows(group: str) -> tuple[WordRow, ...]:
    """The rows of a group. Raises `PatternError` where there is none."""
    found = _groups().get(group)
    if found is None:
        raise PatternError(f"patterns/post_words.yaml: no row of the group {group!r}")
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


def _tree(words: tuple[str, ...]) -> str:
    return word_tree(fold(w) for w in words)


@cache
def expression(group: str) -> str:
    """The inside of an expression for a group: its rows' forms, each row under its own conditions."""
    if group == "unit":
        return word_tree(unit_words())
    rows = word_rows(group)
    free = tuple(f for row in rows if not (row.not_after or row.not_before) for f in row.forms)
    parts = [_tree(free)] if free else []
    for row in rows:
        if row.not_after or row.not_before:
            before = rf"(?<!{_tree(row.not_after)}[ ])" if row.not_after else ""
            behind = rf"(?![ ]{_tree(row.not_before)})" if row.not_before else ""
            parts.append(before + _tree(row.forms) + behind)
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def template(text: str, flags: int = 0) -> Template:
    """An expression with slots for groups of `patterns/post_words.yaml`, `{unit}` for the type words of units."""
    return Template(text, expression, flags)
