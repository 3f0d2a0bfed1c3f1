"""Datasets out to spreadsheets and databases, and workbooks in."""

from __future__ import annotations

import csv
import gc
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest
from commands import ROOT, run

from extractor.batch.columns import meaning
from extractor.batch.tables import place_columns, schemas
from extractor.dataset.beside import exported_schemas
from extractor.dataset.cells import plain
from extractor.dataset.choice import Choice, chosen, period_days, table_names
from extractor.dataset.export import FORMATS, Format, write
from extractor.dataset.source import Rows
from extractor.errors import InputError
from extractor.gazetteer import gazetteer
from extractor.ingest.readers import units
from extractor.ingest.sources import sources
from extractor.ingest.units import Options
from extractor.sample import sample_folder

try:
    import resource
except ImportError:  # not on Windows
    resource = None  # type: ignore[assignment]


@pytest.fixture(scope="module")
def tables(sample_tables: Path) -> Path:
    return sample_tables


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_column_is_explained() -> None:
    missing = [f"{t}.{c}" for t, s in exported_schemas().items() for c in s.names if meaning(t, c) is None]
    assert not missing


def test_a_communes_code_tells_its_district_and_province() -> None:
    found = place_columns("30178", "2018-05-08")
    assert set(found) == {"province_code", "province", "district_code", "district", "commune_code", "commune"}
    assert not found["commune_code"].startswith(found["province_code"])
    assert place_columns("VN", "2018-05-08") == {} == place_columns(None, None)
    after = place_columns(gazetteer().successors("30178")[0], "2025-12-01")
    assert "district" not in after
    assert after["province"]


