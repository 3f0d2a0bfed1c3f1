"""Units to shards: the same inputs and settings always give the same shards, which is what resuming rests on."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.batch.seen import Seen
from extractor.batch.settings import Settings
from extractor.batch.shard import Shard
from extractor.ingest.ids import identity
from extractor.ingest.quarantine import place
from extractor.ingest.units import Unit

HEAVY = 32_000_000  # bytes of raw articles after which a shard is closed early, so that memory stays flat


def chosen(units: Iterable[Unit], settings: Settings) -> Iterator[Unit]:
    """The units that `limit` and `sample` (a share, drawn by a hash of the position, the same each time) leave."""
    taken = 0
    for unit in units:
        if settings.limit is not None and taken >= settings.limit:
            return
        spot = f"{unit.file}\n{unit.position}".encode("utf-8", "replace")
        if settings.sample is not None and zlib.crc32(spot) >= settings.sample * 2**32:
            continue
        taken += 1
        yield unit


class Numbering:
    """Gives a unit whose id stood before the first `repeat` that makes it new, so that tables join by id. `taken` are ids that
    an output has already."""

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._seen, self._tried = Seen(), dict[str, int]()
        for name in taken:
            self._seen.add(name)

    def __call__(self, unit: Unit) -> Unit:
        """The same unit, or with a `repeat`."""
        key = identity(unit)
        if key is None or self._seen.add(key):
            return unit
        repeat = self._tried.get(key, 0) + 1
        while not self._seen.add(f"{key}~{repeat + 1}"):
            repeat += 1
        self._tried[key] = repeat
        return replace(unit, repeat=repeat)


def numbered(units: Iterable[Unit]) -> Iterator[Unit]:
    """The same units, numbered by their ids."""
    return map(Numbering(), units)


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
        if len(held) >= settings.shard_size or weight >= HEAVY:
            yield Shard(number, tuple(held))
            number, weight, held = number + 1, 0, []
    if held:
        yield Shard(number, tuple(held))
