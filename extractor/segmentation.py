"""Word segmentation by a linear-chain CRF of two labels (B-W, I-W) with memoised n-gram scores.

The model's own featurizer and weights are used, so the tags are the model's; what is saved is building some forty
feature strings a token. Every feature looks at one, two or three neighbouring tokens, so a token's score is a sum over
the n-grams around it, and n-grams repeat. The tables are bounded: a full one is emptied.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence, Set
from operator import add
from pathlib import Path
from typing import TypeVar

from extractor.errors import ModelError

K = TypeVar("K")
V = TypeVar("V")
Featurize = Callable[[Sequence[str]], list[list[str]]]
_LIMIT = 150_000  # entries of one table; all three full take about 60 MB
_PAD = "\u0001"  # a token no text holds: its own n-grams have no weight
_BEGIN, _END = "\n<", "\n>"  # stand for the tokens before and after a sentence; no token of one holds a line break
_OUTSIDE = {_BEGIN: "BOS", _END: "EOS"}  # their value in features


def read_crfsuite(path: Path) -> tuple[dict[str, float], list[list[float]]]:
    """Weights of a two-label crfsuite model: attribute → weight of label 1 minus label 0, and transitions[from][to].

    The layout is that of crfsuite's `lCRF` files: FEAT records of 20 bytes, attribute names in a CQDB whose backward
    table leads from ids to names. Raises `ModelError` for any other file.
    """
    data = path.read_bytes()
    if data[:4] != b"lCRF":
        raise ModelError(f"{path}: not a crfsuite model; install underthesea again")
    labels, attributes, features, _, names = struct.unpack_from("<5I", data, 20)
    if labels != 2:
        raise ModelError(f"{path}: a model of two labels is expected, this one has {labels}")
    (count,) = struct.unpack_from("<I", data, features + 8)
    difference = [0.0] * attributes
    transitions = [[0.0, 0.0], [0.0, 0.0]]
    for kind, source, target, weight in struct.iter_unpack("<IIId", data[features + 12 : features + 12 + 20 * count]):
        if kind == 0:
            difference[source] += weight if target == 1 else -weight
        else:
            transitions[source][target] += weight
    size, backward = struct.unpack_from("<II", data, names + 16)
    weights: dict[str, float] = {}
    for (offset,) in struct.iter_unpack("<I", data[names + backward : names + backward + 4 * size]):
        if offset:
            number, length = struct.unpack_from("<II", data, names + offset)
            start = names + offset + 8
            weights[data[start : start + length - 1].decode("utf-8")] = difference[number]
    return weights, transitions


Scores = tuple[float, ...]


class _Joined:
    """The weights of several windows of as many tokens: of their word form, lower-case form, dictionary and title features."""

    __slots__ = ("_form", "_low", "_plain")

    def __init__(self, tables: dict[str, dict[str, float]], templates: Sequence[str]) -> None:
        self._form = self._side_by_side([tables.get(t, {}) for t in templates])
        self._low = self._side_by_side([tables.get(t + ".lower", {}) for t in templates])
        flags = [[tables.get(t + suffix, {}) for t in templates] for suffix in (".is_in_dict", ".istitle")]
        self._plain: dict[tuple[bool, bool], Scores] = {
            (known, title): tuple(d.get(str(known), 0.0) + t.get(str(title), 0.0) for d, t in zip(*flags, strict=True))
            for known in (False, True)
            for title in (False, True)
        }

    @staticmethod
    def _side_by_side(tables: Sequence[dict[str, float]]) -> dict[str, Scores]:
        return {
            value: tuple(t.get(value, 0.0) for t in tables) for value in dict.fromkeys(v for t in tables for v in t)
        }

    def scores(self, joined: str, low: str, known: bool, title: bool) -> Scores:
        """The score of each window; most hold no words that the model has a weight for."""
        out = self._plain[known, title]
        for found in (self._form.get(joined), self._low.get(low)):
            if found is not None:
                out = tuple(map(add, out, found))
        return out


def _outside(tables: dict[str, dict[str, float]], template: str, value: str) -> float:
    """The weights of all features of a window that reaches over an edge of the sentence."""
    return sum(t.get(value, 0.0) for name, t in tables.items() if name == template or name.startswith(f"{template}."))


def _remember(table: dict[K, V], key: K, value: V) -> None:
    if len(table) >= _LIMIT:
        table.clear()
    table[key] = value


class Segmenter:
    """Tags of a sentence's tokens as the model gives them: `True` where a token goes on with the word before it.

    Args:
        weights: attribute → weight of I-W minus weight of B-W.
        transitions: 2 × 2, `[from][to]`, label 0 is B-W.
        featurize: tokens → the model's feature strings, a list a token; asked for the edges of a sentence and new words.
        dictionary: the model's word list, lower case.
    """

    def __init__(
        self,
        weights: dict[str, float],
        transitions: list[list[float]],
        featurize: Featurize,
        dictionary: Set[str],
    ) -> None:
        self._weights = weights
        self._transitions = transitions
        self._featurize = featurize
        self._dictionary = dictionary
        self._one: dict[str, tuple[float, float, float, float, float, bool]] = {}
        self._two: dict[tuple[str, str], Scores] = {}
        self._three: dict[tuple[str, str, str], tuple[float, float, float]] = {}
        tables: dict[str, dict[str, float]] = {}
        for attribute, weight in weights.items():
            template, _, value = attribute.partition("=")
            tables.setdefault(template, {})[value] = weight
        pairs, triples = ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]"), ("T[-2,0]", "T[-1,1]", "T[0,2]")
        self._pairs, self._triples = _Joined(tables, pairs), _Joined(tables, triples)
        # What a window over an edge adds, whatever else it holds.
        edges = [("BOS", "T[-2]", "T[-1]"), ("EOS", "T[1]", "T[2]")]
        (far, near), (after, later) = ([_outside(tables, t, value) for t in templates] for value, *templates in edges)
        self._edge_one = {_BEGIN: (far, near, 0.0, 0.0, 0.0, False), _END: (0.0, 0.0, 0.0, after, later, False)}
        self._edge_two = {v: tuple(_outside(tables, t, v) for t in pairs) for v in _OUTSIDE.values()}
        self._edge_three = {v: tuple(_outside(tables, t, v) for t in triples) for v in _OUTSIDE.values()}

    def _unigram(self, a: str) -> tuple[float, float, float, float, float, bool]:
        """Scores that token `a` gives to the tokens at +2, +1, 0, -1, -2 of it, and whether the model calls it a title."""
        if a in _OUTSIDE:
            return self._edge_one[a]
        rows = self._featurize([_PAD, _PAD, a, _PAD, _PAD])
        w = self._weights
        s = [
            sum(w.get(f, 0.0) for f in rows[i] if f.startswith((f"T[{2 - i}]=", f"T[{2 - i}].")))
            for i in (4, 3, 2, 1, 0)
        ]
        out = (s[0], s[1], s[2], s[3], s[4], "T[0].istitle=True" in rows[2])
        _remember(self._one, a, out)
        return out

    def _bigram(self, a: str, b: str) -> Scores:
        """Scores of the pair for the token after `b`, for `b`, for `a`, for the token before `a`."""
        edge = _OUTSIDE.get(a) or _OUTSIDE.get(b)
        if edge is not None:
            return self._edge_two[edge]
        joined = f"{a} {b}"
        low = joined.lower()
        title = (self._one.get(a) or self._unigram(a))[5] and (self._one.get(b) or self._unigram(b))[5]
        out = self._pairs.scores(joined, low, low in self._dictionary, title)
        _remember(self._two, (a, b), out)
        return out

    def _trigram(self, a: str, b: str, c: str, title: bool) -> Scores:
        """Scores of the triple itself for `c`, `b`, `a`; `title` tells whether all three are titles."""
        edge = _OUTSIDE.get(a) or _OUTSIDE.get(b) or _OUTSIDE.get(c)
        if edge is not None:
            return self._edge_three[edge]
        joined = f"{a} {b} {c}"
        low = joined.lower()
        return self._triples.scores(joined, low, low in self._dictionary, title)

    def _around(self, a: str, b: str, c: str) -> tuple[float, float, float]:
        """What three neighbours add to the scores of `c`, `b`, `a`: the triple, its pairs and its tokens, each told once."""
        one, two = self._one, self._two
        first = one.get(a) or self._unigram(a)
        middle = one.get(b) or self._unigram(b)
        last = one.get(c) or self._unigram(c)
        left, right = two.get((a, b)) or self._bigram(a, b), two.get((b, c)) or self._bigram(b, c)
        triple = self._trigram(a, b, c, first[5] and middle[5] and last[5])
        out = (
            first[0] + middle[1] + left[0] + right[1] + triple[0],
            middle[2] + triple[1],
            middle[3] + last[4] + left[2] + right[3] + triple[2],
        )
        _remember(self._three, (a, b, c), out)
        return out

    def scores(self, tokens: Sequence[str]) -> list[float]:
        """For each token the score of I-W minus that of B-W, transitions apart."""
        padded = [_BEGIN, _BEGIN, *tokens, _END, _END]
        get, around = self._three.get, self._around
        found = [get(t) or around(*t) for t in zip(padded, padded[1:], padded[2:], strict=False)]
        return [x[0] + y[1] + z[2] for x, y, z in zip(found, found[1:], found[2:], strict=False)]

    def continues(self, tokens: Sequence[str]) -> list[bool]:
        """Viterbi over the two labels. An empty sentence gives an empty list."""
        if not tokens:
            return []
        (bb, bi), (ib, ii) = self._transitions
        scores = self.scores(tokens)
        back: list[tuple[bool, bool]] = [(False, False)]
        begin, inside = 0.0, scores[0]
        for score in scores[1:]:
            from_b, from_i = begin + bb, inside + ib
            to_b, to_i = begin + bi, inside + ii
            goes_on, joins = from_i > from_b, to_i > to_b
            back.append((goes_on, joins))
            begin, inside = from_i if goes_on else from_b, (to_i if joins else to_b) + score
        label = inside > begin
        out = [False] * len(tokens)
        for at in range(len(tokens) - 1, -1, -1):
            out[at] = label
            label = back[at][label]
        return out
