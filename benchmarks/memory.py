"""Memory of one worker over a long stream of articles: whether what it remembers is bounded.

    python benchmarks/memory.py ARTICLES.jsonl[.gz] ... [--articles 50000] [--every 5000] [--seed 1] [--json OUT]

An article of the stream is made of sentences of different articles, drawn by a seed, and one word in forty has its first letter
exchanged for another, so that names, words and gaps come that no article before had. Printed are the resident memory and its
peak in MB every so many articles, of a process that has loaded what a worker has.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import regex
from speed import articles, peak

from extractor.batch import preload  # loads everything as for a worker, with one thread for linear algebra
from extractor.batch.allocation import give_back
from extractor.models import Article
from extractor.pipeline import extract_article

_SENTENCE = regex.compile(r"(?<=[.!?])\s+|\n+")
_WORD = regex.compile(r"(?<!\p{L})\p{L}{3,}")
_LETTERS = "bcdđghklmnpqrstvx"
_CHANGED = 1 / 40  # share of the words that are changed
_MEAN = 14  # sentences of an article
_SHARD = 250  # articles after which a worker gives back what is free


def resident() -> float:
    """Resident memory of this process now, in MB; the peak where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak()
    line = next(line for line in status.read_text(encoding="utf-8").splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def sentences(paths: list[Path], draw: random.Random, stock: int) -> Iterator[str]:
    """Sentences of all files, again and again: out of a stock that is renewed article by article, so that neighbours are parted."""
    held: list[str] = []
    while True:
        for path in paths:
            for article in articles(path):
                for sentence in filter(None, _SENTENCE.split(article.text)):
                    if len(held) < stock:
                        held.append(sentence)
                    else:
                        at = draw.randrange(stock)
                        held[at], sentence = sentence, held[at]
                        yield sentence


def changed(sentence: str, draw: random.Random) -> str:
    """The sentence with another first letter in some of its words."""

    def other(match: regex.Match[str]) -> str:
        word = match.group()
        if draw.random() >= _CHANGED:
            return word
        letter = draw.choice(_LETTERS)
        return (letter.upper() if word[0].isupper() else letter) + word[1:]

    made: str = _WORD.sub(other, sentence)
    return made


def stream(paths: list[Path], count: int, seed: int) -> Iterator[Article]:
    """Articles of mixed sentences."""
    draw = random.Random(seed)
    source = sentences(paths, draw, stock=4_000)
    day = date(2017, 1, 1)
    for number in range(count):
        size = 1 + int(draw.expovariate(1 / _MEAN))
        lines = [changed(next(source), draw) for _ in range(size)]
        text = "".join(line + draw.choice((" ", " ", "\n")) for line in lines)
        yield Article(id=f"m{number}", text=text, published=day + timedelta(days=number % 3_000))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--articles", dest="count", type=int, default=50_000)
    parser.add_argument("--every", type=int, default=5_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    args = parser.parse_args()
    assert preload
    gc.freeze()
    rows: list[dict[str, float]] = []
    characters = 0
    for number, article in enumerate(stream(args.articles, args.count, args.seed), 1):
        extract_article(article)
        characters += len(article.text)
        if number % _SHARD == 0:
            give_back()
        if number % args.every == 0 or number == 1_000:
            rows.append({"articles": number, "resident MB": round(resident(), 1), "peak MB": round(peak(), 1)})
            print(f"{number:8,d} articles, {resident():6.1f} MB, at most {peak():6.1f} MB", flush=True)
    if args.json:
        told = {"characters an article": round(characters / max(1, args.count)), "seed": args.seed, "rows": rows}
        args.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
