"""Phrases of place and period of an article, in the text's own words, with the code or value they are linked to."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extractor.compiled import compiled
from extractor.models import Reading
from extractor.places import Places
from extractor.records import Date

# "trên địa bàn tỉnh", "toàn huyện", "cả nước", "của tỉnh", "quận vận động": places without a name.
_UNITS = "tỉnh|huyện|thành phố|tp|thị xã|quận|xã|phường|thị trấn|đặc khu"
_BARE = compiled(
    r"(?<!(?:dẫn đầu|đứng đầu|cao nhất|thấp nhất)\s)(?<!\p{L})"
    rf"(?:(?:trên\s+)?(?:địa bàn\s+)?(?:toàn\s+(?:{_UNITS}|quốc|ngành|khu vực|đảo|vùng)"
    r"|cả\s+(?:nước|tỉnh|huyện|xã|thành phố|quận|thị xã|phường|thị trấn))"
    rf"|(?:trên\s+)?địa bàn\s+(?:{_UNITS})|nước ta|(?:tại\s+|trên\s+)?địa bàn(?=\s*,))(?!\p{{L}})"
)
_COUNTED = compiled(
    r"(?<![\d/.,])(?:\d+/)?\d+\s+(?:tổ dân phố|thôn|bản|ấp|khu phố|xã|phường|huyện|trường)"
    r"(?:,\s*(?:phường|thị trấn|thị xã|thành phố))?(?=\s+(?:đạt|có|còn|chưa|đã|vừa|hoàn thành)(?!\p{L}))"
)
_OWN_UNIT = compiled(
    r"(?<=(?:của|ở|tại|trong)\s)(?:tỉnh|huyện|thành phố|thị xã|quận|xã|phường|thị trấn|đặc khu)(?!\p{L}|\s\p{L}+\s+ủy)"
)
# A unit as the subject of what is counted: "…, huyện mới vận động được", "mỗi xã phải có", "các xã, thị trấn tập trung".
_DOES = (
    r"(?=\s+(?:đã|mới|có|còn|vận động|phấn đấu|phát triển|đạt|đặt|quyết tâm|được|sẽ|hiện|đang|cần|phải|đề nghị|chỉ"
    r"|tập trung|tổ chức)(?!\p{L}))"
)
_SUBJECT = compiled(
    r"(?:(?<=[\n.,;:“\"]\s?)|(?<=(?:nay|nói|biết|rằng|và|năm|qua|đây|đó|[\d,]\d)\s)|^)"
    rf"(?<!(?:xã|huyện|phường|thị trấn|thị xã),\s)(?:{_UNITS}){_DOES}"
    rf"|(?<!\p{{L}})mỗi\s+(?:{_UNITS}|thôn|ấp|đại lý(?:\s+thu)?|đơn vị|nhân viên(?:\s+thu)?)"
    r"(?:,\s*(?:phường|thị trấn))*(?!\p{L})"
    rf"|(?<!\p{{L}})các\s+(?:xã|huyện|phường)(?:,\s*(?:phường|thị trấn|thị xã|thành phố))+{_DOES}"
)
# A school or a hospital of its own name is the place of the numbers it gives.
_HOUSE = compiled(
    r"(?<!\p{L})(?:Trường|Bệnh viện|BV)\s(?:(?:Tiểu học|Mầm non|Cao đẳng|Đại học|Trung cấp|Trung học (?:cơ sở|phổ thông)"
    r"|Đa khoa|đa khoa|TH|THCS|THPT|TH&THCS|PTDTBT|PTDTNT|CĐ|ĐH|GDTX)\s){0,3}"
    r"(?:số\s\d+\s|(?:huyện|tỉnh|quận|thị xã|thành phố|khu vực|xã)\s)?"
    r"(?:\p{Lu}[\p{L}'’]*|\d+)(?:[\s-](?:\p{Lu}[\p{L}'’]*|\d+))*+"
)
# "được BHXH tỉnh Đắk Lắk giao": who sets the aim, not where it holds
_ASSIGNER = compiled(r"(?<!\p{L})(?:được|do)\s+(?:ubnd|bhxh|hđnd|bảo hiểm xã hội|ủy ban nhân dân)\s+$")
_FORMER = compiled(r"\([^()]{0,50}(?:hợp nhất|sáp nhập|tách ra)(?!\p{L})[^()]*$")  # "(hợp nhất với Thái Bình)"
_ASSIGNS = compiled(r"\s+(?:đã\s+)?giao(?!\p{L})")
_LEAD_IN = compiled(r"(?:trên\s+)?(?:toàn\s+)?(?:địa bàn\s+)?$")
_AND = compiled(r"\s*(?:,|,?\s+và)\s+(?:các\s+)?")
_DETAIL = compiled(r"(?<!\p{L})(?:ở|tại|như|thuộc|trú)\s+(?:các\s+|một số\s+|những\s+)?$")
_COUNT = compiled(r"\d[\d.,]*\s*(?:%|triệu|nghìn|người|lao động|hộ|thẻ|học sinh)")
_OWN_NUMBER = compiled(
    r"(?:\s*\(|:|\s+(?:với|đạt|có|là|còn|mới|chỉ|cùng|cũng|đứng đầu|dẫn đầu|được giao))*\s*(?:trên\s+|dưới\s+)?\d[\d.,]*\s*%"
)

_NOW = compiled(
    r"(?<!\p{L})(?:(?:tính\s+)?(?:từ đầu năm\s+)?đến (?:nay|thời điểm này|thời điểm hiện nay|thời điểm hiện tại)"
    r"|hiện nay|hiện tại|(?<!(?:thực|thể|phát|xuất|biểu|tái)\s)hiện(?!\s+(?:đại|tượng|hành|trạng|thực)(?!\p{L})))(?!\p{L})"
)
# Times that no calendar day stands for: "lúc ấy", "mỗi tháng", "sau 3 tháng".
_SOME = r"(?:\d+|nửa|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
_VAGUE = compiled(
    r"(?<!\p{L})(?:lúc (?:ấy|đó|bấy giờ)|(?<!trong\s)khi (?:ấy|đó)|thời điểm (?:đó|ấy)|mỗi (?:tháng|năm|quý|ngày|tuần)"
    rf"|(?<!(?:kế hoạch|chỉ tiêu|giao)\s)cả năm|(?:sau\s+)?{_SOME}\s+(?:tháng|tuần|ngày)\s+(?:qua|vừa qua|cuối năm|đầu năm)"
    rf"|sau\s+(?:hơn\s+|gần\s+)?{_SOME}\s+(?:tháng|tuần|ngày)(?:\s+(?:phát động|ra quân|vận động|triển khai|thực hiện))?"
    r"|tuần trước|tháng trước|(?<!(?:so|với|kỳ|điểm)\s)(?<!\d\s)năm (?:học )?(?:trước|ngoái)"
    r"|(?<=(?:kết quả|thực hiện|ước|lũy kế|luỹ kế|trong)\s)\d{1,2} tháng(?!\s+(?:đầu|cuối|qua|vừa|kể|liên|tới))"
    r"|từ đầu năm(?=\s+\d[\d.]*\s+\p{L})|năm học (?:mới|này)"
    r"|trong buổi (?:sáng|chiều)|hồi\s+(?:còn|ấy|đó)(?:\s+\p{L}+)?"
    r"|trong năm(?=\s*[,.:;]))(?!\p{L})"
)
_MONTHS = compiled(r"\d{1,2} tháng")
_LEAD_DATE = compiled(
    r"(?:(?:ước\s+)?tính\s+đến|ước\s+(?:tính\s+)?đến|đến|trong|so(?:\s+với)?|từ(?:\s+khi(?:\s+\p{L}+){1,3}?(?:\s+vào)?)?)\s+"
    r"(?:hết\s+|cuối\s+|đầu\s+|(?:cùng\s+)?thời điểm\s+(?:này\s+|đó\s+)?|cùng kỳ\s+|giữa\s+|mức\s+)*$"
    r"|(?:gấp|bằng)\s+(?:hơn\s+|gần\s+|khoảng\s+)?[\d.,]+\s*(?:lần|%)\s+(?:so\s+với\s+)?"
    r"(?:cùng kỳ\s+|thời điểm\s+|mức tăng\s+|của\s+)*$"
)
_CAMPAIGN = compiled(
    r"(?<!\p{L})trong\s+(?:tháng cao điểm|đợt cao điểm|đợt ra quân|đợt vận động|chiến dịch|tháng ra quân|tháng vận động|tuần lễ)"
    r"(?!\p{L})(?:[^,.;:()\n]{0,80}?\snăm\s\d{4}(?!\d))?"
)
_BASE = compiled(r"so(?:\s+với)?\s|gấp\s|bằng\s")
# The date of a document, and the year of a plan: they say nothing of when the figure holds.
_OF_DOCUMENT = compiled(r"\d\S*/\S+(?:\s+của\s+[^,.;]{2,40}?)?\s*,?\s*$")
_OF_PLAN = compiled(
    r"(?<!\p{L})(?:kế hoạch|chỉ tiêu|dự toán|nghị quyết|nhiệm vụ)(?:\s+(?!đạt|đến|trong)\p{L}+){0,3}\s+$"
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of place or period `[start, end)` with the code or TIMEX value it is linked to.

    `base`: what is compared with · `weak`: of a document, a plan, a list's member or a detail, never handed on to other sentences ·
    `whole`: a unit without a name, such as "toàn huyện" · `parts`: the members of a list ·
    `own`: a duration, which holds for its own sentence alone.
    """

    start: int
    end: int
    value: str | None
    base: bool = False
    weak: bool = False
    whole: bool = False
    parts: tuple[Phrase, ...] = ()
    own: bool = False


