"""The order of the steps, no logic."""

from __future__ import annotations

from extractor import overlaps
from extractor.assemble import assemble
from extractor.fields.dates.field import find_dates, page_date
from extractor.fields.documents.field import find_documents
from extractor.fields.figures.checks import check_figures
from extractor.fields.figures.field import find_figures
from extractor.fields.officials import find_officials
from extractor.fields.places.field import find_places
from extractor.language import read
from extractor.models import Article, Reading
from extractor.ner import tag
from extractor.records import Record
from extractor.version import __version__


def extract_reading(article: Article, *, backend: str = "crf", persons: bool = False) -> tuple[Record, Reading]:
    """The record of an article and the reading behind it (`reading.dropped` tells what was not kept, for `explain`).

    `backend` names the statistical layer (`crf`, `underthesea`, `none`, or a path); `persons` keeps private persons.
    """
    reading = read(article)
    if reading.published is None:
        reading.published, reading.date_source = page_date(reading)
    names = reading.mentions = tag(reading, backend=backend)
    documents = overlaps.on_page(find_documents(reading), reading, "documents")
    dates = overlaps.on_page(find_dates(reading), reading, "dates")
    dates = overlaps.outside(dates, reading, documents, "dates", "inside a document's number")
    places = find_places(reading, names)
    found = find_officials(reading, names, places, persons=persons, dates=dates)
    officials = overlaps.on_page(found, reading, "officials")
    locations = overlaps.on_page(places.locations, reading, "locations")
    figures = overlaps.on_page(find_figures(reading, dates, places), reading, "figures")
    record = assemble(
        reading,
        version=__version__,
        officials=officials,
        dates=dates,
        locations=locations,
        documents=documents,
        figures=figures,
        warnings=check_figures(figures, reading),
    )
    return record, reading


def extract_article(article: Article, *, backend: str = "crf", persons: bool = False) -> Record:
    """The validated record of one article."""
    return extract_reading(article, backend=backend, persons=persons)[0]
