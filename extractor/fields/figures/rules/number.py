"""A number at its place in a sentence, and the answer of a step that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Found
from extractor.fields.figures.rules.labels import Labels
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step says of a number; `reading` is None where the number is no figure (the log says why)."""

    reading: Judgement | None


@dataclass(frozen=True)
class Number:
    """A quantity and the evidence around it, looked up when a step first asks.

    `left` and `right` bound its own clause, `wide` is the end of the quantity before it.
    """

    judge: Labels
    index: int
    q: Quantity
    left: int
    wide: int
    right: int

    @classmethod
    def at(cls, judge: Labels, index: int) -> Number:
        """The number `index` of the sentence that `judge` reads."""
        q = judge.f.quantities[index]
        return cls(judge, index, q, *judge.zones(index, q))

    @property
    def f(self) -> Sentence:
        """The sentence."""
        return self.judge.f

    @property
    def percent(self) -> bool:
        """Whether the number is a share."""
        return self.q.unit in PERCENT

    @property
    def last(self) -> Judgement | None:
        """The figure before it in the same sentence."""
        return self.judge.last if self.judge.here else None

    @property
    def limit(self) -> int:
        """Start of the next quantity, or the end of the sentence."""
        following = self.following
        return following.start if following else self.f.end

    @property
    def following(self) -> Quantity | None:
        """The next quantity of the sentence."""
        quantities = self.f.quantities
        return quantities[self.index + 1] if self.index + 1 < len(quantities) else None

    def followed_by(self, name: str) -> bool:
        """Whether a phrase stands right behind the number."""
        return say.phrase(name).match(self.f.folded, self.q.end, self.f.end) is not None

    def preceded_by(self, name: str, start: int) -> bool:
        """Whether a phrase stands between `start` and the number."""
        return say.phrase(name).search(self.f.folded, start, self.q.start) is not None

    def up_to(self, name: str, following: Quantity) -> bool:
        """Whether a phrase fills what stands between the number and another one behind it."""
        return say.phrase(name).fullmatch(self.f.folded, self.q.end, following.start) is not None

    @cached_property
    def change(self) -> Cue | None:
        """The verb of a change that governs the number."""
        return self.judge.change(self.q, self.left, self.wide)

    @cached_property
    def first(self) -> Found | None:
        """The evidence behind the number in its clause; for a count the word for not taking part that follows it."""
        found = self.judge.right(self.q, self.right)
        return found if found is None or self.percent else self.judge.lacking(found, self.right)

    @cached_property
    def blocked(self) -> str | None:
        """Id of a veto in the clause before the number."""
        return self.judge.blocked(self.q, self.left)

    @cached_property
    def stated(self) -> Found | None:
        """The evidence before the number in its clause, where no veto stands between."""
        return None if self.blocked else self.judge.left(self.q, self.left)


def role_of(cue: Cue) -> str:
    """The role of a cue's row; empty for a veto."""
    return cue.row.role if isinstance(cue.row, IndicatorRow) else ""
