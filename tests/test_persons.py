"""Officials of many made-up articles as persons: canonical bodies, names, links, homonyms, ids, posts over time."""

from __future__ import annotations

import itertools
import json
import os
import random
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from commands import run

from extractor.cli import main
from extractor.persons.bodies import body_key, post_key, read_body
from extractor.persons.evidence import OTHER_PROVINCE, POST, confidence, gap, weight
from extractor.persons.link import Person, link
from extractor.persons.mentions import Mention, of_records
from extractor.persons.names import name_key, near, share, vietnamese
from extractor.persons.posts import holders, person_posts
from extractor.persons.tables import known_ids, rows
from extractor.persons.terms import is_term, terms
from extractor.records import Activity, Date, NameMention, Official, Position, Provenance, Record, sha256_of

RULE = Provenance(layer="rule", rule="by-hand")
DAY = "2018-05-02"

# Wordings of one body, with the place code that the record gives; every row is one key.
BODIES: list[tuple[str, list[tuple[str, str | None]]]] = [
    (
        "uy-ban-nhan-dan:01",
        [
            ("Ủy ban nhân dân thành phố Hà Nội", "01"),
            ("Ủy ban Nhân dân Thành phố Hà Nội", "01"),
            ("Uỷ ban nhân dân Hà Nội", "01"),
            ("UBND TP Hà Nội", "01"),
            ("Ủy ban nhân dân thành phố Hà Nội", None),
        ],
    ),
    ("uy-ban-nhan-dan:17", [("Ủy ban nhân dân tỉnh Hòa Bình", "17"), ("Ủy ban nhân dân Tỉnh Hoà Bình", "17")]),
    (
        "uy-ban-nhan-dan:46",
        [("Ủy ban nhân dân tỉnh Thừa Thiên - Huế", "46"), ("Ủy ban nhân dân tỉnh Thừa Thiên Huế", "46")],
    ),
    (
        "uy-ban-nhan-dan:760",
        [("Ủy ban nhân dân quận 1", "760"), ("Ủy ban nhân dân Quận 1, Thành phố Hồ Chí Minh", "760")],
    ),
    ("uy-ban-nhan-dan:36", [("Ủy ban nhân dân tỉnh Nam Định", "356")]),  # the city's code for "tỉnh": the province's
    (
        "dang-uy:31",
        [
            ("Thành ủy thành phố Hải Phòng", "31"),
            ("Thành ủy Hải Phòng", "31"),
            ("Thành uỷ Hải Phòng", "31"),
            ("Đảng bộ thành phố Hải Phòng", "31"),
        ],
    ),
    (
        "dang-uy:38",
        [("Tỉnh ủy tỉnh Thanh Hóa", "38"), ("Tỉnh ủy Thanh Hoá", "38"), ("Ban Chấp hành Đảng bộ tỉnh Thanh Hóa", "38")],
    ),
    ("dang-uy:543", [("Huyện ủy Hoài Nhơn", "543"), ("Huyện uỷ huyện Hoài Nhơn", "543")]),
    (
        "so.y-te:33",
        [("Sở Y tế Hưng Yên", "33"), ("Sở Y tế tỉnh Hưng Yên", "33"), ("Sở Y Tế, Ủy ban nhân dân tỉnh Hưng Yên", "33")],
    ),
    (
        "so.van-hoa-the-thao-du-lich:68",
        [
            ("Sở Văn hóa, Thể thao và Du lịch Lâm Đồng", "68"),
            ("Sở Văn hóa - Thể thao và Du lịch tỉnh Lâm Đồng", "68"),
            ("Sở Văn hóa Thể thao Du lịch Lâm Đồng", "68"),
        ],
    ),
    ("bo.cong-thuong:vn", [("Bộ Công Thương", None), ("Bộ Công thương", None), ("Bộ Công Thương Việt Nam", None)]),
    ("bo.quoc-phong:my", [("Bộ Quốc phòng Mỹ", None), ("Bộ Quốc phòng Hoa Kỳ", None)]),
    ("bo.ngoai-giao:nhat-ban", [("Bộ Ngoại giao Nhật Bản", None), ("Bộ Ngoại giao Nhật", None)]),
    ("bo.quoc-phong:australia", [("Bộ Quốc phòng Australia", None), ("Bộ Quốc phòng Úc", None)]),
    ("bo.quoc-phong:philippines", [("Bộ Quốc phòng Philippines", None), ("Bộ Quốc phòng Philippin", None)]),
    ("bo.quoc-phong:indonesia", [("Bộ Quốc phòng Indonesia", None), ("Bộ Quốc phòng Indonexia", None)]),
    ("ban-to-chuc:vn", [("Ban Tổ chức Trung ương", None), ("Ban Tổ chức Trung ương Đảng", None)]),
    ("ban-to-chuc:01", [("Ban Tổ chức Thành ủy Hà Nội", "01"), ("Ban Tổ chức, Thành ủy Hà Nội", "01")]),
    (
        "uy-ban.kinh-te:vn",
        [("Ủy ban Kinh tế", None), ("Ủy ban Kinh tế, Quốc hội", None), ("Ủy ban Kinh tế của Quốc hội", None)],
    ),
    (
        "cuc.van-hoa-co-so:vn",
        [("Cục Văn hóa cơ sở", None), ("Cục Văn hóa Cơ sở, Bộ Văn hóa, Thể thao và Du lịch", None)],
    ),
    ("ngan-hang-nha-nuoc:vn", [("Ngân hàng Nhà nước", None), ("Ngân hàng Nhà nước Việt Nam", None)]),
    (
        "uy-ban-mat-tran-to-quoc:33",
        [("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hưng Yên", "33"), ("Mặt trận Tổ quốc tỉnh Hưng Yên", "33")],
    ),
    (
        "uy-ban-trung-uong-mat-tran-to-quoc:vn",
        [("Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam", None), ("Ủy ban Trung ương Mặt trận Tổ quốc", None)],
    ),
    ("doan-tncs:33", [("Tỉnh đoàn Hưng Yên", "33"), ("Đoàn Thanh niên Cộng sản Hồ Chí Minh tỉnh Hưng Yên", "33")]),
    ("hoi-lien-hiep-phu-nu:33", [("Hội Liên hiệp Phụ nữ tỉnh Hưng Yên", "33"), ("Hội Phụ nữ Hưng Yên", "33")]),
    ("hoi-nong-dan:33", [("Hội Nông dân tỉnh Hưng Yên", "33")]),
    ("hoi-cuu-chien-binh:33", [("Hội Cựu chiến binh tỉnh Hưng Yên", "33")]),
    (
        "bo-doi-bien-phong:20",
        [("Bộ đội Biên phòng tỉnh Lạng Sơn", "20"), ("Bộ Chỉ huy Bộ đội Biên phòng Lạng Sơn", "20")],
    ),
    (
        "van-phong.uy-ban-nhan-dan:33",
        [("Văn phòng Ủy ban nhân dân tỉnh Hưng Yên", "33"), ("Văn phòng, Ủy ban nhân dân tỉnh Hưng Yên", "33")],
    ),
    ("phong.y-te:760", [("Phòng Y tế quận 1", "760"), ("Phòng Y tế, Ủy ban nhân dân quận 1", "760")]),
    (
        "phong.to-chuc-can-bo-so-y-te:33",
        [("Phòng Tổ chức cán bộ, Sở Y tế tỉnh Hưng Yên", "33"), ("Phòng Tổ chức cán bộ, Sở Y tế Hưng Yên", "33")],
    ),
    ("quoc-hoi:vn", [("Quốc hội", None), ("Quốc hội khóa XIV", None), ("Quốc hội nước Việt Nam", None)]),
    ("nha-nuoc:phap", [("Pháp", None), ("Cộng hòa Pháp", None)]),
    ("nha-nuoc:y", [("Ý", None), ("Italia", None)]),
    ("bo-chinh-tri:vn", [("Bộ Chính trị", None), ("Bộ chính trị", None)]),
    (
        "ban-chap-hanh-trung-uong-dang:vn",
        [
            ("Trung ương Đảng", None),
            ("Ban Chấp hành Trung ương Đảng", None),
            ("Ban Chấp hành Trung ương Đảng Cộng sản Việt Nam", None),
        ],
    ),
]


