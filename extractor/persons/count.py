"""Write the table of name parts that `names.share` reads: `python -m extractor.persons.count RECORDS…`."""

from __future__ import annotations

import sys
from pathlib import Path

from extractor.persons.mentions import read
from extractor.persons.names import DATA, count_parts


def main(argv: list[str]) -> None:
    """Count the parts of the names in outputs of `extractor extract` and write the table into the package."""
    if not argv:
        raise SystemExit(__doc__)
    rows = count_parts(m.name for path in argv for m in read(Path(path)))
    DATA.write_text("".join(f"{part}\t{word}\t{n}\n" for part, word, n in rows), encoding="utf-8")
    print(f"{DATA}: {len(rows)} rows")


if __name__ == "__main__":
    main(sys.argv[1:])
