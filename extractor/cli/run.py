"""A run at the terminal: progress, interruption, summary."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.batch.engines import Engine, InlineEngine, LocalEngine, Ticked
from extractor.batch.job import Run, RunError, Summary
from extractor.batch.plan import planned
from extractor.batch.settings import Settings
from extractor.batch.store import Store
from extractor.cli.progress import Progress
from extractor.cli.report import report
from extractor.cli.staged import Staged
from extractor.ingest.readers import units
from extractor.ingest.sources import Source


def dry(found: Sequence[Source], settings: Settings) -> int:
    """Count what a run would read."""
    total = bad = 0
    for unit in planned(units(found, settings.options, _say), settings):
        total += 1
        bad += unit.kind == "bad"
    print(f"{len(found):,} files, {total:,} articles, {bad:,} of them broken; nothing was extracted", file=sys.stderr)
    return 0


@dataclass(frozen=True, slots=True)
class How:
    """How a run is run: processes, engine and its address, and what becomes of what stands in the output."""

    workers: int = 0
    engine: str = "local"
    ray_address: str | None = None
    force: bool = False
    strict: bool = False
    prune: bool = False
    upgrade: bool = False
    staged: Staged | None = None  # what is made of the tables in the end


def run(found: Sequence[Source], output: str, settings: Settings, how: How) -> int:
    """Extract, with a progress bar on a terminal. Returns the exit status."""
    progress = Progress(found, settings)
    job = Run(
        found,
        output,
        settings,
        force=how.force,
        prune=how.prune,
        upgrade=how.upgrade,
        say=progress.say,
        cut=progress.cut,
    )

    def make(settings: Settings, store: Store, ticked: Ticked, single: bool) -> Engine:
        if how.engine == "ray":
            from extractor.batch.ray_engine import RayEngine

            ray: Engine = RayEngine(settings, store, ticked, how.workers, how.ray_address)
            return ray
        if single and not how.workers:
            return InlineEngine(settings, store, ticked)
        return LocalEngine(settings, store, ticked, how.workers or os.cpu_count() or 1)

    before = _on_terminate()
    try:
        job.prepare()
        with progress:
            summary = job.execute(make, progress.ticked)
    except KeyboardInterrupt:
        kept = "" if output == "-" else "; finished shards are kept: run the same command again to go on"
        print(f"interrupted{kept}", file=sys.stderr)
        return 130
    except RunError as error:
        return _broken_off(str(error), output)
    except BrokenPipeError:
        raise
    except OSError as error:
        return _broken_off(f"{error.filename or output}: {error.strerror or error}", output)
    finally:
        job.close()
        _restore(before)
    if how.staged is not None:
        how.staged.shown(summary)
    report(summary, settings, found, index=how.staged is None)
    return _status(summary, how.strict)


def _status(summary: Summary, strict: bool) -> int:
    # An article in the quarantine is everyday work; a file that was not read to its end, or nothing but errors, is not.
    # Lists are told for what they are: nothing is wrong with them. What an earlier run met was said then.
    stats = summary.fresh or summary.stats
    lists = stats.errors.get("list", 0)
    lost = any(stats.errors.get(stage) for stage in ("file", "unpack"))
    nothing = not (summary.stats.articles or lists)
    return int(lost or nothing or (strict and stats.bad > lists))


def _broken_off(why: str, output: str) -> int:
    kept = "" if output == "-" else "; finished shards are kept: mend it and run the same command again"
    print(f"extractor: {why}{kept}", file=sys.stderr)
    return 1


def _say(line: str) -> None:
    print(line, file=sys.stderr)


def _on_terminate() -> Any:
    # SIGTERM (a cluster's scheduler) ends a run as cleanly as Ctrl-C.
    if threading.current_thread() is threading.main_thread():
        return signal.signal(signal.SIGTERM, _interrupt)
    return None


def _interrupt(_signal: int, _frame: object) -> None:
    raise KeyboardInterrupt


def _restore(before: Any) -> None:
    if before is not None:
        signal.signal(signal.SIGTERM, before)
