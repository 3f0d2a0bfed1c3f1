"""The DuckDB queries of docs/dataset.md run on the Parquet tables as they stand in the document."""

from __future__ import annotations

from pathlib import Path

import pytest
import regex

from dataset_records import records
from extractor.batch.tables import to_tables

duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
DOCUMENT = Path(__file__).parents[1] / "docs" / "dataset.md"
QUERIES = regex.findall(r"```sql\n(.*?)```", DOCUMENT.read_text(encoding="utf-8").partition("## DuckDB")[2], regex.S)


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import pyarrow.parquet as pq

    folder = tmp_path_factory.mktemp("tables")
    for name, table in to_tables(records()).items():
        (folder / name).mkdir()
        pq.write_table(table, folder / name / "part-000000.parquet")
    return folder


def test_duckdb_document_has_five_queries() -> None:
    assert len(QUERIES) == 5


@pytest.mark.parametrize("number", range(5))
def test_duckdb_queries_of_the_document_run(tables: Path, number: int) -> None:
    found = duckdb.sql(QUERIES[number].replace("TABLES", str(tables))).fetchall()
    assert found
