"""Drawings of posts over time: a lane a post or a holder, with a look of its own for each kind of knowledge.

`term`: the text states a begin or an end; `seen`: articles name the person in office, from the first to the last; `before`: an
article only says that it is over; `doubt`: many articles say otherwise; `none`: nothing is known of the time.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from extractor.dataset.web.chart_parts import LETTER, Days, svg, whole_years, words

_PART = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FADE = 26.0  # pixels over which an open end fades
_LEAST = 6.0  # pixels of a bar
_INK = "var(--series-1)"


@dataclass(frozen=True, slots=True)
class Lane:
    """A line of a drawing: its name, a line under it, an address, its look, its days (ISO), and what stands behind it.

    `until` is the end, or where an open end is drawn to; `change`: the day by which somebody else is seen there.
    """

    name: str
    under: str
    address: str
    look: str
    since: str | None
    until: str | None
    said: str
    open_begin: bool = False
    open_end: bool = False
    change: str | None = None


def day(value: str | None, *, end: bool = False) -> str | None:
    """The first day, or the last, of a TIMEX3 value; None where its year is unknown."""
    m = _PART.match((value or "").split("/")[-1 if end else 0])
    if m is None:
        return None
    year, month = int(m[1]), int(m[2] or (12 if end else 1))
    if not 1 <= month <= 12 or not 1 <= year <= 9999:
        return None
    last = calendar.monthrange(year, month)[1]
    number = min(int(m[3]), last) if m[3] else last if end else 1
    return f"{year:04}-{month:02}-{max(1, number):02}"


def look(post: Mapping[str, Any]) -> str:
    """How a post of a person is drawn: what is known of its time."""
    if post["doubtful"]:
        return "doubt"
    if day(post["since"]) or day(post["until"]):
        return "term"
    if post["first_seen"]:
        return "seen"
    return "before" if post["left_by"] else "none"


def days_of(post: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """First and last day at which a post is drawn."""
    kind = look(post)
    if kind == "term":
        begin = day(post["since"]) or post["first_seen"]
        end = day(post["until"], end=True) or post["last_seen"] or day(post["since"], end=True)
        return (begin or end), max(end or "", begin or "") or None
    if kind == "before":
        return None, post["left_by"]
    return post["first_seen"], post["last_seen"]


def lanes(found: Sequence[Lane], label: str) -> str:
    """The drawing for wide pages and the one for narrow ones; nothing where no lane has a day."""
    known = [d for lane in found for d in (lane.since, lane.until, lane.change) if d]
    if not known:
        return ""
    return _drawn(found, known, label, narrow=False) + _drawn(found, known, label, narrow=True)


def _drawn(found: Sequence[Lane], known: Sequence[str], label: str, *, narrow: bool) -> str:
    width = 350.0 if narrow else 760.0
    left, right = (8.0, width - 8) if narrow else (300.0, width - 8)
    scale = whole_years(known, left, right)
    step = 58.0 if narrow else 46.0
    bottom = 14 + step * len(found)
    body = [_years(scale, bottom, narrow=narrow)]
    for n, lane in enumerate(found):
        body.append(_lane(lane, scale, 14 + step * n, width, narrow=narrow))
    return svg(width, bottom + 26, "".join(body), label, kind="narrow lanes" if narrow else "wide lanes")


def _years(scale: Days, bottom: float, *, narrow: bool) -> str:
    years = scale.years()
    room = (scale.right - scale.left) / len(years)
    every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if n * room >= (40 if narrow else 44) or n == 100)
    out = []
    for year in years:
        x = scale(f"{year}-01-01")
        named = year % every == 0
        if named or room > 8:
            shade = "" if named else ' opacity=".4"'
            out.append(f'<line class="grid" x1="{x:.1f}" x2="{x:.1f}" y1="8" y2="{bottom:.1f}"{shade}/>')
        if named:
            anchor = "start" if x < scale.left + 16 and narrow else "end" if x > scale.right - 16 else "middle"
            out.append(words(x, bottom + 18, str(year), anchor=anchor))
    return "".join(out)


def _lane(lane: Lane, scale: Days, top: float, width: float, *, narrow: bool) -> str:
    y = top + (38 if narrow else 20)
    colour = "warn" if lane.look == "doubt" else "ink"
    most = int((width - 130 if narrow else scale.left - 24) / (LETTER * 1.06))
    name = lane.name if len(lane.name) <= most else lane.name[: most - 1].rstrip() + "…"
    at, anchor = (scale.left, "start") if narrow else (scale.left - 16, "end")
    said = f"{lane.name}: {lane.said}"
    title = words(at, top + 18, name, anchor=anchor, colour=colour, bold=lane.look in ("term", "seen"))
    under = words(width - 8 if narrow else at, top + (18 if narrow else 34), lane.under, anchor="end")
    mark = _mark(lane, scale, y) + (_told(lane, scale, y, width) if not narrow else "")
    line = f'<line class="grid" x1="{scale.left:.1f}" x2="{scale.right:.1f}" y1="{y:.1f}" y2="{y:.1f}"/>'
    return f'<a href="{escape(lane.address)}"><title>{escape(said)}</title>{line}{title}{under}{mark}</a>'


def _mark(lane: Lane, scale: Days, y: float) -> str:
    if lane.look == "before" and lane.until:
        x = scale(lane.until)
        return (
            f'<line x1="{scale.left:.1f}" x2="{x:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_INK}" stroke-width="2.5" '
            f'stroke-dasharray="1 6" stroke-linecap="round"/><path d="M{x:.1f} {y - 7:.1f}v14" stroke="{_INK}" stroke-width="2.5"/>'
        )
    if not lane.since or not lane.until:
        return ""
    x, end = scale(lane.since), scale(lane.until)
    if lane.look == "doubt":
        return (
            f'<circle cx="{(x + end) / 2:.1f}" cy="{y:.1f}" r="6" fill="var(--card)" stroke="var(--warn)" stroke-width="2" '
            'stroke-dasharray="2.5 2"/>'
        )
    end = max(end, x + _LEAST)
    out = []
    if lane.change and (to := scale(lane.change)) > end:
        out.append(_bar(end, to - end, y, 0.22, high=8))
    else:
        out.append(_fade(end, min(_FADE, scale.right - end), y, -1) if lane.open_end else "")
    out.append(_fade(x, min(_FADE, x - scale.left), y, 1) if lane.open_begin else "")
    out.append(_bar(x, end - x, y, 1.0, high=14 if lane.look == "term" else 10))
    return "".join(out)


def _bar(x: float, wide: float, y: float, strong: float, *, high: float) -> str:
    return (
        f'<rect x="{x:.1f}" y="{y - high / 2:.1f}" width="{wide:.1f}" height="{high:g}" rx="2" style="fill:{_INK}" '
        f'opacity="{strong:g}"/>'
    )


def _fade(x: float, wide: float, y: float, side: int) -> str:
    """Bars that grow weaker: to the left of `x` (1) or to the right (-1)."""
    if wide < 4:
        return ""
    piece = wide / 4
    spots = [(x - piece * (n + 1) if side > 0 else x + piece * n, 0.5 - 0.12 * n) for n in range(4)]
    return "".join(_bar(at, piece - 1, y, strong, high=10) for at, strong in spots)


def _told(lane: Lane, scale: Days, y: float, width: float) -> str:
    """What is told of the time, beside the mark: on the side where there is room for it."""
    ends = [scale(d) for d in (lane.since, lane.until, lane.change) if d]
    if not ends:
        return words(scale.left + 6, y - 5, lane.said)
    long = len(lane.said) * LETTER
    gap = _FADE + 6 if lane.open_end and not lane.change else 12
    if max(ends) + gap + long <= width:
        return words(max(ends) + gap, y + 4.5, lane.said)
    gap = _FADE + 6 if lane.open_begin else 12
    if min(ends) - gap - long >= scale.left:
        return words(min(ends) - gap, y + 4.5, lane.said, anchor="end")
    return words(min(max(ends), width - 8), y - 11, lane.said, anchor="end")
