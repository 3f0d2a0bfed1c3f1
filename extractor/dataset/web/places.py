"""The page of an administrative unit."""

from __future__ import annotations

import sqlite3

from extractor.dataset.places import history
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route
from extractor.gazetteer import END, display


def place(db: sqlite3.Connection, given: Given) -> Context | None:
    """A unit: its states through time, its successors, its figures and the articles that name it."""
    code = given["code"]
    states = history(code)
    if not states:
        return None
    unit = rows(db, "SELECT * FROM units WHERE code = ?", code)
    following = [s for c in (unit[0]["successors"] or "").split() for s in history(c)[-1:]] if unit else []
    seen = rows(
        db,
        """SELECT DISTINCT a.id, a.published, e.label FROM locations l JOIN articles a USING (id)
           JOIN entries e ON e.id = a.id AND e.kind = 'articles' WHERE l.code = ? ORDER BY a.published DESC LIMIT 200""",
        code,
    )
    figures = rows(db, "SELECT * FROM figures_panel WHERE place_codes LIKE ? ORDER BY period", f'%"{code}"%')
    people = rows(
        db,
        """SELECT name, role, body, count(DISTINCT id) AS n FROM positions WHERE place_code = ?
           GROUP BY name, role, body ORDER BY n DESC LIMIT 50""",
        code,
    )
    return {
        "unit": unit[0] if unit else None, "code": code,
        "name": f"{unit[0]['type']} {unit[0]['name']}" if unit else f"{states[-1].type} {display(states[-1])}",
        "states": [
            {"name": f"{s.type} {display(s)}", "since": s.since, "until": "" if s.until == END else s.until} for s in states
        ],
        "following": [{"code": s.code, "name": f"{s.type} {display(s)}"} for s in following],
        "seen": seen, "figures": figures, "people": people,
    }  # fmt: skip


ROUTES = (Route(r"^/place/(?P<code>[0-9]{2,5})$", "place.html", place),)
