"""What can be compared: each figure's place, period and day made plain, and the cells that several figures tell of.

`figure_facts` has a row a figure (`at` is its number in the dataset, `id` and `ordinal` where it stands), `figure_places` the
units it lies in, `cells` a row a programme × indicator × unit × group × status × base × place × period with all that is told of it.
All three are made anew, together.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from extractor.dataset.agreement import Told, decide
from extractor.dataset.database import Database, dicts
from extractor.dataset.hedges import meant_end
from extractor.gazetteer import REFORM, Unit, display, gazetteer
from extractor.records import NATION
from extractor.text import fold
from extractor.values.dates import parse

Row = dict[str, Any]
# Lower-case types are written so for PostgreSQL, too, whose `substr` takes no larger ones.
SENTENCE = "substr(a.text, CAST(f.sentence_start + 1 AS integer), CAST(f.sentence_end - f.sentence_start AS integer))"
CREATE = f"""
CREATE TABLE figure_facts (
    at INTEGER PRIMARY KEY, id TEXT NOT NULL, ordinal INTEGER NOT NULL, cell INTEGER, reason TEXT,
    place_key TEXT, place_name TEXT, place_type TEXT, place_level TEXT,
    own_province TEXT, group_key TEXT NOT NULL, base_key TEXT NOT NULL, period TEXT,
    first_day TEXT, last_day TEXT, day TEXT, dated TEXT NOT NULL,
    home INTEGER NOT NULL, article TEXT NOT NULL
);
CREATE TABLE figure_places (code TEXT NOT NULL, at INTEGER NOT NULL, era TEXT NOT NULL, PRIMARY KEY (code, at));
CREATE TABLE cells (
    cell INTEGER PRIMARY KEY, programme TEXT NOT NULL, indicator TEXT NOT NULL, unit TEXT NOT NULL, group_key TEXT NOT NULL,
    status TEXT NOT NULL, base_key TEXT NOT NULL, place_key TEXT NOT NULL, place_code TEXT, place TEXT,
    period TEXT NOT NULL, first_day TEXT NOT NULL,
    last_day TEXT NOT NULL, day TEXT NOT NULL, dated TEXT NOT NULL, value REAL NOT NULL, value_max REAL, comparator TEXT NOT NULL,
    chosen INTEGER NOT NULL, chosen_by TEXT NOT NULL, agreement TEXT NOT NULL, articles INTEGER NOT NULL, figures INTEGER NOT NULL,
    "values" TEXT NOT NULL
);
CREATE UNIQUE INDEX figure_facts_id ON figure_facts (id, ordinal);
CREATE INDEX figure_facts_cell ON figure_facts (cell);
CREATE INDEX figure_facts_reason ON figure_facts (reason);
CREATE INDEX figure_places_at ON figure_places (at);
CREATE INDEX cells_kind ON cells (programme, indicator, unit, group_key, status);
CREATE INDEX cells_place ON cells (place_code, programme, indicator, day);
CREATE VIEW figures_panel AS
    SELECT x.own_province AS province, f.place_code, f.place_codes, coalesce(x.place_name, f.place) AS place,
           x.place_level AS level, x.period, x.first_day AS start_date, x.last_day AS end_date, x.dated, a.published,
           f.programme, f.indicator, f.unit, f.status, f.comparator, f.value, f.value_max, f."group", f.group_id,
           f.base, f.base_value, f.text,
           {SENTENCE} AS sentence,
           a.title, a.source, a.url, f.id, f.start, x.cell, c.agreement, x.reason,
           f.confidence, CASE WHEN f.layer = 'correction' THEN 1 ELSE 0 END AS corrected
    FROM figure_facts x JOIN figures f ON f.id = x.id AND f.ordinal = x.ordinal JOIN articles a ON a.id = f.id
    LEFT JOIN cells c ON c.cell = x.cell;
"""
_READ = """
SELECT f.*, a.published, a.province_code AS article_province,
       (SELECT d.modifier FROM dates d WHERE d.id = f.id AND d.text = f.period AND d.modifier IS NOT NULL LIMIT 1) AS modifier,
       coalesce((SELECT min(r.of) FROM duplicates r WHERE r.id = f.id), f.id) AS article
