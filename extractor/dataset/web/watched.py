"""A database file that may grow or be replaced while it is served: what is added is seen, another file is opened anew."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any

from datasette.database import Database

_open = threading.local()
_PAGES = 2  # threads that look for pages of ours; more of them only wait for each other


class Watched(Database):  # type: ignore[misc]
    """A read-only database whose connections end with the file they were opened on."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._pages = ThreadPoolExecutor(_PAGES, thread_name_prefix="page")

    async def execute_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """Call `fn` with a connection of a worker thread; Datasette's pages, which ask a dozen times for little."""
        return await self._call(self.ds.executor, fn)

    async def page_fn(self, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        """The same in threads for pages of ours, which ask once for much: the others do not queue behind them."""
        return await self._call(self._pages, fn)

    async def _call(self, threads: Executor, fn: Callable[[sqlite3.Connection], Any]) -> Any:
        return await asyncio.get_running_loop().run_in_executor(threads, lambda: fn(self._connection()))

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
