"""An address or a place name by itself, from small to large: "phuong Tan Thuan Tay, Q7, HCM". Accents and case may be missing.

No article stands around it, so that the parts decide alone: the first one that names a unit inside all the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.compiled import compiled
from extractor.fields.places.rows import TypeRow, alias_rows, type_rows
from extractor.gazetteer import REFORM, Gazetteer, Unit, gazetteer
from extractor.rules import cache
from extractor.text import fold, unaccent
from extractor.values.roman import ROMAN_MONTHS

_PARTS = compiled(r"\s*[,;|()\n]\s*|\s+[-–]\s+")
ENDED, NOT_YET = 1, 2  # how far a state is from the day


@dataclass(frozen=True, slots=True)
class Part:
    """One part of an address and every state it can name; `typed` when a type word stands in it."""

    text: str
    units: tuple[Unit, ...]
    typed: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What an address names: the best units, of equal right, the smallest part read, and the parts that fit no unit."""

    units: tuple[Unit, ...]
    part: str = ""
    unread: tuple[str, ...] = ()


@cache
def _typed() -> tuple[regex.Pattern[str], dict[str, tuple[TypeRow, ...]]]:
    """Type words without accents at the start of a part; abbreviations before a full stop, a blank or a number."""
    forms: dict[str, tuple[TypeRow, ...]] = {}
    for row in type_rows():
        for form in row.forms:
            plain = unaccent(form).rstrip(".")
            forms[plain] = (*forms.get(plain, ()), row)
    words = "|".join(regex.escape(f, special_only=True) for f in sorted(forms, key=lambda form: (-len(form), form)))
    return compiled(rf"(?P<type>{words})(?:\s*\.\s*|\s+|(?=\d))(?=\S)"), forms


def _bare(name: str) -> str:
    return "".join(c for c in unaccent(name) if c.isalnum())


@cache
def _without_accents() -> dict[str, list[Unit]]:
    """Letters of a name → its states."""
    found: dict[str, list[Unit]] = {}
    for states in gazetteer().by_code.values():
        for state in states:
            found.setdefault(_bare(state.name), []).append(state)
    return found


def _named(name: str, units: Gazetteer) -> list[Unit]:
    """States of the units of a name: as it is spelt, and where it is written without accents all that it can stand for."""
    if name.lower() in ROMAN_MONTHS:
        return [*units.named(name), *units.named(str(ROMAN_MONTHS[name.lower()]))]
    found = list(units.named(name))
    if found and unaccent(name) != name.lower():
        return found
    return list(dict.fromkeys([*found, *units.like(name), *_without_accents().get(_bare(name), ())]))


@cache
def _aliases() -> tuple[tuple[regex.Pattern[str], str], ...]:
    """Other ways to write a unit, with and without accents, and its code."""
    out = []
    for row in alias_rows():
        if row.code:
            pattern = row.expression()
            plain = "".join(unaccent(c) if ord(c) > 127 else c for c in pattern)
            out.append((compiled(f"(?:{pattern})|(?:{plain})"), row.code))
    return tuple(out)


def _alias(text: str, units: Gazetteer) -> list[Unit]:
    folded = fold(text)
    code = next((code for pattern, code in _aliases() if pattern.fullmatch(folded)), None)
    return list(units.versions(code)) if code else []


def parts(address: str, units: Gazetteer) -> list[Part]:
    """The parts of an address from small to large, each with the states that it can name."""
    return [_part(text, units) for text in filter(None, (p.strip(" .") for p in _PARTS.split(address.strip())))]


def _part(text: str, units: Gazetteer) -> Part:
    found = _alias(text, units)
    if found:
        return Part(text, tuple(found), False)
    typed = _typed_part(text, units)
    if typed is not None:
        return typed
    return Part(text, () if text.isdigit() else tuple(_named(text, units)), False)