FROM figures f JOIN articles a ON a.id = f.id ORDER BY f.id, f.ordinal
"""
_FACTS = (
    "at", "id", "ordinal", "cell", "reason", "place_key", "place_name", "place_type", "place_level", "own_province",
    "group_key", "base_key",
    "period",
    "first_day", "last_day", "day", "dated", "home", "article",
)  # fmt: skip
_KEY = ("programme", "indicator", "unit", "group_key", "status", "base_key", "place_key", "first_day", "last_day")


class Period(NamedTuple):
    """When a figure holds: its name, first and last day, the day at which it is drawn, and whether it is `stated`, the day its
    article was `published`, of an unknown `year`, or `none` is known."""

    name: str | None
    first: str | None
    last: str | None
    day: str | None
    dated: str


def period(row: Mapping[str, Any]) -> Period:
    """A figure's period as stated, else the day of publication.

    It is drawn at the end of a period that is a range ("2016/2020") or whose end is meant, in the middle of any other one.
    """
    first, last, value = row["start_date"], row["end_date"], row["period_value"]
    if value and not (first and last) and "X" not in value:
        first, last = _days(value)
    if first and last:
        name = value if value and "X" not in value else named(first, last)
        at_end = row["modifier"] == "END" or "/" in name or meant_end(row["period"])
        return Period(name, first, last, last if at_end else middle(first, last), "stated")
    # Words of a time that no year is known for are no reason to take another day.
    return Period(None, None, None, None, "year") if value and "X" in value else _published(row)


def _published(row: Mapping[str, Any]) -> Period:
    day = row["published"]
    return Period(day, day, day, day, "published") if day else Period(None, None, None, None, "none")


def _days(value: str) -> tuple[str | None, str | None]:
    """First and last ISO day of a TIMEX3 value."""
    found = parse(value)
    return (found.start.isoformat(), found.end.isoformat()) if found.start and found.end else (None, None)


def named(first: str, last: str) -> str:
    """A stretch of ISO days as TIMEX3 has it: a day, a month, years, else both days."""
    if first == last:
        return first
    if first.endswith("-01-01") and last.endswith("-12-31"):
        return first[:4] if first[:4] == last[:4] else f"{first[:4]}/{last[:4]}"
    after = date.fromisoformat(last) + timedelta(days=1)
    if first.endswith("-01") and first[:7] == last[:7] and after.day == 1:
        return first[:7]
    return f"{first}/{last}"


def middle(first: str, last: str) -> str:
    """The ISO day halfway between two."""
    start = date.fromisoformat(first)
    return (start + timedelta(days=(date.fromisoformat(last) - start).days // 2)).isoformat()


@lru_cache(maxsize=4_000)
def extent(code: str, day: str | None) -> str:
    """A code with the state of its territory on an ISO day: `33`, and `33@2025-07-01` since it holds others' land, too."""
    units = gazetteer()
    if code == NATION or not day or day < REFORM:
        return code
    unit = units.at(code, day)
    taken_in = set(units.predecessors(code)) - {code}
    changed = taken_in or (unit is not None and unit.since == REFORM)
    return f"{code}@{REFORM}" if changed else code


def _unit(code: str, day: str | None) -> Unit | None:
    return gazetteer().at(code, day) if code != NATION else None


def _placed(codes: tuple[str, ...], day: str | None) -> Row:
    """Key, name, type, level and province of the units that a figure tells of, as they were on a day."""
    if not codes:
        return dict.fromkeys(("place_key", "place_name", "place_type", "place_level", "own_province"))
    found = [u for c in codes if (u := _unit(c, day))]
    key = "+".join(sorted(extent(c, day) for c in codes))
    if codes == (NATION,):
        return {"place_key": key, "place_name": None, "place_type": None, "place_level": "nation", "own_province": None}
    homes = {display(line[0]) for u in found if (line := gazetteer().lineage(u, day))}
    return {
        "place_key": key,
        "place_name": ", ".join(display(u) for u in found) or None,
        "place_type": found[0].type if len(found) == 1 else None,
        "place_level": found[0].level if len({u.level for u in found}) == 1 else None,
        "own_province": homes.pop() if len(homes) == 1 else None,
    }


