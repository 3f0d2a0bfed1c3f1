"""CSV and TSV to units: the delimiter from the header, the encoding from the first bytes, damage told from the end."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.ids import scalar
from extractor.ingest.mapper import Mapper
from extractor.ingest.streams import ensure_sound, sound
from extractor.ingest.units import Limits, Unit
from extractor.text import decode

_HEAD = 4096
_BETWEEN = "\x1e"  # the separator of records, which no text holds


def csv_units(file: str, stream: IO[bytes], limits: Limits, mapper: Mapper, delimiter: str | None) -> Iterator[Unit]:
    """The rows of a table with a header; one with more or fewer fields than that is a unit of kind `bad`.

    Raises `InputError` when the header names no column of texts.
    """
    head: bytes = stream.peek(_HEAD)[:_HEAD] if hasattr(stream, "peek") else b""
    encoding, errors = _encoding(head)
    text = io.TextIOWrapper(stream, encoding, errors=errors, newline="")
    csv.field_size_limit(min(limits.max_bytes, sys.maxsize))
    if delimiter is None:
        first = head.split(b"\n", 1)[0]
        delimiter = max(",;\t|", key=lambda d: first.count(d.encode()))
    reader = csv.DictReader(text, delimiter=delimiter, strict=False)
    held: Unit | None = None
    broken = ""
    try:
        if isinstance(problem := mapper.columns(tuple(reader.fieldnames or ())), str):
            ensure_sound(stream)
            raise InputError(problem)
        for number, row in enumerate(reader, 2):
            if held is not None:
                yield held
            held = _unit(file, number, row, mapper)
    except (csv.Error, UnicodeError) as error:
        broken = f"broken CSV ({error}); what follows row {held.position if held else 1} is not read"
    finally:
        text.detach()
    if held is not None:
        # One row is kept back because the last one of a cut archive looks like a whole one.
        cut = held.kind == "row" and not sound(stream)
        yield replace(held, kind="bad", stage="unpack", reason="the archive breaks off in this row") if cut else held
    if broken:
        yield Unit("bad", file, stage="file", reason=broken)


def _encoding(head: bytes) -> tuple[str, str]:
    """How a table is decoded, and what becomes of bytes that do not fit.

    A table in windows-1258 is told by its first lines, for a cell alone is too short to tell; in other tables bytes that are
    no UTF-8 are kept, and each text decides what they mean.
    """
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16", "strict"
    whole = head[: head.rfind(b"\n") + 1] or head
    try:
        if decode(whole)[1] == "windows-1258":
            return "cp1258", "replace"
    except ArticleError:
        pass
    return "utf-8-sig", "surrogateescape"


def _unit(file: str, number: int, row: dict[str | Any, Any], mapper: Mapper) -> Unit:
    extra = row.pop(None, None)
    if extra or any(value is None for value in row.values()):
        reason = f"the row has {'more' if extra else 'fewer'} fields than the header"
        return Unit("bad", file, number, dict(row), stage="read", reason=reason)
    return mapper(_legible(row), number)


def _legible(row: dict[str, str]) -> dict[str, str]:
    """A row with bytes that are no UTF-8 decoded, all cells together: a name of two words does not tell its encoding. As it is
    where they are no text, which the one who reads it says."""
    try:
        cells = scalar(_BETWEEN.join(row.values())).split(_BETWEEN)
    except ArticleError:
        return row
    return dict(zip(row, cells, strict=True)) if len(cells) == len(row) else row
