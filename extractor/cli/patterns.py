"""`extractor patterns …`: the rows that extraction goes by, and a user's own over them."""

from __future__ import annotations

import json
import sys
from typing import Annotated

import typer

app = typer.Typer(
    help="""Rows of language knowledge: look at them, add your own, check them.

A folder of your own holds files of the same names as the package's (roles.yaml, programmes.yaml, document_types.yaml …).
New rows add, a row of a known id takes that row's place. Give it with --patterns DIR to extract, explain and evaluate, or in
the environment as EXTRACTOR_PATTERNS.
""",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
_Folder = Annotated[str | None, typer.Option("--patterns", metavar="DIR", help="Your own rows over the package's.")]


@app.command("show", short_help="Columns and rows of a pattern file.")
def show(
    file: Annotated[str | None, typer.Argument(metavar="FILE", help="Such as roles.yaml; without it the list.")] = None,
    row: Annotated[str | None, typer.Option("--row", metavar="ID", help="Only this row, with all its keys.")] = None,
    patterns: _Folder = None,
) -> None:
    """What a file is for, the columns that its rows may have, and its rows.

    Examples:

      extractor patterns show

      extractor patterns show programmes.yaml

      extractor patterns show roles.yaml --row chu-tich
    """
    from extractor import pattern_files
    from extractor.errors import PatternError
    from extractor.rules import load_rows
    from extractor.rules import patterns as in_force

    with in_force(patterns):
        if file is None:
            for name in pattern_files.files():
                print(f"{name:24} {len(load_rows(name, pattern_files.model_of(name))):5} rows")
            return
        name = file if file.endswith(".yaml") else f"{file}.yaml"
        rows = load_rows(name, pattern_files.model_of(name))
        if row is not None:
            found = next((r for r in rows if r.id == row), None)
            if found is None:
                raise PatternError(f"{name}: no row {row!r}")
            print(json.dumps(found.model_dump(exclude_defaults=True), ensure_ascii=False, indent=2))
            return
        for line in pattern_files.explained(name):
            print(line)
        print("columns")
        for column in pattern_files.columns(name):
            print(f"  {column.name:18} {column.holds}" + ("  (needed)" if column.needed else ""))
        print(f"rows ({len(rows)})")
        for r in rows:
            print(f"  {r.id:24} {r.pattern or ', '.join(r.forms)}")


@app.command("check", short_help="What is wrong with rows; which never match.")
def check(
    articles: Annotated[
        list[str] | None, typer.Argument(metavar="[ARTICLES...]", help="Anything that extract takes.")
    ] = None,
    patterns: _Folder = None,
    everything: Annotated[
        bool, typer.Option("--all", help="The package's rows too, not only those of --patterns.")
    ] = False,
) -> None:
    """Check that rows are well formed, match their examples and not their counterexamples; exit status 1 on a fault.

    Every example is then extracted with its row and without it: a row none of whose examples reads differently is named (of
    the package's rows with --all, which takes some minutes). With ARTICLES, also list the rows that match in none of them.

    Examples:

      extractor patterns check --patterns mine/

      extractor patterns check corpus/ --all
    """
    from extractor import pattern_files
    from extractor.pattern_trials import idle, trials
    from extractor.rules import patterns as in_force

    with in_force(patterns) as chosen:
        own = chosen.folder is not None and not everything
        if broken := pattern_files.malformed():
            print("\n".join(broken))
            print(f"{pattern_files.in_force()}: mend these first; nothing else was checked", file=sys.stderr)
            raise typer.Exit(1)
        found = pattern_files.faults(own=own)
        for fault in found:
            print(f"{'' if fault.error else 'look: '}{fault.file}, row {fault.row}: {fault.message}")
        for name, key in idle(trials(own=own)) if own or everything else ():
            print(
                f"look: {name}, row {key}: its examples are read as they are without it; give one that shows its value"
            )
        if articles:
            from extractor.evaluate.gold import articles_of

            quiet = pattern_files.silent((a.text for a in articles_of(articles)), own=own)
            for name, key in quiet:
                print(f"silent: {name}, row {key}: matches in none of the articles")
        errors = sum(f.error for f in found)
        print(f"{pattern_files.in_force()}: {errors} {'fault' if errors == 1 else 'faults'}", file=sys.stderr)
    if errors:
        raise typer.Exit(1)
