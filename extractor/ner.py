"""The statistical layer behind one interface: a reading to mentions labelled PER, LOC, POST, ORG."""

from __future__ import annotations

from extractor.models import Mention, Reading


def tag(reading: Reading, *, backend: str = "crf") -> list[Mention]:
    """Mentions in text order, not overlapping within a label."""
    return []
