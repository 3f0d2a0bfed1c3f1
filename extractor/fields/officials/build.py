"""From a reading to officials: names, posts, attachment, persons, merged positions."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fields.officials.activities import Days, activities
from extractor.fields.officials.attach import attach
from extractor.fields.officials.candidates import candidates
from extractor.fields.officials.collector import Name
from extractor.fields.officials.completion import complete_posts
from extractor.fields.officials.context import complete, subjects
from extractor.fields.officials.infobox import read_boxes, read_careers
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.merge import merged
from extractor.fields.officials.names import find_names
from extractor.fields.officials.persons import Person, group
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.resolve import position
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.scene import Scene
from extractor.fields.officials.weigh import Decide, Weigher, chosen_posts, person_keys
from extractor.fields.officials.weights import Votes
from extractor.models import Mention, Reading
from extractor.places import Places
from extractor.records import Date, NameMention, Official, Position, Provenance

# Around a bare "Chủ tịch" these make it a company's or a club's.
_BUSINESS = regex.compile(
    r"(?<!\p{L})(?:công ty|ngân hàng|tập đoàn|hđqt|hội đồng quản trị|cổ đông|đhđcđ|"
    r"doanh nghiệp|clb|câu lạc bộ|cầu thủ|tiền đạo|tiền vệ|hậu vệ|huấn luyện viên|"
    r"hlv|đội bóng|bóng đá|cđv|tmcp|\p{L}+bank)(?!\p{L})"
)


def find_officials(
    reading: Reading,
    names: Sequence[Mention],
    places: Places,
    *,
    persons: bool = False,
    dates: Sequence[Date] = (),
    decide: Decide | None = None,
) -> list[Official]:
    """Officials in the order of their first mention; private persons only where `persons` is set.

    `names` are the statistical layer's mentions: its persons are votes beside the rules', its posts say how far a body goes.
    `dates` are the article's dates; an activity gets the one day that its sentence names. `decide` weighs the candidates;
    without it the rules alone decide.
    """
    table = lexicon()
    marks = Marks(reading, table.role_forms, table.address)
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
    out: list[Official] = []
    people = group(found, attached.posts)
    moments = [tuple(sorted(p.posts, key=lambda q: q.start)) for p in people]
    if decide is None:
        for person in people:
            person.distinct()
    written = [list(p.posts) for p in people]
    complete(reading, reader, people, posts, attached.loose)
    if decide:
        complete_posts(Scene(reading, found, posts), places, people, written, decide, reader)
    subjects(reading, people, attached.loose)
    days, votes = Days(reading, dates), Votes(names)
    for person, moment in zip(people, moments, strict=True):
        official = _official(reading, places, person)
        if decide and official is not None:
            official = _held(reading, places, person.posts)
        if official is None and person.key in held and not person.posts:
            official = []
        if official is None:
            reading.drop(
                person.first.start, person.first.end, "officials", "no-public-post", "the text gives no public post"
            )
        if official is not None or persons:
            out.append(_item(reading, person, moment, official or [], official is not None, days, votes))
    return sorted(out, key=lambda o: o.start)


def _held(reading: Reading, places: Places, posts: Sequence[Post]) -> list[Position] | None:
    """The positions of weighed posts; None where there is none."""
    return [position(reading, places, p, [q for q in posts if q is not p]) for p in merged(posts)] or None


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
    return [position(reading, places, p, [q for q in posts if q is not p]) for p in merged(posts)]


def _item(
    reading: Reading,
    person: Person,
    posts: Sequence[Post],
    positions: list[Position],
    official: bool,
    days: Days,
    votes: Votes,
) -> Official:
    first = person.first
    aliases: list[str] = []
    mentions = [NameMention(start=n.start, end=n.end, text=n.text) for n in person.names]
    for name in person.aliases:
        start, text = _alias(reading, name)
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
        activities=activities(reading, person, posts, days) if official else (),
        provenance=Provenance(
            layer="ner" if first.source == "ner" else "rule",
            rule=f"officials.{first.source}",
            confidence=votes.confidence(person),
        ),
    )


def _alias(reading: Reading, name: Name) -> tuple[int, str]:
    return name.lead, reading.text[name.lead : name.end]
