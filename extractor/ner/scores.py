"""Scores of every label at every token by table look-ups: the same sums as crfsuite makes over the strings of `features`.

A token's share in the scores of its neighbours is computed once and kept in a table of bounded size; an article then
costs one gather an offset. Pairs, forms and gazetteer marks are looked up in sorted arrays of what the model knows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast, overload

import numpy as np
from numpy.typing import NDArray

from extractor.ner.features import BOUNDARY, PAIRS, WINDOW, is_caps, known_attributes, unit_marks
from extractor.ner.forms import shape
from extractor.ner.lexicon import unit_sizes
from extractor.ner.model import Floats, Model
from extractor.text import fold

PAD = 3  # boundary tokens between two sequences, as wide as the window
CAPACITY = 12_000  # token types remembered; the table starts anew when it is full
Ints = NDArray[np.int64]
_DISTANCES = (-1, 0, 1)  # of gazetteer marks
_DENSE = 1 << 18  # most entries of a table by key; a larger range of keys is searched


class _Keyed:
    """Rows of weights under integer keys; a key that the model does not know gives a row of zeros."""

    def __init__(self, entries: Sequence[tuple[int, int]], weights: Floats, *, below: int) -> None:
        """`entries` are (key, row of `weights`); keys are not negative and less than `below`."""
        found = np.array(entries, np.int64).reshape(-1, 2)
        self.keys, rows = np.unique(found[:, 0], return_inverse=True)
        self.table = np.zeros((len(self.keys) + 1, weights.shape[1]), np.float32)
        self.table[rows] = weights[found[:, 1]]
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


class _Cells:
    """Rows of weights of which most are nought: for each row the cells that are not, and their weights."""

    def __init__(self, rows: Ints, cells: Ints, weights: Floats, size: int) -> None:
        """`rows`, `cells` and `weights` of what is not nought; a cell stands once a row. `size` is the number of rows."""
        order = np.lexsort((cells, rows))
        self.begins = np.searchsorted(rows[order], np.arange(size + 1))
        self.cells, self.weights = cells[order].astype(np.int32), weights[order]

    def of(self, rows: Ints) -> tuple[Ints, Ints, Floats]:
        """(position in `rows`, cell, weight) of all cells of rows, row by row."""
        begins = self.begins.take(rows)
        counts = self.begins.take(rows + 1) - begins
        stops = counts.cumsum()
        at = np.arange(int(stops[-1]) if len(stops) else 0) + (begins - stops + counts).repeat(counts)
        return np.arange(len(rows)).repeat(counts), self.cells.take(at), self.weights.take(at)


class _Pairs:
    """Weights of pairs of tokens, by the sorted keys of the pairs; a cell is a column and a label."""

    def __init__(self, entries: Sequence[tuple[int, int, int]], weights: Floats) -> None:
        """`entries` are (key, column, row of `weights`)."""
        found = np.array(entries, np.int64).reshape(-1, 3)
        self.keys, rows = np.unique(found[:, 0], return_inverse=True)
        at, labels = np.nonzero(weights[found[:, 2]])
        cells = found[at, 1] * weights.shape[1] + labels
        self.cells = _Cells(rows[at], cells, weights[found[at, 2], labels], len(self.keys))

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


class Scorer:
    """Score tables of one model. Not for use by several threads at once."""

    def __init__(self, model: Model, *, capacity: int = CAPACITY) -> None:
        self._width = model.width
        self._capacity = capacity
        self._words: dict[str, int] = {}
        self._forms: dict[str, int] = {}
        self._marks: dict[str, int] = {}
        kinds = {a[2:]: i for a, i in model.attributes.items() if a.startswith("k=")}
        self._kinds = {kind: row for row, kind in enumerate(kinds, 1)}
        self._kind_table = np.vstack([np.zeros((1, model.width), np.float32), model.weights[list(kinds.values())]])
        self._pairs = self._load_pairs(model)
        self._tables = self._load_forms(model)
        self._mark_table = self._load_marks(model)
        self._known, self._shares = self._load_shares(model)
        # Filled, not zeroed: its pages are taken at once, so that a worker's memory does not grow with what it reads.
        self._table = np.full((len(WINDOW), capacity, model.width), 0.0, np.float32)
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

    def _load_shares(self, model: Model) -> tuple[dict[str, int], _Cells]:
        """Attributes of single tokens, and what each adds to the labels of the tokens around it (a cell: an offset and a label)."""
        heads = {f"{offset}": column for column, offset in enumerate(WINDOW)}
        known: dict[str, int] = {}
        rows: list[int] = []
        columns: list[int] = []
        taken: list[int] = []
        for attribute, i in model.attributes.items():
            head, colon, rest = attribute.partition(":")
            if colon and head in heads and not rest.startswith(("b=", "g=")):
                rows.append(known.setdefault(rest, len(known)))
                columns.append(heads[head])
                taken.append(i)
        at, labels = np.nonzero(model.weights[taken])
        cells = np.array(columns, np.int64).take(at) * model.width + labels
        weights = model.weights[np.array(taken, np.int64).take(at), labels]
        return known, _Cells(np.array(rows, np.int64).take(at), cells, weights, len(known))

    def _load_pairs(self, model: Model) -> _Pairs:
        entries: list[tuple[int, int, int]] = []
        columns = {f"{offset}": column for column, offset in enumerate(PAIRS)}
        words = self._words
        for attribute, i in model.attributes.items():
            head, _, pair = attribute.partition(":b=")
            if pair:
                first, _, second = pair.partition(" ")
                a = words.setdefault(first, len(words) + 1)
                b = words.setdefault(second, len(words) + 1)
                entries.append((a << 32 | b, columns[head], i))
        return _Pairs(entries, model.weights)

    def _load_forms(self, model: Model) -> _Keyed:
        """Forms of three tokens, as digits of a number; behind those the form in a sequence of capitals or not."""
        forms = self._forms
        triples, single = [], []
        for attribute, i in model.attributes.items():
            if attribute.startswith("t="):
                a, b, c = (forms.setdefault(f, len(forms) + 1) for f in attribute[2:].split(" "))
                triples.append((a, b, c, i))
            elif attribute.startswith("c="):
                caps, _, form = attribute[2:].partition("/")
                single.append((forms.setdefault(form, len(forms) + 1) << 1 | (caps == "caps"), i))
        self._base = base = len(forms) + 1
        self._behind = base**3
        entries = [((a * base + b) * base + c, i) for a, b, c, i in triples]
        entries += [(self._behind + key, i) for key, i in single]
        return _Keyed(entries, model.weights, below=self._behind + 2 * base)

    def _load_marks(self, model: Model) -> Floats:
        found = [(a.partition(":g="), i) for a, i in model.attributes.items() if ":g=" in a[:5]]
        for (_, _, mark), _i in found:
            self._marks.setdefault(mark, len(self._marks) + 1)
        table = np.zeros((len(self._marks) + 1, len(_DISTANCES), model.width), np.float32)
        for (head, _, mark), i in found:
            table[self._marks[mark], _DISTANCES.index(int(head))] = model.weights[i]
        return table

    def _add(self, tokens: Sequence[str]) -> None:
        """Take types into the table, all in one step."""
        if len(self._ids) + len(tokens) > self._capacity:
            raise OverflowError
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
        for column, distance in enumerate(_DISTANCES):
            there = rows - distance
            good = (there >= 0) & (there < len(out))
            out[there[good]] += self._mark_table[numbers[good], column]
