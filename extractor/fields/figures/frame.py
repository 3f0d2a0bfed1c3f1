"""What the article tells of groups, places and periods, as candidates for its figures: each phrase with what it is linked to."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

import regex

from extractor.models import Reading
from extractor.outline import Opening, Outline, brackets, covering

SENTENCES = 3  # sentences before a figure's own in which a candidate may stand
MOST = 14  # candidates of a decision
LEAD = 4  # candidates that the lead gives to a figure of the headline
LONGEST_MATCH = 200  # code points of a name, or of what says who speaks
OPENING = 2  # of them from headline and lead


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase `[start, end)` that may tell a figure's group, place or period.

    `value` is the code or TIMEX value it is linked to, `tags` what can be said of the phrase by itself; `parts` are the members
    of a list of places. `nothing`: the phrase says that nothing is told ("hiện nay").
    """

    start: int
    end: int
    value: str | None = None
    tags: tuple[str, ...] = ()
    parts: tuple[Phrase, ...] = ()
    nothing: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """The figure whose attributes are asked for: its span, the offset of its number, and its label as far as it is known."""

    start: int
    end: int
    core: int
    value: float
    unit: str
    noun: str = ""
    indicator: str = ""
    status: str = "actual"
    programmes: tuple[str, ...] = ()


