"""A sentence under analysis: its quantities, programmes and cues, and where its clauses break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.fields.figures.find import Quantity, find_quantities
from extractor.fields.figures.programmes import Topic, find_programmes
from extractor.fields.figures.rows import (
    Cue,
    IndicatorRow,
    Lexicon,
    Programme,
    VetoRow,
    Words,
    cover_forms,
    cue_lexicon,
    group_lexicon,
    has_fixed,
    veto_lexicon,
)

OTHER = ("change", "plan", "stop")  # roles that say nothing of taking part by themselves
PERCENT = ("percent", "percentage_point")
# A full stop without a blank behind it ends a clause too: "đạt 90% dân số.Tỷ lệ nợ …".
_BREAK = regex.compile(r",(?!\d)|;|(?<!\d)\s[-–]\s|\(|\)|(?<=\p{L}{2})(?<!tp)(?<!tx)(?<!tt)\.(?=\p{L}{2})")


@dataclass(frozen=True, slots=True)
class Judgement:
    """The meaning of one quantity: indicator, programmes, unit, the rule that gave it, and whether it was carried on."""

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


@dataclass(slots=True)
class Sentence:
    """One sentence under analysis: quantities, programmes and cues with their offsets in the folded text."""

    folded: str
    masked: str
    start: int
    end: int
    topic: Topic
    quantities: list[Quantity] = field(default_factory=list)
    programmes: list[Programme] = field(default_factory=list)
    cues: list[Cue] = field(default_factory=list)
    before: list[Cue] = field(default_factory=list)
    around: list[Cue] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)
    brackets: list[tuple[int, int]] = field(default_factory=list)
    dropped: list[tuple[Quantity, str, str]] = field(default_factory=list)


def _cues(lexicon: Lexicon, words: Words) -> list[Cue]:
    return [Cue(a, b, row) for a, b, row in lexicon.find(words) if isinstance(row, IndicatorRow | VetoRow)]


def analyse(folded: str, masked: str, start: int, end: int, topic: Topic, *, fixed: bool = True) -> Sentence | None:
    """The sentence's quantities and cues; None where it has no quantity or nothing ties it to a programme.

    `fixed` says whether the article has cues of programmes that need no mention of their own.
    """
    programmes = find_programmes(folded, start, end)
    if not programmes and not topic.names:
        text = folded[start:end]
        tied = fixed and has_fixed(folded, start, end)
        if not tied and not (topic.weak and any(form in text for form in cover_forms())):
            return None
    quantities = find_quantities(folded, start, end, masked)
    if not quantities:
        return None
    frames = Sentence(folded, masked, start, end, topic, quantities, programmes)
    words = Words(folded, start, end)
    frames.cues = _cues(cue_lexicon(), words)
    frames.before = _cues(veto_lexicon("before"), words)
    frames.around = _cues(veto_lexicon("around"), words)
    closed = [(p.start, p.end) for p in frames.programmes]
    closed += [(a, b) for a, b, _ in group_lexicon().find(words)]
    frames.brackets = _plain_brackets(folded, start, end, quantities)
    closed += frames.brackets
    frames.breaks = [
        m.start() for m in _BREAK.finditer(folded, start, end) if not any(a <= m.start() < b for a, b in closed)
    ]
    return frames


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
