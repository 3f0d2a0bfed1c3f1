"""The pages over a dataset, asked for in-process, and once in a real browser."""

from __future__ import annotations

import asyncio
import csv
import importlib.util
import io
import re
import sqlite3
from contextlib import closing
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from browsing import browser, downloaded, needs_browser, served

from dataset_records import records
from extractor.cli import main
from extractor.dataset.build import index
from extractor.dataset.cells import harmless
from extractor.dataset.search import open_readonly
from extractor.dataset.web import pages, places, plugin, queries
from extractor.dataset.web.app import SETTINGS, application, asgi
from extractor.dataset.web.guard import HarmlessCsv
from extractor.dataset.web.marks import Mark, lines, segments
from extractor.records import Record, sha256_of


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
    ("/search?q=tran+van+thu", 200, ["<mark>Trần Văn Thử</mark>"]),
    ("/search?q=thu&field=officials&lang=en", 200, ["Officials (2)", "Nguyễn Văn Thủ"]),
    ("/search?province=Ti%E1%BB%81n+Giang", 200, ["Chợ Gạo ra quân"]),
    ("/search?q=khong+co+gi", 200, ["Không tìm thấy"]),
    (
        "/article?id=tg-1",
        200,
        ['class="m locations"', "Huyện Chợ Gạo, Tiền Giang (822)", "by-hand", "90\u00a0%", "/place/822"],
    ),
    ("/official?name=Tr%E1%BA%A7n%20V%C4%83n%20Th%E1%BB%AD", 200, ["Ủy ban nhân dân huyện Chợ Gạo"]),
    ("/official?name=Tr%E1%BA%A7n%20V%C4%83n%20Th%E1%BB%AD", 200, ["/office?key=pho-chu-tich%40uy-ban-nhan-dan%3A822"]),
    ("/official?person=nobody", 404, []),
    (
        "/office?key=pho-chu-tich@uy-ban-nhan-dan:822",
        200,
        ["Phó Chủ tịch Ủy ban nhân dân huyện Chợ Gạo", "Trần Văn Thử"],
    ),
    ("/office?key=nothing", 404, []),
    ("/place/82", 200, ["Tỉnh Tiền Giang", "1/7/2025", "Tỉnh Đồng Tháp"]),
    ("/document?number=15/KH-UBND", 200, ["Kế hoạch số 15/KH-UBND"]),
    ("/charts", 200, ["BHYT", "<svg"]),
    ("/map", 200, ["<svg", "Tiền Giang"]),
    ("/figures?in=82", 200, ["Huyện Chợ Gạo, Tiền Giang"]),
    ("/search.json?q=tien+giang", 200, ['"id": "tg-1"']),
    ("/search.csv?q=tien+giang", 200, ["tg-1", "kind,id,label"]),
    ("/news/officials.csv", 200, ["Trần Văn Thử"]),
    ("/article?id=none", 404, ["Không có trang này"]),
    ("/place/99", 404, []),
    ("/search?page=x&year=abc&field=nope&q=%22", 200, []),
    ("/search?page=%C2%B2", 200, []),  # W1: a digit that is no number
    ("/search?page=0&year=%D9%A3", 200, []),
    ("/search?q=" + "a+" * 33, 400, ["nhiều nhất 32 chữ"]),  # H1
    ("/search.json?lang=en&q=" + "a" * 501, 400, ["500 characters"]),
    ("/news?sql=select+1", 403, []),  # arbitrary SQL is off
]


@pytest.mark.parametrize(("path", "status", "texts"), PAGES)
def test_web_pages(get, path: str, status: int, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    answer = get(path)
    assert answer.status_code == status
    for text in texts:
        assert text in answer.text, path


def test_web_escapes_markup_of_articles(get) -> None:  # type: ignore[no-untyped-def]
    for path in ("/", "/article?id=x%223", "/search?q=tin+la"):
        page = get(path).text
        assert "<script>" not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript:' not in page


def test_web_writes_nothing(get) -> None:  # type: ignore[no-untyped-def]
    assert get("/news?sql=delete+from+articles").status_code == 400


def test_web_facets_hold_with_a_query(get) -> None:  # type: ignore[no-untyped-def]
    only = get("/search.json?q=thu&field=officials&province=H%C3%A0+N%E1%BB%99i").json()
    assert [h["label"] for h in only["hits"]] == ["Nguyễn Văn Thủ"]


def test_web_segments_join_to_the_text() -> None:
    text = "Phó Chủ tịch UBND huyện Chợ Gạo dự"
    marks = [Mark(0, 31, "positions"), Mark(18, 31, "locations", True), Mark(5, 5 + 3, "dates")]
    found = segments(text, marks)
    assert "".join(s.text for s in found) == text
    assert [(s.field, s.mark, s.anchor) for s in found] == [
        ("positions", 0, 0), ("dates", 5, 5), ("positions", 0, None), ("locations", 18, 18), (None, None, None),
    ]  # fmt: skip
    assert [s.weak for s in found] == [False, False, False, True, False]


@given(st.text("ab \n\t", max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)), max_size=6))
def test_web_lines_hold_all_words_and_every_anchor(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(a, min(a + n, len(text)), "dates") for a, n in spans if a < len(text)]
    found = lines(segments(text, marks))
    assert " ".join("".join(s.text for s in line) for line in found).split() == text.split()
    anchors = [s.anchor for line in found for s in line if s.anchor is not None]
    assert len(anchors) == len(set(anchors))
    assert {m.start for m in marks if text[m.start : m.end].split("\n")[0].strip()} <= set(anchors)


