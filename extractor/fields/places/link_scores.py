"""How well a unit fits a mention: a table of named scores. Every weight is a plain number below."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

from extractor.fields.places.article import ArticleUnits
from extractor.fields.places.candidates import FORMER, TOLD_COMMUNE, PlaceCandidate
from extractor.fields.places.rows import template
from extractor.fields.places.time import ENDED, REPLACED, Times
from extractor.gazetteer import REFORM, Unit
from extractor.rules.lexica import unit_type

_BOTH = template(
    r"(?<!\p{L})(?P<several>(?:{plural}|{number}|\d{1,2})\s+(?:\p{L}+\s+)?)?{province-word}\s*[/,–-]?\s*(?:{and}\s+)?$"
)
# The parent right after it; the parent of the list's head; a typed parent that does not hold it.
CHAIN, SIBLING, STRANGER = 7.0, 3.0, -5.0
CENTRAL = 5.0  # "TP Huế" since 2025 is the province before the former district
NOT_A_CITY = -8.0  # "TP Bắc Ninh" is the town of before July 2025, never the province
OF_BOTH_KINDS = 4.0  # "các tỉnh, thành phố Bắc Ninh, Hưng Yên": a province rather than its town
RUN = 8.0  # the communes of 2025 in a row
NEAR = 40  # code points between two names of one enumeration
_STOP = regex.compile(r"[.;?!]\s|\n")
BARE_LEVEL = {2: 8.0, 3: 0.8, 5: 0.0}
OLD_DISTRICT = 4.0  # gives back what a district ended by the reform of 2025 costs: its bare name lives on


class _Mention:
    """What the scores of a mention's units share, worked out where one of them asks."""

    def __init__(self, article: ArticleUnits, candidate: PlaceCandidate) -> None:
        self._times, self._candidate = article.times, candidate
        self.candidate_codes = frozenset(u.code for u in candidate.units)
        self._in_force: set[tuple[int, str]] | None = None

    def in_force(self) -> set[tuple[int, str]]:
        """Length of the code and parent of the units in force."""
        if self._in_force is None:
            penalty = self._times.validity_penalty
            self._in_force = {(len(u.code), u.parent) for u in self._candidate.units if penalty(u) == 0.0}
        return self._in_force


@dataclass(slots=True)
class _Fit:
    """One unit that a mention can be, with the codes of its parents."""

    article: ArticleUnits
    candidate: PlaceCandidate
    mention: _Mention
    times: Times
    folded: str
    unit: Unit
    ancestors: tuple[str, ...]


def scores(article: ArticleUnits, candidate: PlaceCandidate) -> list[float]:
    """For each unit of a mention the sum of all its scores."""
    parts = _TYPED if candidate.typed else _LISTED if candidate.types else _BARE
    times, folded, mention = article.times, article.reading.folded, _Mention(article, candidate)
    out = []
    for unit in candidate.units:
        fit = _Fit(article, candidate, mention, times, folded, unit, times.ancestors(unit))
        total = _validity(fit)
        for part in parts:
            total += part(fit)
        out.append(total)
    return out


# -- the unit itself ------------------------------------------------------------------------------------------------


def _validity(fit: _Fit) -> float:
    """What a state costs that is not in force, more where another unit has its name since."""
    penalty = fit.times.validity_penalty(fit.unit)
    return REPLACED if penalty == ENDED and _is_replaced(fit) else penalty


def _is_replaced(fit: _Fit) -> bool:
    """Whether a unit in force bears the name in the province that took over a unit that has ended."""
    there, size = fit.mention.in_force(), len(fit.unit.code)
    return any((size, code) in there for code in fit.ancestors)


def _type_word(fit: _Fit) -> float:
    """A type word of another type than the unit's; less where the word stands at the head of a list."""
    candidate = fit.candidate
    if not candidate.types or fit.unit.type in candidate.types:
        return 0.0
    if candidate.head is None:
        return -1.5
    return -4.0 if candidate.types == (unit_type("special-zone"),) else -0.5


