"""The tables `persons`, `person_posts`, `person_mentions` of a searchable dataset: linked anew when articles are added."""

from __future__ import annotations

import json
from typing import Any

from extractor.dataset.database import Database
from extractor.dataset.source import cell
from extractor.persons.link import link
from extractor.persons.mentions import mentions
from extractor.persons.tables import SCHEMAS, rows

# What a table of persons holds, as columns of `persons.tables`; posts and mentions have tables of their own.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "persons": tuple(n for n in SCHEMAS["persons"].names if n not in ("posts", "mentions")),
    "person_posts": tuple(SCHEMAS["posts"].names),
    "person_mentions": tuple(SCHEMAS["mentions"].names),
}
_NUMBERS = {"confidence": "REAL", "articles": "INTEGER", "undated": "INTEGER", "number": "INTEGER", "start": "INTEGER"}
_NUMBERS |= dict.fromkeys(("former", "acting", "doubtful"), "INTEGER")
_INDEXES = """
CREATE INDEX person_posts_person ON person_posts (person);
CREATE INDEX person_posts_key ON person_posts (key);
CREATE INDEX person_posts_place ON person_posts (place_code);
CREATE INDEX person_mentions_place ON person_mentions (id, number);
CREATE INDEX person_mentions_person ON person_mentions (person);
CREATE INDEX person_mentions_name ON person_mentions (name);
"""


def create_statements() -> str:
    """The empty tables, as one SQL script."""
    out = []
    for table, columns in _COLUMNS.items():
        key = " PRIMARY KEY" if table == "persons" else ""
        typed = [f'"{c}" {_NUMBERS.get(c, "TEXT")}{key if c == "id" else ""}' for c in columns]
        out.append(f"CREATE TABLE {table} ({', '.join(typed)});")
    return "\n".join([*out, _INDEXES])


def fill(db: Database) -> int:
    """Link the officials of all articles in the database to persons; ids of persons that were there stay. Their number."""
    known = {(a, n): p for a, n, p in db.execute("SELECT id, number, person FROM person_mentions")}
    persons = link(mentions(_tables(db)), known=known)
    found: dict[str, list[dict[str, Any]]] = {"persons": rows(persons), "person_mentions": rows(persons, "mentions")}
    found["person_posts"] = [
        {"person": p["id"], "name": p["name"]} | post for p in found["persons"] for post in p["posts"]
    ]
    with db.transaction():
        for table, columns in _COLUMNS.items():
            db.execute(f"DELETE FROM {table}")
            db.insert(table, columns, ([cell(row[c]) for c in columns] for row in found[table]))
    return len(persons)


def _tables(db: Database) -> dict[str, list[dict[str, Any]]]:
    """The rows that `persons.mentions` reads, lists as lists again, in an order that does not depend on the database."""

    def select(sql: str) -> list[dict[str, Any]]:
        cursor = db.execute(sql)
        names = [c[0] for c in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    officials = select(
        "SELECT id, person, start, name, official, aliases, activities FROM officials ORDER BY id, person"
    )
    for row in officials:
        row["official"] = row["official"] != 0
        row["aliases"] = json.loads(row["aliases"] or "[]")
        row["activities"] = json.loads(row["activities"] or "[]")
    return {
        "articles": select("SELECT id, published FROM articles ORDER BY id"),
        "officials": officials,
        "positions": select("SELECT * FROM positions ORDER BY id, person, start, role, coalesce(body, '')"),
        "locations": select("SELECT id, code FROM locations WHERE code IS NOT NULL ORDER BY id, start"),
        "dates": select("SELECT id, start, \"end\", text, value FROM dates WHERE value LIKE '%/%' ORDER BY id, start"),
    }
