"""Pages of documents: one document, who cites it when; and the most cited of a year, a province, a kind, or of some words."""

from __future__ import annotations

import sqlite3
from typing import Any

from extractor.dataset import citations
from extractor.dataset.web.downloads import FORMATS, sheet
from extractor.dataset.web.formats import formats
from extractor.dataset.web.queries import Context, Given, number, remembered, rows
from extractor.dataset.web.quotes import quote
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words

Row = dict[str, Any]
COLUMNS = (
    "label",
    "type",
    "number",
    "name",
    "issuer",
    "year",
    "date",
    "articles",
    "citations",
    "first_seen",
    "last_seen",
    "key",
)
CITATION_COLUMNS = (
    "published", "title", "source", "province", "sentence", "text", "number_full", "issuer", "confidence", "id", "start",
)  # fmt: skip
_CITED, _PAGE, _NEAR = 100, 50, 8
_MOST = 20_000  # documents of one list
_SQL = """
SELECT c.key, d.id, d.start, d."end", d.text, d.number, d.number_full, d.issuer, d.date, d.year, d.layer, d.rule, d.confidence,
       a.published, a.source, e.label AS title,
       substr(a.text, coalesce(d.sentence_start, d.start) + 1,
              coalesce(d.sentence_end, d."end") - coalesce(d.sentence_start, d.start)) AS said,
       coalesce(d.sentence_start, d.start) AS first, a.year AS article_year, a.province
FROM citations c JOIN documents d ON d.id = c.id AND d.start = c.start JOIN articles a ON a.id = c.id
JOIN entries e ON e.id = a.id AND e.kind = 'articles'
WHERE c.key = ? ORDER BY a.published IS NULL, a.published DESC, c.id, c.start
"""


def document(db: sqlite3.Connection, given: Given) -> Context | None:
    """A document by its key, or by a number: where several bear it, the list of them."""
    key, number_ = given.get("key", ""), given.get("number", "").strip()
    found = rows(db, "SELECT * FROM cited_documents WHERE key = ?", key) if key else _numbered(db, number_)
    if not found:
        return None
    if len(found) > 1:
        return {"number": number_, "several": found, "document": None}
    return _page(db, found[0], given["lang"])


def _numbered(db: sqlite3.Connection, asked: str) -> list[Row]:
    """The documents that articles cite by a number as it is written."""
    if not asked:
        return []
    return rows(
        db,
        """SELECT * FROM cited_documents WHERE key IN (SELECT c.key FROM citations c
           JOIN documents d ON d.id = c.id AND d.start = c.start WHERE d.number = ?1 OR d.number_full = ?1)
           ORDER BY articles DESC, key""",
        asked,
    )


def _page(db: sqlite3.Connection, document: Row, lang: str) -> Context:
    cited = rows(db, _SQL, document["key"])
    for one in cited:
        moved = {"start": one["start"] - one["first"], "end": one["end"] - one["first"]}
        one["quote"] = quote(one["said"], moved | {"sentence_start": 0, "sentence_end": len(one["said"])})
    once = list({one["id"]: one for one in reversed(cited)}.values())[::-1]
    times = {key: sum(1 for one in cited if one["id"] == key) for key in {one["id"] for one in cited}}
    numbers: dict[str, int] = {}
    for one in cited:
        if said := one["number_full"] or one["number"]:
            numbers[said] = numbers.get(said, 0) + 1
    return {
        "document": document, "several": [], "cited": once[:_CITED], "times": times, "lede": _lede(document, lang),
        "by_year": _counted(once, "article_year"), "provinces": _counted(once, "province")[:12],
        "numbers": sorted(numbers.items(), key=lambda n: (-n[1], n[0])) if len(numbers) > 1 or document["name"] else [],
        "near": [d for d in citations.near_numbers(db, document["label"], limit=_NEAR) if d["key"] != document["key"]],
    }  # fmt: skip


def _lede(document: Row, lang: str) -> str:
    said, written = words(lang), formats(lang)
    told = [document["issuer"], written.day(document["date"]) or (document["year"] and str(document["year"]))]
    parts = [part for part in told if part]
    cited = said.fill(
        "document_lede",
        articles=written.count(document["articles"], "articles"),
        span=written.span(document["first_seen"], document["last_seen"]) or said.undated,
    )
    return f"{', '.join(parts)}. {cited}" if parts else cited


