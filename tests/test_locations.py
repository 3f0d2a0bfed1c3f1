"""Places in text: exact spans, names and levels, beside what only looks like a place; properties over the whole gazetteer."""

from __future__ import annotations

import time
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
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


FOUND = [
    ("UBND tỉnh Tiền Giang họp.", [("tỉnh Tiền Giang", "Tiền Giang", "82")]),
    ("Tỉnh ủy Nghệ An ra nghị quyết.", [("Nghệ An", "Nghệ An", "40")]),
    ("CATP Hà Nội thông báo.", [("Hà Nội", "Hà Nội", "01")]),
    ("Bí thư Thành uỷTP.HCM phát biểu.", [("TP.HCM", "Hồ Chí Minh", "79")]),
    ("Tại TPHCM và HN đều mưa.", [("TPHCM", "Hồ Chí Minh", "79"), ("HN", "Hà Nội", "01")]),
    ("Mưa ở Bà Rịa-Vũng Tàu, Thừa Thiên - Huế.",
     [("Bà Rịa-Vũng Tàu", "Bà Rịa-Vũng Tàu", "77"), ("Thừa Thiên - Huế", "Thừa Thiên - Huế", "46")]),
    ("Dự án ở BR-VT và TT-Huế.", [("BR-VT", "Bà Rịa - Vũng Tàu", "77"), ("TT-Huế", "Thừa Thiên Huế", "46")]),
    ("Nông dân Đắc Lắc trồng cà phê.", [("Đắc Lắc", "Đắc Lắc", "66")]),
    ("Sở Y tế tỉnh Kontum cho biết.", [("tỉnh Kontum", "Kon Tum", "62")]),
    (
        "Công an H.Hóc Môn, TP.HCM xử phạt.",
        [("H.Hóc Môn", "Hóc Môn", "784"), ("TP.HCM", "Hồ Chí Minh", "79")],
    ),
    (
        "Nhà ở P.12, Q.Gò Vấp và Q3, TP.HCM.",
        [("P.12", "Phường 12", "26881"), ("Q.Gò Vấp", "Gò Vấp", "764"), ("Q3", "Quận 3", "770"), ("TP.HCM", "Hồ Chí Minh", "79")],
    ),
    (
        "Tuyến qua các quận 1, 2, 9, Bình Thạnh (TP.HCM).",
        [
            ("quận 1", "Quận 1", "760"),
            ("2", "Quận 2", "769"),
            ("9", "Quận 9", "763"),
            ("Bình Thạnh", "Bình Thạnh", "765"),
            ("TP.HCM", "Hồ Chí Minh", "79"),
        ],
    ),
    (
        "Các xã gồm: Cảnh Thụy, Trí Yên và Lão Hộ (huyện Yên Dũng, Bắc Giang).",
        [
            ("Cảnh Thụy", "Cảnh Thụy", "07738"),
            ("Trí Yên", "Trí Yên", "07720"),
            ("Lão Hộ", "Lão Hộ", "07684"),
            ("huyện Yên Dũng", "Yên Dũng", "221"),
            ("Bắc Giang", "Bắc Giang", "24"),
        ],
    ),
    (
        "TX.Gò Công và TT Cần Giuộc mở chợ.",
        [("TX.Gò Công", "Gò Công", "816"), ("TT Cần Giuộc", "Cần Giuộc", "28159")],
    ),
    ("Chủ tịch Hà Giang Lý Văn Thử dự lễ.", [("Hà Giang", "Hà Giang", "02")]),
    ("UBND tỉnh Hà Giang Lý Văn Thử dự lễ.", [("tỉnh Hà Giang", "Hà Giang", "02")]),
    (
        "Trường Tiểu học xã Tân Hưng, huyện Lạng Giang, Bắc Giang.",
        [("xã Tân Hưng", "Tân Hưng", "07417"),
         ("huyện Lạng Giang", "Lạng Giang", "217"),
         ("Bắc Giang", "Bắc Giang", "24")],
    ),
    ("BHXH tỉnh Yên bái và tỉnh Lai châu ký kết.", [("tỉnh Yên bái", "Yên Bái", "15"), ("tỉnh Lai châu", "Lai Châu", "12")]),
    ("HỘI NGHỊ UBND TỈNH NGHỆ AN", [("TỈNH NGHỆ AN", "Nghệ An", "40")]),
    (
        "Ở xã Ia Kreng (huyện Chư Pah, Gia Lai).",
        [("xã Ia Kreng", "Ia Kreng", "23738"),
         ("huyện Chư Pah", "Chư Păh", "627"),
         ("Gia Lai", "Gia Lai", "64")],
    ),
    ("Vùng biển Cà Mau có gió mạnh.", [("Cà Mau", "Cà Mau", "96")]),
    ("Mưa ở các huyện miền núi Nghệ An.", [("Nghệ An", "Nghệ An", "40")]),
    ("Sở Nông nghiệp và Phát triển nông thôn tỉnh Cà Mau báo cáo.", [("tỉnh Cà Mau", "Cà Mau", "96")]),
    ("Người dân Buôn Mê Thuột đi chợ.", [("Buôn Mê Thuột", "Buôn Mê Thuột", "643")]),
    ("Người quê Hà Tây cũ về đây.", [("Hà Tây", "Hà Tây", None)]),
    (
        "Mưa ở hai xã miền núi Đồng Hưu, Đồng Vương (huyện Yên Thế).",
        [("Đồng Hưu", "Đồng Hưu", "07258"),
         ("Đồng Vương", "Đồng Vương", "07255"),
         ("huyện Yên Thế", "Yên Thế", "215")],
    ),
    (
        "Ở huyện Yên Dũng, các xã đạt thấp nhất: Trí Yên 61,5%, Lão Hộ 58% và Đồng Phúc.",
        [("huyện Yên Dũng", "Yên Dũng", "221"),
         ("Trí Yên", "Trí Yên", "07720"),
         ("Lão Hộ", "Lão Hộ", "07684"),
         ("Đồng Phúc", "Đồng Phúc", "07750")],
    ),
    (
        "Tại huyện Yên Dũng, cao nhất là Đồng Phúc (97%).",
        [("huyện Yên Dũng", "Yên Dũng", "221"), ("Đồng Phúc", "Đồng Phúc", "07750")],
    ),
    (
        "Bảng của huyện Yên Dũng:\n| Trí Yên | 120 |\n| Lão Hộ | 80 |",
        [("huyện Yên Dũng", "Yên Dũng", "221"), ("Trí Yên", "Trí Yên", "07720"), ("Lão Hộ", "Lão Hộ", "07684")],
    ),
    (
        "Ở huyện Yên Dũng, Trường THCS Đồng Phúc khai giảng.",
        [("huyện Yên Dũng", "Yên Dũng", "221"), ("Đồng Phúc", "Đồng Phúc", "07750")],
    ),
    (
        "Đồn Biên phòng Trà Cổ (TP Móng Cái) tuần tra.",
        [("Trà Cổ", "Trà Cổ", "06721"), ("TP Móng Cái", "Móng Cái", "194")],
    ),
    (  # a company's name: the commune only where the article names that too
        "Huyện Yên Dũng làm việc với Tập đoàn Đồng Phúc. Đồng Phúc hứa xây cầu.",
        [("Huyện Yên Dũng", "Yên Dũng", "221")],
    ),
    (
        "Công ty CP gạch Đồng Phúc ở xã Đồng Phúc, huyện Yên Dũng.",
        [("Đồng Phúc", "Đồng Phúc", "07750"),
         ("xã Đồng Phúc", "Đồng Phúc", "07750"),
         ("huyện Yên Dũng", "Yên Dũng", "221")],
    ),
    (
        "Mở rộng đường Tân Kỳ Tân Quý, quận Tân Phú, TP.HCM.",
        [("quận Tân Phú", "Tân Phú", "767"), ("TP.HCM", "Hồ Chí Minh", "79")],
    ),
    (
        "Xã Thạch Kin, huyện Lộc Hà, Hà Tĩnh.",
        [("Xã Thạch Kin", "Thạch Kin", "18580"),
         ("huyện Lộc Hà", "Lộc Hà", "448"),
         ("Hà Tĩnh", "Hà Tĩnh", "42")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[t for t, _ in FOUND])
def test_locations_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ông Thái Bình và bà Hà Giang chơi cờ.",
        "Nguyễn Thị Hà Giang hát rất hay.",
        "Ca sĩ Hòa Bình ra đĩa mới.",
        "Kẹt xe trên đường Trường Chinh và phố Minh Khai.",
        "Chủ tịch Hồ Chí Minh đã căn dặn.",
        "Đoàn viên học tập tư tưởng Hồ Chí Minh.",
        "Văn bản số 12 đã ký; hợp tác xã Tiến Bộ làm ăn khá.",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Loa phường 1 năm tốn bao nhiêu tiền?",
        "Việc này thuộc về huyện, tỉnh và xã.",
        "Người dân yêu hòa bình. Hòa bình là quý.",
        "Ông xã Lê Văn Thử của chị rất chiều vợ.",
        "Ảnh: X.Thắng",
        "Chủ tịch UBND TP Lê Văn Thử nói.",
        "Xe chạy tới sông Tiền rồi ra cầu Mỹ Thuận.",
        "Anh trai bà Mỹ Phi sống ở Hà Lan, Lào và Nga.",
        "Sáng thứ Hai, quận. Theo ông, đã xong.",
        "Theo Trưởng phòng Nội vụ huyện Phạm Hồng Mai, việc đã xong.",
        "Khu triển lãm Giảng Võ mở cửa.",
    ],
)
def test_locations_not_units(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Cháy ở thôn Hạ, xã Tân Hưng.", [("thôn Hạ", "Hạ")]),
        ("Nhà ở tổ 42, tổ 52 phường Minh Tân.", [("tổ 42", "Tổ 42"), ("tổ 52", "Tổ 52")]),
        ("Ở tổ dân phố số 5, ấp 3, xóm Chùa.", [("tổ dân phố số 5", "Tổ dân phố số 5"), ("ấp 3", "Ấp 3"), ("xóm Chùa", "Chùa")]),
        ("Bản Huổi Pốc, xã Nậm Chà.", [("Bản Huổi Pốc", "Huổi Pốc")]),
        ("Xe theo hướng Bản Chắt thì dừng.", [("Bản Chắt", "Bản Chắt")]),
        ("Nhà ở ấp 7C, tổ 12A phường Minh Tân.", [("ấp 7C", "Ấp 7C"), ("tổ 12A", "Tổ 12A")]),
        ("Nhà ở KP3, TDP 5, phường Minh Tân.", [("KP3", "Khu phố 3"), ("TDP 5", "Tổ dân phố 5")]),
        ("Cháy ở thôn Phú Thành, xã Trí Yên.", [("thôn Phú Thành", "Phú Thành")]),
        ("Bơi ở thôn Gò Thôn (xã Trí Yên).", [("thôn Gò Thôn", "Gò Thôn")]),
        ("Các thôn Đông Sơn, Buộm và Gò Cao ngập sâu.", [("thôn Đông Sơn", "Đông Sơn"), ("Buộm", "Buộm"), ("Gò Cao", "Gò Cao")]),
        ("Xã có 3 ấp: Gò Me, Bàu Sen,[2] Rạch Cát.", [("Gò Me", "Gò Me"), ("Bàu Sen", "Bàu Sen"), ("Rạch Cát", "Rạch Cát")]),
        ("Các thôn Hạ, Trung, huyện Yên Dũng, Bắc Giang.", [("thôn Hạ", "Hạ"), ("Trung", "Trung")]),
        ("Cử tri sóc Cần Lê đã về; chị chăm sóc Bà Năm.", [("sóc Cần Lê", "Cần Lê")]),
        ("Thôn Gò Me và Bàu Sen của xã Trí Yên nhập làm một.", [("Thôn Gò Me", "Gò Me"), ("Bàu Sen", "Bàu Sen")]),
        ("Thôn Gò Me và Bàu Sen đã có điện.", [("Thôn Gò Me", "Gò Me")]),
        ("Trưởng thôn Đỗ Văn Mạnh và Già làng Đinh Văn Thử, xã Trí Yên.", []),
        ("Bản Hiến pháp năm 1946 và văn bản Hướng dẫn.", []),
        ("Học sinh khối 10 và đội 3 người, khu 5.", []),
    ],
)  # fmt: skip
def test_locations_hamlets(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(x.text, x.name) for x in places(text).locations if x.level == "hamlet"] == expected


