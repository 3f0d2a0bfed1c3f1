"""The unit of work: a pure function from a shard of raw articles to its part files, errors and counts."""

from __future__ import annotations

import errno
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

from extractor.batch.known import assigned, unit_line, units_hash
from extractor.batch.layout import TABLES, Described, Marker, described, marker_name, part_name
from extractor.batch.settings import Settings
from extractor.batch.store import Store
from extractor.errors import ArticleError, ExtractorError, MachineError, ModelError, PatternError, lacking
from extractor.ingest.articles import load_article
from extractor.ingest.quarantine import quarantined
from extractor.ingest.units import Unit
from extractor.records import FIELDS, Record, Warning
from extractor.rules import patterns

Tick = Callable[[bool], None]
_MACHINE = (errno.ENOSPC, errno.EDQUOT, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Shard:
    """Raw articles that are worked on together; `name` is that of their part files, in folders below `prefix`."""

    number: int
    units: tuple[Unit, ...]
    name: str = ""
    prefix: str = ""

    @property
    def part(self) -> str:
        """The name of the part files, without suffix."""
        return self.name or part_name(self.number)


@dataclass(slots=True)
class Stats:
    """Counts of a shard or a run: articles written, errors by stage, items by field, characters, seconds of work.

    `undated` counts articles without a publication date, `open` dates whose year only such a date could tell.
    """

    articles: int = 0
    errors: dict[str, int] = field(default_factory=dict)
    items: dict[str, int] = field(default_factory=dict)
    characters: int = 0
    seconds: float = 0.0
    undated: int = 0
    open: int = 0

    def add(self, other: Stats) -> None:
        """Add another shard's counts to these."""
        self.articles += other.articles
        self.characters += other.characters
        self.seconds += other.seconds
        self.undated += other.undated
        self.open += other.open
        self.errors = dict(Counter(self.errors) + Counter(other.errors))
        self.items = dict(Counter(self.items) + Counter(other.items))

    @property
    def bad(self) -> int:
        """How many articles went to the quarantine."""
        return sum(self.errors.values())


def shard_record(unit: Unit, settings: Settings) -> Record:
    """The record of one raw article. Raises `ArticleError`; any other failure of the extraction is turned into one."""
    from extractor.pipeline import extract_article

    try:
        with time_limit(settings.timeout):
            loaded = load_article(unit, settings.options)
            record = extract_article(
                loaded.article, backend=settings.backend, persons=settings.persons, redact=settings.redact
            )
    except ArticleError:
        raise
    except TimeoutError as error:
        raise ArticleError(f"a pattern took too long ({error})", stage="timeout") from None
    except (MachineError, ModelError, PatternError):
        raise
    except ExtractorError as error:
        raise ArticleError(str(error)) from error
    except Exception as error:
        if (lacking := lacks(error)) is not None:
            raise lacking from error
        raise ArticleError(said(error)) from error
    if loaded.notes:
        notes = tuple(Warning(code=code, message=message) for code, message in loaded.notes)
        record = record.model_copy(update={"warnings": (*record.warnings, *notes)})
    return record


def lacks(error: Exception) -> MachineError | None:
    """The error that ends a run when the machine is at fault (a missing library, no memory, no space), else None."""
    if isinstance(error, ImportError | MemoryError) or (isinstance(error, OSError) and error.errno in _MACHINE):
        return MachineError(lacking(error))
    return None


def said(error: Exception) -> str:
    """An unforeseen exception in a line."""
    message = str(error).splitlines()[0] if str(error) else ""
    return f"{type(error).__name__}: {message}"[:500]


@dataclass(slots=True)
class _Work:
    """What became of a shard's units so far: each record with its unit, the quarantine's lines, the counts."""

    stats: Stats = field(default_factory=Stats)
    done: list[tuple[Unit, Record]] = field(default_factory=list)
    errors: list[dict[str, Any]] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)  # `id` of units in the quarantine

    def good(self, record: Record, sign: int = 1) -> None:
        """Count a record, or take it out of the counts again."""
        self.stats.articles += sign
        self.stats.undated += sign * (record.published is None)
        self.stats.open += sign * sum(warning.code == "year-unknown" for warning in record.warnings)
        self.stats.characters += sign * len(record.text)
        for name in FIELDS:
            self.stats.items[name] = self.stats.items.get(name, 0) + sign * len(getattr(record, name))

    def bad(self, unit: Unit, error: ArticleError) -> None:
        """Put a unit into the quarantine."""
        self.errors.append(quarantined(unit, error.stage, str(error)) | ({"key": unit.key} if unit.key else {}))
        self.failed.add(id(unit))
        self.stats.errors[error.stage] = self.stats.errors.get(error.stage, 0) + 1


