"""Units to shards: the same inputs and settings always give the same shards, which is what resuming rests on."""

from __future__ import annotations

import zlib
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import replace

from extractor.batch.settings import Settings
from extractor.batch.shard import Shard
from extractor.ingest.quarantine import place
from extractor.ingest.units import Unit

_IDS = 2_000_000  # ids that are watched for repeats (about 150 MB); beyond it they are taken as given
_WEIGHT = 32_000_000  # bytes of raw articles after which a shard is closed early, so that memory stays flat


def chosen(units: Iterable[Unit], settings: Settings) -> Iterator[Unit]:
    """The units that `limit` and `sample` (a share, drawn by a hash of the position, the same each time) leave."""
    taken = 0
    for number, unit in enumerate(units):
        if settings.limit is not None and taken >= settings.limit:
            return
        spot = f"{unit.file}\n{unit.position}\n{number}".encode("utf-8", "replace")
        if settings.sample is not None and zlib.crc32(spot) >= settings.sample * 2**32:
            continue
        taken += 1
        yield unit


def numbered(units: Iterable[Unit]) -> Iterator[Unit]:
    """The same units; one whose id stood before gets `repeat`, so that tables still join by id and nothing is lost."""
    seen: set[int] = set()
    repeats: dict[int, int] = {}
    for unit in units:
        key = _identity(unit)
        if key is None:
            yield unit
        elif key not in seen:
            if len(seen) < _IDS:
                seen.add(key)
            yield unit
        else:
            repeats[key] = repeats.get(key, 0) + 1
            yield replace(unit, repeat=repeats[key])


def _identity(unit: Unit) -> int | None:
    # What the worker makes the id from: the id, else the URL, else the text.
    if unit.kind == "page" and unit.url:
        return hash(unit.url)
    if not isinstance(unit.data, Mapping):
        return hash(unit.name) if unit.name else None
    for key in ("id", "url", "text", "html"):
        value = unit.data.get(key)
        if value is not None and value != "" and isinstance(value, Hashable):
            return hash(value)
    return None


def planned(units: Iterable[Unit], settings: Settings) -> Iterator[Unit]:
    """The units that a run works on, with the ids they get."""
    for unit in numbered(chosen(units, settings)):
        # Only now: an article that is tried again has the id it had among all.
        if settings.retry is None or place(unit.file, unit.position) in settings.retry:
            yield unit


def shards(units: Iterable[Unit], settings: Settings) -> Iterator[Shard]:
    """Consecutive units in shards of `shard_size`, fewer where they are heavy. Holds one shard at a time."""
    number, weight = 0, 0
    held: list[Unit] = []
    for unit in planned(units, settings):
        held.append(unit)
        weight += unit.weight()
        if len(held) >= settings.shard_size or weight >= _WEIGHT:
            yield Shard(number, tuple(held))
            number, weight, held = number + 1, 0, []
    if held:
        yield Shard(number, tuple(held))
