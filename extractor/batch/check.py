"""Whether an output is whole: every file as its marker, its manifest or its neighbour says, by size and hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.batch.layout import (
    PLAN,
    TABLES,
    Described,
    damage,
    finished_parts,
    marker_name,
    read_manifest,
    read_marker,
)
from extractor.batch.lines import described_by, written_before
from extractor.batch.store import Store
from extractor.errors import InputError

_ARTICLES = "articles/"
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(slots=True)
class Checked:
    """What a look at an output found: how many files were compared, what is wrong (a sentence each), whether the run came to
    its end, and which part files of the tables a finished shard vouches for."""

    files: int = 0
    wrong: list[str] = field(default_factory=list)
    finished: bool = True
    parts: dict[str, str] = field(default_factory=dict)  # with a hash of what the part's tables hold

    def add(self, store: Store, files: Mapping[str, Described], known: Mapping[str, str] = _NOTHING) -> None:
        """Compare some files."""
        self.files += len(files)
        same = False
        for name in (name for name in files if name.startswith(_ARTICLES)):
            part = name.removeprefix(_ARTICLES)
            self.parts[part] = _content(files)
            same = known.get(part) == self.parts[part]
        if same:
            self.wrong += [f"{name} is damaged" for name, said in files.items() if store.size(name) != said["bytes"]]
        else:
            self.wrong += damage(store, files)


def _content(files: Mapping[str, Described]) -> str:
    tables = sorted((name, said["sha256"]) for name, said in files.items() if name.split("/", 1)[0] in TABLES)
    return hashlib.sha256("".join(f"{name} {told}\n" for name, told in tables).encode()).hexdigest()


def check(out: str, known: Mapping[str, str] = _NOTHING) -> Checked:
    """Compare an output (a folder of tables, or a file of lines) with what its run said of it. `known` are parts that were read
    before, with their hashes as `Checked.parts` has them: where a hash is as it was, only the sizes of files are compared.

    Raises `InputError` for what no run of extractor wrote.
    """
    if Path(out).is_file():
        return _lines(out)
    store = Store(out)
    manifest = read_manifest(store)
    if manifest is None:
        raise InputError(f"{out}: holds no output of extractor; give a folder that 'extractor extract -o FOLDER' wrote")
    found = check_tables(store, manifest, known)
    if store.exists(PLAN):
        found.wrong.append(f"a merge was broken off; complete it: extractor merge {out}")
    return found


def check_tables(store: Store, manifest: Mapping[str, Any], known: Mapping[str, str] = _NOTHING) -> Checked:
    """Compare the tables of a folder with its markers; `known` as for `check`."""
    found = Checked(finished="finished" in manifest)
    parts = finished_parts(store)
    if found.finished:
        missing = set(manifest["finished"]["parts"]) - set(parts)
        found.wrong += [f"{marker_name(part)} is missing" for part in sorted(missing)]
        found.add(store, manifest.get("files", {}))
    for part in parts:
        if (marker := read_marker(store, part)) is None:
            found.wrong.append(f"{marker_name(part)} is damaged")
        else:
            found.add(store, marker.files, known)
    return found


def _lines(out: str) -> Checked:
    if not described_by(out):
        raise InputError(f"{out}: no run of extractor wrote it, or what stood beside it is gone")
    try:
        written_before(out)
    except InputError as error:
        return Checked(1, [str(error)])
    return Checked(1)
