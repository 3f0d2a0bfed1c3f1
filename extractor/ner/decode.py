"""Viterbi over a whole article at once: all stretches that can hold a label are decoded side by side.

Where `O` beats every other label by more than any transitions could give back, the best path must pass through `O`;
the sequences are cut there, which changes nothing in the result and leaves short stretches.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from extractor.ner.model import Chain, Floats

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
_NEVER = -1e30  # the score of a label that a chain does not have


@lru_cache(maxsize=32)
def _prefer_inside(chain: Chain) -> tuple[Floats, Floats, Floats, np.float32]:
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
    column = [np.asarray(x, np.float32)[1:, None] for x in (surplus + transitions[0] - stay, surplus, later)]
    return column[0], column[1], column[2], np.float32(leave)


class Decoded(NamedTuple):
    """Best labels of all chains: `labels[k]` the label numbers of chain k's rows; chain, start and end of every stretch."""

    labels: Ints
    chains: Ints
    starts: Ints
    ends: Ints


def stretches(columns: Floats, inside: Bools, chains: Sequence[Chain]) -> tuple[Ints, Ints, Ints]:
    """(chain, start, end) of row ranges outside of which the best path is sure to be `O`, by chain and start.

    A row is in one when the best conceivable block of other labels through it is not worse than `O` throughout. `columns` has
    a row a label, the chains' labels one below the other: the best of them is found for all tokens at once.
    """
    size = len(inside)
    opens = inside.copy()
    opens[1:] &= ~inside[:-1]
    at, outside = np.flatnonzero(opens), ~inside
    enter, going = np.full((2, len(chains), size), -1e5)
    leaving = np.zeros((len(chains), 1))
    base = 0
    for k, chain in enumerate(chains):
        if len(chain.labels) > 1:
            first, opening, later, leave = _prefer_inside(chain)
            gain = columns[base + 1 : base + len(chain.labels)] - columns[base]
            np.maximum.reduce(gain + first, 0, out=enter[k])
            enter[k, at] = np.maximum.reduce(gain.take(at, axis=1) + opening, 0)
            np.maximum.reduce(gain + later, 0, out=going[k])
            leaving[k] = float(leave)
        base += len(chain.labels)
    enter[:, outside] = going[:, outside] = -1e5
    total = going.cumsum(1)
    forward = np.maximum.accumulate(enter - total, 1)
    forward += total
    # The best continuation: the sum of `going` up to the block's last row.
    backward = np.maximum.accumulate(total[:, ::-1], 1)[:, ::-1] - total
    edges = np.zeros((len(chains), size + 2), np.int8)
    np.logical_and(forward + backward + leaving + 1e-3 >= 0, inside, out=edges[:, 1:-1], casting="unsafe")
    flat = edges.ravel()
    turns = np.flatnonzero(flat[1:] != flat[:-1])
    number, rows = np.divmod(turns, size + 2)
    return number[::2], rows[::2], rows[1::2]


@lru_cache(maxsize=8)
def _joined(chains: tuple[Chain, ...]) -> tuple[Floats, Ints]:
    """The transitions of all chains and the columns of their labels, filled up to the most labels that one of them has.

    What fills up points behind the last column, where nothing can win.
    """
    most, width = max(len(c.labels) for c in chains), sum(len(c.labels) for c in chains)
    transitions = np.zeros((len(chains), most, most), np.float32)
    columns = np.full((len(chains), most), width, np.int64)
    base = 0
    for k, chain in enumerate(chains):
        n = len(chain.labels)
        transitions[k, :n, :n] = chain.transitions
        columns[k, :n] = np.arange(base, base + n)
        base += n
    return transitions, columns


def viterbi(scores: Floats, inside: Bools, chains: tuple[Chain, ...]) -> Decoded:
    """The best labels of all chains. Rows that are not `inside` part sequences and get 0.

    `scores` has a row a token and a column a label, the chains' labels side by side.
    """
    labels = np.zeros((len(chains), len(scores)), np.int64)
    columns = np.full((scores.shape[1] + 1, len(scores)), _NEVER, np.float32)
    columns[:-1] = scores.T
    number, starts, ends = stretches(columns, inside, chains)
    if not starts.size:
        return Decoded(labels, number, starts, ends)
    transitions, places = _joined(chains)
    sizes = ends - starts
    order = np.argsort(-sizes, kind="stable")
    chain, first, size = number[order], starts[order], sizes[order]
    longest = int(size[0])
    # An `O` row before a stretch belongs to its sequence unless the sequence begins there; so with the row after it.
    before = (first > 0) & inside[first - 1]
    after = (first + size < len(scores)) & inside[np.minimum(first + size, len(scores) - 1)]
    active = np.searchsorted(-size, -np.arange(longest), side="left").tolist()  # stretches longer than t
    rows = np.minimum(first + np.arange(longest)[:, None], len(scores) - 1)
    emissions = columns[places[chain].T, rows[:, None, :]]  # a row a label, a column a stretch
    weights = np.ascontiguousarray(transitions[chain].transpose(1, 2, 0))
    paths = [emissions[0] + before * weights[0]]
    for t in range(1, longest):
        n = active[t]
        paths.append(np.maximum.reduce(paths[-1][:, None, :n] + weights[:, :, :n], 0) + emissions[t, :, :n])
    leaving = after * weights[:, 0]
    current = np.zeros(len(first), np.int64)
    best = np.zeros(rows.shape, np.int64)
    each = np.arange(len(first))
    for t in range(longest - 1, -1, -1):
        n = active[t + 1] if t + 1 < longest else 0
        if n:
            current[:n] = (paths[t][:, :n] + weights[:, current[:n], each[:n]]).argmax(0)
        if n < active[t]:  # stretches that end here
            current[n : active[t]] = (paths[t][:, n:] + leaving[:, n : active[t]]).argmax(0)
        best[t] = current
    within = np.arange(longest)[:, None] < size
    labels[np.broadcast_to(chain, rows.shape)[within], rows[within]] = best[within]
    return Decoded(labels, number, starts, ends)


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
