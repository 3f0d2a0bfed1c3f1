"""Search in a dataset: with and without accents, exact hits first, filtered by field, province and date."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import regex

from extractor.batch.layout import TABLES
from extractor.dataset import VERSION
from extractor.dataset.wordings import LongQueryError, alternatives, phrases, quoted, words_of
from extractor.errors import InputError
from extractor.records import FIELDS
from extractor.text import unaccent

__all__ = [
    "KINDS",
    "Hit",
    "LongQueryError",
    "all_words",
    "count",
    "counts",
    "open_readonly",
    "phrase",
    "search",
    "snippet",
]
UNSEARCHED = ("dates", "figures")  # values rather than names
KINDS = ("articles", *(name for name in FIELDS if name not in UNSEARCHED))
_LOOK = 2.0  # seconds
_APOSTROPHE = "['’‘ʼ`´]?"


@dataclass(frozen=True, slots=True)
class Hit:
    """One hit: where it is, what it is called, and the words around it in the article (`**` around the match)."""

    kind: str
    id: str
    label: str
    ref: str | None
    title: str | None
    published: str | None
    province: str | None
    exact: bool
    snippet: str


def open_readonly(path: Path, *, look: bool = False) -> sqlite3.Connection:
    """A connection that cannot write. Raises `InputError` when the file is not a dataset of this version, or, with `look`,
    damaged as far as some seconds show."""
    again = f"make it with 'extractor index OUT -o {path.name}'"
    if not path.is_file():
        raise InputError(f"{path}: no such file; {again}")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    db.row_factory = sqlite3.Row
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        names = {r[0] for r in db.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
        missing = ({*TABLES, "parts", "units", "entries", "words"}) - names
        if version != VERSION or missing:
            raise InputError(f"{path}: not a dataset of this version; {again}")
        if look and (said := _health(db)) != "ok":
            raise InputError(f"{path}: damaged ({said}); remove it and {again}")
    except sqlite3.DatabaseError as error:
        db.close()
        raise InputError(f"{path}: not a dataset ({error}); {again}") from None
    except InputError:
        db.close()
        raise
    return db


def _health(db: sqlite3.Connection) -> str:
    """What SQLite finds wrong with the file, `ok` for nothing; a large file is looked at for some seconds only."""
    until = time.monotonic() + _LOOK
    db.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    try:
        return str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        if "interrupt" in str(error):
            return "ok"
        raise
    finally:
        db.set_progress_handler(None, 0)


def phrase(query: str, column: str) -> str:
    """The query as FTS5 phrases in one column: words side by side, marks between them ignored, short forms as what they stand for.

    What stands between quotes is looked for with its accents, whatever the column. Raises `LongQueryError`.
    """
    exact, rest = quoted(query)
    tests = [_exactly(part) for part in exact]
    if words_of(rest):
        tests.append(_exactly(rest) if column == "exact" else f"{column} : ({_any_of(phrases(rest))})")
    return " AND ".join(tests)


def all_words(query: str) -> str:
    """The query's words anywhere in a text, without accents; each once. Raises `LongQueryError`."""
    exact, rest = quoted(query)
    tests = [f"folded : ({_any_of(some)})" for some in dict.fromkeys(alternatives(rest))]
    return " AND ".join([*map(_exactly, exact), *tests])


def _exactly(part: str) -> str:
    return f'exact : "{" ".join(words_of(part, exact=True))}"'


def _any_of(some: Sequence[str]) -> str:
    return " OR ".join(f'"{words}"' for words in some)


# The best rowids first, then what is shown of them: sorting wide rows is what costs.
_SQL = """
WITH best AS (
    SELECT w.rowid AS at, w.rank AS rank, w.rowid IN (SELECT rowid FROM words WHERE words MATCH :exact) AS exact
    FROM words w JOIN entries e ON e.rowid = w.rowid {join}
    WHERE words MATCH :match {where}
    ORDER BY exact DESC, w.rank, w.rowid LIMIT :limit OFFSET :offset
)
SELECT e.kind, e.id, e.label, e.ref, a.title, a.published, a.province, exact
FROM best JOIN entries e ON e.rowid = best.at JOIN articles a ON a.id = e.id
ORDER BY exact DESC, best.rank, best.at
"""
_VARIANTS = {
    "a": "aàáảãạăằắẳẵặâầấẩẫậ", "d": "dđð", "e": "eèéẻẽẹêềếểễệ", "i": "iìíỉĩị", "o": "oòóỏõọôồốổỗộơờớởỡợ",
    "u": "uùúủũụưừứửữự", "y": "yỳýỷỹỵ",
}  # fmt: skip


def _filters(
    field: str, province: str | None, since: str | None, until: str | None, year: int | None
) -> tuple[str, dict[str, object]]:
    where = " AND e.kind = :kind"
    values: dict[str, object] = {"kind": field}
    if province:
        where += " AND unaccented(a.province) = :province"
        values["province"] = unaccent(province)
    for name, sign, value in (("since", ">=", since), ("until", "<=", until)):
        if value:
            where += f" AND a.published {sign} :{name}"
            values[name] = value
    if year:
        where += " AND a.year = :year"
        values["year"] = year
    return where, values


