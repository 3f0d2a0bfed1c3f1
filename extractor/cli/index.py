"""`extractor index`: extracted tables or records to a database that can be searched and served."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer


def index(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...", help="What 'extractor extract -o' wrote: folders of tables, .jsonl of records."
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="The SQLite file to make or to add to.")] = Path(
        "news.db"
    ),
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            help="Your file of corrections: wrong readings, who is one person. Default: NEWS.corrections.jsonl beside NEWS.db.",
        ),
    ] = None,
    to: Annotated[str | None, typer.Option("--to", help="postgresql://… : fill a PostgreSQL database instead.")] = None,
) -> int:
    """Build a searchable database from extracted records. Run it again after more extraction: only what changed is written.

    Examples:

      extractor index tables/ -o news.db

      extractor index tables/ 2017/ more.jsonl -o news.db

      extractor index records.jsonl -o news.db && extractor serve news.db

      extractor index tables/ -o news.db --corrections mine.jsonl

      extractor index tables/ --to postgresql://user@localhost/news
    """
    began = time.perf_counter()

    def tick(name: str, articles: int) -> None:
        print(f"{name}: {articles:,} articles", file=sys.stderr)

    if to is not None:
        from extractor.dataset.postgres import index_postgres, shown
        from extractor.errors import InputError

        if not to.startswith(("postgresql://", "postgres://")):
            kind = to.partition("://")[0] if "://" in to else "…"  # the rest may hold a password
            raise InputError(f"--to {kind}: an address postgresql://user@host/database is expected")
        built = index_postgres(sources, to, tick=tick, corrections=corrections)
        where, then = shown(to), ""
    else:
        from extractor.dataset.build import index as build

        built = build(sources, output, tick=tick, corrections=corrections)
        where, then = str(output), f"\nextractor search {output} 'bao hiem y te'   |   extractor serve {output}"
    counts = [f"{built.new_articles:,} articles added"]
    counts += [f"{built.changed:,} written anew"] if built.changed else []
    counts += [f"{built.removed:,} removed"] if built.removed else []
    counts += [f"{built.doubled:,} that stand under one id in two places are one"] if built.doubled else []
    for fault in built.faults:
        print(f"corrections, {fault}", file=sys.stderr)
    print(
        f"{where}: {', '.join(counts)}, {built.articles:,} in all"
        f" ({built.old_parts:,} parts were indexed before), {time.perf_counter() - began:.1f} s{then}",
        file=sys.stderr,
    )
    return 0
