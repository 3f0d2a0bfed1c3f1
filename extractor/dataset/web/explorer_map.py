"""The country's provinces with their latest figure, on the map of 63 or of 34."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.dataset.figure_facts import extent
from extractor.dataset.web.figure_words import Speaker
from extractor.dataset.web.tiles import MAPS, Tile, classes, places, shade, tiles
from extractor.gazetteer import REFORM

Row = dict[str, Any]
_SIGNS = {"gt": ">", "lt": "<", "approx": "≈", "eq": ""}


def on_map(cell: Row, which: str) -> bool:
    """Whether a cell is of a province as the map has it: one whose land changed stands on one of both maps."""
    code, _, since = cell["place_key"].partition("@")
    if code not in places(which) or cell["place_level"] != "province":
        return False
    return bool(since) or extent(code, REFORM) == code if which == "34" else not since


def latest(cells: Sequence[Row], which: str) -> dict[str, Row]:
    """Each province's latest cell by code; a result stands before a target, a later day before an earlier one."""
    out: dict[str, Row] = {}
    for cell in sorted(cells, key=lambda c: (c["status"] == "actual", c["day"], c["cell"])):
        if on_map(cell, which):
            out[cell["place_key"].partition("@")[0]] = cell
    return out


def shown(cells: Sequence[Row], asked: str, speaker: Speaker) -> Row:
    """What the map's view shows: the drawings, the list beside them, the legend, how many provinces the other map has."""
    found = {which: latest(cells, which) for which in MAPS}
    which = asked if asked in MAPS else max(MAPS, key=lambda w: len(found[w]))
    here = found[which]
    other = found["34" if which == "63" else "63"]
    values = {code: _tile(cell, speaker) for code, cell in here.items()}
    label = speaker.said[f"map_{which}"]
    steps = classes([t.value for t in values.values()]) if values else []
    ranked = sorted(here.values(), key=lambda c: (-c["value"], c["place"] or ""))
    unit = next((c["unit"] for c in here.values()), "percent")
    return {
        "which": which, "wide": tiles(values, which, label), "narrow": tiles(values, which, label, narrow=True),
        "entries": [speaker.entry(c) for c in ranked], "elsewhere": len(set(other) - set(here)),
        "legend": [(shade(high, steps), _stretch(low, high, unit, speaker)) for low, high in steps],
        "missing": len(places(which)) - len(here),
    }  # fmt: skip


def _stretch(low: float, high: float, unit: str, speaker: Speaker) -> str:
    ends = [speaker.written.number(round(v, 1)) for v in (low, high)]
    last = speaker.written.quantity(round(high, 1), unit)
    return last if ends[0] == ends[1] else f"{ends[0]} – {last}"


def _tile(cell: Row, speaker: Speaker) -> Tile:
    sign = "◇" if cell["status"] == "target" else _SIGNS[cell["comparator"]]
    said = f"{speaker.place(cell)}, {speaker.period(cell)}: {speaker.value(cell)}. {cell['sentence']}"
    value = cell["value"]
    written = _compact(value, speaker)
    return Tile(value, f"{sign}{written}", " ".join(said.split()), f"#c{cell['cell']}")


def _compact(value: float, speaker: Speaker) -> str:
    """A number in at most about six characters: large ones in thousands or millions."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= 10 * size or (size == 1e6 and abs(value) >= size):
            return f"{speaker.written.number(float(f'{value / size:.3g}'))}{letter}"
    return speaker.written.number(value)
