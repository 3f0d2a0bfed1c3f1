"""`extractor evaluate` and `extractor compare` as commands: formats, floors, exit statuses, one clear line on a wrong use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.evaluate.gold import load_gold
from extractor.evaluate.score import ROWS

TEXT = "Sáng 12/1/2018, xã Tân Lập họp.\nÔng Lý Văn Thử, Chủ tịch UBND xã Tân Lập, dự ngày 13/1/2018."


def _item(quote: str, nth: int = 0, **values: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(quote, start + 1)
    return {"text": quote, "start": start, "end": start + len(quote), **values}


def _as_gold(item: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in item.items() if k not in ("start", "end")}, "spans": [[item["start"], item["end"]]]}


DATES = [_item("Sáng 12/1/2018", value="2018-01-12"), _item("ngày 13/1/2018", value="2018-01-13")]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "mine.jsonl"
    record = {"id": "a", "group": "test", "published": "2018-01-14", "dates": [_as_gold(d) for d in DATES]}
    path.write_text(json.dumps(record) + "\n", encoding="utf-8")
    articles = tmp_path / "mine_articles.jsonl"
    articles.write_text(json.dumps({"id": "a", "source": "portal", "text": TEXT}) + "\n", encoding="utf-8")
    return path


def _write(path: Path, *dates: dict[str, Any]) -> Path:
    path.write_text(json.dumps({"id": "a", "text": TEXT, "dates": list(dates)}) + "\n", encoding="utf-8")
    return path


def test_evaluate_json_has_macro_and_every_row(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = _write(tmp_path / "pred.jsonl", DATES[0])
    assert main(["evaluate", str(gold), "--pred", str(pred), "--format", "json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["macro_f1"] == pytest.approx(2 / 3, abs=1e-4)
    assert set(out["rows"]) == set(ROWS)
    assert out["rows"]["dates.value"]["recall"] == 0.5
    assert out["dates.value"] == out["rows"]["dates.value"]["f1"]
    assert out["groups"]["test"]["articles"] == 1


def test_evaluate_fields_alone(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A model that reads names alone is not blamed for dates, and one that was given other ids is told so."""
    record = json.loads(gold.read_text(encoding="utf-8"))
    person = _as_gold(_item("Lý Văn Thử", name="Lý Văn Thử", official=True, aliases=[], positions=[]))
    gold.write_text(json.dumps(record | {"officials": [person]}) + "\n", encoding="utf-8")
    pred = tmp_path / "pred.jsonl"
    said = {"officials": [_item("Lý Văn Thử", name="Lý Văn Thử")]}
    pred.write_text(json.dumps({"id": "a", **said}) + "\n", encoding="utf-8")
    command = ["evaluate", str(gold), "--pred", str(pred), "--format", "json"]
    assert main(command) == 0
    assert json.loads(capsys.readouterr().out)["macro_f1"] == 0.5
    assert main([*command, "--fields", "officials"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["macro_f1"], out["dates.value"]) == (1.0, None)
    assert main(["compare", str(pred), str(pred), "--gold", str(gold), "--format", "json", "--fields", "dates"]) == 0
    assert main([*command, "--fields", "persons"]) == 2
    assert "--fields persons: the fields are officials, dates" in capsys.readouterr().err
    pred.write_text(json.dumps({"id": "b", **said}) + "\n", encoding="utf-8")
    main(command)
    assert "none of its ids is one of gold's; they are written 'b', gold's 'a'" in capsys.readouterr().err


def test_a_folder_of_records_holds_other_files_too(tmp_path: Path) -> None:
    _write(tmp_path / "run.jsonl", *DATES)
    (tmp_path / "run.errors.jsonl").write_text('{"id": null, "stage": "read"}\n', encoding="utf-8")
    (tmp_path / "run.sentences.jsonl").write_text('{"id": "a"}\n{"id": "a"}\n', encoding="utf-8")
    assert load_gold(tmp_path) == load_gold(tmp_path / "run.jsonl")


def test_evaluate_output_records_are_gold_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run = _write(tmp_path / "run.jsonl", *DATES)
    assert main(["evaluate", str(run), "--pred", str(run), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["macro_f1"] == 1.0


def test_evaluate_runs_the_pipeline(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(gold), "--format", "json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["missing"] == 0
    assert out["sources"]["portal"]["articles"] == 1


def test_evaluate_tells_why_a_mention_was_dropped(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pred = tmp_path / "pred.jsonl"
    dropped = [{"start": 5, "end": 14, "text": "12/1/2018", "field": "dates", "rule": "veto", "reason": "a fraction"}]
    pred.write_text(json.dumps({"id": "a", "dates": [], "dropped": dropped}) + "\n", encoding="utf-8")
    assert main(["evaluate", str(gold), "--pred", str(pred), "--format", "json", "--errors"]) == 0
    errors = json.loads(capsys.readouterr().out)["errors"]
    assert [e["rule"] for e in errors] == ["dropped:veto", ""]
    assert "seen as '12/1/2018' and dropped: a fraction" in errors[0]["detail"]


@pytest.mark.parametrize("form", ["table", "markdown", "html"])
def test_evaluate_formats(form: str, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pred = _write(tmp_path / "pred.jsonl", DATES[0], _item("xã Tân Lập", value="2018"))
    assert main(["evaluate", str(gold), "--pred", str(pred), "--format", form]) == 0
    out = capsys.readouterr().out
    assert "dates.value *" in out
    assert "1 article, 0 without a prediction; macro F1 0.500" in out


def test_evaluate_html_is_one_file(gold: Path, tmp_path: Path) -> None:
    pred = _write(
        tmp_path / "pred.jsonl", {**DATES[0], "provenance": {"layer": "rule", "rule": "a<b"}, "value": "2017"}
    )
    out = tmp_path / "report.html"
    assert main(["evaluate", str(gold), "--pred", str(pred), "--format", "html", "-o", str(out)]) == 0
    page = out.read_text(encoding="utf-8")
    assert "http://" not in page
    assert "https://" not in page
    assert 'data-field="dates" data-kind="wrong value"' in page
    assert "rule:a&lt;b" in page
    assert '<mark class="hit">ngày 13/1/2018</mark>' in page


def test_evaluate_floors(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = _write(tmp_path / "good.jsonl", *DATES), _write(tmp_path / "bad.jsonl", DATES[0])
    floors = tmp_path / "floors.json"
    pin = ["evaluate", str(gold), "--floors", str(floors), "--pin", "--format", "json"]
    assert main([*pin, "--pred", str(good), "--margin", "0.05"]) == 0
    pinned = json.loads(floors.read_text(encoding="utf-8"))
    assert pinned["floors"]["dates.value"] == 0.95
    assert "figures.full" not in pinned["floors"]  # no gold, no floor

    check = ["evaluate", str(gold), "--floors", str(floors), "--format", "json", "--pred"]
    assert main([*check, str(good)]) == 0
    capsys.readouterr()
    assert main([*check, str(bad)]) == 1
    assert "dates.value: 0.6667 is under its floor 0.9500" in capsys.readouterr().err
    assert main([*check, str(bad), "--allow-regression"]) == 0

    # floors do not go down by themselves
    assert main([*pin, "--pred", str(bad)]) == 2
    assert "give --allow-regression" in capsys.readouterr().err
    assert main([*pin, "--pred", str(bad), "--allow-regression"]) == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["floors"]["dates.value"] == pytest.approx(0.647)

    # floors of another gold are refused
    record = json.loads(gold.read_text(encoding="utf-8"))
    gold.write_text(json.dumps({**record, "dates": record["dates"][:1]}) + "\n", encoding="utf-8")
    assert main([*check, str(good)]) == 2
    assert "another version of this gold" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "no record in it"),
        ('{"id": "a", "text": "x"}\n', "is this a file of articles?"),
        ("{broken\n", "line 1: not valid JSON"),
        ("[" * 200_000 + "\n", "line 1: not valid JSON"),
        ("[1]\n", "an object with an 'id' is expected"),
        (
            '{"id": "a", "dates": [{"text": "x", "value": null}]}\n',
            "dates[0] has neither 'spans' nor 'start' and 'end'",
        ),
        ('{"id": "a", "figures": [{"text": "x", "spans": [[0, 1]]}]}\n', "figures[0] has no 'value'"),
        ('{"id": "a"}\n{"id": "a"}\n', "this id stands twice"),
        ('{"id": "a", "dates": []}\n', "no text for 'a'"),
        ('{"id": "a", "text": "x", "published": "soon", "dates": []}\n', "published 'soon' is not a date"),
        ('{"id": "a", "text": "x", "sha256": "0", "dates": []}\n', "is not the one that was annotated"),
    ],
)
def test_evaluate_usage_errors(content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content, encoding="utf-8")
    assert main(["evaluate", str(path)]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1


@pytest.mark.parametrize(
    ("floors", "message"),
    [
        ("{", "not a JSON file"),
        ('{"x.y": 1}', "no row named 'x.y'"),
        ('{"floors": {"macro_f1": 82}}', "between 0 and 1"),
    ],
)
def test_evaluate_floors_usage_errors(
    floors: str, message: str, gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "floors.json"
    path.write_text(floors, encoding="utf-8")
    assert main(["evaluate", str(gold), "--floors", str(path)]) == 2
    assert message in capsys.readouterr().err


def test_evaluate_missing_path(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(tmp_path / "nowhere.jsonl")]) == 2
    assert "no such file" in capsys.readouterr().err


def test_evaluate_reads_parquet_tables(gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import pyarrow.parquet as pq

    from extractor.batch.tables import to_tables
    from extractor.records import Record, sha256_of

    dates = [{**d, "provenance": {"layer": "rule", "rule": "day", "confidence": 0.9}} for d in DATES]
    person = _item("Lý Văn Thử", name="Lý Văn Thử", mentions=[_item("Lý Văn Thử")], provenance=dates[0]["provenance"])
    person["positions"] = [_item("Chủ tịch UBND xã Tân Lập", role="Chủ tịch", body="Ủy ban nhân dân xã Tân Lập")]
    record = Record(id="a", text=TEXT, sha256=sha256_of(TEXT), dates=dates, officials=[person])
    lines, tables = tmp_path / "run.jsonl", tmp_path / "tables"
    lines.write_text(record.model_dump_json() + "\n", encoding="utf-8")
    for name, table in to_tables([record]).items():
        (tables / name).mkdir(parents=True)
        pq.write_table(table, tables / name / "part-000000.parquet")
    assert main(["compare", str(lines), str(tables), "--gold", str(lines), "--format", "json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["changes"] == []
    assert out["rows"]["officials.position"]["b"] == 1.0
    assert main(["evaluate", str(gold), "--pred", str(tables), "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["macro_f1"] == 1.0  # the gold has no official, so its row is left out
