"""The headline of a page: candidates near the body and in the head, each weighed by what speaks for it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

import regex

from extractor.ingest.pages.cues import CueKind, says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.profile import Profile, mark
from extractor.ingest.pages.region import Region, find_regions, is_sentence
from extractor.ingest.pages.stamps import stamps
from extractor.ingest.pages.titles import (
    LONGEST,
    SHORTEST,
    pairs,
    slug_share,
    slug_words,
    title_parts,
    title_start,
    undated,
    words,
)
from extractor.text import fold

THRESHOLD = 2.0  # a candidate with less is no headline
# What each sign adds to a candidate's score. Shares and distances are multiplied, the others stand once.
WEIGHTS: Mapping[str, float] = {
    "words in the body": 3.0,
    "repeats the page's title": 3.0,
    "repeats a constant title": -1.0,
    "words of the address": 2.0,
    "a heading": 2.0,
    "named a title": 1.2,
    "bold": 0.4,
    "linked on the page": 0.7,
    "close to the body": 2.0,
    "blocks before the body": -0.35,
    "in the body's own box": 1.2,
    "inside the body": -0.8,
    "below a paragraph": -3.0,
    "set as the body's lines": -1.2,
    "few words": -1.0,
    "long": -1.0,
    "several sentences": -1.6,
    "ends with a full stop": -1.2,
    "starts in lower case": -0.7,
    "a date": -2.5,
    "a link": -3.0,
    "a link and a heading": -1.0,
    "named a menu or list": -1.5,
    "hidden": -2.0,
    "machinery": -8.0,
    "a line about the portal": -5.0,
    "a portal's or section's name": -4.0,
    "a caption": -1.5,
    "in the page's head only": 1.2,
    "declared": 0.5,
    "with a portal's name": -1.0,
    "repeated on the site": -6.0,
    "repeated elsewhere on the site": -3.0,
    "linked by other pages": 1.0,
    "where the site has headlines": 2.5,
}
_FULL = 6.0  # the score above which one headline is as good as another
_BACK = 60  # blocks above the body that are looked at
_DATED = 9  # words and numbers of a line that is a date
_READ = 40  # blocks of the body whose words are compared
_PARAGRAPH = 100  # characters of a paragraph that no headline stands below
_SAME = 3  # lines of the body set alike
_TEXT = 60  # characters of a block that is read as text
_INSIDE = 3  # first blocks of the body that may be the headline
_HEADING = (0.0, 1.0, 0.75, 0.5, 0.35, 0.25, 0.2)
_DAY = regex.compile(r"\d{1,2}[\s/.-]\d{1,2}[\s/.-](?:19|20)?\d\d")
_STOP = regex.compile(r"[^.]\.[\"”’')\]]*\s*$")
_SENTENCES = regex.compile(r"[\p{Ll}\d)\"”][.!?]\s+[\"“]?\p{Lu}")
_CUES: tuple[tuple[CueKind, str], ...] = (
    ("end", "machinery"), ("comments", "machinery"), ("noise", "machinery"), ("counter", "machinery"),
    ("licence", "a line about the portal"),
    ("source", "a line about the portal"), ("author", "a line about the portal"), ("clock", "a line about the portal"),
    ("own-date", "a date"), ("site", "a portal's or section's name"), ("caption", "a caption"),
)  # fmt: skip

Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, its block's index (None where it stands in the page's head only), its score and what spoke for it.
    `rest` are indexes of the blocks that go on with it after a line break, `agreed` says that the page's head repeats it."""

    text: str
    block: int | None
    score: float
    reason: str
    rest: tuple[int, ...] = ()
    agreed: bool = False


def locate(page: Page, profile: Profile | None) -> tuple[Region | None, list[Headline]]:
    """The article's stretch of blocks and the candidates for its headline: of several stretches the one that has much prose
    and a good headline above it; half of the prose weighs as two points of a headline's score."""
    best: tuple[float, Region, list[Headline]] | None = None
    for region in find_regions(page, profile):
        size = 2.0 * math.log2(max(1.0, region.worth))
        if best is not None and size + _FULL <= best[0]:
            break  # they come by size: no headline can make up for the rest
        found = candidates(page, region, profile)
        worth = size + min(max((h.score for h in found if h.block is not None), default=0.0), _FULL)
        if best is None or worth > best[0]:
            best = (worth, region, found)
    return (None, []) if best is None else best[1:]


def chosen(found: Sequence[Headline]) -> Headline | None:
    """The first of some ranked candidates, None where it does not reach `THRESHOLD`."""
    return found[0] if found and found[0].score >= THRESHOLD else None


def candidates(page: Page, region: Region, profile: Profile | None) -> list[Headline]:
    """All candidates, the best first; of equals the one nearer to the body."""
    weigh = _Weigher(page, region, profile)
    out = list(weigh.blocks())
    out += [weigh.said(text, where) for text, where in weigh.heads]
    return sorted(out, key=lambda h: -h.score)


