"""Words of an article around an item: its sentence where the dataset knows it, else its line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_ROOM = 220  # characters on either side of an item


@dataclass(frozen=True, slots=True)
class Quote:
    """Text before an item, the item, text after it."""

    before: str
    found: str
    after: str


def quote(text: str, item: Mapping[str, Any]) -> Quote:
    """An item's sentence, or its line, cut to `_ROOM` characters on either side at a blank, with an ellipsis where it is cut.

    Args:
        text: the article's text.
        item: a row with `start` and `end`, and `sentence_start` and `sentence_end` where they are known.
    """
    start, end = item["start"], item["end"]
    first, last = item.get("sentence_start"), item.get("sentence_end")
    if first is None or last is None:
        first = text.rfind("\n", 0, start) + 1
        last = text.find("\n", end)
        last = len(text) if last < 0 else last
    before, after = text[first:start], text[end:last]
    if len(before) > _ROOM:
        before = "…" + before[-_ROOM:].partition(" ")[2]
    if len(after) > _ROOM:
        after = after[:_ROOM].rpartition(" ")[0] + "…"
    return Quote(
        " ".join(before.split()) + _gap(before, last=True), text[start:end], _gap(after) + " ".join(after.split())
    )


def _gap(text: str, *, last: bool = False) -> str:
    edge = text[-1:] if last else text[:1]
    return " " if edge.isspace() else ""
