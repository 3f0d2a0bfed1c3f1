"""Words as a layer: underthesea's own, in Python and as a table beside the records."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from test_lean import commands, told, without

import extractor
from extractor.cli import main
from extractor.errors import InputTypeError

TEXT = "Sáng 5/3, Ủy ban nhân dân xã Chiềng Lao họp bàn việc trồng rừng.\nBà con nhân dân bản Mòng cùng dự."


def test_words_of_a_text_are_spans_and_underscores() -> None:
    first, second = extractor.words(TEXT)
    assert (first.number, first.start, second.number) == (0, 0, 1)
    assert TEXT[second.start : second.end] == second.text == "Bà con nhân dân bản Mòng cùng dự."
    assert [TEXT[s:e] for s, e in second.words][1] == "nhân dân"
    assert "nhân_dân" in first.segmented
    assert second.segmented.replace("_", " ").replace(" .", ".") == second.text
    assert extractor.words("") == []


def test_words_of_a_record_are_those_of_its_text() -> None:
    assert extractor.words(extractor.extract(TEXT)) == extractor.words(TEXT)
    with pytest.raises(InputTypeError):
        extractor.words(5)  # type: ignore[arg-type]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    rows = [{"id": "a", "text": TEXT}, {"id": "b", "text": "Huyện khởi công hai cây cầu."}]
    path = tmp_path / "in.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def expected() -> list[dict[str, Any]]:
    return [
        {"id": id, "number": s.number, "start": s.start, "end": s.end, "text": s.text, "segmented": s.segmented}
        for id, text in (("a", TEXT), ("b", "Huyện khởi công hai cây cầu."))
        for s in extractor.words(text)
    ]


@pytest.mark.parametrize("suffix", ["", ".gz"])
def test_words_beside_a_file_of_records(articles: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"r.jsonl{suffix}"
    assert main(["extract", str(articles), "-o", str(out), "--words", "--workers", "1"]) == 0
    raw = (tmp_path / f"r.sentences.jsonl{suffix}").read_bytes()
    lines = (gzip.decompress(raw) if suffix else raw).decode("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == expected()
    assert main(["extract", str(articles), "-o", str(out), "--words", "--workers", "1"]) == 0  # ours is replaced


def test_words_in_tables_of_other_programs(articles: Path, tmp_path: Path) -> None:
    assert main(["extract", str(articles), "-o", str(tmp_path / "c"), "--format", "csv", "--words"]) == 0
    with (tmp_path / "c" / "sentences.csv").open(encoding="utf-8-sig", newline="") as lines:
        found = list(csv.DictReader(lines))
    assert [row["segmented"] for row in found] == [row["segmented"] for row in expected()]
    assert main(["extract", str(articles), "-o", str(tmp_path / "n.xlsx"), "--words"]) == 0


def test_words_of_a_folder_follow_its_articles(articles: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    out = tmp_path / "t"

    def segmented() -> dict[str, list[str]]:
        table: dict[str, list[str]] = {}
        for row in pq.read_table(out / "sentences").to_pylist():
            table.setdefault(row["id"], []).append(row["segmented"])
        return table

    assert main(["extract", str(articles), "-o", str(out), "--words", "--workers", "1"]) == 0
    assert set(segmented()) == {"a", "b"}
    rows = [json.loads(line) for line in articles.read_text(encoding="utf-8").splitlines()]
    rows[1]["text"] = "Xã khánh thành nhà văn hóa."
    rows.append({"id": "c", "text": "Trường học mở cửa."})
    articles.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    assert main(["extract", str(articles), "-o", str(out), "--workers", "1"]) == 0  # kept up without being asked again
    found = segmented()
    assert set(found) == {"a", "b", "c"}
    assert found["b"] == [s.segmented for s in extractor.words(rows[1]["text"])]
    assert main(["check", str(out)]) == 0


def test_words_need_a_place_of_their_own(articles: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(articles), "--words"]) != 0
    assert "--words" in capsys.readouterr().err
    (tmp_path / "r.sentences.jsonl").write_text("mine", encoding="utf-8")
    assert main(["extract", str(articles), "-o", str(tmp_path / "r.jsonl"), "--words"]) != 0
    assert (tmp_path / "r.sentences.jsonl").read_text(encoding="utf-8") == "mine"


def test_words_without_underthesea_say_so(articles: Path, tmp_path: Path) -> None:
    program = commands(("extract", str(articles), "-o", "r.jsonl", "--words"))
    ((status, _, said),) = told(without(program, tmp_path, ("underthesea",)))
    assert status != 0
    assert "underthesea" in said
    assert "Traceback" not in said
    assert not (tmp_path / "r.jsonl").exists()
