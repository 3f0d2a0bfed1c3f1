"""Where shards run: in this process or in local processes. Ray is in `ray_engine`; all are thin adapters over `run_shard`."""

from __future__ import annotations

import contextlib
import gc
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol

from extractor.batch.allocation import give_back
from extractor.batch.server import context
from extractor.batch.settings import Settings
from extractor.batch.shard import Shard, Stats, lacks, run_shard, said
from extractor.batch.store import Store
from extractor.errors import ExtractorError
from extractor.rules import patterns

_STILLBORN = 4
_GRACE = 15.0  # seconds beyond the article's own limit before a silent worker is killed
Ticked = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to run, the units to quarantine untried, and whether to write (a probe does not)."""

    shard: Shard
    skip: Mapping[int, str]
    write: bool = True


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended: with its counts; with a worker's death (`died` says how, `at` which unit was at work, -1 unknown);
    or with a failure of the machine (`failed`: a full disk) that ends the run."""

    job: Job
    stats: Stats | None = None
    died: str | None = None
    at: int = -1
    failed: str | None = None


class Engine(Protocol):
    """Runs jobs. `ticked(good, bad)` is told about single articles as they are done."""

    def free(self) -> bool:
        """Whether another job can be submitted now."""
        ...

    def submit(self, job: Job) -> None:
        """Start a job."""
        ...

    def wait(self) -> list[Outcome]:
        """Wait until at least one job ends; an empty list when nothing runs."""
        ...

    def close(self) -> None:
        """Stop everything at once; running jobs are lost."""
        ...


def attempt(job: Job, settings: Settings, out: Store, tick: Callable[[bool], None] | None) -> Stats | str:
    """Run a job; a failure that is not an article's (a full disk, a missing model) comes back as its message."""
    try:
        return run_shard(job.shard, settings, out if job.write else None, job.skip, tick)
    except OSError as error:
        return f"{job.shard.part}: {error.strerror or error} ({out.root})"
    except ExtractorError as error:
        return f"{job.shard.part}: {error}"
    except Exception as error:
        return f"{job.shard.part}: {lacks(error) or said(error)}"


def warm(settings: Settings) -> None:
    """Load patterns, gazetteer and model before any article's time is measured. Raises `ExtractorError`."""
    from extractor.models import Article
    from extractor.pipeline import extract_article
    from extractor.sample import warm_up

    with patterns(settings.patterns):
        extract_article(Article(id="warm", text=warm_up()), backend=settings.backend, persons=settings.persons)


class InlineEngine:
    """One job at a time, in this process: for a few articles, and for debugging."""

    def __init__(self, settings: Settings, out: Store, ticked: Ticked) -> None:
        self._settings, self._out, self._ticked = settings, out, ticked
        self._job: Job | None = None
        warm(settings)

    def free(self) -> bool:
        return self._job is None

    def submit(self, job: Job) -> None:
        self._job = job

    def wait(self) -> list[Outcome]:
        job, self._job = self._job, None
        if job is None:
            return []
        result = attempt(job, self._settings, self._out, lambda ok: self._ticked(ok, not ok))
        return [Outcome(job, result) if isinstance(result, Stats) else Outcome(job, failed=result)]

    def close(self) -> None:
        self._job = None


@dataclass(slots=True)
class _Worker:
    process: Any
    pipe: Connection
    job: Job | None = None
    done: int = 0
    heard: float = 0.0
    ready: bool = False


class LocalEngine:
    """Processes of this machine, one shard each at a time. A worker that dies or hangs is replaced, its job reported."""

    def __init__(self, settings: Settings, out: Store, ticked: Ticked, workers: int) -> None:
        self._settings, self._out, self._ticked = settings, out, ticked
        self._context = context()
        self._stillborn = 0  # workers in a row that died before their first article
        self._workers = [self._start() for _ in range(max(1, workers))]

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(theirs, self._settings, self._out), daemon=True)
        process.start()
        theirs.close()
        return _Worker(process, ours, heard=time.monotonic())

    def free(self) -> bool:
        return any(w.job is None for w in self._workers)

    def submit(self, job: Job) -> None:
        at = next(i for i, w in enumerate(self._workers) if w.job is None)
        if not self._give(at, job):
            self._workers[at].pipe.close()
            self._workers[at] = self._start()
            self._give(at, job)

    def _give(self, at: int, job: Job) -> bool:
        """Give a worker a job; whether it was there to take it. The end of one that was not is told by its pipe."""
        worker = self._workers[at]
        worker.job, worker.done, worker.heard = job, 0, time.monotonic()
        try:
            worker.pipe.send(job)
        except (BrokenPipeError, ConnectionResetError):
            return False
        return True

    def wait(self) -> list[Outcome]:
        while busy := [w for w in self._workers if w.job is not None]:
            ready = wait([w.pipe for w in busy], timeout=1.0)
            outcomes: list[Outcome] = []
            for worker in busy:
                if worker.pipe in ready:
                    outcomes += self._heard(worker)
                elif worker.ready and 0 < self._settings.timeout < time.monotonic() - worker.heard - _GRACE:
                    worker.process.kill()
                    worker.process.join()
                    outcomes += self._lost(worker, f"no answer for {self._settings.timeout + _GRACE:g} seconds")
            if outcomes:
                return outcomes
        return []

    def _heard(self, worker: _Worker) -> list[Outcome]:
        assert worker.job is not None
        try:
            message = worker.pipe.recv()
        except (EOFError, ConnectionResetError):
            worker.process.join()
            return self._lost(worker, _death(worker.process.exitcode))
        worker.heard = time.monotonic()
        if message is None:
            worker.ready, self._stillborn = True, 0
            return []
        if isinstance(message, tuple):
            worker.done += 1
            if worker.job.write:
                self._ticked(*message)
            return []
        job, worker.job = worker.job, None
        return [Outcome(job, message) if isinstance(message, Stats) else Outcome(job, failed=message)]

    def _lost(self, worker: _Worker, how: str) -> list[Outcome]:
        assert worker.job is not None
        worker.pipe.close()
        at = self._workers.index(worker)
        self._workers[at] = self._start()
        if worker.ready:
            return [Outcome(worker.job, died=how, at=worker.done)]
        # It died before it saw the shard: that is no article's fault.
        self._stillborn += 1
        if self._stillborn >= _STILLBORN:
            return [Outcome(worker.job, failed=f"workers cannot start: {how}")]
        self._give(at, worker.job)
        return []

    def close(self) -> None:
        for worker in self._workers:
            if worker.job is not None:
                worker.process.terminate()
            with contextlib.suppress(OSError):
                worker.pipe.close()
        for worker in self._workers:
            worker.process.join(5)
            if worker.process.is_alive():
                worker.process.kill()


def _death(code: int | None) -> str:
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in {s.value for s in signal.Signals} else str(-code)
        return f"the worker was killed by {name}" + (" (out of memory?)" if name == "SIGKILL" else "")
    return f"the worker ended with status {code}"


def _serve(pipe: Connection, settings: Settings, out: Store) -> None:
    # Ctrl-C reaches the whole group; the parent decides what becomes of the work.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        try:
            warm(settings)
        except Exception as error:
            pipe.recv()
            pipe.send(f"the worker cannot start: {error}")
            return
        gc.freeze()  # what is loaded is never garbage: a tenth of a second each time it is looked through
        pipe.send(None)
        while True:
            job: Job = pipe.recv()
            pipe.send(attempt(job, settings, out, lambda ok: pipe.send((ok, not ok))))
            give_back()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
