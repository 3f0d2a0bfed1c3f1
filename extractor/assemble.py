"""Items to one validated record, with warnings that a careful reader would raise."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.models import Reading
from extractor.records import Date, Document, Figure, Location, Official, Record, Warning, sha256_of


def assemble(
    reading: Reading,
    *,
    version: str,
    officials: Sequence[Official],
    dates: Sequence[Date],
    locations: Sequence[Location],
    documents: Sequence[Document],
    figures: Sequence[Figure],
    warnings: Sequence[Warning] = (),
) -> Record:
    """The record of one article; raises pydantic's `ValidationError` when an item does not fit the text."""
    article = reading.article
    return Record(
        id=article.id,
        source=article.source,
        url=article.url,
        title=article.title,
        published=reading.published,
        date_source=reading.date_source,
        text=reading.text,
        sha256=sha256_of(reading.text),
        officials=tuple(officials),
        dates=tuple(dates),
        locations=tuple(locations),
        documents=tuple(documents),
        figures=tuple(figures),
        warnings=tuple(warnings),
        extractor_version=version,
    )
