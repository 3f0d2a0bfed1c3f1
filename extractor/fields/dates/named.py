"""Days by name: weekdays (`sáng thứ Hai`, `chủ nhật này`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.relative import END
from extractor.fields.dates.rows import row_of, words
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
