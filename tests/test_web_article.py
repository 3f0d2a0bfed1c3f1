"""The page of an article: marks and the panel beside them, the report of a mistake, corrections."""

from __future__ import annotations

import asyncio
import json
import re
from html import unescape
from pathlib import Path
from typing import get_args

import pytest

pytest.importorskip("datasette", reason="needs the extra 'serve'")

from dataset_records import records
from extractor.dataset.build import index
from extractor.dataset.corrections import Correction, SamePerson, kinds, read_corrections
from extractor.dataset.web.app import application
from extractor.errors import InputError
from extractor.records import FIELDS, Base, Figure, Official, Provenance, Record, Warning, sha256_of

ROOT = Path(__file__).parent.parent


def _doubtful() -> Record:
    """An undated article: a headline that the text does not begin with, a table row, a doubtful figure with inherited place."""
    text = "Tin xã Đồng Tâm\n\n\nToàn xã có khoảng 1.204 thẻ BHYT.\nThôn\tSố thẻ\nThôn Một\t310"
    start = text.index("khoảng 1.204 thẻ")
    figure = Figure(
        start=start, end=start + 16, text="khoảng 1.204 thẻ", value=1204, unit="card", programme="BHYT", indicator="participants",
        comparator="approx", place="Đồng Tâm", place_inherited=True,
        provenance=Provenance(layer="ranker", rule="hold", confidence=0.61, note="agrees: 1 + 1 = 2", candidates=("BHXH",)),
    )  # fmt: skip
    return Record(
        id="dt-4", title="Xã Đồng Tâm phát thẻ", text=text, sha256=sha256_of(text), figures=(figure,),
        warnings=(Warning(code="year-unknown", message="x", start=0, end=3),),
    )  # fmt: skip


def _bare(item: Base, only: str | None = None) -> Base:
    """An item without the values that may be missing (or without one of them), and so its parts."""
    changed: dict[str, object] = {}
    for name, info in type(item).model_fields.items():
        value = getattr(item, name)
        if type(None) in get_args(info.annotation) and only in (None, name):
            changed[name] = None
        elif isinstance(value, tuple) and value and isinstance(value[0], Base):
            changed[name] = tuple(_bare(part, only) for part in value)
    return item.model_copy(update=changed)


def _bare_records() -> list[Record]:
    """The records by hand, without each value of an item that may be missing, and without all of them."""
    models = [*FIELDS.values(), *Official.parts().values()]
    names = {n for model in models for n, i in model.model_fields.items() if type(None) in get_args(i.annotation)}
    out = []
    for number, only in enumerate([None, *sorted(names)]):
        for record in records():
            items = {field: tuple(_bare(item, only) for item in getattr(record, field)) for field in FIELDS}
            out.append(record.model_copy(update={**items, "id": f"{record.id}-{number}"}))
    return out


