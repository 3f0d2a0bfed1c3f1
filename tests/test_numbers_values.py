"""Numbers as Vietnamese writes them: string to value, exact span, ranges, ambiguity; linear on hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.values.numbers import find_numbers, parse_digits, parse_words

VALUES = [
    ("23.162 người", "23.162", 23162, None),
    ("1.234.567 người", "1.234.567", 1234567, None),
    ("76,4 triệu", "76,4 triệu", 76_400_000, None),
    ("76,27 triệu người", "76,27 triệu", 76_270_000, None),
    ("1,2 nghìn", "1,2 nghìn", 1200, None),
    ("80 vạn lao động", "80 vạn", 800_000, None),
    ("2,2%", "2,2", 2.2, None),
    ("0.5%", "0.5", 0.5, None),
    ("1.234.567,8", "1.234.567,8", 1234567.8, None),
    ("gần 20 triệu người", "20 triệu", 20_000_000, None),
    ("hai triệu người", "hai triệu", 2_000_000, None),
    ("hai triệu rưỡi", "hai triệu rưỡi", 2_500_000, None),
    ("hơn chục nghìn người", "chục nghìn", 10_000, None),
    ("một trăm hai mươi lăm nghìn", "một trăm hai mươi lăm nghìn", 125_000, None),
    ("mười lăm nghìn thẻ", "mười lăm nghìn", 15_000, None),
    ("một nghìn linh năm", "một nghìn linh năm", 1005, None),
    ("1 triệu 200 nghìn", "1 triệu 200 nghìn", 1_200_000, None),
    ("5triệu", "5triệu", 5_000_000, None),
    ("100.000người", "100.000", 100_000, None),
    ("từ 5 đến 7 triệu", "5 đến 7 triệu", 5_000_000, 7_000_000),
    ("năm đến bảy triệu người", "năm đến bảy triệu", 5_000_000, 7_000_000),
    ("30-40%", "30-40", 30, 40),
    ("70 - 80%", "70 - 80", 70, 80),
    ("20 năm", "20", 20, None),
]
NONE = [
    "25/63 đơn vị",
    "ngày 1/11/2017",
    "hàng chục nghìn người",
    "vài trăm hộ",
    "hàng triệu người",
    "năm nay",
    "ba người",
    "phiên bản 1.2.3",
]
AMBIGUOUS = [("1.5 triệu", 1_500_000, 15_000_000), ("2,948 người", 2.948, 2948), ("12.5%", 12.5, 125)]


@pytest.mark.parametrize(("text", "quote", "value", "high"), VALUES)
def test_numbers_value_and_span(text: str, quote: str, value: float, high: float | None) -> None:
    (number,) = find_numbers(text)
    assert (text[number.start : number.end], number.value, number.high) == (quote, value, high)


@pytest.mark.parametrize("text", NONE)
def test_numbers_none(text: str) -> None:
    assert list(find_numbers(text)) == []


@pytest.mark.parametrize(("text", "value", "other"), AMBIGUOUS)
def test_numbers_two_readings_are_kept(text: str, value: float, other: float) -> None:
    (number,) = find_numbers(text)
    assert (number.value, number.other, number.ambiguous) == (value, other, True)


def test_numbers_year_is_not_swallowed() -> None:
    assert [n.value for n in find_numbers("đầu năm đến hai triệu người, 20 năm 2018")] == [2_000_000, 20, 2018]


@given(st.integers(min_value=0, max_value=10**12))
def test_numbers_grouped_digits_round_trip(value: int) -> None:
    text = f"{value:,}".replace(",", ".")
    parsed = parse_digits(text)
    assert parsed is not None
    assert value in parsed  # "1.234" has a second reading only where three digits are missing


@given(st.integers(min_value=1, max_value=999), st.sampled_from(["nghìn", "triệu", "tỷ"]))
def test_numbers_scaled(value: int, scale: str) -> None:
    factor = {"nghìn": 1e3, "triệu": 1e6, "tỷ": 1e9}[scale]
    assert parse_words([str(value), scale]) == value * factor


@settings(max_examples=200)
@given(st.text(alphabet="0123456789.,/- ămnitruệghìcộhaảy%", max_size=60))
def test_numbers_spans_lie_in_the_text(text: str) -> None:
    last = 0
    for number in find_numbers(text):
        assert last <= number.start < number.end <= len(text)
        assert number.high is None or number.high > number.value
        last = number.end


@pytest.mark.parametrize("unit", ["1", "1.2/", "năm ", "1.", "triệu ", "(1 "])
def test_numbers_linear(unit: str) -> None:
    text = unit * (60_000 // len(unit))
    begin = time.perf_counter()
    list(find_numbers(text))
    assert time.perf_counter() - begin < 5