def search(
    db: sqlite3.Connection,
    query: str,
    *,
    field: str = "articles",
    province: str | None = None,
    since: str | None = None,
    until: str | None = None,
    year: int | None = None,
    limit: int = 20,
    offset: int = 0,
    condition: str = "",
    given: Mapping[str, object] | None = None,
    snippets: int | None = None,
) -> list[Hit]:
    """Hits of a query in one field, exact spelling first, then by relevance.

    The words are looked for side by side; when no text has them so, anywhere in it. Spelling without accents finds
    accented text and the other way round. `condition` is a further one in SQL on `articles a`, `given` its values; of the
    hits the first `snippets` have the words around them (all of them when it is not given). Raises `InputError` for an
    unknown field, and for a query that is too long.
    """
    check_field(field)
    together = phrase(query, "folded")
    if not together:
        return []
    db.create_function("unaccented", 1, lambda s: unaccent(s) if s else None, deterministic=True)
    where, values = _filters(field, province, since, until, year)
    if condition:
        where, values = f"{where} AND {condition}", values | dict(given or {})
    sql = _SQL.format(where=where, join="JOIN articles a ON a.id = e.id" if "a." in where else "")
    values |= {"exact": phrase(query, "exact"), "limit": limit, "offset": offset}
    found = db.execute(sql, values | {"match": together}).fetchall()
    if not found and not _any(db, together, field):
        found = db.execute(sql, values | {"match": all_words(query)}).fetchall()
    hits = [
        Hit(
            kind=r["kind"],
            id=r["id"],
            label=r["label"],
            ref=r["ref"],
            title=r["title"],
            published=r["published"],
            province=r["province"],
            exact=bool(r["exact"]),
            snippet="",
        )
        for r in found
    ]
    shown = len(hits) if snippets is None else snippets
    return [*with_snippets(db, hits[:shown], query), *hits[shown:]]


def with_snippets(db: sqlite3.Connection, hits: Sequence[Hit], query: str) -> list[Hit]:
    """The hits with the words around them in their articles."""
    out: list[Hit] = []
    for hit in hits:
        (text,) = db.execute("SELECT text FROM articles WHERE id = ?", (hit.id,)).fetchone()
        out.append(replace(hit, snippet=snippet(text, hit.label if hit.kind != "articles" else query)))
    return out


def _any(db: sqlite3.Connection, match: str, field: str) -> bool:
    sql = "SELECT 1 FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH ? AND e.kind = ? LIMIT 1"
    return db.execute(sql, (match, field)).fetchone() is not None


def matching(db: sqlite3.Connection, query: str, field: str) -> str:
    """The FTS5 match of a query in one field: its words side by side, where no text has them so, anywhere; "" for no words."""
    together = phrase(query, "folded")
    return together if not together or _any(db, together, field) else all_words(query)


def count(db: sqlite3.Connection, query: str, *, field: str = "articles") -> int:
    """How many hits a query has in one field."""
    check_field(field)
    if not (match := matching(db, query, field)):
        return 0
    sql = "SELECT count(*) FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH ? AND e.kind = ?"
    return int(db.execute(sql, (match, field)).fetchone()[0])


def counts(db: sqlite3.Connection, query: str) -> dict[str, int]:
    """How many hits a query has in each field. Raises `InputError` for a query that is too long."""
    together = phrase(query, "folded")
    found = _by_kind(db, together) if together else {}
    if together and len(found) < len(KINDS) and (apart := all_words(query)) != together:
        found = _by_kind(db, apart) | found
    return {kind: found.get(kind, 0) for kind in KINDS}


def _by_kind(db: sqlite3.Connection, match: str) -> dict[str, int]:
    sql = "SELECT e.kind, count(*) FROM words w JOIN entries e ON e.rowid = w.rowid WHERE words MATCH ? GROUP BY e.kind"
    return dict(db.execute(sql, (match,)).fetchall())


def check_field(field: str) -> None:
    """Raise `InputError` for a field that cannot be searched."""
    if field not in KINDS:
        raise InputError(f"--field {field}: one of {', '.join(KINDS)} is expected")


@lru_cache(maxsize=256)
def _finder(wordings: tuple[str, ...]) -> regex.Pattern[str]:
    """Words side by side in an accented text, in any spelling and case, by any of the wordings."""
    said = [r"[^\p{L}\p{N}]+".join(map(_spelt, words.split())) for words in wordings]
    return regex.compile(rf"\b(?:{'|'.join(said)})\b", regex.IGNORECASE)


def _spelt(word: str) -> str:
    return _APOSTROPHE.join(f"[{_VARIANTS[c]}]" if c in _VARIANTS else regex.escape(c) for c in word)


def snippet(text: str, query: str, around: int = 70) -> str:
    """The words around the first match, the match between `**`; the beginning of the text where there is none."""
    exact, rest = quoted(query)
    whole = tuple(phrases(rest)) if words_of(rest) else tuple(" ".join(words_of(part)) for part in exact)
    pieces = (whole, *alternatives(rest)) if whole else ()
    found = next((match for some in pieces if (match := _finder(some).search(text))), None)
    if found is None:
        return " ".join(text[: 2 * around].split())
    start, end = max(0, found.start() - around), min(len(text), found.end() + around)
    before, match, after = text[start : found.start()], text[found.start() : found.end()], text[found.end() : end]
    clip = ("…" if start else "") + before, after + ("…" if end < len(text) else "")
    return " ".join(f"{clip[0]}**{match}**{clip[1]}".split())
