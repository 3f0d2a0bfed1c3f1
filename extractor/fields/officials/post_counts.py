"""How posts go elsewhere: counts over unlabelled news of which role stands in which body, and how bodies' words go on.

The file is made by `python -m extractor.training.post_counts`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from extractor.compiled import parsed
from extractor.ner.lexicon import DATA

FILE = DATA / "post_counts.tsv"


@dataclass(frozen=True, slots=True)
class PostCounts:
    """`held`: (role, head of the body) to how often; `inner`: two words within a body; `last`: the last word of one."""

    held: dict[tuple[str, str], int] = field(default_factory=dict)
    roles: dict[str, int] = field(default_factory=dict)
    inner: dict[tuple[str, str], int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)

    def fits(self, role: str, head: str) -> str:
        """How usual a body is for a role: `-` (the role is rare), or `0` (never) to `4` (in a third of its posts)."""
        total = self.roles.get(role, 0)
        if total < 5:
            return "-"
        share = self.held.get((role, head), 0) / total
        return "0" if not share else "1" if share < 0.01 else "2" if share < 0.05 else "3" if share < 0.33 else "4"

    def tie(self, word: str, following: str) -> str:
        """How a body goes on behind a word: how often it ends there, how often with the next word."""
        return f"{_level(self.last.get(word, 0))}{_level(self.inner.get((word, following), 0))}"


def _level(count: int) -> int:
    return 0 if count < 2 else 1 if count < 6 else 2 if count < 30 else 3


@lru_cache(maxsize=1)
def post_counts() -> PostCounts:
    """The shipped counts; empty ones where there is no file."""
    if not FILE.exists():
        return PostCounts()
    return PostCounts(*cast("tuple[Any, ...]", parsed(FILE.read_bytes(), _counts, "post counts 1")))


def _counts(data: bytes) -> tuple[dict[Any, int], ...]:
    """The tables of the file in the order of `PostCounts`; a word is one string wherever it stands."""
    out = PostCounts()
    one: dict[str, str] = {}
    for line in data.decode("utf-8").splitlines():
        table, first, other, count = line.split("\t")
        _add(out, table, one.setdefault(first, first), one.setdefault(other, other), int(count))
    return out.held, out.roles, out.inner, out.last


def _add(out: PostCounts, table: str, one: str, other: str, count: int) -> None:
    if table == "held":
        out.held[one, other] = count
        out.roles[one] = out.roles.get(one, 0) + count
    elif table == "inner":
        out.inner[one, other] = count
    else:
        out.last[one] = count
