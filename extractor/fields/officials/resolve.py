"""Which unit a post belongs to: the body completed from its chain and the article, admin level and official code."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import Literal

import regex

from extractor.compiled import compiled
from extractor.fields.officials.body_keys import read_body
from extractor.fields.officials.foreign import foreign
from extractor.fields.officials.merge import sureness
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.spelling import spelling
from extractor.models import Reading
from extractor.places import Places
from extractor.records import Location, Position, Provenance
from extractor.text import fold

AdminLevel = Literal["central", "province", "district", "commune", "hamlet", "foreign"]

_ENDS: tuple[tuple[AdminLevel, regex.Pattern[str]], ...] = (
    ("commune", compiled(r"(?<!\p{L})(?:xã|phường|thị trấn|đặc khu)$")),
    ("district", compiled(r"(?<!\p{L})(?:huyện|quận|thị xã|huyện ủy|quận ủy|thị ủy|huyện đoàn|quận đoàn)$")),
    ("province", compiled(r"(?<!\p{L})(?:tỉnh|tỉnh ủy|tỉnh đoàn)$")),
)
_CITY = compiled(r"(?<!\p{L})(?:thành phố|thành ủy|thành đoàn)$")
_HEADS: tuple[tuple[AdminLevel, regex.Pattern[str]], ...] = (
    (
        "central",
        compiled(
            r"^(?:bộ(?! chỉ huy)|chính phủ|quốc hội|trung ương|ban chấp hành trung ương|ban bí thư|"
            r"tổng cục|vụ|cục|ủy ban (?!nhân dân|mặt trận|kiểm tra (?:tỉnh|huyện|thành|quận))|"
            r"quân khu|bộ tư lệnh|hội đồng dân tộc|ủy ban thường vụ quốc hội|"
            r"văn phòng (?:chính phủ|quốc hội|chủ tịch nước|trung ương)|thanh tra chính phủ|quân ủy|kiểm toán nhà nước|nhà nước|"
            r"(?:.*(?:trung ương|việt nam|quốc gia|tối cao))$)|, (?:bộ|tổng cục|chính phủ|quốc hội)(?!\p{L})"
        ),
    ),
    ("province", compiled(r"^(?:sở|tỉnh ủy|tỉnh đoàn)(?!\p{L})|, (?:sở|ủy ban nhân dân tỉnh)(?!\p{L})")),
    ("district", compiled(r"^(?:huyện ủy|quận ủy|thị ủy)(?!\p{L})")),
)
LEVEL_OF_HEAD = {
    "tỉnh ủy": "tỉnh",
    "thành ủy": "thành phố",
    "huyện ủy": "huyện",
    "quận ủy": "quận",
    "thị ủy": "thị xã",
}
_STANDING = compiled(r"^(?:nguyên|cựu|quyền) ", regex.IGNORECASE)
_LOCAL = compiled(
    r"^(?:ủy ban nhân dân|hội đồng nhân dân|đảng ủy|công an|bảo hiểm xã hội|"
    r"tòa án nhân dân|viện kiểm sát nhân dân)$"
)
_ALONE: dict[str, AdminLevel] = {
    "tỉnh ủy viên": "province",
    "huyện ủy viên": "district",
    "quận ủy viên": "district",
    "thị ủy viên": "district",
}
# The share of right posts that the rules alone give, 186 of 203 in two sets that taught nothing: `benchmarks/post_confidence.py`.
_RULES_ALONE = 0.92
_UNKNOWN_ROLE = "role"  # the rule of a post whose role no row knows
_NEAR = 400  # characters to the province that a bare "UBND tỉnh" takes up
_CENTRAL_ROLES = ("thủ tướng", "bộ trưởng", "thứ trưởng", "chủ tịch nước", "tổng bí thư", "chủ tịch quốc hội")


def position(reading: Reading, places: Places, post: Post, siblings: Sequence[Post], name: str = "") -> Position:
    """The record's position of a post; `siblings` are the person's other posts, which name the unit where it is left out."""
    body = spelling(post.body) if post.body is not None else None
    located = _located(places, post)
    resolved, code = body, located.code if located else None
    level: AdminLevel | None = None
    if located is not None and located.level in ("province", "district", "commune", "hamlet"):
        level = located.level
    until = _told_until(reading, post)
    if body is not None and located is None:
        nearby = max(reading.line_at(post.start).start, post.start - _NEAR)
        resolved, code, level = _completed(places, body, siblings, (nearby, post.start), until)
        resolved = spelling(resolved)
    country, abroad = foreign(reading, post, siblings, name)
    if abroad and located is not None and " " in located.name and fold(body or "").endswith(fold(located.name)):
        country, abroad = None, False  # "Huyện ủy Cẩm Mỹ": the country's name ends a unit's
    if abroad:
        level, code = "foreign", None
    level = told = level or _level_of_role(post.role) or told_level(post.role, post.body)
    level = level or _level_beside(places, siblings, until)
    if level == "central":
        code = None
    role = bare_role(post.role)
    known = read_body(resolved, code, places.day, role=role, level=told) if not abroad or resolved else None
    return Position(
        start=post.start,
        end=post.end,
        text=reading.text[post.start : post.end],
        role=role,
        body=body,
        body_resolved=resolved,
        body_type=known.type if known else None,
        body_key=known.key if known else None,
        admin_level=level,
        place_code=code,
        country=country,
        since=post.since,
        until=post.until,
        former=post.former or post.ended,
        acting=post.acting,
        provenance=_provenance(post),
    )


def _provenance(post: Post) -> Provenance:
    """Who gave a post to its holder, and how sure that is."""
    rule = post.rule or _UNKNOWN_ROLE
    if not post.odds:
        return Provenance(layer="rule", rule=rule, confidence=_RULES_ALONE)
    told = ", ".join(f"{stage} {share:.2f}" for stage, share in post.odds)
    return Provenance(layer="ranker", rule=rule, confidence=round(sureness(post.odds), 3), note=told)


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


def bare_role(role: str) -> str:
    """A role without "Nguyên", "Cựu" and "Quyền", which `former` and `acting` tell."""
    bare = str(_STANDING.sub("", role))
    return bare[:1].upper() + bare[1:]


def _located(places: Places, post: Post) -> Location | None:
    """The first place inside the body that has a code: "UBND xã A, huyện B" is the commune's."""
    if post.body is None:
        return None
    found = [x for x in places.inside(post.body_start, post.end) if x.code] if post.body_start >= 0 else []
    if not found:
        low = fold(post.body)
        found = [x for x in places.locations if x.code and low.endswith(fold(x.name)) and len(x.name) > 3]
    return found[0] if found else None


