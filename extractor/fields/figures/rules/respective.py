"""Changes that a sentence gives in turn for the programmes counted in the one before: "lần lượt tăng 4%, 11% và 2%"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.records import Figure

_IN_TURN = regex.compile(
    r"(?<!\p{L})(?:(?:lần lượt|tương ứng)(?:\s+là)?\s+(?:tăng|giảm)|(?:tăng|giảm)\s+(?:lần lượt|tương ứng)(?:\s+là)?)(?!\p{L})"
)
_AND = regex.compile(r"\s*(?:,|;|và|,\s*và)\s*")
LEVELS = ("participants", "coverage_rate")


def in_turn(frames: Sentence, before: Sequence[Figure]) -> list[Judgement]:
    """One change a programme, if the list has as many numbers as `before`, the figures of the last sentence, has programmes."""
    said = _IN_TURN.search(frames.folded, frames.start, frames.end)
    if said is None or any(not p.weak for p in frames.programmes):
        return []
    levels = {
        f.programme: f.indicator for f in before if f.indicator in LEVELS
    }  # the last level of each, in text order
    listed = [q for q in frames.quantities if q.start >= said.end()]
    follows = all(_AND.fullmatch(frames.folded, a.end, b.start) for a, b in pairwise(listed))
    if len(levels) < 2 or len(listed) != len(levels) or not follows:
        return []
    if frames.folded[said.end() : listed[0].start].strip():
        return []
    out = []
    for quantity, (programme, level) in zip(listed, levels.items(), strict=True):
        share = quantity.unit in PERCENT and level == "coverage_rate"
        unit = "percentage_point" if share else quantity.unit
        out.append(Judgement(quantity, "change", (programme,), unit, "topic-in-turn", carried=True, confidence=0.7))
    return out


def in_turn_here(frames: Sentence, judged: Sequence[Judgement]) -> list[Judgement]:
    """The same where the levels stand in the sentence itself: "BHXH đạt 400 người, BHTN 300 người, tăng lần lượt 2% và 3%"."""
    said = _IN_TURN.search(frames.folded, frames.start, frames.end)
    if said is None:
        return []
    behind = [q for q in frames.quantities if q.start >= said.end()]
    if not behind or frames.folded[said.end() : behind[0].start].strip():
        return []
    listed = [behind[0]]
    for a, b in pairwise(behind):
        if not _AND.fullmatch(frames.folded, a.end, b.start):
            break
        listed.append(b)
    levels = [j for j in judged if j.quantity.end <= said.start() and j.indicator in LEVELS][-len(listed) :]
    if len(levels) < 2 or len(levels) != len(listed) or len({j.programmes for j in levels}) < len(levels):
        return []
    out = []
    for quantity, level in zip(listed, levels, strict=True):
        share = quantity.unit in PERCENT and level.indicator == "coverage_rate"
        unit = "percentage_point" if share else quantity.unit
        out.append(Judgement(quantity, "change", level.programmes, unit, "topic-in-turn", carried=True, confidence=0.7))
    return out
