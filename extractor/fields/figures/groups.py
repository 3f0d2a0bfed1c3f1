"""The rows of `patterns/groups.yaml` behind a group as written."""

from __future__ import annotations

from extractor.fields.figures.rows import GroupRow, group_lexicon
from extractor.text import fold


def group_row(surface: str) -> GroupRow | None:
    """The row of a form, or None."""
    row = group_lexicon().row(surface)
    return row if isinstance(row, GroupRow) else None


def group_id(group: str | None) -> str | None:
    """The row of a group as written; None for no group, one that no row names, and several of different rows."""
    found = [group_row(m.group()) for m in group_lexicon().pattern.finditer(fold(group))] if group else []
    ids = {row.id for row in found if row and not row.population}
    return ids.pop() if len(ids) == 1 else None
