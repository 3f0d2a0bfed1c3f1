"""Spellings near to a query's that a dataset holds: for a query without hits."""

from __future__ import annotations

import sqlite3
from difflib import SequenceMatcher, get_close_matches

from extractor.dataset.wordings import words_of

_LOOKED_AT = 20_000  # words of the index compared with one of the query
_LIKE = 0.72


def respelt(db: sqlite3.Connection, query: str) -> str | None:
    """The query with each word that no text holds as the nearest that one does; None where nothing is near or unknown."""
    out, changed = [], False
    for word in words_of(query):
        if _held(db, word):
            out.append(word)
            continue
        near = _near(db, word)
        if near is None:
            return None
        out.append(near)
        changed = True
    return " ".join(out) if changed else None


def _held(db: sqlite3.Connection, word: str) -> bool:
    sql = "SELECT 1 FROM words_vocabulary WHERE term = ? AND col = 'folded' LIMIT 1"
    return db.execute(sql, (word,)).fetchone() is not None


def _near(db: sqlite3.Connection, word: str) -> str | None:
    """The nearest word of the index with the same first letter; of equally near ones the one that more texts hold."""
    if not (word.isascii() and word.isalpha()):
        return None
    found = db.execute(
        """SELECT term, doc FROM words_vocabulary WHERE term >= ?1 AND term < ?2 AND col = 'folded'
           AND length(term) BETWEEN ?3 - 1 AND ?3 + 1 LIMIT ?4""",
        (word[0], chr(ord(word[0]) + 1), len(word), _LOOKED_AT),
    ).fetchall()
    often = dict(found)
    close = get_close_matches(word, often, n=8, cutoff=_LIKE)
    return max(close, key=lambda term: (_shared(word, term), often[term]), default=None)


def _shared(one: str, other: str) -> int:
    """How alike two words are, in tenths."""
    return round(SequenceMatcher(None, one, other).ratio() * 10)
