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
        print(tables_markdown())
        return 0
    from extractor.records import json_schema

    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", **json_schema()}
    json.dump(described, sys.stdout, ensure_ascii=False, indent=2)
    print()
    return 0


def tables_markdown() -> str:
    """The Arrow schemas of all tables as Markdown; `docs/tables.md` is this text."""
    from extractor.batch.columns import meaning
    from extractor.batch.tables import SENTENCES_SCHEMA
    from extractor.dataset.beside import exported_schemas

    lines = [
        "# The Parquet tables",
        "",
        "Printed by `extractor schema --tables` from the record contract. Every table holds the article's `id`; `officials` and",
        "`positions` join by `id` and `person`. `start` and `end` are half-open code-point offsets in the article's `text`.",
        "`units` is in an index and in exports only: `extractor export`.",
    ]
    for name, columns in (exported_schemas() | {"sentences": SENTENCES_SCHEMA}).items():
        lines += ["", f"## {name}", "", "| column | type | holds |", "|---|---|---|"]
        for column in columns:
            told = meaning(name, column.name)
            lines.append(f"| `{column.name}` | `{column.type}` | {told.english if told else ''} |")
    return "\n".join(lines)
