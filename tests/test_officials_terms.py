"""Terms of posts, what is over, and changes in office. Own sentences throughout; persons and most places are made up."""

from __future__ import annotations

import pytest

from extractor import extract
from extractor.fields.officials.event_rows import EventRow
from extractor.fields.officials.rows import key
from extractor.rules import load_rows

DAY = "2024-05-20"

# A text, and a line for each post told: "Name: role | since | until | former", dashes for what is not told.
TERMS: list[tuple[str, str]] = [
    # -- a range before the post
    ("Từ tháng 3/2010 đến tháng 5/2015, ông Trần Văn Mẫu là Phó Giám đốc Sở Xây dựng tỉnh Nam Hải.",
     "Trần Văn Mẫu: Phó Giám đốc | 2010-03 | 2015-05 | former"),
    ("Từ năm 2010 đến năm 2015, bà Lê Thị Thử giữ chức Bí thư Huyện ủy Sơn Tân.",
     "Lê Thị Thử: Bí thư | 2010 | 2015 | former"),
    ("Giai đoạn 2011 - 2016, ông Vũ Đình Ví giữ chức Chủ tịch UBND huyện Tân Giang.",
     "Vũ Đình Ví: Chủ tịch | 2011 | 2016 | former"),
    ("Từ ngày 1/2/2019 đến 30/6/2021, ông Hoàng Văn Dụ đảm nhiệm chức vụ Giám đốc Sở Y tế.",
     "Hoàng Văn Dụ: Giám đốc | 2019-02-01 | 2021-06-30 | former"),
    # -- a begin before the post
    ("Từ năm 2018, ông Phạm Hữu Thí giữ chức Giám đốc Sở Tư pháp.", "Phạm Hữu Thí: Giám đốc | 2018 | - | -"),
    ("Từ tháng 9/2020 đến nay, bà Trịnh Thị Mới là Trưởng Ban Dân vận Tỉnh ủy.",
     "Trịnh Thị Mới: Trưởng ban | 2020-09 | - | -"),
    ("Tháng 4/2017, ông Đỗ Bá Nghiệm được bổ nhiệm làm Chánh Thanh tra tỉnh Nam Hải.",
     "Đỗ Bá Nghiệm: Chánh Thanh tra | 2017-04 | - | -"),
    ("Năm 2014, ông Ngô Đình Chứng được bầu làm Chủ tịch Hội Nông dân tỉnh.",
     "Ngô Đình Chứng: Chủ tịch | 2014 | - | -"),
    ("Đến năm 2016, ông Bùi Văn Lệ được điều động làm Bí thư Huyện ủy Tân Giang.", "Bùi Văn Lệ: Bí thư | 2016 | - | -"),
    # -- behind the post
    ("Ông Trần Văn Mẫu, Giám đốc Sở Xây dựng từ năm 2015, phát biểu.", "Trần Văn Mẫu: Giám đốc | 2015 | - | -"),
    ("Ông Lê Quang Thử, Giám đốc Sở Nội vụ (2010 - 2015), kể lại.", "Lê Quang Thử: Giám đốc | 2010 | 2015 | former"),
    ("Ông Vũ Đình Ví, Bí thư Huyện ủy Sơn Tân từ tháng 3/2011 đến tháng 8/2016, dự lễ.",
     "Vũ Đình Ví: Bí thư | 2011-03 | 2016-08 | former"),
    ("Ông Hoàng Văn Dụ, Chủ tịch UBND huyện Tân Giang nhiệm kỳ 2011-2016, đến dự.",
     "Hoàng Văn Dụ: Chủ tịch | 2011 | 2016 | former"),
    ("Ông Phạm Hữu Thí, Chủ tịch HĐND tỉnh nhiệm kỳ 2021 - 2026, khai mạc kỳ họp.",
     "Phạm Hữu Thí: Chủ tịch | 2021 | 2026 | -"),
    ("Ông Đỗ Bá Nghiệm là Cục trưởng Cục Thuế tỉnh Nam Hải giai đoạn 2012-2017.",
     "Đỗ Bá Nghiệm: Cục trưởng | 2012 | 2017 | former"),
    # -- stages of a career, a line each
    ("Tóm tắt quá trình công tác của ông Trần Văn Mẫu\n- Từ tháng 3/2010: Phó Giám đốc Sở Xây dựng tỉnh Nam Hải.\n"
     "- Từ tháng 5/2015: Giám đốc Sở Xây dựng tỉnh Nam Hải.",
     "Trần Văn Mẫu: Phó Giám đốc | 2010-03 | - | former\nTrần Văn Mẫu: Giám đốc | 2015-05 | - | -"),
    ("Tiểu sử bà Lê Thị Thử\nBà Lê Thị Thử sinh ngày 4/5/1972, quê quán xã Đồng Xa.\n"
     "2008 - 2012: Phó Chủ tịch UBND huyện Tân Giang.\n2012 - 2018: Bí thư Huyện ủy Tân Giang.",
     "Lê Thị Thử: Phó Chủ tịch | 2008 | 2012 | former\nLê Thị Thử: Bí thư | 2012 | 2018 | former"),
    ("Tóm tắt tiểu sử ông Vũ Đình Ví\nSinh năm 1969.\nTháng 6/2014: Phó Trưởng Ban Dân vận Tỉnh ủy.\n"
     "Tháng 9/2019: Trưởng Ban Dân vận Tỉnh ủy.",
     "Vũ Đình Ví: Phó Trưởng ban | 2014-06 | - | former\nVũ Đình Ví: Trưởng ban | 2019-09 | - | -"),
    ("Tóm tắt tiểu sử ông Hoàng Văn Dụ\nQuê quán: huyện Sơn Tân.\nTừ năm 2001 đến năm 2006: Bí thư Huyện đoàn Sơn Tân.\n"
     "Từ năm 2006 đến năm 2011: Chánh Văn phòng Huyện ủy Sơn Tân.",
     "Hoàng Văn Dụ: Bí thư | 2001 | 2006 | former\nHoàng Văn Dụ: Chánh Văn phòng | 2006 | 2011 | former"),
    # -- what is over, without years
    ("Ông Trần Văn Mẫu từng giữ các chức vụ: Bí thư Huyện đoàn Tân Giang, Chủ tịch UBND huyện Tân Giang.",
     "Trần Văn Mẫu: Bí thư | - | - | former\nTrần Văn Mẫu: Chủ tịch | - | - | former"),
    ("Trước khi làm Giám đốc Sở Y tế, bà Vũ Thị Ví là Phó Giám đốc Bệnh viện Đa khoa tỉnh Nam Hải.",
     "Vũ Thị Ví: Giám đốc | - | - | -\nVũ Thị Ví: Phó Giám đốc | - | - | former"),
    ("Ông Phạm Hữu Thí, nguyên Chủ tịch HĐND tỉnh Nam Hải, dự lễ.", "Phạm Hữu Thí: Chủ tịch | - | - | former"),
    ("Cựu Chủ tịch UBND tỉnh Nam Hải Đỗ Bá Nghiệm bị khởi tố.", "Đỗ Bá Nghiệm: Chủ tịch | - | - | former"),
    ("Bà Hoàng Thị Dụ đã kinh qua các vị trí: Trưởng phòng Nội vụ huyện Sơn Tân, Phó Chủ tịch UBND huyện Sơn Tân.",
     "Hoàng Thị Dụ: Trưởng phòng | - | - | former\nHoàng Thị Dụ: Phó Chủ tịch | - | - | former"),
    ("Bà Trịnh Thị Mới từng đảm nhiệm cương vị Hiệu trưởng Trường THPT Sơn Tân trước khi về làm Phó Giám đốc Sở Giáo dục "
     "và Đào tạo.",
     "Trịnh Thị Mới: Hiệu trưởng | - | - | former\nTrịnh Thị Mới: Phó Giám đốc | - | - | -"),
    ("Ông Bùi Văn Lệ là Giám đốc Sở Công Thương. Hiện ông là Bí thư Huyện ủy Sơn Tân.",
     "Bùi Văn Lệ: Giám đốc | - | - | -\nBùi Văn Lệ: Bí thư | - | - | -"),
    # -- who is replaced holds the post no longer
    ("Ông Hoàng Văn Dụ được bổ nhiệm giữ chức Chánh Thanh tra tỉnh thay ông Phạm Hữu Thí nghỉ hưu.",
     "Hoàng Văn Dụ: Chánh Thanh tra | - | - | -\nPhạm Hữu Thí: Chánh Thanh tra | - | - | former"),
    ("Ông Lê Quang Thử làm Giám đốc Sở Tài chính thay thế bà Vũ Thị Ví.",
     "Lê Quang Thử: Giám đốc | - | - | -\nVũ Thị Ví: Giám đốc | - | - | former"),
    # -- moved: the post before is left, a membership stays
    ("Ban Thường vụ Tỉnh ủy điều động ông Trần Văn Mẫu, Ủy viên Ban Thường vụ Tỉnh ủy, Giám đốc Sở Nội vụ, giữ chức Bí thư "
     "Huyện ủy Tân Giang.",
     "Trần Văn Mẫu: Ủy viên Ban Thường vụ | - | - | -\nTrần Văn Mẫu: Giám đốc | - | - | former\n"
     "Trần Văn Mẫu: Bí thư | - | - | -"),
    ("Bổ nhiệm ông Lê Quang Thử, Phó Giám đốc Sở Tài chính, giữ chức Giám đốc Sở Tài chính.",
     "Lê Quang Thử: Phó Giám đốc | - | - | former\nLê Quang Thử: Giám đốc | - | - | -"),
]  # fmt: skip

