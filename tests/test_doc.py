"""spaCy as its users know it: text unchanged, spans on token borders, the record on the doc through every way of passing docs on.

The entry points are those of an installed package; `tests/test_package.py` uses them in a process that imports spaCy alone.
"""

from __future__ import annotations

import pickle
from datetime import date

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, DocBin

from extractor.display import COLORS
from extractor.doc import FIELDS, displacy_options, load
from extractor.errors import InputError

TEXT = (
    "Huyện  ra quân\u00a0vận động\n\n  Sáng 12/3, ông Lê Văn Tám - Phó Chủ tịch UBND huyện Chợ Gạo dự lễ ra quân "
    "theo Kế hoạch số 15/KH-UBND. Toàn huyện có 1.250 người tham gia BHYT mới."
)
OTHER = "Chiều 4/5, bà Vũ Thị Na - Chủ tịch UBND huyện Tiên Lữ họp."


@pytest.fixture(scope="module")
def nlp() -> Language:
    return load(published="2019-03-13")


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def names(doc: Doc) -> list[str]:
    return [o.name for o in doc._.record.officials]


def test_doc_text_is_unchanged_and_spans_align(doc: Doc) -> None:
    assert doc.text == TEXT == doc._.record.text
    for field in FIELDS:
        for item in getattr(doc._.record, field):
            assert any(s.start_char == item.start and s.end_char == item.end for s in doc.spans[field]), item
    assert {m.label_ for m in doc.spans["mentions"]} >= {"PER", "LOC"}
    assert [w.text for w in doc.spans["words"]][:2] == ["Huyện", "ra quân"]
    assert "\n" not in "".join(s.text.strip() for s in doc.sents)


def test_doc_entities_items_and_codes(doc: Doc) -> None:
    found = {e.text: e for e in doc.ents}
    assert found["Lê Văn Tám"].label_ == "OFFICIAL"
    assert found["Sáng 12/3"]._.item.start_date == date(2019, 3, 12)
    assert (found["huyện Chợ Gạo"].label_, found["huyện Chợ Gạo"].kb_id_) == ("DISTRICT", "822")
    assert found["1.250 người"]._.item.value == 1250
    assert doc[0:1]._.item is None


def test_doc_language_is_vietnamese(nlp: Language) -> None:
    assert nlp.lang == "vi"
    assert nlp.pipe_names == ["extractor"]
    assert nlp("Tỉnh và huyện")[1].is_stop


def test_doc_published_of_the_doc_goes_first(nlp: Language) -> None:
    doc = nlp.make_doc(TEXT)
    assert doc._.published is None
    assert doc._.record is None
    doc._.published = "2024-03-20"
    assert nlp(doc)._.record.published == date(2024, 3, 20) == doc._.published
    with pytest.raises(InputError, match=r"doc\._\.published='hôm kia': not a date"):
        doc._.published = "hôm kia"


def test_doc_pipe_gives_a_record_each(nlp: Language) -> None:
    docs = list(nlp.pipe([TEXT, "", "Không có gì."]))
    assert [len(d._.record.text) for d in docs] == [len(TEXT), 0, 12]
    assert len({d._.record.id for d in docs}) == 3  # without an id a hash of the text, as in `extract`


@pytest.mark.parametrize(
    ("context", "published"),
    [
        ({"published": date(2021, 5, 6), "id": "b-7", "row": 3}, date(2021, 5, 6)),
        (date(2020, 5, 5), date(2020, 5, 5)),
        ("2018-05-04", date(2018, 5, 4)),
        ("tin-2018-05-04", date(2019, 3, 13)),
        (20180504, date(2019, 3, 13)),
        (None, date(2019, 3, 13)),
    ],
)
def test_doc_as_tuples_takes_the_date_from_the_context(nlp: Language, context: object, published: date) -> None:
    [(doc, given)] = nlp.pipe([(OTHER, context)], as_tuples=True)
    assert given == context
    assert doc._.record.published == published
    if isinstance(context, dict):
        assert doc._.record.id == "b-7"


