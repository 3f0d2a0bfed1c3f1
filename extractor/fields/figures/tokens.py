"""A sentence as a row of tokens in which numbers, dates, places, programmes and groups stand for their kinds."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

_WORD = regex.compile(r"\p{L}+|\d[\d.,/%-]*|[^\s\w]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark, or a span that stands for its kind (`DATE`, `PLACE`, `PROG`, `GROUP`, `#person` …)."""

    start: int
    end: int
    text: str


class Tokens:
    """The tokens of one sentence in text order."""

    def __init__(self, folded: str, start: int, end: int, spans: Iterable[tuple[int, int, str]]) -> None:
        self.items: list[Token] = []
        at = start
        for a, b, kind in sorted(spans):
            if a < at or b > end:
                continue
            self._words(folded, at, a)
            self.items.append(Token(a, b, kind))
            at = b
        self._words(folded, at, end)
        self._starts = [t.start for t in self.items]

    def _words(self, folded: str, start: int, end: int) -> None:
        for m in _WORD.finditer(folded, start, end):
            text = m.group()
            self.items.append(Token(m.start(), m.end(), "#" if text[0].isdigit() else text))

    def index(self, at: int) -> int:
        """Index of the first token that begins at or behind offset `at`."""
        return bisect_left(self._starts, at)

    def before(self, at: int, n: int) -> Sequence[str]:
        """The texts of the last `n` tokens that begin before offset `at`, nearest first."""
        i = self.index(at)
        return [t.text for t in self.items[max(0, i - n) : i]][::-1]

    def behind(self, at: int, n: int) -> Sequence[str]:
        """The texts of the first `n` tokens from offset `at` on."""
        i = self.index(at)
        return [t.text for t in self.items[i : i + n]]
