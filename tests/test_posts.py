"""The grammar of posts alone: role, body and where the post ends. Own sentences throughout."""

from __future__ import annotations

import pytest

from extractor.fields.officials.build import find_officials
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.merge import merged
from extractor.fields.officials.posts import Post, PostReader
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.wording import canonical_body, expand
from extractor.language import read
from extractor.models import Article
from extractor.places import Places
from extractor.records import Location, Provenance


def posts(text: str) -> list[tuple[str, str, str | None]]:
    """Text, role and body of every post."""
    marks = Marks(read(Article(id="t", text=text)), lexicon().role_forms, lexicon().address)
    return [(text[p.start : p.end], p.role, p.body) for p in PostReader(marks, (), ()).posts()]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chủ tịch UBND tỉnh cho biết", ("Chủ tịch UBND tỉnh", "Chủ tịch", "Ủy ban nhân dân tỉnh")),
        ("Giám đốc Sở Y tế thông tin thêm", ("Giám đốc Sở Y tế", "Giám đốc", "Sở Y tế")),
        (
            "Giám đốc Sở Thông tin và Truyền thông họp",
            ("Giám đốc Sở Thông tin và Truyền thông", "Giám đốc", "Sở Thông tin và Truyền thông"),
        ),
        (
            "Trưởng phòng quản lý đô thị quận 7 nói",
            ("Trưởng phòng quản lý đô thị quận 7", "Trưởng phòng", "Phòng quản lý đô thị quận 7"),
        ),
        ("Phó Cục trưởng Hàng hải trả lời", ("Phó Cục trưởng Hàng hải", "Phó Cục trưởng", "Cục Hàng hải")),
        ("Bộ trưởng Y tế trả lời", ("Bộ trưởng Y tế", "Bộ trưởng", "Bộ Y tế")),
        ("Chánh Văn phòng HĐND tỉnh ký", ("Chánh Văn phòng HĐND tỉnh", "Chánh Văn phòng", "Hội đồng nhân dân tỉnh")),
        (
            "Chánh Văn phòng Trung ương Đảng ký",
            ("Chánh Văn phòng Trung ương Đảng", "Chánh Văn phòng", "Văn phòng Trung ương Đảng"),
        ),
        (
            "Giám đốc Trung tâm Kiểm soát bệnh tật (CDC) tỉnh Nam Hải nói",
            (
                "Giám đốc Trung tâm Kiểm soát bệnh tật (CDC) tỉnh Nam Hải",
                "Giám đốc",
                "Trung tâm Kiểm soát bệnh tật tỉnh Nam Hải",
            ),
        ),
        ("Đại biểu Quốc hội khóa XIV nêu", ("Đại biểu Quốc hội khóa XIV", "Đại biểu", "Quốc hội khóa XIV")),
        ("Ủy viên Trung ương Đảng dự", ("Ủy viên Trung ương Đảng", "Ủy viên", "Trung ương Đảng")),
        (
            "Phó Chủ tịch UBND xã Đồng Xa, huyện Sơn Tân, đến",
            ("Phó Chủ tịch UBND xã Đồng Xa", "Phó Chủ tịch", "Ủy ban nhân dân xã Đồng Xa"),
        ),
        ("Chủ tịch UBND phường 12 đến", ("Chủ tịch UBND phường 12", "Chủ tịch", "Ủy ban nhân dân phường 12")),
        (
            "Chủ tịch UBND đặc khu Cồn Mơ đến",
            ("Chủ tịch UBND đặc khu Cồn Mơ", "Chủ tịch", "Ủy ban nhân dân đặc khu Cồn Mơ"),
        ),
        (
            "Giám đốc Sở Nông nghiệp và Môi trường đến",
            ("Giám đốc Sở Nông nghiệp và Môi trường", "Giám đốc", "Sở Nông nghiệp và Môi trường"),
        ),
        (
            "Giám đốc Bệnh viện Đa khoa Sao Mai Đến tháng 7 thì nghỉ",
            ("Giám đốc Bệnh viện Đa khoa Sao Mai", "Giám đốc", "Bệnh viện Đa khoa Sao Mai"),
        ),
        (
            "Bí thư Chi bộ Phòng Kinh tế huyện nói",
            ("Bí thư Chi bộ Phòng Kinh tế huyện", "Bí thư", "Chi bộ Phòng Kinh tế huyện"),
        ),
        ("hàm Vụ phó, được giao việc", ("hàm Vụ phó", "Hàm Vụ phó", None)),
        ("Phó Chủ tịch UBND tỉnh TRẦN VĂN MẪU nói", ("Phó Chủ tịch UBND tỉnh", "Phó Chủ tịch", "Ủy ban nhân dân tỉnh")),
    ],
)
def test_posts_read_role_body_and_span(text: str, expected: tuple[str, str, str | None]) -> None:
    assert posts(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "Ban Bí thư họp phiên thường kỳ",
        "Đại sứ quán mở cửa lại",
        "Tư duy mới trong quản lý",
        "Bà con phấn khởi",
        "cán bộ về hưu",
        "thư ký cuộc họp",
    ],
)
def test_posts_of_none(text: str) -> None:
    assert posts(text) == []


