"""The field of documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

from extractor.fields.base import Analysis
from extractor.fields.documents.resolve import find_documents
from extractor.records import Document, Warning


class DocumentsField:
    """Cited legal and administrative documents."""

    name: ClassVar[str] = "documents"
    yields_to: ClassVar[Mapping[str, str]] = {}

    def read(self, analysis: Analysis) -> Sequence[Document]:
        """All citations, in text order."""
        return find_documents(analysis.reading)

    def warnings(self, analysis: Analysis) -> Sequence[Warning]:
        """None: nothing of this field is doubtful by itself."""
        return ()
