"""Posts that the rest of the article completes: a bare "Cục trưởng" or "Chủ tịch" beside a fuller wording elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractor.compiled import compiled
from extractor.fields.officials.collector import Name
from extractor.fields.officials.persons import Person, distance
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.roles import base, base_row, row_of
from extractor.fields.officials.rows import RoleRow, key, lexicon
from extractor.fields.officials.wording import quiet
from extractor.fields.officials.words import forms, template
from extractor.models import Reading
from extractor.rules import Template
from extractor.text import one_tone

_TEAM = template(r"(?<!\p{L})({team}[\p{L} ]{0,45}?)(?=[ ]{team-end}[ ]|,)")
_COUNCIL = template(r"(?<!\p{L})({special-council}[ ][\p{L} ]{2,40}?)(?=[ ]{led-by}[ ])")
_COMPANY = template(r"(?<!\p{L}){company-word}(?!\p{L})")
_SPEAKS = template(r",?[ ](?:{said-adverb}[ ])*{said}(?!\p{L})")
_ORDERS = template(r"[ ](?:{ordered-adverb}[ ])*{ordered}(?!\p{L})")
_ON_BEHALF = template(
    r"(?<!\p{L})(?i:{on-behalf})\.?[ ]?([\p{L} \n]{3,70}?)\s*\n\s*(?:(?i:{signed-for})\.?[ ]?[^\n]{2,40}\n\s*)?$"
)
_OF = template(r"[ ]{of}[ ]")  # "Điều tra viên Lê Văn Mẫu | của Công an huyện"
_BESIDE = 2  # characters between a post and the name behind it
_INSIDE = compiled(r"\p{Lu}\p{L}* $")  # a head's word inside a name: "xã Tân | Hội Trung"
_MANY = 200  # posts of others that are looked at
_LED = 7  # characters between a name and the post of who leads
_REACH, _NEAR = 1200, 200  # characters: two paragraphs; the sentence before


def complete(
    reading: Reading, reader: PostReader, people: Sequence[Person], posts: Sequence[Post], loose: Sequence[Post]
) -> None:
    """Bare posts get the body that the article gives for the same role: from a post of nobody, or from the text before."""
    context = _Context(reading, reader, people, posts, loose)
    for person in people:
        context.complete(person)


@dataclass(slots=True)
class _Own:
    """What is known of the posts of one person: the posts as they were, the roles with a body, free posts by role."""

    posts: set[Post]
    private: bool
    bodied: set[str]
    names: list[Name]  # by their ends
    free: dict[str, list[Post]] = field(default_factory=dict)


class _Context:
    """Completes the posts of one article. `posts` are all of them, `loose` those of nobody."""

    def __init__(
        self,
        reading: Reading,
        reader: PostReader,
        people: Sequence[Person],
        posts: Sequence[Post],
        loose: Sequence[Post],
    ) -> None:
        self.reading, self.reader = reading, reader
        self.posts, self.loose = posts, loose
        self.holders = _by_role(q for p in people for q in p.posts)
        self.alike = _by_role(loose)

    def complete(self, person: Person) -> None:
        """Complete the posts of a person, in place."""
        own = _Own(
            set(person.posts),
            any(p.public is False for p in person.posts),
            {key(p.role) for p in person.posts if p.body},
            sorted(person.names, key=_end),
        )
        for i, post in enumerate(person.posts):
            if post.public is not False:
                person.posts[i] = self._completed(person, own, post)

    def _completed(self, person: Person, own: _Own, post: Post) -> Post:
        """A post with the body, or the fuller wording of it, that the article gives; as it is where there is none."""
        if post.body is None:
            post = told_at_once(self.reading, self.reader, own.names, post)
        if post.body is None:
            return self._bare(person, own, post)
        longer = self._fuller(post) or _worded(post, self.loose)
        return replace(post, body=longer) if longer else post

    def _bare(self, person: Person, own: _Own, post: Post) -> Post:
        """A post without a body with the one that the article gives it, or as it is."""
        role = key(post.role)
        if role not in own.free:
            own.free[role] = _free(self.alike[role], [q for q in self.holders[role] if q not in own.posts])
        given = post
        if not own.private and role not in own.bodied:
            given = self._bodied(person, post, own.free[role])
        if given.body is None:
            given = self._run_by(own.names, post) or self._beside(post)
        if given.body is not None:
            own.bodied.add(key(given.role))
        return given

    def _bodied(self, person: Person, post: Post, free: Sequence[Post]) -> Post:
        """The post with the body of the same role elsewhere, of a team, a ministry or an organisation named before."""
        row = base_row(post.role)
        if (post.public and not (row.families or row.ministry)) or person.key in forms("titled-name"):
            return post  # "Chủ tịch Hồ Chí Minh" is a name of its own
        same = self._same_role(post, free)
        if same is not None:
            return replace(
                post, body=same.body, public=True, start=same.start, end=same.end, body_start=same.body_start
            )
        body = self._led(post, row)
        if not body or (not row.leads and any(p.body for p in person.posts)):
            return post
        return replace(post, body=body, public=post.public if row.ministry else True)

    def _led(self, post: Post, row: RoleRow) -> str | None:
        """The team, council, ministry or organisation that the text names for a bare head of one."""
        if row.leads:
            return self._team(post, _TEAM if row.leads == "team" else _COUNCIL)
        if row.ministry:
            return self._ministry(post, row.head or "")
        return self._before(post, row.families) if row.families else None

    def _same_role(self, post: Post, free: Sequence[Post]) -> Post | None:
        """The free post of the same role whose body the article leaves no doubt of."""
        same = _fullest([p for p in free if p.body and p.public and key(p.role) == key(post.role)])
        if len(_bodies(same)) > 1:
            same = [p for p in same if self.reading.sentence_at(p.start)[0] == p.start]
        return same[0] if len(_bodies(same)) == 1 else None

    def _team(self, post: Post, table: Template) -> str | None:
        """The team or council that the text names before its head."""
        text = self.reading.text
        team = table.search(self.reading.folded, max(0, post.start - 250), post.start)
        if team is None or "\n" in text[team.end() : post.start]:
            return None
        name = text[team.start(1) : team.end(1)].strip()
        return name[0].upper() + name[1:]

    def _run_by(self, names: Sequence[Name], post: Post) -> Post | None:
        """The head of a body named before: "Trung tâm X do ông A làm Giám đốc". `names` are the person's, by their ends."""
        reading = self.reading
        begin, end = (bisect_left(names, at, key=_end) for at in (post.start - _LED, post.start))
        name = next((n for n in names[begin:end] if self._leads(n, post)), None)
        if name is None:
            return None
        begin = max(reading.sentence_at(name.start)[0], name.start - 150)
        named = self.reader.bodies.named(begin, name.lead)
        found = [(at, body) for at, body, _ in named if not _INSIDE.search(reading.text, at - 12, at)]
        if not found or _COMPANY.search(reading.folded, found[-1][0], name.lead):
            return None
        return replace(post, body=found[-1][1], public=True)

    def _leads(self, name: Name, post: Post) -> bool:
        """Whether a name before a post is that of who leads what stands before the name."""
        folded, between = self.reading.folded, self.reading.folded[name.end : post.start]
        led = tuple(f" {word} " for word in forms("led-by"))
        return folded.endswith(led, 0, name.lead) and any(word in between for word in forms("works-as"))

    def _beside(self, post: Post) -> Post:
        """A bare deputy beside the head in one sentence: "Chủ tịch UBND tỉnh A …; các Phó Chủ tịch: B, C"."""
        role = base(post.role)
        if not base_row(post.role).deputies or key(post.role) == role:
            return post
        start, end = self.reading.sentence_at(post.start)
        inside = self.posts[bisect_left(self.posts, start, key=_start) : bisect_left(self.posts, end, key=_start)]
        near = [p for p in inside if p.body and p.public and base(p.role) == role]
        return replace(post, body=near[0].body, public=True) if len(_bodies(near)) == 1 else post

    def _ministry(self, post: Post, head: str) -> str | None:
        """The one ministry that the article names, or the one that the sentence names before the post."""
        named = self.reader.bodies.named(0, len(self.reading.text))
        found = [(at, body) for at, body, of in named if of == head and "," not in body]
        bodies = {body for _, body in found}
        if len(bodies) == 1:
            return bodies.pop()
        begin = self.reading.sentence_at(post.start)[0]
        near = {body for at, body in found if begin <= at < post.start}
        return _longest(bodies, key(near.pop())) if len(near) == 1 else None

    def _fuller(self, post: Post) -> str | None:
        """The last fuller name before a body that is only its head: in the text, or in another's post."""
        low = key(post.body or "")
        head = lexicon().bodies.get(low)
        if head is None or not head.needs_more or key(head.canonical) != low:
            return None
        return self._before(post, (head.canonical,)) or self._posted(low, post.start)

    def _posted(self, head: str, end: int) -> str | None:
        """The body of the last public post before an offset that goes on behind a folded head."""
        bodies = (p.body for p in reversed(self.posts) if p.public and p.body and p.start < end)
        return next((body for body in bodies if key(body).startswith(f"{head} ")), None)

    def _before(self, post: Post, heads: tuple[str, ...]) -> str | None:
        """The last organisation of these kinds that the text names in full before a post; none where a company is nearer."""
        if _COMPANY.search(self.reading.folded, max(0, post.start - _NEAR), post.start):
            return None
        named = self.reader.bodies.named(max(0, post.start - _REACH), post.start)
        found = [body for _, body, head in named if head in heads]
        return found[-1] if found else None


