"""A dataset served by Datasette with our pages in front: read-only, limits on, no network."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from datasette import handle_exception
from datasette.app import Datasette
from datasette.plugins import pm

from extractor.dataset.web import plugin
from extractor.dataset.web.guard import guarded
from extractor.dataset.web.shell import INTERNAL
from extractor.dataset.web.watched import Watched
from extractor.listening import address, listen, names_of

SETTINGS = {
    "sql_time_limit_ms": 2_000,
    "max_returned_rows": 2_000,
    "default_page_size": 50,
    "allow_download": False,
    "suggest_facets": False,
    "num_sql_threads": 2,
    "max_csv_mb": 0,  # a download is whole
}


def application(database: Path, *, sql: bool = False, title: str | None = None) -> Datasette:
    """The Datasette instance over a dataset file, opened read-only.

    Args:
        database: the file that `extractor index` made.
        sql: let visitors write queries of their own.
        title: the site's name on its pages; without one a word for what it is.
    """
    if not pm.is_registered(plugin):
        pm.register(plugin)
    # Its own handler answers in English, and prints what is only a wrong address.
    if pm.is_registered(handle_exception):
        pm.unregister(handle_exception)
    served = Datasette(
        [],
        template_dir=str(Path(__file__).parent / "templates"),
        settings=SETTINGS | {"default_allow_sql": sql},
        metadata={
            "plugins": {"extractor": {"database": database.stem, "title": title}},
            "databases": {database.stem: {"tables": {name: {"hidden": True} for name in INTERNAL}}},
        },
    )
    served.add_database(Watched(served, path=str(database)), name=database.stem)
    return served


def asgi(database: Path, *, host: str, names: Collection[str] = (), sql: bool = False, title: str | None = None) -> Any:
    """The application as a server runs it: under the names of `host`, `names` and this machine alone, with headers on all."""
    known, everywhere = names_of(host, names)
    return guarded(application(database, sql=sql, title=title).app(), known, everywhere)


def run(
    database: Path,
    *,
    host: str,
    port: int,
    announce: Callable[[str], Any],
    names: Collection[str] = (),
    sql: bool = False,
    title: str | None = None,
) -> None:
    """Serve until interrupted. Raises `InputError` when the port is taken, or the address is not this machine's."""
    import uvicorn

    listening = listen(host, port)
    announce(address(host, listening))
    config = uvicorn.Config(
        asgi(database, host=host, names=names, sql=sql, title=title), log_level="warning", lifespan="on"
    )
    uvicorn.Server(config).run(sockets=[listening])
