"""Word segmentation by a linear-chain CRF of two labels (B-W, I-W) with memoised n-gram scores.

The model's own featurizer and weights are used, so the tags are the model's; what is saved is building some forty
feature strings a token. Every feature looks at one, two or three neighbouring tokens, so a token's score is a sum over
the n-grams around it, and n-grams repeat. The tables are bounded: a full one is emptied.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence, Set
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from extractor.errors import ModelError

K = TypeVar("K")
V = TypeVar("V")
Featurize = Callable[[Sequence[str]], list[list[str]]]
_LIMIT = 150_000  # entries of one table; all three full take about 60 MB
_PAD = "\u0001"  # a token no text holds: its own n-grams have no weight


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


class _Template:
    """The weights of one window, its word form, lower-case form, dictionary and title features together."""

    __slots__ = ("form", "known", "low", "title")

    def __init__(self, tables: dict[str, dict[str, float]], template: str) -> None:
        self.form = tables.get(template, {})
        self.low = tables.get(template + ".lower", {})
        self.known = [tables.get(template + ".is_in_dict", {}).get(v, 0.0) for v in ("False", "True")]
        self.title = [tables.get(template + ".istitle", {}).get(v, 0.0) for v in ("False", "True")]

    def score(self, joined: str, low: str, known: bool, title: bool) -> float:
        return self.form.get(joined, 0.0) + self.low.get(low, 0.0) + self.known[known] + self.title[title]


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
        self._two: dict[tuple[str, str], tuple[float, float, float, float]] = {}
        self._three: dict[tuple[str, str, str], tuple[float, float, float]] = {}
        tables: dict[str, dict[str, float]] = {}
        for attribute, weight in weights.items():
            template, _, value = attribute.partition("=")
            tables.setdefault(template, {})[value] = weight
        self._pairs = [_Template(tables, t) for t in ("T[-2,-1]", "T[-1,0]", "T[0,1]", "T[1,2]")]
        self._triples = [_Template(tables, t) for t in ("T[-2,0]", "T[-1,1]", "T[0,2]")]

    def _unigram(self, a: str) -> tuple[float, float, float, float, float, bool]:
        """Scores that token `a` gives to the tokens at +2, +1, 0, -1, -2 of it, and whether the model calls it a title."""
        rows = self._featurize([_PAD, _PAD, a, _PAD, _PAD])
        w = self._weights
        s = [
            sum(w.get(f, 0.0) for f in rows[i] if f.startswith((f"T[{2 - i}]=", f"T[{2 - i}].")))
            for i in (4, 3, 2, 1, 0)
        ]
        out = (s[0], s[1], s[2], s[3], s[4], "T[0].istitle=True" in rows[2])
        _remember(self._one, a, out)
        return out

    def _bigram(self, a: str, b: str) -> tuple[float, float, float, float]:
        """Scores of the pair for the token after `b`, for `b`, for `a`, for the token before `a`."""
        joined = f"{a} {b}"
        low = joined.lower()
        known = low in self._dictionary
        title = (self._one.get(a) or self._unigram(a))[5] and (self._one.get(b) or self._unigram(b))[5]
        p = self._pairs
        out = (
            p[0].score(joined, low, known, title),
            p[1].score(joined, low, known, title),
            p[2].score(joined, low, known, title),
            p[3].score(joined, low, known, title),
        )
        _remember(self._two, (a, b), out)
        return out

    def _trigram(self, a: str, b: str, c: str) -> tuple[float, float, float]:
        """Scores of the triple for `c`, `b`, `a`."""
        joined = f"{a} {b} {c}"
        low = joined.lower()
        known = low in self._dictionary
        one = self._one
        title = all((one.get(t) or self._unigram(t))[5] for t in (a, b, c))
        p = self._triples
        out = (
            p[0].score(joined, low, known, title),
            p[1].score(joined, low, known, title),
            p[2].score(joined, low, known, title),
        )
        _remember(self._three, (a, b, c), out)
        return out

    def _edges(self, tokens: Sequence[str], scores: list[float]) -> None:
        """Replace the scores of the two tokens at either end, whose features hold BOS or EOS, by the featurizer's own."""
        n = len(tokens)
        if n <= 6:
            rows = self._featurize(tokens)
            scores[:] = [sum(self._weights.get(f, 0.0) for f in row) for row in rows]
            return
        head, tail = self._featurize(tokens[:4]), self._featurize(tokens[-4:])
        for at, row in ((0, head[0]), (1, head[1]), (n - 2, tail[2]), (n - 1, tail[3])):
            scores[at] = sum(self._weights.get(f, 0.0) for f in row)

    def scores(self, tokens: Sequence[str]) -> list[float]:
        """For each token the score of I-W minus that of B-W, transitions apart."""
        n = len(tokens)
        scores = [0.0] * n
        if n > 6:
            one, two, three = self._one, self._two, self._three
            u = [one.get(t) or self._unigram(t) for t in tokens]
            b = [two.get(p) or self._bigram(*p) for p in pairwise(tokens)]
            c = [three.get(t) or self._trigram(*t) for t in zip(tokens, tokens[1:], tokens[2:], strict=False)]
            for i in range(2, n - 2):
                scores[i] = (
                    u[i - 2][0] + u[i - 1][1] + u[i][2] + u[i + 1][3] + u[i + 2][4]
                    + b[i - 2][0] + b[i - 1][1] + b[i][2] + b[i + 1][3]
                    + c[i - 2][0] + c[i - 1][1] + c[i][2]
                )  # fmt: skip
        self._edges(tokens, scores)
        return scores

    def continues(self, tokens: Sequence[str]) -> list[bool]:
        """Viterbi over the two labels. An empty sentence gives an empty list."""
        if not tokens:
            return []
        (bb, bi), (ib, ii) = self._transitions
        back: list[tuple[bool, bool]] = []
        begin, inside = 0.0, 0.0
        for at, score in enumerate(self.scores(tokens)):
            if at == 0:
                inside = score
                back.append((False, False))
                continue
            from_b, from_i = begin + bb, inside + ib
            to_b, to_i = begin + bi, inside + ii
            back.append((from_i > from_b, to_i > to_b))
            begin, inside = max(from_b, from_i), max(to_b, to_i) + score
        label = inside > begin
        out = [False] * len(tokens)
        for at in range(len(tokens) - 1, -1, -1):
            out[at] = label
            label = back[at][1] if label else back[at][0]
        return out
