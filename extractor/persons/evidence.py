"""How probable it is that two mentions of one name are one person: the closest relation of their posts, weighed.

The weight is a likelihood ratio (Fellegi and Sunter): how often mentions of one person stand in a relation (`same`), over
how many people in office would stand in it (`people`) times the share of people who bear the name. `people` are orders of
magnitude of the country's offices, not of the articles at hand: adding articles moves no weight, and so no person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from extractor.persons.mentions import Held
from extractor.persons.names import share


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of two posts. `same`: share of pairs of one person; `people`: in office who stand in it; `moved`: another unit."""

    id: str
    same: float
    people: float
    moved: bool = False


POST = Relation("same post", 0.6, 2)
POST_OF_MANY = Relation("same post, which several hold", 0.6, 8)
LEADERS = Relation("leaders of one unit", 0.12, 6)
BODY = Relation("same body", 0.12, 40)
OPEN_BODY = Relation("same kind of body, province of the article", 0.3, 150)
LARGE_BODY = Relation("same large body", 0.2, 600)
COMMUNE = Relation("same commune", 0.05, 60)
DISTRICT = Relation("same district", 0.08, 400)
PROVINCE = Relation("same province", 0.08, 3_000)
WITHIN = Relation("same province, another level", 0.05, 6_000)
CENTRE = Relation("both of the centre", 0.1, 5_000)
TO_CENTRE = Relation("centre and province", 0.04, 6_000, True)
OTHER_PROVINCE = Relation("another province", 0.008, 12_000, True)
OTHER_PLACE = Relation("another place of a lower level", 0.001, 60_000, True)
COUNTRY = Relation("same country", 0.3, 1_000)
HOME = Relation("province of the articles", 0.2, 3_000)
NAME = Relation("name only", 0.2, 40_000)

# Bodies with hundreds of members: to be in one of them says less.
LARGE = frozenset(
    {"quoc-hoi:vn", "ban-chap-hanh-trung-uong-dang:vn", "dang-uy:vn", "bo.quoc-phong:vn", "bo.cong-an:vn", "hoi-dong-nhan-dan:01",
     "hoi-dong-nhan-dan:79", "bo-chinh-tri:vn", "chinh-phu:vn", "nha-nuoc:vn"}
)  # fmt: skip
_LEADING = frozenset({"uy-ban-nhan-dan", "dang-uy", "hoi-dong-nhan-dan"})
_LOWER = {"district": 1, "commune": 2, "hamlet": 3}
SOON = 120  # days within which nobody moves from one unit's post to another's


@lru_cache(maxsize=500_000)
def relate(a: Held, b: Held) -> Relation:
    """The closest relation of two posts."""
    if a.body and b.body and a.body.key and a.body.key == b.body.key:
        return _within_body(a, b, a.body.key)
    if a.body and b.body and a.body.unit and a.body.unit == b.body.unit and a.body.unit.isdigit():
        return _within_unit(a, b, a.body.unit)
    if a.level == "central" and b.level == "central":
        return CENTRE
    abroad = _abroad(a), _abroad(b)
    if abroad[0] and abroad[0] == abroad[1]:
        return COUNTRY
    if a.body and b.body and a.body.name == b.body.name and a.body.topic and not (a.body.unit and b.body.unit):
        return OPEN_BODY
    if a.province and b.province:
        if a.province == b.province:
            return WITHIN if a.level != b.level else PROVINCE
        return OTHER_PLACE if _LOWER.get(a.level or "") or _LOWER.get(b.level or "") else OTHER_PROVINCE
    if "central" in (a.level, b.level) and (a.province or b.province):
        return OTHER_PLACE if _LOWER.get(a.level or "") or _LOWER.get(b.level or "") else TO_CENTRE
    return NAME


def _within_body(a: Held, b: Held, key: str) -> Relation:
    if a.key == b.key:
        if key in LARGE:
            return LARGE_BODY if a.many else POST
        return POST_OF_MANY if a.many else POST
    return LARGE_BODY if key in LARGE else BODY


def _within_unit(a: Held, b: Held, code: str) -> Relation:
    assert a.body is not None and b.body is not None
    if a.body.name in _LEADING and b.body.name in _LEADING:
        return LEADERS
    return {5: COMMUNE, 3: DISTRICT}.get(len(code), PROVINCE)


def _abroad(post: Held) -> str | None:
    unit = post.body.unit if post.body else None
    return unit if unit and not unit.isdigit() and unit != "vn" else None


def weight(key: str, relation: Relation) -> float:
    """Log odds that two mentions of the name `key` in this relation are one person."""
    return math.log(relation.same / (relation.people * share(key)))


def confidence(log_odds: float) -> float:
    """Log odds as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))


def gap(one: Sequence[str], other: Sequence[str]) -> int | None:
    """Days between the nearest of two sorted lists of ISO days; None where one is empty."""
    if not one or not other:
        return None
    days = sorted([(d, 0) for d in one] + [(d, 1) for d in other])
    best: int | None = None
    for (d, x), (e, y) in zip(days, days[1:], strict=False):
        if x != y:
            between = (_day(e) - _day(d)).days
            best = between if best is None else min(best, between)
    return best


@lru_cache(maxsize=50_000)
def _day(iso: str) -> date:
    return date.fromisoformat(iso[:10])
