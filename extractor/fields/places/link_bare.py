"""Whether a bare name is a place in its article: a table of named evidence. Every weight is a plain number below."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from extractor.fields.places.article import ArticleUnits
from extractor.fields.places.candidates import FORMER, TOLD_COMMUNE, PlaceCandidate
from extractor.fields.places.chain import AND, one_province
from extractor.fields.places.rows import template
from extractor.fields.places.time import FUTURE
from extractor.gazetteer import Unit
from extractor.rules.lexica import unit_type

_VALUE = template(
    r"\s*(?:\(|[:|]\s*|{has}\s+)?\p{N}{1,9}(?:[.,]\p{N}{1,3}){0,3}\s?(?:%|{counted}(?!\p{L}))",
)
_ROWS = regex.compile(r"\s*\|[^\n]*\n\s*\|\s*")  # from a cell to the first one of the next row
COMPANY = -4.0  # a company bears the name in this article, and no unit does
VALUE = 0.8  # a value follows it: "A (71,5%)", "A đạt 84,1%"
ELSEWHERE = 3.0  # what a bare commune loses whose province the article does not name, though it names others
BARE_FLOOR = 2.0  # evidence that a bare name below the province needs


def bare_evidence(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """The candidate's vote and all evidence that it is this unit."""
    total = candidate.vote
    for group in _EVIDENCE:
        vote = 0.0
        for evidence in group:
            vote += evidence(article, candidate, unit)
        total += vote
    return total


# -- the places beside ----------------------------------------------------------------------------------------------


def _district_as_person(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """The statistical layer errs more often than a paper names a person as it names a district."""
    typed = article.typed_keys.get(candidate.key, ())
    return 2.0 if candidate.person and len(unit.code) < 5 and unit.level in typed else 0.0


def _parent(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return 3.0 if candidate.above is not None and candidate.above.kept else 0.0


def _holds(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    held = any(s.above is candidate and (s.typed or s.head) for s in article.before(candidate))
    return 3.0 if held else 0.0


def _typed_elsewhere(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    typed = article.typed_keys.get(candidate.key)
    if not typed:
        return 0.0
    return 3.0 if unit.level in typed else 1.0


def _list_level(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return 2.0 if candidate.head is not None and unit.level in candidate.head.levels else 0.0


def _former(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return 1.5 if FORMER.match(article.reading.folded, candidate.end) else 0.0


def _told_behind(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """A commune's type word told behind the name."""
    return 3.0 if len(unit.code) == 5 and TOLD_COMMUNE.match(article.reading.folded, candidate.end) else 0.0


# -- the article ----------------------------------------------------------------------------------------------------


def _province_named(article: ArticleUnits, unit: Unit) -> bool:
    return any(code in article.province for code in article.times.ancestors(unit) if len(code) == 2)


def _level(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return 3.0 if len(unit.code) == 2 else 0.0


def _in_named_province(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    if not _province_named(article, unit):
        return 0.0
    return 2.2 if len(unit.code) == 3 else 0.8


def _town(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """A town, or an island that is known by its name alone."""
    if len(unit.code) == 2:
        return 0.0
    weights = {unit_type("city"): 2.4, unit_type("town"): 1.2, unit_type("special-zone"): 2.4}
    return weights.get(unit.type, 0.0)


def _in_named_district(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    if len(unit.code) < 5:
        return 0.0
    return 0.8 if any(code in article.district for code in article.times.ancestors(unit) if len(code) == 3) else 0.0


def _value(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return VALUE if len(unit.code) == 5 and _VALUE.match(article.reading.folded, candidate.end) else 0.0


def _elsewhere(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    if (
        len(unit.code) < 5
        or unit.type == unit_type("special-zone")
        or candidate.above is not None
        or _province_named(article, unit)
    ):
        return 0.0
    return -ELSEWHERE if article.province else -1.5


def _not_yet(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return -2.0 if len(unit.code) == 5 and article.times.validity_penalty(unit) <= FUTURE else 0.0


# -- the name -------------------------------------------------------------------------------------------------------


def _stray(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """The province named after it has no such unit."""
    return -3.0 if candidate.stray else 0.0


def _company(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return COMPANY if candidate.company_name and candidate.key not in article.under else 0.0


def _short(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """One short word below the province."""
    name = candidate.name
    if len(unit.code) == 2 or " " in name or len(name) > 6:
        return 0.0
    return 0.0 if "'" in name or "’" in name else -1.5


def _acronym(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    return -2.0 if candidate.name.isupper() and len(candidate.name) < 5 else 0.0


# -- the list -------------------------------------------------------------------------------------------------------


def _in_bare_list(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """The names beside it in a bare list ("Tây Hồ, Ba Đình, Hoàn Kiếm") or column: units of one parent."""
    if len(unit.code) == 2:
        return 0.0
    return sum(0.8 for other in _beside(article, candidate) if _siblings(other, unit))


def _among_provinces(article: ArticleUnits, candidate: PlaceCandidate, unit: Unit) -> float:
    """A district in a list of provinces: "Hải Phòng, Thanh Hóa, Phú Quốc"."""
    if len(unit.code) != 3 or candidate.name.isupper():
        return 0.0
    return 1.2 if any(other.kept and one_province(other) for other in _beside(article, candidate)) else 0.0


def _beside(article: ArticleUnits, candidate: PlaceCandidate) -> Iterator[PlaceCandidate]:
    """The places before and after a name in its list or column."""
    index = article.index(candidate)
    for step in (-1, 1):
        if 0 <= index + step < len(article.candidates):
            other = article.candidates[index + step]
            first, second = (candidate, other) if step > 0 else (other, candidate)
            if _joined(article.reading.folded, first, second):
                yield other


def _joined(text: str, first: PlaceCandidate, second: PlaceCandidate) -> bool:
    if AND.fullmatch(text, first.end, second.start):
        return True
    return first.cell and second.cell and _ROWS.fullmatch(text, first.end, second.start) is not None


def _siblings(other: PlaceCandidate, unit: Unit) -> bool:
    return any(u.parent == unit.parent and len(u.code) == len(unit.code) for u in other.units)


_Evidence = Callable[[ArticleUnits, PlaceCandidate, Unit], float]
_EVIDENCE: tuple[tuple[_Evidence, ...], ...] = (
    (_district_as_person, _parent, _holds, _typed_elsewhere, _list_level, _former, _told_behind),
    (_level, _in_named_province, _town, _in_named_district, _value, _elsewhere, _not_yet),
    (_stray, _company, _short, _acronym),
    (_in_bare_list, _among_provinces),
)