def _longest(bodies: Iterable[str], start: str) -> str | None:
    """The longest of the bodies that begin with folded words, None where several are as long."""
    alike = [b for b in bodies if key(b).startswith(start)]
    longest = [b for b in alike if len(b) == max(map(len, alike))]
    return longest[0] if len(longest) == 1 else None


def _by_role(posts: Iterable[Post]) -> dict[str, list[Post]]:
    out: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        out[key(post.role)].append(post)
    return out


def _bodies(posts: Sequence[Post]) -> set[str]:
    return {key(p.body or "") for p in posts}


def _start(post: Post) -> int:
    return post.start


def _end(name: Name) -> int:
    return name.end


def _free(alike: Sequence[Post], others: Sequence[Post]) -> list[Post]:
    """The posts that no other person holds already."""
    return [p for p in alike if not any(_same(p, q) for q in others[:_MANY])]


def _same(post: Post, other: Post) -> bool:
    """Whether two posts are one, which another person holds already."""
    if not (post.body and other.body):
        return False
    return key(post.role) == key(other.role) and _within(post.body, other.body)


def _within(a: str, b: str) -> bool:
    x, y = set(key(a).split()), set(key(b).split())
    return x <= y or y <= x


def _fullest(posts: Sequence[Post]) -> list[Post]:
    """Posts without those that another one words in full: "Chủ tịch Hà Nội" beside "Chủ tịch UBND TP Hà Nội"."""
    words = [set(key(p.body or "").split()) for p in posts]
    return [p for p, own in zip(posts, words, strict=True) if not any(own < other for other in words)]


