"""Names that are spelt like a query without hits."""

from __future__ import annotations

import sqlite3
from difflib import get_close_matches

from extractor.dataset.wordings import words_of
from extractor.text import unaccent

_LOOKED_AT = 3_000  # names compared with the query
_FIRST = 3  # letters of a word that are taken to be right
_SHOWN, _LIKE = 5, 0.6


def near(db: sqlite3.Connection, query: str) -> list[tuple[str, str]]:
    """Names of officials, places and documents close to the query, as (kind, name), the closest first.

    Compared are names with a word that begins as one of the query's does.
    """
    words = words_of(query)
    if not words:
        return []
    match = " OR ".join(f"folded : {word[:_FIRST]}*" for word in dict.fromkeys(words) if word.isascii())
    if not match:
        return []
    found = db.execute(
        """SELECT DISTINCT e.kind, e.label FROM words w JOIN entries e ON e.rowid = w.rowid
           WHERE words MATCH ? AND e.kind <> 'articles' LIMIT ?""",
        (match, _LOOKED_AT),
    )
    names = {unaccent(label): (kind, label) for kind, label in found}
    close = get_close_matches(" ".join(words), names, n=_SHOWN, cutoff=_LIKE)
    return [names[name] for name in close]
