"""The fields of an article laid over its text: segments with the items that cover them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any


@dataclass(frozen=True, slots=True)
class Mark:
    """One item to show in a text: its span, its field (the colour), what hovering says, and the page behind it."""

    start: int
    end: int
    field: str
    title: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of text; `field` and `link` are those of the shortest mark that covers it, `title` tells of all."""

    text: str
    field: str | None = None
    title: str | None = None
    link: str | None = None


def segments(text: str, marks: Iterable[Mark]) -> list[Segment]:
    """The text cut at every border of a mark, in order; the pieces join to the text again."""
    found = sorted(set(marks), key=lambda m: (m.start, m.end, m.field))
    borders = sorted({0, len(text), *(m.start for m in found), *(m.end for m in found)})
    out: list[Segment] = []
    active: list[Mark] = []
    at = 0
    for start, end in pairwise(borders):
        while at < len(found) and found[at].start <= start:
            active.append(found[at])
            at += 1
        active = [m for m in active if m.end > start]
        if not active:
            out.append(Segment(text[start:end]))
            continue
        inner = min(active, key=lambda m: m.end - m.start)
        title = "\n".join(dict.fromkeys(m.title for m in sorted(active, key=lambda m: m.end - m.start)))
        out.append(Segment(text[start:end], inner.field, title, inner.link))
    return out


# Columns of a field without words of its own that hovering need not repeat.
_PLAIN = frozenset({"id", "start", "end", "text", "layer", "rule", "confidence", "note", "candidates"})


def describe(field: str, row: Mapping[str, Any]) -> str:
    """What hovering over an item says: its value, its code, and the rule or model that gave it."""
    get = row.get
    parts: list[str] = []
    if field == "dates":
        parts = [get("value") or "?", _range(get("start_date"), get("end_date"))]
    elif field == "locations":
        parts = [f"{get('level')}: {get('name')}", f"code {get('code')}" if get("code") else "no code"]
    elif field == "documents":
        parts = [
            f"{get('type')} {get('number_full') or get('number') or ''}".strip(),
            get("issuer") or "",
            get("date") or "",
        ]
    elif field == "figures":
        far = f" – {get('value_max'):,.10g}" if get("value_max") is not None else ""
        parts = [
            f"{get('value'):,.10g}{far} {get('unit')}",
            f"{get('programme')} {get('indicator')}",
            get("status") or "",
            get("group") or "",
            get("place") or "",
            get("period") or "",
        ]
    elif field == "positions":
        parts = [get("name") or "", get("role") or "", get("body_resolved") or get("body") or ""]
    elif field == "officials":
        parts = [get("name") or ""]
    else:
        parts = [f"{key} {value}" for key, value in row.items() if key not in _PLAIN and value is not None]
    rule = f"{get('layer')}: {get('rule')} ({get('confidence'):.2f})" if get("rule") else ""
    return " · ".join(p for p in [*parts, rule] if p)


def _range(start: str | None, end: str | None) -> str:
    if not start and not end:
        return ""
    return start or "" if start == end else f"{start or '…'} – {end or '…'}"
