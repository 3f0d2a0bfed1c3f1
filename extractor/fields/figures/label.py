"""Features of what a number tells: its label (an indicator or none) and its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.frame import Frame, Pool
from extractor.fields.figures.meaning import direction
from extractor.fields.figures.period_candidates import AHEAD
from extractor.fields.figures.position import few
from extractor.fields.figures.rows import Cue, Programme
from extractor.fields.figures.tokens import Tokens
from extractor.records import Figure
from extractor.rules.scopes import Scope

LABELS = (
    "none", "participants", "coverage_rate", "new_participants", "renewed_participants", "non_participants",
    "plan_rate", "change", "gap",
)  # fmt: skip
STATUSES = ("actual", "target")
WINDOW = 4


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known around one quantity before it is labelled."""

    quantity: Quantity
    sentence: tuple[int, int]
    tokens: Tokens
    cues: Sequence[Cue]
    told: Mapping[str, Sequence[Cue]]  # the cues of the sentence before (`prev`) and of the heads above (`head`)
    programmes: Sequence[Programme]
    scopes: Sequence[Scope]
    rules: Sequence[Figure]  # what the rules made of it, one figure a programme
    dropped: str  # the rule that dropped it
    last: tuple[Quantity, str, str] | None  # the quantity before with its label and status


def base(frame: Frame, c: Context) -> list[str]:
    """Names of all that is known of a quantity."""
    q, folded = c.quantity, frame.reading.folded
    start, end = c.sentence
    size = int(log10(abs(q.value))) if q.value else 0
    unit = q.unit
    rule = c.rules[0].indicator if c.rules else "none"
    rule_id = c.rules[0].provenance.rule if c.rules else ""
    kind, sign = direction(folded, start, q.start, q.end, end)
    out = [
        "BIAS", f"UNIT:{unit}", f"RULE:{rule}", f"RULE:{rule}|{unit}", f"RULEID:{rule_id}", f"DROP:{c.dropped}",
        f"DIR:{kind}{sign:+d}",
        f"SIZE:{unit}|{size}", f"CMP:{q.comparator}", f"NOUN:{q.noun}",
    ]  # fmt: skip
    if not q.noun and unit == "percent":
        out.append("BARE:percent")
    elif not q.noun:
        out += [f"BARE:{unit}", f"BARE:{unit}|{size}"]
    if unit == "percent" and q.value > 100:
        out.append("OVER100")
    left, right = c.tokens.before(q.start, WINDOW), c.tokens.behind(q.end, WINDOW)
    for k, w in enumerate(left):
        out += [f"L:{w}", f"L{k + 1}:{w}"] if k < 3 else [f"L:{w}"]
    for k, w in enumerate(right):
        out += [f"R:{w}", f"R{k + 1}:{w}"] if k < 3 else [f"R:{w}"]
    out += [f"LL:{left[1]} {left[0]}" if len(left) > 1 else "LL:", f"RR:{' '.join(right[:2])}"]
    before = [x for x in c.cues if x.end <= q.start]
    behind = [x for x in c.cues if x.start >= q.end]
    for side, cues, far in (("<", before[::-1], 3), (">", behind, 3)):
        for k, cue in enumerate(cues[:far]):
            a, b = (cue.end, q.start) if side == "<" else (q.end, cue.start)
            clear = frame.between(a, b) == 0
            role = _role(cue)
            out.append(f"CUE:{side}{cue.row.id}|{'near' if clear else 'far'}")
            if k == 0:
                out += [f"CUE1:{side}{cue.row.id}|{'near' if clear else 'far'}", f"ROLE1:{side}{role}|{clear}|{unit}"]
    out += _around_brackets(frame, c)
    if not before:
        out.append("CUE:<none")
    if not behind:
        out.append("CUE:>none")
    out += [f"{where.upper()}:{cue.row.id}" for where, cues in c.told.items() for cue in cues]
    out.append(_programme(frame, c))
    out += [f"SCOPE:{s.category}" for s in c.scopes if s.start <= q.core < s.end]
    block = frame.outline.blocks[frame.outline.index(q.core)]
    out += [f"BLOCK:{block.kind}", f"NTH:{few(frame.between(start, q.start))}"]
    if frame.bracket(q.core):
        out.append("BRACKET")
    if c.last is not None:
        other, label, _ = c.last
        same = other.start >= start
        gap = c.tokens.before(q.start, 30)
        n = len([t for t in c.tokens.items if other.end <= t.start < q.start]) if same else 99
        where = "close" if n <= 3 else "clause" if n <= 10 else "sentence" if same else "before"
        out += [f"LAST:{label}|{where}", f"LAST:{label}|{where}|{other.unit}>{unit}"]
        if same and n <= 3:
            out.append(f"LAST:{label}|{' '.join(gap[:n][::-1])}|{unit}")
    return out


