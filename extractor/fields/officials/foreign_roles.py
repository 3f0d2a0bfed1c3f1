"""Roles that only persons of other countries hold ("Thủ lĩnh", "Nhà lãnh đạo"): they count beside a foreign name alone."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.fields.officials import name_patterns as patterns
from extractor.fields.officials.foreign_runs import before, spelt, stretches
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.name_forms import native
from extractor.fields.officials.persons import Person
from extractor.fields.officials.roles import row_of
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.words import starts

_NEAR = 90  # characters behind a role, with its body, in which the name stands


def of_foreigners(marks: Marks) -> Marks:
    """The marks of an article without the roles of foreigners where none is named beside them."""
    known, text = lexicon().foreigners, marks.reading.text
    marks.roles = [(s, e) for s, e in marks.roles if key(text[s:e]) not in known or _beside(marks, s, e)]
    return marks


def not_theirs(people: Iterable[Person]) -> None:
    """Take the posts of foreigners from persons with a name of this country."""
    for person in people:
        if any(row_of(p).foreigners for p in person.posts) and native(person.first.text):
            person.posts = [p for p in person.posts if not row_of(p).foreigners]


def _beside(marks: Marks, start: int, end: int) -> bool:
    """Whether a foreign name stands behind a role in its clause, or before it, parted by a mark."""
    text, folded = marks.reading.text, marks.reading.folded
    stop = patterns.SENTENCE_END.search(text, end, end + _NEAR)
    for begin, last in stretches(text, end, stop.start() if stop else end + _NEAR):
        if patterns.NO_BODY.search(folded, end, begin):
            break
        if spelt(text[begin:last]) and not folded.endswith(starts("before-no-person"), end, begin):
            return True
    name = before(text, start)
    return name is not None and spelt(text[name[0] : name[1]])
