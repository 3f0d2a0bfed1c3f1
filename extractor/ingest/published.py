"""The publication date as an input gives it, to a `date`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import regex

_ISO = regex.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_VIETNAMESE = regex.compile(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*((?:19|20)\d\d)(?!\d)")
_COMPACT = regex.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$")


def parse_published(value: Any) -> date | None:
    """A `date` from ISO ("2018-01-13T08:00+07:00"), day-first ("13/01/2018 08:30"), compact ("20180113"), a date object or
    epoch seconds (or milliseconds), read as Vietnamese time; None for anything else, and outside 1900–2099. The time of day
    is dropped as written."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, date):  # of a table's year 1 or 9999 nothing can be reckoned
        day = value.date() if isinstance(value, datetime) else value
        return day if 1900 <= day.year <= 2099 else None
    if isinstance(value, int | float):
        text = str(int(value)) if value == value and abs(value) < 1e15 else ""
        if match := _COMPACT.match(text):
            return _day(match[1], match[2], match[3])
        return _epoch(float(value)) if text else None
    text = str(value).strip()
    if match := _ISO.search(text) or _COMPACT.match(text):
        return _day(match[1], match[2], match[3])
    if match := _VIETNAMESE.search(text):
        return _day(match[3], match[2], match[1])
    return _epoch(float(text)) if text.isdecimal() and len(text) in (10, 13) else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _epoch(seconds: float) -> date | None:
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 6e8 < seconds < 4e9:
        return None
    # Vietnam keeps UTC+7 all year; the machine's own zone must not change a record.
    return date.fromordinal(date(1970, 1, 1).toordinal() + int((seconds + 7 * 3600) // 86400))
