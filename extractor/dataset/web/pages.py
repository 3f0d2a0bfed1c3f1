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
from extractor.dataset.web.near import near
from extractor.dataset.web.queries import Context, Given, number, remembered, rows
from extractor.dataset.web.routes import Route

PAGE = 20
UNDATED = "none"  # the year of articles without a date
_CSV, _JSON = 100_000, 2_000  # hits of a download
_OPENING = 200  # characters of an article's beginning
_WITH_WORDS = 2_000  # hits of a download that have the words around them
FILTERS = ("province", "year", "programme", "doctype", "official", "from", "until")


def _counted(db: sqlite3.Connection) -> Context:
    return {
        "provinces": rows(
            db,
            "SELECT province AS name, count(*) AS n FROM articles WHERE province IS NOT NULL GROUP BY 1 ORDER BY 2 DESC",
        ),
        "years": rows(
            db,
            "SELECT coalesce(year, 'none') AS name, count(*) AS n FROM articles GROUP BY year ORDER BY year IS NULL, year DESC",
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
        "year": "a.year IS NULL" if given.get("year") == UNDATED else "a.year = CAST(:year AS INTEGER)",
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
                '' AS snippet
                FROM articles a JOIN entries e ON e.id = a.id AND e.kind = :kind WHERE {where}
                ORDER BY a.published DESC, a.id LIMIT :limit OFFSET :offset"""
        found = [dict(r) for r in db.execute(sql, values | {"kind": field, "limit": limit + 1, "offset": offset})]
        return found[:limit], len(found) > limit
    hits = search(
        db,
        query,
        field=field,
        condition=where,
        given=values,
        limit=limit + 1,
        offset=offset,
        snippets=min(limit, _WITH_WORDS),
    )
    return [asdict(h) for h in hits[:limit]], len(hits) > limit


def _link(hit: dict[str, Any], url: Links) -> str:
    if hit["kind"] == "officials":
        return url("/official", name=hit["label"])
    if hit["kind"] == "locations" and hit["ref"]:
        return url.place(hit["ref"])
    return url.article(hit["id"])


def _shown(db: sqlite3.Connection, hit: dict[str, Any], url: Links) -> dict[str, Any]:
    """A hit as the page shows it: the match marked once, in the headline or in the text, and no headline as its own snippet."""
    before, _, rest = hit["snippet"].partition("**")
    found, _, after = rest.partition("**")
    label = (hit["label"], "", "")
    if hit["kind"] == "articles":
        head = " ".join(hit["label"].split())
        in_head = found and head.startswith(before.strip("… ")) and found in head
        if in_head:
            at = head.index(found, max(0, len(before.strip("… "))) if head.startswith(before) else 0)
            label = (head[:at], found, head[at + len(found) :])
        if in_head or not hit["snippet"]:
            before, found, after = _opening(db, hit["id"], head), "", ""
    return hit | {"label_parts": label, "before": before, "found": found, "after": after, "link": _link(hit, url)}


def _opening(db: sqlite3.Connection, key: str, head: str) -> str:
    """How an article begins behind its headline."""
    (text,) = db.execute("SELECT substr(text, 1, 2000) FROM articles WHERE id = ?", (key,)).fetchone()
    plain = " ".join(text.split())
    plain = plain.removeprefix(head).strip()
    return plain if len(plain) <= _OPENING else plain[:_OPENING].rpartition(" ")[0] + "…"


def search_page(db: sqlite3.Connection, given: Given) -> Context:
    """Search results or, without a query, the newest articles; facets beside them."""
    hits, more = _hits(db, given, PAGE)
    url = Links(given["lang"], "")
    field = given.get("field") if given.get("field") in KINDS else "articles"
    query = given.get("q", "").strip()
    numbers = remembered(db, ("query", query), lambda: counts(db, query)) if query else {}
    filters = {name: given[name] for name in FILTERS if given.get(name)}
    empty: Context = {} if hits else _nothing(db, given, filters)
    return {
        "hits": [_shown(db, hit, url) for hit in hits], "more": more, "page": number(given, "page", 1), "field": field,
        "kinds": KINDS, "counts": numbers, "facets": remembered(db, "facets", lambda: _counted(db)), "query": query,
        "filters": filters, **empty,
    }  # fmt: skip


def _nothing(db: sqlite3.Connection, given: Given, filters: dict[str, str]) -> Context:
    """Why nothing was found: the filters without which there are hits, and names spelt like the query."""
    without = []
    for name in filters:
        found, _ = _hits(db, {k: v for k, v in given.items() if k not in (name, "page")}, 1)
        if found:
            without.append(name)
    return {"without": without, "near": near(db, given.get("q", "")) if not without else []}


def search_data(db: sqlite3.Connection, given: Given) -> Context:
    """The search as JSON or CSV: the hits of one page, `limit` (at most 2,000) to a page."""
    most = _CSV if given["format"] == "csv" else _JSON
    limit = min(most, number(given, "limit", _CSV if given["format"] == "csv" else 200))
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
    Route(r"^/search$", "search.html", search_page),
    Route(r"^/search\.(?P<format>json|csv)$", "search.html", search_data),
)
