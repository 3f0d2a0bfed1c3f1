"""Administrative units through time: lookups by name, level, parent and date, successors since 2025-07-01."""

from extractor.gazetteer.names import key, loose
from extractor.gazetteer.units import END, LEVELS, REFORM, Gazetteer, GazetteerError, Unit, before, display, gazetteer

__all__ = [
    "END",
    "LEVELS",
    "REFORM",
    "Gazetteer",
    "GazetteerError",
    "Unit",
    "before",
    "display",
    "gazetteer",
    "key",
    "loose",
]