def _around_brackets(frame: Frame, c: Context) -> list[str]:
    """The first cue behind the brackets that a number stands in or right before: "11% dân số (30.000 người) chưa tham gia"."""
    q, end = c.quantity, c.sentence[1]
    folded, own = frame.reading.folded, frame.bracket(q.core)
    opens = folded.find("(", q.end, min(end, q.end + 40)) if own is None else -1
    bracket = own or (frame.bracket(opens + 1) if opens >= 0 else None)
    if bracket is None or (own is None and frame.between(q.end, opens)):
        return []
    cue = next((x for x in c.cues if x.start >= bracket[1]), None)
    if cue is None or frame.between(bracket[1], cue.start) or set(folded[bracket[1] : cue.start]) & set(",;:."):
        return ["BRACKETCUE:none"]
    role = _role(cue)
    return [f"BRACKETCUE:{role}", f"BRACKETCUE:{cue.row.id}", f"BRACKETCUE:{role}|{q.unit}"]


def _role(cue: Cue) -> str:
    """What a cue says of a number: the role of an indicator's row, or that the number is of something else."""
    return getattr(cue.row, "role", "veto")


def _programme(frame: Frame, c: Context) -> str:
    q, (start, end) = c.quantity, c.sentence
    strong = [p for p in c.programmes if not p.weak]
    own = [p for p in strong if start <= p.start < end]
    if any(p.start >= q.end and frame.between(q.end, p.start) == 0 for p in own):
        return "PROG:behind"
    if any(p.end <= q.start and frame.between(p.end, q.start) == 0 for p in own):
        return "PROG:before"
    if own:
        return "PROG:sentence"
    if any(start <= p.start < end for p in c.programmes):
        return "PROG:weak"
    number = frame.outline.sentence_index(q.core)
    first = frame.outline.sentences[max(0, number - 2)][0]
    if any(first <= p.start < start for p in strong):
        return "PROG:just-before"
    return "PROG:earlier" if any(p.start < start for p in strong) else "PROG:none"


def _dates(c: Context, periods: Pool, frame: Frame) -> list[str]:
    """How the dates beside a number lie to the publication."""
    q, (start, end) = c.quantity, c.sentence
    inside = periods.inside(start, end)
    before = [p for p in inside if p.end <= q.start][-1:]
    behind = [p for p in inside if p.start >= q.end][:1]
    out = []
    for side, phrases in (("<", before), (">", behind)):
        for p in phrases:
            n = frame.between(p.end, q.start) if side == "<" else frame.between(q.end, p.start)
            told = [
                t
                for t in p.tags
                if t in ("ahead", AHEAD, "past", "now", "vague", "plan", "document") or t.startswith("lead=")
            ]
            out += [f"DATE:{side}{t}|{few(n, 2)}" for t in told]
    return out or ["DATE:none"]


def status(names: Sequence[str], c: Context, label: str, periods: Pool, frame: Frame) -> list[str]:
    """Names of all that tells whether a figure is reached or aimed at."""
    ruled = c.rules[0].status if c.rules else "none"
    last = c.last[2] if c.last and c.last[1] != "none" else "none"
    carried = [f"LASTSTATUS:{last}|{n}" for n in names if n.startswith("LAST:")][:1]
    with_label = [f"{label}|{n}" for n in names if n.startswith(("SCOPE:", "DIR:", "L1:", "R1:", "PREV:"))]
    told = [f"RULESTATUS:{ruled}", f"LASTSTATUS:{last}", *carried, f"LABEL:{label}"]
    return [*names, *with_label, *_dates(c, periods, frame), *told]
