"""`extractor search`: look words up in an indexed dataset from the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def search(
    database: Annotated[Path, typer.Argument(help="The file that 'extractor index' made.")],
    query: Annotated[str, typer.Argument(help="Words, with or without accents.")],
    field: Annotated[str, typer.Option("--field", help="articles, officials, documents or locations.")] = "articles",
    province: Annotated[
        str | None, typer.Option("--province", help="Province of the article, with or without accents.")
    ] = None,
    since: Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Most hits to print.")] = 20,
) -> int:
    """Search an indexed dataset; one hit a line (tab-separated) when the output is not a terminal.

    Exit status 1 when nothing is found.

    Examples:

      extractor search news.db "le van huong" --field officials

      extractor search news.db 1167 --field documents --from 2018-01-01

      extractor search news.db "bao phu bhyt" --province "tien giang" | cut -f2
    """
    from extractor.cli.places import a_day
    from extractor.dataset.search import open_readonly
    from extractor.dataset.search import search as look_up

    a_day(since, "--from")
    a_day(until, "--to")
    hits = look_up(
        open_readonly(database), query, field=field, province=province, since=since, until=until, limit=limit
    )
    if not hits:
        print(f"nothing found for {query!r} in {field}; fewer words, or another --field, find more", file=sys.stderr)
        return 1
    if not sys.stdout.isatty():
        for hit in hits:
            cells = (hit.kind, hit.id, hit.published or "", hit.province or "", hit.label, hit.ref or "", hit.snippet)
            print("\t".join(" ".join(str(c).split()) for c in cells))
        return 0
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
    return 0
