"""What a person does in the text's terms: chairs, speaks, attends, signs, is appointed …, each with its evidence."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property
from typing import Protocol

from extractor.compiled import compiled
from extractor.fields.officials.collector import Name
from extractor.fields.officials.persons import Person
from extractor.fields.officials.posts import Post
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.records import Activity, Date

_ADVERBS = template(r"(?:[\s,)\-–]|(?:{act-adverb}|{on-behalf-of}[ ][\p{L} ]{3,40})(?!\p{L}))*")
# Signs between digits are the number's ("3.105 người", "2,5 tỷ", "8:30"), and neither a word nor a number is cut.
_CLAUSE = compiled(r"(?:[^.;:,\n“\"]|(?<=\d)[.,:](?=\d)){0,90}(?![\p{L}\p{M}\d]|[.,:]\d)")
_ATTENDED = template(r"(?<!\p{L}){attends}(?!\p{L})[^.;\n]{0,60}?(?<!\p{L}){present}(?!\p{L})\s*:?")
_APPOINTED = template(r"(?<!\p{L}){appointed}(?!\p{L})")
_DISMISSED = template(r"(?<!\p{L}){dismissed}(?!\p{L})")
# The date of a document is not the day of what is done: "theo Quyết định số 12/QĐ-UBND ngày 5/6/2019".
DOCUMENT_DATE = template(
    r"(?:\d/\p{L}[\p{L}\d\-&]*|{document}(?:[ ]{number-word})?[ ][\d/]+[\p{L}\d\-&/]*)[ ,(]*(?:{signed-on}[ ])?$"
)
# Ages, years of birth, numbers of identity cards: nothing that a record says of a person.
_OF_A_PERSON = template(
    r"(?<![\d.,])\d{1,3}[ ]{age}|(?<!\p{L}){born-on}[ ]?\d"
    r"|(?<!\p{L}){identity-card}(?!\p{L})|(?<![\d.,/])(?:\d{9}|\d{12})(?![\d.,/])"
)
_MOVES = frozenset({"appointed", "dismissed"})


class Add(Protocol):
    """Keeps one activity: its kind, its evidence `[start, end)`, the posts before and after an appointment."""

    def __call__(
        self, kind: str, start: int, end: int, before: Post | None = None, after: Post | None = None
    ) -> None: ...


class Days:
    """The days that an article's sentences name; dates of documents are left out."""

    def __init__(self, reading: Reading, dates: Sequence[Date]) -> None:
        self._reading, self._dates = reading, dates

    @cached_property
    def _days(self) -> dict[int, set[str]]:
        """Days by the number of the sentence, found when they are first asked for."""
        out: dict[int, set[str]] = {}
        for item in self._dates:
            day = item.value if item.start_date is not None and item.start_date == item.end_date else None
            if day and not DOCUMENT_DATE.search(self._reading.folded, max(0, item.start - 60), item.start):
                out.setdefault(self._reading.sentence_index(item.start), set()).add(day)
        return out

    def of(self, kind: str, start: int) -> str | None:
        """The one day that the sentence at `start` names; for an appointment also the one of the sentence before."""
        if not self._days:
            return None
        sentence = self._reading.sentence_index(start)
        days = self._days.get(sentence) or (self._days.get(sentence - 1) if kind in _MOVES else None)
        return min(days) if days and len(days) == 1 else None


def activities(
    reading: Reading, person: Person, posts: Sequence[Post], days: Days, stops: Sequence[int]
) -> tuple[Activity, ...]:
    """A person's activities in text order, one of a kind a sentence. `posts` are all their posts as they stand in the text.

    `stops` are where persons are named who are no officials: a quote ends before them, and before ages and numbers of identity.
    """
    seen: set[tuple[str, int]] = set()
    out: list[Activity] = []

    def add(kind: str, start: int, end: int, before: Post | None = None, after: Post | None = None) -> None:
        following = bisect_right(stops, start)
        end = min([end, *stops[following : following + 1]])
        if private := _OF_A_PERSON.search(reading.folded, start, end):
            end = private.start()
        while end > start and reading.text[end - 1] in " ,;-–(":
            end -= 1
        mark = (kind, reading.sentence_index(start))
        if end > start and mark not in seen:
            seen.add(mark)
            out.append(
                Activity(
                    start=start,
                    end=end,
                    text=reading.text[start:end],
                    kind=kind,
                    date=days.of(kind, start),
                    from_position=_title(before),
                    to_position=_title(after),
                )
            )

    starts = [p.start for p in posts]
    _moves(reading, person, posts, add)
    for name in (*person.names, *person.aliases):
        _verbs(reading, posts, starts, name, add)
        _attended(reading, name, add)
    return tuple(sorted(out, key=lambda a: a.start))


def _title(post: Post | None) -> str | None:
    if post is None:
        return None
    return f"{post.role} {post.body}" if post.body else post.role


def _verbs(reading: Reading, posts: Sequence[Post], starts: Sequence[int], name: Name, add: Add) -> None:
    """The verb right after the name, or after the posts that follow the name."""
    table = lexicon()
    anchor = name.end
    stop = reading.sentence_at(name.start)[1]
    for post in posts[bisect_left(starts, anchor) :]:
        if post.start > anchor + 12 or post.end > stop:
            break
        anchor = post.end
    skipped = _ADVERBS.match(reading.folded, anchor, stop)
    at = skipped.end() if skipped else anchor
    verb = table.activity.match(reading.folded, at, stop)
    if verb is None:
        return
    clause = _CLAUSE.match(reading.text, verb.end(), stop)
    add(table.activities[key(verb.group())], verb.start(), clause.end() if clause else verb.end())


def _attended(reading: Reading, name: Name, add: Add) -> None:
    """ "Tham dự hội nghị có các đồng chí: …" opens a list of those who attend."""
    begin = max(reading.sentence_at(name.start)[0], name.start - 700)
    found = _ATTENDED.search(reading.folded, begin, name.start)
    if found is not None and found.start() - begin < 80:
        add("attends", found.start(), found.end())


def _moves(reading: Reading, person: Person, posts: Sequence[Post], add: Add) -> None:
    """Appointments and dismissals: the post that is taken up or given up, and the one before it."""
    ends = sorted(n.end for n in (*person.names, *person.aliases))
    for number, post in enumerate(posts):
        begin, _ = reading.sentence_at(post.start)
        before = bisect_left(ends, post.start + 1) - 1
        if before < 0 or ends[before] < begin:
            continue
        earlier = posts[number - 1] if number and posts[number - 1].start >= begin else None
        floor = max(ends[before], earlier.end if earlier else 0)
        if up := _DISMISSED.search(reading.folded, floor, post.start):
            add("dismissed", up.start(), post.end, post)
        elif up := _APPOINTED.search(reading.folded, floor, post.start):
            add("appointed", up.start(), post.end, earlier, post)
