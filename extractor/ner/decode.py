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
    order = np.argsort(starts - ends, kind="stable")
    chain, first, size = number[order], starts[order], (ends - starts)[order]
    before, after = _goes_on(first, size, inside)
    weights = np.ascontiguousarray(transitions[chain].transpose(1, 2, 0))
    active, begins, own, rows = _steps(first, size)
    paths = columns[places[chain.take(own)].T, rows]  # a row a label, a column a row of a stretch
    paths[:, : len(first)] += before * weights[0]
    at = 0
    for n, begin in zip(active[1:].tolist(), begins[1:].tolist(), strict=True):
        best = np.maximum.reduce(paths[:, None, at : at + n] + weights[:, :, :n], 0)
        paths[:, begin : begin + n] += best
        at = begin
    last = begins.take(size - 1) + np.arange(len(size))
    chosen = (paths[:, last] + after * weights[:, 0]).argmax(0).tolist()
    back = [(paths + weights[:, label, own]).argmax(0).tolist() for label in range(len(weights))]
    labels[chain.take(own), rows] = _traced(chosen, back, size.tolist(), begins.tolist())
    return Decoded(labels, number, starts, ends)


def _goes_on(first: Ints, size: Ints, inside: Bools) -> tuple[Bools, Bools]:
    """Whether an `O` row of its sequence stands before a stretch, and whether one stands after it."""
    last = len(inside) - 1
    return (first > 0) & inside[first - 1], (first + size <= last) & inside[np.minimum(first + size, last)]


def _steps(first: Ints, size: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """The rows of stretches, longest first, one below the other: first rows of all, second rows of those that have one, and so on.

    (stretches that have a row t, where row t of the first one stands, the stretch of each, its row of the article)
    """
    active = np.searchsorted(-size, -np.arange(int(size[0])), side="left")
    begins = active.cumsum() - active
    own = np.arange(int(size.sum())) - begins.repeat(active)
    return active, begins, own, first.take(own) + np.arange(len(active)).repeat(active)


def _traced(chosen: list[int], back: list[list[int]], sizes: list[int], begins: list[int]) -> list[int]:
    """The labels of all rows: from each stretch's last label back by `back[label][row]`, the best label of a row before it."""
    found = [0] * len(back[0])
    for stretch, label in enumerate(chosen):
        for t in range(sizes[stretch] - 1, 0, -1):
            found[begins[t] + stretch] = label
            label = back[label][begins[t - 1] + stretch]
        found[stretch] = label
    return found


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
    before, after = _goes_on(first, size, inside)
    active, begins, _, rows = _steps(first, size)
    counts, at = active.tolist(), begins.tolist()
    found = scores[rows]
    emissions = np.exp(found - found.max(1, keepdims=True))
    transitions = np.exp(chain.transitions)
    forward = np.ones_like(emissions)
    forward[: len(first)] = emissions[: len(first)] * np.where(before[:, None], transitions[0], np.float32(1))
    for t, n in enumerate(counts[1:], 1):
        step = (forward[at[t - 1] : at[t - 1] + n] @ transitions) * emissions[at[t] : at[t] + n]
        forward[at[t] : at[t] + n] = step / np.add.reduce(step, 1, keepdims=True)
    closing = np.where(after[:, None], transitions[:, 0], np.float32(1))
    backward = np.empty_like(emissions)
    for n, begin in zip(counts, at, strict=True):
        backward[begin : begin + n] = closing[:n]
    back = transitions.T
    for t in range(len(counts) - 2, -1, -1):
        n, after_it = counts[t + 1], at[t + 1]
        inner = (backward[after_it : after_it + n] * emissions[after_it : after_it + n]) @ back
        backward[at[t] : at[t] + n] = inner / np.add.reduce(inner, 1, keepdims=True)
    both = forward * backward
    out[rows] = both / both.sum(1, keepdims=True)
    return out
