"""The scorer: rows by hand on small records, and equal to the reference scorer on real and on perturbed predictions."""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import normalise
from extractor.evaluate.gold import load_articles, load_gold, predict
from extractor.evaluate.score import ROWS, score, score_article, total
from extractor.evaluate.tables import as_json, cells, report

SHARED = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[2] / "shared"))
needs_shared = pytest.mark.skipif(not (SHARED / "hooks" / "score.py").is_file(), reason="the shared gold is not here")


def _date(start: int, end: int, value: str | None) -> dict[str, Any]:
    return {"text": "x" * (end - start), "start": start, "end": end, "value": value}


def _gold_date(spans: list[list[int]], value: str | None) -> dict[str, Any]:
    return {"text": "x", "spans": spans, "value": value}


@pytest.mark.parametrize(
    ("gold", "predicted", "row", "expected"),
    [
        ([_gold_date([[0, 8]], "2018")], [_date(0, 8, "2018")], "dates.span", (1, 1, 1)),
        ([_gold_date([[0, 8]], "2018")], [_date(0, 7, "2018")], "dates.span", (0, 1, 1)),
        ([_gold_date([[0, 8]], "2018")], [_date(0, 7, "2018")], "dates.overlap", (1, 1, 1)),
        ([_gold_date([[0, 8]], "2018")], [_date(8, 12, "2018")], "dates.overlap", (0, 1, 1)),
        ([_gold_date([[0, 8]], "2018")], [_date(0, 8, "2017")], "dates.value", (0, 1, 1)),
        # gold without a value is neither rewarded nor punished in `value`
        ([_gold_date([[0, 8]], None)], [_date(0, 8, "2017")], "dates.value", (0, 0, 0)),
        # one gold item, two spans; a prediction counts once
        ([_gold_date([[0, 4], [10, 14]], "2018")], [_date(0, 14, "2018")], "dates.overlap", (1, 1, 2)),
        # a gold string that also stands inside a longer gold mention
        ([_gold_date([[0, 8]], "2018"), _gold_date([[2, 6]], "2018")], [_date(0, 8, "2018")], "dates.span", (1, 1, 1)),
    ],
)
def test_score_dates(
    gold: list[dict[str, Any]], predicted: list[dict[str, Any]], row: str, expected: tuple[int, int, int]
) -> None:
    tally = score_article({"id": "a", "dates": gold}, {"id": "a", "dates": predicted}).tallies[row]
    assert (tally.correct, tally.predicted, tally.gold) == expected


def _person(name: str, *posts: tuple[str, str | None], at: int = 0, official: bool = True) -> dict[str, Any]:
    positions = [{"role": role, "body": body, "text": role} for role, body in posts]
    return {"name": name, "official": official, "positions": positions, "spans": [[at, at + len(name)]]}


@pytest.mark.parametrize(
    ("gold", "predicted", "row", "expected"),
    [
        ([_person("Lý Hoà An")], [_person("lý hòa an")], "officials.name", (1, 1, 1)),
        ([_person("Lý Hoà An", official=False)], [_person("Lý Hoà An")], "officials.name", (0, 1, 0)),
        (
            [_person("Lý An", ("Phó Chủ tịch", "UBND huyện"))],
            [_person("Lý An", ("PCT", "Ủy ban nhân dân huyện"))],
            "officials.position",
            (1, 1, 1),
        ),
        # a body completed from the rest of its chain
        (
            [_person("Lý An", ("Bí thư", "Đảng ủy"))],
            [_person("Lý An", ("Bí thư", "Đảng ủy xã Tân Lập"))],
            "officials.position",
            (1, 1, 1),
        ),
        (
            [_person("Lý An", ("Giám đốc", "Sở Y tế tỉnh"))],
            [_person("Lý An", ("Phó Giám đốc", "Sở Y tế tỉnh"))],
            "officials.position~",
            (1, 1, 1),
        ),
        (
            [_person("Lý An", ("Giám đốc", "Sở Y tế tỉnh"))],
            [_person("Lý An", ("Phó Giám đốc", "Sở Y tế tỉnh"))],
            "officials.position",
            (0, 1, 1),
        ),
        ([_person("Lý An", at=5)], [_person("Lý An", at=30)], "officials.mentions", (0, 0, 1)),
    ],
)
def test_score_officials(
    gold: list[dict[str, Any]], predicted: list[dict[str, Any]], row: str, expected: tuple[int, int, int]
) -> None:
    tally = score_article({"id": "a", "officials": gold}, {"id": "a", "officials": predicted}).tallies[row]
    assert (tally.correct, tally.predicted, tally.gold) == expected


