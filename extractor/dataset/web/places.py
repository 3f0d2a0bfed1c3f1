"""The page of an administrative unit: one land through the reforms, with what articles tell of it under all of its names."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import date
from typing import Any

from extractor.dataset import figures
from extractor.dataset.places import family, full_name, history, is_new, named
from extractor.dataset.web.downloads import FORMATS, sheet
from extractor.dataset.web.formats import formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.offices import latest
from extractor.dataset.web.queries import Context, Given, number, remembered, rows
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words
from extractor.gazetteer import END, Unit, gazetteer

Row = dict[str, Any]
_ARTICLES, _OFFICES, _CELLS, _KINDS = 100, 8, 60, 6
ARTICLE_COLUMNS = ("published", "title", "source", "names", "codes", "id", "start")
LIST_COLUMNS = ("code", "name", "above", "until", "articles", "parts")
_LISTED = 200
_PRESENT = "9998-12-31"
_LAST_DAY = "2025-06-30"  # before the reform


def place(db: sqlite3.Connection, given: Given) -> Context | None:
    """A unit: what it was and is, what it was joined of, its figures and those below it, its leaders, the articles on it."""
    code, lang = given["code"], given["lang"]
    states = history(code)
    if not states:
        return None
    codes = family(code)
    now = states[-1]
    below, below_told = _below(db, given, code)
    articles, total = _articles(db, codes)
    return {
        "code": code, "name": full_name(now), "unit": now, "line": _line(now), "states": [_state(s, codes) for s in states],
        "parts": [_other(db, c, _LAST_DAY) for c in _parts(code)], "into": [_other(db, c, _PRESENT) for c in _into(code)],
        "lede": _lede(now, articles_of(db, codes), codes, lang), "figures": _figures(db, codes), "below": below, "told": below_told,
        "children": _children(db, code), "offices": _offices(db, codes), "articles": articles, "total": total, "codes": codes,
    }  # fmt: skip


def _line(unit: Unit) -> list[Row]:
    """The units above, from the province down."""
    return [{"code": u.code, "name": full_name(u)} for u in gazetteer().lineage(unit, None)[:-1]]


def _parts(code: str) -> list[str]:
    return [c for c in gazetteer().predecessors(code) if c != code]


def _into(code: str) -> list[str]:
    return [c for c in gazetteer().successors(code) if c != code]


def _state(unit: Unit, codes: list[str]) -> Row:
    """A state of a code: since when, until when, and whether it is another unit than before under the same code."""
    return {
        "name": full_name(unit), "above": [full_name(u) for u in gazetteer().lineage(unit, None)[:-1]], "since": unit.since,
        "until": "" if unit.until == END else unit.until, "new": is_new(unit) and len(codes) > 1,
    }  # fmt: skip


def _other(db: sqlite3.Connection, code: str, day: str) -> Row:
    """Another unit of the family in its state of a day, and how many articles name it."""
    unit = gazetteer().at(code, day) or history(code)[-1]
    above = [full_name(u) for u in gazetteer().lineage(unit, day)[:-1]]
    return {
        "code": code,
        "name": full_name(unit),
        "above": ", ".join(reversed(above)),
        "articles": articles_of(db, [code]),
    }


def articles_of(db: sqlite3.Connection, codes: list[str]) -> int:
    """How many articles name one of the units."""
    marks = ", ".join("?" * len(codes))
    return int(rows(db, f"SELECT count(DISTINCT id) AS n FROM locations WHERE code IN ({marks})", *codes)[0]["n"])


def _former(code: str) -> Row:
    return {"code": code, "name": full_name(gazetteer().at(code, _LAST_DAY) or history(code)[0])}


def _lede(unit: Unit, articles: int, codes: list[str], lang: str) -> str:
    said, written = words(lang), formats(lang)
    text = said.fill("place_lede", articles=written.count(articles, "articles"))
    if len(codes) > 1:
        text += " " + said.fill("place_joined", n=len(codes) - 1)
    return text if unit.until == END else f"{said.fill('place_ended', day=written.day(unit.until))} {text}"


def _figures(db: sqlite3.Connection, codes: list[str]) -> list[Row]:
    """What figures tell of the unit under each of its codes: cells, the newest of a kind first."""
    found = [c for code in codes for c in figures.of_place(db, code)]
    found.sort(key=lambda c: (c["programme"], c["indicator"], c["unit"], c["group_key"], c["status"]))
    ordered = sorted(found, key=lambda c: c["day"], reverse=True)
    ordered.sort(
        key=lambda c: (c["indicator"] != "coverage_rate", c["programme"], c["indicator"], c["unit"], c["group_key"])
    )
    return ordered[:_CELLS]


def _kinds_below(db: sqlite3.Connection, code: str) -> list[tuple[tuple[str, str, str], int]]:
    """The kinds of figures that units below one are told of, with how many cells each has."""
    return [
        ((r["programme"], r["indicator"], r["unit"]), r["n"])
        for r in rows(
            db,
            """SELECT c.programme, c.indicator, c.unit, count(DISTINCT c.cell) AS n FROM figure_places p
               JOIN figure_facts x ON x.at = p.at JOIN cells c ON c.cell = x.cell
               WHERE p.code = ? AND c.place_code IS NOT NULL AND c.place_code <> ? AND length(c.place_code) > ?
               AND c.status = 'actual' AND c.group_key = ''
               GROUP BY 1, 2, 3 ORDER BY c.indicator <> 'coverage_rate', n DESC, 1, 2, 3 LIMIT ?""",
            code,
            code,
            len(code),
            _KINDS,
        )
    ]


def _below(db: sqlite3.Connection, given: Given, code: str) -> tuple[list[Row], Context]:
    """The units below with their latest figure of one kind, or that of one year; and what else may be chosen."""
    if len(code) > 3:
        return [], {}
    kinds = _kinds_below(db, code)
    if not kinds:
        return [], {"kinds": [], "years": [], "kind": None}
    asked = tuple(given.get("kind", "").split("."))
    kind = next((k for k, _ in kinds if k == asked), kinds[0][0])
    wanted = figures.Wanted(groups=("",), status="actual", places=(code,)).of(kind)
    years = sorted(
        {c["day"][:4] for c in figures.cells(db, wanted) if c["place_code"] not in (None, code)}, reverse=True
    )
    year = number(given, "year", 0)
    if str(year) not in years:
        year = 0
    found = figures.latest_below(db, code, kind)
    if year:
        found = _in_year(db, code, wanted, year)
    listed = [
        {"kind": k, "id": ".".join(k), "n": n, "programme": k[0], "indicator": k[1], "unit": k[2]} for k, n in kinds
    ]
    chosen = next(k for k in listed if k["kind"] == kind)
    return found, {"kinds": listed, "years": years, "kind": chosen, "year": str(year) if year else ""}


def _in_year(db: sqlite3.Connection, code: str, wanted: figures.Wanted, year: int) -> list[Row]:
    found = figures.cells(db, replace(wanted, first=date(year, 1, 1), last=date(year, 12, 31)))
    latest_of = {
        c["place_key"]: c for c in found if c["place_code"] not in (None, code) and len(c["place_code"]) > len(code)
    }
    return sorted(latest_of.values(), key=lambda c: (len(c["place_code"]), c["place"] or ""))


def _counted(db: sqlite3.Connection) -> dict[str, int]:
    """How many articles name each unit, by code."""
    sql = "SELECT code, count(DISTINCT id) FROM locations WHERE code IS NOT NULL GROUP BY code"
    return remembered(db, "units counted", lambda: dict(db.execute(sql).fetchall()))


def _named_in(db: sqlite3.Connection, codes: list[str], counted: dict[str, int]) -> int:
    """How many articles name one of the units of a family, each once."""
    if sum(code in counted for code in codes) < 2:
        return sum(counted.get(code, 0) for code in codes)
    return remembered(db, ("named in", *codes), lambda: articles_of(db, codes))


def _children(db: sqlite3.Connection, code: str) -> list[Row]:
    """The units right below a unit, those of today and those until the reform, each with how many articles name it."""
    units = gazetteer()
    now = units.children(code, _PRESENT)
    then = [] if len(code) > 3 else [u for u in units.children(code, _LAST_DAY) if u.until != END]
    counted = _counted(db)
    out = []
    for key, some in (("children_now", now), ("children_then", then)):
        listed = sorted(some, key=lambda u: (-counted.get(u.code, 0), u.key))
        if listed:
            found = [{"code": u.code, "name": full_name(u), "articles": counted.get(u.code, 0)} for u in listed]
            out.append({"key": key, "units": found, "named": sum(1 for f in found if f["articles"])})
    return out


def _offices(db: sqlite3.Connection, codes: list[str]) -> list[Row]:
    marks = ", ".join("?" * len(codes))
    found = rows(
        db,
        f"""SELECT * FROM offices WHERE place_code IN ({marks})
            ORDER BY place_code <> ?, articles DESC, key LIMIT ?""",
        *codes,
        codes[0],
        _OFFICES,
    )
    for one in found:
        one["latest"] = latest(db, one["key"])
    return found


def _articles(db: sqlite3.Connection, codes: list[str], most: int = _ARTICLES) -> tuple[list[Row], int]:
    """The articles that name a unit of the family, the newest first, each with the names that it uses and their codes."""
    marks = ", ".join("?" * len(codes))
    total = articles_of(db, codes)
    found = rows(
        db,
        f"""SELECT a.id, a.published, a.source, e.label AS title, min(l.start) AS start,
            json_group_array(DISTINCT l.text || char(31) || l.code) AS used
            FROM locations l JOIN articles a USING (id) JOIN entries e ON e.id = a.id AND e.kind = 'articles'
            WHERE l.code IN ({marks}) GROUP BY a.id ORDER BY a.published IS NULL, a.published DESC, a.id LIMIT ?""",
        *codes,
        most,
    )
    for one in found:
        used = [part.split("\x1f") for part in json.loads(one["used"])]
        one["used"] = list({text.casefold(): (text, code) for text, code in reversed(used)}.values())[::-1]
    return found, total


def places(db: sqlite3.Connection, given: Given) -> Context:
    """Places: all provinces of today with what came into them, and the units of a name where one is asked for."""
    found = _listed(db, given)
    return {"found": found[:_LISTED], "total": len(found), "query": given.get("q", "").strip()}


def _listed(db: sqlite3.Connection, given: Given) -> list[Row]:
    query = given.get("q", "").strip()
    url = Links(given["lang"], "")
    counted = _counted(db)
    found = named(query) if query else [u for u in gazetteer().children("", _PRESENT) if len(u.code) == 2]
    listed: list[Row] = []
    for unit in found:
        codes = family(unit.code)
        above = gazetteer().lineage(unit, None)[:-1]
        listed.append(
            {
                "code": unit.code, "name": full_name(unit), "above": ", ".join(full_name(u) for u in reversed(above)),
                "until": "" if unit.until == END else unit.until, "address": url.place(unit.code),
                "articles": _named_in(db, codes, counted),
                "parts": [_former(c) for c in _parts(unit.code)],
            }
        )  # fmt: skip
    listed.sort(key=lambda u: (-u["articles"], u["name"]))
    return listed


def place_file(db: sqlite3.Connection, given: Given) -> Context | None:
    """All articles that name a unit of the family, each with the names that it uses."""
    states = history(given["code"])
    if not states:
        return None
    found, _ = _articles(db, family(given["code"]), -1)
    for one in found:
        one["names"] = "; ".join(text for text, _ in one["used"])
        one["codes"] = " ".join(dict.fromkeys(code for _, code in one["used"]))
    return sheet(given, full_name(states[-1]), found, ARTICLE_COLUMNS)


def places_file(db: sqlite3.Connection, given: Given) -> Context:
    """The places of a list."""
    found = [one | {"parts": " ".join(p["code"] for p in one["parts"])} for one in _listed(db, given)]
    return sheet(given, f"places {given.get('q', '')}", found, LIST_COLUMNS)


ROUTES = (
    Route(r"^/place/(?P<code>[0-9]{2,5})$", "place.html", place),
    Route(r"^/places$", "places.html", places),
    Route(rf"^/place/(?P<code>[0-9]{{2,5}})\.(?P<format>{FORMATS})$", "place.html", place_file),
    Route(rf"^/places\.(?P<format>{FORMATS})$", "places.html", places_file),
)
