"""`extractor explain`: one article with its mentions marked, where each came from, and what was dropped and why."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import singledispatch
from pathlib import Path
from typing import Annotated

import typer

from extractor.errors import ArticleError, InputError
from extractor.fields import Analysis
from extractor.ingest.articles import Loaded, load_article
from extractor.ingest.units import Options, Unit
from extractor.records import FIELDS, Date, Document, Figure, Item, Location, Official, Record

_STYLES = {
    "OFFICIAL": "bold black on bright_yellow",
    "POSITION": "black on yellow",
    "DATE": "black on bright_green",
    "PLACE": "black on bright_cyan",
    "DOCUMENT": "black on bright_magenta",
    "FIGURE": "bold white on red",
}
_COLORS = {
    "OFFICIAL": "#ffe066",
    "POSITION": "#fff3bf",
    "DATE": "#b2f2bb",
    "PLACE": "#99e9f2",
    "DOCUMENT": "#eebefa",
    "FIGURE": "#ffa8a8",
}
_LABELS = {"officials": "OFFICIAL", "dates": "DATE", "locations": "PLACE", "documents": "DOCUMENT", "figures": "FIGURE"}
_OTHER = "black on bright_white"  # fields without a colour of their own
_CSS = (
    "body{font-family:sans-serif;max-width:75em;margin:2em auto;padding:0 1em}table{border-collapse:collapse}"
    "td,th{border-bottom:1px solid #ddd;padding:.3em .6em;text-align:left;vertical-align:top}"
)


Line = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to colour."""

    start: int
    end: int
    label: str


def explain(
    article: Annotated[
        str, typer.Argument(metavar="ARTICLE", help="A file with an article (of several, the first), a URL, or -.")
    ],
    out: Annotated[Path | None, typer.Argument(metavar="[OUT.html]", help="With --html: the file to write.")] = None,
    html: Annotated[bool, typer.Option("--html", help="A web page (through displaCy) instead of colours.")] = False,
    id: Annotated[
        str | None, typer.Option("--id", help="Of a file with several articles, the one with this id.")
    ] = None,
    published: Annotated[str | None, typer.Option(metavar="DATE", help="Publication date (2018-01-13).")] = None,
    sites: Annotated[
        str | None, typer.Option(metavar="FILE", help="Profiles of sites, as a run left them beside its output.")
    ] = None,
    ner: Annotated[str, typer.Option(help="Statistical layer: crf, underthesea, none, or a model's path.")] = "crf",
    persons: Annotated[bool, typer.Option("--persons", help="Keep persons without a public post, too.")] = False,
    patterns: Annotated[
        str | None,
        typer.Option(
            "--patterns", metavar="DIR", help="Your own rows over the package's: 'extractor patterns --help'."
        ),
    ] = None,
) -> int:
    """One article with its mentions marked, the rule or model behind each field, and what was dropped and why.

    Examples:

      extractor explain page.html --published 2018-01-13

      extractor explain articles.jsonl.gz --id bm-123 --html > bm-123.html
    """
    from extractor.ingest.pages.sites import Sites
    from extractor.ingest.published import parse_published
    from extractor.ingest.readers import units
    from extractor.ingest.sources import sources
    from extractor.pipeline import extract_reading
    from extractor.rules import patterns as in_force

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"--published {published}: not a date; write it as 2018-01-13")
    if out is not None and not html:
        raise InputError(f"{out}: explain takes one article; a second name is the file of --html")
    options = Options(published=day, sites=None if sites is None else Sites.read(sites), lists=True)
    found = units(sources([article])[0], options, lambda line: print(line, file=sys.stderr))
    first = _chosen(found, options, id)
    if first is None:
        raise InputError(f"{article}: no article" + (f" with the id {id}" if id else ""))
    with in_force(patterns):
        record, analysis = extract_reading(first.article, backend=ner, persons=persons)
    for field, reason in first.reasons:
        print(f"{field}: {reason}", file=sys.stderr)
    if not html:
        _terminal(record, analysis)
        return 0
    page = web_page(record, analysis)
    if out is None:
        print(page)
    else:
        out.write_text(page, encoding="utf-8")
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


