"""The figure explorer: `/figures` with its form and its four views, `/figure` with all that is told of one cell.

One selection, one address: chart, table, panel and map show the same rows, and so do `/figures.csv`, `.xlsx` and `.svg`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from extractor.dataset import figures
from extractor.dataset.web import explorer_chart as chart
from extractor.dataset.web import explorer_files as out
from extractor.dataset.web import explorer_map as country
from extractor.dataset.web.chart_parts import COLOURS
from extractor.dataset.web.charts import Series, colour_of, segments, timeline
from extractor.dataset.web.downloads import sheet
from extractor.dataset.web.figure_words import Speaker, unit_name
from extractor.dataset.web.pictures import offered, svg_file
from extractor.dataset.web.queries import Context, Given, number, remembered
from extractor.dataset.web.routes import Route
from extractor.dataset.web.selection import FORMER, WHOLE, Selection, arguments, kinds, read
from extractor.gazetteer import REFORM, display, gazetteer

Row = dict[str, Any]
PAGE = 100  # figures of a table
_LISTED = 40  # cells under a chart, the latest; the table has all
_ROWS, _COLUMNS = 200, 24  # of a panel
_KEY = (
    ("eq", "●", "key_exact"), ("approx", "○", "key_about"), ("gt", "▲", "key_more"), ("lt", "▽", "key_less"),
    ("target", "◇", "key_target"), ("period", "├─┤", "key_period"), ("dotted", "┄", "key_dotted"),
)  # fmt: skip
_LEVELS = ("nation", "province", "district", "commune")


def explorer(db: sqlite3.Connection, given: Given) -> Context:
    """The explorer's page: form, view, and what could not be drawn."""
    chosen, speaker = read(db, given), Speaker(given["lang"])
    wanted = chosen.wanted()
    total = figures.count(db, wanted)
    cells = figures.cells(db, wanted)
    found = chart.series(cells, speaker)
    context = _around(db, chosen, speaker, total, cells)
    context["swatch"] = chart.swatches(found)
    build = {"chart": _chart, "table": _table, "panel": _panel, "map": _map}[chosen.view]
    return context | build(db, given, chosen, speaker, cells)


def _around(db: sqlite3.Connection, chosen: Selection, speaker: Speaker, total: int, cells: list[Row]) -> Context:
    """What all views share: heading, form, tabs, downloads, what lies outside of the selection."""
    said, written = speaker.said, speaker.written
    everything = replace(chosen, first=None, last=None, keys=(), within="", view="table")
    here = {r["at"] for r in figures.undrawn(db, chosen.wanted())}
    left_out = [r for r in figures.undrawn(db, everything.wanted()) if r["at"] not in here]
    programme, indicator, unit = chosen.kind
    title = written.figure({"programme": programme, "indicator": indicator, "unit": unit})
    articles, span = _summed(db, chosen)
    figures_said = written.count(total, "figures")
    return {
        "title": title, "chosen": chosen, "total": total,
        "lede": _lede(figures_said, written.count(articles, "articles"), span, speaker) if total else said.no_figures_here,
        "within": unit_name(chosen.code if chosen.former else f"{chosen.code}@{REFORM}") if chosen.within else "",
        "form": _form(db, chosen, speaker), "tabs": _tabs(chosen, speaker), "files": _files(chosen, speaker),
        "here": speaker.url("/figures", **arguments(chosen)),
        "cited": said.fill("cite_as", title=title, articles=written.count(articles, "articles"), brand=said.site,
                           address=speaker.url("/figures", **arguments(chosen))),
        "left_out": len(left_out),
        "left_out_link": speaker.url("/figures", **arguments(everything)),
        "picture": _offered(chosen, speaker) if cells else None,
        "nothing": not total, "relaxed": _relaxed(db, chosen, speaker) if not total else [],
        "rule": said.rule_told if any(c["figures"] > 1 for c in cells) else "",
    }  # fmt: skip


