"""Charts as SVG, drawn on the page without scripts or a network: values over time, targets beside results.

Days lie where they are: the axis is linear in days. A line joins results of one series only, dotted where it goes over more than
two years without a value; years of which nothing is known are hatched. Targets are marks and never joined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from extractor.dataset.web.chart_parts import (
    COLOURS,
    LETTER,
    OTHER,
    Days,
    Labels,
    Values,
    mark,
    nice,
    svg,
    whole_years,
    words,
)

_SMALL = 500  # a drawing narrower than this is for a telephone
_EMPTY = 2  # years without a value that a line goes over undotted


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a day: its period's ends, its doubt, whether it is a target, whether articles disagree; `said` is read out and
    shown on hovering, `short` is written beside it, `link` leads to its sentence."""

    day: str
    value: float
    said: str
    short: str
    link: str
    first: str
    last: str
    top: float | None = None
    comparator: str = "eq"
    target: bool = False
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Values that may be joined: one place in one state of its land, one kind, one group."""

    key: str
    name: str
    points: Sequence[Point] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Axis:
    """How an axis of values is written: `tick` gives a value's text, `share` a percentage of a whole, `signed` changes."""

    tick: Callable[[float], str]
    share: bool = False
    signed: bool = False
    gap: str = "{years}"


def colour_of(number: int) -> str:
    """The colour of a series by its place in the order; at most four are told apart."""
    return COLOURS[number] if number < len(COLOURS) else OTHER


def timeline(series: Sequence[Series], axis: Axis, label: str, *, width: int = 740, height: int = 400) -> str:
    """Values over time as SVG; an empty string without points."""
    points = [p for s in series for p in s.points]
    if not points:
        return ""
    small = width < _SMALL
    values = [v for p in points for v in (p.value, p.top) if v is not None]
    scale = nice(values, height - 46.0, 24.0, share=axis.share, signed=axis.signed)
    left = _long(map(axis.tick, scale.ticks())) - 2
    days = whole_years([d for p in points for d in (p.first, p.last)], left, width - (12 if small else 118))
    body = [_values(scale, days, axis), _years(days, scale), _gaps(points, days, scale, axis, f"no{width}")]
    drawn = [(s, colour_of(i)) for i, s in enumerate(series)]
    body += [_line(s, colour, days, scale) for s, colour in reversed(drawn)]
    for one, colour in reversed(drawn):
        body += [_dot(p, colour, days, scale) for p in one.points]
    body += _written(drawn, days, scale, Labels(width, height - 46))
    return svg(width, height, "".join(body), label, kind="narrow" if small else "wide")


def _written(drawn: Sequence[tuple[Series, str]], days: Days, scale: Values, labels: Labels) -> list[str]:
    """The texts beside the points of the coloured series: names at their last points first, then values."""
    for series, _ in drawn:
        for p in series.points:
            labels.keep(days(p.day), scale(p.value), 8)
            labels.keep_stretch(days(p.first), days(p.last), scale(p.value))
    told = [(s, colour) for s, colour in drawn if colour != OTHER]
    out = [_named(s, colour, days, scale, labels) for s, colour in told]
    for series, colour in told:
        out += [labels.put(days(p.day), scale(p.value), p.short, colour) for p in series.points[-2::-1]]
    return out


