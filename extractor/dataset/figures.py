"""Questions to the figures of a searchable dataset: rows with their sentences, cells, what there is to choose from.

All functions take a connection to a file that `extractor index` made and give plain dictionaries. A figure's place is what its own
sentence or paragraph says, never its article's province.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from extractor.dataset.database import dicts
from extractor.dataset.figure_facts import SENTENCE
from extractor.gazetteer import REFORM
from extractor.records import NATION
from extractor.text import unaccent

Row = dict[str, Any]
Kind = tuple[str, str, str]  # programme, indicator, unit
_WORD = re.compile(r"\w+")
_COLUMNS = f"""
x.at, f.id, f.start, f."end", f.text, f.value, f.value_max, f.unit, f.programme, f.indicator, f.status,
f.comparator, f."group", f.group_id, x.group_key, f.place, f.place_code, f.place_codes, f.place_inherited,
x.place_key, x.place_name, x.place_type, x.place_level, x.own_province AS province, f.period AS period_text, x.period,
x.first_day, x.last_day, x.day, x.dated, f.period_inherited, f.base, f.base_value, f.layer, f.rule, f.confidence, x.reason,
x.cell, x.home, a.title, a.published, a.source, a.url, f.sentence_start,
{SENTENCE} AS sentence
"""
_FROM = """FROM figure_facts x JOIN figures f ON f.id = x.id AND f.ordinal = x.ordinal JOIN articles a ON a.id = f.id"""
_ORDER = "ORDER BY x.day IS NULL, x.day, f.programme, f.indicator, x.place_key, x.at"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Conditions on figures; None or empty is no condition.

    `groups` are keys of groups, "" the whole population. `places` are codes: with `inside`, all that lies in them, with their land
    as it was and as it is today; without, what is said of exactly these units. `first` and `last` bound the period (its days
    must touch them), `since` and `until` the publication. `keys` are places in a state of their land, `at` one figure alone;
    `former` says that the places are meant as they were until June 2025. `words` must stand in the
    sentence, with or without accents.
    """

    programme: str | None = None
    indicator: str | None = None
    unit: str | None = None
    groups: tuple[str, ...] | None = None
    status: str | None = None
    places: tuple[str, ...] = ()
    inside: bool = True
    first: date | None = None
    last: date | None = None
    low: float | None = None
    high: float | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""
    keys: tuple[str, ...] = ()
    at: int | None = None
    former: bool = False

    def of(self, kind: Kind) -> Wanted:
        """The same conditions on one programme's indicator in one unit."""
        return replace(self, programme=kind[0], indicator=kind[1], unit=kind[2])


def _where(wanted: Wanted) -> tuple[str, list[Any]]:
    """The conditions as SQL on `figures f`, `figure_facts x`, `articles a`."""
    tests: list[str] = []
    values: list[Any] = []

    def add(test: str, *given: Any) -> None:
        tests.append(test)
        values.extend(given)

    for name in ("programme", "indicator", "unit", "status"):
        if (value := getattr(wanted, name)) is not None:
            add(f"f.{name} = ?", value)
    if wanted.groups is not None:
        add(f"x.group_key IN ({_marks(wanted.groups)})", *wanted.groups)
    if wanted.at is not None:
        add("x.at = ?", wanted.at)
    if wanted.keys:
        add(f"x.place_key IN ({_marks(wanted.keys)})", *wanted.keys)
    if wanted.places and wanted.former:
        former = f"SELECT at FROM figure_places WHERE era = 'then' AND code IN ({_marks(wanted.places)})"
        add(f"x.at IN ({former}) AND coalesce(x.last_day, a.published, '') < '{REFORM}'", *wanted.places)
    elif wanted.places:
        inside = f"x.at IN (SELECT at FROM figure_places WHERE code IN ({_marks(wanted.places)}))"
        add(inside if wanted.inside else f"f.place_code IN ({_marks(wanted.places)})", *wanted.places)
    for test, bound in (
        ("x.last_day >= ?", wanted.first), ("x.first_day <= ?", wanted.last),
        ("a.published >= ?", wanted.since), ("a.published <= ?", wanted.until),
    ):  # fmt: skip
        if bound is not None:
            add(test, bound.isoformat())
    for test, number in (("coalesce(f.value_max, f.value) >= ?", wanted.low), ("f.value <= ?", wanted.high)):
        if number is not None:
            add(test, number)
    return " AND ".join(tests) or "1", values


def _marks(values: Sequence[Any]) -> str:
    return ", ".join("?" * len(values))


def figures(db: sqlite3.Connection, wanted: Wanted, *, limit: int | None = None, offset: int = 0) -> list[Row]:
    """The figures that are wanted, in the order of their days, each with its sentence, its article and its cell."""
    where, values = _where(wanted)
    sql = f"SELECT {_COLUMNS} {_FROM} WHERE {where} {_ORDER}"
    if not wanted.words.strip():
        return [dict(r) for r in _rows(db, f"{sql} LIMIT ? OFFSET ?", *values, -1 if limit is None else limit, offset)]
    needed = _WORD.findall(unaccent(wanted.words))
    found = [r for r in _rows(db, sql, *values) if _holds(r, needed)]
    return found[offset : None if limit is None else offset + limit]


def _holds(row: Row, needed: Sequence[str]) -> bool:
    said = " ".join(str(row[n] or "") for n in ("sentence", "place_name", "group", "title"))
    return set(needed) <= set(_WORD.findall(unaccent(said)))


