"""What a number says: by the phrase that governs it in its own clause, then to its left, or carried on from the figure before.

A number without evidence of taking part (rows of `patterns/indicators.yaml`) is no figure. The steps stand in order; the first
that answers counts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rules import carried, labels
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.changes import as_change, as_plan, change_verb
from extractor.fields.figures.rules.from_right import ahead, card, from_right, rest
from extractor.fields.figures.rules.number import Answer, Number, Refused, Told, role_of
from extractor.fields.figures.rules.predicate import figure
from extractor.fields.figures.rules.refusals import (
    BEFORE_EVIDENCE,
    RATIO,
    WITHOUT_EVIDENCE_BEHIND,
    no_evidence,
    other_act,
    payment_rate,
)
from extractor.fields.figures.rules.sentence import PERCENT, Judgement, Sentence

AGAINST = 110  # characters before a share in which a plan may stand that it is measured against


@dataclass(frozen=True, slots=True)
class Judged:
    """The readings of a sentence in text order, why the other numbers are no figures, and what the next sentence is told."""

    readings: list[Judgement]
    refused: Sequence[tuple[Quantity, Refused]]
    told: Told


def judge(f: Sentence, told: Told) -> Judged:
    """Reads the quantities of a sentence from left to right; `told` is what the sentence before tells them."""
    out: list[Judgement] = []
    refused: list[tuple[Quantity, Refused]] = []
    outside: Judgement | None = None  # the figure before the brackets that are read
    bracketed = False
    for index, quantity in enumerate(f.quantities):
        was, bracketed = bracketed, f.in_brackets(quantity)
        if bracketed and not was:
            outside = told.last
        elif was and not bracketed:
            told = replace(told, last=outside or told.last)  # what stands behind a bracket goes on from before it
        answer = read(Number.at(f, told, index))
        told = told.behind(answer, bracketed=bracketed)
        if answer.reading is not None:
            out.append(answer.reading)
        elif answer.refused is not None:
            refused.append((quantity, answer.refused))
    return Judged(labels.plan_list(labels.distribute(out, f), f), refused, told)


def read(number: Number) -> Answer:
    """What the first step says that has an answer."""
    return next((answer for step in STEPS if (answer := step(number)) is not None), None) or no_evidence(number)


def _remaining(n: Number) -> Answer | None:
    """The rest of a population, behind the share that takes part."""
    if not (n.percent and n.last and n.last.indicator == "coverage_rate" and n.followed_by("remaining")):
        return None
    return Answer(Judgement(n.q, "non_participants", n.last.programmes, n.q.unit, "remaining", carried=True))


def _change_in_percent(n: Number) -> Answer | None:
    """A change of a count, told again as a share."""
    q, f, last = n.q, n.f, n.last
    if q.unit != "percent" or last is None or last.indicator != "change" or last.unit in PERCENT:
        return None
    end = last.quantity.end
    bracketed = say.phrase("in-brackets").fullmatch(f.folded, end, min(q.end + 1, f.end))
    if not (bracketed or say.phrase("also-in-percent").fullmatch(f.folded, end, q.start)):
        return None
    return Answer(Judgement(q, "change", last.programmes, q.unit, "change-in-percent", carried=True))


def _not_yet(n: Number) -> Answer | None:
    """Those who do not yet take part, behind those who do."""
    if n.percent or not n.last or not n.followed_by("not-yet"):
        return None
    names = n.last.programmes
    return Answer(Judgement(n.q, "non_participants", names, n.q.unit, "not-yet", carried=True, confidence=0.8))


def _denied(n: Number) -> Answer | None:
    """A count whose predicate of taking part is denied."""
    if n.first is None or n.percent:
        return None
    cue, names = n.first
    if role_of(cue) != "join" or not say.phrase("denied").search(n.f.folded, n.q.end, cue.start):
        return None
    return Answer(Judgement(n.q, "non_participants", names, n.q.unit, "denied", predicate=(cue.start, cue.end)))


def _change(n: Number) -> Answer | None:
    """A difference of the figure before."""
    verb = change_verb(n)
    return None if verb is None else as_change(n, verb)


def _plan(n: Number) -> Answer | None:
    """A share of what was planned."""
    if not n.percent:
        return None
    if not (
        say.plan_after().match(n.f.folded, n.q.end, n.f.end)
        or n.preceded_by("against-plan", max(n.f.start, n.q.start - AGAINST))
    ):
        return None
    return as_plan(n)


def _evidence_behind(n: Number) -> Answer | None:
    """What the evidence behind the number says."""
    return None if n.first is None else from_right(n, n.first)


def _enumerated(n: Number) -> Answer | None:
    """A share of people who have what a list names."""
    listed = n.evidence.enumerated(n.q, n.limit)
    return None if listed is None else Answer(figure(n, *listed))


def _ahead(n: Number) -> Answer | None:
    """Evidence behind the next number; an event there drops the number only where no list follows."""
    answer = ahead(n)
    if answer is not None and answer.reading is not None:
        return answer
    return rest(n)


def _evidence_before(n: Number) -> Answer | None:
    """What the evidence before the number says, of the programmes that label it where some do."""
    if n.stated is None:
        return None
    cue, names = n.stated
    names = labels.labelled(n, cue) or names
    return Answer(figure(n, cue, names))


def _aim_of_rate(n: Number) -> Answer | None:
    """The aim for the share before."""
    last = n.last
    if not n.percent or last is None or not carried.aimed(n):
        return None
    return Answer(Judgement(n.q, "coverage_rate", last.programmes, n.q.unit, "aim-of-rate", target=True, carried=True))


def _label(n: Number) -> Answer | None:
    """A number that a programme right before it labels."""
    made = None if n.blocked else carried.label(n)
    return Answer(made) if made else None


def _subject(n: Number) -> Answer | None:
    """A number whose evidence stands in a clause before its own."""
    if n.blocked or n.left <= n.wide:
        return None
    found = n.evidence.subject(n.q, n.left, n.wide, n.right)
    return None if found is None else Answer(figure(n, *found))


def _carry(n: Number) -> Answer | None:
    """A number that goes on with the figure before."""
    made = None if n.blocked else carried.carry(n)
    return Answer(made) if made else None


def _plan_done(n: Number) -> Answer | None:
    """A share in brackets of a plan that was fulfilled."""
    names = labels.done(n) if n.percent and not n.blocked else None
    if not names:
        return None
    return Answer(Judgement(n.q, "plan_rate", names, n.q.unit, "plan-done", carried=True, confidence=0.8))


def _of_population(n: Number) -> Answer | None:
    """A bare share of the population in a sentence on a programme."""
    names = labels.of_population(n) if n.percent and not n.blocked else None
    return Answer(Judgement(n.q, "coverage_rate", names, n.q.unit, "of-population", confidence=0.7)) if names else None


STEPS: tuple[Callable[[Number], Answer | None], ...] = (
    *BEFORE_EVIDENCE,
    _remaining,
    _change_in_percent,
    _not_yet,
    _denied,
    *WITHOUT_EVIDENCE_BEHIND,
    other_act,
    _change,
    _plan,
    RATIO,
    payment_rate,
    card,
    _evidence_behind,
    _enumerated,
    _ahead,
    _evidence_before,
    _aim_of_rate,
    _label,
    _subject,
    _carry,
    _plan_done,
    _of_population,
)