@pytest.mark.parametrize(
    ("key", "wording", "code"), [(k, w, c) for k, wordings in BODIES for w, c in wordings], ids=lambda v: str(v)
)
def test_body_key_is_equal_for_all_wordings(key: str, wording: str, code: str | None) -> None:
    level = "central" if key.endswith(":vn") else None
    assert body_key(wording, code, DAY, level=level) == key


def test_body_keys_of_different_bodies_differ() -> None:
    assert len({key for key, _ in BODIES}) == len(BODIES)


@pytest.mark.parametrize(
    ("role", "body", "code", "expected"),
    [
        ("Chủ tịch", "Thành phố Hà Nội", "01", "uy-ban-nhan-dan:01"),  # a bare unit is its chairman's committee
        ("Phó Chủ tịch", "Quận 1", "760", "uy-ban-nhan-dan:760"),
        ("Bí thư", "Hải Phòng", "31", "dang-uy:31"),
        ("Phó Thủ tướng", None, None, "chinh-phu:vn"),
        ("Phó Thủ tướng", "Chính phủ", None, "chinh-phu:vn"),
        ("Chủ tịch nước", None, None, "nha-nuoc:vn"),
        ("Tổng Bí thư", None, None, "ban-chap-hanh-trung-uong-dang:vn"),
        ("Giám đốc", None, None, None),
        ("Chủ tịch", "Ủy ban nhân dân huyện", None, None),  # which district, nothing says
        ("Giám đốc", "Trung tâm", None, None),
        ("Trưởng phòng", "Phòng Tổ chức", None, None),
    ],
)
def test_body_key_by_role(role: str, body: str | None, code: str | None, expected: str | None) -> None:
    assert body_key(body, code, DAY, role=role) == expected


