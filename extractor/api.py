"""The Python API: one article to a record, records to data frames, a spaCy `Language`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.errors import ArticleError, InputError
from extractor.ingest.ids import content_id, row_text, string
from extractor.ingest.published import parse_published
from extractor.models import Article
from extractor.records import Record
from extractor.text import clean

if TYPE_CHECKING:
    import pandas as pd
    from spacy.language import Language


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
        InputError: `published` is not a date, `text` no string.
        ArticleError: the article cannot be extracted, or holds half of a surrogate pair.
    """
    from extractor.pipeline import extract_article

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"published={published!r}: not a date; write it as 2018-01-13")
    if not isinstance(text, str):
        raise InputError(f"text: a string is expected, not {type(text).__name__}")
    sound = clean(row_text(text)[0])
    article = Article(
        id=string(id) or content_id(sound),
        text=sound,
        title=string(title),
        published=day,
        source=string(source),
        url=string(url),
    )
    return extract_article(article, backend=backend, persons=persons)


def records_to_frames(records: Iterable[Record]) -> dict[str, pd.DataFrame]:
    """Records as tidy data frames: `articles`, `officials`, `positions`, `dates`, `locations`, `documents`, `figures`.

    Every frame has the article's `id`; `officials` and `positions` also join by `person`. Columns and types are those of
    `extractor schema --tables`.
    """
    from extractor.batch.tables import to_tables

    return {name: table.to_pandas() for name, table in to_tables(records).items()}


def extract_files(
    *inputs: str | Path,
    published: str | date | None = None,
    backend: str = "crf",
    persons: bool = False,
    on_error: Callable[[str, ArticleError], None] | None = None,
) -> Iterator[Record]:
    """Records of files, folders, globs and URLs, one article at a time; the library's side of `extractor extract`.

    Args:
        inputs: what `extractor extract` takes as INPUT.
        published: publication date of articles that have none of their own.
        backend: the statistical layer: `crf`, `underthesea`, `none`, or a model's path.
        persons: keep persons without a public post, too.
        on_error: called with the place (file and row) and the error of an article that cannot be extracted; without it
            the error is raised.

    Raises:
        InputError: an input cannot be read, or `published` is not a date.
        ArticleError: an article cannot be extracted and there is no `on_error`.
    """
    from extractor.batch.plan import numbered
    from extractor.ingest.articles import load_article
    from extractor.ingest.readers import units
    from extractor.ingest.sources import sources
    from extractor.ingest.units import Options
    from extractor.pipeline import extract_article

    day = parse_published(published)
    if published is not None and day is None:
        raise InputError(f"published={published!r}: not a date; write it as 2018-01-13")
    options = Options(published=day)
    found, _ = sources([str(i) for i in inputs])
    for unit in numbered(units(found, options, lambda _: None)):
        try:
            yield extract_article(load_article(unit, options).article, backend=backend, persons=persons)
        except ArticleError as error:
            if on_error is None:
                raise
            on_error(unit.where(), error)


def load(**settings: Any) -> Language:
    """A spaCy `Language` with underthesea's words and sentences and the extracted fields; see `extractor.doc.load`."""
    from extractor.doc import load as build

    return build(**settings)
