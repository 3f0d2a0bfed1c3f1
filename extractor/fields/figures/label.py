"""Features of what a number tells: its label (an indicator or none) and its status."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log10

from extractor.covering import begun_in
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
WINDOW = 4  # words on each side
PLACED = 3  # of them named with their place
CUES = 3  # nearest cues on each side
BRACKET = 40  # code points between a number and the brackets that belong to it
CLOSE, CLAUSE, FAR = 3, 10, 99  # words between a number and the one before it
_TIMES = frozenset({"ahead", AHEAD, "past", "now", "vague", "plan", "document"})
_DISTANCES = (("close", CLOSE), ("clause", CLAUSE))


@dataclass(frozen=True, slots=True)
class Context:
    """All that is known around one quantity before it is labelled."""

    quantity: Quantity
    sentence: tuple[int, int]
    tokens: Tokens
    cues: Sequence[Cue]
    told: Mapping[str, Sequence[Cue]]  # the cues of the sentence before (`prev`) and of the heads above (`head`)
    programmes: Sequence[Programme]  # those of the article in text order
    strong: Sequence[Programme]  # of them those that are more than a weak mention
    scopes: Sequence[Scope]
    rules: Sequence[Figure]  # what the rules made of it, one figure a programme
    dropped: str  # the rule that dropped it
    last: tuple[Quantity, str, str] | None  # the quantity before with its label and status


def base(frame: Frame, c: Context) -> list[str]:
    """Names of all that is known of a quantity."""
    out = [*_told_by_itself(frame, c), *_beside(c)]
    nearest = {
        "<": [x for x in c.cues if x.end <= c.quantity.start][::-1][:CUES],
        ">": [x for x in c.cues if x.start >= c.quantity.end][:CUES],
    }
    out += [name for side, cues in nearest.items() for name in _of_cues(frame, c, cues, side)]
    out += _around_brackets(frame, c)
    out += [f"CUE:{side}none" for side, cues in nearest.items() if not cues]
    return [*out, *_told_before(c), _programme(frame, c), *_situation(frame, c), *_behind_last(c)]


def _told_before(c: Context) -> list[str]:
    """The cues of the sentence before and of the heads above."""
    return [f"{where.upper()}:{cue.row.id}" for where, cues in c.told.items() for cue in cues]


def _of_cues(frame: Frame, c: Context, cues: Sequence[Cue], side: str) -> list[str]:
    """The cues on a side, the nearest first."""
    return [name for k, cue in enumerate(cues) for name in _of_cue(frame, c, cue, side, first=k == 0)]


def _told_by_itself(frame: Frame, c: Context) -> list[str]:
    """The number with its unit, noun and comparator, what the rules made of it, and which way it goes."""
    q, unit = c.quantity, c.quantity.unit
    size = int(log10(abs(q.value))) if q.value else 0
    rule = c.rules[0].indicator if c.rules else "none"
    rule_id = c.rules[0].provenance.rule if c.rules else ""
    kind, sign = direction(frame.reading.folded, c.sentence[0], q.start, q.end, c.sentence[1])
    out = [
        "BIAS", f"UNIT:{unit}", f"RULE:{rule}", f"RULE:{rule}|{unit}", f"RULEID:{rule_id}", f"DROP:{c.dropped}",
        f"DIR:{kind}{sign:+d}",
        f"SIZE:{unit}|{size}", f"CMP:{q.comparator}", f"NOUN:{q.noun}",
    ]  # fmt: skip
    if not q.noun:
        out += ["BARE:percent"] if unit == "percent" else [f"BARE:{unit}", f"BARE:{unit}|{size}"]
    if unit == "percent" and q.value > 100:
        out.append("OVER100")
    return out


def _beside(c: Context) -> list[str]:
    """The words beside the number; the nearest also by their place."""
    left, right = c.tokens.before(c.quantity.start, WINDOW), c.tokens.behind(c.quantity.end, WINDOW)
    out = []
    for side, found in (("L", left), ("R", right)):
        for k, w in enumerate(found):
            out += [f"{side}:{w}", f"{side}{k + 1}:{w}"] if k < PLACED else [f"{side}:{w}"]
    return [*out, f"LL:{left[1]} {left[0]}" if len(left) > 1 else "LL:", f"RR:{' '.join(right[:2])}"]


def _of_cue(frame: Frame, c: Context, cue: Cue, side: str, *, first: bool) -> list[str]:
    """A cue on a side, and whether no other number stands between; the first one also with its role."""
    q = c.quantity
    clear = (frame.between(cue.end, q.start) if side == "<" else frame.between(q.end, cue.start)) == 0
    name = f"{side}{cue.row.id}|{'near' if clear else 'far'}"
    role = [f"CUE1:{name}", f"ROLE1:{side}{_role(cue)}|{clear}|{q.unit}"] if first else []
    return [f"CUE:{name}", *role]


def _situation(frame: Frame, c: Context) -> list[str]:
    """The scopes and the block that the number stands in, and how many numbers of its sentence go before it."""
    q = c.quantity
    out = [f"SCOPE:{s.category}" for s in c.scopes if s.start <= q.core < s.end]
    out += [f"BLOCK:{frame.outline.kind_at(q.core)}", f"NTH:{few(frame.between(c.sentence[0], q.start))}"]
    return [*out, "BRACKET"] if frame.bracket(q.core) else out


def _behind_last(c: Context) -> list[str]:
    """What the number before was, how far it stands, and the words between where they are few."""
    if c.last is None:
        return []
    q, (other, label, _) = c.quantity, c.last
    same = other.start >= c.sentence[0]
    n = len([t for t in c.tokens.items if other.end <= t.start < q.start]) if same else FAR
    where = next((name for name, most in _DISTANCES if n <= most), "sentence" if same else "before")
    out = [f"LAST:{label}|{where}", f"LAST:{label}|{where}|{other.unit}>{q.unit}"]
    if same and n <= CLOSE:
        gap = c.tokens.before(q.start, CLOSE)[:n]
        out.append(f"LAST:{label}|{' '.join(gap[::-1])}|{q.unit}")
    return out


def _around_brackets(frame: Frame, c: Context) -> list[str]:
    """The first cue behind the brackets that a number stands in or right before: "11% dân số (30.000 người) chưa tham gia"."""
    q = c.quantity
    bracket = frame.bracket(q.core) or _bracket_behind(frame, c)
    if bracket is None:
        return []
    cue = next((x for x in c.cues if x.start >= bracket[1]), None)
    if cue is None or frame.between(bracket[1], cue.start):
        return ["BRACKETCUE:none"]
    if set(frame.reading.folded[bracket[1] : cue.start]) & set(",;:."):
        return ["BRACKETCUE:none"]
    role = _role(cue)
    return [f"BRACKETCUE:{role}", f"BRACKETCUE:{cue.row.id}", f"BRACKETCUE:{role}|{q.unit}"]


def _bracket_behind(frame: Frame, c: Context) -> tuple[int, int] | None:
    """The brackets that open soon behind the number, no other number between."""
    end = c.quantity.end
    opens = frame.reading.folded.find("(", end, min(c.sentence[1], end + BRACKET))
    return None if opens < 0 or frame.between(end, opens) else frame.bracket(opens + 1)


def _role(cue: Cue) -> str:
    """What a cue says of a number: the role of an indicator's row, or that the number is of something else."""
    return getattr(cue.row, "role", "veto")


