"""Records as people read them: the lines of `explain`, numbers, the short form and the HTML of a notebook."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractor
from extractor.cli import main
from extractor.display import number, values

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
    assert '<mark class="entity"' in html
    assert "&lt;dân số&gt;" in html
    assert "<dân" not in html
    assert "1.238.450 person" in html


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
