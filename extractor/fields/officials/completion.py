"""Bodies that the text names beside or before a post: what "Huyện ủy", "Đảng ủy" or a bare "Phó Chỉ huy trưởng" are of."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from extractor.compiled import compiled
from extractor.fields.officials.chains import chains, filled
from extractor.fields.officials.context import FAMILIES, base
from extractor.fields.officials.persons import Person
from extractor.fields.officials.post_counts import post_counts
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.resolve import LEVEL_OF_HEAD
from extractor.fields.officials.rows import RoleRow, key, lexicon
from extractor.fields.officials.scene import Scene, kind
from extractor.fields.officials.weigh import Decide
from extractor.places import Places
from extractor.records import Location
from extractor.rules import cache

_NEAR = 220  # characters between two posts
_NATIONAL = 8  # rank of the nation's bodies
_MENTIONED = 260  # characters from a body to the post that it completes
_LEVEL = compiled(r"(?:^|(?<=\s))(tỉnh|huyện|quận|thành|thị|xã|phường|thành phố|thị xã|thị trấn)(?: ủy| đoàn)?$")
_NAMED = r"(?:^|(?<=\s)){}(?: ủy| đoàn)? (\p{{Lu}}[^,(]*)"
# The unit that a level word stands for, by the type of a place.
_TYPES = {
    "tỉnh": "Tỉnh", "huyện": "Huyện", "quận": "Quận", "thị": "Thị xã", "thị xã": "Thị xã", "thành": "Thành phố",
    "thành phố": "Thành phố", "xã": "Xã", "phường": "Phường", "thị trấn": "Thị trấn",
}  # fmt: skip
_USUAL = ("3", "4")  # how often a role is in a body: in one post of twenty, or more
_WORDS = {"thành": "thành(?: phố)?", "thị": "thị(?: xã)?"}
_STANDING = compiled(r"^(?:nguyên|cựu|quyền) ")
_CAPITAL = compiled(r"(?<=\s)(?=\p{Lu})")
_APPENDED = frozenset(
    (
        "đảng ủy",
        "đảng bộ",
        "chi bộ",
        "đảng đoàn",
        "ban cán sự đảng",
        "đoàn chủ tịch",
        "công đoàn",
        "ban thường vụ",
        "ban chấp hành",
    )
)


@dataclass(slots=True)
class Option:
    """A body that a post may have, with the evidence for it."""

    body: str | None
    features: list[str] = field(default_factory=list)


def own_kind(post: Post) -> str | None:
    """What the body of a post lacks: `none` (there is no body), `level` (a unit without its name), `head` (but a head),
    `host` (a committee within a body that is but a head: "Đảng ủy Bộ")."""
    if post.body is None:
        return "none"
    low = key(post.body)
    if _LEVEL.search(low):
        return "level"
    if low in lexicon().bodies:
        return "head"
    return "host" if _host(low) else None


def _host(low: str) -> str | None:
    """The bare head in which a committee is: "bộ" of "đảng ủy bộ"."""
    committee = next((c for c in _APPENDED if low.startswith(f"{c} ")), None)
    host = low[len(committee) + 1 :] if committee else None
    row = lexicon().bodies.get(host) if host else None
    return host if row is not None and row.complement in ("topic", "any") else None


class Completer:
    """Finds what may complete the posts of one article."""

    def __init__(self, scene: Scene, places: Places, owners: Mapping[int, set[str]], reader: PostReader) -> None:
        self.scene = scene
        self.reader = reader
        self.owners = owners  # keys of the holders by where a post begins
        self.located = sorted((x for x in places.locations if x.code), key=lambda x: x.start)
        self.own = set(places.home.values())

    def options(self, at: int, given: Post) -> list[Option]:
        """Bodies for post `at`; the first is its own. `given` is the post as the rules complete it."""
        post = self.scene.posts[at]
        lack = own_kind(post)
        if lack is None:
            return []
        word = key(post.body) if post.body else post.rule
        own = f"{lack}/{word}"
        role = base(post.role)
        found: dict[str | None, Option] = {
            post.body: Option(post.body, ["co.keep", f"co.keep/{lack}", f"co.keep/{own}"])
        }
        if given.body != post.body:
            option = found.setdefault(given.body, Option(given.body))
            option.features += ["co.rule", f"co.rule/{lack}", f"co.rule/{own}"]
        for body, op, rel, source in self._sources(at, post, lack):
            if lack == "head" and not _may_complete(key(post.body or ""), key(body)):
                continue
            option = found.setdefault(body, Option(body))
            if body != post.body:
                where, _, how = rel.partition("/")
                usual = post_counts().fits(role, self._head_of(body))
                option.features += [
                    f"co.usual:{usual}",
                    f"co.usual:{usual}/{lack}",
                    f"co.usual:{usual}/{lack}/{op}",
                    f"co.usual:{usual}/{where}",
                    f"co.op:{op}",
                    f"co.own:{op}/{own}",
                    f"co.at:{op}/{where}",
                    f"co.at:{op}/{where}/{own}",
                    f"co.rel:{op}/{rel}",
                    f"co.how:{op}/{how}",
                    f"co.src:{op}/{own}/{source}",
                    f"co.head:{op}/{lack}/{source}",
                    f"co.all:{op}/{lack}/{source}/{where}",
                    f"co.exact:{op}/{own}/{source}/{where}",
                ]
        if len(found) == 1:
            return []
        out = list(found.values())
        for option in out:
            option.features = list(dict.fromkeys(option.features))
        return out

    def _sources(self, at: int, post: Post, lack: str) -> Iterator[tuple[str, str, str, str]]:
        """(body, how, from where, whose) of every way to complete a post."""
        match = _LEVEL.search(key(post.body or ""))
        level = match.group(1) if match else None
        for other, rel in self._neighbours(at):
            body = other.body or ""
            if level and (name := named(body, level)):
                yield f"{post.body} {name}", "place", rel, self._head_of(body)
            for found, op in _beside(post, body, lack):
                told = found if op in ("above", "parent") else body
                yield found, op, rel, self._head_of(told)
        for body, rel in self._mentioned(post):
            for found, op in _before(post, body, lack):
                yield found, op, rel, "same" if op == "near" and lack == "head" else self._head_of(body)
        if lack != "none":
            yield from self._again(at, post)
        if level:
            for place, rel in self._places(post, level):
                yield f"{post.body} {place.name}", "place", rel, place.level

    def _again(self, at: int, post: Post) -> Iterator[tuple[str, str, str, str]]:
        """The fuller wordings of a body in the last post before that has one, and in the next one."""
        low, posts = f"{key(post.body or '')} ", self.scene.posts
        earlier = [q for q in posts[max(0, at - 40) : at] if q.body and key(q.body).startswith(low)]
        if earlier:
            yield earlier[-1].body or "", "same", "back", "-"
        later = [q for q in posts[at + 1 : at + 15] if q.body and key(q.body).startswith(low)]
        if later:
            yield later[0].body or "", "same", "ahead", "-"

    @staticmethod
    def _head_of(body: str) -> str:
        return " ".join(key(body).split(" ")[:2])

    def _mentioned(self, post: Post) -> Iterator[tuple[str, str]]:
        """Bodies of no post before a post in its sentence, the nearest first: "… về công tác tại Sở A, giữ chức Phó Giám đốc"."""
        scene = self.scene
        sentence = scene.reading.sentence_at(post.start)[0]
        begin = max(scene.reading.line_at(post.start).start, post.start - _MENTIONED)
        held = [scene.posts[i] for i in scene.posts_between(max(0, begin - _NEAR), post.start)]
        found = [
            (start, body)
            for start, body, _ in self.reader.bodies(begin, post.start)
            if not any(q.start <= start < q.end for q in held)
        ]
        for order, (start, body) in enumerate(reversed(found[-3:])):
            names = min(2, len(scene.names_between(start, post.start)))
            where = "" if start >= sentence else "s"
            yield body, f"{order}{where}n{names}/{scene.before(start, 1)}"

    def _neighbours(self, at: int) -> Iterator[tuple[Post, str]]:
        """Posts with a body around post `at` in its line, and where they stand."""
        scene, post = self.scene, self.scene.posts[at]
        line = scene.reading.line_at(post.start)
        mine = self.owners.get(post.start, set())
        for step in (1, -1):
            for count in (1, 2, 3):
                number = at + step * count
                if not 0 <= number < len(scene.posts):
                    break
                other = scene.posts[number]
                begin, end = (post.end, other.start) if step > 0 else (other.end, post.start)
                if end - begin > _NEAR or not line.start <= other.start < line.end:
                    break
                if other.body is None or own_kind(other) == "head":
                    continue
                shared = bool(mine & self.owners.get(other.start, set()))
                names = len(scene.names_between(begin, end))
                gap = kind(scene.folded[begin:end]) if not names and count == 1 else f"n{min(2, names)}"
                yield other, f"{'+' if step > 0 else '-'}{count}/{gap}/{shared}"

    def _places(self, post: Post, level: str) -> Iterator[tuple[Location, str]]:
        """Places of a level around a post, and where they stand."""
        line = self.scene.reading.line_at(post.start)
        start, end = self.scene.reading.sentence_at(post.start)
        fits = [x for x in self.located if x.type == _TYPES[level]]
        before = [x for x in fits if x.end <= post.start]
        after = [x for x in fits if x.start >= post.end and x.start < line.end]
        if before:
            last = before[-1]
            if last.start < line.start:  # of other paragraphs' places the article's own comes first
                last = next((x for x in reversed(before) if x.code in self.own), last)
            where = "sentence" if last.start >= start else "line" if last.start >= line.start else "page"
            yield last, f"before/{where}"
        if after:
            where = "sentence" if after[0].start < end else "line"
            yield after[0], f"after/{where}"
        inside = [x for x in before if x.start >= line.start]
        if inside:
            yield inside[0], "first/line"
        codes = {x.code for x in fits}
        if len(codes) == 1 and fits and fits[0].start < line.end:
            yield fits[0], "only"


def _beside(post: Post, body: str, lack: str) -> Iterator[tuple[str, str]]:
    """Bodies that another post's body gives a post, and how."""
    own = key(post.body or "")
    if lack == "none":
        if how := fits(post, body):
            yield body, how
        if committee := _committee_of(post, body):
            yield committee, "committee"
        if upper := above(body):
            yield upper, "above"
        if parent := _parent(body):
            yield parent, "parent"
    elif lack == "host":
        if whole := _hosted(post.body or "", body):
            yield whole, "host"
    elif lack == "head":
        if own in _APPENDED:
            yield f"{post.body} {appended(body)}", "append"
        elif key(body).startswith(f"{own} "):
            yield body, "same"


