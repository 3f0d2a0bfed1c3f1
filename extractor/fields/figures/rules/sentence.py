"""A sentence under analysis: its quantities, programmes and cues, and where its clauses break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

import regex

from extractor.fields.figures.find import Quantity, find_quantities
from extractor.fields.figures.programmes import Topic, find_programmes
from extractor.fields.figures.rows import (
    Cue,
    IndicatorRow,
    Lexicon,
    Programme,
    Role,
    VetoRow,
    Words,
    cover_forms,
    cue_lexicon,
    group_lexicon,
    has_fixed,
    veto_lexicon,
)
from extractor.fields.figures.rules import phrases as say

OTHER = ("change", "plan", "stop")  # roles that say nothing of taking part by themselves
PERCENT = ("percent", "percentage_point")
MANY = 40  # members of a list; a sentence with more is a table or damage
# A full stop without a blank behind it ends a clause too: "đạt 90% dân số.Tỷ lệ nợ …".
_BREAK = regex.compile(r",(?!\d)|;|(?<!\d)\s[-–]\s|\(|\)|(?<=\p{L}{2})(?<!tp)(?<!tx)(?<!tt)\.(?=\p{L}{2})")


class Opens(StrEnum):
    """What a figure opens for the numbers behind it."""

    NOTHING = "nothing"
    CHANGES = "changes"  # a list of changes that a verb and a colon announce
    PLAN_SHARES = "plan-shares"  # a list of shares of a plan that is named before


@dataclass(frozen=True, slots=True)
class Judgement:
    """The meaning of one quantity: indicator, programmes, unit, and the rule that gave it.

    `role` is that of the cue that governs the number, None without one; `carried`: it was taken from a figure before; `adds`:
    its cue adds and supposes nothing.
    """

    quantity: Quantity
    indicator: str
    programmes: tuple[str, ...]
    unit: str
    rule: str
    target: bool = False
    reached: bool = False
    carried: bool = False
    predicate: tuple[int, int] | None = None
    confidence: float = 0.9
    role: Role | None = None
    opens: Opens = Opens.NOTHING
    adds: bool = False

    def by(self, rule: str, role: Role | None = None) -> Judgement:
        """The same meaning, given by another rule."""
        return replace(self, rule=rule, role=role, opens=Opens.NOTHING)


@dataclass(frozen=True)
class Sentence:
    """One sentence under analysis: quantities, programmes and cues with their offsets in the folded text."""

    folded: str
    masked: str
    start: int
    end: int
    topic: Topic
    quantities: Sequence[Quantity]
    programmes: Sequence[Programme]
    cues: Sequence[Cue]
    before: Sequence[Cue]
    around: Sequence[Cue]
    breaks: Sequence[int]
    brackets: Sequence[tuple[int, int]]  # those without a quantity

    def in_brackets(self, q: Quantity) -> bool:
        """Whether a number stands in brackets."""
        return self.folded.rfind("(", self.start, q.start) > self.folded.rfind(")", self.start, q.start)

    @cached_property
    def strong(self) -> Sequence[Programme]:
        """The programmes that are named in full."""
        return [p for p in self.programmes if not p.weak]

    @cached_property
    def in_columns(self) -> bool:
        """Whether the sentence only counts people, for two programmes or more, each right before its number."""
        if self.before or self.around or say.phrase("other-unit").search(self.folded, self.start, self.end):
            return False
        return len({p.names for p in self.strong[:MANY] for q in self._persons if self._right_before(p, q)}) >= 2

    def _right_before(self, p: Programme, q: Quantity) -> bool:
        """Whether only light words stand between a programme and its number."""
        return 0 <= q.start - p.end < 80 and say.light().fullmatch(self.masked, p.end, q.start) is not None

    @property
    def _persons(self) -> Sequence[Quantity]:
        """The counts of persons."""
        return [q for q in self.quantities[:MANY] if q.unit == "person"]


def _cues(lexicon: Lexicon, words: Words) -> list[Cue]:
    return [Cue(a, b, row) for a, b, row in lexicon.find(words) if isinstance(row, IndicatorRow | VetoRow)]


def analyse(folded: str, masked: str, start: int, end: int, topic: Topic, *, fixed: bool = True) -> Sentence | None:
    """The sentence's quantities and cues; None where it has no quantity or nothing ties it to a programme.

    `fixed` says whether the article has cues of programmes that need no mention of their own.
    """
    programmes = find_programmes(folded, start, end)
    if not programmes and not topic.names and not _is_tied(folded, start, end, topic, fixed=fixed):
        return None
    quantities = find_quantities(folded, start, end, masked)
    if not quantities:
        return None
    words = Words(folded, start, end)
    brackets = _plain_brackets(folded, start, end, quantities)
    closed = [(p.start, p.end) for p in programmes]
    closed += [(a, b) for a, b, _ in group_lexicon().find(words)]
    return Sentence(
        folded,
        masked,
        start,
        end,
        topic,
        quantities,
        programmes,
        cues=_cues(cue_lexicon(), words),
        before=_cues(veto_lexicon("before"), words),
        around=_cues(veto_lexicon("around"), words),
        breaks=_breaks(folded, start, end, [*closed, *brackets]),
        brackets=brackets,
    )


def _is_tied(folded: str, start: int, end: int, topic: Topic, *, fixed: bool) -> bool:
    """Whether a sentence that names no programme has a cue that needs none."""
    if fixed and has_fixed(folded, start, end):
        return True
    return bool(topic.weak) and any(form in folded[start:end] for form in cover_forms())


def _breaks(folded: str, start: int, end: int, closed: Sequence[tuple[int, int]]) -> list[int]:
    """Where clauses break, but for marks within what is closed."""
    marks = (m.start() for m in _BREAK.finditer(folded, start, end))
    return [at for at in marks if not any(a <= at < b for a, b in closed)]


def _plain_brackets(folded: str, start: int, end: int, quantities: Sequence[Quantity]) -> list[tuple[int, int]]:
    """Bracketed stretches without a quantity ("bảo hiểm y tế (BHYT)"): their marks do not cut a clause."""
    out, at = [], folded.find("(", start, end)
    while at >= 0:
        close = folded.find(")", at, end)
        if close < 0:
            break
        if not any(at < q.start < close for q in quantities):
            out.append((at, close + 1))
        at = folded.find("(", at + 1, end)
    return out
