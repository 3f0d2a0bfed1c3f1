"""The field of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from extractor.fields.base import Analysis
from extractor.fields.dates.expressions import find_dates
from extractor.records import Date, Item, Warning
from extractor.values.dates import IMPOSSIBLE, YEAR_UNKNOWN

_DOUBTS = {
    IMPOSSIBLE: ("impossible-date", "{text!r} is no day of the calendar"),
    YEAR_UNKNOWN: (
        "year-unknown",
        "the year of {text!r} is not known: the article has no publication date; give one with --published",
    ),
}


def _warnings(dates: Sequence[Item], doubts: Mapping[tuple[int, int], str]) -> list[Warning]:
    """What is unusual about date expressions: impossible days, and years that only a publication date could tell."""
    out: list[Warning] = []
    for item in dates:
        doubt = doubts.get((item.start, item.end))
        if doubt is not None:
            code, message = _DOUBTS[doubt]
            out.append(Warning(code=code, message=message.format(text=item.text), start=item.start, end=item.end))
    return out


class DatesField:
    """Date expressions with their TIMEX3 values; a date inside a document's number is none."""

    name: ClassVar[str] = "dates"
    yields_to: ClassVar[Mapping[str, str]] = {"documents": "inside a document's number"}

    def read(self, analysis: Analysis) -> Sequence[Date]:
        """All date expressions, resolved against the publication date."""
        return find_dates(analysis.reading)

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """Impossible days, and years that only a publication date could tell."""
        return _warnings(analysis.items[self.name], analysis.reading.doubted(self.name))
