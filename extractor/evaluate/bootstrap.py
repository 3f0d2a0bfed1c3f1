"""Bootstrap confidence intervals over articles: the article is what is sampled, as errors inside one article hang together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.evaluate.score import RECALL_ONLY, ROWS, STARRED, ArticleScore

Array = NDArray[np.float64]
SAMPLES = 1000
SEED = 20180113


@dataclass(frozen=True, slots=True)
class Interval:
    """Bounds of the central 95 % of the resampled values."""

    low: float
    high: float


def _counts(articles: Sequence[ArticleScore]) -> Array:
    """Correct, predicted and gold per article and row: shape (articles, rows, 3)."""
    out = np.zeros((len(articles), len(ROWS), 3))
    for i, article in enumerate(articles):
        for j, row in enumerate(ROWS):
            if tally := article.tallies.get(row):
                out[i, j] = tally.correct, tally.predicted, tally.gold
    return out


def _weights(articles: int, samples: int, seed: int) -> Array:
    """How often each article stands in each sample: shape (samples, articles)."""
    draws = np.random.default_rng(seed).multinomial(articles, np.full(articles, 1 / articles), size=samples)
    return draws.astype(np.float64)


def _values(sums: Array) -> Array:
    """Headline value of every row, and the macro F1 as the last column: (samples, rows, 3) → (samples, rows + 1)."""
    correct, predicted, gold = sums[..., 0], sums[..., 1], sums[..., 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        recall = np.where(gold > 0, correct / gold, 1.0)
        both = predicted + gold
        f1 = np.where(both > 0, 2 * correct / both, 1.0)
    recall_only = np.array([row in RECALL_ONLY for row in ROWS])
    rows = np.where(recall_only, recall, f1)
    starred = [ROWS.index(row) for row in STARRED]
    present = gold[:, starred] > 0
    macro = (rows[:, starred] * present).sum(axis=1) / np.maximum(1, present.sum(axis=1))
    return np.concatenate([rows, macro[:, None]], axis=1)


def _resample(articles: Sequence[ArticleScore], samples: int, seed: int) -> Array:
    counts = _counts(articles)
    sums = _weights(len(articles), samples, seed) @ counts.reshape(len(articles), -1)
    return _values(sums.reshape(samples, len(ROWS), 3))


def _bounds(values: Array) -> dict[str, Interval]:
    low, high = np.percentile(values, [2.5, 97.5], axis=0)
    return {row: Interval(float(low[j]), float(high[j])) for j, row in enumerate((*ROWS, "macro_f1"))}


def intervals(articles: Sequence[ArticleScore], *, samples: int = SAMPLES, seed: int = SEED) -> dict[str, Interval]:
    """95 % interval of every row's headline and of `macro_f1`. Empty with fewer than two articles."""
    return _bounds(_resample(articles, samples, seed)) if len(articles) > 1 else {}


@dataclass(frozen=True, slots=True)
class Difference:
    """Run B minus run A on the same articles: the difference, its interval, and the share of samples in which B is not better."""

    delta: float
    low: float
    high: float
    p: float


def paired(
    a: Sequence[ArticleScore], b: Sequence[ArticleScore], *, samples: int = SAMPLES, seed: int = SEED
) -> dict[str, Difference]:
    """Paired bootstrap of B − A by row and for `macro_f1`; both runs are drawn with the same articles.

    `p` is two-sided: twice the smaller share of samples on either side of zero, at most 1.
    """
    if [x.id for x in a] != [x.id for x in b]:
        raise ValueError("both runs must be scored on the same articles in the same order")
    if not a:
        return {}
    whole_a, whole_b = (_values(_counts(run).sum(axis=0)[None])[0] for run in (a, b))
    differences = _resample(b, samples, seed) - _resample(a, samples, seed)
    bounds = _bounds(differences)
    out: dict[str, Difference] = {}
    for j, row in enumerate((*ROWS, "macro_f1")):
        column = differences[:, j]
        p = min(1.0, 2 * min(float((column <= 0).mean()), float((column >= 0).mean())))
        out[row] = Difference(float(whole_b[j] - whole_a[j]), bounds[row].low, bounds[row].high, p)
    return out
