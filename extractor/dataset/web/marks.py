"""The fields of an article laid over its text: segments with the items that cover them, line by line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

WEAK = 0.85  # a confidence below it is shown as a doubt


@dataclass(frozen=True, slots=True)
class Mark:
    """One item to show in a text: its span, its field (the colour), and whether it is in doubt."""

    start: int
    end: int
    field: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text. `field`, `weak` and `mark` (where it begins) are those of the shortest mark that covers it.

    `anchor` is where the piece begins if any mark begins there: the place that a link to that mark leads to.
    """

    text: str
    field: str | None = None
    weak: bool = False
    mark: int | None = None
    anchor: int | None = None


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut at every border of a mark, in order; the pieces join to the text again."""
    found = sorted(set(marks), key=lambda m: (m.start, m.end, m.field))
    borders = sorted({0, len(text), *(m.start for m in found), *(m.end for m in found)})
    out: list[Segment] = []
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(borders):
        begins = False
        while at < len(found) and found[at].start <= start:
            active.append(found[at])
            begins = True
            at += 1
        active = [m for m in active if m.end > start]
        if not active:
            out.append(Segment(text[start:end]))
            continue
        inner = min(active, key=lambda m: (m.end - m.start, m.field))
        out.append(Segment(text[start:end], inner.field, inner.weak, inner.start, start if begins else None))
    return out


def lines(pieces: Sequence[Segment]) -> list[list[Segment]]:
    """The pieces as lines that hold something; blanks at their ends and runs of empty lines are left out."""
    found: list[list[Segment]] = [[]]
    for piece in pieces:
        first, *further = piece.text.split("\n")
        parts = [replace(piece, text=first), *(replace(piece, text=part, anchor=None) for part in further)]
        found[-1].append(parts[0])
        found += [[part] for part in parts[1:]]
    return [line for line in map(_trimmed, found) if line]


def _trimmed(line: list[Segment]) -> list[Segment]:
    held = [piece for piece in line if piece.text]
    while held and _blank(held[0]):
        held = held[1:]
    while held and _blank(held[-1]):
        held = held[:-1]
    return held


def _blank(piece: Segment) -> bool:
    return not piece.text.strip() and piece.anchor is None
