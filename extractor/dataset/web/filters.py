"""The filters of a search, as conditions on articles, and how many articles of the hits at hand each further choice would leave."""

from __future__ import annotations

import sqlite3
from typing import Any

from extractor.dataset.search import matching
from extractor.dataset.web.queries import Given
from extractor.dataset.wordings import words_of

UNDATED = "none"  # the year of articles without a date
FILTERS = ("province", "year", "programme", "doctype", "official", "from", "until")
_TESTS = {
    "province": "a.province = :province",
    "year": "a.year = CAST(:year AS INTEGER)",
    "programme": "a.id IN (SELECT id FROM figures WHERE programme = :programme)",
    "doctype": "a.id IN (SELECT id FROM documents WHERE type = :doctype)",
    "official": "a.id IN (SELECT id FROM officials WHERE name = :official)",
    "from": "a.published >= :from",
    "until": "a.published <= :until",
}
_FACETS = {
    "province": """SELECT a.province AS name, count(*) AS n FROM {held} WHERE {where} AND a.province IS NOT NULL
        GROUP BY 1 ORDER BY 2 DESC, 1""",
    "year": """SELECT coalesce(a.year, 'none') AS name, count(*) AS n FROM {held} WHERE {where} GROUP BY a.year
        ORDER BY a.year IS NULL, a.year DESC""",
    "programme": """SELECT f.programme AS name, count(DISTINCT a.id) AS n FROM {held} CROSS JOIN figures f ON f.id = a.id
        WHERE {where} GROUP BY 1 ORDER BY 2 DESC, 1""",
    "doctype": """SELECT d.type AS name, count(DISTINCT a.id) AS n FROM {held} CROSS JOIN documents d ON d.id = a.id
        WHERE {where} AND d.type IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15""",
    "official": """SELECT o.name, count(DISTINCT a.id) AS n FROM {held} CROSS JOIN officials o ON o.id = a.id WHERE {where}
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 15""",
}
Facets = dict[str, list[dict[str, Any]]]


def chosen(given: Given) -> dict[str, str]:
    """The filters that are set."""
    return {name: given[name] for name in FILTERS if given.get(name)}


def condition(filters: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Filters as SQL on `articles a`, and its values."""
    tests = [
        "a.year IS NULL" if name == "year" and value == UNDATED else _TESTS[name] for name, value in filters.items()
    ]
    return " AND ".join(tests) or "1", dict(filters)


def held(db: sqlite3.Connection, query: str, field: str) -> tuple[str, dict[str, str]]:
    """The articles in which a field's hits are, as a table `a` in SQL, and its values; all articles without a query."""
    if not query:
        return "articles a", {}
    if not words_of(query):
        return "(SELECT * FROM articles WHERE 0) a", {}
    sql = """(SELECT DISTINCT e.id FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH :match AND e.kind = :kind) h
        CROSS JOIN articles a ON a.id = h.id"""
    return sql, {"match": matching(db, query, field), "kind": field}


def entered(db: sqlite3.Connection, query: str, field: str) -> tuple[str, dict[str, str]]:
    """A field's hits themselves, each with its article `a`, as a table in SQL, and its values."""
    if query and not words_of(query):
        return "(SELECT * FROM articles WHERE 0) a", {}
    if not query:
        return "entries e JOIN articles a ON a.id = e.id AND e.kind = :kind", {"kind": field}
    sql = """(SELECT e.id FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH :match AND e.kind = :kind) h
        CROSS JOIN articles a ON a.id = h.id"""
    return sql, {"match": matching(db, query, field), "kind": field}


def facets(db: sqlite3.Connection, query: str, field: str, filters: dict[str, str]) -> Facets:
    """What further filters would leave of the hits: each facet's choices with their numbers of articles, the other
    filters as they are; none that would leave nothing."""
    table, values = held(db, query, field)
    out: Facets = {}
    for name, sql in _FACETS.items():
        where, more = condition({k: v for k, v in filters.items() if k != name})
        out[name] = [dict(r) for r in db.execute(sql.format(held=table, where=where), values | more)]
    return out
