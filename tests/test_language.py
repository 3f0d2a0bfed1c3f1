"""Sentences, words, lines and tokens as exact offsets over unchanged text."""

from __future__ import annotations

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.language import read, sentences, words
from extractor.models import Article
from extractor.text import clean, fold


def reading(text: str, title: str | None = None):  # type: ignore[no-untyped-def]
    return read(Article(id="t", text=clean(text), title=title))


SENTENCES = [
    ("Hội nghị bế mạc. Ông Nam phát biểu.", ["Hội nghị bế mạc.", "Ông Nam phát biểu."]),
    ("PGS.TS. Lê Văn Bình dự. TP. Vinh đã họp.", ["PGS.TS. Lê Văn Bình dự.", "TP. Vinh đã họp."]),
    ("Đạt 1.250 thẻ BHYT. Tăng 2,2% so với năm trước.", ["Đạt 1.250 thẻ BHYT.", "Tăng 2,2% so với năm trước."]),
    ("Theo trang tin.vn, mưa lớn. Nước lên.", ["Theo trang tin.vn, mưa lớn.", "Nước lên."]),
    ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
    ("TX. Gò Công và H. Chợ Gạo họp. Kết thúc!", ["TX. Gò Công và H. Chợ Gạo họp.", "Kết thúc!"]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_language_sentences_of_the_rule_splitter(text: str, expected: list[str]) -> None:
    r = reading(text)
    assert [r.text[s:e] for s, e in r.sentences] == expected


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_language_sentences_of_underthesea(text: str, expected: list[str]) -> None:
    r = reading(text)
    assert [r.text[s:e] for s, e in sentences(r)] == expected


WORDS = [
    ("Xã Hoà Bình họp", ["Xã", "Hoà Bình", "họp"]),  # the spelling stays
    ("thẻ BHYT. Tăng nhanh", ["thẻ", "BHYT.", "Tăng", "nhanh"]),  # not one word "BHYT. Tăng"
]


@pytest.mark.parametrize(("text", "expected"), WORDS)
def test_language_words_keep_the_spelling(text: str, expected: list[str]) -> None:
    assert [text[s:e] for s, e in words(text)] == expected


@given(st.text(max_size=200))
def test_language_offsets_hold_for_any_text(raw: str) -> None:
    text = clean(raw)
    assert len(fold(text)) == len(text)
    r = reading(text)
    assert "".join(text[s:e] for s, e in zip(r.starts, r.ends, strict=True)) == "".join(text.split()) or any(
        not c.isprintable() or c.isspace() for c in text
    )
    for s, e in r.sentences:
        assert 0 <= s < e <= len(text)
        assert "\n" not in text[s:e]


LINES = [
    ("Tin liên quan\nBắt đối tượng trộm xe\nMưa lớn ở Lào Cai", ["boilerplate", "boilerplate", "boilerplate"]),
    ("Thứ tư, 04/07/2018 | 15:30 GMT+7\nHội nghị đã diễn ra.", ["dateline", "body"]),
    ("HỌP BÁO\nSáng 5/3, tỉnh họp báo.\nẢnh: Minh Anh", ["title", "body", "caption"]),
    ("Trang chủ\nGiới thiệu\nHuyện ra quân\nSáng nay, huyện ra quân.", ["boilerplate", "boilerplate", "title", "body"]),
]


@pytest.mark.parametrize(("text", "kinds"), LINES)
def test_language_line_kinds(text: str, kinds: list[str]) -> None:
    assert [line.kind for line in reading(text).lines] == kinds


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("15/2024/NĐ-CP", ["15", "/", "2024", "/", "NĐ", "-", "CP"]),
        ("xã D’Ran, K'Mák", ["xã", "D’Ran", ",", "K'Mák"]),
        ("Thành uỷTP.HCM", ["Thành", "uỷ", "TP", ".", "HCM"]),
        ("2,2% ở Q3", ["2", ",", "2", "%", "ở", "Q", "3"]),
    ],
)
def test_language_tokens(text: str, tokens: list[str]) -> None:
    r = reading(text)
    assert [text[s:e] for s, e in zip(r.starts, r.ends, strict=True)] == tokens


@pytest.mark.parametrize("articles", [8, pytest.param(40, marks=pytest.mark.slow)])
def test_language_words_are_those_of_underthesea(articles: int, shared: Path) -> None:
    """On real articles the words are `word_tokenize`'s, but for spelling, inner blanks and the acronym's full stop."""
    from underthesea import word_tokenize

    same = total = 0
    with gzip.open(shared / "corpus" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in islice(lines, articles):
            r = reading(json.loads(line)["text"])
            for s, e in sentences(r):
                ours = ["".join(r.text[a:b].split()).lower() for a, b in words(r.text, s, e)]
                theirs = ["".join(w.split()).lower() for w in word_tokenize(r.text[s:e], use_token_normalize=False)]
                total += 1
                same += ours == theirs
    assert same / total > 0.99, f"{total - same} of {total} sentences differ"


STORY = (
    "Sáng 14/6, xã Chiềng Lao phát động tháng hành động vì trẻ em tại nhà văn hóa bản Pá Hát. "
    "Hơn hai trăm em nhỏ được khám răng, đo thị lực và nhận sách vở mới do các nhà hảo tâm gửi tặng. "
    "Ban tổ chức cho biết hoạt động sẽ được lặp lại ở các bản còn lại trong dịp hè này. Lò Thanh "
)
LISTED = "Khởi công cầu treo Nậm Pồn 08:15 | 13/06/2025 Tặng giống lúa cho hộ nghèo 17:40 | 12/06/2025"


@pytest.mark.parametrize(
    ("tail", "cut"),
    [
        ("Ý kiến ( ) 0 / 500 ký tự Gửi Tags trẻ em Cùng chuyên mục " + LISTED, True),
        ("Cùng chuyên mục " + LISTED * 4, True),
        ("Đọc thêm " + LISTED, True),
        ("Đọc thêm Ra quân diệt muỗi", True),
        ("Đọc thêm Ra quân diệt muỗi. " + STORY, False),  # in the middle, and no list follows
        ("đọc thêm sách báo", False),
        ("Tin liên quan đến đợt khám sẽ được đăng sau.", False),
    ],
)
def test_language_page_without_line_breaks_ends_at_its_lists(tail: str, cut: bool) -> None:
    text = STORY + tail
    reading = read(Article(id="x", text=text))
    at = len(STORY) if cut else len(text)
    assert [(line.start, line.end, line.kind) for line in reading.lines] == (
        [(0, at, "body"), (at, len(text), "boilerplate")] if cut else [(0, at, "body")]
    )


def test_language_lists_on_lines_of_their_own_run_to_the_end() -> None:
    below = [
        "Cùng chuyên mục",
        "Khởi công cầu treo",
        "Bà con góp công.",
        "08:15 | 13/06/2025",
        "Tặng giống lúa",
        "17:40 | 12/06/2025",
    ]
    text = "\n".join([STORY, *below])
    assert [line.kind for line in read(Article(id="x", text=text)).lines] == ["body", *["boilerplate"] * 6]
