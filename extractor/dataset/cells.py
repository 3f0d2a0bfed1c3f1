"""Values as cells of a spreadsheet: lists joined, and no cell that would be run as a formula."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?:[eE][+-]?\d+)?%?")


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe in front where one begins; numbers stay."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def plain(value: Any) -> str | int | float | bool | date | None:
    """A value as one cell: a list of strings joined by " | ", other lists and structs as JSON."""
    if isinstance(value, list | tuple):
        if all(isinstance(part, str) for part in value):
            return " | ".join(value) or None
        return json.dumps(value, ensure_ascii=False, default=str)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, dict) else value
