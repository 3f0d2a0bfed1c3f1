"""The page of an article."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from extractor.dataset.web.links import Links
from extractor.dataset.web.marks import Mark, describe, segments
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route
from extractor.records import FIELDS

_COLOURED = tuple(name for name in FIELDS if name != "officials")


def article(db: sqlite3.Connection, given: Given) -> Context | None:
    """One article, its fields marked in the text."""
    found = rows(db, "SELECT * FROM articles WHERE id = ?", given.get("id", ""))
    if not found:
        return None
    page = found[0]
    items = {
        f: rows(db, f"SELECT * FROM {f} WHERE id = ? ORDER BY start", given.get("id", ""))
        for f in (*_COLOURED, "positions")
    }
    officials = rows(
        db,
        "SELECT o.*, m.value AS mention FROM officials o, json_each(o.mentions) m WHERE o.id = ? ORDER BY person",
        given.get("id", ""),
    )
    url = Links(given["lang"], "")
    marks: list[Mark] = []
    for field, found_items in items.items():
        for row in found_items:
            link = None
            if field == "locations" and row["code"]:
                link = url.place(row["code"])
            elif field == "documents" and row["number"]:
                link = url("/document", number=row["number_full"] or row["number"])
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
                url("/official", name=row["name"]),
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


ROUTES = (Route(r"^/article$", "article.html", article),)