def marks(record: Record) -> list[Mark]:
    """The mentions of a record in order, none over another: the fields that say most come first."""
    found: list[Mark] = []
    further = [(_label(name), getattr(record, name)) for name in FIELDS if name not in _LABELS]
    for label, items in (
        ("DOCUMENT", record.documents),
        ("FIGURE", record.figures),
        ("DATE", record.dates),
        *further,
        ("OFFICIAL", [m for p in record.officials for m in (p, *p.mentions)]),
        ("POSITION", [m for p in record.officials for m in p.positions]),
        ("PLACE", record.locations),
    ):
        for item in items:
            found += _free(item.start, item.end, label, found)
    return sorted(found, key=lambda m: m.start)


def _free(start: int, end: int, label: str, taken: list[Mark]) -> Iterator[Mark]:
    # What is already coloured keeps its colour; a post around a place is coloured on both sides of it.
    for mark in sorted((m for m in taken if m.start < end and start < m.end), key=lambda m: m.start):
        if start < mark.start:
            yield Mark(start, mark.start, label)
        start = max(start, mark.end)
    if start < end:
        yield Mark(start, end, label)


def _label(field: str) -> str:
    return _LABELS.get(field, field.removesuffix("s").upper())


def values(record: Record) -> Iterator[Line]:
    """Every field as (field, quote, value, where it came from)."""
    for name in FIELDS:
        for item in getattr(record, name):
            yield _label(name).lower(), item.text, _value(item), _origin(item)
            if isinstance(item, Official):
                yield from _held(item)


def _held(person: Official) -> Iterator[Line]:
    """A person's posts and activities."""
    for position in person.positions:
        flags = [name for name in ("former", "acting") if getattr(position, name)]
        said = [position.role, position.body_resolved or position.body, position.admin_level, *flags]
        yield "  position", position.text, " | ".join(filter(None, said)), ""
    for activity in person.activities:
        yield "  activity", activity.text, activity.kind, ""


@singledispatch
def _value(item: Item) -> str:
    """The values of an item in one line; of a field without words of its own every value that is set."""
    plain = item.model_dump(mode="json", exclude={"start", "end", "text", "provenance"}, exclude_none=True)
    return " | ".join(f"{key}: {value}" for key, value in plain.items())


@_value.register
def _(item: Official) -> str:
    return _official(item.name, item.aliases, item.official)


@_value.register
def _(item: Date) -> str:
    days = f" ({item.start_date} to {item.end_date})" if item.start_date or item.end_date else ""
    return f"{item.value}{days}"


@_value.register
def _(item: Location) -> str:
    path = " > ".join(p or "?" for p in item.path) if item.path else ""
    code = f"code {item.code}" if item.code else ""
    after = f"now {', '.join(item.successors)}" if item.successors else ""
    return " | ".join(filter(None, [item.name, item.level, path, code, after]))


@_value.register
def _(item: Document) -> str:
    return " | ".join(filter(None, [item.type, item.number_full or item.number, item.issuer, item.date]))


@_value.register
def _(figure: Figure) -> str:
    return _figure(figure)


def _official(name: str, aliases: tuple[str, ...], official: bool) -> str:
    return name + (f" (also {', '.join(aliases)})" if aliases else "") + ("" if official else " (private person)")


def _figure(figure: Figure) -> str:
    sign = {"eq": "", "gt": "> ", "lt": "< ", "approx": "~ "}[figure.comparator]
    parts = [f"{sign}{figure.value:,g} {figure.unit}", figure.programme, figure.indicator, figure.status]
    for name in ("group", "place", "period"):
        if (said := getattr(figure, name)) is not None:
            parts.append(f"{name}: {said}" + (" (inherited)" if getattr(figure, f"{name}_inherited", False) else ""))
    return " | ".join(parts)


