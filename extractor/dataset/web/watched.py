"""A database file that may grow or be replaced while it is served: what is added is seen, another file is opened anew."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from typing import Any

from datasette.database import Database

_open = threading.local()


class Watched(Database):  # type: ignore[misc]
    """A read-only database whose connections end with the file they were opened on."""

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Call `fn` with a connection of a worker thread."""

        def in_thread() -> Any:
            return fn(self._connection())

        return await asyncio.get_running_loop().run_in_executor(self.ds.executor, in_thread)

    def _connection(self) -> sqlite3.Connection:
        now = self._identity()
        kept: dict[str, tuple[object, sqlite3.Connection]] = _open.__dict__
        if self.path in kept and now in (None, kept[self.path][0]):
            return kept[self.path][1]
        if self.path in kept:
            kept.pop(self.path)[1].close()
            self._cached_table_counts = None
        connection: sqlite3.Connection = self.connect()
        self.ds._prepare_connection(connection, self.name)
        kept[self.path] = now, connection
        return connection

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)
        except OSError:
            return None
        return found.st_dev, found.st_ino
