"""Date expressions in sentences: the whole span between the marks, and the value resolved against the publication date."""

from __future__ import annotations

from datetime import date

import pytest

from extractor.fields.dates.expressions import find_dates
from extractor.fields.dates.page import page_date
from extractor.language import read
from extractor.models import Article
from extractor.records import Date

P = "2018-01-13"  # a Saturday


def dates(text: str, published: str | None = P) -> list[Date]:
    when = date.fromisoformat(published) if published else None
    return find_dates(read(Article(id="t", text=text, published=when)))


def check(marked: str, values: str, published: str | None = P) -> None:
    text = marked.replace("⟦", "").replace("⟧", "")
    spans, at, start = [], 0, 0
    for c in marked:
        if c == "⟦":
            start = at
        elif c == "⟧":
            spans.append(text[start:at])
        else:
            at += 1
    found = dates(text, published)
    assert [d.text for d in found] == spans
    assert [str(d.value) for d in found] == values.split()


def test_dates_broken_before_the_year() -> None:
    (found,) = dates("Ban hành ngày 20 tháng 5 năm\n2016 của cơ quan.")
    assert (found.text, found.value) == ("ngày 20 tháng 5 năm\n2016", "2016-05-20")


@pytest.mark.parametrize(
    "text",
    [
        "Quá trình công tác:\n1998 - 2003: giáo viên.",
        "Học sinh\n\n2006: lớp 9.",
        "1998 -\n2003 -\n2011.",
        "Giờ học:\nthứ ba này.",
    ],
)
def test_dates_span_begins_with_its_words(text: str) -> None:
    found = dates(text)
    assert found
    assert all(item.text == item.text.strip() for item in found)


def test_dates_broken_before_the_month() -> None:
    (found,) = dates("Ban hành ngày 16 tháng\n10 năm 2025 của cơ quan.")
    assert (found.text, found.value) == ("ngày 16 tháng\n10 năm 2025", "2025-10-16")


@pytest.mark.parametrize(
    ("text", "modifier"),
    [
        ("cuối năm 2016", "END"),
        ("đầu quý II/2017", "START"),
        ("giữa tháng 5", "MID"),
        ("thượng tuần tháng 9", "START"),
        ("trung tuần tháng Giêng", "MID"),
        ("hạ tuần tháng 8/2017", "END"),
        ("đầu những năm 1990", "START"),
        ("cuối thế kỷ XIX", "END"),
        ("những ngày cuối năm 2016", "END"),
        ("hồi đầu năm", "START"),
        ("cuối tháng này", "END"),
        ("đầu năm ngoái", "START"),
        ("đầu năm Mậu Tuất", "START"),
        ("tháng 5/2017", None),
        ("6 tháng cuối năm 2017", None),
        ("nửa đầu năm 2017", None),
        ("cuối tuần qua", None),
        ("từ đầu năm 2015 đến cuối năm 2016", None),
    ],
)
def test_dates_modifier(text: str, modifier: str | None) -> None:
    (found,) = dates(text)
    assert found.modifier == modifier


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("quý I/2018", "2018-01-01 2018-03-31"),
        ("6 tháng đầu năm 2017", "2017-01-01 2017-06-30"),
        ("cuối tháng 2/2016", "2016-02-01 2016-02-29"),
        ("năm học 2017-2018", "2017-09-01 2018-05-31"),
        ("nhiệm kỳ 2015-2020", "2015-01-01 2020-12-31"),
        ("thế kỷ XVIII", "1701-01-01 1800-12-31"),
        ("tuần trước", "2018-01-01 2018-01-07"),
        ("từ đầu năm đến nay", "2018-01-01 2018-01-13"),
        ("từ năm 2009 đến nay", "2009-01-01 2018-01-13"),
        ("từ tháng 8/2017 tới nay", "2017-08-01 2018-01-13"),
        ("từ ngày 28/12 đến ngày 3/1/2018", "2017-12-28 2018-01-03"),
    ],
)
def test_dates_days_of_a_value(text: str, days: str) -> None:
    (found,) = dates(text)
    assert f"{found.start_date} {found.end_date}" == days


@pytest.mark.parametrize(
    ("text", "value", "note"),
    [
        ("ngày 12/1", "XXXX-01-12", "year-unknown"),
        ("tháng 8", "XXXX-08", "year-unknown"),
        ("hôm qua", "None", "year-unknown"),
        ("cùng ngày", "None", "anaphoric"),
        ("ngày 31/6", "None", "impossible"),
        ("ngày 22/4 hằng năm", "None", "recurring"),
    ],
)
def test_dates_without_publication_date_are_underspecified(text: str, value: str, note: str) -> None:
    (found,) = dates(text, None)
    assert (str(found.value), found.provenance.note) == (value, note)
    assert found.start_date is None
    assert found.end_date is None


def test_dates_explicit_years_need_no_publication_date() -> None:
    check("⟦Ngày 9/1/2017⟧, xe lật. ⟦Chiều cùng ngày⟧, đường thông.", "2017-01-09 2017-01-09", None)


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("Tiêu đề\nNgày đăng: 04/07/2018\nNội dung bài.", "2018-07-04"),
        ("Thứ tư, 04/07/2018 | 15:30 GMT+7\nNội dung bài.", "2018-07-04"),
        ("Tiêu đề\nCập nhật lúc: 09:12 12/05/2020\nNội dung.", "2020-05-12"),
        ("Thứ Tư, ngày 4 tháng 7 năm 2018\nNội dung.", "2018-07-04"),
        ("15:30 04/07/2018\nNội dung.", "2018-07-04"),
        ("Tiêu đề\n12/05/2020 - 08:30", "2020-05-12"),
        ("Nguồn\nGiờ đăng: 07/11/2025 8:52 AM", "2025-11-07"),
        ("CN, 12/05/2019 10:22\nNội dung", "2019-05-12"),
        ("Cập nhật: 05/07/2018\nNgày đăng: 04/07/2018\nNội dung", "2018-07-04"),
        ("Ngày 04/07/2018, UBND tỉnh họp.", "None"),
        ("Ngày đăng: 31/02/2018\nNội dung", "None"),
    ],
)
def test_page_date_from_the_lines_of_the_page(page: str, day: str) -> None:
    assert str(page_date(read(Article(id="t", text=page)))) == day
