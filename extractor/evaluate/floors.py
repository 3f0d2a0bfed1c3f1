"""Floors: the scores under which a run fails, pinned together with the hash of the gold they were measured on."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.evaluate.score import ROWS, Scores


def gold_hash(gold: list[Json]) -> str:
    """SHA-256 of the gold records, independent of their order, of the order of keys, and of texts beside them."""
    records = sorted(
        json.dumps({k: v for k, v in record.items() if k != "text"}, ensure_ascii=False, sort_keys=True)
        for record in gold
    )
    return hashlib.sha256("\n".join(records).encode("utf-8")).hexdigest()


def load_floors(path: Path) -> dict[str, Any]:
    """`{"gold_sha256": …, "floors": {row: number}}`; a plain `{row: number}` counts as floors without a hash."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such file") from None
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: not a JSON file of floors ({error})") from None
    if not isinstance(raw, dict):
        raise InputError(f"{path}: an object with 'floors' is expected")
    floors = raw if "floors" in raw else {"floors": raw}
    values = floors["floors"]
    if not isinstance(values, dict):
        raise InputError(f"{path}: 'floors' must map rows to numbers")
    for row, value in values.items():
        if row not in (*ROWS, "macro_f1"):
            raise InputError(f"{path}: no row named {row!r} (rows: macro_f1, {', '.join(ROWS)})")
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise InputError(f"{path}: the floor of {row} must be a number between 0 and 1")
        if not 0 <= value <= 1:
            raise InputError(f"{path}: the floor of {row} must lie between 0 and 1, not {value}")
    return floors


def check_hash(floors: dict[str, Any], gold: list[Json], path: Path) -> None:
    """Raises `InputError` when the floors were pinned on another gold."""
    pinned = floors.get("gold_sha256")
    if pinned and pinned != gold_hash(gold):
        raise InputError(f"{path}: the floors belong to another version of this gold; pin them again with --pin")


def below(floors: dict[str, Any], scores: Scores) -> list[str]:
    """One message for each row under its floor. Compared at four decimals, as printed in JSON."""
    return [
        f"{row}: {scores.value(row):.4f} is under its floor {float(floor):.4f}"
        for row, floor in floors["floors"].items()
        if round(scores.value(row), 4) < float(floor)
    ]


def pin(path: Path, gold: list[Json], scores: Scores, *, margin: float, allow_regression: bool) -> list[str]:
    """Write floors `margin` below the measured scores, with the hash of gold; returns the rows whose floor changed, in words.

    Raises `InputError` when a floor of the file would be lowered, or lost, without `allow_regression`.
    """
    old: dict[str, float] = load_floors(path)["floors"] if path.is_file() else {}
    rows = [row for row in ROWS if scores.rows[row].gold]
    new = {row: max(0.0, round(scores.value(row) - margin, 3)) for row in ("macro_f1", *rows)}
    if not allow_regression:
        new.update(
            {row: max(value, new[row]) for row, value in old.items() if row in new and scores.value(row) >= value}
        )
        lowered = [
            f"{row} {value:.3f} → {new.get(row, 0.0):.3f}" for row, value in old.items() if new.get(row, 0.0) < value
        ]
        if lowered:
            raise InputError(f"{path}: would lower {', '.join(lowered)}; give --allow-regression if that is meant")
    path.write_text(json.dumps({"gold_sha256": gold_hash(gold), "floors": new}, indent=2) + "\n", encoding="utf-8")
    return [f"{row}: {old.get(row, 0.0):.3f} → {value:.3f}" for row, value in new.items() if old.get(row) != value]
