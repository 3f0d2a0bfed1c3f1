"""Countries and organisations of states: rows of `patterns/countries.yaml`, and the code of a name."""

from __future__ import annotations

from extractor.rules.rows import Row, load_rows
from extractor.rules.sets import cache
from extractor.text import fold


class CountryRow(Row):
    """A country under all its names; `code` is ISO 3166-1 alpha-2, None for organisations of states."""

    code: str | None = None


@cache
def country_rows() -> tuple[CountryRow, ...]:
    """All countries. Raises `PatternError` for a malformed file."""
    return load_rows("countries.yaml", CountryRow)


@cache
def _codes() -> dict[str, str]:
    return {" ".join(fold(f).split()): row.code or row.id for row in country_rows() for f in row.forms}


def country_code(name: str) -> str | None:
    """The code of a country by its name ("Pháp": `FR`), the row's id of an organisation of states; None for other words."""
    return _codes().get(" ".join(fold(name).split()))
