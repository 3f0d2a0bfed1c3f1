"""A run: manifest, shards through an engine, resumption, and the finished output."""

from __future__ import annotations

import contextlib
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from extractor.batch.bisect import Isolation
from extractor.batch.check import check_tables
from extractor.batch.engines import Engine, Job, Outcome, Ticked
from extractor.batch.finish import finish
from extractor.batch.layout import (
    MANIFEST,
    PLAN,
    clear,
    damage,
    finished_shards,
    marker_name,
    ours,
    read_manifest,
    read_marker,
    stamped,
    summed,
    sweep,
)
from extractor.batch.lines import note, written_before
from extractor.batch.plan import shards
from extractor.batch.settings import Settings, differences, fingerprint
from extractor.batch.shard import Shard, Stats
from extractor.batch.store import LOCK, Store
from extractor.errors import ExtractorError, InputError
from extractor.ingest.readers import units
from extractor.ingest.sources import Source
from extractor.ingest.streams import Meter

LINES = (".jsonl", ".ndjson", ".jsonl.gz", ".jsonl.zst")
MakeEngine = Callable[[Settings, Store, Ticked, bool], Engine]
Say = Callable[[str], None]


class RunError(ExtractorError):
    """The run cannot go on (a full disk); finished shards are kept."""


@dataclass(slots=True)
class Summary:
    """What a run did: counts, seconds of the clock, shards found finished, duplicates, and where the output is."""

    stats: Stats = field(default_factory=Stats)
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
        say: Say,
        cut: Callable[[int, float], None] = lambda _articles, _share: None,
    ) -> None:
        self._found, self.out, self.settings, self.say, self._force = found, out, settings, say, force
        self._cut = cut  # told how many articles were cut into shards, and which share of the inputs that was
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self.store = Store(self._folder())
        self.summary = Summary(output=out)
        self._manifest: dict[str, Any] = {}

    def _folder(self) -> str:
        if self.settings.format == "parquet":
            return self.out
        if self.out == "-":
            self._temporary = tempfile.TemporaryDirectory(prefix="extractor-")
            return self._temporary.name
        head, slash, name = self.out.rpartition("/")
        return f"{head}{slash}.{name}.work"

    def prepare(self) -> None:
        """Check the output and what an earlier run left there. Raises `InputError` when the two do not go together."""
        if self.settings.format == "jsonl" and self.out != "-" and Path(self.out).is_dir():
            raise InputError(f"{self.out}: is a folder; give another name")
        if self.settings.format == "parquet" and Path(self.out).is_file():
            raise InputError(f"{self.out}: is a file; give a folder, or a name that ends in .jsonl")
        unfinished = self._refuse_foreign()  # before anything is written there
        wanted = {"run": json.loads(json.dumps(self.settings.manifest(fingerprint(self._found))))}
        if self.settings.format == "jsonl" and self.out != "-" and (done := written_before(self.out)) is not None:
            # A forced run that was broken off may go on: the file it replaces is still there.
            going_on = unfinished is not None and "replaces" in unfinished and unfinished["run"] == wanted["run"]
            if not (self._force or going_on):
                self._refuse_to_mix(done, wanted)
                self._manifest = done
                return
            wanted["replaces"] = done["file"]
        self.store.prepare()
        self.store.lock()
        old = self._earlier()
        if old is not None:
            self._refuse_to_mix(old, wanted)
        self._manifest = wanted if old is None else old
        sweep(self.store)
        if old is None:
            self._save()

    def _refuse_to_mix(self, old: dict[str, Any], wanted: dict[str, Any]) -> None:
        if changed := differences(old["run"], wanted["run"]):
            raise InputError(
                f"{self.out}: holds a run with other settings ({'; '.join(changed)}); "
                "repeat those settings, choose another output, or start afresh with --force"
            )

    def _earlier(self) -> dict[str, Any] | None:
        # The manifest of the output to go on with; None for a fresh start.
        old = self._refuse_foreign()
        if old is None:
            return None
        if self.store.exists(PLAN):
            raise InputError(f"{self.out}: a merge was broken off there; complete it first: extractor merge {self.out}")
        if self._force or not ("finished" in old or "merged" in old or ours(self.store, "_shards")):
            clear(self.store)
            old = None
        elif len(old.get("runs", ())) > 1:
            raise InputError(
                f"{self.out}: holds the merged tables of {len(old['runs'])} runs; "
                "choose another output, or start afresh with --force"
            )
        return old

    def _refuse_foreign(self) -> dict[str, Any] | None:
        old = read_manifest(self.store)
        if old is None and (left := self.store.names()):
            some = ", ".join(left[:3])
            raise InputError(f"{self.store.root}: the folder holds other files ({some}); give a new or empty one")
        return old

    def _save(self) -> None:
        self.store.write(MANIFEST, json.dumps(stamped(self._manifest), indent=1, ensure_ascii=False).encode())

    def execute(self, make_engine: MakeEngine, ticked: Ticked) -> Summary:
        """Run all unfinished shards and finish the output. Raises `InputError`, or `RunError` when the machine fails."""
        began = time.perf_counter()
        if self._all_done():
            return self.summary
        try:
            number = self._shards(make_engine, ticked)
        except InputError:
            # A usage error leaves nothing behind that a mended command would trip over.
            if not ours(self.store, "_shards"):
                self._discard()
            raise
        file = finish(self)
        self.summary.seconds = time.perf_counter() - began
        self._manifest["finished"] = {
            "stats": asdict(self.summary.stats),
            "shards": number + self.summary.resumed,
            "duplicates": self.summary.duplicates,
            "errors_file": self.summary.errors_file,
        }
        if self.settings.format == "parquet":
            self._save()
        elif self.out != "-" and file is not None:
            note(self.out, self._manifest, file)
            self._discard()
        return self.summary

    def _all_done(self) -> bool:
        """Whether the output is finished and whole; then nothing is read again: the manifest holds the counts."""
        done = self._manifest.get("finished")
        if done is None:
            return False
        try:
            self.summary.stats = Stats(**done["stats"])
            self.summary.resumed, self.summary.duplicates = int(done["shards"]), int(done["duplicates"])
            self.summary.errors_file = done["errors_file"]
            wrong = [] if "file" in self._manifest else check_tables(self.store, self._manifest).wrong
        except (TypeError, KeyError, ValueError):
            raise InputError(
                f"{self.store.root}/{MANIFEST}: damaged; choose another output, or start afresh with --force"
            ) from None
        if wrong and "merged" in self._manifest:
            raise InputError(
                f"{self.out}: the merged tables are damaged ({summed(wrong)}); "
                "choose another output, or start afresh with --force"
            )
        if wrong:
            self.say(f"{self.out}: damaged since it was finished ({summed(wrong)}); those shards are done again")
            del self._manifest["finished"]
            self.summary = Summary(output=self.out)
        return not wrong

    def _shards(self, make_engine: MakeEngine, ticked: Ticked) -> int:
        """Run what is unfinished; returns how many shards that were."""
        from extractor.batch.sites import with_sites

        self.settings = with_sites(self._found, self.settings, self.store, self.say)
        finished = set(finished_shards(self.store))
        todo = self._todo(finished, ticked)
        engine: Engine | None = None
        number = 0
        try:
            first, second = next(todo, None), next(todo, None)
            if first is not None:
                # One small shard does not pay for a process of its own.
                engine = make_engine(self.settings, self.store, ticked, second is None and not finished)
                number = self._drive(engine, chain([first], [second] if second else [], todo))
        finally:
            if engine is not None:
                engine.close()
        if not self.summary.stats.articles and not self.summary.stats.bad:
            named = "" if self.settings.retry is None else " that the quarantine names"
            raise InputError(f"the inputs hold no article{named}")
        return number

    def _discard(self) -> None:
        clear(self.store)
        self.store.remove(LOCK)
        self.store.remove_if_empty()

    def _todo(self, finished: set[int], ticked: Ticked) -> Iterator[Shard]:
        meter, read = Meter(), 0
        for shard in shards(units(self._found, self.settings.options, self.say, meter), self.settings):
            read += len(shard.units)
            self._cut(read, meter.share())
            if shard.number in finished and (stats := self._finished(shard.number)) is not None:
                self.summary.stats.add(stats)
                self.summary.resumed += 1
                ticked(stats.articles, stats.bad)
            else:
                yield shard

    def _finished(self, number: int) -> Stats | None:
        # The counts of a shard that an earlier run finished; None for one that is damaged and has to be done again.
        wrong = [f"{marker_name(number)} is damaged"]
        if (marker := read_marker(self.store, number)) is not None and not (wrong := damage(self.store, marker.files)):
            with contextlib.suppress(TypeError):
                return Stats(**marker.stats)
        self.say(f"shard {number}: {summed(wrong)}; it is done again")
        return None

    def _drive(self, engine: Engine, todo: Iterator[Shard]) -> int:
        trouble: dict[int, Isolation] = {}
        retries: list[Job] = []
        more = True
        done = 0
        while True:
            while engine.free() and (retries or more):
                if retries:
                    engine.submit(retries.pop())
                elif (shard := next(todo, None)) is not None:
                    engine.submit(Job(shard, {}))
                    done += 1
                else:
                    more = False
            outcomes = engine.wait()
            if not outcomes and not retries and not more:
                return done
            for outcome in outcomes:
                if (again := self._ended(outcome, trouble)) is not None:
                    retries.append(again)

    def _ended(self, outcome: Outcome, trouble: dict[int, Isolation]) -> Job | None:
        if outcome.failed is not None:
            raise RunError(outcome.failed)
        number = outcome.job.shard.number
        if outcome.died is not None:
            self.say(
                f"shard {number}: {outcome.died}; {'trying again' if outcome.job.write else 'looking for the article'}"
            )
            if number not in trouble:
                trouble[number] = Isolation(outcome.job.shard)
        elif outcome.job.write and outcome.stats is not None:
            self.summary.stats.add(outcome.stats)
        again = trouble[number].next_job(outcome) if number in trouble else None
        if again is None:
            trouble.pop(number, None)
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
    if out == "-" or out.lower().endswith(LINES):
        return "jsonl"
    name = out.rstrip("/").rsplit("/", 1)[-1].lower()
    way = next((way for ends, way in _WAYS.items() if name.endswith(ends)), None)
    if way is not None:
        raise InputError(f"{out}: is no output of extract; {way}")
    return "parquet"
