"""The Datasette plugin: our pages at `/`, `/article?id=`, `/official?name=`, `/office?key=`, `/place/…`, `/document?number=`,
`/charts`, `/map`.

Every page takes `?lang=vi|en`; `/search.json` and `/search.csv` give the search as data, and Datasette's own pages
(`/DATABASE/TABLE.json`, `.csv`) the tables and views.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from extractor.dataset.web import pages
from extractor.dataset.web.strings import STRINGS
from extractor.errors import InputError
from extractor.text import unaccent

_CSS = Path(__file__).parent / "style.css"
_POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'"
)
_LONGEST = 16_000_000  # bytes of a text or blob; an article has at most a million characters
_SECONDS = 2.0  # that a page of ours may look in the database
Page = Callable[[sqlite3.Connection, dict[str, str]], dict[str, Any] | None]
View = Callable[[Datasette, Request], Coroutine[Any, Any, Response]]


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """SQL functions of ours, and a bound on a single value, on every connection."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    conn.row_factory = sqlite3.Row
    conn.create_function("unaccented", 1, lambda s: unaccent(s) if s else None, deterministic=True)


def _database(datasette: Datasette) -> str:
    config = datasette.plugin_config("extractor") or {}
    return str(config.get("database") or next(n for n in datasette.databases if not n.startswith("_")))


def _arguments(request: Request) -> dict[str, str]:
    given = {k: request.args[k] for k in request.args}
    given |= {k: v for k, v in request.url_vars.items() if v is not None}
    given["lang"] = "en" if given.get("lang") == "en" else "vi"
    return given


def _page(template: str, build: Page) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        name = _database(datasette)
        given = _arguments(request)
        try:
            found = await datasette.get_database(name).page_fn(lambda db: _bounded(db, given, build))
        except InputError as error:
            return _said(str(error), 400)
        except sqlite3.OperationalError as error:
            return _said("The question took too long." if "interrupt" in str(error) else f"The database: {error}.", 503)
        except sqlite3.DatabaseError as error:
            return _said(f"The database is damaged ({error}): extractor index makes it anew.", 503)
        if found is None:
            raise NotFound(STRINGS[given["lang"]]["notfound"])
        if "csv" in found:
            headers = {"content-disposition": 'attachment; filename="search.csv"'}
            return Response(found["csv"], content_type="text/csv; charset=utf-8", headers=headers)
        if "json" in found:
            return Response.json(found["json"])
        context = found | {
            "t": STRINGS[given["lang"]],
            "lang": given["lang"],
            "db": name,
            "path": request.path,
            "given": given,
        }
        html = await datasette.render_template(template, context, request=request)
        return Response.html(html, headers={"content-security-policy": _POLICY, "x-content-type-options": "nosniff"})

    return view


def _bounded(db: sqlite3.Connection, given: dict[str, str], build: Page) -> dict[str, Any] | None:
    until = time.monotonic() + _SECONDS
    db.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        return build(db, given)
    finally:
        db.set_progress_handler(None, 0)


def _said(text: str, status: int) -> Response:
    return Response.text(f"{text}\n", status=status)


async def _style(datasette: Datasette, request: Request) -> Response:
    return Response(_CSS.read_text(encoding="utf-8"), content_type="text/css; charset=utf-8")


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, View]]:
    """Our pages; Datasette's own stay behind them."""
    return [
        (r"^/$", _page("search.html", pages.search_page)),
        (r"^/search$", _page("search.html", pages.search_page)),
        (r"^/search\.(?P<format>json|csv)$", _page("search.html", pages.search_data)),
        (r"^/article$", _page("article.html", pages.article)),
        (r"^/official$", _page("official.html", pages.official)),
        (r"^/office$", _page("office.html", pages.office)),
        (r"^/place/(?P<code>[0-9]{2,5})$", _page("place.html", pages.place)),
        (r"^/document$", _page("document.html", pages.document)),
        (r"^/charts$", _page("charts.html", pages.charts)),
        (r"^/map$", _page("map.html", pages.country_map)),
        (r"^/extractor\.css$", _style),
    ]
