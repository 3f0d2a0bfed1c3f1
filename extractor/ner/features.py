"""Features of the statistical layer: everything a model may know about a token, as strings.

A position's features are of three kinds, so that a decoder can replace strings by table look-ups:
attributes of single tokens at offsets in a window, pairs of neighbouring tokens, and attributes of the place
(gazetteer match, kind of line). `attributes` depends on the token alone and may be memoised.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

from extractor.models import Reading
from extractor.ner.lexicon import syllable_flags, unit_names
from extractor.text import fold, unaccent

BOUNDARY = "\x02"  # stands for the tokens outside a sequence
WINDOW = (-3, -2, -1, 0, 1, 2, 3)
MAX_UNIT = 5  # tokens of the longest unit name looked up


def shape(token: str) -> str:
    """The token's form: `X` one capital, `XX` capitals, `Xx` capitalised, `xX` mixed, `x` small, `d` with its length, or the sign itself."""
    if token[0].isdigit():
        return f"d{min(len(token), 5)}"
    if not token[0].isalpha():
        return token[0]
    if token.islower():
        return "x"
    if token.isupper():
        return "X" if len(token) == 1 else "XX"
    return "Xx" if token[1:].islower() else "xX"


def attributes(token: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What is known of a token alone: (attributes for the whole window, attributes for its own place)."""
    if token == BOUNDARY:
        return ("w=#",), ()
    low = fold(token)
    form = shape(token)
    word = low if form[0] != "d" or len(low) < 3 else form
    flags = syllable_flags(low)
    wide = (f"w={word}", f"s={form}", *(f"f={flag}" for flag in flags), *(f"f={flag}/{form}" for flag in flags))
    plain = unaccent(low)
    own = (f"ws={word}/{form}", f"p={plain[:2]}", f"e={plain[-2:]}", f"u={plain}/{form}") if token[0].isalpha() else ()
    return wide, own


def spans(reading: Reading) -> Iterator[tuple[int, int]]:
    """The sequences of a reading: half-open token ranges, one a sentence."""
    for start, end in reading.sentences:
        first, last = bisect_left(reading.starts, start), bisect_left(reading.starts, end)
        if first < last:
            yield first, last


def unit_marks(tokens: list[str]) -> list[str]:
    """For every token its place in the longest gazetteer name found there: `B-pd`, `I-pd`, or an empty string."""
    names = unit_names()
    low = [fold(t) for t in tokens]
    out = [""] * len(tokens)
    i = 0
    while i < len(tokens):
        if tokens[i][0].isupper():
            for size in range(min(MAX_UNIT, len(tokens) - i), 0, -1):
                kinds = names.get(" ".join(low[i : i + size]))
                if kinds is not None:
                    out[i] = f"B{size}-{kinds}"
                    for j in range(i + 1, i + size):
                        out[j] = f"I-{kinds}"
                    i += size - 1
                    break
        i += 1
    return out


def place_attributes(tokens: list[str], kind: str) -> list[list[str]]:
    """Attributes that a token has by its place in the sequence."""
    marks = unit_marks(tokens)
    letters = [t for t in tokens if t[0].isalpha()]
    caps = "caps" if letters and sum(t.isupper() for t in letters) > 0.7 * len(letters) else "mixed"
    out: list[list[str]] = []
    for i, mark in enumerate(marks):
        row = [f"k={kind}", f"c={caps}/{shape(tokens[i])}"]
        if mark:
            row.append(f"g={mark}")
        if i + 1 < len(marks) and marks[i + 1]:
            row.append(f"g+={marks[i + 1]}")
        if i and marks[i - 1]:
            row.append(f"g-={marks[i - 1]}")
        out.append(row)
    return out


@cache
def _wide(token: str, offset: int) -> tuple[str, ...]:
    wide, own = attributes(token)
    return tuple(f"{offset}:{a}" for a in (wide + own if offset == 0 else wide))


def string_features(tokens: list[str], kind: str) -> list[list[str]]:
    """The features of a sequence as crfsuite takes them: one list of strings a token."""
    n = len(tokens)
    out: list[list[str]] = []
    low = [fold(t) for t in tokens]
    forms = [shape(t) for t in tokens]
    for i, row in enumerate(place_attributes(tokens, kind)):
        for offset in WINDOW:
            at = i + offset
            row += _wide(tokens[at] if 0 <= at < n else BOUNDARY, offset)
        before, after = low[i - 1] if i else "#", low[i + 1] if i + 1 < n else "#"
        shapes = (forms[i - 1] if i else "#", forms[i], forms[i + 1] if i + 1 < n else "#")
        row += (f"b-={before}_{low[i]}", f"b+={low[i]}_{after}", "t=" + "_".join(shapes))
        out.append(row)
    return out
