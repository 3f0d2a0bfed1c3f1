"""`extractor persons`: officials of many articles linked to persons, with their posts over time."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force

if TYPE_CHECKING:
    from extractor.persons.mentions import Mention

_EVERY = 10.0  # seconds between lines of progress


def persons(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="OUT...", help="What 'extractor extract -o' wrote: folders of tables or .jsonl of records."
        ),
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="NAME.jsonl, NAME.parquet, or - for JSON lines.")
    ] = Path("-"),
    table: Annotated[
        str,
        typer.Option(
            "--table",
            help="persons (posts and mentions inside), posts (each post's holders in order), or mentions (with confidence "
            "and reason).",
        ),
    ] = "persons",
    known: Annotated[
        Path | None,
        typer.Option("--known", metavar="FILE", help="Persons or mentions written before: their ids are kept."),
    ] = None,
    force: Force = False,
) -> int:
    """Link the officials of many articles to persons, by name, bodies, provinces and time.

    An output of this command that exists already is replaced; persons in it keep their ids, as if it were given with --known.

    Examples:

      extractor persons records.jsonl -o persons.jsonl

      extractor persons tables/ -o holders.parquet --table posts

      extractor persons tables/ more/ -o mentions.parquet --table mentions --known persons.jsonl
    """
    from extractor.errors import InputError
    from extractor.outputs import claim_output
    from extractor.persons.link import link
    from extractor.persons.mentions import read
    from extractor.persons.tables import is_table, known_ids, rows, write

    if table not in ("persons", "posts", "mentions"):
        raise InputError(f"--table {table}: give persons, posts or mentions")
    if str(output) != "-" and output.suffix not in (".jsonl", ".parquet"):
        raise InputError(f"{output}: the name of the output must end in .jsonl or .parquet")
    if str(output) != "-":
        claim_output(output, force=force, ours=is_table)
    if known is None and table != "posts" and output.is_file() and is_table(output):
        known = output
    ids = known_ids(known) if known else {}
    began = time.monotonic()
    seen = list(_once(m for source in sources for m in read(source)))
    found = link(seen, known=ids)
    written = rows(found, table)  # type: ignore[arg-type]
    if str(output) == "-":
        import json

        sys.stdout.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in written)
    else:
        write(written, output, table)  # type: ignore[arg-type]
    names = len({m.key for m in seen})
    print(
        f"{len(seen):,} mentions of {names:,} names: {len(found):,} persons, {len(written):,} rows, "
        f"{time.monotonic() - began:.1f} s",
        file=sys.stderr,
    )
    return 0


def _once(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Mentions, each place once (an article may stand in two sources), with a line of progress now and then."""
    last = time.monotonic()
    there: set[tuple[str, int]] = set()
    for mention in mentions:
        if (mention.article, mention.person) in there:
            continue
        there.add((mention.article, mention.person))
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            print(f"{len(there):,} mentions read", file=sys.stderr)
        yield mention
