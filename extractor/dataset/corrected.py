"""A user's corrections of readings, applied to the rows of articles before they are written: replaced, hidden, or only noted.

What is replaced has the layer `correction`, confidence 1, and what it was in its note. The table `corrections` tells of every
line what it did.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from extractor.batch.tables import PLACE_COLUMNS, place_columns
from extractor.dataset.corrections import LAYER, NOTED, Correction
from extractor.dataset.database import Database
from extractor.dataset.source import Rows
from extractor.fields.officials.body_keys import read_body
from extractor.gazetteer import display, gazetteer
from extractor.records import NATION
from extractor.values.documents import canonical

Row = dict[str, Any]
Readings = Mapping[str, Sequence[Correction]]
COLUMNS = ("id", "field", "start", "end", "text", "wrong", "should", "was", "effect")
CREATE = """
CREATE TABLE corrections (
    id TEXT NOT NULL, field TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, text TEXT NOT NULL, wrong TEXT NOT NULL,
    should TEXT NOT NULL, was TEXT, effect TEXT NOT NULL
);
CREATE INDEX corrections_id ON corrections (id);
"""
_SHOWN: dict[str, dict[str, tuple[str, ...]]] = {  # the columns that `was` tells, by what is wrong
    "figures": {
        "value": ("value", "value_max"),
        "place": ("place_code", "place"),
        "period": ("period_value", "period"),
        "programme": ("programme",),
        "indicator": ("indicator",),
        "status": ("status",),
        "unit": ("unit",),
        "group": ("group",),
    },
    "positions": {
        "role": ("role", "body"),
        "place": ("place_code",),
        "period": ("since", "until"),
        "person": ("name",),
    },
    "locations": {"place": ("code", "name")},
    "dates": {"value": ("value",)},
    "documents": {"value": ("number",)},
}


def apply(tables: Rows, readings: Readings) -> list[Row]:
    """Do what corrections say to the rows of some articles, in place; a row of the table `corrections` for each.

    Its `effect` is `replaced`, `hidden`, `noted` (nothing is to be done), `other-words` (the text has other words there), or
    `not-read` (no such item stands there).
    """
    done = []
    for article in tables["articles"]:
        for one in readings.get(article["id"], ()):
            was, effect = _apply(tables, article, one)
            done.append(one.model_dump() | {"was": was, "effect": effect})
    return done


def _apply(tables: Rows, article: Row, one: Correction) -> tuple[str | None, str]:
    if article["text"][one.start : one.end] != one.text:
        return None, "other-words"
    if one.wrong in NOTED:
        return None, "noted"
    found = [row for row in tables[one.field] if row["id"] == one.id and _stands(row, one)]
    if not found:
        return None, "not-read"
    was = _was(found[0], one)
    if one.value is None or one.wrong == "span":
        _hide(tables, one, found)
        return was, "hidden"
    day = str(article["published"]) if article["published"] else None
    for row in found:
        if not _SETTERS[one.field, one.wrong](row, one.value, day, tables):
            return was, "not-read"
        row |= {"layer": LAYER, "rule": one.wrong, "confidence": 1.0, "note": was, "candidates": None}
    return was, "replaced"


def _stands(row: Row, one: Correction) -> bool:
    if (row["start"], row["end"]) == (one.start, one.end):
        return True
    mentions = row.get("mentions") if one.field == "officials" else None
    listed = json.loads(mentions) if isinstance(mentions, str) else mentions or ()
    return any((m["start"], m["end"]) == (one.start, one.end) for m in listed)


def _was(row: Row, one: Correction) -> str:
    names: tuple[str, ...] = _SHOWN.get(one.field, {}).get(one.wrong, ("text",))
    return " ".join(_plain(row[name]) for name in names if row.get(name) is not None)


def _plain(value: Any) -> str:
    return f"{value:.12g}" if isinstance(value, float) else str(value)


def _hide(tables: Rows, one: Correction, found: Sequence[Row]) -> None:
    gone = {id(row) for row in found}
    tables[one.field] = [row for row in tables[one.field] if id(row) not in gone]
    if one.field == "officials":  # whose posts and number are no one's then
        people = {row["person"] for row in found}
        tables["positions"] = [p for p in tables["positions"] if p["id"] != one.id or p["person"] not in people]


def _figure_value(row: Row, value: Row, _day: str | None, _tables: Rows) -> bool:
    high = value["value_max"]
    row |= {"value": value["value"], "value_max": high, "comparator": "eq" if high is None else "approx"}
    return True


def _figure_place(row: Row, value: Row, day: str | None, _tables: Rows) -> bool:
    code = value["code"]
    row |= {"place_code": code, "place_codes": [code], "place": _named(code, day), "place_inherited": False}
    _locate(row, code, day)
    return True


def _figure_period(row: Row, value: Row, _day: str | None, _tables: Rows) -> bool:
    row |= {"period": None, "period_value": value["value"], "period_inherited": False}
    row |= {name: value[name] for name in ("start_date", "end_date")}
    return True


def _columns(row: Row, value: Row, _day: str | None, _tables: Rows) -> bool:
    """A value whose keys are the columns that it sets."""
    row |= value
    return True


def _post_role(row: Row, value: Row, day: str | None, _tables: Rows) -> bool:
    body = value["body"] or row["body_resolved"] or row["body"]
    row |= {"role": value["role"], "body": body, "body_resolved": body}
    _key(row, day, row["place_code"] if value["body"] is None else None)
    return True


def _post_place(row: Row, value: Row, day: str | None, _tables: Rows) -> bool:
    row["place_code"] = None if value["code"] == NATION else value["code"]
    _locate(row, value["code"], day)
    _key(row, day, row["place_code"])
    return True


def _post_person(row: Row, value: Row, _day: str | None, tables: Rows) -> bool:
    wanted = value["name"].casefold()
    for person in tables["officials"]:
        if person["id"] == row["id"] and person["name"].casefold() == wanted:
            row |= {"person": person["person"], "name": person["name"]}
            return True
    return False


def _location_place(row: Row, value: Row, day: str | None, _tables: Rows) -> bool:
    units = gazetteer()
    unit = units.at(value["code"], day)
    if unit is None:
        return False
    row |= {
        "code": unit.code,
        "name": display(unit),
        "level": unit.level,
        "type": unit.type,
        "path": units.path(unit, day),
    }
    row["successors"] = list(units.successors(unit.code))
    _locate(row, unit.code, day)
    return True


def _document_value(row: Row, value: Row, _day: str | None, _tables: Rows) -> bool:
    row |= {"number": value["number"], "number_full": canonical(value["number"])}
    return True


def _named(code: str, day: str | None) -> str | None:
    unit = gazetteer().at(code, day)
    return display(unit) if unit else None


def _locate(row: Row, code: str, day: str | None) -> None:
    row |= dict.fromkeys(PLACE_COLUMNS) | place_columns(code, day)


def _key(row: Row, day: str | None, code: str | None) -> None:
    known = read_body(
        row["body_resolved"], code, day, role=row["role"], level=row["admin_level"], country=row["country"]
    )
    row |= {"body_type": known.type if known else None, "body_key": known.key if known else None}


_SETTERS: dict[tuple[str, str], Callable[[Row, Row, str | None, Rows], bool]] = {
    ("figures", "value"): _figure_value,
    ("figures", "place"): _figure_place,
    ("figures", "period"): _figure_period,
    ("figures", "programme"): _columns,
    ("figures", "indicator"): _columns,
    ("figures", "status"): _columns,
    ("figures", "unit"): _columns,
    ("figures", "group"): _columns,
    ("positions", "role"): _post_role,
    ("positions", "place"): _post_place,
    ("positions", "period"): _columns,
    ("positions", "person"): _post_person,
    ("locations", "place"): _location_place,
    ("dates", "value"): _columns,
    ("documents", "value"): _document_value,
}


def said_of(name: str, readings: Readings) -> list[str]:
    """The corrections of an article as text that tells whether they are as they were; also of its id with a source's name."""
    found = [one for key, some in readings.items() if key == name or key.startswith(f"{name}@") for one in some]
    return [one.model_dump_json() for one in found]


