"""What indexing asks of a database: statements, transactions, and an index of words; here for SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Protocol

from extractor.dataset.wordings import columns as spelt

# What can be searched: kind, article id, label, reference, text.
Entry = tuple[str, str, str, str | None, str]


class Database(Protocol):
    """A database that articles are written to. Statements are of the SQL that SQLite and PostgreSQL share, with `?` for values."""

    def execute(self, sql: str, values: Sequence[Any] = ()) -> Any:
        """Run a statement; a cursor of its rows."""
        ...

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add rows to a table."""
        ...

    def transaction(self) -> AbstractContextManager[Any]:
        """A block of statements of which all count or none."""
        ...

    def add_entries(self, found: Iterable[Entry]) -> None:
        """Make entries searchable."""
        ...

    def remove_entries(self, stored: str, found: Callable[[], Iterable[Entry]]) -> None:
        """Take an article's entries out, whose words `found` tells once more where that is needed."""
        ...

    def tidy(self) -> None:
        """Bring indexes in order after many changes."""
        ...


class Sqlite:
    """A SQLite database, its index of words in FTS5."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def execute(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        return self._db.execute(sql, values)

    def insert(self, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self._db.executemany(insert_statement(table, columns, "?"), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        self._db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            if self._db.in_transaction:  # SQLite takes back by itself what a full disk broke off
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def add_entries(self, found: Iterable[Entry]) -> None:
        (last,) = self._db.execute("SELECT coalesce(max(rowid), 0) FROM entries").fetchone()
        listed: list[tuple[int, str, str, str, str | None]] = []
        indexed: list[tuple[int, str, str]] = []
        for at, (kind, key, label, ref, text) in enumerate(found, last + 1):
            listed.append((at, kind, key, label, ref))
            indexed.append((at, *spelt(text)))
        self._db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", listed)
        self._db.executemany("INSERT INTO words (rowid, exact, folded) VALUES (?, ?, ?)", indexed)

    def remove_entries(self, stored: str, found: Callable[[], Iterable[Entry]]) -> None:
        sql = "SELECT rowid, kind, label FROM entries WHERE id = ? ORDER BY rowid"
        for (at, kind, label), entry in zip(self._db.execute(sql, (stored,)).fetchall(), found(), strict=True):
            if (kind, label) != (entry[0], entry[2]):
                raise sqlite3.DatabaseError(f"the words of article {stored} are not those of its tables")
            row = (at, *spelt(entry[4]))
            self._db.execute("INSERT INTO words (words, rowid, exact, folded) VALUES ('delete', ?, ?, ?)", row)
        self._db.execute("DELETE FROM entries WHERE id = ?", (stored,))

    def tidy(self) -> None:
        self._db.execute("INSERT INTO words(words) VALUES ('optimize')")
        self._db.execute("ANALYZE")


def dicts(cursor: Any) -> list[dict[str, Any]]:
    """All rows of a cursor, of either database, by column."""
    names = [c[0] for c in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def insert_statement(table: str, columns: Sequence[str], mark: str) -> str:
    """The statement that adds a row."""
    quoted = ", ".join(f'"{name}"' for name in columns)
    return f"INSERT INTO {table} ({quoted}) VALUES ({', '.join([mark] * len(columns))})"
