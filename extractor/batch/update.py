"""What a run does to a folder of tables: which articles are new to it, which replace others, which go, and what is noted."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from extractor.batch.changes import PREFIX, Decided, Staged, apply, rewrite
from extractor.batch.delta import Delta, cut
from extractor.batch.known import Known, base_of, entries, place_key
from extractor.batch.layout import (
    CHANGED,
    Described,
    Marker,
    clear_changes,
    damage,
    drop_part,
    finished_parts,
    marker_name,
    part_number,
    read_marker,
    summed,
)
from extractor.batch.plan import Numbering
from extractor.batch.shard import Shard, Stats
from extractor.errors import InputError
from extractor.ingest.ids import string
from extractor.ingest.readers import units
from extractor.ingest.sources import Source
from extractor.ingest.streams import Meter

if TYPE_CHECKING:
    from extractor.batch.job import Run

Ticked = Callable[[int, int], None]


class Update:
    """A run into a folder of tables, from what the folder knows to what it knows afterwards."""

    def __init__(self, run: Run, manifest: dict[str, Any], *, prune: bool) -> None:
        self.run, self.manifest, self._prune = run, manifest, prune
        self.store = run.store
        self._first, self._output = int(manifest["first"]), str(manifest["output"])
        self.known = Known()
        self._made: dict[str, str] = {}
        self._hurt: list[str] = []
        self._cut: set[str] = set()
        self._delta: Delta | None = None

    def begin(self) -> list[Source]:
        """Look at what is there; the inputs that the output has not seen at all."""
        before = [p for p in finished_parts(self.store) if p.startswith("merged-") or part_number(p) < self._first]
        for why in map(self._broken, before):
            if why is not None:
                self.run.say(f"{why}; its articles are read again")
        base = base_of(self.run.out)
        sound = [part for part in before if part in self._made]
        numbering = Numbering(self.known.load(self.store, sound))
        made = self.run.settings.made
        self._delta = Delta(self.known, base, lambda part: self._made.get(part) != made, numbering)
        return [s for s in self.run.found if not before or not self.known.has_source(string(base(s.path)) or "")]

    def _broken(self, part: str) -> str | None:
        """What is wrong with a part by its names and sizes (their hashes are `extractor check`'s); what cannot even say which
        articles it holds is dropped, and they are new again."""
        marker = read_marker(self.store, part)
        if marker is None or damage(self.store, _only(marker, "_units")):
            if part.startswith("merged-"):
                raise InputError(
                    f"{self.run.out}: {marker_name(part)} is damaged; choose another output, or start afresh with --force"
                )
            drop_part(self.store, part)
            return f"{marker_name(part)} is damaged"
        sizes = [name for name, said in marker.files.items() if self.store.size(name) != said["bytes"]]
        self._made[part] = "" if sizes else marker.made
        self._hurt += [part] if sizes else []
        return f"{sizes[0]} is damaged" if sizes else None

    def todo(self, ticked: Ticked, cut_told: Callable[[int, float], None]) -> Iterator[Shard]:
        """The shards that are not finished."""
        assert self._delta is not None
        meter, read = Meter(), 0
        found = units(self.run.found, self.run.settings.options, self.run.say, meter)
        work = self._delta.todo(found, self.run.settings)
        for shard in cut(work, self.run.settings, self._output, self._first, PREFIX):
            read += len(shard.units)
            cut_told(read, meter.share())
            self._cut.add(shard.prefix + shard.part)
            stats = self.run.finished(shard)
            if stats is None:
                yield shard
            else:
                self.run.summary.resumed += 1
                ticked(stats.articles, stats.bad)

    def finish(self) -> None:
        """Replace and remove articles, find duplicates, and write the account of the run into the manifest."""
        assert self._delta is not None
        for part in finished_parts(self.store):
            # Of an earlier try of this run, with inputs that were not read to the same end.
            if not part.startswith("merged-") and part_number(part) >= self._first and part not in self._cut:
                drop_part(self.store, part)
        decided, counts = self._decided(self._delta)
        if decided.parts:
            self._unspoilt(decided.parts)
            self.manifest["changes"] = counts
            self.run.save()
            self.store.write(CHANGED, decided.dump())
            apply(self.store)
        clear_changes(self.store)
        counts = self.manifest.pop("changes", counts)
        files = self._duplicates()
        self._account(counts, files)

    def _decided(self, delta: Delta) -> tuple[Decided, dict[str, int]]:
        written = [p for p in finished_parts(self.store, PREFIX) if PREFIX + p in self._cut]
        staged = Staged.of(self.store, written).by_key
        drop, left = delta.gone(self._replaced, self._prune)
        made = self.run.settings.made
        parts = []
        removed = 0
        for part in self.known.parts:
            touched = self._made.get(part) != made
            for entry in entries(self.store, part):
                removed += entry.good and entry.key in drop
                touched = touched or entry.key in drop or entry.key in staged or entry.key in delta.moved
            if touched:
                parts.append(part)
        counts = {
            "changed": sum(e.good for _, e in staged.values()), "removed": removed, "gone": left, "same": delta.same,
        }  # fmt: skip
        return Decided(sorted(drop), delta.moved, parts, made, self._hurt, written), counts

    def _replaced(self, vanished: Any) -> Iterator[str]:
        assert self._delta is not None
        keys = set(vanished)
        for part in self.known.parts:
            for entry in entries(self.store, part):
                unnamed = entry.key in keys and (entry.id or "").startswith("sha-")
                if unnamed and self._delta.stands_in(place_key(entry.source, entry.position)):
                    yield entry.key

    def _unspoilt(self, parts: Sequence[str]) -> None:
        for part in parts:
            marker = read_marker(self.store, part)
            readable = marker is not None and self._made.get(part)
            if marker is not None and readable and (wrong := damage(self.store, marker.files)):
                raise InputError(
                    f"{self.run.out}: damaged ({summed(wrong)}), and articles in it have changed; put the file back, "
                    "choose another output, or start afresh with --force"
                )

    def _duplicates(self) -> dict[str, Described]:
        """Write the table `duplicates`; with `--dedupe` the articles in it are taken out of the others."""
        from extractor.batch.duplicates import read_marks, write_marks

        parts = finished_parts(self.store)
        files, self.run.summary.duplicates = write_marks(self.store, parts, self._output, self.run.say)
        if self.run.settings.dedupe and self.run.summary.duplicates:
            self._leave_out(set(read_marks(self.store, files)), parts)
        return files

    def _leave_out(self, ids: set[str], parts: Sequence[str]) -> None:
        for part in parts:
            here = entries(self.store, part)
            if ids.isdisjoint(e.id for e in here if e.good):
                continue
            marker = read_marker(self.store, part)
            if marker is not None and marker.stats.get("articles") != sum(e.good and e.id not in ids for e in here):
                rewrite(self.store, part, here, {}, marker.made, None, without=ids)

    def _account(self, counts: dict[str, int], files: dict[str, Described]) -> None:
        summary, total, fresh = self.run.summary, Stats(), Stats()
        parts = finished_parts(self.store)
        for part in parts:
            marker = read_marker(self.store, part)
            with contextlib.suppress(TypeError):
                stats = Stats(**marker.stats) if marker is not None else Stats()
                total.add(stats)
                if not part.startswith("merged-") and part_number(part) >= self._first:
                    fresh.add(stats)
        summary.stats, summary.fresh = total, fresh
        summary.changed, summary.removed = counts["changed"], counts["removed"]
        summary.gone, summary.same = counts["gone"], counts["same"]
        run = {
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
            "inputs": self.manifest["run"]["inputs"],
            "extractor_version": self.manifest["run"]["extractor_version"],
            "first": self._first,
            "added": fresh.articles,
            "changed": counts["changed"],
            "removed": counts["removed"],
            "quarantined": fresh.bad,
        }
        history = self.manifest.get("history", [])
        if not any((h.get("first"), h.get("inputs")) == (run["first"], run["inputs"]) for h in history):
            self.manifest["history"] = [*history, run]
        self.manifest["files"] = files


def _only(marker: Marker, folder: str) -> dict[str, Described]:
    return {name: said for name, said in marker.files.items() if name.startswith(f"{folder}/")}
