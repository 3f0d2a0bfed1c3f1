"""The times that an article tells, as a career has them: from when, until when, at which time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.officials.activities import DOCUMENT_DATE
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.records import Date

_FROM = template(r"{from-time}[ ]$")
_TO = template(r"{to-time}[ ]$")
_OPEN = template(r"\s*(?:-|–|—|{to-today})\s*{today}(?!\p{L})")
_SPAN = template(r"\s*(?:-|–|—|{to-today})\s*")
_BARE = compiled(r"(?<![\p{L}\p{N}/.,\-–])(?:19[3-9]|20[0-4])\d(?![\p{L}\p{N}]|[/.,]\p{N})")
_BIRTH = template(r"{born}:?[ ]$")

Kind = Literal["range", "from", "to", "at"]


@dataclass(frozen=True, slots=True)
class Term:
    """A told time `[start, end)`, the words around it included ("từ … đến nay"); `bare` is a year without a word beside it."""

    start: int
    end: int
    since: str | None
    until: str | None
    kind: Kind
    bare: bool = False

    @property
    def single(self) -> bool:
        """Whether it is one time, or a begin."""
        return self.kind in ("at", "from")


def ends_before(value: str | None, day: str | None) -> bool:
    """Whether a TIMEX3 value is over on an ISO day; unknown days are later than every told time."""
    if value is None:
        return False
    known = regex.match(r"[\d-]+", value)
    digits = (known.group() if known else value).rstrip("-")
    return day is None or digits < day[: len(digits)]


class Terms:
    """The told times of an article in text order. Dates of documents and of birth are no part of a career."""

    def __init__(self, reading: Reading, dates: Sequence[Date]) -> None:
        self._reading, self._dates = reading, dates

    @cached_property
    def _all(self) -> list[Term]:
        """All of them, found when they are first asked for: most articles tell of no career."""
        dates = self._dates
        dated = [t for d in dates if d.value and d.value[0].isdigit() for t in self._of(d.start, d.end, d.value)]
        taken = Spans((d.start, d.end) for d in dates)
        years = [
            t
            for m in _BARE.finditer(self._reading.text)
            if not taken.meet(*m.span())
            for t in self._of(m.start(), m.end(), m.group(), bare=True)
        ]
        return self._spanned(sorted([*dated, *years], key=lambda t: t.start))

    @cached_property
    def _starts(self) -> list[int]:
        return [t.start for t in self._all]

    def between(self, begin: int, end: int) -> list[Term]:
        """The times that lie in `[begin, end)`."""
        inside = self._all[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]
        return [t for t in inside if t.end <= end]

    def _of(self, start: int, end: int, value: str, *, bare: bool = False) -> list[Term]:
        folded = self._reading.folded
        start += len(folded[start:end]) - len(folded[start:end].lstrip())
        floor = max(0, start - 60)
        if DOCUMENT_DATE.search(folded, floor, start) or _BIRTH.search(folded, floor, start):
            return []
        first, _, last = value.partition("/")
        opened = _FROM.search(folded, floor, start)
        begin = opened.start() if opened else start
        if last:
            return [Term(begin, end, first, last, "range")]
        today = _OPEN.match(folded, end)
        if today:
            return [Term(begin, today.end(), first, None, "from")]
        if opened:
            return [Term(begin, end, first, None, "from", bare)]
        return self._single(start, end, first, bare=bare)

    def _single(self, start: int, end: int, value: str, *, bare: bool) -> list[Term]:
        """A time that nothing opens: an end, or a time by itself."""
        folded, floor = self._reading.folded, max(0, start - 60)
        closes = _TO.search(folded, floor, start)
        if closes and not self._opens_sentence(closes.start()):
            return [Term(closes.start(), end, None, value, "to", bare)]
        if self._alone_in_brackets(start, end):
            return []
        return [Term(start, end, value, value, "at", bare)]

    def _opens_sentence(self, at: int) -> bool:
        """Whether a sentence begins at `at`: "Đến năm 2015, ông …" tells when something began."""
        return self._reading.text[at].isupper() or self._reading.folded[max(0, at - 3) : at].rstrip(" ")[-1:] in (
            "",
            "\n",
            ".",
            ";",
        )

    def _alone_in_brackets(self, start: int, end: int) -> bool:
        """Whether a year stands alone in brackets, as that of a birth does: "ông A (1970)"."""
        text = self._reading.text
        return end - start == 4 and text[start - 1 : start] == "(" and text[end : end + 1] == ")"

    def _spanned(self, terms: Sequence[Term]) -> list[Term]:
        """Two times with a dash or "đến" between them are one range: "2004 - 8/2005"."""
        out: list[Term] = []
        for term in terms:
            if out and self._joins(out[-1], term):
                out[-1] = replace(out[-1], end=term.end, until=term.until, kind="range", bare=False)
            else:
                out.append(term)
        return out

    def _joins(self, before: Term, term: Term) -> bool:
        """Whether a time and the one before it are begin and end of one range."""
        if not before.single or before.since is None or before.end > term.end:
            return False
        gap = self._reading.folded[before.end : max(before.end, term.start)]
        if term.kind == "to":
            return not gap.strip(" -–")
        return term.kind == "at" and bool(gap) and _SPAN.fullmatch(gap) is not None
