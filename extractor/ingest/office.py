"""Plans and reports that portals attach: the text layer of .docx (python-docx) and .pdf (pypdf)."""

from __future__ import annotations

import io
from typing import Any, Literal

import regex

from extractor.errors import ArticleError
from extractor.text import repair

_TERMINAL = regex.compile(r"[.!?:;…”\"/]\s*$")
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

    document: Any = docx.Document(io.BytesIO(data))
    lines: list[str] = []
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            lines += ["\t".join(dict.fromkeys(cell.text.strip() for cell in row.cells)) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)


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
