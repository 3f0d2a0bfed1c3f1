"""Which unit each candidate is, by the whole article: parents named nearby, the article's provinces and districts, set cover.

A unit is chosen when it alone has the best sum of `link_scores`, else the mention keeps its candidates; a bare name is kept
when the evidence of `link_bare` reaches a floor.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.fields.places.article import ArticleUnits
from extractor.fields.places.candidates import PlaceCandidate
from extractor.fields.places.chain import abroad, chain, stand_together
from extractor.fields.places.home import source_province
from extractor.fields.places.link_bare import BARE_FLOOR, bare_evidence
from extractor.fields.places.link_scores import scores
from extractor.fields.places.time import Times
from extractor.gazetteer import Gazetteer, Unit
from extractor.models import Reading

_MANY = 8  # units of a common name: more are narrowed to those that the article can mean
_SURE = 3.0  # a vote with which a candidate is a place without further evidence
_DEEPEST = 4  # places that hold each other in one address
_CLOSE = 0.05  # sums that say nothing for either


class Linker:
    """The candidates of one article and what it says of its provinces and districts."""

    def __init__(
        self,
        reading: Reading,
        candidates: list[PlaceCandidate],
        units: Gazetteer,
        day: str | None,
        *,
        sure: bool = True,
    ) -> None:
        self.reading, self.units, self.day = reading, units, day
        self.times = Times(units, day, sure=sure)
        abroad(candidates, reading.text)
        self.candidates = [s for s in candidates if not s.other]
        self.article = ArticleUnits(reading, self.candidates, self.times, source_province(reading))

    def run(self) -> None:
        """Fill `chosen`, `rivals` and `kept` of every candidate."""
        known: dict[tuple[int, ...], list[Unit]] = {}  # most names stand in the text more than once
        for candidate in self.candidates:
            same = tuple(map(id, candidate.units))
            if same not in known:
                known[same] = self.times.states_on(candidate.units)
            candidate.units = known[same]
        chain(self.candidates, self.reading.folded, self.times)
        for candidate in self.candidates:
            above = candidate.above
            if above is None or candidate.levels[0] == "hamlet":
                continue
            if not candidate.units:
                self._repair(candidate, above)
            elif candidate.typed and candidate.levels == ("commune",) and above.units:
                self._leave_namesakes(candidate, above)
        self.article.weigh()
        for candidate in self.candidates:
            if len(candidate.units) > _MANY:
                candidate.units = self._relevant(candidate)
        self._decide()

    def _decide(self) -> None:
        """Choose and keep in rounds, each by what those before it found: sure names, provinces, the others, all again."""
        _each(self._choose, [s for s in self.candidates if s.typed or s.vote >= _SURE])
        self.article.reweigh()
        _each(self._keep, [s for s in self.candidates if any(len(u.code) == 2 for u in s.units)])
        self.article.reweigh()
        _each(self._keep, [s for s in self.candidates if s.chosen is None or len(s.chosen.code) > 2])
        self.article.reweigh()
        _each(self._choose, [s for s in self.candidates if s.kept])

    # -- candidates -------------------------------------------------------------------------------------------------

    def _relevant(self, candidate: PlaceCandidate) -> list[Unit]:
        """Of the many units of a common name, those of parents that the article names or several of its names share."""
        above = {u.code for u in candidate.above.units} if candidate.above is not None else set()
        out = []
        for unit in candidate.units:
            line = self.times.ancestors(unit)
            if not line or any(code in above or self.article.names(code) for code in line):
                out.append(unit)
        return out if any(len(u.code) > 2 for u in out) else candidate.units

    def _repair(self, candidate: PlaceCandidate, above: PlaceCandidate) -> None:
        """An unknown name before its parent: the parent's unit of that name on another level, or one letter away."""
        codes = {u.code for u in above.units}
        named = [u for u in self.units.named(candidate.name) if codes.intersection(self.times.ancestors(u))]
        candidate.units, candidate.exact = self.times.states_on(named), True
        if not candidate.units and len(candidate.key) >= 5:
            below = [u for code in codes for u in self.units.children(code, self.day)]
            near = [u for u in below if u.level in candidate.levels and _one_letter(candidate.key, u.key)]
            candidate.units = self.times.states_on(near) if len({u.code for u in near}) == 1 else []

    def _leave_namesakes(self, candidate: PlaceCandidate, above: PlaceCandidate) -> None:
        """Leave out the communes of other provinces where no parent named behind holds any of them: that one is in no list."""
        lines = [set(self.times.ancestors(u)) for u in candidate.units]
        if any(u.code in line for holder in self._behind(candidate) for u in holder.units for line in lines):
            return
        own = {self.units.province_of(u) for u in above.units if above.typed or len(u.code) == 2}
        if not own:
            return  # a bare name of no province: "xã A, B"
        provinces = own
        if self.times.map_may_be_older:
            provinces = own.union(*map(self.units.successors, own), *map(self.units.predecessors, own))
        candidate.units = [u for u, line in zip(candidate.units, lines, strict=True) if provinces & line]
        if not candidate.units:
            candidate.note = f"no unit of that name in {above.name}"

    def _behind(self, candidate: PlaceCandidate) -> Iterator[PlaceCandidate]:
        """The places of an address from the parent of its first on, "xã A, huyện B, tỉnh C": C too, though it does not hold B."""
        above = candidate.above
        for _ in range(_DEEPEST):
            if above is None:
                return
            yield above
            above = above.above or self._next(above)

    def _next(self, candidate: PlaceCandidate) -> PlaceCandidate | None:
        """The place right behind one, as a parent would stand there."""
        index = self.article.index(candidate) + 1
        after = self.candidates[index] if index < len(self.candidates) else None
        return after if after is not None and stand_together(candidate, after, self.reading.folded) else None

    # -- decisions --------------------------------------------------------------------------------------------------

    def _choose(self, candidate: PlaceCandidate) -> None:
        if len(candidate.units) < 2:
            if candidate.units:
                candidate.chosen, candidate.margin = self._under(candidate, candidate.units[0]), 6.0
            return
        ranked = sorted(zip(scores(self.article, candidate), candidate.units, strict=True), key=lambda x: -x[0])
        best, unit = ranked[0]
        candidate.margin = best - ranked[1][0]
        if ranked[1][0] > best - _CLOSE:
            _between(candidate, [u for s, u in ranked if s > best - _CLOSE])
        else:
            candidate.chosen = self._under(candidate, unit)
            candidate.rivals = tuple(u.code for _, u in ranked[1:4])

    def _under(self, candidate: PlaceCandidate, unit: Unit) -> Unit:
        """The state of a code that fits the parent named beside it: after July 2025, "xã A, huyện B" is the older one."""
        if candidate.above is None or not self.times.map_may_be_older:
            return unit
        holders = {u.code for u in candidate.above.units}
        if unit.parent in holders or len(unit.code) != 5:
            return unit
        older = [s for s in self.units.versions(unit.code) if s.key == unit.key and s.parent in holders]
        return older[-1] if older else unit

    def _keep(self, candidate: PlaceCandidate) -> None:
        """Whether a bare name is a place here."""
        if candidate.typed or (candidate.rule.startswith("alias") and candidate.vote >= _SURE):
            return
        self._choose(candidate)
        unit = candidate.chosen or next(iter(candidate.units), None)
        if unit is None:
            candidate.kept = False
            return
        vote = bare_evidence(self.article, candidate, unit)
        candidate.kept = vote >= BARE_FLOOR
        if not candidate.kept:
            candidate.note = f"bare name, evidence {vote:.1f} under {BARE_FLOOR}"


def _each(decide: Callable[[PlaceCandidate], None], candidates: list[PlaceCandidate]) -> None:
    for candidate in candidates:
        decide(candidate)


def _between(candidate: PlaceCandidate, close: list[Unit]) -> None:
    """Choose among units with the same evidence: the youngest under one parent, the better level; else none of them."""
    if len({(u.parent, len(u.code)) for u in close}) == 1:
        candidate.chosen = max(close, key=lambda u: u.since)
        candidate.rivals = tuple(u.code for u in close if u is not candidate.chosen)
        return
    candidate.rivals = tuple(sorted(u.code for u in close))
    candidate.chosen = close[0] if len({u.level for u in close}) > 1 else None


def _one_letter(a: str, b: str) -> bool:
    """Whether two keys differ by one letter put in, left out or changed."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, c in enumerate(a) if c != b[i]), len(a))
    return a[at:] == b[at + 1 :] or a[at + 1 :] == b[at + 1 :]
