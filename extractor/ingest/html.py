"""A page of HTML to an article: title and body by trafilatura, without comments, menus and related links."""

from __future__ import annotations

from dataclasses import dataclass
from html import unescape
from typing import Any

import regex

from extractor.errors import ArticleError
from extractor.ingest.articles import Loaded, content_id, encoding_notes, url_id
from extractor.ingest.html_dates import page_published
from extractor.ingest.units import Options, Unit
from extractor.models import Article
from extractor.text import clean, decode, fold, repair

# "Tiêu đề | Cổng thông tin …": what follows a bar in <title> is the portal's name, not the headline.
_SITE = regex.compile(
    r"\s+[|»]\s+[^|»]{2,80}$|\s+[-–]\s+(?:cổng|báo|trang|đài|sở|ubnd|bộ)\s[^|]{2,80}$", regex.IGNORECASE
)
# A line that begins a list of other articles: everything from here to the next long paragraph goes.
_RELATED = regex.compile(
    r"^\W*(?:(?:các )?(?:tin|bài)(?: viết| bài)? (?:liên quan|khác|cùng chuyên mục|đã đưa|cũ hơn|mới hơn|mới nhất|đọc nhiều)|"
    r"tin (?:cùng chuyên mục|đọc nhiều|nổi bật|tức khác)|xem thêm|đọc thêm|có thể bạn quan tâm|cùng chuyên mục|"
    r"đọc nhiều|(?:\d+ )?bình luận|ý kiến (?:bạn đọc|của bạn)|gửi bình luận|chủ đề|từ khóa|tags?|"
    r"chia sẻ(?: bài viết)?)\W*(?:\(\d+\))?\W*$"
)
_ENTITY = regex.compile(r"&(?:#\d{3}|[A-Za-z]{2,8}\d{0,2});")
_LONG = 120  # characters of a line that is a paragraph, not a headline in a list
_OTHERS = regex.compile(r"relat|lien-?quan|tin-?khac|tin-?moi|other-?news|most-?read|xem-?nhieu|recommend")
_COMMENTS = "//*[contains(@class,'comment') or contains(@id,'comment') or contains(@class,'binh-luan') or contains(@id,'binhluan')]"


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says: headline, body (paragraphs by line), portal, address."""

    title: str | None
    body: str
    source: str | None
    url: str | None


def html_article(data: bytes, unit: Unit, options: Options) -> Loaded:
    """The article of a page. Raises `ArticleError` (stage `html`) for a page without one."""
    markup, encoding = decode(data)
    spelled = _ENTITY.sub(_letter, markup)
    # Letters of legacy fonts may stand as entities ("d&copy;n"): the bytes are sound, the text is not. It is mended before
    # the page is taken apart, because TCVN3's ư is the soft hyphen, which every HTML reader throws away.
    markup, was = repair(spelled)
    encoding = was or encoding
    page = read_page(markup, unit.url)
    if not page.body.strip():
        raise ArticleError("the page holds no article", stage="html")
    url = unit.url or page.url
    published, source = (options.published, "given") if options.published else page_published(markup, url)
    title = page.title
    first = page.body.split("\n", 1)[0]
    text = page.body if not title or fold(first).strip() == fold(title) else f"{title}\n{page.body}"
    article = Article(
        id=unit.name or (url_id(url) if url else content_id(text)),
        text=text,
        title=title,
        published=published,
        date_source=source,
        source=page.source,
        url=url,
    )
    return Loaded(article, encoding_notes(encoding))


def _letter(match: regex.Match[str]) -> str:
    letter = unescape(match[0])
    return letter if len(letter) == 1 and 0xA1 <= ord(letter) <= 0xFE else match[0]


def read_page(markup: str, url: str | None = None) -> Page:
    """Title, body, portal and address of a page, by trafilatura."""
    import trafilatura
    from lxml import html as lxml_html  # type: ignore[import-untyped,unused-ignore]

    try:
        tree: Any = lxml_html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (ValueError, lxml_html.etree.ParserError) as error:
        raise ArticleError(f"not HTML ({error})", stage="html") from None
    headline = _headline(tree)
    _prune(tree)
    found: Any = trafilatura.bare_extraction(
        tree,
        url=url,
        include_comments=False,
        include_tables=True,
        with_metadata=True,
        favor_recall=True,
        deduplicate=False,
    )
    if found is None:
        return Page(headline, "", None, url)
    title = headline or (_SITE.sub("", clean(found.title)).strip() if found.title else None)
    return Page(title, _body(clean(found.text or "")), found.sitename or found.hostname, found.url or url)


def _prune(tree: Any) -> None:
    """Take out comments and lists of other articles, and make layout tables blocks, before trafilatura looks."""
    for node in tree.xpath(_COMMENTS):
        if node.getparent() is not None and node.tag not in ("html", "body", "article", "main"):
            node.drop_tree()
    for node in tree.xpath("//h2 | //h3 | //h4 | //h5 | //div | //p | //span | //b | //strong"):
        if (
            len(node) < 3
            and _RELATED.match(fold(" ".join(node.text_content().split())[:60]))
            and node.getparent() is not None
        ):
            # The heading may be wrapped; the list stands beside the outermost element that holds nothing but it.
            while len(node.getparent()) == 1 and node.getparent().tag != "body" and not (node.tail or "").strip():
                node = node.getparent()
            after = node.getnext()
            if after is not None and after.tag in ("ul", "ol", "div", "table") and _linked(after):
                after.drop_tree()
    for node in tree.xpath("//ul | //ol | //div | //section | //aside"):
        if (
            node.getparent() is not None
            and _OTHERS.search(f"{node.get('class') or ''} {node.get('id') or ''}".lower())
            and _linked(node)
        ):
            node.drop_tree()
    for table in tree.xpath("//table[not(.//th)]"):
        cells = table.xpath("./tr/td | ./tbody/tr/td")
        if any(len(cell.text_content()) > 400 or cell.find(".//p") is not None for cell in cells):
            for node in (table, *table.xpath("./tbody | ./tr | ./tbody/tr"), *cells):
                node.tag = "div"


def _linked(node: Any) -> bool:
    whole = len("".join(node.text_content().split()))
    links = sum(len("".join(a.text_content().split())) for a in node.iter("a"))
    return bool(whole) and links * 2 > whole


def _headline(tree: Any) -> str | None:
    for path in ("//h1", "//meta[@property='og:title']/@content", "//title"):
        said = [" ".join((n if isinstance(n, str) else n.text_content()).split()) for n in tree.xpath(path)]
        said = [s for s in said if 10 <= len(s) <= 300]
        if len(said) == 1 or (said and path != "//h1"):
            return _SITE.sub("", clean(said[0])).strip() or None
    return None


def _body(text: str) -> str:
    lines: list[str] = []
    related = False
    for line in text.split("\n"):
        stripped = line.strip()
        if _RELATED.match(fold(stripped)):
            related = True
        elif related and len(stripped) > _LONG:
            related = False
        if not related:
            lines.append(stripped)
    return "\n".join(lines).strip()
