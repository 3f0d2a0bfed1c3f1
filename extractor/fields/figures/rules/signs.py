"""A sentence in signs: quantities, programmes, places, dates and groups of people stand as one character each.

The head of `patterns/figure_topics.yaml` explains the signs.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.compiled import compiled
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import group_lexicon
from extractor.fields.figures.rules.sentence import PERCENT, Sentence

WINDOW = 500  # signs before and behind a number that are read
_BLANK = compiled(r"\s+")
_SIGNS = compiled(r"[#%&@~§¤_|]")


class Signs:
    """The sentence in signs; `names` are spans of places and names, `dates` those of dates, both sorted."""

    def __init__(self, frames: Sentence, names: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]]) -> None:
        at = frames.start
        self.parts: list[str] = []
        self.places: dict[int, int] = {}
        marks = _marks(frames, names, dates)
        for a, b, sign in sorted(marks, key=lambda mark: mark[0]):  # stable: of two marks at one place the first wins
            if a < at:
                continue
            self.parts += [self._plain(frames.folded[at:a]), sign]
            if sign == "&":
                self.places[a] = len(self.parts) - 1
            at = b
        self.parts.append(self._plain(frames.folded[at : frames.end]))

    @staticmethod
    def _plain(text: str) -> str:
        return str(_SIGNS.sub(" ", text))

    def of(self, q: Quantity) -> tuple[str, str] | None:
        """(the sentence with `q` as the number that is read, what stands between the quantity before it and it)."""
        at = self.places.get(q.start)
        if at is None:
            return None
        parts = list(self.parts)
        parts[at] = "%" if q.unit in PERCENT else "#"
        before = max((i for i in self.places.values() if i < at), default=-1)
        left, right = "".join(parts[:at]), "".join(parts[at + 1 :])
        left = left if len(left) <= WINDOW else f"… {left[-WINDOW:]}"
        text = _BLANK.sub(" ", left + parts[at] + right[:WINDOW]).strip()
        return text, "".join(parts[before + 1 : at])


def within(spans: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The spans of a sorted list that lie in `[start, end)`."""
    for i in range(bisect_left(spans, (start, start)), len(spans)):
        if spans[i][0] >= end:
            return
        if spans[i][1] <= end:
            yield spans[i]


def _marks(
    frames: Sentence, names: Sequence[tuple[int, int]], dates: Sequence[tuple[int, int]]
) -> list[tuple[int, int, str]]:
    """The spans that signs stand for, each with its sign."""
    marks: list[tuple[int, int, str]] = [(q.start, q.end, "&") for q in frames.quantities]
    marks += [(p.start, p.end, "¤" if p.weak else "§") for p in frames.programmes]
    marks += [(a, b, "~") for a, b in within(dates, frames.start, frames.end)]
    marks += [(a, b, "@") for a, b in within(names, frames.start, frames.end)]
    for m in group_lexicon().pattern.finditer(frames.folded, frames.start, frames.end):
        row = group_lexicon().row(m.group())
        if row is not None and not getattr(row, "population", False):
            marks.append((m.start(), m.end(), "_"))
    return marks
