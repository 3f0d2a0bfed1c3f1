"""How sure a person is, by the statistical layer's best vote for a name that the rules kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from extractor.fields.officials.persons import Person
from extractor.models import Mention

_REACH = 80  # characters; no name is longer

# The best vote (at least) and the share of right names, measured with models that had not seen the articles:
# `benchmarks/votes.py`, 2026-11-22, 374 persons of 108 articles, as (right + 1) / (all + 2).
_MEASURED = ((0.98, 0.99), (0.9, 0.88), (0.7, 0.88), (0.0, 0.62))
_RULES_ALONE = 0.57


class Votes:
    """The statistical layer's persons of one article, looked up by where a name stands."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        persons = sorted((m for m in mentions if m.label == "PER"), key=lambda m: m.start)
        self._starts = [m.start for m in persons]
        self._persons = persons

    def best(self, person: Person) -> float | None:
        """Confidence of the surest vote on any mention of a person; None where there is none."""
        found: list[float] = []
        for name in person.names:
            first = bisect_left(self._starts, name.start - _REACH)
            last = bisect_left(self._starts, name.end)
            found += (m.evidence.confidence for m in self._persons[first:last] if m.end > name.start)
        return max(found, default=None)

    def confidence(self, person: Person) -> float:
        """The measured share of right names among persons with such a best vote."""
        best = self.best(person)
        if best is None:
            return _RULES_ALONE
        return next(share for least, share in _MEASURED if best >= least)