def _completed(
    places: Places, body: str, siblings: Sequence[Post], nearby: tuple[int, int], until: int
) -> tuple[str, str | None, AdminLevel | None]:
    """A body without a place, completed from what stands before `until`: "Ủy ban nhân dân huyện" + the article's district.

    A province named in `nearby`, the stretch of the post's paragraph before it, is the nearest that a bare "tỉnh" can mean.
    """
    low = fold(body)
    phrase = LEVEL_OF_HEAD.get(low)
    tail = low.rsplit(",", 1)[-1].strip()
    word = next(
        (
            w
            for w in ("thị trấn", "thị xã", "thành phố", "đặc khu", "tỉnh", "huyện", "quận", "xã", "phường")
            if tail.endswith(w)
        ),
        None,
    )
    local = _LOCAL.match(low) is not None
    if local:
        for sibling in siblings:
            if sibling.body and (sister := LEVEL_OF_HEAD.get(fold(sibling.body).split(" ")[0] + " ủy")):
                phrase = sister
            elif sibling.body and (
                place := regex.search(
                    r"(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn)(?!\p{L}).*$", fold(sibling.body)
                )
            ):
                phrase = (
                    place.group().split(" ")[0]
                    if not place.group().startswith(("thành phố", "thị"))
                    else " ".join(place.group().split(" ")[:2])
                )
            if phrase:
                break
    code = None
    if low.startswith("sở ") and word is None:  # a city under the centre has them as a province has
        code = places.province(until)
        phrase = "thành phố" if code is None or places.is_city(code) else "tỉnh"
    scope = phrase or word
    if scope is None:
        return body, None, None
    if _of_word(scope) == "province":
        code = _before(places, *nearby) or code
    code = code or places.scope(scope, until)
    unit = places.unit(code) if code else None
    level: AdminLevel | None = _of_word(scope)
    if unit is None:
        return body, None, level
    level = unit.level  # type: ignore[assignment]
    if local or low.startswith("sở "):
        return f"{body} {unit.type.lower()} {unit.name}", code, level
    return f"{body} {unit.name}", code, level


def _before(places: Places, start: int, end: int) -> str | None:
    """The province named last in a stretch of the text, near enough for a list of officials."""
    index = bisect_left(places.locations, end, key=lambda x: x.start)
    for place in reversed(places.locations[max(0, index - 12) : index]):
        if place.start < start:
            return None
        if place.level == "province" and place.code and place.type == "Tỉnh":
            return place.code
    return None


def _of_word(word: str) -> AdminLevel | None:
    return next((level for level, pattern in _ENDS if pattern.search(word)), None)


def _level_of_role(role: str) -> AdminLevel | None:
    row = lexicon().roles.get(key(bare_role(role)))
    return row.level if row is not None else None


def told_level(role: str, body: str | None) -> AdminLevel | None:
    """The admin level that the wording of a post tells, None where it tells none."""
    role = fold(role)
    if role in _ALONE:
        return _ALONE[role]
    low = fold(body) if body else ""
    if not low:
        return "central" if any(role.endswith(r) for r in _CENTRAL_ROLES) else None
    for level, pattern in _HEADS:
        if pattern.search(low):
            return level
    found = _of_word(low)
    return found
