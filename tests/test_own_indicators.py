"""Indicators that a user adds as rows of a folder outside the package: `tests/indicators` plays that folder."""

from pathlib import Path

import pytest

from extractor import extract
from extractor.records import Figure

ROWS = Path(__file__).parent / "indicators"


def _figures(text: str) -> list[Figure]:
    return list(extract(text, published="2021-03-10", patterns=ROWS).figures)


@pytest.mark.parametrize(
    ("text", "programme", "expected"),
    [
        (
            "Năm 2020, tỷ lệ hộ nghèo của huyện Chiêm Hóa (Tuyên Quang) còn 11,3%.",
            "POVERTY",
            (11.3, "percent", "coverage_rate", "actual", None, "073", "2020"),
        ),
        (
            "Đến hết năm 2019, huyện Chiêm Hóa (Tuyên Quang) vẫn còn 2.145 hộ nghèo.",
            "POVERTY",
            (2145, "household", "participants", "actual", None, "073", "2019"),
        ),
        (
            "Huyện Chiêm Hóa (Tuyên Quang) phấn đấu đến năm 2025 tỷ lệ hộ nghèo còn dưới 4%.",
            "POVERTY",
            (4, "percent", "coverage_rate", "target", None, "073", "2025"),
        ),
        (
            "Năm 2020, tỉnh Tuyên Quang giữ độ che phủ rừng trên 65,2%.",
            "FOREST",
            (65.2, "percent", "coverage_rate", "actual", None, "08", "2020"),
        ),
        (
            "Tỉnh Tuyên Quang phấn đấu đến năm 2025 tỷ lệ che phủ rừng đạt 66%.",
            "FOREST",
            (66, "percent", "coverage_rate", "target", None, "08", "2025"),
        ),
        (
            "Năm 2020, 87,5% người dân tỉnh Tuyên Quang được sử dụng nước sạch.",
            "WATER",
            (87.5, "percent", "coverage_rate", "actual", None, "08", "2020"),
        ),
        (
            "Năm 2020, tỉnh Tuyên Quang có 96% học sinh có xe đạp, máy tính, được dùng nước hợp vệ sinh.",
            "WATER",
            (96, "percent", "coverage_rate", "actual", "học sinh", "08", "2020"),
        ),
        (
            "Năm 2020, tỉnh Tuyên Quang có 45/122 xã đạt chuẩn nông thôn mới.",
            "NTM",
            (45, "organisation", "participants", "actual", None, "08", "2020"),
        ),
        (
            "Tỉnh Tuyên Quang phấn đấu đến năm 2025 có 70 xã về đích NTM.",
            "NTM",
            (70, "organisation", "participants", "target", None, "08", "2025"),
        ),
        (
            "Năm 2020, tỉnh Tuyên Quang có thêm 8 xã đạt chuẩn nông thôn mới.",
            "NTM",
            (8, "organisation", "new_participants", "actual", None, "08", "2020"),
        ),
    ],
)
def test_a_row_of_ones_own_gives_the_whole_figure(text: str, programme: str, expected: tuple[object, ...]) -> None:
    (f,) = _figures(text)
    assert f.programme == programme
    found = (f.value, f.unit, f.indicator, f.status, f.group, f.place_code, f.period_value)
    assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "Đoàn đã tặng quà cho 120 hộ nghèo của huyện Chiêm Hóa.",
        "Huyện Chiêm Hóa còn 900 hộ cận nghèo.",
        "Trạm bơm lo cho nhu cầu dùng nước sạch của 40.000 dân.",
        "Lớp kem che phủ được 80% vết nám.",
        "Huyện có 12 xã và 3 thị trấn.",
    ],
)
def test_what_the_rows_do_not_mean(text: str) -> None:
    assert not _figures(text)


def test_the_fall_of_a_share_is_negative_and_in_points() -> None:
    figures = _figures("Năm 2020, tỷ lệ hộ nghèo của tỉnh Tuyên Quang còn 9,03%, giảm 2,5% so với năm 2019.")
    assert [(f.value, f.unit, f.indicator) for f in figures] == [
        (9.03, "percent", "coverage_rate"),
        (-2.5, "percentage_point", "change"),
    ]
    (fall,) = _figures("Tỉnh Tuyên Quang giảm nghèo bình quân 2,4% mỗi năm.")
    assert (fall.value, fall.unit, fall.indicator) == (-2.4, "percentage_point", "change")


def test_counted_units_are_no_place() -> None:
    figures = _figures("Năm qua tỉnh Tuyên Quang có 6 xã về đích NTM, đưa số xã đạt chuẩn lên 51 xã.")
    assert [(f.value, f.place_code) for f in figures] == [(6, "08"), (51, "08")]


def test_a_cue_by_pattern_is_enough() -> None:
    """A fixed programme whose rows have only a pattern is found in an article that holds no form of any row."""
    (f,) = _figures("Cuối năm 2019, xã còn 75 hộ nghèo.")
    assert (f.programme, f.value) == ("POVERTY", 75)


def test_without_the_folder_nothing_is_read() -> None:
    assert not extract("Tỉnh Tuyên Quang giữ độ che phủ rừng trên 65,2%.").figures
