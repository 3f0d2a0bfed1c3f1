"""Arithmetic that decides between readings: what a share is of is told by the counts beside it.

60 % behind 3.000 people is the share of a plan where the plan is 5.000, of the population where that is 5.000, and a growth where
the 3.000 grew by 1.125. Numbers agree by chance to a tenth of a point once in hundreds, so a doubtful label gives way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.fields.figures.checks import SHARE_ROUNDING, populations
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
    near = [
        d
        for d in before
        if d.programmes == share.programmes
        and d.quantity.unit in ("person", "card", "household")
        and number - reading.sentence_index(d.quantity.start) <= 1
    ]
    counts = [d for d in near if d.label in COUNTED and d.status == share.status]
    if not counts:
        return
    value, count = share.quantity.value, counts[-1].quantity
    for d in others:
        aim = d.programmes == share.programmes and d.status == "target" and d.quantity.unit == count.unit
        if aim and d.label in COUNTED and _is(100 * count.value / d.quantity.value, value):
            yield "plan_rate"
    start = reading.sentences[max(0, number - 1)][0]
    for whole in populations(reading, start, reading.sentences[number][1]):
        if whole > count.value and _is(100 * count.value / whole, value):
            yield "coverage_rate"
    for d in near:
        if d.label == "change" and d.quantity.value < count.value:
            grown, shrunk = count.value - d.quantity.value, count.value + d.quantity.value
            if _is(100 * d.quantity.value / grown, value) or _is(100 * d.quantity.value / shrunk, value):
                yield "change"


def _is(given: float, told: float) -> bool:
    return abs(given - told) <= SHARE_ROUNDING