def _before(post: Post, body: str, lack: str) -> Iterator[tuple[str, str]]:
    """Bodies that one named before a post, of no post, gives it, and how."""
    own = key(post.body or "")
    if lack == "none":
        if how := fits(post, body):
            yield body, "near" if how == "take" else "near?"
    elif lack == "host":
        if whole := _hosted(post.body or "", body):
            yield whole, "host"
    elif lack == "head":
        if key(body).startswith(f"{own} "):
            yield body, "near"
        elif own in _APPENDED:
            yield f"{post.body} {appended(body)}", "beside"


def _hosted(body: str, other: str) -> str | None:
    """A committee in a body that another one names in full: "Đảng ủy Bộ" beside "Thứ trưởng Bộ Y tế"."""
    host = _host(key(body))
    return f"{body[: -len(host)]}{other}" if host and key(other).startswith(f"{host} ") else None


def fits(post: Post, body: str) -> str | None:
    """Whether a bare post may be one in this body: `take` where the head is one that its role implies, `take?` where it may be
    others', None for offices complete by themselves and bodies of another head."""
    row = _rows().get(post.rule)
    if row is None or row.kind in ("public", "alone") or not body:
        return None
    if row.head:
        return "take" if body.startswith(row.head) else None
    heads = FAMILIES.get(base(post.role), ())
    return "take" if not heads or body.startswith(heads) else "take?"