def test_posts_split_a_chain() -> None:
    found = posts("Ủy viên BTV Thành ủy, Phó chủ tịch UBND thành phố")
    assert [t for t, _, _ in found] == ["Ủy viên BTV Thành ủy", "Phó chủ tịch UBND thành phố"]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Sở GD-ĐT", "Sở Giáo dục và Đào tạo"),
        ("Sở LĐ-TB&XH tỉnh", "Sở Lao động, Thương binh và Xã hội tỉnh"),
        ("UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UBND TP Nam Hải", "Ủy ban nhân dân thành phố Nam Hải"),
        ("UBND Q.7", "Ủy ban nhân dân quận 7"),
        ("Ban Chỉ đạo T.Ư", "Ban Chỉ đạo Trung ương"),
        ("Sở Tư pháp", "Sở Tư pháp"),
        ("Ủy ban MTTQ VN", "Ủy ban Mặt trận Tổ quốc Việt Nam"),
        ("Hội LHPN huyện", "Hội Liên hiệp Phụ nữ huyện"),
    ],
)
def test_posts_abbreviations_in_full(short: str, full: str) -> None:
    assert expand(short) == full


def test_posts_body_and_parents_are_joined_by_a_comma() -> None:
    assert canonical_body(["phòng Nội vụ", "UBND huyện"]) == "Phòng Nội vụ, Ủy ban nhân dân huyện"


def post(role: str, body: str | None, start: int = 0) -> Post:
    return Post(start, start + 1, role, body, True, "row")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ([("Bộ trưởng", None), ("Bộ trưởng", "Bộ Y tế")], [("Bộ trưởng", "Bộ Y tế")]),
        (
            [("Chủ tịch", "Ủy ban nhân dân tỉnh Nam Hải"), ("Chủ tịch", "Ủy ban nhân dân tỉnh")],
            [("Chủ tịch", "Ủy ban nhân dân tỉnh Nam Hải")],
        ),
        (
            [("Nguyên Giám đốc", "Sở Y tế"), ("Giám đốc", "Sở Y tế")],
            [("Nguyên Giám đốc", "Sở Y tế"), ("Giám đốc", "Sở Y tế")],
        ),
        ([("Phó Thủ tướng", None), ("Phó Thủ tướng Thường trực", None)], [("Phó Thủ tướng Thường trực", None)]),
        ([("Giám đốc", "Sở Y tế"), ("Giám đốc", "Sở Nội vụ")], [("Giám đốc", "Sở Y tế"), ("Giám đốc", "Sở Nội vụ")]),
    ],
)
def test_posts_merge_to_the_fullest_wording(
    given: list[tuple[str, str | None]], kept: list[tuple[str, str | None]]
) -> None:
    assert [(p.role, p.body) for p in merged([post(r, b, i) for i, (r, b) in enumerate(given)])] == kept


def test_posts_take_the_unit_code_of_their_place() -> None:
    text = "Ông Trần Văn Mẫu, Chủ tịch UBND xã Đồng Xa, đến."
    at = text.index("xã Đồng Xa")
    place = Location(
        start=at,
        end=at + 10,
        text="xã Đồng Xa",
        name="Đồng Xa",
        level="commune",
        code="00001",
        provenance=Provenance(layer="gazetteer", rule="test"),
    )
    found = find_officials(read(Article(id="t", text=text)), [], Places(locations=[place]))[0].positions[0]
    assert (found.place_code, found.admin_level, found.body_resolved) == (
        "00001",
        "commune",
        "Ủy ban nhân dân xã Đồng Xa",
    )


@pytest.mark.parametrize(
    "text",
    [
        "Giám đốc Sở Nội vụ hợp nhất tỉnh Hà Mẫu, Phó Chủ tịch UBND huyện Đá Mẫu thuộc tỉnh",
        "Trưởng phòng Kế hoạch và quản lý dự án của Ban Quản lý khu kinh tế nói",
        "đại biểu HĐND tỉnh khóa 12, Chi cục trưởng Chi cục Thủy lợi, Sở Xây dựng phát biểu",
        "Phó Giám đốc (Sở Công thương), Bí thư Đảng ủy xã kết luận",
    ],
)
def test_a_post_that_was_read_is_not_another_up_to_an_end(text: str) -> None:
    marks = Marks(read(Article(id="t", text=text)), lexicon().role_forms, lexicon().address)
    for limits in ([], [(0, len(text))], [(0, 30)]):
        known = PostReader(marks, (), limits)
        known.posts()
        for at in known.roles:
            for end in known.tokens.ends:
                if end > at:
                    given, wanted = known.read_to(at, end), PostReader(marks, (), limits).read_to(at, end)
                    assert [p for p in (given, wanted) if p and p.end == end] in ([], [wanted, wanted])