def _worded(post: Post, loose: Sequence[Post]) -> str | None:
    """The one fuller wording of the same post that nobody's name stands beside ("Giám đốc Sở X tỉnh" and "… tỉnh Y")."""
    if key(post.body or "") in lexicon().bodies:
        return None  # "Ủy ban nhân dân" alone may be any
    low = key(post.body or "") + " "
    fuller = {p.body for p in loose if p.body and key(p.role) == key(post.role) and key(p.body).startswith(low)}
    return fuller.pop() if len(fuller) == 1 else None


def told_at_once(reading: Reading, reader: PostReader, names: Sequence[Name], post: Post) -> Post:
    """A bare post with the body that its signature or the words behind its name tell; `names` are the holder's, by their ends."""
    post = _signed(reading, post)
    at = bisect_left(names, post.end, key=_end)
    name = names[at] if at < len(names) else None
    if post.body is not None or name is None or not 0 <= name.lead - post.end <= _BESIDE:
        return post
    link = _OF.match(reading.folded, name.end)
    unit = reader.bodies.unit_at(reader.tokens.after(link.end())) if link else None
    if unit is None or unit.row is None or not unit.complemented:
        return post
    return replace(post, body=reader.bodies.wording(unit), public=unit.public)


def _signed(reading: Reading, post: Post) -> Post:
    """A post over a signature with the body in whose name it signs: "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH / PHÓ CHỦ TỊCH"."""
    if not reading.text[post.start : post.end].isupper():
        return post
    found = _ON_BEHALF.search(reading.text, max(0, post.start - 150), post.start)
    if found is None:
        return post
    words = one_tone(quiet(" ".join(found.group(1).upper().split())))
    if not words.startswith(tuple(forms("signing-body"))):
        return replace(post, public=True)
    return replace(post, body=words[0].upper() + words[1:], public=True)


