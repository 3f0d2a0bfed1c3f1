"""Annotation formats: lossless round trips, edits made in a tool, offsets repaired and reported."""

from __future__ import annotations

import copy
import json
import os
import tempfile
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.cli import main
from extractor.errors import InputError
from extractor.evaluate.compile import compile_annotation
from extractor.evaluate.formats import brat, conll, docbin, doccano, files, label_studio
from extractor.evaluate.formats.document import LABELS, Document, from_record, to_record
from extractor.evaluate.formats.offsets import Offsets, to_utf16
from extractor.text import clean

SHARED = Path(os.environ.get("EXTRACTOR_SHARED", Path(__file__).parents[2] / "shared"))
GOLD = Path(__file__).parents[1] / "gold"
FORMS: dict[str, str] = {
    "label-studio": "t.json",
    "doccano": "t.jsonl",
    "brat": "t",
    "spacy": "t.spacy",
    "records": "t.jsonl",
}

TEXT = "🌾 Sáng 12/1, ông Lý Văn Thử, Chủ tịch UBND xã Tân Lập,\nnói: 1.204 người tham gia BHYT. Ông Thử ký Kế hoạch 15/KH-UBND. 🎉"
ANNOTATION: dict[str, Any] = {
    "id": "a/1",
    "group": "test",
    "published": "2018-01-14",
    "officials": [
        {
            "name": "Lý Văn Thử",
            "official": True,
            "aliases": ["Ông Thử"],
            "positions": [
                {"text": "Chủ tịch UBND xã Tân Lập", "role": "Chủ tịch", "body": "Ủy ban nhân dân xã Tân Lập"}
            ],
        }
    ],
    "dates": [{"text": "Sáng 12/1", "value": "2018-01-12"}],
    "locations": [
        {"text": "xã Tân Lập", "name": "Tân Lập", "level": "commune", "path": [None, None, "Tân Lập"], "code": None}
    ],
    "documents": [
        {"text": "Kế hoạch 15/KH-UBND", "type": "Kế hoạch", "number": "15/KH-UBND", "issuer": None, "date": None},
    ],
    "figures": [
        {
            **{
                "text": "1.204 người",
                "value": 1204,
                "unit": "person",
                "programme": "BHYT",
                "indicator": "participants",
            },
            **{"status": "actual", "comparator": "eq", "group": None, "place": "xã Tân Lập", "period": None},
        }
    ],
}


@pytest.fixture
def record() -> dict[str, Any]:
    out, problems = compile_annotation(ANNOTATION, {"text": TEXT})
    assert not problems
    return out


def _through(form: str, documents: list[Document], folder: Path) -> tuple[list[Document], list[Any]]:
    path, repairs = Path(tempfile.mkdtemp(dir=folder)) / FORMS[form], []
    files.write(documents, path, form)  # type: ignore[arg-type]
    assert files.detect(path) == form
    return list(files.read(path, form, repairs.append)), repairs  # type: ignore[arg-type]


@pytest.mark.parametrize("form", FORMS)
def test_convert_round_trip(form: str, record: dict[str, Any], tmp_path: Path) -> None:
    documents, repairs = _through(form, [from_record(record, {"text": TEXT})], tmp_path)
    assert [to_record(d) for d in documents] == [record]
    assert not repairs


def _sources() -> list[Path]:
    return [p for p in (SHARED / "gold" / "dev.jsonl", GOLD / "sample.jsonl") if p.is_file()]


@pytest.mark.parametrize("source", _sources(), ids=lambda p: p.stem)
@pytest.mark.parametrize("form", FORMS)
def test_convert_round_trip_gold(form: str, source: Path, tmp_path: Path) -> None:
    some = 30 if source.is_relative_to(SHARED) else 12
    documents, repairs = _through(form, list(files.read(source, "records"))[:some], tmp_path)
    want = [json.loads(line) for line in source.read_text(encoding="utf-8").splitlines()][:some]
    got = {d.id: to_record(d) for d in documents}
    assert [got[r["id"]] for r in want] == want
    assert not repairs


# What real pages hold beside plain letters: emoji, decomposed letters, Windows line ends, no-break blanks.
_PIECES = ["ông Lý", "xã Tân Lập", " ", "\n", "🎉", "👩‍🌾", "ở ", "12/1", "\u00a0", "Hoà", ".", "đ"]


