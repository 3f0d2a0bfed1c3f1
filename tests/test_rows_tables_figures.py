"""Rows of the figure files that read signs or gaps, through the whole pipeline: the figure and the row behind it. Own sentences.

Their patterns match no plain text, so that each case checks by the figure's provenance, or by listening, that its row was used.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import regex
from test_cases import cases

from extractor.fields import FIELDS, Analysis
from extractor.fields.dates.page import dated
from extractor.fields.figures.rules import lists as figures_lists
from extractor.fields.figures.rules import phrases as figures_phrases
from extractor.fields.figures.rules.read import find_figures
from extractor.language import read
from extractor.models import Article
from extractor.pipeline import items_of
from extractor.records import Date, Figure
from extractor.rules import load_rows
from test_patterns import AnyRow

RATE = "Đến nay, toàn huyện đạt tỷ lệ bao phủ BHYT 88,2% dân số. "
COUNT = "Toàn huyện có 45.120 người tham gia BHYT. "
CARDS = "Hội vận động nông dân mua BHYT. "


def figures(text: str) -> tuple[Figure, ...]:
    """What the rules read: one voter of the field, whose rows these tables hold."""
    analysis = Analysis(dated(read(Article(id="t", text=text, published=date(2019, 6, 15)))))
    for field in FIELDS[:-1]:
        analysis.items[field.name] = items_of(field, analysis)
    dates = [x for x in analysis.items["dates"] if isinstance(x, Date)]
    return tuple(find_figures(analysis.reading, dates, analysis.places))


class Listener:
    """A compiled pattern that notes its row's id when it matches."""

    def __init__(self, row: str, pattern: regex.Pattern[str], heard: set[str]) -> None:
        self._row, self._pattern, self._heard = row, pattern, heard

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._pattern, name)

        def call(*args: Any, **kwargs: Any) -> Any:
            found = method(*args, **kwargs)
            found = list(found) if name == "finditer" else found
            if found:
                self._heard.add(self._row)
            return iter(found) if name == "finditer" else found

        return call


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The ids of the rows of `figure_phrases.yaml` and `figure_columns.yaml` that matched."""
    ids: set[str] = set()
    phrases = {row: Listener(row, pattern, ids) for row, pattern in figures_phrases._phrases().items()}
    columns = tuple((Listener(row.id, pattern, ids), row) for pattern, row in figures_lists._columns())
    monkeypatch.setattr(figures_phrases, "_phrases", lambda: phrases)
    monkeypatch.setattr(figures_lists, "_columns", lambda: columns)
    return ids


# row, text, values and indicators of all its figures
PHRASES: list[tuple[str, str, list[tuple[float, str]]]] = [
    (
        "common",
        "Tỷ lệ chung là 84%, cao nhất 97% dân số tham gia BHYT ở xã Tân Lập.",
        [(84, "coverage_rate"), (97, "coverage_rate")],
    ),
    ("after-join", "Về BHXH tự nguyện, số người tham gia đạt 412 người.", [(412, "participants")]),
    ("near-gap", "Cả xóm có 412 người mua thẻ BHYT.", [(412, "participants")]),
    (
        "share",
        "Xã có 812 người tham gia BHYT, bằng 76% số thợ trong vùng.",
        [(812, "participants"), (76, "coverage_rate")],
    ),
    (
        "tail",
        "Xã có 3.120 người tham gia BHYT, chiếm 91,2%.",
        [(3120, "participants"), (91.2, "coverage_rate")],
    ),
    (
        "remaining",
        "Xã đạt tỷ lệ bao phủ BHYT 91%, còn 9% số dân còn lại đi làm xa.",
        [(91, "coverage_rate"), (9, "non_participants")],
    ),
    (
        "copula-end",
        "Số người tham gia BHYT ở các xã bãi ngang ven sông là 3.120 người.",
        [(3120, "participants")],
    ),
    (
        "against-plan",
        "Toàn xã có 3.120 người tham gia BHYT, so với chỉ tiêu giao đạt 97%.",
        [(3120, "participants"), (97, "plan_rate")],
    ),
    ("out-of", "Có 598 em tham gia BHYT trên tổng số 640 em.", [(598, "participants")]),
    ("added", "Xã tăng tỷ lệ bao phủ BHYT thêm 3% so với năm trước.", [(3, "change")]),
    ("poverty-rate", "Xã đạt tỷ lệ bao phủ BHYT 91%, tỷ lệ hộ nghèo còn 2,4%.", [(91, "coverage_rate")]),
    ("equals", "Có 906 người tham gia BHXH tự nguyện, bằng 54% cùng kỳ.", [(906, "participants")]),
    ("only", "Công ty có 85 thợ, chỉ đóng BHXH cho 21 người.", [(21, "participants")]),
    ("stock", "Lũy kế có 814 người đăng ký tham gia BHXH tự nguyện.", [(814, "participants")]),
    ("by-wire", "Ngành vận động tham gia BHXH, 100% đơn vị giao dịch điện tử.", []),
    ("due", "Số học sinh thuộc diện tham gia BHYT tại trường là 1.340 em.", []),
    ("won", "Hội vận động được 12 người tham gia BHXH tự nguyện.", [(12, "new_participants")]),
    ("denied", "Có 12.000 người không còn được hỗ trợ tham gia BHYT.", [(12000, "non_participants")]),
    ("to-win", "Số người cần phải vận động tham gia BHYT là 3.505 người.", [(3505, "new_participants")]),
    (
        "new-before",
        "Giao chỉ tiêu phát triển mới người tham gia BHXH tự nguyện cho các huyện: Tân Lập 412 người.",
        [(412, "new_participants")],
    ),
    (
        "executed",
        "Thực hiện 10 tháng: BHXH bắt buộc 2.400 / 2.830 người (đạt 84,8%); BHTN 2.100 / 2.785 người (đạt 75,4%).",
        [(2400, "participants"), (84.8, "plan_rate"), (2100, "participants"), (75.4, "plan_rate")],
    ),
    (
        "also-in-percent",
        "Có 9.714 người tham gia BHXH tự nguyện, tăng 2.885 người, tương đương 42,2%.",
        [(9714, "participants"), (2885, "change"), (42.2, "change")],
    ),
    ("most", "Số người tham gia BHTN giảm mạnh nhất với 406 người.", [(-406, "change")]),
    (
        "next-share",
        "Đến nay 100% người thuộc hộ nghèo, 99,3% trẻ em dưới 6 tuổi đã được cấp thẻ BHYT.",
        [(100, "coverage_rate"), (99.3, "coverage_rate")],
    ),
    (
        "of-total",
        "Với BHXH thì khác: trong số 55.000 lao động, mới 6.890 người tham gia BHXH.",
        [(6890, "participants")],
    ),
    ("club", "Huyện lập thêm 8 tổ hùn vốn mua BHYT với 121 thành viên.", []),
    (
        "reaches",
        "Kết quả năm qua: BHXH bắt buộc đạt 99,2%, BHTN đạt 100,3%, BHYT đạt 99,5% kế hoạch.",
        [(99.2, "plan_rate"), (100.3, "plan_rate"), (99.5, "plan_rate")],
    ),
    (
        "not-yet",
        "Có 5.400 người tham gia BHYT, còn 3.800 người vẫn chưa.",
        [(5400, "participants"), (3800, "non_participants")],
    ),
    (
        "and-between",
        "Tỷ lệ 81% và 86% dân số tham gia BHYT là của hai xã Tân Lập, Tân Hòa.",
        [(81, "coverage_rate"), (86, "coverage_rate")],
    ),
    ("but-between", "Vẫn còn 412 người là thợ nề, nhưng số khác đã tham gia BHYT.", []),
    (
        "own-words",
        "Xã có 412 người tham gia BHYT, trong tháng phát triển mới 35 người tham gia BHXH tự nguyện, ở thôn Hạ 12 người "
        "tham gia BHYT.",
        [(412, "participants"), (35, "new_participants"), (12, "participants")],
    ),
    ("club-member", "Câu lạc bộ phụ nữ tiết kiệm mua thẻ BHYT của xã Tân Lập có 42 thành viên.", []),
    (
        "adds",
        "Toàn huyện tăng thêm 340 người tham gia BHXH, 1.100 người tham gia BHYT.",
        [(340, "change"), (1100, "change")],
    ),
    (
        "each-in-turn",
        "Số người tham gia BHXH tự nguyện, BHTN lần lượt đạt 4.512 người, 3.508 người.",
        [(4512, "participants"), (3508, "participants")],
    ),
    ("admits", "Xã vận động người dân tham gia BHYT. Tháng này kết nạp mới 42 người.", []),
    ("develops", "Cả huyện tham gia BHYT tốt, phát triển 420 người.", [(420, "new_participants")]),
    ("for-others", "Xã Tân Lập tặng thẻ BHYT cho 420 người.", [(420, "participants")]),
    ("number-of", "Số người tham gia BHYT ở xã, tính đến nay, là 4.200 người.", [(4200, "participants")]),
    ("fulfil", "Riêng BHXH tự nguyện phấn đấu hoàn thành 85% kế hoạch.", [(85, "plan_rate")]),
    ("aims-to", "Ngành đề ra mục tiêu: tăng số người tham gia BHTN ít nhất 6,5%.", [(6.5, "change")]),
    ("more", "Thêm 120 người tham gia BHXH tự nguyện trong quý.", [(120, "new_participants")]),
]


@pytest.mark.parametrize(("row", "text", "expected"), PHRASES)
def test_rows_tables_phrases(row: str, text: str, expected: list[tuple[float, str]], heard: set[str]) -> None:
    assert [(f.value, f.indicator) for f in figures(text)] == expected
    assert row in heard


# row, head of a table, its two lines, values with unit and indicator
COLUMNS: list[tuple[str, str, str, list[tuple[float, str, str]]]] = [
    ("number-of-row", "STT | Số người", "1 | 4.120", [(4120, "person", "participants")]),
    ("count-column", "Xã | Số người", "Tân Lập | 3.015", [(3015, "person", "participants")]),
    ("rate-column", "Xã | Tỷ lệ (%)", "Tân Lập | 93,5", [(93.5, "percent", "coverage_rate")]),
]


@pytest.mark.parametrize(("row", "head", "line", "expected"), COLUMNS)
def test_rows_tables_columns(
    row: str, head: str, line: str, expected: list[tuple[float, str, str]], heard: set[str]
) -> None:
    text = f"Tình hình tham gia BHYT\n\n| {head} |\n|---|---|\n| {line} |"
    assert [(f.value, f.unit, f.indicator) for f in figures(text)] == expected
    assert row in heard


TABLED = {
    "figure_topics.yaml": {
        wanted["rule"].removeprefix("topic-")
        for case in cases("figures_rules.yaml")
        for wanted in case["expect"]
        if "gap" not in case
    },
    "figure_phrases.yaml": {case[0] for case in PHRASES},
    "figure_columns.yaml": {case[0] for case in COLUMNS},
}


@pytest.mark.parametrize("file", sorted(TABLED))
def test_rows_tables_name_rows(file: str) -> None:
    assert TABLED[file] - {"part-of-lack", "subset"} <= {row.id for row in load_rows(file, AnyRow)}
