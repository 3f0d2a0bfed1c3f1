"""A dataset served by Datasette with our pages in front: read-only, limits on, no network."""

from __future__ import annotations

import socket
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from extractor.dataset.web import plugin
from extractor.dataset.web.guard import LOCAL, guarded
from extractor.dataset.web.watched import Watched
from extractor.errors import InputError

SETTINGS = {
    "sql_time_limit_ms": 2_000,
    "max_returned_rows": 2_000,
    "default_page_size": 50,
    "allow_download": False,
    "suggest_facets": False,
    "num_sql_threads": 2,
}


def application(database: Path, *, sql: bool = False) -> Datasette:
    """The Datasette instance over a dataset file, opened read-only; `sql` lets visitors write queries of their own."""
    if not pm.is_registered(plugin):
        pm.register(plugin)
    served = Datasette(
        [],
        template_dir=str(Path(__file__).parent / "templates"),
        settings=SETTINGS | {"default_allow_sql": sql},
        metadata={"title": database.stem, "plugins": {"extractor": {"database": database.stem}}},
    )
    served.add_database(Watched(served, path=str(database)), name=database.stem)
    return served


def asgi(database: Path, *, host: str, names: Collection[str] = (), sql: bool = False) -> Any:
    """The application as a server runs it: under the names of `host`, `names` and this machine alone, with headers on all."""
    everywhere = host in ("0.0.0.0", "::", "")
    known = LOCAL | {name.lower() for name in names} | (set() if everywhere else {host.lower()})
    return guarded(application(database, sql=sql).app(), known, everywhere)


def run(
    database: Path,
    *,
    host: str,
    port: int,
    announce: Callable[[str], Any],
    names: Collection[str] = (),
    sql: bool = False,
) -> None:
    """Serve until interrupted. Raises `InputError` when the port is taken, or the address is not this machine's."""
    import uvicorn

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        raise InputError(
            f"{host}, port {port}: {error.strerror or error}; another --port, or 0 for a free one"
        ) from None
    bound = listening.getsockname()[1]
    announce(f"http://{f'[{host}]' if ':' in host else host}:{bound}/")
    config = uvicorn.Config(asgi(database, host=host, names=names, sql=sql), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[listening])
