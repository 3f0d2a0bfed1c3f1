"""The outline of an article: what stands under which head, brackets, clauses, glued sentences."""

from __future__ import annotations

import pytest

import extractor
from extractor.language import read
from extractor.models import Article
from extractor.outline import Outline, brackets, clause, covering, outline

REPORT = """Báo cáo của xã Tân Phú
I. Kết quả năm 2020
1. Công tác thu
Số thu đạt kế hoạch, cụ thể như sau:
- Thu tiền mặt: ít
+ Qua bưu điện
- Thu chuyển khoản
2. Công tác chi
Chi đúng hạn cho người dân trong xã.
II. Phương hướng năm 2021
Tiếp tục vận động người dân trong xã tham gia.
Đơn vị | Số người | Tỷ lệ
Thôn Một | 120 | 80%
Thôn Hai | 95 | 77%"""


def of(text: str, title: str | None = None) -> tuple[Outline, str]:
    reading = read(Article(id="t", text=text, title=title))
    return outline(reading), reading.text


def heads(text: str, words: str) -> list[str]:
    """The blocks above the one that holds `words`, as written, the nearest first."""
    marked, plain = of(text)
    return [plain[marked.blocks[i].start :].split("\n")[0] for i in marked.heads(marked.index(plain.index(words)))]


def test_outline_headings_by_numbering() -> None:
    assert heads(REPORT, "Chi đúng hạn") == ["2. Công tác chi", "I. Kết quả năm 2020"]
    assert heads(REPORT, "Tiếp tục vận động") == ["II. Phương hướng năm 2021"]


def test_outline_lists_stand_under_the_line_that_announces_them() -> None:
    under = ["Số thu đạt kế hoạch, cụ thể như sau:", "1. Công tác thu", "I. Kết quả năm 2020"]
    assert heads(REPORT, "Thu chuyển khoản") == under
    assert heads(REPORT, "Qua bưu điện") == ["- Thu tiền mặt: ít", *under]


def test_outline_rows_stand_under_the_head_of_their_table() -> None:
    assert heads(REPORT, "Thôn Hai")[0] == "Đơn vị | Số người | Tỷ lệ"


def test_outline_cuts_sentences_glued_at_a_full_stop() -> None:
    marked, plain = of("Tỷ lệ đạt 91,5%.So với năm trước thì cao hơn nhiều. Ông B. Hải nói.")
    assert [plain[a:b].strip() for a, b in marked.sentences][:2] == [
        "Tỷ lệ đạt 91,5%.",
        "So với năm trước thì cao hơn nhiều.",
    ]


def test_brackets_and_clauses() -> None:
    text = "năm 2020 (trong đó (nếu tính cả xã) 5,2 triệu), tăng; giảm ) thôi"
    found = brackets(text, 0, len(text))
    assert [text[a:b] for a, b in found] == ["(nếu tính cả xã)", "(trong đó (nếu tính cả xã) 5,2 triệu)"]
    assert covering(found, text.index("tính")) == found[0]
    assert covering(found, 0) is None
    a, b = clause(text, 0, len(text), text.index("tăng"))
    assert text[a:b].strip() == "tăng"
    a, b = clause(text, 0, len(text), text.index("5,2"))
    assert "5,2 triệu" in text[a:b]


def test_outline_of_an_empty_article() -> None:
    marked, _ = of(" ")
    assert marked.heads(marked.index(0)) == []
    assert marked.sentence_at(0) == (0, 0)


@pytest.mark.parametrize(
    "line", ["Ảnh: xã Tân Quới có 4.321 người tham gia BHYT.", "Ảnh minh họa: 93% hộ dân có thẻ BHYT."]
)
def test_outline_of_captions_alone(line: str) -> None:
    marked, _ = of(line)
    assert marked.blocks == ()
    assert marked.kind_at(7) == "paragraph"
    assert len(extractor.extract(f"{line}\n{line}").figures) == 2
