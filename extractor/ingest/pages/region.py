"""Where an article's text stands on a page: the stretch of blocks with the most prose."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.profile import Profile, mark

_PROSE = 80  # characters from which a block may be a paragraph
_SENTENCE = regex.compile(r"[.!?…:;][\"”’')\]]*(?:\s|$)")
STOPPED = regex.compile(r"[.!?…;:/][\"”’')\]\s]*$")
_VIETNAMESE = regex.compile(r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")
_LEAVES = frozenset(["p", "li", "dd", "dt", "h1", "h2", "h3", "h4", "h5", "h6"])  # elements of one paragraph
_NEAR = 4  # steps in the tree to a paragraph that still belongs to the one before
_REGIONS = 3  # stretches of a page that are compared
_STEP, _FAR = 5.0, 60.0  # characters of prose that a step in the tree costs, and the most that a way costs
_GAP = 15  # blocks of a box inside of a body
_BREAK = 200.0  # characters of prose that what stands between two stretches costs
_TEASER = 0.25  # of a teaser's prose that counts
_SHORTLINE, _HEADLINE = 40, 25  # characters of a date below a link, of a link that is a headline
_SHORT = 50  # characters of a sentence that may be a paragraph
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
        step = min(distance(blocks[i - 1], block) * _STEP, _FAR) if i else 0.0
        if total - step > 0:
            total += worth[i] - step
        else:
            if best > 0:
                yield best, begin, end
            total, begin, best = worth[i], i, 0.0
        if worth[i] > 0 and total > best:
            best, end = total, i + 1
        if total < best / 2 and best - total > _BREAK:
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
    start, end = _with_siblings(blocks, prose, start, end)
    home = _home(blocks[start:end], prose[start:end])
    # What hangs over at the end stands in another box.
    while end - 1 > start and home not in blocks[end - 1].chain and not continues(blocks[end - 2], blocks[end - 1]):
        end -= 1
    return Region(start, end, home, sum(prose[start:end]), unhidden, total)


def _with_siblings(blocks: Sequence[Block], prose: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """A stretch with the paragraphs before and after it that stand in the same elements: a box inside of a body cuts it."""
    parents = {parent(blocks[i]) for i in range(start, end) if prose[i]}
    for i in range(end, len(blocks)):
        if i - end > _GAP:
            break
        if (prose[i] or is_sentence(blocks[i])) and parent(blocks[i]) in parents and not _is_cut(blocks[i]):
            end = i + 1
    for i in range(start - 1, -1, -1):
        if start - i > _GAP:
            break
        if (prose[i] or is_sentence(blocks[i])) and parent(blocks[i]) in parents and not _is_cut(blocks[i]):
            start = i
    return start, end


def parent(block: Block) -> tuple[int, ...]:
    """The elements around a block, without the one that holds a single paragraph."""
    return block.chain[:-1] if block.tag in _LEAVES else block.chain


def _is_teaser(blocks: Sequence[Block], at: int) -> bool:
    """Whether a paragraph is the first lines of another article: a link that is a headline stands above it, or it is cut."""
    if _is_cut(blocks[at]):
        return True
    before = blocks[at - 1]
    if len(before.text) < _SHORTLINE and at > 1 and any(c.isdigit() for c in before.text):
        before = blocks[at - 2]
    return before.link_share > 0.7 and len(before.text) > _HEADLINE


def is_sentence(block: Block) -> bool:
    """Whether a block reads as a short paragraph: no link, and a stop at its end."""
    return len(block.text) > _SHORT and not block.linked and STOPPED.search(block.text) is not None


def _is_cut(block: Block) -> bool:
    return block.text.endswith(("...", "…", "[...]"))


def _prose(block: Block) -> int:
    """Characters of running text outside links."""
    own = len(block.text) - block.linked
    if own < _PROSE or block.link_share > 0.5 or block.row:
        return 0
    if says("licence", block.folded):
        return 0
    value = own if _SENTENCE.search(block.text) else own // 2 if own >= 2 * _PROSE else 0
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
    if says("end", folded) or says("comments", folded):
        return -160.0
    if says("licence", folded):
        return -120.0
    if block.link_share > 0.5:
        return -30.0 - min(len(block.text), 150)
    if says("noise", folded) or says("counter", folded):
        return -25.0
    return -6.0


def distance(one: Block, two: Block) -> int:
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
        for number in parent(block):
            weight[number] = weight.get(number, 0) + value
    total = sum(prose)
    # Numbers grow with depth along a chain, so the greatest that still holds the prose is the deepest.
    return max((n for n, w in weight.items() if w >= 0.8 * total), default=0)


def continues(before: Block, block: Block) -> bool:
    """Whether a block outside the region's element is one more paragraph after it."""
    sentence = len(block.text) >= 40 and block.linked == 0 and STOPPED.search(block.text) is not None
    return sentence and distance(before, block) <= _NEAR and not says("licence", block.folded)