def _lede(figures_said: str, articles: str, span: str, speaker: Speaker) -> str:
    key = "figures_lede" if span else "figures_lede_undated"
    return speaker.said.fill(key, figures=figures_said, articles=articles, years=span)


def _summed(db: sqlite3.Connection, chosen: Selection) -> tuple[int, str]:
    """In how many articles the wanted figures stand, and from which year to which."""
    rows = figures.figures(db, chosen.wanted())
    years = [int(r[n][:4]) for r in rows for n in ("first_day", "last_day") if r[n]]
    span = "" if not years else f"{min(years)}" if min(years) == max(years) else f"{min(years)}–{max(years)}"
    return len({r["id"] for r in rows}), span


def _form(db: sqlite3.Connection, chosen: Selection, speaker: Speaker) -> Context:
    """What the form offers: every kind of figure, the places and groups that there are figures of, how many of each status."""
    said, written = speaker.said, speaker.written
    offered = [
        {
            "value": f"{k['programme']}.{k['indicator']}.{k['unit']}",
            "label": f"{written.figure(k)} ({said.code('unit', k['unit'], 2)}) – {written.number(k['figures'])}"
            + (f", {said.f_only_targets}" if not k["results"] else ""),
        }
        for k in kinds(db)
    ]
    anywhere = replace(chosen, keys=(), within="", first=None, last=None).wanted()
    places = remembered(db, ("figure places", anywhere), lambda: figures.places(db, anywhere))
    named = {p["key"]: speaker.placed(_as_place(p)) for p in places}
    groups = remembered(db, ("figure groups", chosen.kind), lambda: figures.groups(db, chosen.kind))
    status = replace(chosen.wanted(), status=None)
    return {
        "kinds": offered, "what": ".".join(chosen.kind),
        "places": [(p["key"], f"{named[p['key']]} ({written.number(p['cells'])})") for p in places if p["key"] not in chosen.keys],
        "chips": [(k, named.get(k, speaker.place({"place_key": k, "place_name": unit_name(k)}))) for k in chosen.keys],
        "without": {k: _without(chosen, k, speaker) for k in chosen.keys},
        "provinces": _provinces(speaker),
        "groups": [(g["key"] or WHOLE, f"{speaker.group(g['key'], g['said'])} ({written.number(g['figures'])})") for g in groups],
        "group": "*" if chosen.group is None else chosen.group or WHOLE,
        "results": figures.count(db, replace(status, status="actual")),
        "targets": figures.count(db, replace(status, status="target")),
    }  # fmt: skip


def _without(chosen: Selection, key: str, speaker: Speaker) -> str:
    """The address of the selection without one of its places."""
    return speaker.url("/figures", **arguments(chosen, place=",".join(k for k in chosen.keys if k != key)))


def _as_place(row: Row) -> Row:
    return {"place_key": row["key"], "place_name": row["name"], "place_type": row["type"], "place_level": row["level"],
            "province": row["province"]}  # fmt: skip


def _provinces(speaker: Speaker) -> list[tuple[str, str]]:
    """Code and name of all provinces by their names today, then by those that they had before the reform."""
    states = [u for code, found in gazetteer().by_code.items() if len(code) == 2 for u in found]
    today = [(u.code, display(u)) for u in sorted(states, key=lambda u: u.plain) if u.valid(REFORM)]
    former = [u for u in sorted(states, key=lambda u: u.plain) if not u.valid(REFORM)]
    return today + [(f"{u.code}{FORMER}", speaker.said.fill("until_reform", name=display(u))) for u in former]


def _tabs(chosen: Selection, speaker: Speaker) -> list[Row]:
    return [
        {
            "name": speaker.said[f"view_{view}"],
            "link": speaker.url("/figures", **arguments(chosen, view="" if view == "chart" else view)),
            "here": view == chosen.view,
        }
        for view in ("chart", "table", "panel", "map")
    ]


