"""The one place that drops mentions: between fields, and on lines that are not the article's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from extractor.covering import Spans
from extractor.models import Reading
from extractor.records import Item

I = TypeVar("I", bound=Item)  # noqa: E741


def outside(items: Sequence[I], reading: Reading, blockers: Iterable[Item], field: str, reason: str) -> list[I]:
    """Items that do not touch a blocker of another field; the others are logged with `reason`."""
    spans = Spans((b.start, b.end) for b in blockers)
    out: list[I] = []
    for item in items:
        if spans.meet(item.start, item.end):
            reading.drop(item.start, item.end, field, item.provenance.rule, reason)
        else:
            out.append(item)
    return out


def on_page(items: Sequence[I], reading: Reading, field: str) -> list[I]:
    """Items that do not stand in a menu, a share button or a list of related articles."""
    out: list[I] = []
    for item in items:
        if reading.is_boilerplate(item.start):
            reading.drop(item.start, item.end, field, item.provenance.rule, "line is boilerplate")
        else:
            out.append(item)
    return out
