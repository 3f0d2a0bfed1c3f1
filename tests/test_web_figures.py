"""The figure explorer asked for in-process: one selection in four views, and files that hold what is seen."""

from __future__ import annotations

import asyncio
import csv
import html
import io
import re
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from browsing import browser, downloaded, needs_browser, served
from figure_records import figure_records

from extractor.dataset.build import index
from extractor.dataset.web.app import application

Get = Callable[[str], Any]
TARGETS = "what=BHXH_TN.coverage_rate.percent"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("explorer")
    source = folder / "r.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in figure_records()), encoding="utf-8")
    index(source, folder / "news.db")
    return folder / "news.db"


@pytest.fixture(scope="module")
def get(database: Path) -> Iterator[Get]:
    app = application(database)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(app.invoke_startup())
    yield lambda path: loop.run_until_complete(app.client.get(path))
    loop.close()


def seen(answer: Any) -> str:
    """The page's words, without marks and with blanks as blanks."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.text)).replace("\u00a0", " ").split())


PAGES = [
    ("/figures", ["Tỷ lệ bao phủ bảo hiểm y tế"]),
    ("/figures", ["Theo lời các bài báo: 18 con số trong 10 bài, 2016–2030", "Không vẽ được: 4 con số"]),
    ("/figures", ["Cả nước từ khoảng 90 % (2019) lên 94 % (2024)", "Nơi không có mã: “toàn xã”", "Không rõ năm: “tháng 6”"]),
    ("/figures?place=45", ["5 con số trong 4 bài"]),
    ("/figures?place=45", ["91,4 %: 2 bài; 89,9 %: 1 bài", "bài đăng sau cùng về thời kỳ này", "trên 82 %"]),
    ("/figures?place=45", ["Chỉ tiêu và kết quả", "còn thiếu 3,6 điểm phần trăm", "Các bài nói khác nhau"]),
    ("/figures?lang=en&place=45", ["Health insurance: coverage", "5 figures in 4 articles", "Articles disagree", "over 82%"]),
    ("/figures?in=33&view=table&from=2024&until=2024", ["Trong Hưng Yên", "Huyện Ân Thi, Hưng Yên", "86 %", "84,5 %"]),
    ("/figures?in=01&view=table&from=2024", ["không có con số nào của huyện, xã trong Hà Nội"]),
    ("/figures?in=45&view=table", ["không có con số nào của huyện, xã trong Quảng Trị"]),
    ("/figures?place=33,33@2025-07-01", ["Hưng Yên (từ 7/2025)", "Hưng Yên từ 88 % (2020) lên 90 % (2023)"]),
    ("/figures?group=pupils", ["học sinh, sinh viên", "97 %"]),
    (f"/figures?{TARGETS}", ["BHXH tự nguyện", "khoảng 2,5 %", "Cả nước: nông dân chỉ có chỉ tiêu"]),
    ("/figures?what=BHXH_TN.change.person", ["−300 người"]),
    ("/figures?view=panel", ["Nơi × thời kỳ · 12 ô", "2030"]),
    ("/figures?view=map", ["63 tỉnh (đến 6/2025)", "Quảng Trị", "91,4 %"]),
    ("/map?map=34", ["34 tỉnh (từ 7/2025)", "Hưng Yên"]),
    ("/charts", ["Tỷ lệ bao phủ bảo hiểm y tế"]),
    ("/figures?place=48&from=2030", ["Kho bài không có con số nào như thế", "Bỏ bớt điều kiện"]),
    ("/figures?from=2024", ["Ngoài lựa chọn này còn 4 con số"]),
]  # fmt: skip


@pytest.mark.parametrize(("path", "texts"), PAGES)
def test_explorer_pages(get: Get, path: str, texts: list[str]) -> None:
    answer = get(path)
    assert answer.status_code == 200
    words = seen(answer)
    for text in texts:
        assert text in words, (path, text)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/figures?what=BHYT", 400), ("/figures?from=99", 400), ("/figures?what=NO.such.figure", 200),
        ("/figures?place=%00,%22&group=%27&view=nope&kind=x&page=-1", 200), ("/figures?in=zz&map=7", 200),
        ("/figure?id=a1", 404), ("/figure?id=a1&start=%C2%B2", 404), ("/figures.pdf", 404),
    ],
)  # fmt: skip
def test_explorer_takes_any_address(get: Get, path: str, status: int) -> None:
    assert get(path).status_code == status


SELECTIONS = [
    "", "place=45", "place=45&place=VN", "in=33", "in=33-", "from=2024&until=2024", "kind=target", "group=*", "group=pupils",
    "place=48&from=2030", TARGETS,
]  # fmt: skip


@pytest.mark.parametrize("selection", SELECTIONS)
def test_every_csv_is_what_the_page_counts(get: Get, selection: str) -> None:
    """W5: the same rows in the page's count, its table, its CSV and its workbook."""
    page = get(f"/figures?{selection}&view=table")
    [total] = {int(n) for n in re.findall(r"Tải Excel · ([\d.]+)\s", seen(page))}
    answer = get(f"/figures.csv?{selection}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert re.fullmatch(r'attachment; filename="figures-[\w-]+\.csv"', answer.headers["content-disposition"])
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == total
    assert len(re.findall(r"<td class=\"q\">", page.text.rpartition("blk first")[2])) == total
    book = zipfile.ZipFile(io.BytesIO(get(f"/figures.xlsx?{selection}").content))
    assert book.read("xl/worksheets/sheet1.xml").count(b"<row ") == total + 1
    for row in rows:
        assert row["text"] in row["sentence"]
        assert all(row[name] for name in ("id", "title", "source", "status", "comparator"))


@pytest.mark.parametrize("selection", ["", "place=45", "group=*", "kind=target"])
def test_panel_has_a_cell_for_every_key_and_its_csv(get: Get, selection: str) -> None:
    page = get(f"/figures?{selection}&view=panel")
    [total] = {int(n) for n in re.findall(r"Nơi × thời kỳ · ([\d.]+) ô", seen(page))}
    rows = list(csv.DictReader(io.StringIO(get(f"/figures.csv?{selection}&view=panel").content.decode("utf-8-sig"))))
    keys = {(r["place_key"], r["first_day"], r["last_day"], r["status"], r["group_id"]) for r in rows}
    assert len(rows) == len(keys) == total
    assert len(re.findall(r'<a href="/figure\?', page.text)) == total


def test_files_of_the_page_have_its_filters(get: Get) -> None:
    page = get("/figures?place=45&place=VN&from=2018&kind=actual&view=panel&lang=en").text
    for address in re.findall(r'href="(/figures\.[^"]+)"', page):
        for part in ("place=45%2CVN", "from=2018", "kind=actual"):
            assert part in address
        assert get(html.unescape(address)).status_code == 200


def test_cells_run_no_formula(get: Get) -> None:
    text = get("/figures.csv?what=BHXH_TN.change.person").content.decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert (row["title"], row["value"]) == ("'=1+1", "-300.0")


@pytest.mark.parametrize(
    "path",
    ["/figures.svg", "/figures.svg?view=map", "/figures.svg?place=45&lang=en", "/figures.svg?place=48&from=2030"],
)
def test_pictures_are_drawings(get: Get, path: str) -> None:
    answer = get(path)
    assert answer.headers["content-type"].startswith("image/svg+xml")
    ElementTree.fromstring(answer.text)


def test_every_point_has_its_sentence_and_article(get: Get) -> None:
    page = get("/figures?group=*").text
    cards = set(re.findall(r'<section class="card why[^"]*" id="(c\d+)"', page))
    for drawing in re.findall(r"<svg [^>]*class=\"drawn[^>]*>.*?</svg>", page, re.DOTALL):
        linked = re.findall(r'<a class="pt" href="#(c\d+)"', drawing)
        assert linked
        assert set(linked) <= cards
    opened = re.findall(r'<a class="btn pri" href="(/article\?id=\w+)#(m\d+)"', page)
    assert len(opened) == len(cards)
    for address, mark in opened[:3]:
        assert get(address).status_code == 200
        assert mark[1:].isdecimal()


def test_language_stays_on_every_link(get: Get) -> None:
    """W10."""
    for path in (
        "/figures?lang=en",
        "/figures?lang=en&view=panel",
        "/figures?lang=en&view=map",
        "/figure?id=a1&start=50&lang=en",
    ):
        main = get(path).text.partition("<main")[2]
        for address in re.findall(r'href="(/[^"]*)"', main):
            assert "lang=en" in address, (path, address)


def test_a_cell_tells_all_that_is_said(get: Get) -> None:
    text = figure_records()[0].figures[0]
    words = seen(get(f"/figure?id=a1&start={text.start}"))
    for part in (
        "Quảng Trị, 2018: 91,4 %",
        "91,4 %: 2 bài; 89,9 %: 1 bài",
        "bài đăng sau cùng",
        "Các bài nói khác nhau",
    ):
        assert part in words
    lost = next(f for r in figure_records() if r.id == "c1" for f in r.figures)
    assert "Nơi không có mã" in seen(get(f"/figure?id=c1&start={lost.start}"))


def test_form_holds_the_selection(get: Get) -> None:
    page = get("/figures?place=45&add=VN&from=2018&until=2024&kind=actual&group=all&view=map&lang=en").text
    form = page.partition('<form class="filters')[2].partition("</form>")[0]
    for part in (
        'name="place" value="45"', 'name="place" value="VN"', 'value="2018"', 'value="2024"', 'value="actual" checked',
        'name="view" value="map"', 'name="lang" value="en"', '<option value="all" selected>',
    ):  # fmt: skip
        assert part in form, part
    assert 'value="target" checked' not in form


def test_explorer_is_fast_enough_for_its_bound(get: Get) -> None:
    """Pages have two seconds in the database; the sample's take a part of one of processor time."""
    begin = time.process_time()
    for view in ("chart", "table", "panel", "map"):
        assert get(f"/figures?view={view}").status_code == 200
    assert time.process_time() - begin < 8


def test_a_group_that_another_kind_does_not_have_is_let_go(get: Get) -> None:
    """Whoever changes the kind in the form sends the group of the one before."""
    page = seen(get(f"/figures?{TARGETS}&group=all"))
    assert "BHXH tự nguyện" in page
    assert page == seen(get(f"/figures?{TARGETS}"))
    assert page == seen(get(f"/figures?{TARGETS}&group=pupils"))


@needs_browser
@pytest.mark.parametrize(
    ("path", "file"),
    [
        ("/figures", "bhyt-coverage_rate-percent"),
        ("/figures", "bhyt-coverage_rate-percent-pairs"),
        ("/figures?view=map&lang=en", "bhyt-coverage_rate-percent"),
    ],
)
def test_a_chart_is_saved_as_png_and_svg(database: Path, tmp_path: Path, path: str, file: str) -> None:
    """The picture has the size told on the button, twice the drawing's, and is not of one colour."""
    from PIL import Image

    with served(database) as address, browser(tmp_path) as page:
        page.implicitly_wait(10)
        page.get(address.rstrip("/") + path)
        page.find_element("css selector", "details.dl summary").click()
        [button] = page.find_elements("css selector", f"button[data-name='{file}.png']")
        assert button.is_displayed()
        page.execute_script("arguments[0].scrollIntoView({block: 'center'})", button)
        button.click()
        image = Image.open(io.BytesIO(downloaded(tmp_path, f"{file}.png"))).convert("RGB")
        assert f"{image.width} × {image.height}" in button.text
        drawing = page.execute_async_script(
            "const done = arguments[1]; fetch(arguments[0]).then(r => r.text()).then(done)",
            button.get_attribute("data-picture"),
        )
        width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing).groups()  # type: ignore[union-attr]
        assert (image.width, image.height) == (round(2 * float(width)), round(2 * float(height)))
        assert len(image.getcolors(1 << 24) or ()) > 20
        assert not page.get_log("browser")
