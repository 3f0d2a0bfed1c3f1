"""Rows of `patterns/post_keys.yaml`: which wordings of bodies, roles and countries are one when articles are compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from extractor.fields.officials.marks import Forms
from extractor.fields.officials.rows import BodyRow, key, lexicon
from extractor.rules import Row, cache, load_rows
from extractor.rules.countries import country_rows

Use = Literal["same", "seat", "alone", "organ", "nation", "before", "several", "member", "span", "bare"]


class KeyRow(Row):
    """Forms that a key treats alike; `use` tells where they stand, `type` the body type they become."""

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    use: Use
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows compiled: forms to body types, roles to the body they name, the countries."""

    heads: Forms
    types: dict[str, str]
    rows: dict[str, BodyRow]  # by id
    seats: dict[str, str]
    alone: dict[str, str]
    organs: Forms
    nation: Forms
    countries: Forms
    before: tuple[str, ...]
    several: frozenset[str]
    members: frozenset[str]
    span: frozenset[str]
    bare: frozenset[str]  # keys of persons whose bare post is part of what they are called


@cache
def keys() -> Keys:
    """The compiled rows. Raises `PatternError` for a malformed file."""
    rows = load_rows("post_keys.yaml", KeyRow)
    table = lexicon()

    def forms(use: Use) -> dict[str, str]:
        return {key(f): row.type or row.id for row in rows if row.use == use for f in row.forms}

    same = forms("same")
    types = {form: row.id for form, row in table.bodies.items()} | same
    return Keys(
        heads=Forms(types),
        types=types,
        rows={row.id: row for row in table.bodies.values()},
        seats=forms("seat"),
        alone=forms("alone"),
        organs=Forms(forms("organ")),
        nation=Forms(forms("nation")),
        countries=Forms(f for row in country_rows() for f in row.forms),
        before=tuple(sorted((f + " " for f in forms("before")), key=len, reverse=True)),
        several=frozenset(forms("several")),
        members=frozenset(forms("member")),
        span=frozenset(forms("span")),
        bare=frozenset(forms("bare")),
    )
