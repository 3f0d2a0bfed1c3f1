"""A database follows its sources: of each part what changed, went or came, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from extractor.batch.layout import TABLES
from extractor.dataset import corrected
from extractor.dataset.corrections import Said
from extractor.dataset.database import Database
from extractor.dataset.places import UNIT_COLUMNS, unit_row
from extractor.dataset.rows import Articles
from extractor.dataset.source import Origin, marks_of, parts

Tick = Callable[[str, int], None]

_MARKED = "SELECT 1 FROM parts WHERE source = ? AND sha256 = '' LIMIT 1"
_MARK = """
UPDATE parts SET sha256 = '' WHERE EXISTS
    (SELECT 1 FROM origins o WHERE o.source = parts.source AND o.part = parts.name AND o.stored = ?)
"""

_PART = """
INSERT INTO parts VALUES (?, ?, ?, ?, ?) ON CONFLICT (source, name)
DO UPDATE SET sha256 = excluded.sha256, articles = excluded.articles, indexed_at = excluded.indexed_at
"""


@dataclass(slots=True)
class Built:
    """What an indexing run did: parts that are new or changed and parts as before; articles added, written anew and taken out;
    articles that another one stands for (`doubled`); articles in all; corrections that could not be done, in words."""

    new_parts: int = 0
    old_parts: int = 0
    gone_parts: int = 0
    new_articles: int = 0
    changed: int = 0
    removed: int = 0
    doubled: int = 0
    articles: int = 0
    faults: list[str] = field(default_factory=list)


def update(db: Database, origins: Sequence[Origin], tick: Tick | None, ready: Callable[[], None], said: Said) -> Built:
    """Bring a database to what its sources hold now. `ready` is called before anything is written for a part.

    A part's articles are replaced, removed and added in one transaction; a run that is killed is completed by the next one.
    `said` is what a file of corrections says: articles whose corrections are others than before are written anew.
    """
    built = Built()
    articles = Articles(db, built, said.readings)
    _ranked(db, origins)
    _renewed(db, said)
    # A part whose article has to be written in another's place is looked at once more; a third time shows an error of ours.
    for again in range(3):
        for one in origins:
            _source(db, articles, one, tick, ready, counted=not again)
        if not any(db.execute(_MARKED, (one.key,)).fetchone() for one in origins):
            break
    if articles.touched or db.execute("SELECT 1 FROM unfinished").fetchone():
        # A second that an index which is as it was does not need.
        from extractor.dataset import citations, figure_facts, persons

        _fill_units(db)
        persons.fill(db, said.persons)
        figure_facts.fill(db)
        citations.fill(db)
        db.tidy()
        db.execute("DELETE FROM unfinished")
    elif _corrected(db) != said.persons:
        from extractor.dataset import persons

        ready()
        persons.fill(db, said.persons)
    (built.articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    built.doubled += db.execute("SELECT count(*) FROM origins WHERE stored IS NULL").fetchone()[0]
    built.faults = corrected.faults(db, said.readings) if said.readings else []
    return built


def _renewed(db: Database, said: Said) -> None:
    """Mark the parts of articles whose corrections have changed, so that they are read again."""
    for name in corrected.changed(db, said.readings):
        db.execute(_MARK, (name,))


def _corrected(db: Database) -> list[str]:
    """The corrections with which persons were linked."""
    return [line for (line,) in db.execute("SELECT line FROM corrected ORDER BY number")]


def _ranked(db: Database, origins: Sequence[Origin]) -> None:
    """Note the sources in the order in which they were first given: of two articles the earlier source's keeps the id."""
    known: dict[str, str] = dict(db.execute("SELECT key, label FROM sources").fetchall())
    for one in origins:
        if one.key in known:
            continue
        label, number = one.label, 1
        while label in known.values():
            number += 1
            label = f"{one.label}-{number}"
        known[one.key] = label
        db.execute("INSERT INTO sources VALUES (?, ?, ?)", (one.key, label, len(known)))


def _source(
    db: Database,
    articles: Articles,
    one: Origin,
    tick: Tick | None,
    ready: Callable[[], None],
    *,
    counted: bool,
) -> None:
    known = dict(db.execute("SELECT name, sha256 FROM parts WHERE source = ?", (one.key,)).fetchall())
    built = articles.built
    for part in parts(one.path, dict(known)):
        before = known.pop(part.name, None)
        if before == part.sha256:
            built.old_parts += counted
            continue
        built.new_parts += counted
        ready()
        with db.transaction():
            written = articles.take(one.key, part.name, part.read())
            _unfinished(db, articles)
            built.doubled += len(part.repeated) * counted
            now = datetime.now(UTC).isoformat(timespec="seconds")
            db.execute(_PART, (one.key, part.name, part.sha256, written, now))
        if tick and counted:
            tick(part.name, written)
    # Last, so that an article that only moved from one part to another is not taken out in between.
    for name in known:
        built.gone_parts += 1
        ready()
        with db.transaction():
            articles.take(one.key, name, {table: [] for table in TABLES})
            _unfinished(db, articles)
            db.execute("DELETE FROM parts WHERE source = ? AND name = ?", (one.key, name))
    _marks(db, one)


def _marks(db: Database, one: Origin) -> None:
    found = sorted(marks_of(one.path))
    if found != sorted(db.execute("SELECT id, of, share FROM marks WHERE source = ?", (one.key,)).fetchall()):
        with db.transaction():
            db.execute("DELETE FROM marks WHERE source = ?", (one.key,))
            db.insert("marks", ("source", "id", "of", "share"), ((one.key, *mark) for mark in found))


def _unfinished(db: Database, articles: Articles) -> None:
    """Note with the articles that units and persons are not yet what they follow from them."""
    if articles.touched and not db.execute("SELECT 1 FROM unfinished").fetchone():
        db.execute("INSERT INTO unfinished VALUES (?)", (datetime.now(UTC).isoformat(timespec="seconds"),))


def _fill_units(db: Database) -> None:
    """The table `units`: every unit that is named, as it was on the latest day of an article that names it."""
    days: dict[str, str | None] = {}
    for sql in _CODES:
        for codes, day in db.execute(sql):
            for code in json.loads(codes) if codes.startswith("[") else (codes,):
                days[code] = max(days.get(code) or "", day or "") or None
    rows = (row for code, day in sorted(days.items()) if (row := unit_row(code, day)))
    with db.transaction():
        db.execute("DELETE FROM units")
        db.insert("units", UNIT_COLUMNS, ([row[c] for c in UNIT_COLUMNS] for row in rows))


_CODES = tuple(
    f"SELECT t.{column}, max(a.published) FROM {table} t JOIN articles a USING (id) WHERE t.{column} IS NOT NULL GROUP BY 1"
    for table, column in (
        ("locations", "code"), ("positions", "place_code"), ("figures", "place_code"), ("figures", "place_codes"),
    )
)  # fmt: skip
