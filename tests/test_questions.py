"""The ten questions of `docs/questions.md`, asked of its fifteen invented articles: by SQL, on pages, by clicks in a browser."""

from __future__ import annotations

import ast
import asyncio
import re
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import browser, needs_browser, served

from extractor.cli import main

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "questions.md"
_SQL = re.compile(r'^sql = """(.+?)"""\ndb\.execute\(sql\)\.fetchall\(\)  # ([^\n]+)$', re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("questions")
    assert main(["extract", str(ROOT / "docs" / "questions.jsonl"), "-o", str(folder / "records.jsonl")]) == 0
    assert main(["index", str(folder / "records.jsonl"), "-o", str(folder / "news.db")]) == 0
    return folder / "news.db"


def test_each_question_has_a_command_and_a_query_that_answers(database: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == 10
    asked = _SQL.findall(text)
    assert len(asked) == 10
    with sqlite3.connect(database) as db:
        for sql, shown in asked:
            answer = db.execute(sql).fetchall()
            assert answer, sql
            assert answer == ast.literal_eval(shown), sql


@pytest.mark.parametrize(
    ("field", "query", "said"),
    [
        ("offices", "chủ tịch ủy ban nhân dân tỉnh Nam Định", "Trịnh Thu Nhàn"),
        ("persons", "phan huy tao", "Giám đốc Bảo hiểm xã hội huyện Hải Hậu"),
        ("citations", "48/KH-UBND", "khong-ngay"),
        ("units", "xa nam my", "Phường Vị Khê"),
    ],
)
def test_commands_answer(database: Path, capsys: pytest.CaptureFixture[str], field: str, query: str, said: str) -> None:
    assert main(["search", str(database), query, "--field", field]) == 0
    assert said in capsys.readouterr().out


def test_a_number_that_nobody_cites_leads_to_near_ones(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", str(database), "49/KH-UBND", "--field", "citations"]) == 1
    assert "near: Kế hoạch 48/KH-UBND" in capsys.readouterr().err


@pytest.fixture(scope="module")
def get(database: Path) -> Iterator[Any]:
    pytest.importorskip("datasette", reason="needs the extra 'serve'")
    from extractor.dataset.web.app import application

    served = application(database)
    loop = asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())

    def text(path: str) -> str:
        answer = loop.run_until_complete(served.client.get(path))
        assert answer.status_code == 200, path
        return str(answer.text)

    yield text
    loop.close()


OFFICE = "/office?key=chu-tich@uy-ban-nhan-dan:36"


def test_an_office_shows_its_holders_in_order_and_the_window_between_them(get: Any) -> None:
    page = get(OFFICE)
    drawn = page[page.index("<svg") : page.index("</figure>")]
    order = [drawn.index(f">{name}</text>") for name in ("Đoàn Bá Khải", "Trịnh Thu Nhàn", "Vũ Đình Lương")]
    assert order == sorted(order)
    assert 'opacity="0.22"' in drawn  # the stretch in which the third must have followed the second
    assert "14/12/2020" in drawn
    assert "Phó Chủ tịch" in page[page.index("Chức vụ khác") :]


def test_a_person_has_a_lane_a_post_with_a_look_for_what_is_known(get: Any) -> None:
    page = get("/official?name=Tr%E1%BB%8Bnh%20Thu%20Nh%C3%A0n")
    assert "thấy lần đầu" not in page[: page.index("<figure")].split("note")[0]  # seen days are no term
    assert "14/12/2020 – …" in page  # stated
    assert "đã thôi trước 15/12/2020" in page  # the post of before, known only to be over
    assert "1 bài không ngày" in page.replace("\xa0", " ")
    assert page.count("<blockquote") >= 3
    assert "officials." in page  # the rule that read the name, with its confidence


def test_the_article_s_province_is_not_the_post_s(get: Any) -> None:
    page = get("/official?name=Phan%20Huy%20T%E1%BA%A1o")
    for sub in re.findall(r'<section class="post".*?</header>', page, re.DOTALL):
        assert "· Nam Định" not in sub


def test_a_unit_and_its_successor_show_the_same_articles(get: Any) -> None:
    for code in ("13969", "13972"):
        page = get(f"/place/{code}")
        assert "Xã Nam Mỹ trồng hoa bên sông" in page
        assert "Phường Vị Khê những ngày đầu" in page
    assert 'href="/place/13972"' in get("/place/13969")
    assert 'href="/place/13969"' in get("/place/13972")
    assert 'href="/place/37"' in get("/place/36")


def test_a_province_lists_its_districts_of_a_year(get: Any) -> None:
    table = get("/place/36?year=2024").split('id="below"')[1].split("</section>")[0]
    assert [name in table for name in ("Huyện Nam Trực", "Huyện Hải Hậu", "Huyện Ý Yên")] == [True] * 3
    assert "93,1" in table
    assert "của từng đơn vị trực thuộc" in get("/place/01")  # none, and it is said


def test_one_page_a_document_however_its_number_is_written(get: Any) -> None:
    page = get("/document?number=48/KH-UBND")
    assert page.count("<blockquote") == 3
    assert "không ngày" in page
    assert "48/KH-UBND" in get("/search?q=49%2FKH-UBND&field=documents")  # near
    assert "Kế hoạch 48/KH-UBND" in get("/documents?year=none")


# What one clicks from the first page, and what then stands there. A pair ("type", words) is a search.
WALKS: dict[int, tuple[list[tuple[str, str]], str]] = {
    1: ([("link", "Địa danh"), ("link", "Tỉnh Nam Định")], "91,2 %"),
    2: ([("link", "Địa danh"), ("link", "Tỉnh Nam Định"), ("link", "2024")], "Con số năm 2024"),
    3: (
        [("link", "Địa danh"), ("link", "Tỉnh Nam Định"), ("link", "Chủ tịch Ủy ban nhân dân tỉnh Nam Định")],
        "Trịnh Thu Nhàn",
    ),
    4: ([("link", "Cán bộ"), ("link", "Phan Huy Tạo")], "Giám đốc Bảo hiểm xã hội huyện Hải Hậu"),
    5: ([("link", "Văn bản"), ("link", "Kế hoạch 48/KH-UBND")], "Nam Định rà soát việc thực hiện kế hoạch"),
    6: ([("link", "Số liệu"), ("choose", "BHXH_TN.participants.person"), ("button", "Xem")], "1,78 triệu người"),
    7: ([("link", "Số liệu")], "còn thiếu 1,6"),
    8: ([("type", "nam my"), ("link", "Xã Nam Mỹ"), ("link", "Phường Vị Khê")], "Xã Nam Mỹ trồng hoa bên sông"),
    9: ([("link", "Số liệu"), ("summary", "Tải về, chia sẻ")], "CSV"),
    10: ([("link", "Số liệu"), ("link", "Mở bài ở câu này")], "93,4%"),
}


@needs_browser
def test_each_answer_is_three_clicks_away(database: Path, tmp_path: Path) -> None:
    with served(database) as address, browser(tmp_path) as page:
        for number, (steps, answer) in WALKS.items():
            assert len(steps) <= 3
            page.get(address)
            for step in steps:
                _patiently(lambda step=step: _do(page, *step))
            shown = _patiently(lambda: page.find_element("tag name", "main").text.replace("\xa0", " "))
            assert answer in shown, (number, page.current_url, shown[:600])
            assert page.execute_script("return document.documentElement.scrollWidth") <= 1280
            assert page.save_screenshot(str(tmp_path / f"question-{number}.png"))
    assert len(list(tmp_path.glob("question-*.png"))) == 10


def _patiently(act: Callable[[], Any]) -> Any:
    """Do something once the page that is being left is gone."""
    from selenium.common.exceptions import StaleElementReferenceException

    for _ in range(50):
        try:
            return act()
        except StaleElementReferenceException:
            time.sleep(0.2)
    raise AssertionError("the page does not come to rest")


def _do(browser: Any, kind: str, words: str) -> None:
    from selenium.webdriver.common.keys import Keys
    from selenium.webdriver.support.ui import Select

    browser.implicitly_wait(10)
    before = browser.current_url
    if kind == "type":
        browser.find_element("name", "q").send_keys(words, Keys.ENTER)
    elif kind == "choose":
        Select(browser.find_element("css selector", "main form select")).select_by_value(words)
    elif kind == "button":
        browser.find_element("xpath", f"//main//button[normalize-space()='{words}']").click()
    elif kind == "summary":
        browser.find_element("xpath", f"//summary[normalize-space()='{words}']").click()
    else:
        _visible(browser.find_elements("xpath", f"//a[starts-with(normalize-space(), '{words}')]")).click()
    deadline = time.time() + 10
    while kind in ("type", "button", "link") and browser.current_url == before and time.time() < deadline:
        time.sleep(0.1)


def _visible(found: list[Any]) -> Any:
    """The link that says the least beyond the words asked for."""
    return min((one for one in found if one.is_displayed()), key=lambda one: len(one.text))
