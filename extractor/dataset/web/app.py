"""A dataset served by Datasette with our pages in front: read-only, limits on, no network."""

from __future__ import annotations

import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from extractor.dataset.web import plugin

SETTINGS = {
    "sql_time_limit_ms": 2_000,
    "max_returned_rows": 2_000,
    "default_page_size": 50,
    "allow_download": False,
    "suggest_facets": False,
    "num_sql_threads": 2,
}


def application(database: Path) -> Datasette:
    """The Datasette instance over a dataset file, opened immutable."""
    if not pm.is_registered(plugin):
        pm.register(plugin)
    return Datasette(
        [],
        immutables=[str(database)],
        template_dir=str(Path(__file__).parent / "templates"),
        settings=SETTINGS,
        metadata={"title": database.stem, "plugins": {"extractor": {"database": database.stem}}},
    )


def run(database: Path, *, host: str, port: int, announce: Callable[[str], Any]) -> None:
    """Serve until interrupted. Raises `OSError` when the port is taken."""
    import uvicorn

    listening = socket.create_server((host, port))
    bound = listening.getsockname()[1]
    announce(f"http://{host}:{bound}/")
    config = uvicorn.Config(application(database).app(), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[listening])
