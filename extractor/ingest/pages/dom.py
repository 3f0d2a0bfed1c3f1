"""Markup to a `Page`: what it declares for machines, and its text as blocks in reading order, each with where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import regex
from lxml import etree  # type: ignore[import-untyped,unused-ignore]
from lxml import html as lxml_html

from extractor.errors import ArticleError
from extractor.text import clean, fold

BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hr", "iframe", "legend", "li", "main", "menu", "nav", "noscript", "object", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "html", "textarea", "marquee",
    "applet",
))  # fmt: skip
_SKIP = frozenset((
    "script", "style", "template", "svg", "select", "option", "button", "input", "head", "title", "link", "meta",
    "map", "audio", "canvas",
))  # fmt: skip
_BOLD = frozenset(["b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"])
_HEADING = {f"h{n}": n for n in range(1, 7)}
_UNSEEN = regex.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_HEAVY = regex.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_CLOSED = frozenset(["noscript", "object", "iframe", "textarea", "applet"])  # shown by some browsers only
_DATED = ("datePublished", "dateCreated")
_NOWHERE = 1 << 30  # the block index of what stands in no block
_DEEPEST = 200  # elements around a block
_STEPS = 6  # ancestors in a block's path
_ROWS = 3  # rows of as many cells that make a table one of data
_CELL = 220  # characters of the longest cell of such a table
_BLANK = regex.compile(r"\s+")
_DIGITS = regex.compile(r"\d+")
_UNSEEN_MARKS = regex.compile("[\u200b\u200c\u2060\ufeff\u00ad]")


@dataclass(slots=True)
class Block:
    """A stretch of text between two borders of blocks (or line breaks), white space folded.

    `path` are tag, class and id of the nearest elements, digits folded, `shape` their tags alone; `chain` numbers the elements
    around it, the page first. `linked` and `bold` count characters; `names` are class and id words of the nearest elements; `links`
    are the texts of anchors.
    """

    index: int
    text: str
    folded: str
    path: str
    shape: str
    tag: str
    chain: tuple[int, ...]
    names: str
    linked: int = 0
    bold: int = 0
    heading: int = 0
    hidden: bool = False
    caption: bool = False
    row: bool = False
    links: tuple[str, ...] = ()

    @property
    def link_share(self) -> float:
        """The share of the text that is in links, 0–1."""
        return self.linked / len(self.text) if self.text else 0.0

    @property
    def key(self) -> str:
        """Where and what: equal for a block that a site repeats on its pages."""
        return f"{self.path}\n{self.folded}"


@dataclass(slots=True)
class Page:
    """What a page holds: `title` of its head, `meta` by lower-case name, `declared` JSON-LD objects, `marked` elements with a
    machine-readable date as (name, value, block index), `url` as it says itself, and its blocks."""

    title: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    declared: list[dict[str, Any]] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    marked: list[tuple[str, str, int]] = field(default_factory=list)
    url: str | None = None
    blocks: list[Block] = field(default_factory=list)
    size: dict[int, int] = field(default_factory=dict)  # characters under an element, by its number


def read_page(markup: str) -> Page:
    """The page of some markup. Raises `ArticleError` (stage `html`) for what no reader of HTML takes."""
    try:
        tree: Any = lxml_html.document_fromstring(
            markup.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (ValueError, etree.ParserError) as error:
        raise ArticleError(f"not HTML ({error})", stage="html") from None
    page = Page()
    _head(tree, page)
    body = tree.find("body")
    _Walk(page, _data_rows(tree)).run(tree if body is None else body)
    return page


def _head(tree: Any, page: Page) -> None:
    title = next(tree.iter("title"), None)
    if title is not None:
        page.title = _flat(title.text_content()) or None
    for node in tree.iter("meta"):
        if node.get("content"):
            _meta(node, page)
    for node in tree.iter("script"):
        if "ld+json" in (node.get("type") or ""):
            _json_ld(node.text or "", page)
    url = _canonical(tree) or page.meta.get("og:url")
    if url and url.startswith(("http://", "https://")):
        page.url = url


def _canonical(tree: Any) -> str | None:
    """The address that a page gives itself in its last link of that kind."""
    links = [node for node in tree.iter("link") if (node.get("rel") or "").lower() == "canonical" and node.get("href")]
    return links[-1].get("href").strip() if links else None


def _meta(node: Any, page: Page) -> None:
    content = node.get("content")
    if node.get("itemprop") in _DATED:
        page.marked.append(("itemprop", content, _NOWHERE))
    for key in ("property", "name", "http-equiv"):
        if node.get(key):
            page.meta.setdefault(node.get(key).strip().lower(), clean(content).strip())


def _json_ld(text: str, page: Page) -> None:
    try:
        data = json.loads(text.strip().removesuffix(";"), strict=False)
    except (ValueError, RecursionError):
        # A line break or a comma too many is common; the key is still legible.
        page.broken.append(text[:20_000])
        return
    page.declared.extend(_things(data, 0))


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


def _flat(text: str) -> str:
    # Editors leave invisible marks inside of words.
    flat: str = _BLANK.sub(" ", _UNSEEN_MARKS.sub("", clean(text)))
    return flat.strip()


def _data_rows(tree: Any) -> set[Any]:
    """Rows of tables of data, whose cells belong on one line; a layout's tables hold blocks, other tables or one cell a row."""
    out: set[Any] = set()
    for table in tree.iter("table"):
        if any(True for inner in table.iter("table") if inner is not table):
            continue
        rows = [row for row in table.iter("tr") if len(row) >= 2]
        if len(rows) < _ROWS or any(_wide(cell) for row in rows for cell in row):
            continue
        out.update(rows)
    return out


