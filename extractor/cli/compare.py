"""`extractor compare`: what changed between two runs, as Markdown for a pull request or as JSON."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import Force


class CompareFormat(StrEnum):
    """How the comparison is printed."""

    MARKDOWN = "markdown"
    JSON = "json"


def compare(
    run_a: Annotated[Path, typer.Argument(metavar="RUN_A", help="Records of the first run (before).")],
    run_b: Annotated[Path, typer.Argument(metavar="RUN_B", help="Records of the second run (after).")],
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="GOLD", help="Score both runs against this gold.")
    ] = None,
    format: Annotated[CompareFormat, typer.Option("--format", help="How to print it.")] = CompareFormat.MARKDOWN,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it there.")] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Changes listed per field and kind (markdown).")] = 50,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="NAMES", help="With --gold, score these fields alone.")
    ] = None,
    force: Force = False,
) -> None:
    """Show gains and losses between two runs, item by item; with --gold the scores and a paired bootstrap too.

    Examples:

      extractor compare before.jsonl after.jsonl

      extractor compare before.jsonl after.jsonl --gold gold/ -o pull_request.md
    """
    from extractor.evaluate import compare as runs
    from extractor.evaluate import compare_tables as tables
    from extractor.evaluate.gold import load_gold, load_predictions
    from extractor.evaluate.score import of_fields
    from extractor.outputs import claim_output, write_output

    if output is not None:
        claim_output(output, force=force)
    records = of_fields(load_gold(gold), fields) if gold is not None else None
    result = runs.compare(load_predictions(run_a), load_predictions(run_b), records)
    if format is CompareFormat.JSON:
        text = json.dumps(tables.as_json(result), ensure_ascii=False, indent=2) + "\n"
    else:
        text = tables.as_markdown(result, limit=limit)
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_output(output, text)
