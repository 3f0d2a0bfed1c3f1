"""One person an article: mentions of the full name, aliases, misspelt repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import regex

from extractor.fields.officials.collector import Name
from extractor.fields.officials.merge import covers
from extractor.fields.officials.name_forms import native
from extractor.fields.officials.posts import Post
from extractor.fields.officials.words import template

# Between two entries of a list: a comma, a semicolon, "và", a line of its own with a number or a bullet.
_LISTED = template(r"\s*(?:[,;]|,?[ ]?{and-with}(?=[ ])|\n\s*(?:\d{1,2}[.)]|[-+*•]))\s*(?:{and-name}[ ])?\s*")
_STOP = regex.compile(r"[.!?] \p{L}")  # the end of a sentence: the posts behind it are no entry of the list
_MANY = 300  # persons; a longer list of names is not searched for misspelt repeats


@dataclass(slots=True)
class Person:
    """All mentions of one person and the posts that the text gives at any of them."""

    key: str
    names: list[Name] = field(default_factory=list)
    aliases: list[Name] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)

    def distinct(self) -> None:
        """Keep the first of the posts that are worded alike."""
        seen: dict[tuple[str, str | None, bool | None], Post] = {}
        for post in sorted(self.posts, key=lambda p: p.start):
            seen.setdefault((post.role, post.body, post.public), post)
        self.posts = list(seen.values())

    @property
    def first(self) -> Name:
        """The first mention of the full name."""
        return self.names[0]


def distance(a: str, b: str, limit: int = 2) -> int:
    """Levenshtein distance of two short strings, `limit + 1` where it is larger."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (x != y))
    return row[-1]


def group(folded: str, names: Sequence[Name], posts: dict[int, list[Post]]) -> list[Person]:
    """Persons in the order of their first full mention. `folded` is the article's folded text."""
    people: dict[str, Person] = {}
    twins = _twins(folded, names, posts)
    for i, name in enumerate(names):
        if name.full:
            key = twins.get(i, name.key)
            person = people.setdefault(key, Person(key))
            person.names.append(name)
            person.posts.extend(posts.get(i, ()))
    _merge(people)
    _short(names, posts, people)
    return list(people.values())


def _twins(folded: str, names: Sequence[Name], posts: dict[int, list[Post]]) -> dict[int, str]:
    """Keys of second persons of a name, by the name's index: one list gives the name twice, each time with posts of its own.

    "ông A, Giám đốc Sở X; ông A, Chủ tịch UBND xã Y": nobody is listed twice.
    """
    out: dict[int, str] = {}
    again: Counter[str] = Counter()
    for i, (name, following) in enumerate(pairwise(names)):
        own, other = posts.get(i, ()), posts.get(i + 1, ())
        alike = name.full and following.full and name.key == following.key
        if alike and own and other and _two(folded, name, following, own, other):
            again[name.key] += 1
            out[i + 1] = f"{name.key} {again[name.key] + 1}"
    return out


def _two(folded: str, name: Name, following: Name, own: Sequence[Post], other: Sequence[Post]) -> bool:
    """Whether a list gives a name twice, each time with other posts behind it."""
    end = max(p.end for p in own)
    if name.end > min(p.start for p in own) or following.end > min(p.start for p in other):
        return False
    if _LISTED.fullmatch(folded, end, max(end, following.lead)) is None or _STOP.search(folded, name.end, end):
        return False
    return not any(covers(a, b) or covers(b, a) for a in own for b in other)


def _merge(people: dict[str, Person]) -> None:
    """Misspelt repeats and shortened names go to the person they mean."""
    if len(people) > _MANY:
        return
    for key in sorted(people, key=lambda k: len(people[k].names)):
        person = people[key]
        for other in list(people.values()):
            if other is not person and _means(person, key.split(), other, other.key.split()):
                other.aliases.extend(person.names)
                other.posts.extend(person.posts)
                del people[key]
                break


def _means(person: Person, words: list[str], other: Person, mates: list[str]) -> bool:
    """Whether a person's name, in `words`, is another's (`mates`) shortened or misspelt."""
    if len(words) < len(mates):
        return _shortened(person, words, other, mates)
    if len(words) != len(mates) or len(words) < 3:
        return False
    given = words[1:] == mates[1:] and len(person.names) == 1
    return _misspelt(person, words, other, mates) or (given and _same_post(person, other))


def _shortened(person: Person, words: list[str], other: Person, mates: list[str]) -> bool:
    """Whether a name is the end of a longer one, or its first and last syllable in brackets behind it."""
    if len(words) >= 2 and mates[-len(words) :] == words:
        return True
    if len(words) >= 2 and not native(words[0]) and (mates[: len(words)] == words or _ends(words) == _ends(mates)):
        return True  # "Mary Mau" and "Mary Mau Louis", "Mary J. Mau"
    return words[0] == mates[0] and words[-1] == mates[-1] and _bracketed(person, other)


def _ends(words: list[str]) -> tuple[str, str]:
    return words[0], words[-1]


def _misspelt(person: Person, words: list[str], other: Person, mates: list[str]) -> bool:
    """Whether two names differ by one syllable's spelling, and the rarer one has no post of its own body."""
    if len(person.names) > len(other.names) or sum(a != b for a, b in zip(words, mates, strict=True)) != 1:
        return False
    shared = not person.posts or not {p.body for p in person.posts}.isdisjoint(p.body for p in other.posts)
    return shared and _near(words, mates)


def _bracketed(person: Person, other: Person) -> bool:
    """Whether a name stands in brackets right behind another one: "ông Lê Văn Mẫu (Lê Mẫu - …)"."""
    ends = {n.end for n in other.names}
    return any(n.start - 2 in ends for n in person.names)


def _same_post(person: Person, other: Person) -> bool:
    """Whether two persons hold one post: "Trần Quý A" and "Trương Quý A", director of one hospital, are one person."""

    def held(p: Person) -> set[tuple[str, frozenset[str]]]:
        return {(q.role.lower(), frozenset(q.body.lower().split())) for q in p.posts if q.body}

    return any(
        a == b and (x <= y or y <= x) for a, x in held(person) for b, y in held(other) if len(min(x, y, key=len)) > 3
    )


def _near(a: list[str], b: list[str]) -> bool:
    x, y = next((x, y) for x, y in zip(a, b, strict=True) if x != y)
    return distance(x, y) <= 1 or (a[0] != b[0] and distance(x, y) <= 2 and a[-1] == b[-1])


def _short(names: Sequence[Name], posts: dict[int, list[Post]], people: dict[str, Person]) -> None:
    """Given names alone ("ông Hải", "Thứ trưởng Sơn") go to the one person that they can mean."""
    by_given: dict[str, list[Person]] = {}
    for person in people.values():
        if person.first.source != "credit":
            by_given.setdefault(person.key.rsplit(" ", 1)[-1], []).append(person)
    for i, name in enumerate(names):
        if name.full:
            continue
        fits = by_given.get(name.key, [])
        if len(fits) > 1:
            before = [p for p in fits if p.names[0].start < name.start]
            fits = before if len(before) == 1 else []
        if len(fits) == 1:
            fits[0].aliases.append(name)
            fits[0].posts.extend(posts.get(i, ()))
