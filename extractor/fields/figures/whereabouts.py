"""Features that weigh a place against the country: who speaks, how large the number is, and whether the article has a home."""

from __future__ import annotations

from collections.abc import Sequence
from math import log10

from extractor.fields.figures.frame import Frame, Phrase, Target
from extractor.fields.figures.words import pattern
from extractor.places import Places

COUNTED = ("person", "card", "household", "organisation")
BEFORE = 2  # sentences before a figure's own in which a national body may speak


def speaker(frame: Frame, target: Target) -> str:
    """Where a national body speaks last: in the figure's sentence, in one of those before, or nowhere near."""
    folded, sentences = frame.reading.folded, frame.outline.sentences
    number = frame.outline.sentence_index(target.core)
    if not sentences:
        return "none"
    if pattern("national").search(folded, sentences[number][0], target.start):
        return "sentence"
    first = sentences[max(0, number - BEFORE)][0]
    return "before" if pattern("national").search(folded, first, sentences[number][0]) else "none"


def of_place(frame: Frame, places: Places, phrase: Phrase, target: Target, speaks: str) -> list[str]:
    """Features of a candidate place."""
    size = _size(target)
    home = places.home.get("province")
    mine = "none" if home is None else "home" if phrase.value in places.home.values() else "other"
    out = [f"SPEAKS:{speaks}|{tag}" for tag in _kinds(phrase.tags)] + [f"HOME:{mine}"]
    if phrase.parts:
        return [*out, "HOME:list"]
    return out + [f"SIZE:{size}|{tag}" for tag in _kinds(phrase.tags)]


def of_none(places: Places, target: Target, speaks: str) -> list[str]:
    """Features of no place at all."""
    home = "home" if "province" in places.home else "none"
    size = _size(target)
    return [f"NONE:speaks={speaks}", f"NONE:home={home}", f"NONE:size={size}", f"NONE:{home}|{speaks}|{size}"]


def _kinds(tags: Sequence[str]) -> list[str]:
    return [t for t in tags if t.startswith("level=") or t in ("bare", "nation", "house", "counted", "unknown")]


def _size(target: Target) -> str:
    """Power of ten of a count, which no district can reach beyond some; shares have none."""
    return str(int(log10(target.value))) if target.unit in COUNTED and target.value >= 1 else target.unit
