"""The words of `extractor.load()` against those of `underthesea.word_tokenize`, sentence by sentence, and their speed.

    python benchmarks/words.py ARTICLES.jsonl[.gz] [--number 1000] [--show 10]

The lengths of the words without white space are compared, because `word_tokenize` rewrites spelling ("uỷ" → "ủy"), case
and blanks while ours are offsets into the unchanged text. A sentence that differs is counted under the kind of its first
difference.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import Counter
from itertools import accumulate, islice
from pathlib import Path

from extractor.language import read, sentences, words
from extractor.models import Article
from extractor.text import clean


def plain(word: str) -> str:
    """A word without white space and case."""
    return "".join(word.split()).lower()


def kind_of(ours: list[str], theirs: list[str]) -> str:
    """What the first difference between two segmentations of a sentence is."""
    if len("".join(ours)) != len("".join(theirs)):
        return "word_tokenize adds or drops a character"
    borders = set(accumulate(map(len, ours))) ^ set(accumulate(map(len, theirs)))
    first, text = min(borders), "".join(ours)
    if text[first - 1] == "." or text[first : first + 1] == ".":
        return "a full stop ends the word (mended: 'BHYT. Tăng' is two words)"
    return "other borders"


def main() -> None:
    """Count, and print differences and times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--show", type=int, default=10, help="differences printed of each kind")
    options = parser.parse_args()
    from underthesea import word_tokenize

    with (gzip.open if options.articles.suffix == ".gz" else open)(options.articles, "rt", encoding="utf-8") as lines:
        texts = [clean(json.loads(line)["text"]) for line in islice(lines, options.number)]
    total = count = 0
    kinds: Counter[str] = Counter()
    shown: Counter[str] = Counter()
    seconds = {"ours": 0.0, "word_tokenize": 0.0}
    for text in texts:
        reading = read(Article(id="words", text=text))
        for start, end in sentences(reading):
            begin = time.thread_time()
            spans = words(reading.text, start, end)
            middle = time.thread_time()
            raw = word_tokenize(reading.text[start:end])
            seconds["word_tokenize"] += time.thread_time() - middle
            seconds["ours"] += middle - begin
            ours, theirs = [plain(reading.text[a:b]) for a, b in spans], [plain(w) for w in raw]
            total += 1
            count += len(ours)
            if list(map(len, ours)) != list(map(len, theirs)):
                kind = kind_of(ours, theirs)
                kinds[kind] += 1
                if shown[kind] < options.show:
                    shown[kind] += 1
                    print(f"{kind}\n  ours   {' | '.join(ours)[:160]}\n  theirs {' | '.join(theirs)[:160]}")
    print(f"{len(texts)} articles, {total} sentences, {count} words: {total - sum(kinds.values())} sentences the same")
    for kind, number in kinds.most_common():
        print(f"  {number:5} {kind}")
    print(f"time: {seconds['ours'] / seconds['word_tokenize']:.2f} × word_tokenize")


if __name__ == "__main__":
    main()
