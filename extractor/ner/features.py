"""Features of the statistical layer: everything a model may know about a token, as strings.

They are of three kinds, so that `scores` can replace strings by table look-ups: attributes of single tokens at the
offsets of a window, pairs of neighbouring tokens, and attributes of the place (gazetteer match, kind of line, capitals).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Protocol, overload

from extractor.models import Reading
from extractor.ner.forms import shape
from extractor.ner.lexicon import cluster_of, syllable_flags, unit_names, unit_sizes
from extractor.text import fold, unaccent


class Strings(Protocol):
    """What can be asked for one string or for several in a row."""

    @overload
    def __getitem__(self, at: int, /) -> str: ...

    @overload
    def __getitem__(self, at: slice, /) -> Sequence[str]: ...


BOUNDARY = "\x02"  # stands for the tokens outside a sequence
WINDOW = (-3, -2, -1, 0, 1, 2, 3)
PAIRS = (-2, -1, 0, 1)  # a pair at d is the tokens at d and d + 1
MAX_SEQUENCE = 512  # tokens; longer sentences (tables, broken pages) are cut, so that memory stays bounded
MAX_UNIT = 5  # tokens of the longest unit name looked up


def word_of(token: str) -> str:
    """The word that features name: folded; long numbers by their shape; invisible marks, which fold to blanks, by a sign."""
    if token[0].isdigit() and len(token) > 2:
        return shape(token)
    return fold(token).strip() or "␣"


@lru_cache(maxsize=1 << 12)
def attributes(token: str) -> tuple[tuple[str, int], ...]:
    """What is known of a token alone: (attribute, reach), the reach being how many tokens away it is still looked at."""
    if token == BOUNDARY:
        return (("w=#", 3),)
    return known_attributes(token, fold(token), shape(token))


def known_attributes(token: str, low: str, form: str) -> tuple[tuple[str, int], ...]:
    """The attributes of a token whose fold and form are known."""
    word = form if token[0].isdigit() and len(token) > 2 else low.strip() or "␣"
    out = [(f"w={word}", 3), (f"s={form}", 3)]
    for flag in syllable_flags(low):
        out += ((f"f={flag}", 3), (f"f={flag}/{form}", 3))
    coarse, fine, capital = cluster_of(token, low, form)
    if coarse >= 0:
        out += ((f"cc={coarse}", 2), (f"cf={fine}", 2))
    out.append((f"cap={capital}/{form}", 1))
    if token[0].isalpha():
        plain = unaccent(low)
        out += ((f"ws={word}/{form}", 0), (f"p={plain[:2]}", 0), (f"e={plain[-2:]}", 0), (f"u={plain}/{form}", 0))
    return tuple(out)


def sequences(reading: Reading) -> Iterator[tuple[int, int]]:
    """The sequences of a reading: half-open token ranges, one a sentence."""
    for start, end in reading.sentences:
        first, last = bisect_left(reading.starts, start), bisect_left(reading.starts, end)
        for begin in range(first, last, MAX_SEQUENCE):
            yield begin, min(last, begin + MAX_SEQUENCE)


def unit_marks(folded: Strings, capital: Sequence[int], last: int) -> Iterator[tuple[int, str]]:
    """(index, mark) of the tokens in the longest gazetteer names that begin at `capital` indices and end before `last`."""
    names, sizes = unit_names(), unit_sizes()
    done = -1
    for i in capital:
        if i < done:
            continue
        for size in sizes.get(folded[i], ()):
            kinds = names.get(" ".join(folded[i : i + size]))
            if kinds is not None and i + size <= last and size <= MAX_UNIT:
                yield i, f"B{size}-{kinds}"
                for j in range(i + 1, i + size):
                    yield j, f"I-{kinds}"
                done = i + size
                break


def is_caps(upper: Any, letters: Any) -> Any:
    """Whether a sequence counts as set in capitals, from its words in capitals and all its words (numbers or arrays)."""
    return upper * 10 > letters * 7


@lru_cache(maxsize=1 << 15)
def _attributes(token: str, offset: int) -> tuple[str, ...]:
    return tuple(f"{offset}:{a}" for a, reach in attributes(token) if abs(offset) <= reach)


def _caps(tokens: Sequence[str]) -> str:
    """Whether most of a sequence is in capitals."""
    letters = [t for t in tokens if t[0].isalpha()]
    return "caps" if is_caps(sum(t.isupper() for t in letters), len(letters)) else "mixed"


def string_features(tokens: Sequence[str], kind: str) -> list[list[str]]:
    """The features of a sequence as crfsuite takes them: one list of strings a token. `kind` is the line's."""
    n = len(tokens)
    low = [fold(t) for t in tokens]
    forms = ["#", *(shape(t) for t in tokens), "#"]
    words = ["#", "#", *(word_of(t) for t in tokens), "#", "#"]
    capital = [i for i, t in enumerate(tokens) if t[0].isupper()]
    marks = dict(unit_marks(low, capital, n))
    caps = _caps(tokens)
    out: list[list[str]] = []
    for i in range(n):
        row = [f"k={kind}", f"c={caps}/{forms[i + 1]}", f"t={forms[i]} {forms[i + 1]} {forms[i + 2]}"]
        row += (f"{d}:g={marks[i + d]}" for d in (-1, 0, 1) if i + d in marks)
        for d in WINDOW:
            row += _attributes(tokens[i + d] if 0 <= i + d < n else BOUNDARY, d)
        row += (f"{d}:b={words[i + d + 2]} {words[i + d + 3]}" for d in PAIRS)
        out.append(row)
    return out
