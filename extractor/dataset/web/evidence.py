"""What stands behind a post: the sentences of articles that give it to a person, what read the name, why it is this person."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from extractor.dataset.web.cards import decisions
from extractor.dataset.web.queries import rows
from extractor.dataset.web.quotes import quote

Row = dict[str, Any]
_SQL = """
SELECT e.key, e.person, n.name AS person_name, e.id, e.number, p.start, p."end", p.text, p.former, p.since, p.until,
       p.sentence_start, p.sentence_end, p.layer AS post_layer, p.rule AS post_rule,
       p.confidence AS post_sure, p.note AS post_note, a.published, a.source, l.label AS title, o.layer, o.rule, o.confidence,
       m.confidence AS linked, m.reason, substr(a.text, coalesce(p.sentence_start, p.start) + 1,
                        coalesce(p.sentence_end, p."end") - coalesce(p.sentence_start, p.start)) AS said
FROM post_evidence e JOIN positions p ON p.id = e.id AND p.person = e.number AND p.start = e.start
JOIN articles a ON a.id = e.id JOIN officials o ON o.id = e.id AND o.person = e.number
JOIN person_mentions m ON m.id = e.id AND m.number = e.number JOIN persons n ON n.id = e.person
JOIN entries l ON l.id = e.id AND l.kind = 'articles'
WHERE {where} ORDER BY a.published IS NULL, a.published DESC, e.id, p.start LIMIT ?
"""
_MOST = 600  # sentences of one page


def of_person(db: sqlite3.Connection, person: str) -> dict[str, list[Row]]:
    """The sentences on the posts of a person by the post's key, the newest first, one an article."""
    return _grouped(_quoted(rows(db, _SQL.format(where="e.person = ?"), person, _MOST)), "key")


def of_office(db: sqlite3.Connection, key: str) -> dict[str, list[Row]]:
    """The sentences on the holders of a post by person, the newest first, one an article."""
    return _grouped(_quoted(rows(db, _SQL.format(where="e.key = ?"), key, _MOST)), "person")


COLUMNS = (
    "name", "post", "former", "since", "until", "published", "title", "source", "sentence", "text", "layer", "rule", "confidence",
    "linked", "reason", "id", "start", "person", "key",
)  # fmt: skip


def file_rows(db: sqlite3.Connection, *, person: str = "", key: str = "", labels: Mapping[str, str]) -> list[Row]:
    """All that the pages of a person or of a post rest on, as rows of a file: a row a sentence. `labels` are posts by key."""
    where, given = ("e.person = ?", person) if person else ("e.key = ?", key)
    found = rows(db, _SQL.format(where=where), given, -1)
    return [
        {
            **one, "name": one["person_name"], "post": labels.get(one["key"], one["key"]), "layer": one["post_layer"],
            "rule": one["post_rule"], "confidence": one["post_sure"], "reason": reason_of(one["reason"]),
            "sentence": " ".join(one["said"].split()),
        }
        for one in found
    ]  # fmt: skip


def _quoted(found: list[Row]) -> list[Row]:
    for row in found:
        first = row["sentence_start"] if row["sentence_start"] is not None else row["start"]
        moved = {"start": row["start"] - first, "end": row["end"] - first}
        row["reason"], row["decided"] = reason_of(row["reason"]), decisions(row["post_layer"], row["post_note"])
        row["quote"] = quote(row["said"], moved | {"sentence_start": 0, "sentence_end": len(row["said"])})
    return found


def reason_of(reason: str) -> str:
    """The kind of a link's reason: "same post" of "same post: … – …"."""
    return reason.partition(":")[0]


def _grouped(found: list[Row], name: str) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    once: set[tuple[str, str]] = set()
    for row in found:
        if (row[name], row["id"]) not in once:
            once.add((row[name], row["id"]))
            out.setdefault(row[name], []).append(row)
    return out
