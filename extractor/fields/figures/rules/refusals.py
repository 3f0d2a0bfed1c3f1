"""Numbers that are no figures of people who take part: the conditions in order, each with its name in the log and its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.rules import phrases as say
from extractor.fields.figures.rules.changes import change_verb
from extractor.fields.figures.rules.number import Answer, Number, Refused
from extractor.fields.figures.rules.sentence import Sentence


@dataclass(frozen=True, slots=True)
class Refusal:
    """A step that says that the number is no figure where `holds`."""

    refused: Refused
    holds: Callable[[Number], bool]

    def __call__(self, n: Number) -> Answer | None:
        return Answer(None, self.refused) if self.holds(n) else None


def of_money(f: Sentence, q: Quantity) -> bool:
    """Whether money stands right behind a number."""
    return say.after_veto().match(f.folded, q.end, f.end) is not None


def _of_members(n: Number) -> bool:
    return n.percent and n.followed_by("of-members") and change_verb(n) is None


def _behind_event(n: Number) -> bool:
    """Whether the number before was dropped as one of people who came to an event."""
    return n.percent and n.told.refused is not None and n.told.refused.event


def _compared(n: Number) -> bool:
    return n.percent and n.followed_by("compared") and n.preceded_by("equals", n.left)


def _club(n: Number) -> bool:
    if not say.phrase("club-member").fullmatch(n.q.noun):
        return False
    return n.first is None and n.preceded_by("club", n.f.start)


BEFORE_EVIDENCE = (
    Refusal(Refused("of-members", "a share of those who take part, not of a population"), _of_members),
    Refusal(
        Refused("out-of", "the total that the members are counted out of"),
        lambda n: not n.percent and n.preceded_by("out-of", n.wide),
    ),
    Refusal(
        Refused("due", "those who ought to take part, not those who do"),
        lambda n: not n.percent and n.preceded_by("due", n.wide),
    ),
    Refusal(Refused("event", "a share of those who came to an event", event=True), _behind_event),
    Refusal(Refused("base-of-payment", "a share of money, not of people"), lambda n: n.percent and of_money(n.f, n.q)),
)
WITHOUT_EVIDENCE_BEHIND = (
    Refusal(
        Refused("of-places", "a share of places, not of people"),
        lambda n: n.percent and n.first is None and n.followed_by("of-places"),
    ),
    Refusal(
        Refused("of-total", "the total that the members are counted out of"),
        lambda n: not n.percent and n.first is None and n.preceded_by("of-total", n.wide),
    ),
    Refusal(Refused("club", "members of a group of savers"), _club),
    Refusal(
        Refused("by-wire", "a share of dealings, not of people"),
        lambda n: n.percent and n.first is None and n.followed_by("by-wire"),
    ),
)
RATIO = Refusal(Refused("compared", "a ratio to another time, neither a change nor a level"), _compared)


def other_act(n: Number) -> Answer | None:
    """A count of people who do something else, where that stands nearer than the evidence."""
    veto = next((c for c in n.f.around if n.q.end <= c.start < n.right and not n.evidence.in_brackets(c)), None)
    if veto is None or n.percent or (n.first is not None and veto.start >= n.first[0].start):
        return None
    return Answer(None, Refused(veto.row.id, "the counted do something else than take part"))


def payment_rate(n: Number) -> Answer | None:
    """A share right behind a word for a rate of payment, unless it is one of a population."""
    paid = n.evidence.adjacent(n.f.before, n.left, n.q)
    if not paid or not n.percent or n.followed_by("population") or n.evidence.linked(paid):
        return None
    return Answer(None, Refused(paid.row.id, "a rate of payment"))


def no_evidence(n: Number) -> Answer:
    """What no step has read is no figure; where no programme is talked of, the log need not say so."""
    if not n.f.programmes and not n.told.last:
        return Answer(None)
    return Answer(None, Refused(n.blocked or "no-evidence", "no phrase of taking part governs the number"))


def came_to_event(n: Number) -> bool:
    """Whether a word before the number tells of people who come to an event."""
    return say.event().search(n.f.folded, n.left, n.q.start) is not None
