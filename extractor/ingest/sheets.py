"""Workbooks (.xlsx, .xls, .ods) to units: every sheet one of whose first rows names a column of texts is a table of articles."""

from __future__ import annotations

import io
from collections.abc import Iterator
from itertools import islice
from typing import Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.mapper import Mapper, Say
from extractor.ingest.packages import bounded_package
from extractor.ingest.streams import ensure_sound, opened
from extractor.ingest.units import Options, Unit

_ABOVE = 10  # rows of a sheet's own headings that may stand above the names of its columns
_UNPACKED = 10  # times the bytes that a packed workbook may have


def sheet_units(file: str, options: Options, say: Say) -> Iterator[Unit]:
    """The rows of a workbook; positions count the rows of all its sheets as a reader of the sheet counts them.

    Sheets without a column of texts are left out and named. Raises `InputError` when the file is no workbook, or none of its
    sheets holds articles.
    """
    from python_calamine import CalamineError, load_workbook

    with opened(file, options.limits) as stream:
        data = stream.read(options.limits.max_bytes + 1)
        ensure_sound(stream)
    if len(data) > options.limits.max_bytes:
        raise InputError(f"{file}: a workbook of more than {options.limits.max_bytes:,} bytes; save it as CSV")
    try:
        book = load_workbook(io.BytesIO(bounded_package(data, _UNPACKED * options.limits.max_bytes)))
        sheets = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (ArticleError, CalamineError, OSError, ValueError) as error:
        raise InputError(f"{file}: cannot be opened as a workbook ({error})") from None
    left: list[str] = []
    before = 0
    for name, sheet in sheets:
        rows = iter(sheet.iter_rows())
        mapper = Mapper(file, options, say)
        said, header, above = _header(rows, mapper)
        if header is None:
            left.append(f"{said or f'{file}: nothing in it'} (sheet {name})")
        else:
            yield from _rows(rows, header, mapper, before + above)
        before += sheet.total_height
    if len(left) == len(sheets):
        raise InputError(left[0] if left else f"{file}: no sheet in it")
    for why in left:
        say(f"{why}: left out")


def _header(rows: Iterator[list[Any]], mapper: Mapper) -> tuple[str, tuple[str, ...] | None, int]:
    """The row that names the columns and how many stand above it; none, and why not, where it is not among the first.

    What is wrong is told of the row with the most names: titles and remarks above a table fill a cell or two.
    """
    most, why = 0, ""
    for above, cells in enumerate(islice(rows, _ABOVE + 1)):
        names = tuple(_heading(cell, at) for at, cell in enumerate(cells, 1))
        said = mapper.columns(names)
        if not isinstance(said, str):
            return "", names, above
        filled = sum(cell not in ("", None) for cell in cells)
        if filled > most:
            most, why = filled, said
    return why, None, 0


def _rows(rows: Iterator[list[Any]], header: tuple[str, ...], mapper: Mapper, before: int) -> Iterator[Unit]:
    for number, cells in enumerate(rows, before + 2):
        row = {name: _value(cell) for name, cell in zip(header, cells, strict=False)}
        if any(value is not None for value in row.values()):
            yield mapper(row, number)


def _heading(cell: Any, at: int) -> str:
    return str(cell).strip() or f"column {at}"


def _value(cell: Any) -> Any:
    """A cell as a row of JSON has it: empty is none, a whole number is no fraction, a time is text."""
    if cell == "" or cell is None:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell.isoformat() if hasattr(cell, "isoformat") else cell
