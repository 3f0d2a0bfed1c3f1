"""The sites behind a set of pages: grouped by what their pages repeat, learnt from a sample of each, found again for a page."""

from __future__ import annotations

import json
import stat
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.ingest.ids import host
from extractor.ingest.pages.dates import Found, dated_links, pick_date
from extractor.ingest.pages.dom import Block, Page
from extractor.ingest.pages.headline import Headline, chosen, locate
from extractor.ingest.pages.profile import VERSION, Profile, mark
from extractor.ingest.pages.region import Region, find_region
from extractor.ingest.pages.stamps import TIME, order_of, stamps
from extractor.ingest.pages.titles import title_parts
from extractor.text import fold

FEWEST = 3  # pages with different articles that a profile is learnt from
MOST = 30  # pages of a site that are looked at
_SHARE = 0.3  # of a site's pages that a block stands on to be the site's own
ALIKE = 0.5  # of the smaller sketch that two pages share to be one site's
_SKETCH = 400  # marks of a page, of a profile
_LINKED = 600  # links' texts and dates that a profile keeps
_TEXT = 60  # characters of a block that is content
_COPY = 0.85  # of two pages' content that they share to be copies
_BESIDE = 3  # blocks between a headline and its date
_SHORT = 80  # characters of a block that tells a site


class Sites:
    """Profiles, and which of them a page belongs to."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.profiles = tuple(profiles)
        self._by_mark: dict[str, list[int]] = defaultdict(list)
        for number, profile in enumerate(self.profiles):
            for name in profile.sketch:
                self._by_mark[name].append(number)

    def of(self, page: Page) -> Profile | None:
        """The profile whose marks the page shows best, None where none shows for at least half."""
        votes: Counter[int] = Counter()
        for name in sketch(page):
            votes.update(self._by_mark.get(name, ()))
        best: tuple[float, str] | None = None
        chosen: Profile | None = None
        for number, count in votes.items():
            profile = self.profiles[number]
            share = count / len(profile.sketch)
            if share >= ALIKE and (best is None or (share, profile.id) > best):
                best, chosen = (share, profile.id), profile
        return chosen

    def dumps(self) -> str:
        """The profiles as JSON text, by id."""
        plain = {p.id: p.plain() for p in sorted(self.profiles, key=lambda p: p.id)}
        return json.dumps({"version": VERSION, "sites": plain}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"

    @classmethod
    def loads(cls, text: str, where: str) -> Sites:
        """The profiles that `dumps` wrote. Raises `InputError` for anything else."""
        try:
            plain: Any = json.loads(text)
            return cls(Profile.read(p) for p in plain["sites"].values())
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise InputError(f"{where}: no profiles of sites ({error})") from None

    @classmethod
    def read(cls, path: str) -> Sites:
        """The profiles of a file. Raises `InputError`."""
        try:
            if not stat.S_ISREG(Path(path).stat().st_mode):
                raise InputError(f"{path}: no regular file")
            return cls.loads(Path(path).read_text(encoding="utf-8"), path)
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(f"{path}: cannot be read as profiles of sites ({error})") from None


def sketch(page: Page) -> frozenset[str]:
    """Marks of a page's short blocks and of its paths: what the pages of a site share."""
    marks = {mark(b.key) for b in page.blocks if 3 < len(b.text) < _SHORT}
    marks |= {mark(b.path) for b in page.blocks}
    return frozenset(sorted(marks)[:_SKETCH])


def learn(pages: Sequence[Page]) -> Profile | None:
    """The profile of one site's pages, None where fewer than `FEWEST` have articles of their own. Copies count once."""
    distinct = _distinct(pages)
    if sum(region is not None for _, region in distinct) < FEWEST:
        return None
    pages = [page for page, _ in distinct]
    first = _repeated(distinct)
    # Headlines and dates are picked knowing what the site repeats, and their places learnt from that.
    picked = [_picked(page, first) for page in pages]
    headed = [(page, h.block) for page, (h, _) in zip(pages, picked, strict=True) if h]
    own = [(page, d.block) for page, (_, d) in zip(pages, picked, strict=True) if d is not None and d.kind == "own"]
    return Profile(
        pages=len(pages),
        blocks=first.blocks,
        texts=first.texts,
        titles=first.titles,
        headline_paths=_paths(_blocks(headed)),
        date_paths=_paths(_blocks(own)),
        stamps=_stamps(pages, [d for _, d in picked]),
        dated=_dated(pages),
        linked=first.linked,
        order=order_of(_short_lines(pages)),
        sketch=_sketch(pages),
        hosts=tuple(sorted({name for page in pages if (name := host(page.url))})),
    )


