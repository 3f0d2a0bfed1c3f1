"""The unit of work: a pure function from a shard of raw articles to its part files, errors and counts."""

from __future__ import annotations

import io
import json
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from extractor.batch.settings import Settings
from extractor.batch.store import Store
from extractor.errors import ArticleError, ExtractorError
from extractor.ingest.articles import load_article
from extractor.ingest.quarantine import quarantined
from extractor.ingest.units import Unit
from extractor.records import FIELDS, Record, Warning

Tick = Callable[[bool], None]


@dataclass(frozen=True, slots=True)
class Shard:
    """Raw articles that are worked on together; `number` names their part files."""

    number: int
    units: tuple[Unit, ...]


@dataclass(slots=True)
class Stats:
    """Counts of a shard or a run: articles written, errors by stage, items by field, characters, seconds of work."""

    articles: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    seconds: float = 0.0

    def add(self, other: Stats) -> None:
        """Add another shard's counts to these."""
        self.articles += other.articles
        self.characters += other.characters
        self.seconds += other.seconds
        self.errors = dict(Counter(self.errors) + Counter(other.errors))
        self.items = dict(Counter(self.items) + Counter(other.items))

    @property
    def bad(self) -> int:
        """How many articles went to the quarantine."""
        return sum(self.errors.values())


def part(folder: str, number: int, suffix: str) -> str:
    """The name of a shard's file in one of the output's folders."""
    return f"{folder}/part-{number:06d}{suffix}"


def shard_record(unit: Unit, settings: Settings) -> Record:
    """The record of one raw article. Raises `ArticleError`; any other failure of the extraction is turned into one."""
    from extractor.pipeline import extract_article

    try:
        with time_limit(settings.timeout):
            loaded = load_article(unit, settings.options)
            record = extract_article(loaded.article, backend=settings.backend, persons=settings.persons)
    except ArticleError:
        raise
    except MemoryError:
        raise ArticleError("out of memory", stage="memory") from None
    except TimeoutError as error:
        raise ArticleError(f"a pattern took too long ({error})", stage="timeout") from None
    except ExtractorError as error:
        raise ArticleError(str(error)) from error
    except Exception as error:
        message = str(error).splitlines()[0] if str(error) else ""
        raise ArticleError(f"{type(error).__name__}: {message}"[:500]) from error
    if loaded.notes:
        notes = tuple(Warning(code=code, message=message) for code, message in loaded.notes)
        record = record.model_copy(update={"warnings": (*record.warnings, *notes)})
    return record


def run_shard(
    shard: Shard, settings: Settings, out: Store | None, skip: Mapping[int, str] | None = None, tick: Tick | None = None
) -> Stats:
    """Extract a shard and write its files; the counts' file comes last and marks the shard as finished.

    `skip` names units (by index) that go to the quarantine untried, with the reason; `out` None writes nothing (a probe).
    """
    began = time.perf_counter()
    stats = Stats()
    records: list[Record] = []
    errors: list[dict[str, Any]] = []
    for index, unit in enumerate(shard.units):
        try:
            if skip and index in skip:
                raise ArticleError(skip[index], stage="worker")
            record = shard_record(unit, settings)
        except ArticleError as error:
            errors.append(quarantined(unit, error.stage, str(error)))
            stats.errors[error.stage] = stats.errors.get(error.stage, 0) + 1
            if tick:
                tick(False)
            continue
        records.append(record)
        stats.articles += 1
        stats.characters += len(record.text)
        for name in FIELDS:
            stats.items[name] = stats.items.get(name, 0) + len(getattr(record, name))
        if tick:
            tick(True)
    stats.seconds = time.perf_counter() - began
    if out is not None:
        _write(shard.number, records, errors, stats, settings, out)
    return stats


def _write(
    number: int, records: list[Record], errors: list[dict[str, Any]], stats: Stats, settings: Settings, out: Store
) -> None:
    if settings.format == "parquet":
        import pyarrow.parquet as pq

        from extractor.batch.tables import to_tables

        for name, table in to_tables(records).items():
            sink = io.BytesIO()
            pq.write_table(table, sink, compression="zstd")
            out.write(part(name, number, ".parquet"), sink.getvalue())
    else:
        lines = b"".join(r.model_dump_json().encode("utf-8") + b"\n" for r in records)
        out.write(part("records", number, ".jsonl"), lines)
    from extractor.batch.duplicates import sketch_lines

    out.write(part("_sketches", number, ".jsonl"), sketch_lines(records))
    if errors:
        lines = b"".join(json.dumps(e, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for e in errors)
        out.write(part("_errors", number, ".jsonl"), lines)
    else:
        out.remove(part("_errors", number, ".jsonl"))
    out.write(part("_shards", number, ".json"), json.dumps(asdict(stats)).encode())


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `ArticleError` (stage `timeout`) in the block after `seconds`; no limit outside a process's main thread."""
    if seconds <= 0 or not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(_signal: int, _frame: object) -> None:
        raise ArticleError(f"took longer than {seconds:g} seconds", stage="timeout")

    before = signal.signal(signal.SIGALRM, late)
    # Again every second: an exception that meets a destructor is swallowed there.
    signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
