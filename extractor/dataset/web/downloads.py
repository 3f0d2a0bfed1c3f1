"""What a page lists as a file: CSV with the mark by which Excel knows UTF-8, or a workbook; all rows that the page counts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.dataset.cells import harmless
from extractor.dataset.web.words import words
from extractor.text import unaccent

Row = Mapping[str, Any]
FORMATS = "csv|xlsx"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STEM = re.compile(r"[^A-Za-z0-9_]+")
_SHEET, _NOTES, _NOTES_WIDTH = "rows", "README", 110


def sheet(
    given: Mapping[str, str], name: str, rows: Iterable[Row], columns: Sequence[str], about: str = ""
) -> dict[str, Any]:
    """The answer of a page that gives rows as a file, in the format that its address names.

    Args:
        given: the page's arguments.
        name: what the file is called, in any words.
        rows: all rows, by column.
        columns: the columns, in order.
        about: what the rows are, for the workbook's second sheet.
    """
    found = list(rows)
    stem = stem_of(name)
    if given["format"] == "csv":
        return {"file": (csv_text(found, columns).encode(), "text/csv; charset=utf-8", f"{stem}.csv")}
    return {"file": (workbook(found, columns, [about or name, words(given["lang"]).honest]), EXCEL, f"{stem}.xlsx")}


def stem_of(name: str) -> str:
    """A file's name without its ending, of any words."""
    return _STEM.sub("-", unaccent(name)).strip("-")[:60] or "rows"


def csv_text(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """Rows as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    for row in rows:
        cells = (row.get(c) for c in columns)
        writer.writerow([harmless(c) if isinstance(c, str) else "" if c is None else c for c in cells])
    return "\ufeff" + out.getvalue()


def workbook(rows: Iterable[Row], columns: Sequence[str], about: Sequence[str]) -> bytes:
    """Rows as an Excel workbook, what they are on a sheet of its own."""
    import xlsxwriter

    out = io.BytesIO()
    safe = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, safe)
    bold = book.add_format({"bold": True})
    main, notes = book.add_worksheet(_SHEET), book.add_worksheet(_NOTES)
    main.freeze_panes(1, 0)
    main.write_row(0, 0, columns, bold)
    for at, row in enumerate(rows, 1):
        for column, name in enumerate(columns):
            if (value := row.get(name)) is not None:
                main.write_string(at, column, value) if isinstance(value, str) else main.write_number(at, column, value)
    notes.write_column(0, 0, about)
    notes.set_column(0, 0, _NOTES_WIDTH)
    book.close()
    return out.getvalue()
