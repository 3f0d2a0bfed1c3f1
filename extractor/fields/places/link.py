"""Which unit each candidate is, by the whole article: parents named nearby, the article's provinces and districts, set cover.

Every weight is a plain number below; a unit is chosen when it alone has the best sum, else the mention keeps its candidates.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict

import regex

from extractor.fields.places.candidates import FORMER, PlaceCandidate
from extractor.fields.places.chain import AND, abroad, chain
from extractor.fields.places.home import source_province
from extractor.fields.places.time import ENDED, FUTURE, REPLACED, Times
from extractor.gazetteer import Gazetteer, Unit
from extractor.models import Reading

_VALUE = regex.compile(
    r"\s*(?:\(|[:|]\s*|(?:có|đạt)\s+)?\p{N}{1,9}(?:[.,]\p{N}{1,3}){0,3}\s?"
    r"(?:%|(?:người|hộ|thẻ|ha|con|tỷ|triệu|trường hợp|ca)(?!\p{L}))"
)
_ROWS = regex.compile(r"\s*\|[^\n]*\n\s*\|\s*")  # from a cell to the first one of the next row
_BOTH = regex.compile(r"tỉnh\s*[/,–-]?\s*(?:và\s+)?$")
# The parent right after it; the parent of the list's head; a typed parent that does not hold it.
CHAIN, SIBLING, STRANGER = 7.0, 3.0, -5.0
CENTRAL = 5.0  # "TP Huế" since 2025 is the province before the former district
NOT_A_CITY = -8.0  # "TP Bắc Ninh" is the town of before July 2025, never the province
RUN = 8.0  # the communes of 2025 in a row
BARE_LEVEL = {2: 8.0, 3: 0.8, 5: 0.0}
FIRM = -4.0  # a company bears the name in this article, and no unit does
VALUE = 0.8  # a value follows it: "A (71,5%)", "A đạt 84,1%"
ELSEWHERE = 3.0  # what a bare commune loses whose province the article does not name, though it names others
BARE_FLOOR = 2.0  # evidence that a bare name below the province needs


class Linker:
    """The candidates of one article and the weights of its provinces and districts."""

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
        self.source = source_province(reading)
        self.times = Times(units, day, sure=sure)
        abroad(candidates, reading.folded)
        self.candidates = [s for s in candidates if not s.other]
        self.province: Counter[str] = Counter()
        self.district: Counter[str] = Counter()
        self.places: dict[str, list[int]] = defaultdict(list)
        self.total = 1
        self.cover: Counter[str] = Counter()
        self.under: set[str] = set()
        self.typed_keys: dict[str, set[str]] = defaultdict(set)
        self.named: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def run(self) -> None:
        """Fill `chosen`, `rivals` and `kept` of every candidate."""
        for candidate in self.candidates:
            candidate.units = self.times.states_on(candidate.units)
        chain(self.candidates, self.reading.folded, self.times)
        self.under = {s.key for s in self.candidates if s.above is not None}
        for candidate in self.candidates:
            if not candidate.units and candidate.above is not None and candidate.levels[0] != "hamlet":
                self._repair(candidate, candidate.above)
        self._weigh()
        for candidate in self.candidates:
            if len(candidate.units) > 8:
                candidate.units = self._relevant(candidate)
        for candidate in self.candidates:
            if candidate.typed or candidate.vote >= 3.0:
                self._choose(candidate)
        self._reweigh()
        provinces = [s for s in self.candidates if any(len(u.code) == 2 for u in s.units)]
        for candidate in provinces:
            self._keep(candidate)
        self._reweigh()
        for candidate in self.candidates:
            if candidate.chosen is None or len(candidate.chosen.code) > 2:
                self._keep(candidate)
        kept = [s for s in self.candidates if s.kept]
        self._reweigh()
        for candidate in kept:
            self._choose(candidate)

    # -- candidates -------------------------------------------------------------------------------------------------

    def _relevant(self, candidate: PlaceCandidate) -> list[Unit]:
        """Of the many units of a common name, those of parents that the article names or several of its names share."""
        above = {u.code for u in candidate.above.units} if candidate.above is not None else set()
        out = []
        for unit in candidate.units:
            line = self.times.ancestors(unit)
            if not line or any(
                p in above or self.province[p] or self.district[p] or (len(p) == 3 and self.cover[p] > 1) for p in line
            ):
                out.append(unit)
        return out if any(len(u.code) > 2 for u in out) else candidate.units

    def _repair(self, candidate: PlaceCandidate, above: PlaceCandidate) -> None:
        """An unknown name before its parent: the parent's unit of that name on another level, or one letter away."""
        codes = {u.code for u in above.units}
        candidate.units = [u for u in self.units.named(candidate.name) if codes.intersection(self.times.ancestors(u))]
        if not candidate.units and len(candidate.key) >= 5:
            below = [u for code in codes for u in self.units.children(code, self.day)]
            candidate.units = [u for u in below if u.level in candidate.levels and _one_letter(candidate.key, u.key)]
        candidate.units, candidate.exact = self.times.states_on(candidate.units), True

    # -- evidence ---------------------------------------------------------------------------------------------------

    def _weigh(self) -> None:
        """Provinces and districts the article names, and how many of its names each could hold."""
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for candidate in self.candidates:
            if candidate.typed:
                for level in candidate.levels:
                    self.typed_keys[candidate.key].add(level)
            if len(candidate.units) == 1 and (
                candidate.typed or (candidate.vote >= 0 and len(candidate.units[0].code) == 2)
            ):
                self._count(candidate.units[0], candidate.start)
            elif not candidate.typed and candidate.vote >= 0:
                for unit in candidate.units:
                    if len(unit.code) == 2:
                        self._count(unit, candidate.start)
            if (candidate.key, candidate.levels) in seen or not (candidate.typed or candidate.head or candidate.above):
                continue
            seen.add((candidate.key, candidate.levels))
            for code in {
                p for u in candidate.units for p in (*self.times.ancestors(u), *((u.code,) if len(u.code) < 5 else ()))
            }:
                self.cover[code] += 1
        self.total = sum(self.province.values()) or 1

    def _count(self, unit: Unit, at: int) -> None:
        if len(unit.code) == 2:
            self.province[unit.code] += 1
        elif len(unit.code) == 3:
            self.district[unit.code] += 1
            self.province[unit.parent] += 1
        else:
            if len(unit.parent) == 3:
                self.district[unit.parent] += 1
            self.province[self.units.province_of(unit)] += 1
        self.places[unit.code].append(at)

    def _reweigh(self) -> None:
        self.province.clear()
        self.district.clear()
        self.places.clear()
        self.named.clear()
        for candidate in self.candidates:
            if candidate.kept and candidate.chosen is not None:
                self._count(candidate.chosen, candidate.start)
                self.named[candidate.key, candidate.chosen.level][candidate.chosen.code] += 3 if candidate.above else 1
        self.total = sum(self.province.values()) or 1

    def _near(self, code: str, at: int) -> float:
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

    def _score(self, candidate: PlaceCandidate, unit: Unit) -> float:
        score = self.times.validity_penalty(unit)
        ended = self.day is not None and unit.until <= self.day
        line = self.times.ancestors(unit)
        if score == ENDED and any(self._replaces(u, unit, line) for u in candidate.units):
            score = REPLACED
        if candidate.types and unit.type not in candidate.types:
            score -= 1.5 if candidate.head is None else 4.0 if candidate.types == ("Đặc khu",) else 0.5
            if candidate.head is None and len(unit.code) == 2 and candidate.types == ("Thành phố",):
                # "các tỉnh, thành phố A, B": the word is of both kinds
                score += (
                    0.0
                    if _BOTH.search(self.reading.folded, max(0, candidate.start - 10), candidate.start)
                    else NOT_A_CITY
                )
        if (
            candidate.typed
            and not line
            and unit.type in candidate.types
            and len({len(u.code) for u in candidate.units}) > 1
        ):
            score += CENTRAL
        if not candidate.typed:
            score += BARE_LEVEL[len(unit.code)]
            if candidate.head is not None and unit.level in candidate.head.levels:
                score += candidate.vote
            if unit.level in self.typed_keys.get(candidate.key, ()) and not any(
                len(u.code) == 2 for u in candidate.units
            ):
                score += 2.5
        if ended and FORMER.match(self.reading.folded, candidate.end):
            score += CHAIN  # "Bình Chánh trước đây", "huyện Yên Dũng (cũ)"
        if (
            candidate.run
            and unit.parent == candidate.run
            and len(unit.code) == 5
            and self.times.validity_penalty(unit) == 0.0
        ):
            score += RUN
        score += self._chain_score(candidate, unit, line)
        if line:
            score += self._article_score(candidate, unit, line)
        same = self.named.get((candidate.key, unit.level))
        if same and candidate.above is None:
            score += 3.0 * same[unit.code] / sum(same.values())
        return score

    def _replaces(self, unit: Unit, ended: Unit, line: tuple[str, ...]) -> bool:
        """Whether a unit in force bears the name in the province that took over a unit that has ended."""
        return self.times.validity_penalty(unit) == 0.0 and len(unit.code) == len(ended.code) and unit.parent in line

    def _chain_score(self, candidate: PlaceCandidate, unit: Unit, line: tuple[str, ...]) -> float:
        """Evidence of the neighbours: the parent after it, its list's head, the units it holds."""
        score = 0.0
        if candidate.above is not None:
            holders = [candidate.above.chosen] if candidate.above.chosen is not None else candidate.above.units
            codes = {u.code for u in holders}
            if codes and codes.intersection(line) and not self._side_by_side(candidate, candidate.above):
                score += CHAIN
                # A code can be Tiền Giang's before July 2025 and Đồng Tháp's since: the name decides.
                if self.times.reformed and self.times.province_key(unit) in {u.key for u in holders}:
                    score += 1.0
            elif codes and candidate.above.typed:
                score += STRANGER
            further = candidate.above.above
            if further is not None and {u.code for u in further.units}.intersection(line):
                score += CHAIN / 2
        head = candidate.head
        second = head is not None and (head.above is candidate or not self.times.reformed)
        if (
            head is not None
            and second
            and not candidate.typed
            and any(unit.code in self.times.ancestors(u) for u in head.units)
        ):
            score += CHAIN  # "huyện A, tỉnh B" without the word: the parent, no second item
        if (
            head is not None
            and head.chosen is not None
            and head.above is candidate.above
            and head.chosen.parent == unit.parent
        ):
            score += SIBLING
        for held in candidate.holds[:4]:
            if any(unit.code in self.times.ancestors(u) for u in held.units):
                score += CHAIN / 2
        return score

    def _side_by_side(self, candidate: PlaceCandidate, above: PlaceCandidate) -> bool:
        """Whether two bare provinces stand in a list ("Phú Yên, Đắk Lắk"), though a ward of the second bears the first's name."""
        if candidate.typed or above.levels[0] != "province" or not any(len(u.code) == 2 for u in candidate.units):
            return False
        return not candidate.holds and "(" not in self.reading.text[candidate.end : above.start]

    def _article_score(self, candidate: PlaceCandidate, unit: Unit, line: tuple[str, ...]) -> float:
        """Evidence of the whole article: its provinces and districts, near and by count, and how many names they cover."""
        provinces = [code for code in line if len(code) == 2]
        score = max(
            2.5 * self.province[p] / self.total + 2.0 * self._near(p, candidate.start) + 0.3 * min(self.cover[p] - 1, 6)
            for p in provinces
        )
        if self.source in provinces:
            score += 1.0
        own = set() if candidate.typed else {u.code for u in candidate.units}
        districts = [code for code in line if len(code) == 3 and code not in own]
        if districts:
            score += max(
                (1.5 if self.district[d] else 0.0)
                + 2.5 * self._near(d, candidate.start)
                + 0.6 * min(self.cover[d] - 1, 6)
                for d in districts
            )
        return score

    # -- decisions --------------------------------------------------------------------------------------------------

    def _choose(self, candidate: PlaceCandidate) -> None:
        if len(candidate.units) < 2:
            if candidate.units:
                candidate.chosen, candidate.margin = self._under(candidate, candidate.units[0]), 6.0
            return
        ranked = sorted(((self._score(candidate, u), u) for u in candidate.units), key=lambda x: -x[0])
        best, unit = ranked[0]
        candidate.margin = best - ranked[1][0] if len(ranked) > 1 else 6.0
        if len(ranked) > 1 and ranked[1][0] > best - 0.05:
            close = [u for s, u in ranked if s > best - 0.05]
            if len({(u.parent, len(u.code)) for u in close}) == 1:
                candidate.chosen = max(close, key=lambda u: u.since)
                candidate.rivals = tuple(u.code for u in close if u is not candidate.chosen)
                return
            candidate.chosen, candidate.rivals = None, tuple(sorted(u.code for u in close))
            if len({u.level for u in close}) == 1:
                return
            candidate.chosen = close[0]
            return
        candidate.chosen, candidate.rivals = self._under(candidate, unit), tuple(u.code for _, u in ranked[1:4])

    def _under(self, candidate: PlaceCandidate, unit: Unit) -> Unit:
        """The state of a code that fits the parent named beside it: after July 2025, "xã A, huyện B" is the older one."""
        if (self.times.reformed or not self.times.sure or self.day is None) and candidate.above is not None:
            holders = {u.code for u in candidate.above.units}
            if unit.parent not in holders and len(unit.code) == 5:
                older = [s for s in self.units.versions(unit.code) if s.key == unit.key and s.parent in holders]
                return older[-1] if older else unit
        return unit

    def _keep(self, candidate: PlaceCandidate) -> None:
        """Whether a bare name is a place here."""
        if candidate.typed or (candidate.rule.startswith("alias") and candidate.vote >= 3.0):
            return
        self._choose(candidate)
        unit = candidate.chosen
        if unit is None and candidate.units:
            unit = next(iter(candidate.units))
        if unit is None:
            candidate.kept = False
            return
        vote = (
            candidate.vote
            + self._by_neighbours(candidate, unit)
            + self._by_article(candidate, unit)
            + self._by_name(candidate, unit)
        )
        vote += self._company(candidate, unit)
        candidate.kept = vote >= BARE_FLOOR
        if not candidate.kept:
            candidate.note = f"bare name, evidence {vote:.1f} under {BARE_FLOOR}"

    def _by_neighbours(self, candidate: PlaceCandidate, unit: Unit) -> float:
        """What the places beside a bare name say for it: its parent, what it holds, its list, its type word elsewhere."""
        vote, typed = 0.0, self.typed_keys.get(candidate.key)
        if candidate.person and len(unit.code) < 5 and unit.level in (typed or ()):
            vote += 2.0  # the layer errs more often than a paper names a person as it names a district
        if candidate.above is not None and candidate.above.kept:
            vote += 3.0
        if any(s.above is candidate and (s.typed or s.head) for s in self._before(candidate)):
            vote += 3.0
        if typed:
            vote += 3.0 if unit.level in typed else 1.0
        if candidate.head is not None and unit.level in candidate.head.levels:
            vote += 2.0
        if FORMER.match(self.reading.folded, candidate.end):
            vote += 1.5
        return vote

    def _by_article(self, candidate: PlaceCandidate, unit: Unit) -> float:
        """What the article says for a unit of a bare name: its province and district named, its value, its time."""
        vote, line = 3.0 if len(unit.code) == 2 else 0.0, self.times.ancestors(unit)
        named = any(self.province[code] for code in line if len(code) == 2)
        if named:
            vote += 1.2 if len(unit.code) == 3 else 0.8
            if len(unit.code) == 3:
                vote += 1.0
        if len(unit.code) == 3 and unit.type in ("Thành phố", "Thị xã"):
            vote += 2.4 if unit.type == "Thành phố" else 1.2
        if len(unit.code) < 5:
            return vote
        if any(self.district[code] for code in line if len(code) == 3):
            vote += 0.8
        if _VALUE.match(self.reading.folded, candidate.end):
            vote += VALUE
        if not named and candidate.above is None:
            vote -= 1.5 if not self.province else ELSEWHERE
        return vote - 2.0 if self.times.validity_penalty(unit) <= FUTURE else vote

    def _by_name(self, candidate: PlaceCandidate, unit: Unit) -> float:
        """What the name itself says against a unit: no such unit there, a company, one short syllable, an acronym."""
        vote = -3.0 if candidate.stray else 0.0
        if candidate.company_name and candidate.key not in self.under:
            vote += FIRM
        if (
            len(unit.code) > 2
            and " " not in candidate.name
            and not any(c in candidate.name for c in "'’")
            and len(candidate.name) < 7
        ):
            vote -= 1.5
        if candidate.name.isupper() and len(candidate.name) < 5:
            vote -= 2.0
        return vote

    def _company(self, candidate: PlaceCandidate, unit: Unit) -> float:
        """Support by the names beside it in a bare list ("Tây Hồ, Ba Đình, Hoàn Kiếm"): units of one parent."""
        index, text, support = self._index(candidate), self.reading.folded, 0.0
        for step in (-1, 1):
            if 0 <= index + step < len(self.candidates):
                other = self.candidates[index + step]
                first, second = (candidate, other) if step > 0 else (other, candidate)
                beside = AND.fullmatch(text, first.end, second.start) or (
                    first.cell and second.cell and _ROWS.fullmatch(text, first.end, second.start)
                )
                if beside and any(u.parent == unit.parent and len(u.code) == len(unit.code) > 2 for u in other.units):
                    support += 0.8
        return support

    def _before(self, candidate: PlaceCandidate) -> list[PlaceCandidate]:
        index = self._index(candidate)
        return self.candidates[max(0, index - 6) : index]

    def _index(self, candidate: PlaceCandidate) -> int:
        return bisect_left(self.candidates, candidate.start, key=lambda s: s.start)


def _one_letter(a: str, b: str) -> bool:
    """Whether two keys differ by one letter put in, left out or changed."""
    if a == b or abs(len(a) - len(b)) > 1:
        return a == b
    if len(a) > len(b):
        a, b = b, a
    at = next((i for i, c in enumerate(a) if c != b[i]), len(a))
    return a[at:] == b[at + 1 :] or a[at + 1 :] == b[at + 1 :]
