"""`extractor merge`: many small part files to few large ones."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def merge(
    inputs: Annotated[list[str], typer.Argument(metavar="FOLDER...", help="Output folders of finished runs.")],
    output: Annotated[
        str | None,
        typer.Option(
            "-o", "--output", metavar="OUT", help="A new folder; without it, one FOLDER is compacted in place."
        ),
    ] = None,
    rows: Annotated[
        int, typer.Option(min=1, help="Articles a part; all tables of a part are cut at the same ones.")
    ] = 20_000,
) -> int:
    """Compact the Parquet tables of one run, or of several into one.

    Examples:

      extractor merge tables/

      extractor merge 2017/ 2018/ -o all/
    """
    from extractor.batch.merge import merge as compact

    for name, count in compact(inputs, output, rows=rows).items():
        print(f"{name:<10} {count:>12,} rows", file=sys.stderr)
    return 0
