"""What an output of ours looks like: the manifest that names it, and the files that may be written and removed in it."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, TypedDict

from extractor.batch.store import Store
from extractor.errors import InputError
from extractor.ingest.sources import OUTPUT_FORMAT, OUTPUT_MANIFEST
from extractor.records import FIELDS

MANIFEST, FORMAT = OUTPUT_MANIFEST, OUTPUT_FORMAT
VERSION = 3
_READABLE = (2, 3)  # of version 2 only the sketches were written otherwise; both ways are read
# Here and not in `tables`, which loads Arrow.
TABLES = ("articles", "officials", "positions", *(name for name in FIELDS if name != "officials"))
DUPLICATES = "duplicates"
SENTENCES = "sentences"  # of an output with --words
_KINDS = {
    **dict.fromkeys((*TABLES, DUPLICATES, SENTENCES), "parquet"),
    "records": "jsonl",
    "_sketches": "jsonl",
    "_errors": "jsonl",
    "_units": "jsonl",
    "_shards": "json",
}
_NAME = re.compile(r"(?:part|merged|change)-(?:[0-9a-f]{8}-)?(\d{6,})\.(\w+)")
STAGED = ".merged"
PLAN = f"{STAGED}/done"
CHANGES = ".changes"  # articles that replace earlier ones, until all of them are there; hidden from every reader
CHANGED = f"{CHANGES}/done"
COMMIT = f"{CHANGES}/commit"
_TOP = ("errors.jsonl", "sites.json", MANIFEST)  # what makes the folder ours goes last


class Described(TypedDict):
    """Size and hash of a file."""

    bytes: int
    sha256: str


def stamped(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the keys that make its folder an output of ours."""
    return {"format": FORMAT} | manifest | {"format_version": VERSION}


def read_manifest(store: Store, name: str = MANIFEST) -> dict[str, Any] | None:
    """The manifest of an output of ours, None where the folder has none. Raises `InputError` for any other file of its name."""
    raw = store.read(name)
    if raw is None:
        return None
    where = f"{store.root}/{name}"
    try:
        manifest = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: damaged, not JSON ({error}); nothing was changed, choose another output") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise InputError(f"{where}: not written by extractor, so the folder is left as it is; choose another output")
    if manifest.get("format_version") not in _READABLE:
        raise InputError(
            f"{where}: written by another version of extractor (format {manifest.get('format_version')!r}, "
            f"known is {VERSION}); choose another output"
        )
    if not _sound(manifest):
        raise InputError(f"{where}: damaged; nothing was changed, choose another output")
    return manifest


def _sound(manifest: Mapping[str, Any]) -> bool:
    finished, history, files = manifest.get("finished", {}), manifest.get("history", []), manifest.get("files", {})
    return (
        all(isinstance(some, dict) for some in (manifest.get("run"), finished, files))
        and all(_is_described(some) for some in files.values())
        and isinstance(history, list)
        and all(isinstance(run, dict) for run in history)
        and (not finished or (isinstance(finished.get("parts"), list) and isinstance(finished.get("stats"), dict)))
        and isinstance(manifest.get("first", 0), int)
        and isinstance(manifest.get("output", ""), str)
    )


def _is_described(some: Any) -> bool:
    return isinstance(some, dict) and isinstance(some.get("bytes"), int) and isinstance(some.get("sha256"), str)


def ours(store: Store, folder: str) -> list[str]:
    """Sorted names of the files in a folder of the output that are ours by their names."""
    return [name for name in store.names(folder) if is_ours(folder, name)]


def is_ours(folder: str, name: str) -> bool:
    """Whether a run or a merge writes files of this name in this folder of its output."""
    if not folder:
        return name in _TOP
    if folder in (STAGED, CHANGES):
        return name in ("done", "commit")
    match = _NAME.fullmatch(name)
    return match is not None and match[2] == _KINDS.get(folder.rpartition("/")[2])


