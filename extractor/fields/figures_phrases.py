"""Phrases around a number that decide what it says, compiled from the lexicon or small enough to stand here.

Names say where a phrase stands: `AFTER_…` right behind a cue, `OF_…` right behind a number, the others before it.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import regex

from extractor.fields.figures_rows import IndicatorRow, Lexicon, group_lexicon, veto_lexicon
from extractor.rules import Row, load_rows


class LinkRow(Row):
    """A row of `patterns/figure_links.yaml`."""

    kind: Literal["light", "level", "pace"]


@cache
def _link(kind: str) -> str:
    rows = [r for r in load_rows("figure_links.yaml", LinkRow) if r.kind == kind]
    return Lexicon(tuple(rows)).pattern.pattern


@cache
def light() -> regex.Pattern[str]:
    """Words that may stand between a phrase and its number without changing what it says."""
    return regex.compile(rf"(?:\s|[:,\-–()\"“”]|[\d./]+|{_link('light')}|{group_lexicon().pattern.pattern})*+")


@cache
def level() -> regex.Pattern[str]:
    """Words that end a change at a level ("tăng lên 90%")."""
    return regex.compile(rf"{_link('level')}(?:\s+(?:mức|con số))?\s*$")


@cache
def pace() -> regex.Pattern[str]:
    """Words that make shares a pace ("tốc độ tăng")."""
    return regex.compile(_link("pace"))


@cache
def after_veto() -> regex.Pattern[str]:
    """What makes a share one of money, right behind the number."""
    return regex.compile(
        r"\s*(?:[x×*=](?!\p{L})|(?:\([^()]{1,20}\)\s*)?(?:(?:của|trên|tổng|theo|so với|số|các|khoản|về|trong)\s+){0,3}"
        rf"{veto_lexicon('after').pattern.pattern})"
    )


@cache
def plan_after() -> regex.Pattern[str]:
    """A plan or target right behind the number."""
    rows = tuple(r for r in load_rows("indicators.yaml", IndicatorRow) if r.role == "plan")
    return regex.compile(rf"\s*(?:\()?(?:của\s+|so\s+với\s+|so\s+)?{Lexicon(rows).pattern.pattern}")


@cache
def event() -> regex.Pattern[str]:
    """People who come to an event."""
    return regex.compile(veto_lexicon("event").pattern.pattern)


@cache
def card_veto() -> regex.Pattern[str]:
    """Cards that are misprinted, forged or taken back."""
    return regex.compile(veto_lexicon("card").pattern.pattern)


CONJUNCTION = regex.compile(r"(?<!\p{L})(?:và|còn|hoặc|trong đó|trong khi)(?!\p{L})")
POPULATION = regex.compile(
    r"\s*(?:(?:của|trên|tổng|số|so với|toàn)\s+){0,3}(?:dân số|dân|người dân|lực lượng lao động|lao động trong độ tuổi|lao động|lllđ|"
    r"số người|hộ|học sinh|sinh viên|hssv|nhân khẩu|người trong độ tuổi|đối tượng|người|trẻ|đơn vị|doanh nghiệp|đoàn viên|hội viên)"
    r"(?!\p{L})"
)
ALIKE = regex.compile(
    r"\s*(?:tổng\s+)?(?:dân số|số dân|người dân|lực lượng lao động)?\s*,?\s*\(?(?:tương đương|tương ứng|tức|hay)(?:\s+(?:với|là|khoảng))*\s*"
)
COMMON = regex.compile(r"(?<!\p{L})(?:tỷ|tỉ) lệ (?:bình quân|trung bình)?\s*chung(?!\p{L})[^,;()]*$")
WITHIN = regex.compile(r"\s+(?:đang làm việc\s+)?(?:thuộc|tại|của|ở|trong)\s+")
AFTER_JOIN = regex.compile(
    r"\s*(?:$|[.,;:()…]|(?:đạt|là|chiếm|còn|mới|chỉ|tăng|giảm|trên|tại|trong|năm|ở|so|với|được|có|cao|thấp|từ|đến|và|ước|gần|hơn|rất|khá|lên|đủ|đầy đủ)"
    r"(?!\p{L}))"
)
NEAR_GAP = regex.compile(
    r"(?:\s|(?:thẻ|tấm thẻ|các|loại|loại hình|hình thức|chính sách|chế độ|đầy đủ|đủ|miễn phí|đóng|mua|gói|sổ|nhóm|diện|được|cho|cấp|đối tượng|tham gia|và)(?!\p{L}))*"
)
OTHER_UNIT = regex.compile(r"\d\s*(?:triệu|nghìn|ngàn|tỷ|tỉ)?\s*(?:đồng|tỷ|tỉ|usd|lượt|đ)(?!\p{L})")
REACH = regex.compile(r"(?<!\p{L})đạt(?!\p{L})")
SHARE = regex.compile(r"(?<!\p{L})(?:chiếm|tương đương|bằng)(?!\p{L})[^,;()]*$")
TAIL = regex.compile(r"\s*(?:$|[.,;()…]|(?:đối với|so với|vào|trong|ở|tại|năm|tính|theo|trở lên|như|thì|mà)(?!\p{L}))")
YEARS = regex.compile(r"\d\s*(?:năm|tháng|ngày)(?!\p{L})")
STILL = regex.compile(r"(?<!\p{L})(?:còn|có)(?!\p{L})")
NEW_CLAUSE = regex.compile(
    r",\s*(?:đạt|tăng|giảm|trong đó|nhưng|có|là|chiếm|do|vì|để|đã|nên|và|song|nhiều|các|một số|qua đó|tuy nhiên|với|từ|hỗ trợ|người dân)(?!\p{L})"
)
OF_MEMBERS = regex.compile(
    r"\s*(?:(?:trong|trên|của|tổng)\s+)*số (?:người|lao động|đối tượng|thẻ)(?: lao động)? (?:đang |đã )?tham gia(?!\p{L})"
)
REMAINING = regex.compile(r"\s*(?:số dân|dân số|người dân|số người)\s+còn lại(?!\p{L})")
ALREADY = regex.compile(r"(?<!\p{L})đã(?!\p{L})")
COPULA_END = regex.compile(r"(?<!\p{L})(?:là|đạt|còn|lên|lên tới|lên đến|từ|với)\s*$")
AMONG = regex.compile(r"(?<!\p{L})trong (?:số|đó)(?!\p{L})")
COMPARED = regex.compile(r"\s*(?:so\s+(?:với\s+)?)?(?:cùng kỳ|năm trước|năm ngoái|tháng trước|so với năm)(?!\p{L})")
DONE = regex.compile(r"(?<!\p{L})(?:hoàn thành|vượt|đạt)(?!\p{L})[^.;]{0,30}?(?:chỉ tiêu|kế hoạch)(?!\p{L})")
OF_PLACES = regex.compile(
    r"\s*(?:(?:số|các|tổng số|số các)\s+)*(?:xã|phường|thị trấn|huyện|tỉnh|thôn|địa phương|trạm y tế|cơ sở|bệnh viện)(?!\p{L})"
)
COPULA = regex.compile(r"(?<!\p{L})(?:là|đạt|chiếm|còn|ở mức|lên|bằng)(?!\p{L})")
EMPLOYING = regex.compile(r"\s*,?\s*(?:với|có|sử dụng|gồm|tương ứng|và)\s+(?:tổng số\s+|hơn\s+)?")
OF = regex.compile(r"\s+(?:của|sự)(?!\p{L})")
NEW_AFTER = regex.compile(r"\s*mới(?=\s*(?:$|[,.;)]|và\s))")
AIM = regex.compile(r"(?<!\p{L})(?:chỉ tiêu|mục tiêu|kế hoạch|nghị quyết)(?!\p{L})")
COUNT_HEAD = regex.compile(r"(?<!\p{L})(?:(?:tỷ|tỉ) lệ|số|dân số|người dân|để|cho)(?!\p{L})")
HEAD = regex.compile(r"(?<!\p{L})(?:tỷ|tỉ) lệ(?!\p{L})")
