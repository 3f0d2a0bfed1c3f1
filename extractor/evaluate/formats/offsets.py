"""Offsets that a tool counted in its own way, brought back to code points of the clean text and checked against the quote.

Browsers count UTF-16 units (an emoji is two), Windows files count `\\r\\n`, some portals write decomposed letters. A span is taken
as the tool's format counts; when the quote does not stand there, the other ways are tried, and every repair is reported.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, pairwise
from typing import Literal

from extractor.text import clean

Counting = Literal["code points", "UTF-16 units"]


@dataclass(frozen=True, slots=True)
class Repair:
    """One span that was not taken as it stood: where it was, where it is now (null when it was given up), and why."""

    article: str
    quote: str
    before: tuple[int, int]
    after: tuple[int, int] | None
    reason: str

    def __str__(self) -> str:
        now = f"now [{self.after[0]}, {self.after[1]})" if self.after else "left out"
        return f"{self.article}: {self.quote!r} [{self.before[0]}, {self.before[1]}): {self.reason}; {now}"


def to_utf16(text: str) -> list[int]:
    """UTF-16 offset of every code point, and of the end."""
    return [0, *accumulate(2 if c > "\uffff" else 1 for c in text)]


def _starts(text: str) -> list[int]:
    """Where pieces begin that normalise on their own: a letter with its combining marks, a `\\r\\n`."""
    out: list[int] = []
    for i, c in enumerate(text):
        joined = unicodedata.combining(c) or "\u1160" <= c <= "\u11ff" or (c == "\n" and i and text[i - 1] == "\r")
        if not joined or i == 0:
            out.append(i)
    return out


@dataclass
class Offsets:
    """A tool's text `raw`, its clean form `text`, and the repairs made so far for the article `id`."""

    id: str
    raw: str
    native: Counting = "code points"
    repairs: list[Repair] = field(default_factory=list)

    @cached_property
    def text(self) -> str:
        """The text as a record holds it."""
        return clean(self.raw)

    @cached_property
    def _to_clean(self) -> list[int]:
        """Offset in `text` of every code point of `raw`; those inside a piece go to the piece's start."""
        if self.raw == self.text:
            return list(range(len(self.raw) + 1))
        out = [0] * (len(self.raw) + 1)
        starts = [*_starts(self.raw), len(self.raw)]
        at = 0
        for start, end in pairwise(starts):
            for i in range(start, end):
                out[i] = at
            at += len(clean(self.raw[start:end]))
        out[len(self.raw)] = at
        return out

    @cached_property
    def _piece_starts(self) -> frozenset[int]:
        return frozenset((*_starts(self.raw), len(self.raw)))

    @cached_property
    def _countings(self) -> list[tuple[str, dict[int, int]]]:
        """Ways to count, the format's own first: the offset a tool gives → code point of `raw`."""
        widths: dict[str, Callable[[int, str], int]] = {
            "code points": lambda i, c: 1,
            "UTF-16 units": lambda i, c: 2 if c > "\uffff" else 1,
            r"\r\n for each line end": lambda i, c: 2 if c == "\n" and self.raw[i - 1 : i] != "\r" else 1,
            r"\n for each \r\n": lambda i, c: 0 if c == "\r" and self.raw[i + 1 : i + 2] == "\n" else 1,
            r"UTF-16 units, \r\n for each line end": lambda i, c: (
                2 if c > "\uffff" or (c == "\n" and self.raw[i - 1 : i] != "\r") else 1
            ),
            "UTF-8 bytes": lambda i, c: len(c.encode("utf-8", "surrogatepass")),
        }
        names = sorted(widths, key=lambda name: name != self.native)
        out: list[tuple[str, dict[int, int]]] = []
        for name in names:
            at = 0
            table: dict[int, int] = {}
            for i, c in enumerate(self.raw):
                table.setdefault(at, i)
                at += widths[name](i, c)
            table.setdefault(at, len(self.raw))
            out.append((name, table))
        return out

    def place(self, start: int, end: int, quote: str | None) -> tuple[int, int] | None:
        """The span in `text`, or null (and a report) when its quote is nowhere. Without a quote the format's counting is taken."""
        wanted = clean(quote) if quote is not None else None
        for name, table in self._countings:
            a, b = table.get(start), table.get(end)
            if a is None or b is None or a >= b:
                continue
            if wanted is None or _same(clean(self.raw[a:b]), wanted):
                span = self._snap(a, b)
                if name != self.native:
                    self._say(wanted or "", (start, end), span, f"offsets counted in {name}")
                elif not {a, b} <= self._piece_starts:
                    self._say(wanted or "", (start, end), span, "border inside a letter and its marks")
                return span
            if name == self.native and wanted is None:
                break
        return self._search(start, end, wanted)

    def _snap(self, a: int, b: int) -> tuple[int, int]:
        while b not in self._piece_starts:
            b += 1
        return self._to_clean[a], self._to_clean[b]

    def _search(self, start: int, end: int, wanted: str | None) -> tuple[int, int] | None:
        """The occurrence of the quote nearest to where it was said to be."""
        found: list[int] = []
        at = self.text.find(wanted) if wanted else -1
        while at >= 0 and wanted:
            found.append(at)
            at = self.text.find(wanted, at + 1)
        if not found or wanted is None:
            self._say(wanted or "", (start, end), None, "the quote does not stand in the text")
            return None
        nearest = min(found, key=lambda position: abs(position - start))
        span = nearest, nearest + len(wanted)
        self._say(wanted, (start, end), span, f"moved to the nearest of {len(found)} occurrences")
        return span

    def _say(self, quote: str, before: tuple[int, int], after: tuple[int, int] | None, reason: str) -> None:
        self.repairs.append(Repair(self.id, quote, before, after, reason))


def _same(found: str, wanted: str) -> bool:
    """Equal but for line ends that a tool shows as blanks."""
    return found == wanted or found.replace("\n", " ") == wanted.replace("\n", " ")
