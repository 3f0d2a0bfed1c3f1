"""Plans and reports that portals attach: the text layer of .docx (python-docx) and .pdf (pypdf)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Literal

import regex

from extractor.errors import ArticleError
from extractor.ingest.packages import bounded_package
from extractor.text import repair

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Deleted or moved away under tracked changes, properties, codes of fields, the old form of a drawing.
_GONE = frozenset(("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "instrText", "delText", "Fallback"))
_MOST = 50_000_000  # bytes of a document's unpacked XML, of which a tree is made
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": ""}
_TERMINAL = regex.compile(r"[.!?:;…”\"/]\s*$")
_WORD = regex.compile(r"\p{L}+")
# "h ộ i", "nghi ̣": a letter with a mark between blanks, or a mark after a blank.
_SPLIT = regex.compile(
    r"(?<=\p{L})\s[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]\s(?=\p{Ll})|\s\p{Mn}|[´`~ˆ˙]\p{L}"
)
_STARTS = regex.compile(r"^\s*(?:[-+*•]|\d+[.)]|[IVX]+\.|[a-zđ][.)]\s|[A-ZĐ][.)]\s)")


def office_text(data: bytes, kind: Literal["docx", "pdf"]) -> tuple[str, str]:
    """The text of a document and its encoding's name ("utf-8", or the legacy font's).

    Raises `ArticleError` (stage `office`) for a damaged file, and one without a text layer (a scan).
    """
    try:
        text = _docx(data) if kind == "docx" else _pdf(data)
    except (ArticleError, ImportError, MemoryError):
        raise
    except Exception as error:  # both libraries raise whatever a damaged file makes them meet
        raise ArticleError(
            f"damaged .{kind} file ({type(error).__name__}: {str(error)[:200]})", stage="office"
        ) from None
    if not text.strip():
        raise ArticleError(f"the .{kind} holds no text (a scan?)", stage="empty")
    text, encoding = repair(text)
    return text, encoding or "utf-8"


def _docx(data: bytes) -> str:
    import docx

    document: Any = docx.Document(io.BytesIO(bounded_package(data, _MOST)))
    lines: list[str] = []
    _blocks(document.element.body, lines)
    return "\n".join(lines)


def _blocks(node: Any, lines: list[str]) -> None:
    """Paragraphs and rows of tables under a node, in order; content controls and the like are looked into."""
    for child in node:
        if not isinstance(child.tag, str) or not child.tag.startswith(_W):
            continue
        name = child.tag.removeprefix(_W)
        if name == "p":
            boxes: list[Any] = []
            lines.append("".join(_runs(child, boxes)))
            for box in boxes:
                _blocks(box, lines)
        elif name == "tbl":
            lines += [_row(row) for row in child.iter(f"{_W}tr") if next(row.iterancestors(f"{_W}tbl")) is child]
        elif name not in _GONE:
            _blocks(child, lines)


def _row(row: Any) -> str:
    """The cells of a row between tabs; a merged cell once, a table in a cell as its text."""
    cells: list[str] = []
    for cell in row.iter(f"{_W}tc"):
        if next(cell.iterancestors(f"{_W}tr")) is row:
            inner: list[str] = []
            _blocks(cell, inner)
            cells.append(" ".join(line.replace("\t", " ").strip() for line in inner if line.strip()))
    return "\t".join(cells)


def _runs(node: Any, boxes: list[Any]) -> Iterator[str]:
    """The text of a paragraph: smart tags, content controls and tracked insertions too, tracked deletions not; text boxes are
    put aside. A drawing that is kept in two forms counts once."""
    for child in node:
        if not isinstance(child.tag, str):
            continue
        name = child.tag.rpartition("}")[2]
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in _GONE:
            yield from _runs(child, boxes)


def split_letters(text: str) -> bool:
    """Whether letters lost their marks on the way out of a file: marks that stand alone, or words cut around them."""
    words = len(_WORD.findall(text))
    return words > 50 and len(_SPLIT.findall(text)) * 20 > words


def _pdf(data: bytes) -> str:
    import logging

    import pypdf

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise ArticleError("the .pdf is encrypted", stage="office")
    return "\n".join(_unwrapped(page.extract_text()) for page in reader.pages)


def _unwrapped(text: str) -> str:
    """Lines of a page joined to paragraphs: a long line without a stop goes on in the next one."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    width = max((len(line) for line in lines), default=0)
    out: list[str] = []
    open_line = False
    for line in lines:
        if open_line and line and not _STARTS.match(line):
            out[-1] += " " + line
        else:
            out.append(line)
        open_line = len(line) > 0.75 * width and not _TERMINAL.search(line)
    return "\n".join(out)
