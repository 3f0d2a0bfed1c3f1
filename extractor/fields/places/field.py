"""The field of places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from extractor.fields.base import Analysis
from extractor.fields.places.resolve import find_places
from extractor.records import Date, Location, Warning


class PlacesField:
    """Named administrative units, linked to the official codes valid on the article's date."""

    name: ClassVar[str] = "locations"
    yields_to: ClassVar[Mapping[str, str]] = {}

    def read(self, analysis: Analysis) -> Sequence[Location]:
        """All locations; sets `analysis.places`, what the later fields ask of them."""
        dates = [d for d in analysis.items.get("dates", ()) if isinstance(d, Date)]
        analysis.places = find_places(analysis.reading, analysis.mentions, dates)
        return analysis.places.locations

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """None: nothing of this field is doubtful by itself."""
        return ()
