"""Which paragraphs of an article stand apart from it: those that share no words with the rest.

Pages carry paragraphs of other news. A paragraph belongs to its article when pairs of its neighbouring words (names of
places, persons, programmes and documents are such pairs, too) stand in another line; pairs of capitalised words count twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from extractor.compiled import compiled
from extractor.models import Line, Reading

_LEAST = 12  # pairs of a paragraph that can stand apart; a caption, a signature, a row of a table has fewer
_SHARED = 4  # points with which a paragraph belongs to its article
_MOST = 8  # paragraphs that stand apart; where more do, the page is one of short news
_SENTENCES = compiled(r"[“\"‘']?\p{Lu}.*[.!?…][”\"’')]*")  # a paragraph, not the cut line or the item of a list
_KINDS = ("title", "body")  # of lines; menus and captions say nothing of what belongs together
_WORD = compiled(r"\p{L}+|[^\p{L}\s]")
_Pair = tuple[str, str]  # words or marks, folded


def apart(reading: Reading) -> list[Line]:
    """The paragraphs that share no words with the rest, in text order; none where they are many or half of the text."""
    lines = [line for line in reading.lines if line.kind in _KINDS]
    if sum(line.kind == "body" for line in lines) < 2:
        return []
    words = [_WORD.findall(reading.folded, line.start, line.end) for line in lines]
    once: set[_Pair] = set()
    again: set[_Pair] = set()  # pairs of several lines
    for own in words:
        pairs = set(pairwise(own))
        again |= once & pairs
        once |= pairs
    found = [line for line, own in zip(lines, words, strict=True) if _stands_apart(reading, line, own, again)]
    return found if len(found) <= _MOST and 2 * _size(found) <= _size(lines) else []


def _size(lines: Sequence[Line]) -> int:
    return sum(line.end - line.start for line in lines)


def _stands_apart(reading: Reading, line: Line, own: Sequence[str], again: AbstractSet[_Pair]) -> bool:
    """Whether a line is a paragraph of words, `own`, whose pairs hardly stand in others: `again` are those of several lines."""
    if line.kind != "body" or len(own) <= _LEAST:
        return False
    shared: set[_Pair] = set()
    for pair in pairwise(own):  # most paragraphs share enough in their first words
        if pair in again and _words(pair):
            shared.add(pair)
            if len(shared) >= _SHARED:
                return False
    if len({pair for pair in pairwise(own) if _words(pair)}) < _LEAST:
        return False
    if not _SENTENCES.fullmatch(reading.text, line.start, line.end):
        return False
    capital = [reading.text[word.start()].isupper() for word in _WORD.finditer(reading.folded, line.start, line.end)]
    names = {pair for pair, both in zip(pairwise(own), map(all, pairwise(capital)), strict=True) if both}
    return len(shared) + len(shared & names) < _SHARED


def _words(pair: _Pair) -> bool:
    return pair[0].isalpha() and pair[1].isalpha()
