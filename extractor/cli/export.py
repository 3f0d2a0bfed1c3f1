"""`extractor export`: a dataset in another system's format."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import Force


def export(
    source: Annotated[Path, typer.Argument(help="What 'extractor extract -o' wrote: a folder of tables or a .jsonl.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", help="File of bulk lines to write; - for standard output.")
    ] = Path("-"),
    format: Annotated[str, typer.Option("--format", help="opensearch.")] = "opensearch",
    mapping: Annotated[bool, typer.Option("--mapping", help="Print the index mapping instead.")] = False,
    force: Force = False,
) -> int:
    """Export a dataset as OpenSearch bulk lines.

    Examples:

      extractor export tables/ --mapping > mapping.json

      extractor export tables/ -o bulk.ndjson
    """
    from extractor.dataset import opensearch
    from extractor.errors import InputError

    if format != "opensearch":
        raise InputError(f"--format {format}: only 'opensearch' is known")
    if mapping:
        print(json.dumps(opensearch.mapping(), ensure_ascii=False, indent=1))
        return 0
    if str(output) == "-":
        opensearch.write(source, sys.stdout)
        return 0
    from extractor.outputs import begins_with, claim_output, writing_output

    claim_output(output, force=force, ours=begins_with(opensearch.ACTION.encode()))
    with writing_output(output) as raw:
        out = io.TextIOWrapper(raw, encoding="utf-8")
        count = opensearch.write(source, out)
        out.flush()
        out.detach()
    print(f"{output}: {count:,} articles", file=sys.stderr)
    return 0
