"""Scores of every label at every token by table look-ups: the same sums as crfsuite makes over the strings of `features`.

A token's share in the scores of its neighbours is computed once and kept in a table of bounded size; an article then
costs one gather an offset. Pairs, forms and gazetteer marks are looked up in sorted arrays of what the model knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

from extractor.ner.features import BOUNDARY, PAIRS, WINDOW, is_caps, known_attributes, unit_marks
from extractor.ner.forms import shape
from extractor.ner.lexicon import unit_sizes
from extractor.ner.model import Floats
from extractor.ner.tables import DISTANCES, Cells, Ints, Tables
from extractor.text import fold

PAD = 3  # boundary tokens between two sequences, as wide as the window
CAPACITY = 8_192  # token types remembered; the table starts anew when it is full
_AT_ONCE = 64  # types taken into the tables in one step
_DENSE = 1 << 18  # most entries of a table by key; a larger range of keys is searched


class _Keyed:
    """Rows of weights under integer keys; a key that the model does not know gives a row of zeros."""

    def __init__(self, keys: Ints, weights: Floats, *, below: int) -> None:
        """The keys are sorted, not negative and less than `below`; `weights` has a row a key."""
        self.keys = keys
        self.table = np.vstack([weights, np.zeros((1, weights.shape[1]), np.float32)])
        self._index = None
        if below <= _DENSE and len(self.keys) < 1 << 15:
            self._index = np.full(below, len(self.keys), np.int16)
            self._index[self.keys] = np.arange(len(self.keys))

    def find(self, keys: Ints) -> Ints | NDArray[np.int16]:
        """Row numbers of `keys`."""
        if self._index is not None:
            return self._index.take(keys)
        if not self.keys.size:
            return np.zeros(len(keys), np.int64)
        at = self.keys.searchsorted(keys)
        at[at == len(self.keys)] = 0
        at[self.keys.take(at) != keys] = len(self.keys)
        return at

    def add(self, out: Floats, keys: Ints) -> None:
        """Add the weights of a key a row."""
        out += self.table.take(self.find(keys), axis=0)


class _Pairs:
    """Weights of pairs of tokens, by the sorted keys of the pairs; a cell is a column and a label."""

    def __init__(self, keys: Ints, cells: Cells) -> None:
        """The keys are sorted; `cells` has a row a key."""
        self.keys, self.cells = keys, cells

    def add(self, out: Floats, at: Ints, keys: Ints, shifts: Sequence[int]) -> None:
        """Add the weights of the keys, each standing at a row of `at`, to the rows that many before it; most are not known."""
        if not self.keys.size:
            return
        rows = self.keys.searchsorted(keys)
        rows[rows == len(self.keys)] = 0
        known = (self.keys.take(rows) == keys).nonzero()[0]
        hits, cells, weights = self.cells.of(rows.take(known))
        columns, labels = np.divmod(cells, out.shape[1])
        target = at.take(known).take(hits) - np.array(shifts).take(columns)
        good = ((target >= 0) & (target < len(out))).nonzero()[0]
        flat = target.take(good) * out.shape[1] + labels.take(good)
        np.add.at(out.reshape(-1), flat, weights.take(good))  # in text order: as column by column


class _Chosen:
    """The entries of a table that numbers name, as a sequence that is not written out."""

    def __init__(self, table: Sequence[str], numbers: Sequence[int]) -> None:
        self._table, self._numbers = table, numbers

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...

    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self._table[number] for number in self._numbers[at]]
        return self._table[self._numbers[at]]


def _nothing_first(weights: Floats) -> Floats:
    """The weights behind a row of zeros, which is what a name without a number gets."""
    return np.concatenate([np.zeros((1, *weights.shape[1:]), np.float32), weights])


class Scorer:
    """Scores by the tables of one model. Not for use by several threads at once."""

    def __init__(self, tables: Tables, *, capacity: int = CAPACITY) -> None:
        self._width = tables.width
        self._capacity = capacity
        self._words = dict(zip(tables.words, count(1), strict=False))
        self._forms = dict(zip(tables.forms, count(1), strict=False))
        self._marks = dict(zip(tables.marks, count(1), strict=False))
        self._kinds = dict(zip(tables.kinds, count(1), strict=False))
        self._known = dict(zip(tables.known, count(), strict=False))
        self._kind_table, self._mark_table = _nothing_first(tables.kind_weights), _nothing_first(tables.mark_weights)
        self._pairs, self._shares = _Pairs(tables.pair_keys, tables.pairs), tables.shares
        self._base, self._behind = tables.base, tables.behind
        self._tables = _Keyed(tables.form_keys, tables.form_weights, below=self._behind + 2 * self._base)
        # Filled, not zeroed: its pages are taken at once, so that a worker's memory does not grow with what it reads.
        self._table = np.full((len(WINDOW), capacity, tables.width), 0.0, np.float32)
        self._word = np.zeros(capacity, np.int64)
        self._form = np.zeros(capacity, np.int64)
        # 1 a word, 2 all capitals, 4 begins with a capital and is the first token of a unit's name
        self._class = np.zeros(capacity, np.int8)
        self._ids: dict[str, int] = {}
        self._folded: list[str] = []
        self._add([BOUNDARY])

    def _reset(self) -> None:
        """Forget all types; the arrays are written over, not made anew, which would double them for a moment."""
        self._ids.clear()
        self._folded.clear()
        self._class.fill(0)
        self._add([BOUNDARY])

    def _add(self, tokens: Sequence[str]) -> None:
        """Take types into the table, so many at a time that their shares take little memory."""
        if len(self._ids) + len(tokens) > self._capacity:
            raise OverflowError
        for first in range(0, len(tokens), _AT_ONCE):
            self._add_some(tokens[first : first + _AT_ONCE])

    def _add_some(self, tokens: Sequence[str]) -> None:
        first = len(self._ids)
        get = self._known.get
        rows, sizes = [], []
        for at, token in enumerate(tokens, first):
            known = [get(a) for a in self._described(at, token)]
            there = [row for row in known if row is not None]
            sizes.append(len(there))
            rows += there
            self._ids[token] = at
        width = len(WINDOW) * self._width
        hits, cells, weights = self._shares.of(np.array(rows, np.int64))
        owners = np.arange(len(tokens)).repeat(sizes).take(hits)
        sums = np.bincount(owners * width + cells, weights, len(tokens) * width)
        shares = sums.reshape(len(tokens), len(WINDOW), self._width)
        self._table[:, first : first + len(tokens)] = shares.transpose(1, 0, 2)

    def _described(self, at: int, token: str) -> list[str]:
        """The attributes of a type; what is known of it besides their weights goes to its row of the tables."""
        if token == BOUNDARY:
            self._word[at], self._form[at] = self._words.get("#", 0), self._forms.get("#", 0)
            self._folded.append("")
            return ["w=#"]
        low, form, letter = fold(token), shape(token), token[0].isalpha()
        found = [attribute for attribute, _ in known_attributes(token, low, form)]
        self._word[at] = self._words.get(found[0][2:], 0)
        self._form[at] = self._forms.get(form, 0)
        opens = token[0].isupper() and low in unit_sizes()
        self._class[at] = letter | 2 * (letter and token.isupper()) | 4 * opens
        self._folded.append(low)
        return found

    def _lookup(self, tokens: Sequence[str]) -> list[int]:
        found = list(map(self._ids.get, tokens))
        if None not in found:
            return cast("list[int]", found)
        missing = list(dict.fromkeys(t for t, i in zip(tokens, found, strict=True) if i is None))
        try:
            self._add(missing)
        except OverflowError:
            self._reset()
            missing = list(dict.fromkeys(tokens))
            if len(missing) >= self._capacity:
                raise ValueError(f"an article of more than {self._capacity} different tokens") from None
            self._add(missing)
        return [self._ids[t] for t in tokens]

    def scores(
        self, tokens: Sequence[str], sequences: Sequence[tuple[int, int]], kinds: Sequence[str]
    ) -> tuple[Floats, Ints]:
        """(rows of label scores, row of every sequence's first token). `kinds` has the kind of line of every sequence.

        Sequences stand `PAD` rows apart; the rows between them mean nothing.
        """
        found = self._lookup(tokens)
        padded: list[int] = [0] * PAD
        for first, last in sequences:
            padded += found[first:last]
            padded += (0, 0, 0)
        bounds = np.array(sequences, np.int64)
        sizes = bounds[:, 1] - bounds[:, 0]
        stops = (sizes + PAD).cumsum()  # also where a sequence ends in the padded row
        firsts = stops - (sizes + PAD)
        ids = np.array(padded, np.int64)
        n = len(ids) - 2 * PAD
        out = self._table[0].take(ids[:n], axis=0)
        for column in range(1, len(WINDOW)):
            out += self._table[column].take(ids[column : column + n], axis=0)
        words = self._word.take(ids)
        both = (words[:-1] * words[1:]).nonzero()[0]
        pairs = words.take(both) << 32 | words.take(both + 1)
        self._pairs.add(out, both - PAD, pairs, PAIRS)
        forms = self._form.take(ids)
        triples = (forms[PAD - 1 : PAD - 1 + n] * self._base + forms[PAD : PAD + n]) * self._base
        self._tables.add(out, triples + forms[PAD + 1 : PAD + 1 + n])
        classes = self._class.take(ids)
        letters, capitals = (np.concatenate([[0], (classes & bit > 0).cumsum()]) for bit in (1, 2))
        begins = firsts + PAD
        caps = is_caps(capitals[stops] - capitals[begins], letters[stops] - letters[begins])
        spread = np.arange(len(sizes)).repeat(sizes + PAD)[:n]
        self._tables.add(out, self._behind + (forms[PAD : PAD + n] << 1 | caps.take(spread)))
        out += self._kind_table.take([self._kinds.get(k, 0) for k in kinds], axis=0).take(spread, axis=0)
        self._add_marks(out, padded, (classes & 4).nonzero()[0].tolist())
        return out, firsts

    def _add_marks(self, out: Floats, padded: Sequence[int], capital: Sequence[int]) -> None:
        """Add the weights of gazetteer names that begin at the `capital` indices."""
        at, marks = [], []
        for index, mark in unit_marks(_Chosen(self._folded, padded), capital, len(padded)):
            at.append(index - PAD)
            marks.append(self._marks.get(mark, 0))
        if not at:
            return
        rows, numbers = np.array(at, np.int64), np.array(marks, np.int64)
        for column, distance in enumerate(DISTANCES):
            there = rows - distance
            good = (there >= 0) & (there < len(out))
            out[there[good]] += self._mark_table[numbers[good], column]