def described(data: bytes) -> Described:
    """What a marker says of a file, to see later whether it is whole."""
    return {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def damage(store: Store, files: Mapping[str, Described]) -> list[str]:
    """What is wrong with files by what was said of them: `NAME is missing`, `is cut`, `has changed`; empty where all is well."""
    out: list[str] = []
    for name, said in files.items():
        found = store.described(name)
        if found is None:
            out.append(f"{name} is missing")
        elif found[0] != said["bytes"]:
            out.append(f"{name} has {found[0]:,} bytes, not {said['bytes']:,}")
        elif found[1] != said["sha256"]:
            out.append(f"{name} has changed")
    return out


@dataclass(frozen=True, slots=True)
class Marker:
    """What stands in `_shards/` for a finished shard: its counts, its files as they were written, a hash of the settings that
    made it and one of the articles in it."""

    stats: dict[str, Any]
    files: dict[str, Described]
    made: str = ""
    units: str = ""

    def dump(self) -> bytes:
        """The marker's bytes, with a hash of themselves."""
        plain = asdict(self)
        return json.dumps(plain | {"sha256": _own_hash(plain)}, ensure_ascii=False).encode()


def _own_hash(plain: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def part_name(number: int, output: str = "", kind: str = "part") -> str:
    """The name, without suffix, of a part: with the output's own id, so that no two outputs have parts of one name."""
    return f"{kind}-{output}-{number:06d}" if output else f"{kind}-{number:06d}"


def part_number(part: str) -> int:
    """The number of a part within its output."""
    return int(part.rpartition("-")[2])


def marker_name(part: str, prefix: str = "") -> str:
    """The name of a part's marker."""
    return f"{prefix}_shards/{part}.json"


def read_marker(store: Store, part: str, prefix: str = "") -> Marker | None:
    """The marker of a part; None where it is missing or damaged: the part counts as unfinished then."""
    try:
        data = json.loads(store.read(marker_name(part, prefix)) or b"null")
        marker = Marker(dict(data["stats"]), dict(data["files"]), str(data["made"]), str(data["units"]))
        if data["sha256"] == _own_hash(asdict(marker)) and all(_is_described(some) for some in marker.files.values()):
            return marker
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    return None


def finished_parts(store: Store, prefix: str = "") -> list[str]:
    """The names of the parts that have a marker, in the order of their numbers, merged ones first."""
    return [name[: -len(".json")] for name in ours(store, f"{prefix}_shards")]


def drop_part(store: Store, part: str) -> None:
    """Remove all files of a part, its marker first: without it the others are nobody's."""
    for folder, suffix in sorted(_KINDS.items(), key=lambda kind: kind[0] != "_shards"):
        store.remove(f"{folder}/{part}.{suffix}")


def summed(wrong: Sequence[str]) -> str:
    """The first of several things that are wrong, and how many there are."""
    return wrong[0] if len(wrong) == 1 else f"{wrong[0]}, and {len(wrong) - 1} more"


def clear(store: Store) -> None:
    """Remove the files of an output of ours, known by folder and name; what else lies there stays."""
    _empty(store, _folders())
    for name in _TOP:
        store.remove(name)


def clear_changes(store: Store) -> None:
    """Remove what was staged to replace articles; what was decided goes first, so that nothing is half applied."""
    store.remove(CHANGED)
    _empty(store, _below(CHANGES))


def sweep(store: Store) -> None:
    """Remove the temporary files that a killed run left in an output of ours."""
    for folder in ("", *_folders()):
        store.sweep(folder, partial(is_ours, folder))


def _empty(store: Store, folders: Sequence[str]) -> None:
    for folder in folders:
        for name in ours(store, folder):
            store.remove(f"{folder}/{name}")
        store.remove_if_empty(folder)


def _folders() -> tuple[str, ...]:
    return (*_KINDS, *_below(STAGED), *_below(CHANGES))


def _below(folder: str) -> tuple[str, ...]:
    # Inner folders before the one that holds them.
    return (
        *(f"{folder}/new/{kind}" for kind in _KINDS),
        f"{folder}/new",
        *(f"{folder}/{kind}" for kind in _KINDS),
        folder,
    )
