"""Document citations to record items."""

from __future__ import annotations

from extractor.models import Reading
from extractor.records import Document


def find_documents(reading: Reading) -> list[Document]:
    """All cited documents, in text order."""
    return []
