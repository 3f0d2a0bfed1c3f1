"""Date expressions to record items."""

from __future__ import annotations

from datetime import date

from extractor.models import Reading
from extractor.records import Date


def page_date(reading: Reading) -> tuple[date | None, str | None]:
    """The page's own publication date and its source (`page`), or (None, None)."""
    return None, None


def find_dates(reading: Reading) -> list[Date]:
    """All date expressions, resolved against `reading.published`, in text order."""
    return []