# A text, and a line for each change: "Name: kind | date | document | role of the post".
EVENTS: list[tuple[str, str]] = [
    ("Ngày 12/5, Chủ tịch UBND tỉnh trao Quyết định số 987/QĐ-UBND bổ nhiệm ông Trần Văn Mẫu giữ chức Giám đốc Sở Nội vụ.",
     "Trần Văn Mẫu: appointed | 2024-05-12 | 987/QĐ-UBND | Giám đốc"),
    ("Ngày 3/4/2024, HĐND tỉnh bầu ông Lê Quang Thử giữ chức Phó Chủ tịch UBND tỉnh Nam Hải.",
     "Lê Quang Thử: elected | 2024-04-03 | - | Phó Chủ tịch"),
    ("Ông Vũ Đình Ví tái đắc cử Bí thư Huyện ủy Sơn Tân.", "Vũ Đình Ví: re-elected | - | - | Bí thư"),
    ("Ban Thường vụ Tỉnh ủy điều động ông Hoàng Văn Dụ giữ chức Bí thư Huyện ủy Tân Giang từ ngày 1/6/2024.",
     "Hoàng Văn Dụ: transferred | 2024-06-01 | - | Bí thư"),
    ("HĐND tỉnh miễn nhiệm chức danh Phó Chủ tịch UBND tỉnh đối với ông Lê Quang Thử.",
     "Lê Quang Thử: dismissed | - | - | Phó Chủ tịch"),
    ("Ông Phạm Hữu Thí thôi giữ chức Giám đốc Sở Công Thương từ ngày 1/4/2024.",
     "Phạm Hữu Thí: dismissed | 2024-04-01 | - | Giám đốc"),
    ("Ông Đỗ Bá Nghiệm, Giám đốc Bệnh viện Đa khoa tỉnh, nghỉ hưu từ tháng 5/2024.",
     "Đỗ Bá Nghiệm: retired | 2024-05 | - | Giám đốc"),
    ("Giám đốc Sở Y tế Ngô Đình Chứng bị kỷ luật khiển trách.", "Ngô Đình Chứng: disciplined | - | - | Giám đốc"),
    ("Ủy ban Kiểm tra thi hành kỷ luật cảnh cáo đối với ông Bùi Văn Lệ, Chủ tịch UBND xã Đồng Xa.",
     "Bùi Văn Lệ: disciplined | - | - | Chủ tịch"),
    ("Phê chuẩn kết quả bầu chức vụ Chủ tịch UBND huyện Sơn Tân đối với ông Đặng Thế Quả.",
     "Đặng Thế Quả: elected | - | - | Chủ tịch"),
    ("Ông Trần Văn Mẫu từ chức Chủ tịch UBND xã Đồng Xa.", "Trần Văn Mẫu: resigned | - | - | Chủ tịch"),
    ("Miễn nhiệm chức danh Trưởng Ban Pháp chế HĐND tỉnh đối với ông Lê Quang Thử và chức danh Chánh Văn phòng HĐND tỉnh đối "
     "với bà Vũ Thị Ví.",
     "Lê Quang Thử: dismissed | - | - | Trưởng ban\nVũ Thị Ví: dismissed | - | - | Chánh Văn phòng"),
    ("Điều động ông Hoàng Văn Dụ, Trưởng phòng Tổng hợp, giữ chức Chánh Văn phòng UBND huyện Tân Giang theo Quyết định số "
     "55/QĐ-UBND ngày 2/5/2024.",
     "Hoàng Văn Dụ: transferred | 2024-05-02 | 55/QĐ-UBND | Chánh Văn phòng"),
    ("Ban Thường vụ Huyện ủy giới thiệu ứng cử để bầu giữ chức Chủ tịch UBND xã Đồng Xa đối với ông Trần Văn Mẫu.",
     "Trần Văn Mẫu: nominated | - | - | Chủ tịch"),
    # -- no change
    ("Chủ tịch UBND tỉnh Phạm Hữu Thí trao quyết định bổ nhiệm ông Đỗ Bá Nghiệm làm Giám đốc Sở Du lịch.",
     "Đỗ Bá Nghiệm: appointed | - | - | Giám đốc"),
    ("Ông Ngô Đình Chứng, Giám đốc Sở Nội vụ, nói về công tác bổ nhiệm cán bộ.", ""),
    ("Cử tri kiến nghị với ông Bùi Văn Lệ, Chủ tịch HĐND xã Đồng Xa.", ""),
    ("Sở Nội vụ đề nghị bổ nhiệm ông Đặng Thế Quả làm Phó Giám đốc Sở Tư pháp.", ""),
]  # fmt: skip

