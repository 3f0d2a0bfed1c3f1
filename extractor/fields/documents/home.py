"""The units an article is about, for issuers that the text leaves open: "UBND tỉnh", a number that ends in `-TU`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.fields.documents.rows import forms, full_names, template
from extractor.gazetteer import Gazetteer, gazetteer
from extractor.gazetteer.units import Unit
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.rules.lexica import former_provinces, level_rows, unit_forms, unit_words
from extractor.text import fold

_WORD = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2}(?!\d|[/.\-]))"
_NAME = regex.compile(
    rf"(?:[ ]{{1,2}}|(?<=[Tt][Pp]|[Tt][Xx])\.?[ ]?|(?<=\.)[ ]?)(?P<name>{_WORD}(?:(?:[ ]|[ ]?[-–][ ]?){_WORD}){{0,3}})"
)
TWO_LEVELS = "2025-07-01"  # since then there are no districts
PIECE = regex.compile(r"[^\s–-]+")


def expand(unit: str) -> str:
    """A type word in full, `tp.` → `thành phố`."""
    return unit_forms().get(" ".join(unit.split()), unit)


def levels_of(unit: str | None) -> tuple[str, ...]:
    """The levels that a full type word can mean; all of them without one."""
    row = unit_words().get(unit or "")
    return row.levels if row is not None else ("province", "district", "commune")


def kind_of(unit: str, name: str | None) -> str:
    """A type word as it stands before a name: with a capital where it is part of the name ("Thành phố Hồ Chí Minh")."""
    return unit.capitalize() if name is not None and fold(name) in forms("word-in-name") else unit


@cache
def _units() -> regex.Pattern[str]:
    """A type word before a name or number: small, with a capital, abbreviations in capitals."""
    written = []
    for row in level_rows():
        if not row.body:
            written += [f for form in row.forms for f in (form, form.capitalize())] + [s.upper() for s in row.short]
            written += [form.upper() for form in row.forms] if row.capitals else []
    return regex.compile(rf"(?<!\p{{L}})(?P<unit>{word_tree(written)})(?=[ .]*(?:\p{{Lu}}|\d))")


def _title(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def place_name(text: str, at: int, unit: str | None, levels: tuple[str, ...] | None = None) -> tuple[str, int] | None:
    """The place that begins at `at`: the longest run of capitalised words that the gazetteer knows, and its end.

    A commune's unknown name may be two words long; the provinces and districts are all known, so that "UBND tỉnh Trần Văn
    Mẫu" names none.
    """
    m = _NAME.match(text, at)
    if m is None:
        return None
    pieces = list(PIECE.finditer(text, m.start("name"), m.end("name")))
    levels = levels or levels_of(unit)
    for k in range(len(pieces), 0, -1):
        known = _known(text[m.start("name") : pieces[k - 1].end()], unit, levels)
        if known is not None:
            return known, pieces[k - 1].end()
    if levels != ("commune",):
        return None
    k = min(2, len(pieces))
    return _title(text[m.start("name") : pieces[k - 1].end()]), pieces[k - 1].end()


def _known(name: str, unit: str | None, levels: tuple[str, ...]) -> str | None:
    """The name as records give it, where a unit of one of the levels bears it, now or before 2017."""
    city = full_names("city").get(fold(name))
    if city and (unit is None or "province" in levels_of(unit)):
        return city
    if "province" in levels and name in former_provinces():
        return name
    found = any(u.level in levels for u in gazetteer().named(name))
    return (
        _title(name).replace("\N{LATIN CAPITAL LETTER ETH}", "\N{LATIN CAPITAL LETTER D WITH STROKE}")
        if found
        else None
    )


@cache
def _provinces() -> regex.Pattern[str]:
    names = {s.name for code, states in gazetteer().by_code.items() if len(code) == 2 for s in states}
    return regex.compile(rf"(?<!\p{{L}}){word_tree(names)}(?!\p{{L}})")


def province_near(reading: Reading, start: int, end: int) -> str | None:
    """`tỉnh Hưng Yên`: the province named nearest to a citation in its line, those after it first ("bảng giá đất tỉnh …")."""
    text = reading.text
    low, high = text.rfind("\n", max(0, start - 200), start) + 1, text.find("\n", end, end + 150)
    after = _provinces().search(text, end, high if high >= 0 else end + 150)
    begin, finish = reading.sentence_at(start)
    if after is None or after.start() >= finish:
        found = list(_provinces().finditer(text, max(low, begin, start - 200), start))
        after = found[-1] if found else None
    if after is None:
        return None
    unit = next(u for u in gazetteer().named(after.group()) if u.level == "province")
    return f"{kind_of(unit.type.lower(), unit.name)} {after.group()}"


@dataclass(frozen=True, slots=True)
class Home:
    """The name that most often follows each type word, and the article's own province and district."""

    names: dict[str, str]
    province: Unit | None
    district: Unit | None
    in_district: bool  # the district is named more often than its province
    several: frozenset[str] = frozenset()  # type words that more than one name follows

    def of(self, unit: str) -> str | None:
        """Name for a bare type word: `tỉnh` → `Hưng Yên`."""
        known = self.names.get(unit)
        if known is not None:
            return known
        for own in (self.province, self.district):
            if own is not None and own.type.lower() == unit:
                return own.name
        return None


