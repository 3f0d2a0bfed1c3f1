"""The rest of a figure's meaning: sign and kind of a difference, codes of its places, days of its period, row of its group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Literal, Protocol

import regex

from extractor.compiled import compiled
from extractor.fields.figures.groups import group_id
from extractor.models import Reading
from extractor.records import NATION, SIGNED, Date, Figure
from extractor.rules import Row, cache, load_rows
from extractor.text import fold
from extractor.values.dates import parse

BEHIND = 60  # code points behind a number in which "so với chỉ tiêu" may follow


class PlacePhrase(Protocol):
    """A phrase that names a place: the code it is linked to, or the units of a list."""

    @property
    def value(self) -> str | None:
        """The code, None for a list."""

    @property
    def parts(self) -> Sequence[PlacePhrase]:
        """The members of a list."""


class DirectionRow(Row):
    """Words that tell what a difference is from (`indicator`) and its sign."""

    ASKED: ClassVar[tuple[str, ...]] = ("side",)

    side: Literal["before", "after"]
    indicator: Literal["change", "gap"]
    sign: Literal[-1, 1] | None = None


@cache
def _directions(side: str) -> tuple[tuple[regex.Pattern[str], DirectionRow], ...]:
    rows = load_rows("figure_directions.yaml", DirectionRow)
    return tuple((compiled(row.expression()), row) for row in rows if row.side == side)


@cache
def nation() -> regex.Pattern[str]:
    """Words for the whole country, over folded text."""
    return compiled("|".join(row.expression() for row in load_rows("figure_nation.yaml", Row)))


def places_of(place: PlacePhrase | None, words: str) -> tuple[str | None, tuple[str, ...]]:
    """(code of the one unit that a place phrase names, codes of all); `words` is the phrase as written."""
    if place is None:
        return None, ()
    if nation().fullmatch(fold(words)):
        return NATION, (NATION,)
    if place.parts:
        return None, tuple(dict.fromkeys(part.value for part in place.parts if part.value))
    return place.value, (place.value,) if place.value else ()


def direction(folded: str, start: int, at: int, end: int, stop: int) -> tuple[str, int]:
    """(`change` or `gap`, sign) of a difference at `[at, end)` of the sentence `[start, stop)`."""
    limit = folded.find(";", end, stop)
    limit = min(stop if limit < 0 else limit, end + BEHIND)
    before, after = _directed("before", folded, start, at)[-1:], _directed("after", folded, end, limit)[:1]
    kind = next((row.indicator for row in (*after, *before)), "change")
    return kind, next((row.sign for row in (*before, *after) if row.sign), 1)


def _directed(side: str, folded: str, start: int, end: int) -> list[DirectionRow]:
    """The rows of a side that match in `[start, end)`, in text order; of two that begin at one place the first row only."""
    found: dict[int, DirectionRow] = {}
    for pattern, row in _directions(side):
        for m in pattern.finditer(folded, start, end):
            found.setdefault(m.start(), row)
    return [found[at] for at in sorted(found)]


def complete(figures: Sequence[Figure], reading: Reading, dates: Sequence[Date], *, kinds: bool = True) -> list[Figure]:
    """The figures with signed differences, the days of their periods and the rows of their groups.

    With `kinds` the words around a difference also say whether it is a change or a gap.
    """
    days = {d.value: (d.start_date, d.end_date) for d in dates if d.value and d.start_date}
    out = []
    for f in figures:
        more: dict[str, object] = {"group_id": group_id(f.group)}
        if f.period_value:
            period = parse(f.period_value)
            more["start_date"], more["end_date"] = days.get(f.period_value, (period.start, period.end))
        if f.indicator in SIGNED:
            start, stop = reading.sentence_at(f.start)
            kind, sign = direction(reading.folded, start, f.start, f.end, stop)
            if kinds:
                more["indicator"] = "change" if f.base_value else kind
            more |= {"value": sign * f.value, "value_max": sign * f.value_max if f.value_max else None}
        out.append(f.model_copy(update=more))
    return out


def unsigned(figures: Sequence[Figure]) -> list[Figure]:
    """The figures as the checks add them up: differences of either kind as changes without a sign."""
    return [
        f.model_copy(update={"indicator": "change", "value": abs(f.value)}) if f.indicator in SIGNED else f
        for f in figures
    ]