def _short_lines(pages: Sequence[Page]) -> list[str]:
    return [b.folded for page in pages for b in page.blocks if len(b.text) < 200]


def _blocks(places: Sequence[tuple[Page, int | None]]) -> list[Block]:
    return [page.blocks[at] for page, at in places if at is not None]


def _distinct(pages: Sequence[Page]) -> list[tuple[Page, Region | None]]:
    """Pages of different content, with their regions: copies of one page would pass for a site that repeats it."""
    kept: list[tuple[Page, frozenset[str]]] = []
    for page in pages:
        text = frozenset(mark(b.folded) for b in page.blocks if len(b.text) > _TEXT and b.link_share < 0.5)
        if not any(len(text & other) >= _COPY * len(text | other) for _, other in kept):
            kept.append((page, text))
    return [(page, find_region(page, None)) for page, _ in kept]


def _repeated(distinct: Sequence[tuple[Page, Region | None]]) -> Profile:
    """A first profile: blocks, texts and titles that stand on several pages."""
    pages = [page for page, _ in distinct]
    keys = _pages_with(pages, lambda page: (b.key for b in page.blocks))
    texts = _pages_with(pages, lambda page: (b.folded for b in page.blocks if len(b.text) > 8))
    titles = _pages_with(pages, lambda page: map(fold, _titles(page)))
    linked = _pages_with(pages, _long_links)
    long = {mark(b.key) for page in pages for b in page.blocks if len(b.text) - b.linked >= _SHORT}
    number = len(pages)
    # Two pages may share a paragraph or a caption; the site's own blocks stand on more.
    least, long_least = max(2, _SHARE * number), max(3, _SHARE * number)
    return Profile(
        pages=number,
        blocks=frozenset(k for k, n in keys.items() if n >= (long_least if k in long else least)),
        texts=frozenset(k for k, n in texts.items() if n >= max(3, 2 * least)),
        titles=frozenset(k for k, n in titles.items() if n >= least),
        linked=frozenset(sorted(linked, key=lambda k: (-linked[k], k))[:_LINKED]),
    )


def _pages_with(pages: Sequence[Page], texts: Callable[[Page], Iterable[str]]) -> Counter[str]:
    """On how many pages each of some texts stands, by its mark."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(set(map(mark, texts(page))))
    return counts


def _long_links(page: Page) -> Iterable[str]:
    return (fold(link) for b in page.blocks for link in b.links if len(link) > 20)


def _titles(page: Page) -> set[str]:
    return {text for text, _ in title_parts(page)}


def _picked(page: Page, first: Profile) -> tuple[Headline | None, Found | None]:
    region, titles = locate(page, first)
    headline = chosen(titles)
    # An import's stamp is repeated as a clock is: which of the two it is, its place tells.
    found = pick_date(page, region, headline, None)
    if found is not None and found.block is not None and found.block < len(page.blocks):
        repeated = mark(page.blocks[found.block].key) in first.blocks
        if repeated and not (headline and headline.block is not None and abs(headline.block - found.block) <= _BESIDE):
            found = None
    return headline, found


def _paths(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Marks of the paths that most of some blocks have, at least two of them."""
    counts = Counter(mark(b.path) for b in blocks)
    least = max(2, _SHARE * len(blocks))
    return tuple(sorted(name for name, n in counts.items() if n >= least))


def _stamps(pages: Sequence[Page], found: Sequence[Found | None]) -> tuple[str, ...]:
    """Days that at least three and half of the dated pages share, to the hour where they print a time: an import's."""
    hours: Counter[tuple[date, str]] = Counter()
    total = 0
    for page, one in zip(pages, found, strict=True):
        if one is None or one.day is None:
            continue
        total += 1
        text = page.blocks[one.block].folded if one.block is not None and one.block < len(page.blocks) else ""
        hours[one.day, _hour(text)] += 1
    return tuple(sorted({day.isoformat() for (day, _), n in hours.items() if n >= 3 and n * 2 >= total}))


def _hour(folded: str) -> str:
    match = TIME.search(folded) if stamps(folded[:200]) else None
    return match[0].replace(" ", "")[:2].rstrip(":hg") if match else ""


def _dated(pages: Sequence[Page]) -> dict[str, str]:
    """What lists of links tell of headlines, where they agree."""
    told: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for text, day in dated_links(page):
            told[mark(text)].add(day.isoformat())
    agreed = {name: min(days) for name, days in told.items() if len(days) == 1}
    return dict(sorted(agreed.items())[:_LINKED])


def _sketch(pages: Sequence[Page]) -> frozenset[str]:
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update(sketch(page))
    least = max(2, 0.5 * len(pages))
    return frozenset(sorted(name for name, n in counts.items() if n >= least)[:_SKETCH])