def place_phrases(reading: Reading, places: Places) -> list[Phrase]:
    """Phrases of place in text order."""
    folded = reading.folded
    out: list[Phrase] = []
    lists: dict[int, list[Phrase]] = {}  # members of the phrases that are lists, by their index
    for item in places.locations:
        if item.level == "other":
            continue
        if _FORMER.search(folded, max(0, item.start - 60), item.start):
            continue
        if _ASSIGNS.match(folded, item.end) and _ASSIGNER.search(folded, max(0, item.start - 40), item.start):
            continue
        own = Phrase(item.start, item.end, item.code)
        gap = folded[out[-1].end : item.start] if out else ""
        if out and gap.strip() == "(":  # "huyện Hóc Môn (TP.HCM)"
            continue
        if (
            out and _AND.fullmatch(gap) and not _OWN_NUMBER.match(folded, item.end)
        ):  # "xã A, B và thị trấn C": one phrase
            lists.setdefault(len(out) - 1, [out[-1]]).append(own)
            out[-1] = Phrase(out[-1].start, item.end, out[-1].value)
            continue
        lead = _LEAD_IN.search(folded, max(0, item.start - 20), item.start)
        start = lead.start() if lead and "địa bàn" in lead.group() else item.start
        out.append(replace(own, start=start))
    out = [replace(p, weak=_aside(reading, p), parts=tuple(lists.get(k, ()))) for k, p in enumerate(out)]
    houses = [Phrase(m.start(), m.end(), None) for m in _HOUSE.finditer(reading.text)]
    if houses:
        out = merged(houses, out)
    for pattern in (_BARE, _COUNTED, _OWN_UNIT, _SUBJECT):
        weak = pattern is _COUNTED
        more = [Phrase(m.start(), m.end(), None, weak=weak, whole=not weak) for m in pattern.finditer(folded)]
        more = [replace(p, weak=p.weak or folded.startswith(("mỗi", "các"), p.start)) for p in more]
        out = merged(out, more)
    return [replace(p, value=places.scope(folded[p.start : p.end])) if p.value is None else p for p in out]


