"""What flows inside the pipeline: articles, tokens, lines, mentions and their evidence. Imports nothing of ours but errors."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from extractor.errors import SpanError

Layer = Literal["rule", "ner", "gazetteer"]
LineKind = Literal["title", "body", "caption", "byline", "dateline", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Article:
    """One page of news, its text already through `text.clean` (NFC).

    `published` is the publication date, `date_source` where it came from (`given`, `json-ld`, `meta`, `page` …). Of a web page,
    `page_kind` is what it was taken for, `site` the id of the site's profile it was read with.
    """

    id: str
    text: str
    title: str | None = None
    published: date | None = None
    source: str | None = None
    url: str | None = None
    date_source: str | None = None
    page_kind: str | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, half-open `[start, end)` without its line break, and what it is on the page."""

    start: int
    end: int
    kind: LineKind


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a mention is there: the layer, the id of the rule or model, a confidence in 0–1.

    `official`: whether the layer takes a person for an official; None where it does not say.
    """

    layer: Layer
    rule: str
    confidence: float = 1.0
    official: bool | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled span of the text: half-open code-point offsets, the quote that stands there, and its evidence."""

    start: int
    end: int
    text: str
    label: str
    evidence: Evidence

    @classmethod
    def at(cls, text: str, start: int, end: int, label: str, evidence: Evidence) -> Mention:
        """Build a mention from the article's text. Raises `SpanError` for an empty or outlying span."""
        if not 0 <= start < end <= len(text):
            raise SpanError(f"span [{start}, {end}) lies outside a text of {len(text)} code points")
        return cls(start, end, text[start:end], label, evidence)


@dataclass(frozen=True, slots=True)
class Dropped:
    """A candidate that was not kept, and why; printed by `extractor explain`."""

    start: int
    end: int
    text: str
    field: str
    rule: str
    reason: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """What a field could not tell for sure of an expression; a warning where the item is kept."""

    start: int
    end: int
    field: str
    code: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence `[start, end)` of a text and its words, spans of the text; `number` counts from 0."""

    number: int
    start: int
    end: int
    text: str
    words: tuple[tuple[int, int], ...]

    @property
    def segmented(self) -> str:
        """The words parted by blanks, the syllables of each joined by underscores ("Ủy_ban xã họp")."""
        pieces = (self.text[start - self.start : end - self.start] for start, end in self.words)
        return " ".join("_".join(piece.split()) for piece in pieces)


@dataclass(frozen=True, slots=True)
class Reading:
    """An article made ready for extraction. Every offset is a code point of `text`; `folded` has the same length.

    `starts`/`ends` are the rule tokenizer's tokens (syllables, digit runs, single marks), `sentences` half-open
    spans that never cross a line break, `lines` the lines with their kinds. Nothing of it changes while the fields are
    read; two lists alone are written to: `log`, what was seen and not kept, and `doubts`.
    """

    article: Article
    text: str
    folded: str
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    lines: list[Line]
    published: date | None = None
    date_source: str | None = None
    log: list[Dropped] = field(default_factory=list, compare=False)
    doubts: list[Doubt] = field(default_factory=list, compare=False)
    _sentence_starts: list[int] = field(init=False, repr=False, compare=False)
    _line_starts: list[int] = field(init=False, repr=False, compare=False)
    kept: dict[str, Any] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )  # worked out once, by name

    def __post_init__(self) -> None:
        object.__setattr__(self, "_sentence_starts", [s for s, _ in self.sentences])
        object.__setattr__(self, "_line_starts", [line.start for line in self.lines])

    def sentence_index(self, at: int) -> int:
        """Index in `sentences` of the sentence that holds (or last began before) offset `at`."""
        return max(0, bisect_right(self._sentence_starts, at) - 1)

    def sentence_at(self, at: int) -> tuple[int, int]:
        """The sentence `[start, end)` around offset `at`; the whole text where there is none."""
        return self.sentences[self.sentence_index(at)] if self.sentences else (0, len(self.text))

    def line_at(self, at: int) -> Line:
        """The line around offset `at`."""
        if not self.lines:
            return Line(0, len(self.text), "body")
        return self.lines[max(0, bisect_right(self._line_starts, at) - 1)]

    def token_index(self, at: int) -> int:
        """Index of the token that holds (or last began before) offset `at`; -1 before the first."""
        return bisect_right(self.starts, at) - 1

    def is_boilerplate(self, at: int) -> bool:
        """Whether offset `at` lies in a menu, a share button or a list of related articles."""
        return self.line_at(at).kind == "boilerplate"

    def drop(self, start: int, end: int, field_name: str, rule: str, reason: str) -> None:
        """Log a candidate that is not kept."""
        self.log.append(Dropped(start, end, self.text[start:end], field_name, rule, reason))

    def doubt(self, start: int, end: int, field_name: str, code: str) -> None:
        """Note what is doubtful of an expression."""
        self.doubts.append(Doubt(start, end, field_name, code))

    def doubted(self, field_name: str) -> dict[tuple[int, int], str]:
        """Span → code of what a field noted."""
        return {(x.start, x.end): x.code for x in self.doubts if x.field == field_name}
