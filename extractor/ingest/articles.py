"""A unit to an article: bytes decoded, pages stripped of their menus, ids and dates settled."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from extractor.errors import ArticleError
from extractor.ingest.ids import content_id, identity, row_text, string
from extractor.ingest.loaded import Loaded, encoding_notes
from extractor.ingest.manifest import apply
from extractor.ingest.published import parse_published
from extractor.ingest.streams import whole
from extractor.ingest.units import Options, Unit
from extractor.models import Article
from extractor.text import clean, decode

_ADDRESSES = re.compile(r"\s*(?:https?://\S+\s+)*https?://\S+\s*")


def load_article(unit: Unit, options: Options) -> Loaded:
    """The article of a unit. Raises `ArticleError` with the stage for one that is broken, empty or too long."""
    unit = replace(unit, name=identity(unit), url=string(unit.url))
    loaded = _checked(_load(unit, options), options)
    if unit.kind != "row" and isinstance(unit.data, Mapping):
        loaded = _described(loaded, unit.data)
    if not unit.repeat:
        return loaded
    before = loaded.article.id
    article = replace(loaded.article, id=f"{before}~{unit.repeat + 1}")
    return replace(
        loaded, article=article, notes=(*loaded.notes, ("id", f"the id {before} stands before in the inputs"))
    )


def _described(loaded: Loaded, about: Mapping[str, Any]) -> Loaded:
    """A page with what a row says of it; of a date that is given, what was odd about the page's own does not matter."""
    loaded = replace(loaded, article=apply(loaded.article, about))
    if loaded.article.date_source == "given":
        loaded = replace(loaded, notes=tuple(n for n in loaded.notes if n[0] not in ("import-date", "published")))
    return loaded


def _load(unit: Unit, options: Options) -> Loaded:
    if unit.kind == "bad":
        raise ArticleError(unit.reason, stage=unit.stage)
    if unit.kind == "row":
        assert isinstance(unit.data, Mapping)
        return _row(unit, unit.data, options)
    data = unit.data if isinstance(unit.data, bytes) else whole(unit.file, options.limits)
    if not data.strip():
        raise ArticleError("empty", stage="empty")
    notes: tuple[tuple[str, str], ...] = ()
    if unit.kind in ("html", "page"):
        from extractor.ingest.html import html_article

        return html_article(data, unit, options)
    if unit.kind in ("docx", "pdf"):
        from extractor.ingest.office import office_text, split_letters

        text, encoding = office_text(data, "docx" if unit.kind == "docx" else "pdf")
        if split_letters(text):
            notes = (
                ("split-letters", "letters and their marks stand apart in the file: names and places may be missed"),
            )
    else:
        text, encoding = decode(data)
        if _ADDRESSES.fullmatch(text):
            raise ArticleError("a list of addresses, no article; give the pages they lead to", stage="read")
    text = clean(text)
    article = Article(
        id=unit.name or content_id(text),
        text=text,
        published=options.published,
        date_source="given" if options.published else None,
        url=unit.url,
    )
    return Loaded(article, (*encoding_notes(encoding), *notes))


def _row(unit: Unit, row: Mapping[str, Any], options: Options) -> Loaded:
    raw = row.get("text")
    url = string(row.get("url"))
    published, source = parse_published(row.get("published")), "given"
    notes: list[tuple[str, str]] = []
    if row.get("published") not in (None, "") and published is None:
        notes.append(("published", f"the input's date {str(row['published'])[:40]!r} is not understood"))
    if published is None:
        published = options.published
    if not isinstance(raw, str) or not raw.strip():
        if isinstance(row.get("html"), str) and row["html"].strip():
            return _html_row(unit, row, url, notes, options)
        raise ArticleError(
            "no text" if raw is None else "empty" if isinstance(raw, str) else "the text is not a string", stage="empty"
        )
    text, encoding = row_text(raw)
    if encoding:
        notes.append(("encoding", f"decoded from {encoding}"))
    article = Article(
        id=unit.name or content_id(text),
        text=text,
        title=string(row.get("title")),
        published=published,
        date_source=source if published else None,
        source=string(row.get("source")),
        url=url,
    )
    return Loaded(article, tuple(notes))


def _html_row(
    unit: Unit, row: Mapping[str, Any], url: str | None, notes: Sequence[tuple[str, str]], options: Options
) -> Loaded:
    from extractor.ingest.html import html_article

    page = Unit("page", unit.file, unit.position, None, unit.name, url)
    data = row["html"].encode("utf-8", "surrogatepass")
    loaded = _described(html_article(data, page, options), row)
    return replace(loaded, notes=(*notes, *loaded.notes))


def _checked(loaded: Loaded, options: Options) -> Loaded:
    text = loaded.article.text
    if not text.strip():
        raise ArticleError("empty", stage="empty")
    if len(text) > options.limits.max_chars:
        raise ArticleError(
            f"{len(text):,} characters, more than the limit of {options.limits.max_chars:,}", stage="too-long"
        )
    return loaded
