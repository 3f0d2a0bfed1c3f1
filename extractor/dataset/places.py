"""What a dataset tells of a place code: names, parents, history, successors, and where its province is on a map."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

from extractor.gazetteer import END, Unit, display, gazetteer

DATA = Path(__file__).parent.parent / "data" / "provinces.csv"
UNIT_COLUMNS = (
    "code", "level", "type", "name", "path", "province_code", "province", "valid_from", "valid_to", "successors",
    "latitude", "longitude",
)  # fmt: skip


@cache
def coordinates() -> dict[str, tuple[float, float]]:
    """Latitude and longitude in degrees (WGS 84) of each province's seat, by code, to a hundredth of a degree."""
    with DATA.open(encoding="utf-8", newline="") as lines:
        return {r["code"]: (float(r["latitude"]), float(r["longitude"])) for r in csv.DictReader(lines)}


def province(code: str | None, day: str | None) -> tuple[str, str] | None:
    """Code and name of the province that holds a unit on an ISO day, None for unknown codes."""
    if not code:
        return None
    units = gazetteer()
    unit = units.at(code, day)
    if unit is None:
        return None
    above = units.at(units.province_of(unit), day)
    return (above.code, display(above)) if above else None


def unit_row(code: str, day: str | None) -> dict[str, Any] | None:
    """The row of the table `units` for a code as it was on an ISO day."""
    units = gazetteer()
    unit = units.at(code, day)
    if unit is None:
        return None
    home = province(code, day)
    where = coordinates().get(home[0]) if home else None
    values = (
        code, unit.level, unit.type, display(unit), " › ".join(units.path(unit, day)),
        home[0] if home else None, home[1] if home else None,
        unit.since or None, None if unit.until == END else unit.until, " ".join(units.successors(code)),
        where[0] if where else None, where[1] if where else None,
    )  # fmt: skip
    return dict(zip(UNIT_COLUMNS, values, strict=True))


def history(code: str) -> list[Unit]:
    """The states of a code through time."""
    return gazetteer().versions(code)