def test_csv_has_the_mark_of_excel_and_no_formula(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.csv"
    done = run("export", str(tables), "-o", str(out), "--table", "figures")
    assert done.returncode == 0
    assert "figures" in done.stderr
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    listed = rows(out)
    assert len(listed) == sum(pq.read_metadata(p).num_rows for p in (tables / "figures").glob("*.parquet"))
    assert any(float(r["value"]) < 0 for r in listed), "a negative number is no formula"


def test_choice_by_place_takes_what_lies_below(tables: Path) -> None:
    wanted = Choice(tables=("figures", "locations", "articles"), places=frozenset({"87"}))
    found = list(chosen(tables, wanted))
    figures = [r for part in found for r in part["figures"]]
    assert figures
    assert all(r["province_code"] == "87" for r in figures)
    assert any(len(r["place_code"]) == 3 for r in figures), "districts of the province, too"
    ids = {r["id"] for part in found for r in part["articles"]}
    assert {r["id"] for r in figures} <= ids


def test_choice_by_figures_and_period(tables: Path) -> None:
    first, last = period_days("2018")
    wanted = Choice(tables=("figures", "articles"), indicator="coverage_rate", status="actual", first=first, last=last)
    figures = [r for part in chosen(tables, wanted) for r in part["figures"]]
    assert figures
    for row in figures:
        assert (row["indicator"], row["status"]) == ("coverage_rate", "actual")
        assert date(2018, 1, 1) <= row["start_date"] <= row["end_date"] <= date(2018, 12, 31)


@pytest.mark.parametrize(
    ("given", "days"),
    [
        ("2018", ("2018-01-01", "2018-12-31")),
        ("2018-Q2", ("2018-04-01", "2018-06-30")),
        ("2018-05-08", ("2018-05-08", "2018-05-08")),
        ("2016/2020", ("2016-01-01", "2020-12-31")),
    ],
)
def test_periods_as_users_write_them(given: str, days: tuple[str, str]) -> None:
    assert tuple(str(day) for day in period_days(given)) == days


def test_wrong_choices_are_told() -> None:
    with pytest.raises(InputError, match="--period quý 2"):
        period_days("quý 2")
    with pytest.raises(InputError, match="the tables are articles"):
        table_names("figure")


@pytest.fixture(scope="module", params=["tables", "records.jsonl"])
def repeated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output in which one article of 2019 is printed again in 2020, and a third is of its own."""
    folder = tmp_path_factory.mktemp("repeated")
    text = "Trạm y tế xã Tân Lập mở thêm phòng khám trong tuần này và mời bà con đến tiêm phòng. " * 2
    body = " ".join(f"Tổ {n} của thôn Bến Mới có {n * 7} hộ cùng góp công làm đường mới." for n in range(2, 14))
    rows = [
        {"id": "lần 1", "published": "2019-04-03", "text": f"{text}Sở Y tế tỉnh Cà Mau cử người dự. {body}"},
        {
            "id": "lần 2",
            "published": "2020-04-03",
            "text": f"{text}Sở Y tế tỉnh Cà Mau cử người dự. {body} Theo báo tỉnh.",
        },
        {
            "id": "khác",
            "published": "2020-05-01",
            "text": "Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Bến Tre, phát biểu.",
        },
    ]
    (folder / "in.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    out = folder / request.param
    done = run("extract", str(folder / "in.jsonl"), "-o", str(out), "--ner", "none")
    assert done.returncode == 0, done.stderr
    return out


def test_duplicates_and_units_go_with_their_articles(repeated: Path, tmp_path: Path) -> None:
    assert run("export", str(repeated), "-o", str(tmp_path / "all"), "--format", "csv").returncode == 0
    [mark] = rows(tmp_path / "all" / "duplicates.csv")
    assert (mark["id"], mark["of"]) == ("lần 2", "lần 1")
    assert 0.8 <= float(mark["share"]) <= 1
    units = {row["code"]: row for row in rows(tmp_path / "all" / "units.csv")}
    named = {r[c] for r in rows(tmp_path / "all" / "locations.csv") for c in ("code", "province_code", "district_code")}
    assert named - {""} <= set(units)
    assert {"Cà Mau", "Bến Tre"} <= {row["province"] for row in units.values()}
    assert (
        run("export", str(repeated), "-o", str(tmp_path / "2020"), "--format", "csv", "--from", "2020-01-01").returncode
        == 0
    )
    assert [r["id"] for r in rows(tmp_path / "2020" / "articles.csv")] == ["lần 2", "khác"]
    assert not rows(tmp_path / "2020" / "duplicates.csv"), "what it repeats is not there"
    done = run("export", str(repeated), "-o", str(tmp_path / "d.csv"), "--table", "duplicates")
    assert done.returncode == 0, done.stderr
    assert rows(tmp_path / "d.csv") == [mark]
    place = ("--place", "Bến Tre", "--table", "units")
    assert run("export", str(repeated), "-o", str(tmp_path / "u.csv"), *place).returncode == 0
    assert {r["province"] for r in rows(tmp_path / "u.csv")} == {"Bến Tre"}


def test_workbook_explains_itself(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "news.xlsx"
    assert run("export", str(tables), "-o", str(out)).returncode == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert book.sheetnames == ["README", *exported_schemas()]
    sheet = list(book["dates"].iter_rows(values_only=True))
    at = sheet[0].index("start_date")
    days = [row[at] for row in sheet[1:] if row[at]]
    assert days
    assert all(day < "1900" if isinstance(day, str) else day.year for day in days), "days are days, not text"
    explained = {row[1] for row in book["README"].iter_rows(values_only=True)}
    assert {c for s in exported_schemas().values() for c in s.names} <= explained
    again = run("export", str(tables), "-o", str(out))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert run("export", str(tables), "-o", str(out), "--force").returncode == 0


def _alike(cell: object, written: str) -> bool:
    """Whether a cell as another program reads it is what the CSV has."""
    shown = "" if cell is None else str(cell)
    if shown.lower() in ("true", "false"):
        return shown.lower() == written.lower()
    try:
        return float(shown) == pytest.approx(float(written), rel=1e-9)
    except ValueError:
        return shown == written.removeprefix("'")


@pytest.fixture(scope="module")
def both(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same tables as a workbook and as CSV."""
    folder = tmp_path_factory.mktemp("both")
    assert run("export", str(tables), "-o", str(folder / "news.xlsx")).returncode == 0
    assert run("export", str(tables), "-o", str(folder / "csv"), "--format", "csv").returncode == 0
    return folder / "news.xlsx", folder / "csv"


def _same(sheets: dict[str, list[list[object]]], folder: Path) -> None:
    for name in exported_schemas():
        with (folder / f"{name}.csv").open(encoding="utf-8-sig", newline="") as lines:
            wanted = list(csv.reader(lines))
        read = sheets[name]
        assert len(read) == len(wanted), name
        for cells, row in zip(read, wanted, strict=True):
            padded = [*cells, *[None] * (len(row) - len(cells))]
            wrong = [(a, b) for a, b in zip(padded, row, strict=True) if not _alike(a, b)]
            assert not wrong, (name, wrong[:3])


def test_a_second_reader_finds_in_the_workbook_what_the_csv_has(both: tuple[Path, Path]) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(both[0]))
    _same({name: book.get_sheet_by_name(name).to_python() for name in exported_schemas()}, both[1])


