"""`extractor search --field figures`: figures by programme, indicator, group, place, period and value, with their sentences."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.errors import InputError

_ABOUT = "Figures as articles state them, read by a program: text is the number, sentence the sentence that holds it."
FORMATS = ("text", "csv", "json")
_SHOWN = (
    "programme", "indicator", "unit", "status", "comparator", "value", "value_max", "group", "group_id", "place", "place_code",
    "place_codes", "place_level", "province", "period", "first_day", "last_day", "dated", "agreement", "chosen", "text", "sentence",
    "title", "source", "url", "published", "id", "start", "confidence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of the command as the user wrote them."""

    words: str
    programme: str | None
    indicator: str | None
    group: str | None
    status: str | None
    place: str | None
    period: str | None
    value: str | None
    since: str | None
    until: str | None


def rows(database: Path, asked: Asked) -> list[dict[str, Any]]:
    """The figures that are asked for. Raises `InputError` for an option that cannot be read."""
    from extractor.cli.export import place_codes
    from extractor.cli.places import a_day
    from extractor.dataset import figures
    from extractor.dataset.choice import period_days
    from extractor.dataset.search import open_readonly

    if asked.status not in (None, "actual", "target"):
        raise InputError(f"--status {asked.status}: actual or target is expected")
    first, last = period_days(asked.period)
    low, high = bounds(asked.value)
    codes = tuple(sorted(place_codes(asked.place) or ()))
    db = open_readonly(database)
    wanted = figures.Wanted(
        programme=asked.programme,
        indicator=asked.indicator,
        groups=None if asked.group is None else group_keys(db, asked.group),
        status=asked.status,
        places=codes,
        former=bool(asked.place) and is_former(str(asked.place), codes),
        first=first,
        last=last,
        low=low,
        high=high,
        since=a_day(asked.since, "--from"),
        until=a_day(asked.until, "--to"),
        words=asked.words,
    )
    cells = {c["cell"]: c for c in figures.cells(db, wanted)}
    found = figures.figures(db, wanted)
    for row in found:
        cell = cells.get(row["cell"])
        row["agreement"] = cell["agreement"] if cell else None
        row["chosen"] = cell["chosen"] == row["at"] if cell else None
        row["place"], row["place_text"] = row["place_name"] or row["place"], row["place"]
        row["place_codes"] = json.loads(row["place_codes"] or "[]")
    return found


def is_former(name: str, codes: Sequence[str]) -> bool:
    """Whether a name is one that its units no longer have: their code may since be another unit's."""
    from extractor.gazetteer import REFORM, gazetteer
    from extractor.text import unaccent

    states = [state for code in codes for state in gazetteer().versions(code)]
    called = [state for state in states if state.plain and state.plain in "".join(unaccent(name).split())]
    return bool(called) and not any(state.until > REFORM for state in called)


def bounds(given: str | None) -> tuple[float | None, float | None]:
    """Least and largest value of `90`, `90..95`, `90..` or `..95`. Raises `InputError` for anything else."""
    if given is None:
        return None, None
    low, dots, high = given.partition("..")
    try:
        ends = [float(end.replace(",", ".")) if end else None for end in (low, high if dots else low)]
    except ValueError:
        raise InputError(
            f"--value {given}: a number is expected, or two with .. between: 90, 90..95, 90.., ..95"
        ) from None
    return ends[0], ends[1]


def group_keys(db: Any, given: str) -> tuple[str, ...]:
    """The keys of groups by their id or words; `all` is the whole population. Raises `InputError` for an unknown one."""
    from extractor.text import unaccent

    if given == "all":
        return ("",)
    sought = unaccent(given)
    sql = """SELECT DISTINCT x.group_key, f."group" FROM figure_facts x
             JOIN figures f ON f.id = x.id AND f.ordinal = x.ordinal WHERE x.group_key <> ''"""
    found = {key for key, said in db.execute(sql) if given == key or sought in unaccent(said or "")}
    if not found:
        known = [
            k
            for (k,) in db.execute(
                "SELECT DISTINCT group_key FROM figure_facts WHERE group_key GLOB '[a-z]*' ORDER BY 1"
            )
        ]
        raise InputError(f"--group {given}: no figure is of it; all, {', '.join(known)}")
    return tuple(sorted(found))


def show(found: Sequence[dict[str, Any]], form: str, limit: int) -> None:
    """Print figures: all of them as CSV or JSON, the first `limit` as text."""
    if form == "json":
        plain = [{name: row.get(name) for name in _SHOWN} for row in found]
        print(json.dumps(plain, ensure_ascii=False, indent=1))
    elif form == "csv":
        _csv(found)
    elif sys.stdout.isatty():
        _pretty(found[:limit])
    else:
        for row in found[:limit]:
            cells = (
                _value(row),
                row["programme"],
                row["indicator"],
                row["status"],
                row["group"],
                row["place"],
                row["period"],
            )
            print("\t".join(" ".join(str(c or "").split()) for c in (*cells, row["id"], row["sentence"])))
    if form == "text" and len(found) > limit:
        print(f"{len(found)} figures, {limit} shown: -n shows more, --format csv all", file=sys.stderr)


def _csv(found: Sequence[dict[str, Any]]) -> None:
    from extractor.dataset.cells import harmless, plain

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(_SHOWN)
    for row in found:
        cells = [plain(row.get(name)) for name in _SHOWN]
        writer.writerow([harmless(c) if isinstance(c, str) else c for c in cells])


def as_file(found: Sequence[dict[str, Any]], suffix: str) -> bytes:
    """All figures as a CSV with the mark by which Excel knows UTF-8, or as a workbook (`.xlsx`)."""
    from extractor.dataset.cells import plain
    from extractor.dataset.web.downloads import csv_text, workbook

    cells = [{name: plain(row.get(name)) for name in _SHOWN} for row in found]
    if suffix == ".csv":
        return csv_text(cells, _SHOWN).encode()
    return workbook(cells, _SHOWN, [_ABOUT])


def _value(row: dict[str, Any]) -> str:
    sign = {"gt": "> ", "lt": "< ", "approx": "~ ", "eq": ""}[row["comparator"]]
    far = f" - {row['value_max']:,.10g}" if row["value_max"] is not None else ""
    return f"{sign}{row['value']:,.10g}{far} {row['unit']}"


def _pretty(found: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.markup import escape

    console = Console(highlight=False)
    for row in found:
        group = f" · {row['group']}" if row["group"] else ""
        doubt = "  [yellow]articles disagree[/]" if row["agreement"] == "conflict" else ""
        at = row["start"] - row["sentence_start"]
        said, end = row["sentence"], at + len(row["text"])
        quote = f"{escape(said[:at])}[reverse]{escape(said[at:end])}[/]{escape(said[end:])}"
        console.print(
            f"[bold]{escape(_value(row))}[/]  {row['programme']} {row['indicator']} {row['status']}{escape(group)}{doubt}\n"
            f"  {escape(str(row['place'] or '?'))} · {row['period'] or '?'} · [cyan]{escape(row['id'])}[/]\n  {quote}\n"
        )
