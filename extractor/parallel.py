"""Raw articles to records in this process or in several, in order; the library's side of what `extractor extract` runs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from extractor.batch.settings import Settings
from extractor.batch.shard import shard_record
from extractor.errors import ArticleError, InputError
from extractor.ingest.units import Unit
from extractor.records import Record
from extractor.rules import patterns

_CHUNK = 16  # articles sent to a process at a time

Outcome = tuple[Unit, Record | ArticleError]


def each(units: Iterable[Unit], settings: Settings, workers: int = 1) -> Iterator[Outcome]:
    """Every unit with its record, or with the error that stands in its place, in the order of the units.

    Args:
        units: raw articles; they are taken as they are needed.
        settings: options, backend, persons; a `timeout` of 0 sets no alarm in the caller's process.
        workers: processes; 1 is this one, 0 is one a core.

    Raises:
        InputError: `workers` is negative.
    """
    if not isinstance(workers, int) or workers < 0:
        raise InputError(f"workers={workers!r}: give the number of processes, or 0 for one a core")
    workers = workers or os.cpu_count() or 1
    if workers == 1:
        return (_one(unit, settings) for unit in units)
    from joblib import Parallel, delayed

    run = Parallel(n_jobs=workers, return_as="generator", batch_size=1)
    return chain.from_iterable(run(delayed(_some)(part, settings) for part in _chunks(units)))


def _chunks(units: Iterable[Unit]) -> Iterator[list[Unit]]:
    rest = iter(units)
    while part := list(islice(rest, _CHUNK)):
        yield part


def _some(units: list[Unit], settings: Settings) -> list[Outcome]:
    return [_one(unit, settings) for unit in units]


def _one(unit: Unit, settings: Settings) -> Outcome:
    try:
        with patterns(settings.patterns):
            return unit, shard_record(unit, settings)
    except ArticleError as error:
        return unit, error
