"""Extracted datasets to a SQLite file that can be searched: what changed, went or came, each part in one transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from extractor.batch.layout import TABLES
from extractor.batch.whole import FileLock, sync_file, sync_folder, temporary_beside
from extractor.dataset import VERSION, schema
from extractor.dataset.places import UNIT_COLUMNS, unit_row
from extractor.dataset.rows import Articles
from extractor.dataset.source import Origin, marks_of, origin, parts
from extractor.errors import InputError

Tick = Callable[[str, int], None]


@dataclass(slots=True)
class Built:
    """What an indexing run did: parts that are new or changed and parts as before; articles added, written anew and taken out;
    articles that another one stands for (`doubled`); articles in all."""

    new_parts: int = 0
    old_parts: int = 0
    gone_parts: int = 0
    new_articles: int = 0
    changed: int = 0
    removed: int = 0
    doubled: int = 0
    articles: int = 0


def index(source: Path | Sequence[Path], target: Path, *, tick: Tick | None = None) -> Built:
    """Index datasets (folders of tables or `.jsonl` files) into the SQLite file `target`.

    A new file appears only when it is whole. Parts that are as they were are not read; of the others only the articles that
    changed are written, and those that a source no longer holds are removed. An id that two sources share is one article
    where the text is the same, else the later source's is told apart by `@` and its name. What other sources brought
    before stays. Raises `InputError` when the file is of another layout, or when SQLite finds it damaged.
    """
    origins = [origin(path) for path in ([source] if isinstance(source, Path) else source)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        if target.exists():
            with _connection(target) as db:
                _check(db, target)
                return _update(db, origins, tick, cache(lambda: _sound(db, target)))
        temporary = temporary_beside(target)
        # Never through a file or link that somebody else put there.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        try:
            with _connection(temporary) as db:
                db.execute("PRAGMA synchronous = OFF")  # a new file counts only when it is whole
                db.executescript(schema.create_statements())
                built = _update(db, origins, tick, lambda: None)
            sync_file(temporary)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    return built


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep a second process from the database until the block ends; what SQLite says then is a sentence. Raises `InputError`."""
    lock = FileLock(target.with_name(f".{target.name}.lock"))
    if not lock.take():
        raise InputError(f"{target}: another process is indexing into it; wait for it")
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise InputError(f"{target}: {error}; nothing of the part at work was kept") from None
    finally:
        lock.give_back()


@contextmanager
def _connection(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        yield db
    finally:
        db.close()


def _check(db: sqlite3.Connection, target: Path) -> None:
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{target}: not a dataset ({error}); remove it and index again") from None
    if version != VERSION:
        raise InputError(f"{target}: not a dataset of this version; remove it or give another name with -o")


def _sound(db: sqlite3.Connection, target: Path) -> None:
    (health,) = db.execute("PRAGMA quick_check(1)").fetchone()
    if health != "ok":
        raise InputError(f"{target}: damaged ({health}); remove it and index again")


def _update(db: sqlite3.Connection, origins: Sequence[Origin], tick: Tick | None, ready: Callable[[], None]) -> Built:
    """`ready` looks at the whole database once, before the first part that is to be written."""
    built = Built()
    articles = Articles(db, built)
    _ranked(db, origins)
    # A part whose article has to be written in another's place is looked at once more; a third time shows an error of ours.
    for again in range(3):
        for one in origins:
            _source(db, articles, one, tick, ready, counted=not again)
        if not db.execute("SELECT 1 FROM parts WHERE sha256 = '' LIMIT 1").fetchone():
            break
    if articles.touched:
        from extractor.dataset import persons  # a second that an index which is as it was does not need

        _fill_units(db)
        persons.fill(db)
        db.execute("INSERT INTO words(words) VALUES ('optimize')")
        db.execute("ANALYZE")
    (built.articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    built.doubled += db.execute("SELECT count(*) FROM origins WHERE stored IS NULL").fetchone()[0]
    return built


def _ranked(db: sqlite3.Connection, origins: Sequence[Origin]) -> None:
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
    db: sqlite3.Connection,
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
        with _transaction(db):
            written = articles.take(one.key, part.name, part.read())
            built.doubled += len(part.repeated) * counted
            now = datetime.now(UTC).isoformat(timespec="seconds")
            row = (one.key, part.name, part.sha256, written, now)
            db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?)", row)
        if tick and counted:
            tick(part.name, written)
    # Last, so that an article that only moved from one part to another is not taken out in between.
    for name in known:
        built.gone_parts += 1
        ready()
        with _transaction(db):
            articles.take(one.key, name, {table: [] for table in TABLES})
            db.execute("DELETE FROM parts WHERE source = ? AND name = ?", (one.key, name))
    _marks(db, one)


def _marks(db: sqlite3.Connection, one: Origin) -> None:
    found = sorted(marks_of(one.path))
    sql = "SELECT id, of, share FROM marks WHERE source = ? ORDER BY id, of, share"
    if found != db.execute(sql, (one.key,)).fetchall():
        with _transaction(db):
            db.execute("DELETE FROM marks WHERE source = ?", (one.key,))
            db.executemany("INSERT INTO marks VALUES (?, ?, ?, ?)", ((one.key, *mark) for mark in found))


@contextmanager
def _transaction(db: sqlite3.Connection) -> Iterator[None]:
    db.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        db.execute("ROLLBACK")
        raise
    db.execute("COMMIT")


def _fill_units(db: sqlite3.Connection) -> None:
    """The table `units`: every unit that is named, as it was on the latest day of an article that names it."""
    days: dict[str, str | None] = {}
    for sql in _CODES:
        for codes, day in db.execute(sql):
            for code in json.loads(codes) if codes.startswith("[") else (codes,):
                days[code] = max(days.get(code) or "", day or "") or None
    rows = (row for code, day in sorted(days.items()) if (row := unit_row(code, day)))
    with _transaction(db):
        db.execute("DELETE FROM units")
        marks = ", ".join("?" * len(UNIT_COLUMNS))
        db.executemany(f"INSERT INTO units VALUES ({marks})", ([row[c] for c in UNIT_COLUMNS] for row in rows))


_CODES = tuple(
    f"SELECT t.{column}, max(a.published) FROM {table} t JOIN articles a USING (id) WHERE t.{column} IS NOT NULL GROUP BY 1"
    for table, column in (
        ("locations", "code"), ("positions", "place_code"), ("figures", "place_code"), ("figures", "place_codes"),
    )
)  # fmt: skip
