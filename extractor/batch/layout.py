"""What an output of ours looks like: the manifest that names it, and the files that may be written and removed in it."""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

from extractor.batch.store import Store
from extractor.errors import InputError

MANIFEST = "manifest.json"
FORMAT = "extractor-output"
VERSION = 1
TABLES = (
    "articles",
    "officials",
    "positions",
    "dates",
    "locations",
    "documents",
    "figures",
)  # not from `tables`: that loads Arrow
_KINDS = {
    **dict.fromkeys(TABLES, "parquet"),
    "records": "jsonl",
    "_sketches": "jsonl",
    "_errors": "jsonl",
    "_shards": "json",
}
_NAME = re.compile(r"(?:part|merged)-\d{6,}\.(\w+)")
_STAGED = ".merged"
_TOP = ("errors.jsonl", MANIFEST)


def stamped(manifest: dict[str, Any]) -> dict[str, Any]:
    """The manifest with the keys that make its folder an output of ours."""
    return {"format": FORMAT, "format_version": VERSION} | manifest


def read_manifest(store: Store) -> dict[str, Any] | None:
    """The manifest of an output of ours, None where the folder has none. Raises `InputError` for any other `manifest.json`."""
    raw = store.read(MANIFEST)
    if raw is None:
        return None
    where = f"{store.root}/{MANIFEST}"
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
    if not isinstance(manifest.get("run"), dict):
        raise InputError(f"{where}: damaged, no description of the run in it; choose another output")
    return manifest


def ours(store: Store, folder: str) -> list[str]:
    """Sorted names of the files in a folder of the output that are ours by their names."""
    return [name for name in store.names(folder) if is_ours(folder, name)]


def is_ours(folder: str, name: str) -> bool:
    """Whether a run or a merge writes files of this name in this folder of its output."""
    if not folder:
        return name in _TOP
    if folder == _STAGED:
        return name == "done"
    match = _NAME.fullmatch(name)
    return match is not None and match[1] == _KINDS[folder.removeprefix(f"{_STAGED}/")]


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
    return (*_KINDS, *(f"{_STAGED}/{folder}" for folder in TABLES), _STAGED)
