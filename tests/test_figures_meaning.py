"""Of whom, where and when a number tells, through `extract`. Sentences of their own."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.records import Figure


def figures(text: str, published: str | None = "2021-07-20") -> tuple[Figure, ...]:
    return extract(text, published=published).figures


def told(text: str, *keys: str, published: str | None = "2021-07-20") -> list[tuple[object, ...]]:
    return [tuple(getattr(f, key) for key in ("value", *keys)) for f in figures(text, published)]


def test_two_numbers_each_with_its_year() -> None:
    text = "Tỷ lệ bao phủ BHYT của cả nước tăng từ 64,2% năm 2011 lên 87,4% năm 2018."
    assert told(text, "period_value") == [(64.2, "2011"), (87.4, "2018")]


def test_what_a_change_is_from_is_its_base_and_no_period() -> None:
    text = "Tính đến 30/6/2021, toàn tỉnh Bắc Giang có 31.240 người tham gia BHXH tự nguyện, tăng 18% so với năm 2020."
    first, second = figures(text)
    assert (first.period_value, second.period_value) == ("2021-06-30", "2021-06-30")
    assert (second.indicator, second.value, second.unit) == ("change", 18, "percent")
    assert second.base_value == "2020"


def test_falls_are_negative() -> None:
    text = "Hết quý I/2021, huyện Việt Yên có 9.415 người tham gia BHTN, giảm 322 người so với cùng kỳ năm trước."
    assert told(text, "indicator") == [(9415, "participants"), (-322, "change")]


def test_a_list_in_brackets_gives_each_place_its_own_number() -> None:
    text = (
        "Năm 2020, tỷ lệ bao phủ BHYT của tỉnh Nghệ An đạt 90,1%. Cao nhất là các huyện Kỳ Sơn (99,4%), Tương Dương (98,7%) "
        "và Quế Phong (97,9%)."
    )
    assert [value for value, *_ in told(text, "place")] == [90.1, 99.4, 98.7, 97.9]
    places = [f.place or "" for f in figures(text)]
    assert [p.split()[-2:] for p in places[1:]] == [["Kỳ", "Sơn"], ["Tương", "Dương"], ["Quế", "Phong"]]
    assert {f.period_value for f in figures(text)} == {"2020"}


def test_groups_stand_with_their_numbers() -> None:
    text = "Năm học 2019-2020, tỉnh Hà Nam có 99,2% học sinh tham gia BHYT; sinh viên tham gia BHYT đạt 96,5%."
    assert told(text, "group", "group_id")[0][1] == "học sinh"
    assert "sinh viên" in str(told(text, "group")[1][1])


def test_target_and_reached_each_with_its_time() -> None:
    text = (
        "Tính đến hết năm 2019, huyện Lục Ngạn có 92,8% dân số tham gia BHYT. "
        "Mục tiêu đến năm 2022, huyện phấn đấu đạt 96% dân số tham gia BHYT."
    )
    assert told(text, "status", "period_value", published="2020-02-10") == [
        (92.8, "actual", "2019"),
        (96, "target", "2022"),
    ]


def test_the_country_where_nothing_narrower_is_told() -> None:
    (figure,) = figures("Hiện có 15,1 triệu người tham gia BHXH bắt buộc.")
    assert (figure.place, figure.place_code, figure.period) == (None, "VN", None)


def test_confidence_and_layer_of_a_ranked_figure() -> None:
    (figure,) = figures("Đến nay, toàn huyện Hiệp Hòa có 118.300 người tham gia BHYT.")
    assert figure.provenance.layer == "ranker"
    assert 0.5 < figure.provenance.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "Hộ cận nghèo được hỗ trợ 70% mức đóng BHYT, học sinh được hỗ trợ 30%.",
        "Bệnh viện tiếp nhận 1.450 lượt người khám BHYT trong tuần.",
        "Trong năm, cơ quan BHXH cấp 3.120 sổ BHXH và giải quyết cho 415 người hưởng lương hưu.",
        "BHXH tỉnh thanh tra 62 doanh nghiệp nợ BHXH của 1.870 lao động.",
        "Số hồ sơ BHXH nộp qua mạng đạt 94% kế hoạch đến cuối kỳ báo cáo.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == ()


def test_an_article_without_insurance_has_no_figures() -> None:
    assert figures("Toàn huyện có 45.120 người, đạt 90% kế hoạch.") == ()


def test_rows_of_a_table_have_their_own_place_and_the_period_of_its_caption() -> None:
    text = """Kết quả tham gia BHYT năm 2020 của huyện Lạng Giang
STT | Xã | Số người tham gia BHYT
1 | Nghĩa Hòa | 6.120
2 | Tân Hưng | 7.845
Tổng | | 13.965"""
    found = [(f.value, f.place, f.period_value) for f in figures(text)]
    assert found == [
        (6120, "Nghĩa Hòa", "2020"),
        (7845, "Tân Hưng", "2020"),
        (13965, "huyện Lạng Giang", "2020"),
    ]


@pytest.mark.parametrize(
    ("text", "quote", "value", "indicator"),
    [
        (
            "Tỷ lệ bao phủ BHYT đạt tám mươi mốt phẩy tư phần trăm.",
            "tám mươi mốt phẩy tư phần trăm",
            81.4,
            "coverage_rate",
        ),
        ("Gần ba vạn rưỡi người tham gia BHXH.", "Gần ba vạn rưỡi người", 35_000, "participants"),
        ("Bốn vạn người tham gia BHXH.", "Bốn vạn người", 40_000, "participants"),
        ("Thôn có sáu mươi hai hộ tham gia BHYT.", "sáu mươi hai hộ", 62, "participants"),
        ("Xã còn bốn trăm người chưa tham gia BHYT.", "bốn trăm người", 400, "non_participants"),
    ],
)
def test_figures_in_words_alone(text: str, quote: str, value: float, indicator: str) -> None:
    """A sentence without a digit is read too."""
    (figure,) = extract(text, published="2019-03-13").figures
    assert (figure.text, figure.value, figure.indicator) == (quote, value, indicator)
