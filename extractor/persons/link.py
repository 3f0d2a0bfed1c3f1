"""Mentions of officials of many articles to persons: blocks of one name, posts weighed, homonyms kept apart."""

from __future__ import annotations

import hashlib
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.persons import evidence
from extractor.persons.mentions import Held, Mention
from extractor.persons.names import near
from extractor.text import unaccent

THRESHOLD = 0.9  # probability from which two mentions are one person
_PENALTY = 3.0  # log odds that posts of two places at the same time take away
_COMPARED = 40  # posts of a group that are compared, the most frequent first
Place = tuple[str, int]  # a mention: article, number of the official in it


@dataclass(frozen=True, slots=True)
class Link:
    """Why a mention belongs to its person: the probability of the weakest link that joined it, and the relation."""

    confidence: float
    reason: str


@dataclass(slots=True)
class Person:
    """Mentions that are one person. `id` stays the same when articles are added and the known persons are given."""

    id: str
    name: str
    mentions: list[Mention]
    links: dict[Place, Link]
    confidence: float
    homonyms: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Group:
    """Mentions of a block that are one person so far, with their posts (and how often) and the days these are current."""

    mentions: list[Mention]
    posts: Counter[Held]
    current: dict[Held, list[str]]
    homes: Counter[str]
    links: dict[Place, Link] = field(default_factory=dict)
    weakest: float = 1.0

    @property
    def first(self) -> Place:
        """The first mention in the order of articles: what makes the order of groups the same each time."""
        return min(place(m) for m in self.mentions)


def place(mention: Mention) -> Place:
    """What identifies a mention."""
    return mention.article, mention.person


def link(mentions: Iterable[Mention], *, known: Mapping[Place, str] | None = None) -> list[Person]:
    """Persons behind mentions, sorted by id. `known` gives the person ids of mentions linked before, which are kept.

    The order of the mentions does not matter. A person takes the known id that most of its mentions had; where two
    persons had the same one, the larger keeps it.
    """
    blocks: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        blocks[mention.key].append(mention)
    groups: list[_Group] = []
    for key in sorted(blocks):
        groups += _cluster(key, blocks[key])
    groups = _variants(groups)
    return _persons(groups, known or {})


def _cluster(key: str, block: Sequence[Mention]) -> list[_Group]:
    """The groups of one name: mentions that share a post first, then groups by their closest relation, the surest first."""
    groups = _by_post(key, [_group(m) for m in sorted(block, key=place)])
    scores: dict[tuple[int, int], tuple[float, str]] = {}
    changed = set(range(len(groups)))
    while changed:
        for i, j in _pairs(key, groups, changed):
            scores[i, j] = _score(key, groups[i], groups[j])
        good = sorted(
            (
                (score, -i, -j, why)
                for (i, j), (score, why) in scores.items()
                if evidence.confidence(score) >= THRESHOLD
            ),
            key=lambda p: p[:3],
            reverse=True,
        )
        changed = set()
        gone: set[int] = set()
        for score, i, j, why in good:
            if -i in changed | gone or -j in changed | gone:
                continue  # what such a group has become is weighed in the next round
            _merge(groups[-i], groups[-j], score, why)
            changed.add(-i)
            gone.add(-j)
        groups = [_Group([], Counter(), {}, Counter()) if i in gone else g for i, g in enumerate(groups)]
        scores = {pair: found for pair, found in scores.items() if not {*pair} & (changed | gone)}
    return [g for g in groups if g.mentions]


_FEW = 60  # groups of one name that are all compared with each other


def _pairs(key: str, groups: Sequence[_Group], changed: set[int]) -> list[tuple[int, int]]:
    """Groups to compare, one of each pair `changed`. Of a common name's many groups, those that share something: nothing
    else could make them one person."""
    there = [i for i, g in enumerate(groups) if g.mentions]
    alike = evidence.confidence(evidence.weight(key, evidence.LIKE_ELSEWHERE)) >= THRESHOLD
    if alike or len(there) <= _FEW:
        return [(i, j) for at, i in enumerate(there) for j in there[at + 1 :] if i in changed or j in changed]
    index: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    out: set[tuple[int, int]] = set()
    for j in there:
        for facet in _facets(groups[j]):
            out |= {(i, j) for i in index[facet] if i in changed or j in changed}
            index[facet].append(j)
    return sorted(out)