def _values(scale: Values, days: Days, axis: Axis) -> str:
    out = []
    for tick in scale.ticks():
        y = scale(tick)
        kind = "base" if tick in (scale.low, 0.0) else "grid"
        out.append(f'<line class="{kind}" x1="{days.left:.1f}" x2="{days.right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(words(days.left - 8, y + 4, axis.tick(tick), anchor="end"))
    return "".join(out)


def _years(days: Days, scale: Values) -> str:
    years, out, free = days.years(), [], -1.0
    for year in years:
        x = days(f"{year}-01-01")
        out.append(
            f'<line class="base" x1="{x:.1f}" x2="{x:.1f}" y1="{scale.bottom:.1f}" y2="{scale.bottom + 5:.1f}"/>'
        )
        middle = (x + days(f"{year}-12-31")) / 2
        if middle - 17 > free:
            out.append(words(middle, scale.bottom + 20, str(year), anchor="middle"))
            free = middle + 21
    return "".join(out)


def empty_years(points: Iterable[Point], years: Iterable[int]) -> list[tuple[int, int]]:
    """Stretches of years in which no point's period lies: first and last year of each."""
    known = {y for p in points for y in range(int(p.first[:4]), int(p.last[:4]) + 1)}
    out: list[tuple[int, int]] = []
    for year in years:
        if year in known:
            continue
        if out and out[-1][1] == year - 1:
            out[-1] = (out[-1][0], year)
        else:
            out.append((year, year))
    return out


def _gaps(points: Sequence[Point], days: Days, scale: Values, axis: Axis, name: str) -> str:
    out = [
        f'<defs><pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line x1="0" y1="0" x2="0" y2="8" style="stroke:var(--line);stroke-width:3"/></pattern></defs>'
    ]
    for first, last in empty_years(points, days.years()):
        x, end = days(f"{first}-01-01"), days(f"{last}-12-31")
        out.append(
            f'<rect x="{x:.1f}" y="{scale.top:.1f}" width="{end - x:.1f}" height="{scale.bottom - scale.top:.1f}" '
            f'fill="url(#{name})" opacity=".55"/>'
        )
        said = axis.gap.format(years=f"{first}" if first == last else f"{first}–{last}")
        if len(said) * LETTER < end - x:
            out.append(words((x + end) / 2, scale.bottom - 12, said, anchor="middle"))
    return "".join(out)


def segments(series: Series) -> list[tuple[Point, Point, bool]]:
    """The pairs of results that a line joins and whether it is dotted; results of one day are not joined."""
    results = sorted((p for p in series.points if not p.target), key=lambda p: (p.day, p.value))
    return [(a, b, int(b.day[:4]) - int(a.day[:4]) - 1 > _EMPTY) for a, b in pairwise(results) if a.day < b.day]


def _line(series: Series, colour: str, days: Days, scale: Values) -> str:
    out = []
    for a, b, dotted in segments(series):
        style = "stroke-width:2;stroke-dasharray:1 7;stroke-linecap:round;opacity:.75" if dotted else "stroke-width:2.5"
        out.append(
            f'<path class="join" d="M{days(a.day):.1f} {scale(a.value):.1f}L{days(b.day):.1f} {scale(b.value):.1f}" '
            f'style="fill:none;stroke:var(--{colour});{style}"/>'
        )
    return "".join(out)


def _dot(point: Point, colour: str, days: Days, scale: Values) -> str:
    x, y = days(point.day), scale(point.value)
    stretch = days(point.last) - days(point.first)
    out = ""
    if stretch > 14:
        left, right = days(point.first), days(point.last)
        d = f"M{left:.1f} {y:.1f}H{right:.1f}M{left:.1f} {y - 4:.1f}v8M{right:.1f} {y - 4:.1f}v8"
        out += f'<path d="{d}" style="fill:none;stroke:var(--{colour});stroke-width:2;opacity:.4"/>'
    if point.top is not None:
        d = f"M{x:.1f} {y:.1f}V{scale(point.top):.1f}"
        out += f'<path d="{d}" style="fill:none;stroke:var(--{colour});stroke-width:5;opacity:.5"/>'
    sign = mark(x, y, comparator=point.comparator, target=point.target, colour=colour, size=4 if colour == OTHER else 6)
    if point.conflict:
        sign += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="11" style="fill:none;stroke:var(--warn);stroke-width:1.5"/>'
    said = escape(point.said)
    return (
        f'{out}<a class="pt" href="{escape(point.link)}" aria-label="{said}"><title>{said}</title>'
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="15" style="fill:transparent"/>{sign}</a>'
    )


def _named(series: Series, colour: str, days: Days, scale: Values, labels: Labels) -> str:
    last = series.points[-1]
    x, y = days(last.day), scale(last.value)
    said = f"{series.name} {last.short}"
    return labels.put(x, y, said, colour, bold=True) or labels.put(x, y, series.name, colour, bold=True)


@dataclass(frozen=True, slots=True)
class Pair:
    """A place's target and the result it is compared with; `difference` is written at the end of its line."""

    name: str
    target: Point
    result: Point | None
    difference: str


def pairs(rows: Sequence[Pair], axis: Axis, label: str, *, width: int = 740) -> str:
    """Targets beside results, a line a place; an empty string without rows."""
    if not rows:
        return ""
    small = width < _SMALL
    left, right = (
        (14.0, width - 14.0) if small else (_long(r.name for r in rows), width - _long(r.difference for r in rows))
    )
    pitch, first = (52, 40) if small else (30, 22)
    values = [p.value for r in rows for p in (r.target, r.result) if p is not None]
    scale = nice(values, left, right, share=axis.share, signed=axis.signed)
    height = len(rows) * pitch + 40
    body = []
    for tick in scale.ticks():
        x = scale(tick)
        body.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="8" y2="{height - 30}"/>')
        body.append(words(x, height - 12, axis.tick(tick), anchor="middle"))
    for i, row in enumerate(rows):
        y = i * pitch + first
        at, anchor, base, end = (left, "start", y - 18, right) if small else (left - 12, "end", y + 4, width - 4.0)
        body.append(words(at, base, row.name, anchor=anchor, colour="ink"))
        body.append(words(end, base, row.difference, anchor="end"))
        body.append(_pair(row, scale, y))
    return svg(width, height, "".join(body), label, kind="narrow pairs" if small else "wide pairs")


def _long(texts: Iterable[str]) -> float:
    """The width that texts need beside a drawing."""
    return 20 + max(map(len, texts)) * LETTER


def _pair(row: Pair, scale: Values, y: float) -> str:
    out = ""
    if row.result is not None:
        d = f"M{scale(row.result.value):.1f} {y:.1f}H{scale(row.target.value):.1f}"
        out += f'<path d="{d}" style="fill:none;stroke:var(--rule);stroke-width:3"/>'
    for point in (row.target, row.result):
        if point is not None:
            said = escape(point.said)
            colour = COLOURS[1] if point.target else COLOURS[0]
            sign = mark(scale(point.value), y, comparator=point.comparator, target=point.target, colour=colour)
            out += f'<a class="pt" href="{escape(point.link)}" aria-label="{said}"><title>{said}</title>{sign}</a>'
    return out
