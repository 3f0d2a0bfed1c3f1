"""Units to shards: the same inputs and settings always give the same shards, which is what resuming rests on."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from extractor.batch.settings import Settings
from extractor.batch.shard import Shard
from extractor.ingest.units import Unit

_WEIGHT = 32_000_000  # bytes of raw articles after which a shard is closed early, so that memory stays flat


def chosen(units: Iterable[Unit], settings: Settings) -> Iterator[Unit]:
    """The units that `limit` and `sample` (a share, drawn by a hash of the position, the same each time) leave."""
    taken = 0
    for number, unit in enumerate(units):
        if settings.limit is not None and taken >= settings.limit:
            return
        if (
            settings.sample is not None
            and zlib.crc32(f"{unit.file}\n{unit.position}\n{number}".encode("utf-8", "replace"))
            >= settings.sample * 2**32
        ):
            continue
        taken += 1
        yield unit


def shards(units: Iterable[Unit], settings: Settings) -> Iterator[Shard]:
    """Consecutive units in shards of `shard_size`, fewer where they are heavy. Holds one shard at a time."""
    number, weight = 0, 0
    held: list[Unit] = []
    for unit in chosen(units, settings):
        held.append(unit)
        weight += unit.weight()
        if len(held) >= settings.shard_size or weight >= _WEIGHT:
            yield Shard(number, tuple(held))
            number, weight, held = number + 1, 0, []
    if held:
        yield Shard(number, tuple(held))
