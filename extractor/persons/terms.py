"""The years of a post in a told career: "5/2004 - 8/2005: Phó Bí thư Huyện ủy", "Bí thư Huyện ủy (2004-2008)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from extractor.fields.officials.key_rows import keys

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_NEAR = 2  # characters between a post and its years: " (", ": "


def is_term(date: Mapping[str, Any]) -> bool:
    """Whether a date is a span from one year to another and says no more ("nhiệm kỳ 2015-2020" is the body's, not a person's)."""
    years = set(_YEAR.findall(date["text"]))
    words = {w.lower() for w in _WORD.findall(date["text"])}
    return "/" in (date["value"] or "") and len(years) > 1 and words <= keys().span


def terms(posts: Sequence[Mapping[str, Any]], dates: Iterable[Mapping[str, Any]]) -> dict[int, tuple[str, str]]:
    """(begin, end) as TIMEX3 values by the start of the post they stand at, for one person's posts in an article.

    Years follow a post in the middle of a sentence, or stand before each post of a list of two or more ("2004 - 2006: …"): a lone
    "2017-2019, Phó Thủ tướng …" says nothing of the post. Years between two posts belong to the side on which the person's
    last clear ones stood; without such they are left out.
    """
    ends = {p["end"]: p["start"] for p in posts}
    starts = {p["start"]: p["start"] for p in posts}
    places = [
        (
            date,
            None if date["text"][:1].isupper() else _beside(ends, date["start"], -1),
            _beside(starts, date["end"], 1),
        )
        for date in sorted(dates, key=lambda d: d["start"])
    ]
    listed = sum(ahead is not None for _, _, ahead in places) > 1
    follows: bool | None = None
    out: dict[int, tuple[str, str]] = {}
    for date, behind, ahead in places:
        if (behind is None) != (ahead is None):
            follows = ahead is None
        post = behind if follows else ahead if follows is False and listed else None
        if post is not None:
            begin, _, end = date["value"].partition("/")
            out.setdefault(post, (begin, end))
    return out


def _beside(posts: Mapping[int, int], at: int, step: int) -> int | None:
    """The start of the post whose border is nearest to an offset on one side, within a few characters."""
    return next((posts[place] for place in _near(at, step) if place in posts), None)


def _near(at: int, step: int) -> list[int]:
    return [at + step * gap for gap in range(1, _NEAR + 1)]