def _origin(item: Item) -> str:
    origin = item.provenance
    said = f"{origin.layer} {origin.rule} {origin.confidence:.2f}"
    if origin.note:
        said += f" ({origin.note})"
    return said + (f" [or {', '.join(origin.candidates)}]" if origin.candidates else "")


def _head(record: Record) -> str:
    when = f"published {record.published} ({record.date_source})" if record.published else "no publication date"
    return f"{record.id} | {when}" + (f" | {record.source}" if record.source else "")


def _terminal(record: Record, analysis: Analysis) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    colours = console.color_system is not None
    console.print(Text(_head(record), style="bold"), soft_wrap=True)
    shown = Text()
    at = 0
    for mark in marks(record):
        shown.append(record.text[at : mark.start])
        quote = record.text[mark.start : mark.end]
        shown.append(quote if colours else f"[{quote}]{mark.label}", style=_STYLES.get(mark.label, _OTHER))
        at = mark.end
    shown.append(record.text[at:])
    console.print(shown, soft_wrap=not colours)
    console.print()
    if not colours:
        _plain(record, analysis)
        return
    console.print(Text("  ").join(Text(f" {label} ", style=style) for label, style in _STYLES.items()))
    table = Table("field", "text", "value", "from", title="Fields", title_justify="left", show_edge=False)
    for row in values(record):
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)
    if analysis.dropped:
        table = Table("field", "text", "why", "rule", title="Dropped", title_justify="left", show_edge=False)
        for lost in analysis.dropped:
            table.add_row(*(Text(c) for c in (lost.field, lost.text, lost.reason, lost.rule)))
        console.print(table)
    for warning in record.warnings:
        console.print(Text(f"warning {warning.code}: {warning.message}", style="yellow"))


def _plain(record: Record, analysis: Analysis) -> None:
    print("Fields")
    for row in values(record):
        print("\t".join(row).rstrip())
    if analysis.dropped:
        print("\nDropped")
        for lost in analysis.dropped:
            print("\t".join((lost.field, lost.text, lost.reason, lost.rule)))
    for warning in record.warnings:
        print(f"warning {warning.code}: {warning.message}")


def web_page(record: Record, analysis: Analysis) -> str:
    """One self-contained page: the text through displaCy, then fields and drops as tables. Everything is escaped."""
    from html import escape

    from spacy import displacy

    ents = [{"start": m.start, "end": m.end, "label": m.label} for m in marks(record)]
    body = displacy.render(
        {"text": record.text, "ents": ents, "title": None},
        style="ent",
        manual=True,
        page=False,
        jupyter=False,
        options={"colors": _COLORS},
    )
    dropped = ((d.field, d.text, d.reason, d.rule) for d in analysis.dropped)

    def table(caption: str, head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
        lines = "\n".join("<tr>" + "".join(f"<td>{escape(c)}</td>" for c in row) + "</tr>" for row in rows)
        heads = "".join(f"<th>{h}</th>" for h in head)
        return f"<h2>{caption}</h2>\n<table>\n<tr>{heads}</tr>\n{lines}\n</table>" if lines else ""

    parts = itertools.chain(
        [
            "<!DOCTYPE html>",
            '<html lang="vi"><head><meta charset="utf-8">',
            f"<title>{escape(record.title or record.id)}</title>",
        ],
        [f"<style>{_CSS}</style>"],
        ["</head><body>", f"<p><b>{escape(_head(record))}</b></p>", body],
        [table("Fields", ("field", "text", "value", "from"), values(record))],
        [table("Dropped", ("field", "text", "why", "rule"), dropped)],
        [f"<p>{escape(w.code)}: {escape(w.message)}</p>" for w in record.warnings],
        ["</body></html>"],
    )
    return "\n".join(p for p in parts if p)
