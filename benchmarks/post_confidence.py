"""How often a post is right, by the confidence it is given: the table of docs/persons.md.

    python benchmarks/post_confidence.py GOLD… [--ner none]      gold files whose articles taught no ranker

A post is right when gold gives the person a post of the same role and body, or one that differs in a few words (`position~`).
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from extractor.evaluate import normalise
from extractor.models import Article
from extractor.pipeline import extract_reading

BANDS = (0.98, 0.95, 0.9, 0.8, 0.6, 0.0)
LOOSE = 0.6  # token overlap of two wordings of one post
Forms = dict[str, set[str]]


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a file, a line each."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def forms(people: list[Mapping[str, Any]]) -> Forms:
    """Normalised posts by normalised name."""
    out: Forms = defaultdict(set)
    for person in people:
        posts = person.get("positions") or ()
        out[normalise.words(person["name"])] |= {normalise.post(p.get("role"), p.get("body")) for p in posts}
    return out


def right(wording: str, gold: set[str]) -> bool:
    """Whether gold has a post worded so, in full or in part."""
    own = set(wording.split())
    alike = (len(own & set(g.split())) >= LOOSE * len(own | set(g.split())) for g in gold)
    return wording in gold or any(wording.startswith(f"{g} ") for g in gold) or any(alike)


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--ner", default="crf")
    options = parser.parse_args()
    counts: dict[tuple[str, float], Counter[bool]] = defaultdict(Counter)
    for path in options.gold:
        texts = {a["id"]: a for a in lines(path.with_name(f"{path.stem}_articles.jsonl"))}
        for gold in lines(path):
            if "officials" not in gold.get("fields", ("officials",)):
                continue  # annotated for other fields alone
            given, known = texts[gold["id"]], forms(gold["officials"])
            day = date.fromisoformat(given["published"]) if given.get("published") else None
            article = Article(id=given["id"], text=given["text"], title=given.get("title"), published=day)
            record, _ = extract_reading(article, backend=options.ner)
            for person in record.officials:
                for post in person.positions:
                    told = post.provenance
                    assert told is not None
                    band = next(b for b in BANDS if told.confidence >= b)
                    mine = normalise.post(post.role, post.body)
                    counts[told.layer, band][right(mine, known.get(normalise.words(person.name), set()))] += 1
    for (layer, band), found in sorted(counts.items(), reverse=True):
        print(
            f"{layer:7} {band:.2f} and more {found[True]:5} right {found[False]:4} wrong  {found[True] / found.total():.2f}"
        )


if __name__ == "__main__":
    main()
