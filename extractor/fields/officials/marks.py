"""Roles and forms of address of an article, found once by the first word of each token."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extractor.models import Reading
from extractor.text import fold

_FIRST = regex.compile(r"[\p{L}\p{M}]+|\p{N}+")


class Forms:
    """Surface forms indexed by their first word: a text is scanned by look-ups instead of one long alternation.

    The forms of a first word are compiled when the word is first met. `bounded` forms end at a border of words.
    """

    def __init__(self, forms: Iterable[str], *, bounded: bool = True) -> None:
        self._forms: dict[str, set[str]] = {}
        for form in forms:
            folded = fold(form)
            first = _FIRST.match(folded)
            if first:
                self._forms.setdefault(first.group(), set()).add(folded)
        self.words = frozenset(self._forms)  # the first words of all forms
        self._tail = r"(?![\p{L}\p{N}])" if bounded else ""
        self._patterns: dict[str, regex.Pattern[str]] = {}

    def pattern(self, word: str) -> regex.Pattern[str] | None:
        """The forms that begin with a word, longest first; None where there are none."""
        found = self._patterns.get(word)
        if found is None and word in self.words:
            found = self._patterns[word] = regex.compile(
                "|".join(
                    regex.escape(f, special_only=True, literal_spaces=True).replace(" ", " {1,3}")
                    + ("" if f.endswith(".") else self._tail)
                    for f in sorted(self._forms[word], key=len, reverse=True)
                )
            )
        return found

    def match(self, folded: str, start: int, end: int | None = None) -> regex.Match[str] | None:
        """The longest form that begins at `start`, where a word begins."""
        first = _FIRST.match(folded, start)
        pattern = self.pattern(first.group()) if first else None
        if pattern is None:
            return None
        return pattern.match(folded, start) if end is None else pattern.match(folded, start, end)


def find(reading: Reading, *tables: Forms) -> list[list[tuple[int, int]]]:
    """Spans of the forms of each table, the longest at each token, in text order (they may overlap)."""
    folded = reading.folded
    out: list[list[tuple[int, int]]] = [[] for _ in tables]
    known = frozenset().union(*(table.words for table in tables))
    for start, stop in zip(reading.starts, reading.ends, strict=True):
        word = folded[start:stop]
        if word in known:
            for table, spans in zip(tables, out, strict=True):
                pattern = table.pattern(word)
                if pattern is not None and (match := pattern.match(folded, start)) is not None:
                    spans.append(match.span())
    return out


class Marks:
    """The roles and forms of address of one article. `roles` are spans; `address` maps the end of a form to its start."""

    def __init__(self, reading: Reading, roles: Forms, address: Forms) -> None:
        self.reading = reading
        ends = set(reading.ends)
        found, addressed = find(reading, roles, address)
        self.roles = [(s, e) for s, e in found if e in ends and "\n" not in reading.text[s:e]]
        self.addressed = [(s, e) for s, e in addressed if "\n" not in reading.text[s:e]]
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