def _files(chosen: Selection, speaker: Speaker) -> dict[str, str]:
    """The addresses of what is seen as files."""
    files = {form: speaker.url(f"/figures.{form}", **arguments(chosen, view="")) for form in ("csv", "xlsx")}
    files["svg"] = speaker.url("/figures.svg", **arguments(chosen))
    files["cells"] = speaker.url("/figures.csv", **arguments(chosen, view="panel"))
    return files


def _offered(chosen: Selection, speaker: Speaker) -> Mapping[str, str] | None:
    """The drawing of a view that has one."""
    drawn = chosen.view in ("chart", "map")
    return offered(_files(chosen, speaker)["svg"], "-".join(chosen.kind)) if drawn else None


def _relaxed(db: sqlite3.Connection, chosen: Selection, speaker: Speaker) -> list[Row]:
    """Conditions that can be taken away where nothing fits, with what is found without each."""
    tries = {
        "f_places": {"keys": (), "within": ""}, "f_from": {"first": None, "last": None},
        "f_group": {"group": None}, "f_kind": {"statuses": ("actual", "target")},
    }  # fmt: skip
    out = []
    for key, change in tries.items():
        other = replace(chosen, **change)  # type: ignore[arg-type]
        if other != chosen and (n := figures.count(db, other.wanted())):
            link = speaker.url("/figures", **arguments(other))
            out.append({"name": speaker.said[key], "n": speaker.written.count(n, "figures"), "link": link})
    return out


def _chart(db: sqlite3.Connection, given: Given, chosen: Selection, speaker: Speaker, cells: list[Row]) -> Context:
    found = chart.series(cells, speaker)
    label = speaker.written.figure(dict(zip(("programme", "indicator", "unit"), chosen.kind, strict=True)))
    shown = [c for _, members in found for c in members if c["carded"]]
    cards = [_card(c, speaker) for c in shown]
    default = max(
        (c for _, members in found[:1] for c in members),
        key=lambda c: (c["status"] == "actual", c["day"]),
        default=None,
    )
    undrawn = [speaker.entry(r) | {"reason_said": _reason(r, speaker)} for r in figures.undrawn(db, chosen.wanted())]
    return {
        "drawing": chart.drawn(found, cells, speaker, label), "heading": chart.finding(found, speaker), "cards": cards,
        "entries": sorted(cards, key=lambda c: (c["day"], c["cell"]))[-_LISTED:], "listed": len(cards),
        "default": default["cell"] if default else None,
        "sub": _axis_said(cells, speaker), "undrawn": undrawn, "pairs": chart.dumbbells(cells, speaker, label),
        "series": [(one.name, colour_of(i)) for i, (one, _) in enumerate(found[: len(COLOURS)])],
        "others": max(0, len(found) - len(COLOURS)), "grey": max(0, min(len(found), chart.SHOWN) - len(COLOURS)),
        "signs": _signs(cells, found), "missing": chart.missing(found, speaker) if chosen.keys or chosen.within else [],
    }  # fmt: skip


def _card(cell: Row, speaker: Speaker) -> Row:
    return speaker.entry(cell) | {
        "values_said": speaker.values(cell),
        "chosen_why": speaker.said[f"by_{cell['chosen_by']}"],
    }


def _axis_said(cells: list[Row], speaker: Speaker) -> str:
    if not cells:
        return ""
    how = chart.axis(cells, speaker)
    low = chart.nice_of(cells, how).low
    return speaker.said.fill("axis_from", unit=speaker.said.code("unit", cells[0]["unit"], 2), low=how.tick(low))


def _signs(cells: list[Row], found: list[tuple[Series, list[Row]]]) -> set[str]:
    """Which signs a chart's key must explain."""
    signs = {"target" if c["status"] == "target" else c["comparator"] for c in cells}
    signs |= {"period"} if any(c["first_day"] != c["last_day"] for c in cells) else set()
    dotted = any(dots for one, _ in found[: chart.SHOWN] for _, _, dots in segments(one))
    signs |= {"dotted"} if dotted else set()
    return signs | ({"conflict"} if any(c["agreement"] == "conflict" for c in cells) else set())


