"""Articles dealt over folds for cross-validation and cross-fitting; copies of one story come into one fold."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import combinations

from extractor.text import fold as folded

_WORDS = 8  # words of a shingle
_SHARED = 0.3  # share of the shorter article's shingles from which two articles are one story
_CROWD = 20  # articles; a shingle that more of them hold is a formula, not a story


def deal(articles: Sequence[tuple[str, str]], folds: int) -> list[int]:
    """The fold of each article (id, text): near-duplicates together, the folds of nearly equal size, the same in every run."""
    shingles = [_shingles(text) for _, text in articles]
    parent = list(range(len(articles)))

    def root(i: int) -> int:
        while parent[i] != i:
            i = parent[i]
        return i

    for (a, b), common in _common(shingles).items():
        if common > _SHARED * min(len(shingles[a]), len(shingles[b])):
            parent[root(a)] = root(b)
    groups: dict[int, list[int]] = defaultdict(list)
    for i in range(len(articles)):
        groups[root(i)].append(i)
    sizes = [0] * folds
    out = [0] * len(articles)
    for group in sorted(groups.values(), key=lambda g: _digest(articles[g[0]][0])):
        smallest = min(range(folds), key=lambda k: (sizes[k], k))
        sizes[smallest] += len(group)
        for i in group:
            out[i] = smallest
    return out


def _shingles(text: str) -> set[str]:
    words = folded(text).split()
    return {" ".join(words[i : i + _WORDS]) for i in range(max(1, len(words) - _WORDS + 1))}


def _common(shingles: Sequence[set[str]]) -> Counter[tuple[int, int]]:
    """How many shingles two articles share."""
    holders: dict[str, list[int]] = defaultdict(list)
    for i, own in enumerate(shingles):
        for shingle in own:
            holders[shingle].append(i)
    out: Counter[tuple[int, int]] = Counter()
    for group in holders.values():
        if 1 < len(group) <= _CROWD:
            out.update(combinations(group, 2))
    return out


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
