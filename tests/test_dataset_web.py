"""The pages over a dataset, asked for in-process, and once in a real browser."""

from __future__ import annotations

import asyncio
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from dataset_records import records
from extractor.dataset.build import index
from extractor.dataset.web.app import application
from extractor.dataset.web.marks import Mark, segments


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    source = folder / "r.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in records()), encoding="utf-8")
    index(source, folder / "news.db")
    return folder / "news.db"


@pytest.fixture(scope="module")
def get(database: Path):  # type: ignore[no-untyped-def]
    served = application(database)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())
    yield lambda path: loop.run_until_complete(served.client.get(path))
    loop.close()


PAGES = [
    ("/", 200, ["Chợ Gạo ra quân vận động", "Tiền Giang"]),
    ("/?q=tran+van+thu", 200, ["<b>Trần Văn Thử</b>"]),
    ("/?q=thu&field=officials&lang=en", 200, ["Officials (2)", "Nguyễn Văn Thủ"]),
    ("/?province=Ti%E1%BB%81n+Giang", 200, ["Chợ Gạo ra quân"]),
    ("/?q=khong+co+gi", 200, ["Không tìm thấy"]),
    ("/article?id=tg-1", 200, ['class="m locations"', "code 822", "rule: by-hand (0.90)", "/place/822"]),
    ("/official?name=Tr%E1%BA%A7n%20V%C4%83n%20Th%E1%BB%AD", 200, ["Ủy ban nhân dân huyện Chợ Gạo"]),
    ("/official?name=Tr%E1%BA%A7n%20V%C4%83n%20Th%E1%BB%AD", 200, ["/office?key=pho-chu-tich%40uy-ban-nhan-dan%3A822"]),
    ("/official?person=nobody", 404, []),
    (
        "/office?key=pho-chu-tich@uy-ban-nhan-dan:822",
        200,
        ["Phó Chủ tịch Ủy ban nhân dân huyện Chợ Gạo", "Trần Văn Thử"],
    ),
    ("/office?key=nothing", 404, []),
    ("/place/82", 200, ["Tỉnh Tiền Giang", "2025-07-01", "Tỉnh Đồng Tháp"]),
    ("/document?number=15/KH-UBND", 200, ["Kế hoạch số 15/KH-UBND"]),
    ("/charts", 200, ["BHYT", "<svg"]),
    ("/map", 200, ["<svg", "Tiền Giang: 1"]),
    ("/search.json?q=tien+giang", 200, ['"id": "tg-1"']),
    ("/search.csv?q=tien+giang", 200, ["tg-1", "kind,id,label"]),
    ("/news/officials.csv", 200, ["Trần Văn Thử"]),
    ("/article?id=none", 404, ["Không có trang này"]),
    ("/place/99", 404, []),
    ("/?page=x&year=abc&field=nope&q=%22", 200, []),
]


@pytest.mark.parametrize(("path", "status", "texts"), PAGES)
def test_web_pages(get, path: str, status: int, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    answer = get(path)
    assert answer.status_code == status
    for text in texts:
        assert text in answer.text, path


def test_web_escapes_markup_of_articles(get) -> None:  # type: ignore[no-untyped-def]
    for path in ("/", "/article?id=x%223", "/?q=tin+la"):
        page = get(path).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript:' not in page


def test_web_writes_nothing(get) -> None:  # type: ignore[no-untyped-def]
    assert get("/news?sql=delete+from+articles").status_code == 400
    assert "default-src 'none'" in get("/").headers["content-security-policy"]


def test_web_facets_hold_with_a_query(get) -> None:  # type: ignore[no-untyped-def]
    only = get("/search.json?q=thu&field=officials&province=H%C3%A0+N%E1%BB%99i").json()
    assert [h["id"] for h in only["hits"]] == ["hn-2"]


def test_web_segments_join_to_the_text() -> None:
    text = "Phó Chủ tịch UBND huyện Chợ Gạo dự"
    marks = [Mark(0, 31, "positions", "post"), Mark(18, 31, "locations", "place"), Mark(5, 5 + 3, "dates", "x")]
    found = segments(text, marks)
    assert "".join(s.text for s in found) == text
    assert [s.field for s in found][-2:] == ["locations", None]
    assert "post" in (found[-2].title or "")


@pytest.mark.skipif(shutil.which("chromium") is None, reason="needs chromium and chromium-driver (apt-get install)")
def test_web_in_a_real_browser(database: Path, tmp_path: Path) -> None:
    selenium = pytest.importorskip("selenium.webdriver", reason="needs selenium")
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    server = subprocess.Popen(
        [sys.executable, "-m", "extractor.cli", "serve", str(database), "--port", "0"],
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stderr is not None
        address = server.stderr.readline().split(" at ")[1].split(" ")[0]
        for _ in range(50):
            try:
                urlopen(address, timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        options = selenium.ChromeOptions()
        options.binary_location = str(shutil.which("chromium"))
        for flag in ("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
                     "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}"):  # fmt: skip
            options.add_argument(flag)
        options.add_experimental_option("prefs", {"download.default_directory": str(tmp_path)})
        service = selenium.ChromeService(executable_path=shutil.which("chromedriver"))
        browser = selenium.Chrome(options=options, service=service)
        try:
            browser.get(address)
            browser.find_element(By.NAME, "q").send_keys("tran van thu", Keys.ENTER)  # no accents, no mouse
            assert browser.find_element(By.CSS_SELECTOR, ".hit b").text == "Trần Văn Thử"
            browser.find_element(By.CSS_SELECTOR, ".hit h3 a").click()
            place = browser.find_element(By.CSS_SELECTOR, "a.m.locations")
            assert "822" in place.get_attribute("title")
            place.click()
            assert "Chợ Gạo" in browser.find_element(By.TAG_NAME, "h1").text
            browser.get(address)
            browser.find_element(By.LINK_TEXT, "Tiền Giang").click()  # a facet
            assert [h.text for h in browser.find_elements(By.CSS_SELECTOR, ".hit h3")] == ["Chợ Gạo ra quân vận động"]
            browser.find_element(By.LINK_TEXT, "CSV").click()
            deadline = time.time() + 10
            while not (tmp_path / "search.csv").exists() and time.time() < deadline:
                time.sleep(0.1)
            assert "tg-1" in (tmp_path / "search.csv").read_text(encoding="utf-8-sig")
        finally:
            browser.quit()
    finally:
        server.terminate()
        server.wait(10)
