"""Rows of `patterns/events.yaml`: changes in office, and the words by which a career is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import regex

from extractor.compiled import compiled
from extractor.fields.officials.words import expression
from extractor.records import EventKind
from extractor.rules import Row, Starts, cache, load_rows, union

Use = Literal[
    "event", "hold", "being", "once", "next", "before", "now", "veto", "candidate", "remains", "party", "term", "term-end",
    "replaced", "adverb", "toward", "filler",
]  # fmt: skip
Effect = Literal["begin", "end", "leave", "none"]


class EventRow(Row):
    """Words of a career; an event has the record's `kind`, and what it does to the post named after it."""

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    use: Use
    kind: EventKind | None = None
    effect: Effect = "none"

    @property
    def governs(self) -> bool:
        """Whether it can bring or end the post named after it."""
        return self.effect != "leave" and self.kind != "disciplined"

    @property
    def ahead(self) -> bool:
        """Whether it tells of a post behind it that is not held yet."""
        return self.kind == "nominated"

    @property
    def before_name(self) -> bool:
        """Whether it may be told before the person that it befalls."""
        return self.kind in ("disciplined", "retired", "dismissed")


@dataclass(frozen=True, slots=True)
class EventWords:
    """The rows compiled: `changes` finds an event (its row by `row_of`), in an article `told` does; the others find the words
    of their use."""

    changes: regex.Pattern[str]
    told: Starts
    rows: dict[str, EventRow]
    uses: dict[str, regex.Pattern[str]]
    adverbs: regex.Pattern[str]  # any number of words that may stand between a person and what befalls them
    vetoed: regex.Pattern[str]  # ends right before a change that has not happened
    candidate: regex.Pattern[str]  # ends right before a post that is stood for
    replaced: regex.Pattern[str]  # ends right before the name of who held the post

    def row_of(self, match: regex.Match[str]) -> EventRow:
        """The row of a match of `changes`."""
        return self.rows[" ".join(match.group().split())]


@cache
def event_words() -> EventWords:
    """The compiled rows. Raises `PatternError` for a malformed file."""
    rows = load_rows("events.yaml", EventRow)
    by_use = {use: tuple(r for r in rows if r.use == use) for use in get_args(Use)}
    uses = {use: union(some) for use, some in by_use.items() if some}
    parts = {use: pattern.pattern for use, pattern in uses.items()}
    form = f"(?:{expression('subject')} )?"
    return EventWords(
        changes=uses["event"],
        told=Starts("events", uses["event"], (f for row in by_use["event"] for f in row.forms), whole=True),
        rows={" ".join(f.lower().split()): row for row in by_use["event"] for f in row.forms},
        uses=uses,
        adverbs=compiled(rf"[\s,()\-–]*(?:{parts['adverb']}[\s,]*)*"),
        vetoed=compiled(rf"(?r){parts['veto']}\s*$"),
        candidate=compiled(rf"{parts['candidate']}\s*(?:{parts['filler']}\s*)*$"),
        replaced=compiled(rf"{parts['replaced']} {form}$"),
    )
