"""From a reading to officials: names, posts, attachment, persons, merged positions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extractor.covering import Spans
from extractor.fields.officials.activities import Days, activities
from extractor.fields.officials.attach import attach
from extractor.fields.officials.candidates import candidates
from extractor.fields.officials.changes import Change, Changes
from extractor.fields.officials.collector import Name
from extractor.fields.officials.completion import complete_posts
from extractor.fields.officials.context import complete, subjects
from extractor.fields.officials.infobox import read_boxes, read_careers
from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.merge import merged
from extractor.fields.officials.names import find_names
from extractor.fields.officials.persons import Person, group
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.resolve import bare_role, position
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.scene import Scene
from extractor.fields.officials.settle import Settler, take_committees
from extractor.fields.officials.tenure import Tenures
from extractor.fields.officials.terms import Terms
from extractor.fields.officials.weigh import Decide, Weigher, chosen_posts, person_keys
from extractor.fields.officials.weights import Votes
from extractor.models import Mention, Reading
from extractor.places import Places
from extractor.records import Activity, Date, Document, Event, NameMention, Official, Position, Provenance

# Around a bare "Chủ tịch" these make it a company's or a club's.
_BUSINESS = regex.compile(
    r"(?<!\p{L})(?:công ty|ngân hàng|tập đoàn|hđqt|hội đồng quản trị|cổ đông|đhđcđ|"
    r"doanh nghiệp|clb|câu lạc bộ|cầu thủ|tiền đạo|tiền vệ|hậu vệ|huấn luyện viên|"
    r"hlv|đội bóng|bóng đá|cđv|tmcp|\p{L}+bank)(?!\p{L})"
)

Judged = tuple[
    Person, tuple[Post, ...], list[Position] | None, list[Change]
]  # a person, their posts as they stand, those of the record


def find_officials(
    reading: Reading,
    names: Sequence[Mention],
    places: Places,
    *,
    persons: bool = False,
    dates: Sequence[Date] = (),
    documents: Sequence[Document] = (),
    decide: Decide | None = None,
) -> list[Official]:
    """Officials in the order of their first mention; private persons only where `persons` is set.

    `names` are the statistical layer's mentions: its persons are votes beside the rules', its posts say how far a body goes.
    `dates` and `documents` are the article's; activities, terms and changes in office take theirs from them.
    `decide` weighs the candidates; without it the rules alone decide.
    """
    table = lexicon()
    marks = Marks(reading, table.role_forms, table.address, table.bound)
    located = [(x.start, x.end) for x in places.locations if x.code]
    found = [n for n in find_names(marks, names, located) if not reading.is_boilerplate(n.start)]
    spans = [(m.start, m.end) for m in names if m.label == "POST"]
    reader = PostReader(marks, {at for n in found for at in (n.start, n.lead)}, spans, located)
    chosen = chosen_posts(reading, found, candidates(reader, names), decide) if decide else ()
    posts = [c.post for c in chosen] if decide else reader.posts()
    attached = attach(marks, posts, found)
    held = {found[i].key for i in read_boxes(reading, found, posts, attached)}
    read_careers(reading, found, attached)
    if decide:
        attached = Weigher(reading, found, chosen, names, attached, person_keys(found), decide).run()
        read_careers(reading, found, attached)
    Settler(reading, found, attached).run()
    out: list[Official] = []
    people = group(reading.folded, found, attached.posts)
    terms, days, votes = Terms(reading, dates), Days(reading, dates), Votes(names)
    roles = {end: start for start, end in sorted(marks.roles, reverse=True)}
    told = _careers(reading, found, people, terms, days, documents, posts)
    moments = [tuple(sorted(p.posts, key=lambda q: q.start)) for p in people]
    if decide is None:
        for person in people:
            person.distinct()
    written = [list(p.posts) for p in people]
    complete(reading, reader, people, posts, attached.loose)
    if decide:
        complete_posts(Scene(reading, found, posts), places, people, written, decide, reader)
    for person, posts in zip(people, written, strict=True):
        if person.key in keys().bare:
            person.posts = posts
    subjects(reading, people, attached.loose)
    take_committees(people)
    judged: list[Judged] = []
    for person, moment, changes in zip(people, moments, told, strict=True):
        official = _official(reading, places, person)
        if decide and official is not None:
            official = _held(reading, places, person)
        if official is None and person.key in held and not person.posts:
            official = []
        if official is None:
            reading.drop(
                person.first.start, person.first.end, "officials", "no-public-post", "the text gives no public post"
            )
        judged.append((person, moment, official, changes))
    stops = _private(names, judged)
    for person, moment, positions, changes in judged:
        if positions is not None or persons:
            done = activities(reading, person, moment, days, stops) if positions is not None else ()
            item = _item(reading, person, positions or [], positions is not None, done, votes, roles)
            out.append(item.model_copy(update={"events": _events(reading, item.positions, changes)}))
    return sorted(out, key=lambda o: o.start)


def _private(names: Sequence[Mention], judged: Sequence[Judged]) -> list[int]:
    """Where mentions of persons begin who are no officials: those without a post, and whom the statistical layer alone sees."""
    public = Spans((n.lead, n.end) for p, _, posts, _ in judged if posts is not None for n in (*p.names, *p.aliases))
    found = {n.lead for p, _, posts, _ in judged if posts is None for n in (*p.names, *p.aliases)}
    seen = {m.start for m in names if m.label == "PER" and not public.meet(m.start, m.end)}
    return sorted(found | seen)


def _careers(
    reading: Reading, names: Sequence[Name], people: Sequence[Person], terms: Terms, days: Days,
    documents: Sequence[Document], posts: Sequence[Post],
) -> list[list[Change]]:  # fmt: skip
    """The changes in office of every person; their posts get the times and ends that the text tells."""
    tenures = Tenures(reading, terms, [(n.start, n.end) for n in names])
    changes = Changes(reading, terms, days, documents, names, posts)
    out = []
    for person in people:
        replaced = {p for p in person.posts if p.ended}
        tenures.read(person)
        out.append(changes.read(person, replaced))
    return out


def _events(reading: Reading, positions: Sequence[Position], changes: Sequence[Change]) -> tuple[Event, ...]:
    """The record's events; each with the index of the position that it is about."""
    return tuple(
        Event(
            start=c.start,
            end=c.end,
            text=reading.text[c.start : c.end],
            kind=c.kind,
            date=c.date,
            document=c.document,
            position=_index(positions, c.post),
        )
        for c in changes
    )


