"""One position a post: the same post worded in two ways is kept in its fullest wording."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fields.officials.lexicon import key
from extractor.fields.officials.posts import Post


def _words(text: str | None) -> list[str]:
    return key((text or "").replace(",", " ").replace("-", " ").replace("–", " ")).split()


def _covers(full: Post, short: Post) -> bool:
    """Whether `full` words the same post as `short`, and at least as fully."""
    if key(full.role) != key(short.role):
        if not (key(full.role) == key(short.role) + " thường trực"):
            return False
    a, b = _words(full.body), _words(short.body)
    if not b:
        return True
    return set(b) <= set(a)


def merged(posts: Sequence[Post]) -> list[Post]:
    """Distinct posts in text order, each in its fullest wording."""
    ordered = sorted(posts, key=lambda p: p.start)
    kept: list[Post] = []
    for post in ordered:
        if any(_covers(k, post) for k in kept):
            continue
        for i, other in enumerate(kept):
            if _covers(post, other):
                kept[i] = post
                break
        else:
            kept.append(post)
    out: list[Post] = []
    for post in kept:
        if not any(o is not post and _covers(o, post) and (o in out or not _covers(post, o)) for o in kept):
            out.append(post)
    return out
