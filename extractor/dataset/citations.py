"""The tables `cited_documents` and `citations` of a searchable dataset: one row a document however articles write it.

A law is its canonical name. Any other document is its number, issuer and year: a citation that leaves one of these out ("Nghị quyết
35") is the document that the same article cites in full, else the only one that it can be, else one of its own.
"""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.database import Database, dicts
from extractor.dataset.wordings import all_in_words, indexed
from extractor.rules import load_rows
from extractor.rules.lexica import LevelRow

CREATE = """
CREATE TABLE cited_documents (
    key TEXT PRIMARY KEY, type TEXT, number TEXT, name TEXT, issuer TEXT, year INTEGER, date TEXT, label TEXT NOT NULL,
    articles INTEGER NOT NULL, citations INTEGER NOT NULL, undated INTEGER NOT NULL, first_seen TEXT, last_seen TEXT,
    words TEXT NOT NULL
);
CREATE INDEX cited_documents_number ON cited_documents (number);
CREATE TABLE citations (key TEXT NOT NULL, id TEXT NOT NULL, start INTEGER NOT NULL);
CREATE INDEX citations_key ON citations (key);
CREATE INDEX citations_id ON citations (id);
"""
_COLUMNS = (
    "key", "type", "number", "name", "issuer", "year", "date", "label", "articles", "citations", "undated", "first_seen",
    "last_seen", "words",
)  # fmt: skip
_CITED = """
SELECT d.id, d.start, d.type, d.number, d.number_full, d.name, d.year, d.issuer, d.date, a.published, a.province_code
FROM documents d JOIN articles a USING (id) WHERE d.number IS NOT NULL OR d.name IS NOT NULL ORDER BY d.id, d.start
"""
_CURRENT = 5  # years in which a number is cited without its year: the next year gives it anew
Cited = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Number:
    """What tells a document: its number in words, the issuer's wording, the year; None where the citation leaves it open."""

    words: str
    issuer: str | None
    year: int | None

    @property
    def base(self) -> str:
        """The number proper: 35 of 35/NQ-CP."""
        return self.words.split(" ", 1)[0]


def fill(db: Database) -> None:
    """Make both tables anew."""
    cited = dicts(db.execute(_CITED))
    keys = _keys(cited)
    grouped: dict[str, list[Cited]] = defaultdict(list)
    for row, key in zip(cited, keys, strict=True):
        grouped[key].append(row)
    with db.transaction():
        db.execute("DELETE FROM citations")
        db.execute("DELETE FROM cited_documents")
        found = ((key, row["id"], row["start"]) for row, key in zip(cited, keys, strict=True))
        db.insert("citations", ("key", "id", "start"), found)
        db.insert("cited_documents", _COLUMNS, (_document(key, rows) for key, rows in sorted(grouped.items())))


def _keys(cited: Sequence[Cited]) -> list[str]:
    """The key of the document that each citation means."""
    laws = {_words(row["number_full"]): row["name"] for row in cited if row["name"] and row["number_full"]}
    told = [None if row["name"] else _number(row) for row in cited]
    whole = _Whole(
        (row, one) for row, one in zip(cited, told, strict=True) if one and " " in one.words and one.words not in laws
    )
    out = []
    for row, one in zip(cited, told, strict=True):
        name = row["name"] if one is None else laws.get(one.words)
        out.append(f"name.{_slug(name)}" if name else whole.key(row, one or _number(row)))
    return out


def _number(row: Cited) -> _Number:
    issuer = indexed(row["issuer"] or "")
    told = issuer if issuer and issuer.split()[-1] not in _levels() else None
    return _Number(_words(row["number_full"] or row["number"]), told, row["year"])


def _levels() -> frozenset[str]:
    """Words that end an issuer whose unit is left open: "Ủy ban nhân dân tỉnh"."""
    return frozenset(
        word for row in load_rows("levels.yaml", LevelRow) for form in row.forms for word in indexed(form).split()[-1:]
    )


def _words(number: str | None) -> str:
    return indexed(number or "")


def _slug(text: str | None) -> str:
    return indexed(text or "").replace(" ", "-")


