"""Records as tidy tables: one a field, joined by `id`; the Arrow schemas follow from the record contract."""

from __future__ import annotations

import types
from collections.abc import Iterable
from datetime import date
from functools import cache, lru_cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from extractor.batch.layout import TABLES
from extractor.batch.store import Store
from extractor.gazetteer import display, gazetteer
from extractor.records import FIELDS, Official, Position, Provenance, Record

_ITEMS: dict[str, type[BaseModel]] = {name: model for name, model in FIELDS.items() if model is not Official}
_PLAIN: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}
Row = dict[str, Any]

# Tables whose rows have a place, and the column of its code: a commune's code does not tell its district or province.
PLACED = {"locations": "code", "positions": "place_code", "figures": "place_code"}
LEVELS = ("province", "district", "commune")
PLACE_COLUMNS = tuple(column for level in LEVELS for column in (f"{level}_code", level))


def _arrow(annotation: Any) -> pa.DataType:
    if annotation in _PLAIN:
        return _PLAIN[annotation]
    origin, args = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return pa.string()
    if origin in (Union, types.UnionType):
        return _arrow(next(a for a in args if a is not type(None)))
    if origin is tuple:
        return pa.list_(_arrow(args[0]))
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return pa.struct(_columns(annotation))
    raise TypeError(f"no Arrow type for {annotation!r}")


def _columns(model: type[BaseModel], *, without: Iterable[str] = ()) -> list[pa.Field]:
    hints = get_type_hints(model)
    out: list[pa.Field] = []
    for name in model.model_fields:
        if name in without:
            continue
        if Provenance in (hints[name], *get_args(hints[name])):
            out += _columns(Provenance)
        else:
            out.append(pa.field(name, _arrow(hints[name])))
    return out


@cache
def schemas() -> dict[str, pa.Schema]:
    """The Arrow schema of every table. `id` is the article's, `person` an official's number in its article."""
    key, person = pa.field("id", pa.string()), pa.field("person", pa.int64())
    placed = [pa.field(column, pa.string()) for column in PLACE_COLUMNS]
    items = {
        name: pa.schema([key, *_columns(model), *(placed if name in PLACED else ())]) for name, model in _ITEMS.items()
    }
    fields = ("officials", *items)
    out = {
        "articles": pa.schema(_columns(Record, without=fields)),
        "officials": pa.schema([key, person, *_columns(Official, without=["positions"])]),
        "positions": pa.schema([key, person, pa.field("name", pa.string()), *_columns(Position), *placed]),
    } | items
    return {name: out[name] for name in TABLES}


# Of a whole output, not of a record: which article repeats which, and the share of the shorter text they have in common.
DUPLICATES_SCHEMA = pa.schema([("id", pa.string()), ("of", pa.string()), ("share", pa.float64())])


# Of a whole output, too, where words were asked for: sentences as underthesea parts and segments them.
SENTENCES_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("number", pa.int64()),
        ("start", pa.int64()),
        ("end", pa.int64()),
        ("text", pa.string()),
        ("segmented", pa.string()),
    ]
)


def conform(name: str, table: pa.Table) -> pa.Table:
    """A table in the columns of today's schema: a column that it lacks is empty, one that is no longer kept left out."""
    schema = schemas()[name]
    if table.schema.equals(schema):
        return table
    columns = [
        table[f.name].cast(f.type) if f.name in table.column_names else pa.nulls(table.num_rows, f.type) for f in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def empty(name: str) -> pa.Table:
    """A table without rows."""
    return schemas()[name].empty_table()


def read_table(store: Store, file: str) -> pa.Table:
    """A table of an output. Raises `pa.ArrowException` for a file that is missing or damaged."""
    return pq.read_table(pa.BufferReader(store.read(file) or b""))


def rows(record: Record) -> dict[str, list[Row]]:
    """The rows of one record, by table."""
    plain = record.model_dump()
    key = plain["id"]
    out: dict[str, list[Row]] = {name: [{"id": key} | _flat(item) for item in plain.pop(name)] for name in _ITEMS}
    out["officials"], out["positions"] = [], []
    for number, person in enumerate(plain.pop("officials")):
        link = {"id": key, "person": number}
        for position in person.pop("positions"):
            out["positions"].append(link | {"name": person["name"]} | _flat(position))
        out["officials"].append(link | _flat(person))
    out["articles"] = [plain]
    day = record.published.isoformat() if record.published else None
    for name, column in PLACED.items():
        for row in out[name]:
            row |= place_columns(row[column], day)
    return out


@lru_cache(maxsize=4_000)
def place_columns(code: str | None, day: str | None) -> dict[str, str]:
    """Codes and names of a unit's province, district and commune on an ISO day, as far as it has them."""
    unit = gazetteer().at(code, day) if code else None
    if unit is None:
        return {}
    line = gazetteer().lineage(unit, day)
    return {f"{u.level}_code": u.code for u in line} | {u.level: display(u) for u in line}


def _flat(item: Row) -> Row:
    provenance: Row = item["provenance"] or {}
    return {k: v for k, v in item.items() if k != "provenance"} | provenance


def to_tables(records: Iterable[Record]) -> dict[str, pa.Table]:
    """All tables of some records, typed by `schemas`; a table without rows is there too."""
    collected: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in records:
        for name, some in rows(record).items():
            collected[name] += some
    return {name: pa.Table.from_pylist(collected[name], schema=schema) for name, schema in schemas().items()}
