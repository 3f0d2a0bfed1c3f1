"""Issuing bodies as the text names them: the body, its place, and what bare words ("UBND tỉnh") stand for in the article."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.fields.documents.home import PIECE, expand, kind_of, levels_of, place_name
from extractor.fields.documents.rows import IssuerRow, forms, full_names, issuer_forms, template, word_rows, words
from extractor.gazetteer import gazetteer
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.rules.lexica import unit_forms
from extractor.text import fold


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
        rf"(?<![\w/\-])(?P<head>{words('committee')}[ ])?(?P<body>{word_tree(issuer_forms())})(?!\w)"
        rf"(?:[ ](?P<unit>{word_tree(unit_forms())})(?![^\W\d_]))?"
    )


@cache
def _committees() -> dict[str, str]:
    """A standing body of a committee, folded, and as records give it: "Ban Thường vụ"."""
    return {fold(f): _titled(fold(f)) for row in word_rows("committee") for f in row.forms}


def _titled(form: str) -> str:
    first, _, rest = form.partition(" ")
    return f"{first.capitalize()} {rest.capitalize()}"


# The title of a body's head right before it.
HEAD_BEFORE = template(r"(?<!\p{L}){head}[ ]$")


def _level(row: IssuerRow, unit: str | None, name: str | None) -> str | None:
    """Level of a body's unit: by its type word, by its row, else by what the gazetteer knows under that name."""
    if unit is not None and len(levels_of(unit)) == 1:
        return levels_of(unit)[0]
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
        label = full_names("city").get(label.lower(), label)
        found = gazetteer().named(label) if label[:1].isupper() else ()
        unit = next((u for u in found if u.level == "province"), None)
        if unit is not None:
            return f"{kind_of(unit.type.lower(), label)} {label}"
    return None


def find_bodies(reading: Reading) -> list[Body]:
    """All bodies of the text that may issue documents, in text order."""
    out = []
    for m in _issuer().finditer(reading.folded):
        row = issuer_forms()[" ".join(m["body"].split())]
        if not (row.scheme and not m["unit"] and _is_scheme(reading, m.start("body"), m.end("body"))):
            out.append(_body(reading, m, row))
    return out


def _body(reading: Reading, m: re.Match[str], row: IssuerRow) -> Body:
    plain = next((own.capitalize() for own in sorted(forms("own-name")) if m["body"].endswith(own)), row.name)
    head = _committees().get(_head(m), "")
    name = f"{head} {plain}" if head else plain
    if row.place == "none":
        return Body(m.start(), m.end(), row, name, None)
    place, unit = _place(reading.text, m, row, city=fold(name) in forms("city-party"))
    held = HEAD_BEFORE.search(reading.folded, max(0, m.start() - 20), m.start()) is not None
    level = _level(row, unit, place[0] if place is not None else None)
    plain = name.removeprefix(f"{head} ") if head else name
    if place is None:
        return Body(m.start(), m.end(), row, name, unit or "", plain, level, held)
    tail = f" {kind_of(unit, place[0])} {place[0]}" if unit else f" {place[0]}"
    return Body(m.start(), place[1], row, name + tail, None, plain + tail, level, held)


def _head(m: re.Match[str]) -> str:
    """The standing body of a committee before its name, or with which its form begins."""
    said = " ".join((m["head"] or "").split())
    return said or next((lead for lead in _committees() if m["body"].startswith(lead)), "")


def _place(text: str, m: re.Match[str], row: IssuerRow, *, city: bool) -> tuple[tuple[str, int] | None, str | None]:
    """The name after a body with its end, and the type word between in full."""
    unit, end = expand(m["unit"]) if m["unit"] else None, m.end()
    own = (row.level,) if row.level and unit is None and not city else None
    place = place_name(text, end, unit, own) if unit or text[end : end + 1] == " " else None
    glued = _glued_city(text, end) if unit is None and place is None else None
    return glued or (place, unit)


def _glued_city(text: str, end: int) -> tuple[tuple[str, int], str] | None:
    """A city's name that is written in one word with its type: its full name with its end, and the type word."""
    for form, name in full_names("glued-city").items():
        if text[end : end + len(form) + 1].lower().lstrip() == form:
            return (name, end + len(form) + 1), expand(form[:2])
    return None


_AGENCY = template(r"(?<={agency}[ ])")


_SCHEME_BEFORE = template(r"(?<!\p{L}){scheme-before}[ ]$")
_SCHEME_AFTER = template(r"[ ]{scheme-after}(?!\p{L})")


def _is_scheme(reading: Reading, start: int, end: int) -> bool:
    """Whether "bảo hiểm xã hội" is what people take part in, not the agency: `chế độ BHXH`, `bảo hiểm xã hội bắt buộc`."""
    folded = reading.folded
    if reading.text[start].islower() and not _AGENCY.match(folded, start):
        return True
    return _SCHEME_BEFORE.search(folded, max(0, start - 24), start) is not None or bool(
        _SCHEME_AFTER.match(folded, end)
    )
