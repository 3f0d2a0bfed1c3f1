"""The first page: what the collection holds by year and province, questions it can answer, the newest figures with their words."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from typing import Any

from extractor.dataset.web.formats import formats
from extractor.dataset.web.links import Links, figure_kind
from extractor.dataset.web.marks import WEAK
from extractor.dataset.web.queries import Context, Given, remembered, rows
from extractor.dataset.web.quotes import quote
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words

_PROVINCES, _YEARS = 12, 10  # rows and columns of the strip
_FIGURES, _ARTICLES = 6, 10


def start(db: sqlite3.Connection, given: Given) -> Context:
    """The first page."""
    held = remembered(db, "start", lambda: _held(db))
    return held | {"questions": _questions(held["examples"], given["lang"])}


def _held(db: sqlite3.Connection) -> dict[str, Any]:
    newest = rows(
        db,
        """SELECT a.id, e.label AS title, a.published, a.province, a.source FROM articles a
           JOIN entries e ON e.id = a.id AND e.kind = 'articles' ORDER BY a.published DESC, a.id LIMIT ?""",
        _ARTICLES,
    )
    return {"strip": _strip(db), "examples": _examples(db), "latest": _latest(db), "newest": newest}


def _strip(db: sqlite3.Connection) -> dict[str, Any]:
    """Articles by province and year: the provinces with most, the last years, older ones together, the undated."""
    counted = rows(
        db, "SELECT province, year, count(*) AS n FROM articles WHERE province IS NOT NULL GROUP BY province, year"
    )
    sums: dict[str, int] = defaultdict(int)
    cells: dict[tuple[str, int | None], int] = {}
    for row in counted:
        sums[row["province"]] += row["n"]
        cells[row["province"], row["year"]] = row["n"]
    dated = sorted({row["year"] for row in counted if row["year"]})
    columns = [*dated[-_YEARS:], *([None] if any(row["year"] is None for row in counted) else [])]
    shown = sorted(sums, key=lambda p: (-sums[p], p))[:_PROVINCES]
    most = max((cells.get((p, y), 0) for p in shown for y in columns), default=0)
    lines = [
        (p, [(y, cells.get((p, y), 0), (cells.get((p, y), 0) / most) ** 0.5 if most else 0) for y in columns], sums[p])
        for p in shown
    ]
    return {"years": columns, "lines": lines, "older": dated[: -len(dated[-_YEARS:])], "more": len(sums) - len(shown)}


def _latest(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """The newest figures that are not in doubt, one an article, each with its sentence."""
    found = rows(
        db,
        """SELECT f.*, a.published, a.source, e.label AS title, u.type || ' ' || u.name AS unit_name
           FROM figures f JOIN articles a USING (id) LEFT JOIN units u ON u.code = f.place_code
           JOIN entries e ON e.id = a.id AND e.kind = 'articles'
           WHERE a.published IS NOT NULL AND f.confidence >= ? AND f.place IS NOT NULL
           ORDER BY a.published DESC, a.id, f.start LIMIT 200""",
        WEAK,
    )
    first = {row["id"]: row for row in reversed(found)}
    shown = sorted(first.values(), key=lambda row: row["published"], reverse=True)[:_FIGURES]
    for row in shown:
        (text,) = db.execute("SELECT text FROM articles WHERE id = ?", (row["id"],)).fetchone()
        row["quote"] = quote(text, row)
    return shown


_EXAMPLES = {
    "figure": """SELECT c.programme, c.indicator, c.unit, c.place_key AS place, count(*) AS n,
        CASE u.level WHEN 'province' THEN c.place ELSE u.type || ' ' || c.place END AS name
        FROM cells c JOIN units u ON u.code = c.place_code WHERE c.indicator = 'coverage_rate' AND c.group_key = ''
        GROUP BY 1, 2, 3, 4 ORDER BY u.level = 'province' DESC, n DESC, 4 LIMIT 1""",
    "office": """SELECT key, min(role) AS role, min(body) AS body, count(DISTINCT person) AS n FROM person_posts
        WHERE admin_level = 'province' AND body_key IS NOT NULL AND role IN (SELECT role FROM person_posts
            WHERE admin_level = 'province' GROUP BY role ORDER BY count(*) DESC LIMIT 3)
        GROUP BY key ORDER BY n DESC, key LIMIT 1""",
    "document": """SELECT number_full AS number, min(type) AS type, count(DISTINCT id) AS n FROM documents
        WHERE number_full LIKE '%/%' GROUP BY number_full ORDER BY n DESC, number_full LIMIT 1""",
    "place": """SELECT l.code, u.name, u.type, count(DISTINCT l.id) AS n FROM locations l JOIN units u ON u.code = l.code
        WHERE u.level IN ('district', 'commune') GROUP BY l.code ORDER BY n DESC, l.code LIMIT 1""",
}


def _examples(db: sqlite3.Connection) -> dict[str, dict[str, Any]]:
    """What the four questions ask for: what this collection holds most of. A question that it cannot answer is left out."""
    return {name: found[0] for name, sql in _EXAMPLES.items() if (found := rows(db, sql))}


def _with_type(unit: dict[str, Any]) -> str:
    """A unit's type and name; a name that has its type ("Quận 1") stands as it is."""
    return str(unit["name"]) if unit["name"].startswith(unit["type"]) else f"{unit['type']} {unit['name']}"


def _questions(examples: dict[str, dict[str, Any]], lang: str) -> list[tuple[str, str]]:
    said, written, url = words(lang), formats(lang), Links(lang, "")
    out = []
    if one := examples.get("figure"):
        address = url("/figures", what=figure_kind(one), place=one["place"])
        out.append((said.fill("ask_figure", what=written.figure(one), place=one["name"]), address))
    if one := examples.get("office"):
        out.append((said.fill("ask_office", post=f"{one['role']} {one['body']}"), url("/office", key=one["key"])))
    if one := examples.get("document"):
        name = f"{one['type']} {one['number']}"
        out.append((said.fill("ask_document", document=name), url("/document", number=one["number"])))
    if one := examples.get("place"):
        out.append((said.fill("ask_place", place=_with_type(one)), url.place(one["code"])))
    return out


ROUTES = (Route(r"^/$", "start.html", start),)
