"""What flows from a reader to a worker: one raw article each, cheap to cut and to send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from extractor.ingest.pages.sites import Sites

Kind = Literal["txt", "html", "docx", "pdf", "row", "page", "bad"]


@dataclass(frozen=True, slots=True)
class Limits:
    """What an input may cost: `max_chars` of an article's text, `max_bytes` of one raw article, `max_ratio` of a packed file."""

    max_chars: int = 1_000_000
    max_bytes: int = 40_000_000
    max_ratio: int = 700


@dataclass(frozen=True, slots=True)
class Columns:
    """Names of the input's columns by what they hold; None lets the reader guess from common names."""

    id: str | None = None
    text: str | None = None
    html: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """One raw article: `data` is a row, the bytes of a page, or None where the worker is to read `file` itself
    (then a manifest's row about it may stand there).

    `position` is the line, row or record number in `file`, counted from 1; 0 for a whole file. A unit of kind `bad` was
    already found broken: `data` is what could be saved of it, `stage` and `reason` say what is wrong.
    """

    kind: Kind
    file: str
    position: int = 0
    data: Mapping[str, Any] | bytes | None = None
    name: str | None = None
    url: str | None = None
    stage: str = ""
    reason: str = ""
    repeat: int = 0  # articles before this one have its id: it is told apart by `~` and this number plus one
    source: str = ""  # how the output calls `file`
    key: str = ""  # what the article is known by in an output, and a hash of its content
    hash: str = ""

    def where(self) -> str:
        """`file` or `file:position`, for messages."""
        return f"{self.file}:{self.position}" if self.position else self.file

    def weight(self) -> int:
        """About how many bytes the unit carries."""
        if isinstance(self.data, bytes):
            return len(self.data)
        if self.data is None:
            return 4096
        return sum(len(v) for v in self.data.values() if isinstance(v, str | bytes)) + 200


@dataclass(frozen=True, slots=True)
class Options:
    """How units become articles: the columns, the limits, the publication date of articles that give none, the profiles of
    their sites, and whether lists of articles are taken for articles, too."""

    columns: Columns = field(default_factory=Columns)
    limits: Limits = field(default_factory=Limits)
    published: date | None = None
    sites: Sites | None = None
    lists: bool = False
