"""Rows of `patterns/document_types.yaml` and `patterns/issuers.yaml`, and the lookups built from them."""

from __future__ import annotations

from typing import ClassVar, Literal

import regex

from extractor.rules import Row, Template, cache, load_rows, word_tree
from extractor.rules.lexica import unit_forms
from extractor.text import fold

Group = Literal[
    "adjective", "follows", "counted", "numbered", "stop", "issues", "head", "ends-name", "office",
    "follows-others", "issues-document", "rules-in-document", "contract", "contract-code", "sample", "ministry",
    "scheme-before", "scheme-after", "city", "glued-city", "word-in-name", "area", "committee", "own-name",
    "city-party", "agency", "signed", "day", "some-day", "date-lead", "month", "year", "into", "by", "of",
    "and-others", "at", "several", "some", "subject-lead", "obeys", "acts-by", "deputy", "party-tail",
    "union-tail", "same-day", "day-lead", "in-document", "not-in-name", "rule-lead", "amended", "enacted",
    "not-a-law", "code-lead", "number-word", "number-words", "bears", "document-number", "and-or", "and", "enacts",
    "no-subject", "rule-code", "dash-code", "stem", "short-code", "year-code",
]  # fmt: skip


class TypeRow(Row):
    """A type of document: its canonical `name`, its `codes` in numbers, whether a `bare` number may follow its name, and
    whether it is `joint`: issued by all the bodies in its number.

    `issuer`: the one body that issues it; `law`: its name needs no "số" before a number; `generic`: any document, whose type
    the suffix tells; `with_subject`: a subject may stand between word and bare number; `ministerial`: only ministries issue
    it; `nameless`: no body before it issues it; `urgent`: a number alone is a province's; `directive`: see `IssuerRow`;
    `of_assembly`: the National Assembly's number alone tells it; `otherwise`: the type where nothing tells one; `party_codes`:
    codes that mean it in the Party's numbers.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("otherwise", "of_assembly", "law")

    SPELT = ("codes", "party_codes")

    name: str
    codes: tuple[str, ...] = ()
    bare: Literal["clear", "verb", "no"] = "no"
    joint: bool = False
    issuer: str | None = None
    law: bool = False
    generic: bool = False
    with_subject: bool = False
    ministerial: bool = False
    nameless: bool = False
    urgent: bool = False
    directive: bool = False
    of_assembly: bool = False
    otherwise: bool = False
    party_codes: tuple[str, ...] = ()


class IssuerRow(Row):
    """An issuing body: full `name`, `codes` in numbers, whether a place completes its name, and the level it is always at.

    `unit`: the word of the units of that level; `scheme`: the words also mean what people take part in; `nationwide`: the name
    where no place is known; `related`: ids of other rows that a code of this one can mean; `elected`: one a unit at every
    level; `unplaced`: no place is guessed; `in_city`, `in_province`: its names there; `head_drops`: what falls off the name
    after its head's title; `party`: the Party's centre; `directives`: whose a Party directive is.
    """

    SPELT = ("codes",)

    name: str
    codes: tuple[str, ...] = ()
    place: Literal["none", "local"] = "none"
    level: Literal["province", "district", "commune"] | None = None
    unit: str | None = None
    scheme: bool = False
    nationwide: str | None = None
    related: tuple[str, ...] = ()
    elected: bool = False
    unplaced: bool = False
    in_city: str | None = None
    in_province: str | None = None
    head_drops: str | None = None
    party: bool = False
    directives: Literal["named", "else"] | None = None


class WordRow(Row):
    """A word around numbers of documents, and where the grammar uses it; `name`: the full name that its forms stand for."""

    ASKED: ClassVar[tuple[str, ...]] = ("group",)

    group: Group
    name: str | None = None


@cache
def word_rows(group: str) -> tuple[WordRow, ...]:
    """The rows of a group of `patterns/document_words.yaml`."""
    return tuple(row for row in load_rows("document_words.yaml", WordRow) if row.group == group)


@cache
def words(group: str) -> str:
    """The forms of a group of `patterns/document_words.yaml` as the inside of a regular expression over folded text."""
    return word_tree(fold(f) for row in word_rows(group) for f in row.forms)


@cache
def forms(group: str) -> frozenset[str]:
    """The forms of a group, folded."""
    return frozenset(fold(f) for row in word_rows(group) for f in row.forms)


@cache
def full_names(group: str) -> dict[str, str]:
    """Folded form → the full name that it stands for."""
    return {fold(f): row.name for row in word_rows(group) if row.name for f in row.forms}


@cache
def codes(group: str) -> frozenset[str]:
    """The forms of a group as written: codes of numbers."""
    return frozenset(f for row in word_rows(group) for f in row.forms)


def template(text: str) -> Template:
    """An expression with slots for groups of `patterns/document_words.yaml`, `{unit}` for the type words of units, `{type}`
    for the words of types of documents."""
    return Template(text, _slot)


def _slot(name: str) -> str:
    if name == "unit":
        return word_tree(unit_forms())
    if name == "type":
        return word_tree(type_forms())
    if name.endswith("-code"):
        return word_tree(codes(name))
    return words(name)


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
