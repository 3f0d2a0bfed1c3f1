"""Relative and lunar dates: `hôm nay`, `sáng mai`, `tuần trước`, `năm ngoái`, `cách đây 5 năm`, `mùng 5 Tết`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extractor.fields.dates_atoms import YEAR, Atom, Kind
from extractor.fields.dates_lexicon import number, row_of, words
from extractor.models import Reading

_END = r"(?![\p{L}\d])"
_COUNTED = regex.compile(
    r"(?<![\p{L}\d])(?:những|nhiều|các|mấy|vài|hàng|hằng|mỗi|từng|số|bao|bao nhiêu"
    r"|\d+|một|hai|ba|bốn|sáu|bảy|tám|chín|mười|trăm|chục)[ ]$"
)


@cache
def _part_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words('part')})(?:[ ]của)?,?[ ]$")


@cache
def _day() -> regex.Pattern[str]:
    anaphor = words("relative", "anaphor")
    return regex.compile(
        rf"\b(?:(?P<day>{words('relative', 'day')})|(?P<ana>"
        rf"(?:ngày[ ])?{anaphor})|(?<=[ ])(?P<p>{words('relative', 'part')})){_END}"
    )


def relative_days(reading: Reading) -> Iterator[Atom]:
    """`hôm nay`, `chiều hôm qua`, `đêm qua`, `sáng mai`, `cùng ngày`, `rạng sáng hôm sau`."""
    text, folded = reading.text, reading.folded
    for m in _day().finditer(folded):
        part = _part_before().search(folded[max(0, m.start() - 18) : m.start()])
        start = m.start() - len(part.group()) if part else m.start()
        if m["p"]:
            if part is None or text[m.start()].isupper() or "," in part.group():
                continue
            if m["p"] == "qua" and folded.startswith((" đêm", " ngày", " đường", " cầu"), m.end()):
                continue
            yield Atom(
                start,
                m.end(),
                "day",
                "relative-day",
                unit="day",
                offset=row_of("relative", m["p"]).offset,
                relative=True,
            )
        elif m["day"]:
            if part is None and _COUNTED.search(folded[max(0, m.start() - 10) : m.start()]):  # "mấy hôm nay"
                continue
            yield Atom(
                start,
                m.end(),
                "day",
                "relative-day",
                unit="day",
                offset=row_of("relative", m["day"]).offset,
                relative=True,
            )
        else:
            quote = m["ana"] if not m["ana"].startswith("ngày ") else m["ana"][5:].lstrip()
            yield Atom(start, m.end(), "anaphor", "anaphor", offset=row_of("relative", quote).offset, relative=True)


@cache
def _period() -> regex.Pattern[str]:
    units = "|".join(words("relative", unit) for unit in ("week", "month", "quarter", "year"))
    return regex.compile(rf"\b(?:{units}|năm mới){_END}(?![ ](?:đó|lại){_END}|[ ]\d{{4}})")


@cache
def _period_before() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?:(?P<part>{words('part')})?[ ]?(?:ngày[ ])?(?P<weekday>{words('weekday')})"
        rf"|(?P<edge>(?:(?:hai[ ]|2[ ])?(?:những[ ])?ngày[ ])?{words('edge')})|(?P<season>{words('season')}))[ ]$"
    )


_POINT = regex.compile(r"[ ](?:khi|lúc|ngày|và[ ]sau)(?!\p{L}|[ ]\d)")


def relative_periods(reading: Reading) -> Iterator[Atom]:
    """`tuần trước`, `cuối tuần qua`, `thứ Hai tuần trước`, `tháng này`, `đầu năm nay`, `năm ngoái`."""
    folded = reading.folded
    for m in _period().finditer(folded):
        quote = " ".join(m.group().split())
        low = max(0, m.start() - 30)
        back = _period_before().search(folded[low : m.start()])
        if folded.startswith("/", m.start() - 1) or (
            quote.endswith((" sau", " trước")) and _POINT.match(folded, m.end())
        ):
            continue  # "40.000 đồng/tháng sau khi trừ"
        if back is None and _COUNTED.search(folded[max(0, m.start() - 10) : m.start()]):
            continue
        start = low + back.start() if back else m.start()
        if back and folded[start] == " ":
            start += 1
        edge = back["edge"] if back else None
        if quote == "năm mới":
            if edge:
                yield Atom(start, m.end(), "year", "edge-year", unit="year", relative=True, edge=edge)
            continue
        row = row_of("relative", quote)
        unit = row.unit or "year"
        weekday = row_of("weekday", back["weekday"]).value if back and back["weekday"] else None
        if unit == "week":
            kind: Kind = "day" if weekday is not None else "weekend" if edge and "cuối" in edge else "week"
            yield Atom(
                start, m.end(), kind, "relative-week", unit="week", offset=row.offset, weekday=weekday, relative=True
            )
            continue
        if weekday is not None or (edge and "ngày" in edge and unit != "month"):
            start, edge = m.start(), None
        kinds: dict[str, Kind] = {"month": "month", "quarter": "quarter", "year": "year"}
        yield Atom(
            start, m.end(), kinds[unit], f"relative-{unit}", unit=unit, offset=row.offset, relative=True, edge=edge
        )


_SCHOOL = regex.compile(r"(?<!\p{L})năm[ ]học[ ](?P<way>trước|này|tới)(?!\p{L}|[ ](?:ngày|tháng|khi|thời|hạn|\d))")


def school_years(reading: Reading) -> Iterator[Atom]:
    """`năm học trước`, `năm học này`: from the school year of the publication date, which begins in August."""
    for m in _SCHOOL.finditer(reading.folded):
        offset = {"này": 0, "tới": 1}.get(m["way"], -1)
        yield Atom(m.start(), m.end(), "school", "relative-school", offset=offset, relative=True)


_EDGE_YEAR = regex.compile(
    r"(?<![\p{L}\d])(?<!tháng[ ]|ngày[ ]|quý[ ]|nửa[ ])(?P<edge>đầu|giữa|cuối)[ ]"
    r"(?P<unit>năm)(?![\p{L}\d]|[ ](?:học|mới|nay|ngoái|trước|sau|tới|qua|vừa|\d))"
)
_TO_DATE = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<from>từ[ ])?đầu[ ]năm(?:[ ](?P<y>{YEAR})|[ ]nay)?[ ](?:đến|tới)[ ]nay{_END}"
)


_EDGE_MONTH = regex.compile(
    r"(?<=(?<!\p{L})(?:hồi|từ|vào|đến|tới|trước|ngay)[ ])(?P<edge>đầu"
    r"|giữa|cuối)[ ]tháng(?![\p{L}\d]|[ ]\d|[ ](?!đến nay|tới nay)\p{L})"
)


def edges(reading: Reading) -> Iterator[Atom]:
    """`hồi đầu năm`, `cuối năm` (of the article's year), `từ đầu năm đến nay`."""
    folded = reading.folded
    in_year, in_month = (
        any(f"{edge} {unit}" in folded for edge in ("đầu", "giữa", "cuối")) for unit in ("năm", "tháng")
    )
    for m in _EDGE_YEAR.finditer(folded) if in_year else ():
        if folded.startswith("lễ ", max(0, m.start() - 3)):
            continue
        yield Atom(m.start(), m.end(), "year", "edge-year", unit="year", relative=True, edge=m["edge"])
    for m in _EDGE_MONTH.finditer(folded) if in_month else ():
        yield Atom(m.start(), m.end(), "month", "edge-month", unit="month", relative=True, edge=m["edge"])
    for m in _TO_DATE.finditer(folded) if in_year else ():
        yield Atom(
            m.start(), m.end(), "year", "year-to-date", year=int(m["y"]) if m["y"] else None, unit="year", relative=True
        )


# "một tuần trước đám cưới", "15 ngày trước và sau Tết": before or after something, not before today.
_NO_POINT = (
    r"(?:ngày|khi|đó|này|lúc|nữa|thời|hạn|hẹn|đám|buổi|kỳ|cuộc|lễ|phiên|trận|tết|và[ ]sau|bầu[ ]cử|thềm|giờ|mùa"
    r"|kể[ ]từ|sinh|phẫu[ ]thuật)"
)


@cache
def _ago() -> regex.Pattern[str]:
    return regex.compile(
        rf"\b(?:cách[ ]đây[ ](?:đúng[ ])?(?P<n>\d{{1,3}}|{words('number')})[ ](?P<unit>ngày|hôm|tuần|tháng|năm){_END}"
        rf"|(?P<unit>ngày|hôm|tuần|tháng|năm)[ ](?P<side>trước|sau)(?P<there>[ ]đó)?{_END}(?![ ]{_NO_POINT}{_END}))"
    )


@cache
def _count() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\d]|\d[.,/])(?P<n>\d{{1,3}}|{words('number')})[ ]$")


