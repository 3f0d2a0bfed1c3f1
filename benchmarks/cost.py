"""What a hundred million pages cost, from the speed of this machine: core hours, money, output.

    python benchmarks/cost.py INPUT [--limit N] [--pages 100000000] [--core-hour 0.04] [--shard-size 5000]

INPUT is anything that `extractor extract` takes: saved pages, or articles as JSON Lines. Measured is processor time of one
process, step by step, over the first N articles after a warm-up; the best of three rounds counts. Every step's work grows with
the number of articles, so hours = milliseconds x pages / 3,600,000. A core that others share is slower even in processor time:
measure where nothing else runs, on a machine of the kind that will be paid for.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable
from itertools import islice

from extractor.batch.duplicates import sketch_lines
from extractor.batch.engines import warm
from extractor.batch.settings import Settings
from extractor.batch.shard import to_bytes
from extractor.errors import ArticleError
from extractor.ingest.articles import load_article
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.units import Unit
from extractor.models import Article
from extractor.pipeline import extract_article

ROUNDS = 3
PUT, STORED = 5e-6, 0.023  # USD a request that writes, and a GB and month, of an object store


def best(work: Callable[[], object], articles: int) -> float:
    """Milliseconds of processor time an article, in the best round."""
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return 1000 * min(times) / articles


def article(unit: Unit, settings: Settings) -> Article | None:
    """The article of a unit; None for lists and what cannot be read."""
    try:
        return load_article(unit, settings.options).article
    except ArticleError:
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("input")
    parser.add_argument("--limit", type=int, default=200)
    parser.add_argument("--pages", type=int, default=100_000_000)
    parser.add_argument("--core-hour", type=float, default=0.04, help="USD")
    parser.add_argument("--shard-size", type=int, default=5_000)
    arguments = parser.parse_args()
    settings = Settings(format="parquet")
    warm(settings)
    found = sources([arguments.input])[0]
    read = ((unit, article(unit, settings)) for unit in units(found, settings.options, lambda _: None))
    good = list(islice(((unit, one) for unit, one in read if one is not None), arguments.limit))
    some, articles = [unit for unit, _ in good], [one for _, one in good]
    records = [extract_article(article) for article in articles]
    number = len(articles)
    packed = sum(map(len, to_bytes(records, settings).values()))
    steps = {
        "input to headline, date and body": best(lambda: [load_article(u, settings.options) for u in some], number),
        "extraction": best(lambda: [extract_article(a) for a in articles], number),
        "tables": best(lambda: to_bytes(records, settings), number) - best(lambda: sketch_lines(records), number),
        "sketches": best(lambda: sketch_lines(records), number),
    }
    steps["**together**"] = sum(steps.values())
    characters = sum(len(a.text) for a in articles) / number
    print(
        f"{number:,} articles of {characters:,.0f} characters, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores\n"
    )
    print(f"| step | core time an article | {arguments.pages:,} |\n|---|---|---|")
    for name, each in steps.items():
        print(f"| {name} | {each:.1f} ms | {each * arguments.pages / 3_600_000:,.0f} core hours |")
    hours = steps["**together**"] * arguments.pages / 3_600_000
    gigabytes = packed / number * arguments.pages / 1e9
    files = arguments.pages / arguments.shard_size * 11
    money, rate = hours * arguments.core_hour, arguments.core_hour
    print(f"\ncores: {money:,.0f} USD at {rate} USD a core hour; with 96 of them {hours / 96:,.1f} hours")
    print(f"output: {gigabytes:,.0f} GB ({gigabytes * STORED:,.1f} USD a month), {files:,.0f} files", end="")
    print(f" ({files * PUT:,.1f} USD to write)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
