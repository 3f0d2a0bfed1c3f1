"""Care of gold: offsets from quotes, the check, agreement, sampling; and the project's own gold is compiled and clean."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from extractor.cli import main
from extractor.evaluate.check import check_record
from extractor.evaluate.compile import (
    annotation_files,
    compile_annotation,
    corpus_articles,
    cuts_word,
    occurrences,
    read_annotation,
)
from extractor.evaluate.floors import gold_hash, load_floors
from extractor.evaluate.gold import load_articles, load_gold
from extractor.evaluate.sample import draw
from extractor.models import Article

ROOT = Path(__file__).parents[1]
GOLD, CORPUS = ROOT / "gold", ROOT / "corpus"


def test_gold_is_up_to_date_with_the_annotations() -> None:
    """Run `extractor gold compile gold/annotations corpus` after a change of an annotation or of a text."""
    compiled = {r["id"]: r for r in load_gold(GOLD / "sample.jsonl")}
    articles = {
        a["id"]: a for a in map(json.loads, (GOLD / "sample_articles.jsonl").read_text(encoding="utf-8").splitlines())
    }
    files = annotation_files(GOLD / "annotations")
    assert sorted(compiled) == sorted(read_annotation(file)["id"] for file in files)
    for file in files:
        annotation = read_annotation(file)
        record, problems = compile_annotation(annotation, articles[annotation["id"]], file=file.name)
        assert not problems
        assert record == compiled[annotation["id"]]


def test_gold_texts_are_those_of_the_corpus() -> None:
    """Plain texts only: what an HTML extractor gives may differ from one of its versions to the next."""
    files = {
        row["id"]: row["file"] for row in map(json.loads, (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines())
    }
    pinned = {
        a["id"]: a["text"]
        for a in map(json.loads, (GOLD / "sample_articles.jsonl").read_text(encoding="utf-8").splitlines())
    }
    read = {a["id"]: a["text"] for a in corpus_articles(CORPUS) if files[a["id"]].endswith(".txt")}
    assert set(read) <= set(pinned)
    assert read == {key: pinned[key] for key in read}


def test_gold_is_clean() -> None:
    path = GOLD / "sample.jsonl"
    records = load_gold(path)
    texts = {key: article["text"] for key, article in load_articles(path, records).items()}
    faults = [str(p) for r in records for p in check_record(r, texts[str(r["id"])], file=path.name) if p.error]
    assert faults == []
    assert len(records) >= 60


def test_gold_floors_belong_to_this_gold() -> None:
    floors = load_floors(GOLD / "floors.json")
    assert floors["gold_sha256"] == gold_hash(load_gold(GOLD / "sample.jsonl"))


@pytest.mark.parametrize(
    ("text", "quote", "cut"),
    [
        ("đạt 95%", "5%", True),
        ("đạt 0,5%", "5%", True),
        ("đạt 5%", "5%", False),
        ("5%, 6%", "5%", False),
        ("1.204 người", "1", True),
        ("ngày 12/1/2018", "12/1", False),
        ("Đoàn ĐBQH", "ĐB", True),
        ("Thành uỷTP. Huế", "TP. Huế", False),
        ("xã An Hoà.", "xã An Hoà", False),
        ("xã An Hoàng", "xã An Hoà", True),
    ],
)
def test_compile_borders(text: str, quote: str, cut: bool) -> None:
    assert cuts_word(text, occurrences(text, quote)[-1]) is cut


@pytest.mark.parametrize(
    ("field", "items", "text", "spans"),
    [
        # an item stands for every occurrence of its text
        ("dates", [{"text": "12/1", "value": None}], "12/1 và 12/1", [[[0, 4], [8, 12]]]),
        ("dates", [{"text": "12/1", "value": None, "occurrences": [2]}], "12/1 và 12/1", [[[8, 12]]]),
        # but not inside a longer item of the field …
        (
            "locations",
            [{"text": "Huế", "level": "province"}, {"text": "TP. Huế", "level": "district"}],
            "Huế, TP. Huế",
            [[[0, 3]], [[5, 12]]],
        ),
        # … unless the annotator says so
        (
            "locations",
            [{"text": "Huế", "level": "province", "occurrences": [2]}, {"text": "TP. Huế", "level": "district"}],
            "Huế, TP. Huế",
            [[[9, 12]], [[5, 12]]],
        ),
        ("figures", [{"text": "5%", "value": 5}], "95% và 5%", [[[7, 9]]]),
    ],
)
def test_compile_spans(field: str, items: list[dict[str, Any]], text: str, spans: list[list[list[int]]]) -> None:
    record, problems = compile_annotation({"id": "a", field: items}, {"text": text})
    assert [item["spans"] for item in record[field]] == spans
    assert not problems


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ({"dates": [{"text": "13/1"}]}, "does not stand in the text"),
        ({"dates": [{"text": "12/1", "occurrences": [2]}]}, "occurrence 2 asked for, but the text holds 1"),
        ({"officials": [{"name": "Lý Thử", "positions": [{"text": "Giám đốc"}]}]}, "positions 'Giám đốc'"),
        ({"officials": [{"name": "Lý Thử", "aliases": ["ông Thử"]}]}, "aliases 'ông Thử'"),
        (
            {"locations": [{"text": "Huế", "level": "x"}, {"text": "TP. Huế", "level": "x"}]},
            "stands only inside longer items",
        ),
    ],
)
def test_compile_problems(annotation: dict[str, Any], message: str) -> None:
    _, problems = compile_annotation({"id": "a", **annotation}, {"text": "Ngày 12/1, Lý Thử ở TP. Huế"}, file="a.json")
    assert message in str(problems[0])
    assert str(problems[0]).startswith("a.json: a: ")


TEXT = "Ngày 12/1, ông Lý Văn Thử, Giám đốc Sở Y tế Hà Nội, nói 90,2% dân có BHYT theo Kế hoạch 15/KH-UBND."


def _date(**values: Any) -> dict[str, Any]:
    return {"dates": [{"text": "Ngày 12/1", "value": "2018-01-12", "spans": [[0, 9]], **values}]}


def _place(**values: Any) -> dict[str, Any]:
    at = TEXT.index("Hà Nội")
    item = {
        "text": "Hà Nội",
        "name": "Hà Nội",
        "level": "province",
        "path": ["Hà Nội"],
        "code": "01",
        "spans": [[at, at + 6]],
    }
    return {"locations": [{**item, **values}]}


def _figure(**values: Any) -> dict[str, Any]:
    at = TEXT.index("90,2%")
    item = {
        **{"text": "90,2%", "value": 90.2, "unit": "percent", "programme": "BHYT", "indicator": "coverage_rate"},
        **{
            "status": "actual",
            "comparator": "eq",
            "group": None,
            "place": None,
            "period": None,
            "spans": [[at, at + 5]],
        },
    }
    return {"figures": [{**item, **values}]}


def _meant(**values: Any) -> dict[str, Any]:
    untold = {"place_path": None, "place_code": None, "period_value": None}
    return {**_figure(**{**untold, **values}), "guidelines": "1.3"}


def _document(**values: Any) -> dict[str, Any]:
    at = TEXT.index("Kế hoạch")
    item = {"text": "Kế hoạch 15/KH-UBND", "type": "Kế hoạch", "number": "15/KH-UBND", "issuer": None, "date": None}
    return {"documents": [{**item, "spans": [[at, at + 19]], **values}]}


def _official(**values: Any) -> dict[str, Any]:
    at, post = TEXT.index("Lý Văn Thử"), TEXT.index("Giám đốc")
    position = {
        "text": "Giám đốc Sở Y tế Hà Nội",
        "role": "Giám đốc",
        "body": "Sở Y tế Hà Nội",
        "spans": [[post, post + 23]],
    }
    item = {"name": "Lý Văn Thử", "official": True, "aliases": [], "positions": [position], "spans": [[at, at + 10]]}
    return {"officials": [{**item, "alias_spans": [], **values}]}


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (_date(), None),
        (_place(), None),
        (_figure(), None),
        (_document(), None),
        (_official(), None),
        ({"published": "12/1/2018"}, "is not a day"),
        ({"sha256": "0" * 64}, "it was changed after the annotation"),
        (_date(spans=[[1, 9]]), "text[1:9] is 'gày 12/1'"),
        (_date(value="12/1/2018"), "is no TIMEX3 value"),
        (_date(value="2018/2016"), "ends before it begins"),
        (_date(valeu="2018"), "unknown key 'valeu'"),
        ({"dates": [*_date()["dates"], *_date()["dates"]]}, "is annotated twice"),
        (
            {"dates": [*_date()["dates"], {"text": "12/1, ông", "value": None, "spans": [[5, 14]]}]},
            "crosses the border",
        ),
        (_place(level="city"), "level 'city' is not one of"),
        (_place(code="1"), "has 1 digits; a province has 2"),
        (_place(code="03"), "is not in the gazetteer"),
        (_place(code="79"), "check the code or the name"),
        (_place(path=["Huế"]), "path ends in 'Huế'"),
        (_figure(unit="people"), "unit 'people' is not one of"),
        (_figure(value=902), "lies outside 0–100"),
        (_figure(value=102, indicator="plan_rate"), None),
        (_figure(value="90,2"), "is not a number"),
        (_figure(place="toàn huyện"), "place 'toàn huyện' does not stand in the text"),
        (_figure(value=-90, unit="person", indicator="participants"), "participants cannot be negative"),
        (_figure(value=-1.5, unit="percentage_point", indicator="gap"), None),
        # version 1.3: every key of the meaning, and codes and values that fit
        ({**_figure(), "guidelines": "1.3"}, "has no place_path, place_code, period_value"),
        (_meant(), None),
        (_meant(place="Hà Nội", place_path=["Hà Nội"], place_code="01"), None),
        (_meant(place_path=[], place_code="VN"), None),
        (_meant(place_path=[]), "the whole country is [] and VN"),
        (_meant(place_path=["Hà Nội"], place_code="VN"), "the whole country is [] and VN"),
        (_meant(place_code="01"), "give the unit's path"),
        (_meant(place_path=["Hà Nội"], place_code="03"), "place_code 03 is not in the gazetteer"),
        (_meant(place_path=["Hà Nội"], place_code="79"), "not Hà Nội; check the code"),
        (_meant(period="Ngày 12/1", period_value="12/1/2018"), "period_value '12/1/2018' is no TIMEX3"),
        (_document(number="15 /KH-UBND"), "holds blanks"),
        (_document(number="16/KH-UBND"), "does not stand in the quote"),
        (_document(date="12/1/2018"), "is not ISO"),
        (_official(official=False), "is not official but has posts"),
        (_official(positions=[]), "is official without a post"),
        (_official(name="Lý"), "two or more syllables"),
        ({"officials": _official()["officials"] * 2}, "stands twice; one item a person"),
    ],
)
def test_check(record: dict[str, Any], message: str | None) -> None:
    found = [str(p) for p in check_record({"id": "a", "published": "2018-01-13", **record}, TEXT, file="g.jsonl")]
    if message is None:
        assert found == []
    else:
        assert any(message in line for line in found), found


@pytest.mark.parametrize(
    ("published", "name", "level", "code", "path", "message"),
    [
        ("2018-01-13", "Hà Nội", "province", "01", ["Hà Nội"], None),
        # a special zone of July 2025 in an article of 2018
        (
            "2018-01-13",
            "Phú Quốc",
            "commune",
            "31078",
            ["Kiên Giang", "Phú Quốc"],
            "31078 is Thị trấn Dương Đông up to 2018",
        ),
        ("2025-08-01", "Phú Quốc", "commune", "31078", ["An Giang", "Phú Quốc"], None),
        (
            "2025-08-01",
            "Giảng Võ",
            "commune",
            "00031",
            ["Hà Nội", "Giảng Võ"],
            "Phường Giảng Võ in force then has code 00025",
        ),
        # the old ward, as the path says
        ("2025-08-01", "Giảng Võ", "commune", "00031", ["Hà Nội", "Ba Đình", "Giảng Võ"], None),
        # abolished, so it keeps its last code
        ("2026-01-13", "Hà Giang", "province", "02", ["Hà Giang"], None),
    ],
)
def test_check_knows_codes_through_time(
    published: str, name: str, level: str, code: str, path: list[str], message: str | None
) -> None:
    place = {"text": name, "name": name, "level": level, "path": path, "code": code, "spans": [[0, len(name)]]}
    found = [str(p) for p in check_record({"id": "a", "published": published, "locations": [place]}, name, file="g")]
    assert found == [] if message is None else message in found[0]


def test_gold_check_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "g.jsonl"
    path.write_text(json.dumps({"id": "a", "text": TEXT, **_date(value="hôm nay")}) + "\n", encoding="utf-8")
    assert main(["gold", "check", str(path)]) == 1
    assert f"fault: {path}: a: dates 'Ngày 12/1': 'hôm nay' is no TIMEX3 value" in capsys.readouterr().out
    assert main(["gold", "check", str(GOLD / "sample.jsonl")]) == 0


def _annotations(folder: Path, value: str) -> Path:
    folder.mkdir()
    annotation = {"id": "a", "dates": [{"text": "Ngày 12/1", "value": value}]}
    (folder / "a.json").write_text(json.dumps(annotation), encoding="utf-8")
    return folder


def test_gold_agreement_and_compile_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.txt").write_text(TEXT, encoding="utf-8")
    row = {"id": "a", "file": "a.txt", "published": "2018-01-13"}
    (corpus / "manifest.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    one, other = _annotations(tmp_path / "one", "2018-01-12"), _annotations(tmp_path / "other", "2017-01-12")
    assert main(["gold", "agreement", str(one), str(other), "--corpus", str(corpus), "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert (out["rows"]["dates.span"]["f1"], out["rows"]["dates.value"]["f1"]) == (1.0, 0.0)
    assert out["errors"][0]["detail"] == "gold 2018-01-12, predicted 2017-01-12"

    assert main(["gold", "compile", str(one), str(corpus)]) == 0
    record = json.loads((tmp_path / "sample.jsonl").read_text(encoding="utf-8"))
    assert record["dates"] == [{"text": "Ngày 12/1", "value": "2018-01-12", "spans": [[0, 9]]}]
    assert record["published"] == "2018-01-13"

    (one / "a.json").write_text(json.dumps({"id": "a", "dates": [{"text": "13/1"}]}), encoding="utf-8")
    capsys.readouterr()
    assert main(["gold", "compile", str(one), str(corpus)]) == 1
    assert "does not stand in the text" in capsys.readouterr().out


def _articles() -> list[Article]:
    return [
        Article(
            f"a{n}",
            ("BHYT " if n % 3 == 0 else "tin ") + "x" * 400 + str(n),
            published=date(2017 + n % 2, 1, 1),
            source=f"portal {n % 5}",
        )
        for n in range(60)
    ]


def test_sample_is_stratified_and_seeded() -> None:
    drawn = draw(_articles(), 12, by=("insurance", "year"))
    counts: dict[str, int] = {}
    for name, _ in drawn:
        counts[name] = counts.get(name, 0) + 1
    assert set(counts.values()) == {3}
    assert len(counts) == 4
    assert drawn == draw(reversed(_articles()), 12, by=("insurance", "year"))
    assert drawn != draw(_articles(), 12, by=("insurance", "year"), seed=1)


def test_sample_fills_from_large_strata_and_drops_doubles() -> None:
    drawn = draw([*_articles(), *_articles()], 100, by=("insurance",))
    assert len(drawn) == 60
    assert len({article.id for _, article in drawn}) == 60


def test_sample_takes_articles_that_share_an_id_and_their_opening() -> None:
    some = [Article("a", "Xã Yên Khê họp về bảo hiểm y tế. " * 12 + end) for end in ("Một.", "Hai.", "Ba.")]
    assert draw(some, 2) == draw(reversed(some), 2)
    assert len(draw(some, 3)) == 3


def test_gold_sample_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "s.jsonl"
    assert main(["gold", "sample", str(GOLD / "sample_articles.jsonl"), "-n", "6", "-o", str(out)]) == 0
    assert len(out.read_text(encoding="utf-8").splitlines()) == 6
    assert main(["gold", "sample", str(CORPUS), "-n", "6", "--by", "colour", "-o", str(tmp_path / "t.jsonl")]) == 2
    assert "no stratum named 'colour'" in capsys.readouterr().err
