"""`extractor api`: a text in, a record out, over HTTP."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def api(
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; 0.0.0.0 opens it to the network.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", "-p", help="Port; 0 takes a free one.")] = 8002,
    allow_host: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="A name callers may use for this server; may be repeated.")
    ] = None,
    workers: Annotated[int, typer.Option("--workers", "-w", min=1, help="Processes that extract.")] = 1,
    waiting: Annotated[int, typer.Option(min=0, help="Requests that may wait while all processes work.")] = 16,
    max_bytes: Annotated[int, typer.Option(min=1_000, help="Bytes that a request may have.")] = 2_000_000,
    seconds: Annotated[float, typer.Option(min=0.1, help="Seconds that an article may take.")] = 20.0,
    ner: Annotated[str, typer.Option(help="Statistical layer: crf, underthesea, none, or a model's path.")] = "crf",
    patterns: Annotated[
        str | None, typer.Option("--patterns", metavar="DIR", help="Your own rows over the package's.")
    ] = None,
) -> int:
    """Answer POST /extract: a text (or the HTML of a page) to its record. Nothing is kept.

    GET /openapi.json describes it, GET /health says whether it works. Needs the extra [serve]; `extractor doctor` says how to
    add it.

    Examples:

      extractor api

      extractor api --port 9000 --workers 2 --patterns my-rows/
    """
    from extractor.errors import InputError
    from extractor.install import pip_install
    from extractor.listening import LOCAL, address, listen, names_of

    try:
        import uvicorn
    except ModuleNotFoundError as error:
        raise InputError(f"{error.name} is not installed; call: {pip_install('serve')}") from None
    from extractor.dataset.web.guard import guarded
    from extractor.rules import patterns as in_force
    from extractor.service.app import Bounds, Service
    from extractor.service.workers import Fixed, Workers

    with in_force(patterns):  # says now what is wrong with a row, not in every answer
        pass
    if host not in LOCAL:
        said = f"{host}: everyone who reaches this machine there can have texts extracted, without a password"
        print(said, file=sys.stderr)
    known, everywhere = names_of(host, allow_host or ())
    asked = Workers(workers, Fixed(ner, patterns), seconds=seconds, waiting=waiting)
    service = Service(asked, Bounds(max_bytes, seconds, known))
    listening = listen(host, port)
    print(f"POST {address(host, listening)}extract – Ctrl-C ends it", file=sys.stderr)
    config = uvicorn.Config(guarded(service, known, everywhere, data=True), log_level="warning", lifespan="on")
    uvicorn.Server(config).run(sockets=[listening])
    return 0
