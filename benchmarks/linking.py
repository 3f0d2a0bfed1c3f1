"""The cost of places within the whole extraction: reading, finding, linking, and loading the gazetteer.

    python benchmarks/linking.py ARTICLES.jsonl[.gz] [--articles 200] [--rounds 3]

Machines are noisy, so each part is timed as CPU time, the best of several rounds, and linking is also given as a share of the
whole extraction (the target is at most a tenth).
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from extractor.fields.places.bare import find_bare
from extractor.fields.places.candidates import PlaceCandidate, PlaceReader
from extractor.fields.places.link import Linker
from extractor.fields.places.resolve import find_places
from extractor.fields.places.typed import find_typed
from extractor.gazetteer import gazetteer
from extractor.language import read
from extractor.models import Article, Reading
from extractor.pipeline import extract_article
from extractor.text import clean

LOAD = """
import gzip, time, regex, yaml
begin = time.perf_counter()
from extractor.gazetteer import gazetteer
gazetteer()
print((time.perf_counter() - begin) * 1e3)
"""


def articles(path: Path, count: int) -> list[Article]:
    """The first articles of a JSON Lines file, plain or gzip."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [
        Article(
            r["id"], clean(r["text"]), published=date.fromisoformat(r["published"][:10]) if r.get("published") else None
        )
        for r in rows
    ]


def best(run: Callable[[], object], count: int, rounds: int) -> float:
    """Milliseconds of CPU an article, the best round."""
    times = []
    for _ in range(rounds):
        begin = time.process_time()
        run()
        times.append(time.process_time() - begin)
    return min(times) / count * 1e3


def spotted(reading: Reading) -> list[PlaceCandidate]:
    """The candidates of an article, before they are linked."""
    page = PlaceReader(reading, [], gazetteer())
    find_typed(page)
    find_bare(page)
    return sorted(page.spots, key=lambda s: s.start)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    batch = articles(options.path, options.articles)
    readings = [read(article) for article in batch]
    extract_article(batch[0])
    find_places(readings[0], [])

    def timed(run: Callable[[], object]) -> float:
        return best(run, len(batch), options.rounds)

    finding = timed(lambda: [spotted(r) for r in readings])
    found_and_linked = timed(lambda: [Linker(r, spotted(r), gazetteer()).run() for r in readings])
    rows = {
        "reading": timed(lambda: [read(a) for a in batch]),
        "finding places": finding,
        "linking": found_and_linked - finding,
        "places in all": timed(lambda: [find_places(r, []) for r in readings]),
        "whole extraction": timed(lambda: [extract_article(a) for a in batch]),
    }
    whole = rows["whole extraction"]
    for name, value in rows.items():
        print(f"{name:18s} {value:7.2f} ms an article {value / whole:6.1%}")
    load = subprocess.run([sys.executable, "-c", LOAD], capture_output=True, text=True, check=True).stdout
    print(f"{'gazetteer, once':18s} {float(load):7.0f} ms")


if __name__ == "__main__":
    main()
