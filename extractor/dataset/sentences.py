"""Which sentence of its article an item stands in, so that no value is shown without its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from extractor.language import read
from extractor.models import Article, Reading

TABLES = ("positions", "documents", "figures")
# Code points of the article's text, half-open; the item's place among those of its article and table.
COLUMNS = ("sentence_start INTEGER", "sentence_end INTEGER", "ordinal INTEGER")


def fill_sentences(tables: Mapping[str, list[dict[str, Any]]]) -> None:
    """Give each position, document and figure the span of the sentences that hold it, of an item over a border of both."""
    articles = {a["id"]: a for a in tables["articles"]}
    readings: dict[str, Reading] = {}
    for table in TABLES:
        numbers: Counter[str] = Counter()
        for item in tables[table]:
            key = item["id"]
            item["ordinal"] = numbers[key]
            numbers[key] += 1
            if key not in readings:
                readings[key] = _reading(articles[key])
            item["sentence_start"], item["sentence_end"] = span(readings[key], item["start"], item["end"])


def span(reading: Reading, start: int, end: int) -> tuple[int, int]:
    """From the begin of the sentence that holds `start` to the end of the one that holds the code point before `end`."""
    first, last = reading.sentence_at(start), reading.sentence_at(max(start, end - 1))
    return min(first[0], start), max(last[1], end)


def _reading(article: Mapping[str, Any]) -> Reading:
    day = article["published"]
    published = date.fromisoformat(day) if isinstance(day, str) else day
    return read(Article(id=article["id"], title=article["title"], text=article["text"], published=published))
