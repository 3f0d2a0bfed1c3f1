"""The evidence for whose a post is, as named features."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

import regex

from extractor.fields.officials.careers import career_features, stages
from extractor.fields.officials.collector import Name
from extractor.fields.officials.evidence import level
from extractor.fields.officials.post_around import Around
from extractor.fields.officials.posts import Post
from extractor.fields.officials.scene import Scene, kind, shape
from extractor.fields.officials.standing import standing
from extractor.fields.officials.words import forms

_WORDS = regex.compile(r"\p{L}+|[;:()]")
_PAUSE = regex.compile(r"[,;.\n]")
_END = 40  # characters of a piece in which its first and its last words stand as a rule
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
    at the post (`own`) do, how many names and posts stand between (3 at most), whether none does (`alone`).

    `side` is that of the post on which the name stands, `place` the side with the numbers of names and posts between.
    """

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
    side: str
    place: str


def nothing_features(own: Sequence[str], rule: str, before: Before, role: str, told: str) -> list[str]:
    """Why a post should be nobody's. `told` is how its sentence brings it to someone (see `Around.told`)."""
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
        self._neighbours: dict[int, tuple[str, str]] = {}
        self._standing: dict[int, str] = {}
        self._around: dict[int, Around] = {}
        self._persons: dict[int, set[str]] = {}  # keys of the persons whom the line names before a post
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

    def around(self, at: int) -> Around:
        """What stands around post `at`."""
        if at not in self._around:
            self._around[at] = Around(self.scene, at)
        return self._around[at]

    def features(self, at: int, number: int, rule: str, other: str, before: Before) -> list[str]:
        """The features of post `at` as that of name `number`. `rule`: what the rules say of the pair; `other`: of the rest.

        `before` is the decision on the post before.
        """
        pair, around = self._pair(at, number), self.around(at)
        post, name, side, place = pair.post, pair.name, pair.side, pair.place
        out = self._between(pair, around, number, rule, other, before)
        out += self._inside(pair, around)
        owner = "none" if before.key is None else "same" if before.key == before.keys[number] else "other"
        out += [f"after:{owner}/{before.gap}", f"after:{owner}/{before.gap}/{place}", f"after:{owner}/{side}"]
        out += self._words(around, pair.pieces, side, place)
        out += self._held(post, before, number, place, pair.near)
        out += self._paragraph(at, before, number, place)
        taken: list[str] = []
        if pair.left:
            taken = self._taken_up(around, name, pair.gap, pair.names)
            out += self._followed(pair, around.follows)
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
        alone, names, posts, side = not through and not over, min(3, len(over)), min(3, len(through)), "LR"[not left]
        return _Pair(
            post, name, left, scene.folded[begin:end], pieces, kind(first), kind(last), names, posts, alone, side,
            f"{side}{names}{posts}",
        )  # fmt: skip

    def _aside(self, number: int, post: Post) -> bool:
        """Whether a name before a post stands in a bracket, or in a clause in passing, that ends before the post."""
        if 0 < self.scene.closes[number] <= post.start:
            return True
        end = self.scene.names[number].end
        return self._how(number) == "within" and _PAUSE.search(self.scene.folded, end, post.start) is not None

    def _how(self, number: int) -> str:
        """How a name stands in its clause."""
        if number not in self._standing:
            self._standing[number] = standing(self.scene, number)
        return self._standing[number]

    def _between(
        self, pair: _Pair, around: Around, number: int, rule: str, other: str, before: Before
    ) -> list[str]:  # fmt: skip
        """Where the two stand, what stands between them and around the name, what the rules and the chain say."""
        scene, post, name, gap = self.scene, pair.post, pair.name, pair.gap
        side, place, near = pair.side, pair.place, pair.near
        across, lines = around.across(pair.left), gap.count("\n")
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
            f"lines:{side}/{min(3, lines)}",
            f"main:{name.key == self.main}/{lines > 0}",
            f"prev:{side}/{around.prev}",
            f"next:{side}/{around.next}",
            *self._clause(pair, around),
            *self._stands(pair, around, number),
        ]

    def _clause(self, pair: _Pair, around: Around) -> list[str]:
        """What stands before and behind a post and a name with nothing between: "Theo Trưởng thôn, ông A đã …"."""
        if not pair.alone:
            return []
        scene, name = self.scene, pair.name
        first = scene.before(name.lead, 1) if pair.left else around.prev
        last = around.next if pair.left else scene.after(name.end, 1)
        goes = "word" if last[:1].isalpha() else last[:1]
        where = f"{pair.side}/{pair.near}"
        opens = scene.after(around.sentence[0], 1)
        return [
            f"clause:{where}/{first}/{goes}",
            f"clause:{where}/{goes}",
            f"clause:{where}/{goes}/{opens}",
            f"proxy:{where}/{around.proxy}",
        ]

    def _stands(self, pair: _Pair, around: Around, number: int) -> list[str]:
        """How a name before the post stands in its own clause, by whether a subject takes it up or it is the article's person."""
        if not pair.left:
            return []
        how, same = self._how(number), around.sentence[0] <= pair.name.start
        taken = "same" if same else "taken" if around.subject is not None else "far"
        main = pair.name.key == self.main
        return [f"stands:{how}/{taken}", f"stands:{how}/{taken}/{pair.place}", f"stands:{how}/{taken}/{main}"]

    def _inside(self, pair: _Pair, around: Around) -> list[str]:
        """The pieces of the gap: those between posts where no name stands in it, else whether they make a list."""
        scene, side, near, pieces = self.scene, pair.side, pair.near, pair.pieces
        if pair.names:
            kinds = {kind(p) for p in (pieces[:-1] if pair.left else pieces[1:])}
            return [f"list:{side}/{kinds <= {'list', ',', ';', 'tight'}}/{pair.posts > 0}/{pair.own}"]
        inner = [kind(p) for p in pieces[1:-1]]
        out = [f"open:{side}/{near}/{around.prev}", f"open:{side}/{near}/{around.next}"]
        out += [f"join:{side}/{k}" for k in inner]
        if inner:
            out.append(f"joined:{all(k in ('join', 'tight', ',', '-', '–', 'list') for k in inner)}/{pair.own}/{side}")
        word = scene.after(pair.name.end, 1) if pair.left else scene.before(pair.name.lead, 1)
        return [*out, f"word:{side}/{word}"]

    def _followed(self, pair: _Pair, follows: str) -> list[str]:
        """Whether a subject behind the post takes the person up."""
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

    def _paragraph(self, at: int, before: Before, number: int, place: str) -> list[str]:
        """How many persons the line names before post `at`, and whether this is one of them."""
        keys = self._persons.get(at)
        if keys is None:
            end = self.scene.posts[at].start
            line = self.scene.names_between(self.scene.reading.line_at(end).start, end)
            keys = self._persons[at] = {before.keys[i] for i in line[-IN_A_LINE:]} - {""}
        here = f"{min(3, len(keys))}/{before.keys[number] in keys}"
        return [f"line:{here}/{place[0]}", f"line:{here}/{place}"]

    @staticmethod
    def _words(around: Around, pieces: list[str], side: str, place: str) -> list[str]:
        """The words at the post's end of the gap, and those of the whole gap where no name stands in it."""
        first, last = _ends(pieces[-1] if side == "L" else pieces[0])
        edge, inner = (last, first) if side == "L" else (first, last)
        out = [f"edge:{place}/{edge}", f"inner:{place}/{inner}", f"next2:{side}/{around.next2}"]
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

    def _taken_up(self, around: Around, name: Name, gap: str, names: int) -> list[str]:
        """Whether "ông", "bà" or another subject between takes the person up."""
        same = around.sentence[0] <= name.start
        out = [f"same:{same}/{names}"]
        if same:
            return out
        if around.subject is not None:
            word, far = around.subject
            clash = self._clash(word, name)
            out += [
                f"subject:{word}/{names}",
                f"clash:{clash}",
                f"taken:{names}/{far}",
                f"taken:{names}/{min(3, gap.count(chr(10)))}",
            ]
        words, stage = around.opening
        return [*out, f"opens:{words}", f"stage:{stage}/{min(3, names)}"]

    def _clash(self, pronoun: str, name: Name) -> bool:
        """Whether a pronoun cannot take a name up: "ông" one that "bà" or its middle name tells a woman's."""
        called = self.scene.folded[name.lead : name.start]
        he, she = ({word for word in forms(g) if word in pronoun} for g in ("he", "she"))
        woman = _holds(called, forms("she")) or not forms("female-name").isdisjoint(name.key.split(" "))
        return bool((he and woman) or (she and _holds(called, forms("he"))))


@lru_cache(maxsize=1024)
def _ends(piece: str) -> tuple[str, str]:
    """The first two and the last two words of a piece."""
    if len(piece) > 2 * _END:
        first, last = _WORDS.findall(piece[:_END]), _WORDS.findall(piece[-_END:])
        if len(first) > 2 and len(last) > 2:  # the third may be cut
            return " ".join(first[:2]), " ".join(last[-2:])
    words = _WORDS.findall(piece)
    return " ".join(words[:2]), " ".join(words[-2:])


def _holds(text: str, words: Set[str]) -> bool:
    return any(word in text for word in words)
