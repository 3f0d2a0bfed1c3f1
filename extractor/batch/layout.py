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
VERSION = 1
# Here and not in `tables`, which loads Arrow.
TABLES = ("articles", "officials", "positions", *(name for name in FIELDS if name != "officials"))
_KINDS = {
    **dict.fromkeys(TABLES, "parquet"),
    "records": "jsonl",
    "_sketches": "jsonl",
    "_errors": "jsonl",
    "_shards": "json",
}
_NAME = re.compile(r"(?:part|merged)-\d{6,}\.(\w+)")
STAGED = ".merged"
PLAN = f"{STAGED}/done"
_TOP = ("errors.jsonl", MANIFEST, "sites.json")


class Described(TypedDict):
    """Size and hash of a file."""

    bytes: int
    sha256: str


def stamped(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the keys that make its folder an output of ours."""
    return {"format": FORMAT, "format_version": VERSION} | manifest


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
    if manifest.get("format_version") != VERSION:
        raise InputError(
            f"{where}: written by another version of extractor (format {manifest.get('format_version')!r}, "
            f"known is {VERSION}); choose another output"
        )
    if not _sound(manifest):
        raise InputError(f"{where}: damaged; nothing was changed, choose another output")
    return manifest


def _sound(manifest: Mapping[str, Any]) -> bool:
    finished, files = manifest.get("finished", {}), manifest.get("files", {})
    runs = manifest.get("runs", [])
    return (
        all(isinstance(some, dict) for some in (manifest.get("run"), finished, files))
        and isinstance(runs, list)
        and all(isinstance(run, dict) for run in runs)
        and all(_is_described(some) for some in files.values())
        and (not finished or (isinstance(finished.get("shards"), int) and isinstance(finished.get("stats"), dict)))
        and ("merged" in manifest) == ("files" in manifest)
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
    if folder == STAGED:
        return name == "done"
    match = _NAME.fullmatch(name)
    return match is not None and match[1] == _KINDS[folder.removeprefix(f"{STAGED}/")]


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
    """What stands in `_shards/` for a finished shard: its counts, and its files as they were written."""

    stats: dict[str, Any]
    files: dict[str, Described]

    def dump(self) -> bytes:
        """The marker's bytes, with a hash of themselves."""
        plain = asdict(self)
        return json.dumps(plain | {"sha256": _own_hash(plain)}, ensure_ascii=False).encode()


def _own_hash(plain: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


def marker_name(number: int) -> str:
    """The name of a shard's marker."""
    return f"_shards/part-{number:06d}.json"


def read_marker(store: Store, number: int) -> Marker | None:
    """The marker of a shard; None where it is missing or damaged: the shard counts as unfinished then."""
    try:
        data = json.loads(store.read(marker_name(number)) or b"null")
        marker = Marker(dict(data["stats"]), dict(data["files"]))
        if data["sha256"] == _own_hash(asdict(marker)) and all(_is_described(some) for some in marker.files.values()):
            return marker
    except (ValueError, TypeError, KeyError, RecursionError):
        pass
    return None


def finished_shards(store: Store) -> list[int]:
    """The numbers of the shards that have a marker."""
    return sorted(int(name[5 : -len(".json")]) for name in ours(store, "_shards"))


def summed(wrong: Sequence[str]) -> str:
    """The first of several things that are wrong, and how many there are."""
    return wrong[0] if len(wrong) == 1 else f"{wrong[0]}, and {len(wrong) - 1} more"


def clear(store: Store) -> None:
    """Remove the files of an output of ours, known by folder and name; what else lies there stays."""
    for folder in _folders():
        for name in ours(store, folder):
            store.remove(f"{folder}/{name}")
        store.remove_if_empty(folder)
    for name in _TOP:
        store.remove(name)


def sweep(store: Store) -> None:
    """Remove the temporary files that a killed run left in an output of ours."""
    for folder in ("", *_folders()):
        store.sweep(folder, partial(is_ours, folder))


def _folders() -> tuple[str, ...]:
    # Inner folders before the one that holds them.
    return (*_KINDS, *(f"{STAGED}/{folder}" for folder in TABLES), STAGED)
