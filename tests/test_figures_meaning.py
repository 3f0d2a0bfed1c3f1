"""Sign and kind of a difference, all units of one number, the whole country, ranges, bases, days and rows of groups."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from extractor.api import extract
from extractor.fields.figures.groups import group_id
from extractor.records import Figure, Provenance

OPENING = "Huyện Vũ Thư (Thái Bình) tổng kết công tác bảo hiểm y tế\n\n"


def figure(text: str, quote: str) -> Figure:
    record = extract(OPENING + text, published="2018-11-10")
    return next(f for f in record.figures if f.text == quote)


@pytest.mark.parametrize(
    ("text", "quote", "indicator", "value"),
    [
        ("Toàn huyện có 45.120 người tham gia BHYT, tăng 1.204 người so với năm 2017.", "1.204 người", "change", 1204),
        ("Toàn huyện có 45.120 người tham gia BHYT, giảm 1.204 người so với năm 2017.", "1.204 người", "change", -1204),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 86%, vượt 0,5% so với chỉ tiêu.", "0,5%", "gap", 0.5),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 86%, thấp hơn 1,5% so với chỉ tiêu.", "1,5%", "gap", -1.5),
        # the base decides where the verb leaves it open
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 86%, tăng 0,7% so với kế hoạch.", "0,7%", "gap", 0.7),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 86%, cao hơn 0,7% so với cùng kỳ năm 2017.", "0,7%", "change", 0.7),
        ("Toàn huyện đạt tỷ lệ bao phủ BHYT 86%, giảm 0,7% so với năm trước; vượt kế hoạch.", "0,7%", "change", -0.7),
    ],
)
def test_meaning_direction(text: str, quote: str, indicator: str, value: float) -> None:
    found = figure(text, quote)
    assert (found.indicator, found.value) == (indicator, value)


def test_meaning_of_a_list_of_units() -> None:
    found = figure("Các xã Minh Quang, Song An và thị trấn Vũ Thư đạt tỷ lệ tham gia BHYT 93%.", "93%")
    assert found.place_code is None
    assert len(set(found.place_codes)) == 3


def test_meaning_of_the_whole_country() -> None:
    found = figure("Cả nước có 81 triệu người tham gia BHYT.", "81 triệu người")
    assert (found.place_code, found.place_codes) == ("VN", ("VN",))


def test_meaning_of_a_range() -> None:
    found = figure("Tỷ lệ bao phủ BHYT toàn huyện đạt 86 - 87%.", "86 - 87%")
    assert (found.value, found.value_max) == (86, 87)


def test_meaning_of_period_and_base() -> None:
    text = "Đến ngày 31/10/2018, toàn huyện có 45.120 người tham gia BHYT, tăng 3% so với cùng kỳ năm 2017."
    found = figure(text, "45.120 người")
    assert (found.period_value, found.start_date, found.end_date) == (
        "2018-10-31",
        date(2018, 10, 31),
        date(2018, 10, 31),
    )
    assert figure(text, "3%").base_value == "2017"
    pupils = figure("Năm học 2017-2018, toàn huyện có 12.100 học sinh tham gia BHYT.", "12.100 học sinh")
    assert (pupils.period_value, pupils.start_date, pupils.end_date) == (
        "2017/2018",
        date(2017, 9, 1),
        date(2018, 5, 31),
    )


@pytest.mark.parametrize(
    ("group", "row"),
    [
        ("học sinh, sinh viên", "pupils"),
        ("Nhóm hộ gia đình", "households"),
        ("người thuộc hộ cận nghèo", "near-poor"),
        ("lực lượng lao động trong độ tuổi", "labour-force"),
        ("nông dân", "farmers"),
        ("hộ nông, lâm, ngư nghiệp", "farming-households"),
        ("người có công", "merit"),
        ("người khuyết tật", "disabled"),
        ("nhóm doanh nghiệp", "payer-groups"),
        ("người cận nghèo và học sinh", None),  # of two rows
        ("ngư dân", None),
        (None, None),
    ],
)
def test_group_id(group: str | None, row: str | None) -> None:
    assert group_id(group) == row


def _made(**given: Any) -> Figure:
    said = {"value": 5, "unit": "percent", "programme": "BHYT", "indicator": "coverage_rate"}
    span = {"start": 0, "end": 2, "text": "5%", "provenance": Provenance(layer="rule", rule="by-hand")}
    return Figure.model_validate({**span, **said, **given})


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"value": -5}, "cannot be negative"),
        ({"value_max": 4}, "not beyond"),
        ({"place_code": "01", "place_codes": ["01", "02"]}, "place_code 01 is one of"),
        ({"start_date": "2018-02-01", "end_date": "2018-01-01"}, "is after end_date"),
    ],
)
def test_figure_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        _made(**given)


@pytest.mark.parametrize("indicator", ["change", "gap"])
def test_figure_differences_are_signed(indicator: str) -> None:
    assert _made(indicator=indicator, value=-5, value_max=-6).value == -5


def test_figure_of_one_unit_lists_it() -> None:
    assert _made(place_code="01").place_codes == ("01",)
