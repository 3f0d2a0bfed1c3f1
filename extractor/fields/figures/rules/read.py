"""Enrollment figures to record items: every number with programme, indicator, status and comparator."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from extractor.compiled import compiled
from extractor.fields.figures.checks import confirm, of_targets
from extractor.fields.figures.meaning import complete
from extractor.fields.figures.programmes import Topic, find_programmes, named
from extractor.fields.figures.rows import Programme, has_fixed, programme_rows
from extractor.fields.figures.rules.headings import heading_scopes
from extractor.fields.figures.rules.judge import judge
from extractor.fields.figures.rules.labels import with_these
from extractor.fields.figures.rules.lists import Tables
from extractor.fields.figures.rules.number import Told
from extractor.fields.figures.rules.respective import in_turn, in_turn_here
from extractor.fields.figures.rules.sentence import Judgement, Sentence, analyse
from extractor.fields.figures.rules.signs import Signs
from extractor.fields.figures.rules.status import REACHED, figures_of
from extractor.fields.figures.rules.topic import TopicReader
from extractor.fields.figures.words import template
from extractor.models import Line, Reading
from extractor.places import Places
from extractor.records import Date, Figure
from extractor.rules.scopes import Scope, block_scopes, over, scopes

_LABELLED = template(r"\s*(?:{as-for}\s+)?{insurance-label}(?:\s*\([^()]{1,12}\))?(?:\s{insurance-kind})?\s*:")
_OF_A_PLAN = template(r"(?:%|{percent-word})\s+(?:{share-of}\s+)?$")
_BULLET = compiled(r"\s*(?:[-+*•–]|\d{1,2}[.)])\s*")
_ANNOUNCES = template(r"(?<!\p{L}){announces}(?!\p{L})")
_NAME = compiled(r"(?<![\p{L}\p{N}])\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)++")  # a proper name, known to the gazetteer or not
# The same with single letters and apostrophes: "Ia O", "Y Wan", "H'Lê Mlô".
_FULL_NAME = compiled(r"(?<![\p{L}\p{N}])\p{Lu}\p{Ll}*+(?:['’]\p{L}++)?(?:\s\p{Lu}\p{Ll}*+(?:['’]\p{L}++)?(?!\p{L}))++")
_WITHIN_THAT = template(r"{within-that}(?!\p{L})")
_ANY = Topic(("BHYT",), ("BHYT",))  # lets a sentence without a programme be cut; the talk says what it is about
HEADING = 100  # code points of a heading that needs no colon
_DIGIT = template(r"\d|{scale-word}")


def find_figures(reading: Reading, dates: Sequence[Date], places: Places) -> list[Figure]:
    """Figures of all programmes, in text order; a number counted for two programmes gives one item each."""
    fixed = has_fixed(reading.folded, 0, len(reading.folded))
    if not fixed and not named(reading.folded):
        return []
    found = _SentencePass(reading, _Surroundings(reading, dates, places), fixed=fixed).run()
    return complete(confirm(of_targets(found), reading), reading, dates)


class _SentencePass:
    """Reads an article sentence by sentence and keeps what the next one leans on."""

    def __init__(self, reading: Reading, around: _Surroundings, *, fixed: bool) -> None:
        self._reading, self._around, self._fixed = reading, around, fixed
        self._main = self._topic = _main_topic(reading)
        self._told = -9  # the last sentence that told of the topic
        self._talk, self._tables = TopicReader(reading, self._main.names), Tables(reading)
        self._last: Judgement | None = None
        self._before: list[Figure] = []  # the figures of the last sentence that has any number
        self._line_start = -1
        self._item = False  # whether the line is an item of a list
        self._listed = False  # whether it is one of a list of counts
        self._aimed = False  # whether the sentence before ends with an aim
        self._planned = False  # whether the sentence before told a share of a plan

    def run(self) -> list[Figure]:
        """The figures of all sentences on lines of the page's own."""
        out: list[Figure] = []
        for number, (start, end) in enumerate(self._reading.sentences):
            line = self._reading.line_at(start)
            if line.kind == "boilerplate":
                continue
            if line.start != self._line_start:
                self._enter(line, start)
            self._talk.enter(number, line.start, line.end)
            made = self._figures(number, line.start, start, end)
            out += made
            mentions = find_programmes(self._reading.folded, start, end)
            self._talk.leave(made, mentions)
            self._turn(number, mentions)
        return out

    def _enter(self, line: Line, start: int) -> None:
        """A line begins: note whether it goes on with a list, and forget the last figure where it does not."""
        reading = self._reading
        item = _BULLET.match(reading.text, line.start, line.end) is not None
        item = item or _LABELLED.match(reading.folded, line.start, line.end) is not None
        goes_on = self._listed or (self._item and bool(self._before))
        self._listed = item and (goes_on or _counts(reading, self._line_start, start))
        self._item, self._line_start = item, line.start
        self._last = self._last if self._listed else None
        self._aimed = self._aimed and item

    def _turn(self, number: int, mentions: Sequence[Programme]) -> None:
        """Note what the talk is of behind a sentence."""
        strong = [p for p in mentions if not p.weak]
        if strong:
            self._topic, self._told = Topic(strong[-1].names, strong[-1].names), number
        elif mentions and not self._topic.names:
            self._topic, self._told = Topic((), mentions[-1].names), number

    def _figures(self, number: int, line_start: int, start: int, end: int) -> list[Figure]:
        """The figures of a sentence: of a table's line, or of its words."""
        row = self._tables.read(line_start, self._talk.programmes)
        if row is not None:
            return [x for x in self._items(row, [], start, end) if start <= x.start < end]
        if not _DIGIT.search(self._reading.folded, start, end):
            return []
        topic = replace(self._topic if number - self._told <= 3 else self._main, listed=self._listed)
        frames = self._analyse(start, end, topic)
        judged, made = self._judged(frames, start, end)
        if further := self._further(frames, judged, start, end):
            made = sorted([*made, *further], key=lambda x: x.start)
        self._before = made
        if any(x.programme in self._topic.names for x in made):
            self._told = number  # the talk goes on about the same programme
        return made

    def _analyse(self, start: int, end: int, topic: Topic) -> Sentence | None:
        return analyse(self._reading.folded, self._around.masked, start, end, topic, fixed=self._fixed)

    def _items(self, judged: Sequence[Judgement], found: Sequence[Scope], start: int, end: int) -> list[Figure]:
        return [x for j in judged for x in figures_of(self._reading, j, found, (start, end))]

    def _judged(self, frames: Sentence | None, start: int, end: int) -> tuple[list[Judgement], list[Figure]]:
        """(readings by the sentence itself, their figures)."""
        reading = self._reading
        if frames is None:
            self._last = None
            return [], []
        read = judge(frames, Told(self._last, planned=self._planned and self._listed))
        judged = with_these(read.readings, in_turn(frames, self._before) or in_turn_here(frames, read.readings))
        if self._aimed and _WITHIN_THAT.match(reading.folded, start, end):
            judged = [_aimed(j, reading, start) for j in judged]
        found = _aims(reading, scopes(reading, start, end)) + self._around.blocks(start, end) if judged else []
        made = self._items(judged, found, start, end)
        self._aimed = bool(made) and made[-1].status == "target"
        self._last, self._planned = read.told.last, read.told.planned
        for quantity, refused in read.refused:
            reading.drop(quantity.start, quantity.end, "figures", refused.rule, refused.reason)
        return judged, made

    def _further(self, frames: Sentence | None, judged: Sequence[Judgement], start: int, end: int) -> list[Figure]:
        """The figures of a sentence by the talk so far."""
        if not judged and not self._talk.alive(frames.programmes if frames else (), start, end):
            return []
        frames = frames or self._analyse(start, end, _ANY)
        if frames is None or len(judged) >= len(frames.quantities):
            return []
        further = self._talk.read(frames, judged, Signs(frames, self._around.names, self._around.dates))
        if not further:
            return []
        return self._items(further, scopes(self._reading, start, end) + self._around.blocks(start, end), start, end)


