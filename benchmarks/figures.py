"""Figures by cross-validation over articles: rules alone, learned alone, both; per attribute, with intervals.

    python benchmarks/figures.py GOLD.jsonl [MORE.jsonl | PASSAGES.txt …] [--seeds 3] [--curve] [--alone] [--unseen]

Measured is GOLD (guidelines 1.3); MORE is only learnt from. Near-duplicates stand in one fold. `--alone` adds the rankers without
the rules' decisions, `--curve` the learning curve over parts of the material; with `--unseen` the rankers learn from MORE alone
(passages have no codes of places: read their columns up to `full`).
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from extractor.evaluate.figures import PROGRAMMES, score_figures
from extractor.evaluate.tally import Tally
from extractor.fields.figures.candidates import Candidates
from extractor.fields.figures.decide import Decider
from extractor.fields.figures.field import figures_of
from extractor.ranking import Material
from extractor.training.figures import DECISIONS, L2, Gold, candidates_of, decisions, material

ROWS = ("value", "full", "cell", "group=", "place=", "period=")
FOLDS, SHINGLE, ALIKE = 5, 6, 0.1
Article = tuple[Gold, Candidates | None]


def clusters(texts: Mapping[str, str]) -> dict[str, str]:
    """Each article's cluster: articles that share a tenth of their six-word shingles are near-duplicates."""
    shingles = {}
    for name, text in texts.items():
        words = text.lower().split()
        shingles[name] = {tuple(words[i : i + SHINGLE]) for i in range(max(1, len(words) - SHINGLE + 1))}
    held = defaultdict(list)
    for name, found in shingles.items():
        for s in found:
            held[s].append(name)
    shared: dict[tuple[str, str], int] = defaultdict(int)
    for names in held.values():
        for i, a in enumerate(names[:8]):
            for b in names[i + 1 : 8]:
                shared[a, b] += 1
    root = {name: name for name in texts}

    def find(name: str) -> str:
        while root[name] != name:
            name = root[name]
        return name

    for (a, b), n in shared.items():
        if n > ALIKE * min(len(shingles[a]), len(shingles[b])):
            root[find(a)] = find(b)
    return {name: find(name) for name in texts}


def folds(names: Iterable[str], cluster: Mapping[str, str], seed: int) -> list[list[str]]:
    """Five folds of about the same size, each cluster in one."""
    groups = defaultdict(list)
    for name in names:
        groups[cluster[name]].append(name)
    keys = sorted(groups)
    random.Random(seed).shuffle(keys)
    out: list[list[str]] = [[] for _ in range(FOLDS)]
    for key in keys:
        min(out, key=len).extend(groups[key])
    return out


def scored(gold: Gold, figures: Sequence[Mapping[str, object]]) -> dict[str, Tally]:
    """The rows of one article."""
    return score_figures(str(gold["id"]), gold["figures"], figures, meaning=True)[0]  # type: ignore[arg-type]


def total(rows: Iterable[Mapping[str, Tally]]) -> dict[str, float]:
    """F1 by row over articles, counts added up."""
    sums = {row: [0, 0, 0] for row in ROWS}
    for article in rows:
        for row in ROWS:
            t = article.get(row)
            if t:
                for i, n in enumerate((t.correct, t.predicted, t.gold)):
                    sums[row][i] += n
    return {row: 2 * c / (p + g) if p + g else 0.0 for row, (c, p, g) in sums.items()}


def interval(rows: Sequence[Mapping[str, Tally]], row: str, rounds: int = 500) -> tuple[float, float]:
    """95 % by bootstrap over articles."""
    rng = random.Random(0)
    values = sorted(total(rng.choices(rows, k=len(rows)))[row] for _ in range(rounds))
    return values[int(0.025 * rounds)], values[int(0.975 * rounds)]


