"""Features that weigh a place against the country: who speaks, how large the number is, and whether the article has a home."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

import regex

from extractor.compiled import compiled
from extractor.fields.figures.frame import Frame, Phrase, Target
from extractor.fields.figures.words import pattern, source
from extractor.places import Places
from extractor.rules import cache

COUNTED = ("person", "card", "household", "organisation")
BEFORE = 2  # sentences before a figure's own in which a body may speak
BODIES = ("national", "local")
MENTIONS = 6  # of a full name that are looked at
_FULL = compiled(r"(?<!\p{L})\p{Lu}\p{Ll}*+(?:\s\p{Lu}\p{Ll}*+){1,4}(?!\p{L})")
PROVINCE, DISTRICT, COMMUNE = 2, 3, 5  # lengths of codes
PEOPLE = {PROVINCE: 15e6, DISTRICT: 1.3e6, COMMUNE: 3e5}  # more than the largest unit of a level has
BESIDE = 70  # code points around a person's name in which the post stands


def speaker(frame: Frame, target: Target) -> str:
    """Who speaks last before a figure: `national` or `local` and where it is told (`sentence`, `before`, `person`), or `none`.

    A person without a post beside the name ("ông Nam cho biết") speaks for the body that stands beside the full name elsewhere.
    """
    sentences = frame.outline.sentences
    if not sentences:
        return "none"
    number = frame.outline.sentence_index(target.core)
    own, first = sentences[number][0], sentences[max(0, number - BEFORE)][0]
    said = _speaks_in(frame, "sentence", own, target.start) or _speaks_in(frame, "before", first, own)
    return said or "none"


def _speaks_in(frame: Frame, where: str, start: int, end: int) -> str | None:
    """Who speaks last in `[start, end)`: a body, or a person who is named behind all bodies."""
    folded = frame.reading.folded
    found = [(m.start(), kind) for kind in BODIES if (m := frame.last(kind, pattern(kind), folded, start, end))]
    name = frame.last("named", _named(), frame.reading.text, start, end)
    last, body = max(found, default=(-1, None))
    if name is not None and name.start() > last:
        kind = introduced(frame, name.group(1))
        if kind or body is None:
            return f"{kind or 'unknown'}-person"
    return f"{body}-{where}" if body else None


def introduced(frame: Frame, name: str) -> str | None:
    """The kind of body that stands beside the full name of a person, whom `name` may call by the last of its words."""
    for start, end in _people(frame).get(name.split()[-1], ()):
        first, last = frame.outline.sentence_at(start)
        window = max(first, start - BESIDE), min(last, end + BESIDE)
        for kind in BODIES:
            if pattern(kind).search(frame.reading.folded, *window):
                return kind
    return None


def _people(frame: Frame) -> dict[str, list[tuple[int, int]]]:
    """The first mentions of full names by their last word."""
    if not frame.people:
        frame.people[""] = []
        for m in _FULL.finditer(frame.reading.text):
            spans = frame.people.setdefault(m.group().split()[-1], [])
            if len(spans) < MENTIONS:
                spans.append(m.span())
    return frame.people


@cache
def _named() -> regex.Pattern[str]:
    """A person called by an honorific and a name."""
    name = r"\p{Lu}[\p{Ll}'’]*(?:\s\p{Lu}[\p{Ll}'’]*){0,4}"
    return regex.compile(rf"(?i:(?<!\p{{L}}){source('honorific')})\s+({name})(?!\p{{L}})")


def of_place(places: Places, phrase: Phrase, target: Target, speaks: str) -> list[str]:
    """Features of a candidate place."""
    size = _size(target)
    home = places.home.get("province")
    mine = "none" if home is None else "home" if phrase.value in places.home.values() else "other"
    out = [f"SPEAKS:{speaks}|{tag}" for tag in _kinds(phrase.tags)] + [f"HOME:{mine}"]
    if phrase.parts:
        return [*out, "HOME:list"]
    if too_many(target.value, target.unit, len(phrase.value or "")):
        out.append("SIZE:too-many")
    return out + [f"SIZE:{size}|{tag}" for tag in _kinds(phrase.tags)]


def of_none(places: Places, target: Target, speaks: str) -> list[str]:
    """Features of no place at all."""
    home = "home" if "province" in places.home else "none"
    size = _size(target)
    return [f"NONE:speaks={speaks}", f"NONE:home={home}", f"NONE:size={size}", f"NONE:{home}|{speaks}|{size}"]


def too_many(value: float, unit: str, level: int) -> bool:
    """Whether a number counts more people than any unit of a level (the length of its code) has."""
    return unit in COUNTED and value > PEOPLE.get(level, value)


def _kinds(tags: Sequence[str]) -> list[str]:
    return [t for t in tags if t.startswith("level=") or t in ("bare", "nation", "house", "counted", "unknown")]


def _size(target: Target) -> str:
    """Power of ten of a count, which no district can reach beyond some; shares have none."""
    return str(int(log10(target.value))) if target.unit in COUNTED and target.value >= 1 else target.unit
