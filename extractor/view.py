"""The text as it is read: single plain blanks, one kind of dash, nothing invisible; and the way back to the article's own offsets.

Editors and converters double blanks, mix them with no-break ones, indent lines, part words with signs that nobody sees. Every
field reads the view, so that no pattern of any field has to allow for it; a record's offsets are the article's.
"""

from __future__ import annotations

import dataclasses
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import regex

from extractor.compiled import compiled
from extractor.models import Dropped, Mention
from extractor.records import Item, Span, Warning
from extractor.text import BLANKS, unaccent

INVISIBLE = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u034f\u180e"
)
PARTING = "\u200b"  # the zero-width space; joiners, soft hyphens and marks of direction part no words
_BREAKS = "\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_SEEN = "".join(sorted({" ", "\x1f", *BLANKS} - set(INVISIBLE) - {"\t"}))  # blanks that take room, but for the tab
_ANY = f"{_SEEN}\t{INVISIBLE}{_BREAKS}"
_RUN = compiled(f"[{_ANY}]{{2,}}|[{_ANY}--[ \t\n]]|\\A[ \t\n]|[ \t\n]\\Z", regex.V1)
_BREAK = compiled(f"[{_BREAKS}]")
_ROOM = compiled(f"[{_SEEN}]")
_ODD = tuple(sorted(set(_ANY) - {" ", "\n"}))
_JOINER = "\u034f"
_LETTERS_BEFORE = compiled(r"(?r)\p{L}+")
_LETTERS = compiled(r"\p{L}+")
_SYLLABLE = compiled(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|l|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|m|n|ng|nh|p|t)?"
)
T = TypeVar("T", bound=Item)
S = TypeVar("S", bound=Span)


@dataclasses.dataclass(frozen=True, slots=True)
class View:
    """A text as it is read. `starts` and `sources` are the offsets, in the view and in the text, where kept stretches begin."""

    text: str
    source: str
    starts: Sequence[int] = (0,)
    sources: Sequence[int] = (0,)

    def offset(self, at: int) -> int:
        """The offset in the article's text of a code point of the view."""
        k = bisect_right(self.starts, at) - 1
        return self.sources[k] + at - self.starts[k]

    def position(self, at: int) -> int:
        """The offset in the view of a code point of the article's text; of one that is left out, where the next kept one stands."""
        k = bisect_right(self.sources, at) - 1
        end = self.starts[k + 1] if k + 1 < len(self.starts) else len(self.text)
        return min(self.starts[k] + at - self.sources[k], end)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A stretch of the view, not empty, as one of the article's text."""
        return self.offset(start), self.offset(end - 1) + 1

    def item(self, item: T) -> T:
        """A record's item at its place in the article's text, with all its parts."""
        if self.text is self.source:
            return item
        names = type(item).parts()
        if not names:
            return self._quote(item)
        return self._quote(item, **{name: tuple(map(self._quote, getattr(item, name))) for name in names})

    def _quote(self, quote: S, **more: Any) -> S:
        start, end = self.span(quote.start, quote.end)
        # As `model_copy` does it, in half its time: by the protocol of pickle and copy.
        state = quote.__getstate__()
        state["__dict__"] = {**state["__dict__"], "start": start, "end": end, "text": self.source[start:end], **more}
        copy = object.__new__(type(quote))
        copy.__setstate__(state)
        return copy

    def warning(self, warning: Warning) -> Warning:
        """A warning at its place in the article's text."""
        if self.text is self.source or warning.start is None or warning.end is None:
            return warning
        start, end = self.span(warning.start, warning.end)
        return warning.model_copy(update={"start": start, "end": end})

    def moved(self, found: Sequence[Mention | Dropped]) -> list[Any]:
        """Mentions or dropped candidates at their places in the article's text."""
        if self.text is self.source:
            return list(found)
        out = []
        for x in found:
            start, end = self.span(x.start, x.end) if x.end > x.start else (self.offset(x.start),) * 2
            out.append(dataclasses.replace(x, start=start, end=end, text=self.source[start:end]))
        return out


