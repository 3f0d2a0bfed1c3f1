"""Expressions of many forms, tried only where a word stands that one of the forms begins with.

A search through a stretch of text tries all forms at every character; most stretches hold no first word of any.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import compress
from typing import NamedTuple

import regex

from extractor.models import Reading
from extractor.text import fold

_WORD = regex.compile(r"\p{L}+")
_DIGITS = regex.compile(r"\d+")


def first_words(forms: Iterable[str]) -> frozenset[str] | None:
    """The folded first words of forms; None where one begins with anything but a letter."""
    found = frozenset(_first_word(fold(form)) for form in forms)
    return None if "" in found else found


def _first_word(form: str) -> str:
    found = _WORD.match(form)
    return found.group() if found else ""


def words_of(text: str) -> list[str]:
    """The runs of letters of a folded text."""
    found: list[str] = _WORD.findall(text)
    return found


class _Folds(dict[str, str]):
    """Token → its folded form, "" for one that nobody asks for. Fills itself; all is forgotten when it has grown too large."""

    def __missing__(self, token: str) -> str:
        low = fold(token)
        found = low if low in _asked else ""
        if len(self) >= _MOST:
            self.clear()
        self[token] = found
        return found


_MOST = 1 << 13
_asked: set[str] = set()  # first words of all expressions of this process, whatever their set of patterns
_folds = _Folds()


def ask_for(words: Iterable[str]) -> None:
    """Have `token_places` tell where these words stand, in readings of which it was not asked yet."""
    known = len(_asked)
    _asked.update(words)
    if len(_asked) > known:
        _folds.clear()


def token_places(reading: Reading) -> dict[str, list[int]]:
    """Folded token → where it stands in a reading, of the words that were asked for; found once for all fields."""
    kept: tuple[int, dict[str, list[int]]] | None = reading.kept.get("token places")
    if kept is not None and kept[0] == len(_asked):
        return kept[1]
    size = len(_asked)
    tokens: list[str] | None = reading.kept.get("tokens")
    if tokens is None:
        tokens = [reading.text[start:end] for start, end in zip(reading.starts, reading.ends, strict=True)]
        reading.kept["tokens"] = tokens
    words = [*map(_folds.__getitem__, tokens)]
    found: defaultdict[str, list[int]] = defaultdict(list)
    for start, word in compress(zip(reading.starts, words, strict=True), words):
        found[word].append(start)
    reading.kept["token places"] = size, found
    return found


class DigitRuns(NamedTuple):
    """The runs of digits of a reading: where all begin, where those of four begin, and the spans of those of one or two."""

    all: list[int]
    four: list[int]
    short: list[tuple[int, int]]


def digit_runs(reading: Reading) -> DigitRuns:
    """The runs of digits of a reading, found once."""
    found: DigitRuns | None = reading.kept.get("digit runs")
    if found is None:
        spans = [m.span() for m in _DIGITS.finditer(reading.folded)]
        found = reading.kept["digit runs"] = DigitRuns(
            [start for start, _ in spans],
            [start for start, end in spans if end - start == 4],
            [span for span in spans if span[1] - span[0] <= 2],
        )
    return found


def digit_places(reading: Reading) -> list[int]:
    """Where runs of digits begin in a reading."""
    return digit_runs(reading).all


def matches_at(pattern: regex.Pattern[str], text: str, places: Iterable[int]) -> Iterator[regex.Match[str]]:
    """As `Pattern.finditer`, where every match begins at one of the places, which are in text order."""
    match, end = pattern.match, 0
    for at in places:
        if at >= end and (found := match(text, at)) is not None:
            yield found
            end = max(found.end(), at + 1)


def _cut(reading: Reading, begin: int, end: int) -> int | None:
    """Where the token begins that the end of a stretch cuts in two: what is left of it may be another word."""
    at = reading.token_index(end - 1)
    return reading.starts[at] if at >= 0 and begin <= reading.starts[at] < end < reading.ends[at] else None


class Starts:
    """A compiled expression over folded text whose matches begin where tokens do, with one of the first words of `forms`.

    `whole`: every match begins with the whole of one of the forms, white space apart.
    """

    __slots__ = ("_forms", "_longest", "_name", "_words", "pattern")

    def __init__(self, name: str, pattern: regex.Pattern[str], forms: Iterable[str], *, whole: bool = False) -> None:
        """`name` is the key under which an article's places are kept: one for each set of forms."""
        self.pattern = pattern
        self._name = f"starts {name}"
        folded = sorted(set(map(fold, forms)))
        self._words = first_words(folded)
        self._forms: dict[str, tuple[str, ...]] = {}  # by their first word
        if whole and self._words is not None:
            for form in folded:
                word = _first_word(form)
                self._forms[word] = (*self._forms.get(word, ()), form)
        self._longest = max(map(len, folded), default=0)
        ask_for(self._words or ())

    def places(self, reading: Reading) -> list[int]:
        """Where matches can begin, in text order: at first words, behind which the rest of a form may stand."""
        found: list[int] | None = reading.kept.get(self._name)
        if found is None:
            known = token_places(reading)
            found = sorted(
                at for word in known.keys() & (self._words or ()) for at in self._begins(reading, word, known)
            )
            reading.kept[self._name] = found
        return found

    def _begins(self, reading: Reading, word: str, known: dict[str, list[int]]) -> list[int]:
        """Where a first word stands, without the places where none of its forms can."""
        forms, folded = self._forms.get(word), reading.folded
        if forms is None or forms[0] == word:  # the shortest is first
            return known[word]
        return [at for at in known[word] if folded.startswith(forms, at) or self._spaced_out(folded, at)]

    def _spaced_out(self, folded: str, at: int) -> bool:
        """Whether other white space than single blanks stands where a form may: forms stand there in other spellings."""
        stretch = folded[at : at + self._longest]
        return "  " in stretch or not stretch.isprintable()

    def stands(self, reading: Reading, begin: int, end: int) -> bool:
        """Whether a match can begin in `[begin, end)`, which cuts no token in two."""
        if self._words is None:
            return True
        places = self.places(reading)
        at = bisect_left(places, begin)
        return at < len(places) and places[at] < end

    def search(self, reading: Reading, begin: int, end: int) -> regex.Match[str] | None:
        """As `Pattern.search` in the folded text of a reading."""
        return next(self.finditer(reading, begin, end), None)

    def finditer(self, reading: Reading, begin: int = 0, end: int | None = None) -> Iterator[regex.Match[str]]:
        """As `Pattern.finditer` in the folded text of a reading: tried at the places alone."""
        stop = len(reading.folded) if end is None else end
        if self._words is None:
            yield from self.pattern.finditer(reading.folded, begin, stop)
            return
        places, match = self.places(reading), self.pattern.match
        found = places[bisect_left(places, begin) : bisect_left(places, stop)]
        if end is not None and (cut := _cut(reading, begin, end)) is not None and cut not in found[-1:]:
            found.append(cut)
        for at in found:
            if at >= begin and (hit := match(reading.folded, at, stop)) is not None:
                yield hit
                begin = max(hit.end(), at + 1)

    def match(self, reading: Reading, at: int, end: int) -> regex.Match[str] | None:
        """As `Pattern.match` in the folded text of a reading."""
        if self._words is not None:
            places = self.places(reading)
            number = bisect_left(places, at)
            if places[number : number + 1] != [at] and _cut(reading, at, end) != at:
                return None
        return self.pattern.match(reading.folded, at, end)
