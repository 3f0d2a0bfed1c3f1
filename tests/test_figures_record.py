"""What a figure carries beside its value: comparator, group, place, period, base, checks, other programmes, drops."""

from __future__ import annotations

import os
import time
from datetime import date
from pathlib import Path

import pytest

from extractor import extract
from extractor.fields.dates.expressions import find_dates
from extractor.fields.figures.checks import check_figures
from extractor.fields.figures.rules.read import find_figures
from extractor.language import read
from extractor.models import Article, Reading
from extractor.places import Places
from extractor.records import Figure


def figures(text: str, published: date | None = None) -> tuple[list[Figure], Reading]:
    reading = read(Article(id="t", text=text, published=published))
    return find_figures(reading, find_dates(reading), Places()), reading


@pytest.mark.parametrize(
    ("words", "comparator", "value"),
    [
        ("hơn 20 triệu người", "gt", 20e6),
        ("gần 20 triệu người", "lt", 20e6),
        ("khoảng 20 triệu người", "approx", 20e6),
        ("khoảng gần 20 triệu người", "lt", 20e6),
        ("ít nhất 300 người", "gt", 300),
        ("20 triệu người", "eq", 20e6),
        ("2,948 người", "eq", 2948),
    ],
)
def test_figures_comparator_is_in_the_span(words: str, comparator: str, value: float) -> None:
    (figure,), _ = figures(f"Cả nước có {words} tham gia BHYT.")
    assert (figure.text, figure.comparator, figure.value) == (words, comparator, value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Năm 2019, tỷ lệ bao phủ BHYT của huyện Krông Nô ước đạt 88,2%.", [(88.2, "approx")]),
        ("Ước đến 31/12/2020 số người tham gia BHYT của huyện là 60.450 người.", [(60450, "approx")]),
        (
            "Huyện ước có 60.450 người tham gia BHYT, tăng 1.300 người so với năm 2018.",
            [(60450, "approx"), (1300, "eq")],
        ),
        ("Tạm tính toàn tỉnh có 4.120 người tham gia BHXH tự nguyện.", [(4120, "approx")]),
        ("Ước mơ của bà con thành thật: 91% người dân tham gia BHYT.", [(91, "eq")]),
        ("Theo thỏa ước, doanh nghiệp có 350 người tham gia BHXH.", [(350, "eq")]),
        ("Xã ước thu 2 tỷ đồng; số người tham gia BHYT là 3.870 người.", [(3870, "eq")]),
        ("Tỉnh ước đạt trên 90% người dân tham gia BHYT.", [(90, "gt")]),
    ],
)
def test_figures_estimates_are_approximate(text: str, said: list[tuple[float, str]]) -> None:
    assert [(f.value, f.comparator) for f in extract(text).figures] == said


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("Có 88% người dân tham gia BHYT.", None),
        ("Có 100% học sinh, sinh viên tham gia BHYT.", "học sinh, sinh viên"),
        ("Tỷ lệ hộ cận nghèo tham gia BHYT đạt 80%.", "hộ cận nghèo"),
        ("Có 32% lực lượng lao động tham gia BHXH.", "lực lượng lao động"),
    ],
)
def test_figures_group(text: str, group: str | None) -> None:
    (figure,) = extract(text).figures
    assert figure.group == group


def test_figures_place_and_period_are_inherited() -> None:
    text = (
        "Hội nghị bảo hiểm\nĐến hết tháng 6/2017, toàn huyện có 12.000 người tham gia BHYT. Tỷ lệ bao phủ BHYT đạt 81%."
    )
    first, second = extract(text, published="2017-07-01").figures
    assert (first.place, first.place_inherited, first.period_value, first.period_inherited) == (
        "toàn huyện",
        False,
        "2017-06",
        False,
    )
    assert (second.place, second.place_inherited, second.period_value, second.period_inherited) == (
        "toàn huyện",
        True,
        "2017-06",
        True,
    )


def test_figures_place_links_to_the_code() -> None:
    (figure,) = extract("Huyện An Phú có 12.000 người tham gia BHYT.").figures
    assert (figure.place, figure.place_code) == ("Huyện An Phú", "886")


def test_figures_base_of_a_comparison() -> None:
    text = "Có 8.000 người tham gia BHXH, tăng 512 người so với cùng kỳ năm 2016."
    _, change = extract(text, published="2017-07-01").figures
    assert (change.base, change.base_value) == ("năm 2016", "2016")


def test_figures_target_by_the_year_of_publication() -> None:
    text = "Đến cuối năm 2020, tỷ lệ bao phủ BHYT đạt 91% dân số."
    assert [figures(text, d)[0][0].status for d in (date(2018, 3, 1), date(2021, 3, 1))] == ["target", "actual"]


