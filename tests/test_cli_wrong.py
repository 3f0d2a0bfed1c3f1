"""Wrong calls: exit status 2, no traceback, one sentence that names what is wrong and says what to do."""

from __future__ import annotations

import gzip
import json
import os
import socket
import sqlite3
from pathlib import Path

import pytest

from extractor.cli import main

ARTICLE = "Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Cà Mau, phát biểu ngày 3/4/2019."

# The call, and what its sentence must hold: what is wrong, and what to do.
CASES = [
    ("extrakt page.txt", "extrakt", "Did you mean 'extract'"),
    ("serch news.db x", "serch", "Did you mean 'search'"),
    ("bogus", "bogus", "--help"),
    ("extract", "INPUT", "extract -h"),
    ("extract nowhere.txt", "nowhere.txt", "no such file"),
    ("extract nowhere/", "nowhere", "no such"),
    ("extract *.nope", "*.nope", "no file"),
    ("extract page.txt --publishd 2018-01-13", "--publishd", "--published"),
    ("extract page.txt --published 13.2018", "13.2018", "2018-01-13"),
    ("extract page.txt --published hôm", "hôm", "2018-01-13"),
    ("extract page.txt -o out.parquet", "out.parquet", "a folder"),
    ("extract page.txt -o out.csv", "out.csv", "--format csv"),
    ("extract page.txt -o out.db", "out.db", "extractor index"),
    ("extract page.txt -o page.txt", "page.txt", "another name"),
    ("extract page.txt -o page.txt/out.jsonl", "page.txt", "folder"),
    ("extract page.txt -o foreign.jsonl", "foreign.jsonl", "another name"),
    ("extract page.txt -o foreign", "foreign", "choose another output"),
    ("extract page.txt -o tables --format excel", "excel", "csv"),
    ("extract page.txt -o foreign.xlsx", "foreign.xlsx", "--force"),
    ("extract page.txt --ner klue", "klue", "crf"),
    ("extract page.txt --ner missing.npz", "missing.npz", "no"),
    ("extract page.txt --patterns nowhere", "nowhere", "folder"),
    ("extract page.txt --workers -1", "--workers", "0"),
    ("extract page.txt --sample 2", "--sample", "less than or equal to 1"),
    ("extract page.txt --limit 0", "--limit", "1"),
    ("extract page.txt --engine spark", "spark", "local"),
    ("extract page.txt --retry nowhere.jsonl", "nowhere.jsonl", "errors.jsonl"),
    ("extract page.txt --sites nowhere.json", "nowhere.json", "sites"),
    ("extract rows.csv --text-column noidung", "noidung", "columns are"),
    ("extract numbers.csv", "numbers.csv", "--text-column"),
    ("extract empty.txt", "empty.txt", "empty"),
    ("extract empty", "empty", "no file"),
    ("extract unknown.xyz", ".xyz", "known are"),
    ("explain", "ARTICLE", "explain -h"),
    ("explain nowhere.txt", "nowhere.txt", "no such file"),
    ("index nowhere -o a.db", "nowhere", "extractor extract"),
    ("index page.txt -o a.db", "page.txt", "extractor extract"),
    ("index empty -o a.db", "empty", "extractor extract"),
    ("index good.jsonl -o foreign.db", "foreign.db", "-o"),
    ("index bad.jsonl -o a.db", "bad.jsonl", "line 1"),
    ("index good.jsonl --to mysql://localhost/x", "mysql", "postgresql"),
    ("search nowhere.db x", "nowhere.db", "extractor index"),
    ("search foreign.db x", "foreign.db", "extractor index"),
    ("search good.jsonl x", "good.jsonl", "extractor index"),
    ("search tables x", "tables", "extractor index"),
    ("search good.db x --field places", "places", "locations"),
    ("search good.db x --from 2018-13-01", "2018-13-01", "YYYY-MM-DD"),
    ("serve nowhere.db", "nowhere.db", "extractor index"),
    ("serve good.jsonl", "good.jsonl", "extractor index"),
    ("serve tables", "tables", "extractor index"),
    ("serve good.db --port BUSY", "BUSY", "--port"),
    ("serve good.db --port 99999", "99999", "65535"),
    ("summary nowhere.jsonl", "nowhere.jsonl", "no such file"),
    ("summary page.txt", "page.txt", "extractor extract"),
    ("summary bad.jsonl", "bad.jsonl", "line 1"),
    ("summary empty", "empty", "extractor extract"),
    ("merge empty -o out", "empty", "extractor extract"),
    ("merge good.jsonl -o out", "good.jsonl", "folder"),
    ("merge nowhere -o out", "nowhere", "folder"),
    ("check nowhere", "nowhere", "no"),
    ("check empty", "empty", "extract"),
    ("export nowhere -o a", "nowhere", "extractor extract"),
    ("export good.jsonl -o a.csv", "a.csv", "--table"),
    ("export good.jsonl -o a --format word", "word", "xlsx"),
    ("export good.jsonl -o a.csv --table figure", "figure", "figures"),
    ("export good.jsonl -o a.xlsx --place Xyzzy", "Xyzzy", "extractor places"),
    ("export good.jsonl -o a.xlsx --period qúy", "qúy", "2018-Q2"),
    ("export good.jsonl -o a.xlsx --status done", "done", "target"),
    ("export good.jsonl -o a.xlsx --from 1.1.2018", "1.1.2018", "YYYY-MM-DD"),
    ("places", "place", "--file"),
    ("places --file nowhere.csv --on 2018-01-01 --to 2025-08-01", "nowhere.csv", "no such file"),
    ("places Neo --on 2018", "2018", "YYYY-MM-DD"),
    ("places Neo --all", "--all", "QUERY"),
    ("schema --yaml", "--yaml", "schema -h"),
    ("evaluate nowhere.jsonl", "nowhere.jsonl", "no such file"),
    ("evaluate page.txt", "page.txt", "line 1"),
    ("compare good.jsonl nowhere.jsonl", "nowhere.jsonl", "no such file"),
    ("convert nowhere.json --to brat -o out", "nowhere.json", "no such file"),
    ("gold chek x", "chek", "check"),
    ("gold check nowhere.jsonl", "nowhere.jsonl", "no such file"),
    ("patterns show rolls", "rolls", "roles.yaml"),
    ("patterns show roles --row nobody", "nobody", "roles.yaml"),
    ("persons nowhere -o a.jsonl", "nowhere", "extractor extract"),
    ("sites nowhere", "nowhere", "no such"),
    ("train nowhere.jsonl -o m.npz", "nowhere.jsonl", "no such gold file"),
    ("help extrakt", "extrakt", "extract"),
]


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with good and foreign files, in which the calls are made."""
    here = tmp_path_factory.mktemp("wrong")
    (here / "page.txt").write_text(ARTICLE, encoding="utf-8")
    (here / "empty.txt").touch()
    (here / "unknown.xyz").write_text("?")
    (here / "empty").mkdir()
    (here / "foreign").mkdir()
    (here / "foreign" / "manifest.json").write_text('{"name": "a thesis"}')
    (here / "foreign.jsonl").write_text('{"a": 1}\n')
    (here / "foreign.xlsx").write_text("x")
    (here / "bad.jsonl").write_text('{"a": 1}\n')
    (here / "rows.csv").write_text("id,text\n1,Sở Y tế họp\n", encoding="utf-8")
    (here / "numbers.csv").write_text("a,b\n1,2\n")
    with sqlite3.connect(here / "foreign.db") as db:
        db.execute("CREATE TABLE t (a)")
    old = Path.cwd()
    os.chdir(here)
    try:
        assert main(["extract", "page.txt", "-o", "good.jsonl"]) == 0
        assert main(["extract", "page.txt", "-o", "tables"]) == 0
        assert main(["index", "good.jsonl", "-o", "good.db"]) == 0
    finally:
        os.chdir(old)
    return here


def test_enough_wrong_calls() -> None:
    assert len(CASES) >= 60


@pytest.mark.parametrize(("command", "what", "way"), CASES, ids=[c for c, _, _ in CASES])
def test_wrong_call_is_a_sentence(
    command: str, what: str, way: str, room: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(room)
    before = sorted(p.relative_to(room).as_posix() for p in room.rglob("*"))
    with socket.socket() as busy:
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = str(busy.getsockname()[1])
        status = main(command.replace("BUSY", port).split(" "))
    said = capfd.readouterr().err
    flat = " ".join(said.split())
    assert status == 2, f"status {status}: {said}"
    assert "Traceback" not in said
    assert what.replace("BUSY", port).casefold() in flat.casefold(), said
    assert way.casefold() in flat.casefold(), said
    lines = [line for line in said.splitlines() if line.strip() and not line.startswith(("Usage:", "Try "))]
    assert len(lines) <= 2, said
    assert sorted(p.relative_to(room).as_posix() for p in room.rglob("*")) == before, "nothing is left behind"


def test_summary_of_packed_records_and_of_tables(
    room: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(room)
    with gzip.open("packed.jsonl.gz", "wb") as out:
        out.write(Path("good.jsonl").read_bytes())
    told = []
    for path in ("good.jsonl", "packed.jsonl.gz", "tables"):
        assert main(["summary", path]) == 0
        told.append(capfd.readouterr().out)
    assert told[0] == told[1]
    assert "Trần Văn Mẫu" in told[0]
    assert "officials" in told[2]


def test_no_hit_says_so_and_what_is_near(
    room: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(room)
    assert main(["search", "good.db", "không-có-gì"]) == 1
    assert "nothing found" in capfd.readouterr().err


def test_records_are_json_of_the_room(room: Path) -> None:
    assert json.loads((room / "good.jsonl").read_text(encoding="utf-8"))["officials"]
