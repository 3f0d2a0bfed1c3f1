"""What the inputs hold that an output does not: new articles, changed ones with what they replace, and those that are gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

from extractor.batch.known import Base, Known, content_hash, is_file, place_key, unit_key
from extractor.batch.layout import part_name
from extractor.batch.plan import HEAVY, Numbering, chosen
from extractor.batch.seen import Seen
from extractor.batch.settings import Settings
from extractor.batch.shard import Shard
from extractor.ingest.ids import identity, string
from extractor.ingest.quarantine import place
from extractor.ingest.units import Unit


@dataclass(slots=True)
class Delta:
    """Sorts the units of a run by what the output knows. `outdated` says of a part that all its articles are read again."""

    known: Known
    base: Base
    outdated: Callable[[str], bool]
    numbering: Numbering
    same: int = 0
    new: int = 0
    changed: int = 0
    moved: dict[str, int] = field(default_factory=dict)  # keys of articles that stand elsewhere in their source now
    _keys: Seen = field(default_factory=Seen)
    _often: dict[str, int] = field(default_factory=dict)
    _unnamed: dict[str, str] = field(default_factory=dict)  # new rows without an id of their own: key by place

    def todo(self, units: Iterable[Unit], settings: Settings) -> Iterator[tuple[Unit, bool]]:
        """The units to work on, each with whether it replaces an article."""
        for unit in chosen(units, settings):
            named = settings.retry is not None and place(unit.file, unit.position) in settings.retry
            known, unit = self._sorted(unit, again=named)
            if known == "same":
                self.same += 1
            elif settings.retry is None or named:
                self.new += known == "new"
                self.changed += known == "changed"
                yield unit, known == "changed"

    def _sorted(self, unit: Unit, *, again: bool) -> tuple[str, Unit]:
        source = string(self.base(unit.file)) or ""
        unit = replace(unit, source=source, key=self._key(source, unit), hash=content_hash(unit))
        at = self.known.find(unit.key)
        if at is None:
            if _unnamed(unit):
                self._unnamed[place_key(source, unit.position)] = unit.key
            return "new", self.numbering(unit)
        self.known.seen[at] = 1
        if self.known.same(at, unit.hash) and not (again or self.outdated(self.known.part(at))):
            if self.known.position(at) != unit.position:
                self.moved[unit.key] = unit.position
            return "same", unit
        repeat = self.known.repeat(at, unit)
        return "changed", self.numbering(unit) if repeat is None else replace(unit, repeat=repeat)

    def _key(self, source: str, unit: Unit) -> str:
        first = unit_key(source, unit)
        if self._keys.add(first):
            return first
        repeat = self._often.get(first, 0) + 1
        while not self._keys.add(key := unit_key(source, unit, repeat)):
            repeat += 1
        self._often[first] = repeat
        return key

    def gone(self, replaced: Callable[[Iterable[str]], Iterable[str]], prune: bool) -> tuple[set[str], int]:
        """Keys to drop, and how many vanished articles stay: all that vanished with `prune`, else those of the quarantine and
        rows without an id in whose place another row stands now (`replaced` finds them)."""
        vanished, good = self.known.vanished()
        if prune:
            return set(vanished), 0
        drop = {key for key, is_good in vanished.items() if not is_good}
        drop |= set(replaced(key for key, is_good in vanished.items() if is_good)) if self._unnamed else set()
        return drop, good - sum(vanished[key] for key in drop)

    def stands_in(self, place_key: str) -> bool:
        """Whether a new row without an id of its own stands in a place."""
        return place_key in self._unnamed


def _unnamed(unit: Unit) -> bool:
    # A row that is called by its text alone: another text in its place is another version of it.
    return unit.kind == "row" and not is_file(unit) and (identity(unit) or "").startswith("sha-")


def cut(todo: Iterable[tuple[Unit, bool]], settings: Settings, output: str, first: int, prefix: str) -> Iterator[Shard]:
    """New units in shards numbered from `first`, changed ones in shards of their own below `prefix`. Holds two shards."""
    held: tuple[list[Unit], list[Unit]] = ([], [])
    weight, number = [0, 0], [first, 0]

    def shard(changed: bool) -> Shard:
        units, at = tuple(held[changed]), number[changed]
        held[changed].clear()
        number[changed], weight[changed] = at + 1, 0
        if changed:
            return Shard(at, units, part_name(at, output, "change"), prefix)
        return Shard(at, units, part_name(at, output))

    for unit, changed in todo:
        held[changed].append(unit)
        weight[changed] += unit.weight()
        if len(held[changed]) >= settings.shard_size or weight[changed] >= HEAVY:
            yield shard(changed)
    for changed in (False, True):
        if held[changed]:
            yield shard(changed)
