"""Changes of the figure before, and shares of what was planned for it: "tăng 1.200 người", "đạt 92% kế hoạch"."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from extractor.fields.figures.rows import Cue, IndicatorRow
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.evidence import Found
from extractor.fields.figures.rules.number import Answer, Number, Refused, role_of
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Opens
from extractor.fields.figures.words import template, words_of
from extractor.rules import cache, load_rows

Base: TypeAlias = tuple[tuple[str, ...], bool]  # programmes, and whether what changes is a share
_COMPARED = template(r"\s+{compared-with}[^,;()]{0,40}")


def change_verb(n: Number) -> Cue | None:
    """The verb of a change that governs the number ("tăng 1.200 người"), or None where it states a level."""
    if n.percent and _paced(n):
        return Cue(n.q.start, n.q.start, _rise())
    verb = _verb(n)
    if verb is None:
        return None
    governs = next((said for step in _CHANGES if (said := step(n, verb)) is not None), False)
    return verb if governs else None


def _verb(n: Number) -> Cue | None:
    """The last verb of a change before the number."""
    verbs = [c for c, row in n.evidence.indicators() if row.role == "change" and n.left <= c.start]
    return next((c for c in reversed(verbs) if c.end <= n.q.start), None)


def _added(n: Number, verb: Cue) -> bool | None:
    """Yes where the verb adds."""
    return True if n.preceded_by("added", verb.end) else None


def _most(n: Number, verb: Cue) -> bool | None:
    """Yes in "tăng cao nhất"."""
    return True if say.phrase("most").fullmatch(n.f.folded, verb.end, n.q.start) else None


def _to_level(n: Number, verb: Cue) -> bool | None:
    """No where the change ends at the number."""
    return False if verb.end < n.q.start and n.level_from(verb.end) else None


def _over_level(n: Number, verb: Cue) -> bool | None:
    """No in "tỷ lệ đã vượt 93%": a level."""
    over = n.q.unit == "percent" and n.q.value >= 50 and n.f.folded[verb.start : verb.end] in words_of("over")
    return False if over else None


def _rising_count(n: Number, verb: Cue) -> bool | None:
    """Yes where what rises is named between the verb and its share."""
    counted = say.phrase("rising-count").match(n.f.folded, verb.end, n.q.start)
    if counted is None or n.q.unit != "percent":
        return None
    own = [p for p in n.named_from(counted.end()) if p.start - counted.end() <= 1]
    return True if own and n.light_from(own[-1].end) and not n.level_from(own[-1].end) else None


def _announced(n: Number, verb: Cue) -> bool | None:
    """Behind a colon: yes only in a list that the verb announces."""
    if ":" not in n.f.folded[verb.end : n.q.start]:
        return None
    listed = say.phrase("announced").match(n.f.folded, verb.start, n.q.start)
    return listed is not None and n.light_from(verb.end)


def _next_to(n: Number, verb: Cue) -> bool:
    """Whether only light words or what is compared with stand between the verb and the number."""
    return n.light_from(verb.end) or _COMPARED.fullmatch(n.f.folded, verb.end, n.q.start) is not None


_CHANGES: tuple[Callable[[Number, Cue], bool | None], ...] = (
    _added,
    _most,
    _to_level,
    _over_level,
    _rising_count,
    _announced,
    _next_to,
)


def _paced(n: Number) -> bool:
    """Whether the number is a pace: "tốc độ tăng tỷ lệ bao phủ giảm từ 8,3% xuống 2,8%"."""
    f = n.f
    pace = say.pace().search(f.folded, f.start, n.q.start)
    if pace is None or ";" in f.folded[pace.end() : n.q.start]:
        return False
    near = (x for x in n.evidence.indicators() if pace.start() <= x[0].start <= pace.end() + 30)
    return any(row.role in ("join", "cover", "new") and n.evidence.link(cue) for cue, row in near)


def _base(n: Number) -> Base | None:
    """The base of a change or plan share, or None where it is not about taking part."""
    if n.evidence.blocked(n.q, n.wide):
        return None
    return next((base for step in _BASES if (base := step(n)) is not None), None)


def _base_of_cue(n: Number) -> Base | None:
    """The evidence to the left, behind the number before."""
    found = n.evidence.left(n.q, n.wide)
    if found is None:
        return None
    cue, names = found
    return names, role_of(cue) == "cover" or bool(say.phrase("head").search(n.f.folded, n.wide, cue.start))


def _base_before(n: Number) -> Base | None:
    """The figure before, in this sentence or where this one opens with the number."""
    last = n.told.last
    if last is None or not (n.told.here or n.light_from(n.f.start)):
        return None
    own = n.named_from(n.wide)
    return own[-1].names if own else last.programmes, _is_share(last)


def _base_named(n: Number) -> Base | None:
    """The programme right before the number."""
    own = n.named_from(n.wide)
    if not own or not n.light_from(own[-1].end):
        return None
    if n.told.last is not None:
        return own[-1].names, _is_share(n.told.last)  # "So với năm trước, BHTN tăng 4%"
    return (own[-1].names, False) if n.q.unit == "person" else None  # "BHYT hộ gia đình tăng 213 người"


_BASES: tuple[Callable[[Number], Base | None], ...] = (_base_of_cue, _base_before, _base_named)


def _changed(n: Number) -> Base | None:
    """What changes: the programme behind the number, else the base."""
    base = _base(n)
    of_count = say.phrase("of-count").match(n.f.folded, n.q.end, n.f.end)
    if of_count is not None and (after := n.evidence.named_at(of_count.end())) is not None:
        base = after.names, False
    if not n.percent and (after := n.evidence.named_at(n.q.end)) is not None:  # "giảm 740 thẻ BHYT"
        base = after.names, False
    return base


def _changed_behind(n: Number) -> Base | None:
    """What changes by a predicate behind the number, its own or shared."""
    after = n.evidence.right(n.q, n.right) or _shared(n)
    if after is None or n.evidence.blocked(n.q, n.wide):
        return None
    return after[1], role_of(after[0]) == "cover"


def as_change(n: Number, verb: Cue) -> Answer:
    """A change of the figure before, in points where that figure is a share."""
    base = _changed(n) or _changed_behind(n)
    if base is None:
        return Answer(None, Refused("rise-or-fall", "a change of something else"))
    f, (names, share) = n.f, base
    wanting = f.folded[verb.start : verb.end] in words_of("short-of")  # what is wanting of a share, never of a count
    points = n.q.unit == "percent" and (share or wanting) and not _paced(n)
    unit = "percentage_point" if points else n.q.unit
    carried = not n.told.here
    if ":" in f.folded[verb.end : n.q.start]:
        aim, opens = "assigned", Opens.CHANGES
        rule, role, span = "announced-change", None, None
    else:
        aim, opens = "aims-to", Opens.NOTHING
        rule, role, span = verb.row.id, role_of(verb), (verb.start, verb.end)
    target = say.phrase(aim).search(f.folded, f.start, verb.start) is not None
    return Answer(
        Judgement(n.q, "change", names, unit, rule, target, carried=carried, predicate=span, role=role, opens=opens)
    )


def _shared(n: Number) -> Found | None:
    """The predicate behind the next number, shared with it: "tăng thêm 20 đơn vị và 300 lao động tham gia BHXH"."""
    following = n.following
    if following is None or n.f.folded[n.q.end : following.start].strip() not in words_of("and-word"):
        return None
    return n.evidence.right(following, Number.at(n.f, n.told, n.index + 1).right)


def as_plan(n: Number) -> Answer:
    """A share of what was planned for the figure before: "đạt 92% kế hoạch"."""
    q, plan = n.q, say.plan_after().match(n.f.folded, n.q.end, n.f.end)
    after = n.evidence.named_at(plan.end()) if plan else None
    if after is not None:  # "đạt ít nhất 96% kế hoạch BHXH bắt buộc"
        return Answer(Judgement(q, "plan_rate", after.names, q.unit, "plan-share", carried=True, confidence=0.8))
    base = _base(n)
    if base is not None:
        return Answer(Judgement(q, "plan_rate", base[0], q.unit, "plan-share", carried=not n.told.here))
    names = _against_plan(n)
    if names is not None:
        return Answer(against_plan(n, names))
    return Answer(None, Refused("plan-share", "a plan for something else"))


def against_plan(n: Number, names: tuple[str, ...], *, carried: bool = False) -> Judgement:
    """A share of a plan that is named before it; those behind it in the list are of their plans too."""
    return Judgement(
        n.q,
        "plan_rate",
        names,
        n.q.unit,
        "against-plan",
        carried=carried,
        confidence=0.8,
        opens=Opens.PLAN_SHARES,
    )


def _against_plan(n: Number) -> tuple[str, ...] | None:
    """The programme right before the number, or before the verb that says how much of the plan was done."""
    own = n.named_from(n.left)
    if not own:
        return None
    done = say.phrase("fulfil").search(n.f.folded, own[-1].end, n.q.start)
    until = done.start() if done else n.q.start
    light = say.light().fullmatch(n.f.masked, own[-1].end, until) is not None
    return own[-1].names if light and not n.blocked else None


def _is_share(reading: Judgement) -> bool:
    """Whether a change that follows this figure is a difference of shares (ruling 17 of the guidelines)."""
    if reading.indicator == "change":
        return reading.unit == "percentage_point"
    return reading.unit in PERCENT and reading.indicator != "plan_rate"


@cache
def _rise() -> IndicatorRow:
    return next(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "change")