CANDIDATES = [
    "Ông Đỗ Bá Nghiệm được đưa vào quy hoạch chức danh Phó Giám đốc Sở Y tế.",
    "Ông Trần Văn Mẫu là ứng cử viên đại biểu Quốc hội.",
    "Bà Lê Thị Thử là ứng viên Chủ tịch Hội Nông dân tỉnh Nam Hải.",
    "Ông Vũ Đình Ví dự kỳ thi tuyển chức danh Hiệu trưởng Trường THPT Sơn Tân.",
]


def told(lines: str) -> set[tuple[str, ...]]:
    """The notation of the tables as comparable rows."""
    out = set()
    for line in lines.splitlines():
        name, rest = line.split(": ", 1)
        out.add((name, *(part.strip().lower() for part in rest.split("|"))))
    return out


@pytest.mark.parametrize(("text", "expected"), TERMS)
def test_terms_of_posts(text: str, expected: str) -> None:
    found = {
        (o.name, key(p.role), p.since or "-", p.until or "-", "former" if p.former else "-")
        for o in extract(text, published=DAY).officials
        for p in o.positions
    }
    assert found == told(expected)


@pytest.mark.parametrize(("text", "expected"), EVENTS)
def test_changes_in_office(text: str, expected: str) -> None:
    found = {
        (
            o.name,
            e.kind,
            e.date or "-",
            (e.document or "-").lower(),
            "-" if e.position is None else key(o.positions[e.position].role),
        )
        for o in extract(text, published=DAY).officials
        for e in o.events
    }
    assert found == told(expected)


@pytest.mark.parametrize("text", CANDIDATES)
def test_candidacy_is_no_post(text: str) -> None:
    assert not [p for o in extract(text, published=DAY).officials for p in o.positions]


FORMS = [
    (row.kind, form)
    for row in load_rows("events.yaml", EventRow)
    if row.use == "event" and row.effect == "begin"
    for form in row.forms
    if form.split()[0] in ("được", "bổ", "chỉ", "điều", "bầu", "tái", "luân", "phân", "tiếp", "chuẩn", "phê")
]


@pytest.mark.parametrize(("kind", "form"), FORMS)
def test_every_word_of_taking_up(kind: str, form: str) -> None:
    """Each form of a beginning brings the post named after it, with its day."""
    passive = "" if form.startswith(("được", "tái", "tiếp")) else "được "
    text = f"Ngày 7/3/2024, ông Trần Văn Mẫu {passive}{form} giữ chức Giám đốc Sở Nội vụ tỉnh Nam Hải."
    (person,) = extract(text, published=DAY).officials
    assert [(e.kind, e.date, e.position) for e in person.events] == [(kind, "2024-03-07", 0)]
    assert person.positions[0].since == "2024-03-07"
