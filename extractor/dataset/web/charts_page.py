"""The page of the map."""

from __future__ import annotations

import sqlite3

from extractor.dataset.places import coordinates
from extractor.dataset.web.bubbles import bubbles
from extractor.dataset.web.links import Links
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route


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


ROUTES = (Route(r"^/map$", "map.html", country_map),)
