"""The units an article is about, for issuers that the text leaves open: "UBND tỉnh", a number that ends in `-TU`."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import regex

from extractor.gazetteer import gazetteer
from extractor.gazetteer.units import Unit
from extractor.models import Reading
from extractor.rules import cache, word_tree

LEVELS = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "quận": ("district",),
    "thị xã": ("district",),
    "xã": ("commune",),
    "phường": ("commune",),
    "thị trấn": ("commune",),
    "đặc khu": ("commune",),
}
_SHORT = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã", "q.": "quận", "h.": "huyện"}
UNIT = r"tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu"
_WORD = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2}(?!\d|[/.\-]))"
_NAME = regex.compile(
    rf"(?:[ ]{{1,2}}|(?<=[Tt][Pp]|[Tt][Xx])\.?[ ]?|(?<=\.)[ ]?)(?P<name>{_WORD}(?:(?:[ ]|[ ]?[-–][ ]?){_WORD}){{0,3}})"
)
TWO_LEVELS = "2025-07-01"  # since then there are no districts
# Provinces that the gazetteer (2017 on) does not know and the news still names: National Assembly resolutions 1975-2008.
_FORMER = frozenset({
    "Hà Tây", "Hà Sơn Bình", "Hà Nam Ninh", "Nam Hà", "Hải Hưng", "Vĩnh Phú", "Hà Bắc", "Bắc Thái", "Nghệ Tĩnh",
    "Bình Trị Thiên", "Quảng Nam - Đà Nẵng", "Nghĩa Bình", "Phú Khánh", "Thuận Hải", "Gia Lai - Kon Tum", "Sông Bé",
    "Cửu Long", "Minh Hải", "Hoàng Liên Sơn", "Cao Lạng", "Hà Tuyên",
})  # fmt: skip
PIECE = regex.compile(r"[^\s–-]+")
CITY = {
    "hcm": "Hồ Chí Minh",
    "hn": "Hà Nội",
    "tt-huế": "Thừa Thiên Huế",
    "tt huế": "Thừa Thiên Huế",
    "br-vt": "Bà Rịa - Vũng Tàu",
}
_UNITS = regex.compile(
    r"(?<!\p{L})(?P<unit>[Tt]ỉnh|TỈNH|[Tt]hành phố|TP[.]?|[Hh]uyện|[Qq]uận|[Tt]hị xã|TX[.]?|[Xx]ã|[Pp]hường|[Tt]hị trấn|[Đđ]ặc khu)"
    r"(?=[ .]*(?:\p{Lu}|\d))"
)


def expand(unit: str) -> str:
    """A type word in full, `tp.` → `thành phố`."""
    return _SHORT.get(unit, unit)


def _title(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def place_name(text: str, at: int, unit: str | None, levels: tuple[str, ...] | None = None) -> tuple[str, int] | None:
    """The place that begins at `at`: the longest run of capitalised words that the gazetteer knows, and its end.

    After a type word below the province an unknown name may be two words long; the provinces are all known, so that
    "UBND tỉnh Trần Văn Mẫu" names none.
    """
    m = _NAME.match(text, at)
    if m is None:
        return None
    pieces = list(PIECE.finditer(text, m.start("name"), m.end("name")))
    levels = levels or LEVELS.get(unit or "", ("province", "district", "commune"))
    units = gazetteer()
    for k in range(len(pieces), 0, -1):
        name = text[m.start("name") : pieces[k - 1].end()]
        city = CITY.get(name.lower())
        if city and (unit in (None, "thành phố", "tỉnh")):
            return city, pieces[k - 1].end()
        if "province" in levels and name in _FORMER:
            return name, pieces[k - 1].end()
        found = units.named(name)
        if any(u.level in levels for u in found):
            return _title(name).replace("Ð", "Đ"), pieces[k - 1].end()
    if levels != ("commune",):
        return None
    k = min(2, len(pieces))
    return _title(text[m.start("name") : pieces[k - 1].end()]), pieces[k - 1].end()


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
    return f"{unit.type if unit.name == 'Hồ Chí Minh' else unit.type.lower()} {after.group()}"


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
    """What the article's bare unit words stand for before `until`: by the names after type words, else by what these lie in."""
    text, units = reading.text, gazetteer()
    day = reading.published.isoformat() if reading.published else None
    names: dict[str, Counter[str]] = {}
    provinces: Counter[str] = Counter()
    districts: Counter[str] = Counter()
    for m in _UNITS.finditer(text, 0, until):
        unit = expand(m["unit"].lower())
        place = place_name(text, m.end(), unit)
        if place is None:
            continue
        names.setdefault(unit, Counter())[place[0]] += 1
        found = [u for u in units.named(place[0]) if u.level in LEVELS[unit] and u.type.lower() == unit]
        above = {units.province_of(u) for u in found}
        if len(above) == 1:
            provinces[above.pop()] += 1
            if found[0].level == "district":
                districts[found[0].code] += 1
            elif found[0].level == "commune" and len(found[0].parent) == 3:
                districts[found[0].parent] += 1
    direct: Counter[str] = Counter()
    for m in _provinces().finditer(text, 0, until):
        for code in {u.code for u in units.named(m.group()) if u.level == "province"}:
            provinces[code] += 1
            direct[code] += 1
    several = frozenset(unit for unit, counter in names.items() if len(counter) > 1)
    for code, count in direct.items():  # named without the type word as well
        state = units.at(code, day)
        counter = names.get(state.type.lower()) if state is not None else None
        if counter is not None and state is not None:
            counter[state.name] = max(count, counter[state.name])
    top = provinces.most_common(1)
    near = districts.most_common(1)
    return Home(
        names={unit: counter.most_common(1)[0][0] for unit, counter in names.items()},
        province=units.at(top[0][0], day) if top else None,
        district=units.at(near[0][0], day) if near else None,
        several=several,
        in_district=bool(near and top) and near[0][1] > direct[top[0][0]] and (day or "") < TWO_LEVELS,
    )


# Up to where the document applies, no other document's number between.
_CLAUSE = regex.compile(r"[^;.\n/]{10,300}?(?<!\p{L})trên địa bàn (?=tỉnh|thành phố|huyện|quận|thị xã|xã|phường)")


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
