"""Roles and forms of address of an article, found once by the first word of each token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.models import Reading
from extractor.rules import ask_for, token_places
from extractor.text import fold

_LONG = 60  # characters; no form is longer
_NAME = regex.compile(
    r"\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}|\p{Lu}{2,3}(?![\p{Lu}&\-])"
)  # a city's: "TP Điện Biên Phủ", in short
_FIRST = regex.compile(r"[\p{L}\p{M}]+|\p{N}+")


@dataclass(frozen=True, slots=True)
class Hit:
    """A form found in a text, `[start, end)`; read like a match of a pattern."""

    text: str
    at: int
    stop: int

    def start(self) -> int:
        """Where the form begins."""
        return self.at

    def end(self) -> int:
        """Where the form ends."""
        return self.stop

    def span(self) -> tuple[int, int]:
        """Start and end."""
        return self.at, self.stop

    def group(self) -> str:
        """The folded text of the form."""
        return self.text[self.at : self.stop]


class Forms:
    """Surface forms indexed by their first word: a text is scanned by look-ups instead of one long alternation.

    `bounded` forms end at a border of words. Blanks inside a form stand for one to three blanks of the text.
    """

    def __init__(self, forms: Iterable[str], *, bounded: bool = True) -> None:
        groups: dict[str, set[str]] = {}
        for form in forms:
            folded = fold(form)
            first = _FIRST.match(folded)
            if first:
                groups.setdefault(first.group(), set()).add(folded)
        self._forms = {word: tuple(sorted(group, key=len, reverse=True)) for word, group in groups.items()}
        self._bounded = bounded
        self._openings: dict[str, tuple[str, ...]] = {}  # forms by the first three letters of their first word
        for word, some in self._forms.items():
            self._openings[word[:3]] = (*self._openings.get(word[:3], ()), *some)
        self.words = frozenset(groups)  # the first words of all forms

    def of(self, word: str) -> tuple[str, ...]:
        """The forms that begin with a word."""
        return self._forms[word]

    def match(self, folded: str, start: int, end: int | None = None) -> Hit | None:
        """The longest form that begins at `start`, where a word begins, and ends before `end`."""
        if start >= 0:
            three, openings = folded[start : start + 3], self._openings
            some = openings.get(three) or openings.get(three[:2]) or openings.get(three[:1])
            if some is None or not (folded.startswith(some, start) or _doubled(folded, start)):
                return None
        first = _FIRST.match(folded, start)
        return self.at(folded, first.group(), start, end) if first else None

    def at(self, folded: str, word: str, start: int, end: int | None = None, *, doubled: bool = True) -> Hit | None:
        """The longest form that begins with `word`, which stands at `start`. `doubled`: the text may hold double blanks."""
        forms = self._forms.get(word)
        if forms is None:
            return None
        doubled = doubled and _doubled(folded, start)
        if not doubled and not folded.startswith(forms, start):
            return None
        limit = len(folded) if end is None else min(end, len(folded))
        for form in forms:
            stop = _end_of(folded, form, start, doubled=doubled)
            if stop is not None and stop <= limit and not self._inside(folded, form, stop):
                return Hit(folded, start, stop)
        return None

    def _inside(self, folded: str, form: str, stop: int) -> bool:
        """Whether a form ends inside a word, and must not."""
        return self._bounded and form[-1] != "." and stop < len(folded) and folded[stop].isalnum()

    def finditer(self, folded: str, start: int = 0) -> Iterator[Hit]:
        """The longest forms from an offset on, none overlapping an earlier one, before which no letter and no digit stands."""
        for first in _FIRST.finditer(folded, start):
            at = first.start()
            if at < start or first.group() not in self.words or (at and folded[at - 1].isalnum()):
                continue
            hit = self.at(folded, first.group(), at)
            if hit is not None:
                yield hit
                start = hit.end()


def _doubled(folded: str, start: int) -> bool:
    """Whether double blanks stand where a form may."""
    return folded.find("  ", start, start + _LONG) >= 0


def _end_of(folded: str, form: str, start: int, *, doubled: bool) -> int | None:
    """Where a form ends that begins at `start`; None where it does not stand there."""
    if folded.startswith(form, start):
        return start + len(form)
    return _follow(folded, form, start) if doubled else None


def _follow(folded: str, form: str, start: int) -> int | None:
    """Where `form` ends in the text if it begins at `start` with up to three blanks for one."""
    at = start
    for number, part in enumerate(form.split(" ")):
        if number:
            blank = at
            while at < blank + 3 and folded.startswith(" ", at):
                at += 1
            if at == blank:
                return None
        if not folded.startswith(part, at):
            return None
        at += len(part)
    return at


@lru_cache(maxsize=8)
def _first_words(tables: tuple[Forms, ...]) -> dict[str, tuple[tuple[int, tuple[str, ...]], ...]]:
    """First words of forms → the numbers of the tables that have them, with their forms of this word."""
    words = frozenset().union(*(table.words for table in tables))
    ask_for(words)
    return {word: tuple((n, table.of(word)) for n, table in enumerate(tables) if word in table.words) for word in words}


def find(reading: Reading, *tables: Forms) -> list[list[tuple[int, int]]]:
    """Spans of the forms of each table, the longest at each token, in text order (they may overlap)."""
    folded = reading.folded
    out: list[list[tuple[int, int]]] = [[] for _ in tables]
    known = _first_words(tables)
    doubled = "  " in folded
    places = token_places(reading)
    there = [(at, word) for word in places.keys() & known.keys() for at in places[word]]
    for start, word in sorted(there):
        for which, forms in known[word]:
            if doubled or folded.startswith(forms, start):
                hit = tables[which].at(folded, word, start, doubled=doubled)
                if hit is not None:
                    out[which].append(hit.span())
    return out


def _followed(reading: Reading, start: int, end: int, bound: Mapping[str, Sequence[Forms]]) -> bool:
    """Whether a role counts where it stands: one of the bound ones in capitals, and before what it needs."""
    needed = bound.get(reading.folded[start:end])
    if needed is None:
        return True
    named = _NAME.match(reading.text, end + 1) is not None
    return (
        (reading.text[start:end].isupper() or " " in reading.text[start:end])
        and not named
        and any(table.match(reading.folded, end + 1) for table in needed)
    )


def _ends_token(reading: Reading, end: int) -> bool:
    return reading.ends[reading.token_index(end - 1)] == end


class Marks:
    """The roles and forms of address of one article. `roles` are spans; `address` maps the end of a form to its start.

    `bound` are roles by what has to follow them at once: "TP" is a head of department before "Nội vụ", a city before "Vinh".
    """

    def __init__(
        self, reading: Reading, roles: Forms, address: Forms, bound: Mapping[str, Sequence[Forms]] | None = None
    ) -> None:
        self.reading = reading
        found, addressed = find(reading, roles, address)
        self.roles = [(s, e) for s, e in found if _ends_token(reading, e) and "\n" not in reading.text[s:e]]
        if bound:
            self.roles = [(s, e) for s, e in self.roles if _followed(reading, s, e, bound)]
        self.addressed = [(s, e) for s, e in addressed if "\n" not in reading.text[s:e]]
        self.address_ends = dict(self.addressed)  # where a form of address ends, by where it begins
        self._ends: dict[int, int] = {}
        for start, end in self.addressed:
            self._ends[end] = min(start, self._ends.get(end, start))

    def lead(self, at: int, floor: int = 0) -> int:
        """Where the forms of address that stand right before `at` begin, not before `floor`; `at` itself where none does."""
        text = self.reading.text
        begin = at
        while True:
            back = begin
            while back > floor and text[back - 1] in " ,.\u00a0":
                back -= 1
            found = next((end for end in range(back, min(begin, back + 2) + 1) if end in self._ends), None)
            if found is None or self._ends[found] < floor or begin == back:
                return begin
            begin = self._ends[found]