def _aimed(j: Judgement, reading: Reading, start: int) -> Judgement:
    """A part of an aim is one too, unless it is said to be reached."""
    reached = j.reached or REACHED.search(reading.folded, start, j.quantity.start)
    return j if reached else replace(j, target=True)


def _aims(reading: Reading, found: list[Scope]) -> list[Scope]:
    """Scopes without those of a plan that a share is of: "đạt 94% kế hoạch (BHXH bắt buộc 6.842 người …" aims at nothing."""
    return [s for s in found if s.says != "plan" or not _OF_A_PLAN.search(reading.folded, max(0, s.cue - 16), s.cue)]


class _Surroundings:
    """What an article's figures need of the rest of the article, made when the first one asks."""

    def __init__(self, reading: Reading, dates: Sequence[Date], places: Places) -> None:
        self._of = reading, dates, places

    @cached_property
    def masked(self) -> str:
        return mask(*self._of)

    @cached_property
    def names(self) -> list[tuple[int, int]]:
        """Spans of places and of proper names, sorted."""
        reading, _, places = self._of
        named = [(x.start, x.end) for x in places.locations]
        return sorted(named + [m.span() for m in _FULL_NAME.finditer(reading.text)])

    @cached_property
    def dates(self) -> list[tuple[int, int]]:
        """Spans of dates, sorted."""
        return sorted((x.start, x.end) for x in self._of[1])

    @cached_property
    def blocks(self) -> Callable[[int, int], list[Scope]]:
        """Tells the scopes of headings over a stretch."""
        return over(block_scopes(self._of[0]) + heading_scopes(self._of[0]))


def _counts(reading: Reading, start: int, end: int) -> bool:
    """Whether the line before a list announces numbers of participants: "Kết quả phát triển người tham gia:"."""
    head = reading.folded[max(0, start) : end].rstrip()
    heading = head.endswith(":") or (0 < len(head) < HEADING and head[-1] not in ".;,!?”)")
    return heading and _ANNOUNCES.search(head) is not None


def _main_topic(reading: Reading) -> Topic:
    """What the article is about: a programme named in its title or first line."""
    end = next((line.end for line in reading.lines if line.kind in ("title", "body")), 0)
    strong = [p for p in find_programmes(reading.folded, 0, end) if not p.weak] if end < 400 else []
    if strong:
        return Topic(strong[-1].names, strong[-1].names)
    first = next((row.programme for pattern, row in programme_rows() if pattern.search(reading.folded)), None)
    return Topic((), (first,) if first else ())


def mask(reading: Reading, dates: Sequence[Date], places: Places) -> str:
    """The folded text with dates and places blanked, so that they never stand between a phrase and its number."""
    parts, at = [], 0
    spans = [(x.start, x.end) for x in (*dates, *places.locations)]
    spans += [m.span() for m in _NAME.finditer(reading.text)]
    for a, b in sorted(spans):
        if a >= at:
            parts += [reading.folded[at:a], " " * (b - a)]
            at = b
    parts.append(reading.folded[at:])
    return "".join(parts)
