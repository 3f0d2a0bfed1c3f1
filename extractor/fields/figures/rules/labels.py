"""Programmes that label their numbers: in lists, in brackets, behind a colon, or before a plan that only the last one names."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow, Programme
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.carried import MANY, Carried
from extractor.fields.figures.rules.sentence import Judgement, Sentence


class Labels(Carried):
    """Readings by the programme that stands as a label at the number."""

    def plan_list(self, found: list[Judgement]) -> list[Judgement]:
        """Shares of a plan that only the last of a list names: "BHXH đạt 99%, BHTN đạt 101%, BHYT đạt 98% kế hoạch"."""
        f = self.f
        if len(f.quantities) < 2 or len({p.names for p in f.programmes if not p.weak}) < 2:
            return found
        listed = self._members()
        if len(listed) < 2 or not say.plan_after().match(f.folded, f.quantities[-1].end, f.end):
            return found
        plan = [Judgement(q, "plan_rate", own.names, q.unit, "plan-list", reached=True) for q, own in listed]
        taken = {q.start for q, _ in listed}
        return sorted([j for j in found if j.quantity.start not in taken] + plan, key=lambda j: j.quantity.start)

    def _members(self) -> list[tuple[Quantity, Programme]]:
        """The shares at the end of the sentence that follow each other with nothing but their programmes, the last one first."""
        f = self.f
        listed: list[tuple[Quantity, Programme]] = []
        for q in reversed(f.quantities):
            own = self.named_before(q)
            if q.unit != "percent" or own is None or not say.phrase("reaches").fullmatch(f.folded, own.end, q.start):
                break
            if listed and not say.phrase("and").fullmatch(f.folded, q.end, listed[-1][1].start):
                break
            listed.append((q, own))
        return listed

    def bracketed(self, q: Quantity, left: int) -> tuple[str, ...] | None:
        """Programmes of a count in brackets behind a group: "các nhóm tham gia BHYT gồm: hưu trí (3,4 triệu người)"."""
        f = self.f
        if f.folded[left - 1 : left] != "(" or not say.light().fullmatch(f.masked, left, q.start):
            return None
        for cue in f.cues:
            row = cue.row
            if not isinstance(row, IndicatorRow) or row.role not in ("join", "cover") or cue.end > q.start:
                continue
            if self.programme_near(cue) and say.phrase("listing").search(f.folded, cue.end, q.start):
                return self.link(cue)
        return None

    def of_population(self, q: Quantity, left: int) -> tuple[str, ...] | None:
        """Programmes of a bare share of the population in a sentence on a programme: "chỉ tiêu BHYT, bình quân đạt 91% dân số"."""
        f = self.f
        named = self.named_before(q)
        if (
            not named
            or not say.phrase("of-population").match(f.folded, q.end, f.end)
            or any(c.end <= q.start for c in f.before)
        ):
            return None
        return named.names if say.light().fullmatch(f.masked, left, q.start) else None

    @cached_property
    def labels_behind(self) -> dict[int, tuple[str, ...]]:
        """Programmes in brackets behind two counts or more ("22.140 người (BHXH), 20.905 người (BHTN)"), by start of the count."""
        f = self.f
        out = {
            q.start: p.names
            for q in f.quantities[:MANY]
            for p in f.programmes[:MANY]
            if q.unit == "person" and f.folded[q.end : p.start].strip() == "(" and f.folded[p.end : p.end + 1] == ")"
        }
        return out if len(out) > 1 and not f.before and not f.around else {}

    def labelled(self, q: Quantity, left: int, cue: Cue) -> tuple[str, ...] | None:
        """Programmes right before the number, behind the colon of a general head: "người tham gia …: BHXH tự nguyện: 40"."""
        f = self.f
        own = [p for p in f.programmes if max(left, cue.end) <= p.start and p.end <= q.start and not p.weak]
        if not own or ":" not in f.folded[cue.end : own[-1].start]:
            return None
        return own[-1].names if say.light().fullmatch(f.masked, own[-1].end, q.start) else None

    def done(self, q: Quantity, left: int) -> tuple[str, ...] | None:
        """Programmes of a plan share in brackets: "đã hoàn thành chỉ tiêu giao là huyện A (100,1%)"."""
        f = self.f
        if f.folded[left - 1 : left] != "(" or not say.light().fullmatch(f.masked, left, q.start):
            return None
        if not say.phrase("done").search(f.folded, f.start, q.start) or any(c.end <= q.start for c in f.before):
            return None
        named = self.named_before(q)
        return (named.names if named else f.topic.names) or None


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
