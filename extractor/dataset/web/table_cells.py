"""Cells of Datasette's tables as a reader reads them: numbers and days in the language, words for codes, ids as links."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup

from extractor.dataset.web.formats import Formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.words import Words

# Columns that hold codes, with the kind of code; and columns that hold days or periods.
_CODES = {
    "programme": "programme", "indicator": "indicator", "unit": "unit", "status": "status", "comparator": "comparator",
    "level": "level", "admin_level": "level", "layer": "layer", "group_id": "group", "modifier": "modifier",
}  # fmt: skip
_DAYS = frozenset({
    "published", "start_date", "end_date", "first_seen", "last_seen", "left_by", "since", "until", "valid_from", "valid_to",
    "period_value", "value", "period", "base_value", "date",
})  # fmt: skip
_LOCAL_LINK = re.compile(r'(href="/[^"?]*)"')
LONG = 60  # characters from which a cell gets room


class Cells:
    """Writes the cells of one page."""

    def __init__(self, url: Links, said: Words, written: Formats) -> None:
        self.url, self.words, self.formats = url, said, written

    def __call__(self, cell: Any) -> Any:
        """A cell of Datasette's (`column`, `raw`, `value`) as markup or text."""
        raw, column = cell["raw"], cell["column"]
        if raw in (None, "", "[]"):
            return ""
        if isinstance(raw, float):
            return self.formats.number(raw)
        if isinstance(raw, str):
            if column in _CODES:
                return self.words.code(_CODES[column], raw)
            if column in _DAYS:
                return self.formats.day(raw)
            if column == "id" and self.url.path.rpartition("/")[2] != "persons":
                return Markup('<a href="{}">{}</a>').format(self.url.article(raw), raw)
        return in_language(cell["value"], self.url.lang)

    @staticmethod
    def long(cell: Any) -> bool:
        """Whether a cell holds a text that wants room."""
        return isinstance(cell["raw"], str) and len(cell["raw"]) > LONG


def in_language(cell: Any, lang: str) -> Any:
    """A cell whose markup, Datasette's, gets the language into its links; text stays as it is."""
    if lang != "en" or not hasattr(cell, "__html__"):
        return cell
    return Markup(_LOCAL_LINK.sub(r'\1?_lang=en"', str(cell)))
