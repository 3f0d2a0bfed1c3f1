"""Persons and their posts to record items, one a person."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.fields.locations import Places
from extractor.models import Mention, Reading
from extractor.records import Official


def find_officials(reading: Reading, names: Sequence[Mention], places: Places, *, persons: bool = False) -> list[Official]:
    """Officials in the order of their first mention; private persons only where `persons` is set."""
    return []
