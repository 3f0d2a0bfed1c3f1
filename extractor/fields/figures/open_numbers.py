"""Numbers that stand without a unit: "Xuân Thọ (91,4), Bảo Vinh (90,02)", "lần lượt là 1.837, 1.670 và 2.491".

Their unit is guessed from their form alone – a decimal is a share, a whole number counts persons – and what they tell, if
anything, is left to the ranker of labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.figures.find import Quantity, compared
from extractor.fields.figures.words import source
from extractor.numbers import Number, find_numbers
from extractor.records import Unit
from extractor.rules import cache

LEAST = 100  # a smaller whole number without a unit numbers a thing
YEARS = range(1900, 2101)
_SHARE = compiled(r"\d{1,2},\d{1,2}")
_COUNT = compiled(r"\d{3,4}|\d{1,3}(?:\.\d{3})+")


@cache
def _ends() -> regex.Pattern[str]:
    """What may stand behind a number that has no unit."""
    return compiled(rf"\s*(?:$|[,;](?!\d)|[)\n]|\.(?!\d)|\((?=\d)|{source('after-count')}(?!\p{{L}}))")


def open_quantities(folded: str, start: int, end: int, known: Spans) -> list[Quantity]:
    """The numbers of `folded[start:end]` without a unit word; `known` are the text's quantities that have one."""
    out = []
    for number in find_numbers(folded, start, end):
        if known.meet(number.start, number.end) or not _ends().match(folded, number.end, end):
            continue
        unit = _unit(folded, number)
        if unit is None:
            continue
        begin, comparator = compared(folded, max(start, number.start - 24), number.start)
        out.append(Quantity(begin, number.end, number.start, number.value, unit, comparator, "", number))
    return out


def _unit(folded: str, number: Number) -> Unit | None:
    if _SHARE.fullmatch(folded, number.start, number.end):
        return "percent"
    if number.scaled and number.value >= LEAST:
        return "person"
    counts = _COUNT.fullmatch(folded, number.start, number.end) is not None
    return "person" if counts and number.value >= LEAST and number.value not in YEARS else None


def with_open(folded: str, sentences: Iterable[tuple[int, int]], found: Sequence[Quantity]) -> list[Quantity]:
    """The quantities of all sentences, those without a unit word among them."""
    known = Spans((q.start, q.end) for q in found)
    return [*found, *(q for a, b in sentences for q in open_quantities(folded, a, b, known))]
