"""Which rows of `patterns/` the sample gold or a table test exercises; the others have only their own examples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import regex
from test_ingest_portals import TABLED as CUES
from test_rows_tables_figures import TABLED as SIGNS
from test_rows_tables_places_dates import TABLED as ALONE

from extractor.rules import load_rows, patterns_dir
from extractor.text import fold
from test_patterns import AnyRow

ROOT = Path(__file__).parents[1]
FLOOR = 0.999  # share of rows; a new row comes with a case
TABLED = SIGNS | ALONE | CUES  # rows that no plain search shows, by file: their tables check that the row was used


@pytest.fixture(scope="module")
def words() -> str:
    """The texts of the sample gold and the sources of the table tests, folded."""
    gold = (ROOT / "gold" / "sample_articles.jsonl").read_text(encoding="utf-8")
    tests = ROOT / "tests"
    tables = [
        p.read_text(encoding="utf-8") for p in (*sorted(tests.glob("test_*.py")), *sorted(tests.glob("cases/*.yaml")))
    ]
    return fold("\n".join([gold, *tables]).replace("\\n", "\n"))


def test_rows_exercised_by_gold_or_tables(words: str, record_property: Callable[[str, object], None]) -> None:
    unused = [
        f"{path.name}: {row.id}"
        for path in sorted(patterns_dir().glob("*.yaml"))
        for row in load_rows(path.name, AnyRow)
        if row.id not in TABLED.get(path.name, ()) and not regex.search(row.expression(), words, timeout=20)
    ]
    total = sum(len(load_rows(p.name, AnyRow)) for p in patterns_dir().glob("*.yaml"))
    record_property("rows without a gold or table case", len(unused))
    assert len(unused) <= (1 - FLOOR) * total, f"{len(unused)} of {total} rows: {', '.join(unused[:40])} …"
