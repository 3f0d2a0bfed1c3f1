"""Parts of charts: scales of days and values, marks that show doubt, labels that do not cover each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape
from math import ceil, floor, log10

LETTER = 7.2  # width in pixels of a character of 13-pixel text, on average
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
COLOURS = ("series-1", "series-2", "series-3", "series-4")
OTHER = "series-other"


@dataclass(frozen=True, slots=True)
class Days:
    """A scale that is linear in days: ISO days of the axis's ends, and the pixels at which they lie."""

    first: str
    last: str
    left: float
    right: float

    def __call__(self, day: str) -> float:
        """Where a day lies."""
        low, high = _number(self.first), _number(self.last)
        return self.left + (self.right - self.left) * (_number(day) - low) / max(1, high - low)

    def years(self) -> range:
        """The years that the axis touches."""
        return range(int(self.first[:4]), int(self.last[:4]) + 1)


@dataclass(frozen=True, slots=True)
class Values:
    """A linear scale of values from `low`, at the pixel `bottom`, to `high`, at `top`."""

    low: float
    high: float
    bottom: float
    top: float
    step: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        return self.bottom + (self.top - self.bottom) * (value - self.low) / (self.high - self.low)

    def ticks(self) -> list[float]:
        """The values that are written at the axis."""
        n = round((self.high - self.low) / self.step)
        return [
            round(self.low + i * self.step, 10) for i in range(n + 1) if self.low + i * self.step <= self.high + 1e-9
        ]


def _number(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def whole_years(days: Sequence[str], left: float, right: float) -> Days:
    """A scale over the whole years in which the days lie. Raises `ValueError` for no days."""
    return Days(f"{min(days)[:4]}-01-01", f"{max(days)[:4]}-12-31", left, right)


def nice(values: Sequence[float], bottom: float, top: float, *, share: bool = False, signed: bool = False) -> Values:
    """A scale with round ends. A `share` never begins below 0 nor ends above 100 unless a value does; values of one sign whose
    smallest is no third of the largest begin at 0. Raises `ValueError` for no values."""
    low, high = min(values), max(values)
    if signed:
        low, high = min(low, 0.0), max(high, 0.0)
    elif not share and low < high / 3:
        low = 0.0
    spread = (high - low) or abs(high) * 0.2 or 1.0
    if share:
        spread = max(spread, 8.0 if high > 20 else 1.0)
    step = _step(spread / 4)
    begin, end = floor((low - spread * 0.08) / step) * step, ceil((high + spread * 0.08) / step) * step
    if low >= 0:
        begin = max(begin, 0.0)
    if share and high <= 100:
        end = min(end, 100.0)
        begin = min(begin, end - step)
    return Values(begin, end, bottom, top, step)


def _step(rough: float) -> float:
    power = 10.0 ** floor(log10(rough))
    return power * next(s for s in _STEPS if s * power >= rough * 0.999)


def mark(x: float, y: float, *, comparator: str, target: bool, colour: str, size: float = 6.0) -> str:
    """A value's sign: a filled dot is exact, a ring about, a triangle up more, one down less, a diamond a target."""
    if target:
        d = f"M{x:.1f} {y - size - 2:.1f}L{x + size + 2:.1f} {y:.1f}L{x:.1f} {y + size + 2:.1f}L{x - size - 2:.1f} {y:.1f}Z"
        return _path(d, "var(--card)", colour)
    if comparator == "gt":
        d = f"M{x - size - 1:.1f} {y + size:.1f}L{x:.1f} {y - size - 1:.1f}L{x + size + 1:.1f} {y + size:.1f}Z"
        return _path(d, f"var(--{colour})", colour)
    if comparator == "lt":
        d = f"M{x - size - 1:.1f} {y - size:.1f}L{x:.1f} {y + size + 1:.1f}L{x + size + 1:.1f} {y - size:.1f}Z"
        return _path(d, "var(--card)", colour)
    fill = "var(--card)" if comparator == "approx" else f"var(--{colour})"
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}" style="fill:{fill};stroke:var(--{colour});stroke-width:2.5"/>'
    )


def _path(d: str, fill: str, colour: str) -> str:
    return f'<path d="{d}" style="fill:{fill};stroke:var(--{colour});stroke-width:2.5;stroke-linejoin:round"/>'


def words(x: float, y: float, said: str, *, anchor: str = "start", colour: str = "", bold: bool = False) -> str:
    """A text in a chart, in a series's colour or the axis's."""
    style = f"fill:var(--{colour or 'soft'})" + (";font-weight:600" if bold else "")
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" style="{style}">{escape(said)}</text>'


def svg(width: float, height: float, body: str, label: str, *, kind: str = "") -> str:
    """A drawing with its name for those who do not see it."""
    name = escape(label)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn {kind}" viewBox="0 0 {width:g} {height:g}" role="img" '
        f'aria-label="{name}">{body}</svg>'
    )


@dataclass(slots=True)
class Labels:
    """Texts beside points: each at the first place where it covers nothing; one that fits nowhere is left out."""

    width: float
    height: float
    taken: list[tuple[float, float, float, float]] = field(default_factory=list)

    def keep(self, x: float, y: float, half: float) -> None:
        """Keep texts from a mark at a point."""
        self.taken.append((x - half, y - half, x + half, y + half))

    def keep_stretch(self, left: float, right: float, y: float) -> None:
        """Keep texts from a level line."""
        self.taken.append((left, y - 3, right, y + 3))

    def put(self, x: float, y: float, said: str, colour: str, *, bold: bool = False) -> str:
        """A text at a point, a `bold` one behind it if it can; nothing where it would cover another or leave the drawing."""
        long = len(said) * LETTER
        tried = list(_around(x, y))
        for at, base, anchor in [tried[1], *tried] if bold else tried:
            left = at - (long / 2 if anchor == "middle" else long if anchor == "end" else 0)
            box = (left - 3, base - 12, left + long + 3, base + 4)
            inside = left >= 0 and left + long <= self.width and box[1] >= 0 and box[3] <= self.height
            if inside and not any(_cover(box, other) for other in self.taken):
                self.taken.append(box)
                return words(at, base, said, anchor=anchor, colour=colour, bold=bold)
        return ""


def _around(x: float, y: float) -> Iterator[tuple[float, float, str]]:
    yield x, y - 13, "middle"
    yield x + 13, y + 5, "start"
    yield x, y + 24, "middle"
    yield x - 13, y + 5, "end"
    yield x + 11, y - 9, "start"
    yield x - 11, y - 9, "end"
    yield x + 11, y + 19, "start"
    yield x - 11, y + 19, "end"


def _cover(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
