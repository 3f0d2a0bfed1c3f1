"""An article as its page shows it: lines with marks, cards beside them, tables under them. Out of the database, or a record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from extractor.dataset.web.cards import Card, Cards, Row, listed
from extractor.dataset.web.marks import WEAK, Mark, Segment, lines, segments
from extractor.records import FIELDS
from extractor.sample import sample_hashes

ITEMS = tuple(name for name in FIELDS if name != "officials")
ORDER = ("figures", "officials", "positions", "documents", "locations", "dates")


def view(page: Row, items: Mapping[str, Sequence[Row]], cards: Cards) -> dict[str, Any]:
    """The values of `_article.html`.

    Args:
        page: the article's row.
        items: rows by table: each field's, and `positions`.
        cards: what makes the cards, in the language of the page.
    """
    marks, told = _marks(items, cards)
    pieces = segments(page["text"], marks)
    found = lines(pieces)
    head, body = _headed(page["title"], found)
    counted = Counter(card.field for card in told)
    by_start: dict[int, list[Card]] = {}
    for card in sorted(told, key=lambda c: (c.start, ORDER.index(c.field) if c.field in ORDER else len(ORDER))):
        by_start.setdefault(card.start, []).append(card)
    starts = list(by_start)
    return {
        "page": page, "head": head, "lines": [(line, any("\t" in s.text for s in line)) for line in body], "panels": by_start,
        "before": dict(zip(starts[1:], starts, strict=False)), "after": dict(pairwise(starts)),
        "kinds": [(name, counted[name]) for name in (*ORDER, *(n for n in ITEMS if n not in ORDER)) if counted[name]],
        "figures": items["figures"], "people": _people(items), "warnings": listed(page.get("warnings")),
        "told_until": _latest(items), "invented_article": page.get("sha256") in sample_hashes(), "weak": WEAK, "corrections": [],
    }  # fmt: skip


def _marks(items: Mapping[str, Sequence[Row]], cards: Cards) -> tuple[list[Mark], list[Card]]:
    marks: list[Mark] = []
    told: list[Card] = []
    for name in (*ITEMS, "positions"):
        for row in items[name]:
            confidence = row.get("confidence")
            marks.append(Mark(row["start"], row["end"], name, confidence is not None and confidence < WEAK))
            told.append(cards.card(name, row))
    posts: dict[int, list[Row]] = {}
    for post in items["positions"]:
        posts.setdefault(post["person"], []).append(post)
    for row in items["officials"]:
        mentions = listed(row["mentions"]) or [row]
        marks += [Mark(m["start"], m["end"], "officials", row["confidence"] < WEAK) for m in mentions]
        told += cards.person(row, posts.get(row["person"], []), mentions)
    return marks, told


def _headed(title: str | None, found: list[list[Segment]]) -> tuple[list[Segment], list[list[Segment]]]:
    """Headline and lines: the headline marked where the text begins with it, as most texts do, and then not repeated."""
    if not title:
        return [], found
    if found and _plain("".join(piece.text for piece in found[0])) == _plain(title):
        return found[0], found[1:]
    return [Segment(title)], found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _people(items: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    people: dict[int, dict[str, Any]] = {
        row["person"]: {"name": row["name"], "start": (listed(row["mentions"]) or [row])[0]["start"], "posts": []}
        for row in items["officials"]
    }
    for post in items["positions"]:
        if post["person"] in people:
            people[post["person"]]["posts"].append(post)
    return list(people.values())


def _latest(items: Mapping[str, Sequence[Row]]) -> str:
    """The latest day that the text tells of: what is known of the time of an article without a date."""
    return max((str(row["end_date"]) for row in items["dates"] if row.get("end_date")), default="")
