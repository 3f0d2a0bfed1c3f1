"""`extractor places`: one unit, several, none, a code, a wrong day; as lines for a pipe."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from unicodedata import normalize

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


def test_places_prints_utf_8_whatever_the_locale() -> None:
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": ""}
    command = [sys.executable, "-m", "extractor", "places", "001"]
    done = subprocess.run(command, env=os.environ | plain, capture_output=True, timeout=120, check=True)
    assert done.stdout.decode("utf-8").startswith("001\tQuận Ba Đình\t")


def test_places_days_in_another_way_of_iso(capsys: pytest.CaptureFixture[str]) -> None:
    assert lines(capsys, "07681", "--on", "20251001") == lines(capsys, "07681", "--on", "2025-10-01")


@pytest.mark.parametrize(
    "query",
    [
        "thị trấn neo, huyện yên dũng",
        "Thị trấn Neo, Yên Dũng",
        "TT Neo (H.Yên Dũng)",
        normalize("NFD", "Thị trấn Neo, huyện Yên Dũng, tỉnh Bắc Giang"),
    ],
)
def test_places_find_ways_to_write(query: str) -> None:
    assert find(query, None, gazetteer()) == ["07681"]


@pytest.mark.parametrize(
    ("query", "on", "code"),
    [
        ("tan yen, bac giang", "2020-05-01", "216"),
        ("xa canh thuy, h. yen dung, bac giang", "2019-05-01", "07738"),
        ("P12, Go Vap, HCM", "2020-05-01", "26881"),
        ("phuong 5, q. go vap, tphcm", "2020-05-01", "26887"),
        ("TX GO CONG, TIEN GIANG", "2020-05-01", "816"),
        ("quan X, TP.HCM", "2020-05-01", "771"),
        ("buon ma thuot, dak lak", "2020-05-01", "643"),
        ("so 8, ngo 12, quan Hai Ba Trung, HN", "2020-05-01", "007"),
        ("Ấp 3, thị trấn Cái Bè, Tiền Giang", "2020-05-01", "28360"),
        ("Ealy, Song Hinh, Phu Yen", "2020-05-01", "22237"),
        ("xã Ea Ly, Đắk Lắk", "2025-10-01", "22237"),
        ("Binh Dinh", "2025-10-01", "52"),
        ("Đà Nẵng", None, "48"),
    ],
)
def test_places_without_accents_and_in_short_forms(query: str, on: str | None, code: str) -> None:
    found = find(query, date.fromisoformat(on) if on else None, gazetteer())
    assert found == [code]


def test_places_says_what_it_could_not_read(capsys: pytest.CaptureFixture[str]) -> None:
    status, rows = lines(capsys, "xã Không Đâu Cả, Hà Nội", "--on", "2020-01-01")
    assert status == 0
    assert rows[0][0] == "01"


QUARTER = normalize("NFD", "Cầu Giấy, Hà Nội")
ADDRESSES = f'id,Địa chỉ\n1,"thi tran Neo, Yen Dung, Bac Giang"\n2,"{QUARTER}"\n3,"xã Không Đâu Cả, Hà Nội"\n4,\n'


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_places_file_from_old_units_to_new(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text(ADDRESSES, encoding="utf-8")
    assert main(["places", "--file", str(source), "--on", "2018-06-01", "--to", "2025-07-01", "-o", str(out)]) == 0
    assert "3 of 4 addresses read" in capsys.readouterr().err
    town, district, unread, empty = table(out)
    assert (town["id"], town["code"], town["to_code"]) == ("1", "07681", "07681")
    assert (town["unit"], town["to_unit"]) == ("Thị trấn Neo, Yên Dũng, Bắc Giang", "Phường Yên Dũng, Bắc Ninh")
    assert (district["code"], district["to_code"], district["note"]) == ("005", "", "9 units on 2025-07-01")
    assert district["candidates"].startswith("00008 Phường Ngọc Hà, Hà Nội; ")
    assert unread["note"] == "no unit for 'xã Không Đâu Cả'"
    assert (empty["code"], empty["note"]) == ("", "no unit found")


def test_places_file_from_new_units_back(tmp_path: Path) -> None:
    source, out = tmp_path / "a.csv", tmp_path / "b.csv"
    source.write_text('address\n"phường Yên Dũng, Bắc Ninh"\ntỉnh Thái Nguyên\nHà Nội\n', encoding="utf-8")
    assert main(["places", "--file", str(source), "--on", "2025-09-01", "--to", "2018-06-01", "-o", str(out)]) == 0
    ward, province, city = table(out)
    assert {c.split()[0] for c in ward["candidates"].split("; ")} == {"07681", "07717", "07726"}
    assert province["candidates"] == "06 Tỉnh Bắc Kạn; 19 Tỉnh Thái Nguyên"
    assert (city["to_code"], city["to_unit"]) == ("01", "Thành phố Hà Nội")


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("a,b\n1,2\n", ["--on", "2018-06-01", "--to", "2025-07-01"], "--column"),
        ("a,b\n1,2\n", ["--on", "2018-06-01", "--to", "2025-07-01", "--column", "c"], "no column 'c'"),
        ("", ["--on", "2018-06-01", "--to", "2025-07-01"], "empty"),
        ("address\nHà Nội\n", ["--on", "2018-06-01"], "--on and --to"),
        ("address\nHà Nội\n", ["--on", "2018-06-01", "--to", "1.7.2025"], "--to '1.7.2025' is no day"),
    ],
)
def test_places_file_errors_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, arguments: list[str], message: str
) -> None:
    source = tmp_path / "a.csv"
    source.write_text(content, encoding="utf-8")
    assert main(["places", "--file", str(source), *arguments]) != 0
    assert message in capsys.readouterr().err
