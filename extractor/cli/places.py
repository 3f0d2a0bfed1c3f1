"""`extractor places`: an administrative unit by its name, as of a day, with its history and its successors."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.options import Force
from extractor.errors import InputError
from extractor.text import clean

if TYPE_CHECKING:
    from extractor.gazetteer import Gazetteer, Unit


def places(
    query: Annotated[
        str | None, typer.Argument(help='A place or an address: "thị trấn Neo, Yên Dũng", "Q7, HCM", or a code.')
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="The day, YYYY-MM-DD; without it all times.")] = None,
    limit: Annotated[int, typer.Option("--limit", "-n", help="Most units to print when several bear the name.")] = 10,
    file: Annotated[Path | None, typer.Option("--file", help="A CSV file of addresses to convert.")] = None,
    to: Annotated[str | None, typer.Option("--to", help="The day whose units are wanted, YYYY-MM-DD.")] = None,
    column: Annotated[str | None, typer.Option("--column", help="The file's column of addresses.")] = None,
    out: Annotated[Path | None, typer.Option("-o", "--output", help="Write the converted file there.")] = None,
    force: Force = False,
    everything: Annotated[
        bool, typer.Option("--all", help="All units as CSV, one row a state of a unit; with --on those of a day.")
    ] = False,
) -> int:
    """Look up an administrative unit: its official code on a day, its states since 2017, its successors.

    Accents, case and type words may be missing, short forms serve. When the query leaves several units open, all of them are
    listed; exit status 1 when nothing is found. Without a terminal: one line a unit, tab-separated (code, type and name, path,
    first day, last day, successors).

    With --file the addresses of a CSV file as of one day become the units of another, in either direction over July 2025:
    every row gets the unit on the first day, the unit on the second where it is one, and all candidates.

    Examples:

      extractor places "thị trấn Neo, Yên Dũng" --on 2018-01-13

      extractor places "phường 6, TP Tân An" --on 2023-05-01

      extractor places "cau giay, ha noi" --on 2021-01-13

      extractor places 07681

      extractor places --all > units.csv

      extractor places --file addresses.csv --on 2018-06-01 --to 2025-07-01 -o converted.csv
    """
    from extractor.gazetteer import gazetteer

    units = gazetteer()
    on = _iso(on, "--on")
    if everything:
        from extractor.cli.unit_list import print_units

        if query is not None or file is not None:
            raise InputError("--all lists all units; leave QUERY and --file out")
        return print_units(a_day(on), units, out, force=force)
    if file is not None:
        from extractor.cli.addresses import convert

        if query is not None or on is None or to is None:
            raise InputError("--file needs --on and --to, the two days, and no QUERY")
        return convert(file, on, _iso(to, "--to") or "", column, out, units, force=force)
    if query is None:
        raise InputError("name a place, or a file of addresses with --file")
    codes = find(query, a_day(on), units)[:limit]
    for code in codes:
        _show(code, on, units) if sys.stdout.isatty() else print(_line(code, on, units))
    if not codes:
        print(
            f"no unit found for {query!r}: write its type word and its parent, as in 'xã A, huyện B'", file=sys.stderr
        )
    return 0 if codes else 1


def _iso(day: str | None, option: str) -> str | None:
    found = a_day(day, option)
    return found.isoformat() if found is not None else None


def find(query: str, on: date | None, units: Gazetteer) -> list[str]:
    """Codes that a query can mean on a day, the first place it names; one when the query decides, none when unknown."""
    text = clean(query).strip()
    if text.isdigit() and text in units.by_code:
        return [text]
    from extractor.fields.places.address import find_address

    named = find_address(text, on.isoformat() if on else None, units)
    for part in named.unread:
        print(f"no unit for {part!r} in {query!r}", file=sys.stderr)
    if named.units:
        return list(dict.fromkeys(u.code for u in named.units))
    from extractor.fields.places.resolve import find_places
    from extractor.models import Article
    from extractor.pipeline import read_view

    text = text.title() if text.islower() else text
    found = find_places(read_view(Article(id="query", text=text, published=on))[0], [])
    for place in found.locations:
        if place.code:
            return [place.code]
        if place.provenance.candidates:
            return list(place.provenance.candidates)
    name = text.split(",")[0]
    return list(dict.fromkeys(u.code for u in units.named(name)))


def a_day(on: str | None, option: str = "--on") -> date | None:
    """An option's day. Raises `InputError` for anything but YYYY-MM-DD."""
    try:
        return date.fromisoformat(on) if on else None
    except ValueError:
        raise InputError(f"{option} {on!r} is no day: write YYYY-MM-DD") from None


def _state(code: str, on: str | None, units: Gazetteer) -> Unit:
    unit = units.at(code, on)
    if unit is None:
        raise InputError(f"{code!r} is no code of an administrative unit")
    return unit


def _until(unit: Unit) -> str:
    from extractor.gazetteer import END

    return "" if unit.until == END else unit.until


def _line(code: str, on: str | None, units: Gazetteer) -> str:
    unit = _state(code, on, units)
    later = "|".join(units.successors(code))
    cells = (code, unit.full_name, ", ".join(reversed(units.path(unit, on))), unit.since, _until(unit), later)
    return "\t".join(cells)


def _show(code: str, on: str | None, units: Gazetteer) -> None:
    from rich.console import Console
    from rich.table import Table

    unit = _state(code, on, units)
    console = Console(highlight=False)
    console.print(
        f"[bold]{unit.full_name}[/bold] · {', '.join(reversed(units.path(unit, on)))} · code [bold]{code}[/bold]"
    )
    if on and not unit.valid(on):
        console.print(f"not in force on {on}: {_period(unit)}")
    history = Table("state", "in", "period", title="History", title_justify="left")
    for state in units.versions(code):
        mark = " ←" if on and state.valid(on) else ""
        history.add_row(
            state.full_name, ", ".join(reversed(units.path(state, state.since)[:-1])), _period(state) + mark
        )
    console.print(history)
    later = units.successors(code)
    if later and later != (code,):
        table = Table("code", "unit", "province", title="Since 2025-07-01", title_justify="left")
        for successor in later:
            now = units.at(successor, None)
            if now is not None:
                table.add_row(successor, now.full_name, units.path(now, None)[0])
        console.print(table)


def _period(unit: Unit) -> str:
    """A state's period by the dated lists: they begin in 2017-03, and `until` is the first list without it."""
    begin = unit.since or "before 2017-03"
    return f"{begin} – {_until(unit) or 'today'}"
