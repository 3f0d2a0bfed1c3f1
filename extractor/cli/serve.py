"""`extractor serve`: a web page, a JSON API and CSV over an indexed dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer


def serve(
    database: Annotated[Path, typer.Argument(help="The file that 'extractor index' made.")],
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", help="Port; 0 takes a free one.")] = 8001,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name visitors may use for this server; may be repeated.")
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="The site's name on its pages.")] = None,
    sql: Annotated[bool, typer.Option("--sql", help="Let visitors write SQL of their own (read-only).")] = False,
) -> int:
    """Serve a dataset in the browser: search, articles with their fields marked, officials, places, charts, a map.

    Read-only. Needs the extra [serve]; `extractor doctor` says how to add it.

    Examples:

      extractor serve news.db

      extractor serve news.db --port 9000
    """
    from extractor.dataset.search import open_readonly
    from extractor.errors import InputError
    from extractor.install import pip_install
    from extractor.listening import LOCAL

    open_readonly(database, look=True).close()
    try:
        from extractor.dataset.web.app import run
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is not installed; call: {pip_install('serve')}") from None

    def announce(address: str) -> None:
        print(f"{database} is served at {address} – Ctrl-C ends it", file=sys.stderr)

    if host not in LOCAL:
        print(
            f"{host}: everyone who reaches this machine there can read all of {database}, articles and persons, without a password",
            file=sys.stderr,
        )
    run(database, host=host, port=port, announce=announce, names=allow_host or (), sql=sql, title=title)
    return 0
