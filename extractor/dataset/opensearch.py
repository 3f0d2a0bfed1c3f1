"""A dataset as OpenSearch bulk lines, with a mapping whose analyser folds accents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, TextIO

from extractor.dataset.choice import Choice
from extractor.dataset.places import fill_places
from extractor.dataset.source import cell, parts

INDEX = "articles"
ACTION = f'{{"index": {{"_index": "{INDEX}"'  # how each first line of two begins


def mapping() -> dict[str, Any]:
    """Settings and mapping for `PUT /articles`: text in an exact and a folded field, fields nested."""
    text = {"type": "text", "analyzer": "folded", "fields": {"exact": {"type": "text", "analyzer": "exact"}}}
    keyword = {"type": "keyword"}
    return {
        "settings": {
            "analysis": {
                "char_filter": {"d": {"type": "mapping", "mappings": ["đ => d", "Đ => d"]}},
                "analyzer": {
                    "folded": {"tokenizer": "standard", "char_filter": ["d"], "filter": ["lowercase", "asciifolding"]},
                    "exact": {"tokenizer": "standard", "filter": ["lowercase"]},
                },
            }
        },
        "mappings": {
            "properties": {
                "id": keyword,
                "source": keyword,
                "province": keyword,
                "province_code": keyword,
                "year": {"type": "integer"},
                "published": {"type": "date"},
                "title": text,
                "text": text,
                "officials": {"type": "nested", "properties": {"name": text, "posts": text}},
                "locations": {"type": "nested", "properties": {"name": text, "code": keyword, "level": keyword}},
                "documents": {"type": "nested", "properties": {"number": keyword, "type": keyword, "issuer": text}},
                "figures": {
                    "type": "nested",
                    "properties": {
                        "value": {"type": "double"}, "value_max": {"type": "double"}, "unit": keyword,
                        "programme": keyword, "indicator": keyword, "status": keyword, "group": text, "group_id": keyword,
                        "place_code": keyword, "place_codes": keyword, "period": text,
                        "start_date": {"type": "date"}, "end_date": {"type": "date"},
                    },
                },
            }
        },
    }  # fmt: skip


_FIGURE = (
    *("value", "value_max", "unit", "programme", "indicator", "status", "group", "group_id"),
    *("place_code", "place_codes", "period", "start_date", "end_date"),
)


def bulk(source: Path, choice: Choice) -> Iterator[str]:
    """Lines for `POST /_bulk`, an action and a document an article with its wanted rows, in the order of the dataset."""
    for part in parts(source):
        whole = part.read()
        fill_places(whole)
        tables = choice.rows(whole)
        by_id: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for name in ("officials", "positions", "locations", "documents", "figures"):
            for row in tables[name]:
                by_id.setdefault(row["id"], {}).setdefault(name, []).append(row)
        for article in tables["articles"]:
            document = _document(article, by_id.get(article["id"], {}))
            yield json.dumps({"index": {"_index": INDEX, "_id": article["id"]}}, ensure_ascii=False)
            yield json.dumps(document, ensure_ascii=False)


_ARTICLE = ("id", "source", "url", "title", "published", "province", "province_code", "year", "text")
_ITEMS = {
    "locations": ("name", "code", "level"),
    "documents": ("number", "type", "issuer"),
    "figures": _FIGURE,
}


def _document(article: Mapping[str, Any], items: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """An article with its items as one document."""
    out: dict[str, Any] = {name: cell(article[name]) for name in _ARTICLE if article[name] is not None}
    posts: dict[Any, list[str]] = {}
    for p in items.get("positions", []):
        posts.setdefault(p["person"], []).append(f"{p['role']} {p['body_resolved'] or p['body'] or ''}".strip())
    out["officials"] = [{"name": o["name"], "posts": posts.get(o["person"], [])} for o in items.get("officials", [])]
    for name, columns in _ITEMS.items():
        out[name] = [_told(row, columns) for row in items.get(name, [])]
    return out


def _told(row: Mapping[str, Any], columns: Iterable[str]) -> dict[str, Any]:
    """The columns of a row that hold something."""
    held = {column: row.get(column) for column in columns}
    return {k: v if isinstance(v, list) else cell(v) for k, v in held.items() if v not in (None, [], ())}


def write(source: Path, choice: Choice, out: TextIO) -> int:
    """Write the bulk lines; gives the number of articles."""
    count = 0
    for line in bulk(source, choice):
        out.write(line + "\n")
        count += 1
    return count // 2
