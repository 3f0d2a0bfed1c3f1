"""What a dataset tells of a place code: names, parents, history, successors, and where its province is on a map."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from extractor.gazetteer import END, REFORM, Unit, display, gazetteer
from extractor.text import unaccent

DATA = Path(__file__).parent.parent / "data" / "provinces.csv"
UNIT_COLUMNS = (
    "code", "level", "type", "name", "path", "province_code", "province", "valid_from", "valid_to", "successors",
    "latitude", "longitude",
)  # fmt: skip


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Latitude and longitude in degrees (WGS 84) of each province's seat, by code, to a hundredth of a degree."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(lines)}


def province(code: str | None, day: str | None) -> tuple[str, str] | None:
    """Code and name of the province that holds a unit on an ISO day, None for unknown codes."""
    if not code:
        return None
    units = gazetteer()
    unit = units.at(code, day)
    if unit is None:
        return None
    above = units.at(units.province_of(unit), day)
    return (above.code, display(above)) if above else None


def unit_row(code: str, day: str | None) -> dict[str, Any] | None:
    """The row of the table `units` for a code as it was on an ISO day."""
    units = gazetteer()
    unit = units.at(code, day)
    if unit is None:
        return None
    home = province(code, day)
    where = coordinates().get(home[0]) if home else None
    values = (
        code, unit.level, unit.type, display(unit), " › ".join(units.path(unit, day)),
        home[0] if home else None, home[1] if home else None,
        unit.since or None, None if unit.until == END else unit.until, " ".join(units.successors(code)),
        where[0] if where else None, where[1] if where else None,
    )  # fmt: skip
    return dict(zip(UNIT_COLUMNS, values, strict=True))


def history(code: str) -> list[Unit]:
    """The states of a code through time."""
    return gazetteer().versions(code)


def family(code: str) -> list[str]:
    """A unit's code, then those of the units of its level that it was joined of or went into on 2025-07-01, by code."""
    units = gazetteer()
    others = {*units.predecessors(code), *(c for c in units.successors(code) if len(c) == len(code))}
    return [code, *sorted(others - {code})]


def is_new(unit: Unit) -> bool:
    """Whether a state is another unit than the one that had its code before: joined of several on 2025-07-01."""
    return unit.since >= REFORM and len(gazetteer().predecessors(unit.code)) > 1


def full_name(unit: Unit) -> str:
    """Type and name, without a type that the name has already ("Quận 1")."""
    name = display(unit)
    return name if name.startswith(f"{unit.type} ") else f"{unit.type} {name}"


def named(query: str) -> list[Unit]:
    """The units of a name, with or without its type word and accents, each once in its last state under that name.

    The name of a unit above may stand behind it: "xã Mỹ Lộc, Quảng Ngãi".
    """
    words = query.replace(",", " ").split()
    found = _of_name(words)
    cut = len(words)
    while not found and cut > 1:
        cut -= 1
        above = unaccent(" ".join(words[cut:]))
        found = [u for u in _of_name(words[:cut]) if any(above in _names(p) for p in gazetteer().lineage(u, None)[:-1])]
    return found


def _names(unit: Unit) -> tuple[str, str]:
    return unaccent(display(unit)), unaccent(full_name(unit))


def _of_name(words: list[str]) -> list[Unit]:
    units = gazetteer()
    states: list[Unit] = []
    for skip in (0, 1, 2):
        rest = " ".join(words[skip:])
        if rest and not states:
            states = [u for u in units.named(rest) or units.like(rest) if not skip or _typed(words[:skip], u)]
    return list({u.code: u for u in sorted(states, key=lambda u: u.since)}.values())


def _typed(said: list[str], unit: Unit) -> bool:
    return unaccent(" ".join(said)) == unaccent(unit.type)


def fill_places(tables: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Give each article its province (the one most of its linked places lie in) and year; the units named, as rows."""
    votes: dict[str, Counter[tuple[str, str]]] = {}
    days = {a["id"]: str(a["published"]) if a["published"] else None for a in tables["articles"]}
    codes: dict[str, str | None] = {}
    for location in tables["locations"]:
        code, key = location["code"], location["id"]
        if code and (home := province(code, days[key])):
            votes.setdefault(key, Counter())[home] += 1
    for key, code in _codes(tables):
        codes.setdefault(code, days[key])
    for article in tables["articles"]:
        key = article["id"]
        best = votes[key].most_common(1)[0][0] if key in votes else (None, None)
        article["province_code"], article["province"] = best
        day = days[key]
        article["year"] = int(day[:4]) if day else None
    return [row for code, day in codes.items() if (row := unit_row(code, day))]


def _codes(tables: Mapping[str, list[dict[str, Any]]]) -> Iterator[tuple[str, str]]:
    """Article and code of every unit that places, figures and posts name."""
    yield from ((item["id"], item["code"]) for item in tables["locations"] if item["code"])
    for item in (*tables["figures"], *tables["positions"]):
        yield from ((item["id"], code) for code in item.get("place_codes") or [item["place_code"]] if code)
