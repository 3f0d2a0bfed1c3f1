"""A user's word on who is one person, applied to linked persons: groups joined, groups kept apart, mentions taken out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from extractor.persons.link import Link, Person, Place, place
from extractor.persons.mentions import Mention
from extractor.text import unaccent

BY_USER = "correction of the user"


@dataclass(frozen=True, slots=True)
class Word:
    """What a user says. `same`, `not_same`: groups of ids of persons. `moved`: mentions by article and begin, each to the person
    it belongs to, None for a person of its own."""

    same: tuple[tuple[str, ...], ...] = ()
    not_same: tuple[tuple[str, ...], ...] = ()
    moved: tuple[tuple[str, int, str | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.same or self.not_same or self.moved)


def apart(persons: Iterable[Person], word: Word, known: Mapping[Place, str]) -> list[Person]:
    """The persons with mentions moved, and those that were known under ids of one `not_same` each on their own.

    Args:
        persons: as the linker gives them.
        word: what the user says.
        known: the person of each mention as it was before; what tells persons apart that the linker has joined since.
    """
    people = _moved(list(persons), word)
    for ids in word.not_same:
        people = [part for person in people for part in _split(person, ids, known)]
    return people


def joined(persons: Iterable[Person], word: Word) -> list[Person]:
    """The persons with those of one `same` as one: under the first id that stands in the line and is there."""
    people = {p.id: p for p in persons}
    for ids in word.same:
        found = [people[i] for i in dict.fromkeys(ids) if i in people]
        if len(found) < 2:
            continue
        for other in found[1:]:
            del people[other.id]
        people[found[0].id] = _as_one(found)
    return sorted(people.values(), key=lambda p: p.id)


def _as_one(found: Sequence[Person]) -> Person:
    """Persons as the first of them."""
    first, *others = found
    mentions = sorted((m for p in found for m in p.mentions), key=place)
    links = {at: link for p in found for at, link in p.links.items()}
    links |= {at: Link(1.0, BY_USER) for p in others for at in p.links}
    homonyms = sorted({h for p in found for h in p.homonyms} - {p.id for p in found})
    return replace(first, mentions=mentions, links=links, homonyms=homonyms)


def _split(person: Person, ids: Sequence[str], known: Mapping[Place, str]) -> list[Person]:
    """One person as one for each of the ids its mentions had before; a new mention goes where its posts are, else to the most."""
    before = {place(m): known[place(m)] for m in person.mentions if known.get(place(m)) in ids}
    counted = Counter(before.values())
    if len(counted) < 2:
        return [person]
    most = min(counted, key=lambda i: (-counted[i], i))
    posts: dict[str, set[str]] = defaultdict(set)
    for mention in person.mentions:
        if place(mention) in before:
            posts[before[place(mention)]] |= {h.key for h in mention.posts}
    parts: dict[str, list[Mention]] = defaultdict(list)
    for mention in person.mentions:
        own = before.get(place(mention)) or next(
            (i for i in sorted(posts) if posts[i] & {h.key for h in mention.posts}), most
        )
        parts[own].append(mention)
    return [_part(person, own, mentions, parts) for own, mentions in sorted(parts.items())]


def _part(person: Person, own: str, mentions: Sequence[Mention], all_: Iterable[str]) -> Person:
    links = {place(m): person.links[place(m)] for m in mentions}
    homonyms = sorted({*person.homonyms, person.id, *all_} - {own})
    if person.id not in all_:
        homonyms.remove(person.id)
    return replace(person, id=own, mentions=list(mentions), links=links, homonyms=homonyms)


def _moved(people: list[Person], word: Word) -> list[Person]:
    found = {p.id: p for p in people}
    for article, start, to in word.moved:
        for person in list(found.values()):
            mention = next((m for m in person.mentions if m.article == article and m.start == start), None)
            if mention is None:
                continue
            own = to if to in found else _own_id(mention)
            if own != person.id:
                _move(found, person, mention, own)
            break
    return sorted(found.values(), key=lambda p: p.id)


def _move(found: dict[str, Person], person: Person, mention: Mention, own: str) -> None:
    at = place(mention)
    left = [m for m in person.mentions if place(m) != at]
    if left:
        links = {k: v for k, v in person.links.items() if k != at}
        found[person.id] = replace(person, mentions=left, links=links, homonyms=sorted({*person.homonyms, own}))
    else:
        del found[person.id]
    other = found.get(own) or Person(own, mention.name, [], {}, 1.0, [person.id] if left else [])
    mentions = sorted([*other.mentions, mention], key=place)
    found[own] = replace(other, mentions=mentions, links={**other.links, at: Link(1.0, BY_USER)})


def _own_id(mention: Mention) -> str:
    slug = "-".join(unaccent(mention.key).split())
    told = f"{mention.article}\0{mention.person}\0moved"
    return f"{slug}-{sha256(told.encode()).hexdigest()[:8]}"