def subjects(reading: Reading, people: Sequence[Person], loose: Sequence[Post]) -> None:
    """A post that speaks ("…", Chủ tịch UBND huyện nhấn mạnh) is the one speaker's whose post the text does not give otherwise."""
    others: list[Post] = []
    for post in (p for p in loose if _speaks(reading, p)):
        if row_of(post).speaks:
            _give_spokesman(post, people)
        elif not _quoted(reading, post):
            others.append(post)
    silent = [p for p in people if not p.posts and _speaker(reading, p)] if _one(others) else []
    if len(silent) == 1:
        silent[0].posts.append(others[0])


def _speaks(reading: Reading, post: Post) -> bool:
    """Whether a whole post of today is said to speak."""
    whole = bool(post.body and post.public and not post.former)
    return whole and _SPEAKS.match(reading.folded, post.end) is not None


def _give_spokesman(post: Post, people: Sequence[Person]) -> None:
    """The spokesman of a body is the one person with another post in it, or the head of its office."""
    near = [p for p in people if _in_body(p, post.body or "")]
    if len(near) > 1:
        near = [p for p in near if any(row_of(q).office for q in p.posts)]
    if len(near) == 1:
        near[0].posts.append(post)


def _in_body(person: Person, body: str) -> bool:
    """Whether a person has a post in a body, whichever wording is longer."""
    return any(q.body and _within(body, q.body) for q in person.posts)


def _quoted(reading: Reading, post: Post) -> bool:
    """Whether a post is named by somebody who is quoted."""
    line = reading.line_at(post.start)
    opened, closed = (reading.text.rfind(mark, line.start, post.start) for mark in "“”")
    return opened > closed


def _one(posts: Sequence[Post]) -> bool:
    """Whether all posts are the first one, worded alike, shortened or misspelt by a letter."""
    if not posts or len({key(p.role) for p in posts}) != 1:
        return False
    first, *others = (key(p.body or "") for p in posts)
    return all(set(o.split()) <= set(first.split()) or distance(o, first, 1) <= 1 for o in others)


def _speaker(reading: Reading, person: Person) -> bool:
    """Whether the text names a person more than once, addresses them and lets them speak or give orders."""
    mentions = (*person.names, *person.aliases)
    if len(mentions) < 2 or not any(n.addressed and not n.private for n in person.names):
        return False
    return any(_ORDERS.match(reading.folded, n.end) for n in mentions)
