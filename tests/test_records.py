"""The record contract: frozen, strict, quotes checked, schema exported."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import ValidationError

from extractor.records import Date, Figure, Location, Provenance, Record, json_schema, sha256_of

TEXT = "Sáng 12/3, xã An Hòa có 250 người tham gia."
RULE = Provenance(layer="rule", rule="t")


def record(**fields: object) -> Record:
    return Record.model_validate({"id": "a", "text": TEXT, "sha256": sha256_of(TEXT), **fields})


def test_records_round_trip_through_json() -> None:
    item = Date(start=0, end=9, text="Sáng 12/3", value="2019-03-12", start_date=date(2019, 3, 12), provenance=RULE)
    first = record(dates=[item], published="2019-03-13")
    assert Record.model_validate_json(first.model_dump_json()) == first


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (
            lambda: record(dates=[{"start": 0, "end": 4, "text": "Chiều", "value": None, "provenance": RULE}]),
            "is not 'Chiều'",
        ),
        (lambda: record(colour="red"), "Extra inputs"),
        (lambda: Location(start=5, end=5, text="", name="x", level="commune", provenance=RULE), "is not after start"),
        (lambda: Location(start=0, end=5, text="Sáng ", name="x", level="village", provenance=RULE), "Input should be"),
        (
            lambda: Date(
                start=0, end=4, text="Sáng", value="x", start_date="2019-02-02", end_date="2019-02-01", provenance=RULE
            ),
            "is after end_date",
        ),
        (
            lambda: Figure(
                start=0,
                end=4,
                text="Sáng",
                value=-1,
                unit="person",
                programme="BHYT",
                indicator="participants",
                provenance=RULE,
            ),
            "cannot be negative",
        ),
    ],
)
def test_records_refuse_what_makes_no_sense(build, message: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValidationError, match=message):
        build()


def test_records_are_frozen() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        record().title = "x"  # type: ignore[misc]


def test_records_schema_names_every_field() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(Record.model_fields)
    assert schema["additionalProperties"] is False
