"""The publication date of a page."""

from __future__ import annotations

from datetime import date


def page_published(markup: str, url: str | None) -> tuple[date | None, str | None]:
    """The date and where it was found."""
    import htmldate

    found = htmldate.find_date(markup, extensive_search=False, original_date=True)
    return (date.fromisoformat(found), "htmldate") if found else (None, None)
