"""Which unit a post belongs to: the body completed from its chain and the article, admin level and official code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from extractor.fields.officials.body_keys import read_body
from extractor.fields.officials.foreign import foreign
from extractor.fields.officials.merge import sureness
from extractor.fields.officials.posts import Post
from extractor.fields.officials.roles import bare_role, row_of
from extractor.fields.officials.rows import lexicon, unit_of_first_word, unit_of_head
from extractor.fields.officials.spelling import spelling
from extractor.fields.officials.words import forms, names, starts, template
from extractor.models import Reading
from extractor.places import Places
from extractor.records import Location, Position, Provenance
from extractor.rules import Template, cache
from extractor.rules.lexica import unit_words
from extractor.text import fold

AdminLevel = Literal["central", "province", "district", "commune", "hamlet", "foreign"]
_LOCAL_LEVELS: tuple[AdminLevel, ...] = ("province", "district", "commune", "hamlet")
_ENDS: tuple[tuple[AdminLevel, Template], ...] = (
    ("commune", template(r"(?<!\p{L})(?<!{no-unit}[ ]){commune}$")),
    ("district", template(r"(?<!\p{L}){ends-district}$")),
    ("province", template(r"(?<!\p{L}){ends-province}$")),
)
_HAMLET = template(r"(?<!\p{L}){hamlet-word}[ ]")  # before a name or a number
_HEADS: tuple[tuple[AdminLevel, Template], ...] = (
    ("central", template(r"^(?:{central}|{central-organ}[ ]|.*{ends-central}$)|,[ ]{central-parent}(?!\p{L})")),
    ("province", template(r"^{provincial}(?!\p{L})|,[ ]{provincial-parent}(?!\p{L})")),
    ("district", template(r"^{district-party}(?!\p{L})")),
    ("hamlet", template(r"^{hamlet-word}(?!\p{L})")),
)
_USUAL: tuple[tuple[AdminLevel, Template], ...] = (
    ("province", template(r"^{usual-province}(?!\p{L})")),
    ("district", template(r"^{usual-district}(?!\p{L})")),
    ("commune", template(r"^{usual-commune}(?!\p{L})")),
)
_TYPE = template(r"(?<!\p{L})(?:{commune}|{ends-district})\s")  # before a name
_UNIT = template(r"({unit})(?!\p{L})")
# The share of right posts that the rules alone give, 186 of 203 in two sets that taught nothing: `benchmarks/post_confidence.py`.
_RULES_ALONE = 0.92
_UNKNOWN_ROLE = "role"  # the rule of a post whose role no row knows
_NEAR = 400  # characters to the province that a bare "UBND tỉnh" takes up


@dataclass(frozen=True, slots=True)
class _Where:
    """The unit of a post: its body in full, the unit's code and level, as far as the text tells them."""

    body: str | None
    code: str | None = None
    level: AdminLevel | None = None


def position(reading: Reading, places: Places, post: Post, siblings: Sequence[Post], name: str = "") -> Position:
    """The record's position of a post; `siblings` are the person's other posts, which name the unit where it is left out."""
    body = spelling(post.body) if post.body is not None else None
    located = _located(places, post)
    until = _told_until(reading, post)
    where = _where(reading, places, post, siblings, body, located, until)
    country, abroad = foreign(reading, post, siblings, name, located=located is not None)
    told = "foreign" if abroad else _told_of(post, where)
    level = told or _level_beside(places, siblings, until)
    code = None if level in ("foreign", "central") else where.code
    role = bare_role(post.role)
    known = read_body(where.body, code, places.day, role=role, level=told, country=country)
    body_type, body_key = (known.type, known.key) if known else (None, None)
    return Position(
        start=post.start,
        end=post.end,
        text=reading.text[post.start : post.end],
        role=role,
        body=body,
        body_resolved=where.body,
        body_type=body_type,
        body_key=body_key,
        admin_level=level,
        place_code=code,
        country=country,
        since=post.since,
        until=post.until,
        former=post.former or post.ended,
        acting=post.acting,
        provenance=_provenance(post),
    )


def _told_of(post: Post, where: _Where) -> AdminLevel | None:
    """The level that a post's place, its role or its wording tells."""
    return where.level or row_of(post).level or told_level(post.role, post.body)


def _provenance(post: Post) -> Provenance:
    """Who gave a post to its holder, and how sure that is."""
    rule = post.rule or _UNKNOWN_ROLE
    if not post.odds:
        return Provenance(layer="rule", rule=rule, confidence=_RULES_ALONE)
    told = ", ".join(f"{stage} {share:.2f}" for stage, share in post.odds)
    return Provenance(layer="ranker", rule=rule, confidence=round(sureness(post.odds), 3), note=told)


def _where(
    reading: Reading, places: Places, post: Post, siblings: Sequence[Post], body: str | None, located: Location | None,
    until: int,
) -> _Where:  # fmt: skip
    """The unit that the post's own place tells, else what completes its body."""
    if located is not None:
        level = next((x for x in _LOCAL_LEVELS if x == located.level), None)
        return _Where(body, located.code, level)
    if body is None:
        return _Where(None)
    nearby = max(reading.line_at(post.start).start, post.start - _NEAR)
    return _completed(places, body, siblings, (nearby, post.start), until)


def _told_until(reading: Reading, post: Post) -> int:
    """Where what may complete a post ends: with its paragraph; for the headline, with the paragraph after it."""
    line = reading.line_at(post.start)
    if line.kind == "title":
        line = next((x for x in reading.lines if x.start > line.start and x.kind == "body"), line)
    return line.end