def _place(
    start: int, end: int, level: str = "commune", code: str | None = None, name: str = "Tân An"
) -> dict[str, Any]:
    return {"text": "x", "start": start, "end": end, "name": name, "level": level, "code": code}


@pytest.mark.parametrize(
    ("gold", "predicted", "row", "expected"),
    [
        # level `other` is optional on both sides
        ([_place(0, 5, "other")], [_place(0, 5)], "locations.span", (0, 0, 0)),
        ([], [_place(0, 5, "other")], "locations.span", (0, 0, 0)),
        ([_place(0, 5)], [_place(0, 5, "district")], "locations.unit", (0, 1, 1)),
        ([_place(0, 5, code="00001")], [_place(0, 5)], "locations.code", (0, 1, 1)),
        # a place without a code in gold does not count, a spurious one does
        ([_place(0, 5)], [_place(0, 5, code="00001"), _place(9, 12, code="00002")], "locations.code", (0, 1, 0)),
    ],
)
def test_score_locations(
    gold: list[dict[str, Any]], predicted: list[dict[str, Any]], row: str, expected: tuple[int, int, int]
) -> None:
    tally = score_article({"id": "a", "locations": gold}, {"id": "a", "locations": predicted}).tallies[row]
    assert (tally.correct, tally.predicted, tally.gold) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Số 02/2017/TT-BYT", "2/2017/tt–byt", True),
        ("58/2025/NÐ-CP", "58/2025/NĐ-CP", True),
        ("58/2025/NĐ-CP", "58/2024/NĐ-CP", False),
    ],
)
def test_normalise_number(one: str, other: str, same: bool) -> None:
    assert (normalise.number(one) == normalise.number(other)) is same


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("TP. HCM", "thành phố Hồ Chí Minh", True),
        ("Uỷ ban MTTQ", "Ủy ban Mặt trận Tổ quốc", True),
        ("Quý", "Qúy", False),
        ("Sở Y tế", "Sở Tài chính", False),
    ],
)
def test_normalise_words(one: str, other: str, same: bool) -> None:
    assert (normalise.words(one) == normalise.words(other)) is same


def _figure(**given: Any) -> dict[str, Any]:
    said = {"value": 90, "unit": "percent", "programme": "BHYT", "indicator": "coverage_rate", "status": "actual"}
    whole = {"group": None, "place": None, "place_code": None, "period": None, "period_value": None}
    return {"text": "90%", "start": 0, "end": 3, **said, **whole, **given}


@pytest.mark.parametrize(
    ("gold", "predicted", "right"),
    [
        ({}, {}, "group place period"),
        # what gold leaves null on purpose is wrong when invented; words that mean the article's own time are no period
        ({}, {"group": "học sinh"}, "place period"),
        ({}, {"place": "tỉnh"}, "group period"),
        ({}, {"period": "năm 2018", "period_value": "2018"}, "group place"),
        ({}, {"period": "Hiện nay"}, "group place period"),
        ({"group": "học sinh, sinh viên"}, {"group": "học sinh sinh viên"}, "group place period"),
        ({"group": "học sinh, sinh viên"}, {"group": "toàn bộ số học sinh phổ thông cơ sở"}, "place period"),
        # a place by its code; the whole country in words or by silence
        ({"place": "tỉnh", "place_code": "52"}, {"place": "Bình Định", "place_code": "52"}, "group place period"),
        ({"place": "tỉnh", "place_code": "52"}, {"place": "tỉnh"}, "group period"),
        ({"place": "cả nước", "place_code": "VN"}, {}, "group place period"),
        ({"place_code": "VN"}, {"place": "Toàn quốc", "place_code": "VN"}, "group place period"),
        ({"place_code": "VN"}, {"place": "thành phố Hà Nội", "place_code": "01"}, "group period"),
        ({"place": "xã An Phú và xã An Lộc"}, {"place": "xã An Phú, xã An Lộc"}, "group place period"),
        # a period by its value, or by its end in like words
        ({"period": "quý I/2020", "period_value": "2020-Q1"}, {"period_value": "2020-Q1"}, "group place period"),
        (
            {"period": "từ 1/4 đến 25/6", "period_value": "2020-04-01/2020-06-25"},
            {"period": "đến 25/6", "period_value": "2020-06-25"},
            "group place period",
        ),
        ({"period": "năm 2020", "period_value": "2020"}, {"period": "năm 2019", "period_value": "2019"}, "group place"),
        ({"period": "mỗi năm"}, {"period": "mỗi năm"}, "group place period"),
    ],
)
def test_score_meaning(gold: dict[str, Any], predicted: dict[str, Any], right: str) -> None:
    record = {"id": "a", "guidelines": "1.3", "figures": [_figure(**gold)]}
    tallies = score_article(record, {"id": "a", "figures": [_figure(**predicted)]}).tallies
    assert " ".join(key for key in ("group", "place", "period") if tallies[f"figures.{key}="].correct) == right
    assert tallies["figures.cell"].correct == (right == "group place period")


