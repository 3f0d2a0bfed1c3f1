"""Items to one validated record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.models import Reading
from extractor.records import Item, Record, Warning, sha256_of
from extractor.rules import knowledge


def headline(reading: Reading) -> str | None:
    """The article's title: as given, else the page's first line of that kind (without marks of Markdown)."""
    if reading.article.title:
        return reading.article.title
    line = next((x for x in reading.lines if x.kind in ("title", "body")), None)
    if line is None or line.kind != "title":
        return None
    return " ".join(reading.text[line.start : line.end].strip(" #*|").split()) or None


def assemble(
    reading: Reading, items: Mapping[str, Sequence[Item]], *, version: str, warnings: Sequence[Warning] = ()
) -> Record:
    """The record of one article from its items by field; raises pydantic's `ValidationError` when one does not fit the text."""
    article = reading.article
    fields: dict[str, Any] = {name: tuple(some) for name, some in items.items()}
    return Record(
        id=article.id,
        source=article.source,
        url=article.url,
        title=headline(reading),
        published=reading.published,
        date_source=reading.date_source,
        page_kind=article.page_kind,
        site=article.site,
        text=reading.text,
        sha256=sha256_of(reading.text),
        warnings=tuple(warnings),
        extractor_version=version,
        knowledge=knowledge(),
        **fields,
    )
