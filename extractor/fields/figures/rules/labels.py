"""Programmes that label their numbers: in lists, in brackets, behind a colon, or before a plan that only the last one names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, Programme
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence
from extractor.fields.figures.rules.number import Number
from extractor.fields.figures.rules.sentence import Judgement, Sentence


def plan_list(found: list[Judgement], f: Sentence) -> list[Judgement]:
    """Shares of a plan that only the last of a list names: "BHXH đạt 99%, BHTN đạt 101%, BHYT đạt 98% kế hoạch"."""
    if len(f.quantities) < 2 or len({p.names for p in f.strong}) < 2:
        return found
    listed = _members(f)
    if len(listed) < 2 or not say.plan_after().match(f.folded, f.quantities[-1].end, f.end):
        return found
    plan = [Judgement(q, "plan_rate", own.names, q.unit, "plan-list", reached=True) for q, own in listed]
    return with_these(found, plan)


def with_these(found: Sequence[Judgement], better: Sequence[Judgement]) -> list[Judgement]:
    """Readings in text order, those of `better` in the place of others of the same quantities."""
    taken = {j.quantity.start for j in better}
    return sorted([*(j for j in found if j.quantity.start not in taken), *better], key=lambda j: j.quantity.start)


def _members(f: Sentence) -> list[tuple[Quantity, Programme]]:
    """The shares at the end of the sentence that follow each other with nothing but their programmes, the last one first."""
    listed: list[tuple[Quantity, Programme]] = []
    for q in reversed(f.quantities):
        own = Evidence(f).named_before(q)
        if q.unit != "percent" or own is None or not say.phrase("reaches").fullmatch(f.folded, own.end, q.start):
            break
        if listed and not say.phrase("and").fullmatch(f.folded, q.end, listed[-1][1].start):
            break
        listed.append((q, own))
    return listed


def _opens_bracket(n: Number) -> bool:
    """Whether the number's clause begins with a bracket, only light words between."""
    return n.f.folded[n.left - 1 : n.left] == "(" and n.light_from(n.left)


def _behind_payment(n: Number) -> bool:
    """Whether a word for a rate of payment stands before the number."""
    return any(c.end <= n.q.start for c in n.f.before)


def of_population(n: Number) -> tuple[str, ...] | None:
    """Programmes of a bare share of the population in a sentence on a programme: "chỉ tiêu BHYT, bình quân đạt 91% dân số"."""
    named = n.evidence.named_before(n.q)
    if not named or not n.followed_by("of-population") or _behind_payment(n):
        return None
    return named.names if n.light_from(n.left) else None


def labelled(n: Number, cue: Cue) -> tuple[str, ...] | None:
    """Programmes right before the number, behind the colon of a general head: "người tham gia …: BHXH tự nguyện: 40"."""
    own = n.named_from(max(n.left, cue.end))
    if not own or ":" not in n.f.folded[cue.end : own[-1].start]:
        return None
    return own[-1].names if n.light_from(own[-1].end) else None


def done(n: Number) -> tuple[str, ...] | None:
    """Programmes of a plan share in brackets: "đã hoàn thành chỉ tiêu giao là huyện A (100,1%)"."""
    if not _opens_bracket(n) or not n.preceded_by("done", n.f.start) or _behind_payment(n):
        return None
    named = n.evidence.named_before(n.q)
    return (named.names if named else n.f.topic.names) or None


def distribute(found: list[Judgement], f: Sentence) -> list[Judgement]:
    """ "BHXH, BHTN lần lượt đạt 45%, 35%": one programme a number."""
    out = list(found)
    for i, first in enumerate(found):
        n = len(first.programmes)
        group = found[i : i + n]
        if n < 2 or len(group) < n or any(g.programmes != first.programmes for g in group):
            continue
        start = first.quantity.start
        if say.phrase("each-in-turn").search(f.folded, max(f.start, start - 30), start):
            for k, judged in enumerate(group):
                out[i + k] = replace(judged, programmes=(first.programmes[k],))
    return out
