"""What a run does: everything that changes its output, and what does not."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from extractor import __version__
from extractor.ingest.quarantine import Place
from extractor.ingest.sources import Source
from extractor.ingest.streams import is_url
from extractor.ingest.units import Options
from extractor.ner import Backend
from extractor.records import SCHEMA_VERSION
from extractor.rules import knowledge, patterns

Format = Literal["parquet", "jsonl"]
_BLOCK = 1 << 20
_MANY, _MUCH = 20_000, 8 << 30  # files and bytes of inputs that are read once to be known again


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles become output. `timeout` (seconds an article may take) does not change what a record says."""

    options: Options = field(default_factory=Options)
    backend: str | Backend = "crf"
    persons: bool = False
    redact: bool = False  # private persons are covered in the texts
    patterns: str | None = None  # a folder of patterns over the package's own
    format: Format = "jsonl"
    timeout: float = 60.0
    shard_size: int = 250
    limit: int | None = None
    sample: float | None = None
    dedupe: bool = False
    retry: frozenset[Place] | None = None  # only these articles of the inputs, those that a quarantine names

    def _knowledge(self) -> str:
        with patterns(self.patterns):
            return knowledge()

    def manifest(self, inputs: tuple[str, str]) -> dict[str, Any]:
        """The run's description: two runs with equal ones may share an output. `inputs` is their `fingerprint`."""
        plain = asdict(replace(self, options=replace(self.options, sites=None)))
        plain.pop("timeout")
        if not self.redact:
            plain.pop("redact")
        plain.pop("patterns")  # `knowledge` tells what they hold
        plain["retry"] = None if self.retry is None else _hash(sorted(self.retry))
        options = plain.pop("options")
        sites = self.options.sites  # learnt ones follow from the inputs
        columns = {f"{k}_column": v for k, v in options["columns"].items() if v is not None}
        published = options["published"]
        return {
            "extractor_version": __version__,
            "schema_version": SCHEMA_VERSION,
            "knowledge": self._knowledge(),
            "inputs": inputs[0],
            "inputs_known_by": inputs[1],
            **plain,
            **columns,
            **options["limits"],
            "published": published.isoformat() if published else None,
            "lists": options["lists"],
            "sites": None if sites is None else sorted(p.id for p in sites.profiles),
        }


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]


def fingerprint(found: Sequence[Source]) -> tuple[str, str]:
    """A hash of the inputs, and by what it knows them: `content` (names and all bytes), or `size, time and inode` of local files
    where there are more than a run's start may read, or size and time as a remote store gives them."""
    local = [s for s in found if s.problem is None and s.path != "-" and not is_url(s.path)]
    by_content = len(local) <= _MANY and sum(s.size or 0 for s in local) <= _MUCH
    digest = hashlib.sha256()
    for source in found:
        digest.update(json.dumps([source.path, source.size, source.about], default=str).encode())
        if source.path == "-" or source.problem is not None:
            digest.update(str(source.problem).encode())
            continue
        if is_url(source.path) or not by_content:
            digest.update(f"{source.modified} {source.inode}".encode())
        else:
            _read_into(digest, source.path)
    return digest.hexdigest()[:32], "content" if by_content else "size, time and inode"


def _read_into(digest: Any, path: str) -> None:
    try:
        with Path(path).open("rb") as stream:
            while block := stream.read(_BLOCK):
                digest.update(block)
    except OSError:
        digest.update(b"unreadable")


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What two manifests say differently, as `key: old, now new` (the inputs' hash would tell a reader nothing)."""
    keys = sorted(set(old) | set(new))
    changed = [k for k in keys if old.get(k) != new.get(k)]
    return ["other inputs" if k == "inputs" else f"{k}: {old.get(k)!r}, now {new.get(k)!r}" for k in changed]
