"""`extractor explain`: one article with its mentions marked, where each came from, and what was dropped and why."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.asides import Place, readings
from extractor.cli.options import Force
from extractor.display import COLORS, Line, grouped, head, marks, values
from extractor.errors import ArticleError, InputError
from extractor.fields import Analysis
from extractor.fields.figures.field import explained
from extractor.fields.officials.field import weighed
from extractor.ingest.articles import load_article
from extractor.ingest.loaded import Loaded
from extractor.ingest.units import Options, Unit
from extractor.outputs import GENERATOR, OUR_PAGE, begins_with, claim_output, write_output
from extractor.records import Record

if TYPE_CHECKING:
    from rich.console import Console

_STYLES = {label: f"#111111 on {colour}" for label, colour in COLORS.items()}
_OTHER = "#111111 on #ffffff"  # fields without a colour of their own
_WIDEST = (
    20,
    44,
    120,
)  # characters of the plain table's columns; a longer cell pushes its row's next ones to the right


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="A file with an article (of several, the first), a URL, or -.")
    ],
    out: Annotated[Path | None, typer.Argument(metavar="[OUT.html]", help="With --html: the file to write.")] = None,
    html: Annotated[
        bool, typer.Option("--html", help="A web page, as the served article, instead of colours.")
    ] = False,
    id: Annotated[
        str | None, typer.Option("--id", help="Of a file with several articles, the one with this id.")
    ] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Publication date (2018-01-13).")] = None,
    sites: Annotated[
        str | None, typer.Option(metavar="FILE", help="Profiles of sites, as a run left them beside its output.")
    ] = None,
    ner: Annotated[str, typer.Option(help="Statistical layer: crf, underthesea, none, or a model's path.")] = "crf",
    persons: Annotated[bool, typer.Option("--persons", help="Keep persons without a public post, too.")] = False,
    weights: Annotated[
        bool, typer.Option("--weights", help="Also what the rankers weighed: decision, probability, features.")
    ] = False,
    patterns: Annotated[
        str | None,
        typer.Option(
            "--patterns", metavar="DIR", help="Your own rows over the package's: 'extractor patterns --help'."
        ),
    ] = None,
    lang: Annotated[str, typer.Option("--lang", help="Language of the page of --html: en or vi.")] = "en",
    force: Force = False,
) -> int:
    """One article with its mentions marked, the rule or model behind each field, and what was dropped and why.

    Examples:

      extractor explain page.html --published 2018-01-13

      extractor explain articles.jsonl.gz --id bm-123 --html > bm-123.html
    """
    from extractor.batch.sites import read_sites
    from extractor.ingest.published import parse_published
    from extractor.ingest.readers import units
    from extractor.ingest.sources import sources
    from extractor.pipeline import extract_reading
    from extractor.rules import patterns as in_force

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"--published {published}: not a date; write it as 2018-01-13")
    if lang not in ("en", "vi"):
        raise InputError(f"--lang {lang}: en or vi")
    if out is not None and not html:
        raise InputError(f"{out}: explain takes one article; a second name is the file of --html")
    if out is not None:
        claim_output(out, force=force, ours=begins_with(OUR_PAGE))
    options = Options(published=day, sites=read_sites(sites), lists=True)
    found = units(sources([article])[0], options, lambda line: print(line, file=sys.stderr))
    first = _chosen(found, options, id)
    if first is None:
        raise InputError(f"{article}: no article" + (f" with the id {id}" if id else ""))
    with in_force(patterns):
        record, analysis = extract_reading(first.article, backend=ner, persons=persons)
    for field, reason in first.reasons:
        print(f"{field}: {reason}", file=sys.stderr)
    if not html:
        from rich.console import Console

        show(record, analysis, Console(highlight=False), weights=weights)
        return 0
    page = web_page(record, analysis, weights=weights, lang=lang)
    if out is None:
        print(page)
    else:
        write_output(out, page)
        print(f"written to {out}", file=sys.stderr)
    return 0


def _chosen(found: Iterator[Unit], options: Options, wanted: str | None) -> Loaded | None:
    """The first article, or the one with an id; a broken one is an error only where it is the one."""
    for unit in found:
        try:
            loaded = load_article(unit, options)
        except ArticleError:
            if wanted is None:
                raise
            continue
        if wanted is None or loaded.article.id == wanted:
            return loaded
    return None


def show(record: Record, analysis: Analysis, console: Console, *, weights: bool = False) -> None:
    """Print a record and what was dropped: in colours and tables where the console has colours, else as plain lines.

    `weights` adds the decisions of the rankers with the features behind them.
    """
    from rich.table import Table
    from rich.text import Text

    colours = console.color_system is not None
    console.print(Text(head(record), style="bold"), soft_wrap=True)
    shown = Text()
    at = 0
    for mark in marks(record):
        shown.append(record.text[at : mark.start])
        quote = record.text[mark.start : mark.end]
        shown.append(quote if colours else f"[{quote}]{mark.label}", style=_STYLES.get(mark.label, _OTHER))
        at = mark.end
    shown.append(record.text[at:].rstrip())
    console.print(shown, soft_wrap=not colours)
    console.print()
    if not colours:
        _plain(record, analysis, weights)
        return
    console.print(Text("  ").join(Text(f" {label} ", style=style) for label, style in _STYLES.items()))
    table = Table("field", "text", "value", "from", title="Fields", title_justify="left", show_edge=False)
    for row in grouped(values(record)):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if analysis.dropped:
        table = Table("field", "text", "why", "rule", title="Dropped", title_justify="left", show_edge=False)
        for lost in analysis.dropped:
            table.add_row(*(Text(c) for c in (lost.field, lost.text, lost.reason, lost.rule)))
        console.print(table)
    if weights and (decisions := weighings(analysis)):
        table = Table("of", "decision", "p", "because", title="Weighed", title_justify="left", show_edge=False)
        for row in decisions:
            table.add_row(*(Text(cell) for cell in row))
        console.print(table)
    for warning in record.warnings:
        console.print(Text(f"warning {warning.code}: {warning.message}", style="yellow"))


def weighings(analysis: Analysis, *, figures: bool = False) -> list[Line]:
    """What the rankers decided: the post or figure, the decision, its probability, the features that weighed most.

    The seven decisions of each figure are told with `figures` alone.
    """
    found = [line for read, place in readings(analysis) for line in _weighed(read, place, figures=figures)]
    return [line for _, line in sorted(found, key=lambda one: one[0])]


def _weighed(analysis: Analysis, place: Place, *, figures: bool) -> Iterator[tuple[tuple[bool, int, int], Line]]:
    """The decisions of one reading that count, each with its order: posts before figures, as they stand in the text."""
    seen = analysis.reading.text
    for w in weighed(analysis):
        if at := place(w.start, w.end):
            yield (False, *at), (seen[w.start : w.end], w.decision, f"{w.probability:.2f}", w.reasons)
    for start, end, what, p, why in explained(analysis) if figures else ():
        if at := place(start, end):
            yield (True, *at), (seen[start:end], what, f"{p:.2f}", why)


def _plain(record: Record, analysis: Analysis, weights: bool) -> None:
    print("Fields")
    _columns(grouped(values(record)))
    if analysis.dropped:
        print("\nDropped")
        _columns([(lost.field, lost.text, lost.reason, lost.rule) for lost in analysis.dropped])
    if weights and (decisions := weighings(analysis)):
        print("\nWeighed")
        _columns(decisions)
    for warning in record.warnings:
        print(f"warning {warning.code}: {warning.message}")


def _columns(lines: Sequence[Line]) -> None:
    """Lines under each other: the first columns aligned over all lines, values over the lines of one field."""
    rows = [(line[0], *(" ".join(cell.split()) for cell in line[1:])) for line in lines]
    first, second = _width(rows, 0), _width(rows, 1)
    for _, group in itertools.groupby(rows, key=lambda row: row[0]):
        block = list(group)
        widths = (first, second, _width(block, 2), 0)
        for row in block:
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _width(rows: Sequence[tuple[str, ...]], column: int) -> int:
    return max((len(row[column]) for row in rows if len(row[column]) <= _WIDEST[column]), default=0)


def web_page(record: Record, analysis: Analysis, *, weights: bool = False, lang: str = "en") -> str:
    """One self-contained page in the form of the served article, with what was dropped and weighed under it."""
    from extractor.dataset.web.alone import page

    dropped = ((d.field, d.text, d.reason, d.rule) for d in analysis.dropped)
    return page(record, dropped=dropped, weighed=weighings(analysis, figures=weights), lang=lang, head=GENERATOR)