@st.composite
def _documents(draw: st.DrawFn) -> Document:
    text = clean("x" + "".join(draw(st.lists(st.sampled_from(_PIECES), min_size=3, max_size=14))) + "x")
    document = Document("p", text)
    for number in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        if not text[start:end].strip() or text[start].isspace() or text[end - 1].isspace():
            continue
        document.items[f"d{number}"] = {
            "text": text[start:end],
            "value": draw(st.sampled_from([None, "2018", "2018-01"])),
        }
        record = {"id": "p", "dates": [{**document.items[f"d{number}"], "spans": [[start, end]]}]}
        document.mentions += [m for m in from_record(record, {"text": text}).mentions for m.key in [f"d{number}"]]
    document.mentions.sort(key=lambda m: (m.start, m.end))
    return document


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(document=_documents(), form=st.sampled_from(["label-studio", "doccano", "brat", "spacy"]))
def test_convert_round_trip_property(document: Document, form: str, tmp_path: Path) -> None:
    want = to_record(copy.deepcopy(document))
    documents, repairs = _through(form, [document], tmp_path)
    assert documents[0].text == document.text
    assert to_record(documents[0])["dates"] == want["dates"]
    assert not repairs


@given(
    pieces=st.lists(st.sampled_from(_PIECES), min_size=2, max_size=14),
    form=st.sampled_from(["NFC", "NFD"]),
    crlf=st.booleans(),
    counting=st.sampled_from(["code points", "UTF-16 units"]),
    data=st.data(),
)
def test_offsets_of_any_text(pieces: list[str], form: Any, crlf: bool, counting: Any, data: st.DataObject) -> None:
    raw = unicodedata.normalize(form, "a" + "".join(pieces) + "b")
    raw = raw.replace("\n", "\r\n") if crlf else raw
    # a border never falls between a letter and its marks, or inside a line end
    borders = [
        i for i in range(len(raw) + 1) if clean(raw[:i]) + clean(raw[i:]) == clean(raw) and raw[i - 1 : i + 1] != "\r\n"
    ]
    start, end = sorted(data.draw(st.lists(st.sampled_from(borders), min_size=2, max_size=2, unique=True)))
    count = (lambda text: to_utf16(text)[-1]) if counting == "UTF-16 units" else len
    offsets = Offsets("p", raw, native=counting)
    span = offsets.place(count(raw[:start]), count(raw[:end]), raw[start:end])
    assert span is not None
    assert offsets.text[span[0] : span[1]] == clean(raw[start:end])
    assert span[0] == len(clean(raw[:start]))
    assert not offsets.repairs


@pytest.mark.parametrize(
    ("raw", "native", "start", "end", "quote", "span", "reason"),
    [
        ("a🎉 xã Tân", "code points", 4, 10, "xã Tân", (3, 9), "offsets counted in UTF-16 units"),
        ("a🎉 xã Tân", "UTF-16 units", 3, 9, "xã Tân", (3, 9), "offsets counted in code points"),
        ("một\nhai\nba", "code points", 10, 12, "ba", (8, 10), r"offsets counted in \r\n for each line end"),
        ("một\r\nhai\r\nba", "code points", 8, 10, "ba", (8, 10), r"offsets counted in \n for each \r\n"),
        ("xã Tân Lập", "code points", 4, 14, "Tân Lập", (3, 10), "offsets counted in UTF-8 bytes"),
        ("ở đây, ở đó", "code points", 9, 10, "ở", (7, 8), "moved to the nearest of 2 occurrences"),
        ("ở đây", "code points", 0, 3, "nơi", None, "the quote does not stand in the text"),
        (unicodedata.normalize("NFD", "ở đây"), "code points", 0, 2, "ở", None, "the quote does not stand"),
    ],
)
def test_offsets_repair(
    raw: str, native: Any, start: int, end: int, quote: str, span: tuple[int, int] | None, reason: str
) -> None:
    offsets = Offsets("a", raw, native=native)
    found = offsets.place(start, end, quote)
    if span is None and found is not None:  # a decomposed letter whose border was cut is found again
        assert offsets.text[found[0] : found[1]] == quote
        return
    assert found == span
    assert offsets.repairs[0].reason.startswith(reason)
    assert offsets.repairs[0].after == span


def _task(record: dict[str, Any]) -> dict[str, Any]:
    return label_studio.to_task(from_record(record, {"text": TEXT}), predictions=False)


def test_label_studio_offsets_are_utf16(record: dict[str, Any]) -> None:
    region = next(r for r in _task(record)["annotations"][0]["result"] if r["value"].get("labels") == ["DATE"])
    raw = TEXT.encode("utf-16-le")
    assert raw[2 * region["value"]["start"] : 2 * region["value"]["end"]].decode("utf-16-le") == "Sáng 12/1"


