"""The lines of an article: what stands in its region, without what is the page's own."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.profile import Profile, mark
from extractor.ingest.pages.region import Region, continues, is_sentence, parent

_LONG = 120  # characters of a paragraph that ends a list of other articles
_HEADLINE = 25  # characters of a link that is a headline
_LEAD = 12  # blocks between headline and first paragraph: the lead, pictures, the date
# A headline of a list with its date.
_LISTED = regex.compile(r"[^.:;]\s?[(\[]\s?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s\d:|-]*[)\]]$")


def body_lines(
    page: Page, region: Region, title: int | None, skip: frozenset[int], profile: Profile | None
) -> list[Block]:
    """The article's blocks in order: its region, the lead above it, the short lines below, without what is the page's own.

    `title` is the headline's block, `skip` are blocks that were taken for something else (the date line).
    """
    blocks = page.blocks
    first, end = _begin(blocks, region, title, profile), _finish(blocks, region, profile)
    kept: list[Block] = []
    own: set[tuple[int, ...]] = set()  # elements that paragraphs were kept from
    others = False
    passed = skip | {title}
    for block in (b for b in blocks[first:end] if b.index not in passed):
        if says("comments", block.folded) and sum(is_sentence(b) for b in kept) > 1:
            break
        if _ends(block):
            others = True
            continue
        inside = parent(block) in own
        others = others and not (_is_paragraph(block) or (inside and is_sentence(block)))
        if not others and (_is_cell(block, inside) or _is_line(block, region, profile)):
            kept.append(block)
            if is_sentence(block):
                own.add(parent(block))
    return _trimmed(kept)


def _is_cell(block: Block, inside: bool) -> bool:
    """Whether a block of the article's own element is a number of a list or a table that was pasted as lines."""
    return inside and block.text[:1].isdigit()


def _ends(block: Block) -> bool:
    """Whether a block begins what is no more the article's: other articles, comments."""
    return says("end", block.folded) or says("comments", block.folded)


def _begin(blocks: Sequence[Block], region: Region, title: int | None, profile: Profile | None) -> int:
    """The first block: after the headline, else the region's, and the lead between the two."""
    if title is not None and region.start - _LEAD <= title < region.end:
        return title + 1
    first = region.start
    while first > 0 and region.home in blocks[first - 1].chain and _is_line(blocks[first - 1], region, profile):
        first -= 1
    return first


def _finish(blocks: Sequence[Block], region: Region, profile: Profile | None) -> int:
    """The end: short lines after the last paragraph that stand in the same element belong to the article."""
    end = region.end
    while end < len(blocks):
        block = blocks[end]
        if _ends(block):
            break
        # A number or a share button between the lines of the article's own element does not end it; a list of links does.
        line = _is_line(block, region, profile) or (region.home in block.chain and not block.linked)
        if not line or (region.home not in block.chain and not continues(blocks[end - 1], block)):
            break
        end += 1
    return end


def _is_paragraph(block: Block) -> bool:
    return len(block.text) - block.linked > _LONG and block.link_share < 0.3


def _is_line(block: Block, region: Region, profile: Profile | None) -> bool:
    """Whether a block inside the region is a line of the article."""
    folded = block.folded
    if block.hidden and not region.unhidden:
        return False
    if says("noise", folded) or says("counter", folded) or says("source", folded):
        return False
    away = says("name-away", block.names)
    if block.link_share > 0.75 and (len(block.text) > 25 or block.tag == "li" or away):
        return False
    return _is_paragraph(block) or not _looks_foreign(block, profile, away=away)


def _looks_foreign(block: Block, profile: Profile | None, *, away: bool) -> bool:
    """Whether a block that is no paragraph is the site's own: on other pages too, in a list with dates, named so and linked."""
    if profile is not None and mark(block.key) in profile.blocks:
        return True
    if _LISTED.search(block.folded) and len(block.folded) > _HEADLINE:
        return True
    return away and block.link_share > 0.3


def _trimmed(kept: list[Block]) -> list[Block]:
    """Without the licence's lines at the end."""
    while kept and says("licence", kept[-1].folded) and len(kept[-1].text) < 200:
        kept.pop()
    return kept
