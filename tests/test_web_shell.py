"""The shell of the web pages: languages, links, downloads, errors, Datasette's own pages in it."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from browsing import browser, needs_browser, served

from dataset_records import records
from extractor.dataset.build import index
from extractor.dataset.web import words as words_module
from extractor.dataset.web.app import asgi
from extractor.dataset.web.formats import formats
from extractor.dataset.web.links import Links
from extractor.dataset.web.words import Words, words
from extractor.palette import css_variables, palette
from extractor.records import Comparator, EventKind, Level, Record, Status, Unit
from extractor.rules.sets import patterns_dir

HOME = Path(words_module.__file__).parent
TEMPLATES = sorted((HOME / "templates").glob("*.html"))


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shell")
    many = [*records(), *_many(120)]
    (folder / "r.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in many), encoding="utf-8")
    index(folder / "r.jsonl", folder / "tin tức.db")
    return folder / "tin tức.db"


def _many(number: int) -> list[Record]:
    """Articles enough for several pages of every table."""
    first = records()[0]
    return [first.model_copy(update={"id": f"more-{n:03d}"}) for n in range(number)]


@pytest.fixture(scope="module")
def get(database: Path):  # type: ignore[no-untyped-def]
    httpx = pytest.importorskip("httpx")
    loop = asyncio.new_event_loop()
    transport = httpx.ASGITransport(app=asgi(database, host="127.0.0.1"))
    client = httpx.AsyncClient(transport=transport, base_url="http://localhost")
    yield lambda path: loop.run_until_complete(client.get(path))
    loop.run_until_complete(client.aclose())
    loop.close()


@pytest.mark.parametrize(
    ("lang", "value", "unit", "written"),
    [
        ("vi", 31000.0, "person", "31.000 người"),
        ("vi", 92.4, "percent", "92,4 %"),
        ("vi", -0.5, "percentage_point", "−0,5 điểm phần trăm"),
        ("vi", 1082.0, "card", "1.082 thẻ"),
        ("en", 31000.0, "person", "31,000 people"),
        ("en", 1.0, "person", "1 person"),
        ("en", 92.4, "percent", "92.4%"),
        ("en", 2.0, "household", "2 households"),
    ],
)
def test_quantities(lang: str, value: float, unit: str, written: str) -> None:
    assert formats(lang).quantity(value, unit).replace("\u00a0", " ") == written


@pytest.mark.parametrize(
    ("timex", "vietnamese", "english"),
    [
        ("2026-06-18", "18/6/2026", "18 June 2026"),
        ("2026-06", "6/2026", "June 2026"),
        ("2018", "2018", "2018"),
        ("2018-Q3", "quý III/2018", "Q3 2018"),
        ("2018-H1", "6 tháng đầu năm 2018", "first half of 2018"),
        ("2016/2020", "2016–2020", "2016–2020"),
        ("2018-01/2018-04", "1/2018 – 4/2018", "January 2018 – April 2018"),
        ("XXXX-04-23", "23/4 (không rõ năm)", "23 April (year unknown)"),
        ("XXXX-04", "tháng 4 (không rõ năm)", "April (year unknown)"),
        ("XXXX", "không rõ năm", "year unknown"),
        ("XXXX-Q1", "không rõ năm", "year unknown"),
        ("2018-W07", "tuần 7/2018", "week 7 of 2018"),
        ("", "", ""),
    ],
)
def test_periods(timex: str, vietnamese: str, english: str) -> None:
    assert formats("vi").period(timex) == vietnamese
    assert formats("en").period(timex) == english


def test_values_keep_their_doubt_and_their_sign() -> None:
    row = {"value": 85.0, "value_max": None, "unit": "percent", "indicator": "coverage_rate", "comparator": "gt"}
    assert formats("vi").value(row).replace("\u00a0", " ") == "trên 85 %"
    assert formats("en").value(row | {"comparator": "approx"}).replace("\u00a0", " ") == "about 85%"
    change = row | {"indicator": "change", "comparator": "eq", "value": 1.5}
    assert formats("vi").value(change).replace("\u00a0", " ") == "+1,5 %"
    between = row | {"comparator": "eq", "value": 1000.0, "value_max": 1200.0, "unit": "card"}
    assert formats("vi").value(between).replace("\u00a0", " ") == "1.000 – 1.200 thẻ"


def test_every_text_of_a_template_is_there_and_none_is_a_method() -> None:
    texts = words_module._texts()
    assert not set(texts) & set(dir(Words))
    for path in TEMPLATES:
        used = re.findall(r"\bt\.([a-z_]+)\b(?!\()", path.read_text(encoding="utf-8"))
        used += re.findall(r"\bt\.fill\('([a-z_]+)'", path.read_text(encoding="utf-8"))
        assert set(used) <= set(texts), (path.name, set(used) - set(texts))


def test_texts_fill_the_same_gaps_in_both_languages() -> None:
    for key, (vietnamese, english) in words_module._texts().items():
        assert vietnamese, key
        assert english, key
        assert set(re.findall(r"\{\w+\}", vietnamese)) == set(re.findall(r"\{\w+\}", english)), key


def test_every_code_of_the_records_has_words() -> None:
    from typing import get_args

    import yaml

    def load_rows(name: str) -> list[dict[str, str]]:
        return yaml.load((patterns_dir() / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)

    wanted = [("unit", c) for c in get_args(Unit)] + [("status", c) for c in get_args(Status)]
    wanted += [("comparator", c) for c in get_args(Comparator)] + [("level", c) for c in get_args(Level)]
    wanted += [("event", c) for c in get_args(EventKind)]
    wanted += [("group", row["id"]) for row in load_rows("groups")]
    wanted += [("programme", row["programme"]) for row in load_rows("programmes")]
    for row in load_rows("indicators"):
        wanted += [("indicator", row[name]) for name in ("count", "percent") if row.get(name) not in (None, "none")]
    assert [code for code in wanted if code not in words_module._codes()] == []


def test_columns_of_all_tables_have_names() -> None:
    from extractor.batch.layout import TABLES
    from extractor.dataset.schema import all_columns

    names = {column for table in TABLES for column in all_columns(table)}
    assert names <= set(words_module._columns())
    assert words("vi").column("my_own") == "my_own"


def test_links_keep_the_language() -> None:
    url = Links("en", "news", "/search", {"q": "a&b", "lang": "en", "page": "3"})
    assert url("/article", "m3", id="x y") == "/article?id=x+y&lang=en#m3"
    assert url.here(page=4) == "/search?q=a%26b&page=4&lang=en"
    assert url.here(page="") == "/search?q=a%26b&lang=en"
    assert url.table("figures", programme="BHYT") == "/news/figures?programme=BHYT&_lang=en"
    assert url.data("figures", "csv", id="a") == "/news/figures.csv?id=a"
    assert url.other() == "/search?q=a%26b&page=3"
    assert Links("vi", "news", "/search", {"q": "a"}).other() == "/search?q=a&lang=en"


def _links(page: str) -> list[str]:
    return [unescape(a) for a in re.findall(r'<a [^>]*?href="([^"]*)"', page)]


def test_english_is_kept_on_every_link(get) -> None:  # type: ignore[no-untyped-def]
    """W10: whatever is followed from an English page is English: ours, Datasette's tables, rows, and errors."""
    todo, seen = ["/?lang=en", "/search?q=thu&lang=en", "/nowhere?lang=en"], set()
    while todo:
        address = todo.pop()
        path = urlsplit(address).path
        kind = re.sub(r"[0-9]+", "0", path)
        if kind in seen:
            continue
        seen.add(kind)
        page = get(address)
        if "text/html" not in page.headers["content-type"]:
            continue
        assert '<html lang="en">' in page.text, address
        other = re.search(r'<a class="lang" href="([^"]*)"', page.text)
        assert other
        for link in _links(page.text):
            parts = urlsplit(link)
            if parts.netloc or not parts.path or re.search(r"\.(csv|json|css|tsv)$", parts.path):
                continue
            if link == unescape(other[1]):
                continue
            assert parse_qs(parts.query).get("_lang", parse_qs(parts.query).get("lang")) == ["en"], (address, link)
            todo.append(link)
    assert {"/article", "/search", "/official", "/place/0"} <= seen
    assert any(path.startswith("/tin+t~") and path.endswith("/figures") for path in seen), seen


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "path", ["/nowhere", "/article?id=no", "/place/99999", "/other_db/table", "/-/nothing", "/a.b/c"]
)
def test_wrong_addresses_are_pages_of_ours(get, path: str, lang: str) -> None:  # type: ignore[no-untyped-def]
    """W11: in the language, with a way back."""
    answer = get(path + ("&" if "?" in path else "?") + f"lang={lang}")
    assert answer.status_code == 404
    assert words(lang).not_found in answer.text
    assert f'<html lang="{lang}">' in answer.text
    assert "Datasette" not in answer.text


