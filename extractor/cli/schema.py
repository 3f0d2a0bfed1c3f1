"""`extractor schema`: what a record or a table looks like, for programs."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer


def schema(
    tables: Annotated[
        bool, typer.Option("--tables", help="Arrow schemas of the Parquet tables instead, as Markdown.")
    ] = False,
) -> int:
    """JSON Schema (draft 2020-12) of a record on standard output.

    Examples:

      extractor schema > record.schema.json

      extractor schema --tables
    """
    if tables:
        from extractor.batch.tables import schemas

        for name, columns in schemas().items():
            print(f"### {name}\n\n| column | type |\n|---|---|")
            for column in columns:
                print(f"| `{column.name}` | `{column.type}` |")
            print()
        return 0
    from extractor.records import json_schema

    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema()}
    json.dump(described, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0
