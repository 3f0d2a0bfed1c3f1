"""A user's corrections of readings: replaced, hidden or noted, marked, kept by each new run, faults told by line."""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from dataset_records import records
from extractor.cli.export import export
from extractor.dataset.build import index
from extractor.dataset.corrections import FORMS, WRONG, kinds, read_corrections
from extractor.dataset.update import Built
from extractor.errors import InputError

TEXT = records()[0].text


def line(field: str, quote: str, wrong: str, should: str = "", **changes: object) -> str:
    """A line of a file of corrections about words of the first article."""
    start = TEXT.index(quote)
    said = {"id": "tg-1", "field": field, "start": start, "end": start + len(quote), "text": quote, "wrong": wrong}
    return json.dumps({**said, "should": should, **changes}, ensure_ascii=False)


class Case:
    """An index beside its source and its file of corrections."""

    def __init__(self, folder: Path) -> None:
        self.source, self.target, self.file = (folder / n for n in ("records.jsonl", "news.db", "mine.jsonl"))
        self.source.write_text("".join(f"{r.model_dump_json()}\n" for r in records()), encoding="utf-8")

    def index(self, *lines: str) -> Built:
        """Index with these corrections."""
        self.file.write_text("\n".join(lines), encoding="utf-8")
        return index(self.source, self.target, corrections=self.file)

    def rows(self, sql: str) -> list[dict[str, Any]]:
        """Rows of the database."""
        db = sqlite3.connect(self.target)
        db.row_factory = sqlite3.Row
        try:
            return [dict(row) for row in db.execute(sql)]
        finally:
            db.close()


@pytest.fixture
def case(tmp_path: Path) -> Case:
    return Case(tmp_path)


REPLACED = [
    ("figures", "91,5%", "value", "92,4%", {"value": 92.4, "comparator": "eq"}, "91.5"),
    ("figures", "91,5%", "value", "90 - 92", {"value": 90.0, "value_max": 92.0, "comparator": "approx"}, "91.5"),
    ("figures", "91,5%", "place", "82", {"place_code": "82", "province": "Tiền Giang", "district": None}, "822 toàn huyện"),
    ("figures", "91,5%", "period", "2018-Q4", {"period_value": "2018-Q4", "start_date": "2018-10-01"}, "2019"),
    ("figures", "91,5%", "period", "3/2018", {"period_value": "2018-03", "end_date": "2018-03-31"}, "2019"),
    ("figures", "91,5%", "period", "5/3/2018", {"period_value": "2018-03-05"}, "2019"),
    ("figures", "91,5%", "programme", "bhxh_tn", {"programme": "BHXH_TN"}, "BHYT"),
    ("figures", "91,5%", "indicator", "plan_rate", {"indicator": "plan_rate"}, "coverage_rate"),
    ("figures", "91,5%", "status", "target", {"status": "target"}, "actual"),
    ("figures", "91,5%", "unit", "person", {"unit": "person"}, "percent"),
    ("figures", "91,5%", "group", "hộ nghèo", {"group": "hộ nghèo", "group_id": "poor"}, ""),
    ("positions", "Phó Chủ tịch UBND huyện Chợ Gạo", "role", "Chủ tịch",
     {"role": "Chủ tịch", "body": "Ủy ban nhân dân huyện Chợ Gạo", "body_key": "uy-ban-nhan-dan:822"},
     "Phó Chủ tịch Ủy ban nhân dân huyện Chợ Gạo"),
    ("positions", "Phó Chủ tịch UBND huyện Chợ Gạo", "role", "Bí thư | Huyện ủy Chợ Gạo",
     {"role": "Bí thư", "body": "Huyện ủy Chợ Gạo"}, "Phó Chủ tịch Ủy ban nhân dân huyện Chợ Gạo"),
    ("positions", "Phó Chủ tịch UBND huyện Chợ Gạo", "period", "2016/", {"since": "2016", "until": None}, ""),
    ("positions", "Phó Chủ tịch UBND huyện Chợ Gạo", "place", "820", {"place_code": "820"}, "822"),
    ("locations", "huyện Chợ Gạo", "place", "820", {"code": "820", "level": "district"}, "822 Chợ Gạo"),
    ("dates", "Sáng 12/3", "value", "2018-03-12", {"value": "2018-03-12", "end_date": "2018-03-12"}, "2019-03-12"),
    ("documents", "Kế hoạch số 15/KH-UBND", "value", "51/KH-UBND", {"number_full": "51/KH-UBND"}, "15/KH-UBND"),
]  # fmt: skip


@pytest.mark.parametrize(("field", "quote", "wrong", "should", "set_", "was"), REPLACED)
def test_a_value_is_replaced_and_marked(
    case: Case, field: str, quote: str, wrong: str, should: str, set_: dict[str, object], was: str
) -> None:
    built = case.index(line(field, quote, wrong, should))
    [row] = [r for r in case.rows(f"SELECT * FROM {field} WHERE id = 'tg-1'") if r["text"] == quote]
    assert {name: row[name] for name in set_} == set_
    assert (row["layer"], row["rule"], row["confidence"], row["note"]) == ("correction", wrong, 1.0, was)
    [told] = case.rows("SELECT * FROM corrections")
    assert (told["effect"], told["was"], told["should"]) == ("replaced", was, should)
    assert built.faults == []


