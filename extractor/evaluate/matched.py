"""Aligned mentions of one field of one article: counts and errors that every scorer needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.align import Alignment, Marked
from extractor.evaluate.findings import Finding, finding
from extractor.evaluate.tally import Tally

Item = Mapping[str, Any]
Pair = tuple[Marked, Marked]
Scored = tuple[dict[str, Tally], list[Finding]]


@dataclass(frozen=True, slots=True)
class Matched:
    """Aligned mentions of one field of one article."""

    article: str
    field: str
    gold: list[Marked]
    predicted: list[Marked]
    alignment: Alignment

    @property
    def pairs(self) -> list[Pair]:
        return [(self.gold[i], self.predicted[j]) for i, j in self.alignment.pairs]

    def spans(self) -> Tally:
        """Counts of exact spans."""
        return Tally(sum(g.span == p.span for g, p in self.pairs), len(self.predicted), len(self.gold))

    def correct(self, right: Callable[[Item, Item], bool]) -> Tally:
        """Counts of overlapping mentions whose items are `right`."""
        return Tally(sum(right(g.item, p.item) for g, p in self.pairs), len(self.predicted), len(self.gold))

    def errors(self, show: Callable[[Item], str]) -> list[Finding]:
        """Missed and spurious mentions, wrong borders."""
        a, f = self.article, self.field
        return [
            *(finding(a, f, "missed", self.gold[i], None, show(self.gold[i].item)) for i in self.alignment.missed),
            *(
                finding(a, f, "spurious", None, self.predicted[j], show(self.predicted[j].item))
                for j in self.alignment.spurious
            ),
            *(
                finding(a, f, "wrong border", g, p, f"predicted {p.item.get('text')!r}")
                for g, p in self.pairs
                if g.span != p.span
            ),
        ]
