"""Search: the page of hits, and the same as data."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict
from typing import Any

from extractor.dataset.citations import near_numbers
from extractor.dataset.search import KINDS, search
from extractor.dataset.spelling import respelt
from extractor.dataset.web.downloads import sheet
from extractor.dataset.web.filters import chosen, condition, entered, facets
from extractor.dataset.web.found import GROUPED, asked, shown
from extractor.dataset.web.links import Links
from extractor.dataset.web.near import near
from extractor.dataset.web.queries import Context, Given, number, remembered
from extractor.dataset.web.routes import Route
from extractor.dataset.wordings import words_of

PAGE = 20
_HIT = ("kind", "id", "label", "ref", "title", "published", "province", "exact", "snippet")
_ITEM = ("kind", "key", "label", "articles", "first_seen", "last_seen")
_FILE, _JSON = 100_000, 2_000  # hits of a download
_OPENING = 200  # characters of an article's beginning
_WITH_WORDS = 2_000  # hits of a download that have the words around them


def _hits(db: sqlite3.Connection, given: Given, limit: int) -> tuple[list[dict[str, Any]], int]:
    """Hits of the page asked for and whether there are more: by words where a query is given, else the newest articles."""
    field = _field(given)
    offset = max(0, number(given, "page", 1) - 1) * limit
    where, values = condition(chosen(given))
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
    return hit | {
        "label_parts": label,
        "before": before,
        "found": found,
        "after": after,
        "link": url.article(hit["id"]),
    }


def _opening(db: sqlite3.Connection, key: str, head: str) -> str:
    """How an article begins behind its headline."""
    (text,) = db.execute("SELECT substr(text, 1, 2000) FROM articles WHERE id = ?", (key,)).fetchone()
    plain = " ".join(text.split())
    plain = plain.removeprefix(head).strip()
    return plain if len(plain) <= _OPENING else plain[:_OPENING].rpartition(" ")[0] + "…"


def search_page(db: sqlite3.Connection, given: Given) -> Context:
    """Search results or, without a query, the newest articles; what a further filter would leave beside them."""
    page, query, filters = max(1, number(given, "page", 1)), given.get("q", "").strip(), chosen(given)
    field = _field(given)
    said = tuple(sorted(filters.items()))
    context = _listed(db, given, field, page)
    asks = bool(query or filters)
    counts = remembered(db, ("counts", query, said), lambda: _counts(db, query, filters)) if asks else {}
    if not context["hits"] and not context["listed"]:
        context |= _nothing(db, given, filters)
    return context | {
        "page": page, "field": field, "kinds": KINDS, "query": query, "filters": filters,
        "counts": counts, "total": counts[field] if asks else _count(db, field, query, filters),
        "facets": remembered(db, ("facets", query, field, said), lambda: facets(db, query, field, filters)),
        "asked": asked(db, query) if query and page == 1 and not filters else {},
    }  # fmt: skip


def _field(given: Given) -> str:
    field = given.get("field", "")
    return field if field in KINDS else "articles"


def _listed(db: sqlite3.Connection, given: Given, field: str, page: int) -> Context:
    """The hits of one page: articles with words around the match, or persons, documents, places, each once."""
    url = Links(given["lang"], "")
    if field not in GROUPED:
        hits, more = _hits(db, given, PAGE)
        return {"hits": [_shown(db, hit, url) for hit in hits], "listed": [], "more": more}
    found = _grouped(db, field, given.get("q", "").strip(), chosen(given))
    listed = shown(db, field, found[(page - 1) * PAGE : page * PAGE], url)
    return {"hits": [], "listed": listed, "more": len(found) > page * PAGE}


def _grouped(db: sqlite3.Connection, field: str, query: str, filters: dict[str, str]) -> list[dict[str, Any]]:
    said = tuple(sorted(filters.items()))
    if query and not words_of(query):
        return []
    found: list[dict[str, Any]] = remembered(
        db, ("found", field, query, said), lambda: GROUPED[field](db, query, filters)
    )
    return [dict(one) for one in found]


def _counts(db: sqlite3.Connection, query: str, filters: dict[str, str]) -> dict[str, int]:
    """How many items each field has of the query and the filters."""
    return {kind: _count(db, kind, query, filters) for kind in KINDS}


def _count(db: sqlite3.Connection, kind: str, query: str, filters: dict[str, str]) -> int:
    """How many items a field has: articles, persons, documents and places once each, others as often as an article has other words
    for them."""
    if kind in GROUPED:
        return len(_grouped(db, kind, query, filters))
    table, values = entered(db, query, kind)
    where, more = condition(filters)
    return int(db.execute(f"SELECT count(*) FROM {table} WHERE {where}", values | more).fetchone()[0])


def _nothing(db: sqlite3.Connection, given: Given, filters: dict[str, str]) -> Context:
    """Why nothing was found: the filters without which there are hits, and names and spellings near to the query's."""
    without = []
    for name in filters:
        found, _ = _hits(db, {k: v for k, v in given.items() if k not in (name, "page")}, 1)
        if found:
            without.append(name)
    query = given.get("q", "")
    if without or not query:
        return {"without": without, "near": [], "numbers": [], "respelt": None}
    numbers = near_numbers(db, query) if given.get("field") == "documents" or query.strip()[:1].isdigit() else []
    return {"without": [], "near": near(db, query), "numbers": numbers, "respelt": respelt(db, query)}


def search_data(db: sqlite3.Connection, given: Given) -> Context:
    """The search as JSON, CSV or a workbook: the hits of one page, `limit` to a page; persons, documents, places each once."""
    most, usual = (_JSON, 200) if given["format"] == "json" else (_FILE, _FILE)
    limit = min(most, number(given, "limit", usual))
    field = _field(given)
    names: tuple[str, ...] = _HIT
    more: int | bool
    if field in GROUPED:
        found = _grouped(db, field, given.get("q", "").strip(), chosen(given))
        page = max(0, number(given, "page", 1) - 1)
        names = _ITEM
        listed = [{n: (one | {"kind": field})[n] for n in names} for one in found[page * limit : (page + 1) * limit]]
        more = len(found) > (page + 1) * limit
    else:
        hits, more = _hits(db, given, limit)
        listed = [{n: h[n] for n in names} for h in hits]
    if given["format"] == "json":
        return {"json": {"query": given.get("q", ""), "more": more, "hits": listed}}
    return sheet(given, f"{field} {given.get('q', '')}", listed, names)


ROUTES = (
    Route(r"^/search$", "search.html", search_page),
    Route(r"^/search\.(?P<format>json|csv|xlsx)$", "search.html", search_data),
)
