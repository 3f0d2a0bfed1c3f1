"""The Python API: one article to a record, records to data frames, a spaCy `Language`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any

from extractor.errors import InputError
from extractor.ingest.articles import content_id
from extractor.ingest.published import parse_published
from extractor.models import Article
from extractor.records import Record
from extractor.text import clean, repair

if TYPE_CHECKING:
    import pandas as pd


def extract(
    text: str,
    published: str | date | None = None,
    *,
    id: str | None = None,
    title: str | None = None,
    source: str | None = None,
    url: str | None = None,
    backend: str = "crf",
    persons: bool = False,
) -> Record:
    """The validated record of one article.

    Args:
        text: the article, plain text; texts of legacy fonts are decoded, and `record.text` is what offsets count in.
        published: its publication date, a `date` or "2018-01-13"; without it the page's own date line is used, if any.
        id: its id; without one, a hash of the text.
        title: its headline, where that is known apart from the text.
        source: the portal's name.
        url: its address.
        backend: the statistical layer: `crf`, `underthesea`, `none`, or a model's path.
        persons: keep persons without a public post, too.

    Raises:
        InputError: `published` is not a date.
        ArticleError: the article cannot be extracted.
    """
    from extractor.pipeline import extract_article

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"published={published!r}: not a date; write it as 2018-01-13")
    sound = clean(repair(text)[0])
    article = Article(
        id=id if id is not None else content_id(sound), text=sound, title=title, published=day, source=source, url=url
    )
    return extract_article(article, backend=backend, persons=persons)


def records_to_frames(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """Records as tidy data frames: `articles`, `officials`, `positions`, `dates`, `locations`, `documents`, `figures`.

    Every frame has the article's `id`; `officials` and `positions` also join by `person`. Columns and types are those of
    `extractor schema --tables`.
    """
    from extractor.batch.tables import to_tables

    return {name: table.to_pandas() for name, table in to_tables(records).items()}


def load(*args: Any, **kwargs: Any) -> Any:
    """A spaCy `Language` with underthesea's words and sentences and the extracted fields; see `extractor.language.load`."""
    from extractor import language

    return language.load(  # type: ignore[attr-defined,unused-ignore]
        *args, **kwargs
    )
