"""What a number takes from the figure before it: an aim, a label, or the same count carried on.

A bare number says nothing of its own; the last figure tells its programme, and whether a change is of shares or of people.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

import regex

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import IndicatorRow, Programme
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.changes import AGAINST_PLAN, ANNOUNCED, Changes
from extractor.fields.figures.rules.sentence import PERCENT, Judgement
from extractor.fields.figures.words import words_of

MANY = 40  # members of a list; a sentence with more is a table or damage
PLAN_COUNT = "plan-count"  # the rule of a count that a plan asks for
_BRACKETED = regex.compile(r"\s*\([^()]*\)")


class Carried(Changes):
    """Readings that lean on `last`, the figure that a bare number continues."""

    def aimed(self, q: Quantity, wide: int) -> bool:
        """Whether a share is the aim for the share before: "phấn đấu đạt 95%"."""
        aims = list(say.phrase("aim").finditer(self.f.folded, wide, q.start))
        return (
            bool(aims)
            and "," not in self.f.folded[aims[-1].end() : q.start]
            and self.last is not None
            and self.last.unit in PERCENT
            and self.here
        )

    def label(self, q: Quantity, left: int) -> Judgement | None:
        """A programme right before the number: "BHXH tự nguyện: 7.299 người" where the sentence counts participants."""
        own = self._label_of(q, left)
        if own is None:
            return None
        percent, last = q.unit in PERCENT, self.last
        joined = self._joined(q, own) or self._opens_rate(q, left, own) or self._listed(q)
        if not joined and (last is None or (percent and last.unit not in PERCENT)):
            return None
        if last is not None and self._part_of_change(q, own, last):
            return replace(last, quantity=q, programmes=own.names, rule="label", carried=True)
        if percent and self.here and last and last.rule == AGAINST_PLAN:
            return Judgement(q, "plan_rate", own.names, q.unit, AGAINST_PLAN, carried=True, confidence=0.8)
        indicator = "coverage_rate" if percent else self._counted_as(q, own)
        return Judgement(q, indicator, own.names, q.unit, "label", carried=True, confidence=0.8)

    def _label_of(self, q: Quantity, left: int) -> Programme | None:
        """The programme that only light words or an aside part from the number."""
        own = self._own(q, left)
        if not own:
            return None
        aside = say.phrase("aside").match(self.f.folded, own[-1].end, q.start)
        return own[-1] if self._light_before(q, aside.end() if aside else own[-1].end) else None

    def _paid(self, q: Quantity) -> bool:
        """Whether a share stands behind words of money."""
        return q.unit in PERCENT and any(c.end <= q.start for c in self.f.before)

    def _joined(self, q: Quantity, own: Programme) -> bool:
        """Whether the sentence tells of taking part before the label."""
        return not self._paid(q) and any(
            c.row.role in ("join", "cover") and c.end <= own.start and c.row.link == "topic"
            for c in self.f.cues
            if isinstance(c.row, IndicatorRow)
        )

    def _opens_rate(self, q: Quantity, left: int, own: Programme) -> bool:
        """Whether the label opens its clause and reaches a share of the population: "BHYT đạt 93%", "BHYT toàn dân 93%"."""
        f = self.f
        if q.unit not in PERCENT or q.value > 100 or say.plan_after().match(f.folded, q.end, f.end):
            return False
        if f.folded[own.end : q.start].strip() in words_of("whole-people"):
            return True
        reached = say.phrase("reach").search(f.folded, own.end, q.start)
        return reached is not None and say.light().fullmatch(f.masked, left, own.start) is not None

    def _listed(self, q: Quantity) -> bool:
        """Whether the number stands in a list of counts."""
        return (self.f.topic.listed and not self._paid(q)) or (q.unit == "person" and self._in_columns)

    def _part_of_change(self, q: Quantity, own: Programme, last: Judgement) -> bool:
        """Whether the number is a part of the change before it."""
        if not self.here or last.indicator != "change" or last.unit != q.unit:
            return False
        return say.phrase("part-of-it").fullmatch(self.f.folded, last.quantity.end, own.start) is not None

    def _counted_as(self, q: Quantity, own: Programme) -> str:
        """The indicator of a count behind its label."""
        more = say.phrase("more").search(self.f.folded, own.end, q.start)
        return "new_participants" if more else "participants"

    @cached_property
    def _in_columns(self) -> bool:
        """Whether the sentence only counts people, for two programmes or more, each right before its number."""
        f = self.f
        if f.before or f.around or say.phrase("other-unit").search(f.folded, f.start, f.end):
            return False
        strong = [p for p in f.programmes if not p.weak]
        counted = {
            p.names
            for p in strong[:MANY]
            for q in f.quantities[:MANY]
            if q.unit == "person" and 0 <= q.start - p.end < 80 and say.light().fullmatch(f.masked, p.end, q.start)
        }
        return len(counted) >= 2

    def carry(self, q: Quantity, left: int, right: int) -> Judgement | None:
        """A bare number that goes on with the figure before: "năm 2018 là 84%, năm 2019 là 87%"."""
        last = self.last
        if last is None or not self._light_before(q, left):
            return None
        if not self.here and not self._light_before(q, self.f.start):
            return None
        if q.unit not in PERCENT:
            return self._same_count(q, left, right, last)
        if self._plan_again(q, left, right, last):
            return Judgement(q, "plan_rate", last.programmes, q.unit, "plan-again", carried=True, confidence=0.7)
        if self._level_again(q, left, last):
            return Judgement(q, "coverage_rate", last.programmes, q.unit, "carried", carried=True, confidence=0.7)
        if self._of_something_else(q, left):
            return None
        if last.unit not in PERCENT:
            return self._share_of_count(q, left, last)
        return self._same_share(q, left, right, last)

    def _plan_again(self, q: Quantity, left: int, right: int, last: Judgement) -> bool:
        """Whether a bare share behind a count is the share of its plan."""
        if last.unit in PERCENT or not self.here or not self._of_plan(last):
            return False
        gap = _BRACKETED.sub("", self.f.folded[last.quantity.end : q.start])
        return say.phrase("bare-share").fullmatch(gap) is not None and self.bare(q, left, right)

    def _of_plan(self, last: Judgement) -> bool:
        """Whether the count before is told against a plan."""
        f, at = self.f, last.quantity.start
        if self.planned or last.rule == PLAN_COUNT or say.phrase("was-assigned").search(f.folded, f.start, at):
            return True
        part = "/" in f.folded[at : last.quantity.end]
        return part and say.phrase("executed").search(f.folded, f.start, at) is not None

    def _level_again(self, q: Quantity, left: int, last: Judgement) -> bool:
        """Whether the share is the level that the one before is compared with."""
        again = self.here and last.indicator == "coverage_rate"
        return again and say.phrase("against-level").search(self.f.folded, left, q.start) is not None

    def _of_something_else(self, q: Quantity, left: int) -> bool:
        """Whether the share is of the poor, a comparison, or none of a whole."""
        f = self.f
        poor = say.phrase("poverty-rate").search(f.folded, left, q.start)
        return q.value > 100 or bool(poor or say.phrase("compared").match(f.folded, q.end, f.end))

    def _share_of_count(self, q: Quantity, left: int, last: Judgement) -> Judgement | None:
        """The share of the population that the people counted before are."""
        if not any(step(self, q, left, last) for step in _SHARES):
            return None
        kind = "non_participants" if last.indicator == "non_participants" else "coverage_rate"
        return Judgement(q, kind, last.programmes, q.unit, "share-of-count", carried=True, confidence=0.8)

    def _of_all(self, q: Quantity, _left: int, _last: Judgement) -> bool:
        """Whether the whole stands behind the share."""
        return say.phrase("population").match(self.f.folded, q.end, self.f.end) is not None

    def _headed(self, q: Quantity, left: int, _last: Judgement) -> bool:
        """Whether a head or a verb of reaching stands before the share."""
        return any(say.phrase(name).search(self.f.folded, left, q.start) for name in ("head", "reach"))

    def _of_whole(self, q: Quantity, left: int, last: Judgement) -> bool:
        """Whether the share tells how large a part the people counted before are."""
        f = self.f
        if last.indicator not in ("participants", "non_participants"):
            return False
        if say.phrase("among").search(f.folded, f.start, last.quantity.start):
            return False
        return say.phrase("share").search(f.folded, left, q.start) is not None

    def _in_series(self, q: Quantity, left: int, _last: Judgement) -> bool:
        """Whether the share goes on with one earlier in the sentence."""
        return self.rate and self._level_before(q, left)

    def _same_share(self, q: Quantity, left: int, right: int, last: Judgement) -> Judgement | None:
        """The share before, of another time, place or group."""
        if not self.bare(q, left, right):
            return None
        known = ("coverage_rate", "non_participants", "plan_rate")
        kind = last.indicator if last.indicator in known else "coverage_rate"
        if kind == "plan_rate" and self._of_all(q, left, last):
            kind = "coverage_rate"
        return Judgement(q, kind, last.programmes, q.unit, "carried", carried=True, confidence=0.7)

    def _opens(self, q: Quantity) -> bool:
        """Whether a count opens a sentence of its own behind one of shares: "Trường có 640 em", not "Riêng nhóm … có 640 em"."""
        f = self.f
        if self.here or not self.last or self.last.unit not in PERCENT:
            return False
        return not say.phrase("particular").search(f.folded, f.start, q.start)

    def _same_count(self, q: Quantity, left: int, right: int, last: Judgement) -> Judgement | None:
        """The count before, of another time, place or group."""
        if not self.bare(q, left, right) or self._opens(q):
            return None
        if not self.here and last.indicator == "non_participants":
            return None  # "Tỉnh có 2,2 triệu lao động" says nothing of those who stay away
        if last.rule == ANNOUNCED:
            return replace(last, quantity=q, unit=q.unit, carried=True)
        kind = last.indicator if last.unit not in PERCENT and last.indicator != "change" else "participants"
        after = next((p for p in self.f.programmes if q.end <= p.start <= q.end + 2 and not p.weak), None)
        names = after.names if after else self.behind(q) or last.programmes  # "3.400 người BHYT hộ gia đình"
        return Judgement(q, kind, names, q.unit, "carried", carried=True, confidence=0.7)


_SHARES: tuple[Callable[[Carried, Quantity, int, Judgement], bool], ...] = (
    Carried._of_all,
    Carried._headed,
    Carried._of_whole,
    Carried._in_series,
)