@pytest.fixture(scope="module")
def get(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("article")
    some = [*records(), _doubtful()]
    (folder / "r.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
    index(folder / "r.jsonl", folder / "news.db")
    served = application(folder / "news.db")
    loop = asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())
    yield lambda path: loop.run_until_complete(served.client.get(path))
    loop.close()


def test_the_headline_is_marked_and_not_repeated(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/article?id=tg-1").text
    assert page.count("Chợ Gạo ra quân vận động") == 2  # <title> and <h1>
    other = get("/article?id=dt-4").text
    assert re.search(r"<h1>Xã Đồng Tâm phát thẻ</h1>", other)
    assert "<p>Tin xã Đồng Tâm</p>" in other


def test_every_mark_has_an_anchor_and_a_panel(get) -> None:  # type: ignore[no-untyped-def]
    record = records()[0]
    page = get("/article?id=tg-1").text
    spans = [
        (i.start, i.text) for name in ("figures", "dates", "locations", "documents") for i in getattr(record, name)
    ]
    spans += [(m.start, m.text) for o in record.officials for m in (*o.mentions, *o.positions)]
    for start, text in spans:
        assert re.search(rf'<a class="m [a-z ]+" href="#m{start}" id="m{start}"', page), text
        assert f'id="w{start}"' in page
        assert f"body:has(#m{start}:target) #w{start}" in page
    assert len(re.findall(r'id="m[0-9]', page)) == len({start for start, _ in spans})


def test_the_panel_tells_doubt_and_what_came_from_before(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/article?id=dt-4").text
    assert "khoảng\u00a01.204\u00a0thẻ" in page
    assert 'class="m figures weak"' in page
    assert "61\u00a0%" in page
    assert "Lấy từ câu trước." in page
    assert "Không rõ thời kỳ nào." in page
    assert "Cũng có thể là: BHXH" in page
    assert "không có ngày đăng" in page
    assert "bài không có ngày đăng" in page  # the warning, in the language
    english = get("/article?id=dt-4&lang=en").text
    assert "about\u00a01,204\u00a0cards" in english
    assert "Taken from an earlier sentence." in english
    assert "coverage_rate" not in page + get("/article?id=tg-1").text.replace("what=BHYT.coverage_rate", "")


def test_lines_and_rows(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/article?id=dt-4").text
    assert '<p class="row">Thôn Một\t310</p>' in page
    assert "<p></p>" not in page


def test_dates_are_no_tab_stops(get) -> None:  # type: ignore[no-untyped-def]
    page = get("/article?id=tg-1").text
    for mark in re.findall(r'<a class="m dates"[^>]*>', page):
        assert 'tabindex="-1"' in mark
    assert re.search(r'<a class="m figures"(?![^>]*tabindex)', page)


def test_pages_need_no_script(get) -> None:  # type: ignore[no-untyped-def]
    for path in ("/", "/article?id=tg-1", "/search?q=thu", "/nowhere"):
        assert "<script" not in get(path).text


@pytest.mark.parametrize("field", ["figures", "officials", "positions", "locations", "dates", "documents"])
def test_report_writes_a_line_that_can_be_read(get, tmp_path: Path, field: str) -> None:  # type: ignore[no-untyped-def]
    record = records()[0]
    item = record.officials[0].positions[0] if field == "positions" else getattr(record, field)[0]
    page = get(f"/report?id=tg-1&field={field}&start={item.start}&wrong=span").text
    line = unescape(re.search(r"<textarea[^>]*>([^<]*)</textarea>", page)[1])  # type: ignore[index]
    (tmp_path / "c.jsonl").write_text(f"# mine\n\n{line}\n", encoding="utf-8")
    [found], persons = read_corrections(tmp_path / "c.jsonl")
    assert found == Correction(
        id="tg-1", field=field, start=item.start, end=item.end, text=item.text, wrong="span", line=3
    )
    assert persons == []
    for kind in kinds(field):
        assert f"wrong={kind}" in page


@pytest.mark.parametrize(
    "query",
    ["id=tg-1&field=articles&start=0", "id=tg-1&field=figures&start=1", "field=nope", "id=no&field=dates&start=3", ""],
)
def test_report_of_nothing_is_no_page(get, query: str) -> None:  # type: ignore[no-untyped-def]
    assert get(f"/report?{query}").status_code == 404


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": "a"}', "line 2: field"),
        (
            '{"id": "a", "field": "figures", "start": 5, "end": 5, "text": "", "wrong": "value"}',
            "end is not behind start",
        ),
        ('{"id": "a", "field": "figures", "start": 0, "end": 5, "text": "", "wrong": "bad"}', "line 2: wrong"),
        ('{"same": ["one"]}', "two ids or more"),
        ('{"same": ["a", "b"], "not_same": ["a", "b"]}', "either same or not_same"),
        ("no json", "line 2"),
        ("x" * 20_000, "10,000 characters"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    (tmp_path / "c.jsonl").write_text(f'{{"same": ["a", "b"]}}\n{line}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 2") as error:
        read_corrections(tmp_path / "c.jsonl")
    assert says in str(error.value)


def test_lines_of_the_document_are_read(tmp_path: Path) -> None:
    text = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
    [block] = re.findall(r"```json\n(.*?)```", text, re.DOTALL)
    (tmp_path / "c.jsonl").write_text(block, encoding="utf-8")
    mistakes, persons = read_corrections(tmp_path / "c.jsonl")
    assert [m.wrong for m in mistakes] == ["period"]
    assert [bool(p.same) for p in persons] == [True, False]
    assert isinstance(persons[0], SamePerson)
    for line in block.splitlines():
        json.loads(line)


def test_a_record_is_a_page_of_its_own_in_both_languages() -> None:
    """`explain --html`: the served article without a server."""
    from extractor.dataset.web.alone import page

    record = _doubtful()
    for lang, words in (("vi", "Vì sao máy đọc như vậy"), ("en", "Why it was read so")):
        made = page(record, dropped=[("figures", "100%", "a <rate>", "r")], weighed=[("x", "y", "0.5", "z")], lang=lang)
        assert words in made
        assert f'<html lang="{lang}">' in made
        assert "a &lt;rate&gt;" in made
        assert "--figure:" in made
        assert not re.search(r"https?:|src=|@font-face|<script", made)
        assert "/report?" not in made
    assert "&lt;script&gt;" in page(records()[2])


def test_values_that_may_be_missing_are_missed_on_no_page(tmp_path: Path) -> None:
    """A14: an article with a document of no type was an error of the server; so every page that such records have is asked for."""
    some = _bare_records()
    assert any(d.type is None and d.number is None for r in some for d in r.documents)
    (tmp_path / "r.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
    index(tmp_path / "r.jsonl", tmp_path / "news.db")
    served, loop = application(tmp_path / "news.db"), asyncio.new_event_loop()
    loop.run_until_complete(served.invoke_startup())
    waiting = ["/", "/documents", "/offices", "/places", "/figures", *(f"/article?id={r.id}" for r in some)]
    asked: set[str] = set()
    while waiting:
        path = waiting.pop()
        if path in asked or len(asked) > 1_500:
            continue
        asked.add(path)
        answer = loop.run_until_complete(served.client.get(path))
        assert answer.status_code == 200, path
        if path.startswith("/article"):
            links = (unescape(link) for link in re.findall(r'href="(/[^"#]+)"', answer.text))
            waiting += [link for link in links if re.match(r"/(document|official|office|place|figures?)\b", link)]
    loop.close()
    assert {kind for path in asked if (kind := re.split(r"[/?]", path)[1])} > {
        "document",
        "official",
        "place",
        "figures",
    }
    assert len(asked) > len(some)