def run_shard(
    shard: Shard, settings: Settings, out: Store | None, skip: Mapping[int, str] | None = None, tick: Tick | None = None
) -> Stats:
    """Extract a shard and write its files; the marker comes last and says that the shard is finished.

    `skip` names units (by index) that go to the quarantine untried, with the reason; `out` None writes nothing (a probe).
    Raises `MachineError` or `OSError` when the machine is at fault.
    """
    with patterns(settings.patterns):
        return _run_shard(shard, settings, out, skip or {}, tick)


def _run_shard(
    shard: Shard, settings: Settings, out: Store | None, skip: Mapping[int, str], tick: Tick | None
) -> Stats:
    began = time.perf_counter()
    work = _Work()
    for index, unit in enumerate(shard.units):
        try:
            if index in skip:
                raise ArticleError(skip[index], stage="worker")
            record = shard_record(unit, settings)
        except ArticleError as error:
            work.bad(unit, error)
        else:
            work.done.append((unit, record))
            work.good(record)
        if tick:
            tick(bool(work.done) and work.done[-1][0] is unit)
    work.stats.seconds = time.perf_counter() - began
    if out is not None:
        _write(shard, work, settings, out)
    return work.stats


def _write(shard: Shard, work: _Work, settings: Settings, out: Store) -> None:
    try:
        encoded = to_bytes([r for _, r in work.done], settings)
    except Exception:
        _take_out_unwritable(work, settings)
        encoded = to_bytes([r for _, r in work.done], settings)
    if work.errors:
        lines = (json.dumps(e, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n" for e in work.errors)
        encoded["_errors"] = b"".join(lines)
    else:
        out.remove(f"{shard.prefix}_errors/{shard.part}.jsonl")
    if settings.format == "parquet":
        names = {id(unit): record.id for unit, record in work.done}
        encoded["_units"] = b"".join(
            unit_line(unit, names.get(id(unit)) or assigned(unit), id(unit) not in work.failed) for unit in shard.units
        )
    files: dict[str, Described] = {}
    for folder, data in encoded.items():
        name = f"{folder}/{shard.part}{'.parquet' if folder in TABLES else '.jsonl'}"
        out.write(shard.prefix + name, data)
        files[name] = described(data)
    marker = Marker(asdict(work.stats), files, settings.made, units_hash(shard.units))
    out.write(marker_name(shard.part, shard.prefix), marker.dump())


def to_bytes(records: list[Record], settings: Settings) -> dict[str, bytes]:
    """The bytes of the records' part files, by folder."""
    from extractor.batch.duplicates import sketch_lines

    out: dict[str, bytes] = {}
    if settings.format == "parquet":
        import pyarrow.parquet as pq

        from extractor.batch.tables import to_tables

        for name, table in to_tables(records).items():
            sink = io.BytesIO()
            pq.write_table(table, sink, compression="zstd")
            out[name] = sink.getvalue()
    else:
        out["records"] = b"".join(r.model_dump_json().encode("utf-8") + b"\n" for r in records)
    return out | {"_sketches": sketch_lines(records)}


def _take_out_unwritable(work: _Work, settings: Settings) -> None:
    # One record that no file can hold costs itself, not its shard.
    kept: list[tuple[Unit, Record]] = []
    for unit, record in work.done:
        try:
            to_bytes([record], settings)
            kept.append((unit, record))
        except Exception as error:
            if (lacking := lacks(error)) is not None:
                raise lacking from error
            work.good(record, -1)
            work.bad(unit, ArticleError(f"the record cannot be written ({said(error)})", stage="write"))
    work.done = kept


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
