"""What an article says of its provinces and districts: how often and where each is named, how many of its names each could hold."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict

from extractor.fields.places.candidates import PlaceCandidate
from extractor.fields.places.time import Times
from extractor.gazetteer import Unit
from extractor.models import Reading


class ArticleUnits:
    """Counts over the candidates of one article; the order of the candidates is that of the text.

    `source` is the province of the paper, `under` the keys of names with a parent beside them, `typed_keys` the levels that
    type words give a name, `named` the units that each name was found to be.
    """

    def __init__(self, reading: Reading, candidates: list[PlaceCandidate], times: Times, source: str | None) -> None:
        self.reading, self.candidates, self.times, self.source = reading, candidates, times, source
        self.province: Counter[str] = Counter()
        self.district: Counter[str] = Counter()
        self.places: dict[str, list[int]] = defaultdict(list)
        self.total = 1
        self.cover: Counter[str] = Counter()
        self.under: set[str] = set()
        self.typed_keys: dict[str, set[str]] = defaultdict(set)
        self.named: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def weigh(self) -> None:
        """Count what is named for sure before any choice: single units, provinces, type words, possible parents."""
        self.under = {s.key for s in self.candidates if s.above is not None}
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for candidate in self.candidates:
            if candidate.typed:
                self.typed_keys[candidate.key].update(candidate.levels)
            for unit in _sure_units(candidate):
                self._count(unit, candidate.start)
            name = candidate.key, candidate.levels
            if name not in seen and (candidate.typed or candidate.head or candidate.above):
                seen.add(name)
                self._cover(candidate)
        self.total = sum(self.province.values()) or 1

    def _cover(self, candidate: PlaceCandidate) -> None:
        codes = {u.code for u in candidate.units if len(u.code) < 5}
        for unit in candidate.units:
            codes.update(self.times.ancestors(unit))
        for code in codes:
            self.cover[code] += 1

    def _count(self, unit: Unit, at: int) -> None:
        if len(unit.code) == 2:
            self.province[unit.code] += 1
        elif len(unit.code) == 3:
            self.district[unit.code] += 1
            self.province[unit.parent] += 1
        else:
            if len(unit.parent) == 3:
                self.district[unit.parent] += 1
            self.province[self.times.units.province_of(unit)] += 1
        self.places[unit.code].append(at)

    def reweigh(self) -> None:
        """Count the units chosen so far."""
        self.province.clear()
        self.district.clear()
        self.places.clear()
        self.named.clear()
        for candidate in self.candidates:
            if candidate.kept and candidate.chosen is not None:
                self._count(candidate.chosen, candidate.start)
                weight = 3 if candidate.above else 1
                self.named[candidate.key, candidate.chosen.level][candidate.chosen.code] += weight
        self.total = sum(self.province.values()) or 1

    def names(self, code: str) -> bool:
        """Whether the article names a province or district, or several of its names lie in the district."""
        return code in self.province or code in self.district or (len(code) == 3 and self.cover.get(code, 0) > 1)

    def near(self, code: str, at: int) -> float:
        """How near the unit is named: 1 in the same sentence, less with distance, before counts more than after."""
        places = self.places.get(code)
        if not places:
            return 0.0
        index = bisect_left(places, at)
        best = 0.0
        if index:
            best = 1.0 / (1.0 + (at - places[index - 1]) / 300)
        if index < len(places):
            best = max(best, 0.8 / (1.0 + (places[index] - at) / 300))
        return best

    def before(self, candidate: PlaceCandidate) -> list[PlaceCandidate]:
        """The six candidates before one."""
        index = self.index(candidate)
        return self.candidates[max(0, index - 6) : index]

    def index(self, candidate: PlaceCandidate) -> int:
        """A candidate's place in the text's order."""
        return bisect_left(self.candidates, candidate.start, key=lambda s: s.start)


def _sure_units(candidate: PlaceCandidate) -> list[Unit]:
    """The units that a name stands for before any choice: its only one after a type word, provinces of a bare name."""
    if len(candidate.units) == 1 and candidate.typed:
        return candidate.units
    if candidate.typed or candidate.vote < 0:
        return []
    return [u for u in candidate.units if len(u.code) == 2]
