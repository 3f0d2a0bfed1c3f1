"""Arithmetic that decides between readings: what a share is of is told by the counts beside it.

60 % behind 3.000 people is the share of a plan where the plan is 5.000, of the population where that is 5.000, and a growth where
the 3.000 grew by 1.125. Numbers agree by chance to a tenth of a point once in hundreds, so a doubtful label gives way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from extractor.fields.figures.checks import SHARE_ROUNDING, populations
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.reading import Decided
from extractor.models import Reading

DOUBT = 0.9  # labels less sure than this give way
SHARES = ("coverage_rate", "plan_rate", "change")
COUNTED = ("participants", "new_participants")
Aims = Mapping[tuple[tuple[str, ...], str], Sequence[float]]
_FARTHEST = 200  # figures before a share that are looked at; a list without a stop may have thousands
_AROUND = 3  # targets that are looked at: the first that is large enough, and its neighbours for rounding
_TINY = 1e-9  # of a number, that rounding may take from it


def settled(decided: Sequence[Decided], reading: Reading) -> list[Decided]:
    """The figures, in text order; a doubtful share is what the counts of its sentence and the one before say it is, where they
    say one thing."""
    out = list(decided)
    aims = _aims(decided)
    for i, d in enumerate(decided):
        if d.quantity.unit == "percent" and d.label in SHARES and d.quantity.value != 100 and d.confidence < DOUBT:
            found = set(_supported(d, decided[max(0, i - _FARTHEST) : i], aims, reading))
            if len(found) == 1 and d.label not in found:
                label = found.pop()
                out[i] = replace(d, label=label, unit="percent")
    return out


def _supported(share: Decided, before: Sequence[Decided], aims: Aims, reading: Reading) -> Iterator[str]:
    """The labels under which the share is what the numbers give."""
    number = reading.sentence_index(share.quantity.start)
    first = reading.sentences[max(0, number - 1)][0]
    near = [d for d in before if _beside(d, share) and d.quantity.start >= first]
    count = _last_count(near, share)
    if count is None:
        return
    if _is_part(count.value, _around(aims.get((share.programmes, count.unit), ()), count.value, share), share):
        yield "plan_rate"
    wholes = populations(reading, first, reading.sentences[number][1])
    if _is_part(count.value, (whole for whole in wholes if whole > count.value), share):
        yield "coverage_rate"
    if _is_growth(near, count.value, share):
        yield "change"


def _is_part(count: float, wholes: Iterable[float], share: Decided) -> bool:
    """Whether a count is the share of one of the wholes."""
    return any(_is(100 * count / whole, share.quantity.value) for whole in wholes)


def _is_growth(near: Sequence[Decided], count: float, share: Decided) -> bool:
    """Whether a change told near a count is the share of what there was before."""
    changes = (d.quantity.value for d in near if d.label == "change")
    return any(_is_change(change, count, share.quantity.value) for change in changes)


def _beside(d: Decided, share: Decided) -> bool:
    """Whether a figure counts members of the programmes that a share is of."""
    return d.programmes == share.programmes and d.quantity.unit in ("person", "card", "household")


def _last_count(figures: Sequence[Decided], share: Decided) -> Quantity | None:
    """The last number of participants of the status of a share."""
    counts = (d.quantity for d in reversed(figures) if d.label in COUNTED and d.status == share.status)
    return next(counts, None)


def _aims(decided: Sequence[Decided]) -> Aims:
    """The targets of counts by programmes and unit, the smallest first."""
    out: dict[tuple[tuple[str, ...], str], list[float]] = {}
    for d in decided:
        if d.status == "target" and d.label in COUNTED and d.quantity.value > 0:
            out.setdefault((d.programmes, d.quantity.unit), []).append(d.quantity.value)
    return {key: sorted(values) for key, values in out.items()}


def _around(aims: Sequence[float], count: float, share: Decided) -> Sequence[float]:
    """The first of sorted targets that a count can be a share of: the smallest one that is large enough."""
    most = share.quantity.value + SHARE_ROUNDING
    first = bisect_left(aims, 100 * count / most * (1 - _TINY)) if most > 0 else len(aims)
    return aims[first : first + _AROUND]


def _is_change(change: float, count: float, share: float) -> bool:
    """Whether a change that led to a count is the share of what there was before, grown or shrunk."""
    return change < count and any(_is(100 * change / was, share) for was in (count - change, count + change))


def _is(given: float, told: float) -> bool:
    return abs(given - told) <= SHARE_ROUNDING
