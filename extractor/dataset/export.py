"""A dataset as files for other programs: CSV, an Excel workbook, Parquet, a DuckDB file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, Literal

from extractor.batch.columns import meaning
from extractor.batch.whole import temporary_beside, writing
from extractor.dataset.beside import schema_of
from extractor.dataset.cells import harmless, plain
from extractor.dataset.choice import Row
from extractor.dataset.source import Rows
from extractor.errors import InputError, MachineError, writes
from extractor.install import pip_install

Format = Literal["csv", "xlsx", "parquet", "duckdb"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx", "parquet", "duckdb")
SHEET_ROWS = 1_048_575  # rows that a sheet of Excel holds under its header
CELL = 32_767  # characters that a cell of Excel holds
Counts = dict[str, int]


def format_of(out: Path, given: str | None) -> Format:
    """The format to write: as given, else by the name's suffix, else CSV. Raises `InputError` for an unknown one."""
    if given is not None:
        found = next((f for f in FORMATS if f == given), None)
        if found is None:
            raise InputError(f"--format {given}: one of {', '.join(FORMATS)}, opensearch is expected")
        return found
    return next((f for f in FORMATS if out.suffix.lower() == f".{f}"), "csv")


def write(chosen: Iterable[Rows], out: Path, format: Format, tables: Sequence[str]) -> Counts:
    """Write the rows of `tables` and return how many there are of each.

    CSV and Parquet are a folder with a file a table, or one file where `out` ends in the format's suffix and one table is
    wanted. Nothing of `out` is seen before all of it is written.

    Raises `InputError` where a table does not fit, `MachineError` where there is no space.
    """
    # A source that cannot be read is told before anything is made for it.
    rows = iter(chosen)
    first = list(islice(rows, 1))
    with writes(out):
        return _WRITERS[format](chain(first, rows), out, tables)


def targets(out: Path, format: Format, tables: Sequence[str]) -> list[Path]:
    """The files that `write` makes. Raises `InputError` where one file cannot hold the tables."""
    if format not in ("csv", "parquet"):
        return [out]
    suffix = f".{format}"
    if out.suffix.lower() == suffix:
        if len(tables) > 1:
            raise InputError(f"{out}: one file holds one table; name it with --table figures, or give a folder")
        return [out]
    return [out / f"{name}{suffix}" for name in tables]


def print_csv(chosen: Iterable[Rows], table: str, out: IO[str]) -> int:
    """Print one table as CSV, without the mark that files have; returns the number of rows."""
    writer, count = csv.writer(out, lineterminator="\n"), 0
    writer.writerow(schema_of(table).names)
    for _, rows in _by_table(chosen, (table,)):
        writer.writerows(_csv_row(row, schema_of(table).names) for row in rows)
        count += len(rows)
    return count


def _csv(chosen: Iterable[Rows], out: Path, tables: Sequence[str]) -> Counts:
    counts = dict.fromkeys(tables, 0)
    with ExitStack() as stack:
        files = {
            name: csv.writer(stack.enter_context(_text(path))) for name, path in _paths(out, "csv", tables).items()
        }
        for name, writer in files.items():
            writer.writerow(schema_of(name).names)
        for name, rows in _by_table(chosen, tables):
            files[name].writerows(_csv_row(row, schema_of(name).names) for row in rows)
            counts[name] += len(rows)
    return counts


def _csv_row(row: Row, columns: Sequence[str]) -> list[Any]:
    cells = (plain(row.get(column)) for column in columns)
    return [harmless(cell) if isinstance(cell, str) else cell for cell in cells]


@contextmanager
def _text(path: Path) -> Iterator[IO[str]]:
    with writing(path) as raw:
        text = io.TextIOWrapper(raw, "utf-8-sig", newline="")  # with the mark by which Excel knows UTF-8
        yield text
        text.flush()
        text.detach()


def _xlsx(chosen: Iterable[Rows], out: Path, tables: Sequence[str]) -> Counts:
    import xlsxwriter
    import xlsxwriter.exceptions

    temporary, made = (
        temporary_beside(out),
        io.BytesIO(),
    )  # a book that a full disk cuts off is closed once more, with a traceback
    counts = dict.fromkeys(tables, 0)
    cut = 0
    try:
        # Strings stay strings: what looks like a formula or an address is none.
        book = xlsxwriter.Workbook(
            made,
            {
                "constant_memory": True,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
            },
        )
        day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
        notes = book.add_worksheet("README")
        sheets = {name: book.add_worksheet(name) for name in tables}
        for name, sheet in sheets.items():
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, schema_of(name).names, bold)
        for name, rows in _by_table(chosen, tables):
            if counts[name] + len(rows) > SHEET_ROWS:
                raise InputError(
                    f"{out}: {name} has more than {SHEET_ROWS:,} rows, all that a sheet holds; "
                    "narrow it with --place, --programme, --from …, or write --format csv"
                )
            for row in rows:
                counts[name] += 1
                cut += _sheet_row(sheets[name], counts[name], row, schema_of(name).names, day)
        _explain(notes, bold, counts, cut)
        book.close()
        temporary.write_bytes(made.getbuffer())
        temporary.replace(out)
    except xlsxwriter.exceptions.XlsxFileError as error:
        raise MachineError(f"{out}: {error}; nothing was written") from None
    finally:
        temporary.unlink(missing_ok=True)
    return counts


