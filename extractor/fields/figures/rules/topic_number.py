"""A number that the sentence pass left, with what stands around it in its sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.fields.figures.words import template

Names: TypeAlias = tuple[str, ...]

# What may stand between two members of one list: names, marks and "và".
_GLUE = template(r"(?:[\s@_,;:()]|\d{1,2}(?=\s)|{list-glue}(?!\p{L}))*")
_ENDS = template(r"\s*(?:$|[,.;:)(”\"]|{list-end}(?!\p{L}))")


@dataclass(frozen=True, slots=True)
class OpenNumber:
    """A number that the sentence pass left: its sentence, also in signs, and what stands before it there."""

    sentence: Sentence
    quantity: Quantity
    text: str  # the sentence in signs
    gap: str  # what stands between the quantity before and this one
    previous: Judgement | None  # the reading of the quantity before

    @property
    def percent(self) -> bool:
        """Whether the number is a share."""
        return self.quantity.unit in PERCENT

    @property
    def tail(self) -> str:
        """What stands behind the number, in signs."""
        return self.text[self.text.index("%" if self.percent else "#") + 1 :]

    @property
    def own(self) -> Names | None:
        """The programmes named last before the number in its sentence."""
        earlier = [p for p in self.sentence.programmes if not p.weak and p.end <= self.quantity.start]
        return earlier[-1].names if earlier else None

    @property
    def named(self) -> Names | None:
        """The programmes named last before the number, or first behind it."""
        first = next((p.names for p in self.sentence.programmes if not p.weak), None)
        return self.own or first

    def carries_on(self) -> Judgement | None:
        """The reading before, where this number of the same kind is the next member of its list."""
        said = self.previous
        if said is None or (said.quantity.unit in PERCENT) != self.percent or said.indicator == "plan_rate":
            return None
        return said if _GLUE.fullmatch(self.gap) and _ENDS.match(self.tail) else None

    def of_others(self) -> bool:
        """Whether a share is one of members or of places, no share of a population."""
        f, end = self.sentence, self.quantity.end
        return self.percent and any(
            say.phrase(name).match(f.folded, end, f.end) is not None for name in ("of-members", "of-places")
        )

    def impossible(self, indicator: str) -> bool:
        """Whether no population has such a value: a share over 100, a household's members."""
        q = self.quantity
        if self.percent and q.value > 100 and indicator not in ("plan_rate", "change"):
            return True
        return q.unit == "person" and q.value < 10 and indicator in ("participants", "non_participants")