def _reason(row: Row, speaker: Speaker) -> str:
    return speaker.said.fill(
        f"reason_{row['reason']}", place=row["place"] or "", period=(row["period_text"] or "").strip()
    )


def _table(db: sqlite3.Connection, given: Given, chosen: Selection, speaker: Speaker, cells: list[Row]) -> Context:
    total = figures.count(db, chosen.wanted())
    pages = max(1, -(-total // PAGE))
    page = min(max(1, number(given, "page", 1)), pages)
    rows = figures.figures(db, chosen.wanted(), limit=PAGE, offset=(page - 1) * PAGE)
    of = {c["cell"]: c for c in cells}
    entries = [
        speaker.entry(r)
        | {"reason_said": _reason(r, speaker) if r["reason"] else "", "agreement": of.get(r["cell"], {}).get("agreement")}
        for r in rows
    ]  # fmt: skip
    links = {n: speaker.url("/figures", **arguments(chosen, page=n)) for n in (page - 1, page + 1) if 1 <= n <= pages}
    return {"entries": entries, "page": page, "pages": pages, "links": links, "below": _below(db, chosen, speaker)}


def _below(db: sqlite3.Connection, chosen: Selection, speaker: Speaker) -> Context | None:
    """Districts and communes of the province that is chosen, with their latest figure."""
    if not chosen.within:
        return None
    latest = figures.latest_below(db, chosen.code, chosen.kind, group=chosen.group or "", former=chosen.former)
    name = unit_name(chosen.code if chosen.former else f"{chosen.code}@{REFORM}") or chosen.within
    return {"name": name, "entries": [_card(c, speaker) for c in latest]}


def _panel(db: sqlite3.Connection, given: Given, chosen: Selection, speaker: Speaker, cells: list[Row]) -> Context:
    """Place × year: what is told of a place in a year, each with its period, its sign and the number of articles."""
    years = sorted({c["last_day"][:4] for c in cells})[-_COLUMNS:]
    found = chart.series(cells, speaker)
    rows = []
    for one, members in sorted(found, key=lambda s: _LEVELS.index(s[1][0]["place_level"] or "commune"))[:_ROWS]:
        at: dict[str, list[Row]] = {year: [] for year in years}
        for cell in members:
            at.setdefault(cell["last_day"][:4], []).append(
                _card(cell, speaker) | {"partial": cell["period"] != cell["last_day"][:4]}
            )
        rows.append({"name": one.name, "cells": [at[year] for year in years]})
    return {
        "columns": years, "rows": rows, "cells": len(cells),
        "cells_said": speaker.said.fill("panel_cells", n=speaker.written.number(len(cells))), "cut": len(found) > _ROWS,
    }  # fmt: skip


def _map(db: sqlite3.Connection, given: Given, chosen: Selection, speaker: Speaker, cells: list[Row]) -> Context:
    shown = country.shown(cells, given.get("map", ""), speaker)
    switch = {w: speaker.url("/figures", **arguments(chosen, map=w)) for w in ("34", "63")}
    return {"map": shown, "switch": switch}


def files(db: sqlite3.Connection, given: Given) -> Context:
    """The selection as a file: all figures, or with the panel's view all cells, as CSV or a workbook; the chart or map as SVG."""
    chosen = read(db, given)
    speaker = Speaker(given["lang"])
    name = "-".join(chosen.kind)
    if given["format"] == "svg":
        return _picture(db, given, chosen, speaker, name)
    panel = chosen.view == "panel"
    rows = _cell_rows(db, chosen) if panel else _figure_rows(db, chosen)
    columns = out.CELL_COLUMNS if panel else out.COLUMNS
    stem = f"cells-{name}" if panel else f"figures-{name}"
    title = speaker.written.figure(rows[0]) if rows else name
    return sheet(given, stem, rows, columns, f"{title}. {speaker.said.rule_told}")


def _figure_rows(db: sqlite3.Connection, chosen: Selection) -> list[Row]:
    of = {c["cell"]: c for c in figures.cells(db, chosen.wanted())}
    rows = out.plain(figures.figures(db, chosen.wanted()))
    for row in rows:
        cell = of.get(row["cell"])
        row |= {
            "agreement": cell["agreement"] if cell else None,
            "chosen": int(cell["chosen"] == row["at"]) if cell else None,
        }
    return rows


def _cell_rows(db: sqlite3.Connection, chosen: Selection) -> list[Row]:
    return out.plain(figures.cells(db, chosen.wanted()))


def _picture(db: sqlite3.Connection, given: Given, chosen: Selection, speaker: Speaker, name: str) -> Context:
    cells = figures.cells(db, chosen.wanted())
    title = speaker.written.figure(dict(zip(("programme", "indicator", "unit"), chosen.kind, strict=True)))
    address = speaker.url("/figures", **arguments(chosen))
    if chosen.view == "map":
        drawing, heading, foot = (
            country.shown(cells, given.get("map", ""), speaker)["wide"],
            title,
            [speaker.said.map_why],
        )
    elif given.get("drawing") == "pairs":
        drawing = chart.dumbbells(cells, speaker, title)
        heading, foot = f"{title}. {speaker.said.dumbbell}", [speaker.said.dumbbell_why]
    else:
        found = chart.series(cells, speaker)
        drawing = timeline([s for s, _ in found[: chart.SHOWN]], chart.axis(cells, speaker), title)
        heading, foot = chart.finding(found, speaker), [f"{title}. {_axis_said(cells, speaker)}"]
        signs = _signs(cells, found)
        foot.append(" · ".join(f"{sign} {speaker.said[key]}" for name, sign, key in _KEY if name in signs))
    return svg_file(drawing, name, heading or speaker.said.no_figures_here, [*foot, f"{speaker.said.honest} {address}"])


def figure(db: sqlite3.Connection, given: Given) -> Context | None:
    """A figure by its article and offset: its cell, all that articles tell of it, and which value stands for them."""
    row = db.execute(
        """SELECT x.at, x.cell FROM figures f JOIN figure_facts x ON x.id = f.id AND x.ordinal = f.ordinal
           WHERE f.id = ? AND f.start = ? ORDER BY x.at LIMIT 1""",
        (given.get("id", ""), number(given, "start", -1)),
    ).fetchone()
    if row is None:
        return None
    speaker = Speaker(given["lang"])
    if row[1] is None:
        told = figures.figures(db, figures.Wanted(at=row[0]))
        return {"one": None, "told": [speaker.entry(r) | {"reason_said": _reason(r, speaker)} for r in told]}
    [cell] = figures.cells(db, figures.Wanted(at=row[0]))
    told = [
        speaker.entry(r) | {"is_chosen": r["at"] == cell["chosen"], "reason_said": ""} for r in figures.told(db, row[1])
    ]
    kind = (cell["programme"], cell["indicator"], cell["unit"])
    back = Selection(kind, (cell["place_key"],), "", None, None, cell["group_key"], ("actual", "target"), "chart")
    return {
        "one": _card(cell, speaker),
        "told": told,
        "rule": speaker.said.rule_told,
        "back": speaker.url("/figures", **arguments(back)),
    }


def country_map(db: sqlite3.Connection, given: Given) -> Context:
    """The explorer with its map."""
    return explorer(db, given | {"view": "map"})


ROUTES = (
    Route(r"^/map$", "figures.html", country_map),
    Route(r"^/(?:figures|charts)$", "figures.html", explorer),
    Route(r"^/figures\.(?P<format>csv|xlsx|svg)$", "figures.html", files),
    Route(r"^/figure$", "figure.html", figure),
)
