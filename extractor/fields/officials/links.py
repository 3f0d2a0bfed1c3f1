"""Patterns over the words between names and posts, built from `patterns/post_links.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, get_args

import regex

from extractor.compiled import compiled
from extractor.fields.officials.rows import alternatives
from extractor.fields.officials.words import expression
from extractor.rules import Row, Starts, cache, load_rows

Use = Literal["link", "adverb", "join", "before", "then", "cue", "proxy", "replaced", "subject"]

_USES = get_args(Use)
_SLOT = regex.compile(r"\{([a-z][a-z-]*)\}")  # of a use of post_links.yaml, or a group of post_words.yaml
# An age, an address or a place on the picture between a name and its post.
_AGE = r"(?:\([\p{L}\d][^()\n]{0,140}\) ?|, ?(?:{born-in}|\d{2} {age})[^,()\n]{0,20}(?=,))?"
_YEARS = r"(?:{born-in}? ?\d[\d/.\-]*(?: {age})?(?:, {lives-in}[^,()\n]{2,40}){0,2}, ?)?"
# A place that tells apart, before the name: "Trưởng Công an xã (huyện X) - ông A", "Đại sứ Pháp tại Việt Nam, ông B".
_WHERE = r"(?:\s*\(\d{1,2}\)|\s*\([\p{L}. ,\-&–]{2,40}\)|\s*{seat-word} [\p{L} ]{2,30}(?=,| -| –))?"
_LEFT = (
    rf"\s*{_AGE}\s*(?P<sep>,|-|–|\(|:|\[|\|)?\s*{_YEARS}(?:{{adverb}}\s+){{0,3}}"
    r"(?P<verb>(?:,? ?(?:{is} [\p{L} ]{3,60},|{link})\s*:?\s*){0,4})"
)
_RIGHT = (
    rf"{_WHERE}"
    r"(?:\s*\({term-of-office} [\d \-–]{4,14}\))?"
    r"\s*(?:(?:\d )?{term} (?:[\d\-–/ ,ivx]|{and-name})+?)?\s*(?P<sep>,|-|–|:|\(|\)|\|)?\s*"
    r"(?P<verb>{then}?\s*{before}?\s*:?\s*)"
)
_JOIN = (
    r"[\s,;\-–/&(]*(?:{join}[\s,\-–]*){0,3}"
    r"|\s*{term-or-period}?[\s\d\-–./()]*\s*[,\-–]\s*(?:{afterwards} (?:{held-as} )?)?"
    r"|(?:\s*(?:\([^()\n]{2,40}\)|\[\d+\]))*\s*[,;\-–]?\s*(?:\[\d+\])*\s*{and-as}?\s*"
    # A rank or a degree between two posts: "Ủy viên Thường vụ Đảng ủy, Thiếu tướng, Phó Chính ủy …".
    r"|\s*,\s*(?:{rank-step} {rank-name}|{degree}|pgs\.? ?,?ts)\.?\s*[,\-–]\s*"
    # A place that only ends a position: "Chủ tịch UBND xã A, huyện B, Phó Ban …".
    r"|\s*[,(]\s*{district-word}[\p{L} .\-]{2,30}\)?\s*[,\-–]\s*(?:{holding-too-one} )?"
)
_CUE = (  # read backwards: only whether it stands at the gap's end counts
    r"(?r)(?<!\p{L}){cue}(?: {again})?(?: {many-posts})?(?: {post-word})?(?: {post-kind})?"
    r"(?: [^.;\n]{0,70} {such-as})?(?: {is})?\s*:?\s*$|{posts-listed}\s*{list-of-posts}?\s*:\s*$"
)


class LinkRow(Row):
    """Words between names and posts; `use` tells where they stand."""

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    use: Use


@dataclass(frozen=True, slots=True)
class Links:
    """Compiled patterns over gaps; all but `cue`, `proxy`, `replaced` and `subject` match a whole gap."""

    left: regex.Pattern[str]
    right: regex.Pattern[str]
    join: regex.Pattern[str]
    cue: regex.Pattern[str]
    proxy: regex.Pattern[str]
    replaced: regex.Pattern[str]
    subject: Starts
    opening: Starts


@cache
def links() -> Links:
    """The compiled patterns. Raises `PatternError` for a malformed file."""
    rows = load_rows("post_links.yaml", LinkRow)

    def forms(*uses: Use) -> list[str]:
        return [f for use in uses for row in rows if row.use == use for f in row.forms]

    def words(use: Use) -> str:
        return "(?:" + alternatives(forms(use)) + ")"

    def made(text: str) -> regex.Pattern[str]:
        return compiled(_SLOT.sub(lambda slot: words(slot[1]) if slot[1] in _USES else expression(slot[1]), text))

    return Links(
        left=made(_LEFT),
        right=made(_RIGHT),
        join=made(_JOIN),
        cue=made(_CUE),
        proxy=made(r"(?<!\p{L}){proxy} $"),
        replaced=made(r"(?<!\p{L}){replaced} (?:{spoken-of} )?$"),
        opening=Starts(
            "opening",
            made(r"(?<!\p{L})(?:{link}|{cue}|{before}|{replaced})(?!\p{L})"),
            forms("link", "cue", "before", "replaced"),
            whole=True,
            alone=True,
        ),
        subject=Starts("subject", made(r"(?<!\p{L}){subject} (?=\p{Ll}|$)"), forms("subject"), whole=True),
    )
