"""Items to one validated record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from extractor.models import Article, Reading
from extractor.records import Item, Record, Warning, sha256_of
from extractor.rules import knowledge


def headline(reading: Reading) -> str | None:
    """The page's first line, where it is a title (without marks of Markdown)."""
    line = next((x for x in reading.lines if x.kind in ("title", "body")), None)
    if line is None or line.kind != "title":
        return None
    return " ".join(reading.text[line.start : line.end].strip(" #*|").split()) or None


def assemble(
    article: Article,
    reading: Reading,
    items: Mapping[str, Sequence[Item]],
    *,
    version: str,
    warnings: Sequence[Warning] = (),
) -> Record:
    """The record of one article from its items by field; raises pydantic's `ValidationError` when one does not fit the text.

    `reading` is that of the article's view, the items stand at their places in the article's own text.
    """
    fields: dict[str, Any] = {name: tuple(some) for name, some in items.items()}
    return Record(
        id=article.id,
        source=article.source,
        url=article.url,
        title=article.title or headline(reading),
        published=reading.published,
        date_source=reading.date_source,
        page_kind=article.page_kind,
        site=article.site,
        text=article.text,
        sha256=sha256_of(article.text),
        warnings=tuple(warnings),
        extractor_version=version,
        knowledge=knowledge(),
        **fields,
    )