def test_locations_hamlet_path_goes_through_hamlets() -> None:
    first = places("Ở tổ 2, ấp Vĩnh Lợi, xã Châu Phong, thị xã Tân Châu, An Giang.").locations[0]
    assert first.path == ("An Giang", "Tân Châu", "Châu Phong", "Vĩnh Lợi", "Tổ 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thăm sân bay Tân Sơn Nhất.", "Tân Sơn Nhất"),
        ("Sang Nhật Bản học.", "Nhật Bản"),
        ("Lũ trên sông Hương dâng.", "Hương"),
        ("Ở Bệnh viện Bạch Mai đông.", "Bạch Mai"),
        ("Tại quận Manhattan, New York.", "Manhattan"),
        ("Điều trị ở Bệnh viện Nhi Trung ương.", "Nhi Trung ương"),
        ("Xe chạy trên đường Tân Kỳ Tân Quý.", "Tân Kỳ Tân Quý"),
        ("Nhà ở đường Hồ Đắc Di, phường Tây Lộc.", "Hồ Đắc Di"),
        ("Giám đốc Bệnh viện Bạch Mai Nguyễn Văn Tư đến dự.", "Bạch Mai"),
        ("Hải quan cửa khẩu cảng Cái Mép- Cục Hải quan tỉnh.", "Cái Mép"),
        ("Xe đi đại lộ Đông - Tây.", "Đông - Tây"),
        ("Các tỉnh Miền Đông Nam Bộ mưa to.", "Miền Đông Nam Bộ"),
        ("Tầng 2, tòa nhà Sao Mai Số 75.", "Sao Mai"),
    ],
)
def test_locations_other(text: str, expected: str) -> None:
    assert expected in [x.name for x in places(text).locations if x.level == "other"]


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban Pháp luật họp. Theo báo Pháp Luật, THƯ VIỆN PHÁP LUẬT.",
        "Trường Đại học Mỹ thuật mở lớp.",
        "Tượng Đức Phật cao 3 m.",
        "- Phía Đông Bắc giáp ruộng.",
        "Phim phát trên kênh ESPN.",
        'Phim "Vợ chồng A Phủ" Trần Phương đóng.',
        "Dân trồng 100 cây Lát hoa.",
    ],
)
def test_locations_words_that_are_no_places(text: str) -> None:
    assert places(text).locations == []


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
    assert (commune.level, commune.code, commune.provenance.note) == ("commune", None, "no unit of that name in Đông Anh")
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
        ("UBND các xã", None),
        ("UBND huyện Tân Yên", None),
        ("hợp tác xã", None),
        ("bảo hiểm xã hội", None),
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


