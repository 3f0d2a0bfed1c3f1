"""`extractor summary`: what a file or folder of records holds, for a reader at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from extractor.display import number
from extractor.records import FIELDS, Figure, Location, Position, Record

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


def _post(post: Position) -> str:
    return f"{post.role}, {post.body}" if post.body else post.role


def _quotes(record: Record, name: str) -> Iterable[str]:
    return (item.text for item in getattr(record, name))


def _warnings(record: Record) -> Iterable[str]:
    return (w.code for w in record.warnings)


_VALUES: dict[str, Callable[[Record], Iterable[str]]] = {  # what is counted, by row
    "officials": lambda r: (o.name for o in r.officials),
    "posts": lambda r: (_post(p) for o in r.officials for p in o.positions),
    "dates": lambda r: (d.value or "open" for d in r.dates),
    "locations": lambda r: (loc.name for loc in r.locations if loc.level != "other"),
    "with code": lambda r: (loc.code for loc in r.locations if loc.code),
    "documents": lambda r: (d.number or d.type or "" for d in r.documents),
    "figures": lambda r: (f"{f.programme} {f.indicator}" for f in r.figures),
}


def _counts(records: list[Record]):  # type: ignore[no-untyped-def]
    from rich.table import Table

    table = Table(title=f"{len(records)} articles", title_justify="left")
    for column, justify in (("field", "left"), ("items", "right"), ("articles", "right"), ("most frequent", "left")):
        table.add_column(column, justify="right" if justify == "right" else "left")
    others: dict[str, Callable[[Record], Iterable[str]]] = {
        name: partial(_quotes, name=name) for name in FIELDS if name not in _OWN
    }
    for name, values in {**_VALUES, **others, "warnings": _warnings}.items():
        pairs = [(record.id, value) for record in records for value in values(record)]
        top = ", ".join(f"{value} ({n})" for value, n in Counter(value for _, value in pairs).most_common(3))
        table.add_row(name, f"{len(pairs):,}", f"{len({i for i, _ in pairs}):,}", top)
    return table


def _line(text: str | None) -> str:
    """Text of an article on one line, in which brackets are no markup of the terminal."""
    from rich.markup import escape

    return escape(" ".join((text or "").split()))


def _figure(figure: Figure) -> str:
    far = f" to {number(figure.value_max)}" if figure.value_max is not None else ""
    value = f"{number(figure.value)}{far} {figure.unit}"
    where = _line(f"{figure.place or ''} {figure.period or ''}")
    aim = " (target)" if figure.status == "target" else ""
    return f"  [yellow]figure[/]    {value:>22}  {figure.programme} {figure.indicator}{aim}  [dim]{where}[/]"


def _once(places: Iterable[Location]) -> Iterable[Location]:
    """Places with a code, the first mention of each."""
    first: dict[tuple[str, str | None], Location] = {}
    for place in places:
        if place.code:
            first.setdefault((place.name, place.code), place)
    return first.values()


def _article(console, record: Record) -> None:  # type: ignore[no-untyped-def]
    console.print()
    title = f" · {_line(record.title)}" if record.title else ""
    console.rule(f"[bold]{_line(record.id)}[/] · {record.published or 'no date'}{title}", align="left")
    for person in record.officials:
        posts = "; ".join(map(_post, person.positions))
        console.print(f"  [green]official[/]  {_line(person.name)}  [dim]{_line(posts)}[/]", highlight=False)
    for document in record.documents:
        named = _line(f"{document.type or 'document'} {document.number or ''}")
        console.print(f"  [magenta]document[/]  {named}  [dim]{_line(document.issuer)}[/]", highlight=False)
    for figure in record.figures:
        console.print(_figure(figure), highlight=False)
    for place in _once(record.locations):
        path = " › ".join(p for p in place.path or () if p)
        console.print(f"  [cyan]place[/]     {place.code:<6} {path}", highlight=False)
    for when in record.dates[:6]:
        console.print(f"  [blue]date[/]      {when.value or '?':<22} [dim]{_line(when.text)}[/]", highlight=False)
