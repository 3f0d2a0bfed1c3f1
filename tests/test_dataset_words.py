"""Search that knows the language: short forms, apostrophes, accents on request, near spellings, facets of the hits at hand."""

from __future__ import annotations

import sqlite3
from datetime import date

import pytest

from extractor.dataset.build import index
from extractor.dataset.citations import documents
from extractor.dataset.search import open_readonly, search, snippet
from extractor.dataset.spelling import respelt
from extractor.dataset.web.filters import facets
from extractor.dataset.wordings import LongQueryError, alternatives, indexed, phrases
from extractor.records import Document, Provenance, Record, sha256_of

READ = Provenance(layer="rule", rule="by-hand", confidence=0.9)
TEXTS = {
    "a": ("2020-01-05", "Người dân xã Ea Kuêh, huyện Cư M'gar nhận thẻ bảo hiểm y tế."),
    "b": ("2021-01-05", "Bà H'Lê Mlô nói thẻ BHYT giúp bà đi khám. UBND xã xác nhận."),
    "c": ("2021-02-05", "Ủy ban nhân dân xã họp bàn về mùa mía."),
    "d": (None, "Nông dân trồng mía ở huyện Cư M’gar."),
    "e": ("2022-02-05", "Ông Hưng yên tâm làm việc ở Hưng Yên."),
}


def cited(text: str, quote: str, **told: object) -> Document:
    start = text.index(quote)
    return Document(start=start, end=start + len(quote), text=quote, provenance=READ, **told)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    folder = tmp_path_factory.mktemp("words")
    records = [
        Record(id=k, title=f"Bài {k}", published=date.fromisoformat(d) if d else None, text=t, sha256=sha256_of(t))
        for k, (d, t) in TEXTS.items()
    ]
    law = "Luật Hòa giải quy định việc này."
    one, two = "Theo Nghị quyết số 77/NQ-CP của Chính phủ.", "Nghị quyết 77 của Chính phủ được nhắc lại."
    short = {"type": "Nghị quyết", "number": "77", "issuer": "Chính phủ"}
    for key, day, text, told in (
        ("n1", "2018-05-01", one, short | {"number": "77/NQ-CP", "number_full": "77/NQ-CP", "year": 2018}),
        ("n2", "2019-05-01", two, short),
        ("n3", "2030-05-01", two, short),
        ("l1", "2021-05-01", law, {"type": "Luật", "number": None, "name": "Luật Hòa giải"}),
    ):  # fmt: skip
        quote = text.split(" của ")[0].removeprefix("Theo ").split(" quy định")[0]
        found = (cited(text, quote, **told),)
        day_ = date.fromisoformat(day)
        records.append(Record(id=key, title=key, published=day_, text=text, sha256=sha256_of(text), documents=found))
    (folder / "r.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in records), encoding="utf-8")
    index(folder / "r.jsonl", folder / "news.db")
    return open_readonly(folder / "news.db")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("bhyt", {"a", "b"}),
        ("bao hiem y te", {"a", "b"}),
        ("thẻ BHYT", {"a", "b"}),
        ("uy ban nhan dan xa", {"b", "c"}),
        ("ubnd xã", {"b", "c"}),
        ("cu mgar", {"a", "d"}),
        ("Cư M'gar", {"a", "d"}),
        ("cư m gar", {"a", "d"}),
        ("hle mlo", {"b"}),
        ('"Hưng yên"', {"e"}),
        ('"hung yen"', set()),
        ('"hưng yên" mía', set()),
        ('mía "Cư M’gar"', {"d"}),
        ("huyện mía", {"d"}),  # nowhere side by side: anywhere in it
    ],
)
def test_wordings_that_are_one_find_the_same(db: sqlite3.Connection, query: str, ids: set[str]) -> None:
    assert {hit.id for hit in search(db, query)} == ids


def test_a_short_form_that_is_a_syllable_is_meant_only_in_capitals() -> None:
    assert alternatives("tu") == [("tu",)]
    assert "trung uong" in alternatives("TƯ")[0]
    assert "tw" in alternatives("trung ương")[0]
    assert phrases("sở GD-ĐT")[:2] == ["so gd dt", "so giao duc va dao tao"]


def test_a_snippet_marks_the_wording_that_the_text_has() -> None:
    assert "**bảo hiểm y tế**" in snippet("Nhận thẻ bảo hiểm y tế hôm qua", "BHYT")
    assert "**Cư M'gar**" in snippet("Ở huyện Cư M'gar có mía", "cu mgar")


def test_long_queries_are_refused() -> None:
    with pytest.raises(LongQueryError):
        phrases("a " * 40)
    assert indexed("Krông-Ana, M’Đrắk") == "krong ana mdrak"


def test_unknown_words_lead_to_near_ones(db: sqlite3.Connection) -> None:
    assert respelt(db, "bao hiem y tee") == "bao hiem y te"
    assert respelt(db, "nguoii dan") == "nguoi dan"
    assert respelt(db, "nguoi dan") is None
    assert respelt(db, "qqqqzz") is None


def test_facets_count_the_hits_at_hand(db: sqlite3.Connection) -> None:
    all_ = {row["name"]: row["n"] for row in facets(db, "", "articles", {})["year"]}
    assert all_["none"] == 1
    found = facets(db, "mía", "articles", {})
    assert {row["name"]: row["n"] for row in found["year"]} == {2021: 1, "none": 1}
    assert found["doctype"] == []
    chosen = facets(db, "mía", "articles", {"year": "none"})
    assert {row["name"]: row["n"] for row in chosen["year"]} == {
        2021: 1,
        "none": 1,
    }  # the own filter does not hide the others
    assert facets(db, "", "articles", {"year": "2018"})["doctype"] == [{"name": "Nghị quyết", "n": 1}]


def test_one_identity_a_document(db: sqlite3.Connection) -> None:
    rows = [
        tuple(r)
        for r in db.execute("SELECT number, year, articles FROM cited_documents WHERE number LIKE '77%' ORDER BY year")
    ]
    assert rows == [("77", None, 1), ("77/NQ-CP", 2018, 2)]  # of 2030 is not the one of 2018
    assert [d["label"] for d in documents(db, "luat hoa giai")] == ["Luật Hòa giải"]
    assert documents(db, "nghị quyết 77")[0]["number"] == "77/NQ-CP"
    assert search(db, "luật hòa giải", field="documents")[0].label == "Luật Hòa giải"
