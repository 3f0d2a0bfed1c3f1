"""Estimates: "ước" that stands before a number with other words between, "ước đến cuối năm số người … là 4.100 người"."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

import regex

from extractor.compiled import compiled
from extractor.fields.figures.candidates import Candidates
from extractor.fields.figures.rows import ComparatorRow
from extractor.records import Figure
from extractor.rules import cache, load_rows
from extractor.text import fold

_REACH = 120  # code points before a number that are looked at
_CLAUSE = compiled(r"[;:()\n]|[,.](?!\d)")


def estimated(before: str) -> bool:
    """Whether a word of estimation governs what follows a folded stretch: one stands in its last clause."""
    marks = [m.end() for m in _CLAUSE.finditer(before)]
    return _words().search(before, marks[-1] if marks else 0) is not None


def mark_estimates(figures: Iterable[Figure], candidates: Candidates) -> list[Figure]:
    """The figures; those that the text gives as exact and its clause as estimated are approximate.

    Of two numbers in a clause the first alone is governed: a change told behind an estimate was counted.
    """
    ends = sorted({q.end for q in candidates.quantities})
    return [
        f.model_copy(update={"comparator": "approx"}) if f.comparator == "eq" and _governed(f, ends, candidates) else f
        for f in figures
    ]


def _governed(figure: Figure, ends: Sequence[int], candidates: Candidates) -> bool:
    reading = candidates.reading
    at = bisect_right(ends, figure.start)
    begin = max(reading.sentence_at(figure.start)[0], figure.start - _REACH, ends[at - 1] if at else 0)
    return estimated(reading.folded[begin : figure.start])


@cache
def _words() -> regex.Pattern[str]:
    rows = [row for row in load_rows("comparators.yaml", ComparatorRow) if row.reach == "clause"]
    forms = _alternatives(f for row in rows for f in row.forms)
    pairs = [(first, last) for row in rows for first, _, last in (word.partition(" ") for word in row.compounds)]
    before, after = (_alternatives(_beside(forms, found)) for found in (pairs, [pair[::-1] for pair in pairs]))
    return compiled(rf"(?<!\p{{L}})(?<!(?<!\p{{L}})(?:{before})\s)(?:{forms})(?!\s(?:{after})(?!\p{{L}}))(?!\p{{L}})")


def _beside(forms: str, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The first words of the pairs whose second is a form."""
    return (first for first, second in pairs if regex.fullmatch(forms, fold(second)))


def _alternatives(words: Iterable[str]) -> str:
    """A pattern of one of some words, folded, the longest first."""
    unique = sorted({fold(word) for word in words}, key=lambda word: (-len(word), word))
    return "|".join(regex.escape(word, special_only=True, literal_spaces=True) for word in unique)
