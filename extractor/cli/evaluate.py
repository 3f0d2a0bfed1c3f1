"""`extractor evaluate`: scores of extracted records against gold annotations."""

from __future__ import annotations

import json
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force

if TYPE_CHECKING:
    from extractor.evaluate.align import Json
    from extractor.evaluate.tables import Report


class ReportFormat(StrEnum):
    """How the scores are printed."""

    TABLE = "table"
    JSON = "json"
    MARKDOWN = "markdown"
    HTML = "html"


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold records: a .jsonl file, or a folder of them.")],
    pred: Annotated[
        Path | None,
        typer.Option("--pred", metavar="OUT", help="Extracted records; without it the pipeline runs on the texts."),
    ] = None,
    format: Annotated[ReportFormat, typer.Option("--format", help="How to print the scores.")] = ReportFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report there.")
    ] = None,
    floors: Annotated[
        Path | None,
        typer.Option("--floors", metavar="FILE", help="Floors by row; default: GOLD/floors.json where there is one."),
    ] = None,
    pin: Annotated[bool, typer.Option("--pin", help="Write the floors file: measured scores less --margin.")] = False,
    margin: Annotated[
        float, typer.Option("--margin", min=0.0, max=1.0, help="How far under the scores to pin.")
    ] = 0.02,
    allow_regression: Annotated[
        bool,
        typer.Option("--allow-regression", help="With --pin, lower floors too; else report falls but do not fail."),
    ] = False,
    errors: Annotated[bool, typer.Option("--errors", help="List every error (json: key 'errors').")] = False,
    backend: Annotated[str, typer.Option("--backend", help="Statistical layer when the pipeline runs.")] = "crf",
    patterns: Annotated[
        str | None,
        typer.Option(
            "--patterns", metavar="DIR", help="Your own rows over the package's: 'extractor patterns --help'."
        ),
    ] = None,
    fields: Annotated[
        str | None, typer.Option("--fields", metavar="NAMES", help="Score these fields alone: officials,dates.")
    ] = None,
    force: Force = False,
) -> None:
    """Score extracted records against gold annotations; exit status 1 when a row falls under its floor.

    GOLD holds gold records (items with `spans`; the texts in NAME_articles.jsonl beside NAME.jsonl) or output records.

    Examples:

      extractor evaluate gold/

      extractor evaluate my_gold.jsonl --pred records.jsonl --format markdown

      extractor evaluate my_gold.jsonl --pred my_model.jsonl --fields officials,dates

      extractor evaluate my_gold.jsonl --format html -o report.html
    """
    from extractor.outputs import OUR_PAGE, begins_with, claim_output
    from extractor.rules import patterns as in_force

    if output is not None:
        claim_output(output, force=force, ours=begins_with(OUR_PAGE))
    with in_force(patterns):
        _evaluate(gold, pred, format, output, floors, pin, margin, allow_regression, errors, backend, fields)


def _evaluate(
    gold_path: Path,
    pred: Path | None,
    format: ReportFormat,
    output: Path | None,
    floors_path: Path | None,
    pin: bool,
    margin: float,
    allow_regression: bool,
    errors: bool,
    backend: str,
    fields: str | None,
) -> None:
    from extractor.evaluate import floors as pinned
    from extractor.evaluate.gold import load_articles, load_gold, load_predictions, unforeseen
    from extractor.evaluate.score import of_fields, score
    from extractor.evaluate.tables import report

    gold = load_gold(gold_path)
    floors_path = _floors_of(gold_path, floors_path, pin=pin, fields=fields)
    limits = None
    if floors_path and not pin:
        limits = pinned.load_floors(floors_path)
        pinned.check_hash(limits, gold, floors_path)
    if pred is not None:
        predicted = load_predictions(pred)
        articles = predicted
        if told := unforeseen(gold, predicted):
            typer.echo(f"{pred}: {told}", err=True)
    else:
        articles = load_articles(gold_path, gold)
        predicted = _run(articles, backend)
        gold = [{**record, "source": record.get("source") or articles[str(record["id"])]["source"]} for record in gold]
    gold = of_fields(gold, fields)
    scored = report(score(gold, predicted))
    _print(scored, format, output, gold, articles, predicted, errors=errors, floors=(limits or {}).get("floors"))
    if pin and floors_path:
        for line in pinned.pin(
            floors_path, load_gold(gold_path), scored.scores, margin=margin, allow_regression=allow_regression
        ):
            typer.echo(f"{floors_path}: {line}", err=True)
    if limits:
        _compare(pinned.below(limits, scored.scores), allow_regression=allow_regression)


def _compare(falls: Sequence[str], *, allow_regression: bool) -> None:
    """Tell what lies below its floor, and exit with 1 unless that is allowed."""
    for line in falls:
        typer.echo(line, err=True)
    if falls and not allow_regression:
        raise typer.Exit(1)


def _floors_of(gold: Path, given: Path | None, *, pin: bool, fields: str | None) -> Path | None:
    """The floors to hold or, with `pin`, to write: those given, or those beside a folder of gold; none for some fields alone."""
    from extractor.errors import InputError

    if fields is not None:
        if pin or given is not None:
            raise InputError("--fields leaves rows out that floors are for; give it without --floors and --pin")
        return None
    found = given or _floors_beside(gold, pin=pin)
    if pin and found is None:
        raise InputError("--pin needs --floors FILE")
    return found


def _floors_beside(gold: Path, *, pin: bool) -> Path | None:
    """The floors file of a gold folder: the one that is there, or with `pin` the one to write."""
    beside = gold / "floors.json"
    return beside if gold.is_dir() and (pin or beside.is_file()) else None


def _run(articles: dict[str, Json], backend: str) -> dict[str, Json]:
    """Predictions of the pipeline, with a progress bar on a terminal."""
    from rich.console import Console
    from rich.progress import Progress

    from extractor.evaluate.gold import predict

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("extracting", total=len(articles))
        return predict(articles, backend=backend, step=lambda: progress.advance(task), say=console.print)


def _print(
    scored: Report,
    format: ReportFormat,
    output: Path | None,
    gold: list[Json],
    articles: dict[str, Json],
    predicted: dict[str, Json],
    *,
    errors: bool,
    floors: dict[str, float] | None = None,
) -> None:
    from extractor.evaluate import tables
    from extractor.outputs import write_output

    if format is ReportFormat.TABLE and output is None:
        from rich.console import Console

        console = Console()
        if not console.is_terminal:
            console = Console(width=140)
        console.print(tables.as_table(scored))
        if errors:
            for line in tables.error_lines(scored):
                typer.echo(line)
        return
    if format is ReportFormat.JSON:
        text = json.dumps(tables.as_json(scored, errors=errors), ensure_ascii=False, indent=2) + "\n"
    elif format is ReportFormat.HTML:
        from extractor.evaluate.html_report import as_html

        text = as_html(scored, gold, articles, predicted, floors)
    else:
        text = tables.as_markdown(scored)
        if errors:
            text += "\n" + "\n".join(f"- {line}" for line in tables.error_lines(scored)) + "\n"
    if output is None:
        typer.echo(text, nl=False)
    else:
        write_output(output, text)
        typer.echo(f"{output}: {tables.summary(scored)}", err=True)
