"""The group a figure counts, in the text's own words; None for the whole population."""

from __future__ import annotations

import regex

from extractor.fields.figures.rows import GroupRow, group_lexicon
from extractor.fields.figures.sentence import Judgement
from extractor.models import Reading
from extractor.text import fold

_TRIM = regex.compile(r"(?:\s|[,:]|(?:của|trên|số|tổng|các|là|thuộc|cho|đối với|về|những)(?!\p{L}))+")
_HEAD = regex.compile(r"(?<!\p{L})(?:tỷ lệ|tỉ lệ|số|tổng số)\s+")


def group_of(reading: Reading, judgement: Judgement, sentence: tuple[int, int]) -> str | None:
    """Group of a figure: the noun between number and predicate, or the one after "tỷ lệ"/"số" to the left."""
    q, folded = judgement.quantity, reading.folded
    if judgement.predicate and judgement.predicate[0] >= q.end:
        start = q.end - len(q.noun) if q.unit == "person" and _group_row(q.noun) else q.end
        return _named(reading, start, judgement.predicate[0])
    left = sentence[0]
    if judgement.predicate:
        heads = list(_HEAD.finditer(folded, left, judgement.predicate[0]))
        return _named(reading, heads[-1].end(), judgement.predicate[0]) if heads else None
    groups = list(group_lexicon().pattern.finditer(folded, max(left, q.start - 60), q.start))
    for match in reversed(groups):
        row = _group_row(match.group())
        if row and not row.population:
            return reading.text[match.start() : match.end()]
    return None


def _group_row(surface: str) -> GroupRow | None:
    row = group_lexicon().row(surface)
    return row if isinstance(row, GroupRow) else None


def _named(reading: Reading, start: int, end: int) -> str | None:
    """The noun phrase of `[start, end)` if a group of the lexicon that is not the population stands in it."""
    trim = _TRIM.match(reading.folded, start, end)
    start = trim.end() if trim else start
    for match in group_lexicon().pattern.finditer(reading.folded, start, end):
        row = _group_row(match.group())
        if row and not row.population:
            text = reading.text[start:end].rstrip(" ,:")
            return text if len(text) <= 120 else reading.text[match.start() : match.end()]
    return None


def group_id(group: str | None) -> str | None:
    """The row of a group as written; None for no group, one that no row names, and several of different rows."""
    found = [_group_row(m.group()) for m in group_lexicon().pattern.finditer(fold(group))] if group else []
    ids = {row.id for row in found if row and not row.population}
    return ids.pop() if len(ids) == 1 else None
