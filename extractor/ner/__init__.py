"""The statistical layer behind one interface: a reading to mentions labelled PER, LOC, POST, ORG."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.models import Mention, Reading
from extractor.ner.backends import Backend, backend_for, register_backend

__all__ = ["Backend", "register_backend", "tag"]


def tag(reading: Reading, *, backend: str | Backend = "crf") -> Sequence[Mention]:
    """Mentions in text order, not overlapping within a label.

    `backend` is `crf` (the shipped model), `underthesea`, `none`, a name of `register_backend` or of an installed package
    (entry-point group `extractor.backends`), the path of a model file written by `extractor train`, the folder of a Hugging
    Face token-classification model, or any callable from a reading to mentions. Raises `ModelError` when it cannot be loaded.
    """
    chosen = backend_for(backend) if isinstance(backend, str) else backend
    return chosen(reading)
