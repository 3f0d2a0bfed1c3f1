"""Where an article's text stands on a page: the stretch of blocks with the most prose, and its lines without the page's own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.profile import Profile, mark

_PROSE = 80  # characters from which a block may be a paragraph
_LONG = 120  # a paragraph that ends a list of other articles
_SENTENCE = regex.compile(r"[.!?…:;][\"”’')\]]*(?:\s|$)")
_LISTED = regex.compile(
    r"[^.:;]\s?[(\[]\s?\d{1,2}[/.-]\d{1,2}[/.-]\d{4}[\s\d:|-]*[)\]]$"
)  # a headline of a list with its date
_STOPPED = regex.compile(r"[.!?…;:/][\"”’')\]\s]*$")
_VIETNAMESE = regex.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_LEAVES = frozenset(["p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"])  # elements of one paragraph
_NEAR = 4  # steps in the tree to a paragraph that still belongs to the one before
_LEAD = 12  # blocks between headline and first paragraph: the lead, pictures, the date
_REGIONS = 3  # stretches of a page that are compared
_STEP, _FAR = 5.0, 60.0  # characters of prose that a step in the tree costs, and the most that a way costs
_TEASER = 0.25  # of a teaser's prose that counts
_SHORTLINE, _HEADLINE = 40, 25  # characters of a date below a link, of a link that is a headline
_TINY = 3  # characters of a block that cannot be a line of an article
_HIDDEN_SHARE = 0.6  # of a page's prose in hidden elements, above which they are what readers see


@dataclass(frozen=True, slots=True)
class Region:
    """Blocks `[start, end)` that hold the article's paragraphs, the number of the element around most of them, the prose
    in characters, whether hidden elements count as shown, and what the stretch is worth beside others."""

    start: int
    end: int
    home: int
    prose: int
    unhidden: bool
    worth: float = 0.0


def find_region(page: Page, profile: Profile | None) -> Region | None:
    """The stretch of blocks with the most prose; None for a page without a paragraph."""
    found = find_regions(page, profile)
    return found[0] if found else None


def find_regions(page: Page, profile: Profile | None) -> list[Region]:
    """The stretches of blocks that may be the article, at most `_REGIONS`, those with the most prose first."""
    blocks = page.blocks
    prose = [_prose(b) for b in blocks]
    hidden = sum(p for p, b in zip(prose, blocks, strict=True) if b.hidden)
    unhidden = hidden > _HIDDEN_SHARE * sum(prose)
    worth = [_worth(b, p, profile, unhidden) for b, p in zip(blocks, prose, strict=True)]
    for i in range(1, len(blocks)):
        if prose[i] and _is_teaser(blocks, i):
            worth[i] = min(worth[i], prose[i] * _TEASER)
    stretches = sorted(_stretches(blocks, worth), key=lambda s: (-s[0], s[1]))[:_REGIONS]
    return [_region(blocks, prose, worth, stretch, unhidden) for stretch in stretches]


def _stretches(blocks: Sequence[Block], worth: Sequence[float]) -> Iterator[tuple[float, int, int]]:
    """Disjoint stretches with the greatest sum of worth, less the steps in the tree from block to block."""
    total, begin, best, end = 0.0, 0, 0.0, 0
    for i, block in enumerate(blocks):
        step = min(_distance(blocks[i - 1], block) * _STEP, _FAR) if i else 0.0
        if total - step > 0:
            total += worth[i] - step
        else:
            if best > 0:
                yield best, begin, end
            total, begin, best = worth[i], i, 0.0
        if worth[i] > 0 and total > best:
            best, end = total, i + 1
        if total < best / 2 and best > 0:
            # What comes after a long gap is a stretch of its own.
            yield best, begin, end
            total, begin, best = 0.0, i + 1, 0.0
    if best > 0:
        yield best, begin, end


def _region(
    blocks: Sequence[Block],
    prose: Sequence[int],
    worth: Sequence[float],
    stretch: tuple[float, int, int],
    unhidden: bool,
) -> Region:
    total, start, end = stretch
    while start < end and worth[start] <= 0:
        start += 1
    home = _home(blocks[start:end], prose[start:end])
    # What hangs over at the end stands in another box.
    while end - 1 > start and home not in blocks[end - 1].chain and not _continues(blocks[end - 2], blocks[end - 1]):
        end -= 1
    return Region(start, end, home, sum(prose[start:end]), unhidden, total)


def _is_teaser(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph is the first lines of another article: a link that is a headline stands above it, or it is cut."""
    if blocks[at].text.endswith(("...", "…", "[...]")):
        return True
    before = blocks[at - 1]
    if len(before.text) < _SHORTLINE and at > 1 and any(c.isdigit() for c in before.text):
        before = blocks[at - 2]
    return before.link_share > 0.7 and len(before.text) > _HEADLINE