def test_a_wrong_name_gets_those_that_are_near(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/official?name=Tran+Van+Thuu&lang=en").text
    assert "Did you mean" in page
    assert "Trần Văn Thử" in page
    assert 'value="Tran Van Thuu"' in page


def test_errors_of_data_are_data(get) -> None:  # type: ignore[no-untyped-def]
    assert get("/nowhere.json").json()["status"] == 404
    answer = get("/search.csv?q=" + "a" * 600)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "text/plain; charset=utf-8")


@pytest.mark.parametrize("table", ["articles", "figures", "officials", "figures_panel", "person_posts"])
def test_downloads_are_whole(get, database: Path, table: str) -> None:  # type: ignore[no-untyped-def]
    """W5: all rows, a name, the mark of UTF-8; a part only where a part is asked for."""
    base = Links("vi", database.stem).data(table)
    answer = get(base)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    assert answer.content.count(b"\xef\xbb\xbf") == 1
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"{table}.csv" in answer.headers["content-disposition"]
    count = get(base.replace(".csv", ".json") + "?_size=1").json()["filtered_table_rows_count"]
    assert len(list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))) == count + 1
    part = get(base + "?_size=5").content.decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(part)))) == min(5, count) + 1


def test_tables_are_in_the_shell_and_the_language(get, database: Path) -> None:  # type: ignore[no-untyped-def]
    url = Links("vi", database.stem)
    listed = get(url.tables()).text
    assert "Số liệu" in listed
    for internal in ("origins", "parts", "words_data"):
        assert internal not in listed
    page = get(url.table("figures")).text
    assert "Chương trình" in page
    assert "91,5" in page
    assert "bảo hiểm y tế" in page
    assert url.article("tg-1") in page
    assert "<script" not in page + listed
    assert "Kế hoạch" in get(url.table("documents") + "/1").text


