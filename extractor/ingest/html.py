"""A page of HTML to an article: body and title by trafilatura, the publication date by `html_dates`."""

from __future__ import annotations

from extractor.errors import ArticleError
from extractor.ingest.articles import Loaded, encoding_notes, url_id
from extractor.ingest.units import Options, Unit
from extractor.models import Article
from extractor.text import clean, decode


def html_article(data: bytes, unit: Unit, options: Options) -> Loaded:
    """The article of a page. Raises `ArticleError` (stage `html`) for a page without one."""
    import trafilatura

    from extractor.ingest.html_dates import page_published

    markup, encoding = decode(data)
    doc = trafilatura.bare_extraction(
        markup, url=unit.url, include_comments=False, with_metadata=True, favor_recall=True
    )
    body = clean(doc.text or "") if doc is not None else ""
    if not body.strip():
        raise ArticleError("the page holds no article", stage="html")
    title = clean(doc.title).strip() if doc.title else None
    published, source = (options.published, "given") if options.published else page_published(markup, unit.url)
    url = unit.url or doc.url
    article = Article(
        id=unit.name or (url_id(url) if url else ""),
        text=body if not title or body.startswith(title) else f"{title}\n{body}",
        title=title,
        published=published,
        date_source=source,
        source=doc.sitename,
        url=url,
    )
    return Loaded(article, encoding_notes(encoding))
