"""Posts of persons over time: when each was seen, what the texts say of its begin and end, and who held a post."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.persons.link import Person
from extractor.persons.mentions import Held, Mention


@dataclass(frozen=True, slots=True)
class PersonPost:
    """One post of one person.

    `key` is the post's key, `body_key` its body's (None where the body stays open), `body` the usual wording of the body,
    `place_code` the unit's code. `first_seen`, `last_seen`: ISO days of the first and last dated article that names the
    person in office; `left_by`: the first dated article that calls them former; `since`, `until`: the begin and end that a
    text gives (TIMEX3, None where none does). `articles` that name the post, `undated` of them without a day. `former`: no
    article names the person in office; `acting`: none without "quyền". `doubtful`: a post that one person holds at a time,
    and many more articles give it to another one in these days.
    """

    person: str
    name: str
    key: str
    role: str
    body: str | None
    body_key: str | None
    place_code: str | None
    province_code: str | None
    admin_level: str | None
    former: bool
    acting: bool
    first_seen: str | None
    last_seen: str | None
    left_by: str | None
    since: str | None
    until: str | None
    articles: int
    undated: int
    doubtful: bool = False

    @property
    def begin(self) -> str:
        """When the person took up the post as far as is known: told, else first seen; "9999" where nothing tells."""
        return self.since or self.first_seen or self.left_by or "9999"


def person_posts(persons: Iterable[Person]) -> list[PersonPost]:
    """The posts of persons, sorted by person and time."""
    people = list(persons)
    wordings = _wordings(people)
    out: list[PersonPost] = []
    for person in people:
        for key, seen in _joined(_grouped(person)).items():
            out.append(_post(person, key, seen, wordings))
    return sorted(_doubted(out, people), key=lambda p: (p.person, p.begin, p.key))


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where an article gives a person a post: the post's key, article, number of the official in it, and where the post begins."""

    person: str
    key: str
    id: str
    number: int
    start: int


def evidence(persons: Iterable[Person]) -> list[Evidence]:
    """What stands behind the posts of `person_posts`, in the order of articles."""
    out = {
        Evidence(person.id, key, mention.article, mention.person, post.start)
        for person in persons
        for key, seen in _joined(_grouped(person)).items()
        for mention, post in seen
    }
    return sorted(out, key=lambda e: (e.person, e.key, e.id, e.number, e.start))


def _grouped(person: Person) -> dict[str, list[tuple[Mention, Held]]]:
    grouped: dict[str, list[tuple[Mention, Held]]] = defaultdict(list)
    for mention in person.mentions:
        for post in mention.posts:
            grouped[post.key].append((mention, post))
    return grouped


def holders(posts: Iterable[PersonPost]) -> dict[str, list[PersonPost]]:
    """Who held each post whose body is known, by the post's key, in order of the told begin or the first sight."""
    out: dict[str, list[PersonPost]] = defaultdict(list)
    for post in posts:
        if post.body_key:
            out[post.key].append(post)
    return {
        key: sorted(out[key], key=lambda p: (p.begin, p.until or p.last_seen or "9999", p.person))
        for key in sorted(out)
    }


_MORE = 5  # times as many articles for another holder that make a post doubtful


def _doubted(posts: list[PersonPost], persons: Sequence[Person]) -> list[PersonPost]:
    """Posts with the doubtful ones marked."""
    single = {h.key for p in persons for m in p.mentions for h in m.posts if h.holders == "one"}
    rivals: dict[str, list[PersonPost]] = defaultdict(list)
    for post in posts:
        if post.key in single and post.body_key and post.first_seen:
            rivals[post.key].append(post)
    return [
        replace(post, doubtful=True) if any(_outweighs(r, post) for r in rivals.get(post.key, ())) else post
        for post in posts
    ]


def _outweighs(rival: PersonPost, post: PersonPost) -> bool:
    if rival.person == post.person or not (post.first_seen and post.last_seen and rival.first_seen and rival.last_seen):
        return False
    within = rival.first_seen <= post.first_seen and post.last_seen <= rival.last_seen
    return within and rival.articles >= _MORE * post.articles


def _joined(grouped: Mapping[str, list[tuple[Mention, Held]]]) -> dict[str, list[tuple[Mention, Held]]]:
    """Posts by key. One without a body, or whose unit is left open, joins the person's only whole post that fits it."""
    out = {key: list(seen) for key, seen in grouped.items()}
    whole: dict[tuple[str, str | None], list[str]] = defaultdict(list)
    for key, seen in grouped.items():
        if (body := seen[0][1].body) and body.key:
            role = key.split("@")[0]
            whole[role, body.name].append(key)
            whole[role, None].append(key)
    for key, seen in grouped.items():
        body = seen[0][1].body
        if body and body.key:
            continue
        fits = whole[key.split("@")[0], body.name if body else None]
        if len(fits) == 1:
            out[fits[0]] += out.pop(key)
    return out


def _wordings(persons: Sequence[Person]) -> dict[str, str]:
    """The usual wording of each body: the most frequent one, of two the one with fewer capitals."""
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for person in persons:
        for mention in person.mentions:
            for post in mention.posts:
                if post.body and post.body.key and post.body_wording:
                    seen[post.body.key][post.body_wording] += 1
    return {
        key: min(words, key=lambda w: (-words[w], sum(map(str.isupper, w)), len(w), w)) for key, words in seen.items()
    }


def _post(person: Person, key: str, seen: Sequence[tuple[Mention, Held]], wordings: Mapping[str, str]) -> PersonPost:
    held = [p for _, p in seen]
    whole = _fullest(held)
    body_key, unit = (whole.body.key, whole.body.unit) if whole.body else (None, None)
    current, left = _days(seen, former=False), _days(seen, former=True)
    return PersonPost(
        person.id,
        person.name,
        key,
        _usual_role(held),
        wordings.get(body_key or "", whole.body_wording),
        body_key,
        unit if unit and unit.isdigit() else None,
        whole.province,
        next(_known(p.admin_level for p in held), None),
        all(p.former for p in held),
        all(p.acting for p in held),
        min(current, default=None),
        max(current, default=None),
        min(left, default=None),
        min(_known(p.since for p in held), default=None),
        max(_known(p.until for p in held), default=None),
        len({m.article for m, _ in seen}),
        len({m.article for m, _ in seen if not m.day}),
    )


def _known(values: Iterable[str | None]) -> Iterator[str]:
    return (value for value in values if value)


def _fullest(held: Sequence[Held]) -> Held:
    """The first post whose body is known, else the first."""
    return next((p for p in held if p.body and p.body.key), held[0])


def _usual_role(held: Sequence[Held]) -> str:
    """The most frequent role, where there are any of those that are still held."""
    roles = Counter(p.role for p in held if not p.former) or Counter(p.role for p in held)
    return min(roles, key=lambda r: (-roles[r], r))


def _days(seen: Sequence[tuple[Mention, Held]], *, former: bool) -> list[str]:
    """The days of articles in which the post is held, or was."""
    return [m.day for m, p in seen if p.former == former and m.day]