def _level_beside(places: Places, siblings: Sequence[Post], until: int) -> AdminLevel:
    """The level of a post that tells none: that of the person's other posts, else what the text up to `until` is about."""
    beside = next((level for post in siblings if (level := told_level(post.role, post.body))), None)
    return beside or ("province" if places.is_provincial(until) else "central")


def _located(places: Places, post: Post) -> Location | None:
    """The first place inside the body that has a code: "UBND xã A, huyện B" is the commune's."""
    if post.body is None:
        return None
    inside = places.inside(post.body_start, post.end) if post.body_start >= 0 else ()
    found = next((x for x in inside if x.code), None)
    return found or _at_end(places, fold(post.body))


def _at_end(places: Places, body: str) -> Location | None:
    """The first place of the article with a code whose name ends a folded body."""
    fits = (x for x in places.locations if x.code and len(x.name) > 3 and body.endswith(fold(x.name)))
    return next(fits, None)


def _completed(
    places: Places, body: str, siblings: Sequence[Post], nearby: tuple[int, int], until: int
) -> _Where:  # fmt: skip
    """A body without a place, completed from what stands before `until`: "Ủy ban nhân dân huyện" + the article's district.

    A province named in `nearby`, the stretch of the post's paragraph before it, is the nearest that a bare "tỉnh" can mean.
    """
    low = fold(body)
    local, provincial = low in forms("local-organ"), low.startswith(starts("provincial-office"))
    scope, code = _scope(places, low, siblings, until, local=local, provincial=provincial)
    if scope is None:
        return _Where(spelling(body))
    level = _of_word(scope)
    if level == "province":
        code = _before(places, *nearby) or code
    code = code or places.scope(scope, until)
    unit = places.unit(code) if code else None
    if unit is None:
        return _Where(spelling(body), None, level)
    whole = f"{body} {unit.type.lower()} {unit.name}" if local or provincial else f"{body} {unit.name}"
    return _Where(spelling(whole), code, unit.level)  # type: ignore[arg-type]


def _scope(
    places: Places, low: str, siblings: Sequence[Post], until: int, *, local: bool, provincial: bool
) -> tuple[str | None, str | None]:
    """The type word of the unit that a body is of, and its code where it is the article's province."""
    word = _last_unit_word(low)
    if provincial and word is None:  # a city under the centre has them as a province has
        code = places.province(until)
        return names("city" if code is None or places.is_city(code) else "province-word")[0], code
    phrase = _unit_of_siblings(siblings) if local else unit_of_head().get(low)
    return phrase or word, None


@cache
def _unit_words() -> tuple[str, ...]:
    return tuple(sorted(unit_words(), key=lambda word: (-len(word), word)))


def _last_unit_word(low: str) -> str | None:
    """The type word of a unit that ends a body's name, or the last of its parents': "Ủy ban nhân dân | huyện"."""
    tail = low.rsplit(",", 1)[-1].strip()
    word = next((word for word in _unit_words() if tail.endswith(word)), "")
    return None if not word or tail.removesuffix(word).rstrip().endswith(tuple(forms("no-unit"))) else word


def _unit_of_siblings(siblings: Sequence[Post]) -> str | None:
    """The type word of the unit that the person's other posts are in."""
    for low in (fold(sibling.body) for sibling in siblings if sibling.body):
        if (unit := unit_of_first_word().get(low.split(" ")[0])) or (place := _UNIT.search(low)):
            return unit or (place[1] if place else None)
    return None


def _before(places: Places, start: int, end: int) -> str | None:
    """The province named last in a stretch of the text, near enough for a list of officials."""
    index = bisect_left(places.locations, end, key=lambda x: x.start)
    for place in reversed(places.locations[max(0, index - 12) : index]):
        if place.start < start:
            return None
        if place.level == "province" and place.code and (place.type or "").lower() in forms("province-word"):
            return place.code
    return None


def _of_word(word: str) -> AdminLevel | None:
    return next((level for level, pattern in _ENDS if pattern.search(word)), None)


def told_level(role: str, body: str | None) -> AdminLevel | None:
    """The admin level that the wording of a post tells, None where it tells none."""
    row = lexicon().roles.get(fold(role))
    if row is not None and (row.unit_level or row.hamlet):
        return row.unit_level or "hamlet"
    low = fold(body) if body else ""
    if not low:
        return "central" if fold(role).endswith(tuple(forms("central-role"))) else None
    heads = next((level for level, pattern in _HEADS if pattern.search(low)), None)
    return heads or _of_word(low) or _of_unnamed(low, body or "") or _usual(low)


def _usual(low: str) -> AdminLevel | None:
    """The level at which bodies of a folded body's head usually are."""
    return next((level for level, pattern in _USUAL if pattern.search(low)), None)


def _of_unnamed(low: str, body: str) -> AdminLevel | None:
    """The level that the type word of a unit tells whose name no gazetteer knows, or knows several times: "UBND xã Tân Xuân"."""
    for found in _HAMLET.finditer(low):
        if _names_unit(body, found.end()):
            return "hamlet"
    found = _TYPE.search(low)
    while found and not _names_unit(body, found.end()):
        found = _TYPE.search(low, found.end())
    return _of_word(low[: found.end() - 1]) if found else None


def _names_unit(body: str, at: int) -> bool:
    """Whether a name or a number stands at an offset."""
    return body[at : at + 1].isupper() or body[at : at + 1].isdigit()
