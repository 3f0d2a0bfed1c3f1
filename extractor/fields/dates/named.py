"""Days by name: weekdays (`sáng thứ Hai`), lunar days (`mùng 5 Tết`), days with a name of their own (`Ngày BHYT Việt Nam`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import YEAR, Atom
from extractor.fields.dates.relative import END, part_before
from extractor.fields.dates.rows import number, row_of, words
from extractor.models import Reading
from extractor.rules import cache


@cache
def _weekday() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """A weekday with the words after it that choose it, and what may stand before one."""
    way = r"(?:[ ](?P<way>tới|này)|(?=[ ](?P<way>vừa[ ](?:qua|rồi)|tới[ ]đây)))?"
    before = rf"(?<![\p{{L}}\d])(?:(?P<part>{words('part')})[ ])?(?:ngày[ ]|(?P<hom>hôm)[ ])?$"
    return regex.compile(rf"(?<![\p{{L}}\d])(?P<w>{words('weekday')}){END}{way}{END}"), regex.compile(before)


_HABIT = regex.compile(r"(?:mỗi|hằng|hàng|các)[ ]$")
_AT = regex.compile(r"(?:^|[\n.,;:(“\"]|(?<!\p{L})(?:vào|đến|tới|từ|trước|sau|và|trong))[ ]?$")


def weekdays(reading: Reading) -> Iterator[Atom]:
    """`sáng thứ Hai`, `chủ nhật này`, `thứ Năm vừa qua`: the nearest such day; a bare weekday recurs and is no date."""
    folded = reading.folded
    if "thứ " not in folded and "nhật" not in folded:
        return
    weekday, before = _weekday()
    for m in weekday.finditer(folded):
        low = max(0, m.start() - 20)
        back = before.search(folded[low : m.start()])
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
        rf"(?P<al>[ ]?(?:\((?:âm[ ]lịch|lịch[ ]âm|al)\)|(?:âm[ ]lịch|lịch[ ]âm|al)))?{END}"
        rf"(?:[ ](?:năm[ ])?{words('stem')}[ ]{words('branch')}{END})?(?:[ ](?:năm[ ])?(?P<y>{YEAR}){END})?"
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
        part = part_before().search(folded[max(0, m.start() - 18) : m.start()])
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
    return regex.compile(rf"(?<!\p{{L}})(?P<h>{words('holiday')}){END}")
