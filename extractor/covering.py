"""Many stretches of a text, asked which of them hold an offset or begin within a stretch: by bisection."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Protocol, TypeVar


class _Begun(Protocol):
    @property
    def start(self) -> int: ...


Begun = TypeVar("Begun", bound=_Begun)


def begun_in(items: Sequence[Begun], start: int, end: int) -> Sequence[Begun]:
    """Of items in text order those that begin in `[start, end)`."""
    first = bisect_left(items, start, key=_start)
    return items[first : bisect_left(items, end, first, key=_start)]


def _start(item: _Begun) -> int:
    return item.start


class Spans:
    """Half-open stretches `[start, end)`, in any order, overlapping or not."""

    __slots__ = ("_ends", "_furthest", "_numbers", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        known = sorted((start, end, number) for number, (start, end) in enumerate(spans))
        self._starts = [start for start, _, _ in known]
        self._ends = [end for _, end, _ in known]
        self._numbers = [number for _, _, number in known]
        self._furthest = list(accumulate(self._ends, max))

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them begins at `start` or before and reaches to `end`."""
        k = bisect_right(self._starts, start) - 1
        return k >= 0 and self._furthest[k] >= end

    def meet(self, start: int, end: int) -> bool:
        """Whether one of them and `[start, end)` share a code point."""
        k = bisect_left(self._starts, end) - 1
        return k >= 0 and self._furthest[k] > start

    def meeting(self, start: int, end: int) -> list[int]:
        """The numbers, in the order in which they were given, of those that share a code point with `[start, end)`."""
        out, k = [], bisect_left(self._starts, end) - 1
        while k >= 0 and self._furthest[k] > start:
            if self._ends[k] > start:
                out.append(self._numbers[k])
            k -= 1
        return sorted(out)

    def end_around(self, at: int) -> int | None:
        """Where the last one begun around offset `at` ends; None where none is around it."""
        k = bisect_right(self._starts, at) - 1
        while k >= 0 and self._furthest[k] > at:
            if self._ends[k] > at:
                return self._ends[k]
            k -= 1
        return None
