"""The same tables and views in PostgreSQL, with `unaccent` and `tsvector`: where a dataset grows out of one file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from extractor.dataset import VERSION, schema
from extractor.dataset.corrections import Said, said_in
from extractor.dataset.database import Entry, insert_statement
from extractor.dataset.source import Origin, origin
from extractor.dataset.update import Built, Tick, update
from extractor.dataset.wordings import columns as spelt
from extractor.errors import InputError
from extractor.install import pip_install

# Text sorts by code points, as in SQLite and in Python, whatever the server's language is.
_TYPES = {"INTEGER": "bigint", "REAL": "double precision", "TEXT": 'text COLLATE "C"'}
_TYPE = re.compile(rf"\b({'|'.join(_TYPES)})\b")
_LOCK = 0x657874726163746F  # any number that others are not likely to take
_WORDS = 250_000  # characters of an article whose words are indexed: PostgreSQL holds a megabyte of them
_SEARCH = """
CREATE EXTENSION IF NOT EXISTS unaccent;
ALTER TABLE entries ADD COLUMN exact tsvector NOT NULL, ADD COLUMN folded tsvector NOT NULL;
CREATE INDEX entries_folded ON entries USING gin (folded);
CREATE INDEX entries_exact ON entries USING gin (exact);
CREATE TABLE layout (version bigint NOT NULL);
"""


def connect(url: str) -> Any:
    """A connection. Raises `InputError` when the driver is missing or the server refuses."""
    try:
        import psycopg
    except ImportError:
        raise InputError(f"psycopg is not installed; call: {pip_install('postgres')}") from None
    try:
        return psycopg.connect(url)
    except psycopg.Error as error:
        raise InputError(f"{shown(url)}: {str(error).strip().splitlines()[0]}") from None


def shown(url: str) -> str:
    """The database of an address as messages name it, without a password; `PostgreSQL` where the address cannot be read."""
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    try:
        told = conninfo_to_dict(url)
    except psycopg.Error:
        return "PostgreSQL"
    host = ":".join(str(told[name]) for name in ("host", "port") if name in told)
    return "/".join(part for part in (host, str(told.get("dbname", ""))) if part) or "PostgreSQL"


def create_statements() -> str:
    """Everything an empty dataset needs: what SQLite gets, in PostgreSQL's types, and columns that are searched for words."""
    statements = (
        schema.create_statements().replace("rowid INTEGER PRIMARY KEY", "rowid bigserial PRIMARY KEY").split(";")
    )
    kept = (s for s in statements if "VIRTUAL TABLE" not in s and "PRAGMA" not in s)
    same = ";".join(_TYPE.sub(lambda found: _TYPES[found[0]], s) for s in kept)
    return f"{same}{_SEARCH}INSERT INTO layout VALUES ({VERSION});"


class Postgres:
    """A PostgreSQL database as indexing writes to it."""

    def __init__(self, db: Any) -> None:
        self._db = db

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        if not values:
            return self._db.execute(sql)
        return self._db.execute(sql.replace("%", "%%").replace("?", "%s"), [_sound(v) for v in values])

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        quoted = ", ".join(f'"{name}"' for name in columns)
        with self._db.cursor() as cursor, cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row([_sound(v) for v in row])

    def transaction(self) -> AbstractContextManager[Any]:
        block: AbstractContextManager[Any] = self._db.transaction()
        return block

    def add_entries(self, found: Iterable[Entry]) -> None:
        sql = insert_statement("entries", ("kind", "id", "label", "ref", "exact", "folded"), "%s")
        sql = sql.replace("%s, %s)", "to_tsvector('simple', %s), to_tsvector('simple', %s))")
        rows = ((kind, key, label, ref, *spelt(text[:_WORDS])) for kind, key, label, ref, text in found)
        with self._db.cursor() as cursor:
            cursor.executemany(sql, [tuple(map(_sound, row)) for row in rows])

    def remove_entries(self, stored: str, found: Callable[[], Iterable[Entry]]) -> None:
        self.execute("DELETE FROM entries WHERE id = ?", (stored,))

    def tidy(self) -> None:
        self._db.execute("ANALYZE")


def _sound(value: Any) -> Any:
    # PostgreSQL holds no NUL in a text; a sign of the same length keeps offsets valid.
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def index_postgres(
    source: Path | Sequence[Path], url: str, *, tick: Tick | None = None, corrections: Path | None = None
) -> Built:
    """Index datasets into a PostgreSQL database as `build.index` does into a SQLite file: of every part what changed, went or
    came, in one transaction. What the file `corrections` says is done.

    Raises `InputError` for a server that refuses and for a database that holds something else.
    """
    said = said_in(corrections)
    db = connect(url)
    import psycopg

    try:
        with db:
            db.autocommit = True  # transactions are opened where they are meant
            origins = [origin(path) for path in ([source] if isinstance(source, Path) else source)]
            return _index(db, origins, url, tick, said)
    except psycopg.Error as error:
        raise InputError(f"{shown(url)}: {str(error).strip().splitlines()[0]}") from None


def _index(db: Any, origins: Sequence[Origin], url: str, tick: Tick | None, said: Said) -> Built:
    if not db.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()[0]:
        raise InputError("another process is indexing into this database; wait for it")
    there = {name for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")}
    if "layout" in there and db.execute("SELECT version FROM layout").fetchall() == [(VERSION,)]:
        return update(Postgres(db), origins, tick, lambda: None, said)
    if taken := sorted(there & {"layout", "articles", "parts", "units", "persons"}):
        raise InputError(
            f"{shown(url)}: holds a table {taken[0]} that is not of this version's dataset; give an empty database"
        )
    with db.transaction():
        db.execute(create_statements())
    return update(Postgres(db), origins, tick, lambda: None, said)
