"""Whether a number states what is, what is aimed at, or what is only supposed: by its own words, then by the scopes over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from extractor.fields.figures.checks import doubtful
from extractor.fields.figures.rules.sentence import Judgement
from extractor.fields.figures.words import template
from extractor.models import Reading
from extractor.records import Figure, Provenance
from extractor.rules.scopes import Scope, covering

_BY_YEAR = template(r"(?<!\p{L}){until}\s+((?:{end-of}\s+)*){year-word}\s+(\d{4})(?!\d)")
REACHED = template(r"(?<!\p{L}){reached-word}(?!\p{L})")
_ONE_OF = template(r"(?<!\p{L}){one-of}\s+(?:{of-several}\s+)*$")
_HOUSEHOLD = template(r"(?<!\p{L})(?<!\d\s){household-noun}(?:\s+\p{L}+){0,3}?,?\s+{has}(?!\p{L})(?!.*{place-noun}\s)")
# "34 trường hợp tham gia", "12 người tạm dừng đóng": people, no supposition and no rule
_CASES = template(
    r"(?<=\d\s{1,9}){case-noun}|(?<=\d\s{1,9}{paid-people}(?:\s{1,9}\p{L}{1,9}){0,2}\s{1,9}){stopped-paying}"
)
_PARTED = template(
    r"{if-word}\s+(?:{count-apart}|(?:{time-in}\s+)?(?:{year-word}(?!\s+{magnitude})|{time-word}))(?!\p{L})"
)
_WILL = template(
    r"(?<!\p{L}){will}\s+{win-new}(?!\p{L})(?:(?!\s{already}\s)(?:[^.;:]|\.(?=\d))){0,90}$"
    r"|(?<!\p{L}){must}\s+{more-of}\s+$"
)
_CRITERION = template(r"(?<!\p{L})(?:{criterion}(?:\s+[\d.]+)?|{required})(?!\p{L})[^.;,\d%]{0,60}$")
_URGED = template(r"(?<!{already-done}\s)(?<!\p{L}){urge}\s*$")
_ASSIGNED_CHANGE = template(r"(?<!\p{L}){assigned}\s+(?:\p{L}+\s+){0,2}?{assigned-verb}(?!\p{L})[^,;.]*$")


@dataclass(frozen=True, slots=True)
class Status:
    """Whether a number is aimed at, whether it is refused as supposed or a condition, and the rule that says so."""

    target: bool = False
    refused: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """A reading in its article: the scopes over its sentence, and where that sentence begins."""

    reading: Reading
    judgement: Judgement
    scopes: Sequence[Scope]
    start: int

    @property
    def folded(self) -> str:
        """The folded text of the article."""
        return self.reading.folded

    @property
    def at(self) -> int:
        """Where the number itself begins, behind its comparator."""
        return self.judgement.quantity.core


Step = Callable[[Stated], Status | None]


def status_of(stated: Stated) -> Status:
    """The status that the first step gives which has an answer; a plain statement without one."""
    for step in _STEPS:
        status = step(stated)
        if status is not None:
            return status
    return Status()


def _one_of(s: Stated) -> Status | None:
    """A rank: "một trong 10 xã"."""
    if s.judgement.quantity.value < 1000 and _ONE_OF.search(s.folded, max(s.start, s.at - 40), s.at):
        return Status(refused=True, rule="one-of")
    return None


def _household(s: Stated) -> Status | None:
    """The members of a household."""
    small = s.judgement.unit == "person" and s.judgement.quantity.value < 10
    return Status(refused=True, rule="household") if small and _HOUSEHOLD.search(s.folded, s.start, s.at) else None


def _supposed(s: Stated) -> Status | None:
    """A supposition or a legal condition."""
    for category in ("hypothetical", "condition"):
        scope = covering(s.scopes, s.at, category)
        if scope is not None and not _excepted(s, scope):
            return Status(refused=True, rule=scope.rule)
    return None


def _excepted(s: Stated, scope: Scope) -> bool:
    """Whether the cue of a scope supposes nothing of this number."""
    j = s.judgement
    if j.adds:  # "nếu tính cả …" adds, it does not suppose
        return True
    if scope.says == "chosen" and j.unit == "percent" and j.quantity.end < scope.cue:
        return True  # "100% doanh nghiệp có từ 30 lao động trở lên": whom the share is of
    if _PARTED.match(s.folded, scope.cue):
        return True
    return _CASES.match(s.folded, scope.cue) is not None


def _read_as_target(s: Stated) -> Status | None:
    """The reading itself is of an aim."""
    return Status(target=True, rule=s.judgement.rule) if s.judgement.target else None


def _criterion(s: Stated) -> Status | None:
    """A share that a criterion asks for."""
    j = s.judgement
    asked = j.indicator == "coverage_rate" and _CRITERION.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="criterion") if asked else None


def _urged(s: Stated) -> Status | None:
    """A share that is urged."""
    j = s.judgement
    urged = j.indicator == "coverage_rate" and _URGED.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="urged") if urged else None


def _will(s: Stated) -> Status | None:
    """New members who will or must be won."""
    j = s.judgement
    ahead = j.indicator == "new_participants" and _WILL.search(s.folded, s.start, j.quantity.start)
    return Status(target=True, rule="will") if ahead else None


def _reached(s: Stated) -> Status | None:
    """What the reading says is reached, and those who do not take part, are never aims."""
    return Status() if s.judgement.reached or s.judgement.indicator == "non_participants" else None


def _change(s: Stated) -> Status | None:
    """A change or a share of a plan is an aim only where it is assigned or striven for."""
    indicator = s.judgement.indicator
    striven = [scope for scope in s.scopes if scope.says == "striven"]
    if indicator not in ("change", "plan_rate") or covering(striven, s.at, "target"):
        return None
    given = indicator == "change" and _ASSIGNED_CHANGE.search(s.folded, s.start, s.at)
    return Status(target=True, rule="assigned") if given else Status()


def _in_scope(s: Stated) -> Status | None:
    """A scope of aims covers the number."""
    scope = covering(s.scopes, s.at, "target")
    return Status(target=True, rule=scope.rule) if scope is not None else None


def _by_year(s: Stated) -> Status | None:
    """By a year to come.

    Without a publication date only the bare "đến năm 2025" is an aim; "đến hết năm 2017" more often reports.
    """
    year = _BY_YEAR.search(s.folded, s.start, s.at)
    if not year or REACHED.search(s.folded, s.start, s.at):
        return None
    published = s.reading.published
    ahead = int(year.group(2)) > published.year if published else not year.group(1)
    return Status(target=True, rule="by-year") if ahead else None


_STEPS: tuple[Step, ...] = (
    _one_of,
    _household,
    _supposed,
    _read_as_target,
    _criterion,
    _urged,
    _will,
    _reached,
    _change,
    _in_scope,
    _by_year,
)


def figures_of(
    reading: Reading, judgement: Judgement, found: Sequence[Scope], sentence: tuple[int, int]
) -> list[Figure]:
    """The figures of a reading, one a programme; none where the sentence supposes them or states a condition."""
    q = judgement.quantity
    status = status_of(Stated(reading, judgement, found, sentence[0]))
    if status.refused:
        reading.drop(q.start, q.end, "figures", status.rule or "context", "hypothetical or a legal condition")
        return []
    note = doubtful(q, reading)
    return [
        Figure(
            start=q.start,
            end=q.end,
            text=reading.text[q.start : q.end],
            value=q.value,
            value_max=q.most,
            unit=judgement.unit,  # type: ignore[arg-type]
            programme=programme,
            indicator=judgement.indicator,
            status="target" if status.target else "actual",
            comparator=q.comparator,
            provenance=Provenance(
                layer="rule",
                rule=judgement.rule,
                confidence=judgement.confidence - (0.2 if q.ambiguous else 0),
                note=note,
            ),
        )
        for programme in judgement.programmes
    ]
