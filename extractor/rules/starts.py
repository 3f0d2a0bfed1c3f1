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


def _pairs(forms: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The first two words of folded forms by the first word, but for words that are a form by themselves or go on otherwise."""
    out: dict[str, set[str]] = {}
    for form in forms:
        first, second = _first_word(form), form.split(" ")[:2]
        out.setdefault(first, set()).add(" ".join(second) if second[0] == first and len(second) == 2 else "")
    return {word: tuple(some) for word, some in out.items() if "" not in some}


def _spaced_out(folded: str, at: int) -> bool:
    """Whether other white space than a single blank stands at an offset: a form may go on behind it."""
    space = folded[at : at + 2]
    return space[:1].isspace() and (space[0] != " " or space[1:].isspace())


_Hits = dict[int, regex.Match[str] | None]  # by place


class Starts:
    """A compiled expression over folded text whose matches begin where tokens do, with one of the first words of `forms`.

    `whole`: every match begins with the whole of one of the forms, white space apart; `alone`: nothing behind a match but that
    no letter and no digit follows decides on it, so that it is the same in every stretch that does not end in a word.
    """

    __slots__ = ("_alone", "_hits", "_name", "_pairs", "_words", "pattern")

    def __init__(
        self, name: str, pattern: regex.Pattern[str], forms: Iterable[str], *, whole: bool = False, alone: bool = False
    ) -> None:
        """`name` is the key under which an article's places are kept: one for each set of forms."""
        self.pattern, self._alone = pattern, alone
        self._name, self._hits = f"starts {name}", f"hits {name}"
        folded = sorted(set(map(fold, forms)))
        self._words = first_words(folded)
        self._pairs: dict[str, tuple[str, ...]] = {}  # the first two words of forms by the first, where all have two
        if whole and self._words is not None:
            self._pairs = _pairs(folded)
        ask_for(self._words or ())

    def places(self, reading: Reading) -> list[int]:
        """Where matches can begin, in text order: at first words, behind which the rest of a form may stand."""
        found: list[int] | None = reading.kept.get(self._name)
        if found is None:
            known = token_places(reading)
            found = []
            for word in known.keys() & (self._words or ()):
                found += self._begins(reading, word, known)
            found.sort()
            reading.kept[self._name] = found
        return found

    def _begins(self, reading: Reading, word: str, known: dict[str, list[int]]) -> list[int]:
        """Where a first word stands, without the places where none of its forms can."""
        pairs, folded, size = self._pairs.get(word), reading.folded, len(word)
        if pairs is None:
            return known[word]
        return [at for at in known[word] if folded.startswith(pairs, at) or _spaced_out(folded, at + size)]

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
        places = self.places(reading)
        found = places[bisect_left(places, begin) : bisect_left(places, stop)]
        if end is not None and (cut := _cut(reading, begin, end)) is not None and cut not in found[-1:]:
            found.append(cut)
        known = self._known(reading, stop) if found else None
        for at in found:
            if at >= begin and (hit := self._at(reading, at, stop, known)) is not None:
                yield hit
                begin = max(hit.end(), at + 1)

    def _known(self, reading: Reading, stop: int) -> _Hits | None:
        """The matches found so far, where they are the same in a stretch that ends at `stop`."""
        inside = reading.folded[stop - 1 : stop + 1].isalnum() and stop < len(reading.folded)
        found: _Hits | None = None if inside or not self._alone else reading.kept.setdefault(self._hits, {})
        return found

    def _at(self, reading: Reading, at: int, stop: int, known: _Hits | None) -> regex.Match[str] | None:
        """The match at a place in a stretch that ends at `stop`."""
        if known is not None:
            if at not in known:
                known[at] = self.pattern.match(reading.folded, at)
            hit = known[at]
            if hit is None or hit.end() <= stop:
                return hit
        return self.pattern.match(reading.folded, at, stop)

    def match(self, reading: Reading, at: int, end: int) -> regex.Match[str] | None:
        """As `Pattern.match` in the folded text of a reading."""
        if self._words is not None:
            places = self.places(reading)
            number = bisect_left(places, at)
            if places[number : number + 1] != [at] and _cut(reading, at, end) != at:
                return None
        return self.pattern.match(reading.folded, at, end)
