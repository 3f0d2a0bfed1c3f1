"""A figure by the cue that governs it: its indicator and the stretch of text that says so."""

from __future__ import annotations

from dataclasses import replace

from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.number import Number
from extractor.fields.figures.rules.sentence import Judgement

LARGEST_SHARE = 50  # percent of people in voluntary social insurance that is still believed where no programme is named


def figure(n: Number, cue: Cue, names: tuple[str, ...]) -> Judgement:
    """The reading of a number that `cue`, which is about the programmes `names`, governs."""
    row, q = cue.row, n.q
    assert isinstance(row, IndicatorRow)
    indicator = row.percent if n.percent else row.count
    if row.link == "fixed" and n.percent and indicator == "change":  # the difference of a share
        span = cue.start, cue.end
        return Judgement(q, "change", names, "percentage_point", row.id, predicate=span, role=row.role)
    near = n.evidence.programme_near(cue)
    after = near.end if near else cue.end
    if indicator == "coverage_rate" and _too_large(n, names, cue):
        names = ("BHYT",)
    made = Judgement(q, indicator, names, q.unit, row.id, predicate=(cue.start, after), role=row.role)
    return _newness(n, cue, made) if indicator == "participants" else made


def _newness(n: Number, cue: Cue, made: Judgement) -> Judgement:
    """A count of participants: of new ones where words say so, who may still have to be won, or of all."""
    f, after = n.f, made.predicate[1] if made.predicate else cue.end
    if say.phrase("new-after").match(f.folded, after, f.end):
        return replace(made, indicator="new_participants")
    if made.role != "join" or cue.end > n.q.start:
        return made
    if n.preceded_by("to-win", max(f.start, cue.start - 24)):
        return replace(made.by("to-win"), indicator="new_participants", target=True)
    new = say.phrase("new-before").search(f.folded, f.start, cue.start)
    return replace(made, indicator="new_participants") if new else made


def _too_large(n: Number, names: tuple[str, ...], cue: Cue) -> bool:
    """Whether a share is larger than any of voluntary insurance, which only the talk before names."""
    f = n.f
    if names != ("BHXH_TN",) or f.programmes or n.q.value <= LARGEST_SHARE:
        return False
    return say.phrase("head").search(f.folded, f.start, cue.start) is not None
