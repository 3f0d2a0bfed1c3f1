"""The statistical layer behind one interface: a reading to mentions labelled PER, LOC, POST, ORG."""

from __future__ import annotations

from extractor.models import Mention, Reading
from extractor.ner.backends import backend_for


def tag(reading: Reading, *, backend: str = "crf") -> list[Mention]:
    """Mentions in text order, not overlapping within a label.

    `backend` is `crf` (the shipped model), `underthesea`, `none`, the path of a model file written by `extractor train`,
    or the folder of a Hugging Face token-classification model. Raises `ModelError` when it cannot be loaded.
    """
    return backend_for(backend)(reading)
