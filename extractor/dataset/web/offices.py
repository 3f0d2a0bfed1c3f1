"""Pages of posts: who held one and in which window it changed; and the posts that words or a place ask for."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import pairwise
from typing import Any

from extractor.dataset import offices as found_in
from extractor.dataset.places import family
from extractor.dataset.web.downloads import FORMATS, sheet
from extractor.dataset.web.evidence import COLUMNS, file_rows, of_office
from extractor.dataset.web.formats import formats
from extractor.dataset.web.lanes import Lane, days_of, lanes
from extractor.dataset.web.links import Links
from extractor.dataset.web.persons import holders, lane, sentences, told
from extractor.dataset.web.pictures import offered, svg_file
from extractor.dataset.web.queries import Context, Given, rows
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words
from extractor.gazetteer import gazetteer
from extractor.persons.mentions import holders_of

Row = dict[str, Any]
_LANES, _SHOWN, _OTHERS, _LISTED = 16, 2, 20, 200
_EVERY = 50_000  # posts of one list
LIST_COLUMNS = ("label", "role", "body", "people", "articles", "first_seen", "last_seen", "place_code", "key")


def office(db: sqlite3.Connection, given: Given) -> Context | None:
    """A post: its holders in order, each with sentences; other posts of the body, and the same post before and after reforms."""
    key, lang = given.get("key", ""), given["lang"]
    about = rows(db, "SELECT * FROM offices WHERE key = ?", key)
    if not about:
        return None
    post = about[0]
    held = holders(db, key)
    single = holders_of(post["role"]) == "one"
    evidence = of_office(db, key)
    for n, one in enumerate(held):
        one["at"], one["said"], one["evidence"] = f"h{n}", told(one, lang), evidence.get(one["person"], [])
    drawn = [h for h in held if h["look"] != "none"][:_LANES]
    return {
        "post": post, "held": list(reversed(held)), "single": single, "shown": _SHOWN, "looks": sorted({h["look"] for h in drawn}),
        "chart": lanes(_windows(drawn, lang, single=single), words(lang).fill("holders_of", post=post["label"])),
        "lede": _lede(post, held, lang, single=single), "undrawn": len(held) - len(drawn), "unit": _unit(post),
        "picture": offered(Links(lang, "")("/office.svg", key=key), post["label"]) if drawn else None,
        "sentences": sentences(db, "key", key),
        "others": rows(db, "SELECT * FROM offices WHERE body_key = ? AND key <> ? ORDER BY people DESC, key LIMIT ?",
                       post["body_key"], key, _OTHERS),
        "related": _related(db, post), "windows": single and any(h["look"] == "seen" for h in drawn),
    }  # fmt: skip


def _lede(post: Row, held: list[Row], lang: str, *, single: bool) -> str:
    said, written = words(lang), formats(lang)
    first, last = post["first_seen"], post["last_seen"]
    years = "" if not first else first[:4] if first[:4] == last[:4] else f"{first[:4]}–{last[:4]}"
    text = said.fill(
        "office_lede",
        people=written.count(len(held), "persons"),
        articles=written.count(post["articles"], "articles"),
        years=years,
    )
    current = [h for h in held if h["last_seen"] == last and last and not h["doubtful"]]
    if single and len(current) == 1:
        text += " " + said.fill("office_latest", day=written.day(last), name=current[0]["name"])
    return text.replace(", .", ".").replace("  ", " ")


def _windows(drawn: list[Row], lang: str, *, single: bool) -> list[Lane]:
    """The holders as lines of a drawing; of a post that one person holds, the stretch in which the next one must have come."""
    out = [lane(h, h["name"], f"#{h['at']}", lang) for h in drawn]
    if not single:
        return out
    sure = [n for n, h in enumerate(drawn) if h["look"] in ("seen", "term")]
    for n, after in pairwise(sure):
        begin = days_of(drawn[after])[0]
        if begin and out[n].until and begin > str(out[n].until) and not drawn[n]["until"]:
            out[n] = replace(out[n], change=begin)
    return out


def _unit(post: Row) -> Row | None:
    unit = gazetteer().at(post["place_code"], post["last_seen"]) if post["place_code"] else None
    return {"code": unit.code, "name": unit.full_name} if unit else None


def _related(db: sqlite3.Connection, post: Row) -> list[Row]:
    """The same post in the units that this one's was joined of, or went into."""
    if not post["place_code"]:
        return []
    stem = post["key"].rpartition(":")[0]
    codes = [c for c in family(post["place_code"]) if c != post["place_code"]]
    marks = ", ".join("?" * len(codes))
    return rows(
        db, f"SELECT * FROM offices WHERE key IN ({marks}) ORDER BY people DESC, key", *(f"{stem}:{c}" for c in codes)
    )