def _no_city(fit: _Fit) -> float:
    """A city's word before a province's name, unless the word is of both kinds: "các tỉnh, thành phố A, B"."""
    candidate = fit.candidate
    city = unit_type("city")
    if candidate.head is not None or len(fit.unit.code) != 2 or candidate.types != (city,) or fit.unit.type == city:
        return 0.0
    both = _BOTH.search(fit.folded, max(0, candidate.start - 24), candidate.start)
    if both is None:
        return NOT_A_CITY
    return OF_BOTH_KINDS if both["several"] else 0.0


def _central(fit: _Fit) -> float:
    candidate = fit.candidate
    if not candidate.typed or fit.ancestors or fit.unit.type not in candidate.types:
        return 0.0
    return CENTRAL if len({len(u.code) for u in candidate.units}) > 1 else 0.0


def _bare_level(fit: _Fit) -> float:
    """A bare name is rather a province's."""
    return BARE_LEVEL[len(fit.unit.code)]


def _old_district(fit: _Fit) -> float:
    """A bare "Nha Trang" is still the city that was: a commune of July 2025 is hardly ever named without its type word.

    An island district went on as a special zone of its name.
    """
    unit = fit.unit
    if not fit.times.reformed or len(unit.code) != 3 or unit.until != REFORM:
        return 0.0
    if _goes_on_from_commune(fit) or any(u.type == unit_type("special-zone") for u in fit.candidate.units):
        return 0.0
    return OLD_DISTRICT


def _goes_on_from_commune(fit: _Fit) -> bool:
    """Whether the name goes on from a commune of its sentence: "xã Đà Bắc đạt 90,4%, Mai Châu 91%"."""
    index = fit.article.index(fit.candidate)
    before = fit.article.candidates[index - 1] if index else None
    if before is None or not before.typed or before.levels != ("commune",):
        return False
    return fit.candidate.start - before.end < NEAR and _STOP.search(fit.folded, before.end, fit.candidate.start) is None


def _told_behind(fit: _Fit) -> float:
    """A commune's type word told behind the name."""
    return CHAIN if len(fit.unit.code) == 5 and TOLD_COMMUNE.match(fit.folded, fit.candidate.end) else 0.0


def _list_level(fit: _Fit) -> float:
    """An item of a list is of the level of the list's word."""
    head = fit.candidate.head
    return fit.candidate.vote if head is not None and fit.unit.level in head.levels else 0.0


def _typed_elsewhere(fit: _Fit) -> float:
    """The article gives the name a type word of this level elsewhere."""
    if fit.unit.level not in fit.article.typed_keys.get(fit.candidate.key, ()):
        return 0.0
    return 0.0 if any(len(u.code) == 2 for u in fit.candidate.units) else 2.5


def _former(fit: _Fit) -> float:
    """ "Bình Chánh trước đây", "huyện Yên Dũng (cũ)"."""
    day = fit.times.day
    ended = day is not None and fit.unit.until <= day
    return CHAIN if ended and FORMER.match(fit.folded, fit.candidate.end) else 0.0


def _run(fit: _Fit) -> float:
    unit = fit.unit
    if not fit.candidate.run or unit.parent != fit.candidate.run or len(unit.code) != 5:
        return 0.0
    return RUN if fit.times.validity_penalty(unit) == 0.0 else 0.0


# -- the places beside ----------------------------------------------------------------------------------------------


def _beside(fit: _Fit) -> float:
    """The neighbours: the parent after it, its list's head, the units it holds."""
    total, candidate = 0.0, fit.candidate
    if candidate.above is not None or candidate.head is not None or candidate.holds:
        for part in _BESIDE:
            total += part(fit)
    return total


def _parent(fit: _Fit) -> float:
    """The place right after holds the unit, or is of another parent."""
    candidate, above = fit.candidate, fit.candidate.above
    if above is None:
        return 0.0
    holders = [above.chosen] if above.chosen is not None else above.units
    codes = {u.code for u in holders}
    if not codes:
        return 0.0
    if not codes.intersection(fit.ancestors) or _side_by_side(fit.article, candidate, above):
        return STRANGER if above.typed else 0.0
    # A code can be Tiền Giang's before July 2025 and Đồng Tháp's since: the name decides.
    named = fit.times.reformed and fit.times.province_key(fit.unit) in {u.key for u in holders}
    return CHAIN + 1.0 if named else CHAIN


