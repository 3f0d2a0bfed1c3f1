"""Lists of words that several fields share: type words of units, provinces of the past."""

from __future__ import annotations

from typing import ClassVar, Literal

from extractor.rules.forms import Template, word_tree
from extractor.rules.rows import Row, load_rows
from extractor.rules.sets import cache
from extractor.text import fold

LevelName = Literal["province", "district", "commune"]
UnitKind = Literal[
    "province", "city", "rural-district", "urban-district", "town", "commune", "ward", "township", "special-zone"
]


class LevelRow(Row):
    """A type word of units: the full `word`, the gazetteer's `type` and its `kind`, the `levels` it can mean, its
    `short` forms.

    `capitals`: also read where it stands in capitals; `body`: a body's word that stands for its unit ("Thành ủy").
    """

    word: str
    type: str
    kind: UnitKind | None = None
    levels: tuple[LevelName, ...]
    short: tuple[str, ...] = ()
    capitals: bool = False
    body: bool = False


@cache
def level_rows() -> tuple[LevelRow, ...]:
    """All type words of units."""
    return load_rows("levels.yaml", LevelRow)


WordUse = Literal[
    "abbreviation", "day", "calendar", "half-word", "birth", "age", "month-short", "year", "no-place",
    "saved-files",
]  # fmt: skip


class WordRow(Row):
    """A closed class of words that no one field owns; `use` names it."""

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    use: WordUse


@cache
def words(use: WordUse) -> str:
    """The words of a class as the inside of an expression over folded text. Raises `PatternError` for a malformed file."""
    return word_tree(fold(f) for row in load_rows("words.yaml", WordRow) if row.use == use for f in row.forms)


def template(text: str, flags: int = 0) -> Template:
    """An expression with slots for the classes of `patterns/words.yaml`."""
    return Template(text, words, flags)  # type: ignore[arg-type]


@cache
def unit_type(kind: UnitKind) -> str:
    """The gazetteer's word for a kind of unit, as the official lists write it."""
    return next(row.type for row in load_rows("levels.yaml", LevelRow, base=True) if row.kind == kind)


@cache
def unit_words() -> dict[str, LevelRow]:
    """Full type word, folded → its row; no body's words."""
    return {fold(f): row for row in level_rows() if not row.body for f in row.forms}


@cache
def unit_forms() -> dict[str, str]:
    """Every form of a type word, abbreviations among them, folded → the full word."""
    return {fold(f): row.word for row in level_rows() if not row.body for f in (*row.forms, *row.short)}


@cache
def former_provinces() -> frozenset[str]:
    """Names of provinces that were gone before 2017, as written."""
    return frozenset(f for row in load_rows("former_provinces.yaml", Row) for f in row.forms)
