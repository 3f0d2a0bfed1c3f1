"""What a number says, through the whole pipeline, on sentences made for one mechanism each."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import extract
from extractor.fields.figures.field import decider
from extractor.ranking import Calibration, scaled
from extractor.records import Figure
from extractor.training.figures import lesson
from extractor.training.lessons import load_lessons

DAY = "2022-10-20"


def figures(text: str, day: str | None = DAY) -> list[Figure]:
    return list(extract(text, published=day).figures)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (
            "Tỷ lệ bao phủ BHYT cao nhất là huyện Mèo Vạc (99,4%), Đồng Văn (99,1%) và Yên Minh (98,7%) của tỉnh Hà Giang.",
            ["027", "026", "028"],
        ),
        (
            "Về BHXH tự nguyện của tỉnh Thái Bình, dẫn đầu là Hưng Hà (2.310 người), Tiền Hải (1.875 người) và "
            "Vũ Thư (1.203 người).",
            ["339", "342", "344"],
        ),
    ],
)
def test_in_a_list_each_place_has_the_number_in_its_brackets(text: str, codes: list[str]) -> None:
    assert [f.place_code for f in figures(text)] == codes


def test_several_units_told_by_one_number_have_no_single_code() -> None:
    (f,) = figures("Các xã Sơn Linh, Sơn Nham và Sơn Giang của huyện Sơn Hà đạt 100% người dân tham gia BHYT.")
    assert f.place_code is None
    assert len(f.place_codes) == 3


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Học sinh tham gia BHYT đạt 99,2%, sinh viên 97%.", ["Học sinh", "sinh viên"]),
        (
            "BHXH huyện Đông Hưng đã cấp 1.024 thẻ BHYT cho trẻ em dưới 6 tuổi và 512 thẻ cho hộ nghèo.",
            ["trẻ em dưới 6 tuổi", "hộ nghèo"],
        ),
        (
            "Tỷ lệ bao phủ BHYT của huyện Lộc Ninh là 83,9%, trong đó học sinh tham gia BHYT 99,2%.",
            [None, "học sinh"],
        ),
    ],
)
def test_each_number_of_a_list_counts_its_own_group(text: str, groups: list[str | None]) -> None:
    assert [f.group for f in figures(text)] == groups


def test_what_a_change_is_from_is_its_base_and_never_its_period() -> None:
    _, change = figures("Hết tháng 9, tỉnh Lâm Đồng có 1,2 triệu người tham gia BHYT, tăng 1,1% so với năm 2021.")
    assert (change.indicator, change.base_value, change.period_value) == ("change", "2021", "2022-09")


def test_the_second_of_two_levels_is_of_the_articles_time() -> None:
    text = "Nhiệm kỳ qua, thành phố Hải Phòng nâng tỷ lệ bao phủ BHYT từ 79,6% năm 2015 lên 90,5%."
    assert [f.period_value for f in figures(text, "2020-08-18")] == ["2015", None]


def test_what_stands_in_the_brackets_of_one_number_dates_no_other() -> None:
    text = "Tỷ lệ bao phủ BHYT của huyện Ba Tơ giảm từ 84,5% (cuối năm 2020) xuống 83,9%. Toàn huyện có 52.300 người tham gia BHYT."
    assert [f.period_value for f in figures(text)] == ["2020", None, None]


def test_a_condition_about_another_country_is_a_forecast_of_that_country() -> None:
    (f,) = figures("Ở Mỹ, 22 triệu người có thể mất bảo hiểm y tế nếu dự luật được Thượng viện thông qua.")
    assert (f.indicator, f.status, f.place, f.place_code) == ("non_participants", "target", "Mỹ", None)


def test_what_is_told_at_a_workshop_of_the_country_is_of_the_country() -> None:
    (f,) = figures(
        "Tại hội thảo ở Hà Nội, đại diện Bộ Y tế cho biết tỷ lệ bao phủ BHYT của nước ta đã đạt 91,2% dân số."
    )
    assert f.place_code == "VN"


def test_a_fall_by_is_a_change() -> None:
    (f,) = figures("Số người tham gia BHXH tự nguyện của huyện giảm tới 6,4%.")
    assert (f.indicator, f.value) == ("change", -6.4)


def test_a_list_behind_an_aim_keeps_its_own_time() -> None:
    found = figures(
        "Phấn đấu đến cuối năm BHXH tự nguyện tỉnh Hải Dương đạt 12.000 người; hết tháng 6, số người tham gia tăng khá "
        "(BHXH bắt buộc trên 1,1 triệu người, BHXH tự nguyện 9.000 người, BHYT 1,7 triệu người)."
    )
    assert [(f.status, f.period_value) for f in found[1:]] == [("actual", "2022-06")] * 3


def test_a_count_too_large_for_the_named_town() -> None:
    (f,) = figures("Tại hội thảo ở Đà Lạt, ông Nam cho biết hiện có 17 triệu người tham gia BHXH.")
    assert f.place_code == "VN"


@pytest.mark.parametrize(
    "text",
    [
        "Toàn huyện đã tiêm vắc xin lở mồm long móng cho 85% đàn trâu, bò.",
        "Tổng đàn gia cầm của xã Tân Hưng là 120.000 con. Đã có 74% được tiêm vắc xin.",
        "Đến nay, 12.400 con lợn được tiêm vắc xin, đạt 87% kế hoạch.",
    ],
)
def test_who_is_vaccinated_are_people(text: str) -> None:
    assert not figures(text)


def test_people_beside_animals_are_vaccinated() -> None:
    (f,) = figures("Tỷ lệ gia súc được tiêm vắc xin đạt 78%, tỷ lệ trẻ em được tiêm chủng đầy đủ đạt 96%.")
    assert (f.programme, f.value) == ("VACCINE", 96)


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2021, Hội Nông dân xã Tam Thanh kết nạp mới 64 người. Hội còn vận động hội viên mua BHYT.",
        "Hội Phụ nữ xã Mường Bú đã kết nạp mới 340 hội viên; vận động hội viên tham gia BHYT.",
        "Công đoàn cơ sở kết nạp 56 đoàn viên, các đoàn viên đều tham gia BHXH.",
    ],
)
def test_who_joins_an_association_joins_no_insurance(text: str) -> None:
    assert not figures(text)


def test_who_is_won_for_insurance_by_an_association_joins_it() -> None:
    (f,) = figures("Hội Nông dân xã Tam Thanh phát triển mới 64 hội viên tham gia BHXH tự nguyện.")
    assert (f.programme, f.indicator, f.value) == ("BHXH_TN", "new_participants", 64)


def test_the_level_before_a_dated_cause_is_not_of_that_date() -> None:
    text = "Từ ngày 1/7/2021, thay đổi danh sách vùng khó khăn kéo tỷ lệ bao phủ BHYT của huyện Krông Bông từ 92,4% xuống 76,8%."
    assert figures(text)[0].period_value is None


@pytest.mark.parametrize(
    "text",
    [
        "Chiều 12/3, UBND huyện Ba Vì họp. Toàn huyện có 245.000 người tham gia BHYT, đạt 86,4%.",
        "Sáng 11/3, BHXH huyện Ba Vì tổ chức hội nghị. Theo báo cáo, toàn huyện có 245.000 người tham gia BHYT.",
    ],
)
def test_a_meetings_day_dates_no_figure(text: str) -> None:
    found = figures(text, "2018-03-13")
    assert found
    assert all(f.period_value is None for f in found)


@pytest.mark.parametrize(
    "text",
    [
        "Người tham gia BHXH tự nguyện thuộc hộ nghèo được hỗ trợ 30% mức đóng.",
        "Tỉnh Đồng Tháp hỗ trợ 20% mức đóng BHYT cho hộ có mức sống trung bình.",
        "Từ ngày 1-7-2019 người lao động nước ngoài tham gia BHXH bắt buộc.",
        "Hôm qua trời mưa to ở 12 xã, 300 người phải sơ tán.",
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_what_was_reached_never_lies_ahead_of_the_publication() -> None:
    text = "Kế hoạch năm 2023 của huyện Ba Tơ là 92%. Toàn huyện đã có 52.300 người tham gia BHYT, đạt 88,1%."
    reached = [f for f in figures(text) if f.status == "actual"]
    assert reached
    assert all(f.start_date is None or f.start_date.isoformat() <= DAY for f in reached)


def test_a_calibration_learns_that_confidence_was_too_high() -> None:
    softer = scaled([0.9] * 100, [True] * 60 + [False] * 40)
    assert 0.55 < softer(0.9) < 0.75
    assert Calibration()(0.9) == pytest.approx(0.9)


def test_the_shipped_confidence_is_calibrated() -> None:
    assert decider()._calibration != Calibration()


def test_a_figure_at_the_end_of_a_sentence_of_twenty_thousand_code_points_is_read() -> None:
    text = "Huyện Phù Mỹ có nhiều cách làm " + "và các xã đều có tổ vận động đi từng nhà " * 500
    text += "; đến 30/6/2022, toàn huyện có 41.203 người tham gia BHYT, đạt 93,4% dân số."
    assert [(f.text, f.period_value) for f in figures(text)] == [
        ("41.203 người", "2022-06-30"),
        ("93,4%", "2022-06-30"),
    ]


def test_a_passage_teaches_only_what_it_tells(tmp_path: Path) -> None:
    body = "Năm 2021, xã Tân Sơn có {4.120 người|BHYT p|-|xã Tân Sơn|%s} tham gia BHYT, đạt {91%%|BHYT c|-|=|=} dân số."
    taught = {}
    for name, head, period in (("all", "@", "Năm 2021"), ("no period", "@", "?"), ("labels", "@?", "Năm 2021")):
        path = tmp_path / f"{name}.txt"
        path.write_text(f"{head} 2022-01-05 | Tin xã\n{body % period}", encoding="utf-8")
        ((gold, article),) = load_lessons(path)
        taught[name] = set(lesson(gold, article).decisions)
    assert taught["all"] == {"label", "status", "programme", "group", "place", "period"}
    assert taught["no period"] == taught["all"] - {"period"}
    assert taught["labels"] == {"label", "status", "programme"}


def test_a_row_of_column_heads_gives_no_place_and_a_column_of_money_no_figure() -> None:
    text = "BHYT năm 2018\n| Đơn vị | Số người tham gia BHYT | Số thu so kế hoạch (%) |\n| Xã Tân Sơn | 4.120 | 98,5 |"
    assert [(f.text, f.place) for f in figures(text)] == [("4.120", "Xã Tân Sơn")]