def test_figures_sum_is_recorded_as_agreement() -> None:
    found, reading = figures(
        "Xã vận động được 900 người tham gia BHYT, trong đó có 200 người đăng ký mới và 700 người tái tục."
    )
    assert [f.provenance.note for f in found] == ["agrees: 200 + 700 = 900"] * 3
    assert [f.provenance.confidence for f in found] == [1.0] * 3
    assert check_figures(found, reading) == []


def test_figures_wrong_sum_names_both_numbers() -> None:
    found, reading = figures(
        "Xã vận động được 950 người tham gia BHYT, trong đó có 200 người đăng ký mới và 700 người tái tục."
    )
    (warning,) = check_figures(found, reading)
    assert warning.code == "figures.sum"
    assert "900" in warning.message
    assert "950" in warning.message
    assert len(found) == 3  # nothing is dropped


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Có 8.000 người tham gia BHXH, tăng 512 người (tăng 20%) so với năm trước.", "figures.change"),
        ("Dân số của huyện là 60.000 người. Có 54.000 người tham gia BHYT, chiếm 70% dân số.", "figures.population"),
        ("Tỷ lệ bao phủ BHYT đạt 66%, thấp hơn 5% so với chỉ tiêu được giao là 76%.", "figures.target"),
        ("Tỷ lệ bao phủ BHYT đạt 166% dân số.", "figures.share"),
        (
            "Có 5.000 người tham gia BHXH, trong đó BHXH bắt buộc là 4.000 người, BHXH tự nguyện là 500 người.",
            "figures.sum",
        ),
        ("Tỷ lệ bao phủ BHYT tăng 1.5% dân số so với năm trước, số người tham gia BHYT tăng 1.5%.", "figures.number"),
    ],
)
def test_figures_disagreement_warns(text: str, code: str) -> None:
    found, reading = figures(text)
    assert code in {w.code for w in check_figures(found, reading)}


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("Có 8.000 người tham gia BHXH, tăng 500 người (tăng 6,67%) so với năm trước.", "a change of 500"),
        ("Dân số của huyện là 60.000 người. Có 54.000 người tham gia BHYT, chiếm 90% dân số.", "54.000 of 60.000"),
        ("Tỷ lệ bao phủ BHYT đạt 66%, thấp hơn 10% so với chỉ tiêu được giao là 76%.", "its target 76%"),
    ],
)
def test_figures_agreement_is_noted(text: str, note: str) -> None:
    found, reading = figures(text)
    assert check_figures(found, reading) == []
    assert any(note in (f.provenance.note or "") for f in found)


@pytest.mark.parametrize(
    ("text", "programme", "indicator", "value"),
    [
        ("Toàn huyện có 98% trẻ 5 tuổi ra lớp.", "EDU", "coverage_rate", 98),
        ("Tỷ lệ huy động trẻ mẫu giáo đạt 95%.", "EDU", "coverage_rate", 95),
        ("Có 95% trẻ em được tiêm chủng đầy đủ.", "VACCINE", "coverage_rate", 95),
        ("Toàn tỉnh có 80% số xã đạt chuẩn nông thôn mới.", "NTM", "coverage_rate", 80),
    ],
)
def test_figures_other_programmes_are_rows_only(text: str, programme: str, indicator: str, value: float) -> None:
    (figure,), _ = figures(text)
    assert (figure.programme, figure.indicator, figure.value) == (programme, indicator, value)


def test_figures_drops_are_logged() -> None:
    _, reading = figures("Mức đóng BHYT bằng 4,5% mức lương cơ sở.")
    (drop,) = [d for d in reading.log if d.field == "figures"]
    assert (drop.text, drop.rule) == ("4,5%", "base-of-payment")


@pytest.mark.parametrize("unit", ["BHYT 20% ", "(", "9 người tham gia BHYT, ", "12.345/", "tăng 2% so với "])
def test_figures_linear_on_hostile_input(unit: str) -> None:
    text = "BHYT " + unit * (40_000 // len(unit))
    reading = read(Article(id="t", text=text))
    begin = time.process_time()
    find_figures(reading, [], Places())
    assert time.process_time() - begin < 5


def test_figures_sample_page() -> None:
    folder = Path(os.environ.get("EXTRACTOR_SHARED", "../shared")) / "seeds"
    page = next(iter(sorted(folder.glob("000_*.txt"))), None) if folder.is_dir() else None
    if page is None:
        pytest.skip("the sample pages of EXTRACTOR_SHARED are absent")
    reading = read(Article(id="seed", text=page.read_text(encoding="utf-8"), published=date(2018, 1, 13)))
    found = [f for f in find_figures(reading, find_dates(reading), Places()) if f.programme.startswith("BH")]
    assert len(found) >= 12
    assert any((f.provenance.note or "") == "agrees: 2.948 + 20.214 = 23.162" for f in found)