def asked(app, path: str, host: str = "localhost"):  # type: ignore[no-untyped-def]
    """Status, headers and body of a request to an ASGI application."""
    httpx = pytest.importorskip("httpx")

    async def ask():  # type: ignore[no-untyped-def]
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            return await client.get(path, headers={"host": host})

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("listens", "names", "host", "status"),
    [
        ("127.0.0.1", (), "localhost:8001", 200),
        ("127.0.0.1", (), "127.0.0.1", 200),
        ("127.0.0.1", (), "[::1]:8001", 200),
        ("127.0.0.1", (), "attacker.example", 421),
        ("127.0.0.1", (), "10.0.0.7", 421),
        ("127.0.0.1", (), "", 421),
        ("127.0.0.1", (), "127.0.0.1:8001@attacker.example", 421),
        ("127.0.0.1", (), "localhost, attacker.example", 421),
        ("127.0.0.1", (), "127.0.0.1.attacker.example", 421),
        ("0.0.0.0", (), "10.0.0.7:8001", 200),
        ("0.0.0.0", (), "attacker.example", 421),
        ("0.0.0.0", ("news.example",), "News.example:80", 200),
        ("10.0.0.7", (), "10.0.0.7", 200),
    ],
)
def test_web_answers_under_its_own_names(
    database: Path, listens: str, names: tuple[str, ...], host: str, status: int
) -> None:
    """W6: a page elsewhere whose name is made to point here gets nothing."""
    assert asked(asgi(database, host=listens, names=names), "/", host).status_code == status


_OURS = (
    "/",
    "/search?q=bhyt",
    "/article?id=a",
    "/official?name=x",
    "/place/80",
    "/document?number=1",
    "/charts",
    "/map",
)
_OTHERS = (
    "/search.json?q=bhyt",
    "/search.csv?q=bhyt",
    "/extractor.css",
    "/news",
    "/news/officials",
    "/news/officials/1",
    "/news/officials.json",
    "/news/officials.csv",
    "/news/articles.csv?_stream=on&_dl=on",
    "/-/static/app.css",
    "/-/versions.json",
    "/nowhere",
    "/article?id=no",
    "/office?key=no",
    "/place/99999",
    "/search?q=" + "a" * 600,
)


@pytest.mark.parametrize("path", [*_OURS, *_OTHERS])
@pytest.mark.parametrize("host", ["localhost", "attacker.example"])
def test_web_headers_stand_on_all_pages(database: Path, path: str, host: str) -> None:
    """W6: ours, Datasette's, data, files of style, errors, and what is refused."""
    answer = asked(asgi(database, host="127.0.0.1"), path, host)
    assert answer.status_code < 500
    assert (answer.status_code == 421) == (host != "localhost")
    headers = answer.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-frame-options"] == "DENY"
    if host == "localhost":
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        if headers["content-type"].startswith("text/html"):
            assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    ["/news.json?sql=select+1", "/news?sql=select+1", "/news.csv?sql=select+1"],
)
def test_web_takes_no_sql_of_visitors(database: Path, path: str) -> None:
    """W6, H5: unless it is started with --sql; `_where` and `_extra` of Datasette's tables are no way round it."""
    app = asgi(database, host="127.0.0.1")
    assert asked(app, path).status_code in (302, 403, 404), path
    assert asked(app, "/news/articles.json?_where=1=1").status_code in (400, 403)