def _around(codes: Iterable[str], day: str | None) -> dict[str, str]:
    """All units that the given ones lie in, themselves among them: `then`, on the day, and `now`, with the land as it is today."""
    units = gazetteer()
    found: dict[str, str] = {}
    for code in codes:
        found[code] = "then"
        if unit := _unit(code, day):
            found |= {u.code: "then" for u in units.lineage(unit, day)}
        for later in units.successors(code) if code != NATION else ():
            if unit := units.at(later, None):
                found |= {u.code: "now" for u in units.lineage(unit, None) if u.code not in found}
    return found


def _fact(row: Row) -> tuple[Row, dict[str, str]]:
    codes = tuple(json.loads(row["place_codes"] or "[]"))
    when = period(row)
    day = when.last or row["published"]
    group = row["group_id"] or (f"~{' '.join(fold(row['group']).split())}" if row["group"] else "")
    place = _placed(codes, day)
    reason = _reason(row, place, when)
    home = len(codes) == 1 and bool(row["article_province"]) and row["article_province"] in _around(codes, day)
    fact = {
        "at": row["at"], "id": row["id"], "ordinal": row["ordinal"], "cell": None, "reason": reason, **place, "group_key": group,
        "base_key": row["base_value"] or fold(row["base"] or ""), "period": when.name,
        "first_day": when.first, "last_day": when.last, "day": when.day, "dated": when.dated, "home": int(home),
        "article": row["article"],
    }  # fmt: skip
    return fact, _around(codes, day)


def _reason(row: Row, place: Row, when: Period) -> str | None:
    """Why a figure cannot be drawn; None for one that can."""
    if place["place_key"] is None:
        return "no-code" if row["place"] else "no-place"
    if when.dated == "year":
        return "no-year"
    return "no-date" if when.dated == "none" else None


def _cells(rows: Iterable[tuple[Row, Row]]) -> Iterator[Row]:
    """The cells of figures that have a place and a period; `cell` is set in the facts."""
    groups: dict[tuple[Any, ...], list[tuple[Row, Row]]] = defaultdict(list)
    for row, fact in rows:
        if fact["reason"] is None:
            groups[tuple((row | fact)[name] for name in _KEY)].append((row, fact))
    for number, (key, members) in enumerate(groups.items(), 1):
        told = [
            Told(
                at=row["at"], value=row["value"], value_max=row["value_max"], comparator=row["comparator"],
                article=fact["article"], published=row["published"], stated=fact["dated"] == "stated", home=bool(fact["home"]),
            )
            for row, fact in members
        ]  # fmt: skip
        decided = decide(told)
        chosen, fact = next((r, f) for r, f in members if r["at"] == decided.chosen.at)
        for _, each in members:
            each["cell"] = number
        named = {
            "cell": number, "place_code": chosen["place_code"], "place": fact["place_name"], "period": fact["period"],
            "day": fact["day"], "dated": fact["dated"],
            "value": chosen["value"], "value_max": chosen["value_max"], "comparator": chosen["comparator"],
            "chosen": chosen["at"], "chosen_by": decided.by, "agreement": decided.agreement, "articles": decided.articles,
            "figures": len(members), "values": json.dumps(decided.values, ensure_ascii=False),
        }  # fmt: skip
        yield dict(zip(_KEY, key, strict=True)) | named


def fill(db: Database) -> int:
    """Make facts and cells of all figures in the database anew; the number of cells."""
    rows = dicts(db.execute(_READ))
    for at, row in enumerate(rows, 1):
        row["at"] = at
    facts = [_fact(row) for row in rows]
    cells = list(_cells(zip(rows, (fact for fact, _ in facts), strict=True)))
    with db.transaction():
        for table in ("figure_facts", "figure_places", "cells"):
            db.execute(f"DELETE FROM {table}")
        db.insert("figure_facts", _FACTS, (tuple(fact[n] for n in _FACTS) for fact, _ in facts))
        around = [(code, fact["at"], era) for fact, places in facts for code, era in places.items()]
        db.insert("figure_places", ("code", "at", "era"), around)
        columns = tuple(cells[0]) if cells else _KEY
        db.insert("cells", columns, (tuple(cell[n] for n in columns) for cell in cells))
    return len(cells)
