"""The page of an article, and the page that writes a line for a file of corrections."""

from __future__ import annotations

import sqlite3

from extractor.dataset.corrections import NOTED, Correction, kinds
from extractor.dataset.should import FORMS
from extractor.dataset.web.article_view import ITEMS, view
from extractor.dataset.web.cards import Cards
from extractor.dataset.web.formats import formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.queries import Context, Given, number, rows
from extractor.dataset.web.routes import Route
from extractor.dataset.web.words import words


def article(db: sqlite3.Connection, given: Given) -> Context | None:
    """One article, its fields marked in the text."""
    key = given.get("id", "")
    found = rows(db, "SELECT * FROM articles WHERE id = ?", key)
    if not found:
        return None
    items = {
        name: rows(db, f"SELECT * FROM {name} WHERE id = ? ORDER BY start", key)
        for name in (*ITEMS, "positions", "officials")
    }
    persons = dict(db.execute("SELECT number, person FROM person_mentions WHERE id = ?", (key,)).fetchall())
    lang = given["lang"]
    cards = Cards(words(lang), formats(lang), found[0]["published"], Links(lang, ""), persons)
    done = rows(db, 'SELECT * FROM corrections WHERE id = ? ORDER BY start, "end"', key)
    for one in done:
        one["was"] = formats(lang).plain(one["was"] or one["text"])
    return view(found[0], items, cards) | {"served": True, "corrections": done}


def report(db: sqlite3.Connection, given: Given) -> Context | None:
    """A line for the user's file of corrections: the place that is wrong, what it was read as, and what is wrong with it."""
    key, field, start = given.get("id", ""), given.get("field", ""), number(given, "start", -1)
    if field not in (*ITEMS, "officials", "positions"):
        return None
    found = rows(db, f'SELECT * FROM {field} WHERE id = ? AND start = ? ORDER BY "end" LIMIT 1', key, start)
    if not found and field == "officials":
        found = rows(
            db,
            """SELECT json_extract(m.value, '$.text') AS text, json_extract(m.value, '$.start') AS start,
               json_extract(m.value, '$.end') AS "end" FROM officials o, json_each(o.mentions) m
               WHERE o.id = ? AND json_extract(m.value, '$.start') = ? LIMIT 1""",
            key,
            start,
        )
    if not found:
        return None
    possible = kinds(field)
    wrong = next((kind for kind in possible if kind == given.get("wrong")), possible[0])
    item = found[0]
    should, form = given.get("should", "").strip()[:200], FORMS.get((field, wrong))
    refused = should if form is not None and should and form.read(should) is None else ""
    line = Correction(
        id=key, field=field, start=item["start"], end=item["end"], text=item["text"], wrong=wrong,
        should="" if refused else should,
    )  # fmt: skip
    return {
        "item": item, "field": field, "key": key, "wrong": wrong, "kinds": possible, "line": line.model_dump_json(),
        "should": should, "refused": refused, "form": form.name if form else "", "notes": wrong in NOTED,
    }  # fmt: skip


ROUTES = (Route(r"^/article$", "article.html", article), Route(r"^/report$", "report.html", report))