_HABIT = regex.compile(r"(?:mỗi|hằng|hàng|các)[ ]$")
_UNITS = {"ngày": "day", "hôm": "day", "tuần": "week", "tháng": "month", "năm": "year"}


def ago(reading: Reading) -> Iterator[Atom]:
    """`cách đây 5 năm`, `3 ngày trước`, `hai ngày sau`."""
    folded = reading.folded
    for m in _ago().finditer(folded):
        start, quote, unit = m.start(), m["n"], _UNITS[m["unit"]]
        if m["side"]:
            back = _count().search(folded[max(0, m.start() - 10) : m.start()])
            if back is None or regex.search(
                r"(?:hơn|gần|trong|hàng|vài|suốt|sau)[ ]$", folded[max(0, start - 18) : start - len(back.group())]
            ):
                continue
            start, quote = m.start() - len(back.group()), back["n"]
        n = number(quote)
        if n is None or n == 0:
            continue
        if m["side"] == "sau" or m["there"]:
            if unit == "day":
                yield Atom(
                    start, m.end(), "anaphor", "days-after", offset=n if m["side"] == "sau" else -n, relative=True
                )
            elif unit == "year" and m["there"] and m["side"] == "trước":  # "cuối năm 2016, … một năm trước đó"
                yield Atom(start, m.end(), "anaphor", "years-before", unit="year", offset=-n, relative=True)
        else:
            yield Atom(start, m.end(), "ago", "ago", unit=unit, offset=-n, relative=True)


