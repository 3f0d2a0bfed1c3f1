"""Articles a second of the whole pipeline on one core, beside `underthesea.word_tokenize` alone on the same articles.

    python benchmarks/throughput.py ARTICLES [--limit N] [--repeat R]

ARTICLES is a .jsonl or .jsonl.gz file with `id` and `text` (and perhaps `published`). Both sides are warm before the clock
starts; the best of R rounds counts, because a shared machine only ever makes a round slower.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor.ingest.published import parse_published
from extractor.models import Article
from extractor.pipeline import extract_article
from extractor.text import clean


def load(path: Path, limit: int) -> list[Article]:
    opener = gzip.open if path.suffix == ".gz" else open
    out: list[Article] = []
    with opener(path, "rt", encoding="utf-8") as stream:
        for line in stream:
            row = json.loads(line)
            published = parse_published(row.get("published"))
            out.append(Article(id=str(row["id"]), text=clean(row["text"]), title=row.get("title"), published=published))
            if len(out) >= limit:
                break
    return out


def best(articles: list[Article], work: Callable[[Article], object], repeat: int) -> float:
    work(articles[0])
    times: list[float] = []
    for _ in range(repeat):
        began = time.perf_counter()
        for article in articles:
            work(article)
        times.append(time.perf_counter() - began)
    return min(times)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    articles = load(arguments.articles, arguments.limit)
    characters = sum(len(a.text) for a in articles)
    print(f"{len(articles):,} articles, {characters / len(articles):,.0f} characters each on average")

    def tokenize(article: Article) -> object:
        from underthesea import word_tokenize

        return word_tokenize(article.text)

    rows = [("extractor (crf)", extract_article), ("underthesea.word_tokenize", tokenize)]
    for name, work in rows:
        seconds = best(articles, work, arguments.repeat)
        print(f"{name:<26} {len(articles) / seconds:8.1f} articles/s {1000 * seconds / len(articles):8.2f} ms each")
    return 0


if __name__ == "__main__":
    sys.exit(main())
