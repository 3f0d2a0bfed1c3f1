"""What the form of the text settles after weighing: who is replaced, the head of a list, who stands in for another, candidates."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extractor.fields.officials.attach import Attachment
from extractor.fields.officials.collector import Name
from extractor.fields.officials.event_rows import event_words
from extractor.fields.officials.links import links
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key, lexicon, unit_of_head
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.text import fold

_STOP = regex.compile(r"\n|[.!?](?=\s)")
_WORD = regex.compile(r"\p{L}+")
_ITEM = template(r";\s*(?:{and-name}\s+)?$")
_SOON = 130  # characters between a post and who held it before
_LONG = 900  # characters of an enumeration


class Settler:
    """Corrects the attachment of one article."""

    def __init__(self, reading: Reading, names: Sequence[Name], given: Attachment) -> None:
        self._reading, self._names = reading, names
        self.folded = reading.folded
        self._given = given
        self._starts = [n.start for n in names]
        self._words = event_words()

    def run(self) -> None:
        """All corrections, in place."""
        self._candidates()
        self._heads()
        self._stand_ins()
        self._replaced()

    def _candidates(self) -> None:
        """A post that is stood for is not held: "ứng cử viên Tổng thống", "quy hoạch chức danh Phó Giám đốc"."""
        for number, posts in self._given.posts.items():
            kept = [p for p in posts if not self._stood_for(p)]
            for post in posts:
                if post not in kept:
                    self._reading.drop(
                        post.start, post.end, "officials", "candidacy", "the post is stood for, not held"
                    )
            self._given.posts[number] = kept

    def _stood_for(self, post: Post) -> bool:
        line = self._reading.line_at(post.start).start
        return self._words.candidate.search(self.folded, max(line, post.start - 50), post.start) is not None

    def _heads(self) -> None:
        """The head of a list whose items have posts of their own: "các Ủy viên …: A - Trưởng ban …; B - Giám đốc …"."""
        plural = lexicon().plural
        for number, posts in list(self._given.posts.items()):
            for post in posts:
                name = self._names[number]
                if post.end > name.lead or ":" not in self.folded[post.end : name.lead]:
                    continue
                if self.folded[post.end : name.lead].strip() == ":" and plural.search(
                    self.folded, max(0, post.start - 30), post.start
                ):
                    self._enumerate(number, post)

    def _enumerate(self, first: int, post: Post) -> None:
        stop = _STOP.search(self.folded, self._names[first].end, self._names[first].end + _LONG)
        end = stop.start() if stop else min(len(self.folded), self._names[first].end + _LONG)
        for number in range(first + 1, bisect_left(self._starts, end)):
            if _ITEM.search(self.folded, max(0, self._names[number].lead - 8), self._names[number].lead):
                self._given.give(number, [post])

    def _stand_ins(self) -> None:
        """Who speaks for another does not hold the other's post: "Thay mặt Bí thư Tỉnh ủy, ông A, Phó Bí thư, …"."""
        proxy = links().proxy
        for number, posts in self._given.posts.items():
            name = self._names[number]
            for post in list(posts):
                comma = post.end <= name.lead and self.folded[post.end : name.lead].strip() == ","
                if comma and len(posts) > 1 and proxy.search(self.folded, max(0, post.start - 20), post.start):
                    posts.remove(post)

    def _replaced(self) -> None:
        """Who is replaced held the post that another one gets, and holds it no longer."""
        given = sorted((p.start, p.end, n) for n, posts in self._given.posts.items() for p in posts)
        for number, name in enumerate(self._names):
            replaced = name.full and self._words.replaced.search(self.folded, max(0, name.start - 40), name.start)
            if replaced and not self._own_ended(number, name):
                self._take_over(number, name, given)

    def _own_ended(self, number: int, name: Name) -> bool:
        """Whether a replaced person has a post of their own: one told behind the name, or one before it, which is over."""
        own = self._given.posts.get(number, [])
        if any(p.start >= name.end and not self.folded[name.end : p.start].strip(" ,(-–") for p in own):
            return True  # "thay ông A, Giám đốc Sở X"
        begin = self._reading.sentence_at(name.start)[0]
        before = [p for p in own if begin <= p.start and p.end <= name.start]
        if before:
            self._given.posts[number] = [replace(p, ended=True) if p in before else p for p in own]
        return bool(before)

    def _take_over(self, number: int, name: Name, given: Sequence[tuple[int, int, int]]) -> None:
        """The last post before a replaced person was theirs; `given` are start, end and owner of posts, in order."""
        at = bisect_left(given, (name.start, 0, 0)) - 1
        begin = self._reading.sentence_at(name.start)[0]
        if at < 0 or given[at][0] < begin or not 0 <= name.lead - given[at][1] < _SOON:
            return
        start, _, holder = given[at]
        if self._names[holder].key != name.key:
            post = next(p for p in self._given.posts[holder] if p.start == start)
            self._given.give(number, [replace(post, ended=True)])


def take_committees(people: Sequence[Person]) -> None:
    """A bare membership takes the committee in the next body: "Ủy viên Ban Thường vụ, Trưởng Ban Tổ chức Huyện ủy"."""
    for person in people:
        order = sorted(range(len(person.posts)), key=lambda i: person.posts[i].start)
        for index, following in pairwise(order):
            post, after = person.posts[index], person.posts[following]
            beside = post.body is None and 0 <= after.start - post.end <= 3
            committee = _committee(after.body) if beside and after.body is not None and _member(post) else None
            if committee is not None:
                person.posts[index] = replace(post, body=committee, public=True)


def _member(post: Post) -> bool:
    """Whether a post is a membership of a committee: "Ủy viên Ban Thường vụ"."""
    role = key(post.role)
    return " ban " in role and event_words().uses["remains"].match(role) is not None


def _committee(body: str) -> str | None:
    """The Party committee that ends the name of another body."""
    table, low = lexicon(), fold(body)
    for word in _WORD.finditer(low):
        head = table.body_forms.match(low, word.start()) if word.start() else None
        if head is not None and key(head.group()) in unit_of_head():
            return body[word.start() :]
    return None
