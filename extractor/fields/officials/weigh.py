"""Candidates weighed: which span is a post, whose it is, who shares it. The decisions are a ranker's (or, in training, gold's)."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

import regex

from extractor.fields.officials.attach import Attachment
from extractor.fields.officials.candidates import Candidate
from extractor.fields.officials.careers import career_features
from extractor.fields.officials.collector import Name
from extractor.fields.officials.evidence import no_span_features, post_features, span_features
from extractor.fields.officials.owner_evidence import IN_A_LINE, Before, Owners, nothing_features
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.scene import Scene, kind
from extractor.fields.officials.share_evidence import Step, no_share_features, share_features, successor_features
from extractor.models import Mention, Reading
from extractor.ranking import Features

_LEFT, _RIGHT = 5, 4  # names on either side that a post may belong to
_BACK, _AHEAD = 1500, 400  # characters to them
_CAREER = 4000  # characters back to the last name, of which a long career may be told
_SOON = 60  # characters between a post and the name of who held it before
_MATES = 30  # names of a list


class Decide(Protocol):
    """Who decides: a ranker, or gold in training. `probability` is that of what was decided last, 1 where gold decides."""

    probability: float

    def span(self, group: Sequence[Features], rivals: Sequence[Candidate]) -> int:
        """Index of the candidate whose span counts, `len(rivals)` for none (the last of `group`)."""

    def owner(self, group: Sequence[Features], post: Post, names: Sequence[Name], keys: Sequence[str]) -> int | None:
        """Index of the name that has the post, None for nobody (the last of `group`). `keys` tell whom the names mean."""

    def late(self, group: Sequence[Features], post: Post) -> int | None:
        """Index of the person without a post who has this one after all, None for nobody (the last of `group`)."""

    def shares(self, group: Sequence[Features], post: Post, name: Name, key: str) -> bool:
        """Whether a name has the post too."""

    def body(self, group: Sequence[Features], post: Post, bodies: Sequence[str | None], person: Person) -> int:
        """Index of the body that the post has; the first is its own."""


def chosen_posts(
    reading: Reading, names: Sequence[Name], anchors: Mapping[int, Sequence[Candidate]], decide: Decide
) -> list[Candidate]:
    """One candidate an anchor at most, none overlapping an earlier one."""
    scene = Scene(reading, names, ())
    out: list[Candidate] = []
    last = 0
    begins = sorted(anchors)
    for order, anchor in enumerate(begins):
        rivals = [c for c in anchors[anchor] if c.post.start >= last or c.anchor >= last]
        if anchor < last or not rivals:
            continue
        following = begins[order + 1] if order + 1 < len(begins) else len(reading.text)
        taken = rivals[0] if _uncontested(rivals, following) else _weighed(scene, rivals, decide)
        if taken is not None:
            out.append(taken)
            last = taken.post.end
    return out


def _uncontested(rivals: Sequence[Candidate], following: int) -> bool:
    """Whether an anchor has one candidate, which the grammar reads and which ends before the `following` anchor."""
    return len(rivals) == 1 and rivals[0].post.end <= following and rivals[0].readers != {"chain"}


def _weighed(scene: Scene, rivals: Sequence[Candidate], decide: Decide) -> Candidate | None:
    """The candidate of an anchor that is decided on, None where nothing begins there."""
    group = [span_features(scene, c, rivals) for c in rivals]
    group.append(no_span_features(scene, rivals))
    number = decide.span(group, rivals)
    if number == len(rivals):
        return None
    rivals[number].odds = (("span", decide.probability),)
    return rivals[number]


_QUOTATION = regex.compile('[“”"]')


class Weigher:
    """Gives the posts of one article to its names. `rules` is what the rules would do with the same posts.

    The posts that begin at `boxed` are not weighed: the lines of a table say whose they are, and the rules read them.
    """

    def __init__(
        self,
        reading: Reading,
        names: Sequence[Name],
        chosen: Sequence[Candidate],
        votes: Sequence[Mention],
        rules: Attachment,
        keys: Sequence[str],
        decide: Decide,
        boxed: Collection[int] = (),
    ) -> None:
        self.boxed = boxed
        self.chosen = chosen
        self.posts = [c.post for c in chosen]
        self.scene = Scene(reading, names, self.posts)
        self.names, self.keys, self.rules = names, keys, rules
        self.decide = decide
        self.said: dict[int, set[str]] = defaultdict(set)  # start of a post, keys of those who have it by the rules
        for number, posts in rules.posts.items():
            for post in posts:
                self.said[post.start].add(keys[number])
        self._quotations = [m.start() for m in _QUOTATION.finditer(reading.text)]
        self.owners = Owners(self.scene, _sureness(names, votes), _main(names, keys))
        self.result = Attachment()
        self._held: dict[str, list[str]] = defaultdict(list)  # the roles given so far, by person
        self._roles: dict[str, None] = {}  # those of all
        self._left: list[tuple[int, list[int], list[Features]]] = []  # posts that nobody got, with the evidence
        self.owned: list[str | None] = []  # the owners of the posts so far

    def run(self) -> Attachment:
        """Every post to its owner, and to those who share it."""
        for at, post in enumerate(self.posts):
            if post.start in self.boxed:
                self._in_box(post)
                continue
            number = self._owner(at, post)
            self.owned.append(None if number is None else self.keys[number])
            if number is not None:
                post = replace(post, odds=(*self.chosen[at].odds, ("owner", self.decide.probability)))
                self._give(number, post)
                self._shared(at, post, number)
        held = {self.keys[number] for number in self.result.posts}
        for at, near, group in self._left:
            post = self.posts[at]
            number = self._late(post, near, group, held)
            if number is None:
                self.result.loose.append(post)
            else:
                self._give(number, replace(post, odds=(*self.chosen[at].odds, ("owner", self.decide.probability))))
        return self.result

    def _in_box(self, post: Post) -> None:
        """Give a post that heads a box to those to whom the rules give it."""
        held = [i for i, posts in self.rules.posts.items() if any(p.start == post.start for p in posts)]
        self.owned.append(self.keys[held[0]] if held else None)
        for number in held:
            self._give(number, post)

    def _late(self, post: Post, near: Sequence[int], group: Sequence[Features], held: set[str]) -> int | None:
        """The owner of a post that nobody got, among the persons who have none and whom the chain takes for officials."""
        open_ = [i for i, n in enumerate(near) if self.keys[n] not in held and self.owners.official(n)]
        if not open_:
            return None
        choice = self.decide.late([*(group[i] for i in open_), group[-1]], post)
        return None if choice is None else near[open_[choice]]

    def near(self, post: Post) -> list[int]:
        """Names that a post may belong to."""
        last = self.scene.name_at(post.start)
        around = range(max(0, last - _LEFT + 1), min(len(self.names), last + 1 + _RIGHT))
        known = [i for i in around if self.keys[i] and self.names[i].source != "credit"]
        told = max((i for i in known if i <= last), default=-1)
        return [i for i in known if self._in_reach(self.names[i], post, _CAREER if i == told else _BACK)]

    def _in_reach(self, name: Name, post: Post, back: int) -> bool:
        """Whether a name stands near enough before or behind a post to have it, and not in a quotation of its own."""
        near = 0 <= post.start - name.end < back if name.start < post.start else 0 <= name.start - post.end < _AHEAD
        return near and not self._quoted_apart(name, post)

    def _quoted_apart(self, name: Name, post: Post) -> bool:
        """Whether one of the two stands in a quotation and the other does not."""
        begin, end = (name.end, post.start) if name.start < post.start else (post.end, name.start)
        if begin >= end:
            return False
        return (bisect_left(self._quotations, end) - bisect_left(self._quotations, begin)) % 2 == 1

    def _owner(self, at: int, post: Post) -> int | None:
        near = self.near(post)
        if not near:
            self._left.append((at, [], [()]))
            return None
        said = self.said.get(post.start, set())
        state = "many" if len(said) > 1 else "one" if said else "none"
        before = self._before(at)
        group: list[Features] = []
        for number in near:
            rule = "yes" if self.keys[number] in said else "no"
            group.append(self.owners.features(at, number, rule, state, before))
        own = post_features(self.scene, post, self.chosen[at])
        nothing = nothing_features(own, state, before, post.role, self.owners.around(at).told)
        group.append(nothing + career_features(self.owners.stages[at], None, "-"))
        found = self.decide.owner(group, post, [self.names[i] for i in near], [self.keys[i] for i in near])
        if found is None:
            self._left.append((at, near, group))
            return None
        return near[found]

    def _before(self, at: int) -> Before:
        """What was decided on the posts before, and what stands between this one and the last."""
        start = self.posts[at].start
        line = self.scene.names_between(self.scene.reading.line_at(start).start, start)[-IN_A_LINE:]
        named = str(min(3, len({self.keys[i] for i in line} - {""})))
        density = "few" if len(self.posts) < 8 else "some" if len(self.posts) < 20 else "many"
        if not at:
            return Before(None, "first", self.keys, density, {}, frozenset(), named)
        begin = self.posts[at - 1].end
        between = len(self.scene.names_between(begin, start))
        gap = kind(self.scene.folded[begin:start]) if not between else "-"
        return Before(
            self.owned[-1], f"n{min(2, between)}/{gap}", self.keys, density, self._held, self._roles.keys(), named
        )

    def _give(self, number: int, post: Post) -> None:
        """Give a post to a name and remember whose role it is."""
        before = len(self.result.posts.get(number, ()))
        self.result.give(number, [post])
        if len(self.result.posts[number]) > before:
            self._held[self.keys[number]].append(post.role)
            self._roles[post.role] = None

    def _shared(self, at: int, post: Post, owner: int) -> None:
        """Names beside the owner in a list that have the post too, and whom the owner replaces in it."""
        said = self.said.get(post.start, set())
        self._replaced(at, post, owner, said)
        for step in (1, -1):
            before, shared = owner, 0
            for count in range(1, _MATES):
                number = owner + step * count
                if not 0 <= number < len(self.names):
                    break
                name, mate = self.names[number], self.names[before]
                apart = name.lead - mate.end if step > 0 else mate.lead - name.end
                if (
                    self.keys[number] == self.keys[owner]
                    or apart > 300
                    or (post.start < name.start) != (post.start < self.names[owner].start)
                ):
                    break
                group = [
                    share_features(self.scene, Step(at, before, number, count, shared, self.keys[number] in said)),
                    no_share_features(self.scene, at),
                ]
                if not self.decide.shares(group, post, name, self.keys[number]):
                    break
                self._give(number, self._also(post))
                before, shared = number, shared + 1

    def _replaced(self, at: int, post: Post, owner: int, said: set[str]) -> None:
        """The next name behind a post of the name before it."""
        number = self.scene.name_at(post.start) + 1
        if self.names[owner].start > post.start or not 0 <= number < len(self.names):
            return
        name, key = self.names[number], self.keys[number]
        if not key or key == self.keys[owner] or not 0 < name.lead - post.end < _SOON:
            return
        group = [successor_features(self.scene, at, number, key in said), no_share_features(self.scene, at)]
        if self.decide.shares(group, post, name, key):
            self._give(number, self._also(post))

    def _also(self, post: Post) -> Post:
        """A post for one who shares it, by the last decision."""
        return replace(post, odds=(*post.odds, ("share", self.decide.probability)))


_ANSWERS = {True: "official", False: "private", None: "-"}  # names of features


def _sureness(names: Sequence[Name], votes: Sequence[Mention]) -> dict[int, tuple[float, str]]:
    by_start = {m.start: m for m in votes if m.label == "PER"}
    out = {}
    for number, name in enumerate(names):
        vote = by_start.get(name.start)
        if vote is not None:
            out[number] = (vote.evidence.confidence, _ANSWERS[vote.evidence.official])
    return out


def _main(names: Sequence[Name], keys: Sequence[str]) -> str | None:
    """The person named most often, if at least three times and more often than any other."""
    counts: dict[str, int] = defaultdict(int)
    for number, name in enumerate(names):
        counts[keys[number]] += 1 + (name.start < 200)
    best = sorted(counts.values(), reverse=True)
    if not best or best[0] < 3 or (len(best) > 1 and best[1] == best[0]):
        return None
    return max(counts, key=lambda k: counts[k])


def person_keys(names: Sequence[Name]) -> list[str]:
    """Whom each name means: its own key for a full name, the one person's of that given name for a short one ("" for none)."""
    by_given: dict[str, set[str]] = defaultdict(set)
    for name in names:
        if name.full and name.source != "credit":
            by_given[name.key.rsplit(" ", 1)[-1]].add(name.key)
    out = []
    for name in names:
        fits = by_given.get(name.key, set()) if not name.full else set()
        out.append(name.key if name.full else next(iter(fits)) if len(fits) == 1 else "")
    return out
