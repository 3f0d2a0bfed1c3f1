"""Files to units, streaming: one reader a format, none holds more than an article (a row group for Parquet)."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.archives import ARCHIVES, archive_units
from extractor.ingest.columns import resolve
from extractor.ingest.quarantine import is_entry
from extractor.ingest.sources import ONE_ARTICLE, Source
from extractor.ingest.streams import Meter, lines, opened, unpacked
from extractor.ingest.units import Columns, Kind, Options, Unit

Say = Callable[[str], None]
_KINDS: dict[str, Kind] = {
    ".txt": "txt",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".mhtml": "html",
    ".mht": "html",
    ".docx": "docx",
    ".pdf": "pdf",
}
_KEEP = 100_000  # bytes of a broken line that go into the quarantine


def units(found: Sequence[Source], options: Options, say: Say, meter: Meter | None = None) -> Iterator[Unit]:
    """Every raw article of `found` in order. A file that breaks midway yields a unit of kind `bad` and the next file follows."""
    meter = meter or Meter()
    meter.total = sum(s.size or 0 for s in found) if all(s.size is not None for s in found) else 0
    for source in found:
        if source.suffix in ONE_ARTICLE:
            yield Unit(_KINDS[source.suffix], source.path, data=source.about, name=source.name)
            continue
        try:
            if source.path == "-":
                yield from _stdin(options, say)
            elif source.suffix == ".parquet":
                yield from _parquet(source.path, options, say)
            elif source.suffix in ARCHIVES:
                yield from archive_units(source.path, source.suffix, options, meter)
            elif source.suffix == ".warc":
                from extractor.ingest.warc import warc_units

                yield from warc_units(source.path, options, meter)
            else:
                with opened(source.path, options.limits, meter) as stream:
                    yield from _stream(source, stream, options, say)
        except ArticleError as error:
            yield Unit("bad", source.path, stage=error.stage, reason=str(error))
        meter.finish(source.size or 0)


def _stream(source: Source, stream: IO[bytes], options: Options, say: Say) -> Iterator[Unit]:
    if source.suffix in (".jsonl", ".ndjson"):
        return _jsonl(source.path, stream, options, say)
    if source.suffix == ".json":
        return _json(source.path, stream, options, say)
    return _csv(source.path, stream, options, say, "\t" if source.suffix == ".tsv" else None)


class _Mapper:
    """Rows of one file by the columns of its first row; looked at again when a row has other keys."""

    def __init__(self, file: str, options: Options, say: Say) -> None:
        self._file, self._given, self._say = file, options.columns, say
        self._by_keys: dict[tuple[str, ...], Columns | str] = {}

    def __call__(self, row: Mapping[str, Any], position: int) -> Unit:
        keys = tuple(row)
        columns = self._by_keys.get(keys)
        if columns is None:
            try:
                columns, note = resolve(keys, self._given, self._file)
                if note and not self._by_keys:
                    self._say(note)
            except InputError as error:
                if not self._by_keys:
                    raise
                columns = str(error)
            if len(self._by_keys) < 1000:
                self._by_keys[keys] = columns
        if isinstance(columns, str):
            return Unit("bad", self._file, position, dict(row), stage="read", reason=columns)
        data = {f: row[c] for f in Columns.__dataclass_fields__ if (c := getattr(columns, f)) is not None and c in row}
        return Unit("row", self._file, position, data)


def _jsonl(file: str, stream: IO[bytes], options: Options, say: Say) -> Iterator[Unit]:
    mapper = _Mapper(file, options, say)
    good = 0
    broken: list[Unit] = []
    for number, line in lines(stream, options.limits):
        if number == 1 and line is not None:
            line = line.removeprefix(b"\xef\xbb\xbf")
        unit = _json_line(file, number, line, mapper, options.limits.max_bytes)
        if unit is None:
            continue
        if unit.kind == "bad" and not good and len(broken) < 1000:
            broken.append(unit)
            continue
        for one in (*broken, unit):
            if one.kind == "bad":
                say(f"{one.where()}: {one.reason}")
            yield one
        broken.clear()
        good += 1
    if broken and not good:
        raise InputError(f"{broken[0].where()}: {broken[0].reason}; no line of the file holds an article")


def _json_line(file: str, number: int, line: bytes | None, mapper: _Mapper, most: int) -> Unit | None:
    if line is None:
        reason = f"a line of more than {most:,} bytes"
        return Unit("bad", file, number, stage="too-long", reason=reason)
    if not line.strip():
        return None
    try:
        row = json.loads(line)
    except UnicodeDecodeError as error:
        return Unit(
            "bad", file, number, line[:_KEEP], stage="decode", reason=f"not UTF-8 at byte {error.start} of the line"
        )
    except (ValueError, RecursionError) as error:
        return Unit("bad", file, number, line[:_KEEP], stage="read", reason=f"broken line, not JSON ({error})")
    if not isinstance(row, dict):
        return Unit("bad", file, number, line[:_KEEP], stage="read", reason="not a JSON object")
    if number == 1 and is_entry(row):
        raise InputError(f"{file}: a quarantine, not articles; give the run's inputs and --retry {file}")
    return mapper(row, number)


def _json(file: str, stream: IO[bytes], options: Options, say: Say) -> Iterator[Unit]:
    data = stream.read(options.limits.max_bytes + 1)
    if len(data) > options.limits.max_bytes:
        raise InputError(
            f"{file}: a .json of more than {options.limits.max_bytes:,} bytes; write it as JSON Lines (.jsonl)"
        )
    try:
        rows = json.loads(data)
    except ValueError as error:
        raise InputError(f"{file}: not JSON ({error}); one object a line is .jsonl") from None
    mapper = _Mapper(file, options, say)
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if isinstance(row, dict):
            yield mapper(row, number)
        else:
            yield Unit("bad", file, number, stage="read", reason="not a JSON object")


def _csv(file: str, stream: IO[bytes], options: Options, say: Say, delimiter: str | None) -> Iterator[Unit]:
    head = stream.peek(4096)[:4096] if hasattr(stream, "peek") else b""
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    text = io.TextIOWrapper(stream, encoding, errors="surrogateescape", newline="")
    csv.field_size_limit(min(options.limits.max_bytes, sys.maxsize))
    if delimiter is None:
        first = head.split(b"\n", 1)[0]
        delimiter = max(",;\t|", key=lambda d: first.count(d.encode()))
    reader = csv.DictReader(text, delimiter=delimiter, strict=False)
    mapper = _Mapper(file, options, say)
    number = 1
    try:
        for number, row in enumerate(reader, 2):
            extra = row.pop(None, None)
            if extra or any(v is None for v in row.values()):
                reason = f"the row has {'more' if extra else 'fewer'} fields than the header"
                yield Unit("bad", file, number, dict(row), stage="read", reason=reason)
                continue
            yield mapper(row, number)
    except csv.Error as error:
        yield Unit(
            "bad", file, number + 1, stage="read", reason=f"broken CSV ({error}); the rest of the file is not read"
        )
    finally:
        text.detach()


def _parquet(file: str, options: Options, say: Say) -> Iterator[Unit]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(file, options.limits) as stream:
        try:
            table = pq.ParquetFile(io.BytesIO(stream.read()) if not stream.seekable() else stream)
        except (pa.ArrowInvalid, OSError) as error:
            raise InputError(f"{file}: not a Parquet file ({error})") from None
        columns, note = resolve(table.schema_arrow.names, options.columns, file)
        if note:
            say(note)
        wanted = [c for f in Columns.__dataclass_fields__ if (c := getattr(columns, f)) is not None]
        mapper = _Mapper(file, options, lambda _: None)
        number = 0
        for batch in table.iter_batches(batch_size=256, columns=wanted):
            for row in batch.to_pylist():
                number += 1
                yield mapper(row, number)


def _stdin(options: Options, say: Say) -> Iterator[Unit]:
    # A text whose first line waits in the pipe: peek returns what is there.
    stream: Any = sys.stdin.buffer
    if stream.peek(4)[:4].startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        stream = unpacked(stream, "-", options.limits)
    head = stream.peek(4096).lstrip()
    if not head:
        raise InputError("standard input is empty")
    if head.startswith(b"{"):
        yield from _jsonl("-", stream, options, say)
        return
    data = stream.read(options.limits.max_bytes + 1)
    if len(data) > options.limits.max_bytes:
        yield Unit("bad", "-", stage="too-long", reason=f"larger than {options.limits.max_bytes:,} bytes")
        return
    yield Unit("html" if head.startswith(b"<") else "txt", "-", data=data)
