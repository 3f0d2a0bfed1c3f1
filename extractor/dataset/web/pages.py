"""Search: the page of hits, and the same as data."""

from __future__ import annotations

import csv
import io
import sqlite3
from dataclasses import asdict
from typing import Any

from extractor.dataset.cells import harmless
from extractor.dataset.search import KINDS, counts, search
from extractor.dataset.web.links import Links
from extractor.dataset.web.queries import Context, Given, number, remembered, rows
from extractor.dataset.web.routes import Route

PAGE = 20


def _counted(db: sqlite3.Connection) -> Context:
    return {
        "provinces": rows(
            db,
            "SELECT province AS name, count(*) AS n FROM articles WHERE province IS NOT NULL GROUP BY 1 ORDER BY 2 DESC",
        ),
        "years": rows(
            db, "SELECT year AS name, count(*) AS n FROM articles WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"
        ),
        "programmes": rows(
            db, "SELECT programme AS name, count(DISTINCT id) AS n FROM figures GROUP BY 1 ORDER BY 2 DESC"
        ),
        "types": rows(
            db, "SELECT type AS name, count(DISTINCT id) AS n FROM documents GROUP BY 1 ORDER BY 2 DESC LIMIT 15"
        ),
        "people": rows(db, "SELECT name, count(DISTINCT id) AS n FROM officials GROUP BY 1 ORDER BY 2 DESC LIMIT 15"),
    }


def _chosen(given: Given) -> tuple[str, dict[str, Any]]:
    """The filters of a listing without words, as SQL on `articles a`."""
    where, values = "1 = 1", {}
    tests = {
        "province": "a.province = :province",
        "year": "a.year = CAST(:year AS INTEGER)",
        "programme": "a.id IN (SELECT id FROM figures WHERE programme = :programme)",
        "doctype": "a.id IN (SELECT id FROM documents WHERE type = :doctype)",
        "official": "a.id IN (SELECT id FROM officials WHERE name = :official)",
        "from": "a.published >= :from",
        "until": "a.published <= :until",
    }
    for name, test in tests.items():
        if given.get(name):
            where += f" AND {test}"
            values[name] = given[name]
    return where, values


def _hits(db: sqlite3.Connection, given: Given, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Hits of the page asked for and whether there are more: by words where a query is given, else the newest articles."""
    field = given.get("field") or "articles"
    field = field if field in KINDS else "articles"
    offset = max(0, number(given, "page", 1) - 1) * limit
    where, values = _chosen(given)
    query = given.get("q", "").strip()
    if not query:
        if field != "articles":
            sql = f"""SELECT e.kind, e.id, e.label, e.ref, a.title, a.published, a.province, 0 AS exact, '' AS snippet
                FROM entries e JOIN articles a ON a.id = e.id WHERE e.kind = :kind AND {where}
                ORDER BY a.published DESC, e.rowid LIMIT :limit OFFSET :offset"""
        else:
            sql = f"""SELECT 'articles' AS kind, a.id, e.label, NULL AS ref, a.title, a.published, a.province, 0 AS exact,
                substr(trim(a.text), 1, 200) AS snippet
                FROM articles a JOIN entries e ON e.id = a.id AND e.kind = :kind WHERE {where}
                ORDER BY a.published DESC, a.id LIMIT :limit OFFSET :offset"""
        found = [dict(r) for r in db.execute(sql, values | {"kind": field, "limit": limit + 1, "offset": offset})]
        return found[:limit], len(found) > limit
    hits = search(db, query, field=field, condition=where, given=values, limit=limit + 1, offset=offset, snippets=limit)
    return [asdict(h) for h in hits[:limit]], len(hits) > limit


def _link(hit: dict[str, Any], url: Links) -> str:
    if hit["kind"] == "officials":
        return url("/official", name=hit["label"])
    if hit["kind"] == "locations" and hit["ref"]:
        return url.place(hit["ref"])
    return url.article(hit["id"])


def search_page(db: sqlite3.Connection, given: Given) -> Context:
    """Search results or, without a query, the newest articles; facets beside them."""
    hits, more = _hits(db, given, PAGE)
    url = Links(given["lang"], "")
    for hit in hits:
        before, _, rest = hit["snippet"].partition("**")
        found, _, after = rest.partition("**")
        hit |= {"before": before, "found": found, "after": after, "link": _link(hit, url)}
    field = given.get("field") if given.get("field") in KINDS else "articles"
    query = given.get("q", "").strip()
    numbers = remembered(db, ("query", query), lambda: counts(db, query)) if query else {}
    (total,) = db.execute("SELECT count(*) FROM articles").fetchone()
    return {
        "hits": hits, "more": more, "page": number(given, "page", 1), "field": field, "kinds": KINDS, "counts": numbers,
        "facets": remembered(db, "facets", lambda: _counted(db)), "total": total, "query": query,
    }  # fmt: skip


def search_data(db: sqlite3.Connection, given: Given) -> Context:
    """The search as JSON or CSV: the hits of one page, `limit` (at most 2,000) to a page."""
    limit = min(2_000, number(given, "limit", 200))
    hits, more = _hits(db, given, limit)
    names = ("kind", "id", "label", "ref", "title", "published", "province", "exact", "snippet")
    listed = [{n: h[n] for n in names} for h in hits]
    if given["format"] == "json":
        return {"json": {"query": given.get("q", ""), "more": more, "hits": listed}}
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({n: harmless(v) if isinstance(v, str) else v for n, v in row.items()} for row in listed)
    return {"csv": out.getvalue()}


ROUTES = (
    Route(r"^/$", "search.html", search_page),
    Route(r"^/search$", "search.html", search_page),
    Route(r"^/search\.(?P<format>json|csv)$", "search.html", search_data),
)
