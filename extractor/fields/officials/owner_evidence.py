"""The evidence for whose a post is, as named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

import regex

from extractor.fields.officials.careers import career_features, stages
from extractor.fields.officials.collector import Name
from extractor.fields.officials.evidence import level
from extractor.fields.officials.links import links
from extractor.fields.officials.posts import Post
from extractor.fields.officials.scene import Scene, kind, shape
from extractor.fields.officials.words import forms, template

_CLAUSE = 600  # characters of a sentence around a post
_SOON = 45  # characters from a post to the subject that takes it up
_WORDS = regex.compile(r"\p{L}+|[;:()]")
_STAGE = template(r"{from}[ ][nt]|{year}[ ]|{month}|\d")  # "Từ năm 2010 …", "Năm 2010, …", "Tháng 5/2010 …"
IN_A_LINE = 200  # names before a post in its line that are counted


@dataclass(frozen=True, slots=True)
class Before:
    """The decision on the post before: the key of its owner, the kind of gap to it, whom every name means."""

    key: str | None
    gap: str
    keys: Sequence[str]
    density: str  # how many posts the article has
    held: Mapping[str, Sequence[str]]  # the roles that each person has so far
    roles: Set[str]  # the roles that anybody has so far
    line: str  # how many persons the line names before the post


@dataclass(frozen=True, slots=True)
class _Pair:
    """A post and a name: whether the name stands on the left, the gap with its pieces, what the pieces at the name (`near`) and
    at the post (`own`) do, how many names and posts stand between (3 at most), whether none does (`alone`)."""

    post: Post
    name: Name
    left: bool
    gap: str
    pieces: list[str]
    near: str
    own: str
    names: int
    posts: int
    alone: bool

    @property
    def side(self) -> str:
        """The side of the post on which the name stands."""
        return "L" if self.left else "R"

    @property
    def place(self) -> str:
        """The side with the numbers of names and posts between."""
        return f"{self.side}{self.names}{self.posts}"


def nothing_features(own: Sequence[str], rule: str, before: Before, role: str, told: str) -> list[str]:
    """Why a post should be nobody's. `told` is how its sentence brings it to someone (see `Owners.told`)."""
    owner = "none" if before.key is None else "some"
    return [
        "no",
        f"no/told:{told}",
        f"no/told:{told}/{rule}",
        f"no/told:{told}/{owner}",
        f"no/rule:{rule}/{before.density}",
        f"no/after:{owner}/{before.gap}",
        f"no/after:{owner}",
        f"no/rule:{rule}",
        f"no/rule:{rule}/{own[0]}",
        f"no/line:{before.line}",
        f"no/line:{before.line}/{rule}",
        f"no/again:{role in before.roles}",
        f"no/again:{role in before.roles}/{rule}",
        *(f"no/{f}" for f in own),
    ]


def _opening(scene: Scene) -> str:
    """What comes first where names and posts have lines of their own: the name or the post."""
    lines = scene.reading.line_at
    for name in scene.names:
        line = lines(name.start)
        if line.end - line.start < len(name.text) + 14:
            post = next(
                (p for p in scene.posts if lines(p.start).end - lines(p.start).start < p.end - p.start + 14), None
            )
            return "none" if post is None else "name" if name.start < post.start else "post"
    return "none"


