"""A run: manifest, shards through an engine, resumption, and the finished output."""

from __future__ import annotations

import contextlib
import json
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from typing import Any, Literal

from extractor.batch.bisect import Isolation
from extractor.batch.changes import apply
from extractor.batch.check import check_tables
from extractor.batch.engines import Engine, Job, Outcome, Ticked
from extractor.batch.finish import finish
from extractor.batch.known import units_hash
from extractor.batch.layout import (
    CHANGED,
    MANIFEST,
    PLAN,
    Described,
    clear,
    clear_changes,
    damage,
    finished_parts,
    marker_name,
    ours,
    part_number,
    read_manifest,
    read_marker,
    stamped,
    summed,
    sweep,
)
from extractor.batch.lines import check_kind, note, written_before
from extractor.batch.plan import shards
from extractor.batch.settings import OF_A_RUN, Settings, differences, fingerprint
from extractor.batch.shard import Shard, Stats
from extractor.batch.store import LOCK, Store
from extractor.batch.update import Update
from extractor.errors import ExtractorError, InputError
from extractor.ingest.readers import units
from extractor.ingest.sources import Source
from extractor.ingest.streams import Meter, is_lines, name_of, neighbour

MakeEngine = Callable[[Settings, Store, Ticked, bool], Engine]
Say = Callable[[str], None]


class RunError(ExtractorError):
    """The run cannot go on (a full disk); finished shards are kept."""


@dataclass(slots=True)
class Summary:
    """What a run did: counts, seconds of the clock, shards found finished, duplicates, and where the output is.

    `stats` counts all that is in the output, `fresh` what this run added. Of a folder of tables: `changed` and `removed` articles,
    `same` ones that were there before, `gone` ones that the inputs no longer hold.
    """

    stats: Stats = field(default_factory=Stats)
    fresh: Stats | None = None
    changed: int = 0
    removed: int = 0
    same: int = 0
    gone: int = 0
    again: bool = False  # the output was finished before, nothing was read
    reasons: dict[tuple[str, str], int] = field(default_factory=dict)  # of the quarantine, by stage and reason
    seconds: float = 0.0
    resumed: int = 0
    duplicates: int = 0
    output: str = ""
    errors_file: str | None = None