def _sheet_row(sheet: Any, number: int, row: Row, columns: Sequence[str], day: Any) -> int:
    """Write a row; how many of its cells were too long for a sheet."""
    cut = 0
    for at, column in enumerate(columns):
        value = plain(row.get(column))
        if isinstance(value, date):
            sheet.write_datetime(number, at, value, day) if value.year >= 1900 else sheet.write_string(
                number, at, str(value)
            )
        elif isinstance(value, str):
            cut += len(value) > CELL
            sheet.write_string(number, at, value if len(value) <= CELL else value[: CELL - 1] + "…")
        elif value is not None:
            sheet.write(number, at, value)
    return cut


def _explain(sheet: Any, bold: Any, counts: Counts, cut: int) -> None:
    """The sheet that tells a reader of the workbook what the other sheets hold."""
    lines: list[Sequence[Any]] = [
        ("Vietnamese provincial news as records, a sheet a table; the sheets join by id (and person).",),
        ("Tin địa phương dưới dạng bảng, mỗi bảng một trang tính; các bảng nối với nhau qua cột id (và person).",),
        ("Made by extractor extract; values are read by a program, text holds the words they were read from.",),
    ]
    if cut:
        lines.append(
            (f"{cut} cells held more than {CELL:,} characters and end with …; CSV and Parquet hold them whole.",)
        )
    for number, line in enumerate(lines):
        sheet.write_row(number, 0, line)
    at = len(lines) + 1
    sheet.write_row(at, 0, ("sheet", "column", "rows", "meaning", "ý nghĩa"), bold)
    for name, count in counts.items():
        at += 1
        sheet.write_row(at, 0, (name, "", count), bold)
        for column in schema_of(name).names:
            at += 1
            told = meaning(name, column)
            sheet.write_row(at, 0, ("", column, "", *(told or ())))
    sheet.set_column(0, 1, 18)
    sheet.set_column(3, 4, 70)


def _parquet(chosen: Iterable[Rows], out: Path, tables: Sequence[str]) -> Counts:
    import pyarrow as pa
    import pyarrow.parquet as pq

    counts = dict.fromkeys(tables, 0)
    with ExitStack() as stack:
        files = {
            name: pq.ParquetWriter(stack.enter_context(writing(path)), schema_of(name), compression="zstd")
            for name, path in _paths(out, "parquet", tables).items()
        }
        try:
            for name, rows in _by_table(chosen, tables):
                if rows:
                    files[name].write_table(pa.Table.from_pylist(rows, schema=schema_of(name)))
                    counts[name] += len(rows)
            for file in files.values():
                file.close()
        except BaseException:
            for file in files.values():
                file.is_open = False  # else each would try once more to end its file, and complain
            raise
    return counts


def _duckdb(chosen: Iterable[Rows], out: Path, tables: Sequence[str]) -> Counts:
    import pyarrow as pa

    try:
        import duckdb
    except ImportError:
        raise InputError(f"{out}: needs DuckDB: {pip_install('duckdb')}") from None
    temporary = temporary_beside(out)
    counts = dict.fromkeys(tables, 0)
    try:
        with duckdb.connect(str(temporary)) as db:
            for name in tables:
                db.register("chunk", schema_of(name).empty_table())
                db.execute(f"CREATE TABLE {name} AS SELECT * FROM chunk")
            for name, rows in _by_table(chosen, tables):
                if rows:
                    db.register("chunk", pa.Table.from_pylist(rows, schema=schema_of(name)))
                    db.execute(f"INSERT INTO {name} SELECT * FROM chunk")
                    counts[name] += len(rows)
        temporary.replace(out)
    except duckdb.Error as error:
        raise MachineError(f"{out}: {str(error).splitlines()[0]}; nothing was written") from None
    finally:
        for left in (temporary, Path(f"{temporary}.wal")):
            left.unlink(missing_ok=True)
    return counts


def _by_table(chosen: Iterable[Rows], tables: Sequence[str]) -> Iterator[tuple[str, list[Row]]]:
    for rows in chosen:
        for name in tables:
            yield name, rows[name]


def _paths(out: Path, format: Format, tables: Sequence[str]) -> dict[str, Path]:
    files = dict(zip(tables, targets(out, format, tables), strict=True))
    for path in files.values():
        path.parent.mkdir(parents=True, exist_ok=True)
    return files


_WRITERS: Mapping[Format, Callable[[Iterable[Rows], Path, Sequence[str]], Counts]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "duckdb": _duckdb,
}
