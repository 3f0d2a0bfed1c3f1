"""Dense passages of provincial reports, through the whole pipeline: gaps to a plan, lists, unnamed units, bases in brackets."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.errors import PatternError
from extractor.fields.figures.find import find_quantities
from extractor.fields.figures.meaning import direction
from extractor.fields.figures.words import slot
from extractor.records import Figure
from extractor.text import fold

DAY = "2022-10-20"


def figures(text: str) -> list[Figure]:
    return list(extract(text, published=DAY).figures)


def test_people_still_to_be_won_are_a_gap_below_the_plan() -> None:
    found = figures(
        "Đến hết tháng 9/2022, huyện Nghi Xuân còn 1.310 người cần vận động tham gia BHXH tự nguyện, huyện Can Lộc 905 người."
    )
    assert [(f.indicator, f.value, f.place_code) for f in found] == [("gap", -1310, "442"), ("gap", -905, "443")]


@pytest.mark.parametrize(
    ("text", "number", "expected"),
    [
        ("Số người cần phát triển để đạt kế hoạch là 812 người.", "812", ("gap", -1)),
        ("Huyện còn 812 người nữa mới đạt chỉ tiêu.", "812", ("gap", -1)),
        ("Huyện vượt 812 người so với kế hoạch.", "812", ("gap", 1)),
        ("BHYT tăng 812 người, còn năm trước giảm 90 người.", "812", ("change", 1)),
        ("BHYT giảm 90 người, còn năm nay tăng 812 người.", "812", ("change", 1)),
    ],
)
def test_the_sign_of_a_gap(text: str, number: str, expected: tuple[str, int]) -> None:
    folded = fold(text)
    at = folded.index(number)
    assert direction(folded, 0, at, at + len(number), len(folded)) == expected


def test_bare_names_with_a_number_are_units_of_the_articles_province_and_keep_the_period() -> None:
    found = figures(
        "Đến ngày 30/9/2022, số người tham gia BHYT của tỉnh Thanh Hóa là 3.012.000 người. "
        "Ba huyện vượt kế hoạch là Mường Lát (101,2%), Quan Hóa (100,7%), Bá Thước (100,1%)."
    )
    assert [f.place_code for f in found] == ["38", "384", "385", "386"]
    assert {f.period_value for f in found} == {"2022-09-30"}


def test_a_growth_takes_the_unit_of_the_count_and_a_base_its_own_period() -> None:
    found = figures(
        "Tính đến 30/9/2022, huyện Văn Quan có 3.208 người tham gia BHXH; so với cùng kỳ năm 2021 (3.015 người); "
        "tăng 193 (6,4%)."
    )
    assert [(f.text, f.unit, f.indicator, f.period_value) for f in found] == [
        ("3.208 người", "person", "participants", "2022-09-30"),
        ("3.015 người", "person", "participants", "2021"),
        ("193", "person", "change", "2022-09-30"),
        ("6,4%", "percent", "change", "2022-09-30"),
    ]


def test_a_small_number_without_a_unit_or_a_share_counts_nobody() -> None:
    folded = fold("Huyện có 3.208 người tham gia, tăng 193 và giảm nợ.")
    assert [q.value for q in find_quantities(folded, 0, len(folded))] == [3208]


def test_who_does_not_take_part_is_told_behind_the_brackets() -> None:
    found = figures("Toàn huyện Bình Gia còn 8,4% dân số (khoảng 4.500 người) chưa tham gia BHYT.")
    assert [f.indicator for f in found] == ["non_participants", "non_participants"]


def test_a_unit_that_is_never_named_is_not_the_country() -> None:
    found = figures(
        "Trên địa bàn thành phố có 51.320 người tham gia BHXH bắt buộc, đạt 97,2% kế hoạch BHXH Việt Nam giao. "
        "BHYT bao phủ 90,1% dân số toàn thành phố."
    )
    assert [f.place for f in found] == ["thành phố", "thành phố", "toàn thành phố"]
    assert {f.place_code for f in found} == {None}


def test_programmes_take_their_numbers_in_turn() -> None:
    found = figures("Đến cuối năm 2021, tỷ lệ lao động tham gia BHXH, BHTN của huyện Lộc Ninh lần lượt đạt 33%, 27%.")
    assert [(f.programme, f.value) for f in found] == [("BHXH", 33), ("BHTN", 27)]


def test_a_share_of_the_population_leaves_the_group_of_the_clause_before() -> None:
    found = figures("Tỷ lệ lực lượng lao động tham gia BHXH của tỉnh Hà Nam đạt 35,2%; tỷ lệ bao phủ BHYT đạt 93,4%.")
    assert [f.group for f in found] == ["lực lượng lao động", None]


def test_a_range_of_shares_is_one_number_and_a_growth_two() -> None:
    ranges = ["từ 80% đến 90% là 9 xã", "tăng từ 80% đến 90%"]
    found = [find_quantities(fold(text), 0, len(text)) for text in ranges]
    assert [[(q.value, q.number.high) for q in qs] for qs in found] == [[(80, 90)], [(80, None), (90, None)]]


def test_shares_told_of_a_number_of_communes_are_of_those() -> None:
    found = figures("Tỷ lệ bao phủ BHYT của huyện Chi Lăng dưới 80% gồm 3 xã; từ 80% đến 90% là 9 xã.")
    assert [f.place for f in found] == ["3 xã", "9 xã"]


def test_units_and_workers_that_were_won() -> None:
    found = figures(
        "Hết tháng 8/2022, tỉnh Hà Nam có 1.120 đơn vị với 98.300 lao động tham gia BHXH, "
        "tăng 84 đơn vị với 5.210 lao động so với năm 2021."
    )
    assert [(f.indicator, f.unit) for f in found] == [
        ("participants", "organisation"),
        ("participants", "person"),
        ("change", "organisation"),
        ("change", "person"),
    ]


def test_pupils_with_a_glued_hyphen_are_a_group() -> None:
    (f,) = figures("Năm học 2021-2022, tỷ lệ học sinh- sinh viên tham gia BHYT của tỉnh Phú Yên chỉ đạt 72%.")
    assert (f.group, f.group_id) == ("học sinh- sinh viên", "pupils")


@pytest.mark.parametrize(("words", "comparator"), [("trở lên", "gt"), ("trở xuống", "lt"), ("dân cư", "eq")])
def test_words_behind_a_share_make_it_a_bound(words: str, comparator: str) -> None:
    folded = fold(f"Xã nào có 45% {words} chưa tham gia thì báo cáo.")
    assert [q.comparator for q in find_quantities(folded, 0, len(folded))] == [comparator]


def test_a_slot_without_rows_is_refused() -> None:
    with pytest.raises(PatternError, match="no row of the kind 'nowhere'"):
        slot("nowhere")
