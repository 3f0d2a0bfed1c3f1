"""What other fields ask of an article's places: the linked locations, and what bare words ("huyện", "toàn tỉnh") stand for."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field

import regex

from extractor.gazetteer import Unit, gazetteer
from extractor.records import Location
from extractor.rules import Template, cache, word_tree
from extractor.rules.lexica import level_rows, unit_type, words
from extractor.text import fold


@cache
def _types() -> dict[str, str]:
    """A bare word, folded → the unit type it stands for."""
    return {fold(f): row.type for row in level_rows() for f in (*row.forms, *row.short)}


@cache
def _levels() -> dict[str, str]:
    """Unit type → the lowest level that it can mean."""
    return {row.type: row.levels[-1] for row in level_rows()}


def _slot(name: str) -> str:
    return word_tree(_types()) if name == "unit" else words(name)  # type: ignore[arg-type]


_SCOPE = Template(r"(?<!\p{L})({unit})(?!\p{L})", _slot)
_NAME = regex.compile(r"[.\s]*[\p{Lu}\d]")


@dataclass(slots=True)
class Places:
    """The article's places: the linked locations and the units that bare words ("huyện", "toàn tỉnh") stand for.

    `home` maps a level (`province`, `district`, `commune`) to the code of the article's own unit, where there is one;
    `day` is the publication date as an ISO string.
    """

    locations: list[Location] = field(default_factory=list)
    home: dict[str, str] = field(default_factory=dict)
    day: str | None = None
    _first: dict[str, int] = field(default_factory=dict, init=False, repr=False)
    _majority: list[bool] = field(default_factory=list, init=False, repr=False)

    def inside(self, start: int, end: int) -> list[Location]:
        """Locations within `[start, end)`."""
        first = bisect_left(self.locations, start, key=lambda x: x.start)
        out = []
        for place in self.locations[first:]:
            if place.start >= end:
                break
            if place.end <= end:
                out.append(place)
        return out

    def scope(self, phrase: str, at: int | None = None) -> str | None:
        """Code of the unit a bare phrase stands for ("huyện", "trên địa bàn tỉnh", "UBND xã"), or None.

        The last bare word of the phrase decides. With `at`, an offset of the text, a unit that the article names only
        behind it tells nothing: what comes before decides, and the last unit of that level there serves where the article
        has none of its own.
        """
        found = None
        for m in _SCOPE.finditer(fold(phrase)):
            if not _NAME.match(phrase, m.end()):
                found = _types()[" ".join(m.group(1).split())]
        if found is None:
            return None
        level = self._level(found)
        own = self.home.get(level)
        if own is not None and self._is(own, found) and (at is None or self._named(own) < at):
            return own
        if at is not None:
            for place in reversed(self.locations[: bisect_left(self.locations, at, key=lambda x: x.start)]):
                if place.code and place.level == level and place.type == found:
                    return place.code
        return None

    def province(self, at: int) -> str | None:
        """Code of the province or city under the centre that a bare provincial body before `at` is of, or None.

        The article's own, if it is named there, else the last one named before `at`.
        """
        own = self.home.get("province")
        if own is not None and self._named(own) < at:
            return own
        before = self.locations[: bisect_left(self.locations, at, key=lambda x: x.start)]
        return next((x.code for x in reversed(before) if x.code and x.level == "province"), None)

    def is_city(self, code: str) -> bool:
        """Whether a unit is a city on the article's day."""
        return self._is(code, unit_type("city"))

    def is_provincial(self, at: int) -> bool:
        """Whether the article is about a province, as far as its source or what stands before `at`, an offset, tells."""
        own = self.home.get("province")
        if own is not None and self._named(own) < at:
            return True
        index = bisect_left(self.locations, at, key=lambda x: x.start)
        return index > 0 and self._led()[index - 1]

    def _led(self) -> list[bool]:
        """For each location whether one province holds more than half of the places up to it, new names counted twice."""
        if not self._majority:
            counts: Counter[str] = Counter()
            seen: set[str] = set()
            total = most = 0
            for place in self.locations:
                unit = self.unit(place.code) if place.code else None
                if unit is not None:
                    province, weight = gazetteer().province_of(unit), 1 if unit.code in seen else 2
                    seen.add(unit.code)
                    counts[province] += weight
                    total, most = total + weight, max(most, counts[province])
                self._majority.append(most * 2 > total)
        return self._majority

    def _named(self, code: str) -> int:
        """Where the article first names a unit or one inside of it; 0 for a unit that its source tells."""
        if not self._first:
            for place in self.locations:
                above = place.code
                while above and above not in self._first:
                    self._first[above] = place.start
                    unit = self.unit(above)
                    above = unit.parent if unit else None
        return self._first.get(code, 0)

    def unit(self, code: str) -> Unit | None:
        """The unit of a code on the article's day."""
        return gazetteer().at(code, self.day)

    def _is(self, code: str, kind: str) -> bool:
        """Whether a unit is of a type on the article's day."""
        unit = self.unit(code)
        return unit is not None and unit.type == kind

    def _level(self, kind: str) -> str:
        """The level a type means here: "thành phố" is a province only where the article's province is a city."""
        if kind == unit_type("city") and "province" in self.home and self._is(self.home["province"], kind):
            return "province"
        return _levels().get(kind, "district")
