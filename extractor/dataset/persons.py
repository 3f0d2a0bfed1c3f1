"""The tables of persons, their posts and offices in a searchable dataset: linked anew when articles are added.

A user's own file of corrections has the last word: `corrected` holds what it said, `linked_persons` the persons of the mentions it
moved to others, as they are without it, so that a line taken out of the file undoes what it did.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from extractor.dataset import offices
from extractor.dataset.database import Database, dicts
from extractor.dataset.source import cell
from extractor.persons.corrected import Word, apart, joined
from extractor.persons.link import Person, Place, link
from extractor.persons.mentions import mentions as read_mentions
from extractor.persons.posts import evidence
from extractor.persons.tables import SCHEMAS, rows

# What a table of persons holds, as columns of `persons.tables`; posts and mentions have tables of their own.
_COLUMNS: dict[str, tuple[str, ...]] = {
    "persons": tuple(n for n in SCHEMAS["persons"].names if n not in ("posts", "mentions")),
    "person_posts": tuple(SCHEMAS["posts"].names),
    "person_mentions": tuple(SCHEMAS["mentions"].names),
    "post_evidence": ("person", "key", "id", "number", "start"),
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
CREATE INDEX post_evidence_person ON post_evidence (person, key);
CREATE INDEX post_evidence_key ON post_evidence (key);
CREATE INDEX post_evidence_place ON post_evidence (id, number);
CREATE TABLE linked_persons (id TEXT NOT NULL, number INTEGER NOT NULL, person TEXT NOT NULL, PRIMARY KEY (id, number));
CREATE TABLE corrected (number INTEGER NOT NULL, line TEXT NOT NULL);
"""


def create_statements() -> str:
    """The empty tables, as one SQL script."""
    out = []
    for table, columns in _COLUMNS.items():
        key = " PRIMARY KEY" if table == "persons" else ""
        typed = [f'"{c}" {_NUMBERS.get(c, "TEXT")}{key if c == "id" else ""}' for c in columns]
        out.append(f"CREATE TABLE {table} ({', '.join(typed)});")
    return "\n".join([*out, _INDEXES, offices.CREATE])


def fill(db: Database, lines: list[str]) -> int:
    """Link the officials of all articles in the database to persons; ids of persons that were there stay. Their number.

    `lines`: the corrections, as `corrections.said_in` gives them.
    """
    before = {(a, n): p for a, n, p in db.execute("SELECT id, number, person FROM person_mentions")}
    known = before | {(a, n): p for a, n, p in db.execute("SELECT id, number, person FROM linked_persons")}
    linked = link(read_mentions(_tables(db)), known=known)
    word = _word(db, lines)
    kept = apart(linked, word, known)
    persons = joined(kept, word)
    posts = rows(persons)
    found: dict[str, list[dict[str, Any]]] = {"persons": posts, "person_mentions": rows(persons, "mentions")}
    found["person_posts"] = [{"person": p["id"], "name": p["name"]} | post for p in posts for post in p["posts"]]
    found["post_evidence"] = [asdict(e) for e in evidence(persons)]
    with db.transaction():
        for table, columns in _COLUMNS.items():
            db.execute(f"DELETE FROM {table}")
            db.insert(table, columns, ([cell(row[c]) for c in columns] for row in found[table]))
        _note(db, lines, _moved(linked, persons) if word else [])
        offices.fill(db)
    return len(persons)


def _note(db: Database, lines: list[str], moved: list[tuple[str, int, str]]) -> None:
    db.execute("DELETE FROM corrected")
    db.insert("corrected", ("number", "line"), enumerate(lines, 1))
    db.execute("DELETE FROM linked_persons")
    db.insert("linked_persons", ("id", "number", "person"), moved)


def _moved(linked: list[Person], persons: list[Person]) -> list[tuple[str, int, str]]:
    """The mentions whose person is another one than the linker's, with the linker's."""
    own = {at: p.id for p in persons for at in p.links}
    return [(*at, p.id) for p in linked for at in p.links if own[at] != p.id]


def _word(db: Database, lines: list[str]) -> Word:
    said = [json.loads(line) for line in lines]
    moved = [(*_official(db, one["id"], one["start"]), one["should"] or None) for one in said if "id" in one]
    return Word(
        same=tuple(tuple(one["same"]) for one in said if "same" in one),
        not_same=tuple(tuple(one["not_same"]) for one in said if "not_same" in one),
        moved=tuple(moved),
    )


def _official(db: Database, article: str, start: int) -> Place:
    """Where an article first names the official whom it names at `start`."""
    for first, mentions in db.execute("SELECT start, mentions FROM officials WHERE id = ? ORDER BY start", (article,)):
        if start == first or any(m["start"] == start for m in json.loads(mentions or "[]")):
            return article, int(first)
    return article, start


def _tables(db: Database) -> dict[str, list[dict[str, Any]]]:
    """The rows that `persons.mentions` reads, lists as lists again, in an order that does not depend on the database."""

    def select(sql: str) -> list[dict[str, Any]]:
        return dicts(db.execute(sql))

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
