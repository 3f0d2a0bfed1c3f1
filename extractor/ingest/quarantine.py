"""The quarantine: what `errors.jsonl` keeps of a bad article, and how it becomes a unit again."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from extractor.errors import ArticleError
from extractor.ingest.units import Options, Unit

_KEEP = (
    2_000_000  # bytes of an article that are kept in the quarantine itself; a larger one is named by file and position
)


def quarantined(unit: Unit, stage: str, reason: str) -> dict[str, Any]:
    """The line of `errors.jsonl` for a unit: id, stage, reason, where it came from, and the raw article where it is small."""
    row: dict[str, Any] = {
        "id": _id(unit),
        "stage": stage,
        "reason": reason,
        "file": unit.file,
        "position": unit.position,
        "kind": unit.kind,
    }
    if unit.name:
        row["name"] = unit.name
    if unit.url:
        row["url"] = unit.url
    if unit.data is None or unit.weight() > _KEEP:
        return row
    if isinstance(unit.data, Mapping):
        row["row"] = {k: v if isinstance(v, str | int | float | bool | None) else str(v) for k, v in unit.data.items()}
    else:
        try:
            row["raw"] = unit.data.decode("utf-8")
        except UnicodeDecodeError:
            row["base64"] = base64.b64encode(unit.data).decode("ascii")
    return row


def restore(row: Mapping[str, Any], file: str, number: int, options: Options) -> Unit:
    """The unit behind a line of `errors.jsonl`: from the line itself, else read again from its file."""
    kind, origin, position = row.get("kind", "bad"), str(row.get("file", file)), int(row.get("position", 0))
    name, url = row.get("name"), row.get("url")
    stage, reason = str(row.get("stage")), str(row.get("reason"))
    data: Any = None
    if isinstance(row.get("row"), dict):
        data = row["row"]
    elif "base64" in row:
        data = base64.b64decode(row["base64"])
    elif "raw" in row:
        data = str(row["raw"]).encode("utf-8")
    if kind == "bad" or (data is None and position):
        fresh = _again(origin, position, options)
        if fresh is not None:
            return fresh
        return Unit("bad", origin, position, data, name, url, stage, reason)
    return Unit(kind, origin, position, data, name, url)


def _again(file: str, position: int, options: Options) -> Unit | None:
    from extractor.ingest.readers import units
    from extractor.ingest.sources import Source
    from extractor.ingest.streams import suffixes

    if file == "-" or not position:
        return None
    try:
        for unit in units([Source(file, suffixes(file)[0])], options, lambda _: None):
            if unit.position == position:
                return unit
    except (ArticleError, Exception):
        return None
    return None


def _id(unit: Unit) -> str | None:
    if isinstance(unit.data, Mapping) and unit.data.get("id") not in (None, ""):
        return str(unit.data["id"])
    return unit.name
