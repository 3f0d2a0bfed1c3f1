"""What an article is called: the id of every unit, made a string that can be written, in one place for plan and worker; the host
of its address."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from extractor.errors import ArticleError
from extractor.ingest.units import Unit
from extractor.text import decode, repair


def content_id(text: str) -> str:
    """A stable id for an article that has neither id nor URL."""
    return f"sha-{_digest(text.encode('utf-8', 'surrogatepass'))}"


def url_id(url: str) -> str:
    """A stable id for an article known by its URL."""
    return f"url-{_digest(url.encode('utf-8', 'surrogatepass'))}"


def host(url: str | None) -> str | None:
    """The host that an address names; None where it names none, or is no address ("http://[::1")."""
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:16]


def string(value: Any) -> str | None:
    """A value of a row as text in NFC, None for an empty one; what can be written nowhere (half of a pair of surrogates, a
    byte of a file name that is not UTF-8) becomes a question mark."""
    if value is None or value == "" or value != value:  # NaN of a table's empty cell
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", str(value).encode("utf-8", "replace").decode("utf-8"))


def row_text(raw: str) -> tuple[str, str | None]:
    """A row's text, and the encoding it was repaired from. Raises `ArticleError` (stage `decode`)."""
    text, encoding = repair(scalar(raw))
    # Offsets kept outside (annotations) must stay valid: composition is the only change to a row's text.
    return (text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)), encoding


def scalar(text: str) -> str:
    """A string with the bytes decoded that stand in it as lone surrogates, as CSV smuggles them through.

    Raises `ArticleError` (stage `decode`) for other lone surrogates, which cannot be written.
    """
    try:
        text.encode("utf-8")
        return text
    except UnicodeEncodeError:
        pass
    try:
        return decode(text.encode("utf-8", "surrogateescape"))[0]
    except UnicodeEncodeError as error:
        raise ArticleError(f"a lone surrogate at character {error.start}", stage="decode") from None


def identity(unit: Unit) -> str | None:
    """The id of a unit's article as far as the unit tells: its own, else by its address, its name, or its content.

    None for a broken unit, and for a file without a name that is still to be read.
    """
    if unit.kind == "bad":
        return None
    if unit.kind == "row":
        assert isinstance(unit.data, Mapping)
        return _row_id(unit.data)
    if isinstance(unit.data, Mapping) and (given := string(unit.data.get("id"))):
        return given
    if unit.name:
        return string(unit.name)
    if unit.url:
        return url_id(unit.url)
    return f"sha-{_digest(unit.data)}" if isinstance(unit.data, bytes) else None


def _row_id(row: Mapping[str, Any]) -> str | None:
    if given := string(row.get("id")):
        return given
    if url := string(row.get("url")):
        return url_id(url)
    text, page = row.get("text"), row.get("html")
    if isinstance(text, str) and text.strip():
        try:
            return content_id(row_text(text)[0])
        except ArticleError:
            return None
    return content_id(page) if isinstance(page, str) else None
