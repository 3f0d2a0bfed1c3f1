"""What a number takes from the figure before it: an aim, a label, or the same count carried on.

A bare number says nothing of its own; the last figure tells its programme, and whether a change is of shares or of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import regex

from extractor.fields.figures.rows import Programme
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.changes import against_plan
from extractor.fields.figures.rules.number import Number
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Opens
from extractor.fields.figures.words import words_of

_BRACKETED = regex.compile(r"\s*\([^()]*\)")
_COUNTS = ("participants", "non_participants")
_SHARES = ("coverage_rate", "non_participants", "plan_rate")


def aimed(n: Number) -> bool:
    """Whether a share is the aim for the share before: "phấn đấu đạt 95%"."""
    aims = list(say.phrase("aim").finditer(n.f.folded, n.wide, n.q.start))
    if not aims or "," in n.f.folded[aims[-1].end() : n.q.start]:
        return False
    return n.last is not None and n.last.unit in PERCENT


def label(n: Number) -> Judgement | None:
    """A programme right before the number: "BHXH tự nguyện: 7.299 người" where the sentence counts participants."""
    own = _label_of(n)
    if own is None or not any(step(n, own) for step in _LABELS):
        return None
    if n.percent and n.last is not None and n.last.opens is Opens.PLAN_SHARES:
        return against_plan(n, own.names, carried=True)
    indicator = "coverage_rate" if n.percent else _counted_as(n, own)
    return Judgement(n.q, indicator, own.names, n.q.unit, "label", carried=True, confidence=0.8)


def _label_of(n: Number) -> Programme | None:
    """The programme that only light words part from the number."""
    own = n.named_from(n.left)
    return own[-1] if own and n.light_from(own[-1].end) else None


def _goes_on(n: Number, _own: Programme) -> bool:
    """Whether a figure stands before; a share goes on with shares only."""
    last = n.told.last
    return last is not None and (not n.percent or last.unit in PERCENT)


def _paid(n: Number) -> bool:
    """Whether a share stands behind words of money."""
    return n.percent and any(c.end <= n.q.start for c in n.f.before)


def _joined(n: Number, own: Programme) -> bool:
    """Whether the sentence tells of taking part before the label."""
    if _paid(n):
        return False
    earlier = (row for cue, row in n.evidence.indicators() if cue.end <= own.start)
    return any(row.role in ("join", "cover") and row.link == "topic" for row in earlier)


def _opens_rate(n: Number, own: Programme) -> bool:
    """Whether the label opens its clause and reaches a share of the population: "BHYT đạt 93%", "BHYT toàn dân 93%"."""
    f, q = n.f, n.q
    if not n.percent or q.value > 100 or say.plan_after().match(f.folded, q.end, f.end):
        return False
    if f.folded[own.end : q.start].strip() in words_of("whole-people"):
        return True
    return n.preceded_by("reach", own.end) and say.light().fullmatch(f.masked, n.left, own.start) is not None


def _listed(n: Number, _own: Programme) -> bool:
    """Whether the number stands in a list of counts."""
    return (n.f.topic.listed and not _paid(n)) or (n.q.unit == "person" and n.f.in_columns)


_LABELS: tuple[Callable[[Number, Programme], bool], ...] = (_joined, _opens_rate, _listed, _goes_on)


def _counted_as(n: Number, own: Programme) -> str:
    """The indicator of a count behind its label."""
    return "new_participants" if n.preceded_by("more", own.end) else "participants"


def carry(n: Number) -> Judgement | None:
    """A bare number that goes on with the figure before: "năm 2018 là 84%, năm 2019 là 87%"."""
    last = n.told.last
    if last is None or not n.light_from(n.left) or not (n.told.here or n.light_from(n.f.start)):
        return None
    return _share_again(n, last) if n.percent else _count_again(n, last)


def _share_again(n: Number, last: Judgement) -> Judgement | None:
    """A bare share behind a figure: of its plan, its part of a whole, or the same of another."""
    q, names = n.q, last.programmes
    if _plan_again(n, last):
        return Judgement(q, "plan_rate", names, q.unit, "plan-again", carried=True, confidence=0.7)
    if _of_something_else(n):
        return None
    return _same_share(n, last) if last.unit in PERCENT else _share_of_count(n, last)


def _plan_again(n: Number, last: Judgement) -> bool:
    """Whether a bare share behind a count is the share of its plan."""
    if last.unit in PERCENT or not n.told.here or not _of_plan(n, last):
        return False
    gap = _BRACKETED.sub("", n.f.folded[last.quantity.end : n.q.start])
    return say.phrase("bare-share").fullmatch(gap) is not None and n.bare


def _of_plan(n: Number, last: Judgement) -> bool:
    """Whether the count before is told against a plan."""
    f, at = n.f, last.quantity.start
    part = "/" in f.folded[at : last.quantity.end]
    return n.told.planned or (part and say.phrase("executed").search(f.folded, f.start, at) is not None)


def _of_something_else(n: Number) -> bool:
    """Whether the share is of the poor, a comparison, or none of a whole."""
    return n.q.value > 100 or n.preceded_by("poverty-rate", n.left) or n.followed_by("compared")


def _share_of_count(n: Number, last: Judgement) -> Judgement | None:
    """The share of the population that the people counted before are."""
    if not any(step(n, last) for step in _PARTS):
        return None
    kind = "non_participants" if last.indicator == "non_participants" else "coverage_rate"
    return Judgement(n.q, kind, last.programmes, n.q.unit, "share-of-count", carried=True, confidence=0.8)


def _of_all(n: Number, _last: Judgement) -> bool:
    """Whether the whole stands behind the share."""
    return n.followed_by("population")


def _headed(n: Number, _last: Judgement) -> bool:
    """Whether a head or a verb of reaching stands before the share."""
    return n.preceded_by("head", n.left) or n.preceded_by("reach", n.left)


def _of_whole(n: Number, last: Judgement) -> bool:
    """Whether the share tells how large a part the people counted before are."""
    if last.indicator not in _COUNTS or say.phrase("among").search(n.f.folded, n.f.start, last.quantity.start):
        return False
    return n.preceded_by("share", n.left)


_PARTS: tuple[Callable[[Number, Judgement], bool], ...] = (_of_all, _headed, _of_whole)


def _same_share(n: Number, last: Judgement) -> Judgement | None:
    """The share before, of another time, place or group."""
    if not n.bare:
        return None
    kind = last.indicator if last.indicator in _SHARES else "coverage_rate"
    if kind == "plan_rate" and _of_all(n, last):
        kind = "coverage_rate"
    return Judgement(n.q, kind, last.programmes, n.q.unit, "carried", carried=True, confidence=0.7)


def _opens(n: Number, last: Judgement) -> bool:
    """Whether a count opens a sentence of its own behind one of shares: "Trường có 640 em", not "Riêng nhóm … có 640 em"."""
    return not n.told.here and last.unit in PERCENT and not n.preceded_by("particular", n.f.start)


def _count_again(n: Number, last: Judgement) -> Judgement | None:
    """The count before, of another time, place or group."""
    if not n.bare or _opens(n, last):
        return None
    if not n.told.here and last.indicator == "non_participants":
        return None  # "Tỉnh có 2,2 triệu lao động" says nothing of those who stay away
    if last.opens is Opens.CHANGES:
        return replace(last, quantity=n.q, unit=n.q.unit, carried=True)
    kind = last.indicator if last.unit not in PERCENT and last.indicator != "change" else "participants"
    names = _named_behind(n) or last.programmes
    return Judgement(n.q, kind, names, n.q.unit, "carried", carried=True, confidence=0.7)


def _named_behind(n: Number) -> tuple[str, ...] | None:
    """The programmes that are named right behind a count: "3.400 người BHYT hộ gia đình"."""
    return next((p.names for p in n.f.strong if n.q.end <= p.start <= n.q.end + 2), None)