def listed(db: sqlite3.Connection, given: Given) -> Context:
    """Posts by words, by a unit and its family, or by a body."""
    query, code, body = given.get("q", "").strip(), given.get("place", ""), given.get("body", "")
    every = _found(db, given)
    found = every[:_LISTED]
    for one in found:
        one["latest"] = latest(db, one["key"])
    unit = gazetteer().at(code, None) if code else None
    return {
        "total": len(every),
        "found": found,
        "query": query,
        "unit": unit,
        "code": code,
        "body": found[0]["body"] if body and found else "",
    }


def _found(db: sqlite3.Connection, given: Given) -> list[Row]:
    """All posts that a list is asked for, those of most articles first, by words the nearest."""
    query, code, body = given.get("q", "").strip(), given.get("place", ""), given.get("body", "")
    if query:
        return found_in.offices(db, query, limit=_EVERY)
    if code:
        codes = family(code)
        where, values = f"WHERE place_code IN ({', '.join('?' * len(codes))})", codes
    else:
        where, values = ("WHERE body_key = ?", [body]) if body else ("", [])
    return rows(db, f"SELECT * FROM offices {where} ORDER BY articles DESC, key LIMIT {_EVERY}", *values)


def latest(db: sqlite3.Connection, key: str) -> Row | None:
    """The holder whom the newest article names."""
    found = rows(
        db,
        """SELECT person, name, last_seen, undated FROM person_posts WHERE key = ? AND NOT former AND NOT doubtful
           ORDER BY last_seen DESC, articles DESC, person LIMIT 1""",
        key,
    )
    return found[0] if found else None


def office_file(db: sqlite3.Connection, given: Given) -> Context | None:
    """The sentences behind the holders of a post."""
    found = rows(db, "SELECT key, label FROM offices WHERE key = ?", given.get("key", ""))
    if not found:
        return None
    labels = {found[0]["key"]: found[0]["label"]}
    return sheet(given, found[0]["label"], file_rows(db, key=found[0]["key"], labels=labels), COLUMNS)


def offices_file(db: sqlite3.Connection, given: Given) -> Context:
    """The posts of a list."""
    asked = next((given[name] for name in ("q", "place", "body") if given.get(name)), "")
    return sheet(given, f"offices {asked}", _found(db, given), LIST_COLUMNS)


def office_picture(db: sqlite3.Connection, given: Given) -> Context | None:
    """The drawing of a post's holders."""
    page = office(db, given)
    if page is None:
        return None
    label = page["post"]["label"]
    foot = [words(given["lang"]).honest, Links(given["lang"], "")("/office", key=page["post"]["key"])]
    return svg_file(page["chart"], label, f"{label}. {page['lede']}", foot)


ROUTES = (
    Route(r"^/office\.svg$", "office.html", office_picture),
    Route(r"^/office$", "office.html", office),
    Route(r"^/offices$", "offices.html", listed),
    Route(rf"^/office\.(?P<format>{FORMATS})$", "office.html", office_file),
    Route(rf"^/offices\.(?P<format>{FORMATS})$", "offices.html", offices_file),
)
