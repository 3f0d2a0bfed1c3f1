"""Imported once by the server that forks workers: patterns, gazetteer and model are loaded before, and their memory is shared."""

from __future__ import annotations

import contextlib
import os

# One thread a worker: several workers whose linear algebra each takes all cores only wait for one another. It must be said
# before numpy is imported, hence the order below; and a process with threads is not safe to fork.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from extractor.batch.allocation import give_back, keep_little  # noqa: E402

keep_little()

from extractor.batch.engines import warm  # noqa: E402
from extractor.batch.settings import Settings  # noqa: E402
from extractor.compiled import save  # noqa: E402

# Whatever fails here fails again, with a message, in the worker itself.
with contextlib.suppress(Exception):
    warm(Settings())
    save()
    give_back()
