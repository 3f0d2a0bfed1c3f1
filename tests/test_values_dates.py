"""Date values: every value parses back to its days, ranges run forwards, nothing raises; the lunar calendar is UTC+7."""

from __future__ import annotations

import calendar
import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fields.dates.expressions import find_dates
from extractor.fields.dates.page import page_date
from extractor.fields.documents.resolve import find_documents
from extractor.language import read
from extractor.models import Article
from extractor.values import dates, documents
from extractor.values.lunar import lunar_day, lunar_month

YEARS = st.integers(1, 9999)
ANY = st.integers(-5, 40)
PERIODS = st.one_of(
    st.builds(dates.day, YEARS, ANY, ANY),
    st.builds(dates.month, YEARS, ANY),
    st.builds(dates.quarter, YEARS, ANY),
    st.builds(dates.half, YEARS, ANY),
    st.builds(dates.year, st.integers(-5, 12000)),
    st.builds(dates.months, YEARS, st.integers(1, 12), st.integers(1, 12)),
    st.builds(dates.years, YEARS, YEARS),
    st.builds(dates.week, st.dates(date(2, 1, 1), date(9998, 1, 1))),
)
# Pieces that dates and citations are made of, so that random texts are hostile rather than dull.
WORDS = """
ngày tháng năm quý từ đến và - – / . , ( ) 1 2 12 31 30/4 2018 2016/17 12/1/2018 2018-01-12 99 0 sáng chiều
hôm nay qua mùng Tết rằm Giêng âm lịch thứ hai tuần trước sau đầu cuối giai đoạn
nhiệm kỳ năm học thế kỷ XX Đinh Dậu hằng cách đây vừa tức Quyết định Nghị định số
12/QĐ-UBND 21-NQ/TW QCVN của UBND tỉnh Hà Nam TT-BYT % triệu
"""
PIECES = st.sampled_from([*WORDS.split(), "\n"])


@given(PERIODS)
def test_every_value_parses_back(period: dates.Period) -> None:
    if period.timex is None:
        assert period.note
        return
    assert period.start is not None
    assert period.end is not None
    assert period.start <= period.end
    back = dates.parse(period.timex)
    assert (back.start, back.end) == (period.start, period.end)


@given(PERIODS, PERIODS)
def test_ranges_run_forwards(a: dates.Period, b: dates.Period) -> None:
    period = dates.between(a, b)
    if period.start is not None and period.end is not None:
        assert period.start <= period.end
    else:
        assert period.timex is None or period.timex.startswith("XXXX") or period.note


@given(st.text(max_size=30))
def test_parse_takes_anything(text: str) -> None:
    dates.parse(text)
    documents.parse(text)


@pytest.mark.parametrize("text", ["2016/2018/2020", "2016//2018", "/" * 5_000])
def test_a_range_has_two_ends(text: str) -> None:
    assert dates.parse(text) == dates.Period(None, note=dates.YEAR_UNKNOWN)


@given(st.integers(1901, 2099), st.integers(1, 12), st.integers(1, 30))
def test_lunar_day_lies_in_its_month(year: int, month: int, day: int) -> None:
    span = lunar_month(year, month)
    assert span is not None
    length = (span[1] - span[0]).days + 1
    assert length in (29, 30)
    at = lunar_day(year, month, day)
    assert at == span[0] + timedelta(days=day - 1) if day <= length else at is None


@pytest.mark.parametrize(
    ("year", "month", "day", "solar"),
    [
        (1985, 1, 1, "1985-01-21"),  # a month before the Chinese calendar's
        (2007, 1, 1, "2007-02-17"),  # a day before the Chinese calendar's
        (2017, 1, 1, "2017-01-28"),
        (2018, 1, 1, "2018-02-16"),
        (2018, 3, 10, "2018-04-25"),
        (2018, 8, 15, "2018-09-24"),
        (2024, 12, 23, "2025-01-22"),
        (2026, 1, 1, "2026-02-17"),
        (2030, 1, 1, "2030-02-02"),
    ],
)
def test_lunar_calendar_of_viet_nam(year: int, month: int, day: int, solar: str) -> None:
    assert str(lunar_day(year, month, day)) == solar


@pytest.mark.parametrize("of", [(2018, 6, 31), (2018, 2, 29), (2018, 13, 1), (2018, 0, 1), (2018, 1, 0)])
def test_impossible_days_have_no_value(of: tuple[int, int, int]) -> None:
    assert dates.day(*of) == dates.Period(None, note=dates.IMPOSSIBLE)


def test_a_day_without_a_year_is_underspecified() -> None:
    assert dates.day(None, 1, 12) == dates.Period("XXXX-01-12", note=dates.YEAR_UNKNOWN)
    assert dates.day(None, 2, 29).timex == "XXXX-02-29"


@given(st.integers(1900, 2100), st.integers(1, 12))
def test_months_end_on_their_last_day(year: int, month: int) -> None:
    period = dates.month(year, month)
    assert period.end == date(year, month, calendar.monthrange(year, month)[1])


TEXTS = st.one_of(
    st.text(max_size=200), st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES, max_size=30).map("".join)
)


@given(TEXTS, st.one_of(st.none(), st.dates()))
def test_no_text_raises_and_quotes_stand(text: str, published: date | None) -> None:
    reading = read(Article(id="t", text=text.replace("\x00", ""), published=published))
    page_date(reading)
    found = find_dates(reading)
    for item in [*found, *find_documents(reading)]:
        assert reading.text[item.start : item.end] == item.text
    for item in found:
        if item.start_date and item.end_date:
            assert item.start_date <= item.end_date
        if item.value is None or item.value.startswith("XXXX"):
            assert item.provenance.note
            assert item.start_date is None
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
