"""Tables of a whole dataset that stand beside those of its articles: which article repeats which, and the units that are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractor.batch.layout import DUPLICATES, SENTENCES, TABLES
from extractor.batch.tables import DUPLICATES_SCHEMA, LEVELS, PLACED, SENTENCES_SCHEMA, schemas
from extractor.dataset.places import UNIT_COLUMNS, unit_row
from extractor.dataset.source import Rows, marks_of

UNITS = "units"
EXPORTED = (*TABLES, DUPLICATES, UNITS)
_REAL = ("latitude", "longitude")
_REPEATS = re.compile(r"repeats (.+) \((\d+)% of the shorter text\)")  # as a file of records says it


@cache
def exported_schemas() -> dict[str, pa.Schema]:
    """The Arrow schema of every table of an export."""
    units = pa.schema([(name, pa.float64() if name in _REAL else pa.string()) for name in UNIT_COLUMNS])
    return schemas() | {DUPLICATES: DUPLICATES_SCHEMA, UNITS: units}


def schema_of(name: str) -> pa.Schema:
    """The Arrow schema of one table of an export, the sentences' of `--words` among them. Raises KeyError for another name."""
    return SENTENCES_SCHEMA if name == SENTENCES else exported_schemas()[name]


class Beside:
    """Gathers, from the rows of an export's articles, what belongs beside them."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._ids: set[str] = set()
        self._days: dict[str, str] = {}  # the latest day on which a unit is named, "" for none
        self._said: list[tuple[str, str, float]] = []

    def see(self, rows: Rows) -> None:
        """Take in the rows of one part."""
        days = {a["id"]: str(a["published"] or "") for a in rows["articles"]}
        self._ids.update(days)
        self._said += (mark for article in rows["articles"] for mark in _told(article))
        for name, column in PLACED.items():
            for row in rows[name]:
                for code in _codes(row, column):
                    self._days[code] = max(self._days.get(code, ""), days[row["id"]])

    def rows(self) -> Rows:
        """The rows of both tables: pairs of which both articles are there, and every unit that is named, with those above it."""
        marks = sorted(mark for mark in (*marks_of(self._source), *self._said) if self._ids.issuperset(mark[:2]))
        units = (unit_row(code, day or None) for code, day in sorted(self._days.items()))
        return {
            DUPLICATES: [dict(zip(DUPLICATES_SCHEMA.names, mark, strict=True)) for mark in marks],
            UNITS: [unit for unit in units if unit is not None],
        }


def _codes(row: Mapping[str, Any], column: str) -> Iterator[str]:
    above = (row.get(f"{level}_code") for level in LEVELS)
    yield from (code for code in (row[column], *(row.get("place_codes") or ()), *above) if code)


def _told(article: Mapping[str, Any]) -> Iterator[tuple[str, str, float]]:
    for warning in article["warnings"] or ():
        if warning["code"] == "duplicate" and (found := _REPEATS.fullmatch(warning["message"])):
            yield article["id"], found[1], int(found[2]) / 100
