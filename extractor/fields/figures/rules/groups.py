"""The group a figure counts, in the text's own words; None for the whole population."""

from __future__ import annotations

import regex

from extractor.fields.figures.groups import group_row
from extractor.fields.figures.rows import group_lexicon
from extractor.fields.figures.rules.sentence import Judgement
from extractor.models import Reading

_TRIM = regex.compile(r"(?:\s|[,:]|(?:của|trên|số|tổng|các|là|thuộc|cho|đối với|về|những)(?!\p{L}))+")
_HEAD = regex.compile(r"(?<!\p{L})(?:tỷ lệ|tỉ lệ|số|tổng số)\s+")


def group_of(reading: Reading, judgement: Judgement, sentence: tuple[int, int]) -> str | None:
    """Group of a figure: the noun between number and predicate, or the one after "tỷ lệ"/"số" to the left."""
    q, folded = judgement.quantity, reading.folded
    if judgement.predicate and judgement.predicate[0] >= q.end:
        start = q.end - len(q.noun) if q.unit == "person" and group_row(q.noun) else q.end
        return _named(reading, start, judgement.predicate[0])
    left = sentence[0]
    if judgement.predicate:
        heads = list(_HEAD.finditer(folded, left, judgement.predicate[0]))
        return _named(reading, heads[-1].end(), judgement.predicate[0]) if heads else None
    groups = list(group_lexicon().pattern.finditer(folded, max(left, q.start - 60), q.start))
    for match in reversed(groups):
        row = group_row(match.group())
        if row and not row.population:
            return reading.text[match.start() : match.end()]
    return None


def _named(reading: Reading, start: int, end: int) -> str | None:
    """The noun phrase of `[start, end)` if a group of the lexicon that is not the population stands in it."""
    trim = _TRIM.match(reading.folded, start, end)
    start = trim.end() if trim else start
    for match in group_lexicon().pattern.finditer(reading.folded, start, end):
        row = group_row(match.group())
        if row and not row.population:
            text = reading.text[start:end].rstrip(" ,:")
            return text if len(text) <= 120 else reading.text[match.start() : match.end()]
    return None
