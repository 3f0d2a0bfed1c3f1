"""Countries and organisations of states: rows of `patterns/countries.yaml`, and the code of a name."""

from __future__ import annotations

from typing import ClassVar

from extractor.rules.rows import Row, load_rows
from extractor.rules.sets import cache
from extractor.text import fold


class CountryRow(Row):
    """A country under all its names; `code` is ISO 3166-1 alpha-2, None for organisations of states.

    The first form is the name in keys. `tells` are towns, parts and bodies of it that tell it where no country is named.
    """

    SPELT: ClassVar[tuple[str, ...]] = ("tells",)

    code: str | None = None
    tells: tuple[str, ...] = ()


@cache
def country_rows() -> tuple[CountryRow, ...]:
    """All countries. Raises `PatternError` for a malformed file."""
    return load_rows("countries.yaml", CountryRow)


@cache
def _named() -> dict[str, CountryRow]:
    return {_key(f): row for row in country_rows() for f in row.forms}


@cache
def _told() -> dict[str, str]:
    return {_key(f): row.code or row.id for row in country_rows() for f in row.tells}


@cache
def _first_names() -> dict[str, str]:
    return {row.code or row.id: row.forms[0] for row in country_rows()}


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def country_code(name: str) -> str | None:
    """The code of a country by its name ("Pháp": `FR`), the row's id of an organisation of states; None for other words."""
    row = _named().get(_key(name))
    return None if row is None else row.code or row.id


def told_country(name: str) -> str | None:
    """The same, also by a town, a part or a body of the country that tells it ("Seoul": `KR`)."""
    return country_code(name) or _told().get(_key(name))


def first_name(name_or_code: str) -> str | None:
    """The first name of a country by any of its names or by its code ("Hoa Kỳ", `US`: "Mỹ"); None for other words."""
    row = _named().get(_key(name_or_code))
    return row.forms[0] if row is not None else _first_names().get(name_or_code)
