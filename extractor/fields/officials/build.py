"""From a reading to officials: names, posts, attachment, persons, merged positions."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.covering import Spans
from extractor.fields.officials.activities import Days, activities
from extractor.fields.officials.attach import Attachment, attach
from extractor.fields.officials.candidates import Candidate, candidates
from extractor.fields.officials.careers import complete_careers
from extractor.fields.officials.changes import Change, Changes
from extractor.fields.officials.collector import Name
from extractor.fields.officials.completion import complete_posts
from extractor.fields.officials.context import complete, subjects
from extractor.fields.officials.evidence import BUSINESS
from extractor.fields.officials.foreign import drop_names, keep_own_state
from extractor.fields.officials.foreign_roles import not_theirs, of_foreigners
from extractor.fields.officials.infobox import read_boxes, read_careers
from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.merge import merged
from extractor.fields.officials.name_forms import foreign_name
from extractor.fields.officials.names import find_names
from extractor.fields.officials.persons import Person, group
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.resolve import position
from extractor.fields.officials.roles import bare_role, row_of
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.scene import Scene
from extractor.fields.officials.settle import Settler, take_committees
from extractor.fields.officials.tenure import Tenures
from extractor.fields.officials.terms import Terms
from extractor.fields.officials.weigh import Decide, Weigher, chosen_posts, person_keys
from extractor.fields.officials.weights import Votes
from extractor.models import Mention, Reading
from extractor.places import Places
from extractor.records import Date, Document, Event, NameMention, Official, Position, Provenance

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
    marks = _marks(reading)
    found, reader = _read(marks, names, places)
    chosen = chosen_posts(reading, found, candidates(reader, names), decide) if decide else ()
    posts = [c.post for c in chosen] if decide else reader.posts()
    attached = _attached(marks, found, names, posts, chosen, decide)
    people = group(reading.folded, found, attached.posts)
    not_theirs(people)
    days = Days(reading, dates)
    told = _careers(reading, found, people, Terms(reading, dates), days, documents, posts)
    moments = [tuple(sorted(p.posts, key=_start)) for p in people]
    _complete(reader, places, people, found, posts, attached.loose, decide)
    judged = [
        (person, moment, _judged(reading, places, person, weighed=decide is not None), changes)
        for person, moment, changes in zip(people, moments, told, strict=True)
    ]
    teller = _Teller(reading, days, _private(names, judged), Votes(names), marks)
    out = [teller.item(*one) for one in judged if one[2] is not None or persons]
    return sorted(out, key=_start)


def _start(item: Post | Official) -> int:
    return item.start


def _read(marks: Marks, names: Sequence[Mention], places: Places) -> tuple[list[Name], PostReader]:
    """The names of the article, and the reader of its posts."""
    located = [(x.start, x.end) for x in places.locations if x.code]
    found = [n for n in find_names(marks, names, located) if not marks.reading.is_boilerplate(n.start)]
    spans = [(m.start, m.end) for m in names if m.label == "POST"]
    return found, PostReader(marks, {at for n in found for at in (n.start, n.lead)}, spans, located)


def _complete(
    reader: PostReader, places: Places, people: Sequence[Person], found: Sequence[Name], posts: Sequence[Post],
    loose: Sequence[Post], decide: Decide | None,
) -> None:  # fmt: skip
    """Bodies that the article names elsewhere for the posts of persons, and posts of nobody that are a speaker's."""
    if decide is None:
        for person in people:
            person.distinct()
    written = [list(p.posts) for p in people]
    complete(reader.reading, reader, people, posts, loose)
    if decide:
        complete_posts(Scene(reader.reading, found, posts), places, people, written, decide, reader)
    strangers = [p.first.text for p in people if foreign_name(p.first.text)]
    for person, told in zip(people, written, strict=True):
        keep_own_state(person.first.text, person.posts, told)
        drop_names(person.posts, [*strangers, person.first.text])
        if person.key in keys().bare:
            person.posts = told
    subjects(reader.reading, people, loose)
    take_committees(people)


