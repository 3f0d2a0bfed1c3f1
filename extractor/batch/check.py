"""Whether an output is whole: every file as its marker, its manifest or its neighbour says, by size and hash."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.batch.layout import PLAN, Described, damage, finished_shards, marker_name, read_manifest, read_marker
from extractor.batch.lines import described_by, written_before
from extractor.batch.store import Store
from extractor.errors import InputError

_ARTICLES = "articles/"


@dataclass(slots=True)
class Checked:
    """What a look at an output found: how many files were compared, what is wrong (a sentence each), whether the run came to
    its end, and which part files of the tables a finished shard vouches for."""

    files: int = 0
    wrong: list[str] = field(default_factory=list)
    finished: bool = True
    parts: list[str] = field(default_factory=list)

    def add(self, store: Store, files: Mapping[str, Described]) -> None:
        """Compare some files."""
        self.files += len(files)
        self.parts += [name.removeprefix(_ARTICLES) for name in files if name.startswith(_ARTICLES)]
        self.wrong += damage(store, files)


def check(out: str) -> Checked:
    """Compare an output (a folder of tables, or a file of lines) with what its run said of it.

    Raises `InputError` for what no run of extractor wrote.
    """
    if Path(out).is_file():
        return _lines(out)
    store = Store(out)
    manifest = read_manifest(store)
    if manifest is None:
        raise InputError(f"{out}: holds no output of extractor; give a folder that 'extractor extract -o FOLDER' wrote")
    found = check_tables(store, manifest)
    if store.exists(PLAN):
        found.wrong.append(f"a merge was broken off; complete it: extractor merge {out}")
    return found


def check_tables(store: Store, manifest: Mapping[str, Any]) -> Checked:
    """Compare the tables of a folder with its markers, or with its manifest where they were merged."""
    found = Checked(finished="finished" in manifest)
    if "merged" in manifest:
        found.add(store, manifest.get("files", {}))
        return found
    numbers = finished_shards(store)
    if found.finished:
        missing = set(range(int(manifest["finished"]["shards"]))) - set(numbers)
        found.wrong += [f"{marker_name(number)} is missing" for number in sorted(missing)]
    for number in numbers:
        if (marker := read_marker(store, number)) is None:
            found.wrong.append(f"{marker_name(number)} is damaged")
        else:
            found.add(store, marker.files)
    return found


def _lines(out: str) -> Checked:
    if not described_by(out):
        raise InputError(f"{out}: no run of extractor wrote it, or what stood beside it is gone")
    try:
        written_before(out)
    except InputError as error:
        return Checked(1, [str(error)])
    return Checked(1)
