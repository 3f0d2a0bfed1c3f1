"""A page to its article: region, headline, date and body, each with its score and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import regex

from extractor.ingest.ids import host
from extractor.ingest.pages.body import body_lines
from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dates import Found, pick_date
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.headline import Headline, chosen, locate, ranked
from extractor.ingest.pages.kind import PageKind, page_kind
from extractor.ingest.pages.profile import Profile
from extractor.ingest.pages.region import Region
from extractor.text import fold

_MARKED = regex.compile(r"[-–+*•|]|\(?[\p{L}\d]{1,3}[.)/]")
_STAMP = 90  # characters of the longest labelled date line
_CAPTION = 200  # characters of the longest line below a picture


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read off a page: its kind, headline, date and body (a paragraph a line), with reasons for `explain`."""

    kind: PageKind
    why: str
    headline: Headline | None
    found: Found | None
    body: str
    source: str | None
    url: str | None
    reasons: tuple[tuple[str, str], ...] = ()

    @property
    def title(self) -> str | None:
        """The headline's text."""
        return self.headline.text if self.headline is not None else None

    @property
    def published(self) -> date | None:
        """The publication date."""
        return self.found.day if self.found is not None else None


def read_article(page: Page, profile: Profile | None) -> Reading:
    """The article of a page, with what the site's profile says where there is one."""
    region, titles = locate(page, profile)
    headline = chosen(titles)
    found = pick_date(page, region, headline, profile)
    lines = _lines(page, region, headline, found, profile) if region is not None else []
    core = sum(len(b.text) - b.linked for b in lines)
    kind, why = page_kind(page, region, headline, core)
    body = "\n".join(_line(b) for b in lines)
    reasons = (("page", f"{kind}: {why}"), ("title", ranked(titles)), ("published", _told(found)))
    return Reading(kind, why, headline, found, body, page.meta.get("og:site_name") or host(page.url), page.url, reasons)


def _told(found: Found | None) -> str:
    return "no date that reaches the threshold" if found is None else f"{found.kind}: {found.reason} {found.score:.1f}"


def _lines(
    page: Page, region: Region, headline: Headline | None, found: Found | None, profile: Profile | None
) -> list[Block]:
    title = headline.block if headline is not None else None
    skip = {b.index for b in page.blocks if _is_stamp(b)} | set(headline.rest if headline is not None else ())
    if found is not None and found.block is not None:
        # The article's own date line below its headline is a line of the article; an import's is the machine's.
        below = title is not None and title < found.block < region.start and found.kind == "own"
        skip = skip - {found.block} if below else skip | {found.block}
    lines = body_lines(page, region, title, frozenset(skip), profile)
    # The headline often stands again as the first line.
    while headline is not None and lines and lines[0].folded == fold(headline.text):
        lines = lines[1:]
    return lines


def _is_stamp(block: Block) -> bool:
    return len(block.text) < _STAMP and any(c.isdigit() for c in block.text) and says("own-date", block.folded)


def _line(block: Block) -> str:
    """A block as a line: rows of tables between bars, items with a dash, pictures' captions with a mark."""
    text = block.text
    if block.row:
        return f"| {text} |"
    if block.tag == "li" and not _MARKED.match(text):
        return f"- {text}"
    caption = block.caption or says("caption", block.folded)
    return f"[img] {text}" if caption and len(text) < _CAPTION and not text.startswith("[img]") else text
