"""A line of the README's accuracy table for each gold set, by one command.

    python benchmarks/accuracy.py "NAME=GOLD.jsonl" ["NAME=GOLD=PRED.jsonl" …] [--write README.md]

GOLD is what `extractor evaluate` takes; without PRED the pipeline runs on its texts. `--write` puts the table between the
marks `<!-- accuracy: begin -->` and `<!-- accuracy: end -->` of a file, in the order given.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from pathlib import Path

HEADS = {
    "officials.name": "officials",
    "dates.value": "dates",
    "locations.span": "places",
    "documents.number": "documents",
    "figures.full": "figures",
}
_MARKED = re.compile(r"(<!-- accuracy: begin -->\n).*?(<!-- accuracy: end -->)", re.DOTALL)


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
    macro = shown(scored["macro_f1"]) if cells.count("–") < len(cells) - 1 else "–"
    return f"| {name} | {scored['articles']} | {' | '.join(cells)} | {macro} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", metavar="NAME=GOLD[=PRED]")
    parser.add_argument("--write", type=Path, metavar="FILE")
    options = parser.parse_args()
    table = [f"| gold | articles | {' | '.join(HEADS.values())} | macro |", "|---" * (len(HEADS) + 3) + "|"]
    for given in options.sets:
        name, gold, *pred = given.split("=")
        table.append(line(name, scores(gold, pred[0] if pred else None)))
    print("\n".join(table))
    if options.write:
        text = options.write.read_text(encoding="utf-8")
        if not _MARKED.search(text):
            raise SystemExit(f"{options.write}: no marks <!-- accuracy: begin --> and <!-- accuracy: end -->")
        options.write.write_text(_MARKED.sub(lambda m: m[1] + "\n".join(table) + "\n" + m[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