@pytest.mark.slow
def test_libreoffice_opens_what_is_written(both: tuple[Path, Path], tmp_path: Path) -> None:
    """The workbook to a CSV a sheet, and a CSV to a workbook: every cell is there as it was written."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (apt-get install libreoffice-calc-nogui)")
    profile = f"-env:UserInstallation={(tmp_path / 'user').as_uri()}"

    def convert(file: Path, to: str, *options: str) -> None:
        command = [office, "--headless", profile, *options, "--convert-to", to, "--outdir", str(tmp_path), str(file)]
        subprocess.run(command, check=True, capture_output=True, timeout=300)

    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    convert(both[0], every_sheet)
    sheets: dict[str, list[list[object]]] = {}
    for name in exported_schemas():
        with (tmp_path / f"news-{name}.csv").open(encoding="utf-8", newline="") as lines:
            sheets[name] = list(csv.reader(lines))
    _same(sheets, both[1])
    convert(both[1] / "figures.csv", "xlsx", "--infilter=Text - txt - csv (StarCalc):44,34,76,1")
    sheet = list(openpyxl.load_workbook(tmp_path / "figures.xlsx").active.iter_rows(values_only=True))
    listed = rows(both[1] / "figures.csv")
    assert len(sheet) == len(listed) + 1
    assert [row[sheet[0].index("place")] or "" for row in sheet[1:]] == [row["place"] for row in listed]
    assert not any(str(cell).startswith("#") for row in sheet for cell in row), "no cell is a formula that fails"


def test_duckdb_file_holds_the_tables(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "news.duckdb"
    assert run("export", str(tables), "-o", str(out)).returncode == 0
    with duckdb.connect(str(out), read_only=True) as db:
        sql = "SELECT province, count(*) FROM figures WHERE province IS NOT NULL GROUP BY 1 ORDER BY 2 DESC"
        assert db.execute(sql).fetchall()
        named = {name for (name,) in db.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    assert named == set(exported_schemas())


def test_parquet_of_a_choice(tables: Path, tmp_path: Path) -> None:
    out = tmp_path / "figures.parquet"
    done = run("export", str(tables), "-o", str(out), "--table", "figures", "--programme", "BHYT")
    assert done.returncode == 0
    table = pq.read_table(out)
    assert table.schema.equals(schemas()["figures"])
    assert set(table["programme"].to_pylist()) == {"BHYT"}


def test_nothing_left_says_so(tables: Path, tmp_path: Path) -> None:
    done = run("export", str(tables), "-o", str(tmp_path / "a.csv"), "--table", "figures", "--period", "1990")
    assert done.returncode == 1
    assert "nothing meets all conditions" in done.stderr


def test_opensearch_takes_the_articles_of_a_choice(tables: Path, tmp_path: Path) -> None:
    whole, some = tmp_path / "all.ndjson", tmp_path / "some.ndjson"
    assert run("export", str(tables), "-o", str(whole)).returncode == 0
    assert run("export", str(tables), "-o", str(some), "--programme", "BHYT").returncode == 0
    articles = [r["id"] for part in chosen(tables, Choice(programme="BHYT")) for r in part["articles"]]
    lines = some.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines[1::2]] == articles
    assert {f["programme"] for line in lines[1::2] for f in json.loads(line)["figures"]} == {"BHYT"}
    before = {d["id"]: d for d in map(json.loads, whole.read_text(encoding="utf-8").splitlines()[1::2])}
    assert all(before[d["id"]].get("province") == d.get("province") for d in map(json.loads, lines[1::2]))
    assert run("export", str(tables), "-o", str(some), "--force", "--from", "2099-01-01").returncode == 1
    refused = run("export", str(tables), "-o", str(some), "--force", "--table", "figures")
    assert refused.returncode == 2
    assert "--table figures" in refused.stderr


def test_a_list_of_no_tables_is_refused() -> None:
    with pytest.raises(InputError, match="the tables are articles"):
        table_names(",")
    assert table_names("dates,dates") == ("dates",)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("format", FORMATS)
def test_a_source_that_ends_in_a_fault_leaves_nothing(format: Format, tmp_path: Path) -> None:
    def broken() -> Iterator[Rows]:
        yield {"dates": [{"id": "a", "start": 0, "end": 1, "text": "x"}]}
        raise InputError("the second part is damaged")

    with pytest.raises(InputError, match="second part"):
        write(broken(), tmp_path / f"dates.{format}", format, ("dates",))
    gc.collect()
    assert list(tmp_path.iterdir()) == []


CALLS = (
    "export TABLES -o OUT.xlsx",
    "export TABLES -o OUT.duckdb",
    "export TABLES -o OUT --format csv",
    "export TABLES -o OUT --format parquet",
    "export TABLES -o OUT.ndjson --format opensearch",
    "index TABLES -o OUT.db",
    "merge TABLES TABLES -o OUT",
)


def small_files() -> None:
    """No file of this process may grow beyond 16 KiB, as on a disk without space."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (16_384, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))


