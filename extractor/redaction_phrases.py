"""Many phrases looked up at the words of a text: the work grows with the text, not with the text times the phrases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import regex

_RUN = regex.compile(r"[\p{L}\p{M}\p{N}]+")
_ANYWHERE = regex.compile("")


class Phrases:
    """Phrases of words that blanks of any number part in the text; each begins with a letter or digit.

    Of those that begin at one word the longest counts, and none begins within another. No letter, digit or mark stands before
    or behind; `before` and `behind` are further expressions of no width, tried at a phrase's begin and end.
    """

    def __init__(
        self,
        phrases: Iterable[str],
        *,
        before: regex.Pattern[str] = _ANYWHERE,
        behind: regex.Pattern[str] = _ANYWHERE,
    ) -> None:
        self._known = {_plain(phrase) for phrase in phrases}
        self._begun = {phrase[: run.end()] for phrase in self._known for run in _RUN.finditer(phrase)}
        self._before, self._behind = before, behind

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, in text order."""
        free = 0
        for run in _RUN.finditer(text):
            if run.start() < free or run.group() not in self._begun or not self._before.match(text, run.start()):
                continue
            end = self._longest(text, run.start())
            if end is not None:
                yield run.start(), end
                free = end

    def _longest(self, text: str, start: int) -> int | None:
        """Where the longest phrase that begins at `start` ends."""
        found = None
        for run in _RUN.finditer(text, start):
            said = _plain(text[start : run.end()])
            for end in (run.end(), run.end() + 1):  # a phrase may end with a stop: "N.T."
                if text[end - 1 : end].strip() and _plain(text[start:end]) in self._known and self._ends(text, end):
                    found = end
            if said not in self._begun:
                return found
        return found

    def _ends(self, text: str, end: int) -> bool:
        return _RUN.match(text, end) is None and self._behind.match(text, end) is not None


def _plain(text: str) -> str:
    return " ".join(text.split())
