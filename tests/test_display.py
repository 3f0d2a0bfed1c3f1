"""Records as people read them: the lines of `explain`, numbers, the short form and the HTML of a notebook."""

from __future__ import annotations

import json
import re
from html import unescape
from pathlib import Path

import pytest

import extractor
from extractor.cli import main
from extractor.display import grouped, number, values
from extractor.palette import css_marks, palette
from extractor.records import Warning

TEXT = (
    "Ngày 9/7/2021, bà Đinh Thị Lụa - Giám đốc BHXH huyện Mỏ Cày Bắc, Phó Chủ tịch Hội Nông dân huyện Mỏ Cày Bắc phát biểu.\n"
    "Toàn tỉnh Bến Tre có hơn 1.238.450 người tham gia BHYT, đạt tỷ lệ bao phủ 93,25% <dân số>.\n"
)


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (2838916.0, "2.838.916"),
        (91.5, "91,5"),
        (0.25, "0,25"),
        (1250.0, "1.250"),
        (-3.0, "-3"),
        (12_345.678, "12.345,678"),
    ],
)
def test_display_number_is_written_as_in_vietnamese(value: float, written: str) -> None:
    assert number(value) == written


@pytest.fixture(scope="module")
def record() -> extractor.Record:
    return extractor.extract(TEXT, id="a-1")


def test_display_first_post_stands_beside_the_name(record: extractor.Record) -> None:
    [name, further, *_] = [line for line in values(record) if line[0] in ("official", "  post")]
    assert name[:2] == ("official", "Đinh Thị Lụa")
    assert name[2].startswith("Giám đốc | Bảo hiểm xã hội huyện Mỏ Cày Bắc")
    assert further[0] == "  post"
    assert further[2].startswith("Phó Chủ tịch | Hội Nông dân huyện Mỏ Cày Bắc")


def test_display_values_of_dates_places_and_figures(record: extractor.Record) -> None:
    shown = {line[1]: line[2] for line in values(record)}
    assert shown["Ngày 9/7/2021"] == "2021-07-09"
    assert shown["tỉnh Bến Tre"].startswith("Bến Tre | province | code 83")
    assert "> 1.238.450 person | BHYT | participants | actual" in shown["hơn 1.238.450 người"]
    assert shown["93,25%"].startswith("93,25 percent | BHYT | coverage_rate")


def test_record_repr_is_one_short_line(record: extractor.Record) -> None:
    assert repr(record).startswith("<Record 'a-1' of no date: 1 official, 1 date, ")
    assert len(repr(record)) < 120
    assert repr(extractor.extract("Không có gì.", id="b")) == "<Record 'b' of no date: nothing found>"


def test_record_html_is_marked_and_escaped(record: extractor.Record) -> None:
    html = record._repr_html_()
    assert '<span class="m figures' in html
    assert '<span class="m officials' in html
    assert "&lt;dân số&gt;" in html
    assert "<dân" not in html
    assert "1.238.450 person" in html


def test_record_html_is_the_product_s_own_and_loads_nothing(record: extractor.Record) -> None:
    """Marks and colours of the web page in both lights, all rules inside the record's own element, no script, no address."""
    html = record._repr_html_()
    style = html[html.index("<style>") : html.index("</style>")]
    for name, colours in palette().items():
        assert all(f"--{name}:{colour};" in style for colour in colours)
    assert "prefers-color-scheme:dark" in style
    assert "[data-jp-theme-light=false] &" in style
    assert style.startswith("<style>.extractor-record{")
    assert style.count("{") == style.count("}")
    assert css_marks() in style
    assert not re.search(r"https?:|url\(|<script|@import|@font-face", html)


def test_record_html_holds_the_text_once_in_order(record: extractor.Record) -> None:
    told = record.model_copy(update={"title": "Ra quân <b>", "warnings": (Warning(code="x", message="<i>"),)})
    html = told._repr_html_()
    shown = unescape(
        re.sub(r"<[^>]+>", "", html.partition('<div class="text"')[2].partition("</div>")[0].partition(">")[2])
    )
    assert shown == TEXT.replace("\n", "")
    assert "Ra quân &lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert "Không có gì." in extractor.extract("Không có gì.", id="b")._repr_html_()


def test_equal_mentions_are_one_line() -> None:
    """Each wording once with how often it stands there; of their readings the least sure."""
    lines = [
        ("place", "Hưng Yên", "Hưng Yên | province", "gazetteer bare 0.90"),
        ("place", "tỉnh  Hưng Yên", "Hưng Yên | province", "gazetteer tinh 0.99"),
        ("date", "năm 2019", "2019", "rule year 0.95"),
        ("place", "Hưng Yên", "Hưng Yên | province", "gazetteer bare 0.70 (far)"),
        ("official", "Lê Văn Mẫu", "Giám đốc", "ner 0.99"),
        ("  post", "Giám đốc", "x", ""),
        ("  post", "Giám đốc", "x", ""),
    ]
    assert grouped(lines) == [
        ("place", "Hưng Yên ×2; tỉnh Hưng Yên", "Hưng Yên | province", "gazetteer bare 0.70 (far)"),
        *(lines[n] for n in (2, 4, 5, 6)),
    ]


def test_a_post_tells_who_gave_it(record: extractor.Record) -> None:
    [name, further, *_] = [line for line in values(record) if line[0] in ("official", "  post")]
    assert "; post: ranker giam-doc " in name[3]
    assert further[3].startswith("ranker pho-chu-tich ")


def test_summary_writes_an_article_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Brackets of a headline are no markup, and numbers are written as `explain` writes them."""
    article = {"id": "a-[1]", "title": "[Ảnh] Ra quân [/b]", "text": TEXT, "published": "2021-07-10"}
    (tmp_path / "in.jsonl").write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    assert main(["extract", str(tmp_path / "in.jsonl"), "-o", str(tmp_path / "r.jsonl")]) == 0
    capsys.readouterr()
    assert main(["summary", str(tmp_path / "r.jsonl")]) == 0
    said = capsys.readouterr().out
    assert "a-[1] · 2021-07-10 · [Ảnh] Ra quân [/b]" in said
    assert "1.238.450 person" in said
