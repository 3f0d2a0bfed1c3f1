"""A choice among candidates, of which one is right: a conditional logit with named features and trained weights.

Whoever asks gives each candidate as a list of feature names (`PREFIX:value`); "nothing" is a candidate like any other, with
features of its own. The weights are a plain table of names, so a decision can be explained by the names that made it.
Running needs NumPy alone; training needs SciPy, which the extra [train] brings.
"""

from __future__ import annotations

import json
import struct
from array import array
from collections import Counter
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from math import exp, log
from operator import add
from pathlib import Path
from typing import Any, cast

import numpy as np

from extractor.compiled import parsed
from extractor.errors import ModelError
from extractor.install import pip_install

Features = Sequence[str]
FORMAT = 1  # of the weights' file
_DATA = Path(__file__).parent / "data"  # the shipped files, of which is kept what they hold
_LAYOUT = f"rankers {FORMAT} 1"  # another one for every change of what `_plain` gives
_NOTHING = repeat(0.0)


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidate taken: its index, its probability in 0–1, and the probability of each candidate."""

    index: int
    confidence: float
    probabilities: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision to learn from: the candidates' features, the indices of those that are right, and its weight."""

    candidates: Sequence[Features]
    right: frozenset[int]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a product of probabilities into the share that is right: a line over its log-odds (Platt scaling)."""

    slope: float = 1.0
    intercept: float = 0.0

    def __call__(self, confidence: float) -> float:
        """The calibrated probability of a confidence in 0–1."""
        return 1 / (1 + exp(-(self.slope * _log_odds(confidence) + self.intercept)))


def _log_odds(confidence: float) -> float:
    p = min(max(confidence, 1e-4), 1 - 1e-4)
    return log(p / (1 - p))


class _Packed(Mapping[str, float]):
    """Weights by name as a file has them, a third of the size of a dictionary: enough for who reads them all once."""

    __slots__ = ("_names", "_values")

    def __init__(self, names: bytes, values: bytes) -> None:
        """`names` in UTF-8 with line breaks between them, `values` as single-precision numbers."""
        self._names, self._values = names, values

    def _table(self) -> dict[str, float]:
        values = np.frombuffer(self._values, np.float32).tolist()
        return dict(zip(self._names.decode("utf-8").split("\n"), values, strict=True))

    def __getitem__(self, name: str) -> float:
        return self._table()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self._values) // 4

    def items(self) -> ItemsView[str, float]:
        """All names with their weights, in the order of the file."""
        return self._table().items()

    def pairs(self) -> Iterator[tuple[str, float]]:
        """The same, one at a time."""
        begin = 0
        for (value,) in struct.iter_unpack("=f", self._values):
            end = self._names.find(b"\n", begin)
            name = self._names[begin:] if end < 0 else self._names[begin:end]
            yield name.decode("utf-8"), value
            begin = end + 1


@dataclass(slots=True)
class Ranker:
    """Weights by feature name; `temperature` divides the scores, so that a confidence is a share of right choices."""

    weights: Mapping[str, float]
    temperature: float = 1.0
    meta: dict[str, Any] = field(default_factory=dict)
    _labels: dict[str, array[float]] = field(default_factory=dict, repr=False, compare=False)
    _labelled: tuple[str, ...] = field(default=(), repr=False, compare=False)

    def score(self, features: Features) -> float:
        """The sum of the weights of `features`; a name that was never trained weighs nothing."""
        weights = self.weights if type(self.weights) is dict else self._unpacked()
        return sum(map(weights.get, features, _NOTHING))

    def _unpacked(self) -> dict[str, float]:
        if not isinstance(self.weights, dict):
            self.weights = dict(self.weights.items())
        return self.weights

    def choose(self, candidates: Sequence[Features]) -> Choice:
        """The best of `candidates` (the first among equals). Raises `ValueError` where there is none."""
        if not candidates:
            raise ValueError("no candidates to choose from")
        return self._best([self.score(c) for c in candidates])

    def choose_label(self, names: Features, labels: tuple[str, ...]) -> Choice:
        """The best of `labels` for one list of names: as `choose` over `labelled` of each, and much faster."""
        if self._labelled != labels:
            places = {label: i for i, label in enumerate(labels)}
            table: dict[str, array[float]] = {}
            nothing = array("d", [0.0] * len(labels))
            known = self.weights
            for feature, weight in known.pairs() if isinstance(known, _Packed) else known.items():
                label, _, name = feature.partition("|")
                if label in places:
                    table.setdefault(name, nothing[:])[places[label]] = weight
            self._labels, self._labelled = table, labels
        scores = [0.0] * len(labels)
        for name in names:
            if (weights := self._labels.get(name)) is not None:
                scores = list(map(add, scores, weights))
        return self._best(scores)

    def _best(self, scores: Sequence[float]) -> Choice:
        best = max(scores)
        parts = [exp((s - best) / self.temperature) for s in scores]
        total = sum(parts)
        index = scores.index(best)
        return Choice(index, parts[index] / total, tuple(p / total for p in parts))

    def reasons(self, features: Features, against: Features = (), *, top: int = 5) -> list[tuple[str, float]]:
        """The names that weigh most for `features` as against `against`, heaviest first, with their weights."""
        counts = Counter(features)
        counts.subtract(against)
        weights = self._unpacked()
        weighed = [(name, n * weights.get(name, 0.0)) for name, n in counts.items() if n]
        return sorted((x for x in weighed if x[1]), key=lambda x: -abs(x[1]))[:top]


def labelled(names: Features, label: str) -> list[str]:
    """The features of a label as a candidate: each name with the label before it."""
    return [f"{label}|{name}" for name in names]


def save(path: Path, rankers: Mapping[str, Ranker], meta: Mapping[str, Any]) -> None:
    """Write several rankers into one file (.npz): for each its names, weights and temperature, and `meta` for all."""
    arrays: dict[str, Any] = {}
    for key, ranker in rankers.items():
        names = sorted(ranker.weights)
        arrays[f"{key}.names"] = np.array("\n".join(names))
        arrays[f"{key}.weights"] = np.array([ranker.weights[n] for n in names], dtype=np.float32)
    about = {
        "format": FORMAT,
        **meta,
        "rankers": {
            k: {"temperature": r.temperature, "features": len(r.weights), **r.meta} for k, r in rankers.items()
        },
    }
    with path.open("wb") as file:
        np.savez_compressed(file, meta=np.array(json.dumps(about, ensure_ascii=False)), **arrays)


def load(path: Path) -> tuple[dict[str, Ranker], dict[str, Any]]:
    """The rankers of a file by name, and its meta data. Raises `ModelError` where the file is none of ours."""
    try:
        shipped = path.parent == _DATA
        given = parsed(path.read_bytes(), lambda _: _plain(path), _LAYOUT) if shipped else _plain(path)
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: not a file of ranker weights ({error})") from error
    about, kept = cast("tuple[str, dict[str, tuple[bytes, bytes]]]", given)
    meta = json.loads(about)
    return {key: Ranker(_Packed(*kept[key]), said["temperature"]) for key, said in meta["rankers"].items()}, meta


def _plain(path: Path) -> tuple[str, dict[str, tuple[bytes, bytes]]]:
    """What a file has, as values of plain types: its meta data, and names and weights of every ranker."""
    with np.load(path, allow_pickle=False) as data:
        about = str(data["meta"])
        meta = json.loads(about)
        if meta.get("format") != FORMAT:
            raise ModelError(f"{path}: weights of format {meta.get('format')}, this version reads {FORMAT}")
        kept: dict[str, tuple[bytes, bytes]] = {}
        for key in meta["rankers"]:
            names, weights = str(data[f"{key}.names"]), data[f"{key}.weights"].astype(np.float32)
            if names.count("\n") + 1 != len(weights):
                raise ValueError(f"{key}: {names.count(chr(10)) + 1} names, {len(weights)} weights")
            kept[key] = names.encode("utf-8"), weights.tobytes()
    return about, kept


def ensure_trainable() -> None:
    """Raise `ModelError` with what to install where SciPy is missing, before hours go into what needs it last."""
    from importlib.util import find_spec

    if find_spec("scipy") is None:
        raise ModelError(f"training needs SciPy: {pip_install('train')}")


class Material:
    """Decisions made into numbers once, so that several rankers can be fitted on parts of them (cross-validation).

    Decisions without a right candidate, or with no wrong one, teach nothing. Raises `ModelError` where SciPy is missing.
    """

    def __init__(self, decisions: Sequence[Decision]) -> None:
        ensure_trainable()
        from scipy.sparse import csr_matrix

        index: dict[str, int] = {}
        columns: list[int] = []
        pointers = [0]
        right: list[bool] = []
        for d in decisions:
            for k, candidate in enumerate(d.candidates):
                columns += [index.setdefault(name, len(index)) for name in candidate]
                pointers.append(len(columns))
                right.append(k in d.right)
        self.names = list(index)
        self.sizes = np.array([len(d.candidates) for d in decisions], dtype=int)
        self.starts = np.concatenate([[0], np.cumsum(self.sizes)])[:-1]
        self.right = np.array(right, dtype=bool)
        self.weight = np.array([d.weight for d in decisions])
        self.teaches = np.array([0 < len(d.right) < len(d.candidates) for d in decisions], dtype=bool)
        shape = (len(right), len(index))
        self._x = csr_matrix((np.ones(len(columns)), columns, pointers), shape=shape)
        owner = np.repeat(np.arange(len(decisions)), self.sizes)
        rows = np.repeat(owner, np.diff(pointers))
        seen = csr_matrix((np.ones(len(columns)), (rows, columns)), shape=(len(decisions), len(index)))
        self._seen = seen.sign()

    def fit(
        self, chosen: Sequence[int] | None = None, *, l2: float = 1.0, least: int = 2, smallest: float = 1e-3
    ) -> Ranker:
        """Weights that make the right candidates of the `chosen` decisions (None: of all) most likely.

        `l2` is the strength of the penalty, `least` how many decisions a name must stand in, `smallest` the weight below
        which a name is left out. Raises `ModelError` where nothing is left to learn from.
        """
        from scipy.optimize import minimize

        taught = [i for i in (range(len(self.sizes)) if chosen is None else chosen) if self.teaches[i]]
        if not taught:
            raise ModelError("no decision to learn from: each needs a right candidate and a wrong one")
        sizes, weight = self.sizes[taught], self.weight[taught]
        rows = np.concatenate([np.arange(self.starts[i], self.starts[i] + self.sizes[i]) for i in taught])
        kept = np.flatnonzero(np.asarray(self._seen[taught].sum(axis=0)).ravel() >= least)
        x, right = self._x[rows][:, kept], self.right[rows]
        offsets = np.concatenate([[0], np.cumsum(sizes)])[:-1]

        def loss(w: Any) -> tuple[float, Any]:
            scores = x @ w
            scores -= np.repeat(np.maximum.reduceat(scores, offsets), sizes)
            grown = np.exp(scores)
            total = np.add.reduceat(grown, offsets)
            hit = np.maximum(np.add.reduceat(np.where(right, grown, 0.0), offsets), 1e-300)
            share = grown / np.repeat(total, sizes)
            aim = np.where(right, grown / np.repeat(hit, sizes), 0.0)
            slope = x.T @ ((share - aim) * np.repeat(weight, sizes)) + l2 * w
            return float((weight * (np.log(total) - np.log(hit))).sum() + 0.5 * l2 * (w @ w)), slope

        found = minimize(loss, np.zeros(len(kept)), jac=True, method="L-BFGS-B", options={"maxiter": 200, "ftol": 1e-6})
        weights = {self.names[i]: float(w) for i, w in zip(kept, found.x, strict=True) if abs(w) >= smallest}
        return Ranker(weights, meta={"decisions": len(taught), "l2": l2, "least": least})


def fit(decisions: Sequence[Decision], *, l2: float = 1.0, least: int = 2) -> Ranker:
    """A ranker trained on `decisions` (see `Material.fit`). Raises `ModelError` where SciPy or anything to learn is missing."""
    return Material(decisions).fit(l2=l2, least=least)


def scaled(confidences: Sequence[float], right: Sequence[bool]) -> Calibration:
    """The calibration under which what was right of held-out decisions is most likely. Raises `ModelError` without SciPy."""
    ensure_trainable()
    from scipy.optimize import minimize

    x = np.array([_log_odds(c) for c in confidences])
    sign = np.where(np.array(right, dtype=bool), -1.0, 1.0)

    def loss(w: Any) -> float:
        return float(np.logaddexp(0, sign * (w[0] * x + w[1])).sum() + 0.5 * ((w[0] - 1) ** 2 + w[1] ** 2))

    slope, intercept = minimize(loss, np.array([1.0, 0.0])).x
    return Calibration(float(slope), float(intercept))
