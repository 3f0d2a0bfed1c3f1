"""The pages of charts and of the map."""

from __future__ import annotations

import sqlite3

from extractor.dataset.places import coordinates
from extractor.dataset.web.bubbles import bubbles
from extractor.dataset.web.links import Links
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route


def charts(db: sqlite3.Connection, given: Given) -> Context:
    """A programme's indicator by place and over time, and its figures as a table."""
    kinds = rows(
        db,
        """SELECT programme, indicator, unit, count(*) AS n FROM figures_panel
           GROUP BY programme, indicator, unit ORDER BY indicator = 'coverage_rate' DESC, n DESC""",
    )
    first = kinds[0] if kinds else {"programme": "BHYT", "indicator": "coverage_rate", "unit": "percent"}
    programme = given.get("programme") or first["programme"]
    indicator = given.get("indicator") or first["indicator"]
    unit = given.get("unit") or next(
        (k["unit"] for k in kinds if (k["programme"], k["indicator"]) == (programme, indicator)), "percent"
    )
    figures = rows(
        db,
        """SELECT * FROM figures_panel WHERE programme = ? AND indicator = ? AND unit = ? AND status = 'actual' AND "group" IS NULL
           ORDER BY period DESC LIMIT 500""",
        programme, indicator, unit,
    )  # fmt: skip
    latest: dict[str, float] = {}
    series: dict[str, list[tuple[str, float]]] = {}
    for f in figures:
        where = f["place"] or f["province"]
        if where:
            latest.setdefault(where, f["value"])
            if f["period"]:
                series.setdefault(where, []).append((f["period"].split("/")[-1][:10], f["value"]))
    ranked = sorted(latest.items(), key=lambda p: -p[1])[:30]
    over_time = dict(sorted(((k, v) for k, v in series.items() if len(v) > 1), key=lambda p: -len(p[1]))[:8])
    return {
        "kinds": kinds, "programme": programme, "indicator": indicator, "unit": unit, "figures": figures[:100],
        "by_place": bars(ranked, f"{programme} {indicator}"), "over_time": lines(over_time, f"{programme} {indicator}"),
    }  # fmt: skip


def country_map(db: sqlite3.Connection, given: Given) -> Context:
    """Articles by province as bubbles."""
    counted = rows(
        db,
        "SELECT province_code, province, count(*) AS n FROM articles WHERE province_code IS NOT NULL GROUP BY 1, 2 ORDER BY n DESC",
    )
    url = Links(given["lang"], "")
    where = coordinates()
    points = [
        (
            r["province"],
            *where[r["province_code"]],
            float(r["n"]),
            url("/search", province=r["province"]),
        )
        for r in counted
        if r["province_code"] in where
    ]
    return {"map": bubbles(points, "articles by province"), "counted": counted}


ROUTES = (Route(r"^/(?:charts|figures)$", "charts.html", charts), Route(r"^/map$", "map.html", country_map))
