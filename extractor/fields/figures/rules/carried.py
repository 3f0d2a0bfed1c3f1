"""What a number takes from the figure before it: a change, a share of a plan, an aim, a label, or the same count carried on.

A bare number says nothing of its own; the last figure tells its programme, and whether a change is of shares or of people.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property

import regex

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.rules import cache, load_rows

MANY = 40  # members of a list; a sentence with more is a table or damage


class Carried(Evidence):
    """Readings that lean on `last`, the figure that a bare number continues."""

    def __init__(self, sentence: Sentence, last: Judgement | None) -> None:
        super().__init__(sentence)
        self.last = last
        self.rate = False  # whether a share of the population stands earlier in this sentence
        self.planned = False  # whether a share of a plan, or a planned count, stands earlier in this sentence
        self.here = False  # whether `last` stands in this sentence

    def change(self, q: Quantity, left: int, wide: int) -> Cue | None:
        """The verb of a change that governs the number ("tăng 1.200 người"), or None where it states a level."""
        f = self.f
        if q.unit in PERCENT and self._paced(q):
            return Cue(q.start, q.start, _rise())
        verbs = [
            c
            for c in f.cues
            if left <= c.start and c.end <= q.start and isinstance(c.row, IndicatorRow) and c.row.role == "change"
        ]
        if not verbs:
            return None
        verb = verbs[-1]
        if say.phrase("added").search(f.folded, verb.end, q.start):
            return verb
        if say.phrase("against-level").search(f.folded, verb.start, q.start):
            return None
        if say.phrase("most").fullmatch(f.folded, verb.end, q.start):
            return verb
        if verb.end < q.start and say.level().search(f.folded, verb.end, q.start):
            return None
        if (
            q.unit == "percent"
            and q.value >= 50
            and f.folded[verb.start : verb.end] == "vượt"
            and not say.phrase("a-plan").match(f.folded, q.end, f.end)
        ):
            return None  # "tỷ lệ đã vượt 93%": a level
        counted = say.phrase("rising-count").match(f.folded, verb.end, q.start)
        if counted is not None and q.unit == "percent":
            own = [p for p in f.programmes if 0 <= p.start - counted.end() <= 1 and p.end <= q.start]
            if (
                own
                and say.light().fullmatch(f.masked, own[-1].end, q.start)
                and not say.level().search(f.folded, own[-1].end, q.start)
            ):
                return verb
        if ":" in f.folded[verb.end : q.start]:
            listed = say.phrase("announced").match(f.folded, verb.start, q.start)
            return verb if listed and say.light().fullmatch(f.masked, verb.end, q.start) else None
        gap = say.light().fullmatch(f.masked, verb.end, q.start) or regex.fullmatch(
            r"\s+(?:so với|chỉ tiêu|kế hoạch|mục tiêu|nghị quyết|tiêu chí)[^,;()]{0,40}",
            f.folded,
            pos=verb.end,
            endpos=q.start,
        )
        return verb if gap else None

    def _paced(self, q: Quantity) -> bool:
        """Whether the number is a pace: "tốc độ tăng tỷ lệ bao phủ giảm từ 8,3% xuống 2,8%"."""
        f = self.f
        pace = say.pace().search(f.folded, f.start, q.start)
        if pace is None or ";" in f.folded[pace.end() : q.start]:
            return False
        return any(
            pace.start() <= c.start <= pace.end() + 30 and c.row.id != "rise-or-fall" and self.link(c)
            for c in f.cues
            if isinstance(c.row, IndicatorRow) and c.row.role in ("join", "cover", "new")
        )

    def _base(self, q: Quantity, wide: int) -> tuple[tuple[str, ...], bool] | None:
        """(programmes, whether the base is a share) of a change or plan share, or None where it is not about taking part."""
        f = self.f
        found = self.left(q, wide)
        own = [p for p in f.programmes if wide <= p.start and p.end <= q.start and not p.weak]
        if self.blocked(q, wide):
            return None
        if found is not None:
            role = found[0].row.role if isinstance(found[0].row, IndicatorRow) else ""
            share = role == "cover" or bool(say.phrase("head").search(f.folded, wide, found[0].start))
            return found[1], share
        if self.last is not None and (self.here or say.light().fullmatch(f.masked, f.start, q.start)):
            names = own[-1].names if own else self.last.programmes
            return names, _is_share(self.last)
        strong = [p for p in f.programmes if p.end <= q.start and not p.weak]
        if (
            self.last is not None
            and strong
            and self.last.programmes == strong[-1].names
            and not self.blocked(q, f.start)
        ):
            return self.last.programmes, _is_share(self.last)
        if own and say.light().fullmatch(self.f.masked, own[-1].end, q.start):
            if self.last is not None:
                return own[-1].names, _is_share(self.last)  # "So với năm trước, BHTN tăng 4%"
            if q.unit == "person":
                return own[-1].names, False  # "BHYT hộ gia đình tăng 213 người"
        return None

    def as_change(self, q: Quantity, verb: Cue, left: int, wide: int, right: int) -> Judgement | None:
        """A change of the figure before, in points where that figure is a share."""
        base = self._base(q, wide)
        if (named := say.phrase("of-count").match(self.f.folded, q.end, self.f.end)) is not None:
            behind = [p for p in self.f.programmes if 0 <= p.start - named.end() <= 1 and not p.weak]
            base = (behind[0].names, False) if behind else base
        counted = next((p for p in self.f.programmes if 0 <= p.start - q.end <= 1 and not p.weak), None)
        if counted is not None and q.unit not in PERCENT:  # "giảm 740 thẻ BHYT"
            base = counted.names, False
        if (named := self.behind(q)) is not None and base is not None:  # "thiếu 12% về BHXH và 9% về BHTN"
            base = named, base[1]
        if base is None:
            after = self.right(q, right) or self._shared(q)
            if after is None or self.blocked(q, wide):
                self.drop(q, "rise-or-fall", "a change of something else")
                return None
            base = after[1], getattr(after[0].row, "role", "") == "cover"
        names, share = base
        paced = self._paced(q)
        last, word = self.last, self.f.folded[verb.start : verb.end]
        if self.rate and last is not None and last.unit not in PERCENT and word in ("vượt", "hụt") and q.value < 20:
            share = share or say.phrase("a-plan").match(self.f.folded, q.end, self.f.end) is not None
        share = share or word == "thiếu"  # what is wanting of a share, never of a count
        unit = "percentage_point" if q.unit == "percent" and share and not paced else q.unit
        if ":" in self.f.folded[verb.end : q.start]:
            target = say.phrase("assigned").search(self.f.folded, self.f.start, verb.start) is not None
            return Judgement(q, "change", names, unit, "announced-change", target=target, carried=not self.here)
        return Judgement(
            q,
            "change",
            names,
            unit,
            verb.row.id,
            target=say.phrase("aims-to").search(self.f.folded, self.f.start, verb.start) is not None,
            carried=not self.here,
            predicate=(verb.start, verb.end),
        )

    def _shared(self, q: Quantity) -> tuple[Cue, tuple[str, ...]] | None:
        """The predicate behind the next number, shared with it: "tăng thêm 20 đơn vị và 300 lao động tham gia BHXH"."""
        f = self.f
        k = f.quantities.index(q) + 1
        if k == len(f.quantities) or f.folded[q.end : f.quantities[k].start].strip() != "và":
            return None
        return self.right(f.quantities[k], self.zones(k, f.quantities[k])[2])

    def as_plan(self, q: Quantity, left: int, wide: int) -> Judgement | None:
        """A share of what was planned for the figure before: "đạt 92% kế hoạch"."""
        base = self._base(q, wide)
        plan = say.plan_after().match(self.f.folded, q.end, self.f.end)
        behind = [p for p in self.f.programmes if plan and 0 <= p.start - plan.end() <= 1 and not p.weak]
        if behind:  # "đạt ít nhất 96% kế hoạch BHXH bắt buộc"
            return Judgement(q, "plan_rate", behind[0].names, q.unit, "plan-share", carried=True, confidence=0.8)
        if base is None:
            own = [p for p in self.f.programmes if left <= p.start and p.end <= q.start and not p.weak]
            end = own[-1].end if own else left
            done = say.phrase("fulfil").search(self.f.folded, end, q.start)
            if (
                own
                and say.light().fullmatch(self.f.masked, end, done.start() if done else q.start)
                and not self.blocked(q, left)
            ):
                return Judgement(q, "plan_rate", own[-1].names, q.unit, "against-plan", confidence=0.8)
            self.drop(q, "plan-share", "a plan for something else")
            return None
        return Judgement(q, "plan_rate", base[0], q.unit, "plan-share", carried=not self.here)

    def behind(self, q: Quantity) -> tuple[str, ...] | None:
        """Programmes named right behind the number: "900 người đối với BHTN"."""
        f = self.f
        after = next((p for p in f.programmes if q.end <= p.start < q.end + 20 and not p.weak), None)
        return after.names if after and say.phrase("named-behind").fullmatch(f.folded, q.end, after.start) else None

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

    def _opens(self, q: Quantity) -> bool:
        """Whether a count opens a sentence of its own behind one of shares: "Trường có 640 em", not "Riêng nhóm … có 640 em"."""
        f = self.f
        return bool(
            not self.here
            and self.last
            and self.last.unit in PERCENT
            and not say.phrase("particular").search(f.folded, f.start, q.start)
        )

    def label(self, q: Quantity, left: int) -> Judgement | None:
        """A programme right before the number: "BHXH tự nguyện: 7.299 người" where the sentence counts participants."""
        f = self.f
        own = [p for p in f.programmes if left <= p.start and p.end <= q.start and not p.weak]
        aside = own and say.phrase("aside").match(f.folded, own[-1].end, q.start)
        if not own or not say.light().fullmatch(f.masked, aside.end() if aside else own[-1].end, q.start):
            return None
        paid = q.unit in PERCENT and any(c.end <= q.start for c in f.before)
        joined = not paid and any(
            isinstance(c.row, IndicatorRow)
            and c.row.role in ("join", "cover")
            and c.end <= own[-1].start
            and c.row.link == "topic"
            for c in f.cues
        )
        opens = say.light().fullmatch(f.masked, left, own[-1].start) and say.phrase("reach").search(
            f.folded, own[-1].end, q.start
        )
        opens = opens or f.folded[own[-1].end : q.start].strip() == "toàn dân"
        opens = opens and q.unit in PERCENT and not say.plan_after().match(f.folded, q.end, f.end) and q.value <= 100
        joined = bool(joined or opens or (f.topic.listed and not paid) or (q.unit == "person" and self._in_columns))
        if self.last is None and not joined:
            return None
        if q.unit in PERCENT and not (joined or (self.last and self.last.unit in PERCENT)):
            return None
        indicator = "coverage_rate" if q.unit in PERCENT else "participants"
        part = self.here and self.last and self.last.indicator == "change" and self.last.unit == q.unit
        if part and self.last and say.phrase("part-of-it").fullmatch(f.folded, self.last.quantity.end, own[-1].start):
            return replace(self.last, quantity=q, programmes=own[-1].names, rule="label", carried=True)
        if q.unit in PERCENT and self.here and self.last and self.last.rule == "against-plan":
            return Judgement(q, "plan_rate", own[-1].names, q.unit, "against-plan", carried=True, confidence=0.8)
        if q.unit not in PERCENT and say.phrase("more").search(f.folded, own[-1].end, q.start):
            indicator = "new_participants"
        return Judgement(q, indicator, own[-1].names, q.unit, "label", carried=True, confidence=0.8)

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
        last, f = self.last, self.f
        if last is None or not (self.here or say.light().match(f.masked, f.start, q.start)):
            return None
        if not say.light().fullmatch(f.masked, left, q.start):
            return None
        if not self.here and not say.light().fullmatch(f.masked, f.start, q.start):
            return None
        percent = q.unit in PERCENT
        again = percent and last.unit not in PERCENT and self.here
        part = "/" in f.folded[last.quantity.start : last.quantity.end]
        again = again and (
            self.planned
            or (part and say.phrase("executed").search(f.folded, f.start, last.quantity.start) is not None)
            or last.rule == "plan-count"
            or say.phrase("was-assigned").search(f.folded, f.start, last.quantity.start) is not None
        )
        gap = _BRACKETED.sub("", f.folded[last.quantity.end : q.start])
        again = again and say.phrase("bare-share").fullmatch(gap) is not None
        if again and self.bare(q, left, right):
            return Judgement(q, "plan_rate", last.programmes, q.unit, "plan-again", carried=True, confidence=0.7)
        level = percent and self.here and last.indicator == "coverage_rate"
        if level and say.phrase("against-level").search(f.folded, left, q.start):
            return Judgement(q, "coverage_rate", last.programmes, q.unit, "carried", carried=True, confidence=0.7)
        if percent and say.phrase("poverty-rate").search(f.folded, left, q.start):
            return None
        if percent and (say.phrase("compared").match(f.folded, q.end, f.end) or q.value > 100):
            return None
        if percent and last.unit not in PERCENT:
            rate = say.phrase("head").search(f.folded, left, q.start) or say.phrase("reach").search(
                f.folded, left, q.start
            )
            whole = last.indicator in ("participants", "non_participants") and say.phrase("share").search(
                f.folded, left, q.start
            )
            whole = whole and not say.phrase("among").search(f.folded, f.start, last.quantity.start)
            series = self.rate and say.level().search(f.folded, left, q.start)
            if not (say.phrase("population").match(f.folded, q.end, f.end) or rate or whole or series):
                return None
            kind = "non_participants" if last.indicator == "non_participants" else "coverage_rate"
            return Judgement(q, kind, last.programmes, q.unit, "share-of-count", carried=True, confidence=0.8)
        if percent:
            population = say.phrase("population").match(f.folded, q.end, f.end)
            if not self.bare(q, left, right):
                return None
            kind = (
                last.indicator
                if last.indicator in ("coverage_rate", "non_participants", "plan_rate")
                else "coverage_rate"
            )
            kind = "coverage_rate" if kind == "plan_rate" and population else kind
            return Judgement(q, kind, last.programmes, q.unit, "carried", carried=True, confidence=0.7)
        if not self.bare(q, left, right) or self._opens(q):
            return None
        if not self.here and last.indicator == "non_participants":
            return None  # "Tỉnh có 2,2 triệu lao động" says nothing of those who stay away
        kind = last.indicator if last.unit not in PERCENT and last.indicator != "change" else "participants"
        if last.rule == "announced-change":
            return replace(last, quantity=q, unit=q.unit, carried=True)
        behind = next((p for p in f.programmes if q.end <= p.start <= q.end + 2 and not p.weak), None)
        names = behind.names if behind else self.behind(q) or last.programmes  # "3.400 người BHYT hộ gia đình"
        return Judgement(q, kind, names, q.unit, "carried", carried=True, confidence=0.7)


_BRACKETED = regex.compile(r"\s*\([^()]*\)")


def _is_share(reading: Judgement) -> bool:
    """Whether a change that follows this figure is a difference of shares (ruling 17 of the guidelines)."""
    if reading.indicator == "change":
        return reading.unit == "percentage_point"
    return reading.unit in PERCENT and reading.indicator != "plan_rate"


@cache
def _rise() -> IndicatorRow:
    return next(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "change")
