"""Several tellings of one value: whether they agree, and which one stands for them, by a rule that is told with it.

The rule, in this order: figures whose sentence states the period before those dated by their article; of these the report
published last, undated ones after all others; then an article of the figure's own province before others; an exact value
before one that is more, less or about; and what stands first.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

_CLOSE = 0.01  # of the larger: what "about" may be off
Value = tuple[float, float | None, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A value as one figure tells it; `article` is the same for reprints, `home` says that it is of the figure's own province."""

    at: int
    value: float
    value_max: float | None
    comparator: str
    article: str
    published: str | None
    stated: bool
    home: bool

    @property
    def said(self) -> Value:
        """The value with its doubt."""
        return self.value, self.value_max, self.comparator


@dataclass(frozen=True, slots=True)
class Decision:
    """What stands for a cell: `by` names what decided (`only`, `agreed`, `stated`, `newest`, `own-province`, `exact`, `first`);
    `agreement` is `one` article, `agree` or `conflict`; `values` are those told with their numbers of articles."""

    chosen: Told
    by: str
    agreement: str
    articles: int
    values: list[dict[str, Any]]


_ORDER: tuple[tuple[str, Callable[[Told], Any]], ...] = (
    ("stated", lambda t: t.stated),
    ("newest", lambda t: t.published or ""),
    ("own-province", lambda t: t.home),
    ("exact", lambda t: t.comparator == "eq"),
    ("first", lambda t: -t.at),
)


def compatible(one: Value, other: Value) -> bool:
    """Whether two values can both be true: over 90 % and 92 % can, 90.2 % and 92 % cannot."""
    (low, high), (below, above) = _range(one), _range(other)
    return low <= above and below <= high


def _range(said: Value) -> tuple[float, float]:
    value, top, comparator = said
    low, high = min(value, top if top is not None else value), max(value, top if top is not None else value)
    if comparator == "gt":
        return low, float("inf")
    if comparator == "lt":
        return float("-inf"), high
    slack = _CLOSE * max(abs(low), abs(high)) if comparator == "approx" else 0.0
    return low - slack, high + slack


def decide(told: Sequence[Told]) -> Decision:
    """Which telling stands for the others, and whether they agree. Raises `ValueError` for none."""
    if not told:
        raise ValueError("nothing is told")
    chosen, by = _choose(told)
    articles = len({t.article for t in told})
    said = list(dict.fromkeys(t.said for t in told))
    if len(said) == 1:
        by = "only" if articles == 1 else "agreed"
    agreement = "conflict" if not _agree(said) else "one" if articles == 1 else "agree"
    return Decision(chosen, by, agreement, articles, _counted(told, said))


def _choose(told: Sequence[Told]) -> tuple[Told, str]:
    """The telling that the rule leaves, and the part of the rule that decided."""
    left, by = list(told), "first"
    for name, rank in _ORDER:
        best = max(map(rank, left))
        kept = [t for t in left if rank(t) == best]
        if len({t.said for t in kept}) == 1:
            by = name if len({t.said for t in left}) > 1 else by
            left = kept
            break
        left = kept
    return max(left, key=lambda t: (t.comparator == "eq", t.published or "", t.home, -t.at)), by


def _agree(said: Sequence[Value]) -> bool:
    return all(compatible(a, b) for a, b in combinations(said, 2))


def _counted(told: Sequence[Told], said: Sequence[Value]) -> list[dict[str, Any]]:
    out = []
    for value, top, comparator in said:
        of = [t for t in told if t.said == (value, top, comparator)]
        articles = len({t.article for t in of})
        row = {"value": value, "value_max": top, "comparator": comparator, "articles": articles}
        out.append(row | {"figures": [t.at for t in of]})
    return sorted(out, key=lambda r: -r["articles"])