def cross_validate(
    data: Mapping[str, Article], measured: Sequence[str], cluster: Mapping[str, str], seeds: int, part: float = 1.0
) -> list[dict[str, dict[str, Tally]]]:
    """Rows by article for each seed; `part` of the training articles is used."""
    taught = {name: decisions(c, gold) if c else {} for name, (gold, c) in data.items()}
    fits, owners = {}, {}
    for kind in DECISIONS:
        pairs = [(d, name) for name, found in taught.items() for d in found.get(kind, ())]
        fits[kind], owners[kind] = Material([d for d, _ in pairs]), [name for _, name in pairs]
    out = []
    for seed in range(seeds):
        kept = {name for name in data if random.Random(f"{seed}{name}").random() < part}
        rows: dict[str, dict[str, Tally]] = {}
        for fold in folds(measured, cluster, seed):
            held = {cluster[name] for name in fold}
            usable = {name for name in kept if cluster[name] not in held}
            rankers = {
                kind: fits[kind].fit([i for i, n in enumerate(owners[kind]) if n in usable], l2=L2[kind])
                for kind in DECISIONS
            }
            decider = Decider(rankers)
            for name in fold:
                gold, c = data[name]
                found = [f.model_dump(mode="json") for f in figures_of(decider, c)] if c else []
                rows[name] = scored(gold, found)
            print(".", end="", file=sys.stderr, flush=True)
        out.append(rows)
    print(file=sys.stderr)
    return out


def unseen(data: Mapping[str, Article], measured: Sequence[str]) -> list[dict[str, dict[str, Tally]]]:
    """Rows by article of rankers that learnt from all other articles."""
    known = [decisions(c, gold) for name, (gold, c) in data.items() if c and name not in set(measured)]
    rankers = {k: Material([d for found in known for d in found.get(k, ())]).fit(l2=L2[k]) for k in DECISIONS}
    decider = Decider(rankers)
    rows = {}
    for name in measured:
        gold, c = data[name]
        rows[name] = scored(gold, [f.model_dump(mode="json") for f in figures_of(decider, c)] if c else [])
    return [rows]


def line(name: str, runs: Sequence[Mapping[str, Mapping[str, Tally]]]) -> str:
    """A row of the table: means over seeds, and the interval of the cell."""
    means = [total(rows.values()) for rows in runs]
    cells = [f"{sum(m[row] for m in means) / len(means):.3f}" for row in ROWS]
    each = [total([r])["full"] for rows in runs for r in rows.values() if r["full"].predicted + r["full"].gold]
    bounds = [interval(list(rows.values()), "cell") for rows in runs]
    low, high = (sum(b[i] for b in bounds) / len(bounds) for i in (0, 1))
    return f"| {name} | {' | '.join(cells)} | {low:.2f}–{high:.2f} | {sum(each) / max(1, len(each)):.3f} |"


def alone(data: Mapping[str, Article]) -> dict[str, Article]:
    """The same articles without the rules' figures and what they dropped."""
    out = {}
    for name, (gold, c) in data.items():
        if c is not None:
            reading = replace(c.reading, log=[])
            c = Candidates(reading, c.dates, c.places, [], c.masked)
        out[name] = (gold, c)
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("more", type=Path, nargs="*")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--alone", action="store_true")
    parser.add_argument("--curve", action="store_true")
    parser.add_argument("--unseen", action="store_true")
    options = parser.parse_args()
    data: dict[str, Article] = {}
    measured: list[str] = []
    for path in (options.gold, *options.more):
        for gold, article in material(path):
            kept = [f for f in gold.get("figures") or () if f["programme"] in PROGRAMMES]
            name = f"{path.stem}/{article.id}"
            data[name] = ({**gold, "figures": kept}, candidates_of(article))
            if path == options.gold:
                measured.append(name)
    texts = {name: c.reading.text if c else name for name, (_, c) in data.items()}
    cluster = clusters(texts)
    print(f"| | {' | '.join(ROWS)} | cell, 95 % | full by article |\n|{'---|' * (len(ROWS) + 3)}")
    ruled = {
        name: scored(gold, [f.model_dump(mode="json") for f in c.ruled] if c else [])
        for name, (gold, c) in data.items()
        if name in set(measured)
    }
    print(line("rules alone", [ruled]), flush=True)
    if options.unseen:
        print(line("learned, the rules a feature, unseen", unseen(data, measured)), flush=True)
        return
    if options.alone:
        print(line("learned alone", cross_validate(alone(data), measured, cluster, options.seeds)), flush=True)
    print(line("learned, the rules a feature", cross_validate(data, measured, cluster, options.seeds)), flush=True)
    for part in (0.25, 0.5, 0.75) if options.curve else ():
        print(
            line(f"{part:.0%} of the material", cross_validate(data, measured, cluster, options.seeds, part)),
            flush=True,
        )


if __name__ == "__main__":
    main()