def test_label_studio_edits_come_back(record: dict[str, Any]) -> None:
    task = _task(record)
    result = task["annotations"][0]["result"]
    for entry in result:
        if entry.get("from_name") == "date_value":
            entry["value"]["text"] = ["2018-01-13"]
        if entry.get("from_name") == "unit":
            entry["value"]["choices"] = ["household"]
    # an annotator drops the document, empties the figure's place, adds a person and a post tied by a relation
    result[:] = [r for r in result if not str(r.get("id", "")).startswith("n0") and r.get("from_name") != "place"]
    start = to_utf16(TEXT)[TEXT.index("BHYT")]
    for name, label in (("p1", "OFFICIAL"), ("p2", "POSITION")):
        value = {"start": start, "end": start + 4, "text": "BHYT", "labels": [label]}
        result.append({"id": name, "from_name": "label", "to_name": "text", "type": "labels", "value": value})
    result.append({"id": "p2", "from_name": "role", "type": "textarea", "value": {"text": ["Giám đốc"]}})
    result.append({"type": "relation", "from_id": "p2", "to_id": "p1", "direction": "right"})
    document, repairs = label_studio.from_task(task, "t")
    out = to_record(document)
    assert not repairs
    assert out["dates"][0]["value"] == "2018-01-13"
    assert out["documents"] == []
    assert out["figures"][0]["unit"] == "household"
    assert out["figures"][0]["place"] is None
    assert out["officials"][0] == record["officials"][0]
    assert out["officials"][1]["name"] == "BHYT"
    assert [p["role"] for p in out["officials"][1]["positions"]] == ["Giám đốc"]


def test_label_studio_configuration_knows_every_control() -> None:
    root = ET.fromstring((GOLD / "label_studio.xml").read_text(encoding="utf-8"))
    assert [e.get("value") for e in root.iter("Label")] == list(LABELS)
    named = {e.get("name"): e.tag.lower() for e in root.iter() if e.get("perRegion")}
    assert named == {c.name: c.kind for controls in label_studio.CONTROLS.values() for c in controls}
    shown = {
        view.get("whenLabelValue"): {e.get("name") for e in view.iter() if e.get("perRegion")}
        for view in root.iter("View")
    }
    for label, controls in label_studio.CONTROLS.items():
        assert shown[label] == {c.name for c in controls}


def test_label_studio_predictions(record: dict[str, Any]) -> None:
    task = label_studio.to_task(from_record(record, {"text": TEXT}), predictions=True)
    assert "annotations" not in task
    assert task["predictions"][0]["result"]


