"""Changes that a sentence gives in turn for the programmes counted in the one before: "lần lượt tăng 4%, 11% và 2%"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.fields.figures.words import template
from extractor.records import Figure

_IN_TURN = template(
    r"(?<!\p{L})(?:{turn-word}(?:\s+{turn-is})?\s+{rise-fall}|{rise-fall}\s+{turn-word}(?:\s+{turn-is})?)(?!\p{L})"
)
_AND = template(r"\s*(?:[,;]|(?:,\s*)?{and-word})\s*")
LEVELS = ("participants", "coverage_rate")


def in_turn(frames: Sentence, before: Sequence[Figure]) -> list[Judgement]:
    """One change a programme, if the list has as many numbers as `before`, the figures of the last sentence, has programmes."""
    said = _IN_TURN.search(frames.folded, frames.start, frames.end)
    if said is None or frames.strong:
        return []
    levels = {f.programme: f.indicator for f in before if f.indicator in LEVELS}  # the last one of each, in text order
    listed = _behind(frames, said.end())
    if len(levels) < 2 or len(listed) != len(levels) or len(_joined(frames, listed)) != len(listed):
        return []
    return [_change(q, (programme,), level) for q, (programme, level) in zip(listed, levels.items(), strict=True)]


def in_turn_here(frames: Sentence, judged: Sequence[Judgement]) -> list[Judgement]:
    """The same where the levels stand in the sentence itself: "BHXH đạt 400 người, BHTN 300 người, tăng lần lượt 2% và 3%"."""
    said = _IN_TURN.search(frames.folded, frames.start, frames.end)
    if said is None:
        return []
    listed = _joined(frames, _behind(frames, said.end()))
    if len(listed) < 2:
        return []
    levels = [j for j in judged if j.quantity.end <= said.start() and j.indicator in LEVELS][-len(listed) :]
    if len(levels) != len(listed) or len({j.programmes for j in levels}) < len(levels):
        return []
    return [_change(q, level.programmes, level.indicator) for q, level in zip(listed, levels, strict=True)]


def _behind(frames: Sentence, at: int) -> list[Quantity]:
    """The quantities behind `at`, if the first stands right there."""
    found = [q for q in frames.quantities if q.start >= at]
    return found if found and not frames.folded[at : found[0].start].strip() else []


def _joined(frames: Sentence, quantities: Sequence[Quantity]) -> list[Quantity]:
    """The first quantities, as far as only marks or "và" stand between two of them."""
    out = list(quantities[:1])
    for a, b in pairwise(quantities):
        if not _AND.fullmatch(frames.folded, a.end, b.start):
            break
        out.append(b)
    return out


def _change(quantity: Quantity, programmes: tuple[str, ...], level: str) -> Judgement:
    """A change of a level, in points where that is a share."""
    share = quantity.unit in PERCENT and level == "coverage_rate"
    unit = "percentage_point" if share else quantity.unit
    return Judgement(quantity, "change", programmes, unit, "topic-in-turn", carried=True, confidence=0.7)
