"""Speed of the statistical layer beside `underthesea.word_tokenize` and crfsuite's own decoder, in one run.

    python benchmarks/ner.py ARTICLES.jsonl[.gz] [--number 300] [--model MODEL] [--json OUT]

Every article is new to the process; the first hundred warm the tables up. The figures of a shared machine move
together, so read the ratios. crfsuite's decoder is measured on a model trained here from the tags of the shipped one,
with the same features, because the shipped file holds weights alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import platform
import tempfile
import time
from collections.abc import Callable
from datetime import date
from itertools import islice
from pathlib import Path

from extractor.language import read
from extractor.models import Article, Reading
from extractor.ner.backends import SHIPPED
from extractor.ner.features import sequences, string_features
from extractor.ner.tagger import Tagger
from extractor.text import clean
from extractor.training.sequences import labelled_sequences, tokens_of
from extractor.training.train import Config, fit

WARM = 100


def readings(path: Path, count: int) -> list[Reading]:
    """The first `count` articles of a JSON Lines file, read."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [read(Article(id=row["id"], text=clean(row["text"]), title=row.get("title"))) for row in rows]


def milliseconds(run: Callable[[Reading], object], batch: list[Reading]) -> float:
    """Mean milliseconds of processor time an article."""
    begin = time.thread_time()
    for reading in batch:
        run(reading)
    return (time.thread_time() - begin) / len(batch) * 1e3


def crfsuite_decoder(tagger: Tagger, batch: list[Reading]) -> Callable[[Reading], object]:
    """Tagging all chains by strings of features and crfsuite."""
    import pycrfsuite

    articles = [labelled_sequences(r, [found[:3] for found in tagger.spans(r)]) for r in batch]
    taggers = []
    with tempfile.TemporaryDirectory() as folder:
        for chain in tagger.chains:
            path = Path(folder) / chain.name
            fit(articles, Config(max_iterations=10), path, chain.name)
            taggers.append(pycrfsuite.Tagger())
            taggers[-1].open(str(path))

    def run(reading: Reading) -> None:
        tokens = tokens_of(reading)
        for first, last in sequences(reading):
            features = string_features(tokens[first:last], reading.line_at(reading.starts[first]).kind)
            for one in taggers:
                one.tag(features)

    return run


def main() -> None:
    """Print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--number", type=int, default=300)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    import underthesea

    begin = time.perf_counter()
    tagger = Tagger.load(options.model)
    loading = (time.perf_counter() - begin) * 1e3
    both = readings(options.articles, options.number + WARM)
    warm, batch = both[:WARM], both[WARM:]
    underthesea.word_tokenize("khởi động")
    decoder = crfsuite_decoder(tagger, warm[:40])
    cold = milliseconds(tagger, warm)
    peers: dict[str, Callable[[Reading], object]] = {
        "statistical layer": tagger,
        "the same by crfsuite": decoder,
        "underthesea.word_tokenize": lambda r: underthesea.word_tokenize(r.text),
        "reading (tokens, lines)": lambda r: read(r.article),
    }
    out: dict[str, float] = {name: milliseconds(run, batch) for name, run in peers.items()}
    whole = out["underthesea.word_tokenize"]
    length = sum(len(r.text) for r in batch) / len(batch)
    print(
        f"{date.today()}, Python {platform.python_version()}, {len(batch)} articles of {length:.0f} characters on average"
    )
    print(f"loading the model {loading:.0f} ms; the first {WARM} articles {cold:.2f} ms each")
    for name, value in out.items():
        print(f"{name:28} {value:8.2f} ms an article   {value / whole:6.3f} × word_tokenize")
    if options.json:
        result = {"milliseconds": out, "characters": length, "loading": loading, "first": cold}
        options.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