def _aside(reading: Reading, p: Phrase) -> bool:
    """Whether a named place has a share of its own, or only says where those counted before live."""
    folded = reading.folded
    if _OWN_NUMBER.match(folded, p.end):
        return True
    start = reading.sentence_at(p.start)[0]
    lead = _DETAIL.search(folded, max(start, p.start - 24), p.start)
    return lead is not None and _COUNT.search(folded, start, lead.start()) is not None


def period_phrases(reading: Reading, dates: Sequence[Date]) -> list[Phrase]:
    """Phrases of period in text order."""
    folded = reading.folded
    out: list[Phrase] = []
    for item in sorted(dates, key=lambda d: d.start):
        lead = _LEAD_DATE.search(folded, max(0, item.start - 40), item.start)
        start = lead.start() if lead else item.start
        base = bool(_BASE.match(folded, start))
        if start == item.start and _OF_DOCUMENT.search(folded, max(0, item.start - 60), item.start):
            continue
        weak = base or bool(
            (folded.startswith("từ", start) and folded[max(0, start - 1) : start] == "(")
            or _OF_PLAN.search(folded, max(0, item.start - 40), item.start)
            or "|" in folded[reading.line_at(item.start).start : item.start]
        )
        last = out[-1] if out else None
        if last and not last.weak and not weak and _joined(folded, last, start):
            whole = f"{last.value}/{item.value}" if last.value and item.value else None
            out[-1] = Phrase(last.start, item.end, whole)
            continue
        out.append(Phrase(start, item.end, item.value, base, weak))
    published = reading.published.isoformat() if reading.published else None
    starts = [p.start for p in out]
    for match in reversed(list(_CAMPAIGN.finditer(folded))):  # from the end, so that the offsets before stay
        a, b = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        inside = out[a:b]
        final = inside[-1] if inside else None
        campaign = Phrase(match.start(), max(match.end(), final.end if final else 0), final.value if final else None)
        out[a:b], starts[a:b] = [campaign], [campaign.start]
    out = merged(out, [Phrase(m.start(), m.end(), published) for m in _NOW.finditer(folded)])
    vague = [
        Phrase(m.start(), m.end(), None, own=_MONTHS.fullmatch(m.group()) is not None) for m in _VAGUE.finditer(folded)
    ]
    return merged(out, vague)


def _joined(folded: str, last: Phrase, start: int) -> bool:
    """Whether two dates are one period: "trong tháng 5 và tháng 6", "từ ngày 2/4, sau khi …, đến 25/6"."""
    gap = folded[last.end : start]
    open_range = folded.startswith("từ ", last.start) and folded.startswith("đến ", start)
    return "\n" not in gap and (gap == " và " or (open_range and len(gap) < 40))


def merged(kept: list[Phrase], more: list[Phrase]) -> list[Phrase]:
    """Both lists in text order, phrases of `more` that touch one of `kept` left out."""
    out, k = [], 0
    for phrase in more:
        while k < len(kept) and kept[k].end <= phrase.start:
            k += 1
        if k == len(kept) or kept[k].start >= phrase.end:
            out.append(phrase)
    return sorted(kept + out, key=lambda p: p.start)
