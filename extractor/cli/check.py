"""`extractor check`: whether an output is as its run wrote it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def check(
    outputs: Annotated[list[str], typer.Argument(metavar="OUT...", help="Folders of tables, or files of records.")],
) -> int:
    """Compare outputs with the sizes and hashes that their runs noted. Exit status 1 when a file is missing, cut or changed.

    Examples:

      extractor check tables/

      extractor check records.jsonl && extractor index records.jsonl
    """
    from extractor.batch.check import check as look

    wrong = 0
    for out in outputs:
        found = look(out)
        for line in found.wrong:
            print(f"{out}: {line}")
        wrong += len(found.wrong)
        state = "whole" if not found.wrong else f"{len(found.wrong):,} things wrong"
        rest = "" if found.finished else "; the run is not finished: run its command again to go on"
        print(f"{out}: {found.files:,} files compared, {state}{rest}", file=sys.stderr)
    return 1 if wrong else 0
