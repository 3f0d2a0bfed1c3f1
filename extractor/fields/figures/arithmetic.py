"""Arithmetic that decides between readings: what a share is of is told by the counts beside it.

60 % behind 3.000 people is the share of a plan where the plan is 5.000, of the population where that is 5.000, and a growth where
the 3.000 grew by 1.125. Numbers agree by chance to a tenth of a point once in hundreds, so a doubtful label gives way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.fields.figures.checks import SHARE_ROUNDING, populations
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.reading import Decided
from extractor.models import Reading

DOUBT = 0.9  # labels less sure than this give way
SHARES = ("coverage_rate", "plan_rate", "change")
COUNTED = ("participants", "new_participants")


def settled(decided: Sequence[Decided], reading: Reading) -> list[Decided]:
    """The figures; a doubtful share is what the counts of its sentence and the one before say it is, where they say one thing."""
    out = list(decided)
    for i, d in enumerate(out):
        if d.quantity.unit == "percent" and d.label in SHARES and d.quantity.value != 100 and d.confidence < DOUBT:
            found = set(_supported(d, out[:i], [*out[:i], *out[i + 1 :]], reading))
            if len(found) == 1 and d.label not in found:
                label = found.pop()
                out[i] = replace(d, label=label, unit="percent")
    return out


def _supported(share: Decided, before: Sequence[Decided], others: Sequence[Decided], reading: Reading) -> Iterator[str]:
    """The labels under which the share is what the numbers give."""
    number = reading.sentence_index(share.quantity.start)
    near = [d for d in before if _beside(d, share) and number - reading.sentence_index(d.quantity.start) <= 1]
    count = next((d.quantity for d in reversed(near) if _counts(d, share)), None)
    if count is None:
        return
    value = share.quantity.value
    if any(_is(100 * count.value / aim, value) for aim in _aims(share, count, others)):
        yield "plan_rate"
    wholes = populations(reading, reading.sentences[max(0, number - 1)][0], reading.sentences[number][1])
    if any(_is(100 * count.value / whole, value) for whole in wholes if whole > count.value):
        yield "coverage_rate"
    if any(d.label == "change" and _is_change(d.quantity.value, count.value, value) for d in near):
        yield "change"


def _beside(d: Decided, share: Decided) -> bool:
    """Whether a figure counts members of the programmes that a share is of."""
    return d.programmes == share.programmes and d.quantity.unit in ("person", "card", "household")


def _counts(d: Decided, share: Decided) -> bool:
    """Whether a figure is a number of participants of the status of a share."""
    return d.label in COUNTED and d.status == share.status


def _aims(share: Decided, count: Quantity, others: Sequence[Decided]) -> Iterator[float]:
    """The targets of the same programmes and unit as a count."""
    for d in others:
        aim = d.programmes == share.programmes and d.status == "target" and d.quantity.unit == count.unit
        if aim and d.label in COUNTED:
            yield d.quantity.value


def _is_change(change: float, count: float, share: float) -> bool:
    """Whether a change that led to a count is the share of what there was before, grown or shrunk."""
    return change < count and any(_is(100 * change / was, share) for was in (count - change, count + change))


def _is(given: float, told: float) -> bool:
    return abs(given - told) <= SHARE_ROUNDING
