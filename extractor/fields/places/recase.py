"""Capitals for the names of a text that is written small throughout: after a type word what the gazetteer knows, and provinces."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractor.fields.places.rows import type_words, words
from extractor.gazetteer import gazetteer
from extractor.gazetteer.names import syllable
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.text import fold

_UPPER = regex.compile(r"\p{Lu}")
_WORDS = regex.compile(r"[ ]?(?P<w>[\p{L}\p{M}'’]+)(?:[ ](?P<w>[\p{L}\p{M}'’]+)){0,4}")


@cache
def _provinces() -> regex.Pattern[str]:
    names = {fold(s.name) for code, states in gazetteer().by_code.items() if len(code) == 2 for s in states}
    return regex.compile(rf"(?<!\p{{L}}){word_tree(names - words('not-small'))}(?!\p{{L}})")


def recased(reading: Reading) -> Reading:
    """The reading with capitals where names of units begin, its offsets unchanged; the same one where it has a capital."""
    if _UPPER.search(reading.text) is not None:
        return reading
    text, folded = list(reading.text), reading.folded
    units = gazetteer()
    pattern, forms = type_words()
    for m in pattern.finditer(folded):
        row = forms[" ".join(m.group().split())]
        after = _WORDS.match(folded, m.end())
        if after is None or row.level == ("hamlet",):
            continue
        spans, joined, best = after.spans("w"), "", 0
        for count, (start, end) in enumerate(spans, 1):
            joined += syllable(reading.text[start:end])
            if any(u.level in row.level for u in units.by_key.get(joined, ())):
                best = count
        _capitalise(text, spans[:best])
    for m in _provinces().finditer(folded):
        _capitalise(text, [w.span() for w in regex.finditer(r"[\p{L}\p{M}]+", folded, pos=m.start(), endpos=m.end())])
    return replace(reading, text="".join(text))


def _capitalise(text: list[str], spans: list[tuple[int, int]]) -> None:
    for start, _ in spans:
        if len(text[start].upper()) == 1:
            text[start] = text[start].upper()