def test_every_kind_of_value_is_tried() -> None:
    assert {(f, w) for f, _, w, *_ in REPLACED} | {("positions", "person")} == set(FORMS)


@pytest.mark.parametrize("field", ["figures", "positions", "locations", "dates", "documents", "officials"])
def test_a_reading_without_a_right_value_is_hidden(case: Case, field: str) -> None:
    quotes = {
        "figures": "91,5%", "positions": "Phó Chủ tịch UBND huyện Chợ Gạo", "locations": "huyện Chợ Gạo", "dates": "Sáng 12/3",
        "documents": "Kế hoạch số 15/KH-UBND", "officials": "Trần Văn Thử",
    }  # fmt: skip
    case.index()
    before = case.rows(f"SELECT * FROM {field}")
    case.index(line(field, quotes[field], "span"))
    left = case.rows(f"SELECT * FROM {field}")
    assert len(left) == len(before) - 1
    assert quotes[field] not in [r["text"] for r in left if r["id"] == "tg-1"]
    if field == "officials":
        assert case.rows("SELECT * FROM positions WHERE id = 'tg-1'") == []
    assert [r["effect"] for r in case.rows("SELECT * FROM corrections")] == ["hidden"]


def test_corrections_survive_and_are_undone(case: Case) -> None:
    """Indexing anew keeps them, a changed source too; without the line the reading is back."""
    wrong = line("figures", "91,5%", "value", "92,4")
    case.index()
    sql = "SELECT value FROM cells"
    assert case.rows(sql) == [{"value": 91.5}]
    assert case.index(wrong).changed == 1
    assert case.rows(sql) == [{"value": 92.4}]
    again = case.index(wrong)
    assert (again.changed, again.new_articles) == (0, 0)
    other = records()[0].model_copy(update={"source": "tin-moi.example"})
    lines = [other, *records()[1:]]
    case.source.write_text("".join(f"{r.model_dump_json()}\n" for r in lines), encoding="utf-8")
    assert case.index("# a remark", wrong).changed == 1
    assert case.rows(sql) == [{"value": 92.4}]
    assert case.rows("SELECT corrected, source FROM figures_panel") == [{"corrected": 1, "source": "tin-moi.example"}]
    assert case.index().changed == 1
    assert case.rows(sql) == [{"value": 91.5}]
    assert case.rows("SELECT * FROM corrections") == []


def test_a_post_goes_to_another_person_of_the_article(case: Case) -> None:
    post = "Phó Chủ tịch UBND huyện Chợ Gạo"
    built = case.index(line("positions", post, "person", "Trần Văn Thử"), line("positions", post, "person", "Ai Đó"))
    assert [r["name"] for r in case.rows("SELECT name FROM positions WHERE id = 'tg-1'")] == ["Trần Văn Thử"]
    assert built.faults == [f"line 2: no such reading of positions at {TEXT.index(post)}–{TEXT.index(post) + len(post)}"
                            " of article tg-1, or it names nobody whom 'Ai Đó' means"]  # fmt: skip


def test_what_cannot_be_done_is_told_with_its_line(case: Case) -> None:
    built = case.index(
        line("figures", "91,5%", "value", "92", id="gone"),
        line("figures", "91,5%", "value", "92", text="90,5%"),
        line("figures", "dân số", "value", "92"),
        line("figures", "91,5%", "other", "a remark"),
    )
    assert [fault[:20] for fault in built.faults] == [
        "line 1: no article g",
        "line 2: article tg-1",
        "line 3: no such read",
    ]
    assert [r["value"] for r in case.rows("SELECT value FROM figures")] == [91.5]
    assert sorted(r["effect"] for r in case.rows("SELECT effect FROM corrections")) == [
        "not-read",
        "noted",
        "other-words",
    ]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"field": "figure"}, "allowed: officials, dates, locations, documents, figures, positions"),
        (
            {"wrong": "role"},
            "allowed: value, place, period, programme, indicator, status, unit, group, span, missing, other",
        ),
        ({"should": "much"}, "allowed: a number as articles write it"),
        ({"wrong": "place", "should": "999"}, "allowed: the code of a unit"),
        ({"wrong": "period", "should": "last year"}, "allowed: a period with its year"),
        ({"wrong": "period", "should": "13/2020"}, "allowed: a period with its year"),
        ({"wrong": "programme", "should": "y tế"}, "allowed: a programme's code"),
        ({"wrong": "indicator", "should": "coverage"}, "allowed: participants or coverage_rate"),
        ({"wrong": "status", "should": "plan"}, "allowed: actual or target"),
        ({"wrong": "unit", "should": "%"}, "allowed: person or percent"),
        ({"wrong": "group", "should": " "}, "allowed: who is counted"),
        ({"field": "positions", "wrong": "period", "should": "2019"}, "allowed: since/until"),
        ({"field": "positions", "wrong": "role", "should": "|"}, "allowed: a role"),
        ({"field": "documents", "should": "a decree"}, "allowed: the number of a document"),
    ],
)
def test_a_fault_in_the_file_tells_what_is_allowed(case: Case, changes: dict[str, object], says: str) -> None:
    case.index()
    before = case.target.read_bytes()
    with pytest.raises(InputError, match="line 2") as error:
        case.index("# mine", json.dumps(json.loads(line("figures", "91,5%", "value", "92")) | changes))
    assert says in str(error.value)
    assert case.target.read_bytes() == before


