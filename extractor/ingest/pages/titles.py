"""Titles as they are written: parts of a page's `<title>`, dates and names at their ends, words that compare."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, pairwise

import regex

from extractor.ingest.pages.cues import forms
from extractor.ingest.pages.dom import Page
from extractor.ingest.pages.stamps import TIME, stamps
from extractor.text import fold, unaccent

SHORTEST, LONGEST = 10, 300  # characters of a headline
_DECLARED = 50  # headlines for machines that are looked at: each is compared with every block
_WORD = regex.compile(r"\p{L}+|\d+")
_BARS = regex.compile(r"(?<!\s)\s++(?:[|»«:•]|[-–—]++|::)\s++")
_EDGE = regex.compile(r"[\s|,;:()\[\]–—-]+")
_LETTERS = regex.compile(r"\p{L}")
_FILES = frozenset(["html", "htm", "aspx", "php", "jsp", "vn"])


def title_parts(page: Page) -> Iterator[tuple[str, str]]:
    """Titles of the page's head with where they stand: whole, and without what follows or precedes a bar."""
    declared = (thing["headline"] for thing in page.declared if isinstance(thing.get("headline"), str))
    for headline in islice(declared, _DECLARED):
        yield " ".join(headline.split())[:LONGEST], "json-ld"
    for where, text in (("og:title", page.meta.get("og:title")), ("title", page.title)):
        text = " ".join((text or "").split())
        cuts = [m.span() for m in _BARS.finditer(text)]
        starts = (text[:start] for start, _ in cuts if start <= LONGEST)
        ends = (text[end:] for _, end in cuts if len(text) - end <= LONGEST)
        parts = [text, *starts, *ends]
        for part in dict.fromkeys(parts):
            if SHORTEST <= len(part) <= LONGEST:
                yield part, where


def title_start(title: str) -> str:
    """A title up to its first bar."""
    cut = _BARS.search(title)
    return title[: cut.start()] if cut else title


def undated(text: str) -> str:
    """A headline without the date in brackets, or with a time of day, that stands before or after it on its line."""
    folded = fold(text)
    found = stamps(folded)
    for stamp in (found[-1:] + found[:1])[: len(found)]:
        start, end = stamp.start, stamp.end
        for clock in TIME.finditer(folded):
            if clock.start() - end in range(6) or start - clock.end() in range(6):
                start, end = min(start, clock.start()), max(end, clock.end())
        before, after = text[:start], text[end:]
        timed = (start, end) != (stamp.start, stamp.end)
        if not (timed or (before.rstrip()[-1:] in ("(", "[", "|") or after.lstrip()[:1] in (")", "]", "|"))):
            continue
        if not _LETTERS.search(after) and len(before) > SHORTEST:
            return _trimmed(before)
        if not _LETTERS.search(before) and len(after) > SHORTEST:
            return _trimmed(after)
    return text


def _trimmed(text: str) -> str:
    lead = _EDGE.match(text)
    text = text[lead.end() :] if lead else text
    while (text and (text[-1].isspace() or text[-1] in "|,;:[–—-")) or (text.endswith("(")):
        text = text[:-1]
    return text


def words(folded: str) -> list[str]:
    """The words and numbers of a folded text."""
    found: list[str] = _WORD.findall(folded)
    return found


def pairs(folded: str) -> list[tuple[str, str]]:
    """Words of a folded text with the next one, without those that any text has."""
    common = forms("function")
    return [(one, two) for one, two in pairwise(words(folded)) if one not in common and two not in common]


def slug_words(url: str | None) -> frozenset[str]:
    """Unaccented words of an address's last part, numbers left out."""
    last = (url or "").split("?", 1)[0].rstrip("/").rsplit("/", 1)[-1]
    return frozenset(w for w in words(unaccent(last)) if not w.isdigit() and w not in _FILES)


def slug_share(slug: frozenset[str], folded: str) -> float:
    """How much of an address's words a text has, 0 for an address of few words."""
    return len(slug & set(words(unaccent(folded)))) / len(slug) if len(slug) >= 4 else 0.0
