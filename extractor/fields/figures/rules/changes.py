"""Changes of the figure before, and shares of what was planned for it: "tăng 1.200 người", "đạt 92% kế hoạch"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rows import Cue, IndicatorRow, Programme
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Evidence
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence
from extractor.fields.figures.words import template, words_of
from extractor.rules import cache, load_rows

Base: TypeAlias = tuple[tuple[str, ...], bool]  # programmes, and whether what changes is a share
ANNOUNCED, AGAINST_PLAN = "announced-change", "against-plan"  # rules that a number behind goes on with
_COMPARED = template(r"\s+{compared-with}[^,;()]{0,40}")


class Changes(Evidence):
    """Readings of changes and plan shares, which lean on `last`, the figure before."""

    def __init__(self, sentence: Sentence, last: Judgement | None) -> None:
        super().__init__(sentence)
        self.last = last
        self.rate = False  # whether a share of the population stands earlier in this sentence
        self.planned = False  # whether a share of a plan, or a planned count, stands earlier in this sentence
        self.here = False  # whether `last` stands in this sentence

    def change(self, q: Quantity, left: int, wide: int) -> Cue | None:
        """The verb of a change that governs the number ("tăng 1.200 người"), or None where it states a level."""
        if q.unit in PERCENT and self._paced(q):
            return Cue(q.start, q.start, _rise())
        verb = self._verb(q, left)
        if verb is None:
            return None
        for step in _CHANGES:
            governs = step(self, q, verb)
            if governs is not None:
                return verb if governs else None
        return None

    def _verb(self, q: Quantity, left: int) -> Cue | None:
        """The last verb of a change before the number."""
        verbs = [
            c
            for c in self.f.cues
            if left <= c.start and c.end <= q.start and isinstance(c.row, IndicatorRow) and c.row.role == "change"
        ]
        return verbs[-1] if verbs else None

    def _light_before(self, q: Quantity, at: int) -> bool:
        """Whether only light words stand between `at` and the number."""
        return say.light().fullmatch(self.f.masked, at, q.start) is not None

    def _level_before(self, q: Quantity, at: int) -> bool:
        """Whether words between `at` and the number end a change at a level."""
        return say.level().search(self.f.folded, at, q.start) is not None

    def _added(self, q: Quantity, verb: Cue) -> bool | None:
        """Yes where the verb adds."""
        return True if say.phrase("added").search(self.f.folded, verb.end, q.start) else None

    def _against_level(self, q: Quantity, verb: Cue) -> bool | None:
        """No where the number is the level that is compared with."""
        return False if say.phrase("against-level").search(self.f.folded, verb.start, q.start) else None

    def _most(self, q: Quantity, verb: Cue) -> bool | None:
        """Yes in "tăng cao nhất"."""
        return True if say.phrase("most").fullmatch(self.f.folded, verb.end, q.start) else None

    def _to_level(self, q: Quantity, verb: Cue) -> bool | None:
        """No where the change ends at the number."""
        return False if verb.end < q.start and self._level_before(q, verb.end) else None

    def _over_level(self, q: Quantity, verb: Cue) -> bool | None:
        """No in "tỷ lệ đã vượt 93%": a level."""
        f = self.f
        over = q.unit == "percent" and q.value >= 50 and f.folded[verb.start : verb.end] in words_of("over")
        return False if over and not say.phrase("a-plan").match(f.folded, q.end, f.end) else None

    def _rising_count(self, q: Quantity, verb: Cue) -> bool | None:
        """Yes where what rises is named between the verb and its share."""
        f = self.f
        counted = say.phrase("rising-count").match(f.folded, verb.end, q.start)
        if counted is None or q.unit != "percent":
            return None
        own = [p for p in f.programmes if 0 <= p.start - counted.end() <= 1 and p.end <= q.start]
        stands = own and self._light_before(q, own[-1].end) and not self._level_before(q, own[-1].end)
        return True if stands else None

    def _announced(self, q: Quantity, verb: Cue) -> bool | None:
        """Behind a colon: yes only in a list that the verb announces."""
        f = self.f
        if ":" not in f.folded[verb.end : q.start]:
            return None
        listed = say.phrase("announced").match(f.folded, verb.start, q.start)
        return listed is not None and self._light_before(q, verb.end)

    def _next_to(self, q: Quantity, verb: Cue) -> bool:
        """Whether only light words or what is compared with stand between the verb and the number."""
        compared = _COMPARED.fullmatch(self.f.folded, verb.end, q.start)
        return self._light_before(q, verb.end) or compared is not None

    def _paced(self, q: Quantity) -> bool:
        """Whether the number is a pace: "tốc độ tăng tỷ lệ bao phủ giảm từ 8,3% xuống 2,8%"."""
        f = self.f
        pace = say.pace().search(f.folded, f.start, q.start)
        if pace is None or ";" in f.folded[pace.end() : q.start]:
            return False
        return any(
            pace.start() <= c.start <= pace.end() + 30 and self.link(c)
            for c in f.cues
            if isinstance(c.row, IndicatorRow) and c.row.role in ("join", "cover", "new")
        )

    def _own(self, q: Quantity, at: int) -> list[Programme]:
        """The programmes named between `at` and the number."""
        return [p for p in self.f.programmes if at <= p.start and p.end <= q.start and not p.weak]

    def _base(self, q: Quantity, wide: int) -> Base | None:
        """The base of a change or plan share, or None where it is not about taking part."""
        if self.blocked(q, wide):
            return None
        for step in _BASES:
            base = step(self, q, wide)
            if base is not None:
                return base
        return None

    def _base_of_cue(self, q: Quantity, wide: int) -> Base | None:
        """The evidence to the left, behind the number before."""
        found = self.left(q, wide)
        if found is None:
            return None
        role = found[0].row.role if isinstance(found[0].row, IndicatorRow) else ""
        return found[1], role == "cover" or bool(say.phrase("head").search(self.f.folded, wide, found[0].start))

    def _base_before(self, q: Quantity, wide: int) -> Base | None:
        """The figure before, in this sentence or where this one opens with the number."""
        if self.last is None or not (self.here or self._light_before(q, self.f.start)):
            return None
        own = self._own(q, wide)
        return own[-1].names if own else self.last.programmes, _is_share(self.last)

    def _base_again(self, q: Quantity, _wide: int) -> Base | None:
        """The figure of the sentence before where this one names its programme again."""
        start = self.f.start
        strong = [p for p in self.f.programmes if p.end <= q.start and not p.weak]
        if self.last is None or not strong or self.last.programmes != strong[-1].names or self.blocked(q, start):
            return None
        return self.last.programmes, _is_share(self.last)

    def _base_named(self, q: Quantity, wide: int) -> Base | None:
        """The programme right before the number."""
        own = self._own(q, wide)
        if not own or not self._light_before(q, own[-1].end):
            return None
        if self.last is not None:
            return own[-1].names, _is_share(self.last)  # "So với năm trước, BHTN tăng 4%"
        return (own[-1].names, False) if q.unit == "person" else None  # "BHYT hộ gia đình tăng 213 người"

    def _right_behind(self, at: int) -> Programme | None:
        """The programme that begins at `at`, a blank between them or none."""
        return next((p for p in self.f.programmes if 0 <= p.start - at <= 1 and not p.weak), None)

    def _changed(self, q: Quantity, wide: int) -> Base | None:
        """What changes: the programme behind the number, else the base."""
        base = self._base(q, wide)
        of_count = say.phrase("of-count").match(self.f.folded, q.end, self.f.end)
        if of_count is not None and (after := self._right_behind(of_count.end())) is not None:
            base = after.names, False
        if q.unit not in PERCENT and (after := self._right_behind(q.end)) is not None:  # "giảm 740 thẻ BHYT"
            base = after.names, False
        named = self.behind(q)  # "thiếu 12% về BHXH và 9% về BHTN"
        return (named, base[1]) if named is not None and base is not None else base

    def _changed_behind(self, q: Quantity, wide: int, right: int) -> Base | None:
        """What changes by a predicate behind the number, its own or shared."""
        after = self.right(q, right) or self._shared(q)
        if after is None or self.blocked(q, wide):
            return None
        return after[1], getattr(after[0].row, "role", "") == "cover"

    def as_change(self, q: Quantity, verb: Cue, left: int, wide: int, right: int) -> Judgement | None:
        """A change of the figure before, in points where that figure is a share."""
        base = self._changed(q, wide) or self._changed_behind(q, wide, right)
        if base is None:
            self.drop(q, "rise-or-fall", "a change of something else")
            return None
        f, (names, share) = self.f, base
        points = q.unit == "percent" and (share or self._wanting(q, verb)) and not self._paced(q)
        unit = "percentage_point" if points else q.unit
        if ":" in f.folded[verb.end : q.start]:
            assigned = say.phrase("assigned").search(f.folded, f.start, verb.start) is not None
            return Judgement(q, "change", names, unit, ANNOUNCED, target=assigned, carried=not self.here)
        aims = say.phrase("aims-to").search(f.folded, f.start, verb.start) is not None
        span = verb.start, verb.end
        return Judgement(q, "change", names, unit, verb.row.id, target=aims, carried=not self.here, predicate=span)

    def _wanting(self, q: Quantity, verb: Cue) -> bool:
        """Whether the verb tells what a share wants of a plan, or has over it."""
        last, word = self.last, self.f.folded[verb.start : verb.end]
        if word in words_of("short-of"):  # what is wanting of a share, never of a count
            return True
        counted = self.rate and last is not None and last.unit not in PERCENT
        over = counted and word in words_of("over-or-short") and q.value < 20
        return over and say.phrase("a-plan").match(self.f.folded, q.end, self.f.end) is not None

    def _shared(self, q: Quantity) -> tuple[Cue, tuple[str, ...]] | None:
        """The predicate behind the next number, shared with it: "tăng thêm 20 đơn vị và 300 lao động tham gia BHXH"."""
        f = self.f
        k = f.quantities.index(q) + 1
        if k == len(f.quantities) or f.folded[q.end : f.quantities[k].start].strip() not in words_of("and-word"):
            return None
        return self.right(f.quantities[k], self.zones(k, f.quantities[k])[2])

    def as_plan(self, q: Quantity, left: int, wide: int) -> Judgement | None:
        """A share of what was planned for the figure before: "đạt 92% kế hoạch"."""
        plan = say.plan_after().match(self.f.folded, q.end, self.f.end)
        after = self._right_behind(plan.end()) if plan else None
        if after is not None:  # "đạt ít nhất 96% kế hoạch BHXH bắt buộc"
            return Judgement(q, "plan_rate", after.names, q.unit, "plan-share", carried=True, confidence=0.8)
        base = self._base(q, wide)
        if base is not None:
            return Judgement(q, "plan_rate", base[0], q.unit, "plan-share", carried=not self.here)
        names = self._against_plan(q, left)
        if names is not None:
            return Judgement(q, "plan_rate", names, q.unit, AGAINST_PLAN, confidence=0.8)
        self.drop(q, "plan-share", "a plan for something else")
        return None

    def _against_plan(self, q: Quantity, left: int) -> tuple[str, ...] | None:
        """The programme right before the number, or before the verb that says how much of the plan was done."""
        own = self._own(q, left)
        if not own:
            return None
        done = say.phrase("fulfil").search(self.f.folded, own[-1].end, q.start)
        until = done.start() if done else q.start
        light = say.light().fullmatch(self.f.masked, own[-1].end, until) is not None
        return own[-1].names if light and not self.blocked(q, left) else None

    def behind(self, q: Quantity) -> tuple[str, ...] | None:
        """Programmes named right behind the number: "900 người đối với BHTN"."""
        f = self.f
        after = next((p for p in f.programmes if q.end <= p.start < q.end + 20 and not p.weak), None)
        return after.names if after and say.phrase("named-behind").fullmatch(f.folded, q.end, after.start) else None


_CHANGES: tuple[Callable[[Changes, Quantity, Cue], bool | None], ...] = (
    Changes._added,
    Changes._against_level,
    Changes._most,
    Changes._to_level,
    Changes._over_level,
    Changes._rising_count,
    Changes._announced,
    Changes._next_to,
)
_BASES: tuple[Callable[[Changes, Quantity, int], Base | None], ...] = (
    Changes._base_of_cue,
    Changes._base_before,
    Changes._base_again,
    Changes._base_named,
)


def _is_share(reading: Judgement) -> bool:
    """Whether a change that follows this figure is a difference of shares (ruling 17 of the guidelines)."""
    if reading.indicator == "change":
        return reading.unit == "percentage_point"
    return reading.unit in PERCENT and reading.indicator != "plan_rate"


@cache
def _rise() -> IndicatorRow:
    return next(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "change")
