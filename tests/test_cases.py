"""Cases in one notation (`tests/cases/*.yaml`, told in the head of each): what the pipeline gives for a text, and what not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor import extract
from extractor.records import Record
from extractor.rules import load_rows
from test_patterns import AnyRow

CASES: list[dict[str, Any]] = [
    case
    for path in sorted((Path(__file__).parent / "cases").glob("*.yaml"))
    for case in yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
]
KEYS = {"row", "text", "published", "url", "expect", "absent"}


def items(record: Record, field: str) -> list[dict[str, Any]]:
    if field == "positions":
        return [post.model_dump() for official in record.officials for post in official.positions]
    return [item.model_dump() for item in getattr(record, field)]


def has(record: Record, wanted: dict[str, Any]) -> bool:
    """Whether an item of the field has all values of `wanted`."""
    values = {key: value for key, value in wanted.items() if key != "field"}
    return any(values.items() <= {k: item[k] for k in values}.items() for item in items(record, wanted["field"]))


@pytest.mark.parametrize("case", CASES, ids=[f"{case['row']}-{i}" for i, case in enumerate(CASES)])
def test_cases(case: dict[str, Any]) -> None:
    assert case.keys() <= KEYS
    assert case.get("expect") or case.get("absent")
    file, _, name = case["row"].partition("/")
    row = next(row for row in load_rows(f"{file}.yaml", AnyRow) if row.id == name)
    assert row.search(f"{case['text']}\n{case.get('url', '')}"), "the text does not hold the row's words"
    record = extract(case["text"], published=case.get("published", "2019-06-15"), url=case.get("url"))
    for wanted in case.get("expect", ()):
        assert has(record, wanted), f"{wanted}, not in {items(record, wanted['field'])}"
    for unwanted in case.get("absent", ()):
        assert not has(record, unwanted), unwanted
