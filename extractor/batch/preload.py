"""Imported once by the server that forks workers: patterns, gazetteer and model are loaded before, and their memory is shared."""

from __future__ import annotations

import contextlib

from extractor.batch.engines import warm
from extractor.batch.settings import Settings

# Whatever fails here fails again, with a message, in the worker itself.
with contextlib.suppress(Exception):
    warm(Settings())
