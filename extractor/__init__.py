"""Vietnamese provincial news to validated, structured records.

`extract`, `extract_html`: one article · `extract_files`, `read_records`: many · `records_to_frames`, `extract_frame`: pandas ·
`words`: underthesea's words ·
`load`: spaCy · `register_backend`: a statistical model of your own · `Record`: what comes out · `errors`: what can go wrong.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from extractor import errors
    from extractor.api import extract, extract_files, extract_html, read_records, words
    from extractor.doc import load
    from extractor.frames import extract_frame, records_to_frames
    from extractor.ner import register_backend
    from extractor.records import Record

__all__ = [
    "Record",
    "__version__",
    "errors",
    "extract",
    "extract_files",
    "extract_frame",
    "extract_html",
    "load",
    "read_records",
    "records_to_frames",
    "register_backend",
    "words",
]


_MODULES = {
    "Record": "extractor.records",
    "extract": "extractor.api",
    "extract_files": "extractor.api",
    "extract_frame": "extractor.frames",
    "extract_html": "extractor.api",
    "load": "extractor.doc",
    "read_records": "extractor.api",
    "records_to_frames": "extractor.frames",
    "register_backend": "extractor.ner",
    "words": "extractor.api",
}


def __getattr__(name: str) -> Any:
    """Public names load on first use, so that `import extractor` stays light."""
    if name == "errors":
        return importlib.import_module("extractor.errors")
    if name in _MODULES:
        return getattr(importlib.import_module(_MODULES[name]), name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names, loaded or not."""
    return sorted(__all__)
