"""Place names to record items, linked to the official codes valid on the article's date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import regex

from extractor.fields.base import without_tabs
from extractor.fields.places.bare import find_bare
from extractor.fields.places.candidates import PlaceCandidate, PlaceReader
from extractor.fields.places.home import home_units
from extractor.fields.places.link import Linker
from extractor.fields.places.recase import recased
from extractor.fields.places.rows import template
from extractor.fields.places.time import age
from extractor.fields.places.typed import find_typed
from extractor.gazetteer import END, LEVELS, REFORM, Gazetteer, Unit, display, gazetteer
from extractor.models import Mention, Reading
from extractor.places import Places
from extractor.records import Date, LayerName, Level, Location, Provenance
from extractor.text import fold

# A day that the text looks ahead to, or that something holds from: no bound of the article's own day.
_NOT_YET = template(r"(?<!\p{L}){not-yet}(?:[ ]{on-day})?[ ]$")
_LATEST = "2027"  # a full date of a later year is a plan's


def youngest_day(reading: Reading, dates: Iterable[Date]) -> str | None:
    """The youngest full date that the text names as past, ISO: an article without a date is no older."""
    days = [
        d.start_date.isoformat()
        for d in dates
        if d.start_date is not None and d.start_date == d.end_date and _WITH_YEAR.search(d.text)
        if _NOT_YET.search(reading.folded, max(0, d.start - 20), d.start) is None
    ]
    return max((day for day in days if day < _LATEST), default=None)


_WITH_YEAR = regex.compile(r"(?:19|20)\d\d")


def find_places(reading: Reading, names: Sequence[Mention], dates: Sequence[Date] = ()) -> Places:
    """Locations of the article in text order, linked by the whole article.

    `names` are the statistical layer's mentions: LOC is a vote for a bare name, PER one against it. `dates` tell the age of
    an article without a publication date.
    """
    floor = None if reading.published else youngest_day(reading, dates)
    found = _find_places(view := recased(without_tabs(reading)), names, floor)
    if view is reading:
        return found
    quotes = [x.model_copy(update={"text": reading.text[x.start : x.end]}) for x in found.locations]
    return Places(quotes, found.home, found.day)


def _find_places(reading: Reading, names: Sequence[Mention], floor: str | None) -> Places:
    units = gazetteer()
    reader = PlaceReader(reading, names, units)
    find_typed(reader)
    find_bare(reader)
    candidates = sorted(reader.candidates, key=lambda s: s.start)
    day = reader.day or age(_named(candidates), floor)
    linker = Linker(reading, candidates, units, day, sure=reader.day is not None)
    linker.run()
    out: list[Location] = []
    for candidate in candidates:
        if candidate.kept:
            out.append(_location(candidate, units, reading, linker.day))
        else:
            reading.drop(candidate.start, candidate.end, "locations", candidate.rule, candidate.note or "not a place")
    return Places(_named_again(out), home_units(reading, candidates, units), linker.day)


def _named_again(found: list[Location]) -> list[Location]:
    """The locations, a hamlet that is named again without its commune with the one path that it has elsewhere.

    Not where only the head of a list has the type word: a name alone is less sure to be the same place's.
    """
    paths: dict[str, set[tuple[str | None, ...]]] = defaultdict(set)
    for x in found:
        if x.level == "hamlet" and x.path is not None:
            paths[fold(x.text)].add(x.path)
    return [_with_path(x, paths.get(fold(x.text), ())) for x in found]


def _with_path(x: Location, known: Collection[tuple[str | None, ...]]) -> Location:
    if x.level != "hamlet" or x.path is not None or len(known) != 1 or x.name == x.text:
        return x
    return x.model_copy(update={"path": next(iter(known))})


_MOST = 200  # names that tell an article's age; a longer list says nothing more


def _named(candidates: Sequence[PlaceCandidate]) -> list[list[Unit]]:
    """The states that each name with a type word can mean, a name once."""
    names = {(s.key, s.levels): s.units for s in candidates if s.typed and s.units}
    return list(names.values())[:_MOST]


def _location(candidate: PlaceCandidate, units: Gazetteer, reading: Reading, day: str | None) -> Location:
    unit = candidate.chosen
    if candidate.other or unit is None:
        return _unlinked(candidate, units, reading, day)
    named_as_listed = candidate.own_spelling(unit) and not candidate.rule.startswith("alias")
    return Location(
        start=candidate.start,
        end=candidate.end,
        text=reading.text[candidate.start : candidate.end],
        name=display(unit) if named_as_listed else " ".join(candidate.name.split()),
        level=unit.level,  # type: ignore[arg-type]
        type=unit.type,
        path=units.path(unit, day if day is None or unit.since <= day else unit.since),
        code=unit.code,
        successors=() if unit.since >= REFORM or unit.until == END else units.successors(unit.code),
        provenance=_provenance(
            "gazetteer",
            candidate.rule,
            round(min(0.99, 0.7 + 0.05 * candidate.margin), 2),
            _reason(candidate, unit, day),
            candidate.rivals,
        ),
    )


def _unlinked(candidate: PlaceCandidate, units: Gazetteer, reading: Reading, day: str | None) -> Location:
    """A place that is no unit, a hamlet, or a name of several units none of which is better."""
    name = " ".join(candidate.name.split())
    open_level = LEVELS[len(candidate.rivals[0])] if candidate.rivals else candidate.levels[0]
    level: Level = "other" if candidate.other else open_level  # type: ignore[assignment]
    reason = candidate.note or ("several units of that name, none better" if candidate.rivals else None)
    return Location(
        start=candidate.start,
        end=candidate.end,
        text=reading.text[candidate.start : candidate.end],
        name=name,
        level=level,
        path=_hamlet_path(candidate, name, units, day) if level == "hamlet" else None,
        provenance=_provenance("rule", candidate.rule, 0.6, reason, candidate.rivals[:12]),
    )


@lru_cache(maxsize=1024)
def _provenance(
    layer: LayerName, rule: str, confidence: float, note: str | None, candidates: tuple[str, ...]
) -> Provenance:
    return Provenance(layer=layer, rule=rule, confidence=confidence, note=note, candidates=candidates)


def _reason(candidate: PlaceCandidate, unit: Unit, day: str | None) -> str | None:
    """Why this unit: the parent beside it, or the article; and that it is no longer in force."""
    notes = [f"in {candidate.above.name}"] if candidate.above is not None else []
    if day is not None and unit.until <= day:
        notes.append(f"abolished by {unit.until}")
    elif day is not None and unit.since > day:
        notes.append(f"first listed on {unit.since}")
    return "; ".join(notes) or None


def _hamlet_path(
    candidate: PlaceCandidate, name: str, units: Gazetteer, day: str | None
) -> tuple[str | None, ...] | None:
    """A hamlet's path by the places named after it ("tổ 2, ấp A, xã B"); None where no unit follows."""
    names, above = [name], candidate.above
    while above is not None and above.chosen is None and above.levels == ("hamlet",) and len(names) < 4:
        names.insert(0, above.name)
        above = above.above
    return (*units.path(above.chosen, day), *names) if above is not None and above.chosen is not None else None
