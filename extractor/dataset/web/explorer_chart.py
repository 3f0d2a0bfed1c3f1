"""Cells of the database as charts: which are joined, what is written beside them, what a heading says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from extractor.dataset.web.chart_parts import Values, nice
from extractor.dataset.web.charts import Axis, Pair, Point, Series, colour_of, empty_years, pairs, timeline
from extractor.dataset.web.figure_words import Speaker
from extractor.records import NATION, SIGNED

Row = dict[str, Any]
CARDS = 160  # cells whose sentences a chart's page holds
SHOWN = 30  # series in a chart, of which four are coloured
_NAMED = 3  # of which a heading speaks
_PAIRS = 16  # places whose target is drawn beside the result


def point(cell: Row, speaker: Speaker) -> Point:
    """A cell as a point that leads to its sentence: on the page where it stands on it, else on its own."""
    kind = speaker.said.code("status", cell["status"])
    said = f"{speaker.placed(cell)}, {speaker.period(cell)}: {speaker.value(cell)} ({kind}). {cell['sentence']}"
    return Point(
        day=cell["day"], value=cell["value"], top=cell["value_max"], first=cell["first_day"], last=cell["last_day"],
        comparator=cell["comparator"], target=cell["status"] == "target", conflict=cell["agreement"] == "conflict",
        said=" ".join(said.split()), short=speaker.short(cell),
        link=f"#c{cell['cell']}" if cell.get("carded") else speaker.url("/figure", id=cell["id"], start=cell["start"]),
    )  # fmt: skip


def series(cells: Sequence[Row], speaker: Speaker) -> list[tuple[Series, list[Row]]]:
    """Cells by place, in one state of its land, and group; the country first, then those with most values."""
    found: dict[tuple[str, str, str], list[Row]] = {}
    for cell in cells:
        found.setdefault((cell["place_key"], cell["group_key"], cell["base_key"]), []).append(cell)
    of_groups = any(group for _, group, _ in found)
    ordered = sorted(found.items(), key=lambda item: (item[0][0] != NATION, -len(item[1]), item[0]))
    out = []
    left = CARDS
    for key, members in ordered:
        for cell in members:
            cell["carded"] = left > 0
            left -= 1
        name = speaker.placed(members[0])
        if of_groups:
            name = f"{name}: {speaker.group(key[1], members[0]['group'])}"
        points = tuple(point(c, speaker) for c in sorted(members, key=lambda c: (c["day"], c["value"])))
        out.append((Series("|".join(key), name, points), members))
    return out


def axis(cells: Sequence[Row], speaker: Speaker, *, short: bool = False) -> Axis:
    """How the values of cells, all of one kind, are written at an axis."""
    unit, indicator = (cells[0]["unit"], cells[0]["indicator"]) if cells else ("percent", "coverage_rate")
    share = unit == "percent" and indicator not in SIGNED

    def tick(value: float) -> str:
        return speaker.written.quantity(value, unit) if unit == "percent" else speaker.written.number(value)

    gap = speaker.said["gap_years_short" if short else "gap_years"]
    return Axis(tick, share=share, signed=indicator in SIGNED, gap=gap)


def nice_of(cells: Sequence[Row], how: Axis) -> Values:
    """The scale of values that a chart of cells has."""
    values = [v for c in cells for v in (c["value"], c["value_max"]) if v is not None]
    return nice(values, 0.0, 1.0, share=how.share, signed=how.signed)


def drawn(found: Sequence[tuple[Series, list[Row]]], cells: Sequence[Row], speaker: Speaker, label: str) -> str:
    """The chart for wide pages and the one for narrow ones, of which a page shows one."""
    lines = [s for s, _ in found[:SHOWN]]
    wide = timeline(lines, axis(cells, speaker), label)
    return wide + timeline(lines, axis(cells, speaker, short=True), label, width=350, height=330)


def finding(found: Sequence[tuple[Series, list[Row]]], speaker: Speaker) -> str:
    """What the first series say, as a heading: from what to what, or that there is one value alone."""
    out = []
    for one, members in found[:_NAMED]:
        results = sorted((c for c in members if c["status"] == "actual"), key=lambda c: c["day"])
        name = one.name
        if not results:
            out.append(speaker.said.fill("finding_target", name=name))
        elif len(results) == 1:
            out.append(speaker.said.fill("finding_one", name=name))
        else:
            first, last = results[0], results[-1]
            way = "same" if first["value"] == last["value"] else "rise" if first["value"] < last["value"] else "fall"
            ends = {"a": speaker.value(first), "b": speaker.value(last)}
            when = {"since": speaker.period(first), "until": speaker.period(last)}
            out.append(speaker.said.fill(f"finding_{way}", name=name, **ends, **when))
    return "; ".join(out)


def compared(cells: Sequence[Row], speaker: Speaker) -> list[Pair]:
    """Each place's latest target with the latest result that is not after its last day, else with none: the country
    first, then by how far the result is off, then places without one."""
    rows: list[tuple[tuple[bool, bool, float], Pair]] = []
    for one, members in series(cells, speaker):
        aims = [c for c in members if c["status"] == "target"]
        if not aims:
            continue
        aim = max(aims, key=lambda c: (c["last_day"], c["cell"]))
        before = [c for c in members if c["status"] == "actual" and c["day"] <= aim["last_day"]]
        result = max(before, key=lambda c: (c["day"], -c["cell"])) if before else None
        pair = Pair(
            name=f"{one.name} {speaker.period(aim)}", target=point(aim, speaker),
            result=point(result, speaker) if result else None, difference=_difference(aim, result, speaker),
        )  # fmt: skip
        far = result["value"] - aim["value"] if result else 0.0
        rows.append(((aim["place_key"] != NATION, result is None, far), pair))
    return [pair for _, pair in sorted(rows, key=lambda row: row[0])]


def _difference(aim: Row, result: Row | None, speaker: Speaker) -> str:
    if result is None:
        return speaker.said.pair_none
    far = result["value"] - aim["value"]
    unit = "percentage_point" if aim["unit"] == "percent" else aim["unit"]
    if abs(far) < 1e-9:
        return speaker.said.pair_even
    n = speaker.written.quantity(round(abs(far), 6), unit)
    return speaker.said.fill("pair_met" if far > 0 else "pair_short", n=n)


def dumbbells(cells: Sequence[Row], speaker: Speaker, label: str) -> str:
    """Targets beside results as charts for wide and for narrow pages; nothing without targets."""
    rows = compared(cells, speaker)[:_PAIRS]
    return pairs(rows, axis(cells, speaker), label) + pairs(rows, axis(cells, speaker), label, width=350)


def missing(found: Sequence[tuple[Series, list[Row]]], speaker: Speaker) -> list[str]:
    """For each place the years, of those that the chart shows, of which no result is told."""
    if not found:
        return []
    points = [p for one, _ in found for p in one.points]
    years = range(int(min(p.first for p in points)[:4]), int(max(p.last for p in points)[:4]) + 1)
    out = []
    for one, _ in found[:_NAMED]:
        empty = empty_years((p for p in one.points if not p.target), years)
        if empty:
            said = ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in empty)
            out.append(speaker.said.fill("missing_years", name=one.name, years=said))
    return out


def swatches(found: Sequence[tuple[Series, list[Row]]]) -> dict[str, str]:
    """The colour of each cell, by its number, and of each series, by its key."""
    out = {}
    for i, (one, members) in enumerate(found):
        out[one.key] = colour_of(i)
        out |= {str(c["cell"]): colour_of(i) for c in members}
    return out
