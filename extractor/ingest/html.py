"""A page of HTML to an article: bytes decoded, headline, date and body by `pages`, a site's profile where there is one."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

import regex

from extractor.errors import ArticleError
from extractor.ingest.archives import unwrapped
from extractor.ingest.ids import content_id, url_id
from extractor.ingest.loaded import Loaded, encoding_notes
from extractor.ingest.pages.article import Reading, read_article
from extractor.ingest.pages.dom import Page, read_page
from extractor.ingest.pages.profile import Profile
from extractor.ingest.units import Options, Unit
from extractor.models import Article
from extractor.text import decode, repair

# A feed or a site map that was saved under a page's name. Possessive: a comment has one end.
_NO_PAGE = regex.compile(
    rb"^(?:\xef\xbb\xbf)?+(?:\s|<!--(?>.*?-->)|<\?[^>]*+>)*+<(rss|feed|rdf:rdf|urlset|sitemapindex)\b",
    regex.IGNORECASE | regex.DOTALL,
)
_LISTS = {
    b"rss": "an RSS feed",
    b"feed": "an Atom feed",
    b"rdf:rdf": "an RSS feed",
    b"urlset": "a site map",
    b"sitemapindex": "an index of site maps",
}
# A tag with its attributes; ">" and "<" may stand in quotes. Possessive, so that no sign is looked at twice.
_TAG = regex.compile(r"""<[A-Za-z][^\s<>/"']*+[\s/](?:[^<>"']++|"[^"]*+"|'[^']*+')*+""")
_QUOTED = regex.compile(r""""[^"]*+"|'[^']*+'""")
_PARTED = regex.compile(r"[\s/]+")
_LONG, _ATTRIBUTES = 8_000, 4_000  # characters of a tag that is looked at; attributes that are too many
_ENTITY = regex.compile(r"&(?:#\d{3}|[A-Za-z]{2,8}\d{0,2});")


def html_article(data: bytes, unit: Unit, options: Options) -> Loaded:
    """The article of a page. Raises `ArticleError`: stage `list` for a list of articles, `html` for a page without one."""
    page, encoding = html_page(data, unit.url)
    profile = options.sites.of(page) if options.sites is not None else None
    reading = read_article(page, profile)
    if reading.kind == "list" and not options.lists:
        raise ArticleError(f"a list of articles, not an article ({reading.why})", stage="list")
    if (reading.kind == "other" and not options.lists) or not reading.body.strip():
        raise ArticleError(f"the page holds no article ({reading.why})", stage="html")
    article = _article(reading, unit, profile)
    if options.published:
        article = replace(article, published=options.published, date_source="given")
    learnt = "without a profile" if profile is None else f"{profile.id}, {profile.pages} pages"
    return Loaded(article, (*encoding_notes(encoding), *_notes(reading, options)), (*reading.reasons, ("site", learnt)))


def _article(reading: Reading, unit: Unit, profile: Profile | None) -> Article:
    """The article of a page that was read."""
    url = unit.url or reading.url
    text = reading.body if reading.title is None else f"{reading.title}\n{reading.body}"
    return Article(
        id=unit.name or (url_id(url) if url else content_id(text)),
        text=text,
        title=reading.title,
        published=reading.published,
        date_source=reading.found.source if reading.found is not None and reading.published else None,
        source=reading.source,
        url=url,
        page_kind=reading.kind,
        site=profile.id if profile is not None else None,
    )


def html_page(data: bytes, url: str | None = None) -> tuple[Page, str]:
    """The blocks of a page, and its encoding's name. `url` is its address where that is known from outside."""
    data, saved = unwrapped(data)
    if (said := _NO_PAGE.match(data[:2000])) is not None:
        raise ArticleError(f"{_LISTS[said[1].lower()]}: it lists addresses and holds no article", stage="html")
    markup, encoding = decode(data)
    spelled = _ENTITY.sub(_letter, markup)
    # Letters of legacy fonts may stand as entities ("d&copy;n"): the bytes are sound, the text is not. It is mended before
    # the page is taken apart, because TCVN3's ư is the soft hyphen, which every HTML reader throws away.
    markup, was = repair(spelled)
    _bounded(markup)
    page = read_page(markup)
    page.url = url or saved or page.url
    return page, was or encoding


def _bounded(markup: str) -> None:
    """Raise `ArticleError` (stage `html`) for an element with thousands of attributes: the parser compares each with all, in
    foreign code that no time limit reaches."""
    for tag in _TAG.finditer(markup):
        if tag.end() - tag.start() < _LONG:
            continue
        plain = _QUOTED.sub(" ", tag[0])
        if (many := max(len(_PARTED.split(plain)), plain.count("="))) > _ATTRIBUTES:
            raise ArticleError(f"an element with {many:,} attributes, more than {_ATTRIBUTES:,}", stage="html")


def _letter(match: regex.Match[str]) -> str:
    letter = unescape(match[0])
    return letter if len(letter) == 1 and 0xA1 <= ord(letter) <= 0xFE else match[0]


def _notes(reading: Reading, options: Options) -> tuple[tuple[str, str], ...]:
    found = reading.found
    if found is None or options.published:
        return ()
    if found.day is None:
        return (("published", f"the page's date puts day or month first, which nothing on it tells ({found.reason})"),)
    if found.kind == "import":
        message = f"{found.day} stands on most pages of the site: the day of an import, not of publication"
        return (("import-date", message),)
    if found.kind == "related":
        return (("published", f"the page prints no date of its own; {found.day} is {found.reason}"),)
    return ()
