"""The country as a grid of tiles, a province each: its 63 provinces until June 2025, its 34 since."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

from extractor.dataset.web.chart_parts import LETTER, svg
from extractor.gazetteer import REFORM, before, display, gazetteer

MAPS = {"63": before(REFORM), "34": REFORM}  # a day on which the map's provinces are in force
_SHADES = (0.12, 0.26, 0.42, 0.6, 0.95)  # letters are dark on all but the last


@dataclass(frozen=True, slots=True)
class Tile:
    """What a province's tile shows: a value for its shade, the value as written, what hovering says, and where it leads."""

    value: float
    written: str
    said: str
    link: str


@cache
def places(which: str) -> dict[str, tuple[int, int]]:
    """Row and column of each province's tile by code, on the map of 63 or of 34."""
    text = (files("extractor") / "data" / "province_tiles.csv").read_text(encoding="utf-8")
    found = csv.DictReader(text.splitlines())
    return {r["code"]: (int(r["row"]), int(r["column"])) for r in found if r["map"] == which}


def name_of(code: str, which: str) -> str:
    """A province's name on the map of 63 or of 34."""
    unit = gazetteer().at(code, MAPS[which])
    return display(unit) if unit else code


def classes(values: list[float]) -> list[tuple[float, float]]:
    """At most five classes of equal width from the smallest to the largest value; one where all are equal."""
    low, high = min(values), max(values)
    if low == high:
        return [(low, high)]
    count = min(len(_SHADES), len(set(values)))
    width = (high - low) / count
    return [(low + i * width, low + (i + 1) * width) for i in range(count)]


def shade(value: float, of: list[tuple[float, float]]) -> float:
    """How dark a value's tile is, from 0 to 1."""
    number = next((i for i, (_, high) in enumerate(of) if value <= high + 1e-9), len(of) - 1)
    return _SHADES[number + len(_SHADES) - len(of)] if len(of) > 1 else _SHADES[2]


def tiles(shown: Mapping[str, Tile], which: str, label: str, *, narrow: bool = False) -> str:
    """The map as SVG: tiles with a value are shaded and lead to it, those without are empty."""
    grid = places(which)
    wide, high = (50, 54) if narrow else (76, 56)
    steps = classes([t.value for t in shown.values()]) if shown else []
    body = [
        _tile(shown.get(code), name_of(code, which), steps, column * wide, row * high, wide - 4, high - 4)
        for code, (row, column) in sorted(grid.items(), key=lambda item: item[1])
    ]
    width = (1 + max(column for _, column in grid.values())) * wide
    height = (1 + max(row for row, _ in grid.values())) * high
    return svg(
        width, height, f'<g transform="translate(1 1)">{"".join(body)}</g>', label, kind="narrow" if narrow else "wide"
    )


def _tile(tile: Tile | None, name: str, steps: list[tuple[float, float]], x: int, y: int, width: int, high: int) -> str:
    dark = tile is not None and shade(tile.value, steps) > 0.9
    ink = "card" if dark else "ink" if tile else "soft"
    lines = two_lines(name, int(width / LETTER))
    texts = "".join(
        f'<text x="{x + width / 2:g}" y="{y + 15 + 14 * i:g}" text-anchor="middle" style="font-size:12px;fill:var(--{ink})">'
        f"{escape(line)}</text>"
        for i, line in enumerate(lines)
    )
    box = f'<rect x="{x}" y="{y}" width="{width}" height="{high}" rx="5"'
    if tile is None:
        return f'<g>{box} style="fill:none;stroke:var(--line)"/>{texts}<title>{escape(name)}</title></g>'
    said = escape(tile.said)
    value = (
        f'<text x="{x + width / 2:g}" y="{y + high - 6:g}" text-anchor="middle" '
        f'style="font-size:12.5px;font-weight:600;fill:var(--{ink})">{escape(tile.written)}</text>'
    )
    return (
        f'<a class="pt" href="{escape(tile.link)}" aria-label="{said}"><title>{said}</title>{box} style="fill:var(--card)"/>'
        f'{box} style="fill:var(--series-1);fill-opacity:{shade(tile.value, steps):g};stroke:var(--series-1)"/>{texts}{value}</a>'
    )


def two_lines(name: str, letters: int) -> list[str]:
    """A name in one line, or in two of about equal length, words shortened to a letter where a line is longer than `letters`."""
    if len(name) <= letters:
        return [name]
    parts = name.replace(" - ", " ").split()
    cut = (
        min(range(1, len(parts)), key=lambda n: max(len(" ".join(parts[:n])), len(" ".join(parts[n:]))))
        if len(parts) > 1
        else 1
    )
    return [_short(part, letters) for part in (parts[:cut], parts[cut:]) if part]


def _short(parts: list[str], letters: int) -> str:
    line = " ".join(parts)
    return line if len(line) <= letters else " ".join([*(p[0] + "." for p in parts[:-1]), parts[-1]])[: letters + 1]
