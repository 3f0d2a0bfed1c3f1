"""Bodies that the text names beside or before a post: what "Huyện ủy", "Đảng ủy" or a bare "Phó Chỉ huy trưởng" are of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from extractor.fields.officials.body_ways import LEVEL, given_before, given_beside, may_complete, named, own_kind
from extractor.fields.officials.chains import chains, filled
from extractor.fields.officials.context import told_at_once
from extractor.fields.officials.foreign import abroad
from extractor.fields.officials.name_forms import native
from extractor.fields.officials.persons import Person
from extractor.fields.officials.post_counts import post_counts
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.roles import base, standing_role
from extractor.fields.officials.rows import key, unit_of_first_word
from extractor.fields.officials.scene import Scene, kind
from extractor.fields.officials.weigh import Decide
from extractor.fields.officials.words import template
from extractor.places import Places
from extractor.records import Location
from extractor.rules.lexica import unit_words

_NEAR = 220  # characters between two posts
_LEAD = 30  # characters before a body that say that someone is moved to it
_POSTED = template(r"(?r)(?<!\p{L}){posted-to}[ ]$")
_MENTIONED = 260  # characters from a body to the post that it completes


@dataclass(slots=True)
class Option:
    """A body that a post may have, with the evidence for it."""

    body: str | None
    features: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Source:
    """A body that completes a post: `how` it does, `where` it stands, the `head` of what it comes from."""

    body: str
    how: str
    where: str
    head: str


class Completer:
    """Finds what may complete the posts of one article."""

    def __init__(self, scene: Scene, places: Places, owners: Mapping[int, set[str]], reader: PostReader) -> None:
        self.scene = scene
        self.reader = reader
        self.owners = owners  # keys of the holders by where a post begins
        self._units: dict[str | None, list[Location]] = defaultdict(
            list
        )  # places with a code by their type, in text order
        for place in sorted((x for x in places.locations if x.code), key=lambda x: x.start):
            self._units[place.type].append(place)
        self.own = set(places.home.values())

    def options(self, at: int, given: Post) -> list[Option]:
        """Bodies for post `at`; the first is its own. `given` is the post as the rules complete it."""
        post = self.scene.posts[at]
        lack = own_kind(post)
        if lack is None:
            return []
        own = f"{lack}/{key(post.body) if post.body else post.rule}"
        found: dict[str | None, Option] = {
            post.body: Option(post.body, ["co.keep", f"co.keep/{lack}", f"co.keep/{own}"])
        }
        if given.body != post.body:
            option = found.setdefault(given.body, Option(given.body))
            option.features += ["co.rule", f"co.rule/{lack}", f"co.rule/{own}"]
        for source in self._completing(at, post, lack):
            option = found.setdefault(source.body, Option(source.body))
            if source.body != post.body:
                usual = post_counts().fits(base(post.role), _head_of(source.body))
                option.features += _features(source, usual, lack, own)
        if len(found) == 1:
            return []
        out = list(found.values())
        home = all(native(name) for name in self.owners.get(post.start, ()))
        for option in out:
            option.features = list(dict.fromkeys(option.features))
            option.features.append(f"co.abroad:{home}/{abroad(option.body)}/{option.body == post.body}")
        return out

    def _completing(self, at: int, post: Post, lack: str) -> Iterator[Source]:
        """Every way to complete a post, but for bodies that cannot stand for its bare head."""
        for source in self._sources(at, post, lack):
            if lack != "head" or may_complete(key(post.body or ""), key(source.body)):
                yield source

    def _sources(self, at: int, post: Post, lack: str) -> Iterator[Source]:
        """Every way to complete a post."""
        match = LEVEL.search(key(post.body or ""))
        level = match.group(1) if match else None
        for other, where in self._neighbours(at):
            yield from _of_neighbour(post, other, where, lack, level)
        for body, where in self._mentioned(post):
            yield from _of_mention(post, body, where, lack)
        if lack != "none":
            yield from self._again(at, post)
        if level:
            for place, where in self._places(post, level):
                yield Source(f"{post.body} {place.name}", "place", where, place.level)

    def _again(self, at: int, post: Post) -> Iterator[Source]:
        """The fuller wordings of a body in the last post before that has one, and in the next one."""
        low, posts = f"{key(post.body or '')} ", self.scene.posts
        earlier = _longer(posts[max(0, at - 40) : at], low)
        if earlier:
            yield Source(earlier[-1], "same", "back", "-")
        later = _longer(posts[at + 1 : at + 15], low)
        if later:
            yield Source(later[0], "same", "ahead", "-")

    def _mentioned(self, post: Post) -> Iterator[tuple[str, str]]:
        """Bodies of no post before a post in its sentence, the nearest first: "… về công tác tại Sở A, giữ chức Phó Giám đốc"."""
        scene = self.scene
        sentence = scene.reading.sentence_at(post.start)[0]
        begin = max(scene.reading.line_at(post.start).start, post.start - _MENTIONED)
        held = [scene.posts[i] for i in scene.posts_between(max(0, begin - _NEAR), post.start)]
        found = [
            (start, body)
            for start, body, _ in self.reader.bodies.named(begin, post.start)
            if not any(q.start <= start < q.end for q in held)
        ]
        for order, (start, body) in enumerate(reversed(found[-3:])):
            names = min(2, len(scene.names_between(start, post.start)))
            where = "" if start >= sentence else "s"
            lead = (
                "posted" if _POSTED.search(scene.folded, max(begin, start - _LEAD), start) else scene.before(start, 1)
            )
            yield body, f"{order}{where}n{names}/{lead}"

    def _neighbours(self, at: int) -> Iterator[tuple[Post, str]]:
        """Posts with a body around post `at` in its line, and where they stand."""
        for step in (1, -1):
            for count in (1, 2, 3):
                other = self._neighbour(at, step * count)
                if other is None:
                    break
                if other.body is not None and (own_kind(other) != "head" or _paired(self.scene.posts[at], other)):
                    yield other, self._relation(self.scene.posts[at], other, step, count)

    def _neighbour(self, at: int, step: int) -> Post | None:
        """The post `step` posts on, where it is near and in the same line."""
        scene, post = self.scene, self.scene.posts[at]
        if not 0 <= at + step < len(scene.posts):
            return None
        other, line = scene.posts[at + step], scene.reading.line_at(post.start)
        gap = other.start - post.end if step > 0 else post.start - other.end
        return other if gap <= _NEAR and line.start <= other.start < line.end else None

    def _relation(self, post: Post, other: Post, step: int, count: int) -> str:
        """Where another post stands: its side and order, what is between, whether one person holds both."""
        begin, end = (post.end, other.start) if step > 0 else (other.end, post.start)
        shared = bool(self.owners.get(post.start, set()) & self.owners.get(other.start, set()))
        names = len(self.scene.names_between(begin, end))
        gap = kind(self.scene.folded[begin:end]) if not names and count == 1 else f"n{min(2, names)}"
        return f"{'+' if step > 0 else '-'}{count}/{gap}/{shared}"

    def _places(self, post: Post, level: str) -> Iterator[tuple[Location, str]]:
        """Places of a level around a post, and where they stand."""
        line = self.scene.reading.line_at(post.start)
        start, end = self.scene.reading.sentence_at(post.start)
        unit = unit_words().get(unit_of_first_word().get(level, level))
        fits = self._units.get(unit.type, []) if unit is not None else []  # a user's rows may know no such unit
        before = [x for x in fits if x.end <= post.start]
        if before:
            yield self._last(before, line.start, start)
        after = _first_from(fits, post.end)
        if after is not None and after.start < line.end:
            yield after, f"after/{'sentence' if after.start < end else 'line'}"
        if (first := _first_from(before, line.start)) is not None:
            yield first, "first/line"
        if len({x.code for x in fits}) == 1 and fits[0].start < line.end:
            yield fits[0], "only"

    def _last(self, before: Sequence[Location], line: int, sentence: int) -> tuple[Location, str]:
        """The last place, and where it stands; of those in other paragraphs the article's own comes first."""
        last = before[-1]
        if last.start < line:
            last = next((x for x in reversed(before) if x.code in self.own), last)
        return last, "before/" + ("sentence" if last.start >= sentence else "line" if last.start >= line else "page")


