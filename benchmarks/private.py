"""Quotes of activities in records of many articles that name a private person, an age or a number of identity.

    python benchmarks/private.py ARTICLES.jsonl[.gz] [--number 800] [--seed 99]

Private persons are those that `persons=True` keeps without a post; every other string of the records outside of `text` is
searched for numbers of nine or twelve digits.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from datetime import date
from pathlib import Path

import regex

import extractor

OF_A_PERSON = regex.compile(r"(?<![\d.,/])(?:\d{9}|\d{12})(?![\d.,/])|\d tuổi|(?i:\bSN|sinh năm) ?\d{4}|(?i:CMND|CCCD)")
NUMBER = regex.compile(r"(?<![\d.,/\w])(?:\d{9}|\d{12})(?![\d.,/\w])")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=800)
    parser.add_argument("--seed", type=int, default=99)
    given = parser.parse_args()
    with (gzip.open if given.articles.suffix == ".gz" else open)(given.articles, "rt", encoding="utf-8") as stream:
        rows = [json.loads(line) for line in stream]
    quotes = found = elsewhere = 0
    for row in random.Random(given.seed).sample(rows, min(given.number, len(rows))):
        try:
            day = date.fromisoformat((row.get("published") or "")[:10])
        except ValueError:
            day = None
        record = extractor.extract(row["text"], published=day, persons=True)
        private = [m for o in record.officials if not o.official for m in o.mentions]
        for activity in (a for o in record.officials if o.official for a in o.activities):
            quotes += 1
            named = [m.text for m in private if m.start < activity.end and activity.start < m.end]
            if named or OF_A_PERSON.search(activity.text):
                found += 1
                print(row["id"], activity.kind, activity.text, named)
        values = record.model_dump_json(exclude={"text", "sha256", "title", "url", "id", "knowledge"})
        elsewhere += NUMBER.search(values) is not None
    print(f"{found} of {quotes} quotes; {elsewhere} records with a number of nine or twelve digits outside of text")


if __name__ == "__main__":
    main()
