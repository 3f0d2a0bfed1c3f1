"""The Datasette plugin: our pages, our shell around Datasette's own, errors in words.

Every page takes `?lang=vi|en` (`_lang` on Datasette's); `/search.json` and `/search.csv` give the search as data, and Datasette's
own pages (`/DATABASE/TABLE.json`, `.csv`) the tables and views. A module of pages is added to `MODULES`.
"""

from __future__ import annotations

import json
import logging
import sqlite3
import time
from collections.abc import Callable, Coroutine
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from datasette import Forbidden, NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.database import QueryInterrupted
from datasette.utils.asgi import Base400, Request
from datasette.views.base import DatasetteError

from extractor.dataset.search import LongQueryError
from extractor.dataset.web import article, documents, explorer, offices, pages, persons, places, shell, start
from extractor.dataset.web.formats import formats
from extractor.dataset.web.guard import PICTURES
from extractor.dataset.web.links import Links
from extractor.dataset.web.near import near
from extractor.dataset.web.routes import Page
from extractor.dataset.web.words import words
from extractor.errors import InputError
from extractor.palette import css_marks, css_variables
from extractor.text import unaccent

MODULES = (start, pages, article, persons, offices, places, documents, explorer)
_HOME = Path(__file__).parent
_REPEATED = ("place", "kind")
_LONGEST = 16_000_000  # bytes of a text or blob; an article has at most a million characters
_SECONDS = 2.0  # that a page of ours may look in the database
_NAMES = ("name", "number", "person", "key", "q")  # arguments by which pages are asked for what has a name
_KEEP = {"cache-control": "public, max-age=31536000, immutable"}  # of files whose address changes when they do
View = Callable[[Datasette, Request], Coroutine[Any, Any, Response]]
_log = logging.getLogger(__name__)


@hookimpl  # type: ignore[untyped-decorator]
def prepare_connection(conn: sqlite3.Connection) -> None:
    """SQL functions of ours, and a bound on a single value, on every connection."""
    conn.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
    conn.row_factory = sqlite3.Row
    conn.create_function("unaccented", 1, lambda s: unaccent(s) if s else None, deterministic=True)


def _database(datasette: Datasette) -> str:
    config = datasette.plugin_config("extractor") or {}
    return str(config.get("database") or next(n for n in datasette.databases if not n.startswith("_")))


def _argument(request: Request, name: str) -> str:
    """An argument's value; those that a form gives several times are joined by commas."""
    return ",".join(request.args.getlist(name)) if name in _REPEATED else str(request.args[name])


def _arguments(request: Request) -> dict[str, str]:
    given = {k: _argument(request, k) for k in request.args}
    given |= {k: v for k, v in request.url_vars.items() if v is not None}
    given["lang"] = shell.language(given)
    return given


def _page(template: str, build: Page) -> View:
    async def view(datasette: Datasette, request: Request) -> Response:
        name = _database(datasette)
        given = _arguments(request)
        try:
            found = await datasette.get_database(name).page_fn(lambda db: _bounded(db, given, build))
        except LongQueryError:
            return await _failure(datasette, request, 400, "bad_request", words(given["lang"]).too_long)
        except InputError as error:
            return await _failure(datasette, request, 400, "bad_request", str(error))
        except sqlite3.OperationalError as error:
            if "interrupt" in str(error):
                return await _failure(datasette, request, 503, "too_slow", words(given["lang"]).too_slow_why)
            return await _failure(datasette, request, 503, "failed", str(error))
        except sqlite3.DatabaseError as error:
            return await _failure(datasette, request, 503, "damaged", f"{error}. {words(given['lang']).damaged_why}")
        if found is None:
            raise NotFound(words(given["lang"]).not_found)
        if "file" in found:
            body, kind, file = found["file"]
            headers = {"content-disposition": f'attachment; filename="{file}"'}
            return Response(body, content_type=kind, headers=headers)
        if "json" in found:
            return _json(found["json"])
        html = await datasette.render_template(template, found | {"given": given}, request=request)
        return Response.html(html, headers={"content-security-policy": PICTURES} if found.get("picture") else {})

    return view


def _json(value: Any, status: int = 200) -> Response:
    body = json.dumps(value, ensure_ascii=False)
    return Response(body, status=status, content_type="application/json; charset=utf-8")


def _bounded(db: sqlite3.Connection, given: dict[str, str], build: Page) -> dict[str, Any] | None:
    until = time.monotonic() + _SECONDS
    db.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        return build(db, given)
    finally:
        db.set_progress_handler(None, 0)


