"""Issuing bodies as the text names them: the body, its place, and what bare words ("UBND tỉnh") stand for in the article."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache

import regex

from extractor.fields.dates_lexicon import word_tree
from extractor.fields.documents_lexicon import IssuerRow, issuer_forms
from extractor.gazetteer import gazetteer
from extractor.models import Reading

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
_UNIT = r"tỉnh|thành phố|tp\.?|huyện|quận|thị xã|tx\.?|xã|phường|thị trấn|đặc khu"
_WORD = r"(?:\p{Lu}[\p{L}'’]*|\d{1,2}(?!\d|[/.\-]))"
_NAME = regex.compile(
    rf"(?:[ ]{{1,2}}|(?<=[Tt][Pp]|[Tt][Xx])\.?[ ]?|(?<=\.)[ ]?)(?P<name>{_WORD}(?:(?:[ ]|[ ]?[-–][ ]?){_WORD}){{0,3}})"
)
_PIECE = regex.compile(r"[^\s–-]+")
_HEADS = {"ban thường vụ": "Ban Thường vụ", "ban kỷ luật": "Ban Kỷ luật"}
_CITY = {
    "hcm": "Hồ Chí Minh",
    "hn": "Hà Nội",
    "tt-huế": "Thừa Thiên Huế",
    "tt huế": "Thừa Thiên Huế",
    "br-vt": "Bà Rịa - Vũng Tàu",
}


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in the text: its row, its name with its place, or the bare unit word ("" for none) that needs a name."""

    start: int
    end: int
    row: IssuerRow
    name: str
    bare: str | None


@cache
def _issuer() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\d/\-])(?P<head>ban thường vụ[ ]|ban kỷ luật[ ])?(?P<body>{word_tree(issuer_forms())})(?![\p{{L}}\d])"
        rf"(?:[ ](?P<unit>{_UNIT})(?!\p{{Ll}}))?"
    )


def _expand(unit: str) -> str:
    return _SHORT.get(unit, unit)


def _title(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 3 else name


def place_name(text: str, at: int, unit: str | None) -> tuple[str, int] | None:
    """The place that begins at `at`: the longest run of capitalised words that the gazetteer knows, and its end."""
    m = _NAME.match(text, at)
    if m is None:
        return None
    pieces = list(_PIECE.finditer(text, m.start("name"), m.end("name")))
    levels = LEVELS.get(unit or "", ("province", "district", "commune"))
    units = gazetteer()
    for k in range(len(pieces), 0, -1):
        name = text[m.start("name") : pieces[k - 1].end()]
        city = _CITY.get(name.lower())
        if city and (unit in (None, "thành phố", "tỉnh")):
            return city, pieces[k - 1].end()
        found = units.named(name)
        if any(u.level in levels for u in found):
            return _title(name), pieces[k - 1].end()
    if unit is None:
        return None
    k = min(2, len(pieces))
    return _title(text[m.start("name") : pieces[k - 1].end()]), pieces[k - 1].end()


def province_before(text: str, at: int) -> str | None:
    """`thành phố Hà Nội` for a province's name right before `at` and a bracket: `Hà Nội (Quyết định …`."""
    if text[max(0, at - 1) : at] != "(":
        return None
    words = list(_PIECE.finditer(text, max(0, at - 32), at - 1))
    for k in range(min(4, len(words)), 0, -1):
        name = text[words[-k].start() : words[-1].end()].strip(" ,;")
        label = name.removeprefix("TP.").removeprefix("TP").strip()
        label = _CITY.get(label.lower(), label)
        unit = (
            next((u for u in gazetteer().named(label) if u.level == "province"), None) if label[:1].isupper() else None
        )
        if unit is not None:
            kind = unit.type if label == "Hồ Chí Minh" else unit.type.lower()
            return f"{kind} {label}"
    return None


def find_bodies(reading: Reading) -> list[Body]:
    """All bodies of the text that may issue documents, in text order."""
    text = reading.text
    out = []
    for m in _issuer().finditer(reading.folded):
        row = issuer_forms()[" ".join(m["body"].split())]
        name = row.name
        for lead in ("tỉnh ủy", "thành ủy"):
            if m["body"].endswith(lead):
                name = lead.capitalize()
        head = " ".join((m["head"] or "").split())
        if not head and m["body"].startswith("ban thường vụ"):
            head = "ban thường vụ"
        if head in _HEADS:
            name = f"{_HEADS[head]} {name}"
        unit = _expand(m["unit"]) if m["unit"] else None
        if row.place == "none":
            out.append(Body(m.start(), m.end(), row, name, None))
            continue
        place = place_name(text, m.end(), unit) if unit or text[m.end() : m.end() + 1] == " " else None
        if unit is None and place is None and text[m.end() : m.end() + 5].lower() in (" tphc", "tphcm"):
            place, unit = ("Hồ Chí Minh", m.end() + 6), "thành phố"
        if place is not None:
            kind = "Thành phố" if place[0] == "Hồ Chí Minh" and unit else unit
            label = f"{name} {kind} {place[0]}" if kind else f"{name} {place[0]}"
            out.append(Body(m.start(), place[1], row, label, None))
        else:
            out.append(Body(m.start(), m.end(), row, name, unit or ""))
    return out


_UNITS = regex.compile(
    r"(?<!\p{L})(?P<unit>[Tt]ỉnh|TỈNH|[Tt]hành phố|TP[.]?|[Hh]uyện|[Qq]uận|[Tt]hị xã|TX[.]?|[Xx]ã|[Pp]hường|[Tt]hị trấn)"
    r"(?=[ .]*(?:\p{Lu}|\d))"
)


def unit_names(reading: Reading) -> dict[str, str]:
    """For each type word the name that most often follows it in the article, `tỉnh` → `Hưng Yên`."""
    counts: dict[str, Counter[str]] = {}
    for m in _UNITS.finditer(reading.text):
        unit = _expand(m["unit"].lower())
        place = place_name(reading.text, m.end(), unit)
        if place is not None:
            counts.setdefault(unit, Counter())[place[0]] += 1
    return {unit: counter.most_common(1)[0][0] for unit, counter in counts.items()}
