"""A map of places as bubbles."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import sqrt

from extractor.dataset.web.chart_parts import svg


def _number(value: float) -> str:
    return f"{value:,.10g}"


def bubbles(places: Sequence[tuple[str, float, float, float, str]], label: str, *, height: int = 760) -> str:
    """A map of provinces as bubbles: (name, latitude, longitude, value, link); the area of a bubble is its value.

    Plate carrée with the scale of 16° N, the middle of the country.
    """
    if not places:
        return ""
    south, north, west, east = 8.2, 23.6, 102.0, 110.2
    scale = height / (north - south)
    width = int((east - west) * scale * 0.96)
    top = max(v for *_, v, _ in places) or 1.0
    body = []
    written: list[tuple[float, float, float]] = []
    for name, latitude, longitude, value, link in sorted(places, key=lambda p: -p[3]):
        cx, cy = (longitude - west) * scale * 0.96, (north - latitude) * scale
        radius = 4 + 22 * sqrt(max(0.0, value) / top)
        half = 3.4 * len(name)
        # Where bubbles crowd, the larger one keeps its name; the others tell theirs when pointed at.
        free = all(abs(cy - y) > 13 or abs(cx - x) > half + other for x, y, other in written)
        text = (
            f'<text class="name" x="{cx:.1f}" y="{cy + 4:.1f}" text-anchor="middle">{escape(name)}</text>'
            if free
            else ""
        )
        if free:
            written.append((cx, cy, half))
        body.append(
            f'<a href="{escape(link)}"><circle class="bubble" cx="{cx:.1f}" cy="{cy:.1f}" r="{radius:.1f}">'
            f"<title>{escape(name)}: {_number(value)}</title></circle>{text}</a>"
        )
    return svg(width, height, "".join(body), label)
