"""Places in text: exact spans, names and levels, beside what only looks like a place; properties over the whole gazetteer."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extractor
from extractor import extract
from extractor.fields.places.home import source_province
from extractor.fields.places.resolve import find_places
from extractor.gazetteer import display, gazetteer, loose
from extractor.language import read
from extractor.models import Article, Evidence, Mention
from extractor.places import Places
from extractor.records import Location

DAY = date(2018, 1, 13)
LIST_SPELLINGS = ("N.T Phong Hải", "Triệu ẩu", "é Tòng")  # as no article writes them


def places(text: str, published: date | None = DAY, **article: str) -> Places:
    return find_places(read(Article(id="t", text=text, published=published, **article)), [])


def found(text: str, published: date | None = DAY) -> list[tuple[str, str, str | None]]:
    return [(x.text, x.name, x.code) for x in places(text, published).locations if x.level not in ("other", "hamlet")]


def test_locations_hamlet_path_goes_through_hamlets() -> None:
    first = places("Ở tổ 2, ấp Vĩnh Lợi, xã Châu Phong, thị xã Tân Châu, An Giang.").locations[0]
    assert first.path == ("An Giang", "Tân Châu", "Châu Phong", "Vĩnh Lợi", "Tổ 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thủ tướng yêu cầu Hà Nội báo cáo.", ["Hà Nội"]),
        ("Người này quê quán Nghệ An.", ["Nghệ An"]),
        ("Chính phủ yêu cầu Bộ Giáo dục và Đào tạo báo cáo.", []),
        ("Thủ tướng Chính phủ Lê Văn Mẫu dự.", []),
        ("Hoạt động XNK giảm, người lao động Cục Hải quan nghỉ.", []),
        ("Xe chạy trên cao tốc Hà Nội - Bắc Giang.", ["cao tốc Hà Nội - Bắc Giang"]),
        ("Xe chạy trên cao tốc Lào Cai – Hà Nội – Hải Phòng, qua Yên Bái.", ["cao tốc Lào Cai – Hà Nội – Hải Phòng", "Yên Bái"]),
        ("Xe qua cầu Hà Lường rồi dừng.", ["cầu Hà Lường"]),
        ("Vịnh Hạ Long đông khách.", ["Vịnh Hạ Long"]),
        ("Hàng qua cửa khẩu Sóc Giang, in từ bản Preview.", ["cửa khẩu Sóc Giang"]),
        ("Hải quan Nam Ninh (Trung Quốc) báo tin.", ["Nam Ninh", "Trung Quốc"]),
        ("Ông Hồ Xuân Hương đến. Ca sĩ Hồ Ngọc Hà hát.", []),
        ("Thi công cầu Ba Vì - Việt Trì.", ["cầu Ba Vì - Việt Trì"]),
        ("Tàu rời cảng Năm Căn, về KCN Tân Tạo.", ["cảng Năm Căn", "KCN Tân Tạo"]),
        ("Tàu rời cảng Hải Phòng.", ["Hải Phòng"]),
        ("UBND quận 2 ngày 7/2 họp.", ["quận 2"]),
    ],
)  # fmt: skip
def test_locations_nouns_and_words_that_end_like_them(text: str, expected: list[str]) -> None:
    assert [x.text for x in places(text).locations] == expected


def test_locations_after_the_reform() -> None:
    text = "Phường Yên Dũng, tỉnh Bắc Ninh (trước đây là thị trấn Nham Biền, huyện Yên Dũng cũ, tỉnh Bắc Giang)."
    assert [(x.text, x.code) for x in places(text, date(2025, 10, 1)).locations] == [
        ("Phường Yên Dũng", "07681"),
        ("tỉnh Bắc Ninh", "24"),
        ("thị trấn Nham Biền", "07681"),
        ("huyện Yên Dũng", "221"),
        ("tỉnh Bắc Giang", "24"),
    ]


def test_locations_successors_and_provenance() -> None:
    place = places("Ở thị trấn Neo, huyện Yên Dũng, Bắc Giang.").locations[0]
    assert place.successors == ("07681",)
    assert place.path == ("Bắc Giang", "Yên Dũng", "Neo")
    assert place.provenance.layer == "gazetteer"
    assert place.provenance.note == "in Yên Dũng"


def test_locations_of_no_list_under_their_parent_are_no_namesakes_elsewhere() -> None:
    commune, district = places("Lớp học mở tại xã Quảng Phú, huyện Đông Anh.", date(2019, 3, 6)).locations
    assert (commune.level, commune.code, commune.provenance.note) == (
        "commune",
        None,
        "no unit of that name in Đông Anh",
    )
    assert district.code == "017"
    # The district is a slip, the province behind it tells.
    slip = places("Bà con xã Chiềng Khoong, huyện Sông Lô, tỉnh Sơn La.", date(2019, 3, 6)).locations[0]
    assert slip.path == ("Sơn La", "Sông Mã", "Chiềng Khoong")
    # A ward of July 2025 in the land of a former city.
    ward = places("Lễ hội ở phường Trấn Biên (thành phố Biên Hòa cũ).", date(2025, 9, 6)).locations[0]
    assert ward.path == ("Đồng Nai", "Trấn Biên")


def test_locations_undecided_keeps_its_candidates() -> None:
    place = places("Xã Tân Lập có đường mới.").locations[0]
    assert place.code is None
    assert place.level == "commune"
    assert len(place.provenance.candidates) > 5


def test_locations_set_cover_finds_the_unnamed_district() -> None:
    found_places = places("UBND huyện họp các xã Thắng Cương, Hương Gián, Trí Yên, thị trấn Tân Dân và thị trấn Neo.")
    assert {x.path[1] for x in found_places.locations if x.path} == {"Yên Dũng"}
    assert found_places.home == {"province": "24", "district": "221"}
    assert found_places.scope("UBND huyện") == "221"
    assert found_places.scope("toàn tỉnh") == "24"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("huyện", "221"),
        ("Huyện ủy", "221"),
        ("Phó Chủ tịch UBND huyện", "221"),
        ("trên địa bàn tỉnh", "24"),
        ("UBND thị trấn", "07681"),
        ("UBND huyện Tân Yên", None),
        ("Thành ủy", None),
        ("cả nước", None),
    ],
)
def test_places_scope(phrase: str, expected: str | None) -> None:
    here = Places(home={"province": "24", "district": "221", "commune": "07681"}, day="2018-01-13")
    assert here.scope(phrase) == expected


def test_places_scope_of_a_central_city() -> None:
    assert Places(home={"province": "01"}, day="2018-01-13").scope("UBND thành phố") == "01"


def test_places_scope_by_the_last_unit_named_before() -> None:
    text = "Huyện Yên Dũng và huyện Tân Yên thi đua. Sau đó UBND huyện tổng kết."
    here = places(text)
    assert here.scope("UBND huyện") is None
    assert here.scope("UBND huyện", at=text.index("UBND")) == "216"


def test_places_inside() -> None:
    text = "Ở xã Cảnh Thụy, huyện Yên Dũng và tỉnh Hà Giang."
    here = places(text)
    assert [x.text for x in here.inside(0, 30)] == ["xã Cảnh Thụy", "huyện Yên Dũng"]


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://baobacgiang.vn/tin", "24"),
        ("http://yendung.bacgiang.gov.vn/", "24"),
        ("hanoimoi.com.vn", "01"),
        ("vnexpress.net", None),
    ],
)
def test_places_source_province(url: str, code: str | None) -> None:
    assert source_province(read(Article(id="t", text="x", url=url))) == code


def test_locations_names_of_the_statistical_layer_vote() -> None:
    text = "Hoàng Mai vắng vẻ hôm nay."
    reading = read(Article(id="t", text=text, published=DAY))
    evidence = Evidence("ner", "crf")
    assert [x.text for x in find_places(reading, []).locations] == []
    as_place = [Mention.at(text, 0, 9, "LOC", evidence)]
    as_person = [Mention.at(text, 0, 9, "PER", evidence)]
    assert [x.text for x in find_places(reading, as_person).locations] == []
    assert len(find_places(reading, as_place).locations) <= 1


def test_locations_a_district_the_article_names_is_no_person() -> None:
    text = "Yên Dũng: Dọn kênh\nHuyện Yên Dũng dọn kênh."
    reading = read(Article(id="t", text=text, published=DAY))
    person = [Mention.at(text, 0, 8, "PER", Evidence("ner", "crf"))]
    assert [x.text for x in find_places(reading, person).locations] == ["Yên Dũng", "Huyện Yên Dũng"]


@cache
def communes(day: str) -> list[tuple[str, str, str]]:
    """Text, quote and code of every commune in force, with its parents named."""
    units, out = gazetteer(), []
    for code, states in units.by_code.items():
        unit = next((s for s in states if len(code) == 5 and s.valid(day) and not s.name[0].isdigit()), None)
        if unit is not None and unit.name not in LIST_SPELLINGS:
            quote = f"{unit.type.lower()} {unit.name}"
            parents = ", ".join(reversed(units.path(unit, day)[:-1]))
            out.append((f"Tin từ UBND {quote}, {parents} cho biết.", quote, code))
    return out


@given(st.data(), st.sampled_from(["2017-06-01", "2019-10-01", "2021-08-01", "2024-01-01", "2025-10-01"]))
def test_locations_every_commune_with_its_parents(data: st.DataObject, day: str) -> None:
    text, quote, code = data.draw(st.sampled_from(communes(day)))
    first = places(text, date.fromisoformat(day)).locations[0]
    assert (first.text, first.code) == (quote, code)


@given(
    st.data(), st.dates(date(2017, 4, 1), date(2026, 6, 1)), st.sampled_from(["2017-06-01", "2021-08-01", "2025-10-01"])
)
def test_locations_codes_are_valid_or_the_last_valid(data: st.DataObject, published: date, written: str) -> None:
    """Ruling 15: the code in force under that name on the day, else the last one before it; else the text is ahead of the lists."""
    text, _, _ = data.draw(st.sampled_from(communes(written)))
    day = published.isoformat()
    for place in places(text, published).locations:
        if place.code is None:
            continue
        named = [
            s for s in gazetteer().versions(place.code) if place.name == display(s) or s.plain == loose(place.name)
        ]
        assert named, place
        if any(s.valid(day) for s in named) or all(s.since > day for s in named):
            continue
        last = max(s.until for s in named if s.until <= day)
        line = set(gazetteer().path(named[-1], last)[:-1])
        rivals = [
            s
            for s in gazetteer().named(place.name)
            if len(s.code) == len(place.code) and s.valid(day) and line <= set(gazetteer().path(s, day)[:-1])
        ]
        assert not rivals, (place, rivals)


@given(st.text(alphabet="xãphườngTPQ.HN 12,()-ABĐHàNội\nÔngtỉnh'’", max_size=200))
def test_locations_spans_stand_in_the_text_and_do_not_overlap(text: str) -> None:
    reading = read(Article(id="t", text=text, published=DAY))
    found_places: list[Location] = find_places(reading, []).locations
    end = 0
    for place in found_places:
        assert place.start >= end
        assert text[place.start : place.end] == place.text
        end = place.end


@pytest.mark.parametrize("size", [20_000, pytest.param(100_000, marks=pytest.mark.slow)])
@pytest.mark.parametrize("noise", ["1/2", "Xã ", "Hà Nội ", "Q.1, ", "xã A, ", "( ", "TP.", "An-", "'a", "phường 1, "])
def test_locations_hostile_input_stays_linear(noise: str, size: int) -> None:
    """A size that takes far longer where the work grows with its square."""
    reading = read(Article(id="t", text=noise * (size // len(noise)), published=DAY))
    begin = time.process_time()
    find_places(reading, [])
    assert time.process_time() - begin < 10


def test_locations_a_page_that_never_names_its_district(shared: Path) -> None:
    page = next((shared / "seeds").glob("000_*.txt"))
    here = places(page.read_text(encoding="utf-8"))
    communes_found = [x for x in here.locations if x.level == "commune"]
    assert len(communes_found) == 6
    assert {x.path[:2] for x in communes_found if x.path} == {("Bắc Giang", "Yên Dũng")}
    assert [x.name for x in communes_found if not x.successors] == ["Thắng Cương"]  # the lists do not say
    assert here.scope("UBND huyện") == "221"


def dated(text: str) -> list[tuple[str, tuple[str | None, ...] | None]]:
    """Places of an article without a publication date, the age told by its dates."""
    return [(x.text, x.path) for x in extract(text).locations]


@pytest.mark.parametrize(
    ("text", "quote", "path"),
    [
        ("Ngày 3/5/2018, xã Hương Gián và TP Bắc Giang họp.", "xã Hương Gián", ("Bắc Giang", "Yên Dũng", "Hương Gián")),
        ("Xã Hương Gián, huyện Yên Dũng; TP Bắc Giang họp.", "Xã Hương Gián", ("Bắc Giang", "Yên Dũng", "Hương Gián")),
        ("Ngày 3/3/2025, xã Hương Gián họp.", "xã Hương Gián", ("Bắc Giang", "Bắc Giang", "Hương Gián")),
        ("Ngày 3/9/2025, phường Cảnh Thụy họp.", "phường Cảnh Thụy", ("Bắc Ninh", "Cảnh Thụy")),
        ("Phường Cảnh Thụy, tỉnh Bắc Ninh họp.", "Phường Cảnh Thụy", ("Bắc Ninh", "Cảnh Thụy")),
        ("Ngày 5/6/2019, phường Cát Lái, quận 2 họp.", "phường Cát Lái", ("Hồ Chí Minh", "Quận 2", "Cát Lái")),
        ("Ngày 5/6/2022, phường Cát Lái, TP Thủ Đức họp.", "phường Cát Lái", ("Hồ Chí Minh", "Thủ Đức", "Cát Lái")),
    ],
)
def test_locations_without_a_date_are_of_one_age(text: str, quote: str, path: tuple[str, ...]) -> None:
    assert dict(dated(text))[quote] == path


def test_locations_bare_name_goes_on_from_a_commune() -> None:
    text = "Tại tỉnh Phú Thọ, xã Đà Bắc mới đạt 90,1%, Mai Châu 91% dân số."
    record = extractor.extract(text, published="2025-12-10")
    assert [(place.text, place.code) for place in record.locations][-1] == ("Mai Châu", "05200")
