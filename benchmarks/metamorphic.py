"""The relations of tests/metamorphic.py on many articles: how many articles each of them changes, field by field.

    python benchmarks/metamorphic.py ARTICLES.jsonl[.gz] … [--number 600] [--seed 5] [--only WORDS] [--show OUT.txt]

Articles have `id`, `text` and perhaps `published`. With --show every difference is written there.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from metamorphic import RELATIONS, Case, difference


def articles(paths: list[Path]) -> Iterator[tuple[str, Case]]:
    for path in paths:
        with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as stream:
            for row in map(json.loads, stream):
                try:
                    day = date.fromisoformat((row.get("published") or "")[:10])
                except ValueError:
                    day = None
                yield str(row.get("id", "")), Case(row["text"], day)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--number", type=int, default=600)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--only", default="")
    parser.add_argument("--show", type=Path)
    given = parser.parse_args()
    known = list(articles(given.articles))
    some = random.Random(given.seed).sample(known, min(given.number, len(known)))
    shown = given.show.open("w", encoding="utf-8") if given.show else None
    for relation in RELATIONS:
        if given.only not in relation.name:
            continue
        began, total, changed, fields = time.time(), 0, 0, Counter[str]()
        for name, case in some:
            found = difference(relation, case, random.Random(name))
            if found is None:
                continue
            total += 1
            if any(found):
                changed += 1
                fields.update({item.partition(" ")[0] for side in found for item in side})
                if shown:
                    print(f"## {relation.name} {name}", *(f" {s} {x}" for s, side in zip("-+", found, strict=True) for x in side),
                          sep="\n", file=shown)  # fmt: skip
        share = 100 * changed / max(1, total)
        print(
            f"{relation.name:42} {changed:4} of {total:5} {share:6.2f} % {dict(fields)} {time.time() - began:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