def _grandparent(fit: _Fit) -> float:
    further = fit.candidate.above.above if fit.candidate.above is not None else None
    if further is None or not {u.code for u in further.units}.intersection(fit.ancestors):
        return 0.0
    return CHAIN / 2


def _parent_of_head(fit: _Fit) -> float:
    """ "huyện A, tỉnh B" without the word: the parent, no second item."""
    head = fit.candidate.head
    if head is None or fit.candidate.typed or (head.above is not fit.candidate and fit.times.reformed):
        return 0.0
    return CHAIN if any(fit.unit.code in fit.times.ancestors(u) for u in head.units) else 0.0


def _sibling(fit: _Fit) -> float:
    """The list's head was found to have the same parent."""
    head = fit.candidate.head
    if head is None or head.chosen is None or head.above is not fit.candidate.above:
        return 0.0
    return SIBLING if head.chosen.parent == fit.unit.parent else 0.0


def _holds(fit: _Fit) -> float:
    """The places before it that it can hold."""
    total = 0.0
    for held in fit.candidate.holds[:4]:
        if any(fit.unit.code in fit.times.ancestors(u) for u in held.units):
            total += CHAIN / 2
    return total


def _side_by_side(article: ArticleUnits, candidate: PlaceCandidate, above: PlaceCandidate) -> bool:
    """Whether two bare provinces stand in a list ("Phú Yên, Đắk Lắk"), though a ward of the second bears the first's name."""
    if candidate.typed or above.levels[0] != "province" or not any(len(u.code) == 2 for u in candidate.units):
        return False
    return not candidate.holds and "(" not in article.reading.text[candidate.end : above.start]


# -- the whole article ----------------------------------------------------------------------------------------------


def _article(fit: _Fit) -> float:
    """The article's provinces and districts, near and by count, and how many names they cover."""
    if not fit.ancestors:
        return 0.0
    article, start = fit.article, fit.candidate.start
    provinces = [code for code in fit.ancestors if len(code) == 2]
    total = max(_province(article, code, start) for code in provinces)
    if article.source in provinces:
        total += 1.0
    return total + max((_district(article, code, start) for code in _districts_above(fit)), default=0.0)


def _province(article: ArticleUnits, code: str, at: int) -> float:
    share = 2.5 * article.province.get(code, 0) / article.total
    return share + 2.0 * article.near(code, at) + 0.3 * min(article.cover.get(code, 0) - 1, 6)


def _districts_above(fit: _Fit) -> list[str]:
    """The districts that hold the unit; of a bare name none that it can be itself."""
    own = () if fit.candidate.typed else fit.mention.candidate_codes
    return [code for code in fit.ancestors if len(code) == 3 and code not in own]


def _district(article: ArticleUnits, code: str, at: int) -> float:
    named = 1.5 if code in article.district else 0.0
    return named + 2.5 * article.near(code, at) + 0.6 * min(article.cover.get(code, 0) - 1, 6)


def _same_name(fit: _Fit) -> float:
    """What the name was found to be elsewhere in the article."""
    same = fit.article.named.get((fit.candidate.key, fit.unit.level))
    if not same or fit.candidate.above is not None:
        return 0.0
    return 3.0 * same[fit.unit.code] / sum(same.values())


_Score = Callable[[_Fit], float]
_BESIDE: tuple[_Score, ...] = (_parent, _grandparent, _parent_of_head, _sibling, _holds)
_COMMON: tuple[_Score, ...] = (_former, _run, _beside, _article, _same_name)
_TYPED: tuple[_Score, ...] = (_type_word, _no_city, _central, *_COMMON)
_BARE: tuple[_Score, ...] = (_bare_level, _old_district, _told_behind, _list_level, _typed_elsewhere, *_COMMON)
_LISTED: tuple[_Score, ...] = (_type_word, _no_city, *_BARE)  # an item of a list without a word of its own