def inside(*arguments: str) -> subprocess.CompletedProcess[str]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    small_files()
    try:
        return run(*arguments)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def outside(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, encoding="utf-8", preexec_fn=small_files, check=False
    )


@pytest.mark.skipif(resource is None, reason="needs limits on files' sizes")
@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("how", "call"),
    [*((inside, call) for call in CALLS), *(pytest.param(outside, call, marks=pytest.mark.slow) for call in CALLS)],
)
def test_no_space_is_told_and_nothing_half_is_left(
    how: Callable[..., subprocess.CompletedProcess[str]], call: str, tables: Path, tmp_path: Path
) -> None:
    out = tmp_path / "new"
    arguments = [a.replace("TABLES", str(tables)).replace("OUT", str(out)) for a in call.split()]
    done = how(*arguments)
    assert done.returncode in (1, 2)
    *_, said = done.stderr.splitlines()
    assert said.startswith("extractor: ")
    assert str(out) in said
    assert "Traceback" not in done.stderr
    assert "Exception ignored" not in done.stderr
    left = [p for p in tmp_path.rglob("*") if p.is_file()]
    if call.startswith("merge"):
        assert "run the same command again" in said
        assert run(*arguments).returncode == 0
    else:
        assert not left


@pytest.mark.skipif(resource is None, reason="needs limits on files' sizes")
def test_a_sample_that_a_full_disk_cut_off_is_completed(tmp_path: Path) -> None:
    """A18: a file cut in two stood there the next time and was left as it was."""
    done = inside("sample", str(tmp_path / "try"))
    assert done.returncode == 1
    *_, said = done.stderr.splitlines()
    assert f"extractor: {tmp_path / 'try'}" in said
    assert "nothing was written" in said
    assert run("sample", str(tmp_path / "try")).returncode == 0
    home = sample_folder()
    written = [p for p in (tmp_path / "try").rglob("*") if p.is_file()]
    assert len(written) > 20
    for path in written:
        assert path.read_bytes() == (home / path.relative_to(tmp_path / "try")).read_bytes()


