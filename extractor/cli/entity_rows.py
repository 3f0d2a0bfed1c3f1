"""`extractor search --field offices | persons | citations | units`: posts, persons, documents and units as rows."""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Cells = tuple[object, ...]
_HELD = """
SELECT name, person, former, doubtful, since, until, first_seen, last_seen, left_by, articles, undated
FROM person_posts WHERE key = ?
ORDER BY doubtful, coalesce(since, first_seen, left_by, '9999'), coalesce(until, last_seen, '9999'), person
"""


def _offices(db: sqlite3.Connection, query: str, limit: int) -> Iterator[Cells]:
    """A row a holder: post, person, stated term, first and last article that show it, articles, undated ones among them."""
    from extractor.dataset.offices import offices

    for office in offices(db, query, limit=limit):
        for held in db.execute(_HELD, (office["key"],)):
            yield office["label"], held["name"], *_time(held), held["articles"], held["undated"], held["person"]


def _time(held: sqlite3.Row) -> Cells:
    kind = "in doubt" if held["doubtful"] else "former" if held["former"] else "held"
    term = f"{held['since'] or ''}..{held['until'] or ''}" if held["since"] or held["until"] else ""
    seen = "..".join(dict.fromkeys(d for d in (held["first_seen"], held["last_seen"]) if d))
    return kind, term, seen or (f"before {held['left_by']}" if held["left_by"] else "")


def _persons(db: sqlite3.Connection, query: str, limit: int) -> Iterator[Cells]:
    """A row a post of a person whose name or posts hold the words."""
    from extractor.dataset.offices import label
    from extractor.dataset.search import matching
    from extractor.dataset.wordings import indexed

    found = db.execute(
        """SELECT p.id, p.name, count(DISTINCT m.id) AS n FROM words w JOIN entries e ON e.rowid = w.rowid
           JOIN person_mentions m ON m.id = e.id AND m.name = e.label JOIN persons p ON p.id = m.person
           WHERE words MATCH ? AND e.kind = 'officials' GROUP BY p.id ORDER BY n DESC, p.id""",
        (matching(db, query, "officials"),),
    ).fetchall()
    asked = indexed(query)
    for person in sorted(found, key=lambda p: asked not in indexed(p["name"]))[:limit]:
        posts = db.execute(
            """SELECT * FROM person_posts WHERE person = ?
               ORDER BY doubtful, coalesce(since, first_seen, left_by, '9999'), key""",
            (person["id"],),
        ).fetchall()
        for post in posts:
            yield person["name"], label(dict(post)), *_time(post), post["articles"], post["undated"], person["id"]


def _citations(db: sqlite3.Connection, query: str, limit: int) -> Iterator[Cells]:
    """A row an article that cites a document of these words, the newest first."""
    from extractor.dataset.citations import documents, near_numbers

    found = documents(db, query, limit=limit)
    if not found and (near := near_numbers(db, query)):
        print(f"near: {', '.join(d['label'] for d in near)}", file=sys.stderr)
    for document in found:
        cited = db.execute(
            """SELECT a.id, a.published, a.title FROM articles a WHERE a.id IN (SELECT id FROM citations WHERE key = ?)
               ORDER BY a.published IS NULL, a.published DESC, a.id""",
            (document["key"],),
        )
        for one in cited:
            yield document["label"], document["issuer"], document["year"], one["id"], one["published"], one["title"]


def _units(db: sqlite3.Connection, query: str, limit: int) -> Iterator[Cells]:
    """A row a unit of the name, and those that it was joined of or went into: the articles that name each under its own code."""
    from extractor.dataset.places import family, full_name, history, named
    from extractor.gazetteer import END

    sql = "SELECT code, count(DISTINCT id) FROM locations WHERE code IS NOT NULL GROUP BY code"
    counted: Counter[str] = Counter(dict(db.execute(sql).fetchall()))
    units = sorted(named(query), key=lambda u: (-sum(counted[c] for c in family(u.code)), u.code))
    for unit in units[:limit]:
        for code in family(unit.code):
            state = history(code)[-1]
            until = state.until if state.until < END else ""
            yield full_name(unit), code, full_name(state), state.since or "", until, counted[code]


_FIELDS: dict[str, Callable[[sqlite3.Connection, str, int], Iterator[Cells]]] = {
    "offices": _offices,
    "persons": _persons,
    "citations": _citations,
    "units": _units,
}
FIELDS = tuple(_FIELDS)


def show(database: Path, field: str, query: str, limit: int) -> int:
    """Print the rows of one of `FIELDS`, tab-separated, a table in a terminal; the exit status."""
    from extractor.dataset.search import open_readonly

    found = list(_FIELDS[field](open_readonly(database), query, limit))
    if not found:
        print(f"nothing found for {query!r} in {field}; fewer words, or another --field, find more", file=sys.stderr)
        return 1
    rows = [tuple("" if cell is None else " ".join(str(cell).split()) for cell in row) for row in found]
    if sys.stdout.isatty():
        from rich.console import Console
        from rich.table import Table

        table: Any = Table(show_header=False, box=None)
        for row in rows:
            table.add_row(*row)
        Console(highlight=False).print(table)
    else:
        print("\n".join("\t".join(row) for row in rows))
    return 0
