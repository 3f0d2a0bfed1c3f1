"""Hits of a search as what they are: persons, documents and places, each once, however many articles name them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from extractor.dataset import citations
from extractor.dataset.offices import offices
from extractor.dataset.places import full_name, named
from extractor.dataset.search import matching
from extractor.dataset.web.filters import condition
from extractor.dataset.web.links import Links
from extractor.dataset.web.offices import latest
from extractor.dataset.web.queries import rows
from extractor.dataset.wordings import indexed
from extractor.gazetteer import Unit, gazetteer

Row = dict[str, Any]
_OFFICES, _PLACES = 4, 4
_MOST = 20_000  # persons, documents or places of one search


def persons(db: sqlite3.Connection, query: str, filters: dict[str, str]) -> list[Row]:
    """Persons whose names or posts hold the query's words, those so named first, then by the number of articles."""
    where, values = condition(filters)
    if query:
        source = """(SELECT e.id, e.label FROM words w JOIN entries e ON e.rowid = w.rowid
            WHERE words MATCH :match AND e.kind = 'officials') h
            CROSS JOIN person_mentions m ON m.id = h.id AND m.name = h.label"""
        values = values | {"match": matching(db, query, "officials")}
    else:
        source = "person_mentions m"
    found = db.execute(
        f"""SELECT p.id AS key, p.name AS label, count(DISTINCT m.id) AS articles, min(a.published) AS first_seen,
            max(a.published) AS last_seen FROM {source} JOIN persons p ON p.id = m.person JOIN articles a ON a.id = m.id
            WHERE {where} GROUP BY p.id ORDER BY articles DESC, p.id LIMIT {_MOST}""",
        values,
    )
    asked = indexed(query)
    return sorted(map(dict, found), key=lambda p: asked not in indexed(p["label"]) if query else False)


def documents(db: sqlite3.Connection, query: str, filters: dict[str, str]) -> list[Row]:
    """Documents that hold the query's words in number, name or issuer, and how many of the filtered articles cite them."""
    if not filters:
        if query:
            return citations.documents(db, query, limit=_MOST)
        return rows(db, "SELECT * FROM cited_documents ORDER BY articles DESC, key LIMIT ?", _MOST)
    where, values = condition(filters)
    found = db.execute(
        f"""SELECT d.key, d.label, d.issuer, d.year, d.type, count(DISTINCT c.id) AS articles, min(a.published) AS first_seen,
            max(a.published) AS last_seen FROM cited_documents d JOIN citations c ON c.key = d.key JOIN articles a ON a.id = c.id
            WHERE {where} GROUP BY d.key ORDER BY articles DESC, d.key LIMIT {_MOST}""",
        values,
    )
    listed = [dict(r) for r in found]
    if "doctype" in filters:
        listed = [d for d in listed if d["type"] == filters["doctype"]]
    if not query:
        return listed
    order = {d["key"]: n for n, d in enumerate(citations.documents(db, query, limit=_MOST))}
    return sorted((d for d in listed if d["key"] in order), key=lambda d: order[d["key"]])


def places(db: sqlite3.Connection, query: str, filters: dict[str, str]) -> list[Row]:
    """Units that articles name by the query's words, those so named first, then by the number of articles."""
    where, values = condition(filters)
    if query:
        source = """(SELECT e.id, e.ref AS code FROM words w JOIN entries e ON e.rowid = w.rowid
            WHERE words MATCH :match AND e.kind = 'locations' AND e.ref IS NOT NULL) l"""
        values = values | {"match": matching(db, query, "locations")}
    else:
        source = "locations l"
    found = db.execute(
        f"""SELECT u.code AS key, u.type, u.name, u.path, u.name AS label, count(DISTINCT l.id) AS articles,
            min(a.published) AS first_seen, max(a.published) AS last_seen FROM {source} JOIN units u ON u.code = l.code
            JOIN articles a ON a.id = l.id WHERE {where} GROUP BY u.code ORDER BY articles DESC, u.code LIMIT {_MOST}""",
        values,
    )
    listed = [dict(r) for r in found]
    for one in listed:
        if not one["name"].startswith(one["type"]):
            one["label"] = f"{one['type']} {one['name']}"
    asked = indexed(query)
    return sorted(listed, key=lambda u: asked not in indexed(u["label"]) if query else False)


GROUPED: dict[str, Callable[[sqlite3.Connection, str, dict[str, str]], list[Row]]] = {
    "officials": persons,
    "documents": documents,
    "locations": places,
}


def shown(db: sqlite3.Connection, field: str, listed: list[Row], url: Links) -> list[Row]:
    """Items of one page with their addresses and a line under each."""
    for one in listed:
        if field == "officials":
            one["link"] = url("/official", person=one["key"])
            posts = rows(
                db,
                "SELECT role, body, former FROM person_posts WHERE person = ? AND NOT doubtful ORDER BY articles DESC, key LIMIT 3",
                one["key"],
            )
            one["under"] = "; ".join(f"{p['role']} {p['body'] or ''}".strip() for p in posts)
        elif field == "documents":
            one["link"] = url("/document", key=one["key"])
            one["under"] = ", ".join(str(part) for part in (one["issuer"], one["year"]) if part)
        else:
            one["link"] = url.place(one["key"])
            one["under"] = f"{one['path']} · {one['key']}"
    return listed


def asked(db: sqlite3.Connection, query: str) -> dict[str, Any]:
    """The units that a query names, or the posts that it asks for, to stand above its hits."""
    plain = query.strip('"“” ')
    units = sorted(named(plain), key=lambda u: len(u.code))
    held = offices(db, query, limit=_OFFICES) if not units and len(indexed(query).split()) > 1 else []
    for one in held:
        one["latest"] = latest(db, one["key"])
    return {"offices": held, "places": [_unit(u) for u in units[:_PLACES]], "more_places": max(0, len(units) - _PLACES)}


def _unit(unit: Unit) -> Row:
    above = ", ".join(full_name(u) for u in reversed(gazetteer().lineage(unit, None)[:-1]))
    return {"code": unit.code, "name": full_name(unit), "above": above}
