"""An output that is one file of lines: what stands beside it says which run wrote it, so that it is not taken for another's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from extractor.batch.layout import Described, read_manifest, stamped
from extractor.batch.store import Store
from extractor.errors import InputError
from extractor.ingest.streams import is_url, name_of, neighbour, opened_packed

_BLOCK = 1 << 20


def check_kind(form: str, out: str) -> None:
    """Raise `InputError` where a folder stands in the place of a file of lines, or a file in a folder's."""
    if form == "jsonl" and out != "-" and Path(out).is_dir():
        raise InputError(f"{out}: is a folder; give another name")
    if form == "parquet" and Path(out).is_file():
        raise InputError(f"{out}: is a file; give a folder, or a name that ends in .jsonl")


def beside(out: str) -> str:
    """The path of the hidden file that describes the run behind `out`."""
    return neighbour(out, f".{name_of(out)}.run.json")


def described_by(out: str) -> bool:
    """Whether a description of a run stands beside `out`."""
    return _folder(out).exists(name_of(beside(out)))


def written_before(out: str, unfinished: Mapping[str, Any] | None = None) -> dict[str, Any] | None:
    """The manifest of the run that wrote the file `out`; None where there is no such file, or an empty one.

    `unfinished` is the manifest of a run towards `out` that has not ended. A file that it announced (`writes`) and that has no
    description yet is that run's own: None as well, the run goes on.
    Raises `InputError` for a file that no run wrote, or that was changed afterwards: it is never replaced.
    """
    if not _size(out):
        return None
    manifest = read_manifest(_folder(out), name_of(beside(out)))
    announced = unfinished.get("writes") if unfinished is not None else None
    if manifest is None and announced is None:
        raise InputError(f"{out}: is there already, and no run of extractor wrote it; give another name")
    found = _described(out)
    if (manifest is None or found != manifest.get("file")) and found == announced:
        return None
    if manifest is None:
        raise InputError(f"{out}: is there already, and no run of extractor wrote it; give another name")
    if found != manifest.get("file"):
        raise InputError(f"{out}: was changed after a run wrote it; rename it, or give another name")
    return manifest


def note(out: str, manifest: dict[str, Any], file: Described) -> None:
    """Say beside `out` which run wrote it."""
    data = json.dumps(stamped(manifest | {"file": file}), indent=1, ensure_ascii=False)
    _folder(out).write(name_of(beside(out)), data.encode("utf-8", "backslashreplace"))


class Hashed:
    """A stream to write to that knows size and hash of what went through."""

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw, self._hash, self._bytes = raw, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        """Write and count some bytes."""
        self._hash.update(data)
        self._bytes += len(data)
        return self._raw.write(data)

    def flush(self) -> None:
        """Flush the stream below."""
        self._raw.flush()

    def described(self) -> Described:
        """Size and hash so far."""
        return {"bytes": self._bytes, "sha256": self._hash.hexdigest()}


def _folder(out: str) -> Store:
    return Store(neighbour(out, "") or ".")


def _size(out: str) -> int:
    if not is_url(out):
        return Path(out).stat().st_size if Path(out).is_file() else 0
    import fsspec

    fs, path = fsspec.core.url_to_fs(out)
    return int(fs.size(path) or 0) if fs.exists(path) else 0


def _described(out: str) -> Described:
    digest, size = hashlib.sha256(), 0
    with opened_packed(out) as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return {"bytes": size, "sha256": digest.hexdigest()}
