"""Training material: organisations that the rules teach, weak labels, annotated bodies, words of the benchmark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.evaluate.gold import load_gold as evaluation_gold
from extractor.language import read
from extractor.models import Article, Reading
from extractor.ner import tag
from extractor.ner.lexicon import DATA
from extractor.ner.model import load_model
from extractor.ner.tagger import Found, Tagger
from extractor.training.gold import Labelled, load_gold
from extractor.training.recipe import Recipe, run
from extractor.training.teacher import bodies, completed, taught
from extractor.training.weak import digest_of, of_model, of_rules, unlabelled, weak_labels

GOLD = Path(__file__).parent.parent / "gold"


def reading_of(text: str) -> Reading:
    return read(Article(id="t", text=text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sáng 3/5, UBND tỉnh Lào Cai họp với Sở Y tế.", ["UBND tỉnh Lào Cai", "Sở Y tế"]),
        ("Phòng Kế hoạch, Sở Tài chính đã trả lời.", ["Phòng Kế hoạch", "Sở Tài chính"]),
        ("HĐND tỉnh khóa XVI khai mạc kỳ họp.", ["HĐND tỉnh"]),
        ("Ông Mẫu làm Trưởng phòng Nội vụ huyện từ năm 2019.", ["phòng Nội vụ huyện"]),
        ("Bộ trưởng Bộ Y tế ký văn bản.", ["Bộ Y tế"]),
        ("Chính phủ trình Quốc hội.", ["Chính phủ", "Quốc hội"]),
        ("Theo BHXH huyện, người tham gia BHXH tự nguyện tăng.", ["BHXH huyện"]),
        ("Quyết định số 12/QĐ-UBND có hiệu lực.", []),
        ("Cán bộ y tế xã đến từng nhà.", []),
        ("Mưa lớn ở xã Vụ Bổn và thành phố Huế.", []),
        ("Sở hữu đất đai là chuyện khác.", []),
    ],
)
def test_bodies_that_the_rules_teach(text: str, found: list[str]) -> None:
    known = [(text.index("xã Vụ Bổn"), text.index("xã Vụ Bổn") + 9, "LOC")] if "Vụ Bổn" in text else []
    assert [text[s:e] for s, e, _ in bodies(reading_of(text), known)] == found


def test_a_body_begins_at_no_person() -> None:
    text = "Anh Đoàn Văn Mẫu dắt trâu."
    assert bodies(reading_of(text), [(4, 16, "PER")]) == []


def test_taught_holds_every_kind_of_span() -> None:
    text = "Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Lào Cai, đến huyện Bắc Hà ngày 3/5/2019."
    spans = {(text[s:e], label) for s, e, label in taught(reading_of(text), "crf")}
    assert {
        ("Trần Văn Mẫu", "PER"),
        ("Giám đốc Sở Y tế tỉnh Lào Cai", "POST"),
        ("huyện Bắc Hà", "LOC"),
        ("Sở Y tế tỉnh Lào Cai", "ORG"),
    } <= spans


@pytest.mark.parametrize("teacher", ["rules", "model"])
def test_weak_labels_keep_only_sentences_with_spans(teacher: str) -> None:
    text = (
        "Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Lào Cai, phát biểu tại huyện Bắc Hà.\nTrời mưa to suốt đêm qua ở đây."
    )
    (article,) = weak_labels([reading_of(text)], load_model(DATA / "ner.npz"), teacher)
    assert [" ".join(s.tokens[:4]) for s in article] == ["Ông Trần Văn Mẫu"]
    assert article[0].labels["names"][1:4] == ["B-PER", "I-PER", "I-PER"]


@pytest.mark.parametrize(("confidence", "labels"), [(0.5, None), (0.99, ["B-PRIV", "I-PRIV"])])
def test_a_person_of_whom_only_the_model_knows(confidence: float, labels: list[str] | None) -> None:
    class Other(Tagger):
        """A model that sees a person in the rain."""

        def spans(self, reading: Reading) -> Iterator[Found]:
            for found in super().spans(reading):
                rain = found._replace(label="PRIV", start=0, end=7, confidence=confidence)
                yield rain if found.label == "LOC" else found

    reading = reading_of("Mưa Lớn kéo dài ở huyện Bắc Hà, tỉnh Lào Cai.")
    model = load_model(DATA / "ner.npz")
    assert of_model(reading, Tagger.of(model))
    (alone,) = of_rules(reading, Tagger.of(model), "crf")
    assert alone.labels["names"][:2] == ["O", "O"]
    taught = of_rules(reading, Other.of(model), "crf")
    assert [s.labels["names"][:2] for s in taught] == ([labels] if labels else [])


def write(path: Path, *rows: dict[str, object]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def test_bodies_stand_in_the_record_or_beside_it(tmp_path: Path) -> None:
    text = "Sở Y tế họp với Bưu điện."
    record = {"id": "1", "text": text, "officials": [], "locations": []}
    own: Labelled = (16, 24, "ORG")
    write(tmp_path / "a.jsonl", record | {"bodies": [{"start": 16, "end": 24}]})
    write(tmp_path / "b.jsonl", record)
    write(tmp_path / "b_bodies.jsonl", {"id": "1", "bodies": [{"start": 16, "end": 24}]})
    write(tmp_path / "c.jsonl", record)
    for name in ("a", "b"):
        (example,) = load_gold(tmp_path / f"{name}.jsonl")
        assert example.bodies
        assert completed(example).spans == (own,)
    (example,) = load_gold(tmp_path / "c.jsonl")
    assert not example.bodies
    assert completed(example).spans == ((0, 7, "ORG"),)


def test_gold_is_read_as_extraction_reads_and_its_spans_move_along(tmp_path: Path) -> None:
    text = "\u200bThông báo\n\n\nÔng  Lê Văn Mẫu \u2013 Trưởng\u00a0\u00a0thôn, dự."
    name, post = text.index("Lê"), text.index("Trưởng")
    span = [post, text.index(", dự")]
    held = {"role": "Trưởng thôn", "body": None, "spans": [span]}
    person = {"name": "Lê Văn Mẫu", "official": True, "spans": [[name, name + 10]], "positions": [held]}
    write(tmp_path / "a.jsonl", {"id": "1", "text": text, "officials": [person], "locations": []})
    (example,) = load_gold(tmp_path / "a.jsonl")
    assert example.reading.text == "Thông báo\nÔng Lê Văn Mẫu - Trưởng thôn, dự."
    assert [(example.reading.text[a:b], label) for a, b, label in example.spans] == [
        ("Lê Văn Mẫu", "PER"),
        ("Trưởng thôn", "POST"),
    ]
    (told,) = example.record["officials"][0]["positions"]
    assert [example.reading.text[a:b] for a, b in told["spans"]] == ["Trưởng thôn"]


def test_annotated_bodies_of_the_sample_are_in_place() -> None:
    articles = {r["id"]: r["text"] for r in map(json.loads, (GOLD / "sample_articles.jsonl").open(encoding="utf-8"))}
    rows = [json.loads(line) for line in (GOLD / "sample_bodies.jsonl").open(encoding="utf-8")]
    assert {row["id"] for row in rows} <= set(articles)
    for row in rows:
        last = 0
        for body in row["bodies"]:
            assert articles[row["id"]][body["start"] : body["end"]] == body["text"]
            assert last <= body["start"] < body["end"]
            last = body["end"]


def test_shipped_model_knows_organisations() -> None:
    text = "Sáng 3/5, Liên đoàn Lao động tỉnh Lào Cai trao quà. Theo Sở Y tế, dịch đã giảm."
    found = [m.text for m in tag(reading_of(text)) if m.label == "ORG"]
    assert {"Liên đoàn Lao động tỉnh Lào Cai", "Sở Y tế"} <= set(found)


def test_evaluation_takes_annotated_bodies_for_no_records() -> None:
    assert len({record["id"] for record in evaluation_gold(GOLD)}) == len((GOLD / "sample.jsonl").open().readlines())


@pytest.mark.parametrize("content", ["no JSON\n", '{"title": "x"}\n', "[1]\n"])
def test_unlabelled_articles_that_are_none_are_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "w.jsonl"
    path.write_text('{"text": "Trời mưa."}\n' + content, encoding="utf-8")
    with pytest.raises(InputError, match=r"w\.jsonl, line 2"):
        list(unlabelled([path], 5, 17, frozenset()))


def test_texts_kept_for_measuring_are_left_out_by_their_digest(tmp_path: Path) -> None:
    path = tmp_path / "w.jsonl"
    path.write_text('{"text": "Trời mưa to."}\n{"text": "Nắng lên rồi."}\n', encoding="utf-8")
    both = list(unlabelled([path], 5, 17, frozenset()))
    kept = unlabelled([path], 5, 17, frozenset(), unread=frozenset({digest_of(both[0])}))
    assert [r.text for r in kept] == [both[1].text]


def test_missing_unlabelled_file_is_named_before_training(tmp_path: Path) -> None:
    write(tmp_path / "g.jsonl", {"id": "1", "text": "Sở Y tế họp.", "officials": [], "locations": []})
    with pytest.raises(InputError, match=r"none\.jsonl: no such file of unlabelled"):
        run([tmp_path / "g.jsonl"], Recipe(), weak=[tmp_path / "none.jsonl"])


def test_training_tells_its_steps(tmp_path: Path) -> None:
    sentences = ["Ông Trần Văn Mẫu, Giám đốc Sở Y tế tỉnh Lào Cai, phát biểu.", "Bà Lê Thị Na ở xã Tả Phời nói."]
    people = [[(4, 16), (18, 47)], [(3, 12)]]
    rows: list[dict[str, object]] = [
        {
            "id": str(i),
            "text": text,
            "officials": [{"spans": [list(spans[0])], "positions": [{"spans": [list(s)]} for s in spans[1:]]}],
            "locations": [],
        }
        for i, (text, spans) in enumerate(zip(sentences, people, strict=True))
    ]
    write(tmp_path / "g.jsonl", *rows)
    write(tmp_path / "w.jsonl", {"text": "Bà Phạm Thị Tư, Chủ tịch UBND xã Tả Phời, trao quà."})
    told: list[str] = []
    model = run([tmp_path / "g.jsonl"], Recipe(max_iterations=3), weak=[tmp_path / "w.jsonl"], report=told.append)
    assert [line.split()[0] for line in told] == ["training", "reading", "training"]
    assert model.meta["material"]["articles"] == 2
