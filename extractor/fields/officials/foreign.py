"""Posts of other states and of organisations of states: which country they belong to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.compiled import compiled
from extractor.fields.officials.country_names import HOME, country_ending, telling
from extractor.fields.officials.name_forms import foreign_name, foreign_place, native, unlisted_name
from extractor.fields.officials.posts import Post
from extractor.fields.officials.roles import row_of
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.rules import Template
from extractor.rules.countries import country_code, told_country
from extractor.text import fold

_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}'’\-]*")
_SEAT = template(r"[ ]{seat-word}[ ][\p{L}\- ]+$")  # "Đại sứ Hàn Quốc | tại Việt Nam"
# Bodies of the country that deal with others: "Vụ Đông Nam Á", "Viện Nghiên cứu Trung Quốc".
_ABOUT = template(r"^{deals-with-others}(?!\p{L})|(?<!\p{L}){about-others}(?!\p{L})")
# What may stand between a post and the country behind it: "(MDA) của | Mỹ", ", tỉnh Vân Nam, | Trung Quốc", "thứ 16 của | Hoa Kỳ".
_MARK = r"[ ]?,[ ](?:{nation-word}[ ]|{foreign-unit}[ ][\p{L}\- ]{2,30},[ ])?|[ ]?\((?:\p{L}+[ ]){0,3}?"
_BEHIND = template(
    r"(?:[ ]?\([\p{L}&\-]{2,10}\))?(?:[ ]{ordinal}[ ]\d+)?"
    rf"(?:[ ](?:{{directly-written}}[ ])?{{of}}[ ](?:{{nation-word}}[ ])?(?:\p{{L}}+[ ]){{0,5}}?|{_MARK})"
)
_MARKED = template(_MARK)
_ENDS = compiled(r" ?(?:[),.;:\n]|$)")
_CLOSES = compiled(r" ?(?:[(),.;:\n–\-]|$| (?=\p{Lu}))|(?= \p{Lu})")
_SAME = template(r"[ ](?:{whose}[ ])?{this-nation}(?!\p{L})")  # "thủ tướng | nước này"
_BLANKS = (1, 2)  # characters between a post and the country right behind it
_FAR, _BACK = 60, 400  # characters to a country behind a post, and back to the one that "nước này" takes up


def foreign(
    reading: Reading, post: Post, siblings: Sequence[Post], name: str, *, located: bool = False
) -> tuple[str | None, bool]:
    """The country of a post (code or row id, None where it stays open), and whether it is another state's.

    `located`: a unit of this country stands in its body.
    """
    found = of_post(post)
    if found is not None:
        return found, True
    if post.body is not None and HOME.search(fold(post.body)):
        return None, False
    if not located and (found := _behind(reading, post, name)) is not None:
        return found, True
    open_ = post.body is None or _anywhere(post.body)
    stranger = not located and _stranger(post, name, open_=open_)
    beside = (c for p in siblings if (c := _country_of(reading, p)) is not None) if open_ or stranger else ()
    country = next(iter(beside), None)
    return country, country is not None or stranger or row_of(post).of_state


def drop_names(posts: list[Post], names: Sequence[str]) -> None:
    """Cut off, in place, the names that bodies run into: "Quốc hội Lào | Pany Mẫu". `names` are foreigners' and the holder's."""
    for number, post in enumerate(posts):
        found = next((name for name in names if post.body and post.body.endswith(f" {name}")), None)
        if found is not None and post.body is not None:
            posts[number] = replace(post, body=post.body[: -len(found)].rstrip(" ,-–"))


def _country_of(reading: Reading, post: Post) -> str | None:
    """The country that a post names in its body or at once behind it."""
    return of_post(post) or (_right_behind(reading, post.end) if post.body is None else None)


def keep_own_state(name: str, posts: list[Post], written: Sequence[Post]) -> None:
    """Take the bodies of other states off the posts of a person of this country that were completed: "Chủ tịch Quốc hội | Lào".

    `posts`, changed in place, are `written` as the article completes them.
    """
    if not native(name) or foreign_name(name):
        return
    own = {of_post(post) for post in written}
    for number, (post, told) in enumerate(zip(posts, written, strict=True)):
        if post.body != told.body and of_post(post) not in own | {None}:
            posts[number] = told


def _stranger(post: Post, name: str, *, open_: bool) -> bool:
    """Whether the form of the holder's name or of the body's unit tells that a post is another country's."""
    if _foreign_town(post):
        return True
    if post.public is False or not name:
        return False
    if open_ and post.public:
        return unlisted_name(name)
    return foreign_name(name) and not _of_unit(post.body or "")