def test_merge_into_an_input_and_an_empty_table_are_told(tables: Path, tmp_path: Path) -> None:
    done = run("merge", str(tables), "-o", str(tables))
    assert done.returncode == 2
    assert f"extractor merge {tables}" in done.stderr
    (tmp_path / "dir").mkdir()
    done = run("index", str(tables), "-o", str(tmp_path / "dir"))
    assert done.returncode == 2
    assert "is a folder; give the name of a file" in done.stderr
    record = {"id": "1", "text": "Trời hôm nay đẹp."}
    (tmp_path / "a.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("extract", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "r.jsonl"), "--ner", "none").returncode == 0
    done = run("export", str(tmp_path / "r.jsonl"), "-o", str(tmp_path / "f.csv"), "--table", "figures")
    assert done.returncode == 1
    assert "holds no rows of figures" in done.stderr


@pytest.mark.parametrize("name", ["out.xlsx", "out.duckdb"])
def test_extract_into_a_file_of_another_program(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.txt").write_text("Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Cà Mau, phát biểu.", encoding="utf-8")
    done = run("extract", "a.txt", "-o", name, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.txt", name], "nothing hidden stays"
    assert ".tables" not in done.stderr, "nothing is named that is not there"
    assert f"output       {name}" in done.stderr
    assert run("extract", "a.txt", "-o", name, cwd=tmp_path).returncode == 2


def test_extract_into_csv_with_its_quarantine(tmp_path: Path) -> None:
    lines = [json.dumps({"id": "1", "text": "Sở Y tế tỉnh Cà Mau họp ngày 3/4/2019."}), "{broken"]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    done = run("extract", "a.jsonl", "-o", "csv", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert len(rows(tmp_path / "csv" / "articles.csv")) == 1
    assert json.loads((tmp_path / "csv" / "errors.jsonl").read_text(encoding="utf-8").splitlines()[0])["position"] == 2


def test_a_quarantine_takes_no_other_ones_place(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "1", "text": "Sở Y tế họp."}\n{broken', encoding="utf-8")
    for name, where in (("tin.jsonl", "tin.errors.jsonl"), ("tin.xlsx", "tin.2.errors.jsonl")):
        done = run("extract", "a.jsonl", "-o", name, "--ner", "none", cwd=tmp_path)
        assert f"  {where} (when mended" in done.stderr
        assert (tmp_path / where).is_file()
    (tmp_path / "b.txt").write_text("Sở Y tế họp.", encoding="utf-8")
    assert run("extract", "b.txt", "-o", "tin.xlsx", "--ner", "none", "--force", cwd=tmp_path).returncode == 0
    assert sorted(p.name for p in tmp_path.glob("*.errors.jsonl")) == ["tin.errors.jsonl"]
    (tmp_path / "csv").mkdir()
    (tmp_path / "csv" / "errors.jsonl").write_text("another's", encoding="utf-8")
    done = run("extract", "a.jsonl", "-o", "csv", "--format", "csv", cwd=tmp_path)
    assert done.returncode == 2
    assert "errors.jsonl: is there already" in done.stderr


def test_a_killed_run_into_a_workbook_goes_on(tmp_path: Path) -> None:
    lines = (json.dumps({"id": str(n), "text": f"Sở Y tế tỉnh Cà Mau họp lần {n} ngày 3/4/2019."}) for n in range(60))
    (tmp_path / "a.jsonl").write_text("\n".join([*lines, "{broken"]), encoding="utf-8")
    call = ("extract", "a.jsonl", "-o", "out.xlsx", "--ner", "none", "--workers", "1", "--shard-size", "5")
    with subprocess.Popen(
        [sys.executable, "-m", "extractor", *call], cwd=tmp_path, stderr=subprocess.DEVNULL
    ) as killed:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".out.xlsx.tables/_shards/*.json")) and time.monotonic() < deadline:
            time.sleep(0.05)
        killed.kill()
    assert not (tmp_path / "out.xlsx").exists()
    done = run(*call, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "shards were done before" in done.stderr
    assert "--retry out.errors.jsonl" in done.stderr
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.jsonl", "out.errors.jsonl", "out.xlsx"]
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx", read_only=True)["articles"]
    assert sum(1 for _ in sheet.iter_rows()) == 61


def test_workbook_as_input(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    first = book.active
    first.append(["mã bài", "Nội dung", "ngày đăng"])
    first.append([7, "Bà Lê Thị Ví Dụ thăm xã Tân Lập.", date(2019, 4, 3)])
    first.append([None, None, None])
    first.append([8, "Sở Y tế họp.", "04/05/2019"])
    book.create_sheet("ghi chú").append(["người nhập", "ngày"])
    path = tmp_path / "bai.xlsx"
    book.save(path)
    said: list[str] = []
    found, _ = sources([str(path)])
    read = list(units(found, Options(), said.append))
    assert [(u.kind, u.position) for u in read] == [("row", 2), ("row", 4)]
    assert read[0].data == {"text": "Bà Lê Thị Ví Dụ thăm xã Tân Lập.", "published": "2019-04-03", "id": 7}
    assert any("ghi chú" in line and "left out" in line for line in said)


def test_a_damaged_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "bai.xlsx"
    path.write_bytes(b"PK\x03\x04 nothing")
    found, _ = sources([str(path)])
    with pytest.raises(InputError, match="cannot be opened as a workbook"):
        list(units(found, Options(), print))


def test_units_as_a_table() -> None:
    done = run("places", "--all", "--on", "2018-05-08")
    listed = list(csv.DictReader(done.stdout.splitlines()))
    by_code = {r["code"]: r for r in listed}
    assert len(by_code) == len(listed) > 11_000
    assert by_code["30178"]["province_code"] == place_columns("30178", "2018-05-08")["province_code"]
    assert {r["level"] for r in listed} == {"province", "district", "commune"}


def test_cells() -> None:
    assert plain(("a", "b")) == "a | b"
    assert plain([]) is None
    assert plain([{"x": 1}]) == '[{"x": 1}]'
    assert plain(2.5) == 2.5