def _facets(group: _Group) -> set[tuple[str, str | None]]:
    """What a group may share with another one: provinces, bodies and kinds of bodies, foreign countries, bare roles."""
    out: set[tuple[str, str | None]] = {("province", p) for p in _provinces(group)}
    for post in group.posts:
        if post.body is None:
            out.add(("role", post.role))
            continue
        out |= {("body", post.body.name), ("role", post.role)} if not post.body.key else {("body", post.body.key)}
        if not post.province:
            out |= {("kind", post.body.type)}
    return out


def _group(mention: Mention) -> _Group:
    current: dict[Held, list[str]] = {}
    for post in mention.posts:
        if not post.former:
            current[post_of(post)] = [mention.day] if mention.day else []
    homes = Counter([mention.province] if mention.province else [])
    return _Group([mention], Counter(post_of(p) for p in mention.posts), current, homes)


def post_of(post: Held) -> Held:
    """A post without what is the mention's own (offsets, wording, dates), so that equal posts of articles are equal."""
    return Held(
        post.key,
        post.role,
        None,
        post.body,
        post.province,
        post.level,
        False,
        False,
        post.holders,
        0,
        0,
    )


def _by_post(key: str, groups: list[_Group]) -> list[_Group]:
    """Groups that share a post whose body is known are one, where the name is rare enough for that."""
    holder: dict[str, _Group] = {}
    out: list[_Group] = []
    moved: dict[int, _Group] = {}

    def root(group: _Group) -> _Group:
        while id(group) in moved:
            group = moved[id(group)]
        return group

    for group in groups:
        own = group
        for post in sorted(group.posts, key=lambda p: p.key):
            if post.body is None or post.body.key is None:
                continue
            other = holder.get(post.key)
            if other is not None and (there := root(other)) is not own:
                relation = evidence.relate(post, post)
                score = evidence.weight(key, relation, bool(_provinces(there) & _provinces(own)))
                if evidence.confidence(score) >= THRESHOLD:
                    _merge(there, own, score, f"{relation.id}: {post.key}")
                    moved[id(own)] = there
                    own = there
            holder[post.key] = own
        if own is group:
            out.append(group)
    return [g for g in out if id(g) not in moved]


def score(key: str, one: Mention, other: Mention) -> tuple[float, str]:
    """Log odds that two mentions of the name `key` are one person, and the relation that says so."""
    return _score(key, _group(one), _group(other))


def _score(key: str, a: _Group, b: _Group) -> tuple[float, str]:
    """Log odds that two groups of one name are one person, and the relation that says so."""
    at_home = bool(_provinces(a) & _provinces(b))
    nothing = (evidence.weight(key, evidence.NAME, at_home), evidence.NAME.id)
    best, why, clash = -math.inf, "", False
    for one in _foremost(a.posts):
        for other in _foremost(b.posts):
            relation = evidence.relate(one, other)
            score = evidence.weight(key, relation, at_home)
            clash = clash or (relation.moved and _at_once(one, other, a, b))
            if score > best:
                best, why = score, f"{relation.id}: {one.key} – {other.key}"
    if best == -math.inf:
        best, why = nothing
    return best - (_PENALTY if clash else 0.0), why


def _at_once(one: Held, other: Held, a: _Group, b: _Group) -> bool:
    """Whether posts of two places are held at the same time, as far as the days of the articles tell."""
    if one.province == other.province or "central" in (one.level, other.level):
        return False
    if one not in a.current or other not in b.current:
        return False
    days = evidence.gap(a.current[one], b.current[other])
    return days is not None and days <= evidence.SOON


def _provinces(group: _Group) -> set[str]:
    """Provinces of a group's articles and posts."""
    return {*group.homes, *(p.province for p in group.posts if p.province)}


def _foremost(posts: Counter[Held]) -> list[Held]:
    return sorted(posts, key=lambda p: (-posts[p], p.key))[:_COMPARED]


