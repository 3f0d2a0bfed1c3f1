"""The publication date as an input gives it, to a `date`."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import regex

from extractor.compiled import compiled
from extractor.text import fold

VIETNAM = timezone(timedelta(hours=7))  # all year; the machine's own zone must not change a record
_ISO = compiled(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_STAMP = compiled(
    r"^((?:19|20)\d\d-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d|UTC)$", regex.IGNORECASE
)
_MAIL = compiled(r"^(?:\p{L}{3},\s)?\d{1,2}\s\p{L}{3}\s(?:19|20)\d\d\s\d\d:\d\d(?::\d\d)?\s(?:GMT|UTC|[+-]\d{4})")
_VIETNAMESE = compiled(r"(?<!\d)(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*((?:19|20)\d\d)(?!\d)")
_SHORT = compiled(r"(?<![\d/.,-])(\d{1,2})([/.-])(\d{1,2})\2(\d\d)(?![\d/.-])")
_COMPACT = compiled(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\d{6})?$")
_SERIAL = compiled(r"^\d{5}(?:[.,]\d+)?$")
EXCEL, SERIALS = date(1899, 12, 30), (30_000, 60_000)  # days since then, from 1982 to 2064
NEXT_CENTURY = 70  # two digits up to here are of this century


def parse_published(value: Any) -> date | None:
    """A `date` from ISO ("2018-01-13T08:00+07:00"), day-first ("13/01/2018 08:30", "13/1/18"), compact ("20180113"), in words
    ("13 tháng 1 năm 2018", "Jan 13 2018", "Sat, 13 Jan 2018 01:30:00 GMT"), a date object, a spreadsheet's serial day (43113)
    or epoch seconds (or milliseconds); None for anything else, NaN and NaT among it, and outside 1900–2099.

    A stamp with a time zone is the day in Vietnam; without one the time of day is dropped as written.
    """
    if value is None or isinstance(value, bool) or _is_missing(value):
        return None
    if isinstance(value, date):  # of a table's year 1 or 9999 nothing can be reckoned
        day = _own_day(value)
        return day if 1900 <= day.year <= 2099 else None
    if isinstance(value, int | float):
        return _number(value)
    text = str(value).strip()
    return _zoned(text) or _figures(text) or _words(text)


def _own_day(value: date) -> date:
    """The day in Vietnam of a date object."""
    if not isinstance(value, datetime):
        return value
    try:
        return (value.astimezone(VIETNAM) if value.tzinfo is not None else value).date()
    except OverflowError:
        return value.date()


def _is_missing(value: Any) -> bool:
    """Whether a value is NaN, NaT or NA, which are not equal to themselves."""
    try:
        return bool(value != value)
    except (TypeError, ValueError):
        return True


def _number(value: float) -> date | None:
    if SERIALS[0] <= value < SERIALS[1]:
        return EXCEL + timedelta(days=int(value))
    text = str(int(value)) if abs(value) < 1e15 else ""
    if match := _COMPACT.match(text):
        return _day(match[1], match[2], match[3])
    return _epoch(value) if text else None


def _zoned(text: str) -> date | None:
    """The day in Vietnam of a stamp with a time zone: "2018-01-13T20:30:00Z", "Sat, 13 Jan 2018 20:30:00 GMT"."""
    try:
        if match := _STAMP.match(text):
            zone = match[3].upper().replace("UTC", "Z").replace("Z", "+00:00")
            moment = datetime.strptime(f"{match[1]} {match[2]} {zone}", "%Y-%m-%d %H:%M %z")
        elif _MAIL.match(text):
            from email.utils import parsedate_to_datetime  # it brings sockets along, and few stamps are a mail's

            moment = parsedate_to_datetime(text)
        else:
            return None
        return moment.astimezone(VIETNAM).date()
    except (ValueError, OverflowError):
        return None


def _figures(text: str) -> date | None:
    if match := _ISO.search(text) or _COMPACT.match(text):
        return _day(match[1], match[2], match[3])
    if match := _VIETNAMESE.search(text):
        return _day(match[3], match[2], match[1])
    if match := _SHORT.search(text):
        century = "20" if int(match[4]) < NEXT_CENTURY else "19"
        return _day(century + match[4], match[3], match[1])
    if _SERIAL.match(text):
        return _number(float(text.replace(",", ".")))
    return _epoch(float(text)) if text.isdecimal() and len(text) in (10, 13) else None


def _words(text: str) -> date | None:
    """A date with its month in words, Vietnamese or English; the first one of a short text."""
    if len(text) > 100 or not any(c.isalpha() for c in text):
        return None
    from extractor.ingest.pages.stamps import stamps

    found = stamps(fold(text))
    return found[0].day if found else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _epoch(seconds: float) -> date | None:
    seconds = seconds / 1000 if seconds > 1e11 else seconds
    if not 6e8 < seconds < 4e9:
        return None
    return date.fromordinal(date(1970, 1, 1).toordinal() + int((seconds + 7 * 3600) // 86400))