def _prose(block: Block) -> int:
    """Characters of running text outside links."""
    own = len(block.text) - block.linked
    if own < _PROSE or block.link_share > 0.5 or block.row:
        return 0
    if says("licence", block.folded):
        return 0
    value = own if _SENTENCE.search(block.text) else own // 2
    letters = len(_VIETNAMESE.findall(block.folded))
    return value if letters * 12 > own else value // 8


def _worth(block: Block, prose: int, profile: Profile | None, unhidden: bool) -> float:
    """What a block adds to a stretch: prose its length, links, machinery and repeated blocks take away."""
    if profile is not None and len(block.text) > _TINY and mark(block.key) in profile.blocks:
        return -40.0 - len(block.text) / 4
    if block.hidden and not unhidden:
        return -10.0
    if prose:
        return prose * (0.4 if says("name-away", block.names) else 1.0)
    folded = block.folded
    if says("end", folded):
        return -160.0
    if says("licence", folded):
        return -120.0
    if block.link_share > 0.5:
        return -30.0 - min(len(block.text), 150)
    if says("noise", folded) or says("counter", folded):
        return -25.0
    return -6.0


def _distance(one: Block, two: Block) -> int:
    """Steps in the tree from one block's element up to the common one and down to the other's."""
    shared = 0
    for a, b in zip(one.chain, two.chain, strict=False):
        if a != b:
            break
        shared += 1
    return len(one.chain) + len(two.chain) - 2 * shared


def _home(blocks: Sequence[Block], prose: Sequence[int]) -> int:
    """The deepest element that holds nearly all prose of a stretch."""
    weight: dict[int, int] = {}
    for block, value in zip(blocks, prose, strict=True):
        for number in block.chain[:-1] if block.tag in _LEAVES else block.chain:
            weight[number] = weight.get(number, 0) + value
    total = sum(prose)
    # Numbers grow with depth along a chain, so the greatest that still holds the prose is the deepest.
    return max((n for n, w in weight.items() if w >= 0.85 * total), default=0)


def body_lines(
    page: Page, region: Region, title: int | None, skip: frozenset[int], profile: Profile | None
) -> list[Block]:
    """The article's blocks in order: its region, the lead above it, the short lines below, without what is the page's own.

    `title` is the headline's block, `skip` are blocks that were taken for something else (the date line).
    """
    blocks = page.blocks
    first, end = _begin(blocks, region, title, profile), _finish(blocks, region, profile)
    kept: list[Block] = []
    others = False
    for block in blocks[first:end]:
        if block.index in skip or block.index == title:
            continue
        if says("end", block.folded):
            others = True
            continue
        if others and _is_paragraph(block):
            others = False
        if not others and _is_line(block, region, profile):
            kept.append(block)
    return _trimmed(kept)


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
        if says("end", block.folded) or not _is_line(block, region, profile):
            break
        if region.home not in block.chain and not _continues(blocks[end - 1], block):
            break
        end += 1
    return end


def _continues(before: Block, block: Block) -> bool:
    """Whether a block outside the region's element is one more paragraph after it."""
    sentence = len(block.text) >= 40 and block.linked == 0 and _STOPPED.search(block.text) is not None
    return sentence and _distance(before, block) <= _NEAR and not says("licence", block.folded)


def _is_paragraph(block: Block) -> bool:
    return len(block.text) - block.linked > _LONG and block.link_share < 0.3


def _is_line(block: Block, region: Region, profile: Profile | None) -> bool:
    """Whether a block inside the region is a line of the article."""
    folded = block.folded
    if block.hidden and not region.unhidden:
        return False
    if profile is not None and not _is_paragraph(block) and mark(block.key) in profile.blocks:
        return False
    if says("noise", folded) or says("counter", folded) or says("source", folded):
        return False
    if block.link_share > 0.75 and (len(block.text) > 25 or block.tag == "li" or says("name-away", block.names)):
        return False
    if _LISTED.search(folded) and len(folded) > _HEADLINE and not _is_paragraph(block):
        return False
    return not (says("name-away", block.names) and not _is_paragraph(block) and block.link_share > 0.3)


def _trimmed(kept: list[Block]) -> list[Block]:
    """Without the licence's lines at the end."""
    while kept and says("licence", kept[-1].folded) and len(kept[-1].text) < 200:
        kept.pop()
    return kept