def _first_from(places: Sequence[Location], at: int) -> Location | None:
    """The first of the places, in order, that begins at or behind an offset."""
    number = bisect_left(places, at, key=lambda x: x.start)
    return places[number] if number < len(places) else None


def _head_of(body: str) -> str:
    return " ".join(key(body).split(" ")[:2])


def _paired(post: Post, other: Post) -> bool:
    """Whether a public body is the deputy's and the head's: "Tổng Giám đốc Đài …; các Phó Tổng Giám đốc"."""
    return bool(other.public) and base(other.role) == base(post.role)


def _of_neighbour(post: Post, other: Post, where: str, lack: str, level: str | None) -> Iterator[Source]:
    """The ways in which the body of a post beside completes a post."""
    body = other.body or ""
    if lack == "none" and _paired(post, other):
        yield Source(body, "pair", where, _head_of(body))
    if level and (name := named(body, level)):
        yield Source(f"{post.body} {name}", "place", where, _head_of(body))
    for found, how in given_beside(post, body, lack):
        yield Source(found, how, where, _head_of(found if how in ("above", "parent") else body))


def _of_mention(post: Post, body: str, where: str, lack: str) -> Iterator[Source]:
    """The ways in which a body that is named before a post completes it."""
    for found, how in given_before(post, body, lack):
        same = how == "near" and lack == "head"
        yield Source(found, how, where, "same" if same else _head_of(body))