@pytest.mark.parametrize(
    ("host", "warned"), [("127.0.0.1", False), ("localhost", False), ("0.0.0.0", True), ("10.0.0.7", True)]
)
def test_serve_warns_at_other_addresses(
    database: Path, host: str, warned: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """W6: whoever lets other machines in reads that there are no accounts."""
    from extractor.dataset.web import app

    given: dict[str, object] = {}
    monkeypatch.setattr(app, "run", lambda path, **named: given.update(named))
    assert main(["serve", str(database), "--host", host, "--port", "0"]) == 0
    said = capsys.readouterr().err
    assert ("everyone who reaches this machine" in said) == warned, said
    assert given["sql"] is False


@pytest.mark.slow
def test_web_under_load(database: Path) -> None:
    """H1: readers who ask at once, long queries among them, all get an answer that is no error of the server."""
    spec = importlib.util.spec_from_file_location("load", Path(__file__).parents[1] / "benchmarks" / "load.py")
    assert spec is not None
    assert spec.loader is not None
    load = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(load)
    seen = load.measure(database, 5, 8)
    assert {kind for kind, _, _, _ in seen} >= {"search", "long", "article", "official", "table"}
    assert {status for _, _, status, _ in seen} <= {200, 400, 404, 503}
    assert sum(status == 200 for _, _, status, _ in seen) > len(seen) / 2


def test_web_csv_holds_no_formulas(tmp_path: Path) -> None:
    """W3: in ours and in Datasette's; numbers, quotes, line ends and marks within a cell stay."""
    bad = records()[0].model_copy(
        update={"id": "=cmd|' /C calc'!A0", "title": '@SUM(1)\r\n"=2"', "source": "-5", "url": "a,=b"}
    )
    (tmp_path / "r.jsonl").write_text(bad.model_dump_json() + "\n", encoding="utf-8")
    index(tmp_path / "r.jsonl", tmp_path / "news.db")
    app = asgi(tmp_path / "news.db", host="127.0.0.1")
    for path in ("/search.csv?q=tien+giang", "/news/articles.csv", "/news/articles.csv?_stream=on&_dl=on"):
        text = asked(app, path).content.decode("utf-8-sig")
        [row] = csv.DictReader(io.StringIO(text, newline=""))
        assert row["id"] == "'=cmd|' /C calc'!A0", path
        assert row["title"] == '\'@SUM(1)\r\n"=2"'
        if "source" in row:
            assert (row["source"], row["url"]) == ("-5", "a,=b")


def test_web_csv_of_a_table_is_whole_where_a_page_of_it_is_not(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """W5: the button of a table's page says how many rows there are, and gives them."""
    monkeypatch.setitem(SETTINGS, "max_returned_rows", 2)
    app = asgi(database, host="127.0.0.1")
    page = asked(app, "/news/articles").text
    [(address, said)] = re.findall(r'href="(/news/articles\.csv[^"]*)">CSV · [^<]*?(\d+)[\xa0 ]', page)
    text = asked(app, unescape(address)).content.decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text, newline="")))) == int(said) == 3


_CELL = st.text(st.sampled_from('=+-@\t\r\n,"aĐ1'), max_size=6)


@given(st.lists(st.lists(_CELL, min_size=1, max_size=4), max_size=6), st.integers(1, 9))
def test_web_csv_is_mended_in_any_pieces(rows: list[list[str]], size: int) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    data, mender = out.getvalue().encode(), HarmlessCsv()
    pieces = [data[n : n + size] for n in range(0, len(data), size)] or [b""]
    mended = b"".join(mender.feed(piece, n == len(pieces) - 1) for n, piece in enumerate(pieces))
    wanted = [[harmless(cell) for cell in row] for row in csv.reader(io.StringIO(out.getvalue(), newline=""))]
    assert mended.startswith(b"\xef\xbb\xbf") == bool(pieces)
    assert list(csv.reader(io.StringIO(mended.decode("utf-8-sig"), newline=""))) == wanted


def test_web_sql_is_bounded(database: Path) -> None:
    """H5: with --sql, no value of a gigabyte, no endless query; H1: no page of ours that takes long."""
    app = asgi(database, host="127.0.0.1", sql=True)
    assert asked(app, "/news.json?sql=select+1&_shape=array").json() == [{"1": 1}]
    assert asked(app, "/news.json?sql=select+length(randomblob(1000000000))").status_code == 400
    endless = "with+recursive+n(x)+as+(select+1+union+all+select+x%2b1+from+n)+select+max(x)+from+n"
    assert asked(app, f"/news.json?sql={endless}").json()["status"] == 503


