"""One position a post: the same post worded in two ways is kept in its fullest wording (GUIDELINES, ruling 8)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import prod

from extractor.fields.officials.posts import Odds, Post
from extractor.fields.officials.rows import key
from extractor.fields.officials.words import forms, template

_MARKS = str.maketrans(",-–", "   ")


_UNNAMED = template(r"(?i:{committee-of-unit}(?:[ ]{unit})?|{party-of-unit})")
_NEAR = 200  # characters; "Phó Bí thư, rồi Phó Bí thư Thường trực" are two posts
_TERM = template(r"^(?:{the}|{term-word}|[ivx]+|\d+)$")  # "khóa XIV" tells no other post


def _words(text: str | None) -> set[str]:
    words = key((text or "").translate(_MARKS)).split()
    terms = [i for i, w in enumerate(words) if w in forms("term-word")]
    first = terms[0] - 1 if terms else len(words)  # from the word before "khóa" on
    return {w for i, w in enumerate(words) if i < first or not _TERM.match(w)}


def _beside(full: Post, short: Post) -> bool:
    return bool(full.body and short.body) and abs(full.start - short.start) < _NEAR


def covers(full: Post, short: Post) -> bool:
    """Whether `full` words the same post as `short`, and at least as fully: "Phó Thủ tướng Thường trực" and "Phó Thủ tướng"."""
    if not _same_role(full, short):
        return False
    if short.placed and not full.placed and _UNNAMED.fullmatch(full.body or ""):
        return True  # "Chủ tịch Hà Nội" beside "Chủ tịch UBND thành phố"
    mine, its = key((full.body or "").translate(_MARKS)), key((short.body or "").translate(_MARKS))
    alike = mine.split(" ")[0] == its.split(" ")[0] or its in mine  # "Tỉnh ủy" is not in "Ủy ban nhân dân tỉnh"
    return alike and _words(short.body) <= _words(full.body)


def _same_role(full: Post, short: Post) -> bool:
    """Whether two roles are one, or the second one's is that of the first without "Thường trực", told elsewhere."""
    role, other = key(full.role), key(short.role)
    if role == other:
        return True
    return role in {f"{other} {word}" for word in forms("standing")} and not _beside(full, short)


def _told(post: Post, others: Sequence[Post]) -> Post:
    """A post with the times that its other wordings tell."""
    both = (post, *others)
    since = _precise(min((p.since for p in both if p.since), default=None), [p.since for p in both])
    until = _precise(max((p.until for p in both if p.until), default=None), [p.until for p in both])
    ended = post.ended or any(p.ended and p.body for p in others)
    return replace(post, since=since, until=until, ended=ended, odds=max((p.odds for p in both), key=sureness))


def sureness(odds: Odds) -> float:
    """The probability that all decisions on a post are right; what the rules alone gave is less sure than any."""
    return prod(share for _, share in odds) if odds else 0.0


def _precise(value: str | None, values: Sequence[str | None]) -> str | None:
    """The most precise of the values that lie within one: "2020-10-12" for "2020"."""
    return max((v for v in values if v and value and v.startswith(value)), key=len, default=value)


def merged(posts: Sequence[Post]) -> list[Post]:
    """Distinct posts in text order, each in its fullest wording."""
    kept: list[Post] = []
    for post in sorted(posts, key=lambda p: p.start):
        fuller = next((i for i, other in enumerate(kept) if covers(other, post)), None)
        if fuller is not None:
            kept[fuller] = _told(kept[fuller], [post])
            continue
        shorter = [i for i, other in enumerate(kept) if covers(post, other)]
        if shorter:
            kept[shorter[0]] = _told(post, [kept[i] for i in shorter])
            kept = [other for i, other in enumerate(kept) if i not in shorter[1:]]
        else:
            kept.append(post)
    return kept
