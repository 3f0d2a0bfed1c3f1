"""The statistical layer: own decoder against crfsuite, interface, bounded memory, training, backends."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import numpy as np
import pytest

from extractor.errors import ExtractorError, InputError, ModelError
from extractor.language import named_entities, read
from extractor.models import Article, Mention, Reading
from extractor.ner import tag
from extractor.ner.decode import marginals, viterbi
from extractor.ner.features import sequences, string_features
from extractor.ner.forms import shape
from extractor.ner.lexicon import DATA
from extractor.ner.model import Chain, Model, from_crfsuite, load_model
from extractor.ner.scores import Scorer
from extractor.ner.tables import tables_of
from extractor.ner.tagger import Found, Tagger, _parted, agreed
from extractor.rules import patterns_dir
from extractor.training.build import unit_lines
from extractor.training.clusters import induce
from extractor.training.gold import bio, labelled_spans, load_gold, token_spans
from extractor.training.recipe import Recipe, run
from extractor.training.sequences import labelled_sequences, tokens_of
from extractor.training.train import Config, digest, fit, varied
from extractor.training.weak import unlabelled

pycrfsuite = pytest.importorskip("pycrfsuite")

SURNAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Đặng", "Bùi")
MIDDLES = ("Văn", "Thị", "Minh", "Quốc", "Hồng")
GIVENS = ("An", "Bình", "Cường", "Dung", "Hạnh", "Khoa", "Lan", "Phúc")
UNITS = ("huyện Tân Hồng", "xã Phú Điền", "tỉnh Đồng Tháp", "TP Cao Lãnh", "thị trấn Mỹ An", "phường 4")
POSTS = ("Chủ tịch UBND huyện", "Giám đốc Sở Y tế", "Phó Bí thư Tỉnh ủy")
FRAMES = (
    "Ông {PER}, {POST}, phát biểu tại {LOC} sáng 12/5.",
    "Tại {LOC}, bà {PER} - {POST} trao quà cho các hộ nghèo.",
    "Đoàn công tác đến {LOC} và {LOC2}; {POST} {PER} chủ trì.",
    "# {LOC}: {PER} NHẬN NHIỆM VỤ MỚI",
    "Người dân mong mưa sớm về để xuống giống vụ hè thu.",
)


def made_up(number: int, seed: int) -> list[tuple[str, list[tuple[int, int, str]]]]:
    """Articles put together from frames, with the spans of what was filled in."""
    draw = random.Random(seed)
    out = []
    for _ in range(number):
        text, spans = "", []
        for frame in draw.sample(FRAMES, 4):
            for part in frame.replace("}", "{").split("{"):
                label = {"PER": "PER", "LOC": "LOC", "LOC2": "LOC", "POST": "POST"}.get(part)
                if label == "PER":
                    part = f"{draw.choice(SURNAMES)} {draw.choice(MIDDLES)} {draw.choice(GIVENS)}"
                elif label == "LOC":
                    part = draw.choice(UNITS)
                elif label == "POST":
                    part = draw.choice(POSTS)
                if label:
                    spans.append((len(text), len(text) + len(part), label))
                text += part
            text += "\n"
        out.append((text, spans))
    return out


def reading_of(text: str) -> Reading:
    return read(Article(id="t", text=text))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[Model, dict[str, object]]:
    folder = tmp_path_factory.mktemp("crf")
    articles = [labelled_sequences(reading_of(text), spans) for text, spans in made_up(25, 1)]
    taggers = {}
    for chain in ("names", "posts"):
        fit(articles, Config(max_iterations=25), folder / chain, chain)
        taggers[chain] = pycrfsuite.Tagger()
        taggers[chain].open(str(folder / chain))
    return from_crfsuite(taggers, {"id": "test"}), taggers


def test_scorer_and_viterbi_give_what_crfsuite_gives(trained: tuple[Model, dict[str, object]]) -> None:
    model, taggers = trained
    tagger = Tagger.of(model)
    mixed = "Lạ: D'Ran 12.345 (Ðồng) — *TP.HCM* | X\n" * 3 + "ông Trần Văn Lạ\nBÀ LÊ THỊ MỚI Ở XÃ KIA"
    for text in [t for t, _ in made_up(30, 2)] + [
        mixed,
        "a",
        ".",
        "Ông\n\nBà Nguyễn Thị",
        "Bà \u200bLê\u00ad Thị\u2060 An",
    ]:
        reading = reading_of(text)
        tokens = tokens_of(reading)
        want = set()
        for chain in taggers.values():
            labels = ["O"] * len(tokens)
            for first, last in sequences(reading):
                kind = reading.line_at(reading.starts[first]).kind
                labels[first:last] = chain.tag(string_features(tokens[first:last], kind))  # type: ignore[attr-defined]
            want |= {(reading.starts[a], reading.ends[b - 1], label) for a, b, label in token_spans(labels)}
        assert {span[:3] for span in tagger.spans(reading)} == want


def test_viterbi_and_marginals_against_all_paths() -> None:
    draw = np.random.default_rng(3)
    labels = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC")
    for _ in range(150):
        chain = Chain("names", labels, draw.normal(0, 2, (5, 5)).astype(np.float32))
        size = int(draw.integers(1, 6))
        scores = draw.normal(0, 2, (size + 6, 5)).astype(np.float32)
        inside = np.zeros(size + 6, np.bool_)
        inside[3 : 3 + size] = True
        found, _, starts, ends = viterbi(scores, inside, (chain,))
        found = found[0]
        paths = np.stack(np.meshgrid(*[np.arange(5)] * size, indexing="ij"), -1).reshape(-1, size)
        total = scores[np.arange(3, 3 + size), paths].sum(1) + chain.transitions[paths[:, :-1], paths[:, 1:]].sum(1)
        assert found[3 : 3 + size].tolist() == paths[total.argmax()].tolist()
        if (starts.tolist(), ends.tolist()) == ([3], [3 + size]):  # one stretch: the sums are exact
            share = np.exp(total - total.max())
            sure = marginals(scores, inside, chain, starts, ends)
            for at in range(size):
                expected = share[paths[:, at] == found[3 + at]].sum() / share.sum()
                assert sure[3 + at, found[3 + at]] == pytest.approx(expected, abs=1e-3)


def test_scorer_table_is_bounded(trained: tuple[Model, dict[str, object]]) -> None:
    small, large = (Scorer(tables_of(trained[0]), capacity=size) for size in (60, 12_000))
    for text, _ in made_up(12, 5):
        tokens = tokens_of(reading_of(text))[:40]
        one, _ = small.scores(tokens, [(0, len(tokens))], ["body"])
        other, _ = large.scores(tokens, [(0, len(tokens))], ["body"])
        np.testing.assert_allclose(one, other, atol=1e-5)
        assert len(small._ids) <= 60


def test_long_and_odd_texts_keep_offsets(trained: tuple[Model, dict[str, object]]) -> None:
    tagger = Tagger.of(trained[0])
    for text in ("x" * 50_000, "Nguyễn Văn An, " * 3_000, "1/" * 20_000, "", "\n\n", "Ông \U0001f600 Trần Văn Bình."):
        reading = reading_of(text)
        for mention in tagger(reading):
            assert text[mention.start : mention.end] == mention.text


def test_model_file_keeps_everything(trained: tuple[Model, dict[str, object]], tmp_path: Path) -> None:
    trained[0].save(tmp_path / "m.npz")
    again = load_model(tmp_path / "m.npz")
    assert again.attributes == trained[0].attributes
    assert again.meta == {"id": "test"}
    np.testing.assert_array_equal(again.weights, trained[0].weights)
    assert [c.labels for c in again.chains] == [c.labels for c in trained[0].chains]


@pytest.mark.parametrize(
    ("text", "label", "quotes"),
    [
        ("Ông Nguyễn Văn Tám, Chủ tịch UBND huyện Cao Lãnh, chủ trì hội nghị.", "PER", ["Nguyễn Văn Tám"]),
        (
            "Hội nghị diễn ra tại xã Mỹ Hòa, huyện Tháp Mười, tỉnh Đồng Tháp.",
            "LOC",
            ["xã Mỹ Hòa", "huyện Tháp Mười", "tỉnh Đồng Tháp"],
        ),
        ("Bà Trần Thị Mười, Giám đốc Sở Y tế, phát biểu.", "POST", ["Giám đốc Sở Y tế"]),
        ("Trong tháng cao điểm, ngày 12/1, số thẻ BHYT tăng 2,2%.", "LOC", []),
        ("Người dân mong mưa sớm về.", "PER", []),
    ],
)
def test_tag_with_shipped_model(text: str, label: str, quotes: list[str]) -> None:
    found = [m for m in tag(reading_of(text)) if m.label == label]
    assert [m.text for m in found] == quotes
    assert all(m.evidence.layer == "ner" and 0 < m.evidence.confidence <= 1 for m in found)


def test_tag_backends_of_no_model() -> None:
    reading = reading_of("Ông Nguyễn Văn Tám ở Hà Nội.")
    assert tag(reading, backend="none") == []
    with pytest.raises(ModelError, match="no such backend"):
        tag(reading, backend="crff")


def test_tag_underthesea_offsets() -> None:
    text = "Ông  Nguyễn Văn Hoà, Chủ tịch xã, làm việc tại Hà Nội.\nBà Lê Thị Thuỷ ở Huế."
    found: list[Mention] = tag(reading_of(text), backend="underthesea")
    assert {"Nguyễn Văn Hoà", "Hà Nội"} <= {m.text for m in found}
    assert all(text[s:e].strip() == text[s:e] for s, e, _ in named_entities(text.split("\n")[0]))


def test_tag_hugging_face_model_built_here(tmp_path: Path) -> None:
    transformers = pytest.importorskip("transformers")
    torch = pytest.importorskip("torch")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "ông", "an", "ở", "huế", "."]
    (tmp_path / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    tokenizer = transformers.BertTokenizerFast(
        vocab_file=str(tmp_path / "vocab.txt"), do_lower_case=True, strip_accents=False
    )
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8,
        id2label={0: "O", 1: "B-PER", 2: "B-LOC"}, label2id={"O": 0, "B-PER": 1, "B-LOC": 2},
    )  # fmt: skip
    torch.manual_seed(0)
    model = transformers.BertForTokenClassification(config)
    with torch.no_grad():
        model.classifier.weight.zero_()
        model.classifier.bias.copy_(torch.tensor([0.0, 5.0, 0.0]))  # everything is a person
    model.save_pretrained(tmp_path)
    tokenizer.save_pretrained(tmp_path)
    text = "Ông An ở Huế."
    found = tag(reading_of(text), backend=str(tmp_path))
    assert found
    assert all(m.label == "PER" and text[m.start : m.end] == m.text for m in found)


def test_hugging_face_without_the_extra_says_so(tmp_path: Path) -> None:
    with pytest.raises(ModelError):
        tag(reading_of("Ông An."), backend=str(tmp_path))


def write_gold(folder: Path) -> Path:
    rows, articles = [], []
    for number, (text, spans) in enumerate(made_up(12, 7)):
        people = [{"spans": [[s, e]], "alias_spans": [], "positions": []} for s, e, label in spans if label == "PER"]
        places = [{"spans": [[s, e]], "level": "commune"} for s, e, label in spans if label == "LOC"]
        rows.append({"id": str(number), "officials": people, "locations": places})
        articles.append({"id": str(number), "text": text, "title": None})
    for name, content in (("g.jsonl", rows), ("g_articles.jsonl", articles)):
        (folder / name).write_text(
            "\n".join(json.dumps(r, ensure_ascii=False) for r in content) + "\n", encoding="utf-8"
        )
    return folder / "g.jsonl"


def test_training_is_repeatable_and_records_its_data(tmp_path: Path) -> None:
    gold = write_gold(tmp_path)
    recipe = Recipe(max_iterations=8, weak_articles=3)
    weak = [tmp_path / "g_articles.jsonl"]
    assert run([gold], recipe, weak=weak).meta["material"]["weak"] == 0  # gold texts are never weak ones
    for number in (1, 2):
        run([gold], recipe).save(tmp_path / f"m{number}.npz")
    assert (tmp_path / "m1.json").read_text() == (tmp_path / "m2.json").read_text()
    one, two = load_model(tmp_path / "m1.npz"), load_model(tmp_path / "m2.npz")
    np.testing.assert_array_equal(one.weights, two.weights)
    assert one.meta["configuration"]["seed"] == recipe.seed
    assert len(one.meta["gold"]["g.jsonl"]) == 64
    found = tag(
        reading_of("Ông Trần Minh An, Giám đốc Sở Y tế, phát biểu tại xã Phú Điền."), backend=str(tmp_path / "m1.npz")
    )
    assert {"Trần Minh An", "xã Phú Điền"} <= {m.text for m in found}


def test_gold_without_texts_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"id": "1"}\n', encoding="utf-8")
    with pytest.raises(ExtractorError, match="x_articles"):
        load_gold(tmp_path / "x.jsonl")


def test_varied_copies_keep_labels_on_names() -> None:
    articles = [labelled_sequences(reading_of(text), spans) for text, spans in made_up(20, 4)]
    for article in varied(articles, Config(copies=2))[20:]:
        for sequence in article:
            for chain, labels in sequence.labels.items():
                assert len(labels) == len(sequence.tokens)
                spans = token_spans(labels)
                assert all(label in ("PER", "LOC") if chain == "names" else label == "POST" for _, _, label in spans)
                for first, last, label in spans:
                    if label == "PER":
                        assert all(t[0].isupper() for t in sequence.tokens[first:last])


@pytest.mark.parametrize(
    ("token", "form"),
    [
        ("Hà", "Xx"),
        ("UBND", "XX"),
        ("Y", "X"),
        ("xã", "x"),
        ("2018", "d4"),
        ("iPhone", "xX"),
        ("–", "–"),
        ("K'Mák", "xX"),
    ],
)
def test_shape_of_tokens(token: str, form: str) -> None:
    assert shape(token) == form


def test_bio_prefers_the_longer_of_overlapping_spans() -> None:
    reading = reading_of("UBND tỉnh Tiền Giang họp")
    assert bio(reading, [(5, 20, "LOC"), (10, 20, "LOC")], "names") == ["O", "B-LOC", "I-LOC", "I-LOC", "O"]
    record = {
        "officials": [{"spans": [[0, 4]], "positions": [{"spans": [[5, 9]]}]}],
        "locations": [{"level": "other", "spans": [[5, 20]]}],
    }
    assert labelled_spans(record) == ((0, 4, "PER"), (5, 9, "POST"), (5, 20, "OTHER"))


def test_build_unit_lines_fold_and_join_levels() -> None:
    rows = [
        {"level": "district", "name": "Tân Hồng"},
        {"level": "commune", "name": "Tân Hồng"},
        {"level": "commune", "name": "D'Ran"},
        {"level": "district", "name": "1"},
        {"level": "commune", "name": "Cảnh Thuỵ"},
    ]
    assert unit_lines(rows) == ["cảnh thụy\tc\n", "d'ran\tc\n", "tân hồng\tcd\n"]


def test_clusters_are_repeatable_and_join_words_of_like_company() -> None:
    texts = ["ông An đến chợ . bà Lan đến chợ . ông Bình về nhà . bà Hoa về nhà ."] * 40
    one, two = induce(texts), induce(texts)
    assert one == two
    assert one["an/Xx"][2] == 10  # always capitalised
    assert one["chợ/x"][2] == 0


@pytest.mark.parametrize(
    ("label", "weight", "want"),
    [("LOC", 0.4, ["PER", "PER", "PER"]), ("PRIV", 0.9, ["PER", "PER", "PER"]), ("LOC", 5.0, ["LOC", "LOC", "LOC"])],
)
def test_agreed_gives_a_string_one_label(label: str, weight: float, want: list[str]) -> None:
    text = "Trần Văn A, Trần Văn A, Trần Văn A"
    spans = [Found(0, 10, "PER", 0.9, 0.9), Found(12, 22, label, weight, 0.4), Found(24, 34, "PER", 0.8, 0.9)]
    assert [found.label for found in agreed(spans, text)] == want


def test_output_records_serve_as_gold(tmp_path: Path) -> None:
    text = "Ông Lê Văn Sáu (ông Sáu), Chủ tịch xã, ở Huế."
    person = {
        "start": 4, "end": 14, "official": True,
        "mentions": [{"start": 4, "end": 14, "kind": "name"}, {"start": 16, "end": 23, "kind": "alias"}],
        "positions": [{"start": 26, "end": 37}],
    }  # fmt: skip
    record = {
        "id": "1",
        "text": text,
        "officials": [person],
        "locations": [{"start": 41, "end": 44, "level": "province"}],
    }
    (tmp_path / "r.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    (example,) = load_gold(tmp_path / "r.jsonl")
    assert [(text[s:e], label) for s, e, label in example.spans] == [
        ("Lê Văn Sáu", "PER"), ("ông Sáu", "ALIAS"), ("Chủ tịch xã", "POST"), ("Huế", "LOC"),
    ]  # fmt: skip


def test_shipped_model_belongs_to_the_word_lists() -> None:
    meta = json.loads((DATA / "ner.json").read_text(encoding="utf-8"))
    folders = {"ner_lexicon.yaml": patterns_dir()}
    for name, known in meta["lexicons"].items():
        assert digest(folders.get(name, DATA) / name) == known, f"{name} has changed: train the model again"


def test_missing_files_are_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no\.jsonl"):
        load_gold(tmp_path / "no.jsonl")
    (tmp_path / "bad.jsonl").write_text("{\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        load_gold(tmp_path / "bad.jsonl")
    with pytest.raises(InputError, match="unlabelled"):
        list(unlabelled([tmp_path / "no.jsonl"], 1, 1, frozenset()))


def test_cost_is_linear_in_the_length() -> None:
    readings = [reading_of("Nguyễn Văn An, " * count) for count in (1_000, 8_000)]
    tag(readings[0])
    calls: list[int] = []

    def counted(_frame: object, event: str, _arg: object) -> None:
        calls[-1] += event in ("call", "c_call")

    for reading in readings:
        calls.append(0)
        sys.setprofile(counted)
        try:
            tag(reading)
        finally:
            sys.setprofile(None)
    assert calls[1] < 10 * calls[0]  # eight times the text


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("Cao Bằng Đàm Văn Tám", [("LOC", "Cao Bằng"), ("PER", "Đàm Văn Tám")]),
        ("Hà Nam Đàm Tám", [("PER", "Hà Nam Đàm Tám")]),
        ("Nguyễn Thị Hà Nam Anh", [("PER", "Nguyễn Thị Hà Nam Anh")]),
    ],
)
def test_parted_takes_a_province_off_a_person(text: str, want: list[tuple[str, str]]) -> None:
    parts = _parted(Found(0, len(text), "PER", 0.9, 1.0), text)
    assert [(p.label, text[p.start : p.end]) for p in parts] == want
