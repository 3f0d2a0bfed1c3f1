"""Posts of other states and of organisations of states: which country they belong to."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.fields.officials.marks import Hit
from extractor.fields.officials.posts import Post
from extractor.fields.officials.roles import row_of
from extractor.fields.officials.rows import key, lexicon, native
from extractor.fields.officials.words import template
from extractor.models import Reading
from extractor.rules.countries import country_code
from extractor.text import fold

_WORD = regex.compile(r"\p{Lu}[\p{L}\p{M}'’\-]*")
_HOME = template(r"(?<!\p{L}){home-name}(?!\p{L})")  # "Đại sứ Việt Nam tại Lào", "Hội Hữu nghị Việt - Lào"
_SEAT = template(r"[ ]{seat-word}[ ][\p{L}\- ]+$")  # "Đại sứ Hàn Quốc | tại Việt Nam"
# Bodies of the country that deal with others: "Vụ Đông Nam Á", "Viện Nghiên cứu Trung Quốc".
_ABOUT = template(r"^{deals-with-others}(?!\p{L})|(?<!\p{L}){about-others}(?!\p{L})")
_NAME_AHEAD = 3  # characters between a post and the country behind it


def foreign(reading: Reading, post: Post, siblings: Sequence[Post], name: str) -> tuple[str | None, bool]:
    """The country of a post (code or row id, None where it stays open), and whether it is another state's."""
    found = of_post(reading, post)
    if found is not None:
        return found, True
    if post.body is not None and _HOME.search(fold(post.body)):
        return None, False
    open_ = post.body is None or _anywhere(post.body)
    beside = [c for p in siblings if (c := of_post(reading, p)) is not None] if open_ else []
    if beside:
        return beside[0], True
    return None, row_of(post).of_state or (open_ and _foreigner(post, name))


def _foreigner(post: Post, name: str) -> bool:
    """Whether the holder of a public post has a name of another country."""
    return post.public is True and bool(name) and not native(name)


def abroad(body: str | None) -> bool:
    """Whether a body names another country at its end or alone: "Quốc hội Lào"."""
    return body is not None and not _HOME.search(fold(body)) and _at_end(body, fold(body)) is not None


def _anywhere(body: str) -> bool:
    """Whether every state has a body of this head, or none begins it."""
    head = lexicon().body_forms.match(fold(body), 0)
    return head is None or lexicon().bodies[key(head.group())].of_states


def of_post(reading: Reading, post: Post) -> str | None:
    """The country that a post names in its body or right behind it: "Tổng thống Pháp", "Ngoại trưởng Anh | …"."""
    if post.body is None:
        return _behind(reading, post)
    body = _SEAT.sub("", post.body)
    low = fold(body)
    if _HOME.search(low) or _ABOUT.search(low):
        return None
    hit = _at_end(body, low) or _at_start(body, low)
    return country_code(hit.group()) if hit is not None else None


def _at_end(body: str, low: str) -> Hit | None:
    """The country that ends a body, which `low` has folded."""
    hits = (lexicon().countries.match(low, match.start()) for match in _WORD.finditer(body))
    return next((hit for hit in hits if hit is not None and hit.end() == len(low)), None)


def _at_start(body: str, low: str) -> Hit | None:
    """The country that a body is, or that a mark parts from the rest of it."""
    hit = lexicon().countries.match(low, 0) if _WORD.match(body) else None
    if hit is None or low[hit.end() : hit.end() + 1] not in ("", ",", " ") or not _whole(body, hit.end()):
        return None
    return hit


def _whole(body: str, end: int) -> bool:
    """Whether the body is the country, and what follows is no part of another name: "Anh hùng", "Đức Thọ"."""
    rest = body[end:].strip()
    return not rest or rest[0] in ",("


def _behind(reading: Reading, post: Post) -> str | None:
    text = reading.text
    at = post.end
    while at < len(text) and at - post.end < _NAME_AHEAD and text[at] in " \u00a0":
        at += 1
    if at == post.end or not text[at : at + 1].isupper():
        return None
    hit = lexicon().countries.match(reading.folded, at)
    if hit is None:
        return None
    after = text[hit.end() : hit.end() + 2].strip()[:1]
    return country_code(hit.group()) if after in ("", ",", ".", ";", "(", ")", "-") or after.isupper() else None