def _index(positions: Sequence[Position], post: Post | None) -> int | None:
    """Which of the positions a post is: the one that stands there, or the one worded in full."""
    if post is None:
        return None
    places = [i for i, p in enumerate(positions) if p.start < post.end and post.start < p.end]
    role, body = key(bare_role(post.role)), key(post.body or "")
    alike = [
        i
        for i, p in enumerate(positions)
        if key(p.role) == role and set(body.split()) <= set(key(p.body or "").split())
    ]
    return next(iter([*places, *alike]), None)


def _held(reading: Reading, places: Places, person: Person) -> list[Position] | None:
    """The positions of weighed posts; None where there is none."""
    return _positions(reading, places, person, person.posts) or None


def _positions(reading: Reading, places: Places, person: Person, posts: Sequence[Post]) -> list[Position]:
    name = person.first.text
    return [position(reading, places, p, [q for q in posts if q is not p], name) for p in merged(posts)]


def _official(reading: Reading, places: Places, person: Person) -> list[Position] | None:
    posts = [p for p in person.posts if p.public is not False]
    if not any(p.public for p in posts):
        bare = [p for p in posts if p.public is None]
        if any(_BUSINESS.search(reading.folded, max(0, p.start - 250), p.end + 250) for p in bare):
            return None
        kinds = {r.id: r.kind for r in lexicon().roles.values()} if bare else {}
        if not bare or len(bare) < len(person.posts) or all(kinds.get(p.rule) == "firm" for p in bare):
            return None
    near = {p: p.public is None and _BUSINESS.search(reading.folded, max(0, p.start - 250), p.end + 250) for p in posts}
    if any(p.public for p in posts):
        posts = [p for p in posts if not near[p]]
    return _positions(reading, places, person, posts)


def _item(
    reading: Reading,
    person: Person,
    positions: list[Position],
    official: bool,
    done: tuple[Activity, ...],
    votes: Votes,
    roles: Mapping[int, int],
) -> Official:
    first = person.first
    aliases: list[str] = []
    mentions = [NameMention(start=n.start, end=n.end, text=n.text) for n in person.names]
    for name in person.aliases:
        start, text = _alias(reading, name, roles)
        if text not in aliases:
            aliases.append(text)
        mentions.append(NameMention(start=start, end=name.end, text=text, kind="alias"))
    return Official(
        start=first.start,
        end=first.end,
        text=first.text,
        name=" ".join(first.text.split()),
        official=official,
        aliases=tuple(aliases),
        mentions=tuple(sorted(mentions, key=lambda m: m.start)),
        positions=tuple(positions),
        activities=done,
        provenance=Provenance(
            layer="ner" if first.source == "ner" else "rule",
            rule=f"officials.{first.source}",
            confidence=votes.confidence(person),
        ),
    )


def _alias(reading: Reading, name: Name, roles: Mapping[int, int]) -> tuple[int, str]:
    """Where an alias begins and what it is: with the form of address, or the role, before it."""
    start = roles.get(name.lead - 1, name.lead) if name.lead == name.start else name.lead
    return start, reading.text[start : name.end]
