"""Extracted datasets to a SQLite file that can be searched: what changed, went or came, each part in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from extractor.batch.store import Store
from extractor.batch.whole import FileLock, sync_file, sync_folder, temporary_beside
from extractor.dataset import VERSION, schema
from extractor.dataset.corrections import beside, said_in
from extractor.dataset.database import Sqlite
from extractor.dataset.source import origin
from extractor.dataset.update import Built, Tick, update
from extractor.errors import InputError, writes


def index(
    source: Path | Sequence[Path], target: Path, *, tick: Tick | None = None, corrections: Path | None = None
) -> Built:
    """Index datasets (folders of tables or `.jsonl` files) into the SQLite file `target`.

    A new file appears only when it is whole. Parts that are as they were are not read; of the others only the articles that
    changed are written, and those that a source no longer holds are removed. An id that two sources share is one article
    where the text is the same, else the later source's is told apart by `@` and its name. What other sources brought
    before stays. What the file `corrections` says is done (`None`: the file beside the database, if there is one).
    Raises `InputError` when the file is of another layout, or when SQLite finds it damaged.
    """
    said = said_in(corrections or beside(target))
    origins = [origin(path) for path in ([source] if isinstance(source, Path) else source)]
    with writes(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        if target.exists():
            with _connection(target) as db:
                _check(db, target)
                db.execute("CREATE TABLE IF NOT EXISTS unfinished (since TEXT NOT NULL)")
                return update(Sqlite(db), origins, tick, cache(lambda: _sound(db, target)), said)
        Store(str(target.parent)).sweep("", target.name.__eq__)
        temporary = temporary_beside(target)
        # Never through a file or link that somebody else put there.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        try:
            with _connection(temporary) as db:
                db.execute("PRAGMA synchronous = OFF")  # a new file counts only when it is whole
                db.executescript(schema.create_statements())
                built = update(Sqlite(db), origins, tick, lambda: None, said)
            sync_file(temporary)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    return built


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep a second process from the database until the block ends; what SQLite says then is a sentence. Raises `InputError`."""
    if target.is_dir():
        raise InputError(f"{target}: is a folder; give the name of a file: -o {target / 'news.db'}")
    lock = FileLock(target.with_name(f".{target.name}.lock"))
    with writes(target):
        free = lock.take()
    if not free:
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
        with suppress(sqlite3.Error):
            db.rollback()  # a statement that an interrupt left half read would keep the lock beyond the end
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
