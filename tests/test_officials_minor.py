"""Minor posts of public bodies, envoys, names that only their post tells, biographies, days of activities. Own sentences."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from extractor.fields.dates.expressions import find_dates
from extractor.fields.officials.build import find_officials
from extractor.language import read
from extractor.models import Article, Evidence, Mention
from extractor.places import Places
from extractor.records import Official
from extractor.text import clean

Expected = list[tuple[str, list[tuple[str, str | None]]]]


def officials(text: str, names: Sequence[str] = (), *, dated: bool = False) -> list[Official]:
    """Officials of a text in which the statistical layer saw the persons `names`."""
    reading = read(Article(id="t", text=clean(text), published=date(2023, 5, 12)))
    mentions = []
    for name in names:
        at = reading.text.find(name)
        while at >= 0:
            mentions.append(Mention.at(reading.text, at, at + len(name), "PER", Evidence("ner", "test")))
            at = reading.text.find(name, at + len(name))
    mentions.sort(key=lambda m: m.start)
    return find_officials(reading, mentions, Places(), dates=find_dates(reading) if dated else ())


CASES: list[tuple[str, list[str], Expected]] = [
    # -- duties belong to the role
    (
        "Anh Vàng Seo Mẫu, cán bộ chính sách xã Nậm Thử, đi từng nhà rà soát.",
        ["Vàng Seo Mẫu"],
        [("Vàng Seo Mẫu", [("Cán bộ chính sách", "Xã Nậm Thử")])],
    ),
    (
        "Chị Lê Thị Thử - cán bộ tư pháp - hộ tịch xã Đông Mẫu - trả giấy khai sinh.",
        [],
        [("Lê Thị Thử", [("Cán bộ tư pháp - hộ tịch", "Xã Đông Mẫu")])],
    ),
    (
        "Hai công chức địa chính Trần Văn Mẫu và Lê Văn Thử bị khiển trách.",
        ["Trần Văn Mẫu", "Lê Văn Thử"],
        [("Trần Văn Mẫu", [("Công chức địa chính", None)]), ("Lê Văn Thử", [("Công chức địa chính", None)])],
    ),
    (
        "Phạm Văn Dụ, cán bộ một cửa, bị nhắc nhở.",
        ["Phạm Văn Dụ"],
        [("Phạm Văn Dụ", [("Cán bộ một cửa", None)])],
    ),
    (
        "Anh Đỗ Văn Thí, nhân viên thú y xã Tân Mẫu, tiêm cả ngày.",
        [],
        [("Đỗ Văn Thí", [("Nhân viên thú y", "Xã Tân Mẫu")])],
    ),
    ("Anh Đỗ Văn Thí, nhân viên kế toán của Công ty Gỗ Mẫu, kể lại.", [], []),
    ("Anh Đỗ Văn Thí, cán bộ kỹ thuật, đưa máy về.", [], []),
    ("Ông Đỗ Văn Thí, cán bộ hưu trí, trồng lan.", [], []),
    # -- posts that only public bodies have
    ("Thẩm phán Trần Văn Mẫu tuyên án.", ["Trần Văn Mẫu"], [("Trần Văn Mẫu", [("Thẩm phán", None)])]),
    (
        "Ngồi ghế công tố là bà Lê Thị Thử, Kiểm sát viên cao cấp.",
        [],
        [("Lê Thị Thử", [("Kiểm sát viên cao cấp", None)])],
    ),
    (
        "Đoàn gồm ông Vũ Văn Ví, Chánh Thanh tra huyện; Lý Thanh Mẫu, thanh tra viên.",
        [],
        [("Vũ Văn Ví", [("Chánh Thanh tra", "Thanh tra huyện")]), ("Lý Thanh Mẫu", [("Thanh tra viên", None)])],
    ),
    ("Theo điều tra viên, ông Trần Văn Mẫu đã khai nhận.", [], []),
    ("Về phần ông Trần Văn Mẫu, kiểm sát viên đề nghị mức án treo.", [], []),
    ("Xe chở ông Trần Văn Mẫu cùng nhiều thẩm phán, kiểm sát viên về tỉnh.", [], []),
    # -- wards, hamlets, stations
    (
        "Bà Tạ Thị Thử, Chi hội trưởng phụ nữ thôn, nấu cơm cho đoàn.",
        [],
        [("Tạ Thị Thử", [("Chi hội trưởng", "Chi hội Phụ nữ thôn")])],
    ),
    (
        "Ông Danh Văn Mẫu, Trưởng ấp Kinh Thử, nhận bằng khen.",
        ["Danh Văn Mẫu"],
        [("Danh Văn Mẫu", [("Trưởng ấp", "Ấp Kinh Thử")])],
    ),
    (
        "Y sĩ Lò Thị Mẫu, Trưởng trạm Y tế xã Mường Thử, trực đêm.",
        ["Lò Thị Mẫu"],
        [("Lò Thị Mẫu", [("Trưởng trạm", "Trạm Y tế xã Mường Thử")])],
    ),
    (
        "Ông Đinh Văn Dụ, Phó Công an xã Sơn Thử, lập biên bản.",
        [],
        [("Đinh Văn Dụ", [("Phó Công an", "Công an xã Sơn Thử")])],
    ),
    (
        "Ông Cao Văn Dụ, Phó Chủ tịch UBND huyện, Trưởng BCĐ, họp khẩn.",
        [],
        [("Cao Văn Dụ", [("Phó Chủ tịch", "Ủy ban nhân dân huyện"), ("Trưởng ban", "Ban Chỉ đạo")])],
    ),
    (
        "Điều dưỡng H' Mẫu Niê, Điều dưỡng trưởng Khoa Sản, học tiếng Ê Đê.",
        [],
        [("H' Mẫu Niê", [("Điều dưỡng trưởng", "Khoa Sản")])],
    ),
    # -- bodies
    (
        "Ông Vũ Đình Ví, Trưởng Ban Văn hóa - Xã hội HĐND tỉnh, chất vấn.",
        [],
        [("Vũ Đình Ví", [("Trưởng ban", "Ban Văn hóa - Xã hội Hội đồng nhân dân tỉnh")])],
    ),
    (
        "Bác sĩ Ngô Văn Thí, Phó Giám đốc CDC tỉnh, cho biết dịch đã lắng.",
        [],
        [("Ngô Văn Thí", [("Phó Giám đốc", "Trung tâm Kiểm soát bệnh tật tỉnh")])],
    ),
    (
        "Bà Hà Thị Thử, Trưởng phòng VH-TT huyện, khai hội.",
        [],
        [("Hà Thị Thử", [("Trưởng phòng", "Phòng Văn hóa và Thông tin huyện")])],
    ),
    (
        "Ông Lê Văn Thử, Trưởng phòng Kế hoạch thuộc Sở Y tế, trả lời.",
        [],
        [("Lê Văn Thử", [("Trưởng phòng", "Phòng Kế hoạch, Sở Y tế")])],
    ),
    (
        "Ông Lê Văn Thử, Phó Trưởng ban Ban Chỉ huy Quân sự huyện kiểm tra công tác trực.",
        [],
        [("Lê Văn Thử", [("Phó Trưởng ban", "Ban Chỉ huy Quân sự huyện")])],
    ),
    (
        "Ông Phan Văn Mẫu, Chủ tịch Công đoàn Công ty May Thử, phản ánh.",
        [],
        [("Phan Văn Mẫu", [("Chủ tịch", "Công đoàn Công ty May Thử")])],
    ),
    (
        "Dự họp có bà Phạm Thị Thử, Giám đốc BHXH huyện và chủ tịch UBND 12 xã, thị trấn.",
        [],
        [("Phạm Thị Thử", [("Giám đốc", "Bảo hiểm xã hội huyện")])],
    ),
    # -- envoys and other foreign officials
    (
        "Chiều qua, bà Choi Min Thu, Đại sứ Hàn Quốc tại Việt Nam, thăm làng gốm.",
        ["Choi Min Thu"],
        [("Choi Min Thu", [("Đại sứ", "Hàn Quốc tại Việt Nam")])],
    ),
    (
        "Chủ tịch Trung Quốc Tề Cảnh Mẫu điện đàm.",
        [],
        [("Tề Cảnh Mẫu", [("Chủ tịch", "Trung Quốc")])],
    ),
    (
        "Công sứ Đại sứ quán Trung Quốc Wang Xiao Li đến cửa khẩu.",
        [],
        [("Wang Xiao Li", [("Công sứ", "Đại sứ quán Trung Quốc")])],
    ),
    (
        "Thị trưởng thành phố Gumi Park Jae Won mời đoàn sang thăm.",
        [],
        [("Park Jae Won", [("Thị trưởng", "Thành phố Gumi")])],
    ),
    # -- names that only their post tells
    (
        "Dự có Bí thư Huyện ủy; Bơ Nướch Thị Thử - Phó Trưởng Đoàn ĐBQH tỉnh; cùng 90 đại biểu.",
        [],
        [("Bơ Nướch Thị Thử", [("Phó Trưởng đoàn", "Đoàn đại biểu Quốc hội tỉnh")])],
    ),
    (
        "Theo Trưởng phòng GD-ĐT huyện Nguyễn Hồng Mẫu, huyện sẽ dồn điểm trường.",
        [],
        [("Nguyễn Hồng Mẫu", [("Trưởng phòng", "Phòng Giáo dục và Đào tạo huyện")])],
    ),
    (
        "Ông Nguyễn Văn Mẫu Em - Phó Chủ tịch UBND tỉnh - cho biết vốn đã về.",
        ["Nguyễn Văn Mẫu"],
        [("Nguyễn Văn Mẫu Em", [("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")])],
    ),
    ("Xã Đồng Thị Khánh, Chủ tịch UBND huyện nói, đã đạt chuẩn.", [], []),
    ("Bầu cử Đại biểu Quốc hội Khóa XVI diễn ra vào mùa hè.", [], []),
    (
        "Ông Nguyễn Văn Mẫu Chủ tịch UBND xã Ia Thử, cho biết sẽ kiểm tra.",
        ["Nguyễn Văn Mẫu"],
        [("Nguyễn Văn Mẫu", [("Chủ tịch", "Ủy ban nhân dân xã Ia Thử")])],
    ),
    (
        "Thống đốc NHNN Lê Văn Thử giải trình.",
        ["Lê Văn Thử"],
        [("Lê Văn Thử", [("Thống đốc", "Ngân hàng Nhà nước")])],
    ),
    ("Ông Lê Văn Thử, Giám đốc Ngân hàng TMCP Mẫu, khai trương phòng giao dịch.", [], []),
    (
        "Ông Lê Văn Thử, cán bộ công an xã Tân Mẫu, đến lập biên bản.",
        [],
        [("Lê Văn Thử", [("Cán bộ", "Công an xã Tân Mẫu")])],
    ),
    # -- lives told in order
    (
        "Ông Lê Văn Thử sinh năm 1970, quê Hà Mẫu. Ông nguyên là Bí thư Tỉnh ủy Hà Mẫu, rồi Bộ trưởng Bộ Y tế.",
        [],
        [("Lê Văn Thử", [("Bí thư", "Tỉnh ủy Hà Mẫu"), ("Bộ trưởng", "Bộ Y tế")])],
    ),
    (
        "Ông Lê Văn Thử được bầu làm Chủ tịch UBND huyện. Bà Tạ Thị Ví nghỉ hưu. Ông Thử sinh năm 1977, "
        "trước đó là Giám đốc Sở Nội vụ. Ông từng có 6 năm làm Bí thư Đảng ủy xã Tân Mẫu.",
        [],
        [
            (
                "Lê Văn Thử",
                [
                    ("Chủ tịch", "Ủy ban nhân dân huyện"),
                    ("Giám đốc", "Sở Nội vụ"),
                    ("Bí thư", "Đảng ủy xã Tân Mẫu"),
                ],
            )
        ],
    ),
    (
        "Bà Hà Thị Thử, Phó Chủ tịch UBND huyện, phụ trách văn - xã, kiêm Trưởng phòng Nội vụ.",
        [],
        [("Hà Thị Thử", [("Phó Chủ tịch", "Ủy ban nhân dân huyện"), ("Trưởng phòng", "Phòng Nội vụ")])],
    ),
    (
        "Thừa ủy quyền của Chủ tịch UBND tỉnh, đồng chí Lê Văn Thử, Bí thư Huyện ủy, trao bằng khen.",
        [],
        [("Lê Văn Thử", [("Bí thư", "Huyện ủy")])],
    ),
]


@pytest.mark.parametrize(("text", "names", "expected"), CASES, ids=[c[0][:45] for c in CASES])
def test_minor_posts_and_names(text: str, names: list[str], expected: Expected) -> None:
    found = officials(text, names)
    assert [(o.name, [(p.role, p.body) for p in o.positions]) for o in found] == expected


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Sáng 10/5/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", "2023-05-10"),
        ("Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        ("Từ 8/5/2023 đến 9/5/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        ("Trong tháng 4/2023, ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.", "chairs", None),
        (
            "Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì họp bàn Quyết định số 12/QĐ-UBND ngày 5/4/2023.",
            "chairs",
            None,
        ),
        (
            "Sáng 10/5/2023, Tỉnh ủy họp bàn về cán bộ. Ông Lê Văn Thử, Chủ tịch UBND huyện, "
            "được bổ nhiệm làm Giám đốc Sở Y tế.",
            "appointed",
            "2023-05-10",
        ),
        (
            "Sáng 10/5/2023, Tỉnh ủy họp bàn về cán bộ. Ông Lê Văn Thử, Chủ tịch UBND huyện, chủ trì cuộc họp.",
            "chairs",
            None,
        ),
    ],
)
def test_activities_get_the_one_day_of_their_sentence(text: str, kind: str, day: str | None) -> None:
    (official,) = officials(text, dated=True)
    assert [a.date for a in official.activities if a.kind == kind] == [day]