class _Weigher:
    """Scores the candidates of one page."""

    def __init__(self, page: Page, region: Region, profile: Profile | None) -> None:
        self._page, self._region, self._profile = page, region, profile
        core = page.blocks[region.start : region.end]
        self._pairs: Counter[tuple[str, str]] = Counter()
        for block in core[:_READ]:
            if len(block.text) > _TEXT:
                self._pairs.update(set(pairs(block.folded)))
        self._paths = Counter((b.path, b.bold * 2 > len(b.text)) for b in core)
        self._core = max(1, sum(len(b.text) for b in core))
        self._chain = blocks_chain(page, region)
        self._before = [0, *accumulate(_counts(b) for b in page.blocks[: region.start])]  # blocks in the way, summed up
        self.heads = list(title_parts(page))
        self._said = [(fold(text), text) for text, _ in self.heads]
        # "Cổng thông tin … - Ủy ban …": a title that begins with the portal names it to the end.
        self._title = fold(page.title or "")
        self._named = says("site", title_start(self._title))
        self._slug = slug_words(page.url)
        self._anchors = {fold(link) for b in page.blocks for link in b.links if len(link) > 20}

    def blocks(self) -> Iterator[Headline]:
        """The blocks of the page that are candidates; one that goes on from the one before is a part of that."""
        taken: set[int] = set()
        for block in self.near():
            if block.index not in taken:
                found = self.block(block)
                taken.update(found.rest)
                yield found

    def near(self) -> Iterator[Block]:
        """Blocks that may hold the headline: above the body, its first lines, headings, and what the page's head repeats."""
        region = self._region
        said = {folded for folded, _ in self._said}
        low, high = region.start - _BACK, region.start + _INSIDE
        for block in self._page.blocks[: region.end]:
            if SHORTEST <= len(block.text) <= LONGEST and (
                low <= block.index < high or block.heading or block.folded in said
            ):
                yield block

    def said(self, text: str, where: str) -> Headline:
        """A title of the page's head as a candidate of its own, for pages that print none."""
        folded = fold(text)
        signs = self._wording(text, folded) | {"in the page's head only": 1.0}
        signs["words in the body"] *= 0.85
        if where == "json-ld":
            signs["declared"] = 1.0
        if self._constant(text):
            signs["repeated on the site"] = 1.0
        if any(other != folded and other in folded for other, _ in self._said):
            signs["with a portal's name"] = 1.0
        return _scored(text, None, signs)

    def block(self, block: Block) -> Headline:
        """A block of the page as a candidate."""
        rest = self._rest(block)
        text = undated(" ".join([block.text, *(self._page.blocks[i].text for i in rest)]))
        folded = fold(text)
        inside = self._region.start <= block.index < self._region.end
        signs = self._wording(text, folded, int(inside and len(block.text) > _TEXT))
        agreed = self._agreement(folded, signs)
        if block.heading:
            # A heading with none of the body's words is the section's or the portal's.
            signs["a heading"] = _HEADING[block.heading] * min(
                1.0, (0.4 if agreed else 0.25) + 2.0 * signs["words in the body"]
            )
        signs |= {name: 1.0 for name, holds in self._looks(block, folded) if holds}
        if block.link_share > 0.7:
            signs["a link and a heading" if block.heading or agreed else "a link"] = 1.0
        return _scored(text, block.index, signs | self._place(block) | self._learnt(block, folded), rest, agreed)

    def _rest(self, block: Block) -> tuple[int, ...]:
        """The next blocks, where a line break cuts a headline: of the same element, looking the same, the page's or a
        link's title being the whole."""
        out: list[int] = []
        text = block.folded
        for other in self._page.blocks[block.index + 1 : block.index + 4]:
            if other.chain != block.chain or len(other.text) > 150 or other.linked != block.linked * bool(block.linked):
                break
            text = f"{text} {other.folded}"
            out.append(other.index)
            if text in self._anchors or any(text == said for said, _ in self._said):
                return tuple(out)
        if not out or _STOP.search(block.text) or self._region.home in block.chain[-1:]:
            return ()
        named = len(out) == 1 and says("name-title", block.names)
        return (out[0],) if named or self._is_pair(block, out[0], text) else ()

    def _is_pair(self, block: Block, other: int, text: str) -> bool:
        """Whether an element holds a block and another one and nothing else, and no date."""
        both = len(block.text) + len(self._page.blocks[other].text)
        return self._page.size.get(block.chain[-1] if block.chain else 0) == both and not stamps(text)

    def _wording(self, text: str, folded: str, own: int = 0) -> Signs:
        said = pairs(folded)
        # A section of three words stands in any body; a headline's many words stand in its own alone.
        # A line of the body itself is seen there once by itself.
        share = sum(self._pairs[p] > own for p in said) / len(said) if said else 0.0
        signs = {"words in the body": share * min(1.0, len(said) / 6)}
        number = len(words(folded))
        signs["few words"] = max(0.0, (6 - number) / 2)
        signs["long"] = max(0.0, (len(text) - 120) / 60)
        for name, holds in (
            ("words of the address", slug_share(self._slug, folded) > 0.7),
            ("ends with a full stop", _STOP.search(text)),
            ("several sentences", _SENTENCES.search(text)),
            ("starts in lower case", text[:1].islower()),
            ("a date", number <= _DATED and stamps(folded)),
        ):
            if holds:
                signs[name] = 1.0
        signs |= {name: 1.0 for kind, name in _CUES[::-1] if says(kind, folded)}
        return signs

    def _agreement(self, folded: str, signs: Signs) -> bool:
        """What the page's head says of a candidate. A constant of the site, or the portal's name, says nothing."""
        for said, text in self._said:
            cut = len(folded) > 30 and said.startswith(folded[:-3]) and len(said) < len(folded) + 8
            cut = cut or (len(said) > 30 and said.endswith(("...", "…")) and folded.startswith(said.rstrip(".… ")))
            if said == folded or cut:
                constant = self._constant(text) or says("site", said) or (self._named and said in self._title)
                if constant:
                    signs["repeats a constant title"] = 1.0
                else:  # a section's title has hardly a word of the body
                    signs["repeats the page's title"] = min(1.0, 0.35 + 2.0 * signs["words in the body"])
                return not constant
        return False

    def _constant(self, text: str) -> bool:
        return self._profile is not None and mark(fold(text)) in self._profile.titles

    def _looks(self, block: Block, folded: str) -> Iterator[tuple[str, bool]]:
        yield "named a title", says("name-title", block.names)
        yield "bold", block.bold * 2 > len(block.text)
        yield "named a menu or list", says("name-away", block.names)
        yield "set as the body's lines", self._paths[block.path, block.bold * 2 > len(block.text)] >= _SAME
        yield "hidden", block.hidden and not self._region.unhidden
        yield "linked on the page", block.link_share <= 0.7 and folded in self._anchors

    def _place(self, block: Block) -> Signs:
        """Nearness to the body, in blocks and in the tree."""
        region = self._region
        if block.index >= region.start:
            above = self._page.blocks[region.start : block.index]
            return {
                "close to the body": 0.75,
                "inside the body": float(block.index - region.start),
                "below a paragraph": float(any(len(b.text) > _PARAGRAPH and is_sentence(b) for b in above)),
            }
        between = self._before[region.start] - self._before[block.index + 1]
        return {
            "close to the body": 1.0,
            "blocks before the body": min(float(between), 14.0),
            "in the body's own box": self._common(block),
        }

    def _common(self, block: Block) -> float:
        """How little the smallest element around candidate and body holds beside the body."""
        shared = 0
        for a, b in zip(block.chain, self._chain, strict=False):
            if a != b:
                break
            shared = a
        size = self._page.size.get(shared, 0) / self._core
        return 1.0 if size < 1.4 else 0.5 if size < 2.5 else 0.0

    def _learnt(self, block: Block, folded: str) -> Signs:
        if self._profile is None:
            return {}
        linked = mark(folded) in self._profile.linked
        signs: Signs = {}
        if mark(block.key) in self._profile.blocks or self._constant(block.text):
            signs["repeated on the site"] = 1.0
        elif mark(block.folded) in self._profile.texts and not linked:
            signs["repeated elsewhere on the site"] = 1.0
        if linked and block.link_share < 0.5:
            signs["linked by other pages"] = 1.0
        if mark(block.path) in self._profile.headline_paths:
            signs["where the site has headlines"] = 1.0
        return signs


def _scored(text: str, block: int | None, signs: Signs, rest: tuple[int, ...] = (), agreed: bool = False) -> Headline:
    worth = {name: WEIGHTS[name] * value for name, value in signs.items() if value}
    reason = ", ".join(f"{name} {value:+.1f}" for name, value in sorted(worth.items(), key=lambda w: -abs(w[1]))[:5])
    return Headline(text, block, round(sum(worth.values()), 2), reason, rest, agreed)


def blocks_chain(page: Page, region: Region) -> tuple[int, ...]:
    """The elements around the body's own one, the page first."""
    for block in page.blocks[region.start : region.end]:
        if region.home in block.chain:
            return block.chain[: block.chain.index(region.home) + 1]
    return ()


def _counts(block: Block) -> bool:
    """Whether a block between headline and body stands in the way: not dates, share buttons, tiny marks."""
    return len(block.text) > 3 and not says("noise", block.folded) and not _DAY.search(block.text[:60])


def ranked(found: Sequence[Headline]) -> str:
    """The best and the runner-up in a line, for `explain`."""
    told = "; ".join(f"{h.text[:60]!r} {h.score:.1f} ({h.reason})" for h in found[:2])
    return told or "no candidate"