@settings(max_examples=80, deadline=None)
@given(st.data(), st.sampled_from(["2017-06-01", "2019-10-01", "2021-08-01", "2024-01-01", "2025-10-01"]))
def test_locations_every_commune_with_its_parents(data: st.DataObject, day: str) -> None:
    text, quote, code = data.draw(st.sampled_from(communes(day)))
    first = places(text, date.fromisoformat(day)).locations[0]
    assert (first.text, first.code) == (quote, code)


@settings(max_examples=60, deadline=None)
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


@settings(max_examples=60, deadline=None)
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


# Kinds of faults that people report: day, text, and spans with codes ("-" for a hamlet or an open unit).
KINDS = [
    ("2020-03-02", "Nhà ở P8, Gò Vấp, HCM.", [("P8", "26898"), ("Gò Vấp", "764"), ("HCM", "79")]),
    ("2020-03-02", "Nhà ở P3, Bình Thạnh, TP.HCM.", [("P3", "26947"), ("Bình Thạnh", "765"), ("TP.HCM", "79")]),
    ("2020-03-02", "Anh là F 1, chị là F1, cháu là F 2 của ca mắc.", []),
    ("2020-03-02", "Xét nghiệm cho 12 F1 và 40 F 2.", []),
    ("2020-03-02", "Trường ở quận VIII, TP.HCM.", [("quận VIII", "776"), ("TP.HCM", "79")]),
    ("2020-03-02", "Trường ở quận X và quận XI, TP.HCM.", [("quận X", "771"), ("quận XI", "772"), ("TP.HCM", "79")]),
    ("2020-03-02", "Chợ ở phường V, quận X, TP.HCM.", [("phường V", "27199"), ("quận X", "771"), ("TP.HCM", "79")]),
    (
        "2020-03-02",
        "Bà con làng (thôn) Hạ, phường Mai Động.",
        [("làng (thôn) Hạ", "-"), ("phường Mai Động", "00310")],
    ),
    (
        "2020-03-02",
        "Ở khu phố Hội Tân, phường An Khê, Đà Nẵng.",
        [("khu phố Hội Tân", "-"), ("phường An Khê", "20224"), ("Đà Nẵng", "48")],
    ),
    ("2020-03-02", "Xã đổi Mới, huyện Hồng Ngự.", [("huyện Hồng Ngự", "870")]),
    (
        "2020-03-02",
        "Ở xã cảnh Thụy, huyện Yên Dũng.",
        [("xã cảnh Thụy", "07738"), ("huyện Yên Dũng", "221")],
    ),
    (
        "2020-03-02",
        "Ấp 2, Hòa Bình, thị trấn Hòa Bình, Bạc Liêu.",
        [("Ấp 2", "-"), ("Hòa Bình", "31891"), ("thị trấn Hòa Bình", "31891"), ("Bạc Liêu", "95")],
    ),
    (
        "2020-03-02",
        "TP Hà Nội nạo vét các hồ Tây Sơn, Văn Chương, Đống Đa.",
        [("TP Hà Nội", "01")],
    ),
    (
        "2020-03-02",
        "Quận Đống Đa, Hà Nội sửa 3 tuyến phố Tôn Đức Thắng, Hoàng Mai, Thanh Xuân.",
        [("Quận Đống Đa", "006"), ("Hà Nội", "01")],
    ),
    ("2025-10-08", "Xã Ealy, tỉnh Đắk Lắk.", [("Xã Ealy", "22237"), ("tỉnh Đắk Lắk", "66")]),
    ("2025-10-08", "Dân Hải Dương và Thái Bình góp gạo.", [("Hải Dương", "30"), ("Thái Bình", "34")]),
    ("2025-10-08", "Tại Hà Nội và Bình Định, mưa lớn.", [("Hà Nội", "01"), ("Bình Định", "52")]),
]


