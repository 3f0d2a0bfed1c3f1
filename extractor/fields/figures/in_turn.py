"""Programmes that take the numbers behind them in turn: "tỷ lệ tham gia BHXH và BHTN lần lượt đạt 45%, 35%"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.covering import begun_in
from extractor.fields.figures.frame import Frame, Phrase, Target
from extractor.fields.figures.rows import Programme, programme_rows
from extractor.fields.figures.words import pattern, template

_AND = template(r"\s*(?:,|;|{and}|,\s*{and})\s*")
_LEADS = 24  # code points between the words "in turn" and the first number
_MOST = 6  # numbers of such a list


def members(folded: str, programme: Programme) -> list[Phrase]:
    """The single programmes of a mention of several, in text order."""
    out: list[Phrase] = []
    for form, row in programme_rows():
        for m in form.finditer(folded, programme.start, programme.end):
            if not any(p.start < m.end() and m.start() < p.end for p in out):
                out.append(Phrase(m.start(), m.end(), row.programme, ("part",)))
    return sorted(out, key=lambda p: p.start)


def parts(frame: Frame, programmes: Iterable[Programme]) -> list[Phrase]:
    """The members of the mentions of several programmes that a sentence gives its numbers in turn."""
    folded, out = frame.reading.folded, []
    for p in programmes:
        end = frame.outline.sentence_at(p.start)[1]
        if len(p.names) > 1 and pattern("in-turn").search(folded, p.end, end):
            out += members(folded, p)
    return out


def whose_turn(frame: Frame, programmes: Sequence[Programme], target: Target) -> str | None:
    """The programme whose turn a number is; None where a sentence has not one number for each programme before "lần lượt"."""
    start, end = frame.outline.sentence_at(target.core)
    said = list(pattern("in-turn").finditer(frame.reading.folded, start, target.start))
    if not said:
        return None
    listed = _listed(frame, said[-1].end(), end)
    before = bisect_left(frame.quantity_starts, said[-1].start())
    begin = max(start, frame.quantities[before - 1][1]) if before else start
    named = _named(frame, programmes, begin, said[-1].start())
    if target.start not in listed or len(listed) != len(named) or len(set(named)) < 2:
        return None
    return named[listed.index(target.start)]


def _named(frame: Frame, programmes: Sequence[Programme], start: int, end: int) -> list[str | None]:
    """The single programmes that are named in a stretch, in text order."""
    mentions = (p for p in begun_in(programmes, start, end) if not p.weak)
    return [member.value for p in mentions for member in members(frame.reading.folded, p)]


def _listed(frame: Frame, start: int, end: int) -> list[int]:
    """Where the numbers of the list begin that stands right behind `start`."""
    folded, out, last = frame.reading.folded, list[int](), start
    first = bisect_left(frame.quantity_starts, start)
    for a, b in frame.quantities[first : first + _MOST]:
        if a >= end:
            break
        near = a - start <= _LEADS and not set(folded[start:a]) & set(",;.")
        if not (_AND.fullmatch(folded, last, a) if out else near):
            break
        out.append(a)
        last = b
    return out
