"""`extractor places`: one unit, several, none, a code, a wrong day; as lines for a pipe."""

from __future__ import annotations

import pytest

from extractor.cli import main
from extractor.cli.places import find
from extractor.gazetteer import gazetteer


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[list[str]]]:
    status = main(["places", *arguments])
    return status or 0, [line.split("\t") for line in capsys.readouterr().out.splitlines()]


def test_places_one_unit_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    status, rows = lines(capsys, "thị trấn Neo, Yên Dũng", "--on", "2018-01-13")
    assert status == 0
    assert rows == [["07681", "Thị trấn Neo", "Neo, Yên Dũng, Bắc Giang", "", "2020-01-01", "07681"]]


def test_places_a_code_on_another_day(capsys: pytest.CaptureFixture[str]) -> None:
    _, rows = lines(capsys, "07681", "--on", "2025-10-01")
    assert rows[0][1:3] == ["Phường Yên Dũng", "Yên Dũng, Bắc Ninh"]


def test_places_an_undecided_name_lists_its_units(capsys: pytest.CaptureFixture[str]) -> None:
    status, rows = lines(capsys, "xã Tân Lập", "--on", "2018-01-13", "--limit", "4")
    assert status == 0
    assert len(rows) == 4
    assert {row[1] for row in rows} == {"Xã Tân Lập"}


def test_places_unknown_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "xã Không Đâu Cả"]) == 1
    assert "no unit found" in capsys.readouterr().err


def test_places_wrong_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["places", "Neo", "--on", "13/1/2018"]) != 0
    assert "YYYY-MM-DD" in capsys.readouterr().err


@pytest.mark.parametrize("query", ["thị trấn neo, huyện yên dũng", "Thị trấn Neo, Yên Dũng", "TT Neo (H.Yên Dũng)"])
def test_places_find_ways_to_write(query: str) -> None:
    assert find(query, None, gazetteer()) == ["07681"]