@hookimpl  # type: ignore[untyped-decorator]
def extra_template_vars(
    datasette: Datasette, request: Request | None
) -> Callable[[], Coroutine[Any, Any, dict[str, Any]]]:
    """What the shell shows around every page, in the page's language."""

    async def values() -> dict[str, Any]:
        name = _database(datasette)
        given = {k: _argument(request, k) for k in request.args} if request else {}
        lang = shell.language(given)
        url = Links(lang, name, request.path if request else "/", given)
        try:
            held = await datasette.get_database(name).page_fn(shell.counted)
        except sqlite3.DatabaseError:  # said by the page itself; an error's page must not fail for it
            held = {}
        config = datasette.plugin_config("extractor") or {}
        values = shell.around(held, url, words(lang), formats(lang), config.get("title"))
        return values | {"style": f"/extractor.css?v={_style()[1]}", "script": f"/extractor.js?v={_script()[1]}"}

    return values


async def _failure(datasette: Datasette, request: Request, status: int, key: str, why: str, **more: Any) -> Response:
    """An error as a page in the shell, as JSON where data was asked for, as a line of text where a table was."""
    if request.path.endswith(".json"):
        return _json({"ok": False, "status": status, "error": why}, status)
    if request.path.endswith(".csv"):
        return Response.text(f"{why}\n", status=status)
    context = {"heading": key, "why": why, "status": status, **more}
    html = await datasette.render_template("error.html", context, request=request)
    return Response.html(html, status=status)


async def _near(datasette: Datasette, request: Request) -> tuple[str, list[tuple[str, str]]]:
    """What a wrong address named, and names that are spelt like it."""
    asked = next((request.args[key] for key in _NAMES if request.args.get(key)), "")
    try:
        database = datasette.get_database(_database(datasette))
        found = await database.page_fn(lambda db: _bounded(db, {}, lambda held, _: {"near": near(held, asked)}))
        return asked, found["near"]
    except (InputError, sqlite3.Error):
        return asked, []


def _is_interrupted(exception: BaseException) -> bool:
    """Whether a query of Datasette's own pages took too long; it tells of that as of a bad request."""
    told = isinstance(exception, DatasetteError) and exception.title == "SQL Interrupted"
    return told or isinstance(exception, QueryInterrupted)


@hookimpl(tryfirst=True)  # type: ignore[untyped-decorator]
def handle_exception(
    datasette: Datasette, request: Request, exception: BaseException
) -> Callable[[], Coroutine[Any, Any, Any]]:
    """Datasette's errors, too, as pages of ours."""

    async def answer() -> Response:
        said = words(shell.language({k: request.args[k] for k in request.args}))
        if isinstance(exception, NotFound):
            asked, found = await _near(datasette, request)
            return await _failure(datasette, request, 404, "not_found", said.not_found_why, asked=asked, near=found)
        if isinstance(exception, Forbidden):
            return await _failure(datasette, request, 403, "forbidden", str(exception))
        if _is_interrupted(exception):
            return await _failure(datasette, request, 503, "too_slow", said.too_slow_why)
        if isinstance(exception, DatasetteError):
            return await _failure(datasette, request, exception.status, "bad_request", str(exception.message))
        if isinstance(exception, Base400):
            return await _failure(datasette, request, exception.status, "bad_request", str(exception.args[0]))
        _log.error("%s", request.path, exc_info=exception)
        return await _failure(datasette, request, 500, "failed", type(exception).__name__)

    return answer


@hookimpl  # type: ignore[untyped-decorator]
def forbidden(datasette: Datasette, request: Request, message: str) -> Callable[[], Coroutine[Any, Any, Response]]:
    """What visitors may not see."""

    async def answer() -> Response:
        return await _failure(datasette, request, 403, "forbidden", message)

    return answer


@cache
def _style() -> tuple[str, str]:
    """All style sheets as one, the palette first, and its version."""
    parts = [path.read_text(encoding="utf-8") for path in sorted((_HOME / "style").glob("*.css"))]
    text = css_variables() + css_marks() + "".join(parts)
    return text, sha256(text.encode()).hexdigest()[:12]


async def _css(datasette: Datasette, request: Request) -> Response:
    return Response(_style()[0], content_type="text/css; charset=utf-8", headers=_KEEP)


@cache
def _script() -> tuple[str, str]:
    """The script that makes pictures, and its version."""
    text = (_HOME / "script" / "picture.js").read_text(encoding="utf-8")
    return text, sha256(text.encode()).hexdigest()[:12]


async def _js(datasette: Datasette, request: Request) -> Response:
    return Response(_script()[0], content_type="text/javascript; charset=utf-8", headers=_KEEP)


async def _font(datasette: Datasette, request: Request) -> Response:
    path = _HOME / "fonts" / request.url_vars["name"]
    if not path.is_file():
        raise NotFound(request.path)
    return Response(path.read_bytes(), content_type="font/woff2", headers=_KEEP)


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, View]]:
    """Our pages; Datasette's own stay behind them."""
    ours = [(route.pattern, _page(route.template, route.build)) for module in MODULES for route in module.ROUTES]
    return [
        *ours,
        (r"^/extractor\.css$", _css),
        (r"^/extractor\.js$", _js),
        (r"^/fonts/(?P<name>[a-z0-9-]+\.woff2)$", _font),
    ]
