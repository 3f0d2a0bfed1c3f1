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


# file, row, text, quote, name, level
PLACES = [
    ("places_types", "TDP", "Đám cháy ở TDP 5, phường Nghĩa Tân, đã tắt.", "TDP 5", "Tổ dân phố 5", "hamlet"),
    ("places_types", "KP", "Bà con KP.3, phường Tân Tiến, góp tiền làm đèn.", "KP.3", "Khu phố 3", "hamlet"),
    ("places_types", "KV", "Bà con KV 3, phường An Khánh, góp tiền.", "KV 3", "Khu vực 3", "hamlet"),
    ("places_aliases", "merged", "Năm đó, tỉnh Nghệ Tĩnh tách làm hai.", "tỉnh Nghệ Tĩnh", "Nghệ Tĩnh", "province"),
    (
        "places_aliases",
        "old-provinces",
        "Ông về công tác ở tỉnh Long Châu Hà.",
        "tỉnh Long Châu Hà",
        "Long Châu Hà",
        "province",
    ),
]


@pytest.mark.parametrize(("file", "row", "text", "quote", "name", "level"), PLACES)
def test_rows_tables_places(file: str, row: str, text: str, quote: str, name: str, level: str) -> None:
    assert (quote, name, level) in {(p.text, p.name, p.level) for p in read(file, row, text).locations}


@pytest.mark.parametrize(
    ("file", "row", "text", "name"),
    [
        pytest.param(*case, marks=pytest.mark.xfail(strict=True, reason=reason))
        for *case, reason in [
            (
                "places_types",
                "TDP",
                "Nhà văn hóa TDP số 7, phường Lê Lợi, mở cửa.",
                "Tổ dân phố số 7",
                "'số' after TDP",
            ),
            ("places_aliases", "merged", "Cả nhà chuyển từ Nghệ Tĩnh vào Nam.", "Nghệ Tĩnh", "no province's bare name"),
        ]
    ],
)
def test_rows_tables_places_wanted(file: str, row: str, text: str, name: str) -> None:
    assert name in {p.name for p in read(file, row, text).locations}


# row, text, quote, value
DATES = [
    ("number-11", "Ngày mười một tháng tư, đoàn về tới xã.", "Ngày mười một tháng tư", "2019-04-11"),
    ("number-11", "Trong mười một tháng đầu năm 2018, xã thu đủ.", "mười một tháng đầu năm 2018", "2018-01/2018-11"),
    ("number-13", "Ngày mười ba tháng năm, chợ họp phiên đầu.", "Ngày mười ba tháng năm", "2019-05-13"),
    ("number-14", "Ngày mười bốn tháng năm, chợ họp phiên đầu.", "Ngày mười bốn tháng năm", "2019-05-14"),
    ("number-16", "Ngày mười sáu tháng năm, chợ họp phiên đầu.", "Ngày mười sáu tháng năm", "2019-05-16"),
    ("number-17", "Ngày mười bảy tháng năm, chợ họp phiên đầu.", "Ngày mười bảy tháng năm", "2019-05-17"),
    ("number-18", "Ngày mười tám tháng năm, chợ họp phiên đầu.", "Ngày mười tám tháng năm", "2019-05-18"),
    ("number-19", "Ngày mười chín tháng năm, chợ họp phiên đầu.", "Ngày mười chín tháng năm", "2019-05-19"),
    ("number-21", "Ngày hai mươi mốt tháng năm, chợ họp phiên đầu.", "Ngày hai mươi mốt tháng năm", "2019-05-21"),
    ("number-22", "Ngày hai mươi hai tháng năm, chợ họp phiên đầu.", "Ngày hai mươi hai tháng năm", "2019-05-22"),
    ("number-23", "Ngày hai mươi ba tháng năm, chợ họp phiên đầu.", "Ngày hai mươi ba tháng năm", "2019-05-23"),
    ("number-24", "Ngày hai mươi tư tháng năm, chợ họp phiên đầu.", "Ngày hai mươi tư tháng năm", "2019-05-24"),
    ("number-25", "Ngày hai mươi lăm tháng năm, chợ họp phiên đầu.", "Ngày hai mươi lăm tháng năm", "2019-05-25"),
    ("number-26", "Ngày hai mươi sáu tháng năm, chợ họp phiên đầu.", "Ngày hai mươi sáu tháng năm", "2019-05-26"),
    ("number-27", "Ngày hai mươi bảy tháng năm, chợ họp phiên đầu.", "Ngày hai mươi bảy tháng năm", "2019-05-27"),
    ("number-28", "Ngày hai mươi tám tháng năm, chợ họp phiên đầu.", "Ngày hai mươi tám tháng năm", "2019-05-28"),
    ("number-29", "Ngày hai mươi chín tháng năm, chợ họp phiên đầu.", "Ngày hai mươi chín tháng năm", "2019-05-29"),
    ("number-31", "Ngày ba mươi mốt tháng năm, chợ họp phiên đầu.", "Ngày ba mươi mốt tháng năm", "2019-05-31"),
    ("number-30", "Ngày ba mươi tháng sáu, chợ họp phiên đầu.", "Ngày ba mươi tháng sáu", "2019-06-30"),
]


@pytest.mark.parametrize(("row", "text", "quote", "value"), DATES)
def test_rows_tables_dates(row: str, text: str, quote: str, value: str) -> None:
    assert [(d.text, d.value) for d in read("dates", row, text).dates] == [(quote, value)]


def test_rows_tables_dates_may() -> None:
    record = read("dates", "number-30", "Ngày ba mươi tháng năm, chợ họp phiên đầu.")
    assert [d.value for d in record.dates] == ["2019-05-30"]


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