def test_all_faults_of_a_file_are_told_at_once(case: Case) -> None:
    case.file.write_text("\n".join(["{}", "# mine", line("figures", "91,5%", "value", "much"), "x"]), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read_corrections(case.file)
    told = str(error.value).split("\n")
    assert [part.partition("line ")[2][0] for part in told] == ["1", "3", "4"]
    assert "line 3: should 'much' cannot be read; allowed: a number" in told[1]


def test_an_export_holds_what_is_right(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    """The workbook that goes to colleagues, from the same file that the index reads; what cannot be done is told."""
    lines = [
        line("figures", "91,5%", "value", "60"),
        line("figures", "91,5%", "period", "7/2018"),
        line("dates", "Sáng 12/3", "span"),
        line("figures", "91,5%", "value", "1", id="none"),
    ]
    case.file.write_text("\n".join(lines), encoding="utf-8")
    for name, table in (("f.csv", "figures"), ("d.csv", "dates"), ("f.parquet", "figures"), ("f.xlsx", "figures")):
        export(case.source, case.target.with_name(name), table=table, period=None, corrections=case.file)
        assert "corrections, line 4: no article none here" in capsys.readouterr().err
    figures = pd.read_csv(case.target.with_name("f.csv")).query("id == 'tg-1' and text == '91,5%'").iloc[0]
    assert (figures["value"], figures["start_date"], figures["layer"]) == (60, "2018-07-01", "correction")
    assert "Sáng 12/3" not in case.target.with_name("d.csv").read_text(encoding="utf-8")
    whole = pd.read_parquet(case.target.with_name("f.parquet")).query("id == 'tg-1' and text == '91,5%'").iloc[0]
    assert str(whole["start_date"]) == "2018-07-01"


def test_every_kind_can_be_written_for_some_field() -> None:
    told = {
        kind
        for field in ("figures", "officials", "positions", "locations", "dates", "documents")
        for kind in kinds(field)
    }
    assert told == set(WRONG)


def test_articles_of_one_id_have_corrections_of_their_own(case: Case, tmp_path: Path) -> None:
    """A second source's text under the same id stands under `id@source`; a correction of that id is its alone."""
    text = TEXT.replace("91,5%", "93,7%")
    first = records()[0].model_dump(mode="json")
    other = json.loads(json.dumps(first).replace("91,5%", "93,7%")) | {"text": text, "sha256": "0" * 64}
    second = tmp_path / "second.jsonl"
    second.write_text(json.dumps(other) + "\n", encoding="utf-8")
    case.file.write_text(line("figures", "91,5%", "value", "60", id="tg-1@second", text="93,7%"), encoding="utf-8")
    index([case.source, second], case.target, corrections=case.file)
    found = {r["id"]: r["value"] for r in case.rows("SELECT id, value FROM figures")}
    assert found == {"tg-1": 91.5, "tg-1@second": 60.0}
    assert [c.line for c in read_corrections(case.file)[0]] == [1]


def test_pages_tell_what_was_corrected(case: Case) -> None:
    pytest.importorskip("datasette", reason="needs the extra 'serve'")
    from test_dataset_web import asked

    from extractor.dataset.web.app import asgi

    case.index(line("figures", "91,5%", "value", "92,4"), line("locations", "tỉnh Tiền Giang", "span"))
    app = asgi(case.target, host="127.0.0.1")
    page = asked(app, "/article?id=tg-1").text
    for words in (
        "92,4",
        "bạn đã sửa",
        "Trước khi sửa: 91,5",
        "91,5 → 92,4",
        "Bạn đã sửa trong bài này",
        "tỉnh Tiền Giang: đã ẩn",
    ):
        assert words in page
    assert "corrected by you" in asked(app, "/figures?lang=en&view=table").text
    address = f"/report?id=tg-1&field=figures&start={TEXT.index('91,5%')}&should="
    assert "&#34;should&#34;:&#34;92,4&#34;" in asked(app, f"{address}92,4").text
    wrong = asked(app, f"{address}nhi%E1%BB%81u").text
    assert "Không đọc được “nhiều”." in wrong
    assert "&#34;should&#34;:&#34;&#34;" in wrong


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_file_of_corrections_is_a_regular_file(tmp_path: Path) -> None:
    """A3: a pipe would be waited for, a device read for ever."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path):
        with pytest.raises(InputError, match="no regular file"):
            read_corrections(path)
