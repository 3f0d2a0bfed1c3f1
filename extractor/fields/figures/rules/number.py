"""A number at its place in a sentence, what the numbers before tell it, and the answer of a step that reads it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow, Programme, Role
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence, Found
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a number is no figure, for the log; `event`: it counts people who came to one, and a share behind it is of them."""

    rule: str
    reason: str
    event: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a step says of a number; `reading` is None where the number is no figure, `refused` where the log says why."""

    reading: Judgement | None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What the numbers before tell the next one: the state that is handed on from number to number."""

    last: Judgement | None = None  # the figure that a bare number continues
    here: bool = False  # whether it stands in this sentence
    planned: bool = False  # whether a share of a plan stands earlier in this sentence, or in the one before of a list
    refused: Refused | None = None  # why the number right before is no figure

    def behind(self, answer: Answer, *, bracketed: bool) -> Told:
        """What is told behind a number; one that is no figure ends what was told, unless it stands in brackets."""
        made = answer.reading
        if made is None:
            return replace(self, last=self.last if bracketed else None, refused=answer.refused)
        return Told(made, here=True, planned=self.planned or made.indicator == "plan_rate")


@dataclass(frozen=True)
class Number:
    """A quantity with what is told before it and the evidence around it, looked up when a step first asks.

    `left` and `right` bound its own clause, `wide` is the end of the quantity before it.
    """

    f: Sentence
    told: Told
    index: int
    q: Quantity
    left: int
    wide: int
    right: int

    @classmethod
    def at(cls, sentence: Sentence, told: Told, index: int) -> Number:
        """The number `index` of a sentence."""
        q = sentence.quantities[index]
        wide = sentence.quantities[index - 1].end if index else sentence.start
        return cls(sentence, told, index, q, _left(sentence, index, wide), wide, _right(sentence, index))

    @property
    def percent(self) -> bool:
        """Whether the number is a share."""
        return self.q.unit in PERCENT

    @property
    def last(self) -> Judgement | None:
        """The figure before it in the same sentence."""
        return self.told.last if self.told.here else None

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

    def light_from(self, at: int) -> bool:
        """Whether only light words stand between `at` and the number."""
        return say.light().fullmatch(self.f.masked, at, self.q.start) is not None

    def level_from(self, at: int) -> bool:
        """Whether words between `at` and the number end a change at a level."""
        return say.level().search(self.f.folded, at, self.q.start) is not None

    def named_from(self, at: int) -> list[Programme]:
        """The programmes named in full between `at` and the number."""
        return self.evidence.named_between(at, self.q.start)

    @cached_property
    def evidence(self) -> Evidence:
        """The evidence of the sentence."""
        return Evidence(self.f, self.told.last is not None)

    @cached_property
    def first(self) -> Found | None:
        """The evidence behind the number in its clause; for a count the word for not taking part that follows it."""
        found = self.evidence.right(self.q, self.right)
        return found if found is None or self.percent else self.evidence.lacking(found, self.right)

    @cached_property
    def blocked(self) -> str | None:
        """Id of a veto in the clause before the number."""
        return self.evidence.blocked(self.q, self.left)

    @cached_property
    def stated(self) -> Found | None:
        """The evidence before the number in its clause, where no veto stands between."""
        return None if self.blocked else self.evidence.left(self.q, self.left)

    @property
    def bare(self) -> bool:
        """Whether only light words stand around a share: it says nothing of its own."""
        return self.evidence.bare(self.q, self.left, self.right)


def _left(f: Sentence, index: int, wide: int) -> int:
    """Start of the clause of a number, none of the numbers before in it."""
    at = f.quantities[index].start
    left = max((b + 1 for b in f.breaks if wide <= b < at), default=wide)
    return _conjunction(f, wide, at, wide) if index and left == wide else left


def _right(f: Sentence, index: int) -> int:
    """End of the clause of a number, none of the numbers behind in it."""
    end, last = f.quantities[index].end, index + 1 == len(f.quantities)
    limit = f.end if last else f.quantities[index + 1].start
    right = min((b for b in f.breaks if end <= b < limit), default=limit)
    return right if last or right != limit else _conjunction(f, end, limit, limit)


def _conjunction(f: Sentence, start: int, end: int, otherwise: int) -> int:
    """Where the last conjunction between two quantities starts."""
    found = list(say.phrase("conjunction").finditer(f.folded, start, end))
    return found[-1].start() if found else otherwise


def role_of(cue: Cue) -> Role | None:
    """The role of a cue's row; None for a veto."""
    return cue.row.role if isinstance(cue.row, IndicatorRow) else None
