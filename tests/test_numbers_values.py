"""Numbers as Vietnamese writes them: string to value, exact span, ranges, ambiguity; linear on hostile input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numbers import find_numbers, parse_digits, parse_words
from extractor.text import fold

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
    # an empty hundred
    ("ba triệu không trăm linh hai nghìn", "ba triệu không trăm linh hai nghìn", 3_002_000, None),
    ("sáu nghìn không trăm linh tám", "sáu nghìn không trăm linh tám", 6008, None),
    ("bảy nghìn không trăm hai mươi mốt", "bảy nghìn không trăm hai mươi mốt", 7021, None),
    ("một tỷ không trăm ba mươi triệu", "một tỷ không trăm ba mươi triệu", 1_030_000_000, None),
    ("bốn mươi nghìn không trăm lẻ bốn", "bốn mươi nghìn không trăm lẻ bốn", 40_004, None),
    (
        "hai tỷ ba trăm lẻ năm triệu không trăm mười nghìn chín trăm lẻ sáu",
        "hai tỷ ba trăm lẻ năm triệu không trăm mười nghìn chín trăm lẻ sáu",
        2_305_010_906,
        None,
    ),
    # thousands by blanks of any kind, and by apostrophes
    ("8 765 432 lượt", "8 765 432", 8_765_432, None),
    ("3 050 thẻ", "3 050", 3050, None),
    ("61\u202f400 hộ", "61 400", 61_400, None),
    ("7\u00a0654\u00a0321 đồng", "7 654 321", 7_654_321, None),
    ("2'718'281 người", "2'718'281", 2_718_281, None),
    ("12 345,6 ha", "12 345,6", 12_345.6, None),
    ("từ 1 200 đến 3 400 người", "1 200 đến 3 400", 1200, 3400),
    ("tổng số 9 876 em", "9 876", 9876, None),
    # a scale and what goes on below it
    ("41 nghìn 250 thẻ", "41 nghìn 250", 41_250, None),
    ("7 ngàn 3 trăm hộ", "7 ngàn 3 trăm", 7300, None),
    ("6 triệu 350 nghìn 120 người", "6 triệu 350 nghìn 120", 6_350_120, None),
    ("18 nghìn 700 tỷ đồng", "18 nghìn 700 tỷ", 18_700e9, None),
    ("ba vạn rưỡi", "ba vạn rưỡi", 35_000, None),
    # shares in words
    ("bảy mươi mốt phẩy tám phần trăm", "bảy mươi mốt phẩy tám", 71.8, None),
    ("chín mươi phẩy không sáu phần trăm", "chín mươi phẩy không sáu", 90.06, None),
    ("chín phẩy hai mươi lăm phần trăm", "chín phẩy hai mươi lăm", 9.25, None),
    ("sáu phần trăm hộ", "sáu", 6, None),
    ("64 phẩy 5 phần trăm", "64 phẩy 5", 64.5, None),
    ("mười hai phẩy bốn triệu người", "mười hai phẩy bốn triệu", 12_400_000, None),
]
PARTS = [  # numbers that stand side by side and are not one
    ("phường 4 600 hộ", [4, 600]),
    ("khóa 15 320 đại biểu", [15, 320]),
    ("năm 2019 640 người", [2019, 640]),
    ("12\t345\t678", [12, 345, 678]),
    ("0987 654 321", [987, 654, 321]),
    ("94 phần trăm học sinh", [94]),
    ("tỷ lệ 3 phần nghìn", [3]),
    ("20 nghìn năm 2019", [20_000, 2019]),
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
    "9" * 400,
]
AMBIGUOUS = [("1.5 triệu", 1_500_000, 15_000_000), ("2,948 người", 2.948, 2948), ("12.5%", 12.5, 125)]


@pytest.mark.parametrize(("text", "quote", "value", "high"), VALUES)
def test_numbers_value_and_span(text: str, quote: str, value: float, high: float | None) -> None:
    folded = fold(text)
    (number,) = find_numbers(folded)
    assert (folded[number.start : number.end], number.value, number.high) == (quote, value, high)


@pytest.mark.parametrize(("text", "values"), PARTS)
def test_numbers_side_by_side(text: str, values: list[float]) -> None:
    assert [n.value for n in find_numbers(fold(text))] == values


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
