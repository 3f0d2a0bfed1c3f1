"""Shards on a Ray cluster (extra `ray`): one actor a worker, so that models load once; files go straight to the output.

The driver reads the inputs and sends raw articles; workers write their part files themselves, so the output must be a place
that every node sees (a shared folder, or a URL of fsspec such as s3://).
"""

from __future__ import annotations

import contextlib
import logging
from typing import Any

from extractor.batch.engines import Job, Outcome, Ticked, attempt, warm
from extractor.batch.settings import Settings
from extractor.batch.shard import Stats
from extractor.batch.store import Store
from extractor.errors import InputError
from extractor.install import pip_install


class _ShardWorker:
    """Lives in a worker process of Ray."""

    def __init__(self, settings: Settings, out: Store) -> None:
        self._settings, self._out = settings, out
        warm(settings)

    def run(self, job: Job) -> Stats | str:
        return attempt(job, self._settings, self._out, None)


class RayEngine:
    """Actors on a Ray cluster, one shard each at a time.

    Args:
        settings: how articles become output.
        out: where part files go.
        ticked: told about a shard's articles when the shard is done (not one by one: that would be a message each).
        workers: actors; 0 for one for each CPU of the cluster.
        address: of a running cluster ("auto", "host:6379", "ray://host:10001"); None starts one on this machine.

    Raises:
        InputError: Ray is not installed, or there is no cluster at `address`.
    """

    def __init__(
        self, settings: Settings, out: Store, ticked: Ticked, workers: int = 0, address: str | None = None
    ) -> None:
        try:
            import ray as ray_module
        except ImportError:
            raise InputError(f"--engine ray needs Ray: {pip_install('ray')}") from None
        ray: Any = ray_module
        self._ray, self._settings, self._out, self._ticked = ray, settings, out, ticked
        self._ours = not ray.is_initialized()
        if self._ours:
            options: dict[str, Any] = {"num_cpus": workers or None} if address is None else {"address": address}
            try:
                ray.init(**options, log_to_driver=False, logging_level=logging.ERROR, include_dashboard=None)
            except (ConnectionError, ValueError, RuntimeError) as error:
                raise InputError(
                    f"no Ray cluster at {address or 'this machine'}: {str(error).splitlines()[0]}"
                ) from None
        self._remote = ray.remote(num_cpus=1, max_restarts=0)(_ShardWorker)
        size = workers or max(1, int(ray.cluster_resources().get("CPU", 1)))
        self._idle = [self._actor() for _ in range(size)]
        self._running: dict[Any, tuple[Any, Job]] = {}

    def _actor(self) -> Any:
        # SPREAD: nodes fill evenly, so that one machine's disk and network are not the limit.
        return self._remote.options(scheduling_strategy="SPREAD").remote(self._settings, self._out)

    def free(self) -> bool:
        return bool(self._idle)

    def submit(self, job: Job) -> None:
        actor = self._idle.pop()
        self._running[actor.run.remote(job)] = (actor, job)

    def wait(self) -> list[Outcome]:
        if not self._running:
            return []
        limit = self._settings.timeout
        job_size = max(len(job.shard.units) for _, job in self._running.values())
        ready, _ = self._ray.wait(
            list(self._running), num_returns=1, timeout=None if limit <= 0 else limit * job_size + 60
        )
        if not ready:
            # Every article has its own limit inside the worker; one that outlives them all hangs in foreign code.
            return [self._lost(ref, "no answer from the worker") for ref in list(self._running)]
        return [self._ended(ref) for ref in ready]

    def _ended(self, ref: Any) -> Outcome:
        try:
            result = self._ray.get(ref)
        except (self._ray.exceptions.RayActorError, self._ray.exceptions.WorkerCrashedError) as error:
            return self._lost(ref, f"the worker died ({type(error).__name__})")
        except self._ray.exceptions.OutOfMemoryError:
            return self._lost(ref, "the worker was killed: out of memory")
        except self._ray.exceptions.RayTaskError as error:
            actor, job = self._running.pop(ref)
            self._idle.append(actor)
            return Outcome(job, failed=f"{job.shard.part}: {str(error).splitlines()[-1]}")
        actor, job = self._running.pop(ref)
        self._idle.append(actor)
        if not isinstance(result, Stats):
            return Outcome(job, failed=result)
        if job.write:
            self._ticked(result.articles, result.bad)
        return Outcome(job, result)

    def _lost(self, ref: Any, how: str) -> Outcome:
        actor, job = self._running.pop(ref)
        with contextlib.suppress(Exception):
            self._ray.kill(actor)
        self._idle.append(self._actor())
        return Outcome(job, died=how)

    def close(self) -> None:
        for actor in [*self._idle, *(a for a, _ in self._running.values())]:
            with contextlib.suppress(Exception):
                self._ray.kill(actor)
        self._running.clear()
        if self._ours:
            self._ray.shutdown()
