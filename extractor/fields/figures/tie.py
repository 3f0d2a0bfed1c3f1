"""The same number in headline, lead and body says one thing: what one mention tells completes the others.

Only a number that headline or lead tell is tied to its later mentions: in a body the same share may well be another's. Which
indicator and status it is, is decided over all mentions of one programme together; place and group told at one complete the
others. A period only goes on to later mentions: what a headline leaves open is not told there. A mention that was read as no
figure is taken in where the ranker was in doubt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.fields.figures.find import Quantity
from extractor.fields.figures.frame import Phrase
from extractor.fields.figures.reading import Decided
from extractor.outline import Opening

LEAST = 1000  # a count that hardly stands twice in an article by chance
DOUBT = 0.8  # a number that was left out with no more than this probability may be taken in


@dataclass(frozen=True, slots=True)
class Mention:
    """A quantity with its reading (None: no figure) and the probability that it is none."""

    quantity: Quantity
    decided: Decided | None
    none: float


def tied(mentions: Sequence[Mention], opening: Opening) -> list[Decided]:
    """The figures of an article in text order, all mentions of a number with one meaning; `opening` is headline and lead."""
    out = {m.quantity.core: m.decided for m in mentions if m.decided}
    for group in _same_number(mentions):
        meaning = _agreed(group) if _told_again(group, opening) else None
        if meaning is not None:
            out |= {d.quantity.core: d for d in _one(group, meaning)}
    return [out[core] for core in sorted(out)]


def _same_number(mentions: Sequence[Mention]) -> Iterable[list[Mention]]:
    """The mentions of each distinctive number, in text order."""
    groups: dict[tuple[float, str], list[Mention]] = defaultdict(list)
    for m in mentions:
        if distinctive(m.quantity):
            groups[m.quantity.value, m.quantity.unit].append(m)
    return groups.values()


def _told_again(group: Sequence[Mention], opening: Opening) -> bool:
    """Whether headline or lead tells a number that stands in the body too."""
    return opening.holds(group[0].quantity.start) and not opening.holds(group[-1].quantity.start)


def _agreed(group: Sequence[Mention]) -> Decided | None:
    """The meaning of the mentions; None where they are of several programmes, or no figure."""
    known = [m.decided for m in group if m.decided]
    return _meaning(known) if len({d.programmes for d in known}) == 1 else None


def distinctive(q: Quantity) -> bool:
    """Whether two mentions of a number are hardly two numbers: no round share, no small count."""
    return q.value % 1 != 0 if q.unit == "percent" else q.value >= LEAST


def _meaning(known: Sequence[Decided]) -> Decided:
    """The surest of the meaning that has the most probability over all mentions."""
    sums: dict[tuple[str, str, tuple[str, ...]], float] = defaultdict(float)
    for d in known:
        sums[_key(d)] += d.confidence
    most = max(sums, key=lambda k: sums[k])
    return max((d for d in known if _key(d) == most), key=lambda d: d.confidence)


def _one(group: Sequence[Mention], meaning: Decided) -> list[Decided]:
    """The mentions of a number with one meaning; those that are surely no figure are left out."""
    out: list[Decided] = []
    told = {kind: _told(group, kind) for kind in ("group", "place")}
    period: Phrase | None = None
    for m in group:
        if m.decided is None and m.none > DOUBT:
            continue
        phrases = dict(m.decided.phrases) if m.decided else dict.fromkeys(meaning.phrases)
        phrases |= {kind: phrases[kind] or phrase for kind, phrase in told.items()}
        phrases["period"] = period = phrases["period"] or period
        out.append(_with_meaning(m, meaning, phrases))
    return out


def _with_meaning(m: Mention, meaning: Decided, phrases: Mapping[str, Phrase | None]) -> Decided:
    """A mention with the meaning of all; it keeps its own unit where it had that meaning itself."""
    base = m.decided or replace(meaning, quantity=m.quantity, confidence=1 - m.none)
    unit = base.unit if _key(base) == _key(meaning) else meaning.unit
    label, status, programmes = _key(meaning)
    return replace(base, label=label, status=status, programmes=programmes, unit=unit, phrases=phrases)


def _key(d: Decided) -> tuple[str, str, tuple[str, ...]]:
    return d.label, d.status, d.programmes


def _told(group: Sequence[Mention], kind: str) -> Phrase | None:
    """The phrase that the mentions agree on; None where they tell different things, or nothing."""
    found = [p for m in group if m.decided and (p := m.decided.phrases[kind])]
    return found[0] if found and len({p.value or p for p in found}) == 1 else None