class Owners:
    """Features of pairs of a post and a name."""

    def __init__(self, scene: Scene, sure: dict[int, tuple[float, str]], main: str | None) -> None:
        self.scene = scene
        self.sure = sure  # the chain's confidence and its answer to "official or not", by name
        self.main = main  # key of the person that the article is about
        self.served: dict[int, str] = {}
        self._neighbours: dict[int, tuple[str, str]] = {}
        self._following: dict[int, str] = {}  # by the end of a post
        self.opening = _opening(scene)
        self.stages = stages(scene)

    def official(self, number: int) -> bool:
        """Whether the chain takes a name for an official's and is sure of it."""
        confidence, answer = self.sure.get(number, (0.0, "-"))
        return answer == "official" and confidence >= 0.9

    def neighbours(self, number: int) -> tuple[str, str]:
        """What stands right before and right after a name: the kind of gap to the next post or name."""
        if number not in self._neighbours:
            scene, name = self.scene, self.scene.names[number]
            before = after = "-"
            at = list(scene.posts_between(max(0, name.lead - 250), name.lead))
            other = number - 1
            if at and (other < 0 or scene.names[other].end <= scene.posts[at[-1]].start):
                before = "P" + kind(scene.folded[scene.posts[at[-1]].end : name.lead])
            elif other >= 0:
                before = "N" + kind(scene.folded[scene.names[other].end : max(name.lead, scene.names[other].end)])
            ahead = scene.posts_between(name.end, name.end + 200)
            next_name = number + 1
            if ahead and (next_name >= len(scene.names) or scene.posts[ahead[0]].start < scene.names[next_name].start):
                after = "P" + kind(scene.folded[name.end : scene.posts[ahead[0]].start])
            elif next_name < len(scene.names):
                after = "N" + kind(scene.folded[name.end : max(name.end, scene.names[next_name].lead)])
            self._neighbours[number] = before, after
        return self._neighbours[number]

    def told(self, at: int) -> str:
        """How the sentence of post `at` brings it to someone: the words before it, a subject before or behind it, a name."""
        scene, post = self.scene, self.scene.posts[at]
        start, end = scene.reading.sentence_at(post.start)
        start, end = max(start, post.start - _CLAUSE), min(end, post.end + _CLAUSE)
        begin = max(start, scene.posts[at - 1].end if at else 0)
        cue = links().opening.search(scene.reading, begin, post.start) is not None
        subject = links().subject.search(scene.reading, start, post.start) is not None
        named = bool(scene.names_between(start, post.start)) + 2 * bool(scene.names_between(post.end, end))
        return f"{cue:d}{subject:d}{self.follows(post)}{named}"

    def follows(self, post: Post) -> str:
        """The subject that follows a post and takes it up, "-" where none does: "Với cương vị Bí thư Khu ủy, ông …"."""
        if post.end not in self._following:
            self._following[post.end] = self._follows(post)
        return self._following[post.end]

    def _follows(self, post: Post) -> str:
        scene = self.scene
        found = links().subject.search(
            scene.reading, post.end, min(post.end + _SOON, scene.reading.sentence_at(post.start)[1])
        )
        if found is None or not scene.text[found.end() : found.end() + 1].islower():
            return "-"
        return "," if scene.folded[post.end : found.start()].strip() == "," else "+"

    def _across(self, at: int, left: bool) -> str:
        """The kind of gap to the nearest name on the other side, where no post stands between and it is near."""
        scene, post = self.scene, self.scene.posts[at]
        number = scene.name_at(post.start) + (1 if left else 0)
        if not 0 <= number < len(scene.names):
            return "-"
        name = scene.names[number]
        begin, end = (post.end, name.lead) if left else (name.end, post.start)
        if end - begin > 120 or end < begin or scene.posts_between(begin, end):
            return "-"
        return kind(scene.folded[begin:end])

    def features(self, at: int, number: int, rule: str, other: str, before: Before) -> list[str]:
        """The features of post `at` as that of name `number`. `rule`: what the rules say of the pair; `other`: of the rest.

        `before` is the decision on the post before.
        """
        pair = self._pair(at, number)
        post, name, side, place = pair.post, pair.name, pair.side, pair.place
        out = self._between(pair, at, number, rule, other, before)
        out += self._inside(pair)
        owner = "none" if before.key is None else "same" if before.key == before.keys[number] else "other"
        out += [f"after:{owner}/{before.gap}", f"after:{owner}/{before.gap}/{place}", f"after:{owner}/{side}"]
        out += self._words(post, pair.pieces, side, place)
        out += self._held(post, before, number, place, pair.near)
        out += self._paragraph(post, before, number, place)
        taken: list[str] = []
        if pair.left:
            taken = self._taken_up(post, name, pair.gap, pair.names)
            out += self._followed(pair)
        far = "taken" if any(f.startswith("subject:") for f in taken) else side
        out += [*taken, f"far:{far}/{min(8, len(pair.gap) // 25)}"]
        out += career_features(self.stages[at], number, side)
        if "\n" in pair.gap:
            out += self._lines(post, name, pair.gap, side)
        return out

    def _pair(self, at: int, number: int) -> _Pair:
        """Post `at` and name `number`, and what stands between them."""
        scene, post, name = self.scene, self.scene.posts[at], self.scene.names[number]
        left = name.end <= post.start
        begin, end = (name.end, post.start) if left else (post.end, max(post.end, name.lead))
        over: Sequence[int] = scene.names_between(*((name.end, post.start) if left else (post.end, name.start)))
        if left and not self._aside(number, post):  # "Ông A (con ông B) làm …": nobody between
            over = [i for i in over if not self._aside(i, post)]
        through = scene.posts_between(begin, end)
        pieces = scene.pieces(begin, end, through, over)
        first, last = (pieces[0], pieces[-1]) if left else (pieces[-1], pieces[0])  # at the name, at the post
        alone = not through and not over
        return _Pair(
            post, name, left, scene.folded[begin:end], pieces, kind(first), kind(last), min(3, len(over)),
            min(3, len(through)), alone,
        )  # fmt: skip

    def _aside(self, number: int, post: Post) -> bool:
        """Whether a name stands in a bracket that ends before a post."""
        return 0 < self.scene.closes[number] <= post.start

    def _between(self, pair: _Pair, at: int, number: int, rule: str, other: str, before: Before) -> list[str]:
        """Where the two stand, what stands between them and around the name, what the rules and the chain say."""
        scene, post, name, gap = self.scene, pair.post, pair.name, pair.gap
        side, place, near = pair.side, pair.place, pair.near
        across = self._across(at, pair.left)
        outer = self.neighbours(number)[0 if pair.left else 1]
        address = scene.folded[name.lead : name.start].strip() or "-"
        confidence, answer = self.sure.get(number, (0.0, "-"))
        return [
            f"at:{place}",
            *([f"aside:{pair.names}"] if pair.left and self._aside(number, post) else ()),
            f"rule:{rule}",
            f"rule:{rule}/{place}",
            f"rule:{rule}|{other}",
            f"rule:{rule}|{other}/{before.density}",
            f"rule:{rule}|{other}/{near}",
            f"gap:{side}/{shape(gap) if pair.alone else '*'}",
            f"kind:{place}/{near}",
            f"kinds:{place}/{near}/{pair.own}",
            f"outer:{place}/{near}/{outer}",
            f"vs:{place}/{near}/{across}",
            f"name:{answer}/{level(confidence)}",
            f"name:{name.source}/{name.full}/{name.private}",
            f"address:{side}/{address}",
            f"lead:{side}/{scene.before(name.lead, 1)}",
            f"lead:{place}/{scene.before(name.lead, 1)}",
            f"lines:{side}/{min(3, gap.count(chr(10)))}",
            f"main:{name.key == self.main}/{gap.count(chr(10)) > 0}",
            f"prev:{side}/{scene.before(post.start, 1)}",
            f"next:{side}/{scene.after(post.end, 1)}",
        ]

    def _inside(self, pair: _Pair) -> list[str]:
        """The pieces of the gap: those between posts where no name stands in it, else whether they make a list."""
        scene, side, near, pieces = self.scene, pair.side, pair.near, pair.pieces
        if pair.names:
            kinds = {kind(p) for p in (pieces[:-1] if pair.left else pieces[1:])}
            return [f"list:{side}/{kinds <= {'list', ',', ';', 'tight'}}/{pair.posts > 0}/{pair.own}"]
        edges = (scene.before(pair.post.start, 1), scene.after(pair.post.end, 1))
        inner = [kind(p) for p in pieces[1:-1]]
        out = [f"open:{side}/{near}/{w}" for w in edges] + [f"join:{side}/{k}" for k in inner]
        if inner:
            out.append(f"joined:{all(k in ('join', 'tight', ',', '-', '–', 'list') for k in inner)}/{pair.own}/{side}")
        word = scene.after(pair.name.end, 1) if pair.left else scene.before(pair.name.lead, 1)
        return [*out, f"word:{side}/{word}"]

    def _followed(self, pair: _Pair) -> list[str]:
        """Whether a subject behind the post takes the person up."""
        follows = self.follows(pair.post)
        if follows == "-":
            return []
        return [
            f"follows:{follows}/{pair.names}",
            f"follows:{follows}/{min(3, pair.gap.count(chr(10)))}",
            f"follows:{follows}/{pair.name.key == self.main}",
        ]

    @staticmethod
    def _held(post: Post, before: Before, number: int, place: str, near: str) -> list[str]:
        """How many posts the person has so far, and whether one of them is the same role."""
        roles = before.held.get(before.keys[number], ())
        count, same = min(2, len(roles)), post.role in roles
        return [
            f"held:{count}/{place}",
            f"held:{count}/{place[0]}/{near}",
            f"again:{same}/{place}",
            f"again:{same}/{post.body is None}",
        ]

    def _paragraph(self, post: Post, before: Before, number: int, place: str) -> list[str]:
        """How many persons the line names before the post, and whether this is one of them."""
        start = self.scene.reading.line_at(post.start).start
        keys = {before.keys[i] for i in self.scene.names_between(start, post.start)[-IN_A_LINE:]} - {""}
        here = f"{min(3, len(keys))}/{before.keys[number] in keys}"
        return [f"line:{here}/{place[0]}", f"line:{here}/{place}"]

    def _words(self, post: Post, pieces: list[str], side: str, place: str) -> list[str]:
        """The words at the post's end of the gap, and those of the whole gap where no name stands in it."""
        scene = self.scene
        own = pieces[-1] if side == "L" else pieces[0]
        words = _WORDS.findall(own)
        edge = " ".join(words[-2:] if side == "L" else words[:2])
        inner = " ".join(words[:2] if side == "L" else words[-2:])
        out = [f"edge:{place}/{edge}", f"inner:{place}/{inner}", f"next2:{side}/{scene.after(post.end, 2)}"]
        if place[1] == "0":
            near = set(_WORDS.findall(" ".join(pieces)[-160:]))
            out += [f"in:{side}/{word}" for word in sorted(near)]
        return out

    def _lines(self, post: Post, name: Name, gap: str, side: str) -> list[str]:
        """Whether name and post stand in lines of their own, as in a roster, and which comes first in it."""
        lines = self.scene.reading.line_at
        first, second = lines(name.start), lines(post.start)
        alone = first.end - first.start < len(name.text) + 14
        whole = second.end - second.start < post.end - post.start + 14
        count = min(4, gap.count("\n"))
        return [f"roster:{side}/{count}/{alone}/{whole}", f"roster:{side}/{count}/{alone}/{whole}/{self.opening}"]

    def _taken_up(self, post: Post, name: Name, gap: str, names: int) -> list[str]:
        """Whether "ông", "bà" or another subject between takes the person up."""
        start = self.scene.reading.sentence_at(post.start)[0]
        same = start <= name.start
        found = None if same else links().subject.search(self.scene.reading, start, post.start)
        short = self.scene.folded[start : post.start].lstrip(" -–+•*")
        out = [f"same:{same}/{names}"]
        if found:
            word = found.group().strip()
            clash = self._clash(word, name)
            far = min(8, (post.start - found.end()) // 25)
            out += [
                f"subject:{word}/{names}",
                f"clash:{clash}",
                f"taken:{names}/{far}",
                f"taken:{names}/{min(3, gap.count(chr(10)))}",
            ]
        if not same:
            out.append(f"opens:{shape(short) if len(short) < 40 else shape(short[:20])}")
            out.append(f"stage:{_STAGE.match(short) is not None}/{min(3, names)}")
        return out

    def _clash(self, pronoun: str, name: Name) -> bool:
        """Whether a pronoun cannot take a name up: "ông" one that "bà" or its middle name tells a woman's."""
        called = self.scene.folded[name.lead : name.start]
        he, she = ({word for word in forms(g) if word in pronoun} for g in ("he", "she"))
        woman = _holds(called, forms("she")) or not forms("female-name").isdisjoint(name.key.split(" "))
        return bool((he and woman) or (she and _holds(called, forms("he"))))


def _holds(text: str, words: Set[str]) -> bool:
    return any(word in text for word in words)
