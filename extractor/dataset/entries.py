"""What can be searched in an article: itself, and the names in it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from extractor.dataset.database import Entry
from extractor.dataset.search import KINDS
from extractor.dataset.source import Rows


def entries(tables: Rows) -> Iterator[Entry]:
    """What can be searched: articles and what is in them."""
    for article in tables["articles"]:
        title = " ".join((article["title"] or article["text"].strip().split("\n", 1)[0][:120]).split())
        yield "articles", article["id"], title, None, f"{article['title'] or ''}\n{article['text']}"
    yield from _officials(tables)
    yield from _documents(tables)
    yield from _locations(tables)
    for name in KINDS[1:]:
        if name not in ("officials", "documents", "locations"):
            for text in sorted({(item["id"], item["text"]) for item in tables[name]}):
                yield name, text[0], text[1], None, text[1]


def _officials(tables: Rows) -> Iterator[Entry]:
    """Officials with the posts that they hold in their article."""
    posts: dict[tuple[str, int], list[str]] = {}
    for p in tables["positions"]:
        posts.setdefault((p["id"], p["person"]), []).append(
            f"{p['role']} {p['body_resolved'] or p['body'] or ''}".strip()
        )
    for o in tables["officials"]:
        held = "; ".join(posts.get((o["id"], o["person"]), []))
        yield "officials", o["id"], o["name"], held or None, f"{o['name']} {held}"


def _documents(tables: Rows) -> Iterator[Entry]:
    """Documents with a number or a name, once an article."""
    seen: set[tuple[Any, ...]] = set()
    for d in tables["documents"]:
        said = d["number"] or d["name"]
        if said and (once := (d["id"], d["type"], said)) not in seen:
            seen.add(once)
            label = f"{d['type'] or ''} {d['number']}".strip() if d["number"] else d["name"]
            words = (label, d["name"] or "", d["number_full"] or "", d["issuer"] or "")
            yield "documents", d["id"], label, d["issuer"], " ".join(words)


def _locations(tables: Rows) -> Iterator[Entry]:
    """Administrative units, once an article."""
    seen: set[tuple[Any, ...]] = set()
    for place in tables["locations"]:
        once = place["id"], place["name"], place["code"]
        if place["level"] != "other" and once not in seen:
            seen.add(once)
            yield "locations", *once, " ".join(p for p in place["path"] or [place["name"]] if p)
