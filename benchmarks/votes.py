"""How often a person is right, by the votes for it: the weights of `extractor/fields/officials/weights.py`.

    python benchmarks/models.py GOLD… --rows crf-weak-rules --json OUT.json     first: models of the folds, in OUT/
    python benchmarks/votes.py GOLD… --models OUT [--row crf-weak-rules]

Every article is read with the model that was trained without it. A name is right when gold has it as that of a person;
one with a public post, when gold has it as an official's.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path

from models import dealt

from extractor.models import Article
from extractor.pipeline import extract_reading
from extractor.training.gold import Labelled

BANDS = (0.98, 0.9, 0.7, 0.0)


def published(paths: list[Path]) -> dict[str, date]:
    """Publication dates by article, from gold files and the articles beside them."""
    out: dict[str, date] = {}
    for path in [p for gold in paths for p in (gold, gold.with_name(f"{gold.stem}_articles.jsonl")) if p.exists()]:
        rows = (json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip())
        out |= {row["id"]: date.fromisoformat(row["published"]) for row in rows if row.get("published")}
    return out


def quotes(text: str, spans: tuple[Labelled, ...], *labels: str) -> set[str]:
    """The names of some labels, in lower case."""
    return {" ".join(text[s:e].split()).lower() for s, e, label in spans if label in labels}


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--row", default="crf-weak-rules")
    options = parser.parse_args()
    dates = published(options.gold)
    counts: dict[tuple[str, str], Counter[bool]] = defaultdict(Counter)
    missed = articles = 0
    for _, fold, example in dealt(options.gold):
        model = options.models / f"{options.row}-{fold}.npz"
        if not model.exists():
            continue
        articles += 1
        given: Article = example.reading.article
        record, analysis = extract_reading(
            replace(given, published=dates.get(given.id)), backend=str(model), persons=True
        )
        officials = quotes(given.text, example.spans, "PER")
        known = officials | quotes(given.text, example.spans, "PRIV")
        votes = [m for m in analysis.mentions if m.label == "PER"]
        for person in record.officials:
            near = (v for v in votes if any(v.start < m.end and m.start < v.end for m in person.mentions))
            best = max((v.evidence.confidence for v in near), default=-1.0)
            band = next((f"{band:.2f} and more" for band in BANDS if best >= band), "no vote")
            kind = "public post" if person.official else "no public post"
            counts[band, kind][person.name.lower() in (officials if person.official else known)] += 1
        missed += len(officials - {p.name.lower() for p in record.officials if p.official})
    print(f"{articles} articles, {missed} officials of gold not found")
    for (band, kind), found in sorted(counts.items(), reverse=True):
        right, wrong = found[True], found[False]
        print(f"{band:14} {kind:15} {right:5} right {wrong:4} wrong  {(right + 1) / (right + wrong + 2):.2f}")


if __name__ == "__main__":
    main()
