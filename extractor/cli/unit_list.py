"""`extractor places --all`: the administrative units as a table to join with."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.gazetteer import Gazetteer, Unit

COLUMNS = (
    "code", "level", "type", "name", "province_code", "province", "district_code", "district", "commune_code", "commune",
    "first_day", "last_day", "successors",
)  # fmt: skip


def print_units(on: date | None, units: Gazetteer, out: Path | None, *, force: bool = False) -> int:
    """Write every state of every unit as CSV, or those in force on a day; `last_day` is inclusive and empty for today's."""
    from extractor.cli.addresses import opened
    from extractor.outputs import claim_output

    if out is not None:
        claim_output(out, force=force)
    with opened(out) as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(COLUMNS)
        for code in sorted(units.by_code):
            for unit in units.versions(code):
                if on is None or unit.valid(on.isoformat()):
                    writer.writerow(_row(unit, on, units))
    return 0


def _row(unit: Unit, on: date | None, units: Gazetteer) -> list[str]:
    from extractor.gazetteer import END, display

    line = {u.level: u for u in units.lineage(unit, on.isoformat() if on else unit.since or None)}
    above = [
        cell
        for level in ("province", "district", "commune")
        for cell in ((line[level].code, display(line[level])) if level in line else ("", ""))
    ]
    last = "" if unit.until == END else (date.fromisoformat(unit.until) - timedelta(days=1)).isoformat()
    return [
        unit.code, unit.level, unit.type, display(unit), *above, unit.since, last, "|".join(units.successors(unit.code))
    ]  # fmt: skip
