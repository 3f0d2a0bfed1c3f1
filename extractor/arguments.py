"""What callers hand over, checked at the door: a text is a string, a date is a date; an empty cell of a table is none."""

from __future__ import annotations

from datetime import date
from typing import Any

from extractor.errors import InputError, InputTypeError
from extractor.ingest.published import parse_published


def given_text(value: Any, name: str = "text") -> str:
    """The string itself. Raises `InputTypeError`, which says what to do with bytes and with empty cells."""
    if isinstance(value, str):
        return value
    hint = ""
    if isinstance(value, bytes):
        hint = "; decode it first, or write it to a file for extract_files"
    elif is_missing(value):
        hint = "; leave empty cells out"
    raise InputTypeError(f"{name} must be a string, not {type(value).__name__}{hint}")


def is_missing(value: Any) -> bool:
    """Whether a value is None, NaN, pandas' NaT or NA, or an empty string."""
    if value is None or type(value).__name__ in ("NaTType", "NAType"):
        return True
    return (isinstance(value, float) and value != value) or (isinstance(value, str) and not value.strip())


def given_date(value: Any, name: str = "published") -> date | None:
    """A date of a `date`, a datetime or pandas timestamp, or "2018-01-13"; None for an empty cell.

    Raises `InputError` for anything else.
    """
    if is_missing(value):
        return None
    if (day := parse_published(value)) is None:
        raise InputError(f"{name}={value!r}: not a date; write it as 2018-01-13")
    return day
