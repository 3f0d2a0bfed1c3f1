"""What stands around every page, Datasette's too: sections with their counts, the site's name, the other language, notes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Any

from extractor import __version__
from extractor.dataset.web.formats import Formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.queries import Given, remembered, rows
from extractor.dataset.web.table_cells import Cells
from extractor.dataset.web.words import Words
from extractor.sample import sample_hashes

# Key of the text, path, arguments, paths of the section's other pages, and which count stands beside it. To extend.
SECTIONS: tuple[tuple[str, str, dict[str, str], tuple[str, ...], str], ...] = (
    ("nav_figures", "/figures", {}, ("/charts",), "figures"),
    ("nav_articles", "/search", {}, ("/article",), "articles"),
    ("nav_officials", "/search", {"field": "officials"}, ("/official", "/office", "/offices"), "persons"),
    ("nav_documents", "/documents", {}, ("/document",), "documents"),
    ("nav_places", "/places", {}, ("/place",), "places"),
    ("nav_map", "/map", {}, (), ""),
)
INTERNAL = frozenset({
    "sources", "parts", "origins", "marks", "entries", "words", "figure_facts", "figure_places",
    "words_vocabulary", "linked_persons", "corrected",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """An entry of the navigation."""

    text: str
    address: str
    current: bool
    count: int | None


def language(given: Given) -> str:
    """The language asked for; Vietnamese unless it is English."""
    return "en" if "en" in (given.get("lang"), given.get("_lang")) else "vi"


def _counted(db: sqlite3.Connection) -> dict[str, Any]:
    [found] = rows(
        db,
        """SELECT (SELECT count(*) FROM articles) AS articles, (SELECT count(*) FROM figures) AS figures,
           (SELECT count(*) FROM persons) AS persons, (SELECT count(*) FROM units) AS places,
           (SELECT count(*) FROM cited_documents) AS documents,
           (SELECT min(year) FROM articles) AS first, (SELECT max(year) FROM articles) AS last,
           (SELECT count(*) FROM articles WHERE published IS NULL) AS undated,
           (SELECT max(indexed_at) FROM parts) AS indexed""",
    )
    known = sample_hashes()
    found["invented"] = sum(r["sha256"] in known for r in db.execute("SELECT sha256 FROM articles")) if known else 0
    return found


def counted(db: sqlite3.Connection) -> dict[str, Any]:
    """How much the collection holds: articles, figures, persons, documents, places, first and last year, undated, invented."""
    return remembered(db, "counted", lambda: _counted(db))


def sections(url: Links, said: Words, held: dict[str, Any]) -> list[Section]:
    """The navigation as it stands on one page."""
    field = url.given.get("field", "articles")
    out = []
    for key, path, arguments, further, count in SECTIONS:
        here = url.path == path and (path != "/search" or arguments.get("field", "articles") == field)
        current = here or any(url.path == p or url.path.startswith(f"{p}/") for p in further)
        out.append(Section(said[key], url(path, **arguments), current, held.get(count)))
    return out


def years(held: dict[str, Any], said: Words) -> str:
    """First and last year of the articles; a word where none has a date."""
    if not held.get("first"):
        return said.undated
    return f"{held['first']}" if held["first"] == held["last"] else f"{held['first']}–{held['last']}"


def around(held: dict[str, Any], url: Links, said: Words, written: Formats, title: str | None) -> dict[str, Any]:
    """The values of `shell.html`."""
    brand = title or said.site
    small = f"{written.count(held['articles'], 'articles')} · {years(held, said)}" if held else ""
    foot = [said.honest, said.fill("made_by", version=__version__)]
    note = ""
    if held:
        if held["indexed"]:
            foot[-1] += f", {said.fill('indexed', day=written.day(held['indexed'][:10]))}"
        if held["invented"]:
            n = written.count(held["invented"], "articles")
            note = said.invented if held["invented"] == held["articles"] else said.fill("invented_part", n=n)
    return {
        "t": said, "fmt": written, "url": url, "lang": said.lang, "db": url.database, "cell": Cells(url, said, written),
        "nav": sections(url, said, held), "brand": brand, "brand_small": small, "foot": foot, "invented": note,
        "collection": held, "years": years(held, said) if held else "",
    }  # fmt: skip