def _marks(reading: Reading) -> Marks:
    table = lexicon()
    return of_foreigners(Marks(reading, table.role_forms, table.address, table.bound))


def _attached(
    marks: Marks, found: Sequence[Name], names: Sequence[Mention], posts: Sequence[Post], chosen: Sequence[Candidate],
    decide: Decide | None,
) -> Attachment:  # fmt: skip
    """Posts by whose they are."""
    reading = marks.reading
    attached = attach(marks, posts, found)
    boxed = read_boxes(reading, found, posts, attached)
    read_careers(reading, found, attached)
    if decide and chosen:
        attached = Weigher(reading, found, chosen, names, attached, person_keys(found), decide, boxed).run()
        complete_careers(Scene(reading, found, posts), attached)
        read_careers(reading, found, attached)
    Settler(reading, found, attached).run()
    return attached


def _judged(reading: Reading, places: Places, person: Person, *, weighed: bool) -> list[Position] | None:
    """The positions of an official, None for a private person."""
    posts = _public(reading, person)
    if posts:
        return _positions(reading, places, person, person.posts if weighed else posts)
    first = person.first
    reading.drop(first.start, first.end, "officials", "no-public-post", "the text gives no public post")
    return None


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


def _positions(reading: Reading, places: Places, person: Person, posts: Sequence[Post]) -> list[Position]:
    name = person.first.text
    return [position(reading, places, p, [q for q in posts if q is not p], name) for p in merged(posts)]


def _public(reading: Reading, person: Person) -> list[Post]:
    """The posts of a person with a public one; none where the text gives no public post."""
    posts = [p for p in person.posts if p.public is not False]
    clear = _outside_business(reading, posts)
    if any(p.public for p in posts):
        return clear
    firms = len(clear) < len(person.posts) or all(row_of(p).kind == "firm" for p in posts)
    return [] if firms else posts


def _outside_business(reading: Reading, posts: Sequence[Post]) -> list[Post]:
    """Posts that are public, or around which no words of companies or clubs stand."""
    return [p for p in posts if p.public or not BUSINESS.search(reading.folded, max(0, p.start - 250), p.end + 250)]


class _Teller:
    """Makes the record's items of one article. `stops` are where private persons are named, `roles` role ends to their starts."""

    def __init__(self, reading: Reading, days: Days, stops: Sequence[int], votes: Votes, marks: Marks) -> None:
        self.reading, self.days, self.stops, self.votes = reading, days, stops, votes
        self.roles = {end: start for start, end in sorted(marks.roles, reverse=True)}

    def item(
        self, person: Person, moment: Sequence[Post], positions: Sequence[Position] | None, changes: Sequence[Change]
    ) -> Official:
        """The item of a person; a private one, whose positions are None, has no activities either."""
        official = positions is not None
        done = activities(self.reading, person, moment, self.days, self.stops) if official else ()
        first = person.first
        aliases = [(*self._alias(name), name.end) for name in person.aliases]
        mentions = [NameMention(start=n.start, end=n.end, text=n.text) for n in person.names]
        mentions += [NameMention(start=start, end=end, text=text, kind="alias") for start, text, end in aliases]
        return Official(
            start=first.start,
            end=first.end,
            text=first.text,
            name=" ".join(first.text.split()),
            official=official,
            aliases=tuple(dict.fromkeys(text for _, text, _ in aliases)),
            mentions=tuple(sorted(mentions, key=lambda m: m.start)),
            positions=tuple(positions or ()),
            activities=done,
            events=_events(self.reading, positions or (), changes),
            provenance=Provenance(
                layer="ner" if first.source == "ner" else "rule",
                rule=f"officials.{first.source}",
                confidence=self.votes.confidence(person),
            ),
        )

    def _alias(self, name: Name) -> tuple[int, str]:
        """Where an alias begins and what it is: with the form of address, or the role, before it."""
        start = self.roles.get(name.lead - 1, name.lead) if name.lead == name.start else name.lead
        return start, self.reading.text[start : name.end]
