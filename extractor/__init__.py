"""Vietnamese provincial news to validated, structured records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from extractor.version import __version__

if TYPE_CHECKING:
    from extractor.api import extract, extract_files, load, read_records, records_to_frames
    from extractor.records import Record

__all__ = ["Record", "__version__", "extract", "extract_files", "load", "read_records", "records_to_frames"]


def __getattr__(name: str) -> Any:
    """Public names load on first use, so that `import extractor` stays light."""
    if name == "Record":
        from extractor.records import Record

        return Record
    if name in __all__:
        from extractor import api

        return getattr(api, name)
    raise AttributeError(f"module 'extractor' has no attribute {name!r}")
