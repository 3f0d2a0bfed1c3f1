"""What a page is: an article, a list of articles, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.headline import Headline
from extractor.ingest.pages.region import Region

PageKind = Literal["article", "list", "other"]
_ENOUGH = 1000  # characters of running text that are an article even where no headline is found
_SENTENCE = 80  # characters without which there is none
_LINK = 30  # characters of a link that reads as a headline
_MANY = 4  # such links that make a list
_SURE, _WORDS = 7.0, 5  # a headline of fewer words and a lower score is the name of a section
_FRAME = 8  # blocks of links that are a portal's frame
_SHARE = 0.12  # of the running text that the links between its paragraphs have in a list of teasers


def page_kind(page: Page, region: Region | None, headline: Headline | None, core: int) -> tuple[PageKind, str]:
    """The kind of a page and why: its running text (`core` characters) against the links that read as headlines."""
    links = _headlines(page.blocks)
    why = f"{core:,} characters of text, {len(links)} links that read as headlines"
    if region is None or core < _SENTENCE:
        return ("list" if len(links) >= _MANY else "other"), why
    between = _headlines(page.blocks[region.start : region.end])
    if len(between) >= _MANY and sum(between) > _SHARE * core:
        return "list", f"{why}, {len(between)} of them between the paragraphs"
    if core < _ENOUGH:
        kind, fault = _short(page, region, headline, core)
        return kind, f"{why}{fault}"
    return "article", why


def _headlines(blocks: Sequence[Block]) -> list[int]:
    """Lengths of the links that read as headlines."""
    return [len(link) for b in blocks for link in b.links if len(link) >= _LINK]


def _short(page: Page, region: Region, headline: Headline | None, core: int) -> tuple[PageKind, str]:
    """The kind of a page with little running text, and what speaks against an article."""
    links = _headlines(page.blocks)
    if len(links) > _FRAME and sum(links) > 3 * core and _is_first_teaser(page, region, headline):
        return "list", ", the text below one of them"
    if _without_headline(page, headline):
        if len(links) >= _MANY and sum(links) > core:
            return "list", ", no headline"
        # A bare document without a frame of menus is taken as it is.
        if sum(b.link_share > 0.7 for b in page.blocks) >= _FRAME:
            return "other", ", no headline"
    return "article", ""


def _is_first_teaser(page: Page, region: Region, headline: Headline | None) -> bool:
    """Whether the text stands below a link to its article, and nothing says that this page is that article."""
    above = page.blocks[region.start - 1] if region.start else None
    if above is None or above.link_share <= 0.7 or len(above.text) < _LINK:
        return False
    return not (headline is not None and headline.agreed and headline.block == above.index)


def _without_headline(page: Page, headline: Headline | None) -> bool:
    """Whether there is no headline, or only one that is a link to its article."""
    if headline is None:
        return True
    if headline.block is None or headline.agreed:
        return False
    if headline.score < _SURE and len(headline.text.split()) < _WORDS:
        return True
    block = page.blocks[headline.block]
    return block.link_share > 0.7 and block.heading != 1
