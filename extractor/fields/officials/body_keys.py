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
from extractor.fields.officials.rows import key
from extractor.gazetteer import Unit, gazetteer
from extractor.gazetteer.names import syllable
from extractor.rules import PatternSet, cache, current
from extractor.text import fold, one_tone, unaccent

NATION = "vn"
_WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_TYPES = (
    ("tỉnh",), ("thành", "phố"), ("huyện",), ("quận",), ("thị", "xã"), ("xã",), ("phường",), ("thị", "trấn"), ("đặc", "khu"),
    ("thủ", "đô"), ("tp",),
)  # fmt: skip
_LEVELS = {
    "tỉnh": 2,
    "thành phố": 2,
    "huyện": 3,
    "quận": 3,
    "thị xã": 3,
    "xã": 5,
    "phường": 5,
    "thị trấn": 5,
    "đặc khu": 5,
}
_WHOLE = frozenset({"chinh-phu", "nuoc", "nha-nuoc", "dang"})
_CONNECTIVES = frozenset({"và", "của", "thuộc", "các", "về", "cấp", "trực"})
_PARENT = regex.compile(r", (?=\p{Lu})|(?<=\p{L}) (?:thuộc|của) (?=\p{Lu})")
_TERM = regex.compile(r",? (?:khóa|Khóa|nhiệm kỳ) (?:[IVXL]+|\d[\d\-– ]*)(?:, [IVXL\d]+)*(?!\p{L})")
_CENTRAL = frozenset({"bo", "tong-cuc", "cuc", "quan-khu", "bo-tu-lenh"})
_WITH_PARENT = 3  # bodies of this rank or a lower one have a name only within their parent ("Phòng Tổ chức, Sở Y tế")
# Bodies whose name alone says which one it is, if it is longer than a word ("Trường Đại học Kinh tế Quốc dân").
UNIQUE = frozenset(
    {"truong-dai-hoc", "hoc-vien", "hiep-hoi", "tong-hoi", "lien-hiep", "tap-doan", "tong-cong-ty", "ngan-hang", "bao", "tap-chi",
     "thong-tan-xa", "nha-xuat-ban", "vuon-quoc-gia"}
)  # fmt: skip
_NEEDS_PARENT = frozenset({"van-phong", "thanh-tra", "vu", "ban-can-su-dang", "dang-doan", "chi-bo", "cong-doan"})


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


@lru_cache(maxsize=50_000)
def _read_body(
    body: str | None, code: str | None, day: str | None, role: str, level: str | None, _patterns: PatternSet
) -> Body | None:
    table = keys()
    low = role_words(role)
    if not body:
        kind = table.alone.get(low)
        return Body(kind, "", NATION) if kind else None
    text = _TERM.sub("", one_tone(" ".join(body.split())))
    if (kind := table.alone.get(low)) and (_slug(text) in _WHOLE or not _topic(text, None)):
        return Body(kind, "", NATION)
    country = _country(text)
    if country == text_key(text):
        return Body("nha-nuoc", "", _country_key(country))
    unit = _unit(text, code, day)
    first, *parents = _parts(text)
    head = table.heads.match(fold(first), 0)
    rest = fold(first)[head.end() :] if head else fold(first)
    kind = table.types[key(head.group())] if head else None
    if kind in ("tinh", "thanh-pho", "huyen", "quan", "xa", "phuong", "thi-xa", "thi-tran") or (
        kind is None and unit is not None and not _topic(first, unit)
    ):
        kind, rest, parents = table.seats.get(low), "", []
        return Body(kind, "", unit.code if unit else None, unit is not None) if kind else None
    if kind is None:
        kind = "co-quan"
    return _complete(kind, rest, parents, unit, country, level)


def _complete(
    kind: str, rest: str, parents: list[str], unit: Unit | None, country: str | None, level: str | None
) -> Body:
    table = keys()
    row = table.rows.get(kind)
    topic = _topic(rest, unit)
    national = any(_is_national(p) for p in (rest, *parents))
    within = row is not None and (row.rank <= _WITH_PARENT or kind in _NEEDS_PARENT)
    if within:
        above = [slug for p in parents if (slug := _parent(p, unit, alone=kind == "van-phong"))]
        topic = "-".join([t for t in (topic, *above) if t])
    else:
        topic = topic if kind == "dang-uy" else _without_organs(topic)
    if unit is not None and row is not None and row.complement == "place":
        topic = ""
    if unit is not None:
        return Body(kind, topic, unit.code)
    if country is not None:
        topic = topic.removesuffix(country_slug(country)).strip("-")
        return Body(kind, topic, _country_key(country))
    central = level == "central" or national or kind in _CENTRAL or (row is not None and row.rank >= 8)
    if row is not None and row.complement == "place" and topic:
        return Body(kind, topic, None, False)  # a unit that nothing resolves
    if within and not parents and kind != "vu":
        return Body(kind, topic, NATION if central else None, False)
    central = central or (kind in UNIQUE and "-" in topic)
    return Body(kind, topic, NATION if central else None, central)


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
        if hit is None or hit.group() in ("xã", "thể thao"):
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


def _unit(text: str, code: str | None, day: str | None) -> Unit | None:
    """The unit of a code on a day; without a code, or where the body says "tỉnh" and the code is no province's, the only
    one that the type word and the name at the body's end can mean."""
    units = gazetteer()
    given = units.at(code, day) if code else None
    words = _WORD.findall(text)
    for size in range(min(5, len(words) - 1), 0, -1):
        name = " ".join(words[-size:])
        before = [w.lower() for w in words[:-size]]
        kind = next((t for t in _TYPES if tuple(before[-len(t) :]) == t), None)
        if kind is None or not (name[0].isupper() or name[0].isdigit()):
            continue
        if given is not None and (kind != ("tỉnh",) or len(given.code) == 2):
            return given
        length = _LEVELS.get(" ".join(kind), 2)
        found = {
            u.code: u
            for u in units.named(name)
            if (day is None or u.valid(day)) and (len(u.code) == length or kind == ("thành", "phố"))
        }
        if len(found) == 1:
            return next(iter(found.values()))
    return given


@lru_cache(maxsize=20_000)
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
    return "-".join(unaccent(w) for w in words if w not in _CONNECTIVES)


def _type_at_end(words: list[str]) -> int:
    return next((len(t) for t in _TYPES if tuple(words[-len(t) :]) == t), 0)


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