def _merge(into: _Group, other: _Group, score: float, why: str) -> None:
    """Join two groups; the smaller one's mentions are linked by this relation."""
    sure = evidence.confidence(score)
    small = other if len(other.mentions) <= len(into.mentions) else into
    for mention in small.mentions:
        old = small.links.get(place(mention))
        if old is None or old.confidence > sure:
            small.links[place(mention)] = Link(sure, why)
    for mention in (into if small is other else other).mentions:
        (into if small is other else other).links.setdefault(place(mention), Link(sure, why))
    into.mentions += other.mentions
    into.posts += other.posts
    for post, days in other.current.items():
        into.current[post] = sorted({*into.current.get(post, ()), *days})
    into.homes += other.homes
    into.links |= other.links
    into.weakest = min(into.weakest, other.weakest, sure)


def _variants(groups: list[_Group]) -> list[_Group]:
    """Groups of near names that hold the same post are one where the names are rare enough: Mẫn and Mẩn, both Giám đốc."""
    by_post: dict[str, list[tuple[_Group, Held]]] = defaultdict(list)
    for group in groups:
        for post in group.posts:
            if post.body and post.body.key:
                by_post[post.key].append((group, post))
    into: dict[int, _Group] = {}
    for key in sorted(by_post):
        holders = sorted(by_post[key], key=lambda h: (-len(h[0].mentions), h[0].first))
        for at, (group, post) in enumerate(holders):
            for other, _ in holders[at + 1 : at + 1 + _COMPARED]:
                if id(group) in into or id(other) in into or group is other:
                    continue
                _join_near(group, other, post, into)
    return [g for g in groups if id(g) not in into]


def _join_near(group: _Group, other: _Group, post: Held, into: dict[int, _Group]) -> None:
    one, two = group.mentions[0].key, other.mentions[0].key
    if one == two or not near(one, two):
        return
    relation = evidence.relate(post, post)
    score = evidence.weight_near(one, two, relation, bool(_provinces(group) & _provinces(other)))
    if evidence.confidence(score) >= THRESHOLD:
        _merge(group, other, score, f"near name, {relation.id}: {post.key}")
        into[id(other)] = group


def _persons(groups: list[_Group], known: Mapping[Place, str]) -> list[Person]:
    ids = _ids(groups, known)
    out = [
        Person(
            ids[at],
            _usual_name(group),
            sorted(group.mentions, key=place),
            {place(m): group.links.get(place(m), Link(1.0, "only mention")) for m in group.mentions},
            group.weakest,
        )
        for at, group in enumerate(groups)
    ]
    same: dict[str, list[Person]] = defaultdict(list)
    for person in out:
        for key in {m.key for m in person.mentions}:
            same[key].append(person)
    for persons in same.values():
        for person in persons:
            person.homonyms = sorted({*person.homonyms, *(p.id for p in persons if p is not person)})
    return sorted(out, key=lambda p: p.id)


def _usual_name(group: _Group) -> str:
    names = Counter(m.name for m in group.mentions)
    return min(names, key=lambda n: (n.isupper(), -names[n], n))


def _ids(groups: Sequence[_Group], known: Mapping[Place, str]) -> list[str]:
    """An id for each group: the known one that most of its mentions had, else one of its name and first mention."""
    wishes: list[tuple[int, str, int]] = []
    for at, group in enumerate(groups):
        votes = Counter(known[p] for m in group.mentions if (p := place(m)) in known)
        wishes += [(-count, wish, at) for wish, count in votes.items()]
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for _, wish, at in sorted(wishes):
        if at not in ids and wish not in taken:
            ids[at] = wish
            taken.add(wish)
    taken |= set(known.values())
    for at in sorted(set(range(len(groups))) - set(ids), key=lambda g: groups[g].first):
        ids[at] = _new_id(groups[at], taken)
        taken.add(ids[at])
    return [ids[at] for at in range(len(groups))]


def _new_id(group: _Group, taken: set[str]) -> str:
    slug = "-".join(unaccent(group.mentions[0].key).split())
    article, number = group.first
    digest = hashlib.sha256(f"{article}\0{number}".encode()).hexdigest()
    size = 6
    while f"{slug}-{digest[:size]}" in taken:
        size += 1
    return f"{slug}-{digest[:size]}"
