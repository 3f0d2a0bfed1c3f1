"""Who gave a post to a person, and how surely: in the record, in the tables, by rankers and by rules alone."""

from __future__ import annotations

import json
from math import prod
from pathlib import Path

import pytest

import extractor
from extractor.batch.tables import schemas, to_tables
from extractor.cli import main
from extractor.evaluate.parquet import read_dataset
from extractor.fields.officials.merge import merged, sureness
from extractor.fields.officials.posts import Post
from extractor.pipeline import extract_reading
from extractor.records import Position, Provenance, Record

TEXT = (
    "Sáng 3/6/2021, ông Đàm Quốc Khải, Phó Chủ tịch UBND huyện Bảo Lạc, và bà Hoàng Thị Liễu, Giám đốc BHXH huyện, dự hội nghị. "
    "Cùng dự có các Phó Chủ tịch HĐND tỉnh Cao Bằng: Hà Văn Sĩ, Lý A Páo."
)


@pytest.fixture(scope="module")
def record() -> Record:
    return extractor.extract(TEXT, id="bl-1")


def given(record: Record) -> list[Provenance]:
    found = [p.provenance for o in record.officials for p in o.positions]
    assert all(found)
    return [p for p in found if p]


def test_every_position_says_who_gave_it_and_how_surely(record: Record) -> None:
    assert len(given(record)) >= 4
    for told in given(record):
        assert told.layer == "ranker"
        assert told.rule in {"pho-chu-tich", "giam-doc"}
        stages = dict(part.split(" ") for part in (told.note or "").split(", "))
        assert "owner" in stages
        assert set(stages) <= {"span", "owner", "share", "body"}
        assert told.confidence == pytest.approx(prod(map(float, stages.values())), abs=0.02)
    assert any("share" in (told.note or "") for told in given(record))  # the second of "hai Phó Chủ tịch"


def test_rules_alone_have_one_measured_confidence() -> None:
    from extractor.models import Article

    read, _ = extract_reading(Article(id="bl-1", text=TEXT), backend="none")
    assert {(p.layer, p.confidence, p.note) for p in given(read)} == {("rule", 0.92, None)}


def test_a_post_of_two_wordings_is_as_sure_as_the_surer_one() -> None:
    def post(start: int, body: str | None, *odds: tuple[str, float]) -> Post:
        return Post(start, start + 12, "Phó Chủ tịch", body, True, "pho-chu-tich", odds=odds)

    [one] = merged(
        [post(0, None, ("owner", 0.99)), post(300, "Ủy ban nhân dân huyện Bảo Lạc", ("owner", 0.6), ("body", 0.9))]
    )
    assert one.body is not None
    assert sureness(one.odds) == 0.99
    [other] = merged([post(0, None), post(300, None, ("span", 0.5), ("owner", 0.5))])
    assert sureness(other.odds) == 0.25
    assert sureness(()) == 0.0


def test_odds_make_no_post_another_one() -> None:
    """What decides on equality is what the text says."""
    assert Post(0, 4, "Bí thư", None, True, "bi-thu") == Post(
        0, 4, "Bí thư", None, True, "bi-thu", odds=(("owner", 0.4),)
    )


def test_tables_have_it_and_give_it_back(record: Record, tmp_path: Path) -> None:
    names = schemas()["positions"].names
    assert names[-11:-6] == ["layer", "rule", "confidence", "note", "candidates"]
    [first, *_] = to_tables([record])["positions"].to_pylist()
    assert (first["layer"], first["rule"], first["confidence"]) == (
        "ranker", given(record)[0].rule, given(record)[0].confidence,
    )  # fmt: skip
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert main(["extract", str(tmp_path / "a.txt"), "-o", str(tmp_path / "tables")]) == 0
    [back] = read_dataset(tmp_path / "tables")
    [read] = [p for o in back["officials"] for p in o["positions"] if p["start"] == first["start"]]
    assert Position.model_validate(read).provenance == given(record)[0]


def test_records_of_before_load_and_stay_without(record: Record, tmp_path: Path) -> None:
    old = json.loads(record.model_dump_json()) | {"schema_version": "2.1"}
    for person in old["officials"]:
        for post in person["positions"]:
            del post["provenance"]
    read = Record.model_validate(old)
    assert {p.provenance for o in read.officials for p in o.positions} == {None}
    assert {row["layer"] for row in to_tables([read])["positions"].to_pylist()} == {None}
    (tmp_path / "old.jsonl").write_text(json.dumps(old) + "\n", encoding="utf-8")
    assert main(["index", str(tmp_path / "old.jsonl"), "-o", str(tmp_path / "old.db")]) == 0


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_panel_tells_each_decision(record: Record, lang: str) -> None:
    from extractor.dataset.web.alone import page

    shown = page(record, lang=lang)
    for words in {"vi": ("chức vụ của người này: ", "người này cũng giữ chức ấy: "),
                  "en": ("it is this person&#39;s: ", "this person shares it: ")}[lang]:  # fmt: skip
        assert words in shown
