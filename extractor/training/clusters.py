"""Clusters of syllables induced from unlabelled articles: which syllables stand in the same company.

A type is a folded syllable with its form (`hải/Xx` and `hải/x` are two). Its vector is the positive pointwise mutual
information with the frequent types left and right of it, reduced by a randomised singular value decomposition, and
clustered by k-means at two sizes. Everything is seeded, so that the same texts give the same clusters.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from extractor.ner.forms import type_of
from extractor.syllables import TOKEN

MIN_COUNT = 20
CONTEXTS = 1500
DIMENSIONS = 48
SIZES = (64, 320)
SEED = 17

Matrix = NDArray[np.float32]


def _streams(texts: Iterable[str]) -> list[list[str]]:
    return [[type_of(m.group()) for m in TOKEN.finditer(line)] for text in texts for line in text.split("\n")]


def _vectors(streams: Sequence[Sequence[str]], types: Sequence[str]) -> Matrix:
    """PPMI vectors of `types` over left and right neighbours, reduced to `DIMENSIONS` columns of unit rows."""
    index = {t: i for i, t in enumerate(types)}
    contexts = min(CONTEXTS, len(types))
    table = np.zeros((len(types), 2 * contexts), np.float32)
    for stream in streams:
        ids = np.array([index.get(t, -1) for t in stream], np.int64)
        for side, here, there in ((0, ids[1:], ids[:-1]), (contexts, ids[:-1], ids[1:])):
            good = (here >= 0) & (there >= 0) & (there < contexts)
            np.add.at(table, (here[good], there[good] + side), 1)
    total = table.sum()
    rows, columns = table.sum(1, keepdims=True), table.sum(0, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        table = np.log(table * total / (rows * columns**0.75 * (columns.sum() / (columns**0.75).sum())))
    table[~np.isfinite(table) | (table < 0)] = 0
    random = np.random.default_rng(SEED)
    sketch = table @ random.standard_normal((table.shape[1], DIMENSIONS + 16)).astype(np.float32)
    for _ in range(2):
        sketch, _r = np.linalg.qr(table @ (table.T @ sketch))
    u, s, _v = np.linalg.svd(sketch.T @ table, full_matrices=False)
    out = (sketch @ u[:, :DIMENSIONS]) * np.sqrt(s[:DIMENSIONS])
    norms = np.linalg.norm(out, axis=1, keepdims=True)
    return np.asarray(out / np.maximum(norms, 1e-9), np.float32)


def _kmeans(vectors: Matrix, k: int) -> NDArray[np.int64]:
    """Spherical k-means, 25 rounds from seeded rows."""
    k = min(k, len(vectors))
    random = np.random.default_rng(SEED)
    centres = vectors[random.choice(len(vectors), k, replace=False)]
    labels = np.zeros(len(vectors), np.int64)
    for _ in range(25):
        labels = np.argmax(vectors @ centres.T, axis=1)
        sums = np.zeros_like(centres)
        np.add.at(sums, labels, vectors)
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        centres = np.where(norms > 0, sums / np.maximum(norms, 1e-9), centres)
    return labels


def induce(texts: Iterable[str]) -> dict[str, tuple[int, int, int]]:
    """Clusters of every type that stands at least `MIN_COUNT` times: (coarse, fine, tenths of capitalised occurrences)."""
    streams = _streams(texts)
    counts = Counter(t for stream in streams for t in stream)
    types = [t for t, n in counts.most_common() if n >= MIN_COUNT]
    vectors = _vectors(streams, types)
    coarse, fine = (_kmeans(vectors, size) for size in SIZES)
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for stream in streams:
        for i, t in enumerate(stream):
            word, _, form = t.rpartition("/")
            if i and word and stream[i - 1].endswith("/x"):
                (capital if form == "Xx" else small)[word] += form in ("x", "Xx")
    out: dict[str, tuple[int, int, int]] = {}
    for i, t in enumerate(types):
        word = t.rpartition("/")[0]
        seen = small[word] + capital[word]
        out[t] = (int(coarse[i]), int(fine[i]), round(10 * capital[word] / seen) if seen >= 5 else -1)
    return out
