"""What each page shows: a database connection and the request's arguments to the template's values."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from collections.abc import Callable, Hashable
from dataclasses import asdict
from typing import Any, TypeVar
from urllib.parse import quote

from extractor.dataset.cells import harmless
from extractor.dataset.places import coordinates, history
from extractor.dataset.search import KINDS, counts, search
from extractor.dataset.web.charts import bars, bubbles, lines
from extractor.dataset.web.marks import Mark, describe, segments
from extractor.gazetteer import END, display
from extractor.records import FIELDS

Given = dict[str, str]
Context = dict[str, Any]
PAGE = 20
_LOOKED_UP = 1_000  # counts kept of a file
_KEPT: dict[str, tuple[tuple[int, ...], dict[Hashable, Any]]] = {}
T = TypeVar("T")
_COLOURED = tuple(name for name in FIELDS if name != "officials")


def _rows(db: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    return [dict(r) for r in db.execute(sql, values)]


def _number(given: Given, name: str, default: int) -> int:
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else default


def _remembered(db: sqlite3.Connection, key: Hashable, look: Callable[[], T]) -> T:
    """What `look` finds in the file as it is, kept for the next who asks: looked up anew when the file has changed."""
    file = db.execute("PRAGMA database_list").fetchone()[2]
    found = os.stat(file) if file else None
    if found is None:
        return look()
    state = (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
    kept = _KEPT.get(file)
    if kept is None or kept[0] != state or len(kept[1]) >= _LOOKED_UP:
        kept = _KEPT[file] = state, {}
    if key not in kept[1]:
        kept[1][key] = look()
    value: T = kept[1][key]
    return value


def _counted(db: sqlite3.Connection) -> Context:
    return {
        "provinces": _rows(
            db,
            "SELECT province AS name, count(*) AS n FROM articles WHERE province IS NOT NULL GROUP BY 1 ORDER BY 2 DESC",
        ),
        "years": _rows(
            db, "SELECT year AS name, count(*) AS n FROM articles WHERE year IS NOT NULL GROUP BY 1 ORDER BY 1 DESC"
        ),
        "programmes": _rows(
            db, "SELECT programme AS name, count(DISTINCT id) AS n FROM figures GROUP BY 1 ORDER BY 2 DESC"
        ),
        "types": _rows(
            db, "SELECT type AS name, count(DISTINCT id) AS n FROM documents GROUP BY 1 ORDER BY 2 DESC LIMIT 15"
        ),
        "people": _rows(db, "SELECT name, count(DISTINCT id) AS n FROM officials GROUP BY 1 ORDER BY 2 DESC LIMIT 15"),
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
    offset = max(0, _number(given, "page", 1) - 1) * limit
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


def _link(hit: dict[str, Any]) -> str:
    if hit["kind"] == "officials":
        return f"/official?name={quote(hit['label'])}"
    if hit["kind"] == "locations" and hit["ref"]:
        return f"/place/{hit['ref']}"
    return f"/article?id={quote(hit['id'])}"


def search_page(db: sqlite3.Connection, given: Given) -> Context:
    """Search results or, without a query, the newest articles; facets beside them."""
    hits, more = _hits(db, given, PAGE)
    for hit in hits:
        before, _, rest = hit["snippet"].partition("**")
        found, _, after = rest.partition("**")
        hit |= {"before": before, "found": found, "after": after, "link": _link(hit)}
    field = given.get("field") if given.get("field") in KINDS else "articles"
    query = given.get("q", "").strip()
    numbers = _remembered(db, ("query", query), lambda: counts(db, query)) if query else {}
    (total,) = db.execute("SELECT count(*) FROM articles").fetchone()
    return {
        "hits": hits, "more": more, "page": _number(given, "page", 1), "field": field, "kinds": KINDS, "counts": numbers,
        "facets": _remembered(db, "facets", lambda: _counted(db)), "total": total, "query": query,
    }  # fmt: skip


def search_data(db: sqlite3.Connection, given: Given) -> Context:
    """The search as JSON or CSV: the hits of one page, `limit` (at most 2,000) to a page."""
    limit = min(2_000, _number(given, "limit", 200))
    hits, more = _hits(db, given, limit)
    names = ("kind", "id", "label", "ref", "title", "published", "province", "exact", "snippet")
    listed = [{n: h[n] for n in names} for h in hits]
    if given["format"] == "json":
        return {"json": {"query": given.get("q", ""), "more": more, "hits": listed}}
    out = io.StringIO()
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows({n: harmless(v) if isinstance(v, str) else v for n, v in row.items()} for row in listed)
    return {"csv": "\ufeff" + out.getvalue()}


def article(db: sqlite3.Connection, given: Given) -> Context | None:
    """One article, its fields marked in the text."""
    found = _rows(db, "SELECT * FROM articles WHERE id = ?", given.get("id", ""))
    if not found:
        return None
    page = found[0]
    items = {
        f: _rows(db, f"SELECT * FROM {f} WHERE id = ? ORDER BY start", given.get("id", ""))
        for f in (*_COLOURED, "positions")
    }
    officials = _rows(
        db,
        "SELECT o.*, m.value AS mention FROM officials o, json_each(o.mentions) m WHERE o.id = ? ORDER BY person",
        given.get("id", ""),
    )
    marks: list[Mark] = []
    for field, rows in items.items():
        for row in rows:
            link = None
            if field == "locations" and row["code"]:
                link = f"/place/{row['code']}"
            elif field == "documents" and row["number"]:
                link = f"/document?number={quote(row['number_full'] or row['number'])}"
            marks.append(Mark(row["start"], row["end"], field, describe(field, row), link))
    people: dict[int, dict[str, Any]] = {}
    for row in officials:
        mention = json.loads(row["mention"])
        marks.append(
            Mark(
                mention["start"],
                mention["end"],
                "officials",
                describe("officials", row),
                f"/official?name={quote(row['name'])}",
            )
        )
        people.setdefault(row["person"], {"name": row["name"], "posts": []})
    for post in items["positions"]:
        if post["person"] in people:
            people[post["person"]]["posts"].append(
                f"{post['role']} {post['body_resolved'] or post['body'] or ''}".strip()
            )
    return {
        "page": page, "segments": segments(page["text"], marks), "people": list(people.values()), "items": items,
        "fields": ("officials", "positions", *_COLOURED),
    }  # fmt: skip


def official(db: sqlite3.Connection, given: Given) -> Context | None:
    """The persons of a name (or the one of `person`), each with the posts held over time; and the articles."""
    name = given.get("name", "")
    people = _rows(
        db,
        """SELECT * FROM persons WHERE id = ?1 OR id IN (SELECT person FROM person_mentions WHERE name = ?2)
           ORDER BY articles DESC, id""",
        given.get("person", ""),
        name,
    )
    for person in people:
        person["posts"] = _rows(
            db, "SELECT * FROM person_posts WHERE person = ? ORDER BY articles DESC, last_seen DESC", person["id"]
        )
        person["seen"] = _rows(
            db,
            """SELECT a.id, a.published, a.province, e.label, m.confidence, m.reason FROM person_mentions m
               JOIN articles a USING (id) JOIN entries e ON e.id = a.id AND e.kind = 'articles'
               WHERE m.person = ? ORDER BY a.published DESC LIMIT 200""",
            person["id"],
        )
    return {"name": name or people[0]["name"], "people": people} if people else None


def office(db: sqlite3.Connection, given: Given) -> Context | None:
    """A post: who held it, in the order in which the articles name them; and the other posts of its body."""
    held = _rows(
        db,
        """SELECT * FROM person_posts WHERE key = ?
           ORDER BY coalesce(since, first_seen, left_by, '9999'), coalesce(until, last_seen, '9999'), person""",
        given.get("key", ""),
    )
    if not held or not held[0]["body_key"]:
        return None
    others = _rows(
        db,
        """SELECT key, min(role) AS role, count(DISTINCT person) AS people FROM person_posts
           WHERE body_key = ? AND key <> ? GROUP BY key ORDER BY people DESC, key LIMIT 20""",
        held[0]["body_key"],
        held[0]["key"],
    )
    return {"post": held[0], "held": held, "others": others}


def place(db: sqlite3.Connection, given: Given) -> Context | None:
    """A unit: its states through time, its successors, its figures and the articles that name it."""
    code = given["code"]
    states = history(code)
    if not states:
        return None
    unit = _rows(db, "SELECT * FROM units WHERE code = ?", code)
    following = [s for c in (unit[0]["successors"] or "").split() for s in history(c)[-1:]] if unit else []
    seen = _rows(
        db,
        """SELECT DISTINCT a.id, a.published, e.label FROM locations l JOIN articles a USING (id)
           JOIN entries e ON e.id = a.id AND e.kind = 'articles' WHERE l.code = ? ORDER BY a.published DESC LIMIT 200""",
        code,
    )
    figures = _rows(db, "SELECT * FROM figures_panel WHERE place_codes LIKE ? ORDER BY period", f'%"{code}"%')
    people = _rows(
        db,
        """SELECT name, role, body, count(DISTINCT id) AS n FROM positions WHERE place_code = ?
           GROUP BY name, role, body ORDER BY n DESC LIMIT 50""",
        code,
    )
    return {
        "unit": unit[0] if unit else None, "code": code,
        "name": f"{unit[0]['type']} {unit[0]['name']}" if unit else f"{states[-1].type} {display(states[-1])}",
        "states": [
            {"name": f"{s.type} {display(s)}", "since": s.since, "until": "" if s.until == END else s.until} for s in states
        ],
        "following": [{"code": s.code, "name": f"{s.type} {display(s)}"} for s in following],
        "seen": seen, "figures": figures, "people": people, "chart": _over_time(figures),
    }  # fmt: skip


def _over_time(figures: list[dict[str, Any]]) -> str:
    series: dict[str, list[tuple[str, float]]] = {}
    for f in figures:
        if f["unit"] == "percent" and f["indicator"] == "coverage_rate" and f["period"]:
            name = f"{f['programme']} {f['status']}"
            series.setdefault(name, []).append((f["period"].split("/")[-1], f["value"]))
    return lines({k: v for k, v in series.items() if len(v) > 1}, "coverage over time")


def document(db: sqlite3.Connection, given: Given) -> Context | None:
    """A document by number: its types and issuers as cited, and the articles that cite it."""
    number = given.get("number", "")
    cited = _rows(
        db,
        """SELECT d.id, d.text, d.type, d.number, d.number_full, d.issuer, d.date, a.published, a.province, e.label
           FROM documents d JOIN articles a USING (id) JOIN entries e ON e.id = a.id AND e.kind = 'articles'
           WHERE d.number = ?1 OR d.number_full = ?1 ORDER BY a.published DESC LIMIT 300""",
        number,
    )
    return {"number": number, "cited": cited} if cited else None


def charts(db: sqlite3.Connection, given: Given) -> Context:
    """A programme's indicator by place and over time, and its figures as a table."""
    kinds = _rows(
        db,
        """SELECT programme, indicator, unit, count(*) AS n FROM figures_panel
           GROUP BY programme, indicator, unit ORDER BY indicator = 'coverage_rate' DESC, n DESC""",
    )
    first = kinds[0] if kinds else {"programme": "BHYT", "indicator": "coverage_rate", "unit": "percent"}
    programme = given.get("programme") or first["programme"]
    indicator = given.get("indicator") or first["indicator"]
    unit = given.get("unit") or next(
        (k["unit"] for k in kinds if (k["programme"], k["indicator"]) == (programme, indicator)), "percent"
    )
    figures = _rows(
        db,
        """SELECT * FROM figures_panel WHERE programme = ? AND indicator = ? AND unit = ? AND status = 'actual' AND "group" IS NULL
           ORDER BY period DESC LIMIT 500""",
        programme, indicator, unit,
    )  # fmt: skip
    latest: dict[str, float] = {}
    series: dict[str, list[tuple[str, float]]] = {}
    for f in figures:
        where = f["place"] or f["province"]
        if where:
            latest.setdefault(where, f["value"])
            if f["period"]:
                series.setdefault(where, []).append((f["period"].split("/")[-1][:10], f["value"]))
    ranked = sorted(latest.items(), key=lambda p: -p[1])[:30]
    over_time = dict(sorted(((k, v) for k, v in series.items() if len(v) > 1), key=lambda p: -len(p[1]))[:8])
    return {
        "kinds": kinds, "programme": programme, "indicator": indicator, "unit": unit, "figures": figures[:100],
        "by_place": bars(ranked, f"{programme} {indicator}"), "over_time": lines(over_time, f"{programme} {indicator}"),
    }  # fmt: skip


def country_map(db: sqlite3.Connection, given: Given) -> Context:
    """Articles by province as bubbles."""
    counted = _rows(
        db,
        "SELECT province_code, province, count(*) AS n FROM articles WHERE province_code IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC",
    )
    where = coordinates()
    points = [
        (
            r["province"],
            *where[r["province_code"]],
            float(r["n"]),
            f"/?province={quote(r['province'])}&lang={given['lang']}",
        )
        for r in counted
        if r["province_code"] in where
    ]
    return {"map": bubbles(points, "articles by province"), "counted": counted}