def test_the_sample_says_that_it_is_invented(tmp_path: Path) -> None:
    """The notice comes from the texts, whatever the file is called; a collection of others has none."""
    import json

    from extractor.records import sha256_of
    from extractor.sample import sample_folder

    lines = (sample_folder() / "gold" / "sample_articles.jsonl").read_text(encoding="utf-8").splitlines()
    text = json.loads(lines[0])["text"]
    sample = Record(id="s", text=text, sha256=sha256_of(text))
    found = {}
    for name, some in (("all", [sample]), ("part", [sample, records()[0]]), ("none", [records()[0]])):
        (tmp_path / f"{name}.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
        index(tmp_path / f"{name}.jsonl", tmp_path / f"{name}.db")
        found[name] = _asked(asgi(tmp_path / f"{name}.db", host="127.0.0.1"), "/").text
    assert words("vi").invented in found["all"]
    assert words("vi").fill("invented_part", n="1\u00a0bài") in found["part"]
    assert 'class="invented"' not in found["none"]


def _asked(app, path: str):  # type: ignore[no-untyped-def]
    httpx = pytest.importorskip("httpx")

    async def ask():  # type: ignore[no-untyped-def]
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://localhost") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_fonts_are_free_and_small(get) -> None:  # type: ignore[no-untyped-def]
    fonts = sorted((HOME / "fonts").glob("*.woff2"))
    assert 0 < sum(f.stat().st_size for f in fonts) <= 150_000
    licences = "".join(p.read_text(encoding="utf-8") for p in (HOME / "fonts").glob("OFL-*.txt"))
    assert licences.count("SIL OPEN FONT LICENSE Version 1.1") == 2
    style = get("/extractor.css").text
    for font in fonts:
        assert f"/fonts/{font.name}" in style
        assert get(f"/fonts/{font.name}").content == font.read_bytes()
    assert get("/fonts/none.woff2").status_code == 404


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_read_in_both_lights() -> None:
    """Text and lines of charts against what they stand on: at least 4.5 (WCAG AA)."""
    colours = palette()
    fields = ("official", "position", "date", "place", "document", "figure")
    pairs = [
        (name, "paper") for name in ("ink", "soft", "accent", "warn", "series-1", "series-2", "series-3", "series-4")
    ]
    pairs += [(name, "card") for name in ("soft", "accent", "series-1", "series-2")] + [("accent-ink", "accent")]
    pairs += (
        [(name, "paper") for name in fields] + [("ink", f"{name}-wash") for name in fields] + [("warn", "warn-wash")]
    )
    for light in (0, 1):
        for one, other in pairs:
            assert _contrast(colours[one][light], colours[other][light]) >= 4.5, (one, other, light)
    assert "--figure-wash:#fce9c0" in css_variables()


def test_colours_stand_in_one_table_only() -> None:
    for path in [*HOME.glob("style/*.css"), *TEMPLATES, *HOME.glob("*.py")]:
        found = re.findall(r"#[0-9a-fA-F]{6}\b", path.read_text(encoding="utf-8"))
        assert not found or path.name == "charts.py", (path.name, found)


def test_nothing_found_tells_which_filter_and_what_is_near(get) -> None:  # type: ignore[no-untyped-def]
    """W11: no bare "nothing": the condition that empties the page with a way to drop it, names spelt like it, the extent."""
    page = get("/search?q=thu&province=H%C3%A0+N%E1%BB%99i&year=1999&lang=en").text
    assert "Without one condition there are hits" in page
    empty = page[page.index('class="empty"') : page.index('class="facets"')]
    assert "/search?q=thu&amp;province=H%C3%A0+N%E1%BB%99i&amp;lang=en" in empty
    assert "/search?q=thu&amp;year=1999&amp;lang=en" not in empty
    near = get("/search?q=tran+van+thuu&field=officials").text
    assert "Có phải bạn tìm" in near
    assert "Trần Văn Thử" in near
    assert ">CSV<" not in near
    assert "Trong kho có 123 bài".replace("123 bài", "123\u00a0bài") in near


def test_undated_articles_are_a_state_with_a_filter(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/search?year=none").text
    assert "Tin lạ" in page
    assert "Chợ Gạo ra quân" not in page
    assert "năm: <b>không ngày</b> ×" in page
    assert "year=none" in get("/search").text


def test_hits_do_not_repeat_their_headline(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/search").text
    hit = next(part for part in page.split('class="hit"') if "more-001" in part)
    assert hit.count("Chợ Gạo ra quân vận động") == 1
    assert "Sáng 12/3" in hit
    marked = get("/search?q=ra+quan").text
    assert "Chợ Gạo <mark>ra quân</mark> vận động" in marked


def test_the_first_page_has_content(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/").text
    assert "Tỷ lệ bao phủ bảo hiểm y tế ở Huyện Chợ Gạo?" in page
    assert "Bài nào nhắc Kế hoạch 15/KH-UBND?" in page
    assert "<mark>91,5%</mark> dân số tham gia BHYT" in page
    assert re.search(r'href="/article\?id=[^"#]+#m\d+"', page)
    assert 'title="Tiền Giang, 2019: 121\u00a0bài"' in page
    for link in dict.fromkeys(_links(page)):
        if link.startswith("/"):
            assert get(link).status_code == 200, link


def test_download_of_a_search_has_all_hits(get) -> None:  # type: ignore[no-untyped-def]
    rows = list(csv.DictReader(io.StringIO(get("/search.csv").content.decode("utf-8-sig"))))
    assert len(rows) == 123
    assert len(list(csv.reader(io.StringIO(get("/search.csv?q=chợ+gạo").content.decode("utf-8-sig"))))) == 122


@needs_browser
def test_pages_hold_on_a_telephone_in_the_dark_and_without_a_mouse(database: Path, tmp_path: Path) -> None:
    """At 375 px nothing is wider than the screen; a followed mark and its panel are in sight; first stop: the skip link."""
    url, start = Links("vi", database.stem), records()[0].figures[0].start
    paths = ["/", "/search?q=thu", "/search?q=xyz", url.article("tg-1"), url.tables(), url.table("figures"), "/no"]
    with served(database) as address, browser(tmp_path, width=375, height=812, dark=True) as page:
        page.implicitly_wait(10)
        address = address.rstrip("/")
        for path in paths:
            page.get(address + path)
            page.find_element("tag name", "main")
            wide = page.execute_script("return document.documentElement.scrollWidth")
            assert wide <= 375, (path, wide)
            ground = page.execute_script("return getComputedStyle(document.body).backgroundColor")
            assert max(map(int, re.findall(r"\d+", ground)[:3])) < 64, (path, ground)
        page.get(address + url.article("tg-1", start))
        mark, panel = (page.find_element("id", f"{letter}{start}") for letter in "mw")
        top, bottom = page.execute_script("return [...arguments].map(x => x.getBoundingClientRect().top)", mark, panel)
        assert panel.is_displayed()
        assert 0 <= top < bottom < 812
        page.get(address)
        page.find_element("tag name", "body").send_keys("\ue004")  # the tabulator
        assert page.switch_to.active_element.text == words("vi").skip
