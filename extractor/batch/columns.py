"""What the columns of the tables mean, in English and Vietnamese."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).parent.parent / "data" / "columns.tsv"


class Meaning(NamedTuple):
    """A column told in both languages."""

    english: str
    vietnamese: str


@cache
def _meanings() -> dict[tuple[str, str], Meaning]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(table, column): Meaning(english, vietnamese) for table, column, english, vietnamese in rows}


def meaning(table: str, column: str) -> Meaning | None:
    """What a column of a table holds; None for a column that nothing is written about."""
    known = _meanings()
    return known.get((table, column)) or known.get(("*", column))
