"""Processes that extract: one article at a time each, killed and started anew when an article takes too long."""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

Answer = tuple[int, bytes]  # status and JSON
_START = 120.0  # seconds that a process may take to load its models


class TimeLimitError(Exception):
    """An article took longer than it may; its process was killed."""


class BusyError(Exception):
    """More requests wait than may."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What the server's owner fixed for all requests: the statistical layer, and rows over the package's."""

    backend: str = "crf"
    patterns: str | None = None


def answer(request: Mapping[str, Any], fixed: Fixed) -> Answer:
    """Extract one request: 200 and the record, 422 and why it cannot be extracted, or 500 for a fault of ours."""
    from extractor.api import extract, extract_html
    from extractor.errors import ExtractorError
    from extractor.service.errors import error_body

    given = {name: value for name, value in request.items() if value is not None}
    page, text = given.pop("html", None), given.pop("text", None)
    try:
        if page is not None:
            record = extract_html(page, backend=fixed.backend, patterns=fixed.patterns, **given)
        else:
            record = extract(text or "", backend=fixed.backend, patterns=fixed.patterns, **given)
    except ExtractorError as error:
        return 422, error_body(422, "not_extracted", str(error))
    except MemoryError:
        return 500, error_body(500, "memory", "the machine has too little memory for this text")
    except Exception as error:  # of whatever kind: the next request is another article's
        return 500, error_body(500, "failed", type(error).__name__)
    return 200, record.model_dump_json().encode()


def _work(connection: Connection, fixed: Fixed) -> None:
    """What a process does: load, say so, answer requests until the other end is gone."""
    from extractor.sample import warm_up

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's; it ends the processes
    answer({"text": warm_up()}, fixed)
    connection.send(None)
    while True:
        try:
            connection.send(answer(connection.recv(), fixed))
        except (EOFError, OSError):
            return


class _Process:
    """One process and the pipe to it."""

    def __init__(self, fixed: Fixed) -> None:
        self._fixed = fixed
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there, self._fixed), daemon=True)
        self._process.start()
        there.close()
        self._loaded = False

    def ask(self, request: Mapping[str, Any], seconds: float) -> Answer:
        """The answer to a request. Raises `TimeLimitError`, the process killed; one that has died is started anew."""
        try:
            self.load()
            self._pipe.send(dict(request))
            if self._pipe.poll(seconds):
                found: Answer = self._pipe.recv()
                return found
        except (EOFError, OSError):
            self.stop()
            self._start()
            raise
        self.stop()
        self._start()
        raise TimeLimitError

    def load(self) -> None:
        """Wait until the process has its models. Raises `EOFError` where it died meanwhile."""
        if not self._loaded:
            if not self._pipe.poll(_START):
                raise EOFError
            self._pipe.recv()
            self._loaded = True

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.join(5)
        self._pipe.close()


class Workers:
    """Some processes, and a line of requests before them.

    Args:
        number: processes.
        fixed: what is fixed for all requests.
        seconds: that an article may take.
        waiting: requests that may wait while all processes work.
    """

    def __init__(self, number: int, fixed: Fixed, *, seconds: float, waiting: int) -> None:
        self._number, self._fixed, self._seconds, self._limit = number, fixed, seconds, waiting
        self._idle: asyncio.Queue[_Process] = asyncio.Queue()
        self._all: list[_Process] = []
        self._threads = ThreadPoolExecutor(number, thread_name_prefix="ask")
        self._asking = 0

    async def start(self) -> None:
        """Start the processes and wait until they have their models."""
        self._all = [_Process(self._fixed) for _ in range(self._number)]
        loop = asyncio.get_running_loop()
        await asyncio.gather(*(loop.run_in_executor(self._threads, process.load) for process in self._all))
        for process in self._all:
            self._idle.put_nowait(process)

    async def ask(self, request: Mapping[str, Any]) -> Answer:
        """The answer to a request. Raises `BusyError` when too many wait, `TimeLimitError` when it takes too long."""
        if self._asking >= self._number + self._limit:
            raise BusyError
        self._asking += 1
        try:
            process = await self._idle.get()
            asked = asyncio.get_running_loop().run_in_executor(self._threads, process.ask, request, self._seconds)
            # Free again when it has answered, also where nobody waits for the answer any more.
            asked.add_done_callback(lambda _: self._idle.put_nowait(process))
            return await asyncio.shield(asked)
        finally:
            self._asking -= 1

    def stop(self) -> None:
        """End all processes."""
        for process in self._all:
            process.stop()
        self._threads.shutdown(wait=False)
