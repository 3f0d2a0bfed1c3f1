"""Canonical bodies: one key for all wordings of one body in all articles, from its type and its unit's code.

A key reads `type.topic:unit`: the body type is a row's id of `patterns/bodies.yaml`, the topic what its name adds (without
accents and connectives), the unit the official code valid on the article's day, `vn` for the nation, else a country.
`uy-ban-nhan-dan:01`, `so.y-te:33`, `bo.cong-thuong:vn`, `van-phong.uy-ban-nhan-dan:33`, `bo.quoc-phong:my`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from extractor.fields.officials.body_topics import WORD, bare_unit, slug_of, topic_of, unit_of
from extractor.fields.officials.country_names import HOME, country_ending
from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.rows import BodyRow, key
from extractor.fields.officials.words import forms, template
from extractor.gazetteer import Unit
from extractor.rules import PatternSet, cache, current
from extractor.rules.countries import country_rows, first_name
from extractor.text import fold, one_tone

NATION = "vn"
_PARENT = template(r",[ ](?=\p{Lu})|(?<=\p{L})[ ]{of}[ ](?=\p{Lu})")
_SEAT = template(r"[ ]{seat-word}[ ](?P<where>[\p{L}\- ]+)$")
# The form of a state before its name: "nước Cộng hòa | Cuba".
_FORM = template(r"(?<!\p{L})(?:{nation-word}[ ](?:{realm}(?:[ ]{realm-kind})?[ ])?|{realm}(?:[ ]{realm-kind})?[ ])$")
_TERM = template(r",?[ ](?i:{term})[ ](?:[IVXL]+|\d[\d\-– ]*)(?:,[ ][IVXL\d]+)*(?!\p{L})")
_WITH_PARENT = 3  # bodies of this rank or a lower one have a name only within their parent ("Phòng Tổ chức, Sở Y tế")
ABROAD = "foreign"  # the level of what is another state's
# Types of bodies without a head that a row knows, of a state as a whole, of its embassy.
_OTHER, _STATE, _EMBASSY = "co-quan", "nha-nuoc", "dai-su-quan"
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
    country: str | None = None,
) -> str | None:
    """The key of a post's body as a record gives it (`body_resolved` or `body`, `place_code`, `role`, `admin_level`, `country`).

    `day` is the article's ISO day: the unit's names are those valid on it. None where the body is unknown or stays open
    (a bare "Ủy ban nhân dân huyện" that nothing resolves).
    """
    found = read_body(body, code, day, role=role, level=level, country=country)
    return found.key if found else None


def read_body(
    body: str | None,
    code: str | None = None,
    day: str | None = None,
    *,
    role: str = "",
    level: str | None = None,
    country: str | None = None,
) -> Body | None:
    """The body behind a wording; see `body_key`. None where there is neither a body nor a role that names one."""
    if country is None and level != ABROAD:
        return _read_body(body, code, day, role, level, current())
    return _read_foreign(body, role, country, current())


@lru_cache(maxsize=8_192)
def _read_body(
    body: str | None, code: str | None, day: str | None, role: str, level: str | None, _patterns: PatternSet
) -> Body | None:
    alone = keys().alone.get(role_words(role))
    if not body:
        return Body(alone, "", NATION) if alone else None
    text, seat = _seated(_TERM.sub("", one_tone(" ".join(body.split()))))
    if alone and not topic_of(text, None):
        return Body(alone, "", NATION)
    unit = None if seat else unit_of(text, code, day)
    abroad = country_in(text) if unit is None else None
    found = _of_country(text, abroad) if abroad else _home(text, level) if seat else _of_unit(text, unit, role, level)
    return _at_seat(found, seat) if seat and found else found


@lru_cache(maxsize=2_048)
def _read_foreign(body: str | None, role: str, country: str | None, _patterns: PatternSet) -> Body | None:
    """The body of another state; its key stays open where nothing tells which state that is."""
    if not body:
        state = country is not None and role_words(role) in keys().alone
        return Body(_STATE, "", country_slug(country or "")) if state else None
    text, seat = _seated(_TERM.sub("", one_tone(" ".join(body.split()))))
    named = country_in(text) or Abroad("", country_slug(country) if country else None)
    found = _of_country(text, named)
    return _at_seat(found, seat) if seat else found


def _home(text: str, level: str | None) -> Body:
    """A body of the nation that is abroad: "Việt Nam | tại Lào"."""
    found = _of_unit(text, None, "", level) if topic_of(text, None) else None
    return found or Body(_STATE, "", NATION)


def _at_seat(body: Body, seat: str) -> Body:
    """A body in another country: that of a state as a whole is its embassy there, not that of an organisation of states."""
    kind = _EMBASSY if body.type == _STATE and body.unit not in _organisations() else body.type
    return Body(kind, "-".join(t for t in (body.topic, seat) if t), body.unit, body.named)


@cache
def _organisations() -> frozenset[str]:
    """Organisations of states as keys have them."""
    return frozenset(country_slug(row.forms[0]) for row in country_rows() if row.code is None)


def _of_country(text: str, abroad: Abroad) -> Body:
    """The body of another state, which its name or the record tells."""
    if abroad.words and abroad.words == text_key(text):
        return Body(_STATE, "", abroad.slug)
    first, *parents = _parts(text)
    low = fold(first)
    head = keys().heads.match(low, 0)
    kind = keys().types[key(head.group())] if head else _OTHER
    row = keys().rows.get(kind, _UNKNOWN)
    within = row.rank <= _WITH_PARENT or row.within_parent
    topic = _own_topic(row, low[head.end() :] if head else low, parents if within else None, None)
    return Body(kind, topic.removesuffix(slug_of(abroad.words)).strip("-"), abroad.slug, abroad.slug is not None)


def _of_unit(text: str, unit: Unit | None, role: str, level: str | None) -> Body | None:
    """The body of a wording with the unit it names; a bare unit is what the role's body in it is."""
    table = keys()
    first, *parents = _parts(text)
    low = fold(first)
    head = table.heads.match(low, 0)
    kind = table.types[key(head.group())] if head else None
    is_unit = table.rows.get(kind, _UNKNOWN).is_unit if kind else unit is not None and not topic_of(first, unit)
    if is_unit:
        kind = table.seats.get(role_words(role))
        return Body(kind, "", unit.code if unit else None, unit is not None) if kind else None
    return _complete(kind or _OTHER, low[head.end() :] if head else low, parents, unit, level)


