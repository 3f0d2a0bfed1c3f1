"""What each number tells: label, status, programme, group, place and period, each chosen by a ranker among its candidates.

`Walk` goes over an article's quantities in text order; what was decided before is evidence for what comes next. In training
the decisions are gold's (`extractor.training.figures`), in use the rankers' (`Decider`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from math import prod
from typing import Protocol

import regex

from extractor.fields.figures import label, position, whereabouts
from extractor.fields.figures.arithmetic import settled
from extractor.fields.figures.candidates import ATTRIBUTES, Candidates
from extractor.fields.figures.find import Quantity
from extractor.fields.figures.frame import Phrase, Pool, Target
from extractor.fields.figures.group_candidates import clause_of, share_of
from extractor.fields.figures.in_turn import whose_turn
from extractor.fields.figures.label import Context
from extractor.fields.figures.period_candidates import base_years, of_bases
from extractor.fields.figures.position import Carried
from extractor.fields.figures.reading import Decided, Question, Reason
from extractor.fields.figures.tie import Mention, tied
from extractor.fields.figures.words import pattern
from extractor.ranking import Calibration, Choice, Ranker

_TAIL = regex.compile(r"(?<=\s)(?=\S+\s)")  # where the last words of a noun phrase may begin, two at least
UNITS = ("percent", "percentage_point")  # what a difference of shares may be counted in
LABELS, STATUSES = label.LABELS, label.STATUSES


class Walk:
    """The questions of an article in their order, and what was answered before."""

    def __init__(self, candidates: Candidates) -> None:
        self.candidates = candidates
        self._last: tuple[Quantity, str, str] | None = None
        self._carried: dict[str, Carried] = {}
        self._context: Context | None = None
        self._names: list[str] = []
        self._bracket: tuple[int, int] | None = None
        self._row: int | None = None  # the row of a table that is read
        self._turns: tuple[int, list[str], list[str]] = (
            -1,
            [],
            [],
        )  # sentence, its programmes, those of the one before
        self._outside: tuple[tuple[Quantity, str, str] | None, dict[str, Carried]] = (None, {})

    def enter(self, q: Quantity) -> Context:
        """Go to the next quantity. What stands behind brackets goes on from before them."""
        bracket = self.candidates.frame.bracket(q.core)
        if bracket is not None and self._bracket is None:
            self._outside = self._last, dict(self._carried)
        elif bracket is None and self._bracket is not None and self._outside[0] is not None:
            self._last, self._carried = self._outside
        self._bracket = bracket
        row = self.candidates.frame.row(q.core)
        if row != self._row:
            self._carried = {k: v for k, v in self._carried.items() if k not in ("place", "period")}
        self._row = row
        self._context = self.candidates.context(q, self._last)
        self._names = label.base(self.candidates.frame, self._context)
        return self._context

    def label(self) -> Question:
        """Which indicator, or none."""
        return Question(labels=LABELS, names=self._names)

    def status(self, c: Context, chosen: str) -> Question:
        """Reached or aimed at."""
        names = label.status(self._names, c, chosen, self.candidates.pool("period"), self.candidates.frame)
        return Question(labels=STATUSES, names=names)

    def unit(self, c: Context, chosen: str) -> Question:
        """Whether a difference in percent is one of shares (points) or of counts."""
        names = [n for n in self._names if n.startswith(("RULE", "LAST", "DIR", "R:", "L:", "CUE1"))]
        ruled = c.rules[0].unit if c.rules else "none"
        return Question(labels=UNITS, names=[*names, f"LABEL:{chosen}", f"RULEUNIT:{ruled}"])

    def programme(self, c: Context, target: Target) -> Question:
        """Which programme mention; never nothing."""
        pool = self.candidates.pool("programme")
        phrases = pool.near(target)
        turn = whose_turn(self.candidates.frame, self.candidates.programmes, target) or self._turn(c, pool)
        ruled = "+".join(f.programme for f in c.rules)
        features = []
        for p in phrases:
            names = position.features(self.candidates.frame, pool, p, target, self._carried.get("programme"))
            names += [f"RULE:{'agree' if p.value == ruled else 'differ'}"] if ruled else ["RULE:silent"]
            if turn:
                names.append(f"TURN:{'agree' if p.value == turn else 'differ'}")
            features.append(names)
        return Question(phrases, features)

    def _turn(self, c: Context, pool: Pool) -> str | None:
        """The programme whose turn it is in a sentence that names none: that of the same place in the list told before."""
        if pool.inside(*c.sentence):
            return None
        number, now, before = self._turns
        if number != c.sentence[0]:
            now, before = [], now
        return before[len(now)] if len(now) < len(before) else None

    def attribute(self, kind: str, target: Target) -> Question:
        """Which phrase tells the group, place or period, or nothing."""
        frame, pool = self.candidates.frame, self.candidates.pool(kind)
        phrases, carried = self.candidates.phrases(kind, target), self._carried.get(kind)
        own = _OWN_FEATURES[kind](self.candidates, target)
        told = [[*position.features(frame, pool, p, target, carried), *own.of(p)] for p in phrases]
        none = [*position.nothing(frame, pool, target, carried), *own.of_none()]
        return Question(phrases, [*told, none])

    def answer(self, kind: str, target: Target, phrase: Phrase | None) -> None:
        """Note what was chosen for an attribute."""
        if kind == "programme":
            start = self.candidates.frame.outline.sentence_at(target.core)[0]
            number, now, before = self._turns
            now, before = (now, before) if number == start else ([], now)
            self._turns = (start, [*now, (phrase.value or "") if phrase else ""], before)
        self._carried[kind] = Carried(target, phrase)

    def carried(self, kind: str) -> Phrase | None:
        """What the figure before took."""
        last = self._carried.get(kind)
        return last.phrase if last else None

    def leave(self, q: Quantity, chosen: str, status: str) -> None:
        """Note the label and the status of the quantity."""
        self._last = (q, chosen, status)


class OwnFeatures(Protocol):
    """The features that an attribute has beside the position of its phrases."""

    def of(self, phrase: Phrase) -> list[str]:
        """Features of a candidate."""

    def of_none(self) -> list[str]:
        """Features of taking none."""


class _OfGroup:
    """A group: its words, the verb of a share, and whose clause it stands in."""

    def __init__(self, candidates: Candidates, target: Target) -> None:
        self._target, self._frame = target, candidates.frame
        self._programmes = candidates.pool("programme")
        self._share = share_of(self._frame, candidates.pool("group"), target)

    def of(self, phrase: Phrase) -> list[str]:
        """Features of a candidate."""
        out = _wording(self._frame.reading.folded, phrase, self._target)
        if self._share:
            out.append(f"{self._share}|{'<' if phrase.start < self._target.core else '>'}")
        return out + clause_of(self._frame, self._programmes, phrase, self._target)

    def of_none(self) -> list[str]:
        """Features of no group."""
        out = [f"NONE:{self._target.unit}", f"NONE:noun={self._target.noun}"]
        return [*out, f"NONE:{self._share}"] if self._share else out


class _OfPlace:
    """A place: who speaks, how large the number is, and whether the article has a home."""

    def __init__(self, candidates: Candidates, target: Target) -> None:
        self._candidates, self._target = candidates, target
        self._speaks = whereabouts.speaker(candidates.frame, target)

    def of(self, phrase: Phrase) -> list[str]:
        """Features of a candidate."""
        return whereabouts.of_place(self._candidates.places, phrase, self._target, self._speaks)

    def of_none(self) -> list[str]:
        """Features of no place."""
        return whereabouts.of_none(self._candidates.places, self._target, self._speaks)


class _OfPeriod:
    """A period: how it lies to the years that the changes beside it are from."""

    def __init__(self, candidates: Candidates, target: Target) -> None:
        self._bases = base_years(candidates.pool("period"), candidates.frame, target)

    def of(self, phrase: Phrase) -> list[str]:
        """Features of a candidate."""
        return of_bases(phrase, self._bases)

    def of_none(self) -> list[str]:
        """Nothing more than the position tells."""
        return []


_OWN_FEATURES: Mapping[str, Callable[[Candidates, Target], OwnFeatures]] = {
    "group": _OfGroup,
    "place": _OfPlace,
    "period": _OfPeriod,
}


def _wording(folded: str, phrase: Phrase, target: Target) -> list[str]:
    """Features of the words of a group."""
    words = folded[phrase.start : phrase.end].split()
    size = min(len(words), 8)
    out = [f"LEN:{size}", f"LEN:{target.unit}|{size}", f"FIRST:{words[0]}", f"LAST:{words[-1]}"]
    out += ["TAIL:unit"] if _in_unit(folded, phrase) else []
    return out + [f"UNIT:{target.unit}|{tag}" for tag in phrase.tags]


def _in_unit(folded: str, phrase: Phrase) -> bool:
    """Whether a phrase ends in where its people are, which is no part of a group: "nông dân trong xã"."""
    tails = (m.start() for m in _TAIL.finditer(folded, phrase.start, phrase.end))
    return any(pattern("of-unit").fullmatch(folded, at, phrase.end) for at in tails)


def target_of(q: Quantity, chosen: str, status: str, programmes: Sequence[str] = ()) -> Target:
    """The figure whose attributes are asked for."""
    return Target(q.start, q.end, q.core, q.value, q.unit, q.noun, chosen, status, tuple(sorted(programmes)))


class Decider:
    """Answers the questions of articles by trained rankers: `label`, `status`, `unit`, `programme`, `group`, `place`, `period`."""

    def __init__(self, rankers: Mapping[str, Ranker], calibration: Calibration | None = None) -> None:
        self._rankers = rankers
        self._calibration = calibration or Calibration()

    def decide(self, candidates: Candidates) -> list[Decided]:
        """What the quantities of an article tell; those that tell nothing are left out."""
        walk, mentions = Walk(candidates), []
        for q in candidates.quantities:
            mention = self._mention(walk, q)
            made = mention.decided
            walk.leave(q, made.label if made else "none", made.status if made else "actual")
            mentions.append(mention)
        return settled(tied(mentions, candidates.frame.opening), candidates.reading)

    def _mention(self, walk: Walk, q: Quantity) -> Mention:
        c = walk.enter(q)
        reasons: list[Reason] = []
        choice = self._ask("label", walk.label(), reasons)
        chosen = LABELS[choice.index]
        made = None if chosen == "none" else self._read(walk, c, q, chosen, reasons)
        return Mention(q, made, choice.probabilities[LABELS.index("none")])

    def _read(self, walk: Walk, c: Context, q: Quantity, chosen: str, reasons: list[Reason]) -> Decided | None:
        status = STATUSES[self._ask("status", walk.status(c, chosen), reasons).index]
        unit = self._unit(walk, c, q, chosen, reasons)
        target = replace(target_of(q, chosen, status), unit=unit)
        asked = walk.programme(c, target)
        if not asked.phrases:
            return None
        mention = asked.phrases[self._ask("programme", asked, reasons).index]
        walk.answer("programme", target, mention)
        programmes = tuple((mention.value or "").split("+"))
        target = replace(target, programmes=tuple(sorted(programmes)))
        sure = self._calibration(prod(reason.confidence for reason in reasons))
        told = self.attributes(walk, target, reasons)
        return Decided(q, chosen, status, unit, programmes, told, sure, tuple(reasons))

    def attributes(self, walk: Walk, target: Target, reasons: list[Reason]) -> dict[str, Phrase | None]:
        """Group, place and period of a figure, whatever its programme; None where nothing tells them."""
        told: dict[str, Phrase | None] = {}
        for kind in ATTRIBUTES:
            asked = walk.attribute(kind, target)
            index = self._ask(kind, asked, reasons).index
            phrase = asked.phrases[index] if index < len(asked.phrases) else None
            walk.answer(kind, target, phrase)
            told[kind] = None if phrase is None or phrase.nothing else self._quoted(walk, kind, target, phrase, asked)
        return told

    @staticmethod
    def _quoted(walk: Walk, kind: str, target: Target, phrase: Phrase, asked: Question) -> Phrase:
        """The phrase as it is quoted: the nearest words that tell the same place or period."""
        if kind == "group":
            return phrase
        return walk.candidates.pool(kind).nearest(phrase, target, asked.phrases)

    def _unit(self, walk: Walk, c: Context, q: Quantity, chosen: str, reasons: list[Reason]) -> str:
        if chosen not in ("change", "gap") or q.unit != "percent":
            return q.unit
        return UNITS[self._ask("unit", walk.unit(c, chosen), reasons).index]

    def _ask(self, name: str, asked: Question, reasons: list[Reason]) -> Choice:
        ranker = self._rankers[name]
        choice = ranker.choose_label(asked.names, asked.labels) if asked.labels else ranker.choose(asked.told)
        rest = [k for k in range(len(choice.probabilities)) if k != choice.index]
        second = max(rest, key=lambda k: choice.probabilities[k], default=None)
        reasons.append(Reason(name, choice.confidence, ranker, asked, choice.index, second))
        return choice
