"""How worker processes are made: forked by a server without threads in which everything is loaded, where the system can."""

from __future__ import annotations

import multiprocessing
from typing import Any


def context() -> Any:
    """The way to make workers, as a context of `multiprocessing`.

    Not a fork of this process: one with threads (the progress bar's) can hang. A server without threads, in which all is
    loaded, forks the workers, so that a new one costs milliseconds and memory is shared.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = multiprocessing.get_context("forkserver")
    made.set_forkserver_preload(["extractor.batch.preload"])
    return made


def start() -> None:
    """Have the server load beside what this process still has to do before it needs workers."""
    if context().get_start_method() == "forkserver":
        from multiprocessing.forkserver import ensure_running

        ensure_running()
