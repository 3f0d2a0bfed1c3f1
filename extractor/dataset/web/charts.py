"""Charts and the map as SVG, drawn on the page without scripts or a network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import sqrt

Point = tuple[str, float]
PALETTE = ("#1f6f8b", "#c7522a", "#4f772d", "#7b4b94", "#b8860b", "#3a506b", "#a23b72", "#2a9d8f")


def _number(value: float) -> str:
    return f"{value:,.10g}"


def _svg(width: int, height: int, body: str, label: str) -> str:
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{escape(label)}" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(label)}</title>{body}</svg>"
    )


def bars(points: Sequence[Point], label: str, *, width: int = 720) -> str:
    """Horizontal bars, one a point, longest value across the full width. An empty sequence gives an empty string."""
    if not points:
        return ""
    top = max(v for _, v in points) or 1.0
    left, row = 210, 24
    body = []
    for i, (name, value) in enumerate(points):
        y = i * row + 4
        length = max(1.0, (width - left - 90) * max(0.0, value) / top)
        body.append(
            f'<text class="name" x="{left - 8}" y="{y + 13}" text-anchor="end">{escape(name[:32])}</text>'
            f'<rect class="bar" x="{left}" y="{y}" width="{length:.1f}" height="{row - 8}" rx="2">'
            f"<title>{escape(name)}: {_number(value)}</title></rect>"
            f'<text class="value" x="{left + length + 6:.1f}" y="{y + 13}">{_number(value)}</text>'
        )
    return _svg(width, len(points) * row + 8, "".join(body), label)


def lines(series: Mapping[str, Sequence[Point]], label: str, *, width: int = 720, height: int = 320) -> str:
    """Values over time: one line a series, its points at ISO periods in order. Points without a series give nothing."""
    periods = sorted({p for points in series.values() for p, _ in points})
    values = [v for points in series.values() for _, v in points]
    if not periods:
        return ""
    low, high = min(values), max(values)
    low, high = (low * 0.98, high * 1.02) if high > low else (low - 1, high + 1)
    left, right, top, bottom = 70, 170, 14, 40

    def x(period: str) -> float:
        return left + (width - left - right) * (
            periods.index(period) / max(1, len(periods) - 1) if len(periods) > 1 else 0.5
        )

    def y(value: float) -> float:
        return top + (height - top - bottom) * (1 - (value - low) / (high - low))

    body = []
    for step in range(5):
        value = low + (high - low) * step / 4
        body.append(
            f'<line class="grid" x1="{left}" x2="{width - right}" y1="{y(value):.1f}" y2="{y(value):.1f}"/>'
            f'<text class="value" x="{left - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:,.4g}</text>'
        )
    for i, period in enumerate(periods):
        if i % max(1, len(periods) // 8) == 0:
            body.append(
                f'<text class="value" x="{x(period):.1f}" y="{height - 14}" text-anchor="middle">{escape(period)}</text>'
            )
    for i, (name, points) in enumerate(sorted(series.items())):
        colour = PALETTE[i % len(PALETTE)]
        path = " ".join(f"{x(p):.1f},{y(v):.1f}" for p, v in sorted(points))
        body.append(f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>')
        for p, v in points:
            body.append(
                f'<circle cx="{x(p):.1f}" cy="{y(v):.1f}" r="4" fill="{colour}">'
                f"<title>{escape(name)}, {escape(p)}: {_number(v)}</title></circle>"
            )
        body.append(
            f'<text class="name" x="{width - right + 10}" y="{top + 12 + i * 18}" fill="{colour}">{escape(name[:22])}</text>'
        )
    return _svg(width, height, "".join(body), label)


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
    return _svg(width, height, "".join(body), label)
