"""Usage errors of the evaluation commands: one clear line on stderr and exit status 2."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer

from extractor.errors import ExtractorError


@contextmanager
def usage_errors(command: str) -> Iterator[None]:
    """Turn an `ExtractorError` into "extractor COMMAND: message" on stderr and exit status 2."""
    try:
        yield
    except ExtractorError as error:
        typer.echo(f"extractor {command}: {' '.join(str(error).split())}", err=True)
        raise typer.Exit(2) from None
