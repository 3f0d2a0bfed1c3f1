"""Boxes of encyclopedia pages: a line with a post, then its term, "Tiền nhiệm | A |", "Kế nhiệm | B |"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from extractor.compiled import anchored
from extractor.fields.officials.attach import Attachment
from extractor.fields.officials.collector import Name
from extractor.fields.officials.posts import Post
from extractor.fields.officials.words import template
from extractor.models import Reading

_HEADING = anchored(r" *(?:\([^()\n]{2,30}\) *)?(?:\| *\||\n+\|)")
_TERM = template(r"\|[ ]{box-term-written}[ ]\|")
_MATE = template(r"\|\s*{box-mate}\s*\|([^\n|]*)\|")
_WIKI = template(r"{wiki-mark-written}")
# A stage of a career opens a line: "- Từ tháng 4 năm 2011 đến tháng 7 năm 2015: …", "2016 - 2020: …", "Tháng 5/2019: …".
_STAGE = template(r"[\-–+*• ]*(?:{stage-start}|\d)[^:\n]{2,70}:")
_INTRODUCTION = template(r"{introduction}")
_INTRODUCED = 1500  # characters from a person's introduction to a stage of the career
_FAR = 400  # characters between the heading and the row of a predecessor


def _heads(reading: Reading, post: Post) -> bool:
    """Whether a post stands alone in its line, before rows of a table: "Bí thư Tỉnh ủy … | |"."""
    begin = reading.line_at(post.start).start
    return not reading.text[begin : post.start].strip(" |") and _HEADING.match(reading.folded, post.end) is not None


def read_careers(reading: Reading, names: Sequence[Name], attached: Attachment) -> None:
    """Give the posts of a career's lines ("- Từ tháng 4 năm 2011 đến …: Phó Chủ tịch …") to the person that they tell of.

    That is the person whose name is the page's title, or the only one named before the lines where they are introduced.
    """
    starts = [n.start for n in names]
    rest: list[Post] = []
    for post in attached.loose:
        line = reading.line_at(post.start)
        owner = None
        if _STAGE.match(reading.folded, line.start, post.start):
            inside = bisect_left(starts, line.start) != bisect_left(starts, line.end)
            owner = None if inside else _told(reading, names, starts, line.start)
        if owner is None:
            rest.append(post)
        else:
            attached.give(owner, [post])
    attached.loose[:] = rest


def _told(reading: Reading, names: Sequence[Name], starts: Sequence[int], at: int) -> int | None:
    first = _first(names)
    if first is not None and names[first].start == 0 and _WIKI.search(reading.text):
        return first
    begin = max(0, at - _INTRODUCED)
    before = [i for i in range(bisect_left(starts, begin), bisect_left(starts, at)) if names[i].full]
    keys = {names[i].key for i in before if names[i].source != "credit"}
    introduced = _INTRODUCTION.search(reading.folded, begin, at) is not None
    return before[-1] if len(keys) == 1 and introduced else None


def _first(names: Sequence[Name]) -> int | None:
    return next((i for i, n in enumerate(names) if n.full), None)


def read_boxes(reading: Reading, names: Sequence[Name], posts: Sequence[Post], attached: Attachment) -> frozenset[int]:
    """Give the posts that head a box to the page's person and to who held them before and after; returns where they begin.

    Who stands in a box whose post is left out is no official by it.
    """
    owner = _of_page(reading, names)
    terms = [m.start() for m in _TERM.finditer(reading.text)] if owner is not None else []
    headings = [p for p in posts if _heads(reading, p)] if terms else []
    if owner is None or not headings:
        return frozenset()
    attached.withdraw(headings)
    for post in headings:
        attached.give(owner, [post])
    for row in _MATE.finditer(reading.folded):
        heading = _heading(headings, terms, row.start())
        if heading is not None:
            for number in _mates(names, row):
                attached.give(number, [heading])
    return frozenset(p.start for p in headings)


def _of_page(reading: Reading, names: Sequence[Name]) -> int | None:
    """The index of the page's person, whose name stands in the first line; None where none does."""
    owner, first = _first(names), reading.text.find("\n")
    return None if owner is None or names[owner].end > first >= 0 else owner


def _heading(headings: Sequence[Post], terms: Sequence[int], at: int) -> Post | None:
    """The post that heads the part of a box in which a row stands."""
    number = bisect_left(terms, at) - 1
    if number < 0:
        return None
    term = terms[number]
    heading = next((p for p in reversed(headings) if p.start < term and term - p.end < 45), None)
    return heading if heading is not None and at - heading.end < _FAR else None


def _mates(names: Sequence[Name], row: regex.Match[str]) -> list[int]:
    """Indices of the full names in the cell of who held a post before or after."""
    begin, end = (bisect_left(names, at, key=lambda n: n.start) for at in row.span(1))
    return [i for i in range(begin, end) if names[i].full]
