"""Periods whose end is meant ("hết năm 2016")."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from extractor.text import fold


def meant_end(period: str | None) -> bool:
    """Whether a period's words say that the figure holds at its end."""
    words = tuple(fold(period or "").split())
    return any(words[: len(opening)] == opening for opening in _openings())


@cache
def _openings() -> tuple[tuple[str, ...], ...]:
    text = (files("extractor") / "data" / "period_ends.txt").read_text(encoding="utf-8")
    return tuple(tuple(line.split()) for line in text.splitlines() if line and not line.startswith("#"))
