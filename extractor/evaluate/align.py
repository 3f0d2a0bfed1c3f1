"""One-to-one alignment of gold and predicted mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
PLACING = frozenset({"text", "spans", "occurrences"})  # keys of an item of gold that tell where it is
OUTPUT = frozenset({"start", "end", "provenance"})  # and those that output records alone have


@dataclass(frozen=True, slots=True)
class Marked:
    """One mention: half-open `[start, end)` in code points, and the item it belongs to."""

    start: int
    end: int
    item: Mapping[str, Any]

    @property
    def span(self) -> tuple[int, int]:
        """`(start, end)`."""
        return self.start, self.end


@dataclass(frozen=True, slots=True)
class Alignment:
    """Indexes of the pairs, and of what stayed alone on either side, in text order."""

    pairs: tuple[tuple[int, int], ...]
    missed: tuple[int, ...]
    spurious: tuple[int, ...]


def spans_of(item: Mapping[str, Any]) -> list[tuple[int, int]]:
    """All spans of a gold item (`spans`) or the one span of a predicted item (`start`, `end`)."""
    if "spans" in item:
        return [(int(a), int(b)) for a, b in item["spans"]]
    return [(int(item["start"]), int(item["end"]))]


def mentions_of(item: Mapping[str, Any]) -> list[tuple[int, int]]:
    """All spans of an item of either kind, those of a predicted person's `mentions` among them; none where it has no place."""
    if item.get("mentions"):
        return [(int(m["start"]), int(m["end"])) for m in item["mentions"]]
    return spans_of(item) if "start" in item or "spans" in item else []


def marked(items: Iterable[Mapping[str, Any]] | None) -> list[Marked]:
    """One mention a span, in text order."""
    out = [Marked(a, b, item) for item in items or () for a, b in spans_of(item)]
    return sorted(out, key=lambda m: m.span)


def outermost(mentions: Sequence[Marked]) -> list[Marked]:
    """Mentions that do not lie inside a longer one.

    A gold string stands for all its occurrences, so "Hà Nội" is also found inside the gold mention "TP. Hà Nội".
    """

    def inside(m: Marked) -> bool:
        return any(n.start <= m.start and m.end <= n.end and n.end - n.start > m.end - m.start for n in mentions)

    return [m for m in mentions if not inside(m)]


def overlap(a: Marked, b: Marked) -> int:
    """Shared code points of two mentions."""
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def touches(mention: Marked, others: Iterable[Marked]) -> bool:
    """Whether `mention` shares a code point with any of `others`."""
    return any(overlap(mention, other) for other in others)


def align(
    gold: Sequence[Marked],
    predicted: Sequence[Marked],
    *,
    alike: Callable[[Mapping[str, Any], Mapping[str, Any]], int] = lambda g, p: 0,
) -> Alignment:
    """Pair mentions that overlap, each at most once: exact spans first, then the largest overlap, then the most `alike` values."""
    candidates = sorted(
        (
            (g.span != p.span, -shared, -alike(g.item, p.item), i, j)
            for i, g in enumerate(gold)
            for j, p in enumerate(predicted)
            if (shared := overlap(g, p))
        ),
    )
    pairs: list[tuple[int, int]] = []
    free_gold, free_predicted = set(range(len(gold))), set(range(len(predicted)))
    for *_, i, j in candidates:
        if i in free_gold and j in free_predicted:
            pairs.append((i, j))
            free_gold.discard(i)
            free_predicted.discard(j)
    return Alignment(tuple(sorted(pairs)), tuple(sorted(free_gold)), tuple(sorted(free_predicted)))
