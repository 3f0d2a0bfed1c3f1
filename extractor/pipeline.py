"""The order of the steps, no logic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from extractor import overlaps
from extractor.asides import doubted, joined, logged, unrelated, without
from extractor.assemble import assemble
from extractor.cohesion import apart
from extractor.errors import ArticleError
from extractor.fields import FIELDS, Analysis, Field
from extractor.fields.base import Apart
from extractor.fields.dates.page import dated
from extractor.language import read
from extractor.models import Article, Line, Reading
from extractor.ner import Backend, tag
from extractor.recase import sentence_case
from extractor.records import Item, Record
from extractor.version import __version__
from extractor.view import View, plain, view


def extract_reading(
    article: Article, *, backend: str | Backend = "crf", persons: bool = False
) -> tuple[Record, Analysis]:
    """The record of an article and the analysis behind it (`dropped` tells what was not kept, for `explain`).

    The analysis is one of the article's view; the record's offsets, those of `dropped` and of `tagged` are the article's.

    `backend` is the statistical layer (see `ner.tag`); `persons` keeps private persons. Raises `ArticleError` when an expression
    takes too long, which none of the package's does.
    """
    with _in_time():
        return _extracted(article, backend, persons=persons)


@contextmanager
def _in_time() -> Iterator[None]:
    try:
        yield
    except TimeoutError as error:
        raise ArticleError(f"a pattern took too long ({error})", stage="timeout") from None


def _extracted(article: Article, backend: str | Backend, *, persons: bool) -> tuple[Record, Analysis]:
    reading, seen = read_view(article)
    analysis = _analysis(reading, backend, persons=persons)
    analysis.view = seen
    if lines := unrelated(apart(reading), analysis.items, analysis.mentions):
        _read_beside(analysis, lines, backend)
    items = {name: [seen.item(item) for item in found] for name, found in analysis.items.items()}
    warnings = [seen.warning(warning) for field in FIELDS for warning in field.warnings(analysis)]
    return assemble(article, reading, items, version=__version__, warnings=warnings), analysis


def _analysis(reading: Reading, backend: str | Backend, *, persons: bool) -> Analysis:
    """A reading with the items of all fields."""
    analysis = Analysis(reading, tag(reading, backend=backend), persons)
    for field in FIELDS:
        analysis.items[field.name] = items_of(field, analysis)
    return analysis


def _read_beside(analysis: Analysis, lines: Sequence[Line], backend: str | Backend) -> None:
    """Take what is read outside of some lines from the text without these lines."""
    reading = analysis.reading
    cut = without(reading.text, lines)
    article = replace(reading.article, text=cut.text, published=reading.published, date_source=reading.date_source)
    rest = _analysis(read(article), backend, persons=analysis.persons)
    analysis.apart = Apart(lines, dict(analysis.items), rest, cut)
    for name, whole in analysis.apart.whole.items():
        analysis.items[name] = joined([cut.item(item) for item in rest.items[name]], whole, lines)
    reading.log[:] = logged(rest.reading.log, reading.log, cut, lines)
    reading.doubts[:] = doubted(rest.reading.doubts, reading.doubts, cut, lines)


def read_view(article: Article) -> tuple[Reading, View]:
    """The reading of an article's view, with its date, and the view itself, which leads back to the article's offsets."""
    seen = view(article.text)
    seen = replace(seen, text=sentence_case(seen.text))
    title = plain(article.title) if article.title else article.title
    return dated(read(replace(article, text=seen.text, title=title))), seen


def items_of(field: Field, analysis: Analysis) -> Sequence[Item]:
    """A field's items on lines of the page's own, without those that yield to items of earlier fields."""
    items = overlaps.on_page(field.read(analysis), analysis.reading, field.name)
    for other, reason in field.yields_to.items():
        items = overlaps.outside(items, analysis.reading, analysis.items[other], field.name, reason)
    return items


def extract_article(
    article: Article, *, backend: str | Backend = "crf", persons: bool = False, redact: bool = False
) -> Record:
    """The validated record of one article; with `redact` private persons are covered in it, and none is kept."""
    record, analysis = extract_reading(article, backend=backend, persons=persons or redact)
    if not redact:
        return record
    from extractor.redaction import redacted  # a run without it does not load its rows

    with _in_time():
        return redacted(record, analysis)
