"""A line of the README's accuracy table for each gold set, by one command.

    python benchmarks/accuracy.py "NAME=GOLD.jsonl" ["NAME=GOLD=PRED.jsonl" …]

GOLD is what `extractor evaluate` takes; without PRED the pipeline runs on its texts.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys

HEADS = {
    "officials.name": "names",
    "officials.position": "posts",
    "dates.value": "dates",
    "locations.span": "places",
    "documents.number": "documents",
    "figures.full": "figures",
    "figures.cell": "whole cell",
}


def scores(gold: str, pred: str | None) -> dict[str, object]:
    """What `extractor evaluate --format json` says of a gold set."""
    command = [sys.executable, "-m", "extractor", "evaluate", gold, "--format", "json"]
    done = subprocess.run([*command, *(["--pred", pred] if pred else [])], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1) or not done.stdout:  # 1: under a floor, which is no matter here
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def shown(value: float | None) -> str:
    """A share as the table has it: .98, 1.00, – where gold has nothing."""
    if value is None:
        return "–"
    return f"{value:.2f}".removeprefix("0")


def line(name: str, scored: dict) -> str:
    """A row of the table."""
    rows = scored["rows"]
    cells = [shown(rows[row]["f1"] if row in rows and rows[row]["gold"] else None) for row in HEADS]
    return f"| {name} | {scored['articles']} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=GOLD[=PRED]")
    options = parser.parse_args()
    table = [f"| gold | articles | {' | '.join(HEADS.values())} |", "|---" * (len(HEADS) + 2) + "|"]
    for given in options.sets:
        name, gold, *pred = given.split("=")
        table.append(line(name, scores(gold, pred[0] if pred else None)))
    print("\n".join(table))


if __name__ == "__main__":
    main()
