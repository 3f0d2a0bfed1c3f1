"""Mutated articles through the whole pipeline: how many end in an exception that is not the article's own fault.

    python benchmarks/mutations.py ARTICLES.jsonl[.gz] [--number 100000] [--longest 900] [--seed 1]

Each text is a stretch of an article with some edits: characters dropped, doubled, exchanged, in another case, blanks and signs of
every kind put in, stretches of other articles between. A record is validated as always; nothing is written.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import traceback
from collections import Counter
from datetime import date
from pathlib import Path

import extractor
from extractor.errors import ArticleError

SIGNS = " \n\t\u00a0\u200b\u00ad\ufeff\u2028\r-–—/.,;:()[]\"“”'’%|+*0123456789\u0301\u0323\x00\x1f\U0001f600ÀĐđƯ²½٣Ⅷ"


def mutated(text: str, other: str, dice: random.Random) -> str:
    """The text with one to eight edits."""
    for _ in range(dice.randint(1, 8)):
        if not text:
            return text
        a = dice.randrange(len(text))
        b = min(len(text), a + dice.choice((1, 1, 2, 5, 20, 80)))
        piece = text[a:b]
        edit = dice.randrange(8)
        if edit == 0:
            piece = ""
        elif edit == 1:
            piece *= dice.choice((2, 3, 12))
        elif edit == 2:
            piece = "".join(dice.sample(piece, len(piece)))
        elif edit == 3:
            piece = dice.choice((str.upper, str.lower, str.title, str.swapcase))(piece)
        elif edit == 4:
            piece += "".join(dice.choices(SIGNS, k=dice.choice((1, 2, 6))))
        elif edit == 5:
            piece = dice.choice(SIGNS).join(piece)
        elif edit == 6:
            at = dice.randrange(len(other))
            piece += other[at : at + dice.choice((5, 40, 200))]
        else:
            piece = chr(dice.choice((dice.randrange(0x20, 0x250), dice.randrange(0x250, 0x3000)))) + piece
        text = text[:a] + piece + text[b:]
    return text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=100_000)
    parser.add_argument("--longest", type=int, default=900)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    opened = gzip.open if given.articles.suffix == ".gz" else open
    with opened(given.articles, "rt", encoding="utf-8") as stream:
        texts = [json.loads(line)["text"] for line in stream]
    dice = random.Random(given.seed)
    said: Counter[str] = Counter()
    for number in range(given.number):
        text, other = dice.choice(texts), dice.choice(texts)
        at = dice.choice((0, dice.randrange(len(text))))
        text = mutated(text[at : at + dice.randint(50, given.longest)], other, dice)
        day = dice.choice((None, date(dice.randint(1990, 2030), dice.randint(1, 12), dice.randint(1, 28))))
        try:
            extractor.extract(text, published=day, persons=dice.random() < 0.2)
        except ArticleError as error:
            said[f"refused: {error.stage}"] += 1
        except Exception as error:
            said[f"{type(error).__name__}: {str(error)[:80]}"] += 1
            if said.total() < 20:
                print(number, repr(text), day, traceback.format_exc(), flush=True)
        if (number + 1) % 5000 == 0:
            print(number + 1, dict(said), flush=True)


if __name__ == "__main__":
    main()
