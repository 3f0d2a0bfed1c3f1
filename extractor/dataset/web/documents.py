"""The page of a document."""

from __future__ import annotations

import sqlite3

from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route


def document(db: sqlite3.Connection, given: Given) -> Context | None:
    """A document by number: its types and issuers as cited, and the articles that cite it."""
    number = given.get("number", "")
    cited = rows(
        db,
        """SELECT d.id, d.text, d.type, d.number, d.number_full, d.issuer, d.date, a.published, a.province, e.label
           FROM documents d JOIN articles a USING (id) JOIN entries e ON e.id = a.id AND e.kind = 'articles'
           WHERE d.number = ?1 OR d.number_full = ?1 ORDER BY a.published DESC LIMIT 300""",
        number,
    )
    return {"number": number, "cited": cited} if cited else None


ROUTES = (Route(r"^/document$", "document.html", document),)