def test_doc_pipe_in_two_processes_brings_the_records_back(nlp: Language) -> None:
    given = [(TEXT, {"published": "2019-03-14"}), (OTHER, {"published": "2021-05-06"})] * 2
    found = list(nlp.pipe(given, as_tuples=True, n_process=2, batch_size=2))
    assert [names(doc) for doc, _ in found] == [["Lê Văn Tám"], ["Vũ Thị Na"]] * 2
    assert [doc._.record.published.isoformat() for doc, _ in found] == [context["published"] for _, context in given]


def test_doc_goes_through_bytes_and_pickle(nlp: Language, doc: Doc) -> None:
    for back in (Doc(nlp.vocab).from_bytes(doc.to_bytes()), pickle.loads(pickle.dumps(doc))):
        assert back._.record == doc._.record
        assert [s.text for s in back.spans["figures"]] == ["1.250 người"]
        assert back.ents[0]._.item == doc.ents[0]._.item


def test_doc_bin_keeps_records_with_the_user_data(nlp: Language, doc: Doc, tmp_path) -> None:  # type: ignore[no-untyped-def]
    DocBin(store_user_data=True, docs=[doc, nlp(OTHER)]).to_disk(tmp_path / "news.spacy")
    back = list(DocBin().from_disk(tmp_path / "news.spacy").get_docs(spacy.blank("vi", config=_PLAIN).vocab))
    assert [names(d) for d in back] == [["Lê Văn Tám"], ["Vũ Thị Na"]]
    assert [s.kb_id_ for s in back[0].spans["locations"]] == ["822"]


def test_doc_pipeline_is_saved_and_loaded(nlp: Language, tmp_path) -> None:  # type: ignore[no-untyped-def]
    nlp.to_disk(tmp_path / "model")
    again = spacy.load(tmp_path / "model")
    assert again(TEXT)._.record == nlp(TEXT)._.record
    nlp.from_bytes(nlp.to_bytes())
    assert again.config["components"]["extractor"]["published"] == "2019-03-13"


def test_doc_components_of_others_stand_before_and_behind(nlp: Language) -> None:
    mine = load(segment=False)
    ruler = mine.add_pipe("entity_ruler", before="extractor")
    ruler.add_patterns([{"label": "CROP", "pattern": "thanh long"}, {"label": "X", "pattern": "Chợ Gạo"}])
    mine.add_pipe("sentencizer")
    doc = mine("Huyện Chợ Gạo trồng thanh long. Ông Lê Văn Tám - Phó Chủ tịch UBND huyện dự.")
    assert [(e.text, e.label_) for e in doc.ents][:2] == [("Huyện Chợ Gạo", "DISTRICT"), ("thanh long", "CROP")]
    assert len(list(doc.sents)) == 2
    with mine.select_pipes(disable="extractor"):
        assert mine("Huyện Chợ Gạo")._.record is None


def test_doc_matchers_and_displacy_work_on_it(nlp: Language, doc: Doc) -> None:
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("DRIVE", [nlp.make_doc("ra quân")])
    assert len(matcher(doc)) == 2
    html = displacy.render(doc, style="ent", jupyter=False, options=displacy_options(doc))
    assert html.count("<mark") == len(doc.ents)
    assert COLORS["PLACE"] in html
    spans = displacy.render(doc, style="span", jupyter=False, options={"spans_key": "figures"})
    assert "NEW_PARTICIPANTS" in spans


def test_doc_tokenizer_and_component_in_a_pipeline_of_ones_own() -> None:
    nlp = spacy.blank("vi", config=_PLAIN)
    nlp.add_pipe("extractor", config={"published": "2021-05-06", "backend": "none", "segment": False})
    assert nlp(OTHER)._.record.dates[0].value == "2021-05-04"
    assert nlp.analyze_pipes()["summary"]["extractor"]["assigns"] == ["doc.ents", "doc.sents", "doc._.record"]


def test_doc_of_another_tokenizer_must_be_composed() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("extractor", config={"segment": False, "backend": "none"})
    assert nlp("Ngày 5/3/2021, tỉnh Yên Bái họp.")._.record.dates[0].value == "2021-03-05"
    with pytest.raises(InputError, match="not in NFC"):
        nlp("Nga\u0300y 5/3/2021")


def test_doc_settings_are_checked() -> None:
    with pytest.raises(InputError, match="published='hôm kia': not a date"):
        load(published="hôm kia")


_PLAIN = {"nlp": {"tokenizer": {"@tokenizers": "extractor.RuleTokenizer.v1"}}}
