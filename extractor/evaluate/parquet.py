"""Output records read back from a folder of Parquet tables, one table a field."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.records import FIELDS, Position, Span

_PROVENANCE = ("layer", "rule", "confidence", "note", "candidates")


def is_dataset(folder: Path) -> bool:
    """Whether a folder holds the tables that `extractor extract -o FOLDER` writes."""
    return (folder / "articles").is_dir() and any((folder / "articles").glob("*.parquet"))


def _rows(folder: Path, name: str) -> list[dict[str, Any]]:
    import pyarrow.parquet as pq

    out: list[dict[str, Any]] = []
    for file in sorted((folder / name).glob("*.parquet")):
        try:
            out += pq.read_table(file).to_pylist()
        except (OSError, ValueError) as error:
            raise InputError(f"{file}: not a readable Parquet file ({error})") from None
    return out


def read_dataset(folder: Path) -> list[Json]:
    """Records with `text` and all fields; dates as ISO strings, provenance nested again."""
    records: dict[str, Json] = {}
    for row in _rows(folder, "articles"):
        records[row["id"]] = {**_iso(row), **{field: [] for field in FIELDS}}
    people: dict[tuple[str, int], Json] = {}
    for field in FIELDS:
        for row in _rows(folder, field):
            key = row.pop("id")
            person = row.pop("person", None)
            item = _iso(row)
            item = _nested(item, FIELDS[field])
            if person is not None:
                item["positions"] = []
                people[key, int(person)] = item
            if key in records:
                records[key][field].append(item)
    for row in _rows(folder, "positions"):
        owner = people.get((row.pop("id"), row.pop("person")))
        if owner is not None:
            owner["positions"].append(_nested(row, Position))
    return list(records.values())


def _nested(row: dict[str, Any], model: type[Span]) -> dict[str, Any]:
    """A row as the record has it: without the columns that follow from others (province, district), provenance nested."""
    provenance = {name: row[name] for name in _PROVENANCE if name in row}
    told = provenance if provenance.get("rule") else None
    return {name: row[name] for name in model.model_fields if name in row} | {"provenance": told}


def _iso(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in row.items()}
