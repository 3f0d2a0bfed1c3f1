"""The publication date of a page; each candidate has a kind: the article's own, declared, a clock's, a related article's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

import regex

from extractor.ingest.pages.cues import says
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.headline import Headline, blocks_chain
from extractor.ingest.pages.profile import Profile, mark
from extractor.ingest.pages.region import Region
from extractor.ingest.pages.stamps import Stamp, machine_day, order_of, settle, stamps
from extractor.rules.lexica import template
from extractor.text import fold

Kind = Literal["own", "import", "clock", "related", "meta", "body", "licence"]
THRESHOLD = 3.0
_LINE = 140  # characters of a date line; a date in a longer block is the story's own
_AROUND = 6  # blocks before and after a date that a list is looked for in
_LIST = 3  # dates at one path that make it a list
_TODAY = template(r",?\s*{day}\s+\d")
_SECONDS = regex.compile(r"\d{1,2}:\d\d:\d\d")
_PLACE = template(r"^(?!{no-place})\p{L}[\p{L}\s.'-]{1,40},\s*{day}\s")  # "Mường Khê, ngày 4 tháng 3"
_PARTS = regex.compile(r"\s[-|•·]\s|[|•·]")
_WORDS = regex.compile(r"\p{L}+")
_URL = regex.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_DECLARED = regex.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate",
    "publishdate", "publish-date", "published_date", "publication_date", "dc.date.issued", "dc.date.created", "dcterms.created",
    "dcterms.issued", "sailthru.date", "article.published", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date", "date",
)  # fmt: skip
_ARTICLE = ("article", "newsarticle", "blogposting", "reportagenewsarticle", "report", "techarticle")


def _is_machinery(folded: str) -> bool:
    return says("noise", folded) or says("counter", folded) or says("author", folded)


def _clocklike(folded: str, timed: bool) -> bool:
    """Whether a line is worded as clocks of portals are: "Thứ bảy, ngày 15 tháng 6 năm 2019", or a time to the second."""
    return _SECONDS.search(folded) is not None if timed else _TODAY.search(folded) is not None


@dataclass(frozen=True, slots=True)
class Found:
    """A date of a page: its kind, the name of its source (`json-ld`, `page` …), its block (None in the head), score and reason.
    `day` is None for one whose order of day and month nothing settles."""

    day: date | None
    kind: Kind
    source: str
    block: int | None
    score: float
    reason: str


def pick_date(page: Page, region: Region | None, headline: Headline | None, profile: Profile | None) -> Found | None:
    """The publication date: what is declared, else the best printed one that reaches `THRESHOLD`, else the address, else
    what lists of links say of this headline. A date that many pages of the site share is of kind `import`."""
    best = _best(page, region, headline, profile)
    if best is None or not _is_import(best, profile):
        return best
    return replace(best, kind="import", source="import", reason=f"{best.reason}; shared by most pages of the site")


def _best(page: Page, region: Region | None, headline: Headline | None, profile: Profile | None) -> Found | None:
    declared = next(_declared(page), None)
    if declared is not None and not _is_import(declared, profile):
        return declared
    own = _own(page, region, headline, profile)
    if own is not None and not (declared is not None and _is_import(own, profile)):
        return own
    if declared is not None:
        return declared
    match = _URL.search(page.url or "")
    if match and (day := machine_day("-".join(match.groups()))):
        return Found(day, "meta", "url", None, THRESHOLD, "in the address")
    return _told(page, headline, profile)


def _is_import(found: Found, profile: Profile | None) -> bool:
    return profile is not None and found.day is not None and found.day.isoformat() in profile.stamps


def _own(page: Page, region: Region | None, headline: Headline | None, profile: Profile | None) -> Found | None:
    """The best printed date, None where it does not reach the threshold."""
    if region is None:
        return None
    top = max(printed(page, region, headline, profile), key=lambda f: f.score, default=None)
    return top if top is not None and top.score >= THRESHOLD and top.kind == "own" else None


def _declared(page: Page) -> Iterator[Found]:
    """Dates for machines: an article's JSON-LD before the page's, then meta elements, then microdata."""
    yield from _json_ld(page)
    for name in _META:
        if name in page.meta and (day := machine_day(page.meta[name])):
            yield Found(day, "meta", "meta", None, 5.0, name)
    for name, value, index in page.marked:
        near = page.blocks[index] if index < len(page.blocks) else None
        if name == "itemprop" and (near is None or not _foreign(near)) and (day := machine_day(value)):
            yield Found(day, "meta", "itemprop", index, 5.0, "datePublished")


def _json_ld(page: Page) -> Iterator[Found]:
    for wanted in (_ARTICLE, ("webpage", "creativework")):
        for thing in page.declared:
            kinds = thing.get("@type")
            if any(str(k).lower() in wanted for k in (kinds if isinstance(kinds, list) else [kinds])):
                for key in ("datePublished", "dateCreated"):
                    if day := machine_day(thing.get(key)):
                        yield Found(day, "meta", "json-ld", None, 6.0, key)
    for text in page.broken:
        match = _DECLARED.search(text)
        if match and (day := machine_day(match[1])):
            yield Found(day, "meta", "json-ld", None, 5.0, "broken JSON-LD")


def _foreign(block: Block) -> bool:
    return says("name-away", block.names) or block.link_share > 0.5


def printed(page: Page, region: Region, headline: Headline | None, profile: Profile | None) -> list[Found]:
    """The dates that the page prints, scored as the article's own."""
    order = order_of([b.folded for b in page.blocks]) or (profile.order if profile is not None else None)
    weigh = _Weigher(page, region, headline, profile)
    times = {index: value for name, value, index in page.marked if name == "time"}
    out: list[Found] = []
    for block in page.blocks:
        if block.index in times and (day := machine_day(times[block.index])):
            found = weigh(block, Stamp(day, 0, min(len(block.folded), 30)), day, declared=True)
            out.append(replace(found, source="time", score=found.score + 1.0))
        elif any(c.isdigit() for c in block.text):
            out += [weigh(block, stamp, settle(stamp, order)) for stamp in stamps(block.folded[:400])]
    return out


