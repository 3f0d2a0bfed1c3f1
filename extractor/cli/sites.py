"""`extractor sites`: the sites behind some pages, and what their profiles say."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.options import Force


def sites(
    pages: Annotated[list[str], typer.Argument(metavar="PAGES...", help="Pages: files, folders, archives, globs.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write the profiles, for `extract --sites`.")
    ] = None,
    records: Annotated[bool, typer.Option("--profiles", help="PAGES is one file of profiles: show it.")] = False,
    force: Force = False,
) -> int:
    """The sites behind some pages, told by what their pages repeat, and what each profile says.

    A profile is learnt from up to 30 pages of a site, of at least three different articles.

    Examples:

      extractor sites pages/

      extractor sites pages/ -o portals.sites.json

      extractor sites --profiles records.sites.json
    """
    from extractor.batch.sites import from_sources, told
    from extractor.errors import InputError
    from extractor.ingest.pages.sites import Sites
    from extractor.ingest.sources import holds_sites, sources
    from extractor.ingest.units import Options
    from extractor.outputs import claim_output, write_output

    if output is not None:
        claim_output(output, force=force, ours=holds_sites)
    if records:
        found = Sites.read(pages[0])
    else:
        learnt = from_sources(sources(pages)[0], Options())
        if learnt is None:
            raise InputError(f"{', '.join(pages)}: no pages")
        found = learnt.sites
        print(told(learnt), file=sys.stderr)
    for profile in sorted(found.profiles, key=lambda p: (-p.pages, p.id)):
        print(f"{profile.id}  {profile.pages} pages  {', '.join(profile.hosts) or 'host not told'}")
        print(f"  repeated: {len(profile.blocks)} blocks, {len(profile.titles)} titles")
        print(f"  places learnt: headline {len(profile.headline_paths)}, date {len(profile.date_paths)}")
        if profile.stamps:
            print(f"  days of an import, not of publication: {', '.join(profile.stamps)}")
        print(
            f"  dates of articles in lists of links: {len(profile.dated)}; order of day and month: {profile.order or 'not told'}"
        )
    if output is not None:
        write_output(output, found.dumps())
        print(f"written to {output}", file=sys.stderr)
    return 0
