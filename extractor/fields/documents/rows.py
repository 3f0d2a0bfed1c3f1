"""Rows of `patterns/document_types.yaml` and `patterns/issuers.yaml`, and the lookups built from them."""

from __future__ import annotations

from typing import Literal

import regex

from extractor.rules import Row, cache, load_rows, word_tree
from extractor.text import fold


class TypeRow(Row):
    """A type of document: its canonical `name`, its `codes` in numbers, whether a `bare` number may follow its name, and
    whether it is `joint`: issued by all the bodies in its number."""

    name: str
    codes: tuple[str, ...] = ()
    bare: Literal["clear", "verb", "no"] = "no"
    joint: bool = False


class IssuerRow(Row):
    """An issuing body: full `name`, `codes` in numbers, whether a place completes its name, and the level it is always at."""

    name: str
    codes: tuple[str, ...] = ()
    place: Literal["none", "local"] = "none"
    level: Literal["province", "district", "commune"] | None = None


class WordRow(Row):
    """A word around numbers of documents, and where the grammar uses it."""

    group: Literal[
        "adjective",
        "follows",
        "counted",
        "numbered",
        "stop",
        "issues",
        "head",
        "ends-name",
        "office",
        "follows-others",
        "issues-document",
        "rules-in-document",
        "contract",
        "contract-code",
        "sample",
        "ministry",
        "scheme-before",
        "scheme-after",
    ]


@cache
def word_rows(group: str) -> tuple[WordRow, ...]:
    """The rows of a group of `patterns/document_words.yaml`."""
    return tuple(row for row in load_rows("document_words.yaml", WordRow) if row.group == group)


@cache
def words(group: str) -> str:
    """The forms of a group of `patterns/document_words.yaml` as the inside of a regular expression over folded text."""
    return word_tree(fold(f) for row in word_rows(group) for f in row.forms)


@cache
def types() -> tuple[TypeRow, ...]:
    """All types of documents."""
    return load_rows("document_types.yaml", TypeRow)


@cache
def issuers() -> tuple[IssuerRow, ...]:
    """All issuing bodies."""
    return load_rows("issuers.yaml", IssuerRow)


@cache
def type_forms() -> dict[str, TypeRow]:
    """Folded name → type."""
    return {fold(f): row for row in types() for f in row.forms}


@cache
def type_codes() -> dict[str, TypeRow]:
    """Code in capitals → type; the first row that has it."""
    out: dict[str, TypeRow] = {}
    for row in types():
        for code in row.codes:
            out.setdefault(code.upper(), row)
    return out


@cache
def issuer_codes() -> dict[str, IssuerRow]:
    """Code in capitals → issuing body."""
    return {code.upper(): row for row in issuers() for code in row.codes}


@cache
def issuer_forms() -> dict[str, IssuerRow]:
    """Folded name → issuing body."""
    return {fold(f): row for row in issuers() for f in row.forms}


@cache
def type_pattern() -> regex.Pattern[str]:
    """Any type word in folded text, longest first."""
    return regex.compile(rf"(?<![\p{{L}}\d]){word_tree(type_forms())}(?![\p{{L}}\d])")
