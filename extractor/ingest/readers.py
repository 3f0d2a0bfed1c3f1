"""Files to units, streaming: one reader a format, none holds more than an article (a row group for Parquet)."""

from __future__ import annotations

import json
import re
import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.archives import ARCHIVES, archive_units
from extractor.ingest.columns import resolve
from extractor.ingest.delimited import csv_units
from extractor.ingest.mapper import Mapper, Say
from extractor.ingest.quarantine import is_entry
from extractor.ingest.sources import ONE_ARTICLE, Source
from extractor.ingest.streams import LINES, Meter, ensure_sound, lines, opened, unpacked
from extractor.ingest.units import Kind, Options, Unit

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
_LIST_OF_ROWS = re.compile(rb"\[\s*\{\s*\"")  # how a JSON array of objects begins; a text may begin with a bracket
_NAME = 40  # characters of a column's name
_KEEP = 100_000  # bytes of a broken line that go into the quarantine


def units(found: Sequence[Source], options: Options, say: Say, meter: Meter | None = None) -> Iterator[Unit]:
    """Every raw article of `found` in order. A file that cannot be read, or breaks midway, yields a unit of kind `bad` (stage
    `file`, or `unpack`) and the next file follows. Raises `InputError` for it where it is the only one."""
    meter = meter or Meter()
    meter.total = sum(s.size or 0 for s in found) if all(s.size is not None for s in found) else 0
    for source in found:
        try:
            yield from _units(source, options, say, meter)
        except ArticleError as error:
            yield Unit("bad", source.path, stage=error.stage, reason=str(error))
        except InputError as error:
            if len(found) == 1:
                raise
            say(str(error))
            yield Unit("bad", source.path, stage="file", reason=str(error))
        except OSError as error:
            yield Unit(
                "bad", source.path, stage="file", reason=f"cannot be read to its end ({error.strerror or error})"
            )
        meter.finish(source.size or 0)


def _units(source: Source, options: Options, say: Say, meter: Meter) -> Iterator[Unit]:
    if source.problem is not None:
        yield Unit("bad", source.path, stage="file", reason=source.problem)
    elif source.suffix in ONE_ARTICLE:
        yield Unit(_KINDS[source.suffix], source.path, data=source.about, name=source.name)
    elif source.path == "-":
        yield from _stdin(options, say)
    elif source.suffix == ".parquet":
        from extractor.ingest.parquet import parquet_units

        yield from parquet_units(source.path, options, Mapper(source.path, options, say))
    elif source.suffix in (".xlsx", ".xls", ".ods"):
        from extractor.ingest.sheets import sheet_units

        yield from sheet_units(source.path, options, say)
    elif source.suffix in ARCHIVES:
        yield from archive_units(source.path, source.suffix, options, meter)
    elif source.suffix == ".warc":
        from extractor.ingest.warc import warc_units

        yield from warc_units(source.path, options, meter)
    else:
        with opened(source.path, options.limits, meter) as stream:
            yield from _stream(source, stream, options, say)
            ensure_sound(stream)


def _stream(source: Source, stream: IO[bytes], options: Options, say: Say) -> Iterator[Unit]:
    if source.suffix in LINES:
        return _jsonl(source.path, stream, options, say)
    if source.suffix == ".json":
        return _json(source.path, stream, options, say)
    mapper = Mapper(source.path, options, say)
    return csv_units(source.path, stream, options.limits, mapper, "\t" if source.suffix == ".tsv" else None)


def _jsonl(file: str, stream: IO[bytes], options: Options, say: Say) -> Iterator[Unit]:
    mapper = Mapper(file, options, say)
    good = 0
    broken: list[Unit] = []
    for number, line in lines(stream, options.limits):
        if number == 1 and line is not None:
            line = line.removeprefix(BOM_UTF8)
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
        ensure_sound(stream)
        raise InputError(f"{broken[0].where()}: {broken[0].reason}; no line of the file holds an article")


def _json_line(file: str, number: int, line: bytes | None, mapper: Mapper, most: int) -> Unit | None:
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
    ensure_sound(stream)
    if len(data) > options.limits.max_bytes:
        raise InputError(
            f"{file}: a .json of more than {options.limits.max_bytes:,} bytes; write it as JSON Lines (.jsonl)"
        )
    try:
        rows = json.loads(data)
    except RecursionError:
        raise InputError(f"{file}: not an article's JSON (nested too deep)") from None
    except ValueError as error:
        raise InputError(f"{file}: not JSON ({error}); one object a line is .jsonl") from None
    mapper = Mapper(file, options, say)
    found = [
        mapper(row, number)
        if isinstance(row, dict)
        else Unit("bad", file, number, stage="read", reason="not a JSON object")
        for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1)
    ]
    if found and all(unit.kind == "bad" for unit in found):
        raise InputError(f"{found[0].where()}: {found[0].reason}; nothing in the file is an article")
    yield from found


def _stdin(options: Options, say: Say) -> Iterator[Unit]:
    # A text whose first line waits in the pipe: peek returns what is there.
    stream: Any = sys.stdin.buffer
    if stream.peek(4)[:4].startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")):
        stream = unpacked(stream, "-", options.limits)
    head = stream.peek(4096).removeprefix(BOM_UTF8).lstrip()
    if not head:
        raise InputError("standard input is empty")
    if head.startswith(b"{"):
        yield from _jsonl("-", stream, options, say)
        ensure_sound(stream)
        return
    if _LIST_OF_ROWS.match(head):
        yield from _json("-", stream, options, say)
        return
    if (delimiter := _header(head, options)) is not None:
        yield from csv_units("-", stream, options.limits, Mapper("-", options, say), delimiter)
        ensure_sound(stream)
        return
    data = stream.read(options.limits.max_bytes + 1)
    ensure_sound(stream)
    if len(data) > options.limits.max_bytes:
        yield Unit("bad", "-", stage="too-long", reason=f"larger than {options.limits.max_bytes:,} bytes")
        return
    yield Unit("html" if head.startswith(b"<") else "txt", "-", data=data)


def _header(head: bytes, options: Options) -> str | None:
    """The delimiter of a table whose header the first line is: several short names, of which one is known to hold texts."""
    line = head.split(b"\n", 1)[0].decode("utf-8-sig", "replace").strip()
    delimiter = max(",;\t|", key=line.count)
    names = [name.strip().strip('"') for name in line.split(delimiter)]
    if len(names) < 2 or max(map(len, names)) > _NAME:
        return None
    try:
        resolve(names, options.columns, "-")
    except InputError:
        return None
    return delimiter