def test_body_key_takes_the_only_unit_of_that_name() -> None:
    assert body_key("Ủy ban nhân dân tỉnh Cà Mau", None, DAY) == "uy-ban-nhan-dan:96"
    assert body_key("Ủy ban nhân dân huyện Châu Thành", None, DAY) is None  # there are nine


@pytest.mark.parametrize(
    ("one", "other"), [("Nguyên Chủ tịch", "Chủ tịch"), ("Quyền Chủ tịch", "chủ tịch"), ("Cựu Chủ tịch", "Chủ  tịch")]
)
def test_post_key_leaves_out_former_and_acting(one: str, other: str) -> None:
    body = read_body("Ủy ban nhân dân tỉnh Cà Mau", "96", DAY)
    assert post_key(one, body) == post_key(other, body) == "chu-tich@uy-ban-nhan-dan:96"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TRẦN VĂN MẪU", "Trần Văn Mẫu"),
        ("Lý Văn Thử", "Lí Văn Thử"),
        ("Đàm Quang Thuỵ", "Đàm Quang Thụy"),
        ("Kim Jong-un", "Kim Jong Un"),
        ("Hoàng DanhThử", "Hoàng Danh Thử"),
        ("Hoà  Văn Thử", "Hòa Văn Thử"),
    ],
)
def test_name_key_joins_spellings(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Trần Văn Mẫn", "Trần Văn Mẩn", True),
        ("Bùi Sỹ Thoàn", "Bùi Sỹ Thoàng", True),
        ("Trần Kim Én", "Trần Thị Kim Én", True),
        ("Malcom Turnbul", "Malcolm Turnbul", True),
        ("Shinzo Abeko", "Abeko Shinzo", True),
        ("Ngô Anh Tuấn", "Ngô Tuấn Anh", False),  # two names in Vietnamese
        ("Trần Văn Mẫu", "Trần Văn Thử", False),
        ("Trần Văn Mẫu", "Lê Văn Mẫu", False),
        ("Lê Mẫu", "Lê Thử", False),
    ],
)
def test_near_names(one: str, other: str, expected: bool) -> None:
    assert near(name_key(one), name_key(other)) is expected
    assert near(name_key(other), name_key(one)) is expected


def test_share_of_names_follows_how_common_they_are() -> None:
    common, rare = share(name_key("Nguyễn Văn Hùng")), share(name_key("Khuất Vĩ Đoan"))
    assert 1e-5 < common < 1e-2
    assert rare < common / 1_000
    assert share(name_key("Nguyễn Thị Thu Hà")) > share(name_key("Nguyễn Thị Đoan Thu"))
    assert not vietnamese(name_key("Emmanuel Macron"))
    assert vietnamese(name_key("Trần Văn Mẫu"))


# A post: (role, body, code, admin level, former)
Spec = tuple[str, str | None, str | None, str | None, bool]


def post(
    role: str, body: str | None = None, code: str | None = None, level: str | None = None, former: bool = False
) -> Spec:
    return role, body, code, level, former


