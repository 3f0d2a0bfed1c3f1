"""Progress: bars on a terminal, plain lines elsewhere. Everything goes to standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from typing import Any

from extractor.batch.settings import Settings
from extractor.ingest.sources import ONE_ARTICLE, Source

_EVERY = 30.0  # seconds between plain lines
_MOST = 20  # notes that are printed one by one


class Progress:
    """Counts articles as they are done. `say` prints a note above the bar; after twenty, only how many more there were."""

    def __init__(self, found: Sequence[Source], settings: Settings) -> None:
        known = len(found) if all(s.suffix in ONE_ARTICLE for s in found) else None
        if settings.limit is not None:
            known = min(known, settings.limit) if known is not None else settings.limit
        self._exact = self._total = known
        self._good = self._bad = self._notes = 0
        self._bar: Any = None
        self._task: Any = None
        self._began = self._last = time.monotonic()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
            from rich.progress import Progress as Bars

            self._bar = Bars(
                TextColumn("extracting"),
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[rate]:.0f} articles/s, {task.fields[bad]} errors"),
                TimeElapsedColumn(),
                TimeRemainingColumn(),
                console=Console(stderr=True),
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("extracting", total=self._total, rate=0.0, bad=0)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
        if self._notes > _MOST:
            print(f"({self._notes - _MOST:,} more such lines)", file=sys.stderr)

    def ticked(self, good: int, bad: int) -> None:
        """Some articles are done."""
        self._good += good
        self._bad += bad
        now = time.monotonic()
        rate = (self._good + self._bad) / max(0.001, now - self._began)
        if self._bar is not None:
            if now - self._last > 0.1:
                self._last = now
                self._bar.update(self._task, completed=self._good + self._bad, rate=rate, bad=self._bad)
        elif now - self._last > _EVERY:
            self._last = now
            done = self._good + self._bad
            left = f", about {(self._total - done) / max(rate, 0.001) / 60:,.0f} min left" if self._total else ""
            print(f"{done:,} articles, {self._bad:,} errors, {rate:,.0f} articles/s{left}", file=sys.stderr)

    def cut(self, articles: int, share: float) -> None:
        """So many articles stood in this share of the inputs: an estimate of the total, for the time left."""
        if self._exact is None and share > 0:
            self._total = round(articles / share)
            if self._bar is not None:
                self._bar.update(self._task, total=self._total)

    def say(self, line: str) -> None:
        """Print a note."""
        self._notes += 1
        if self._notes > _MOST:
            return
        if self._bar is not None:
            self._bar.console.print(line, markup=False, highlight=False)
        else:
            print(line, file=sys.stderr)
