"""Items to one validated record, with warnings that a careful reader would raise."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.models import Reading
from extractor.records import Date, Document, Figure, Location, Official, Record, Warning, sha256_of

_DATE_NOTES = {
    "impossible": ("impossible-date", "{text!r} is no day of the calendar"),
    "year-unknown": (
        "year-unknown",
        "the year of {text!r} is not known: the article has no publication date; give one with --published",
    ),
}


def date_warnings(dates: Sequence[Date]) -> list[Warning]:
    """What is unusual about date expressions: impossible days, and years that only a publication date could tell."""
    out: list[Warning] = []
    for item in dates:
        code, message = _DATE_NOTES.get(item.provenance.note or "", (None, ""))
        if code:
            out.append(Warning(code=code, message=message.format(text=item.text), start=item.start, end=item.end))
    return out


def headline(reading: Reading) -> str | None:
    """The article's title: as given, else the page's first line of that kind (without marks of Markdown)."""
    if reading.article.title:
        return reading.article.title
    line = next((x for x in reading.lines if x.kind in ("title", "body")), None)
    if line is None or line.kind != "title":
        return None
    return " ".join(reading.text[line.start : line.end].strip(" #*|").split()) or None


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
        title=headline(reading),
        published=reading.published,
        date_source=reading.date_source,
        page_kind=article.page_kind,
        site=article.site,
        text=reading.text,
        sha256=sha256_of(reading.text),
        officials=tuple(officials),
        dates=tuple(dates),
        locations=tuple(locations),
        documents=tuple(documents),
        figures=tuple(figures),
        warnings=(*date_warnings(dates), *warnings),
        extractor_version=version,
    )
