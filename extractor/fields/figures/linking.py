"""Bare names of a list, linked to units together: names that only one province has side by side are that province's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.fields.figures.frame import Phrase
from extractor.gazetteer import Unit, gazetteer
from extractor.models import Reading
from extractor.places import Places

LEAST = 3  # names that must agree on a province where the article tells none


def linked(phrases: Sequence[Phrase], reading: Reading, places: Places) -> list[Phrase]:
    """The phrases, unknown names among them with the code of their unit where all point to one province.

    With a province of its own the article links a name by itself; without one at least three different names must be
    districts (or communes) of one and the same province, and of no other.
    """
    names = {reading.text[p.start : p.end] for p in phrases if "unknown" in p.tags}
    if not names:
        return list(phrases)
    codes = _together(sorted(names), places)
    return [replace(p, value=code) if (code := _code(p, codes, reading)) else p for p in phrases]


def _code(phrase: Phrase, codes: Mapping[str, str], reading: Reading) -> str | None:
    return codes.get(reading.text[phrase.start : phrase.end]) if "unknown" in phrase.tags else None


def _together(names: Sequence[str], places: Places) -> dict[str, str]:
    """Codes of the names by name; empty where they do not agree."""
    home, out = places.home.get("province"), dict[str, str]()
    for level in ("commune", "district"):  # a name that is both is rather the district's
        found = {name: by for name in names if (by := _by_province(name, level, places))}
        common = {home} if home else set.intersection(*map(set, found.values())) if len(found) >= LEAST else set()
        if len(common) == 1:
            (province,) = common
            out |= {name: by[province] for name, by in found.items() if province in by}
    return out


def _by_province(name: str, level: str, places: Places) -> dict[str, str]:
    """Code of the unit of a name by province; a province that has two of that name is left out."""
    known: dict[str, set[str]] = {}
    for unit in gazetteer().named(name):
        if unit.level == level and _in_force(unit, places.day):
            known.setdefault(gazetteer().province_of(unit), set()).add(unit.code)
    return {province: codes.pop() for province, codes in known.items() if len(codes) == 1}


def _in_force(unit: Unit, day: str | None) -> bool:
    return day is None or unit.valid(day)
