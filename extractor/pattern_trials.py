"""Rows tried by the pipeline: is the record of a text another one where a row matches nothing?

Rows that stand in none of each other's texts are taken away together, so that all of them cost some dozens of readings of
the pattern files and not one each.
"""

from __future__ import annotations

import bisect
import json
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from extractor.errors import PatternError
from extractor.pattern_files import OF_NO_RECORD, model_of, rows_in_force
from extractor.rules import TIMEOUT, Row, load_rows, patterns
from extractor.rules.sets import forget
from extractor.text import fold

DAY = "2019-06-15"  # publication date of a text that has none of its own
MOST = 400  # rows taken away together
_NOWHERE = "qzx"  # begins the form of a row that is to match nothing: no Vietnamese word has these letters
_UNREAD = {"id", "text", "sha256", "knowledge", "extractor_version", "schema_version"}


@dataclass(frozen=True, slots=True)
class Trial:
    """A row, and a text that it should decide something in."""

    file: str
    row: Row
    text: str
    published: str = DAY
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is read in a trial's text with its row and without it, as dumped records without ids and versions.

    `lacking` is empty where nothing can be read at all without the row.
    """

    trial: Trial
    having: dict[str, Any]
    lacking: dict[str, Any]

    @property
    def differs(self) -> bool:
        """Whether the row changes anything in the record."""
        return self.having != self.lacking


def trials(*, own: bool) -> list[Trial]:
    """A trial for every example of the rows in force (with `own` of the user's folder) that records can follow from."""
    return [
        Trial(name, row, example)
        for name, row in rows_in_force(own=own)
        if name not in OF_NO_RECORD
        for example in row.examples
    ]


def idle(some: Sequence[Trial]) -> list[tuple[str, str]]:
    """Rows (file, id) none of whose trials shows a difference, in order."""
    shown = {(o.trial.file, o.trial.row.id) for o in outcomes(some) if o.differs}
    of_row: dict[tuple[str, str], list[Trial]] = defaultdict(list)
    for trial in some:
        of_row[trial.file, trial.row.id].append(trial)
    # What another row of a batch undid shows when the row is taken away alone.
    return [key for key, own in of_row.items() if key not in shown and not any(o.differs for o in outcomes(own))]


def outcomes(some: Sequence[Trial], *, most: int = MOST) -> Iterator[Outcome]:
    """Every trial read twice, with its row and without it. Raises what `extract` raises.

    At most `most` rows are taken away together, at most one of a file where that is less than `MOST`: the fewer, the less
    another row has a part in what is read, and the longer it takes.
    """
    having = [_read(trial) for trial in some]
    for batch in _batches(some, most):
        with _without({(some[i].file, some[i].row.id): some[i].row for i in batch}):
            for i in batch:
                yield Outcome(some[i], having[i], _read_if_possible(some[i]))


def _read(trial: Trial) -> dict[str, Any]:
    from extractor.api import extract

    record = extract(trial.text, published=trial.published, url=trial.url)
    return record.model_dump(mode="json", exclude=_UNREAD)


def _read_if_possible(trial: Trial) -> dict[str, Any]:
    try:
        return _read(trial)
    except (LookupError, PatternError):  # code asks for the row
        return {}


def _batches(some: Sequence[Trial], most: int) -> list[list[int]]:
    """Indices of trials in groups; no row of a group matches in the text of another row of it."""
    met = _meetings(some)
    of_row: dict[tuple[str, str], list[int]] = defaultdict(list)
    for i, trial in enumerate(some):
        of_row[trial.file, trial.row.id].append(i)
    groups: list[set[tuple[str, str]]] = []
    for key in sorted(of_row, key=lambda key: -len(met[key])):
        place = next((group for group in groups if met[key].isdisjoint(group) and _room(group, key[0], most)), None)
        if place is None:
            groups.append(place := set())
        place.add(key)
    return [[i for key in of_row if key in group for i in of_row[key]] for group in groups]


def _room(group: set[tuple[str, str]], file: str, most: int) -> bool:
    """Whether a group of rows takes one more of a file."""
    return len(group) < most and (most == MOST or all(name != file for name, _ in group))


def _meetings(some: Sequence[Trial]) -> dict[tuple[str, str], set[tuple[str, str]]]:
    """For each row the others that match in its texts, or in whose texts it matches."""
    folded = [fold(trial.text) for trial in some]
    starts = [0]
    for text in folded:
        starts.append(starts[-1] + len(text) + 1)
    joined = "\n".join(folded)
    met: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for key, row in {(trial.file, trial.row.id): trial.row for trial in some}.items():
        for found in regex.finditer(row.expression(), joined, timeout=4 * TIMEOUT):
            other = some[min(bisect.bisect_right(starts, found.start()), len(some)) - 1]
            if (there := (other.file, other.row.id)) != key:
                met[key].add(there)
                met[there].add(key)
    return met


@contextmanager
def _without(rows: dict[tuple[str, str], Row]) -> Iterator[None]:
    """Put a set in force that is the one in force, with these rows matching nothing."""
    files: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for name, row in rows_in_force(own=True):
        files[name][row.id] = row.model_dump(mode="json", exclude_defaults=True)
    for number, ((name, key), row) in enumerate(rows.items()):
        files[name][key] = _matching_nothing(row, number)
    with tempfile.TemporaryDirectory() as folder:
        for name, changed in files.items():
            (Path(folder) / name).write_text(json.dumps(list(changed.values()), ensure_ascii=False), encoding="utf-8")
        with patterns(folder) as chosen:
            yield
        forget(chosen)


def _matching_nothing(row: Row, number: int) -> dict[str, Any]:
    """The row's columns with words that stand nowhere; `number` tells rows apart: some files refuse a form that stands twice."""
    columns = row.model_dump(mode="json", exclude_defaults=True, exclude=set(row.SPELT))
    columns["counterexamples"] = [_NOWHERE]
    if row.pattern is not None:
        return columns | {"pattern": "(?!)"}
    return columns | {"forms": [_NOWHERE + "".join(chr(ord("a") + int(digit)) for digit in str(number))]}


def row_of(name: str, key: str) -> Row:
    """A row in force. Raises `PatternError` for an unknown file, `KeyError` for an unknown row."""
    return {row.id: row for row in load_rows(name, model_of(name))}[key]
