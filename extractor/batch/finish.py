"""The last step of a run: duplicates, the quarantine in one file, and the records in one file where that was asked for.

Everything here reads the finished shards alone and may be repeated: a run killed in this step is finished by the next one.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, cast

from extractor.batch.duplicates import Repeats, repeats
from extractor.batch.layout import Described, ours
from extractor.batch.lines import Hashed
from extractor.batch.sites import kept, sites_path
from extractor.batch.store import Store
from extractor.batch.whole import writing
from extractor.ingest.quarantine import is_entry
from extractor.ingest.sources import is_sites
from extractor.ingest.streams import is_url, name_of, neighbour, stem_of, suffixes

if TYPE_CHECKING:
    from extractor.batch.job import Run

_KINDS = 1000  # different reasons of the quarantine that are counted


def finish(run: Run) -> Described | None:
    """Complete a run's output from its finished shards; size and hash of the file where it is one."""
    file: Described | None = None
    if run.settings.format == "jsonl":
        with target_stream(run.out, run.announce) as (sink, hashed):
            for name, found in repeats(run.store, ours(run.store, "_sketches"), run.say):
                run.summary.duplicates += sum(r is not None for r in found)
                _join_lines(run, name, found, sink)
        file = hashed.described()
    run.summary.errors_file = write_errors(run)
    if run.settings.format == "jsonl" and run.out != "-" and (sites := kept(run.store)):
        _write_sites(run, sites)
    return file


def _write_sites(run: Run, sites: bytes) -> None:
    path = sites_path(run.out)
    if not is_url(path) and os.path.lexists(path) and not is_sites(Path(path)):
        run.say(f"{path}: another's file, left as it is; the profiles of the sites were not kept")
        return
    with target_stream(path) as (sink, _):
        sink.write(sites)


def _join_lines(run: Run, name: str, found: Repeats, sink: IO[bytes]) -> None:
    data = run.store.read(f"records/{name}") or b""
    for line, repeat in zip(io.BytesIO(data), found, strict=True):
        if repeat is None:
            sink.write(line)
        elif not run.settings.dedupe:
            record = json.loads(line)
            message = f"repeats {repeat[0]} ({repeat[1]:.0%} of the shorter text)"
            record["warnings"].append({"code": "duplicate", "message": message, "start": None, "end": None})
            sink.write(json.dumps(record, ensure_ascii=False, separators=(",", ":")).encode("utf-8") + b"\n")


def errors_path(out: str, owner: str) -> str:
    """Where the quarantine of a file goes: `NAME.errors.jsonl` beside it. Where that name is taken by anything but the
    quarantine of `owner`, `NAME.2.errors.jsonl` …"""
    stem = neighbour(out, stem_of(name_of(out)))
    names = chain([f"{stem}.errors.jsonl"], (f"{stem}.{n}.errors.jsonl" for n in count(2)))
    return next(n for n in names if is_url(out) or _owner(n) in (None, owner))


def _owner(file: str) -> str | None:
    # None: the file is not there. A file that is not ours belongs to somebody.
    if Path(file).exists() and not Path(file).is_file():
        return "?"
    try:
        with Path(file).open("rb") as stream:
            row = json.loads(stream.readline(10_000_000))
        return str(row["out"]) if is_entry(row) else "?"
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, RecursionError):
        return "?"


def quarantine(store: Store, owner: str) -> Iterator[dict[str, Any]]:
    """The rows of a store's quarantine, part by part; `owner` is the name of the output that they are of."""
    for name in ours(store, "_errors"):
        for line in io.BytesIO(store.read(f"_errors/{name}") or b""):
            row = json.loads(line)
            row.pop("key", None)
            yield {"out": owner} | row


def entry_line(row: dict[str, Any]) -> bytes:
    """A row of the quarantine as a line of its file."""
    return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def write_errors(run: Run) -> str | None:
    """Join the shards' errors in one file; None, and an older file of this output removed, where there are none.

    An output on standard output has no place for a file: its bad articles are said.
    """
    folder = run.settings.format == "parquet"
    owner = name_of(run.out)
    reasons = run.summary.reasons
    data = io.BytesIO()
    for row in quarantine(run.store, owner):
        why = str(row["stage"]), str(row["reason"])
        if why in reasons or len(reasons) < _KINDS:
            reasons[why] = reasons.get(why, 0) + 1
        if run.out == "-":
            where = f"{row['file']}:{row['position']}" if row["position"] else row["file"]
            run.say(f"{where}: {row['stage']}: {row['reason']}")
        data.write(entry_line(row))
    if run.out == "-":
        return None
    target = f"{run.out.rstrip('/')}/errors.jsonl" if folder else errors_path(run.out, owner)
    if folder and data.tell():
        run.store.write("errors.jsonl", data.getvalue())
    elif folder:
        run.store.remove("errors.jsonl")
    elif data.tell():
        with target_stream(target) as (sink, _):
            sink.write(data.getvalue())
    elif not is_url(target):
        Path(target).unlink(missing_ok=True)  # an earlier run's of this very output, or no file at all
    return target if data.tell() else None


@contextmanager
def target_stream(out: str, announce: Callable[[Described], None] | None = None) -> Iterator[tuple[IO[bytes], Hashed]]:
    """A file that appears whole, packed as its suffix says, and its bytes' count; `-` is standard output.

    `announce` is told size and hash when all is written and before the file has its name.
    """
    if out == "-":
        yield sys.stdout.buffer, Hashed(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    if is_url(out):
        import fsspec

        raw: Any = fsspec.open(out, "wb")
    else:
        raw = writing(Path(out))
    with raw as stream:
        hashed = Hashed(stream)
        with _packed(out, hashed) as sink:
            yield sink, hashed
        if announce is not None:
            announce(hashed.described())


@contextmanager
def _packed(out: str, raw: Any) -> Iterator[IO[bytes]]:
    packing = suffixes(out)[1]
    if packing == ".gz":
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=6, mtime=0) as packed:
            yield cast("IO[bytes]", packed)
    elif packing == ".zst":
        import zstandard

        with zstandard.ZstdCompressor().stream_writer(raw, closefd=False) as packed:
            yield cast("IO[bytes]", packed)
    else:
        yield raw