@dataclass(slots=True)
class Frame:
    """A reading with its outline, its headline and lead, and the spans of its quantities: what the place of a phrase is told by."""

    reading: Reading
    outline: Outline
    quantities: Sequence[tuple[int, int]]
    opening: Opening
    people: dict[str, list[tuple[int, int]]] = field(default_factory=dict)  # full names by their last word
    _starts: list[int] = field(default_factory=list)
    _brackets: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    _scans: dict[tuple[str, int], _Scan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._starts = [a for a, _ in self.quantities]

    @property
    def quantity_starts(self) -> list[int]:
        """Where the quantities begin, in order."""
        return self._starts

    def between(self, start: int, end: int) -> int:
        """How many quantities begin in `[start, end)`."""
        return bisect_left(self._starts, end) - bisect_left(self._starts, start)

    def row(self, at: int) -> int | None:
        """Index of the table row around offset `at`, or None."""
        index = self.outline.index(at)
        return index if self.outline.blocks and self.outline.blocks[index].kind == "row" else None

    def bracket(self, at: int) -> tuple[int, int] | None:
        """The innermost brackets around offset `at` in its sentence."""
        number = self.outline.sentence_index(at)
        found = self._brackets.get(number)
        if found is None:
            start, end = self.outline.sentence_at(at)
            found = self._brackets[number] = brackets(self.reading.folded, start, end)
        return covering(found, at)

    def last(
        self, name: str, pattern: regex.Pattern[str], text: str, start: int, end: int
    ) -> regex.Match[str] | None:  # fmt: skip
        """The last match in `[start, end)` of those that are found from its start on; `name` is the pattern's.

        What ever later ends of a stretch are asked for is searched once.
        """
        scan = self._scans.get((name, start))
        if scan is None or end < scan.asked:
            scan = self._scans[name, start] = _Scan(start)
        return scan.to(pattern, text, end)


@dataclass(slots=True)
class _Scan:
    """A search from a start to ever later ends: where it goes on, and the last match before."""

    at: int
    match: regex.Match[str] | None = None
    asked: int = 0

    def to(self, pattern: regex.Pattern[str], text: str, end: int) -> regex.Match[str] | None:
        """The last match that ends at `end` or before."""
        self.asked, sure = end, end - LONGEST_MATCH
        last = self.match
        for last in pattern.finditer(text, self.at, end):
            if last.end() > sure:  # the text behind `end` may make another of it
                sure = min(sure, last.start())
            else:
                self.at, self.match = last.end(), last
        self.at = max(self.at, sure)
        return last


class Pool:
    """Phrases of one kind in text order, and which of them a figure may take."""

    def __init__(self, phrases: Iterable[Phrase], frame: Frame, *, by_row: bool = False) -> None:
        self._by_row = by_row  # in a table a row has its own phrase, or that of the heads, never another row's
        self.phrases = sorted(phrases, key=lambda p: (p.start, -p.end))
        self.frame = frame
        self._starts = [p.start for p in self.phrases]
        self._telling = list(accumulate((not p.nothing for p in self.phrases), initial=0))
        self.counts = Counter(p.value for p in self.phrases if p.value)
        self.most = max(self.counts.values(), default=0)
        self.headlined = {p.value for p in self.phrases if frame.opening.headline(p.start) and p.value}
        # What stands before the lead and in no headline speaks of something else.
        self._lead = bisect_left(self._starts, frame.opening.lead[0])
        self._headlines = [i for i, p in enumerate(self.phrases[: self._lead]) if frame.opening.headline(p.start)]
        last = min(self._lead + OPENING, len(self.phrases))
        self._opening = [*self._headlines, *range(self._lead, last)][:OPENING]

    def _last(self, least: int, i: int, most: int) -> Iterator[int]:
        """Indices of the last phrases before the one with index `i`, `most` of them, none before `least`."""
        if i < self._lead:
            yield from range(max(least, i - most), i)
            return
        yield from range(max(least, self._lead, i - most), i)
        yield from (k for k in self._headlines[::-1][: max(0, most - (i - self._lead))] if k >= least)

    def _rank(self, i: int) -> int:
        """The number of phrases before index `i`, those left out that stand before the lead and in no headline."""
        return bisect_left(self._headlines, i) + max(0, i - self._lead)

    def inside(self, start: int, end: int) -> list[Phrase]:
        """The phrases that begin in `[start, end)`."""
        return self.phrases[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def count(self, start: int, end: int) -> int:
        """How many phrases that tell something begin in `[start, end)`."""
        return self._telling[bisect_left(self._starts, end)] - self._telling[bisect_left(self._starts, start)]

    def count_before(self, at: int) -> int:
        """How many phrases that tell something stand before the sentence around `at`: near it, in headline and lead."""
        first, start = self._window(at)
        lead = self.frame.opening.lead[0]
        if first < lead <= start:
            first = lead
        opening = sum(1 for i in self._opening if self._starts[i] < first and not self.phrases[i].nothing)
        return self.count(first, start) + opening

    def _window(self, at: int) -> tuple[int, int]:
        """From where a candidate of another sentence is near the figure at `at`, and where the figure's own sentence begins."""
        number = self.frame.outline.sentence_index(at)
        return self.frame.outline.sentences[max(0, number - SENTENCES)][0], self.frame.outline.sentence_at(at)[0]

    def tells_nothing(self, start: int, end: int) -> bool:
        """Whether a phrase of `[start, end)` says that nothing is told."""
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return self._telling[last] - self._telling[first] < last - first

    @cached_property
    def _by_block(self) -> dict[int, list[int]]:
        out: dict[int, list[int]] = {}
        for i, p in enumerate(self.phrases):
            out.setdefault(self.frame.outline.index(p.start), []).append(i)
        return out

    def near(self, target: Target) -> list[Phrase]:
        """The phrases that the figure may take: of its sentence, those before it, of the heads above, and of the lead."""
        outline = self.frame.outline
        first, start = self._window(target.core)
        a, b = (bisect_left(self._starts, at) for at in (start, outline.sentence_at(target.core)[1]))
        block = outline.index(target.core)
        picked = {*sorted(range(a, b), key=lambda i: self._away(i, target))[: MOST - 4]}
        picked.update(self._last(bisect_left(self._starts, first), a, 4))
        picked.update(i for head in outline.heads(block) for i in self._by_block.get(head, ())[:3])
        if self._by_row and self.frame.row(target.core) is not None:
            return self._in_row(block, picked)
        picked.update(self._inherited(a, b, target))
        return [p for p in map(self.phrases.__getitem__, sorted(picked)) if not p.nothing or p.start >= first]

    def _inherited(self, a: int, b: int, target: Target) -> Iterator[int]:
        """Indices of the phrases further off that a figure may take whose own sentence has those from `a` to `b`."""
        yield from (i for i in self._opening if i < a)
        yield from self._last(0, a, 2)  # the last told before
        if self.frame.opening.headline(target.core):
            yield from self._in_lead()  # what a headline leaves open the lead tells
        if not a and b == a and b < len(self.phrases):
            yield b  # nothing is told before: what comes next

    def _in_lead(self) -> Sequence[int]:
        """Indices of the first phrases of the lead."""
        start, end = self.frame.opening.lead
        first = bisect_left(self._starts, start)
        return range(first, min(first + LEAD, bisect_left(self._starts, end)))

    def _in_row(self, block: int, picked: Iterable[int]) -> list[Phrase]:
        """The phrases of a table's row; without any those of the heads, the headline and the lead."""
        outline = self.frame.outline
        own = [self.phrases[i] for i in self._by_block.get(block, ())]
        if own:
            return own
        inherited = sorted({*picked, *self._opening})
        heads = set(outline.heads(block))
        places = [(p, outline.index(p.start)) for p in map(self.phrases.__getitem__, inherited)]
        return [p for p, at in places if at < block and (at in heads or outline.blocks[at].kind != "row")]

    def nearest(self, phrase: Phrase, target: Target, among: Sequence[Phrase]) -> Phrase:
        """The phrase nearest to the figure of those `among` that are linked to the same: first in its sentence, then before it."""
        if phrase.value is None:
            return phrase
        same = [p for p in among if p.value == phrase.value and not p.nothing] or [phrase]
        start, end = self.frame.outline.sentence_at(target.core)
        zones = ((start, end), (0, start), (end, len(self.frame.reading.folded)))
        nearest = next(zone for a, b in zones if (zone := [p for p in same if a <= p.start < b]))
        return min(nearest, key=lambda p: abs(_gap(p, target)))

    def _away(self, i: int, target: Target) -> int:
        return _gap(self.phrases[i], target)

    def rank(self, phrase: Phrase, target: Target) -> int:
        """How many phrases of this kind stand between a phrase and the figure."""
        if phrase.start < target.core:
            return self._rank(bisect_left(self._starts, target.core)) - self._rank(
                bisect_right(self._starts, phrase.start)
            )
        return bisect_left(self._starts, phrase.start) - bisect_left(self._starts, target.end)


def _gap(phrase: Phrase, target: Target) -> int:
    """Code points between a phrase and the figure."""
    return target.core - phrase.end if phrase.end <= target.core else phrase.start - target.end