def _committee_of(post: Post, body: str) -> str | None:
    """The Party committee of the unit of another body, for a role that is usual in one: "Bí thư, Chủ tịch UBND huyện Đá Mài"."""
    counts, role = post_counts(), base(post.role)
    units = [
        (body.find(name), f"{head[:1].upper()}{head[1:]} {name}")
        for head, level in LEVEL_OF_HEAD.items()
        if counts.fits(role, head) in _USUAL and (name := named(body, level))
    ]
    return min(units)[1] if units else None


def above(body: str) -> str | None:
    """The organisation that a body is part of, where its name ends with that: "Huyện ủy X" in "Ban Tổ chức Huyện ủy X"."""
    found = None
    for match in _CAPITAL.finditer(body):
        head = lexicon().body_forms.match(body.lower(), match.start())
        if head is not None and lexicon().bodies[key(head.group())].rank >= 5:
            found = found or body[match.start() :]
    return found


def _parent(body: str) -> str | None:
    """The body behind the comma: "Viện Nghiên cứu" in "Phòng Hóa học, Viện Nghiên cứu"."""
    return body.partition(", ")[2] or None


def named(body: str, level: str) -> str | None:
    """The name of the unit of a level in a body: "Kon Plông" in "Ủy ban nhân dân huyện Kon Plông"."""
    low = _WORDS.get(level, level)
    match = regex.search(_NAMED.format(f"(?i:{low})"), body)
    return match.group(1).strip() if match else None