def _typed_part(text: str, units: Gazetteer) -> Part | None:
    """A part that begins with a type word, with the states that fit the word; None for any other, and for a hamlet's word
    before a name of no unit."""
    pattern, forms = _typed()
    plain = unaccent(text)
    m = pattern.match(plain)
    if m is None or len(plain) != len(text):
        return None
    name, rows = text[m.end() :].strip(), forms[m["type"]]
    fit = _of_rows(_alias(name, units) or _named(name, units), rows)
    return Part(text, tuple(fit), True) if fit or any(row.level != ("hamlet",) for row in rows) else None


def _of_rows(states: list[Unit], rows: Sequence[TypeRow]) -> list[Unit]:
    """The states of a type that the rows name, else those of a level that they do."""
    types = {t for row in rows for t in row.types}
    levels = {level for row in rows for level in row.level}
    return [u for u in states if u.type in types] or [u for u in states if u.level in levels]


def _line(unit: Unit, units: Gazetteer) -> tuple[set[str], set[str]]:
    """Codes of the units that hold a state, and of those that held its code before or hold its land since."""
    own, other = {unit.parent, units.province_of(unit)}, set()
    for state in units.versions(unit.code):
        if state.key == unit.key or _bare(state.name) == _bare(unit.name):
            other |= {state.parent, units.province_of(state)}
    other |= {later for code in own if code for later in units.successors(code)}
    return own, other


def _distance(unit: Unit, day: str | None) -> int:
    if day is None or unit.valid(day):
        return 0
    return ENDED if unit.until <= day else NOT_YET


def find_address(address: str, day: str | None, units: Gazetteer) -> Found:
    """The unit that an address names on an ISO day: that of its smallest part that lies in the units of the other parts.

    Several units stand where the parts leave them open; none where no part names a unit. Parts that a type word makes a
    unit's and that no unit fits are in `unread`.
    """
    read = parts(address, units)
    unread: list[str] = []
    for index, part in enumerate(read):
        chosen = _chosen(part, [p for p in read[index + 1 :] if p.units], day, units)
        if chosen:
            return Found(tuple(chosen), part.text, tuple(unread))
        if part.typed or part.units:
            unread.append(part.text)
    return Found((), "", tuple(unread))


def _chosen(part: Part, above: list[Part], day: str | None, units: Gazetteer) -> list[Unit]:
    """The states of a part that fit the parts above best, nearest to the day; none where no part above holds any."""
    states = _on(part.units, day)
    if not above:
        provinces = [] if part.typed else [u for u in states if len(u.code) == 2]
        return provinces or _nearest(states, day)  # a bare name is the province's first
    scores = [sum(_holds(p, u, units) for p in above) for u in states]
    best = max(scores, default=0)
    return _nearest([u for score, u in zip(scores, states, strict=True) if score == best], day) if best else []


def _nearest(states: list[Unit], day: str | None) -> list[Unit]:
    """Of several states those that are nearest to the day."""
    least = min((_distance(u, day) for u in states), default=0)
    return [u for u in states if _distance(u, day) == least]


def _holds(part: Part, unit: Unit, units: Gazetteer) -> int:
    """2 where a part names a unit that holds the state, 1 where it does so at another time."""
    codes = {u.code for u in part.units}
    own, other = _line(unit, units)
    return 2 if codes & own else 1 if codes & other else 0


def _on(states: tuple[Unit, ...], day: str | None) -> list[Unit]:
    """One state a code: the nearest to the day, the last where no day is given."""
    best: dict[str, Unit] = {}
    for unit in states:
        old = best.get(unit.code)
        if old is None or (_distance(unit, day), old.since) < (_distance(old, day), unit.since):
            best[unit.code] = unit
    return list(best.values())


def on_day(code: str, when: str, day: str, units: Gazetteer) -> tuple[str, ...]:
    """Codes of the units that hold on an ISO day what a unit held on another: itself, its successors of July 2025, or all
    the units that were merged into it. Empty where the lists do not say it."""
    if when < REFORM <= day:
        return units.successors(code)
    found = units.predecessors(code) if day < REFORM <= when else (code,)
    return tuple(c for c in found if any(s.valid(day) for s in units.versions(c)))
