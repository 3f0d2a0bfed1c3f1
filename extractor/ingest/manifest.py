"""What a folder's `manifest.jsonl` says of its pages: id, title, publication date, source and address, by file."""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractor.ingest.ids import string
from extractor.ingest.published import parse_published
from extractor.models import Article

NAME = "manifest.jsonl"
_SAID = 5  # lines that are named, of those that are wrong


def described(folder: Path) -> tuple[dict[str, Mapping[str, Any]], str | None]:
    """Rows of the folder's manifest by the place of their file, and what is wrong with others of its rows; nothing of both
    where there is no manifest of pages. A file of that name whose first row has no `file` is an input like any other.
    """
    manifest = folder / NAME
    out: dict[str, Mapping[str, Any]] = {}
    wrong: list[str] = []
    if not manifest.is_file():
        return out, None
    try:
        for number, row in _rows(manifest):
            if not out and not wrong and isinstance(row, dict) and not isinstance(row.get("file"), str):
                return {}, None
            fault = _fault(row, folder)
            if fault is not None:
                wrong.append(f"line {number}: {fault}")
            elif isinstance(row, dict):
                out[place_of(folder / row["file"])] = row
    except OSError as error:
        wrong.append(f"cannot be read ({error.strerror})")
    if not out and wrong and not any("there is no file" in line for line in wrong):
        return {}, None  # nothing in it speaks of pages: the reader of its format says what is wrong
    return out, _told(wrong)


def place_of(path: Path | str) -> str:
    """What a file of a folder is found by: one spelling of a path, with and without dots, its letters composed or not."""
    return unicodedata.normalize("NFC", os.path.normpath(path))


def _told(wrong: list[str]) -> str | None:
    """The first lines that are wrong, and how many more there are."""
    more = f"; and {len(wrong) - _SAID} more lines" if len(wrong) > _SAID else ""
    return ("; ".join(wrong[:_SAID]) + more) or None


def _rows(manifest: Path) -> Iterator[tuple[int, dict[str, Any] | str]]:
    """Number and row of each line that is not blank, or what is wrong with it."""
    with manifest.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield number, _row(line.removeprefix(b"\xef\xbb\xbf"))


def _fault(row: dict[str, Any] | str, folder: Path) -> str | None:
    """What is wrong with a row; None where it names a page of the folder."""
    if isinstance(row, str):
        return row
    if not isinstance(row.get("file"), str):
        return "no 'file' that names a page"
    return None if (folder / row["file"]).is_file() else f"there is no file {row['file']}"


def _row(line: bytes) -> dict[str, Any] | str:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        return f"not JSON ({error})"
    return row if isinstance(row, dict) else "not a JSON object"


def apply(article: Article, about: Mapping[str, Any]) -> Article:
    """The article with what the manifest says of it; an empty entry leaves what the page itself gave."""
    published = parse_published(about.get("published"))
    given = {name: value for name in ("title", "source", "url") if (value := string(about.get(name)))}
    out = replace(article, **given)  # type: ignore[arg-type]
    return replace(out, published=published, date_source="given") if published else out
