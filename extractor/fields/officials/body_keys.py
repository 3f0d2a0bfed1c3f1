"""Canonical bodies: one key for all wordings of one body in all articles, from its type and its unit's code.

A key reads `type.topic:unit`: the body type is a row's id of `patterns/bodies.yaml`, the topic what its name adds (without
accents and connectives), the unit the official code valid on the article's day, `vn` for the nation, else a country.
`uy-ban-nhan-dan:01`, `so.y-te:33`, `bo.cong-thuong:vn`, `van-phong.uy-ban-nhan-dan:33`, `bo.quoc-phong:my`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.rows import BodyRow, key
from extractor.fields.officials.words import forms, template
from extractor.gazetteer import Unit, gazetteer
from extractor.gazetteer.names import syllable
from extractor.rules import PatternSet, cache, current
from extractor.rules.lexica import unit_words
from extractor.text import fold, one_tone, unaccent

NATION = "vn"
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_CODE_LENGTHS = {"province": 2, "district": 3, "commune": 5}
_PARENT = template(r",[ ](?=\p{Lu})|(?<=\p{L})[ ]{of}[ ](?=\p{Lu})")
_TERM = template(r",?[ ](?i:{term})[ ](?:[IVXL]+|\d[\d\-– ]*)(?:,[ ][IVXL\d]+)*(?!\p{L})")
_WITH_PARENT = 3  # bodies of this rank or a lower one have a name only within their parent ("Phòng Tổ chức, Sở Y tế")
_OTHER, _STATE = "co-quan", "nha-nuoc"  # types of bodies without a head that a row knows, of another state as a whole
_UNKNOWN = BodyRow.model_construct(id="", canonical="")  # a type that is no row's: none of the columns is set


@dataclass(frozen=True, slots=True)
class Body:
    """What a body is: `type` (a row's id), `topic` (slug, may be empty), `unit` (code, `vn`, country) or None where open."""

    type: str
    topic: str = ""
    unit: str | None = None
    named: bool = True  # False: neither a unit nor a parent says which of many bodies of that name it is

    @property
    def name(self) -> str:
        """The key without the unit: what bodies of the same kind share ("so.y-te")."""
        return f"{self.type}.{self.topic}" if self.topic else self.type

    @property
    def key(self) -> str | None:
        """The body's key, None where the article leaves open which body it is."""
        return f"{self.name}:{self.unit}" if self.unit and self.named else None


def body_key(
    body: str | None,
    code: str | None = None,
    day: str | None = None,
    *,
    role: str = "",
    level: str | None = None,
) -> str | None:
    """The key of a post's body as a record gives it (`body_resolved` or `body`, `place_code`, `role`, `admin_level`).

    `day` is the article's ISO day: the unit's names are those valid on it. None where the body is unknown or stays open
    (a bare "Ủy ban nhân dân huyện" that nothing resolves).
    """
    found = read_body(body, code, day, role=role, level=level)
    return found.key if found else None


def read_body(
    body: str | None, code: str | None = None, day: str | None = None, *, role: str = "", level: str | None = None
) -> Body | None:
    """The body behind a wording; see `body_key`. None where there is neither a body nor a role that names one."""
    return _read_body(body, code, day, role, level, current())


@lru_cache(maxsize=8_192)
def _read_body(
    body: str | None, code: str | None, day: str | None, role: str, level: str | None, _patterns: PatternSet
) -> Body | None:
    alone = keys().alone.get(role_words(role))
    if not body:
        return Body(alone, "", NATION) if alone else None
    text = _TERM.sub("", one_tone(" ".join(body.split())))
    if alone and not _topic(text, None):
        return Body(alone, "", NATION)
    country = _country(text)
    if country == text_key(text):
        return Body(_STATE, "", _country_key(country))
    return _of_unit(text, _unit(text, code, day), country, role, level)


def _of_unit(text: str, unit: Unit | None, country: str | None, role: str, level: str | None) -> Body | None:
    """The body of a wording with the unit or country it names; a bare unit is what the role's body in it is."""
    table = keys()
    first, *parents = _parts(text)
    low = fold(first)
    head = table.heads.match(low, 0)
    kind = table.types[key(head.group())] if head else None
    is_unit = table.rows.get(kind, _UNKNOWN).is_unit if kind else unit is not None and not _topic(first, unit)
    if is_unit:
        kind = table.seats.get(role_words(role))
        return Body(kind, "", unit.code if unit else None, unit is not None) if kind else None
    return _complete(kind or _OTHER, low[head.end() :] if head else low, parents, unit, country, level)


def _complete(
    kind: str, rest: str, parents: list[str], unit: Unit | None, country: str | None, level: str | None
) -> Body:
    row = keys().rows.get(kind, _UNKNOWN)
    within = row.rank <= _WITH_PARENT or row.within_parent
    topic = _own_topic(row, rest, parents if within else None, unit)
    if unit is not None:
        return Body(kind, "" if row.complement == "place" else topic, unit.code)
    if country is not None:
        return Body(kind, topic.removesuffix(country_slug(country)).strip("-"), _country_key(country))
    if row.complement == "place" and topic:
        return Body(kind, topic, None, False)  # a unit that nothing resolves
    central = level == "central" or _is_central(row, rest, *parents)
    return _without_unit(kind, row, topic, central, bool(parents) or not within)


def _without_unit(kind: str, row: BodyRow, topic: str, central: bool, tells: bool) -> Body:
    """A body of no unit; `tells`: its name is not one within a parent that is not told."""
    named = (tells or row.alone_too) and (central or (row.unique and "-" in topic))
    return Body(kind, topic, NATION if central or named else None, named)


def _is_central(row: BodyRow, *words: str) -> bool:
    """Whether a body of no unit is the nation's by its head or its words."""
    return row.national or row.rank >= 8 or any(map(_is_national, words))


def is_unique(kind: str) -> bool:
    """Whether the name alone of a body of this type says which one it is ("Trường Đại học Kinh tế Quốc dân")."""
    return keys().rows.get(kind, _UNKNOWN).unique


def _own_topic(row: BodyRow, rest: str, parents: list[str] | None, unit: Unit | None) -> str:
    """What a body's name adds to its head, with its `parents` where they tell it apart."""
    topic = _topic(rest, unit)
    if parents is None:
        return topic if row.keeps_organs else _without_organs(topic)
    above = [slug for p in parents if (slug := _parent(p, unit, alone=row.in_others))]
    return "-".join([t for t in (topic, *above) if t])


def role_words(role: str) -> str:
    """A role as keys compare it: folded, without "nguyên", "cựu", "quyền"."""
    low = key(role)
    for word in keys().before:
        if low.startswith(word):
            return low[len(word) :]
    return low


def post_key(role: str, body: Body | None) -> str:
    """A post's key: the role's slug, and the body's key where it is known ("chu-tich@uy-ban-nhan-dan:01")."""
    slug = _slug(role_words(role))
    where = (body.key or f"{body.name}:") if body else ""
    return f"{slug}@{where}"


def text_key(text: str) -> str:
    """Folded, single blanks."""
    return key(text)


def country_slug(country: str) -> str:
    """A country's wording as it ends a topic."""
    return _slug(country)


def _country_key(country: str) -> str:
    return keys().country.get(country, _slug(country))


def _country(text: str) -> str | None:
    """The country that ends a body's name or is the whole of it, folded ("Bộ Quốc phòng Mỹ")."""
    low = key(text)
    starts = [m.start() for m in _WORD.finditer(low)]
    for at in starts[-5:]:
        hit = keys().countries.match(low, at)
        if hit is not None and hit.end() == len(low) and text[at].isupper():
            return hit.group()
    return None


def _is_national(text: str) -> bool:
    low = fold(text)
    return any(keys().nation.match(low, m.start()) is not None for m in _WORD.finditer(low))


def _parts(text: str) -> list[str]:
    """A body and its parents: "Chi cục Kiểm lâm, Sở Nông nghiệp" parts where a head follows a comma."""
    out, last = [], 0
    for match in _PARENT.finditer(text):
        at = match.end()
        hit = keys().heads.match(fold(text), at)
        if hit is None or hit.group() in forms("no-parent-head"):
            continue
        out.append(text[last : match.start()])
        last = at
    return [*out, text[last:]]


def _parent(text: str, unit: Unit | None, *, alone: bool) -> str:
    """A parent's slug without the unit; empty for organs of the unit that add nothing, unless `alone` (an office's parent)."""
    low = fold(text)
    head = keys().heads.match(low, 0)
    if head is None:
        return ""
    kind = keys().types[key(head.group())]
    topic = _topic(low[head.end() :], unit)
    if not alone and keys().organs.match(low, 0) is not None and not topic:
        return ""
    return f"{kind}-{topic}" if topic else kind


def _without_organs(topic: str) -> str:
    """A topic without an organ of the same unit at its end: "Ban Tổ chức Huyện ủy" is the unit's Ban Tổ chức."""
    for organ in _organ_slugs():
        if topic == organ or topic.endswith("-" + organ):
            return topic[: -len(organ)].rstrip("-")
    return topic


@cache
def _organ_slugs() -> tuple[str, ...]:
    table = keys()
    return tuple(sorted({_slug(f) for f, t in table.types.items() if table.organs.match(f, 0)}, key=len, reverse=True))


def _slug(text: str) -> str:
    return "-".join(unaccent(w) for w in _WORD.findall(fold(text)))


@cache
def _types() -> tuple[tuple[str, ...], ...]:
    """Type words of units, word by word, the longest first."""
    words = [tuple(w.split()) for w in (*unit_words(), *forms("other-unit-word"))]
    return tuple(sorted(words, key=lambda t: (-len(t), t)))


def _unit(text: str, code: str | None, day: str | None) -> Unit | None:
    """The unit of a code on a day; without a code, or where the body says "tỉnh" and the code is no province's, the only
    one that the type word and the name at the body's end can mean."""
    given = gazetteer().at(code, day) if code else None
    words = _WORD.findall(text)
    for size in range(min(5, len(words) - 1), 0, -1):
        name = " ".join(words[-size:])
        kind = _type_before([w.lower() for w in words[:-size]])
        if kind is None or not _named_so(name):
            continue
        levels = _levels(kind)
        if given is not None and (levels != ("province",) or len(given.code) == 2):
            return given
        found = _named(name, levels, day)
        if len(found) == 1:
            return found.pop()
    return given


def _named_so(name: str) -> bool:
    """Whether a capital or a digit opens a name."""
    return name[0].isupper() or name[0].isdigit()


def _type_before(words: list[str]) -> str | None:
    """The type word of a unit that ends some words."""
    return next((" ".join(t) for t in _types() if tuple(words[-len(t) :]) == t), None)


def _levels(kind: str) -> tuple[str, ...]:
    row = unit_words().get(kind)
    return row.levels if row is not None else ()


def _named(name: str, levels: tuple[str, ...], day: str | None) -> set[Unit]:
    """The units of a name on a day, of the level of its type word or of any where that can mean several."""
    length = _CODE_LENGTHS[levels[0]] if levels else 2
    found = {
        u.code: u
        for u in gazetteer().named(name)
        if (day is None or u.valid(day)) and (len(levels) > 1 or len(u.code) == length)
    }
    return set(found.values())


@lru_cache(maxsize=4_096)
def _names(code: str) -> tuple[tuple[str, ...], ...]:
    """Names of a unit in every state and of those above it, as syllable keys, longest first."""
    units = gazetteer()
    out: set[tuple[str, ...]] = set()
    todo = list(units.versions(code))
    while todo:
        state = todo.pop()
        out.add(tuple(syllable(w) for w in _WORD.findall(state.name)))
        if state.parent:
            todo += units.versions(state.parent)
    return tuple(sorted(out, key=lambda n: (-len(n), n)))


def _topic(text: str, unit: Unit | None) -> str:
    """What a body's name says beyond its head, its unit and the nation, as a slug."""
    words = [w for w in _WORD.findall(fold(text)) if w]
    if unit is not None:
        for name in _names(unit.code):
            words = _drop(words, name)
    words = _drop_nation(words)
    while words and (size := _type_at_end(words)):
        words = words[:-size]
    return "-".join(unaccent(w) for w in words if w not in forms("key-connective"))


def _type_at_end(words: list[str]) -> int:
    return next((len(t) for t in _types() if tuple(words[-len(t) :]) == t), 0)


def _drop(words: list[str], name: tuple[str, ...]) -> list[str]:
    """Words without the last occurrence of a unit's name and the type word before it."""
    size = len(name)
    folded = [syllable(w) for w in words]
    for at in range(len(words) - size, -1, -1):
        if tuple(folded[at : at + size]) == name:
            before = words[:at]
            return before[: len(before) - _type_at_end(before)] + words[at + size :]
    return words


def _drop_nation(words: list[str]) -> list[str]:
    """Words without the marks of the whole country ("Trung ương", "nước Việt Nam")."""
    text = " ".join(words)
    out, end = [], 0
    for match in _WORD.finditer(text):
        if match.start() < end:
            continue
        hit = keys().nation.match(text, match.start())
        if hit is not None:
            end = hit.end()
        else:
            out.append(match.group())
    return out
