"""Rows of places, dates, context and lines that no article of the sample gold holds, through the whole pipeline. Own sentences."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.records import Record
from extractor.rules import load_rows
from test_patterns import AnyRow

FILES = ("places_types", "places_aliases", "dates", "context", "lines", "indicators")
ROWS = {(name, row.id): row for name in FILES for row in load_rows(f"{name}.yaml", AnyRow)}


def read(file: str, row: str, text: str) -> Record:
    """The record of a text that the row matches, in one of its lines."""
    assert any(ROWS[file, row].search(line) for line in text.split("\n"))
    return extract(text, published="2019-06-15")


def test_rows_tables_context_heading() -> None:
    text = "Mục tiêu cụ thể:\n- Có 95% người dân tham gia BHYT.\n\nĐến nay, toàn xã có 4.120 người tham gia BHYT."
    record = read("context", "target-heading", text)
    assert [(f.value, f.status) for f in record.figures] == [(95, "target"), (4120, "actual")]


def test_rows_tables_cards_given() -> None:
    record = read("indicators", "card-given", "Năm qua, thẻ BHYT được cấp cho 5.340 người thuộc hộ cận nghèo.")
    assert [(f.value, f.unit, f.indicator) for f in record.figures] == [(5340, "person", "participants")]


BODY = "Xã Tân Lập có 2.415 người tham gia BHYT.\n"
# row, lines of the page around the body, which yield nothing
LINES = [
    ("related", BODY + "Các tin khác:\nXã Phú Hòa có 1.310 người tham gia BHYT"),
    ("menu", "Đường dây nóng: 0912345678\n" + BODY),
    ("share", BODY + "Gửi bình luận\nChia sẻ lên Facebook"),
    ("breadcrumb", "Trang chủ > Tin tức > Xã Phú Hòa\n" + BODY),
]


@pytest.mark.parametrize(("row", "text"), LINES)
def test_rows_tables_lines(row: str, text: str) -> None:
    record = read("lines", row, text)
    assert [p.text for p in record.locations] == ["Xã Tân Lập"]
    assert [f.value for f in record.figures] == [2415]


def test_rows_tables_page_date() -> None:
    text = "Cập nhật lúc: 09:12 12/05/2020\nHôm nay, xã Tân Lập khai giảng lớp may."
    assert ROWS["lines", "page-date"].search(text.split("\n")[0])
    record = extract(text)
    assert str(record.published) == "2020-05-12"
    assert [d.value for d in record.dates] == ["2020-05-12", "2020-05-12"]


def test_rows_tables_caption() -> None:
    record = read("lines", "caption-mark", BODY + "Ảnh: Trần Thị Lài\n")
    assert record.officials == ()


# Rows that match one line alone, which a search over all texts at once does not show.
TABLED = {
    "lines.yaml": {*(row for row, _ in LINES), "page-date", "caption-mark"},
    "context.yaml": {"target-heading"},
}
