"""The sites of a run: profiles learnt in a first pass over its pages, or read from where an earlier run left them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from extractor.batch.settings import Settings
from extractor.batch.store import Store
from extractor.errors import ExtractorError
from extractor.ingest.readers import units
from extractor.ingest.sources import Source
from extractor.ingest.streams import name_of, neighbour, stem_of
from extractor.ingest.units import Options, Unit
from extractor.rules import patterns

if TYPE_CHECKING:  # a run without pages does not load what reads them
    from extractor.ingest.pages.sample import Learnt
    from extractor.ingest.pages.sites import Sites

SITES = "sites.json"
_PAGES = (".html", ".htm", ".xhtml", ".mhtml", ".mht", ".zip", ".tgz", ".tar", ".warc")
_ROWS = (".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".xlsx", ".xls", ".ods")
_MOST = 50_000  # pages that a run looks at: one process does, before the others start
_FEW = 300  # pages of a limited run that are looked at, where its limit is lower

Say = Callable[[str], None]


def with_sites(
    found: Sequence[Source], settings: Settings, store: Store, say: Say, *, grow: Sequence[Source] = ()
) -> Settings:
    """The settings with the profiles of the run's sites: given ones, those of the output, else learnt now and left in the store.

    `grow` are inputs that the output has not seen: sites of theirs without a profile are learnt to those that it has.
    """
    options = settings.options
    if options.sites is not None:
        return settings
    sites = read_kept(store)
    if sites is None or grow:
        with patterns(settings.patterns):
            learnt = from_sources(found if sites is None else grow, options, settings.limit, known=sites)
        if learnt is not None and (sites is None or learnt.sites.profiles):
            sites = joined([*([] if sites is None else [sites]), learnt.sites])
            store.write(SITES, sites.dumps().encode("utf-8"))
            say(told(learnt))
    return settings if sites is None else replace(settings, options=replace(options, sites=sites))


def read_kept(store: Store) -> Sites | None:
    """The profiles in an output, None where it has no file of them. Raises `InputError` for another file of that name."""
    raw = store.read(SITES)
    if raw is None:
        return None
    from extractor.ingest.pages.sites import Sites

    return Sites.loads(raw.decode("utf-8", "replace"), f"{store.root}/{SITES}")


def joined(some: Sequence[Sites]) -> Sites:
    """The profiles of several outputs; of two of one site (of one id) the first."""
    from extractor.ingest.pages.sites import Sites

    return Sites({p.id: p for sites in reversed(some) for p in sites.profiles}.values())


def kept(store: Store) -> bytes | None:
    """The profiles that a run left in its store, None where there is no site."""
    raw = store.read(SITES)
    if raw is None:
        return None
    from extractor.ingest.pages.sites import Sites

    return raw if Sites.loads(raw.decode("utf-8"), SITES).profiles else None


def sites_path(out: str) -> str:
    """Where the profiles of a file of records go: `records.jsonl.gz` has `records.sites.json` beside it."""
    return neighbour(out, f"{stem_of(name_of(out))}.sites.json")


def read_sites(path: str | None) -> Sites | None:
    """The profiles of a file, None for no file. Raises `InputError`."""
    if path is None:
        return None
    from extractor.ingest.pages.sites import Sites

    return Sites.read(path)


def told(learnt: Learnt) -> str:
    """A line about what a first pass learnt."""
    number = len(learnt.sites.profiles)
    if not number:
        return f"{_counted(learnt.pages, 'page')}, of no site three articles: read without a profile"
    line = f"{_counted(learnt.pages, 'page')}, {_counted(number, 'site')} learnt"
    return f"{line}; {_counted(learnt.alone, 'page')} of smaller sites read without a profile" if learnt.alone else line


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def from_sources(
    found: Sequence[Source], options: Options, limit: int | None = None, known: Sites | None = None
) -> Learnt | None:
    """The sites of the pages among some files, None where there are none. What cannot be read the extraction will say."""
    pages = _pages(found, options)
    first = next(pages, None)
    if first is None:
        return None
    from extractor.ingest.pages.sample import learn_sites

    most = _MOST if limit is None else min(_MOST, max(limit, _FEW))
    return learn_sites(chain([first], pages), options, most, known)


def _pages(found: Sequence[Source], options: Options) -> Iterator[Unit]:
    for source in found:
        if source.path == "-" or source.path.startswith(("http://", "https://")) or source.suffix not in _PAGES + _ROWS:
            continue
        try:
            for unit in units([source], options, lambda _: None):
                if source.suffix in _ROWS and not _is_page(unit):
                    break
                yield unit
        except ExtractorError:
            continue


def _is_page(unit: Unit) -> bool:
    return (
        unit.kind == "row" and isinstance(unit.data, dict) and bool(unit.data.get("html")) and not unit.data.get("text")
    )
