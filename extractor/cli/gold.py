"""`extractor gold …`: check, compile, sample and compare annotations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force

if TYPE_CHECKING:
    from extractor.evaluate.align import Json
    from extractor.evaluate.compile import Problem

app = typer.Typer(
    help="Make and look after gold annotations.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


@app.command("check", short_help="Find what is wrong with annotations.")
def check(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold records, or a folder of annotations (.json).")],
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="DIR", help="The texts of a folder of annotations (manifest.jsonl)."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings fail the check too.")] = False,
) -> None:
    """Check verbatim quotes, known values, codes on the article's date, doubles and crossings; exit status 1 on a fault.

    Examples:

      extractor gold check gold/sample.jsonl

      extractor gold check my_annotations/ --corpus my_articles/
    """
    records, texts, problems = _gold_and_texts(gold, corpus)
    from extractor.evaluate.check import check as check_records

    problems += check_records(records, texts, file=str(gold))
    faults = sum(p.error for p in problems)
    _tell(problems)
    warnings = len(problems) - faults
    typer.echo(f"{len(records)} articles, {faults} faults, {warnings} warnings", err=True)
    if faults or (strict and warnings):
        raise typer.Exit(1)


@app.command("compile", short_help="Find the offsets of annotated quotes.")
def compile_(
    annotations: Annotated[
        Path, typer.Argument(metavar="ANNOTATIONS", help="Folder of annotations, one .json an article.")
    ],
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", help="Folder of the articles with manifest.jsonl.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Gold file; default: sample.jsonl beside the folder."),
    ] = None,
    force: Force = False,
) -> None:
    """Find the offsets of annotated quotes: NAME.jsonl and, with the texts, NAME_articles.jsonl.

    Examples:

      extractor gold compile gold/annotations corpus
    """
    from extractor.evaluate.compile import compile_gold, corpus_articles
    from extractor.evaluate.gold import write_jsonl
    from extractor.outputs import begins_with, claim_output

    out = output or annotations.parent / "sample.jsonl"
    texts = out.with_name(f"{out.stem}_articles.jsonl")
    for file in (out, texts):
        claim_output(file, force=force, ours=begins_with(b'{"id": '))
    articles = {article["id"]: article for article in corpus_articles(corpus)}
    records, problems = compile_gold(annotations, articles)
    _tell(problems)
    if problems:
        typer.echo(f"{len(problems)} faults; nothing was written", err=True)
        raise typer.Exit(1)
    write_jsonl(out, records)
    write_jsonl(texts, (articles[record["id"]] for record in records))
    typer.echo(f"{out}: {len(records)} articles", err=True)


@app.command("agreement", short_help="Agreement of two annotators.")
def agreement(
    a: Annotated[Path, typer.Argument(metavar="A", help="Gold records (or annotations) of the first annotator.")],
    b: Annotated[Path, typer.Argument(metavar="B", help="Gold records (or annotations) of the second annotator.")],
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="DIR", help="The texts of folders of annotations (manifest.jsonl)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, with every disagreement.")] = False,
) -> None:
    """Agreement of two annotators by the rows of the score table, over the articles both have annotated.

    Examples:

      extractor gold agreement anna/ binh/ --corpus my_articles/
    """
    from rich.console import Console

    from extractor.errors import InputError
    from extractor.evaluate import tables
    from extractor.evaluate.score import score

    first, _, problems = _gold_and_texts(a, corpus)
    second, _, others = _gold_and_texts(b, corpus)
    _tell([*problems, *others])
    by_id = {str(record["id"]): record for record in second}
    both = [record for record in first if str(record["id"]) in by_id]
    if not both:
        raise InputError(f"{a} and {b} have no article in common")
    found = tables.report(score(both, by_id))
    if as_json:
        typer.echo(json.dumps(tables.as_json(found, errors=True), ensure_ascii=False, indent=2))
        return
    console = Console()
    if not console.is_terminal:
        console = Console(width=140)
    console.print(tables.as_table(found))
    for line in tables.error_lines(found):
        typer.echo(line)


@app.command("sample", short_help="Draw a stratified sample of articles to annotate.")
def sample(
    corpus: Annotated[list[str], typer.Argument(metavar="INPUT…", help="Articles: files, folders, globs.")],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Articles to annotate (.jsonl).")],
    size: Annotated[int, typer.Option("--size", "-n", min=1, help="Number of articles.")] = 60,
    by: Annotated[
        str, typer.Option("--by", help="Strata: source, year, insurance, length, joined by commas.")
    ] = "insurance,year",
    seed: Annotated[int, typer.Option("--seed", help="Another seed draws other articles.")] = 0,
    force: Force = False,
) -> None:
    """Draw a stratified sample of articles to annotate, with as many of each kind.

    Examples:

      extractor gold sample articles.jsonl.gz -n 60 --by source,insurance -o to_annotate.jsonl

      extractor convert to_annotate.jsonl -o tasks.json --to label-studio --predict
    """
    from collections import Counter

    from extractor.errors import InputError
    from extractor.evaluate.gold import articles_of, write_jsonl
    from extractor.evaluate.sample import draw
    from extractor.outputs import claim_output

    claim_output(output, force=force)
    keys = [key.strip() for key in by.split(",") if key.strip()]
    drawn = draw(articles_of(corpus), size, by=keys, seed=seed)
    if not drawn:
        raise InputError(f"{' '.join(corpus)}: no article of 300 to 8,000 code points to draw from")
    write_jsonl(
        output,
        (
            {
                "id": article.id,
                "group": name,
                "source": article.source,
                "url": article.url,
                "title": article.title,
                "published": article.published.isoformat() if article.published else None,
                "text": article.text,
            }
            for name, article in drawn
        ),
    )
    counts = Counter(name for name, _ in drawn)
    typer.echo(f"{output}: {len(drawn)} articles", err=True)
    for name, count in sorted(counts.items()):
        typer.echo(f"  {name}: {count}", err=True)


def _gold_and_texts(path: Path, corpus: Path | None) -> tuple[list[Json], dict[str, str], list[Problem]]:
    """Gold records with what texts there are: of a gold file, or of annotations compiled over `corpus`."""
    from extractor.errors import InputError
    from extractor.evaluate.compile import compile_gold, corpus_articles
    from extractor.evaluate.gold import load_gold, load_texts

    if path.is_dir() and any(path.glob("*.json")) and not any(path.glob("*.jsonl")):
        if corpus is None:
            raise InputError(f"{path}: annotations have no offsets; give the folder of their texts with --corpus")
        articles = {str(article["id"]): article for article in corpus_articles(corpus)}
        records, problems = compile_gold(path, articles)
        return records, {key: article["text"] for key, article in articles.items()}, problems
    records = load_gold(path)
    return records, load_texts(path, records), []


def _tell(problems: Iterable[Problem]) -> None:
    for problem in problems:
        typer.echo(f"{'fault' if problem.error else 'warning'}: {problem}")