def _programme(frame: Frame, c: Context) -> str:
    """Where the programme stands that the number may be of: the nearest place of one that is more than a weak mention."""
    return _in_sentence(frame, c) or _before_sentence(frame, c)


def _in_sentence(frame: Frame, c: Context) -> str:
    """Where in the sentence of the number a programme stands; empty where none does."""
    start, end = c.sentence
    own = {_side(frame, c.quantity, p) for p in begun_in(c.strong, start, end)}
    for side in ("behind", "before", "sentence"):
        if side in own:
            return f"PROG:{side}"
    return "PROG:weak" if begun_in(c.programmes, start, end) else ""


def _side(frame: Frame, q: Quantity, p: Programme) -> str:
    """On which side of a number a programme of its sentence stands, where no other number stands between."""
    if p.start >= q.end and frame.between(q.end, p.start) == 0:
        return "behind"
    return "before" if p.end <= q.start and frame.between(p.end, q.start) == 0 else "sentence"


def _before_sentence(frame: Frame, c: Context) -> str:
    """How far before the sentence a programme stands."""
    start = c.sentence[0]
    number = frame.outline.sentence_index(c.quantity.core)
    first = frame.outline.sentences[max(0, number - 2)][0]
    if begun_in(c.strong, first, start):
        return "PROG:just-before"
    return "PROG:earlier" if c.strong and c.strong[0].start < start else "PROG:none"


def _dates(c: Context, periods: Pool, frame: Frame) -> list[str]:
    """How the dates beside a number lie to the publication."""
    q, inside = c.quantity, periods.inside(*c.sentence)
    before = [("<", p, frame.between(p.end, q.start)) for p in inside if p.end <= q.start][-1:]
    behind = [(">", p, frame.between(q.end, p.start)) for p in inside if p.start >= q.end][:1]
    beside = (*before, *behind)
    return [f"DATE:{side}{t}|{few(n, 2)}" for side, p, n in beside for t in p.tags if _tells_time(t)] or ["DATE:none"]


def _tells_time(tag: str) -> bool:
    """Whether a tag of a period tells how it lies to the publication, or what the date is of."""
    return tag in _TIMES or tag.startswith("lead=")


def status(names: Sequence[str], c: Context, label: str, periods: Pool, frame: Frame) -> list[str]:
    """Names of all that tells whether a figure is reached or aimed at."""
    ruled = c.rules[0].status if c.rules else "none"
    last = c.last[2] if c.last and c.last[1] != "none" else "none"
    carried = [f"LASTSTATUS:{last}|{n}" for n in names if n.startswith("LAST:")][:1]
    with_label = [f"{label}|{n}" for n in names if n.startswith(("SCOPE:", "DIR:", "L1:", "R1:", "PREV:"))]
    told = [f"RULESTATUS:{ruled}", f"LASTSTATUS:{last}", *carried, f"LABEL:{label}"]
    return [*names, *with_label, *_dates(c, periods, frame), *told]