def _longer(posts: Sequence[Post], low: str) -> list[str]:
    """Bodies of posts that go on behind the folded words of another one."""
    return [q.body for q in posts if q.body and key(q.body).startswith(low)]


def _features(source: Source, usual: str, lack: str, own: str) -> list[str]:
    """The evidence for a body from a source."""
    where, _, between = source.where.partition("/")
    op, head = source.how, source.head
    return [
        f"co.usual:{usual}",
        f"co.usual:{usual}/{lack}",
        f"co.usual:{usual}/{lack}/{op}",
        f"co.usual:{usual}/{where}",
        f"co.op:{op}",
        f"co.own:{op}/{own}",
        f"co.at:{op}/{where}",
        f"co.at:{op}/{where}/{own}",
        f"co.rel:{op}/{source.where}",
        f"co.how:{op}/{between}",
        f"co.src:{op}/{own}/{head}",
        f"co.head:{op}/{lack}/{head}",
        f"co.all:{op}/{lack}/{head}/{where}",
        f"co.exact:{op}/{own}/{head}/{where}",
    ]


def complete_posts(
    scene: Scene,
    places: Places,
    people: Sequence[Person],
    written: Sequence[Sequence[Post]],
    decide: Decide,
    reader: PostReader,
) -> None:
    """Give the posts of persons the bodies that the text names around them. `written` are their posts as written."""
    holders: dict[int, set[str]] = {}
    for person, posts in zip(people, written, strict=True):
        for post in posts:
            holders.setdefault(post.start, set()).add(person.key)
    index = {post.start: at for at, post in enumerate(scene.posts)}
    completer = Completer(scene, places, holders, reader)
    rules = _chained(scene)
    for person, posts in zip(people, written, strict=True):
        for number, (post, told) in enumerate(zip(posts, _told_in_full(posts), strict=True)):
            at, given = index.get(post.start), person.posts[number]
            if at is None or told:
                continue
            if post.body is None and given.body and _told_at_once(scene, reader, person, post) == given.body:
                continue
            if given.body == post.body:
                given = rules.get(post.start, given)
            if options := completer.options(at, given):
                person.posts[number] = _decided(person, post, given, options, decide)


def _told_at_once(scene: Scene, reader: PostReader, person: Person, post: Post) -> str | None:
    """The body that a bare post's signature or the words behind its name tell, which nothing has to be weighed with."""
    return told_at_once(scene.reading, reader, sorted(person.names, key=lambda n: n.end), post).body


def _decided(person: Person, post: Post, given: Post, options: Sequence[Option], decide: Decide) -> Post:
    """A post with the body that is decided on. `given` is the post as the rules complete it."""
    best = options[decide.body([o.features for o in options], post, [o.body for o in options], person)]
    kept = given if best.body == given.body else post
    odds = (*post.odds, ("body", decide.probability)) if post.odds else ()
    return replace(kept, body=best.body, public=True if best.body else given.public, odds=odds)


def _told_in_full(posts: Sequence[Post]) -> list[bool]:
    """For each post of a person whether another is the same one with more of its body, former or not."""
    known: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        known[standing_role(post.role)].add(key(post.body or ""))
    bodies = {role: sorted(keys) for role, keys in known.items()}
    return [_goes_on(key(post.body or ""), bodies[standing_role(post.role)]) for post in posts]


def _goes_on(body: str, bodies: Sequence[str]) -> bool:
    """Whether one of the sorted bodies says more than this one, or anything where this one is empty."""
    if not body:
        return bool(bodies[-1])
    at = bisect_left(bodies, f"{body} ")
    return at < len(bodies) and bodies[at].startswith(f"{body} ")


def _chained(scene: Scene) -> dict[int, Post]:
    """Posts that the rules complete from their chain, by where they begin."""
    out: dict[int, Post] = {}
    for chain in chains(scene.reading, scene.posts, scene.names):
        before = list(chain.posts)
        filled(chain)
        out |= {new.start: new for old, new in zip(before, chain.posts, strict=True) if new != old}
    return out