class _Whole:
    """The documents that some article cites with a whole number, and what less than whole citations mean among them."""

    def __init__(self, cited: Iterable[tuple[Cited, _Number]]) -> None:
        self._by_base: dict[str, set[_Number]] = defaultdict(set)
        self._in: dict[tuple[str, str], set[_Number]] = defaultdict(set)
        self._types: dict[str, Counter[str]] = defaultdict(Counter)
        for row, one in cited:
            self._types[one.words][row["type"] or ""] += 1
            if one.issuer:
                self._by_base[one.base].add(one)
                self._in[row["id"], one.base].add(one)

    def key(self, row: Cited, one: _Number) -> str:
        """The key of the document that a citation means."""
        found = one if one.issuer and one.year and " " in one.words else self._meant(row, one)
        kind = _slug(self._type(row, found))
        told = (kind, _slug(found.words), _slug(found.issuer), str(found.year or ""))
        # Where the issuer stays open, what two provinces' articles cite is not taken for one.
        home = "" if found.issuer else f"in-{row['province_code'] or row['id']}"
        return ".".join(part for part in (*told, home) if part)

    def _type(self, row: Cited, found: _Number) -> str:
        known = self._types.get(found.words)
        return min(known, key=lambda t: (not t, -known[t], t)) if known else row["type"] or ""

    def _meant(self, row: Cited, one: _Number) -> _Number:
        for some, near in ((self._in.get((row["id"], one.base), ()), False), (self._by_base.get(one.base, ()), True)):
            fits = {other for other in some if other != one and self._fits(row, one, other, near=near)}
            dated = {other for other in fits if other.year}
            if len(dated or fits) == 1:
                return (dated or fits).pop()
        return one

    def _fits(self, row: Cited, one: _Number, other: _Number, *, near: bool) -> bool:
        if " " in one.words and one.words != other.words:
            return False
        if " " not in one.words and _slug(row["type"]) != _slug(self._type({"type": None}, other)):
            return False
        if (one.issuer and one.issuer != other.issuer) or (one.year and one.year != other.year):
            return False
        return not near or bool(one.year) or self._in_time(row, other)

    @staticmethod
    def _in_time(row: Cited, other: _Number) -> bool:
        """Whether an article is of the years in which the number means this document; one without a day may be."""
        if not row["published"] or not other.year:
            return True
        return 0 <= int(row["published"][:4]) - other.year <= _CURRENT


def _document(key: str, rows: Sequence[Cited]) -> tuple[Any, ...]:
    """The row of a document: what most of its citations say, the fullest number."""
    days = sorted(row["published"] for row in rows if row["published"])
    by_name = key.startswith("name.")
    number = _fullest(rows, by_name=by_name)
    kind, name, issuer = _most(rows, "type"), _most(rows, "name"), _most(rows, "issuer")
    label = name or f"{kind or ''} {number or ''}".strip()
    dates = [row for row in rows if row["date"] and len(row["date"]) == len("2020-01-01")]
    articles = {row["id"] for row in rows}
    undated = {row["id"] for row in rows if not row["published"]}
    told = (None, None) if by_name else (_most(rows, "year"), _most(dates, "date"))
    return (
        key, kind, number, name, issuer, *told, label, len(articles), len(rows), len(undated), min(days, default=None),
        max(days, default=None), f" {indexed(' '.join(str(part or '') for part in (label, number, issuer, *told)))} ",
    )  # fmt: skip


def _fullest(rows: Sequence[Cited], *, by_name: bool) -> str | None:
    """The fullest number of a document; none of a law cited by its name, whose amendments and successors have several."""
    numbers = {row["number_full"] or row["number"] for row in rows} - {None}
    if by_name and len(numbers) > 1:
        return None
    return max(numbers, key=lambda n: (_words(n).count(" "), -len(n), n), default=None)


def _most(rows: Sequence[Cited], column: str) -> Any:
    counted = Counter(row[column] for row in rows if row[column])
    return min(counted, key=lambda v: (-counted[v], str(v))) if counted else None


def documents(db: sqlite3.Connection, query: str, *, limit: int = 20) -> list[dict[str, Any]]:
    """Documents whose number, name, type or issuer hold all words of a query; those with exactly that number first, then the most
    cited. Raises `InputError` for a query that is too long."""
    where, values, wordings = all_in_words(query)
    if not where:
        return []
    found = _rows(db, where, *values)
    numbers = {words for words in wordings if words[:1].isdigit()}
    return sorted(found, key=lambda d: (_words(d["number"]).split(" ")[0] not in numbers, -d["articles"], d["key"]))[
        :limit
    ]


def _rows(db: sqlite3.Connection, where: str = "1", *values: str) -> list[dict[str, Any]]:
    return dicts(db.execute(f"SELECT * FROM cited_documents WHERE {where}", values))


def near_numbers(db: sqlite3.Connection, query: str, *, limit: int = 8) -> list[dict[str, Any]]:
    """Documents with numbers near the one that a query holds, of its kind before others, the nearest first."""
    words = indexed(query).split()
    asked = next((int(w) for w in words if w.isdecimal() and len(w) < 7), None)
    if asked is None:
        return []
    letters = {w for w in words if not w[:1].isdigit()}
    scored = []
    for one in _rows(db, "number GLOB '*[0-9]*'"):
        base = _words(one["number"]).split(" ")[0]
        if base.isdecimal():
            shared = len(letters & set(one["words"].split()))
            alike = min(len(base), len(str(asked))) > 2 and (str(asked) in base or base in str(asked))
            scored.append(((-shared, not alike, abs(int(base) - asked), one["key"]), one))
    return [one for _, one in sorted(scored, key=lambda s: s[0])[:limit]]