def test_web_keeps_no_more_rows_than_fit(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists of hits are kept for the next page, but not those of a day's queries side by side."""
    monkeypatch.setattr(queries, "_ROWS", 1_000)
    looked: list[int] = []

    def look(number: int) -> list[int]:
        looked.append(number)
        return [number] * 300

    with closing(sqlite3.connect(database)) as db:
        for number in (0, 1, 0, 2, 0, 3, 0):
            assert queries.remembered(db, ("found", number), lambda number=number: look(number))[0] == number  # type: ignore[misc]
    assert looked == [0, 1, 2, 3, 0]


def test_web_place_tells_names_with_commas(tmp_path: Path) -> None:
    text = "Đoàn về xã Đạo Thạnh, Mỹ Tho, Tiền Giang họp."
    quote = "xã Đạo Thạnh, Mỹ Tho"
    start = text.index(quote)
    place = records()[0].locations[0].model_copy(update={"start": start, "end": start + len(quote), "text": quote})
    record = Record(id="a", text=text, sha256=sha256_of(text), locations=(place,))
    (tmp_path / "r.jsonl").write_text(record.model_dump_json() + "\n", encoding="utf-8")
    index(tmp_path / "r.jsonl", tmp_path / "news.db")
    with closing(open_readonly(tmp_path / "news.db")) as db:
        page = places.place_file(db, {"code": "822", "lang": "vi", "format": "csv"})
    assert page is not None
    assert f'"{quote}"' in page["file"][0].decode()


def test_web_page_that_takes_too_long_is_given_up(get, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    """H1: a page of ours has a time limit in the database."""
    monkeypatch.setattr(plugin, "_SECONDS", -1.0)
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 9999999) SELECT max(x) FROM n"
    monkeypatch.setattr(pages, "remembered", lambda db, key, look: db.execute(endless).fetchall())
    answer = get("/search")
    assert answer.status_code == 503
    assert "Câu hỏi mất quá nhiều thời gian" in answer.text


def test_web_sees_what_is_added_and_another_file(tmp_path: Path) -> None:
    """W5: a part indexed into the file, and a new file in its place, while it is served."""

    def write(name: str, some: list) -> Path:  # type: ignore[type-arg]
        (tmp_path / name).write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
        return tmp_path / name

    first, second, third = records()
    index(write("1.jsonl", [first]), tmp_path / "news.db")
    app = asgi(tmp_path / "news.db", host="127.0.0.1")

    def listed() -> set[str]:
        return {hit["id"] for hit in asked(app, "/search.json").json()["hits"]}

    assert listed() == {first.id}
    index(write("2.jsonl", [second]), tmp_path / "news.db")
    assert listed() == {first.id, second.id}
    (tmp_path / "news.db").unlink()
    index(write("3.jsonl", [third]), tmp_path / "news.db")
    assert listed() == {third.id}


@pytest.mark.parametrize("damage", ["foreign", "empty", "text", "cut", "page"])
def test_serve_refuses_other_and_damaged_files(
    database: Path, tmp_path: Path, damage: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """W4: a sentence at the start, no page that answers 500."""
    path = tmp_path / "x.db"
    data = bytearray(database.read_bytes())
    if damage == "foreign":
        with sqlite3.connect(path) as db:
            db.execute("CREATE TABLE entries (x)")
    elif damage == "page":
        for at in range(4096 * 3, len(data) - 4096, 4096):
            data[at : at + 64] = bytes(64)
    path.write_bytes({"empty": b"", "text": b"no database" * 999, "cut": bytes(data[: len(data) // 2]), "page": bytes(data)}.get(
        damage, path.read_bytes() if path.exists() else b""))  # fmt: skip
    assert main(["serve", str(path), "--port", "0"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "extractor index" in said


@needs_browser
def test_web_in_a_real_browser(database: Path, tmp_path: Path) -> None:
    pytest.importorskip("selenium", reason="needs selenium")
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    with served(database) as address, browser(tmp_path) as page:
        page.implicitly_wait(10)
        page.get(address)
        page.find_element(By.NAME, "q").send_keys("tran van thu", Keys.ENTER)  # no accents, no mouse
        assert page.find_element(By.CSS_SELECTOR, ".hit mark").text == "Trần Văn Thử"
        page.find_element(By.CSS_SELECTOR, ".hit h3 a").click()
        page.find_element(By.CSS_SELECTOR, "a.m.locations").click()  # the panel beside it, no script
        [shown] = [p for p in page.find_elements(By.CSS_SELECTOR, ".why") if p.is_displayed()]
        assert "822" in shown.text
        shown.find_element(By.CSS_SELECTOR, ".go a").click()
        assert "Chợ Gạo" in page.find_element(By.TAG_NAME, "h1").text
        page.get(address)
        page.find_element(By.LINK_TEXT, "Tiền Giang").click()  # a facet
        assert [h.text for h in page.find_elements(By.CSS_SELECTOR, ".hit h3")] == ["Chợ Gạo ra quân vận động"]
        page.find_element(By.PARTIAL_LINK_TEXT, "CSV").click()
        assert "tg-1" in downloaded(tmp_path, "articles.csv").decode("utf-8-sig")