def article(name: str, day: str | None, *people: tuple[str, list[Spec]], activities: tuple[Any, ...] = ()) -> Record:
    """A record whose text is nothing but the names and posts."""
    text, officials = "", []
    for person, posts in people:
        start = len(text)
        text += person
        held = []
        for role, body, code, level, former in posts:
            text += ", "
            words = f"{role} {body}" if body else role
            held.append(
                Position(
                    start=len(text), end=len(text) + len(words), text=words, role=role, body=body, body_resolved=body,
                    place_code=code, admin_level=level, former=former,
                )
            )  # fmt: skip
            text += words
        span = {"start": start, "end": start + len(person), "text": person}
        done = tuple(
            Activity(**span, kind=kind, date=when, to_position=to, from_position=from_)
            for kind, when, to, from_ in activities
        )
        officials.append(
            Official(
                **span,
                name=person,
                provenance=RULE,
                mentions=(NameMention(**span),),
                positions=tuple(held),
                activities=done,
            )
        )
        text += ".\n"
    return Record(
        id=name,
        published=date.fromisoformat(day) if day else None,
        text=text,
        sha256=sha256_of(text),
        officials=tuple(officials),
    )


def found(*records: Record) -> list[Person]:
    return link(of_records(records))


UBND = "Ủy ban nhân dân"
HANOI = [
    post("Chủ tịch", f"{UBND} Thành phố Hà Nội", "01", "province"),
    post("Chủ tịch", f"{UBND.replace('nhân dân', 'Nhân dân')} thành phố Hà Nội", "01", "province"),
    post("Chủ tịch", "Thành phố Hà Nội", "01", "province"),
]

