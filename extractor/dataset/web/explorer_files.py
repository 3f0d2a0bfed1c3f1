"""What is seen in the figure explorer as tables: their columns, and rows as the files have them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

Row = dict[str, Any]
COLUMNS = (
    "programme", "indicator", "unit", "status", "comparator", "value", "value_max", "group", "group_id", "place", "place_code",
    "place_codes", "place_level", "province", "period", "first_day", "last_day", "dated", "base", "base_value", "agreement",
    "chosen", "reason", "text", "sentence", "title", "source", "url", "published", "id", "start", "rule", "confidence",
)  # fmt: skip
CELL_COLUMNS = (
    "programme", "indicator", "unit", "status", "group", "group_id", "place", "place_code", "place_key", "place_level", "province",
    "period", "first_day", "last_day", "dated", "comparator", "value", "value_max", "agreement", "chosen_by", "articles", "figures",
    "values", "sentence", "title", "source", "url", "published", "id", "start",
)  # fmt: skip


def plain(rows: Sequence[Row]) -> list[Row]:
    """Figures as the files have them: the place by its name where it has a code, codes separated by a blank."""
    out = []
    for row in rows:
        codes = " ".join(json.loads(row.get("place_codes") or "[]"))
        place = row.get("place_name") or row.get("place") or row.get("place_text")
        out.append(row | {"place": place, "place_codes": codes})
    return out