_COMMUNE = compiled(
    r"^(?:Ủy ban nhân dân|Hội đồng nhân dân|(?:Ủy ban )?Mặt trận Tổ quốc(?: Việt Nam)?) (?=(?:xã|phường|thị trấn|đặc khu) )"
)


def appended(body: str) -> str:
    """What stands behind "Đảng ủy" for a host: the commune of its People's Committee, else the body itself."""
    return str(_COMMUNE.sub("", body))


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
            given = person.posts[number]
            if given.body == post.body:
                given = rules.get(post.start, given)
            at = index.get(post.start)
            options = completer.options(at, given) if at is not None and not told else []
            if options:
                best = options[decide.body([o.features for o in options], post, [o.body for o in options], person)]
                kept = given if best.body == given.body else post
                odds = (*post.odds, ("body", decide.probability)) if post.odds else ()
                public = True if best.body else given.public
                person.posts[number] = replace(kept, body=best.body, public=public, odds=odds)


def _may_complete(head: str, body: str) -> bool:
    """Whether a body may stand for its bare head: of a body that a nation has one of, only with a country behind it.

    The province in "Quốc hội tỉnh Sơn La" is that deputy's, not the next one's.
    """
    row = lexicon().bodies[head]
    if row.rank < _NATIONAL or row.complement not in ("none", "term") or body == head:
        return True
    return lexicon().countries.match(body, len(head) + 1) is not None


def _told_in_full(posts: Sequence[Post]) -> list[bool]:
    """For each post of a person whether another is the same one with more of its body, former or not."""
    known: dict[str, set[str]] = defaultdict(set)
    for post in posts:
        known[_now(post)].add(key(post.body or ""))
    bodies = {role: sorted(keys) for role, keys in known.items()}
    return [_goes_on(key(post.body or ""), bodies[_now(post)]) for post in posts]


def _goes_on(body: str, bodies: Sequence[str]) -> bool:
    """Whether one of the sorted bodies says more than this one, or anything where this one is empty."""
    if not body:
        return bool(bodies[-1])
    at = bisect_left(bodies, f"{body} ")
    return at < len(bodies) and bodies[at].startswith(f"{body} ")


def _now(post: Post) -> str:
    """The role without "nguyên" and "quyền", folded."""
    return str(_STANDING.sub("", key(post.role)))


def _chained(scene: Scene) -> dict[int, Post]:
    """Posts that the rules complete from their chain, by where they begin."""
    out: dict[int, Post] = {}
    for chain in chains(scene.reading, scene.posts, scene.names):
        before = list(chain.posts)
        filled(chain)
        out |= {new.start: new for old, new in zip(before, chain.posts, strict=True) if new != old}
    return out


@cache
def _rows() -> dict[str, RoleRow]:
    return {row.id: row for row in lexicon().roles.values()}