def changed(db: Database, readings: Readings) -> list[str]:
    """Ids of articles whose corrections are others than those with which they were written."""
    before: dict[str, set[str]] = defaultdict(set)
    for row in db.execute(f"SELECT {_SAID} FROM corrections"):
        one = Correction.model_construct(**dict(zip(_NAMES, row, strict=True)))
        before[one.id].add(one.model_dump_json())
    now = {key: {one.model_dump_json() for one in some} for key, some in readings.items()}
    return sorted(key for key in before.keys() | now.keys() if before.get(key, set()) != now.get(key, set()))


def write(db: Database, done: Sequence[Row]) -> None:
    """Keep what corrections did."""
    db.insert("corrections", COLUMNS, ([row[name] for name in COLUMNS] for row in done))


def faults(db: Database, readings: Readings) -> list[str]:
    """Sentences on corrections that could not be done, with the number of their line."""
    done = {(row[:-1]): row[-1] for row in db.execute(f"SELECT {_SAID}, effect FROM corrections")}
    return _told(done, readings)


def undone(done: Sequence[Row], readings: Readings) -> list[str]:
    """The same of what `apply` returned for all articles, where no database keeps it."""
    return _told({tuple(row[name] for name in _NAMES): row["effect"] for row in done}, readings)


def _told(done: Mapping[tuple[Any, ...], str], readings: Readings) -> list[str]:
    out = []
    for one in sorted((one for some in readings.values() for one in some), key=lambda one: one.line):
        effect = done.get(tuple(getattr(one, name) for name in _NAMES), "no-article")
        if effect in _FAULTS:
            out.append(f"line {one.line}: {_FAULTS[effect].format(**one.model_dump())}")
    return out


_NAMES = tuple(name for name in COLUMNS if name not in ("was", "effect"))
_SAID = ", ".join(f'"{name}"' for name in _NAMES)
_FAULTS = {
    "no-article": "no article {id} here",
    "other-words": "article {id} has other words than {text!r} at {start}–{end}",
    "not-read": "no such reading of {field} at {start}–{end} of article {id}, or it names nobody whom {should!r} means",
}
