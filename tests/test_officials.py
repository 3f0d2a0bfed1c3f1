"""Sentences to officials: names, posts before and after them, lists, chains, private persons. Own sentences throughout."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fields.officials.build import find_officials
from extractor.language import read
from extractor.models import Article, Evidence, Mention
from extractor.places import Places
from extractor.records import Official
from extractor.text import clean, fold

Posts = list[tuple[str, str | None]]
Case = tuple[str, Sequence[str], list[tuple[str, Posts]]]


def officials(text: str, names: Sequence[str] = (), *, persons: bool = False) -> list[Official]:
    """Officials of a text in which the statistical layer saw the persons `names` wherever they stand."""
    reading = read(Article(id="t", text=clean(text)))
    mentions = []
    for name in names:
        at = reading.text.find(name)
        while at >= 0:
            mentions.append(Mention.at(reading.text, at, at + len(name), "PER", Evidence("ner", "test")))
            at = reading.text.find(name, at + len(name))
    mentions.sort(key=lambda m: m.start)
    return find_officials(reading, mentions, Places(), persons=persons)


UBND, HDND = "Ủy ban nhân dân", "Hội đồng nhân dân"

CASES: list[Case] = [
    # -- one post after the name
    (
        "Ông Trần Văn Mẫu, Chủ tịch UBND xã Đồng Xa, cho biết lúa đã gặt xong.",
        [],
        [("Trần Văn Mẫu", [("Chủ tịch", f"{UBND} xã Đồng Xa")])],
    ),
    (
        "Bà Lê Thị Thử - Phó Chủ tịch HĐND huyện Tân Giang - kiểm tra kè.",
        [],
        [("Lê Thị Thử", [("Phó Chủ tịch", f"{HDND} huyện Tân Giang")])],
    ),
    (
        "Ông Vũ Đình Ví (Giám đốc Sở Y tế tỉnh Nam Hải) dự buổi lễ.",
        [],
        [("Vũ Đình Ví", [("Giám đốc", "Sở Y tế tỉnh Nam Hải")])],
    ),
    ("Đồng chí Hoàng Văn Dụ, Bí thư Tỉnh ủy, phát biểu kết luận.", [], [("Hoàng Văn Dụ", [("Bí thư", "Tỉnh ủy")])]),
    (
        "Ông Đỗ Quang Thí là Giám đốc Bệnh viện Đa khoa huyện Sơn Tân.",
        [],
        [("Đỗ Quang Thí", [("Giám đốc", "Bệnh viện Đa khoa huyện Sơn Tân")])],
    ),
    (
        "Ông Ngô Bá Nghiệm hiện là Trưởng phòng Nội vụ huyện Sơn Tân.",
        [],
        [("Ngô Bá Nghiệm", [("Trưởng phòng", "Phòng Nội vụ huyện Sơn Tân")])],
    ),
    (
        "Ông Bùi Văn Chứng, Cục trưởng Cục Thuế tỉnh Nam Hải, nói thu đạt khá.",
        [],
        [("Bùi Văn Chứng", [("Cục trưởng", "Cục Thuế tỉnh Nam Hải")])],
    ),
    (
        "Ông Phan Hữu Lệ, Vụ trưởng Vụ Pháp chế, Bộ Tư pháp, trả lời.",
        [],
        [("Phan Hữu Lệ", [("Vụ trưởng", "Vụ Pháp chế, Bộ Tư pháp")])],
    ),
    (
        "Ông Phan Hữu Lệ, Phó Vụ trưởng Vụ Pháp chế (Bộ Y tế), trả lời.",
        [],
        [("Phan Hữu Lệ", [("Phó Vụ trưởng", "Vụ Pháp chế, Bộ Y tế")])],
    ),
    (
        "Ông Mai Văn Minh, Trưởng phòng Tài nguyên nước thuộc Sở TN&MT, giải thích.",
        [],
        [("Mai Văn Minh", [("Trưởng phòng", "Phòng Tài nguyên nước, Sở Tài nguyên và Môi trường")])],
    ),
    (
        "Ông Mai Văn Minh, Chi cục trưởng Chi cục Thú y tỉnh, khuyến cáo.",
        [],
        [("Mai Văn Minh", [("Chi cục trưởng", "Chi cục Thú y tỉnh")])],
    ),
    (
        "Thượng tá Cao Văn Nghi, Trưởng Công an huyện Sơn Tân, xác nhận.",
        [],
        [("Cao Văn Nghi", [("Trưởng Công an", "Công an huyện Sơn Tân")])],
    ),
    (
        "Đại tá Cao Văn Nghi – Phó Giám đốc Công an tỉnh Nam Hải – nói.",
        [],
        [("Cao Văn Nghi", [("Phó Giám đốc", "Công an tỉnh Nam Hải")])],
    ),
    (
        "Cô Phạm Thị Mẫn, Hiệu trưởng Trường Tiểu học Đồng Xa, vui mừng.",
        [],
        [("Phạm Thị Mẫn", [("Hiệu trưởng", "Trường Tiểu học Đồng Xa")])],
    ),
    (
        "Ông Lý Văn Dẫn, Chánh Văn phòng UBND tỉnh, đọc thông báo.",
        [],
        [("Lý Văn Dẫn", [("Chánh Văn phòng", f"{UBND} tỉnh")])],
    ),
    (
        "Ông Lý Văn Dẫn, Chánh Thanh tra tỉnh Nam Hải, ký kết luận.",
        [],
        [("Lý Văn Dẫn", [("Chánh Thanh tra", "Thanh tra tỉnh Nam Hải")])],
    ),
    (
        "Ông Lý Văn Dẫn, Chánh Thanh tra Sở Nội vụ, ký kết luận.",
        [],
        [("Lý Văn Dẫn", [("Chánh Thanh tra", "Sở Nội vụ")])],
    ),
    (
        "Bà Tô Thị Luận, Trưởng ban Dân vận Tỉnh ủy, nêu ý kiến.",
        [],
        [("Tô Thị Luận", [("Trưởng ban", "Ban Dân vận Tỉnh ủy")])],
    ),
    (
        "Bà Tô Thị Luận, Trưởng Ban Pháp chế HĐND tỉnh, thẩm tra.",
        [],
        [("Tô Thị Luận", [("Trưởng ban", f"Ban Pháp chế {HDND} tỉnh")])],
    ),
    (
        "Ông Đinh Công Giải, Chánh án TAND huyện Sơn Tân, tuyên án.",
        [],
        [("Đinh Công Giải", [("Chánh án", "Tòa án nhân dân huyện Sơn Tân")])],
    ),
    (
        "Ông Hà Văn Chú, Đội trưởng Đội Quản lý thị trường số 3, lập biên bản.",
        [],
        [("Hà Văn Chú", [("Đội trưởng", "Đội Quản lý thị trường số 3")])],
    ),
    (
        "Ông Hà Văn Chú, Trạm trưởng Trạm Kiểm lâm Khe Lau, báo cáo.",
        [],
        [("Hà Văn Chú", [("Trạm trưởng", "Trạm Kiểm lâm Khe Lau")])],
    ),
    (
        "Ông Tạ Quang Kê, Giám đốc BHXH tỉnh Nam Hải, cho hay số thẻ tăng.",
        [],
        [("Tạ Quang Kê", [("Giám đốc", "Bảo hiểm xã hội tỉnh Nam Hải")])],
    ),
    (
        "Ông Tạ Quang Kê, Tổng Giám đốc BHXH Việt Nam, cho hay số thẻ tăng.",
        [],
        [("Tạ Quang Kê", [("Tổng Giám đốc", "Bảo hiểm xã hội Việt Nam")])],
    ),
    (
        "Ông Tạ Quang Kê, Phó Tổng Giám đốc Thông tấn xã Việt Nam, nói.",
        [],
        [("Tạ Quang Kê", [("Phó Tổng Giám đốc", "Thông tấn xã Việt Nam")])],
    ),
    (
        "Ông Tạ Quang Kê, Phó Trưởng ban Giám định BHYT - BHXH tỉnh Nam Hải, nói.",
        [],
        [("Tạ Quang Kê", [("Phó Trưởng ban", "Ban Giám định Bảo hiểm y tế, Bảo hiểm xã hội tỉnh Nam Hải")])],
    ),
    (
        "Bà Chu Thị Tập, Chủ tịch Hội LHPN huyện Sơn Tân, trao quà.",
        [],
        [("Chu Thị Tập", [("Chủ tịch", "Hội Liên hiệp Phụ nữ huyện Sơn Tân")])],
    ),
    (
        "Anh Chu Văn Tập, Bí thư Đoàn Thanh niên xã Đồng Xa, dọn rác.",
        [],
        [("Chu Văn Tập", [("Bí thư", "Đoàn Thanh niên xã Đồng Xa")])],
    ),
    (
        "Ông Kiều Văn Ghi, Phó Chủ tịch Ủy ban MTTQ Việt Nam tỉnh, đi thăm.",
        [],
        [("Kiều Văn Ghi", [("Phó Chủ tịch", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh")])],
    ),
    (
        "Ông Lương Văn Sổ, Trưởng khoa Hồi sức cấp cứu, Bệnh viện Đa khoa tỉnh, trực đêm.",
        [],
        [("Lương Văn Sổ", [("Trưởng khoa", "Khoa Hồi sức cấp cứu, Bệnh viện Đa khoa tỉnh")])],
    ),
    ("Bà Đào Thị Mục, chuyên viên Sở Nội vụ, hướng dẫn hồ sơ.", [], [("Đào Thị Mục", [("Chuyên viên", "Sở Nội vụ")])]),
    (
        "Ông Lưu Văn Điều, Trưởng phòng Kế hoạch - Tài chính, giải trình.",
        [],
        [("Lưu Văn Điều", [("Trưởng phòng", "Phòng Kế hoạch - Tài chính")])],
    ),
    (
        "Ông Lưu Văn Điều, Giám đốc Sở Văn hóa, Thể thao và Du lịch, khai mạc.",
        [],
        [("Lưu Văn Điều", [("Giám đốc", "Sở Văn hóa, Thể thao và Du lịch")])],
    ),
    (
        "Ông Lưu Văn Điều, Giám đốc Sở LĐ-TB&XH Nam Hải, khai mạc.",
        [],
        [("Lưu Văn Điều", [("Giám đốc", "Sở Lao động, Thương binh và Xã hội Nam Hải")])],
    ),
    # -- one post before the name
    (
        "Chủ tịch UBND xã Đồng Xa Trần Văn Mẫu cho biết lúa đã gặt xong.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Chủ tịch", f"{UBND} xã Đồng Xa")])],
    ),
    (
        "Giám đốc Sở GD-ĐT Nam Hải Lê Thị Thử ký công văn.",
        ["Lê Thị Thử"],
        [("Lê Thị Thử", [("Giám đốc", "Sở Giáo dục và Đào tạo Nam Hải")])],
    ),
    ("Bí thư Thành ủy, đồng chí Hoàng Văn Dụ, chủ trì.", [], [("Hoàng Văn Dụ", [("Bí thư", "Thành ủy")])]),
    (
        "Trưởng phòng Nội vụ huyện Sơn Tân - ông Ngô Bá Nghiệm - cho hay.",
        [],
        [("Ngô Bá Nghiệm", [("Trưởng phòng", "Phòng Nội vụ huyện Sơn Tân")])],
    ),
    ("Thứ trưởng Bộ Y tế Vũ Đình Ví dự.", ["Vũ Đình Ví"], [("Vũ Đình Ví", [("Thứ trưởng", "Bộ Y tế")])]),
    ("Thủ tướng Chính phủ Ngô Bá Nghiệm ký.", ["Ngô Bá Nghiệm"], [("Ngô Bá Nghiệm", [("Thủ tướng", "Chính phủ")])]),
    ("Phó Thủ tướng Ngô Bá Nghiệm chỉ đạo.", ["Ngô Bá Nghiệm"], [("Ngô Bá Nghiệm", [("Phó Thủ tướng", None)])]),
    (
        "Phó Thủ tướng Thường trực Ngô Bá Nghiệm chỉ đạo.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Phó Thủ tướng Thường trực", None)])],
    ),
    ("Chủ tịch nước Ngô Bá Nghiệm tiếp đoàn.", ["Ngô Bá Nghiệm"], [("Ngô Bá Nghiệm", [("Chủ tịch nước", None)])]),
    (
        "Phó Chủ tịch thường trực HĐND tỉnh Ngô Bá Nghiệm tiếp dân.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Phó Chủ tịch Thường trực", f"{HDND} tỉnh")])],
    ),
    (
        "PCT UBND tỉnh Ngô Bá Nghiệm đi kiểm tra đê.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Phó Chủ tịch", f"{UBND} tỉnh")])],
    ),
    (
        "PGĐ Sở Xây dựng Ngô Bá Nghiệm trả lời.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Phó Giám đốc", "Sở Xây dựng")])],
    ),
    ("ĐBQH Ngô Bá Nghiệm chất vấn.", ["Ngô Bá Nghiệm"], [("Ngô Bá Nghiệm", [("Đại biểu", "Quốc hội")])]),
    ("Đại biểu Quốc hội Ngô Bá Nghiệm chất vấn.", ["Ngô Bá Nghiệm"], [("Ngô Bá Nghiệm", [("Đại biểu", "Quốc hội")])]),
    (
        "Tổng cục trưởng Tổng cục Thủy lợi Ngô Bá Nghiệm thị sát.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Tổng cục trưởng", "Tổng cục Thủy lợi")])],
    ),
    (
        "Trưởng đoàn ĐBQH tỉnh Ngô Bá Nghiệm tiếp xúc cử tri.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Trưởng đoàn", "Đoàn đại biểu Quốc hội tỉnh")])],
    ),
    (
        "Người phát ngôn Bộ Ngoại giao Ngô Bá Nghiệm họp báo.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Người phát ngôn", "Bộ Ngoại giao")])],
    ),
    ("Phó Chủ tịch UBND thành phố Lê Văn Thửa đến dự.", [], [("Lê Văn Thửa", [("Phó Chủ tịch", f"{UBND} thành phố")])]),
    ("Chủ tịch Hồ Văn Thước đã xuống hiện trường.", [], [("Hồ Văn Thước", [("Chủ tịch", None)])]),
    # -- chains of posts
    (
        "Ông Trần Văn Mẫu, Ủy viên BTV Thành ủy, Phó chủ tịch UBND thành phố, chủ trì.",
        [],
        [("Trần Văn Mẫu", [("Ủy viên Ban Thường vụ", "Thành ủy"), ("Phó Chủ tịch", f"{UBND} thành phố")])],
    ),
    (
        "Ông Trần Văn Mẫu - Phó Bí thư Tỉnh ủy - Chủ tịch UBND tỉnh chủ trì.",
        [],
        [("Trần Văn Mẫu", [("Phó Bí thư", "Tỉnh ủy"), ("Chủ tịch", f"{UBND} tỉnh")])],
    ),
    (
        "Chủ tịch UBND - Phó Bí thư Tỉnh ủy Nam Hải Trần Văn Mẫu chủ trì.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Chủ tịch", UBND), ("Phó Bí thư", "Tỉnh ủy Nam Hải")])],
    ),
    (
        "Ông Trần Văn Mẫu, Bí thư Đảng ủy - Chủ tịch UBND xã Đồng Xa, đi thăm.",
        [],
        [("Trần Văn Mẫu", [("Bí thư", "Đảng ủy xã Đồng Xa"), ("Chủ tịch", f"{UBND} xã Đồng Xa")])],
    ),
    (
        "Ủy viên Bộ Chính trị, Trưởng Ban Tổ chức Trung ương, Bí thư Trung ương Đảng Ngô Bá Nghiệm dự.",
        ["Ngô Bá Nghiệm"],
        [
            (
                "Ngô Bá Nghiệm",
                [("Ủy viên", "Bộ Chính trị"), ("Trưởng ban", "Ban Tổ chức Trung ương"), ("Bí thư", "Trung ương Đảng")],
            )
        ],
    ),
    (
        "Ông Ngô Bá Nghiệm, UVTW Đảng, Bí thư Tỉnh ủy, dự.".replace("UVTW", "Ủy viên TW"),
        [],
        [("Ngô Bá Nghiệm", [("Ủy viên", "Trung ương Đảng"), ("Bí thư", "Tỉnh ủy")])],
    ),
    (
        "Ông Ngô Bá Nghiệm, Tỉnh ủy viên, Giám đốc Sở Tài chính, báo cáo.",
        [],
        [("Ngô Bá Nghiệm", [("Tỉnh ủy viên", None), ("Giám đốc", "Sở Tài chính")])],
    ),
    (
        "Ông Ngô Bá Nghiệm, Phó Bí thư Thường trực Huyện ủy kiêm Chủ tịch HĐND huyện Sơn Tân, phát biểu.",
        [],
        [("Ngô Bá Nghiệm", [("Phó Bí thư Thường trực", "Huyện ủy"), ("Chủ tịch", f"{HDND} huyện Sơn Tân")])],
    ),
    (
        "Phó Thủ tướng Ngô Bá Nghiệm, Trưởng Ban Chỉ đạo quốc gia phòng chống thiên tai, họp.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Phó Thủ tướng", None), ("Trưởng ban", "Ban Chỉ đạo quốc gia phòng chống thiên tai")])],
    ),
    (
        "Bộ trưởng, Chủ nhiệm Văn phòng Chính phủ Ngô Bá Nghiệm họp báo.",
        ["Ngô Bá Nghiệm"],
        [("Ngô Bá Nghiệm", [("Bộ trưởng", None), ("Chủ nhiệm", "Văn phòng Chính phủ")])],
    ),
    # -- lists of persons
    (
        "Dự lễ có các đồng chí: Trần Văn Mẫu – Bí thư Huyện ủy; Lê Thị Thử – Chủ tịch UBND huyện; Vũ Đình Ví – Trưởng Công an xã.",
        ["Trần Văn Mẫu", "Lê Thị Thử", "Vũ Đình Ví"],
        [
            ("Trần Văn Mẫu", [("Bí thư", "Huyện ủy")]),
            ("Lê Thị Thử", [("Chủ tịch", f"{UBND} huyện")]),
            ("Vũ Đình Ví", [("Trưởng Công an", "Công an xã")]),
        ],
    ),
    (
        "Tham dự có ông Trần Văn Mẫu, Giám đốc Sở Y tế, bà Lê Thị Thử, Phó Giám đốc Sở Nội vụ, cùng bà con.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Y tế")]), ("Lê Thị Thử", [("Phó Giám đốc", "Sở Nội vụ")])],
    ),
    (
        "Các đồng chí Trần Văn Mẫu, Lê Thị Thử – Phó Chủ tịch UBND tỉnh đã đi thăm.",
        ["Trần Văn Mẫu", "Lê Thị Thử"],
        [("Trần Văn Mẫu", [("Phó Chủ tịch", f"{UBND} tỉnh")]), ("Lê Thị Thử", [("Phó Chủ tịch", f"{UBND} tỉnh")])],
    ),
    (
        "Có hai Phó Chủ tịch HĐND tỉnh: Trần Văn Mẫu và Lê Thị Thử.",
        ["Trần Văn Mẫu", "Lê Thị Thử"],
        [("Trần Văn Mẫu", [("Phó Chủ tịch", f"{HDND} tỉnh")]), ("Lê Thị Thử", [("Phó Chủ tịch", f"{HDND} tỉnh")])],
    ),
    (
        "Các Phó Thủ tướng: Trần Văn Mẫu, Lê Thị Thử, Vũ Đình Ví gửi hoa.",
        ["Trần Văn Mẫu", "Lê Thị Thử", "Vũ Đình Ví"],
        [
            ("Trần Văn Mẫu", [("Phó Thủ tướng", None)]),
            ("Lê Thị Thử", [("Phó Thủ tướng", None)]),
            ("Vũ Đình Ví", [("Phó Thủ tướng", None)]),
        ],
    ),
    (
        "Thứ trưởng Trần Văn Mẫu và Lê Thị Thử cùng ký.",
        ["Trần Văn Mẫu", "Lê Thị Thử"],
        [("Trần Văn Mẫu", [("Thứ trưởng", None)]), ("Lê Thị Thử", [("Thứ trưởng", None)])],
    ),
    (
        "Chủ tịch UBND tỉnh Trần Văn Mẫu; Giám đốc Sở Y tế Lê Thị Thử; Phó Bí thư Huyện ủy Vũ Đình Ví gửi hoa.",
        ["Trần Văn Mẫu", "Lê Thị Thử", "Vũ Đình Ví"],
        [
            ("Trần Văn Mẫu", [("Chủ tịch", f"{UBND} tỉnh")]),
            ("Lê Thị Thử", [("Giám đốc", "Sở Y tế")]),
            ("Vũ Đình Ví", [("Phó Bí thư", "Huyện ủy")]),
        ],
    ),
    (
        "Bộ trưởng Bộ Y tế Trần Văn Mẫu, Thứ trưởng Bộ Nội vụ Lê Thị Thử cùng dự.",
        ["Trần Văn Mẫu", "Lê Thị Thử"],
        [("Trần Văn Mẫu", [("Bộ trưởng", "Bộ Y tế")]), ("Lê Thị Thử", [("Thứ trưởng", "Bộ Nội vụ")])],
    ),
    (
        "Thanh tra do ông Trần Văn Mẫu, Chánh Thanh tra tỉnh, làm Trưởng đoàn thanh tra.",
        [],
        [("Trần Văn Mẫu", [("Chánh Thanh tra", "Thanh tra tỉnh"), ("Trưởng đoàn", "Đoàn thanh tra")])],
    ),
    # -- former, acting, appointments
    ("Ông Đặng Văn Xưa, nguyên Giám đốc Sở Y tế, kể chuyện.", [], [("Đặng Văn Xưa", [("Giám đốc", "Sở Y tế")])]),
    (
        "Ông Đặng Văn Xưa, nguyên Phó Chủ tịch UBND tỉnh Nam Hải, kể chuyện.",
        [],
        [("Đặng Văn Xưa", [("Phó Chủ tịch", f"{UBND} tỉnh Nam Hải")])],
    ),
    (
        "Ông Đặng Văn Xưa, cựu Chủ tịch UBND xã Đồng Xa, kể chuyện.",
        [],
        [("Đặng Văn Xưa", [("Chủ tịch", f"{UBND} xã Đồng Xa")])],
    ),
    (
        "Ông Đặng Văn Xưa, quyền Cục trưởng Cục Thống kê tỉnh, báo cáo.",
        [],
        [("Đặng Văn Xưa", [("Cục trưởng", "Cục Thống kê tỉnh")])],
    ),
    (
        "Ông Đặng Văn Xưa được bổ nhiệm giữ chức Giám đốc Sở Công Thương.",
        [],
        [("Đặng Văn Xưa", [("Giám đốc", "Sở Công Thương")])],
    ),
    (
        "Ông Đặng Văn Xưa, Phó Giám đốc Sở Công Thương, giữ chức Giám đốc Sở Công Thương từ ngày 1/3.",
        [],
        [("Đặng Văn Xưa", [("Phó Giám đốc", "Sở Công Thương"), ("Giám đốc", "Sở Công Thương")])],
    ),
    (
        "HĐND tỉnh bầu ông Đặng Văn Xưa làm Phó Chủ tịch UBND tỉnh.",
        [],
        [("Đặng Văn Xưa", [("Phó Chủ tịch", f"{UBND} tỉnh")])],
    ),
    (
        "Ông Đặng Văn Xưa thôi giữ chức Bí thư Huyện ủy Sơn Tân.",
        [],
        [("Đặng Văn Xưa", [("Bí thư", "Huyện ủy Sơn Tân")])],
    ),
    (
        "Ông Trần Văn Mẫu giữ chức Giám đốc Sở Công Thương thay ông Đặng Văn Xưa về hưu.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Công Thương")]), ("Đặng Văn Xưa", [("Giám đốc", "Sở Công Thương")])],
    ),
    (
        "Ông Đặng Văn Xưa kể lại. Ông từng là Hiệu trưởng Trường Chính trị tỉnh.",
        [],
        [("Đặng Văn Xưa", [("Hiệu trưởng", "Trường Chính trị tỉnh")])],
    ),
    # -- one person an article
    (
        "Ông Trần Văn Mẫu, Chủ tịch UBND xã Đồng Xa, cho biết.\nChủ tịch Trần Văn Mẫu nói thêm.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Chủ tịch", f"{UBND} xã Đồng Xa")])],
    ),
    (
        "Bộ trưởng Trần Văn Mẫu dự.\nSau đó Bộ trưởng Bộ Xây dựng Trần Văn Mẫu phát biểu.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Bộ trưởng", "Bộ Xây dựng")])],
    ),
    (
        "Phó Bí thư Tỉnh ủy Trần Văn Mẫu dự.\nÔng Trần Văn Mẫu - Phó Bí thư Tỉnh ủy Nam Hải - tặng hoa.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Phó Bí thư", "Tỉnh ủy Nam Hải")])],
    ),
    (
        "Ông Trần Văn Mẫu đến dự. Ông Mẫu là Phó Giám đốc Sở Nội vụ.",
        [],
        [("Trần Văn Mẫu", [("Phó Giám đốc", "Sở Nội vụ")])],
    ),
    (
        "Ông TRẦN VĂN MẪU, Giám đốc Sở Nội vụ, dự. Ông Trần Văn Mẫu tặng hoa.",
        [],
        [("TRẦN VĂN MẪU", [("Giám đốc", "Sở Nội vụ")])],
    ),
    (
        "Ông Trần  Văn Mẫu, Giám đốc Sở Nội vụ, dự. Ông Trần Văn Mẫu tặng hoa.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Nội vụ")])],
    ),
    # -- names of every kind
    ("Ông Hà Ban, Phó Bí thư Tỉnh ủy, dự lễ.", [], [("Hà Ban", [("Phó Bí thư", "Tỉnh ủy")])]),
    (
        "Ông Y Thanh Hà Mẫu, Chủ tịch UBND xã Ea Kao, dự lễ.",
        ["Y Thanh Hà Mẫu"],
        [("Y Thanh Hà Mẫu", [("Chủ tịch", f"{UBND} xã Ea Kao")])],
    ),
    (
        "Bà H'Lan Niê, Chủ tịch Hội LHPN xã Ea Kao, dự lễ.",
        ["H'Lan Niê"],
        [("H'Lan Niê", [("Chủ tịch", "Hội Liên hiệp Phụ nữ xã Ea Kao")])],
    ),
    (
        "Ông Giàng A Thử, Trưởng Công an xã Bản Mù, dự lễ.",
        [],
        [("Giàng A Thử", [("Trưởng Công an", "Công an xã Bản Mù")])],
    ),
    ("Tổng thống Pháp Jean Modèle đến thăm.", ["Jean Modèle"], [("Jean Modèle", [("Tổng thống", "Pháp")])]),
    ("Thủ tướng Nhật Bản Taro Mihon đến thăm.", ["Taro Mihon"], [("Taro Mihon", [("Thủ tướng", "Nhật Bản")])]),
    ("Ngoại trưởng Mỹ John Sample phát biểu.", [], [("John Sample", [("Ngoại trưởng", "Mỹ")])]),
    ("Ông Lương Minh Q., Giám đốc Sở Nội vụ, bị tố cáo.", [], [("Lương Minh Q.", [("Giám đốc", "Sở Nội vụ")])]),
    (
        "PGS.TS Trần Văn Mẫu, Giám đốc Bệnh viện Sản Nhi tỉnh, mổ ca bệnh.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Bệnh viện Sản Nhi tỉnh")])],
    ),
    ("Đ/c Trần Văn Mẫu - Bí thư Đảng ủy xã Đồng Xa - dự.", [], [("Trần Văn Mẫu", [("Bí thư", "Đảng ủy xã Đồng Xa")])]),
    (
        "BS CKII Trần Văn Mẫu, Giám đốc Trung tâm Y tế huyện Sơn Tân, tư vấn.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Trung tâm Y tế huyện Sơn Tân")])],
    ),
    # -- abbreviations and spelling
    (
        "Ông Trần Văn Mẫu, Bí thư Đảng ủy Sở NN&PTNT tỉnh, nói.",
        [],
        [("Trần Văn Mẫu", [("Bí thư", "Đảng ủy Sở Nông nghiệp và Phát triển nông thôn tỉnh")])],
    ),
    (
        "Ông Trần Văn Mẫu, Giám đốc Sở TT-TT TP.HCM, nói.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Thông tin và Truyền thông Thành phố Hồ Chí Minh")])],
    ),
    ("Ông Trần Văn Mẫu, Phó chủ tịch UBND Q.7, nói.", [], [("Trần Văn Mẫu", [("Phó Chủ tịch", f"{UBND} quận 7")])]),
    (
        "Ông Trần Văn Mẫu, Giám đốc Sở Tư pháp TP Nam Hải, nói.",
        [],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Tư pháp thành phố Nam Hải")])],
    ),
    (
        "Ông Trần Văn Mẫu, Trưởng CA xã Đồng Xa, nói.",
        [],
        [("Trần Văn Mẫu", [("Trưởng Công an", "Công an xã Đồng Xa")])],
    ),
    (
        "Ông Trần Văn Mẫu, Phó phòng GD-ĐT huyện, nói.",
        [],
        [("Trần Văn Mẫu", [("Phó Trưởng phòng", "Phòng Giáo dục và Đào tạo huyện")])],
    ),
    (
        "Ông Trần Văn Mẫu, Phó Chủ tịch Uỷ ban nhân dân tỉnh, nói.",
        [],
        [("Trần Văn Mẫu", [("Phó Chủ tịch", "Ủy ban nhân dân tỉnh")])],
    ),
    # -- captions
    (
        "Trần Văn Mẫu\nGiám đốc Sở Y tế\nTheo ông, dịch đã lắng xuống trong tháng này.",
        ["Trần Văn Mẫu"],
        [("Trần Văn Mẫu", [("Giám đốc", "Sở Y tế")])],
    ),
    # -- what is not an official
    ("Ông Trần Văn Mẫu, nông dân xã Đồng Xa, trồng ổi.", [], []),
    ("Chị Lê Thị Thử (45 tuổi, trú huyện Sơn Tân) bán rau.", [], []),
    ("Ông Trần Văn Mẫu, Giám đốc Công ty TNHH Gạo Vàng, xuất khẩu gạo.", [], []),
    ("Ông Trần Văn Mẫu, Tổng Giám đốc Tập đoàn Biển Bạc, khởi công.", [], []),
    ("Ông Trần Văn Mẫu, Chủ tịch HĐQT Công ty CP Gỗ Xanh, khởi công.", [], []),
    ("Chủ tịch FLD Trần Văn Mẫu mua đất.", ["Trần Văn Mẫu"], []),
    ("Luật sư Trần Văn Mẫu (Đoàn Luật sư TP Nam Hải) phân tích.", [], []),
    ("Ảnh: Trần Văn Mẫu. Phó Chủ tịch UBND xã có mặt từ sớm.", ["Trần Văn Mẫu"], []),
    ("Đường tốt lên hẳn.\nTrần Văn Mẫu/Báo Nam Hải", ["Trần Văn Mẫu"], []),
    ("Nạn nhân là Trần Văn Mẫu, trú xã Đồng Xa.", ["Trần Văn Mẫu"], []),
    ("Tài xế Trần Văn Mẫu cho biết xe mất phanh.", ["Trần Văn Mẫu"], []),
    ("Chủ tịch UBND tỉnh giao Sở Y tế kiểm tra.", [], []),
    ("Ban Bí thư ban hành chỉ thị mới.", [], []),
    ("Học sinh Trường THPT Trần Phú thi học kỳ.", [], []),
    ("Xe chạy trên đường Nguyễn Văn Cừ rồi rẽ.", [], []),
    ("Đại sứ quán Pháp tặng sách cho thư viện.", [], []),
    ("Ông Trần Văn Mẫu, Phó giám đốc một doanh nghiệp may, tăng ca.", [], []),
    ("Ông Trần Văn Mẫu, Tổng giám đốc Bệnh viện Quốc tế Sao Mai, khánh thành.", [], []),
    ("Thanh niên xã Đồng Xa theo Chủ tịch UBND xã đi trồng cây.", [], []),
    ("Hội nghị do Bộ Y tế phối hợp với Hàn Quốc tổ chức.", [], []),
    ("Đại sứ du lịch Trần Văn Mẫu quảng bá ẩm thực.", ["Trần Văn Mẫu"], []),
    ("Ca sĩ Trần Văn Mẫu hát tặng Giám đốc Sở Văn hóa.", ["Trần Văn Mẫu"], []),
]


@pytest.mark.parametrize(("text", "names", "expected"), CASES, ids=range(len(CASES)))
def test_officials_of_sentence(text: str, names: Sequence[str], expected: list[tuple[str, Posts]]) -> None:
    found = officials(text, names)
    held = [(o.name, [(p.role, fold(p.body or "")) for p in o.positions]) for o in found]
    assert held == [(name, [(role, fold(body or "")) for role, body in posts]) for name, posts in expected]
    for person in found:
        assert person.text == text[person.start : person.end]
        for span in (*person.mentions, *person.positions, *person.activities):
            assert span.text == text[span.start : span.end]


def test_officials_table_is_large_enough() -> None:
    assert len(CASES) >= 120
    assert sum(not expected for _, _, expected in CASES) >= 20


def test_officials_leaves_private_persons_out() -> None:
    text = "Ông Trần Văn Mẫu, nông dân, khen ông Lê Văn Thử, Chủ tịch UBND xã Đồng Xa."
    assert [o.name for o in officials(text)] == ["Lê Văn Thử"]
    both = officials(text, persons=True)
    assert [(o.name, o.official) for o in both] == [("Trần Văn Mẫu", False), ("Lê Văn Thử", True)]
    assert both[0].positions == ()


@pytest.mark.parametrize(
    ("text", "names", "aliases"),
    [
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Mẫu tặng quà.", [], ("Ông Mẫu",)),
        ("Thứ trưởng Bộ Nội vụ Trần Văn Mẫu đến. Thứ trưởng Mẫu nói.", ["Trần Văn Mẫu"], ("Thứ trưởng Mẫu",)),
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, và ông Lê Văn Mẫu, Bí thư Huyện ủy, đến. Ông Mẫu nói.", [], ()),
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Trân Văn Mẫu nói.", [], ("Ông Trân Văn Mẫu",)),
    ],
)
def test_officials_aliases(text: str, names: Sequence[str], aliases: tuple[str, ...]) -> None:
    person = officials(text, names)[0]
    assert person.aliases == aliases
    assert [m.text for m in person.mentions if m.kind == "alias"] == list(aliases)


@pytest.mark.parametrize(
    "clause",
    ["cho biết xã có 3.105 hộ nghèo", "cho biết quỹ còn 2,5 tỷ đồng", "phát biểu lúc 8:30 tại hội trường"],
)
def test_officials_activities_keep_whole_numbers(clause: str) -> None:
    found = officials(f"Ông Trần Văn Mẫu, Chủ tịch UBND xã, {clause}. Sau đó mọi người ra về.")[0].activities
    assert [a.text for a in found] == [clause]


def test_officials_activities_cut_no_word() -> None:
    text = "Ông Trần Văn Mẫu, Chủ tịch UBND xã, cho biết " + "mọi người dân trong xã đều rất phấn khởi " * 4
    (found,) = officials(text)[0].activities
    assert text[found.end] == " "


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, chủ trì hội nghị.", ["chairs"]),
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu đã phát biểu khai mạc.", ["speaks"]),
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu vừa ký quyết định mới.", ["signs"]),
        ("Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, đến thăm trường.", ["visits"]),
        ("Tham dự hội nghị có ông Trần Văn Mẫu, Chủ tịch UBND tỉnh.", ["attends"]),
        ("Ông Trần Văn Mẫu được bổ nhiệm giữ chức Giám đốc Sở Nội vụ.", ["appointed"]),
        ("Ông Trần Văn Mẫu thôi giữ chức Giám đốc Sở Nội vụ.", ["dismissed"]),
        ("Gặp ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, ở cổng.", []),
    ],
)
def test_officials_activities(text: str, kinds: list[str]) -> None:
    found = officials(text, ["Trần Văn Mẫu"])[0].activities
    assert list(dict.fromkeys(a.kind for a in found)) == kinds
    assert all(a.text == text[a.start : a.end] for a in found)


def test_officials_appointment_tells_from_and_to() -> None:
    text = "Ông Trần Văn Mẫu, Phó Giám đốc Sở Nội vụ, được bổ nhiệm giữ chức Giám đốc Sở Nội vụ."
    move = next(a for a in officials(text)[0].activities if a.kind == "appointed")
    assert (move.from_position, move.to_position) == ("Phó Giám đốc Sở Nội vụ", "Giám đốc Sở Nội vụ")


def test_officials_former_and_acting() -> None:
    text = "Ông Trần Văn Mẫu, nguyên Bí thư Huyện ủy, và ông Lê Văn Thử, quyền Giám đốc Sở Nội vụ, cùng đến."
    first, second = officials(text)
    assert (first.positions[0].former, first.positions[0].acting) == (True, False)
    assert (second.positions[0].former, second.positions[0].acting) == (False, True)


def test_officials_full_name_mentions() -> None:
    text = "Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Trần Văn Mẫu tặng quà.\nTRẦN VĂN MẪU ra về."
    person = officials(text, ["Trần Văn Mẫu", "TRẦN VĂN MẪU"])[0]
    assert [m.start for m in person.mentions] == [4, text.index("Trần", 10), text.index("TRẦN")]


def test_officials_drops_are_explained() -> None:
    reading = read(Article(id="t", text="Ông Trần Văn Mẫu, nông dân xã Đồng Xa, trồng ổi."))
    assert find_officials(reading, [], Places()) == []
    assert [(d.text, d.field) for d in reading.log] == [("Trần Văn Mẫu", "officials")]


WORDS = (
    "Ông|Trần Văn Mẫu|Chủ tịch|Phó|UBND|tỉnh|Nam Hải|,|-|(|)|;|.|\n|và|nguyên|là|Sở|Y tế|Giám đốc|Bộ|các đồng chí|thuộc"
)
PIECES = st.sampled_from([*WORDS.split("|"), "TP.", "ĐBQH", "Đoàn", "khóa XIV", "K'", "1", "/", "quyền"])


@given(st.lists(PIECES, max_size=40))
def test_officials_never_fails_and_quotes_hold(pieces: list[str]) -> None:
    text = " ".join(pieces) or "."
    for person in officials(text, persons=True):
        assert text[person.start : person.end] == person.text
        for span in (*person.mentions, *person.positions, *person.activities):
            assert text[span.start : span.end] == span.text
        assert person.official or not person.positions


@pytest.mark.parametrize(
    "piece",
    [
        "ông Trần Văn Mẫu, Chủ tịch UBND xã Đồng Xa, ",
        "Chủ tịch, ",
        "Sở ",
        "(",
        "nguyên ",
        "12/3-",
        "TRẦN VĂN ",
        "và các đồng chí ",
    ],
)
def test_officials_hostile_text_stays_linear(piece: str) -> None:
    """A size that takes minutes where the work grows with its square."""
    reading = read(Article(id="t", text=piece * (100_000 // len(piece))))
    begin = time.process_time()
    find_officials(reading, [], Places())
    assert time.process_time() - begin < 10