@cache
def _weekday() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?P<w>{words('weekday')}){_END}"
        rf"(?:[ ](?P<way>tới|này)|(?=[ ](?P<way>vừa[ ](?:qua|rồi)|tới[ ]đây)))?{_END}"
    )


@cache
def _weekday_before() -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\d])(?:(?P<part>{words('part')})[ ])?(?:ngày[ ]|(?P<hom>hôm)[ ])?$")


_AT = regex.compile(r"(?:^|[\n.,;:(“\"]|(?<!\p{L})(?:vào|đến|tới|từ|trước|sau|và|trong))[ ]?$")


def weekdays(reading: Reading) -> Iterator[Atom]:
    """`sáng thứ Hai`, `chủ nhật này`, `thứ Năm vừa qua`: the nearest such day; a bare weekday recurs and is no date."""
    folded = reading.folded
    if "thứ " not in folded and "nhật" not in folded:
        return
    for m in _weekday().finditer(folded):
        low = max(0, m.start() - 20)
        back = _weekday_before().search(folded[low : m.start()])
        part, hom, start = (back["part"], back["hom"], low + back.start()) if back else (None, None, m.start())
        if (not m["way"] and not part and not hom) or (part and _HABIT.search(folded, max(0, start - 6), start)):
            continue
        if folded.startswith((" thứ", " lần"), m.end()):  # "từ người thứ 2 tới thứ 4"
            continue
        if not part and not hom and m["w"][-1].isdigit() and not _AT.search(folded, max(0, start - 8), start):
            continue  # "đường băng thứ 3 này"
        way = 1 if m["way"] in ("tới", "tới đây") else -1 if m["way"] in ("vừa qua", "vừa rồi") or hom else 0
        yield Atom(
            start,
            m.end(),
            "day",
            "weekday",
            unit="weekday",
            offset=way,
            weekday=row_of("weekday", m["w"]).value,
            relative=True,
        )


@cache
def _lunar() -> regex.Pattern[str]:
    num = words("number")
    return regex.compile(
        rf"(?<![\p{{L}}\d]|\d[.,/\-])(?:ngày[ ])?(?P<d>(?:mùng|mồng)[ ](?:\d{{1,2}}|{num})|rằm|\d{{1,2}})"
        rf"(?:[ ]?[/.\-][ ]?(?P<m>\d{{1,2}})(?=[ ]?\(?(?:âm|lịch|al))|[ ]tháng[ ]"
        rf"(?P<m>\d{{1,2}}|{words('lunar-month')}|{num})|[ ](?P<tet>tết)(?:[ ]nguyên[ ]đán)?)"
        rf"(?P<al>[ ]?(?:\((?:âm[ ]lịch|lịch[ ]âm|al)\)|(?:âm[ ]lịch|lịch[ ]âm|al)))?{_END}"
        rf"(?:[ ](?:năm[ ])?{words('stem')}[ ]{words('branch')}{_END})?(?:[ ](?:năm[ ])?(?P<y>{YEAR}){_END})?"
    )


def lunar_days(reading: Reading) -> Iterator[Atom]:
    """`mùng 5 Tết`, `9.8 lịch âm`, `rằm tháng Giêng`, `30 Tết`."""
    folded = reading.folded
    if not any(word in folded for word in ("âm lịch", "lịch âm", "tết", "rằm", "(al)")):
        return
    for m in _lunar().finditer(folded):
        raw = regex.sub(r"mùng |mồng ", "", m["d"])
        if not (m["tet"] or m["al"] or raw == "rằm"):
            continue
        day = 15 if raw == "rằm" else number(raw)
        month = 1 if m["tet"] else number(m["m"]) if m["m"] else None
        if day is None or month is None:
            continue
        if m["tet"] and day >= 20:  # the last days of the old year: 30 Tết
            month = 12
        part = _part_before().search(folded[max(0, m.start() - 18) : m.start()])
        start = m.start() - len(part.group()) if part else m.start()
        yield Atom(start, m.end(), "lunar", "lunar", year=int(m["y"]) if m["y"] else None, month=month, day=day)


def holidays(reading: Reading) -> Iterator[Atom]:
    """Days that are named without their date: `Ngày BHYT Việt Nam` (1 July)."""
    folded = reading.folded
    if "ngày " not in folded:
        return
    for m in _holiday().finditer(folded):
        row = row_of("holiday", m["h"])
        if row.value and not regex.match(r"[^\n.;]{0,14}\d{1,2}[ ]?[/.\-][ ]?\d{1,2}", folded[m.end() : m.end() + 24]):
            yield Atom(m.start(), m.end(), "holiday", "holiday", month=row.value // 100, day=row.value % 100)


@cache
def _holiday() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\p{{L}})(?P<h>{words('holiday')}){_END}")