def count(db: sqlite3.Connection, wanted: Wanted) -> int:
    """How many figures are wanted."""
    if wanted.words.strip():
        return len(figures(db, wanted))
    where, values = _where(wanted)
    return int(db.execute(f"SELECT count(*) {_FROM} WHERE {where}", values).fetchone()[0])


def cells(db: sqlite3.Connection, wanted: Wanted) -> list[Row]:
    """The cells in which wanted figures stand, in the order of their days, with the sentence of the chosen figure."""
    where, values = _where(wanted)
    return _rows(
        db,
        f"""SELECT c.*, x.place_type, x.place_level, x.own_province AS province, x.home, f.id, f.start, f.text, f."group",
            f.group_id, f.place_codes, f.base, a.title, a.published, a.source, a.url, f.sentence_start, f.rule, f.layer,
            f.confidence, f.place AS place_text, f.place_inherited, f.period AS period_text, f.period_inherited,
            {SENTENCE} AS sentence
            FROM cells c JOIN figure_facts x ON x.at = c.chosen JOIN figures f ON f.id = x.id AND f.ordinal = x.ordinal
            JOIN articles a ON a.id = f.id
            WHERE c.cell IN (SELECT x.cell {_FROM} WHERE {where}) ORDER BY c.day, c.place_key, c.cell""",
        *values,
    )


def told(db: sqlite3.Connection, cell: int) -> list[Row]:
    """The figures of a cell."""
    return _rows(db, f"SELECT {_COLUMNS} {_FROM} WHERE x.cell = ? ORDER BY x.at", cell)


def undrawn(db: sqlite3.Connection, wanted: Wanted) -> list[Row]:
    """Wanted figures without a cell: `reason` is `no-code`, `no-place`, `no-year` or `no-date`."""
    where, values = _where(wanted)
    return _rows(db, f"SELECT {_COLUMNS} {_FROM} WHERE x.cell IS NULL AND {where} ORDER BY x.reason, x.at", *values)


def kinds(db: sqlite3.Connection) -> list[Row]:
    """Programme, indicator and unit of all figures with the numbers of results and of targets, most frequent first."""
    return _rows(
        db,
        """SELECT programme, indicator, unit, count(*) AS figures, sum(status = 'actual') AS results,
           sum(status = 'target') AS targets FROM figures GROUP BY 1, 2, 3
           ORDER BY indicator = 'coverage_rate' DESC, figures DESC, programme, unit""",
    )


def groups(db: sqlite3.Connection, kind: Kind) -> list[Row]:
    """The groups that figures of a kind tell of: key, words, number; "" is the whole population."""
    where, values = _where(Wanted().of(kind))
    return _rows(
        db,
        f"""SELECT x.group_key AS key, min(f.group_id) AS group_id, min(f."group") AS said, count(*) AS figures {_FROM}
            WHERE {where} GROUP BY 1 ORDER BY x.group_key <> '', figures DESC, key""",
        *values,
    )


def places(db: sqlite3.Connection, wanted: Wanted) -> list[Row]:
    """The places that wanted figures tell of, whatever places are wanted: key, name, type, level, province, number of cells."""
    where, values = _where(replace(wanted, places=(), keys=()))
    return _rows(
        db,
        f"""SELECT x.place_key AS key, min(f.place_code) AS code, max(x.place_name) AS name, max(x.place_type) AS type,
            max(x.place_level) AS level, max(x.own_province) AS province, count(DISTINCT x.cell) AS cells, count(*) AS figures
            {_FROM} WHERE {where} AND x.cell IS NOT NULL GROUP BY 1
            ORDER BY level = 'nation' DESC, level = 'province' DESC, cells DESC, name""",
        *values,
    )


def years(db: sqlite3.Connection, wanted: Wanted) -> tuple[int, int] | None:
    """First and last year of wanted figures' days."""
    where, values = _where(wanted)
    first, last = db.execute(f"SELECT min(x.first_day), max(x.last_day) {_FROM} WHERE {where}", values).fetchone()
    return (int(first[:4]), int(last[:4])) if first else None


def latest_below(
    db: sqlite3.Connection, code: str, kind: Kind, *, group: str = "", status: str = "actual", former: bool = False
) -> list[Row]:
    """The units below a province or district that a kind of figure is told of, each with its latest cell.

    With the land as it was and as it is today; districts first, then communes, by name. `code` `VN` gives the provinces.
    """
    wanted = Wanted(groups=(group,), status=status, places=() if code == NATION else (code,), former=former).of(kind)
    latest: dict[str, Row] = {}
    for cell in cells(db, wanted):
        if cell["place_code"] in (None, code, NATION) or (code == NATION and cell["place_level"] != "province"):
            continue
        if cell["place_level"] != "province" or code == NATION:
            latest[cell["place_key"]] = cell
    order = {"province": 0, "district": 1, "commune": 2}
    return sorted(latest.values(), key=lambda c: (order.get(c["place_level"], 3), unaccent(c["place"] or "")))


def of_place(db: sqlite3.Connection, code: str) -> list[Row]:
    """All cells of one unit, by kind and day."""
    found = cells(db, Wanted(places=(code,), inside=False))
    return sorted(
        found, key=lambda c: (c["programme"], c["indicator"], c["unit"], c["group_key"], c["status"], c["day"])
    )


def _rows(db: sqlite3.Connection, sql: str, *values: Any) -> list[Row]:
    return dicts(db.execute(sql, values))
