"""The last step of a run: duplicates, the quarantine in one file, and the records in one file where that was asked for."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from extractor.batch.duplicates import Index, read_sketches

if TYPE_CHECKING:
    from extractor.batch.job import Run


def finish(run: Run) -> None:
    """Complete a run's output from its finished shards. Running it again gives the same output."""
    repeated = find_duplicates(run)
    run.summary.duplicates = len(repeated)
    if run.settings.format == "jsonl":
        with _target(run.out) as sink:
            for line in _records(run):
                if run.settings.dedupe and json.loads(line)["id"] in repeated:
                    continue
                sink.write(line)
    run.summary.errors_file = write_errors(run)
    if run.settings.format == "jsonl" and run.out != "-":
        run.store.remove("")


def find_duplicates(run: Run) -> dict[str, tuple[str, float]]:
    """Ids of articles that repeat an earlier one, with its id and the share they have in common."""
    index, repeated = Index(), {}
    for name in run.store.names("_sketches"):
        for sketch in read_sketches(run.store.read(f"_sketches/{name}") or b""):
            if (found := index.add(sketch)) is not None:
                repeated[sketch.id] = found
    return repeated


def write_errors(run: Run) -> str | None:
    """Join the shards' errors in `errors.jsonl`, in the output folder or beside the output file; None where there are none."""
    names = run.store.names("_errors")
    if run.settings.format == "parquet":
        target = Path(run.out, "errors.jsonl")
    elif run.out == "-":
        target = Path("errors.jsonl")
    else:
        target = Path(run.out).parent / "errors.jsonl"
    if not names:
        return None
    data = io.BytesIO()
    for name in names:
        data.write(run.store.read(f"_errors/{name}") or b"")
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    temporary.write_bytes(data.getvalue())
    os.replace(temporary, target)
    return str(target)


def _records(run: Run) -> Iterator[bytes]:
    for name in run.store.names("records"):
        yield from io.BytesIO(run.store.read(f"records/{name}") or b"")


@contextmanager
def _target(out: str) -> Iterator[IO[bytes]]:
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    temporary = Path(out).with_name(f".{Path(out).name}.{os.getpid()}.tmp")
    try:
        with temporary.open("wb") as raw:
            if out.endswith(".gz"):
                with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) as packed:
                    yield packed  # type: ignore[misc]
            elif out.endswith(".zst"):
                import zstandard

                with zstandard.ZstdCompressor().stream_writer(raw, closefd=False) as packed:
                    yield packed
            else:
                yield raw
        os.replace(temporary, out)
    finally:
        temporary.unlink(missing_ok=True)
