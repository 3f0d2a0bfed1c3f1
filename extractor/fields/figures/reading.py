"""What a quantity tells, as the rankers decided, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.frame import Phrase
from extractor.ranking import Features, Ranker, labelled


@dataclass(frozen=True, slots=True)
class Question:
    """One decision: the phrases to choose from and the features of each, or the labels and the names they share.

    Where nothing may be chosen it is the last candidate, behind the phrases.
    """

    phrases: Sequence[Phrase] = ()
    told: Sequence[Features] = ()
    labels: tuple[str, ...] = ()
    names: Features = ()

    @property
    def features(self) -> Sequence[Features]:
        """The features of each candidate."""
        return [labelled(self.names, label) for label in self.labels] if self.labels else self.told

    def of(self, index: int) -> Features:
        """The features of one candidate."""
        return labelled(self.names, self.labels[index]) if self.labels else self.told[index]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was chosen: its probability, and the question with the chosen and the next best candidate."""

    attribute: str
    confidence: float
    ranker: Ranker
    asked: Question
    chosen: int
    second: int | None

    def names(self, top: int = 4) -> list[tuple[str, float]]:
        """The features that weighed most, with their weights."""
        against = () if self.second is None else self.asked.of(self.second)
        return self.ranker.reasons(self.asked.of(self.chosen), against, top=top)


@dataclass(frozen=True, slots=True)
class Decided:
    """What a quantity tells; `phrases` by attribute, None where nothing tells it."""

    quantity: Quantity
    label: str
    status: str
    unit: str
    programmes: tuple[str, ...]
    phrases: Mapping[str, Phrase | None]
    confidence: float
    reasons: tuple[Reason, ...]
