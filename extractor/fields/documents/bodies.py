"""Issuing bodies as the text names them: the body, its place, and what bare words ("UBND tỉnh") stand for in the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from extractor.fields.documents.home import CITY, LEVELS, PIECE, UNIT, expand, place_name
from extractor.fields.documents.rows import IssuerRow, issuer_forms, words
from extractor.gazetteer import gazetteer
from extractor.models import Reading
from extractor.rules import cache, word_tree

_HEADS = {"ban thường vụ": "Ban Thường vụ", "ban kỷ luật": "Ban Kỷ luật"}


@dataclass(frozen=True, slots=True)
class Body:
    """A body named in the text: its row, its name with its place, or the bare unit word ("" for none) that needs a name.

    `plain` is the name without a head ("Ban Thường vụ"), `level` that of its unit, `held` whether a person's post names it
    ("Phó Chủ tịch UBND huyện Mẫu").
    """

    start: int
    end: int
    row: IssuerRow
    name: str
    bare: str | None
    plain: str = ""
    level: str | None = None
    held: bool = False


@cache
def _issuer() -> re.Pattern[str]:
    # the standard library's engine finds a tree of words eight times as fast as `regex`
    return re.compile(
        rf"(?<![\w/\-])(?P<head>ban thường vụ |ban kỷ luật )?(?P<body>{word_tree(issuer_forms())})(?!\w)"
        rf"(?: (?P<unit>{UNIT})(?![^\W\d_]))?"
    )


@cache
def _post() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}}){words('head')}[ ]$")


def _level(row: IssuerRow, unit: str | None, name: str | None) -> str | None:
    """Level of a body's unit: by its type word, by its row, else by what the gazetteer knows under that name."""
    if unit in ("tỉnh", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"):
        return LEVELS[unit][0]
    if row.level is not None or name is None:
        return row.level
    found = {u.level for u in gazetteer().named(name)}
    return next((x for x in ("province", "district", "commune") if x in found), None)


def province_before(text: str, at: int) -> str | None:
    """`thành phố Hà Nội` for a province's name right before `at` and a bracket: `Hà Nội (Quyết định …`."""
    if text[max(0, at - 1) : at] != "(":
        return None
    words = list(PIECE.finditer(text, max(0, at - 32), at - 1))
    for k in range(min(4, len(words)), 0, -1):
        name = text[words[-k].start() : words[-1].end()].strip(" ,;")
        label = name.removeprefix("TP.").removeprefix("TP").strip()
        label = CITY.get(label.lower(), label)
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
        if row.id == "bhxh" and not m["unit"] and _is_scheme(reading, m.start("body"), m.end("body")):
            continue
        name = row.name
        for lead in ("tỉnh ủy", "thành ủy"):
            if m["body"].endswith(lead):
                name = lead.capitalize()
        head = " ".join((m["head"] or "").split())
        if not head and m["body"].startswith("ban thường vụ"):
            head = "ban thường vụ"
        if head in _HEADS:
            name = f"{_HEADS[head]} {name}"
        unit = expand(m["unit"]) if m["unit"] else None
        if row.place == "none":
            out.append(Body(m.start(), m.end(), row, name, None))
            continue
        own = (row.level,) if row.level and unit is None and name != "Thành ủy" else None
        place = place_name(text, m.end(), unit, own) if unit or text[m.end() : m.end() + 1] == " " else None
        if unit is None and place is None and text[m.end() : m.end() + 5].lower() in (" tphc", "tphcm"):
            place, unit = ("Hồ Chí Minh", m.end() + 6), "thành phố"
        held = _post().search(reading.folded, max(0, m.start() - 20), m.start()) is not None
        if place is not None:
            kind = "Thành phố" if place[0] == "Hồ Chí Minh" and unit else unit
            tail = f" {kind} {place[0]}" if kind else f" {place[0]}"
            level = _level(row, unit, place[0])
            out.append(Body(m.start(), place[1], row, name + tail, None, _plain(name, head) + tail, level, held))
        else:
            level = _level(row, unit, None)
            out.append(Body(m.start(), m.end(), row, name, unit or "", _plain(name, head), level, held))
    return out


@cache
def _scheme() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    return regex.compile(rf"(?<!\p{{L}}){words('scheme-before')}[ ]$"), regex.compile(
        rf"[ ]{words('scheme-after')}(?!\p{{L}})"
    )


def _is_scheme(reading: Reading, start: int, end: int) -> bool:
    """Whether "bảo hiểm xã hội" is what people take part in, not the agency: `chế độ BHXH`, `bảo hiểm xã hội bắt buộc`."""
    before, after = _scheme()
    folded = reading.folded
    lower = reading.text[start].islower() and folded[max(0, start - 8) : start] != "cơ quan "
    return lower or before.search(folded, max(0, start - 24), start) is not None or after.match(folded, end) is not None


def _plain(name: str, head: str) -> str:
    return name.removeprefix(f"{_HEADS[head]} ") if head in _HEADS else name
