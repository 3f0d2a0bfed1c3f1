"""A choice among candidates, of which one is right: a conditional logit with named features and trained weights.

Whoever asks gives each candidate as a list of feature names (`PREFIX:value`); "nothing" is a candidate like any other, with
features of its own. The weights are a plain table of names, so a decision can be explained by the names that made it.
Running needs NumPy alone; `fit` needs SciPy (`pip install extractor[train]`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

from extractor.errors import ModelError

Features = Sequence[str]
FORMAT = 1  # of the weights' file


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


@dataclass(slots=True)
class Ranker:
    """Weights by feature name; `temperature` divides the scores, so that a confidence is a share of right choices."""

    weights: dict[str, float]
    temperature: float = 1.0
    meta: dict[str, Any] = field(default_factory=dict)

    def score(self, features: Features) -> float:
        """The sum of the weights of `features`; a name that was never trained weighs nothing."""
        get = self.weights.get
        return sum(get(name, 0.0) for name in features)

    def choose(self, candidates: Sequence[Features]) -> Choice:
        """The best of `candidates` (the first among equals). Raises `ValueError` where there is none."""
        if not candidates:
            raise ValueError("no candidates to choose from")
        scores = [self.score(c) / self.temperature for c in candidates]
        best = max(scores)
        parts = [exp(s - best) for s in scores]
        total = sum(parts)
        index = scores.index(best)
        return Choice(index, parts[index] / total, tuple(p / total for p in parts))

    def reasons(self, features: Features, against: Features = (), *, top: int = 5) -> list[tuple[str, float]]:
        """The names that weigh most for `features` as against `against`, heaviest first, with their weights."""
        counts = Counter(features)
        counts.subtract(against)
        weighed = [(name, n * self.weights.get(name, 0.0)) for name, n in counts.items() if n]
        return sorted((x for x in weighed if x[1]), key=lambda x: -abs(x[1]))[:top]


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
        with np.load(path, allow_pickle=False) as data:
            meta = json.loads(str(data["meta"]))
            if meta.get("format") != FORMAT:
                raise ModelError(f"{path}: weights of format {meta.get('format')}, this version reads {FORMAT}")
            out = {}
            for key, about in meta["rankers"].items():
                names = str(data[f"{key}.names"]).split("\n")
                weights = dict(zip(names, data[f"{key}.weights"].tolist(), strict=True))
                out[key] = Ranker(weights, about["temperature"])
    except (OSError, KeyError, ValueError) as error:
        raise ModelError(f"{path}: not a file of ranker weights ({error})") from error
    return out, meta


def fit(decisions: Sequence[Decision], *, l2: float = 1.0, least: int = 2, smallest: float = 1e-3) -> Ranker:
    """Weights that make the right candidates of `decisions` most likely.

    `l2` is the strength of the penalty, `least` how many decisions a name must stand in, `smallest` the weight below which a
    name is left out. Decisions without a right candidate, or with no wrong one, teach nothing and are skipped. Raises
    `ModelError` where SciPy is missing or nothing is left to learn from.
    """
    try:
        from scipy.optimize import minimize
        from scipy.sparse import csr_matrix
    except ImportError as error:
        raise ModelError("training needs SciPy: pip install 'extractor[train]'") from error

    taught = [d for d in decisions if 0 < len(d.right) < len(d.candidates)]
    if not taught:
        raise ModelError("no decision to learn from: each needs a right candidate and a wrong one")
    seen = Counter(name for d in taught for name in {n for c in d.candidates for n in c})
    index = {name: i for i, name in enumerate(sorted(n for n, k in seen.items() if k >= least))}
    rows, columns, right, starts, at = [], [], [], [], 0
    for d in taught:
        starts.append(at)
        for k, candidate in enumerate(d.candidates):
            known = [index[n] for n in candidate if n in index]
            columns += known
            rows += [at] * len(known)
            right.append(k in d.right)
            at += 1
    x = csr_matrix((np.ones(len(rows)), (rows, columns)), shape=(at, len(index)))
    is_right, offsets = np.array(right), np.array(starts)
    sizes = np.diff([*starts, at])
    weight = np.array([d.weight for d in taught])

    def loss(w: Any) -> tuple[float, Any]:
        scores = x @ w
        scores -= np.repeat(np.maximum.reduceat(scores, offsets), sizes)
        grown = np.exp(scores)
        total = np.add.reduceat(grown, offsets)
        hit = np.add.reduceat(np.where(is_right, grown, 0.0), offsets)
        hit = np.maximum(hit, 1e-300)
        share = grown / np.repeat(total, sizes)
        aim = np.where(is_right, grown / np.repeat(hit, sizes), 0.0)
        slope = x.T @ ((share - aim) * np.repeat(weight, sizes)) + l2 * w
        return float((weight * (np.log(total) - np.log(hit))).sum() + 0.5 * l2 * (w @ w)), slope

    found = minimize(loss, np.zeros(len(index)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    weights = {name: float(found.x[i]) for name, i in index.items() if abs(found.x[i]) >= smallest}
    return Ranker(weights, meta={"decisions": len(taught), "l2": l2, "least": least})


def calibrate(ranker: Ranker, held_out: Sequence[Decision]) -> Ranker:
    """The ranker with the temperature that makes held-out right candidates most likely; its choices stay the same."""
    usable = [d for d in held_out if 0 < len(d.right) < len(d.candidates)]

    def loss(temperature: float) -> float:
        out = 0.0
        for d in usable:
            scores = np.array([ranker.score(c) for c in d.candidates]) / temperature
            grown = np.exp(scores - scores.max())
            out -= d.weight * float(np.log(max(grown[sorted(d.right)].sum() / grown.sum(), 1e-12)))
        return out

    grid = [0.5 * 1.12**k for k in range(20)]  # 0.5 … 4.3
    return Ranker(ranker.weights, min(grid, key=loss), ranker.meta)
