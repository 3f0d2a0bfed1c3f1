"""What the scores of a model are looked up in: its attributes by kind, as names and arrays without a single string of features.

Making them takes longer than all else that loads a model, so those of the shipped model are kept from one process to the next.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, fields
from itertools import count
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from extractor.compiled import parsed
from extractor.ner.features import PAIRS, WINDOW
from extractor.ner.model import Chain, Floats, Model, load_model

Ints = NDArray[np.int64]
DISTANCES = (-1, 0, 1)  # of gazetteer marks
_LAYOUT = "ner tables 1"  # another one for every change of what `packed` gives


@dataclass(frozen=True, eq=False, slots=True)
class Cells:
    """Rows of weights of which most are nought: for each row the cells that are not, and their weights."""

    begins: Ints
    cells: NDArray[np.int32]
    weights: Floats

    @classmethod
    def of_cells(cls, rows: Ints, cells: Ints, weights: Floats, size: int) -> Cells:
        """From `rows`, `cells` and `weights` of what is not nought; a cell stands once a row. `size` is the number of rows."""
        order = np.lexsort((cells, rows))
        begins = np.searchsorted(rows[order], np.arange(size + 1)).astype(np.int64)
        return cls(begins, cells[order].astype(np.int32), weights[order])

    def of(self, rows: Ints) -> tuple[Ints, NDArray[np.int32], Floats]:
        """(position in `rows`, cell, weight) of all cells of rows, row by row."""
        begins = self.begins.take(rows)
        counts = self.begins.take(rows + 1) - begins
        stops = counts.cumsum()
        at = np.arange(int(stops[-1]) if len(stops) else 0) + (begins - stops + counts).repeat(counts)
        return np.arange(len(rows)).repeat(counts), self.cells.take(at), self.weights.take(at)


@dataclass(frozen=True, eq=False, slots=True)
class Tables:
    """The weights of a model by the kind of their attributes. A name's number is its place in its list."""

    kinds: list[str]
    kind_weights: Floats  # a row a kind
    words: list[str]  # of pairs, numbered from 1
    pair_keys: Ints  # sorted: number of the first word << 32 | number of the second
    pairs: Cells  # a row a key; a cell is a column of `PAIRS` and a label
    forms: list[str]  # numbered from 1
    form_keys: Ints  # sorted: three forms as digits of a number; behind those a form << 1 | in capitals
    form_weights: Floats  # a row a key
    marks: list[str]  # numbered from 1
    mark_weights: Floats  # a mark, a column of `DISTANCES`, a label
    known: list[str]  # attributes of single tokens
    shares: Cells  # a row an attribute; a cell is a column of `WINDOW` and a label

    @property
    def width(self) -> int:
        """Labels of all chains together."""
        return int(self.kind_weights.shape[1])

    @property
    def base(self) -> int:
        """What the digits of the keys of three forms count to."""
        return len(self.forms) + 1

    @property
    def behind(self) -> int:
        """Where the keys of forms in capitals begin."""
        return self.base**3


class _Named:
    """The attributes of a model by their first characters."""

    def __init__(self, model: Model) -> None:
        self._names = sorted(model.attributes)
        self._rows = np.fromiter(map(model.attributes.__getitem__, self._names), np.int64, len(self._names))

    def having(self, head: str) -> tuple[list[str], Ints]:
        """What follows `head` in the attributes that begin with it, and their rows of weights."""
        size, after = len(head), head[:-1] + chr(ord(head[-1]) + 1)
        first, last = bisect_left(self._names, head), bisect_left(self._names, after)
        return [name[size:] for name in self._names[first:last]], self._rows[first:last]


def tables_of(model: Model) -> Tables:
    """The tables of a model."""
    named, weights = _Named(model), model.weights
    kinds, rows = named.having("k=")
    return Tables(
        kinds,
        weights[rows],
        *_pairs(named, weights),
        *_forms(named, weights),
        *_marks(named, weights),
        *_shares(named, weights),
    )