# Two mentions of one name (or near ones) and whether they are one person.
PAIRS: list[tuple[str, tuple[str, str | None, Spec], tuple[str, str | None, Spec], bool]] = [
    ("one post, two wordings", ("Phan Vĩ Thử", "2018-01-05", HANOI[0]), ("Phan Vĩ Thử", "2018-03-05", HANOI[1]), True),
    (
        "a common name, one post",
        ("Nguyễn Văn Hùng", "2018-01-05", post("Chủ tịch", f"{UBND} xã Ea Uy", "24532", "commune")),
        ("Nguyễn Văn Hùng", "2018-03-05", post("Chủ tịch", f"{UBND} xã Ea Uy", "24532", "commune")),
        True,
    ),
    (
        "a common name, two provinces",
        ("Nguyễn Văn Hùng", "2018-01-05", post("Bí thư", "Tỉnh ủy Cà Mau", "96", "province")),
        ("Nguyễn Văn Hùng", "2018-01-06", post("Giám đốc", "Sở Y tế Hưng Yên", "33", "province")),
        False,
    ),
    (
        "a common name, one province",
        ("Nguyễn Văn Hùng", "2018-01-05", post("Giám đốc", "Sở Y tế Hưng Yên", "33", "province")),
        ("Nguyễn Văn Hùng", "2018-01-06", post("Hiệu trưởng", "Trường tiểu học Mẫu Giáo", "33", "province")),
        False,
    ),
    (
        "a rare name, two posts of one body",
        ("Khuất Vĩ Đoan", "2018-01-05", post("Phó Giám đốc", "Sở Y tế Hưng Yên", "33", "province")),
        ("Khuất Vĩ Đoan", "2019-01-06", post("Giám đốc", "Sở Y tế Hưng Yên", "33", "province")),
        True,
    ),
    (
        "a rare name, leaders of one unit",
        ("Khuất Vĩ Đoan", "2018-01-05", post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")),
        ("Khuất Vĩ Đoan", "2019-01-06", post("Bí thư", "Tỉnh ủy Cà Mau", "96", "province")),
        True,
    ),
    (
        "a common name, communes of two provinces",
        ("Trần Văn Hùng", "2018-01-05", post("Chủ tịch", f"{UBND} xã Ea Uy", "24532", "commune")),
        ("Trần Văn Hùng", "2019-01-06", post("Chủ tịch", f"{UBND} phường Thủy Xuân", "19813", "commune")),
        False,
    ),
    (
        "a rare name, the unit left open",
        ("Khuất Vĩ Đoan", "2018-01-05", post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")),
        ("Khuất Vĩ Đoan", "2018-02-06", post("Chủ tịch", f"{UBND} tỉnh", None, "province")),
        True,
    ),
    (
        "a slip in the name, one post",
        ("Bùi Sỹ Thoàn", "2018-01-05", post("Giám đốc", "Sở Tư pháp Hưng Yên", "33", "province")),
        ("Bùi Sỹ Thoàng", "2018-01-06", post("Giám đốc", "Sở Tư pháp Hưng Yên", "33", "province")),
        True,
    ),
    (
        "two names, one post: a successor",
        ("Bùi Sỹ Thoàn", "2018-01-05", post("Giám đốc", "Sở Tư pháp Hưng Yên", "33", "province")),
        ("Lê Vĩ Mẫu", "2018-09-06", post("Giám đốc", "Sở Tư pháp Hưng Yên", "33", "province")),
        False,
    ),
    (
        "near and common names, one post of several",
        ("Nguyễn Văn Quang", "2018-01-05", post("Thứ trưởng", "Bộ Công an", None, "central")),
        ("Nguyễn Văn Quảng", "2018-01-06", post("Thứ trưởng", "Bộ Công an", None, "central")),
        False,
    ),
    (
        "a foreign name, with and without the country",
        ("Emanuel Makron", "2018-01-05", post("Tổng thống", "Pháp")),
        ("Emanuel Makron", "2018-02-05", post("Tổng thống")),
        True,
    ),
    (
        "a foreign name in another order",
        ("Shinzo Abeko", "2018-01-05", post("Thủ tướng", "Nhật Bản")),
        ("Abeko Shinzo", "2018-02-05", post("Thủ tướng", "Nhật")),
        True,
    ),
    (
        "former and in office",
        ("Khuất Vĩ Đoan", "2020-01-05", post("Nguyên Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province", True)),
        ("Khuất Vĩ Đoan", "2016-01-05", post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")),
        True,
    ),
    (
        "one body, whose level the articles tell differently and the post not at all",
        ("Nguyễn Văn Thưởng", "2018-01-05", post("Phó Giám đốc", "Bệnh viện đa khoa Xanh Pôn", None, "central")),
        ("Nguyễn Văn Thưởng", "2018-02-05", post("Phó Giám đốc", "Bệnh viện đa khoa Xanh Pôn", None, "province")),
        True,
    ),
    (
        "a university with and without its city",
        ("Khuất Vĩ Đoan", "2018-01-05", post("Hiệu trưởng", "Trường Đại học Nông Lâm")),
        (
            "Khuất Vĩ Đoan",
            "2018-01-06",
            post("Hiệu trưởng", "Trường Đại học Nông Lâm Thành phố Hồ Chí Minh", "79", "province"),
        ),
        True,
    ),
]


@pytest.mark.parametrize(("one", "other", "same"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS])
def test_pairs_of_mentions(one: Any, other: Any, same: bool) -> None:
    persons = found(article("a", one[1], (one[0], [one[2]])), article("b", other[1], (other[0], [other[2]])))
    assert (len(persons) == 1) is same
    if same:
        assert all(0.9 <= li.confidence <= 1 and li.reason != "only mention" for li in persons[0].links.values())
    elif one[0] == other[0]:
        assert persons[0].homonyms == [persons[1].id]


def test_three_wordings_are_one_post_of_one_man() -> None:
    persons = found(*(article(f"a{n}", f"2018-0{n + 1}-05", ("Phan Vĩ Thử", [p])) for n, p in enumerate(HANOI)))
    posts = person_posts(persons)
    assert [(p.name, p.key, p.articles, p.first_seen, p.last_seen) for p in posts] == [
        ("Phan Vĩ Thử", "chu-tich@uy-ban-nhan-dan:01", 3, "2018-01-05", "2018-03-05")
    ]


def test_three_wordings_of_real_texts_are_one_post() -> None:
    import extractor

    texts = [
        "Thăm chợ hoa\nSáng 5/1, ông Phan Vĩ Thử, Chủ tịch UBND Thành phố Hà Nội, thăm chợ hoa ở quận Tây Hồ.",
        "Họp về cây xanh\nChiều 6/2, Chủ tịch Ủy ban Nhân dân thành phố Hà Nội Phan Vĩ Thử chủ trì cuộc họp về cây xanh.",
        "Hà Nội bàn về nước sạch\nNgày 7/3, tại Hà Nội, ông Phan Vĩ Thử, Chủ tịch UBND TP, nghe báo cáo ở huyện Mê Linh.",
    ]
    read = [extractor.extract(t, published=f"2018-0{n + 1}-09") for n, t in enumerate(texts)]
    (held,) = person_posts(link(of_records(read)))
    assert (held.key, held.articles, held.place_code) == ("chu-tich@uy-ban-nhan-dan:01", 3, "01")
    assert (held.first_seen, held.last_seen) == ("2018-01-09", "2018-03-09")


def career() -> list[Record]:
    chairman = post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")
    return [
        article("a1", "2017-02-01", ("Khuất Vĩ Đoan", [chairman])),
        article("a2", "2018-02-01", ("Khuất Vĩ Đoan", [chairman, post("Phó Bí thư", "Tỉnh ủy Cà Mau", "96", "province")])),
        article("a3", None, ("Khuất Vĩ Đoan", [chairman])),
        article("a4", "2019-06-01", ("Lục Vĩ Mẫu", [chairman]),
                activities=(("appointed", "2019-05-20", f"Chủ tịch {UBND} tỉnh Cà Mau", None),)),
        article("a5", "2020-06-01", ("Khuất Vĩ Đoan", [post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province", True)])),
    ]  # fmt: skip


def test_posts_over_time_and_holders() -> None:
    posts = person_posts(found(*career()))
    first, second = holders(posts)["chu-tich@uy-ban-nhan-dan:96"]
    assert (first.name, first.first_seen, first.last_seen, first.left_by) == (
        "Khuất Vĩ Đoan", "2017-02-01", "2018-02-01", "2020-06-01",
    )  # fmt: skip
    assert (first.articles, first.undated, first.former) == (4, 1, False)
    assert (second.name, second.since, second.until) == ("Lục Vĩ Mẫu", "2019-05-20", None)
    assert first.body == "Ủy ban nhân dân tỉnh Cà Mau"
    assert first.place_code == "96"


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("5/2004 - 8/2005", "2004-05/2005-08", True),
        ("từ tháng 3/2006 đến tháng 1/2009", "2006-03/2009-01", True),
        ("năm 1990-2003", "1990/2003", True),
        ("nhiệm kỳ 2015-2020", "2015/2020", False),
        ("giai đoạn 2016-2020", "2016/2020", False),
        ("từ ngày 1/3 đến ngày 9/3/2017", "2017-03-01/2017-03-09", False),
        ("tuần này", "2017-05-29/2017-06-04", False),
        ("năm 2017", "2017", False),
        ("năm 2017", None, False),
    ],
)
def test_spans_of_years_are_terms(text: str, value: str | None, expected: bool) -> None:
    assert is_term({"text": text, "value": value}) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<Bí thư Huyện ủy> [2001-2004]: <Phó Chủ tịch>", {}),
        ("<Bí thư Huyện ủy> ([2001-2004]), <Chủ tịch> ([2004-2008])", {0: "2001", 1: "2004"}),
        ("[2001-2004]: <Bí thư Huyện ủy>\n[2004-2008]: <Chủ tịch>", {0: "2001", 1: "2004"}),
        ("<Bí thư Huyện ủy> [từ 2001 đến 2004].", {0: "2001"}),
        ("<Bí thư Huyện ủy>. [Từ 2001 đến 2004] mưa nhiều", {}),
        ("vì người nghèo [2001-2004], <Bí thư Huyện ủy>", {}),
        ("ông Khuất Vĩ Đoan | [2001-2004] | <Bí thư Huyện ủy> | [2004-2008] | <Chủ tịch>", {}),
    ],
)
def test_years_of_posts_in_a_career(text: str, expected: dict[int, str]) -> None:
    posts, dates, plain = [], [], ""
    for part in re.split(r"(<[^>]+>|\[[^\]]+\])", text):
        words = part[1:-1] if part[:1] in ("<", "[") else part
        row = {"start": len(plain), "end": len(plain) + len(words), "text": words}
        if part.startswith("<"):
            posts.append(row)
        elif part.startswith("["):
            dates.append(row | {"value": "/".join(re.findall(r"\d{4}", words))})
        plain += words
    found_terms = terms(posts, dates)
    assert {i: found_terms[p["start"]][0] for i, p in enumerate(posts) if p["start"] in found_terms} == expected


@pytest.mark.parametrize(("value", "former"), [("2012/2015", True), ("2012-03/2017-02", False), ("2012/2020", False)])
def test_a_told_term_gives_begin_and_end_and_a_past_one_is_left(value: str, former: bool) -> None:
    record = article("a1", "2017-02-01", ("Khuất Vĩ Đoan", [post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")]))
    at = record.officials[0].positions[0].end + 2
    text = record.text[: at - 2] + " (" + " - ".join(value.split("/")) + ")."
    years = Date(start=at, end=len(text) - 2, text=text[at:-2], value=value, provenance=RULE)
    told = Record.model_validate(
        record.model_dump() | {"text": text, "sha256": sha256_of(text), "dates": [years.model_dump()]}
    )
    (held,) = person_posts(found(told))
    assert (held.since, held.until) == tuple(value.split("/"))
    assert held.former is former


def test_a_post_has_the_level_of_its_record() -> None:
    held = post("Giám đốc", "Bệnh viện đa khoa Xanh Pôn", None, "province")
    (person,) = found(article("a", DAY, ("Khuất Vĩ Đoan", [held])))
    (told,) = person_posts([person])
    assert (told.admin_level, told.body_key) == ("province", None)


def test_a_bare_role_joins_the_only_post_it_fits() -> None:
    whole = [
        post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province"),
        post("Bí thư", "Tỉnh ủy Cà Mau", "96", "province"),
    ]
    records = [
        article("a", "2018-01-05", ("Khuất Vĩ Đoan", whole)),
        article("b", "2018-02-05", ("Khuất Vĩ Đoan", [post("Chủ tịch"), post("Bí thư", "Tỉnh ủy", None, "province")])),
        article("c", "2018-03-05", ("Khuất Vĩ Đoan", [post("Giám đốc")])),
    ]
    assert {p.key: p.articles for p in person_posts(found(*records))} == {
        "chu-tich@uy-ban-nhan-dan:96": 2,
        "bi-thu@dang-uy:96": 2,
        "giam-doc@": 1,
    }


def test_a_post_that_many_articles_give_to_another_is_doubtful() -> None:
    chairman = post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")
    many = [article(f"m{n}", f"2018-01-{n + 10}", ("Khuất Vĩ Đoan", [chairman])) for n in range(6)]
    posts = person_posts(found(*many, article("x", "2018-01-12", ("Lục Vĩ Mẫu", [chairman]))))
    assert {p.name: p.doubtful for p in posts} == {"Khuất Vĩ Đoan": False, "Lục Vĩ Mẫu": True}


def some_mentions() -> list[Mention]:
    pairs = [
        article(f"{side}{n}", one[1], (one[0], [one[2]]))
        for n, (_, *both, _) in enumerate(PAIRS)
        for side, one in zip("ab", both, strict=True)
    ]
    return list(of_records([*pairs, *career()]))


def as_rows(persons: list[Person]) -> list[str]:
    return [json.dumps(r, ensure_ascii=False) for r in rows(persons, "mentions")]


def test_the_order_of_mentions_does_not_matter() -> None:
    mentions = some_mentions()
    expected = as_rows(link(mentions))
    for seed in range(4):
        random.Random(seed).shuffle(mentions)
        assert as_rows(link(mentions)) == expected


def test_ids_stay_when_articles_are_added() -> None:
    mentions = sorted(some_mentions(), key=lambda m: (m.day or "", m.article))
    known: dict[tuple[str, int], str] = {}
    for size in range(4, len(mentions) + 1, 4):
        persons = link(mentions[:size], known=known)
        ids = {(m.article, m.person): p.id for p in persons for m in p.mentions}
        kept = [p for p in persons if any(known.get((m.article, m.person)) == p.id for m in p.mentions)]
        assert len(kept) == len(set(known.values()) & set(ids.values()))
        alone = [
            p for p in persons if {known[k] for m in p.mentions if (k := (m.article, m.person)) in known} == {p.id}
        ]
        assert len(alone) >= len(set(known.values())) - 3  # persons that grow together keep the id of the larger part
        assert len({p.id for p in persons}) == len(persons)
        known = ids


def test_persons_that_become_one_keep_the_larger_ones_id() -> None:
    a = article("a", "2018-01-05", ("Trần Văn Hùng", [post("Chủ tịch", f"{UBND} xã Ea Uy", "24532", "commune")]))
    b = article("b", "2018-01-05", ("Trần Văn Hùng", [post("Bí thư", "Huyện ủy Văn Giang", "326", "district")]))
    c = article("c", "2018-01-05", ("Trần Văn Hùng", [post("Bí thư", "Huyện ủy Văn Giang", "326", "district")]))
    before = found(a, b, c)
    assert len(before) == 2
    known = {(m.article, m.person): p.id for p in before for m in p.mentions}
    both = article(
        "d", "2019-01-05",
        ("Trần Văn Hùng", [post("Chủ tịch", f"{UBND} xã Ea Uy", "24532", "commune", True),
                           post("Bí thư", "Huyện ủy Văn Giang", "326", "district")]),
    )  # fmt: skip
    after = link(of_records([a, b, c, both]), known=known)
    assert [p.id for p in after] == [known["b", 0]]


def test_many_people_of_one_name_stay_apart() -> None:
    records = [
        article(
            f"{n:03}-{k}",
            "2018-01-05",
            ("Nguyễn Văn Hùng", [post("Hiệu trưởng", f"Trường trung học Mẫu số {n}", code, "province")]),
        )
        for n, code in zip(range(120), itertools.cycle(["01", "33", "96", "68"]), strict=False)
        for k in range(2)
    ]
    assert len(found(*records)) == 120


def test_evidence() -> None:
    rare, common = name_key("Khuất Vĩ Đoan"), name_key("Nguyễn Văn Hùng")
    assert confidence(weight(common, POST)) > 0.99
    assert confidence(weight(common, OTHER_PROVINCE)) < 0.05 < confidence(weight(rare, OTHER_PROVINCE))
    assert gap(["2018-01-01", "2019-01-01"], ["2018-12-30"]) == 2
    assert gap([], ["2018-12-30"]) is None


# --- the command ---------------------------------------------------------------------------------------------------


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "records.jsonl"
    path.write_text("".join(r.model_dump_json() + "\n" for r in career()), encoding="utf-8")
    return path


def test_cli_persons(source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "persons.jsonl"
    assert main(["persons", str(source), "-o", str(out)]) == 0
    assert "5 mentions of 2 names: 2 persons" in capsys.readouterr().err
    people = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [p["name"] for p in people] == ["Khuất Vĩ Đoan", "Lục Vĩ Mẫu"]
    assert people[0]["posts"][0]["body_key"] == "uy-ban-nhan-dan:96"
    assert {m["id"] for m in people[0]["mentions"]} == {"a1", "a2", "a3", "a5"}
    assert main(["persons", str(source), "--table", "posts"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(p["key"], p["name"]) for p in lines][:2] == [
        ("chu-tich@uy-ban-nhan-dan:96", "Khuất Vĩ Đoan"), ("chu-tich@uy-ban-nhan-dan:96", "Lục Vĩ Mẫu"),
    ]  # fmt: skip


def test_cli_folder_and_file_give_the_same(source: Path, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    from extractor.batch.tables import to_tables

    for name, table in to_tables(career()).items():
        (tmp_path / "tables" / name).mkdir(parents=True)
        pq.write_table(table, tmp_path / "tables" / name / "part-000000.parquet")
    for table in ("persons", "posts", "mentions"):
        one, other = tmp_path / f"{table}.parquet", tmp_path / f"other-{table}.parquet"
        assert main(["persons", str(source), "-o", str(one), "--table", table]) == 0
        assert main(["persons", str(tmp_path / "tables"), "-o", str(other), "--table", table]) == 0
        assert pq.read_table(one).equals(pq.read_table(other))
        assert pq.read_table(one).num_rows


def test_cli_keeps_ids_of_an_output_that_is_there(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "persons.jsonl"
    main(["persons", str(source), "-o", str(out)])
    before = known_ids(out)
    text = out.read_text(encoding="utf-8").replace(before["a1", 0], "khuat-vi-doan-kept")
    out.write_text(text, encoding="utf-8")
    earlier = article(
        "a0", "2016-02-01", ("Khuất Vĩ Đoan", [post("Chủ tịch", f"{UBND} tỉnh Cà Mau", "96", "province")])
    )
    source.write_text(earlier.model_dump_json() + "\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    main(["persons", str(source), "-o", str(out)])
    assert known_ids(out)["a0", 0] == known_ids(out)["a1", 0] == "khuat-vi-doan-kept"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.jsonl"], "neither a folder of tables nor a .jsonl"),
        (["{source}", "-o", "persons.txt"], "must end in .jsonl or .parquet"),
        (["{source}", "--table", "heads"], "give persons, posts or mentions"),
        (["{source}", "--known", "{source}"], "no table of persons or mentions"),
        (["{broken}"], "line 1: not a record"),
        (["{folder}"], "no articles/*.parquet"),
    ],
)
def test_cli_errors(
    source: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text('{"id": "x"}\n')
    filled = [a.format(source=source, broken=broken, folder=tmp_path) for a in arguments]
    assert main(["persons", *filled]) == 2
    assert message in capsys.readouterr().err


def test_ids_do_not_depend_on_the_hash_seed(source: Path) -> None:
    """Those of a process with another seed than this one's."""
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    done = subprocess.run(
        [sys.executable, "-m", "extractor", "persons", str(source)],
        capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])},
    )  # fmt: skip
    assert done.stdout == run("persons", source).stdout
    assert done.stdout
