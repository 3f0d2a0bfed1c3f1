"""Looking in the database for a page: rows, numbers of the address, and counts that are kept while the file is as it is."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

Given = dict[str, str]
Context = dict[str, Any]
_ROWS, _COUNT = 100_000, 100  # rows kept of a file, and what a count or a list counts as besides its rows
_KEPT: dict[str, tuple[tuple[int, ...], dict[Hashable, Any]]] = {}
T = TypeVar("T")


def rows(db: sqlite3.Connection, sql: str, *values: object) -> list[dict[str, Any]]:
    """The rows of a query as dictionaries."""
    return [dict(r) for r in db.execute(sql, values)]


def number(given: Given, name: str, default: int) -> int:
    """An argument as a number of at most six digits; the default for anything else."""
    value = given.get(name, "")
    return int(value) if value.isascii() and value.isdecimal() and len(value) < 7 else default


def remembered(db: sqlite3.Connection, key: Hashable, look: Callable[[], T]) -> T:
    """What `look` finds in the file as it is, kept for the next who asks: looked up anew when the file has changed."""
    file = db.execute("PRAGMA database_list").fetchone()[2]
    found = os.stat(file) if file else None
    if found is None:
        return look()
    state = (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)
    kept = _KEPT.get(file)
    if kept is None or kept[0] != state or (key not in kept[1] and sum(map(_size, kept[1].values())) >= _ROWS):
        kept = _KEPT[file] = state, {}
    if key not in kept[1]:
        kept[1][key] = look()
    value: T = kept[1][key]
    return value


def _size(value: object) -> int:
    return _COUNT + (len(value) if isinstance(value, list) else 0)
