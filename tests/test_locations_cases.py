"""Mention → code through time: same names, twins, lists, abolished and renamed units, both sides of the 2025 reform.

The expected codes of `places_cases.tsv` are those of the General Statistics Office's lists, read off the units, not off the linker.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from extractor.fields.places.resolve import find_places
from extractor.language import read
from extractor.models import Article

with (Path(__file__).parent / "places_cases.tsv").open(encoding="utf-8", newline="") as file:
    CASES = list(csv.DictReader(file, delimiter="\t"))


def test_cases_are_many() -> None:
    assert len(CASES) >= 150


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c['kind']}-{c['quote']}-{c['published']}")
def test_locations_code_on_the_day(case: dict[str, str]) -> None:
    reading = read(Article(id="case", text=case["text"], published=date.fromisoformat(case["published"])))
    start = case["text"].rindex(case["quote"])
    spans = {(x.start, x.end): x for x in find_places(reading, []).locations}
    place = spans.get((start, start + len(case["quote"])))
    assert place is not None, f"not found; found {[x.text for x in spans.values()]}"
    assert place.code == case["code"], f"{place.path} with {place.provenance.candidates}"
