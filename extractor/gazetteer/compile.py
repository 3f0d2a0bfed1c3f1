"""Compile the gazetteer: `python -m extractor.gazetteer.compile UNITS_CSV [OUT]`.

UNITS_CSV has the columns level, code, type, name, parent_code, valid_from, valid_to, successors: the states of the General
Statistics Office's dated lists. OUT is the tab-separated, gzipped file that the package ships (default: in the package).
"""

from __future__ import annotations

import csv
import gzip
import sys
from pathlib import Path

from extractor.gazetteer.names import key, loose
from extractor.gazetteer.units import DATA, END, Unit


def compile_rows(path: Path) -> list[Unit]:
    """The rows of a units file, checked, in the order of code and time. Raises `ValueError` for a malformed code or period."""
    units: list[Unit] = []
    with path.open(encoding="utf-8", newline="") as source:
        for number, row in enumerate(csv.DictReader(source), 2):
            code, since, until = row["code"], row["valid_from"], row["valid_to"] or END
            if len(code) != {"province": 2, "district": 3, "commune": 5}[row["level"]] or since >= until:
                raise ValueError(f"{path}, line {number}: code {code!r} or period {since!r}–{until!r} is malformed")
            name = " ".join(row["name"].split())
            joined = row["successors"]
            units.append(
                Unit(code, row["type"], name, row["parent_code"], since, until, joined, key(name), loose(name))
            )
    return sorted(units, key=lambda u: (len(u.code), u.code, u.since))


def main(argv: list[str]) -> None:
    """Write the compiled file; the same rows always give the same bytes."""
    if not argv:
        raise SystemExit(__doc__)
    units = compile_rows(Path(argv[0]))
    out = Path(argv[1]) if len(argv) > 1 else DATA
    text = "\n".join("\t".join(unit) for unit in units) + "\n"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{out}: {len(units)} states, {out.stat().st_size} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
