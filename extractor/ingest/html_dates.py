"""The publication date of a page: what it declares for machines, then what it prints for readers, then htmldate.

The order, and why htmldate is last and without its extensive search: DESIGN.md of the task measured that the default search
takes a related article's or the footer's date in 4 of 14 common layouts.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import regex
from lxml import html as lxml_html  # type: ignore[import-untyped,unused-ignore]

from extractor.ingest.published import parse_published
from extractor.text import fold

Found = tuple[date | None, str | None]

_META = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "date_published", "pubdate",
    "publishdate", "publish-date", "published_date", "publication_date", "dc.date.issued", "dc.date.created", "dcterms.created",
    "dcterms.issued", "sailthru.date", "article.published", "parsely-pub-date", "cxenseparse:recs:publishtime", "dc.date", "date",
)  # fmt: skip
_ARTICLE = (
    "article",
    "newsarticle",
    "blogposting",
    "reportagenewsarticle",
    "report",
    "techarticle",
)
# Class or id of the element that holds the date line on portals (VNPT, Liferay, SharePoint, ePi and hand-made ones).
_NAMED = regex.compile(
    r"(?:^|[\s_-])(?:date|time|publish(?:ed)?|pubdate|posted|post-?date|post-?time|ngay-?dang|ngaydang|thoi-?gian|"
    r"news-?date|news-?time|detail-?time|detail-?date|cms-date|pdate|lbldate|created|createddate|meta|article-meta|byline)"
    r"(?:$|[\s_-])|(?:date|time|ngaydang|publish)$"
)
_AWAY = regex.compile(
    r"relat|lien-?quan|other|khac|sidebar|side-?bar|footer|copyright|comment|binh-?luan|menu|nav(?:$|[\s_-]|bar)|header-?(?:top|date)|top-?bar|"
    r"clock|today|current|most-?read|xem-?nhieu|hot-?news|tin-?moi|event|su-?kien|calendar|weather|thoi-?tiet|breadcrumb|banner|widget|recommend"
)
_HEAD = regex.compile(r"(?:^|\s)(?:site-|page-|main-|top-?)?header(?:$|\s)|masthead")
_LINE = 100  # characters of a date line; a date in a longer block is the story's own
_DAY = r"(?<![\d/.,-])(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?((?:19|20)\d\d)(?![\d/])"
_LABELLED = regex.compile(
    r"(?:ngày đăng(?: tin| bài)?|đăng (?:ngày|lúc|vào|tải)|ngày (?:xuất bản|phát hành|viết|tạo|đăng tải)|thời gian đăng|"
    r"cập nhật(?: lúc| ngày)?|ngày cập nhật|xuất bản|được đăng)[^\d\n]{0,40}?(?:\d{1,2}\s?[:hg]\s?\d{0,2}[^\d\n]{1,12})?"
    + _DAY
)
_WEEKDAY = regex.compile(r"(?:thứ (?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ nhật)\s*,?\s*(?:ngày\s*)?" + _DAY)
_SPELLED = regex.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+((?:19|20)\d\d)")
_HOUR = r"\d{1,2}\s?[:hg]\s?\d\d(?::\d\d)?(?:\s*(?:am|pm|sa|ch))?"
_DAY_AFTER = _DAY.removeprefix("(?<![\\d/.,-])")
_TIMED = regex.compile(rf"{_DAY}\s*(?:[-|,–]|lúc)?\s*{_HOUR}|{_HOUR}\s*(?:[-|,]|ngày)?\s*{_DAY_AFTER}")
_ALONE = regex.compile(
    r"^\W*(?:ngày\s*)?"
    + _DAY
    + r"\W*(?:\d{1,2}\s?[:hg]\s?\d\d(?::\d\d)?)?(?:\s*(?:am|pm|sa|ch))?\W*(?:gmt\s*\+?\s*7)?\W*$"
)
_URL = regex.compile(r"/((?:19|20)\d\d)[/-](\d{1,2})[/-](\d{1,2})(?=[/_-]|$)")
_FIRST, _LAST = date(1995, 1, 1), date(2100, 1, 1)


def page_published(markup: str, url: str | None = None) -> Found:
    """The publication date of a page and where it stands: `json-ld`, `meta`, `itemprop`, `time`, `page`, `url`, `htmldate`;
    (None, None) where the page gives none. The clock is never read."""
    try:
        tree = lxml_html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (ValueError, lxml_html.etree.ParserError):
        return None, None
    for find in (_json_ld, _meta, _itemprop):
        if (found := find(tree))[0] is not None:
            return found
    for node in list(tree.xpath("//script | //style | //noscript | //template")):
        node.drop_tree()
    for find in (_time, _printed):
        if (found := find(tree))[0] is not None:
            return found
    if url and (match := _URL.search(url)) and (day := _sane(parse_published("-".join(match.groups())))):
        return day, "url"
    return _htmldate(tree)


def _sane(day: date | None) -> date | None:
    return day if day is not None and _FIRST <= day < _LAST else None


def _json_ld(tree: Any) -> Found:
    things: list[dict[str, Any]] = []
    for script in tree.xpath("//script[contains(@type, 'ld+json')]"):
        try:
            data = json.loads((script.text or "").strip().removesuffix(";"), strict=False)
        except ValueError:
            # A line break or a comma too many is common; the key is still legible.
            match = regex.search(r'"datePublished"\s*:\s*"([^"]{8,40})"', script.text or "")
            if match and (day := _sane(parse_published(match[1]))):
                return day, "json-ld"
            continue
        things.extend(_things(data, 0))
    # An article's own date before that of the page around it.
    for wanted in (_ARTICLE, ("webpage", "creativework")):
        for thing in things:
            kind = thing.get("@type")
            if any(str(k).lower() in wanted for k in (kind if isinstance(kind, list) else [kind])):
                for key in ("datePublished", "dateCreated"):
                    if day := _sane(parse_published(thing.get(key))):
                        return day, "json-ld"
    return None, None


def _things(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:
        return
    if isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)
    elif isinstance(data, list):
        for one in data[:50]:
            yield from _things(one, depth + 1)


def _meta(tree: Any) -> Found:
    by_name: dict[str, str] = {}
    for node in tree.xpath("//meta[@content]"):
        for key in ("property", "name", "http-equiv"):
            if node.get(key):
                by_name.setdefault(node.get(key).strip().lower(), node.get("content"))
    for name in _META:
        if name in by_name and (day := _sane(parse_published(by_name[name]))):
            return day, "meta"
    return None, None


def _itemprop(tree: Any) -> Found:
    for node in tree.xpath("//*[@itemprop='datePublished' or @itemprop='dateCreated' or @property='datePublished']"):
        if not _away(node):
            for said in (node.get("content"), node.get("datetime"), node.text_content()):
                if day := _sane(parse_published(said)):
                    return day, "itemprop"
    return None, None


def _time(tree: Any) -> Found:
    for node in tree.xpath("//time"):
        if not _away(node) and (
            day := _sane(parse_published(node.get("datetime")) or parse_published(node.text_content()))
        ):
            return day, "time"
    return None, None


def _away(node: Any) -> bool:
    while node is not None:
        named = f"{node.get('class') or ''} {node.get('id') or ''}".lower()
        if node.tag in ("footer", "aside", "nav") or _AWAY.search(named):
            return True
        # The head of a page has a clock; the head of an article has the headline in it.
        head = node.tag == "header" or _HEAD.search(named)
        if head and node.find(".//h1") is None and not node.xpath("ancestor::article"):
            return True
        node = node.getparent()
    return False


def _printed(tree: Any) -> Found:
    # A labelled date is as good as declared; a bare one counts only in an element that is named for it, or near the headline.
    blocks = list(_blocks(tree))
    headline = next(
        (i for i, (_t, node, _n) in enumerate(blocks) if node.tag == "h1" or node.xpath("ancestor::h1")), None
    )
    # Just below the headline, then just above it, then the rest: what stands far from it belongs to something else.
    at = headline or 0
    ordered = blocks[at : at + 7] + blocks[max(0, at - 3) : at][::-1] + blocks[at + 7 :] + blocks[: max(0, at - 3)]
    for text, _node, _named in ordered:
        match = _LABELLED.search(text)
        if (
            match
            and (len(text) <= _LINE or (match.start() < 20 and match.end() > len(text) - 60))
            and (day := _from(match))
        ):
            return day, "page"
    for text, _node, named in ordered:
        if named and (day := _any(text)):
            return day, "page"
    near = blocks[max(0, headline - 2) : headline + 7] if headline is not None else []
    for text, _node, _named in near:
        match = _WEEKDAY.search(text) or _TIMED.search(text) or _ALONE.search(text)
        if match and len(text) <= _LINE and (day := _from(match)):
            return day, "page"
    for text, _node, _named in ordered:
        if (match := _ALONE.search(text) or (_TIMED.fullmatch(text) if len(text) < 60 else None)) and (
            day := _from(match)
        ):
            return day, "page"
    return None, None


def _blocks(tree: Any) -> Iterator[tuple[str, Any, bool]]:
    """Short stretches of text outside menus and footers, folded, with their element and whether it is named for a date."""
    body = tree.find("body")
    for node in (body if body is not None else tree).iter():
        if not isinstance(node.tag, str):
            continue
        text = " ".join(" ".join(t for t in (node.text, *(c.tail for c in node)) if t).split())
        whole = text
        if node.tag in ("div", "p", "span", "li", "td", "small", "em", "i", "h5", "h6") and len(node) and len(node) < 8:
            joined = " ".join(node.text_content().split())
            whole = joined if len(joined) < 160 else text
        dated = whole and len(whole) < 300 and any(c.isdigit() for c in whole)
        if (dated or node.tag == "h1") and not _away(node):
            own = f"{node.get('class') or ''} {node.get('id') or ''}".lower().strip()
            yield fold(whole), node, bool(_NAMED.search(own)) and len(whole) < 160


def _any(text: str) -> date | None:
    for pattern in (_WEEKDAY, _SPELLED, _TIMED):
        if (match := pattern.search(text)) and (day := _from(match)):
            return day
    if match := regex.search(_DAY, text):
        return _from(match)
    return _sane(parse_published(text)) if regex.search(r"(?:19|20)\d\d-\d\d-\d\d", text) else None


def _from(match: Any) -> date | None:
    day, month, year = [g for g in match.groups() if g][:3]
    return _sane(parse_published(f"{year}-{month}-{day}"))


def _htmldate(tree: Any) -> Found:
    import htmldate

    # Footers and lists of other articles are what it falls for.
    for node in list(tree.iter()):
        if (
            isinstance(node.tag, str)
            and node.getparent() is not None
            and node.tag not in ("html", "head", "body")
            and _own_away(node)
        ):
            node.drop_tree()
    try:
        found = htmldate.find_date(tree, extensive_search=False, original_date=True, max_date="2099-12-31")
    except (ValueError, TypeError, AttributeError):
        return None, None
    day = _sane(parse_published(found))
    return (day, "htmldate") if day else (None, None)


def _own_away(node: Any) -> bool:
    return node.tag in ("footer", "aside", "nav") or bool(
        _AWAY.search(f"{node.get('class') or ''} {node.get('id') or ''}".lower())
    )
