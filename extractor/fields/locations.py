"""Place names to record items, linked to the official codes valid on the article's date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.fields.locations_link import Linker
from extractor.fields.locations_bare import find_bare
from extractor.fields.locations_spot import Page, Spot
from extractor.fields.locations_typed import find_typed
from extractor.gazetteer import END, Gazetteer, Unit, display, gazetteer
from extractor.gazetteer.units import LEVELS
from extractor.models import Mention, Reading
from extractor.records import Level, Location, Provenance
from extractor.text import fold

_LEVEL_WORDS: tuple[tuple[str, str], ...] = (
    ("commune", r"(?:xã|phường|thị\s+trấn|đặc\s+khu|đảng\s+ủy\s+xã)"),
    ("district", r"(?:huyện|quận|thị\s+xã|thị\s+ủy|thành\s+phố|thành\s+ủy|tp)"),
    ("province", r"(?:tỉnh|thành\s+phố|thành\s+ủy|tp)"),
)
_SCOPE = tuple((level, regex.compile(rf"(?<!\p{{L}}){words}(?!\p{{L}})")) for level, words in _LEVEL_WORDS)


@dataclass(slots=True)
class Places:
    """The article's places: the linked locations and the units that bare words ("huyện", "toàn tỉnh") stand for.

    `home` maps a level (`province`, `district`, `commune`) to the code of the article's own unit, where there is one.
    """

    locations: list[Location] = field(default_factory=list)
    home: dict[str, str] = field(default_factory=dict)
    day: str | None = None

    def inside(self, start: int, end: int) -> list[Location]:
        """Locations within `[start, end)`."""
        return [x for x in self.locations if start <= x.start and x.end <= end]

    def scope(self, phrase: str) -> str | None:
        """Code of the unit a bare phrase stands for ("huyện", "trên địa bàn tỉnh", "UBND xã"), or None."""
        low = fold(phrase)
        for level, pattern in _SCOPE:
            if pattern.search(low) and level in self.home:
                code = self.home[level]
                unit = gazetteer().at(code, self.day)
                if "thành" in low or "tp" in low:
                    if unit is not None and unit.type != "Thành phố":
                        continue
                return code
        return None

    def unit(self, code: str) -> Unit | None:
        """The unit of a code on the article's day."""
        return gazetteer().at(code, self.day)


def find_places(reading: Reading, names: Sequence[Mention]) -> Places:
    """Locations of the article in text order, linked by the whole article."""
    units = gazetteer()
    page = Page(reading, names, units)
    find_typed(page)
    find_bare(page)
    spots = sorted(page.spots, key=lambda s: s.start)
    linker = Linker(reading, spots, units)
    linker.run()
    day = linker.day
    out: list[Location] = []
    for spot in spots:
        if not spot.kept:
            reading.drop(spot.start, spot.end, "locations", spot.rule, spot.note or "not a place")
            continue
        out.append(_location(spot, units, reading, day))
    return Places(locations=out, home=_home(spots, units), day=day)


def _location(spot: Spot, units: Gazetteer, reading: Reading, day: str | None) -> Location:
    text = reading.text[spot.start : spot.end]
    unit = spot.chosen
    if spot.other:
        return Location(
            start=spot.start,
            end=spot.end,
            text=text,
            name=spot.name,
            level="other",
            provenance=Provenance(layer="rule", rule=spot.rule, note=spot.note),
        )
    open_level = LEVELS[len(spot.rivals[0])] if spot.rivals else spot.levels[0]
    level: Level = unit.level if unit is not None else open_level  # type: ignore[assignment]
    provenance = Provenance(
        layer="gazetteer" if unit is not None else "rule",
        rule=spot.rule,
        confidence=0.95 if unit is not None else 0.6,
        note=spot.note,
        candidates=spot.rivals,
    )
    name = " ".join(spot.name.split())
    path: tuple[str | None, ...] | None = None
    if unit is not None:
        path = units.path(unit, day)
        own = name.lower() == unit.name.lower() or (level == "province" and spot.key == unit.key)
        if own or name.isupper() or not spot.exact or unit.name[0].isdigit():
            name = display(unit)
    elif level == "hamlet":
        path = _hamlet_path(spot, name, units, day)
    return Location(
        start=spot.start,
        end=spot.end,
        text=text,
        name=name,
        level=level,
        type=unit.type if unit is not None else None,
        path=path,
        code=unit.code if unit is not None else None,
        successors=units.successors(unit.code) if unit is not None and unit.until != END else (),
        provenance=provenance,
    )


def _hamlet_path(spot: Spot, name: str, units: Gazetteer, day: str | None) -> tuple[str | None, ...] | None:
    """A hamlet's path by the places named after it ("tổ 2, ấp A, xã B"); None where no unit follows."""
    names, above = [name], spot.above
    while above is not None and above.chosen is None and above.levels == ("hamlet",) and len(names) < 4:
        names.insert(0, above.name)
        above = above.above
    return (*units.path(above.chosen, day), *names) if above is not None and above.chosen is not None else None


def _home(spots: list[Spot], units: Gazetteer) -> dict[str, str]:
    """The article's own units: the province, district and commune that most of its places lie in."""
    found: dict[str, Counter[str]] = {"province": Counter(), "district": Counter(), "commune": Counter()}
    for spot in spots:
        if not spot.kept or spot.other or spot.chosen is None:
            continue
        unit = spot.chosen
        found[unit.level][unit.code] += 1
        if unit.level != "province":
            found["province"][units.province_of(unit)] += 1
        if unit.level == "commune" and len(unit.parent) == 3:
            found["district"][unit.parent] += 1
    home: dict[str, str] = {}
    for level, counts in found.items():
        if counts:
            code, count = counts.most_common(1)[0]
            if count * 2 > sum(counts.values()):
                home[level] = code
    if "province" not in home and "district" in home:
        first = units.versions(home["district"])
        home["province"] = first[0].parent
    return home