def _wide(cell: Any) -> bool:
    return len(cell.findall(".//p")) > 2 or len("".join(cell.itertext())) > _CELL or cell.find(".//li") is not None


@dataclass(slots=True)
class _Frame:
    """An open element: the numbers of the elements around it and its own, its label, and what holds inside it."""

    chain: tuple[int, ...]
    label: str
    tag: str
    names: str
    hidden: bool
    joins: bool  # line breaks inside are blanks (a heading, a link, a row of a table)


def _is_unseen(node: Any) -> bool:
    style = node.get("style")
    return style is not None and _UNSEEN.search(style.lower()) is not None


def _is_hidden(node: Any, tag: str) -> bool:
    """Whether an element is not shown, by its kind, attribute or style."""
    return tag in _CLOSED or node.get("hidden") is not None or _is_unseen(node)


def _is_heavy(node: Any) -> bool:
    style = node.get("style")
    return style is not None and _HEAVY.search(style) is not None


class _Walk:
    """One pass over the tree in document order. Text gathers until a border of blocks ends it."""

    def __init__(self, page: Page, rows: set[Any]) -> None:
        self._page, self._rows = page, rows
        self._frames: list[_Frame] = []
        self._count = 0
        self._in_link = False
        self._link_text: list[str] = []
        self._heavy = self._slanted = 0
        self._row: Any = None
        self._image = False
        self._reset()

    def _reset(self) -> None:
        self._text: list[str] = []
        self._links: list[str] = []
        self._linked = self._bold = self._italic = 0

    def run(self, root: Any) -> None:
        """Fill the page with the blocks under `root`."""
        skipped: Any = None
        for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
            if event in ("comment", "pi"):
                if skipped is None:
                    self._add(node.tail)
                continue
            if skipped is not None:
                if event == "end" and node is skipped:
                    skipped = None
                    self._add(node.tail)
                continue
            if event == "end":
                self._close(node)
                if node is not root:
                    self._add(node.tail)
            elif node.tag in _SKIP:
                skipped = node
            else:
                self._open(node)
                self._add(node.text)
        self._flush()

    def _open(self, node: Any) -> None:
        tag = node.tag
        if tag in BLOCKS:
            self._open_block(node, tag)
        elif tag == "br":
            if (self._frames and self._frames[-1].joins) or self._in_link:
                self._text.append(" ")
            else:
                self._flush()
        elif tag == "a":
            self._in_link, self._link_text = True, []
        elif tag == "img":
            self._image = True
        if tag in _BOLD or _is_heavy(node):
            self._heavy += 1
        if tag in ("i", "em"):
            self._slanted += 1
        self._mark(node, tag)

    def _open_block(self, node: Any, tag: str) -> None:
        if self._row is None:
            self._flush()
        else:
            self._text.append(" | " if tag in ("td", "th") and self._text else " ")
        if node in self._rows:
            self._row = node
        self._count += 1
        own = f"{node.get('class') or ''} {node.get('id') or ''}".strip()
        outer = self._frames[-1] if self._frames else None
        hidden = _is_hidden(node, tag) or (outer is not None and outer.hidden)
        around = outer.chain if outer is not None else ()
        self._frames.append(
            _Frame(
                # One tuple for all blocks of an element; nesting beyond all reason is not followed.
                (*around, self._count) if len(around) < _DEEPEST else around,
                f"{tag}.{_DIGITS.sub('0', own)}" if own else tag,
                tag,
                own.lower(),
                hidden,
                tag in _HEADING or self._row is not None,
            )
        )

    def _mark(self, node: Any, tag: str) -> None:
        prop = node.get("itemprop") or node.get("property") or ""
        if prop in _DATED:
            for said in (node.get("content"), node.get("datetime"), _flat(node.text_content())[:60]):
                if said:
                    self._page.marked.append(("itemprop", said, len(self._page.blocks)))
        elif tag == "time":
            self._page.marked.append(
                ("time", node.get("datetime") or _flat(node.text_content())[:60], len(self._page.blocks))
            )

    def _close(self, node: Any) -> None:
        tag = node.tag
        if tag in _BOLD or _is_heavy(node):
            self._heavy -= 1
        if tag in ("i", "em"):
            self._slanted -= 1
        if tag == "a":
            self._links.append(_flat("".join(self._link_text)))
            self._in_link = False
        elif tag in BLOCKS and self._frames:
            if node is self._row:
                self._flush()
                self._row = None
            elif self._row is None:
                self._flush()
            self._frames.pop()

    def _add(self, text: str | None) -> None:
        if not text:
            return
        self._text.append(text)
        length = len(text.strip())
        if length:
            if self._in_link:
                self._linked += length
                self._link_text.append(text)
            if self._heavy:
                self._bold += length
            if self._slanted:
                self._italic += length

    def _flush(self) -> None:
        if self._text and (text := _flat("".join(self._text))).strip(" |"):
            self._emit(text)
        if self._in_link and self._link_text:
            # A link around several blocks: each of them is a link.
            self._link_text = []
        self._reset()

    def _emit(self, text: str) -> None:
        frames = self._frames[-_STEPS:]
        nearest = frames[-1] if frames else _Frame((), "body", "body", "", False, False)
        links = [*self._links, _flat("".join(self._link_text))] if self._in_link else self._links
        heading = next((_HEADING[f.tag] for f in reversed(frames[-3:]) if f.tag in _HEADING), 0)
        names = " ".join(f.names for f in frames[-4:] if f.names)
        near = [f.tag for f in frames[-2:]]
        block = Block(
            index=len(self._page.blocks),
            text=text,
            folded=fold(text),
            path=">".join(f.label for f in frames),
            shape=">".join(f.tag for f in frames),
            tag=nearest.tag,
            chain=nearest.chain,
            names=names,
            linked=min(self._linked, len(text)),
            bold=min(self._bold, len(text)),
            heading=heading,
            hidden=nearest.hidden,
            caption="figcaption" in near or (self._image and self._italic * 5 > len(text) * 4 and len(text) < 200),
            row=self._row is not None,
            links=tuple(links),
        )
        self._image = False
        self._page.blocks.append(block)
        for number in block.chain:
            self._page.size[number] = self._page.size.get(number, 0) + len(text)
