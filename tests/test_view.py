"""The view of a text that every field reads, and the way back to the article's own offsets."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor.recase import sentence_case
from extractor.view import INVISIBLE, view
from metamorphic import plain

TEXT = (
    "Ngày 14 tháng 3 năm 2019, bà Trần Thị Mận, Phó Chủ tịch UBND huyện Con Cuông, cho biết toàn huyện có 12 500 người "
    "tham gia BHYT theo Nghị định số 146/2018/NĐ-CP.\nÔng Lê Văn Tám, Giám đốc Sở Y tế tỉnh Nghệ An, đã đến dự."
)
NOISE = st.text(st.sampled_from("  \u00a0\u2009\u3000\u200b\ufeff\u00ad"), min_size=0, max_size=3)
DAY = date(2019, 3, 20)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Hà\u200bNội và Nguy\u200bễn", "Hà Nội và Nguyễn"),
        ("bảo \u200b hiểm", "bảo hiểm"),
        ("ngày\u200b12", "ngày 12"),
        ("BH\u2060YT", "BHYT"),
        ("To\u200ckyo, U\ufeffkraine, An\u200eh", "Tokyo, Ukraine, Anh"),
        ("như\u00adng", "những".replace("ữ", "ư")),
        ("  a  b \u00a0c \n\n d", "a b c\nd"),
        ("a\tb\t\tc \nd", "a\tb\t\tc\nd"),
        ("năm\t2018\n\t12\t13", "năm\t2018\n\t12\t13"),
        ("Xã – họp\u2028ở Huế", "Xã - họp\nở Huế"),
        ("\ufeffXã", "Xã"),
        (" \n ", ""),
        ("", ""),
    ],
)
def test_view(text: str, seen: str) -> None:
    assert view(text).text == seen


@given(st.text(st.sampled_from("abàĐ12 .,\u00a0\u200b\n\t–\u00ad\u2028"), max_size=30))
def test_view_leads_back(text: str) -> None:
    seen = view(text)
    assert view(seen.text).text == seen.text
    offsets = [seen.offset(k) for k in range(len(seen.text))]
    assert offsets == sorted(set(offsets))
    assert all(text[at] == sign or sign in " -\n\t" for at, sign in zip(offsets, seen.text, strict=True))
    assert not set(seen.text) & {"\u00a0", "\u2028", *INVISIBLE}
    assert "  " not in seen.text


def said(text: str) -> list[object]:
    record = extractor.extract(text, published=DAY, backend="none")
    assert record.text == text
    return [
        [(x.value, x.start_date) for x in record.dates],
        [(x.name, x.code) for x in record.locations],
        [(x.number_full, x.type) for x in record.documents],
        [(x.value, x.programme, x.place_code) for x in record.figures],
        [(plain(x.name), [(p.role, p.body_resolved) for p in x.positions]) for x in record.officials],
    ]


@given(st.data())
def test_blanks_of_every_kind_change_no_value(data: st.DataObject) -> None:
    """No pattern of any field meets a blank that is not single and plain: noise at every blank leaves the record as it was."""
    noisy = "".join(c + data.draw(NOISE) if c == " " and data.draw(st.booleans()) else c for c in TEXT)
    assert said(noisy) == said(TEXT)


def test_the_sample_text_has_something_to_lose() -> None:
    assert all(said(TEXT))


@pytest.mark.parametrize(
    ("line", "rest", "read"),
    [
        (
            "TRƯỞNG CÔNG AN XÃ ĐÁNH NGƯỜI BÁN CÁ",
            "Ông bán cá bị công an xã đánh.",
            "Trưởng công an xã đánh người bán cá",
        ),
        ("UBND TỈNH NGHỆ AN HỌP VỀ BHYT", "Tỉnh Nghệ An đã họp.", "UBND tỉnh Nghệ An họp về BHYT"),
        ("BÀ MẬN THĂM XÃ YÊN KHÊ SÁNG NAY", "Bà Mận đến xã Yên Khê.", "Bà Mận thăm xã Yên Khê sáng nay"),
        ("LÊ VĂN TÁM", "Không liên quan.", "LÊ VĂN TÁM"),
        ("Tin về BHYT, BHXH, BHTN, UBND, HĐND", "Không có.", "Tin về BHYT, BHXH, BHTN, UBND, HĐND"),
        (
            "ÔNG KIM MIN-HO NÓI THEO QĐ-TTG",
            "Sáng nay, ông Kim Min-ho nói theo QĐ-TTg.",
            "Ông Kim Min-ho nói theo QĐ-TTg",
        ),
    ],
)
def test_lines_in_capitals_are_sentence_case(line: str, rest: str, read: str) -> None:
    assert sentence_case(f"{line}\n{rest}") == f"{read}\n{rest}"


SIGNS = " \n\t\u00a0\u200b\u00ad\ufeff\u2028\r-–—/.,;:()[]\"“”'%|+*09\u0301\x00\x1f\U0001f600ÀĐđƯ²½٣Ⅷ"


@given(st.integers(0, 2**32), st.lists(st.text(SIGNS, min_size=1, max_size=5), min_size=1, max_size=8))
def test_mutated_texts_are_read(seed: int, pieces: list[str]) -> None:
    """Signs of every kind anywhere, stretches dropped and doubled: a record whose quotes fit (which its validation sees)."""
    dice, text = random.Random(seed), TEXT
    for piece in pieces:
        at = dice.randrange(len(text))
        text = text[:at] + piece + text[at + dice.choice((0, 0, 3, 30)) :] + text[: dice.choice((0, 0, 20))]
    assert extractor.extract(text, published=DAY, persons=True).text


def test_position_leads_back_from_the_text_to_the_view() -> None:
    seen = view("\u200bA  b\u00a0\u00a0c\n\n d ")
    for at in range(len(seen.text)):
        assert seen.position(seen.offset(at)) == at
    assert seen.position(len(seen.source)) == len(seen.text)