def view(text: str) -> View:
    """The view of a text that went through `text.clean`; most texts are their own."""
    runs = _runs(text)
    if not runs:
        return View(_one_dash(text), text)
    pieces: list[str] = []
    starts, sources = [0], [0]
    at = length = 0
    for start, end, sign in runs:
        pieces += (text[at:start], sign)
        length += start - at
        if sign:  # stands where the run begins, a sign of it to each of its own
            starts.append(length)
            sources.append(start)
            length += len(sign)
        starts.append(length)
        sources.append(end)
        at = end
    pieces.append(text[at:])
    return View(_one_dash("".join(pieces)), text, starts, sources)


def _runs(text: str) -> list[tuple[int, int, str]]:
    """The runs of blanks, line breaks and invisible signs that are read as something else: start, end, and as what."""
    if "  " in text or text[:1].isspace() or text[-1:].isspace() or _has_odd(text):
        runs = (run.span() for run in _RUN.finditer(text))
        read = ((start, end, _sign(text, start, end)) for start, end in runs)
        return [(start, end, sign) for start, end, sign in read if sign != text[start:end]]
    return [(start, end, "\n") for start, end in _breaks(text)]


def _has_odd(text: str) -> bool:
    """Whether a text has blanks or signs other than the plain ones; of those that can be printed only one is such."""
    if _JOINER not in text and text.replace("\n", " ").isprintable():
        return False
    return any(sign in text for sign in _ODD)


def _breaks(text: str) -> Iterator[tuple[int, int]]:
    """Line breaks with blanks or further breaks beside them, in a text that has no other runs and begins and ends with none."""
    at = text.find("\n")
    while at >= 0:
        start, end = at - (text[at - 1] == " "), at + 1
        while text[end] in " \n":
            end += 1
        if end - start > 1:
            yield start, end
        at = text.find("\n", end)


def _one_dash(text: str) -> str:
    for dash in _DASHES:
        if dash in text:
            text = text.replace(dash, "-")
    return text


def plain(text: str) -> str:
    """A short text, such as a headline, as a view has it."""
    return view(text).text


def _sign(text: str, start: int, end: int) -> str:
    """What a run of blanks, line breaks and invisible signs is read as."""
    run = text[start:end]
    if start == 0 or end == len(text):
        return ""
    if _BREAK.search(run) is not None:
        tabs = run[max(run.rfind(sign) for sign in _BREAKS) + 1 :].count("\t")
        return "\n" + "\t" * tabs if tabs and _is_row(text, end) else "\n"
    if "\t" in run:
        return "\t" * run.count("\t")
    if _ROOM.search(run) is not None:
        return " "
    return " " if _parts_syllables(text, start, end) else ""


def _is_row(text: str, start: int) -> bool:
    """Whether the tabs before `start`, where a line begins, are empty cells: further cells follow."""
    stop = _BREAK.search(text, start)
    return "\t" in text[start : stop.start() if stop else len(text)].strip(_ANY)


def _parts_syllables(text: str, start: int, end: int) -> bool:
    """Whether zero-width spaces stand for a blank: between two syllables, or a number and a word, that nothing else parts."""
    if PARTING not in text[start:end]:
        return False
    before, after = text[start - 1], text[end]
    if before.isdigit() or after.isdigit():
        return before.isalpha() or after.isalpha()
    left, right = _LETTERS_BEFORE.match(text, endpos=start), _LETTERS.match(text, end)
    if left is None or right is None:
        return False
    head, tail = left.group(), right.group()
    if head[-1:].islower() and tail[0].isupper():
        return True
    return _is_syllable(head) and _is_syllable(tail) and not _is_syllable(head + tail)


def _is_syllable(word: str) -> bool:
    return len(word) < 8 and _SYLLABLE.fullmatch(unaccent(word)) is not None
