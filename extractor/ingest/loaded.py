"""What loading a unit gives: the article, and what happened on the way in."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.models import Article


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article and what happened on the way in: (code, message) pairs that become warnings of the record, and
    (field, reason) pairs about a page for `explain`."""

    article: Article
    notes: tuple[tuple[str, str], ...] = ()
    reasons: tuple[tuple[str, str], ...] = ()


def encoding_notes(encoding: str) -> tuple[tuple[str, str], ...]:
    """The warning for a text that was not UTF-8."""
    return () if encoding.startswith("utf-8") else (("encoding", f"decoded from {encoding}"),)
