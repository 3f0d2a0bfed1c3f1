"""`extractor search`: look words up in an indexed dataset from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force
from extractor.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.cli.figure_rows import Asked
    from extractor.dataset.search import Hit

_NONE = "no such figure; fewer conditions find more"


def search(
    database: Annotated[Path, typer.Argument(help="The file that 'extractor index' made.")],
    query: Annotated[str, typer.Argument(help="Words, with or without accents; with --field figures not needed.")] = "",
    field: Annotated[
        str,
        typer.Option(
            "--field",
            help="articles, officials, documents, locations, figures; each once: offices, persons, citations, units.",
        ),
    ] = "articles",
    province: Annotated[
        str | None, typer.Option("--province", help="Province of the article, with or without accents.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Most hits to print.")] = 20,
    programme: Annotated[str | None, typer.Option("--programme", help="Figures: BHYT, BHXH, …")] = None,
    indicator: Annotated[
        str | None, typer.Option("--indicator", help="Figures: coverage_rate, participants, …")
    ] = None,
    group: Annotated[
        str | None, typer.Option("--group", help="Figures: a group's id or words; all: the whole population.")
    ] = None,
    status: Annotated[str | None, typer.Option("--status", help="Figures: actual or target.")] = None,
    place: Annotated[
        str | None,
        typer.Option("--place", help="Figures: a unit and all in it, by its name of then or of today, or a code."),
    ] = None,
    period: Annotated[str | None, typer.Option("--period", help="Figures: 2018, 2018-Q2, 2016/2020.")] = None,
    value: Annotated[str | None, typer.Option("--value", help="Figures: 90, 90..95, 90.., ..95.")] = None,
    form: Annotated[str, typer.Option("--format", help="Figures: text, csv or json; the last two print all.")] = "text",
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Figures: all of them into NAME.xlsx or NAME.csv."),
    ] = None,
    force: Force = False,
) -> int:
    """Search an indexed dataset; one hit a line (tab-separated) when the output is not a terminal.

    Exit status 1 when nothing is found.

    Examples:

      extractor search news.db "le van huong" --field officials

      extractor search news.db "chu tich ubnd tinh" --field offices -n 1

      extractor search news.db 1167 --field documents --from 2018-01-01

      extractor search news.db "bao phu bhyt" --province "tien giang" | cut -f2

      extractor search news.db --field figures --programme BHYT --indicator coverage_rate --place "Sóc Trăng" --format csv

      extractor search news.db --field figures -o figures.xlsx
    """
    if field == "figures":
        from extractor.cli.figure_rows import Asked

        asked = Asked(query, programme, indicator, group, status, place, period, value, since, until)
        return _figures(database, asked, form, limit) if output is None else _to_file(database, asked, output, force)
    if output is not None:
        raise InputError(
            f"-o {output}: figures alone are written to a file (--field figures); "
            "'extractor export' writes the other tables, the web page its lists"
        )
    from extractor.cli.entity_rows import FIELDS, show
    from extractor.cli.places import a_day
    from extractor.dataset.search import open_readonly
    from extractor.dataset.search import search as look_up

    if not query.strip():
        raise InputError("the words to look for are missing; only --field figures is searched without any")
    if field in FIELDS:
        return show(database, field, query, limit)
    a_day(since, "--from")
    a_day(until, "--to")
    hits = look_up(
        open_readonly(database), query, field=field, province=province, since=since, until=until, limit=limit
    )
    if not hits:
        print(f"nothing found for {query!r} in {field}; fewer words, or another --field, find more", file=sys.stderr)
        return 1
    _print(hits)
    return 0


def _print(hits: Sequence[Hit]) -> None:
    """The hits: in colours in a terminal, else one a line with tabs between their cells."""
    if not sys.stdout.isatty():
        for hit in hits:
            cells = (hit.kind, hit.id, hit.published or "", hit.province or "", hit.label, hit.ref or "", hit.snippet)
            print("\t".join(" ".join(str(c).split()) for c in cells))
        return
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    for hit in hits:
        before, found, after = (*hit.snippet.split("**", 2), "", "")[:3]
        console.print(
            f"[bold]{escape(hit.label)}[/]  [dim]{escape(hit.ref or '')}[/]\n"
            f"  {hit.published or '–'} · {escape(hit.province or '–')} · [cyan]{escape(hit.id)}[/]\n"
            f"  {escape(before)}[reverse]{escape(found)}[/]{escape(after)}\n"
        )


def _figures(database: Path, asked: Asked, form: str, limit: int) -> int:
    from extractor.cli.figure_rows import FORMATS, rows, show

    if form not in FORMATS:
        raise InputError(f"--format {form}: one of {', '.join(FORMATS)} is expected")
    found = rows(database, asked)
    if not found:
        print(_NONE, file=sys.stderr)
        return 1
    show(found, form, limit)
    return 0


def _to_file(database: Path, asked: Asked, output: Path, force: bool) -> int:
    from extractor.cli.figure_rows import as_file, rows
    from extractor.outputs import claim_output, writing_output

    suffix = output.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise InputError(f"-o {output}: a name that ends in .xlsx or .csv is expected")
    claim_output(output, force=force)
    found = rows(database, asked)
    if not found:
        print(_NONE, file=sys.stderr)
        return 1
    with writing_output(output) as stream:
        stream.write(as_file(found, suffix))
    print(f"{output}: {len(found):,} figures", file=sys.stderr)
    return 0
