"""`extractor summary`: what a file or folder of records holds, for a reader at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from extractor.display import number
from extractor.records import FIELDS, Record

_OWN = frozenset({"officials", "dates", "locations", "documents", "figures"})  # with a row of their own


def summary(
    records: Annotated[
        Path, typer.Argument(help="What 'extractor extract -o' wrote: a .jsonl (also packed) or a folder.")
    ],
    examples: Annotated[int, typer.Option("--examples", "-n", help="How many articles to show in full.")] = 2,
) -> None:
    """Count the fields of extracted records and show a few articles.

    Examples:

        extractor summary out/sample.jsonl

        extractor summary out/sample.jsonl --examples 5
    """
    from rich.console import Console

    from extractor.api import read_records
    from extractor.errors import InputError

    console = Console()
    if not records.exists():
        raise InputError(f"{records}: no such file or folder; give what 'extractor extract -o' wrote")
    found = list(read_records(records))
    console.print(_counts(found))
    rich = sorted(found, key=lambda r: -min(len(r.officials), 3) - min(len(r.figures), 6) - min(len(r.documents), 2))
    for record in rich[:examples]:
        _article(console, record)


def _counts(records: list[Record]):  # type: ignore[no-untyped-def]
    from rich.table import Table

    table = Table(title=f"{len(records)} articles", title_justify="left")
    for column, justify in (("field", "left"), ("items", "right"), ("articles", "right"), ("most frequent", "left")):
        table.add_column(column, justify="right" if justify == "right" else "left")
    rows: list[tuple[str, Iterable[tuple[str, str]]]] = [
        ("officials", [(r.id, o.name) for r in records for o in r.officials]),
        (
            "posts",
            [
                (r.id, f"{p.role}, {p.body}" if p.body else p.role)
                for r in records
                for o in r.officials
                for p in o.positions
            ],
        ),
        ("dates", [(r.id, d.value or "open") for r in records for d in r.dates]),
        ("locations", [(r.id, loc.name) for r in records for loc in r.locations if loc.level != "other"]),
        ("with code", [(r.id, loc.code) for r in records for loc in r.locations if loc.code]),
        ("documents", [(r.id, d.number or d.type or "") for r in records for d in r.documents]),
        ("figures", [(r.id, f"{f.programme} {f.indicator}") for r in records for f in r.figures]),
        *(
            (name, [(r.id, item.text) for r in records for item in getattr(r, name)])
            for name in FIELDS
            if name not in _OWN
        ),
        ("warnings", [(r.id, w.code) for r in records for w in r.warnings]),
    ]
    for name, pairs in rows:
        pairs = list(pairs)
        top = ", ".join(f"{value} ({n})" for value, n in Counter(value for _, value in pairs).most_common(3))
        table.add_row(name, f"{len(pairs):,}", f"{len({i for i, _ in pairs}):,}", top)
    return table


def _line(text: str | None) -> str:
    """Text of an article on one line, in which brackets are no markup of the terminal."""
    from rich.markup import escape

    return escape(" ".join((text or "").split()))


def _article(console, record: Record) -> None:  # type: ignore[no-untyped-def]
    console.print()
    title = f" · {_line(record.title)}" if record.title else ""
    console.rule(f"[bold]{_line(record.id)}[/] · {record.published or 'no date'}{title}", align="left")
    for person in record.officials:
        posts = "; ".join(f"{p.role}{', ' + p.body if p.body else ''}" for p in person.positions)
        console.print(f"  [green]official[/]  {_line(person.name)}  [dim]{_line(posts)}[/]", highlight=False)
    for document in record.documents:
        named = _line(f"{document.type or 'document'} {document.number or ''}")
        console.print(f"  [magenta]document[/]  {named}  [dim]{_line(document.issuer)}[/]", highlight=False)
    for figure in record.figures:
        far = f" to {number(figure.value_max)}" if figure.value_max is not None else ""
        value = f"{number(figure.value)}{far} {figure.unit}"
        where = _line(f"{figure.place or ''} {figure.period or ''}")
        console.print(
            f"  [yellow]figure[/]    {value:>22}  {figure.programme} {figure.indicator}"
            f"{' (target)' if figure.status == 'target' else ''}  [dim]{where}[/]",
            highlight=False,
        )
    seen: set[tuple[str, str | None]] = set()
    for place in record.locations:
        if place.code and (place.name, place.code) not in seen:
            seen.add((place.name, place.code))
            path = " › ".join(p for p in place.path or () if p)
            console.print(f"  [cyan]place[/]     {place.code:<6} {path}", highlight=False)
    for when in record.dates[:6]:
        console.print(f"  [blue]date[/]      {when.value or '?':<22} [dim]{_line(when.text)}[/]", highlight=False)
