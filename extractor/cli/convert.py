"""`extractor convert`: annotation formats in and out."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force

if TYPE_CHECKING:
    from extractor.evaluate.formats.document import Document
    from extractor.evaluate.formats.offsets import Repair


class AnnotationFormat(StrEnum):
    """Annotation formats."""

    RECORDS = "records"
    LABEL_STUDIO = "label-studio"
    DOCCANO = "doccano"
    BRAT = "brat"
    SPACY = "spacy"
    CONLL = "conll"


def convert(
    source: Annotated[
        Path, typer.Argument(metavar="INPUT", help="Records, articles (with --predict), or a tool's export.")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", metavar="OUT", help="File, or folder for brat.")],
    to: Annotated[AnnotationFormat, typer.Option("--to", help="Format to write.")] = AnnotationFormat.RECORDS,
    given: Annotated[
        AnnotationFormat | None, typer.Option("--from", help="Format of INPUT; found out by default.")
    ] = None,
    predict: Annotated[
        bool, typer.Option("--predict", help="Run the pipeline on the articles of INPUT first.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Exit status 1 when a span was lost.")] = False,
    force: Force = False,
) -> None:
    """Convert between records, Label Studio, doccano, brat and spaCy; write CoNLL. Every repaired offset is reported.

    Records without human work (output of extract, or --predict) become predictions in Label Studio, gold becomes annotations.

    Examples:

      extractor convert articles.jsonl --predict --to label-studio -o tasks.json

      extractor convert export.json -o my_gold.jsonl

      extractor convert gold/sample.jsonl --to brat -o brat/
    """
    from extractor.evaluate.formats import files

    files.claim(output, to.value, force=force)
    form = given.value if given else files.detect(source)
    lost = 0

    def report(repair: Repair) -> None:
        nonlocal lost
        lost += repair.after is None
        typer.echo(f"{'lost' if repair.after is None else 'repaired'}: {repair}", err=True)

    documents = _predicted(source) if predict else files.read(source, form, report)
    chosen = list(documents)
    machine = predict or any(_is_output(document) for document in chosen)
    count = files.write(chosen, output, to.value, predictions=machine)
    typer.echo(f"{output}: {count} articles, {sum(len(d.mentions) for d in chosen)} mentions", err=True)
    if strict and lost:
        raise typer.Exit(1)


def _is_output(document: Document) -> bool:
    """Whether the pipeline, not a person, made the items."""
    return any("provenance" in values for values in document.items.values())


def _predicted(source: Path) -> Iterable[Document]:
    from extractor.evaluate.formats.document import from_record
    from extractor.evaluate.gold import articles_of, extract_json, read_jsonl
    from extractor.ingest.streams import is_lines

    rows = read_jsonl(source, needs_id=False) if is_lines(source.name) else []
    groups = {str(row["id"]): row["group"] for _, row in rows if row.get("group") and "id" in row}
    for article in articles_of([str(source)]):
        record = extract_json(article)
        record.pop("dropped")
        if article.id in groups:  # the stratum of a sample
            record = {"id": article.id, "group": groups[article.id], **record}
        yield from_record(record, record)