@pytest.mark.parametrize(("day", "text", "expected"), KINDS)
def test_locations_kinds_of_faults(day: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = places(text, date.fromisoformat(day)).locations
    assert [(x.text, x.code or "-") for x in found if x.level != "other"] == expected


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


@pytest.mark.parametrize("blanks", ["  ", "\u00a0", "\u00a0 ", "\u2003", " \u202f\u00a0 "])
@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_locations_blanks_of_any_kind_change_nothing(
    text: str, expected: list[tuple[str, str, str]], blanks: str
) -> None:
    assert found(text.replace(" ", blanks)) == [(a.replace(" ", blanks), name, code) for a, name, code in expected]


SMALL = [
    ("hội đồng nhân dân tỉnh long an họp tại hà nội.", [("tỉnh long an", "80"), ("hà nội", "01")]),
    ("mưa lớn ở xã cảnh thụy, huyện yên dũng.", [("xã cảnh thụy", "07738"), ("huyện yên dũng", "221")]),
    ("công an quận gò vấp, thành phố hồ chí minh.", [("quận gò vấp", "764"), ("thành phố hồ chí minh", "79")]),
    ("chợ ở phường 12, quận gò vấp.", [("phường 12", "26881"), ("quận gò vấp", "764")]),
    ("nhà máy ở nghệ an và đồng nai.", [("nghệ an", "40"), ("đồng nai", "75")]),
    ("đời sống hòa bình, gia đình đoàn kết, xã hội văn minh.", []),
]


@pytest.mark.parametrize(("text", "expected"), SMALL)
def test_locations_of_a_text_without_capitals(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(x.text, x.code) for x in places(text).locations if x.level != "other"] == expected


def test_locations_bare_name_goes_on_from_a_commune() -> None:
    text = "Tại tỉnh Phú Thọ, xã Đà Bắc mới đạt 90,1%, Mai Châu 91% dân số."
    record = extractor.extract(text, published="2025-12-10")
    assert [(place.text, place.code) for place in record.locations][-1] == ("Mai Châu", "05200")
