"""A first, cheap pass over raw pages: up to `MOST` of each site are kept, and a profile is learnt from them."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import regex

from extractor.errors import ExtractorError
from extractor.ingest.html import html_page
from extractor.ingest.pages.dom import Page
from extractor.ingest.pages.sites import ALIKE, FEWEST, MOST, Sites, learn, sketch
from extractor.ingest.streams import whole
from extractor.ingest.units import Options, Unit

_HEAD = 60_000  # bytes of a page that name its style sheets and scripts
_LARGE = 3_000_000  # bytes of a page that is not learnt from
_OPEN = 300  # pages that stay parsed between the two steps; the others are read again
_HELD = 128 << 20  # packed bytes of pages without a file of their own that are held
_LINK = regex.compile(rb"""(?:href|src)\s*+=\s*+["']?+([^"'\s>]++)""", regex.IGNORECASE)
_FILE = regex.compile(rb"""[^/?]{2,60}\.(?:css|js|axd)""", regex.IGNORECASE)


@dataclass(slots=True)
class _Site:
    """A site while its pages are collected."""

    marks: frozenset[str]
    pages: list[Page | Unit] = field(default_factory=list)
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """What a first pass found: the profiles, and how many pages are of sites that are too small for one."""

    sites: Sites
    pages: int
    alone: int


def learn_sites(units: Iterable[Unit], options: Options, most: int | None = None, known: Sites | None = None) -> Learnt:
    """The profiles of the sites among `units` (others than pages are passed over), of `most` pages at the most.

    Pages are grouped in their order, so that the same pages give the same profiles; a page that cannot be read is left out,
    as is one of a site in `known`.
    """
    collect = _Collector(options, known)
    for unit in units:
        collect.add(unit)
        if most is not None and collect.pages >= most:
            break
    profiles = []
    alone = 0
    for site in collect.sites:
        pages = [p for one in site.pages if (p := one if isinstance(one, Page) else _parsed(one, options)) is not None]
        profile = learn(pages) if len(pages) >= FEWEST else None
        if profile is None:
            alone += site.seen
        else:
            profiles.append(profile)
        site.pages.clear()
    return Learnt(Sites(profiles), collect.pages, alone)


class _Collector:
    """Pages by site, in memory that does not grow with their number."""

    def __init__(self, options: Options, known: Sites | None = None) -> None:
        self._known = known
        self.sites: list[_Site] = []
        self.pages = 0
        self._options = options
        self._by_mark: dict[str, list[int]] = defaultdict(list)
        self._full: dict[bytes, int] = {}
        self._open = self._held = 0

    def add(self, unit: Unit) -> None:
        """Take a page in, unless its site has enough of them."""
        data = _bytes(unit, self._options)
        if data is None:
            return
        self.pages += 1
        key = _files(unit, data)
        if key is not None and key in self._full:
            self.sites[self._full[key]].seen += 1
            return
        page = _parsed(replace(unit, data=data), self._options)
        if page is None or len(page.blocks) < 2 or (self._known is not None and self._known.of(page) is not None):
            return
        number = self._place(sketch(page))
        site = self.sites[number]
        site.seen += 1
        if len(site.pages) < MOST:
            site.pages.append(self._kept(unit, data, page))
        elif key is not None:
            self._full[key] = number

    def _place(self, marks: frozenset[str]) -> int:
        votes: Counter[int] = Counter()
        for name in marks:
            votes.update(self._by_mark.get(name, ()))
        best = max(
            ((n / max(1, min(len(marks), len(self.sites[s].marks))), -s) for s, n in votes.items()), default=(0.0, 0)
        )
        if best[0] >= ALIKE:
            return -best[1]
        for name in marks:
            self._by_mark[name].append(len(self.sites))
        self.sites.append(_Site(marks))
        return len(self.sites) - 1

    def _kept(self, unit: Unit, data: bytes, page: Page) -> Page | Unit:
        self._open += 1
        if self._open <= _OPEN:
            return page
        if unit.data is None or unit.kind == "html":
            return replace(unit, data=None)
        packed = zlib.compress(data, 1)
        self._held += len(packed)
        return Unit("page", unit.file, unit.position, packed if self._held <= _HELD else b"", url=unit.url)


def _bytes(unit: Unit, options: Options) -> bytes | None:
    """The raw page of a unit; None for one that is none, or cannot be read."""
    data: bytes | None = None
    if unit.kind == "row":
        html = unit.data.get("html") if isinstance(unit.data, dict) and not unit.data.get("text") else None
        data = html.encode("utf-8", "surrogatepass") if isinstance(html, str) else None
    elif unit.kind in ("html", "page"):
        try:
            data = unit.data if isinstance(unit.data, bytes) else whole(unit.file, options.limits)
        except (ExtractorError, OSError):
            return None
    return data if data and len(data) <= _LARGE else None


def _files(unit: Unit, data: bytes) -> bytes | None:
    """What tells a site at a glance: its folder and the names of its style sheets and scripts; None for a page without."""
    links = _LINK.findall(data[:_HEAD])
    names = sorted({found[0] for link in links if (found := _FILE.search(link)) is not None})
    return b"\n".join([unit.file.rpartition("/")[0].encode("utf-8", "replace"), *names]) if len(names) > 1 else None


def _parsed(unit: Unit, options: Options) -> Page | None:
    data = unit.data if isinstance(unit.data, bytes) else _bytes(unit, options)
    if not data:
        return None
    try:
        if unit.kind == "page" and data[:1] == b"\x78":
            data = zlib.decompress(data)
        return html_page(data, unit.url)[0]
    except Exception:  # whatever is wrong with the page is said when it is extracted
        return None
