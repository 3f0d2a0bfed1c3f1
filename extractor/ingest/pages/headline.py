"""The headline of a page: candidates near the body and in the head, each weighed by what speaks for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from extractor.ingest.pages.body import Region, find_region
from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.profile import Profile, mark
from extractor.text import fold, unaccent

THRESHOLD = 2.0  # a candidate with less is no headline
_SHORTEST, _LONGEST = 10, 300  # characters of a headline
_BACK = 60  # blocks above the body that are looked at
_INSIDE = 3  # first blocks of the body that may be the headline
_HEADING = (0.0, 2.0, 1.5, 1.0, 0.7, 0.5, 0.4)
_WORD = regex.compile(r"\p{L}+|\d+")
_DAY = regex.compile(r"\d{1,2}[\s/.-]\d{1,2}[\s/.-](?:19|20)?\d\d")
_SITE = regex.compile(r"\s+(?:[|»«:•]|[-–—]+|::)\s+")
_STOP = regex.compile(r"[^.]\.[\"”’')\]]*\s*$")


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline, its block's index (None where it stands in the page's head only), its score and what spoke for it."""

    text: str
    block: int | None
    score: float
    reason: str


def pick_headline(page: Page, region: Region, profile: Profile | None) -> Headline | None:
    """The best candidate, None where none reaches `THRESHOLD`."""
    return chosen(candidates(page, region, profile))


def chosen(found: Sequence[Headline]) -> Headline | None:
    """The first of some ranked candidates, None where it does not reach `THRESHOLD`."""
    return found[0] if found and found[0].score >= THRESHOLD else None


def candidates(page: Page, region: Region, profile: Profile | None) -> list[Headline]:
    """All candidates, the best first; of equals the one nearer to the body."""
    weigh = _Weigher(page, region, profile)
    out = [weigh.block(b) for b in weigh.near()]
    out += [weigh.said(text, where) for text, where in weigh.heads]
    return sorted(out, key=lambda h: -h.score)


