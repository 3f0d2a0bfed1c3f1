"""The word lists beside the model, out of their sources:

    python -m extractor.training.build --units UNITS.csv --corpus ARTICLES.jsonl.gz … [-o FOLDER]

UNITS.csv is the gazetteer through time (columns `level`, `name`); the corpora are JSON Lines with `text`. Run it before
`extractor train`: a model belongs to the lists it was trained with, and its meta data hold their hashes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.ner.lexicon import DATA
from extractor.syllables import TOKEN
from extractor.text import fold
from extractor.training.clusters import induce


def unit_lines(rows: Iterable[dict[str, str]]) -> list[str]:
    """Lines of `ner.units.txt`: the folded tokens of a name and the levels it names; numbered units are left out."""
    levels: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if not row["name"].isdigit():
            levels[" ".join(m.group() for m in TOKEN.finditer(fold(row["name"])))].add(row["level"][0])
    return [f"{name}\t{''.join(sorted(kinds))}\n" for name, kinds in sorted(levels.items())]


def texts(paths: Iterable[Path]) -> Iterator[str]:
    """The texts of JSON Lines files, plain or gzip."""
    for path in paths:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        for line in raw.splitlines():
            yield json.loads(line)["text"]


def main() -> None:
    """Write the lists whose sources are given."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--units", type=Path)
    parser.add_argument("--corpus", type=Path, nargs="*", default=())
    parser.add_argument("-o", "--output", type=Path, default=DATA)
    options = parser.parse_args()
    if options.units:
        with options.units.open(encoding="utf-8", newline="") as file:
            (options.output / "ner.units.txt").write_text("".join(unit_lines(csv.DictReader(file))), encoding="utf-8")
    if options.corpus:
        clusters = induce(texts(options.corpus))
        lines = (f"{name}\t{coarse}\t{fine}\t{capital}\n" for name, (coarse, fine, capital) in sorted(clusters.items()))
        (options.output / "ner.clusters.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
