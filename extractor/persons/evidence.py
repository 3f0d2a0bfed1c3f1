"""How probable it is that two mentions of one name are one person: the closest relation of their posts, weighed.

The weight is a likelihood ratio (Fellegi and Sunter): how much more often mentions of one person stand in a relation than
mentions of two people, times the odds before any post is read, which are those of a name that `share` of all people in
office bear. The ratios were measured once (`docs/persons.md`) and are no counts of the articles at hand: adding articles
moves no weight, and so no person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from extractor.persons.bodies import NATION, Body, is_unique
from extractor.persons.mentions import Held
from extractor.persons.names import share


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two posts. `ratio`: how much more often one person's mentions stand in it than two people's; `home`: the
    same where articles or posts are of one province; `moved`: the posts are of two places."""

    id: str
    ratio: float
    home: float
    moved: bool = False


POST = Relation("same post", 2_200, 8_400)
POST_OF_MANY = Relation("same post, which several hold", 1_400, 5_000)
POST_OF_HUNDREDS = Relation("same post, which hundreds hold", 22, 240)
LIKE_POST = Relation("same role, the name of one body within the other's", 800, 3_200)
LIKE_ROLE = Relation("same role and kind of body in one unit", 30, 66)
LEADERS = Relation("leaders of one unit", 31, 31)
BODY = Relation("same body", 50, 113)
LARGE_BODY = Relation("same large body", 13, 33)
COMMUNE = Relation("same commune", 250, 250)
DISTRICT = Relation("same district", 65, 65)
PROVINCE = Relation("same province", 2, 2)
WITHIN = Relation("same province, another level", 2.4, 2.4)
CENTRE = Relation("both of the centre", 0.9, 1.4)
TO_CENTRE = Relation("centre and province", 0.13, 0.7, True)
LIKE_ELSEWHERE = Relation("same role and kind of body, another unit", 1.8, 1.8, True)
OTHER_PROVINCE = Relation("another province", 0.05, 0.05, True)
OTHER_PLACE = Relation("another place of a lower level", 0.016, 0.1, True)
COUNTRY = Relation("same country", 30, 30)
ROLE = Relation("same role, one body left open", 4.4, 77)
BARE_ROLE = Relation("same role, no body named", 20, 340)
NAME = Relation("name only", 0.08, 1.1)
# One unit is left open ("Chủ tịch UBND tỉnh"): by what the bodies' names say beyond their kind, and by level.
_OPEN_ID = "same role and kind of body, one unit left open"
_OPEN = {
    ("long", False): Relation(_OPEN_ID, 118, 9_000),
    ("long", True): Relation(_OPEN_ID, 30, 660),
    ("short", False): Relation(_OPEN_ID, 80, 1_500),
    ("short", True): Relation(_OPEN_ID, 50, 800),
    ("province", False): Relation(_OPEN_ID, 36, 210),
    ("province", True): Relation(_OPEN_ID, 12, 200),
    ("lower", False): Relation(_OPEN_ID, 6, 88),
    ("lower", True): Relation(_OPEN_ID, 2, 40),
    ("none", False): Relation(_OPEN_ID, 20, 500),
    ("none", True): Relation(_OPEN_ID, 8, 200),
}
_OPEN_BODY_ID = "same kind of body, one unit left open"
_OPEN_BODY = {True: Relation(_OPEN_BODY_ID, 15, 100), False: Relation(_OPEN_BODY_ID, 1, 20)}
IN_OFFICE = 12_000  # people in office whom the news may name

# Bodies with hundreds of members: to be in one of them says less.
_LARGE = frozenset({"quoc-hoi", "doan-dai-bieu-quoc-hoi", "ban-chap-hanh-trung-uong-dang", "bo-chinh-tri"})
_LARGE_KEYS = frozenset({"dang-uy:vn", "bo.quoc-phong:vn", "bo.cong-an:vn", "chinh-phu:vn", "nha-nuoc:vn"})
_ASSEMBLY = frozenset({"quoc-hoi", "doan-dai-bieu-quoc-hoi"})
_LEADING = frozenset({"uy-ban-nhan-dan", "dang-uy", "hoi-dong-nhan-dan"})
_LOWER = frozenset({"district", "commune", "hamlet"})
_MOST = 0.7  # share of the words of two topics that are the same where the topics are one
SOON = 120  # days within which nobody moves from one unit's post to another's


@lru_cache(maxsize=500_000)
def relate(a: Held, b: Held) -> Relation:
    """The closest relation of two posts."""
    one, other = a.body, b.body
    if one is None or other is None:
        return _by_level(a, b) if a.role != b.role else BARE_ROLE if one is other else ROLE
    return _of_bodies(a, b, one, other)


def _of_bodies(a: Held, b: Held, one: Body, other: Body) -> Relation:
    """The relation of two posts whose bodies are told."""
    if one.key and one.key == other.key:
        return _within_body(a, b, one)
    if one.type in _ASSEMBLY and other.type in _ASSEMBLY:
        return _assembly(one, other)
    if _left_open(one, other) and (found := _open(a, b, one, other)):
        return found
    if one.unit and one.unit == other.unit:
        if a.role == b.role and _like(one, other):
            return LIKE_POST
        if one.unit.isdigit():
            return _within_unit(a, b, one, other)
    return _by_level(a, b)


def _within_body(a: Held, b: Held, body: Body) -> Relation:
    large = body.type in _LARGE or body.key in _LARGE_KEYS
    if a.key != b.key:
        return LARGE_BODY if large else BODY
    if a.holders == "one":
        return POST
    return POST_OF_HUNDREDS if large and a.holders == "hundreds" else POST_OF_MANY