def find_home(reading: Reading, until: int) -> Home:
    """What the article's bare unit words stand for before `until`: by the names after type words, else by what these lie in.

    A unit that is first named behind `until` tells nothing; how often the others are named is counted over the whole
    article, so that a passage on another province does not outweigh the article's own.
    """
    units = gazetteer()
    day = reading.published.isoformat() if reading.published else None
    names, provinces, districts = _named(reading.text, until, units)
    direct = _provinces_named(reading.text, until, units)
    provinces.update(direct)
    several = frozenset(unit for unit, counter in names.items() if len(counter) > 1)
    _count_whole(names, provinces, units, day)
    province, _ = _most_named(provinces)
    district, often = _most_named(districts)
    districts_exist = (day or "") < TWO_LEVELS
    return Home(
        names={unit: counter.most_common(1)[0][0] for unit, counter in names.items()},
        province=units.at(province, day) if province else None,
        district=units.at(district, day) if district else None,
        several=several,
        in_district=bool(province) and often > direct[province] and districts_exist,
    )


def _count_whole(names: dict[str, Counter[str]], provinces: Counter[str], units: Gazetteer, day: str | None) -> None:
    """Count a province in `names` with what lies in it, and where it is named without its type word as well."""
    for code, count in provinces.items():
        state = units.at(code, day)
        if state is not None and (counter := names.get(state.type.lower())) is not None:
            counter[state.name] = max(count, counter[state.name])


def _most_named(counted: Counter[str]) -> tuple[str, int]:
    """The code that is named most, and how often; an empty one where none is."""
    return next(iter(counted.most_common(1)), ("", 0))


def _named(text: str, until: int, units: Gazetteer) -> tuple[dict[str, Counter[str]], Counter[str], Counter[str]]:
    """The names after each type word, and the provinces and districts that the units so named are or lie in.

    What is first named behind `until` is not counted.
    """
    names: dict[str, Counter[str]] = {}
    provinces: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for at, unit, name in _typed(text):
        if at >= until and name not in names.get(unit, ()):
            continue
        names.setdefault(unit, Counter())[name] += 1
        province, district = _above(units, unit, name)
        provinces.update(province)
        districts.update(district)
    return names, provinces, districts


def _above(units: Gazetteer, unit: str, name: str) -> tuple[list[str], list[str]]:
    """The codes of the one province and of the district that a named unit is or lies in; none where several provinces have it."""
    found = [u for u in units.named(name) if u.level in levels_of(unit) and u.type.lower() == unit]
    above = {units.province_of(u) for u in found}
    if len(above) != 1:
        return [], []
    district = found[0].code if found[0].level == "district" else found[0].parent
    return [*above], [district] if len(district) == 3 else []


def _typed(text: str) -> Iterator[tuple[int, str, str]]:
    """Where each type word stands that a name follows, the type word in full and the name."""
    for m in _units().finditer(text):
        unit = expand(m["unit"].lower())
        place = place_name(text, m.end(), unit)
        if place is not None:
            yield m.start(), unit, place[0]


def _provinces_named(text: str, until: int, units: Gazetteer) -> Counter[str]:
    """How often each province that is named before `until` is named, with or without a type word."""
    found: Counter[str] = Counter()
    for m in _provinces().finditer(text):
        for code in {u.code for u in units.named(m.group()) if u.level == "province"}:
            if m.start() < until or code in found:
                found[code] += 1
    return found


# Up to where the document applies, no other document's number between.
_CLAUSE = template(r"[^;.\n/]{10,300}?(?<!\p{L}){area}[ ](?={unit})")


def said_near(reading: Reading, home: Home, unit: str, at: int) -> str | None:
    """Where the article names several units of a type: that of the clause ("HĐND tỉnh … trên địa bàn tỉnh A"), else
    the last one named before `at` in the sentence."""
    if unit not in home.several:
        return None
    text, folded = reading.text, reading.folded
    begin, stop = reading.sentence_at(at)
    clause = _CLAUSE.match(folded, at, min(stop, at + 320))
    if clause is not None and (place := place_name(text, clause.end() + len(unit), unit)):
        return place[0] if folded.startswith(unit, clause.end()) else None
    before = folded.rfind(f"{unit} ", max(begin, at - 600), at)
    while before >= 0:
        place = place_name(text, before + len(unit), unit)
        if place is not None:
            return place[0]
        before = folded.rfind(f"{unit} ", max(begin, at - 600), before)
    return None