def _complete(kind: str, rest: str, parents: list[str], unit: Unit | None, level: str | None) -> Body:
    row = keys().rows.get(kind, _UNKNOWN)
    within = row.rank <= _WITH_PARENT or row.within_parent
    topic = _own_topic(row, rest, parents if within else None, unit)
    if unit is not None:
        return Body(kind, "" if row.complement == "place" else topic, unit.code)
    if row.complement == "place" and topic:
        return Body(kind, topic, None, False)  # a unit that nothing resolves
    if bare_unit(parents[-1] if parents else rest):
        return Body(kind, topic, None, False)
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
    topic = topic_of(rest, unit)
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
    slug = slug_of(role_words(role))
    where = (body.key or f"{body.name}:") if body else ""
    return f"{slug}@{where}"


def text_key(text: str) -> str:
    """Folded, single blanks."""
    return key(text)


def country_slug(country: str) -> str:
    """A country as keys have it: the slug of its first name, by any of its names or its code."""
    return slug_of(first_name(country) or country)


class Abroad(NamedTuple):
    """Another state in a body's name: the `words` that name it, folded, with its form; the slug of keys, None where open."""

    words: str
    slug: str | None


def country_in(text: str) -> Abroad | None:
    """The country that ends a body's name ("Bộ Quốc phòng Mỹ") or is the whole of it; None where this one is named, too."""
    low = fold(text)
    hit = None if HOME.search(low) else country_ending(text)
    if hit is None:
        return None
    form = _FORM.search(low, 0, hit.start())
    return Abroad(low[form.start() if form else hit.start() :], country_slug(hit.group()))


def _seated(text: str) -> tuple[str, str]:
    """A body and the slug of where it is: "Nga | tại Mỹ"; empty for what is in no other country."""
    found = _SEAT.search(text)
    if found is None:
        return text, ""
    whose, where = text[: found.start()], found["where"]
    host = country_in(where)
    if not (country_in(whose) or (HOME.search(fold(whose)) and host)):
        return text, ""
    return whose, (host.slug if host else None) or topic_of(where, None) or slug_of(where)


def _is_national(text: str) -> bool:
    low = fold(text)
    return any(keys().nation.match(low, m.start()) is not None for m in WORD.finditer(low))


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
    topic = topic_of(low[head.end() :], unit)
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
    return tuple(
        sorted({slug_of(f) for f, t in table.types.items() if table.organs.match(f, 0)}, key=len, reverse=True)
    )
