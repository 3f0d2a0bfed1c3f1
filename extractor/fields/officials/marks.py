"""Roles and forms of address of an article, found once by the first word of each token."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from extractor.models import Reading
from extractor.text import fold

_FIRST = regex.compile(r"[\p{L}\p{M}]+|\p{N}+")


class Forms:
    """Surface forms indexed by their first word: a text is scanned by look-ups instead of one long alternation."""

    def __init__(self, forms: Iterable[str], *, bounded: bool = True) -> None:
        groups: dict[str, set[str]] = {}
        for form in forms:
            folded = fold(form)
            first = _FIRST.match(folded)
            if first:
                groups.setdefault(first.group(), set()).add(folded)
        tail = r"(?![\p{L}\p{N}])" if bounded else ""
        self._patterns = {
            word: regex.compile(
                "(?:"
                + "|".join(
                    regex.escape(f, special_only=True, literal_spaces=True).replace(" ", " {1,3}")
                    + ("" if f.endswith(".") else tail)
                    for f in sorted(group, key=len, reverse=True)
                )
                + ")"
            )
            for word, group in groups.items()
        }

    def match(self, folded: str, start: int, end: int | None = None) -> regex.Match[str] | None:
        """The longest form that begins at `start`, where a word begins."""
        first = _FIRST.match(folded, start)
        if first is None:
            return None
        pattern = self._patterns.get(first.group())
        if pattern is None:
            return None
        return pattern.match(folded, start) if end is None else pattern.match(folded, start, end)

    @property
    def patterns(self) -> dict[str, regex.Pattern[str]]:
        """The pattern of each first word."""
        return self._patterns


def find(reading: Reading, *tables: Forms) -> list[list[tuple[int, int]]]:
    """Spans of the forms of each table, the longest at each token, in text order (they may overlap)."""
    folded = reading.folded
    indexed: list[tuple[dict[str, regex.Pattern[str]], list[tuple[int, int]]]] = [(t.patterns, []) for t in tables]
    for start, stop in zip(reading.starts, reading.ends, strict=True):
        word = folded[start:stop]
        for patterns, spans in indexed:
            pattern = patterns.get(word)
            if pattern is not None and (match := pattern.match(folded, start)) is not None:
                spans.append(match.span())
    return [spans for _, spans in indexed]


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
