"""A figure by the cue that governs it: its indicator and the stretch of text that says so."""

from __future__ import annotations

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence
from extractor.fields.figures.rules.sentence import PERCENT, Judgement

LARGEST_SHARE = 50  # percent of people in voluntary social insurance that is still believed where no programme is named


def figure(judge: Evidence, q: Quantity, cue: Cue, names: tuple[str, ...]) -> Judgement:
    """The reading of a number that `cue`, which is about the programmes `names`, governs."""
    row = cue.row
    assert isinstance(row, IndicatorRow)
    indicator = row.percent if q.unit in PERCENT else row.count
    if row.link == "fixed" and q.unit in PERCENT and indicator == "change":  # the difference of a share
        return Judgement(q, "change", names, "percentage_point", row.id, predicate=(cue.start, cue.end))
    near = judge.programme_near(cue)
    after = near.end if near else cue.end
    if indicator == "participants":
        indicator, aimed = _newness(judge, q, cue, row, after)
        if aimed:
            return Judgement(q, indicator, names, q.unit, "to-win", target=True, predicate=(cue.start, after))
    if indicator == "coverage_rate" and _too_large(judge, q, names, cue):
        names = ("BHYT",)
    return Judgement(q, indicator, names, q.unit, row.id, predicate=(cue.start, after))


def _newness(judge: Evidence, q: Quantity, cue: Cue, row: IndicatorRow, after: int) -> tuple[str, bool]:
    """The indicator of a count of participants, new ones or all, and whether they are still to be won."""
    f = judge.f
    if say.phrase("new-after").match(f.folded, after, f.end):
        return "new_participants", False
    if row.role != "join" or cue.end > q.start:
        return "participants", False
    if say.phrase("to-win").search(f.folded, max(f.start, cue.start - 24), q.start):
        return "new_participants", True
    new = say.phrase("new-before").search(f.folded, f.start, cue.start)
    return ("new_participants" if new else "participants"), False


def _too_large(judge: Evidence, q: Quantity, names: tuple[str, ...], cue: Cue) -> bool:
    """Whether a share is larger than any of voluntary insurance, which only the talk before names."""
    f = judge.f
    if names != ("BHXH_TN",) or f.programmes or q.value <= LARGEST_SHARE:
        return False
    return say.phrase("head").search(f.folded, f.start, cue.start) is not None
