"""The units an article is about."""

from __future__ import annotations

from collections import Counter

from extractor.compiled import compiled
from extractor.fields.places.candidates import PlaceCandidate
from extractor.fields.places.rows import hosts
from extractor.gazetteer import Gazetteer, gazetteer
from extractor.models import Reading
from extractor.rules import cache

_HOST = compiled(r"(?:https?://)?([^/\s]+)")


@cache
def _hosts() -> tuple[tuple[str, str], ...]:
    """Provinces' names without diacritics and blanks, longest first, and their codes."""
    found = {u.plain: u.code for code, states in gazetteer().by_code.items() if len(code) == 2 for u in states}
    return tuple(sorted((found | hosts()).items(), key=lambda x: -len(x[0])))


def source_province(reading: Reading) -> str | None:
    """Code of the province whose name the article's host bears ("baobacgiang.vn", "yendung.bacgiang.gov.vn")."""
    article = reading.article
    for address in (article.url, article.source):
        m = _HOST.match(address) if address else None
        if m:
            host = m.group(1).lower().replace("-", "")
            for plain, code in _hosts():
                if plain in host:
                    return code
    return None


def home_units(reading: Reading, candidates: list[PlaceCandidate], units: Gazetteer) -> dict[str, str]:
    """The article's own units by level: those that hold more than half of its places, else the source's province."""
    home: dict[str, str] = {}
    for level, counts in _counts(candidates, units).items():
        if counts:
            code, count = counts.most_common(1)[0]
            if count * 2 > sum(counts.values()):
                home[level] = code
    if "province" not in home:
        source = source_province(reading)
        if source:
            home["province"] = source
        elif "district" in home:
            home["province"] = units.versions(home["district"])[0].parent
    return home


def _counts(candidates: list[PlaceCandidate], units: Gazetteer) -> dict[str, Counter[str]]:
    """How often the article names each unit or what lies in it, by level."""
    found: dict[str, Counter[str]] = {"province": Counter(), "district": Counter(), "commune": Counter()}
    seen: set[str] = set()
    for candidate in candidates:
        unit = candidate.chosen
        if not candidate.kept or candidate.other or unit is None:
            continue
        # Each mention counts at its own level; for the levels above, each unit counts once more than its mentions.
        weight = 1 if unit.code in seen else 2
        seen.add(unit.code)
        found[unit.level][unit.code] += weight
        if unit.level != "province":
            found["province"][units.province_of(unit)] += weight
        if unit.level == "commune" and len(unit.parent) == 3:
            found["district"][unit.parent] += weight
    return found