def test_score_meaning_only_where_the_value_is_right_and_gold_is_whole() -> None:
    wrong = {"id": "a", "figures": [_figure(value=91, group="học sinh")]}
    tallies = score_article({"id": "a", "guidelines": "1.3", "figures": [_figure()]}, wrong).tallies
    assert tallies["figures.group="].gold == 0
    assert (tallies["figures.cell"].correct, tallies["figures.cell"].gold) == (0, 1)
    older = total([score_article({"id": "a", "figures": [_figure()]}, wrong)])
    assert not older.scored("figures.cell")
    assert not older.scored("dates.value")


def _document(issuer: str | None) -> dict[str, Any]:
    return {"text": "x", "start": 0, "end": 9, "type": "Quyết định", "number": "5/QĐ-X", "issuer": issuer}


@pytest.mark.parametrize(
    ("gold", "predicted", "row", "share"),
    [
        ("Bộ Y tế", "Bộ Y tế", (1, 1), (1, 1)),
        ("Bộ Y tế", None, (0, 1), (0, 1)),
        (None, None, (0, 0), (1, 1)),
        (None, "Bộ Y tế", (0, 0), (0, 1)),  # invented
    ],
)
def test_score_issuer(gold: str | None, predicted: str | None, row: tuple[int, int], share: tuple[int, int]) -> None:
    one, other = {"id": "a", "documents": [_document(gold)]}, {"id": "a", "documents": [_document(predicted)]}
    scored = score_article(one, other)
    for name, expected in (("documents.issuer", row), ("documents.issuer=", share)):
        assert (scored.tallies[name].correct, scored.tallies[name].gold) == expected
    assert bool(scored.findings) == (gold != predicted)


def test_report_shows_a_dash_where_nothing_is_scored() -> None:
    shown = report(score([{"id": "a", "dates": [_gold_date([[0, 8]], "2018")]}], {}))
    lines = {line[0]: line[1:4] for line in cells(shown)}
    assert lines["dates.value *"] == ("0.000", "0.000", "0.000")
    assert lines["figures.cell"] == lines["documents.issuer"] == lines["figures.group="] == ("–", "–", "–")
    assert as_json(shown)["figures.cell"] is None


def test_score_fields_restrict() -> None:
    gold = {"id": "a", "fields": ["figures"], "dates": [], "figures": []}
    scores = total([score_article(gold, {"id": "a", "dates": [_date(0, 3, "2018")]})])
    assert scores.rows["dates.span"].predicted == 0


def test_score_missing_prediction() -> None:
    scores = total(score([{"id": "a", "dates": [_gold_date([[0, 8]], "2018")]}], {}))
    assert scores.missing == 1
    assert scores.rows["dates.span"].recall == 0.0
    assert scores.macro_f1 == 0.0


def _as_prediction(record: dict[str, Any]) -> dict[str, Any]:
    """A gold record in the form of an output record: one item a mention, persons with mentions."""
    out: dict[str, Any] = {"id": record["id"], "officials": []}
    for person in record["officials"]:
        mentions = [{"start": a, "end": b} for a, b in person["spans"]]
        extra = mentions[0] if mentions else {}
        out["officials"].append({**{k: v for k, v in person.items() if k != "spans"}, "mentions": mentions, **extra})
    for field in ("dates", "locations", "documents", "figures"):
        out[field] = [
            {**{k: v for k, v in item.items() if k != "spans"}, "start": a, "end": b}
            for item in record[field]
            for a, b in item["spans"]
        ]
    return out


