"""The quarantine: what `errors.jsonl` says of a bad article, and which articles of the inputs it names for another try.

A line is a reference – file and position, never the article itself – and it is followed in one direction only: among the
articles of inputs that were given, those it names are chosen. What stands in it opens no file.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.ingest.streams import is_url
from extractor.ingest.units import Unit

FORMAT = "extractor-quarantine-1"
Place = tuple[str, int]


def quarantined(unit: Unit, stage: str, reason: str) -> dict[str, Any]:
    """The line of `errors.jsonl` for a unit: id, stage, reason, and where it came from."""
    row: dict[str, Any] = {
        "format": FORMAT,
        "id": _id(unit),
        "stage": stage,
        "reason": reason,
        "file": unit.file,
        "position": unit.position,
        "kind": unit.kind,
    }
    if unit.url:
        row["url"] = unit.url
    return row


def is_entry(row: Any) -> bool:
    """Whether a JSON value is a line of a quarantine."""
    return isinstance(row, Mapping) and row.get("format") == FORMAT


def is_quarantine(path: Path) -> bool:
    """Whether a file is a run's quarantine: by its name, and by its first line."""
    if not (path.name == "errors.jsonl" or path.name.endswith(".errors.jsonl")) or not path.is_file():
        return False
    try:
        with path.open("rb") as stream:
            return is_entry(json.loads(stream.readline(10_000_000)))
    except (OSError, ValueError, RecursionError):
        return False


def place(file: str, position: int) -> Place:
    """What tells an article of the inputs: its file, however it was typed, and the position in it."""
    return (file if file == "-" or is_url(file) else os.path.abspath(file)), position


def named(file: str) -> frozenset[Place]:
    """The places that a quarantine names. Raises `InputError` for a file that is none."""
    out: set[Place] = set()
    try:
        with Path(file).open(encoding="utf-8") as stream:
            for number, line in enumerate(stream, 1):
                row = json.loads(line)
                if (
                    not is_entry(row)
                    or not isinstance(row.get("file"), str)
                    or not isinstance(row.get("position"), int)
                ):
                    raise InputError(
                        f"{file}, line {number}: not a quarantine of this version (an errors.jsonl of a run)"
                    )
                out.add(place(row["file"], row["position"]))
    except OSError as error:
        raise InputError(
            f"{file}: cannot be read ({error.strerror}); --retry takes the errors.jsonl of an earlier run"
        ) from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{file}: not a quarantine ({error})") from None
    return frozenset(out)


def _id(unit: Unit) -> str | None:
    if isinstance(unit.data, Mapping) and unit.data.get("id") not in (None, ""):
        return str(unit.data["id"])[:200]
    return unit.name
