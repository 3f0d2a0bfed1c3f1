"""What a folder's `manifest.jsonl` says of its pages: id, title, publication date, source and address, by file."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from extractor.errors import InputError
from extractor.ingest.ids import string
from extractor.ingest.published import parse_published
from extractor.models import Article

NAME = "manifest.jsonl"


def described(folder: Path) -> dict[str, Mapping[str, Any]]:
    """Rows of the folder's manifest by the path of their file; empty where there is no manifest of pages.

    A file of that name whose first row has no `file` is an input like any other. Raises `InputError` for a broken row
    and for a file that is not there.
    """
    manifest = folder / NAME
    out: dict[str, Mapping[str, Any]] = {}
    if not manifest.is_file():
        return out
    with manifest.open(encoding="utf-8-sig") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise InputError(f"{manifest}, line {number}: not JSON ({error})") from None
            if not isinstance(row, dict) or not isinstance(row.get("file"), str):
                if not out:
                    return {}
                raise InputError(f"{manifest}, line {number}: no 'file' that names a page")
            path = folder / row["file"]
            if not path.is_file():
                raise InputError(f"{manifest}, line {number}: there is no file {path}")
            out[str(path)] = row
    return out


def apply(article: Article, about: Mapping[str, Any]) -> Article:
    """The article with what the manifest says of it; an empty entry leaves what the page itself gave."""
    published = parse_published(about.get("published"))
    given = {name: value for name in ("title", "source", "url") if (value := string(about.get(name)))}
    out = replace(article, **given)  # type: ignore[arg-type]
    return replace(out, published=published, date_source="given") if published else out