class _Weigher:
    """Scores the printed dates of one page by what stands around them."""

    def __init__(self, page: Page, region: Region, headline: Headline | None, profile: Profile | None) -> None:
        self._page, self._region, self._profile = page, region, profile
        self._top = headline.block if headline is not None and headline.block is not None else region.start
        # Whether the headline's block says more than the headline: the date beside it.
        at = page.blocks[self._top].text.find(headline.text) if headline is not None else -1
        self._told = (at, at + len(headline.text)) if headline is not None and at >= 0 else (0, 0)
        self._cut = headline is not None and len(headline.text) + 8 < len(page.blocks[self._top].text)
        self._chain = blocks_chain(page, region)
        self._core = max(1, sum(len(b.text) for b in page.blocks[region.start : region.end]))
        self._whole = max(1, sum(len(b.text) for b in page.blocks))
        dated = [b for b in page.blocks if len(b.text) <= _LINE and stamps(b.folded)]
        self._dated = [(b.index, b.path, b.shape) for b in dated]

    def __call__(self, block: Block, stamp: Stamp, day: date | None, *, declared: bool = False) -> Found:
        """The date as a candidate; `declared` by a `<time>` element, whose text may be "hôm nay"."""
        kind, reason = self._kind(block, stamp, declared)
        if kind != "own":
            return Found(day, kind, "page", block.index, -5.0, reason)
        place, where = self._place(block)
        looks, signs = self._looks(block, stamp)
        score = place + looks + self._learnt(block)
        return Found(day, "own", "page", block.index, round(score, 2), f"{where}{signs}")

    def _kind(self, block: Block, stamp: Stamp, declared: bool) -> tuple[Kind, str]:
        folded = block.folded
        if block.index == self._top and self._told[0] <= stamp.start < self._told[1]:
            return "body", "in the headline"
        if says("licence", folded):
            return "licence", "a licence's"
        if self._is_clock(block, declared=declared):
            return "clock", "a clock's"
        if block.link_share > 0.5 or (block.links and stamp.start > 20 and block.link_share > 0.3):
            return "related", "beside a link"
        if self._repeated(block):
            return "clock", "the same on other pages"
        if _PLACE.match(folded) or says("caption", folded):
            return "body", "of a document or picture"
        return ("body", "in running text") if self._in_text(block, stamp) else ("own", "")

    def _is_clock(self, block: Block, *, declared: bool) -> bool:
        if says("clock", block.folded) and not declared:
            return True
        return says("name-clock", block.names) and block.index < self._top - 4

    def _in_text(self, block: Block, stamp: Stamp) -> bool:
        """Whether a date stands in a block too long for a date line, and no label of the page's own date begins it."""
        if len(block.folded) <= _LINE or self._beside(block):
            return False
        return not (stamp.start < 40 and says("own-date", block.folded[: stamp.end][:60]))

    def _beside(self, block: Block) -> bool:
        """Whether a block is what was cut off the headline."""
        return block.index == self._top and self._cut

    def _repeated(self, block: Block) -> bool:
        if self._profile is None or mark(block.key) not in self._profile.blocks:
            return False
        return mark(block.path) not in self._profile.date_paths

    def _place(self, block: Block) -> tuple[float, str]:
        """Nearness to the headline and to the body's ends."""
        top, region, at = self._top, self._region, block.index
        if at == top:
            return (3.0 if self._cut else 0.0), "beside the headline"
        if top < at < region.start or (top < at <= top + 3 and at < region.end):
            return 3.0, "below the headline"
        if top - 8 <= at < top:
            between = self._page.blocks[at + 1 : top]
            menu = sum(b.link_share > 0.7 and not says("noise", b.folded) for b in between)
            return 2.6 - 0.25 * len(between) - (3.0 if menu > 2 else 0.0) + self._common(block), "above the headline"
        if region.end - 2 <= at <= region.end + 3:
            return 0.5 + self._common(block), "below the body"
        return (-2.0 if at < top else -4.0) + self._common(block), "far from the headline"

    def _common(self, block: Block) -> float:
        shared = 0
        for a, b in zip(block.chain, self._chain, strict=False):
            if a != b:
                break
            shared = a
        size = self._page.size.get(shared, self._whole)
        if size / self._core < 1.5:
            return 1.2
        return 0.6 if size / self._core < 2.5 else -1.2 if size > 0.8 * self._whole else 0.0

    def _looks(self, block: Block, stamp: Stamp) -> tuple[float, str]:
        """What a block's wording and names tell: a score, and the signs in words."""
        folded, weekday = block.folded, stamp.weekday is not None
        clock = weekday and block.index < self._top and _clocklike(folded, stamp.timed)
        seen = (
            (says("own-date", folded), 3.0, "labelled"),
            (weekday, 0.8, "with its weekday"),
            (stamp.timed, 1.0, "with a time"),
            (clock, -3.5 if stamp.timed else -1.5, "worded as a clock"),
            (says("name-date", block.names), 1.5, "named so"),
        )
        signs = [sign for holds, _, sign in seen if holds]
        against = (
            says("name-away", block.names),
            block.hidden and not self._region.unhidden,
            self._in_list(block, bool(signs)),
        )
        score = sum(weight for holds, weight, _ in seen if holds) - 2.0 * sum(against)
        return score + self._brevity(block, stamp), "".join(f", {s}" for s in signs)

    def _brevity(self, block: Block, stamp: Stamp) -> float:
        """What the number of words beside a date tells: a date line has few."""
        if self._beside(block):
            return 1.5
        rest = block.folded[: stamp.start] + " " + block.folded[stamp.end :]
        words = sum(len(_WORDS.findall(p)) for p in _PARTS.split(rest) if not _is_machinery(p.strip()))
        words -= 2 * (stamp.weekday is not None)
        return 1.5 if words <= 2 else 0.0 if words <= 4 else -1.5 if words <= 12 else -3.0

    def _in_list(self, block: Block, signs: bool) -> bool:
        """Whether other dates around a block stand as it does: at its path, or in many elements like its own."""
        near = [(path, shape) for at, path, shape in self._dated if abs(at - block.index) <= _AROUND]
        alike = sum(path == block.path for path, _ in near)
        return alike >= _LIST or (not signs and sum(shape == block.shape for _, shape in near) >= 2 * _LIST)

    def _learnt(self, block: Block) -> float:
        if self._profile is None or not self._profile.date_paths:
            return 0.0
        return 2.5 if mark(block.path) in self._profile.date_paths else -0.5


def _told(page: Page, headline: Headline | None, profile: Profile | None) -> Found | None:
    """What lists of links, here or on other pages of the site, say of this headline."""
    if headline is None:
        return None
    wanted = fold(headline.text)
    for text, day in dated_links(page):
        if text == wanted:
            return Found(day, "related", "related", None, THRESHOLD, "told by a list of links on the page")
    if profile is not None and (told := profile.dated.get(mark(wanted))):
        return Found(date.fromisoformat(told), "related", "related", None, THRESHOLD, "told by other pages of the site")
    return None


def dated_links(page: Page) -> Iterator[tuple[str, date]]:
    """Folded texts of links with the one date that stands in their block or alone in the next."""
    order = order_of([b.folded for b in page.blocks])
    for block, after in zip(page.blocks, [*page.blocks[1:], None], strict=True):
        for link in block.links:
            if len(link) < 25:
                continue
            text = fold(link)
            rest = block.folded.replace(text, " ")
            found = stamps(rest)
            if not found and after is not None and len(after.text) < 40 and not after.links:
                found = stamps(after.folded)
            if len(found) == 1 and (day := settle(found[0], order)):
                yield text, day