def _of_unit(body: str) -> bool:
    """Whether only units of this country have a body of this kind: "Ủy ban nhân dân", "Huyện ủy"."""
    head = lexicon().body_forms.match(fold(body), 0)
    return head is not None and lexicon().bodies[key(head.group())].complement == "place"


def _anywhere(body: str) -> bool:
    """Whether every state has a body of this head, or none begins it."""
    head = lexicon().body_forms.match(fold(body), 0)
    return head is None or lexicon().bodies[key(head.group())].of_states


def of_post(post: Post) -> str | None:
    """The country that a post names in its body: "Tổng thống Pháp", "Vụ Bắc Mỹ, Bộ Ngoại giao Triều Tiên"."""
    return of_body(post.body) if post.body is not None else None


def abroad(body: str | None) -> bool:
    """Whether a body names another country: "Quốc hội Lào"."""
    return body is not None and of_body(body) is not None


def of_body(body: str) -> str | None:
    """The country that a body names, or that its town or its name tells ("Nhà Trắng"); None for bodies of this country."""
    body = _SEAT.sub("", body)
    low = fold(body)
    if HOME.search(low):
        return None
    parent = body.rpartition(", ")[2] if ", " in body else ""
    if parent and (found := of_body(parent)) is not None and lexicon().body_forms.match(fold(parent), 0):
        return found
    return _named(body, low, about=_ABOUT.search(low) is not None)


def _named(body: str, low: str, *, about: bool) -> str | None:
    """The country in a body, which `low` has folded: at its end, or the whole of what stands before a mark. A body that deals with
    others (`about`) is where its town is."""
    hit = country_ending(body, told=True)
    if hit is None:
        return None if about else _at_start(body, low)
    return None if about and country_code(hit.group()) else told_country(hit.group())


def _at_start(body: str, low: str) -> str | None:
    """The country that a body is, or that a mark parts from the rest of it."""
    hit = lexicon().countries.match(low, 0) if _WORD.match(body) else None
    if hit is None or low[hit.end() : hit.end() + 1] not in ("", ",", " ") or not _whole(body, hit.end()):
        return None
    return country_code(hit.group())


def _whole(body: str, end: int) -> bool:
    """Whether the body is the country, and what follows is no part of another name: "Anh hùng", "Đức Thọ"."""
    rest = body[end:].strip()
    return not rest or rest[0] in ",("


def _behind(reading: Reading, post: Post, name: str) -> str | None:
    """The country behind a post: at once ("Ngoại trưởng Anh | …"), or told of a foreigner's ("Viện Mẫu, Australia")."""
    if post.body is None and (found := _right_behind(reading, post.end)) is not None:
        return found
    row = row_of(post)
    stranger = foreign_name(name) or row.of_state
    if (stranger or row.of_country) and _SAME.match(reading.folded, post.end):
        return _last_country(reading, post.start)
    if stranger:
        return _right_behind(reading, post.end) or _told(reading, post.end, _BEHIND)
    open_ = row.of_country or (post.body is not None and _foreign_town(post))
    return _told(reading, post.end, _MARKED) if open_ else None


def _foreign_town(post: Post) -> bool:
    """Whether a post is in a unit whose name is no name of this country."""
    row = row_of(post)
    return post.body is not None and foreign_place(post.body, bare=row.of_country and row.kind == "public")


def _right_behind(reading: Reading, end: int) -> str | None:
    """The country that nothing but blanks parts from a post that ends at `end`."""
    found = _WORD.search(reading.text, end, end + _FAR)
    if found is None or found.start() - end not in _BLANKS or reading.text[end : found.start()].strip(" \u00a0"):
        return None
    at, folded = found.start(), reading.folded
    hit = lexicon().countries.match(folded, at) or telling().match(folded, at)
    return told_country(hit.group()) if hit and _CLOSES.match(reading.text, hit.end()) else None


def _told(reading: Reading, end: int, between: Template) -> str | None:
    """The first country behind a post that ends at `end`, with words between that join them."""
    text, folded = reading.text, reading.folded
    for match in _WORD.finditer(text, end, end + _FAR):
        hit = lexicon().countries.match(folded, match.start())
        if hit is not None and between.fullmatch(folded, end, match.start()):
            closes = _CLOSES if between is _BEHIND else _ENDS
            return country_code(hit.group()) if closes.match(text, hit.end()) else None
    return None


def _last_country(reading: Reading, start: int) -> str | None:
    """The country that "nước này" takes up: the last one named before."""
    begin = max(0, start - _BACK)
    found = None
    for hit in lexicon().countries.finditer(reading.folded[:start], begin):
        if reading.text[hit.start()].isupper():
            found = country_code(hit.group())
    return found