def _counted(found: list[Row], column: str) -> list[Row]:
    counted: dict[Any, int] = {}
    for one in found:
        counted[one[column]] = counted.get(one[column], 0) + 1
    most = max(counted.values(), default=1)
    listed = [{"name": name, "n": n, "share": n / most} for name, n in counted.items()]
    if column == "province":
        return sorted((r for r in listed if r["name"]), key=lambda r: (-r["n"], r["name"]))
    return sorted(listed, key=lambda r: (r["name"] is None, r["name"]))


def document_file(db: sqlite3.Connection, given: Given) -> Context | None:
    """All citations of a document, each with its sentence."""
    found = rows(db, "SELECT * FROM cited_documents WHERE key = ?", given.get("key", ""))
    if not found:
        return None
    return sheet(given, found[0]["label"], (_cited(one) for one in rows(db, _SQL, found[0]["key"])), CITATION_COLUMNS)


def _cited(one: Row) -> Row:
    return one | {"sentence": " ".join(one["said"].split())}


def _found(db: sqlite3.Connection, given: Given) -> tuple[str, dict[str, str], list[Row]]:
    """The query and the choices of a list, and what it holds."""
    query = given.get("q", "").strip()
    chosen = {name: given[name] for name in ("year", "province", "type") if given.get(name)}
    return query, chosen, _asked(db, query, chosen) if query else _most_cited(db, chosen)


def documents_file(db: sqlite3.Connection, given: Given) -> Context:
    """The documents of a list."""
    query, chosen, found = _found(db, given)
    return sheet(given, " ".join(("documents", query, *chosen.values())), found, COLUMNS)


def documents(db: sqlite3.Connection, given: Given) -> Context:
    """Documents: the most cited in all, in a year's articles, in those on a province, of a kind, or by words; near numbers where
    no number fits."""
    page = max(1, number(given, "page", 1))
    query, chosen, found = _found(db, given)
    near = citations.near_numbers(db, query, limit=_NEAR) if query and not found else []
    return {
        "found": found[(page - 1) * _PAGE : page * _PAGE], "total": len(found), "more": len(found) > page * _PAGE, "page": page,
        "query": query, "chosen": chosen, "near": near,
        "facets": remembered(db, ("documents", tuple(chosen.items())), lambda: _facets(db, chosen)),
    }  # fmt: skip


def _asked(db: sqlite3.Connection, query: str, chosen: dict[str, str]) -> list[Row]:
    left = {d["key"] for d in _most_cited(db, chosen)} if chosen else None
    return [d for d in citations.documents(db, query, limit=_MOST) if left is None or d["key"] in left]


_TESTS = {"year": "coalesce(CAST(a.year AS TEXT), 'none') = ?", "province": "a.province = ?", "type": "d.type = ?"}


def _most_cited(db: sqlite3.Connection, chosen: dict[str, str]) -> list[Row]:
    if not chosen:
        return rows(db, "SELECT * FROM cited_documents ORDER BY articles DESC, key LIMIT ?", _MOST)
    where = " AND ".join(_TESTS[name] for name in chosen)
    return rows(
        db,
        f"""SELECT d.key, d.type, d.number, d.name, d.issuer, d.year, d.date, d.label, count(DISTINCT c.id) AS articles,
            min(a.published) AS first_seen, max(a.published) AS last_seen, count(*) AS citations
            FROM cited_documents d JOIN citations c ON c.key = d.key JOIN articles a ON a.id = c.id
            WHERE {where} GROUP BY d.key ORDER BY articles DESC, d.key LIMIT {_MOST}""",
        *chosen.values(),
    )


def _facets(db: sqlite3.Connection, chosen: dict[str, str]) -> dict[str, list[Row]]:
    """How many documents are left by each year, province and kind, the other choices as they are."""
    columns = {"year": "coalesce(CAST(a.year AS TEXT), 'none')", "province": "a.province", "type": "d.type"}
    out = {}
    for name, column in columns.items():
        others = {k: v for k, v in chosen.items() if k != name}
        where = " AND ".join(_TESTS[k] for k in others) or "1"
        order = "name = 'none', name DESC" if name == "year" else "n DESC, name"
        out[name] = rows(
            db,
            f"""SELECT {column} AS name, count(DISTINCT d.key) AS n FROM cited_documents d JOIN citations c ON c.key = d.key
                JOIN articles a ON a.id = c.id WHERE {where} AND {column} IS NOT NULL GROUP BY 1 ORDER BY {order}""",
            *others.values(),
        )
    return out


ROUTES = (
    Route(r"^/document$", "document.html", document),
    Route(r"^/documents$", "documents.html", documents),
    Route(rf"^/document\.(?P<format>{FORMATS})$", "document.html", document_file),
    Route(rf"^/documents\.(?P<format>{FORMATS})$", "documents.html", documents_file),
)
