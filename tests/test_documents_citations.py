"""Citations in sentences: the whole span between the marks, type, number and issuer."""

from __future__ import annotations

from extractor.fields.documents.resolve import find_documents
from extractor.language import read
from extractor.models import Article
from extractor.records import Document


def documents(text: str) -> list[Document]:
    return find_documents(read(Article(id="t", text=text)))


def test_documents_short_repeat_carries_the_full_number() -> None:
    full, short = documents(
        "Nghị định số 146/2018/NĐ-CP ngày 17/10/2018 đã ban hành. Theo Nghị định 146, mức đóng giảm dần."
    )
    assert (full.number_full, full.year, full.date) == ("146/2018/NĐ-CP", 2018, "2018-10-17")
    assert (short.number, short.number_full, short.year, short.date) == ("146", "146/2018/NĐ-CP", 2018, "2018-10-17")


def test_documents_of_the_same_day() -> None:
    text = "Căn cứ Quyết định 26/QĐ-UBND ngày 12/2/2020 và Kế hoạch 31/KH-UBND cùng ngày. Theo Kế hoạch 9/KH-UBND."
    assert [d.date for d in documents(text)] == ["2020-02-12", "2020-02-12", None]


def test_documents_ambiguous_repeat_stays_short() -> None:
    found = documents("Quyết định 12/QĐ-TTg và Quyết định 12/QĐ-BYT đã ban hành. Theo Quyết định số 12, cần làm ngay.")
    assert found[-1].number_full == "12"


def test_documents_list_lends_the_suffix() -> None:
    first, second = documents("Quyết định số 4101 và 4102/QĐ-UBND của UBND huyện Đông Anh")
    assert (first.text, first.number_full) == ("Quyết định số 4101", "4101/QĐ-UBND")
    assert (second.text, second.number_full) == ("4102/QĐ-UBND", "4102/QĐ-UBND")


def test_documents_lists_repeat_the_word_number() -> None:
    found = find_documents(read(Article(id="t", text="Cục ra Quyết định số 1781/QĐ-TCHQ và số 1782/QĐ-TCHQ.")))
    assert [(d.text, d.number) for d in found] == [
        ("Quyết định số 1781/QĐ-TCHQ", "1781/QĐ-TCHQ"),
        ("số 1782/QĐ-TCHQ", "1782/QĐ-TCHQ"),
    ]
    (found,) = find_documents(read(Article(id="t", text="Theo văn bản 10285 ngày 29/11/2016, xe được cấp phép.")))
    assert (found.type, found.number, found.date) == ("Công văn", "10285", "2016-11-29")


def test_documents_canonical_number() -> None:
    (found,) = documents("Nghị định 58/2025/NÐ – CP của Chính phủ")
    assert found.number_full == "58/2025/NĐ-CP"
    assert found.year == 2025


def test_documents_broken_over_lines() -> None:
    (found,) = documents("theo quy định tại khoản 5 Điều 1 Quyết\nđịnh 2158/QĐ-UBND năm 2019")
    assert (found.text, found.type) == ("Quyết\nđịnh 2158/QĐ-UBND", "Quyết định")


def test_documents_two_kinds_in_a_row_share_nothing() -> None:
    first, second = documents("Theo Nghị định 41, 25/QĐ-UBND của UBND tỉnh Hà Nam.")
    assert (first.type, first.number_full, second.type, second.number_full) == (
        "Nghị định",
        "41",
        "Quyết định",
        "25/QĐ-UBND",
    )
