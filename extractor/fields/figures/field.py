"""The field of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from extractor.fields.base import Analysis
from extractor.fields.figures.checks import check_figures
from extractor.fields.figures.read import find_figures
from extractor.records import Date, Figure, Warning


class FiguresField:
    """Enrollment figures with their whole meaning."""

    name: ClassVar[str] = "figures"
    yields_to: ClassVar[Mapping[str, str]] = {}

    def read(self, analysis: Analysis) -> Sequence[Figure]:
        """Figures of all programmes, in text order."""
        dates = [x for x in analysis.items["dates"] if isinstance(x, Date)]
        return find_figures(analysis.reading, dates, analysis.places)

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """Sums that do not add up, numbers that can be read in two ways."""
        figures = [x for x in analysis.items[self.name] if isinstance(x, Figure)]
        return check_figures(figures, analysis.reading)