class Run:
    """One output and the work towards it. `out` is a `.jsonl` path (also packed), `-`, or a folder for tables."""

    def __init__(
        self,
        found: Sequence[Source],
        out: str,
        settings: Settings,
        *,
        force: bool = False,
        prune: bool = False,
        upgrade: bool = False,
        say: Say,
        cut: Callable[[int, float], None] = lambda _articles, _share: None,
    ) -> None:
        self.found, self.out, self.settings, self.say, self._force = found, out, settings, say, force
        self._prune, self._upgrade = prune, upgrade
        self._cut = cut  # told how many articles were cut into shards, and which share of the inputs that was
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.store = Store(self._folder())
        self.summary = Summary(output=out)
        self._manifest: dict[str, Any] = {}
        self._update: Update | None = None

    def _folder(self) -> str:
        if self.settings.format == "parquet":
            return self.out
        if self.out == "-":
            self._temporary = tempfile.TemporaryDirectory(prefix="extractor-")
            return self._temporary.name
        return neighbour(self.out, f".{name_of(self.out)}.work")

    def prepare(self) -> None:
        """Check the output and what an earlier run left there. Raises `InputError` when the two do not go together."""
        check_kind(self.settings.format, self.out)
        unfinished = self._refuse_foreign()  # before anything is written there
        self.settings = self.settings.known()
        wanted = {"run": json.loads(json.dumps(self.settings.manifest(fingerprint(self.found))))}
        if self._is_done(unfinished, wanted):
            return
        self.store.prepare()
        self.store.lock()
        old = self._earlier()
        if old is not None:
            self._refuse_to_mix(old, wanted)
        sweep(self.store)
        if old is not None and old["run"] == wanted["run"]:
            self._manifest = old
        else:
            self._manifest = wanted if self.settings.format == "jsonl" else self._next(old, wanted)
            self.save()
        if self.settings.format == "parquet":
            apply(self.store)

    def _is_done(self, unfinished: dict[str, Any] | None, wanted: dict[str, Any]) -> bool:
        """Whether the file of lines that stands there is this run's, finished; else it is noted in `wanted` as replaced."""
        if self.settings.format != "jsonl" or self.out == "-":
            return False
        done = written_before(self.out, unfinished)
        if not done:
            return False
        # A forced run that was broken off may go on: the file it replaces is still there.
        going_on = unfinished is not None and "replaces" in unfinished and unfinished["run"] == wanted["run"]
        if self._force or going_on:
            wanted["replaces"] = done["file"]
            return False
        self._refuse_to_mix(done, wanted)
        self._manifest = done
        if unfinished is None or unfinished.get("writes") == done["file"]:
            self._tidy()
        return True

    def _next(self, old: dict[str, Any] | None, wanted: dict[str, Any]) -> dict[str, Any]:
        """The manifest of a new run into tables: after an earlier one, whose finished shards stay, or the first."""
        if old is None:
            return {"output": secrets.token_hex(4), "first": 0} | wanted
        if not self.store.exists(CHANGED):
            clear_changes(self.store)
        parts = [part_number(p) for p in finished_parts(self.store)]
        kept = {name: old[name] for name in ("output", "history", "files", "changes") if name in old}
        return kept | {"first": max(parts, default=-1) + 1} | wanted

    def _refuse_to_mix(self, old: dict[str, Any], wanted: dict[str, Any]) -> None:
        lines = self.settings.format == "jsonl"
        if changed := differences(
            old["run"], wanted["run"], without=() if lines else tuple(n for n in OF_A_RUN if n != "dedupe")
        ):
            if self._upgrade and not lines and old["run"].get("dedupe") == wanted["run"]["dedupe"]:
                return
            again = (
                "repeat those settings" if lines else "repeat those settings, read its articles again with --upgrade"
            )
            raise InputError(
                f"{self.out}: holds a run with other settings ({'; '.join(changed)}); "
                f"{again}, choose another output, or start afresh with --force"
            )

    def _earlier(self) -> dict[str, Any] | None:
        # The manifest of the output to go on with; None for a fresh start.
        old = self._refuse_foreign()
        if old is None:
            return None
        if self.store.exists(PLAN):
            raise InputError(f"{self.out}: a merge was broken off there; complete it first: extractor merge {self.out}")
        if self._force or "merging" in old or not ("finished" in old or ours(self.store, "_shards")):
            clear(self.store)
            old = None
        return old

    def _refuse_foreign(self) -> dict[str, Any] | None:
        old = read_manifest(self.store)
        if old is None and (left := self.store.names()):
            some = ", ".join(left[:3])
            raise InputError(f"{self.store.root}: the folder holds other files ({some}); give a new or empty one")
        return old

    def save(self) -> None:
        """Write the manifest."""
        self.store.write(MANIFEST, json.dumps(stamped(self._manifest), indent=1, ensure_ascii=False).encode())

    def announce(self, file: Described) -> None:
        """Note which file the run is about to give its name, so that a run killed there knows it as its own."""
        self._manifest["writes"] = file
        self.save()

    def execute(self, make_engine: MakeEngine, ticked: Ticked) -> Summary:
        """Run all unfinished shards and finish the output. Raises `InputError`, or `RunError` when the machine fails."""
        began = time.perf_counter()
        if self._all_done():
            return self.summary
        try:
            self._shards(make_engine, ticked)
        except InputError:
            # A usage error leaves nothing behind that a mended command would trip over.
            if not ours(self.store, "_shards"):
                self._discard()
            raise
        if self._update is not None:
            self._update.finish()
        file = finish(self)
        self.summary.seconds = time.perf_counter() - began
        self._manifest["finished"] = {
            "stats": asdict(self.summary.stats),
            "fresh": asdict(self.summary.fresh or self.summary.stats),
            "parts": finished_parts(self.store),
            "duplicates": self.summary.duplicates,
            "errors_file": self.summary.errors_file,
        }
        if self.settings.format == "parquet":
            self.save()
        elif self.out != "-" and file is not None:
            self._manifest.pop("writes", None)
            note(self.out, self._manifest, file)
            self._discard()
        return self.summary

    def _all_done(self) -> bool:
        """Whether the output is finished and whole; then nothing is read again: the manifest holds the counts."""
        done = self._manifest.get("finished")
        if done is None or self._prune:
            return False
        try:
            self.summary.stats, self.summary.fresh = Stats(**done["stats"]), Stats(**done["fresh"])
            self.summary.resumed, self.summary.duplicates = len(done["parts"]), int(done["duplicates"])
            self.summary.same, self.summary.again = self.summary.stats.articles, True
            self.summary.errors_file = done["errors_file"]
            wrong = [] if "file" in self._manifest else check_tables(self.store, self._manifest).wrong
        except (TypeError, KeyError, ValueError):
            raise InputError(
                f"{self.store.root}/{MANIFEST}: damaged; choose another output, or start afresh with --force"
            ) from None
        if wrong and any("/merged-" in line for line in wrong):
            raise InputError(
                f"{self.out}: the merged tables are damaged ({summed(wrong)}); "
                "choose another output, or start afresh with --force"
            )
        if wrong:
            self.say(f"{self.out}: damaged since it was finished ({summed(wrong)}); those shards are done again")
            del self._manifest["finished"]
            self.summary = Summary(output=self.out)
        return not wrong

    def _shards(self, make_engine: MakeEngine, ticked: Ticked) -> None:
        """Run what is unfinished."""
        from extractor.batch.sites import with_sites

        grow: Sequence[Source] = ()
        if self.settings.format == "parquet":
            self._update = Update(self, self._manifest, prune=self._prune)
            fresh = self._update.begin()
            grow = fresh if "sites" not in self._manifest and self._update.known.parts else ()
        self.settings = with_sites(self.found, self.settings, self.store, self.say, grow=grow)
        if self._update is not None and "sites" not in self._manifest:
            self._manifest["sites"] = True  # a resumed run takes the profiles as they are
            self.save()
        todo = self._todo(ticked) if self._update is None else self._update.todo(ticked, self._cut)
        self._run(make_engine, ticked, todo)
        known = self._update is not None and len(self._update.known)
        if not (known or self.summary.stats.articles or self.summary.stats.bad):
            named = "" if self.settings.retry is None else " that the quarantine names"
            raise InputError(f"the inputs hold no article{named}")

    def _run(self, make_engine: MakeEngine, ticked: Ticked, todo: Iterator[Shard]) -> None:
        """Run shards; one small shard does not pay for a process of its own."""
        first, second = next(todo, None), next(todo, None)
        if first is None:
            return
        engine = make_engine(self.settings, self.store, ticked, second is None and not self.summary.resumed)
        try:
            self._drive(engine, chain([first], [second] if second else [], todo))
        finally:
            engine.close()

    def _discard(self) -> None:
        clear(self.store)
        self.store.remove(LOCK)
        self.store.remove_if_empty()

    def _tidy(self) -> None:
        """Remove what a run that was killed at its very end left of its work."""
        if self.store.exists(LOCK):
            self.store.lock()
            self._discard()
        self.store.remove_if_empty()

    def _todo(self, ticked: Ticked) -> Iterator[Shard]:
        meter, read = Meter(), 0
        for shard in shards(units(self.found, self.settings.options, self.say, meter), self.settings):
            read += len(shard.units)
            self._cut(read, meter.share())
            if (stats := self.finished(shard)) is not None:
                self.summary.resumed += 1
                ticked(stats.articles, stats.bad)
            else:
                yield shard

    def finished(self, shard: Shard) -> Stats | None:
        """The counts of a shard that an earlier try of the run finished; None for one that is missing or damaged, or holds other
        articles, and has to be done again."""
        if not self.store.exists(marker_name(shard.part, shard.prefix)):
            return None
        wrong = [f"{marker_name(shard.part)} is damaged"]
        marker = read_marker(self.store, shard.part, shard.prefix)
        if marker is not None and marker.units != units_hash(shard.units):
            return None
        if marker is not None and not (
            wrong := damage(self.store, {shard.prefix + n: said for n, said in marker.files.items()})
        ):
            with contextlib.suppress(TypeError):
                stats = Stats(**marker.stats)
                self.summary.stats.add(stats)
                return stats
        self.say(f"{shard.part}: {summed(wrong)}; it is done again")
        return None

    def _drive(self, engine: Engine, todo: Iterator[Shard]) -> None:
        trouble: dict[str, Isolation] = {}
        retries: list[Job] = []
        more = True
        while True:
            while engine.free() and (retries or more):
                if retries:
                    engine.submit(retries.pop())
                elif (shard := next(todo, None)) is not None:
                    engine.submit(Job(shard, {}))
                else:
                    more = False
            outcomes = engine.wait()
            if not outcomes and not retries and not more:
                return
            for outcome in outcomes:
                if (again := self._ended(outcome, trouble)) is not None:
                    retries.append(again)

    def _ended(self, outcome: Outcome, trouble: dict[str, Isolation]) -> Job | None:
        if outcome.failed is not None:
            raise RunError(outcome.failed)
        part = outcome.job.shard.part
        if outcome.died is not None:
            self.say(f"{part}: {outcome.died}; {'trying again' if outcome.job.write else 'looking for the article'}")
            if part not in trouble:
                trouble[part] = Isolation(outcome.job.shard)
        elif outcome.job.write and outcome.stats is not None:
            self.summary.stats.add(outcome.stats)
        again = trouble[part].next_job(outcome) if part in trouble else None
        if again is None:
            trouble.pop(part, None)
        return again

    def close(self) -> None:
        """Remove what is only temporary."""
        self.store.unlock()
        if self._temporary is not None:
            self._temporary.cleanup()


# What a user may have meant by a name that is no output of `extract`.
_WAYS = {
    (".csv", ".tsv"): "for CSV give a folder and --format csv: -o tables/ --format csv",
    (".parquet",): "for Parquet give a folder, which gets a file a table: -o tables/",
    (".db", ".sqlite"): "extract into records.jsonl or a folder first, then: extractor index records.jsonl -o news.db",
    (
        ".json",
        ".txt",
        ".html",
    ): "another name, which ends in .jsonl (also .gz, .zst), .xlsx or .duckdb, or a folder for tables",
}


def output_format(out: str) -> Literal["parquet", "jsonl"]:
    """`jsonl` for `-` and names that end so, `parquet` for a folder. Raises `InputError` for another file's suffix."""
    if out == "-" or is_lines(out):
        return "jsonl"
    name = name_of(out.rstrip("/")).lower()
    way = next((way for ends, way in _WAYS.items() if name.endswith(ends)), None)
    if way is not None:
        raise InputError(f"{out}: is no output of extract; {way}")
    return "parquet"
