"""`extractor export`: a dataset in another program's format."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force
from extractor.errors import InputError

if TYPE_CHECKING:
    from extractor.dataset.choice import Choice
    from extractor.dataset.corrected import Readings, Row
    from extractor.dataset.export import Format
    from extractor.dataset.source import Rows

    Reader = Callable[[Path, Choice], Iterator[Rows]]


def export(
    source: Annotated[Path, typer.Argument(help="What 'extractor extract -o' wrote: a folder of tables or a .jsonl.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File or folder to write; - for standard output.")
    ] = Path("-"),
    format: Annotated[
        str | None,
        typer.Option("--format", help="csv, xlsx, parquet, duckdb or opensearch; without it, by the name of OUTPUT."),
    ] = None,
    table: Annotated[
        str | None, typer.Option("--table", help="Only these tables: figures, or positions,officials …")
    ] = None,
    programme: Annotated[str | None, typer.Option("--programme", help="Figures of it: BHYT, BHXH …")] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="Figures of it: coverage_rate, participants …")
    ] = None,
    status: Annotated[str | None, typer.Option("--status", help="Figures that are actual, or a target.")] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help='A unit and all below it: "Tiền Giang", a code, or VN for the country.'),
    ] = None,
    period: Annotated[
        str | None, typer.Option("--period", help="Figures whose time lies in it: 2018, 2018-Q2, 2016/2020.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="Articles published from this day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Articles published up to this day.")] = None,
    corrections: Annotated[
        Path | None,
        typer.Option("--corrections", help="Your file of corrections: the export holds what is right instead."),
    ] = None,
    mapping: Annotated[bool, typer.Option("--mapping", help="Print OpenSearch's index mapping instead.")] = False,
    force: Force = False,
) -> int:
    """Export a dataset, or what is wanted of it, for a spreadsheet, a database or a search engine.

    CSV opens in Excel with its accents; lists stand in one cell; what a spreadsheet would run as a formula does not.
    Conditions on figures choose figures, a place chooses rows in it; the other tables keep the rows of those articles.

    Examples:

      extractor export tables/ -o news.xlsx

      extractor export tables/ -o coverage.csv --table figures --programme BHYT --indicator coverage_rate --place "Đồng Tháp"

      extractor export tables/ -o news.xlsx --corrections mine.jsonl

      extractor export records.jsonl -o csv/ --format csv --from 2018-01-01

      extractor export tables/ -o news.duckdb

      extractor export tables/ --format opensearch -o bulk.ndjson
    """
    if mapping:
        from extractor.dataset import opensearch

        print(json.dumps(opensearch.mapping(), ensure_ascii=False, indent=1))
        return 0
    chosen = _choice(table, programme, indicator, status, place, period, since, until)
    if format == "opensearch" or (format is None and output.suffix.lower() in (".ndjson", ".jsonl")):
        if table is not None:
            raise InputError(f"--table {table}: OpenSearch takes articles with all that is in them; leave it out")
        return _opensearch(source, chosen, output, force, corrections)
    from extractor.dataset.corrected import undone
    from extractor.dataset.corrections import said_in
    from extractor.dataset.export import format_of

    wanted = format_of(output, format)
    readings = said_in(corrections).readings
    done: list[Row] = []
    rows = partial(rows_of, readings=readings, done=done)
    if str(output) == "-":
        code = _to_standard_output(source, chosen, wanted, rows)
    else:
        code = _to_files(source, chosen, output, wanted, force, rows)
    for fault in undone(done, readings):
        print(f"corrections, {fault}", file=sys.stderr)
    return code


def rows_of(source: Path, choice: Choice, readings: Readings, done: list[Row]) -> Iterator[Rows]:
    """The wanted rows with the user's corrections."""
    from extractor.dataset.choice import chosen

    return chosen(source, choice, readings, done)


def _choice(
    table: str | None,
    programme: str | None,
    indicator: str | None,
    status: str | None,
    place: str | None,
    period: str | None,
    since: str | None,
    until: str | None,
) -> Choice:
    from extractor.cli.places import a_day
    from extractor.dataset.choice import Choice, period_days, table_names

    if status not in (None, "actual", "target"):
        raise InputError(f"--status {status}: actual or target is expected")
    first, last = period_days(period)
    return Choice(
        table_names(table),
        programme,
        indicator,
        status,
        place_codes(place),
        first,
        last,
        a_day(since, "--from"),
        a_day(until, "--to"),
    )


def place_codes(given: str | None) -> frozenset[str] | None:
    """Codes that a place's name or code can mean; VN is the whole country. Raises `InputError` for an unknown place."""
    if given is None:
        return None
    from extractor.cli.places import find
    from extractor.gazetteer import gazetteer
    from extractor.records import NATION

    if given.upper() == NATION:
        return frozenset({NATION})
    codes = find(given, None, gazetteer())
    if not codes:
        raise InputError(f"--place {given}: no such unit; 'extractor places \"{given}\"' looks it up")
    return frozenset(codes)


def _to_files(source: Path, chosen: Choice, output: Path, format: Format, force: bool, rows_of: Reader) -> int:
    from extractor.dataset.choice import Choice
    from extractor.dataset.export import targets, write
    from extractor.outputs import claim_output

    for path in targets(output, format, chosen.tables):
        if path.exists():
            claim_output(path, force=force)
    counts = write(rows_of(source, chosen), output, format, chosen.tables)
    told = ", ".join(f"{name} {count:,}" for name, count in counts.items())
    print(f"{output}: {told}", file=sys.stderr)
    if not any(counts.values()):
        if replace(chosen, tables=()) == Choice(tables=()):
            print(f"{source}: holds no rows of {', '.join(chosen.tables)}", file=sys.stderr)
        else:
            print("nothing meets all conditions; leave one out to see which", file=sys.stderr)
        return 1
    return 0


def _to_standard_output(source: Path, chosen: Choice, format: Format, rows_of: Reader) -> int:
    from extractor.dataset.export import print_csv

    if format != "csv" or len(chosen.tables) > 1:
        raise InputError("standard output takes one table as CSV: --table figures; else give -o")
    return 0 if print_csv(rows_of(source, chosen), chosen.tables[0], sys.stdout) else 1


def _opensearch(source: Path, chosen: Choice, output: Path, force: bool, corrections: Path | None) -> int:
    from extractor.dataset import opensearch

    if corrections is not None:
        raise InputError("--corrections is for tables; 'extractor index --corrections' makes a search with them")
    if str(output) == "-":
        return 0 if opensearch.write(source, chosen, sys.stdout) else 1
    from extractor.outputs import begins_with, claim_output, writing_output

    claim_output(output, force=force, ours=begins_with(opensearch.ACTION.encode()))
    with writing_output(output) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8")
        count = opensearch.write(source, chosen, out)
        out.flush()
        out.detach()
    print(f"{output}: {count:,} articles", file=sys.stderr)
    return 0 if count else 1
