"""Files of the pages: every button's count is the number of rows of its CSV and of its workbook, on every page that has one."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")
pytest.importorskip("openpyxl", reason="reads the workbooks")

import openpyxl

from extractor.cli import main
from extractor.dataset.web.app import application
from extractor.dataset.web.downloads import csv_text, stem_of, workbook

ROOT = Path(__file__).parent.parent
Get = Callable[[str], Any]
_BUTTON = re.compile(r'<a[^>]*href="(/[^"]*\.(csv|xlsx)(?:\?[^"]*)?)"[^>]*>[^<]*· ([\d.]+)[\xa0 ]')


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Get]:
    folder = tmp_path_factory.mktemp("downloads")
    assert main(["extract", str(ROOT / "docs" / "questions.jsonl"), "-o", str(folder / "records.jsonl")]) == 0
    assert main(["index", str(folder / "records.jsonl"), "-o", str(folder / "news.db")]) == 0
    app = application(folder / "news.db")
    loop = asyncio.new_event_loop()
    loop.run_until_complete(app.invoke_startup())
    yield lambda path: loop.run_until_complete(app.client.get(path))
    loop.close()


def rows(answer: Any, form: str) -> list[dict[str, Any]]:
    """The rows of a file by column."""
    assert answer.status_code == 200
    if form == "csv":
        assert answer.content.startswith(b"\xef\xbb\xbf")
        return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    head, *body = book["rows"].iter_rows(values_only=True)
    assert len(list(book["README"].iter_rows())) == 2
    return [dict(zip(head, line, strict=True)) for line in body]


PAGES = [
    "/search?q=nam+dinh", "/search", "/search?field=officials", "/search?q=tao&field=officials", "/search?field=documents",
    "/search?field=locations&q=nam+dinh", "/search?q=2024&field=dates", "/search?q=thu&year=2020",
    "/documents", "/documents?year=none",
    "/documents?q=kế+hoạch", "/document?number=48/KH-UBND", "/offices", "/offices?place=36", "/offices?q=chủ+tịch",
    "/office?key=chu-tich@uy-ban-nhan-dan:36", "/official?name=Phan+Huy+Tạo", "/official?name=Trịnh+Thu+Nhàn", "/places",
    "/places?q=nam+my", "/place/36", "/place/13972", "/figures", "/figures?group=*&view=table", "/figures?view=panel",
]  # fmt: skip


@pytest.mark.parametrize("lang", ["", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_file_has_the_rows_that_its_button_counts(get: Get, path: str, lang: str) -> None:
    page = get(path + (("&" if "?" in path else "?") + "lang=en" if lang else "")).text
    found = _BUTTON.findall(page)
    assert {form for _, form, _ in found} == {"csv", "xlsx"}
    for address, form, said in found:
        answer = get(unescape(address))
        assert len(rows(answer, form)) == int(said.replace(".", "").replace(",", "")), address
        assert re.fullmatch(rf'attachment; filename="[\w-]+\.{form}"', answer.headers["content-disposition"])


def test_a_person_s_file_has_each_sentence_with_its_source_and_how_sure_it_is(get: Get) -> None:
    page = get("/official?name=Phan+Huy+Tạo").text
    address = unescape(next(a for a, form, _ in _BUTTON.findall(page) if form == "csv"))
    for row in rows(get(address), "csv"):
        assert row["text"] in row["sentence"]
        assert row["name"] == "Phan Huy Tạo"
        assert row["layer"] in ("ranker", "rule")
        assert 0 < float(row["confidence"]) <= 1
        assert row["id"]
        assert "@" in row["key"]


def test_lists_on_one_page_and_on_several_are_whole(get: Get) -> None:
    assert [r["label"] for r in rows(get("/documents.csv?q=48/KH-UBND"), "csv")] == ["Kế hoạch 48/KH-UBND"]
    assert rows(get("/documents.csv?q=49/KH-UBND"), "csv") == []
    assert get("/document.csv?key=nothing").status_code == 404
    assert get("/official.xlsx?person=nobody").status_code == 404
    assert get("/office.csv?key=none").status_code == 404
    assert get("/place/99999.csv").status_code == 404


def test_cells_run_no_formula_and_keep_their_letters() -> None:
    bad = [{"a": "=1+1", "b": "Hưng Yên", "c": 2.5, "d": None}, {"a": "-5", "b": '"x"\n', "c": -1}]
    [first, second] = csv.DictReader(
        io.StringIO(csv_text(bad, ("a", "b", "c", "d")).removeprefix("\ufeff"), newline="")
    )
    assert (first["a"], first["b"], first["c"], first["d"]) == ("'=1+1", "Hưng Yên", "2.5", "")
    assert (second["a"], second["b"]) == ("-5", '"x"\n')
    book = openpyxl.load_workbook(io.BytesIO(workbook(bad, ("a", "b", "c", "d"), ["what it is"])))
    cells = [[(c.value, c.data_type) for c in line] for line in book["rows"].iter_rows(min_row=2)]
    assert cells[0] == [("=1+1", "s"), ("Hưng Yên", "s"), (2.5, "n"), (None, "n")]
    assert stem_of("Chủ tịch UBND / Đắk Lắk") == "chu-tich-ubnd-dak-lak"
    assert stem_of("???") == "rows"
