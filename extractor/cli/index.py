"""`extractor index`: extracted tables or records to a database that can be searched and served."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Annotated

import typer


def index(
    source: Annotated[Path, typer.Argument(help="What 'extractor extract -o' wrote: a folder of tables or a .jsonl.")],
    output: Annotated[Path, typer.Option("--output", "-o", help="The SQLite file to make or to add to.")] = Path(
        "news.db"
    ),
    to: Annotated[str | None, typer.Option("--to", help="postgresql://… : fill a PostgreSQL database instead.")] = None,
) -> int:
    """Build a searchable database from extracted records. Run it again after more extraction: only new parts are added.

    Examples:

      extractor index tables/ -o news.db

      extractor index records.jsonl -o news.db && extractor serve news.db

      extractor index tables/ --to postgresql://user@localhost/news
    """
    began = time.perf_counter()

    def tick(name: str, articles: int) -> None:
        print(f"{name}: {articles:,} articles", file=sys.stderr)

    if to is not None:
        from extractor.dataset.postgres import index_postgres
        from extractor.errors import InputError

        if not to.startswith(("postgresql://", "postgres://")):
            raise InputError(f"--to {to.rsplit('@', 1)[-1]}: an address postgresql://user@host/database is expected")

        built = index_postgres(source, to, tick=tick)
        where, then = to.rsplit("@", 1)[-1], ""
    else:
        from extractor.dataset.build import index as build

        built = build(source, output, tick=tick)
        where, then = str(output), f"\nextractor search {output} 'bao hiem y te'   |   extractor serve {output}"
    doubled = f", {built.doubled:,} with an id that was there already left out" if built.doubled else ""
    print(
        f"{where}: {built.new_articles:,} articles added{doubled}, {built.articles:,} in all"
        f" ({built.old_parts:,} parts were indexed before), {time.perf_counter() - began:.1f} s{then}",
        file=sys.stderr,
    )
    return 0
