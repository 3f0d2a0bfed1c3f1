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
_MANY = 2000  # files; beyond it their sizes and times stand for their content


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles become output. `timeout` (seconds an article may take) does not change what a record says."""

    options: Options = field(default_factory=Options)
    backend: str | Backend = "crf"
    persons: bool = False
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

    def manifest(self, inputs: str) -> dict[str, Any]:
        """The run's description: two runs with equal ones may share an output."""
        plain = asdict(replace(self, options=replace(self.options, sites=None)))
        plain.pop("timeout")
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
            "inputs": inputs,
            **plain,
            **columns,
            **options["limits"],
            "published": published.isoformat() if published else None,
            "lists": options["lists"],
            "sites": None if sites is None else sorted(p.id for p in sites.profiles),
        }


def _hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:32]


def fingerprint(found: Sequence[Source]) -> str:
    """A hash of the inputs: names, sizes, and the first and last megabyte of each file (times instead for very many files,
    size alone for URLs)."""
    digest = hashlib.sha256()
    for source in found:
        digest.update(json.dumps([source.path, source.size, source.about], default=str).encode())
        if source.path == "-" or is_url(source.path):
            continue
        if len(found) > _MANY:
            digest.update(str(source.modified).encode())
            continue
        try:
            with Path(source.path).open("rb") as stream:
                digest.update(stream.read(_BLOCK))
                if source.size and source.size > 2 * _BLOCK:
                    stream.seek(-_BLOCK, 2)
                digest.update(stream.read(_BLOCK))
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()[:32]


def differences(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """What two manifests say differently, as `key: old, now new` (the inputs' hash would tell a reader nothing)."""
    keys = sorted(set(old) | set(new))
    changed = [k for k in keys if old.get(k) != new.get(k)]
    return ["other inputs" if k == "inputs" else f"{k}: {old.get(k)!r}, now {new.get(k)!r}" for k in changed]
