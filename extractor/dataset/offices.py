"""The table `offices` of a searchable dataset: a row a post whose body is known, found by its words, long or short."""

from __future__ import annotations

import sqlite3
from typing import Any

from extractor.dataset.database import Database, dicts
from extractor.dataset.wordings import all_in_words, indexed
from extractor.gazetteer import display, gazetteer

CREATE = """
CREATE TABLE offices (
    key TEXT PRIMARY KEY, role TEXT NOT NULL, body TEXT, body_key TEXT NOT NULL, label TEXT NOT NULL,
    place_code TEXT, province_code TEXT, admin_level TEXT, people INTEGER NOT NULL, articles INTEGER NOT NULL,
    first_seen TEXT, last_seen TEXT, words TEXT NOT NULL
);
CREATE INDEX offices_body ON offices (body_key);
CREATE INDEX offices_place ON offices (place_code);
"""
_HELD = """
SELECT key, min(role) AS role, min(body) AS body, min(body_key) AS body_key, max(place_code) AS place_code,
       max(province_code) AS province_code, max(admin_level) AS admin_level, count(DISTINCT person) AS people,
       sum(articles) AS articles, min(first_seen) AS first_seen, max(last_seen) AS last_seen
FROM person_posts WHERE body_key IS NOT NULL GROUP BY key ORDER BY key
"""


def fill(db: Database) -> None:
    """Make the table anew from `person_posts`; within the caller's transaction."""
    found = dicts(db.execute(_HELD))
    for row in found:
        row["label"] = label(row)
        row["words"] = f" {indexed(_words(row))} "
    db.execute("DELETE FROM offices")
    if found:
        db.insert("offices", tuple(found[0]), (tuple(row.values()) for row in found))


def label(row: dict[str, Any]) -> str:
    """A post in words: role and body, with the body's unit where its usual wording leaves that to the article."""
    said = f"{row['role']} {row['body'] or ''}".strip()
    unit = gazetteer().at(row["place_code"], row["last_seen"]) if row["place_code"] else None
    if unit is None or indexed(display(unit)) in indexed(said):
        return said
    kind = "" if indexed(said).endswith(indexed(unit.type)) or display(unit).startswith(unit.type) else f"{unit.type} "
    return f"{said} {kind}{display(unit)}"


def _words(row: dict[str, Any]) -> str:
    """The words by which a post is found: its label, and the names of the units that its own lies in."""
    line = gazetteer().at(row["place_code"], row["last_seen"]) if row["place_code"] else None
    above = " ".join(u.full_name for u in gazetteer().lineage(line, row["last_seen"])) if line else ""
    return f"{row['label']} {above}"


def offices(db: sqlite3.Connection, query: str, *, limit: int = 20) -> list[dict[str, Any]]:
    """Posts that hold all words of a query, the one that says no more than the query first ("chủ tịch" before "phó chủ tịch").

    Short forms count as what they stand for. Raises `InputError` for a query that is too long.
    """
    where, values, wordings = all_in_words(query)
    if not where:
        return []
    found = dicts(db.execute(f"SELECT * FROM offices WHERE {where}", values))
    asked = {word for words in wordings for word in words.split()}
    return sorted(found, key=lambda o: (_beyond(o, asked), -o["people"], -o["articles"], o["key"]))[:limit]


def _beyond(office: dict[str, Any], asked: set[str]) -> tuple[int, int]:
    """How many words of the role, then of the body, were not asked for."""
    role = [w for w in indexed(office["role"]).split() if w not in asked]
    rest = [w for w in indexed(office["label"]).split() if w not in asked]
    return len(role), len(rest)