def test_predictions_come_back_as_gold(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What the pipeline says of itself (provenance, linked codes …) is not an annotator's word."""
    source, tasks, gold = tmp_path / "a.jsonl", tmp_path / "t.json", tmp_path / "gold.jsonl"
    article = {"id": "a", "group": "2018 · insurance", "published": "2018-01-14", "text": TEXT}
    source.write_text(json.dumps(article, ensure_ascii=False) + "\n", encoding="utf-8")
    assert main(["convert", str(source), "--predict", "--to", "label-studio", "-o", str(tasks)]) == 0
    assert "predictions" in json.loads(tasks.read_text(encoding="utf-8"))[0]
    assert main(["convert", str(tasks), "-o", str(gold)]) == 0
    assert json.loads(gold.read_text(encoding="utf-8"))["group"] == "2018 · insurance"
    beside = json.loads((tmp_path / "gold_articles.jsonl").read_text(encoding="utf-8"))
    assert set(beside) <= {"id", "group", "title", "published", "source", "url", "text"}
    assert main(["gold", "check", str(gold)]) == 0
    capsys.readouterr()
    assert main(["evaluate", str(gold), "--format", "json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["macro_f1"] == 1.0
    assert out["rows"]["dates.span"]["gold"] > 0


def test_doccano_new_spans_become_items(record: dict[str, Any]) -> None:
    line = doccano.to_line(from_record(record, {"text": TEXT}))
    start = TEXT.index("BHYT")
    line["label"].append([start, start + 4, "DATE"])
    line["label"] = [entry for entry in line["label"] if entry[2] != "FIGURE"]
    out = to_record(doccano.from_line(line, "l")[0])
    assert out["dates"][1] == {"text": "BHYT", "value": None, "spans": [[start, start + 4]]}
    assert out["figures"] == []


def test_doccano_bare_export() -> None:
    line = {"id": 7, "text": "Ông Lý Thử, Giám đốc Sở Y tế", "entities": [
        {"id": 1, "label": "OFFICIAL", "start_offset": 4, "end_offset": 10},
        {"id": 2, "label": "POSITION", "start_offset": 12, "end_offset": 28},
    ]}  # fmt: skip
    out = to_record(doccano.from_line(line, "l")[0])
    assert out["id"] == "7"
    assert out["officials"][0]["name"] == "Lý Thử"
    assert out["officials"][0]["positions"][0]["text"] == "Giám đốc Sở Y tế"


def test_brat_windows_line_ends(record: dict[str, Any], tmp_path: Path) -> None:
    """A text file that Windows rewrote; the .ann counts as before."""
    brat.write_all([from_record(record, {"text": TEXT})], tmp_path)
    file = tmp_path / "a%2F1.txt"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    document, repairs = brat.read(tmp_path / "a%2F1.ann")
    assert to_record(document) == record
    assert {r.reason for r in repairs} == {r"offsets counted in \n for each \r\n"}


@given(st.lists(st.text(max_size=200), min_size=1, max_size=8, unique=True))
def test_brat_names_are_one_for_each_id_and_stay_inside(identifiers: list[str]) -> None:
    names = [brat.file_name(identifier) for identifier in [*identifiers, "..", "/etc/x", "a/b", "a:b", "a b", "a_b"]]
    assert len(set(names)) == len({*identifiers, "..", "/etc/x", "a/b", "a:b", "a b", "a_b"})
    for name in names:
        assert name
        assert "/" not in name
        assert not name.startswith(".")
        assert len(name.encode()) < 200


def test_brat_leaves_the_work_of_others(record: dict[str, Any], tmp_path: Path) -> None:
    document = from_record(record, {"text": TEXT})
    (tmp_path / "annotation.conf").write_text("mine")
    files.write([document], tmp_path, "brat")
    (tmp_path / "a%2F1.ann").write_text("annotated for days")
    with pytest.raises(InputError, match=r"a%2F1.*is there already"):
        files.write([document], tmp_path, "brat")
    assert (tmp_path / "a%2F1.ann").read_text() == "annotated for days"
    assert (tmp_path / "annotation.conf").read_text() == "mine"


def test_brat_discontinuous_span_is_reported(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("xã Tân Lập và Tân Hoà", encoding="utf-8")
    (tmp_path / "a.ann").write_text("T1\tLOCATION 0 2;14 21\txã Tân Hoà\n", encoding="utf-8")
    document, repairs = brat.read(tmp_path / "a.ann")
    assert (document.mentions[0].start, document.mentions[0].end) == (0, 21)
    assert "discontinuous" in repairs[0].reason


def test_docbin_serves_spacy(record: dict[str, Any], tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    docbin.write([from_record(record, {"text": TEXT})], tmp_path / "t.spacy")
    doc = next(iter(DocBin().from_disk(tmp_path / "t.spacy").get_docs(spacy.blank("xx").vocab)))
    assert doc.text == TEXT
    assert [s.text for s in doc.spans["DATE"]] == ["Sáng 12/1"]
    assert "Lý Văn Thử" in [e.text for e in doc.ents]


def test_conll_export(record: dict[str, Any]) -> None:
    lines = list(conll.lines(from_record(record, {"text": TEXT})))
    assert lines[0] == "# id = a/1"
    assert lines[lines.index("Lý\tB-OFFICIAL") + 1] == "Văn\tI-OFFICIAL"
    assert "".join(line.split("\t")[0] for line in lines[1:]) == "".join(TEXT.split())
    # the post holds the place: the longer one wins
    assert "Tân\tI-POSITION" in lines


def test_convert_command(record: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "mine.jsonl"
    source.write_text(json.dumps({**record, "text": TEXT}, ensure_ascii=False) + "\n", encoding="utf-8")
    assert main(["convert", str(source), "--to", "label-studio", "-o", str(tmp_path / "t.json")]) == 0
    tasks = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert "annotations" in tasks[0]
    tasks[0]["annotations"][0]["result"][0]["value"]["start"] += 1
    (tmp_path / "t.json").write_text(json.dumps(tasks), encoding="utf-8")
    capsys.readouterr()
    assert main(["convert", str(tmp_path / "t.json"), "-o", str(tmp_path / "back.jsonl")]) == 0
    assert "repaired: a/1: " in capsys.readouterr().err
    assert json.loads((tmp_path / "back.jsonl").read_text(encoding="utf-8")) == record


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("t.json", "[", "not valid JSON"),
        ("t.json", "[1]", "task 1: an object is expected"),
        ("t.json", '[{"data": {}}]', "data.text is expected"),
        ("t.jsonl", '{"label": [], "x": 1}', "a doccano line with 'text'"),
        ("t.xyz", "", "cannot tell the format"),
        ("t.spacy", "no", "not a spaCy DocBin"),
    ],
)
def test_convert_usage_errors(
    name: str, content: str, message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    assert main(["convert", str(tmp_path / name), "-o", str(tmp_path / "out.jsonl")]) == 2
    err = capsys.readouterr().err
    assert message in err
    assert err.count("\n") == 1