_VALUES = {
    "officials": {"name": ["Lý Văn Thử", "Nguyễn Thị Mẫu"]},
    "dates": {"value": ["2017", None, "2018-Q1"]},
    "locations": {"code": ["01", None], "level": ["province", "commune", "other"], "name": ["Hoà Bình", "Hòa Bình"]},
    "documents": {"number": ["01/CP", None, "số 2/NÐ-CP"], "issuer": [None, "Bộ y tế"], "type": ["Nghị định"]},
    "figures": {
        "value": [1, 90.2],
        "programme": ["BHYT", "BHXH", "KHAC"],
        "place": [None, "toàn tỉnh", "cả nước"],
        "place_code": [None, "VN", "01"],
        "group": [None, "học sinh", "hộ nghèo"],
        "period": [None, "hiện nay", "năm 2018"],
        "period_value": [None, "2018", "2017/2018"],
        "status": ["target"],
    },
}


def _perturb(record: dict[str, Any], rng: random.Random, rate: float) -> dict[str, Any]:
    """Drop, shift, change and add items."""
    out = _as_prediction(copy.deepcopy(record))
    for field, values in _VALUES.items():
        items: list[dict[str, Any]] = []
        for item in out[field]:
            roll = rng.random()
            if roll < rate:
                continue
            if roll < 2 * rate:
                for mention in [item, *item.get("mentions", ())]:
                    if "start" in mention:
                        mention["start"] += rng.randint(-3, 3)
                        mention["end"] = max(mention["start"] + 1, mention["end"] + rng.randint(-3, 3))
            if roll > 1 - 2 * rate:
                key = rng.choice(list(values))
                item[key] = rng.choice(values[key])
            if roll > 1 - rate:
                items.append(
                    {**item, **({} if field == "officials" else {"start": item["start"] + rng.randint(-9, 9)})}
                )
                items[-1]["end"] = max(items[-1].get("start", 0) + 1, items[-1].get("end", 0))
            for post in item.get("positions", ()):
                if rng.random() < rate:
                    post["body"] = rng.choice([None, "UBND tỉnh", f"{post['body'] or ''} tỉnh Tân Lập"])
                if rng.random() < rate / 2:
                    post["role"] = rng.choice(["Phó Chủ tịch", "PCT", post["role"].upper()])
            items.append(item)
        out[field] = items
    return out


@needs_shared
@pytest.mark.parametrize(
    ("name", "rate"), [("dev", 0.0), ("dev", 0.1), ("dev", 0.3), ("train", 0.1), ("figures", 0.1), ("figures", 0.3)]
)
def test_score_equals_reference(name: str, rate: float, tmp_path: Path) -> None:
    gold_file = SHARED / "gold" / f"{name}.jsonl"
    gold = load_gold(gold_file)
    rng = random.Random(7)
    predicted = [_perturb(record, rng, rate) for record in gold if rng.random() >= rate / 5]
    out = tmp_path / "pred.jsonl"
    out.write_text("".join(json.dumps(record, ensure_ascii=False) + "\n" for record in predicted), encoding="utf-8")
    _assert_equal(gold_file, out)


@needs_shared
@pytest.mark.parametrize("every", [12, pytest.param(1, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", ["dev", "figures"])
def test_score_equals_reference_on_extracted_records(name: str, every: int, tmp_path: Path) -> None:
    """Every so many articles of a gold; among the slow tests all of them."""
    gold_file = SHARED / "gold" / f"{name}.jsonl"
    gold = load_gold(gold_file)[::every]
    predicted = predict(load_articles(gold_file, gold))
    out = tmp_path / "pred.jsonl"
    out.write_text("".join(json.dumps(r) + "\n" for r in predicted.values()), encoding="utf-8")
    _assert_equal(gold_file, out)


def _assert_equal(gold_file: Path, out: Path) -> None:
    run = [sys.executable, str(SHARED / "hooks" / "score.py"), str(gold_file), str(out), "--json"]
    reference = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    predicted = {r["id"]: r for r in map(json.loads, out.read_text(encoding="utf-8").splitlines())}
    scores = total(score(load_gold(gold_file), predicted))
    assert scores.macro_f1 == pytest.approx(reference["macro"], abs=1e-4)
    assert scores.missing == reference["missing"]
    rows = [row for row in ROWS if row in reference]
    assert {row for row in ROWS if scores.scored(row)} - set(rows) <= {"documents.issuer="}  # ours alone
    assert {row: round(scores.value(row), 4) for row in rows} == pytest.approx(
        {row: reference[row] for row in rows}, abs=1e-4
    )