class _Weigher:
    """Scores the candidates of one page."""

    def __init__(self, page: Page, region: Region, profile: Profile | None) -> None:
        self._page, self._region, self._profile = page, region, profile
        text = " ".join(b.folded for b in page.blocks[region.start : region.end] if len(b.text) > 60)
        words = _WORD.findall(text[:6000])
        self._pairs = set(pairwise(words))
        self.heads = list(title_parts(page))
        self._slug = self._slug_words()
        self._anchors = {fold(link.text) for b in page.blocks for link in b.links if len(link.text) > 20}
        self._core = sum(len(b.text) for b in page.blocks[region.start : region.end])

    def near(self) -> Iterator[Block]:
        """Blocks that may hold the headline: above the body, its first lines, headings, and what the page's head repeats."""
        region, blocks = self._region, self._page.blocks
        said = {fold(text) for text, _ in self.heads}
        low, high = region.start - _BACK, region.start + _INSIDE
        for block in blocks[: region.end]:
            if not _SHORTEST <= len(block.text) <= _LONGEST:
                continue
            if low <= block.index < high or block.heading or block.folded in said:
                yield block

    def _slug_words(self) -> set[str]:
        url = (self._page.url or "").split("?", 1)[0].rstrip("/")
        words = set(_WORD.findall(unaccent(url.rsplit("/", 1)[-1]))) - {"html", "htm", "aspx", "php"}
        return {w for w in words if not w.isdigit()}

    def _agreement(self, folded: str) -> tuple[float, str]:
        """What the page's head says of a candidate. A constant of the site, or the portal's name, says nothing."""
        for text, where in self.heads:
            said = fold(text)
            if said != folded and not (
                len(folded) > 30 and said.startswith(folded[:-3]) and len(said) < len(folded) + 8
            ):
                continue
            if self._constant(text) or says("site", said):
                return -1.0, "constant title"
            return 3.0, where
        return 0.0, ""

    def _constant(self, text: str) -> bool:
        return self._profile is not None and mark(fold(text)) in self._profile.titles

    def _overlap(self, folded: str) -> float:
        words = _WORD.findall(folded)
        pairs = list(pairwise(words))
        return sum(p in self._pairs for p in pairs) / len(pairs) if pairs else 0.0

    def _slug_share(self, folded: str) -> float:
        if len(self._slug) < 4:
            return 0.0
        words = set(_WORD.findall(unaccent(folded)))
        return len(self._slug & words) / len(self._slug)

    def _shape(self, text: str, folded: str) -> float:
        words = len(_WORD.findall(folded))
        score = -1.5 if words < 4 else -0.4 if words < 6 else 0.0
        if len(text) > 180:
            score -= 1.0
        if _STOP.search(text):
            score -= 1.2
        if text[0].islower():
            score -= 0.7
        if _DAY.search(text) and len(text) < 60:
            score -= 2.5
        return score

    def _cues(self, folded: str) -> float:
        if says("end", folded) or says("noise", folded) or says("counter", folded):
            return -8.0
        if says("licence", folded) or says("source", folded) or says("author", folded) or says("clock", folded):
            return -5.0
        if says("caption", folded):
            return -1.5
        return -4.0 if says("site", folded) else 0.0

    def said(self, text: str, where: str) -> Headline:
        """A title of the page's head as a candidate of its own, for pages that print none."""
        folded = fold(text)
        overlap, slug = self._overlap(folded), self._slug_share(folded)
        score = 1.2 + 2.5 * overlap + 1.5 * (slug > 0.7) + self._shape(text, folded) + self._cues(folded)
        if where == "json-ld":
            score += 0.5
        if self._constant(text):
            score -= 6.0
        if len(_SITE.split(text)) > 1:
            score -= 1.0
        return Headline(text, None, round(score, 2), f"{where}, {overlap:.0%} of its words in the body")

    def block(self, block: Block) -> Headline:
        """A block of the page as a candidate."""
        folded, why = block.folded, []
        overlap, slug = self._overlap(folded), self._slug_share(folded)
        agreed, where = self._agreement(folded)
        score = 3.0 * overlap + agreed + 2.0 * (slug > 0.7) + self._shape(block.text, folded) + self._cues(folded)
        why += [f"{overlap:.0%} of its words in the body", where, "the address" if slug > 0.7 else ""]
        score += _HEADING[block.heading]
        if says("name-title", block.names):
            score += 1.2
            why.append("named so")
        if block.bold * 2 > len(block.text):
            score += 0.4
        if says("name-away", block.names):
            score -= 1.5
        if block.hidden and not self._region.unhidden:
            score -= 2.0
        if block.link_share > 0.7:
            score -= 1.0 if block.heading or agreed > 0 else 3.0
        elif folded in self._anchors:
            score += 0.7
        score += self._place(block) + self._learnt(block, why)
        return Headline(block.text, block.index, round(score, 2), ", ".join(w for w in why if w))

    def _place(self, block: Block) -> float:
        """Nearness to the body, in blocks and in the tree."""
        region, blocks = self._region, self._page.blocks
        if block.index >= region.start:
            inside = block.index - region.start
            return 1.5 - 0.8 * inside if len(block.text) < 250 else -2.0
        between = sum(_counts(b) for b in blocks[block.index + 1 : region.start])
        return max(2.0 - 0.35 * between, -3.0) + self._common(block)

    def _common(self, block: Block) -> float:
        """How little the smallest element around candidate and body holds beside the body."""
        chain = blocks_chain(self._page, self._region)
        shared = 0
        for a, b in zip(block.chain, chain, strict=False):
            if a != b:
                break
            shared = a
        size = self._page.size.get(shared, 0) / max(1, self._core)
        return 1.2 if size < 1.4 else 0.6 if size < 2.5 else 0.0

    def _learnt(self, block: Block, why: list[str]) -> float:
        if self._profile is None:
            return 0.0
        score = 0.0
        if mark(block.key) in self._profile.blocks or self._constant(block.text):
            score -= 6.0
            why.append("repeated on the site")
        elif mark(block.folded) in self._profile.texts and mark(block.folded) not in self._profile.linked:
            score -= 3.0
        if mark(block.folded) in self._profile.linked and block.link_share < 0.5:
            score += 1.0
            why.append("linked by other pages")
        if mark(block.path) in self._profile.headline_paths:
            score += 2.5
            why.append("where the site has headlines")
        return score


def title_parts(page: Page) -> Iterator[tuple[str, str]]:
    """Titles of the page's head with where they stand: whole, and each part between bars."""
    for thing in page.declared:
        if isinstance(thing.get("headline"), str):
            yield " ".join(thing["headline"].split())[:_LONGEST], "json-ld"
    for where, text in (("og:title", page.meta.get("og:title")), ("title", page.title)):
        if text:
            text = " ".join(text.split())
            parts = _SITE.split(text)
            for part in dict.fromkeys([text, *parts, *(text[: text.rfind(p)].rstrip(" |»«:•-–—") for p in parts[1:])]):
                if _SHORTEST <= len(part) <= _LONGEST:
                    yield part, where


def blocks_chain(page: Page, region: Region) -> tuple[int, ...]:
    """The elements around the body's own one, the page first."""
    for block in page.blocks[region.start : region.end]:
        if region.home in block.chain:
            return block.chain[: block.chain.index(region.home) + 1]
    return ()


def _counts(block: Block) -> bool:
    """Whether a block between headline and body stands in the way: not dates, share buttons, tiny marks."""
    return len(block.text) > 3 and not says("noise", block.folded) and not _DAY.search(block.text[:60])


def headline_of(page: Page) -> tuple[Region | None, Headline | None]:
    """Region and headline of a page by itself, for learning."""
    region = find_region(page, None)
    return (region, pick_headline(page, region, None)) if region is not None else (None, None)


def ranked(found: Sequence[Headline]) -> str:
    """The best and the runner-up in a line, for `explain`."""
    told = "; ".join(f"{h.text[:60]!r} {h.score:.1f} ({h.reason})" for h in found[:2])
    return told or "no candidate"
