"""The spaCy side: text unchanged, spans on token borders, the record on the doc."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.doc import FIELDS, load

TEXT = (
    "Huyện  ra quân\u00a0vận động\n\n  Sáng 12/3, ông Lê Văn Tám - Phó Chủ tịch UBND huyện Chợ Gạo dự lễ ra quân "
    "theo Kế hoạch số 15/KH-UBND. Toàn huyện có 1.250 người tham gia BHYT mới."
)


@pytest.fixture(scope="module")
def nlp():  # type: ignore[no-untyped-def]
    return load(published="2019-03-13")


def test_doc_text_is_unchanged_and_spans_align(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp(TEXT)
    assert doc.text == TEXT == doc._.record.text
    for field in FIELDS:
        for item in getattr(doc._.record, field):
            assert any(s.start_char == item.start and s.end_char == item.end for s in doc.spans[field]), item
    assert {m.label_ for m in doc.spans["mentions"]} >= {"PER", "LOC"}
    assert [w.text for w in doc.spans["words"]][:2] == ["Huyện", "ra quân"]
    assert "\n" not in "".join(s.text.strip() for s in doc.sents)


def test_doc_published_of_the_doc_goes_first(nlp) -> None:  # type: ignore[no-untyped-def]
    doc = nlp.make_doc(TEXT)
    doc._.published = "2024-03-20"
    assert nlp(doc)._.record.published == date(2024, 3, 20)


def test_doc_pipe_gives_a_record_each(nlp) -> None:  # type: ignore[no-untyped-def]
    docs = list(nlp.pipe([TEXT, "", "Không có gì."]))
    assert [len(d._.record.text) for d in docs] == [len(TEXT), 0, 12]
