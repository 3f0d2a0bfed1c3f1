"""Pages of persons and of the posts they hold."""

from __future__ import annotations

import sqlite3

from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route


def official(db: sqlite3.Connection, given: Given) -> Context | None:
    """The persons of a name (or the one of `person`), each with the posts held over time; and the articles."""
    name = given.get("name", "")
    people = rows(
        db,
        """SELECT * FROM persons WHERE id = ?1 OR id IN (SELECT person FROM person_mentions WHERE name = ?2)
           ORDER BY articles DESC, id""",
        given.get("person", ""),
        name,
    )
    for person in people:
        person["posts"] = rows(
            db, "SELECT * FROM person_posts WHERE person = ? ORDER BY articles DESC, last_seen DESC", person["id"]
        )
        person["seen"] = rows(
            db,
            """SELECT a.id, a.published, a.province, e.label, m.confidence, m.reason FROM person_mentions m
               JOIN articles a USING (id) JOIN entries e ON e.id = a.id AND e.kind = 'articles'
               WHERE m.person = ? ORDER BY a.published DESC LIMIT 200""",
            person["id"],
        )
    return {"name": name or people[0]["name"], "people": people} if people else None


def office(db: sqlite3.Connection, given: Given) -> Context | None:
    """A post: who held it, in the order in which the articles name them; and the other posts of its body."""
    held = rows(
        db,
        """SELECT * FROM person_posts WHERE key = ?
           ORDER BY coalesce(since, first_seen, left_by, '9999'), coalesce(until, last_seen, '9999'), person""",
        given.get("key", ""),
    )
    if not held or not held[0]["body_key"]:
        return None
    others = rows(
        db,
        """SELECT key, min(role) AS role, count(DISTINCT person) AS people FROM person_posts
           WHERE body_key = ? AND key <> ? GROUP BY key ORDER BY people DESC, key LIMIT 20""",
        held[0]["body_key"],
        held[0]["key"],
    )
    return {"post": held[0], "held": held, "others": others}


ROUTES = (Route(r"^/official$", "official.html", official), Route(r"^/office$", "office.html", office))