def _assembly(one: Body, other: Body) -> Relation:
    """Deputies: of one province few, of the whole assembly hundreds."""
    if one.unit == other.unit and one.unit != NATION:
        return POST_OF_MANY
    return POST_OF_HUNDREDS if NATION in (one.unit, other.unit) else OTHER_PROVINCE


def _open(a: Held, b: Held, one: Body, other: Body) -> Relation | None:
    """Posts of bodies of one kind, at least one of them without its unit: "Chủ tịch UBND tỉnh"."""
    if (one.key and other.key) and a.role != b.role:
        return None
    if not (one.key and other.key) and _differ(one.unit, other.unit):
        return None
    if _differ(a.level, b.level):
        return None
    if one.name != other.name and not (one.topic and other.topic and _like(one, other)):
        return None
    if a.key.split("@")[0] != b.key.split("@")[0]:
        return _OPEN_BODY[bool(one.topic and other.topic)]
    return _OPEN[_how_open(a, b, one, other), a.holders != "one"]


def _differ(one: str | None, other: str | None) -> bool:
    """Whether two values are known and not the same."""
    return bool(one and other) and one != other


def _left_open(one: Body, other: Body) -> bool:
    """Whether a unit is left open, also where a name alone stands for a body: "Trường Đại học Nông lâm" without its city."""
    if not (one.key and other.key):
        return True
    return is_unique(one.type) and one.name == other.name and NATION in (one.unit, other.unit)


def _how_open(a: Held, b: Held, one: Body, other: Body) -> str:
    if one.topic and other.topic:
        return "long" if min(one.topic.count("-"), other.topic.count("-")) >= 2 else "short"
    level = a.level or b.level
    return "none" if level is None else "lower" if level in _LOWER else "province"


def _like(one: Body, other: Body) -> bool:
    """Whether bodies are of one type and the topic of one begins the other's: one was read too short or too long."""
    if one.type != other.type or one.topic == other.topic:
        return one.type == other.type
    short, long = sorted((one.topic, other.topic), key=len)
    common = short.split("-")
    if not short:
        return False
    return long.split("-")[: len(common)] == common or _overlap(short, long)


def _overlap(one: str, other: str) -> bool:
    """Whether two topics of three words and more share most of them."""
    a, b = set(one.split("-")), set(other.split("-"))
    return len(a & b) >= 3 and len(a & b) >= _MOST * len(a | b)


def _within_unit(a: Held, b: Held, one: Body, other: Body) -> Relation:
    code = one.unit or ""
    if one.name in _LEADING and other.name in _LEADING:
        return LEADERS
    if a.role == b.role and one.type == other.type and len(code) == 2:
        return LIKE_ROLE
    return {5: COMMUNE, 3: DISTRICT}.get(len(code), PROVINCE)


def _by_level(a: Held, b: Held) -> Relation:
    """Where bodies tell nothing in common: level, province or country."""
    centre = _central(a), _central(b)
    if all(centre):
        return CENTRE
    if (country := _abroad(a)) and country == _abroad(b):
        return COUNTRY
    lower = a.level in _LOWER or b.level in _LOWER
    if a.province and b.province:
        return _by_province(a, b, lower=lower)
    if any(centre) and (a.province or b.province):
        return OTHER_PLACE if lower else TO_CENTRE
    return NAME


def _by_province(a: Held, b: Held, *, lower: bool) -> Relation:
    if a.province == b.province:
        return WITHIN if a.level != b.level else PROVINCE
    return OTHER_PLACE if lower else LIKE_ELSEWHERE if _alike(a, b) else OTHER_PROVINCE


def _alike(a: Held, b: Held) -> bool:
    """Whether two posts are the same but for their province."""
    if not (a.body and b.body and a.body.name == b.body.name):
        return False
    return a.role == b.role and a.level == b.level


def _central(post: Held) -> bool:
    return post.level == "central" or (post.body is not None and post.body.unit == NATION)


def _abroad(post: Held) -> str | None:
    unit = post.body.unit if post.body else None
    return unit if unit and not unit.isdigit() and unit != NATION else None


def weight(key: str, relation: Relation, at_home: bool = False) -> float:
    """Log odds that two mentions of the name `key` in this relation are one person; `at_home`: see `Relation`."""
    return math.log((relation.home if at_home else relation.ratio) / (IN_OFFICE * share(key)))


_SLIP = 0.02  # share of mentions whose name is misspelt
_SPELLINGS = 5.0  # names that are as near to a name as a slip is


def weight_near(one: str, other: str, relation: Relation, at_home: bool = False) -> float:
    """Log odds that mentions of two near names are one person whose name was misspelt once."""
    spellings = _SPELLINGS if one.count(" ") == other.count(" ") else 1.0  # a syllable left out leaves one name
    often = max(share(one), share(other)) * spellings
    return math.log(_SLIP * (relation.home if at_home else relation.ratio) / (IN_OFFICE * often))


def confidence(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def gap(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Days between the nearest of two sorted lists of ISO days; None where one is empty."""
    if not one or not other:
        return None
    days = sorted([(d, 0) for d in one] + [(d, 1) for d in other])
    best: int | None = None
    for (d, x), (e, y) in pairwise(days):
        if x != y:
            between = (_day(e) - _day(d)).days
            best = between if best is None else min(best, between)
    return best


@lru_cache(maxsize=50_000)
def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])
