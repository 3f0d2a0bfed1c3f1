"""Viterbi over a whole article at once: all stretches that can hold a label are decoded side by side.

Where `O` beats every other label by more than any transitions could give back, the best path must pass through `O`;
the sequences are cut there, which changes nothing in the result and leaves short stretches.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractor.ner.model import Chain, Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]


@lru_cache(maxsize=32)
def _prefer_inside(chain: Chain) -> tuple[Floats, Floats, Floats, Floats]:
    """What one row can add to a block of labels other than `O`, over staying with `O`, as weights to add to label scores.

    (at a block's first row after `O`, at its first row where a sequence begins, at any later row, at its exit into `O`).
    `B-` is given the surplus of `B-` to `I-` over `I-` to `I-` in advance, which leaves every path's sum as it is
    and keeps the bound of later rows low.
    """
    transitions = chain.transitions.astype(np.float64)
    stay = transitions[0, 0]
    surplus = np.zeros(len(chain.labels))
    for k, label in enumerate(chain.labels):
        inner = f"I-{label[2:]}"
        if label.startswith("B-") and inner in chain.labels:
            surplus[k] = transitions[k, chain.labels.index(inner)] - transitions[chain.labels.index(inner)].max()
    rest = transitions - surplus[:, None]
    later = surplus + rest[1:].max(0) - stay
    leave = max(float(np.max(rest[1:, 0])) - stay, -float(np.min(surplus[1:])))
    return tuple(np.asarray(x, np.float32) for x in (surplus + transitions[0] - stay, surplus, later, leave))  # type: ignore[return-value]


def stretches(scores: Floats, inside: Bools, chain: Chain) -> tuple[Ints, Ints]:
    """Half-open row ranges outside of which the best path is sure to be `O`.

    A row is in one when the best conceivable block of other labels through it is not worse than `O` throughout.
    """
    if len(chain.labels) == 1:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    first, opening, later, leave = _prefer_inside(chain)
    columns = np.ascontiguousarray(scores.T)  # a row a label: the best of them is found for all tokens at once
    gain = columns[1:] - columns[0]
    opens = inside.copy()
    opens[1:] &= ~inside[:-1]
    at = np.flatnonzero(opens)
    enter = (gain + first[1:, None]).max(0).astype(np.float64)
    enter[at] = (gain[:, at] + opening[1:, None]).max(0)
    going = (gain + later[1:, None]).max(0).astype(np.float64)
    enter[~inside] = going[~inside] = -1e5
    total = np.cumsum(going)
    forward = total + np.maximum.accumulate(enter - total)
    # The best continuation: the sum of `going` up to the block's last row.
    backward = np.maximum.accumulate(total[::-1])[::-1] - total
    open_rows = inside & (forward + backward + float(leave) + 1e-3 >= 0)
    edges = np.zeros(len(open_rows) + 2, np.int8)
    edges[1:-1] = open_rows
    turns = np.flatnonzero(edges[1:] != edges[:-1])
    return turns[::2], turns[1::2]


def viterbi(scores: Floats, inside: Bools, chain: Chain) -> tuple[Ints, Ints, Ints]:
    """(label numbers of every row, starts, ends of the stretches). Rows that are not `inside` part sequences and get 0."""
    labels = np.zeros(len(scores), np.int64)
    starts, ends = stretches(scores, inside, chain)
    if not starts.size:
        return labels, starts, ends
    transitions = chain.transitions
    sizes = ends - starts
    order = np.argsort(-sizes, kind="stable")
    first, size = starts[order], sizes[order]
    longest = int(size[0])
    # An `O` row before a stretch belongs to its sequence unless the sequence begins there; so with the row after it.
    before = (first > 0) & inside[first - 1]
    after = (first + size < len(scores)) & inside[np.minimum(first + size, len(scores) - 1)]
    active = np.searchsorted(-size, -np.arange(longest), side="left").tolist()  # stretches longer than t
    rows = np.minimum(first + np.arange(longest)[:, None], len(scores) - 1)
    emissions = scores[rows].transpose(0, 2, 1)  # a row a label, a column a stretch
    weights = transitions[:, :, None]
    paths = [emissions[0] + before * transitions[0, :, None]]
    for t in range(1, longest):
        n = active[t]
        paths.append(np.maximum.reduce(paths[-1][:, None, :n] + weights, 0) + emissions[t, :, :n])
    leaving = after * transitions[:, :1]
    current = np.zeros(len(first), np.int64)
    best = np.zeros(rows.shape, np.int64)
    for t in range(longest - 1, -1, -1):
        n = active[t + 1] if t + 1 < longest else 0
        if n:
            current[:n] = (paths[t][:, :n] + transitions[:, current[:n]]).argmax(0)
        if n < active[t]:  # stretches that end here
            current[n : active[t]] = (paths[t][:, n:] + leaving[:, n : active[t]]).argmax(0)
        best[t] = current
    within = np.arange(longest)[:, None] < size
    labels[rows[within]] = best[within]
    return labels, starts, ends


def marginals(scores: Floats, inside: Bools, chain: Chain, starts: Ints, ends: Ints) -> Floats:
    """The probability of every label at every row, by forward and backward sums over the stretches; `O` outside of them.

    What stands around a stretch is taken for `O`.
    """
    out = np.zeros((len(scores), len(chain.labels)), np.float32)
    out[:, 0] = 1
    if not starts.size:
        return out
    order = np.argsort(starts - ends, kind="stable")
    first, size = starts[order], (ends - starts)[order]
    longest = int(size[0])
    before = (first > 0) & inside[first - 1]
    after = (first + size < len(scores)) & inside[np.minimum(first + size, len(scores) - 1)]
    active = np.searchsorted(-size, -np.arange(longest), side="left").tolist()
    rows = np.minimum(first + np.arange(longest)[:, None], len(scores) - 1)
    found = scores[rows]
    emissions = np.exp(found - found.max(2, keepdims=True))
    transitions = np.exp(chain.transitions)
    closing = np.where(after[:, None], transitions[:, 0], np.float32(1))
    forward = np.ones_like(emissions)
    forward[0] = emissions[0] * np.where(before[:, None], transitions[0], np.float32(1))
    for t in range(1, longest):
        n = active[t]
        step = (forward[t - 1, :n] @ transitions) * emissions[t, :n]
        forward[t, :n] = step / np.add.reduce(step, 1, keepdims=True)
    backward = np.empty_like(emissions)
    backward[:] = closing
    back = transitions.T
    for t in range(longest - 2, -1, -1):
        n = active[t + 1]
        inner = (backward[t + 1, :n] * emissions[t + 1, :n]) @ back
        backward[t, :n] = inner / np.add.reduce(inner, 1, keepdims=True)
    within = np.arange(longest)[:, None] < size
    both = forward[within] * backward[within]
    out[rows[within]] = both / both.sum(1, keepdims=True)
    return out