def _pairs(named: _Named, weights: Floats) -> tuple[list[str], Ints, Cells]:
    found = [named.having(f"{offset}:b=") for offset in PAIRS]
    listed = [word for pairs, _ in found for pair in pairs for word in pair.split(" ", 1)]
    words = list(dict.fromkeys(listed))
    number = dict(zip(words, count(1), strict=False))
    numbers = np.fromiter(map(number.__getitem__, listed), np.int64, len(listed)).reshape(-1, 2)
    columns = np.arange(len(PAIRS)).repeat([len(pairs) for pairs, _ in found])
    keys, rows = np.unique(numbers[:, 0] << 32 | numbers[:, 1], return_inverse=True)
    own = weights[np.concatenate([rows for _, rows in found])]
    at, labels = np.nonzero(own)
    cells = columns[at] * weights.shape[1] + labels
    return words, keys, Cells.of_cells(rows[at], cells, own[at, labels], len(keys))


def _forms(named: _Named, weights: Floats) -> tuple[list[str], Ints, Floats]:
    (triples, rows), (single, others) = named.having("t="), named.having("c=")
    parts = [name.split(" ") for name in triples]
    once = [name.partition("/") for name in single]
    forms = list(dict.fromkeys([form for three in parts for form in three] + [form for _, _, form in once]))
    number = dict(zip(forms, count(1), strict=False))
    base = len(forms) + 1
    keys = [(number[a] * base + number[b]) * base + number[c] for a, b, c in parts]
    keys += [base**3 + (number[form] << 1 | (caps == "caps")) for caps, _, form in once]
    listed = np.array(keys, np.int64)
    order = listed.argsort()
    return forms, listed[order], weights[np.concatenate([rows, others])[order]]


def _marks(named: _Named, weights: Floats) -> tuple[list[str], Floats]:
    found = [named.having(f"{distance}:g=") for distance in DISTANCES]
    marks = list(dict.fromkeys(mark for own, _ in found for mark in own))
    number = {mark: at for at, mark in enumerate(marks)}
    table = np.zeros((len(marks), len(DISTANCES), weights.shape[1]), np.float32)
    for column, (own, rows) in enumerate(found):
        table[[number[mark] for mark in own], column] = weights[rows]
    return marks, table


def _shares(named: _Named, weights: Floats) -> tuple[list[str], Cells]:
    listed: list[str] = []
    columns, taken = [], []
    for column, offset in enumerate(WINDOW):
        rests, rows = named.having(f"{offset}:")
        own = [at for at, rest in enumerate(rests) if not rest.startswith(("b=", "g="))]
        listed += [rests[at] for at in own]
        columns.append(np.full(len(own), column))
        taken.append(rows[own])
    known = list(dict.fromkeys(listed))
    number = dict(zip(known, count(), strict=False))
    numbers = np.fromiter(map(number.__getitem__, listed), np.int64, len(listed))
    chosen = weights[np.concatenate(taken)]
    at, labels = np.nonzero(chosen)
    cells = np.concatenate(columns).take(at) * weights.shape[1] + labels
    return known, Cells.of_cells(numbers.take(at), cells, chosen[at, labels], len(known))


def load(path: Path, *, keep: bool = False) -> tuple[tuple[Chain, ...], str, Tables]:
    """(chains, id, tables) of a model's file; with `keep` as an earlier process made them. Raises `ModelError` for any other."""
    if not keep:
        model = load_model(path)
        return model.chains, model.id, tables_of(model)
    data = path.read_bytes() + path.with_suffix(".json").read_bytes()
    chains, name, tables = cast("tuple[Any, str, Any]", parsed(data, lambda _: _packed(path), _LAYOUT))
    return (
        tuple(Chain(name, tuple(labels), _array(given)) for name, labels, given in chains),
        name,
        Tables(**{key: _unpacked(value) for key, value in tables.items()}),
    )


def _packed(path: Path) -> object:
    """A model as values of plain types."""
    model = load_model(path)
    tables = tables_of(model)
    chains = [(c.name, list(c.labels), _bytes(c.transitions)) for c in model.chains]
    return chains, model.id, {f.name: _plain(getattr(tables, f.name)) for f in fields(tables)}


def _plain(value: object) -> object:
    if isinstance(value, Cells):
        return {f.name: _bytes(getattr(value, f.name)) for f in fields(value)}
    return _bytes(value) if isinstance(value, np.ndarray) else value


def _bytes(array: NDArray[Any]) -> tuple[str, tuple[int, ...], bytes]:
    return array.dtype.str, array.shape, array.tobytes()


def _unpacked(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Cells(**{key: _array(part) for key, part in value.items()})
    return _array(value) if isinstance(value, tuple) else value


def _array(given: tuple[str, tuple[int, ...], bytes]) -> NDArray[Any]:
    kind, shape, data = given
    return np.frombuffer(data, kind).reshape(shape)
