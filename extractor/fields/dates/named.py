"""Days by name: weekdays (`sáng thứ Hai`, `chủ nhật này`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.relative import END
from extractor.fields.dates.rows import row_of, template, words
from extractor.models import Reading
from extractor.rules import cache


@cache
def _weekday() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    """A weekday with the words after it that choose it, and what may stand before one."""
    way = r"(?:[ ](?P<way>tới|này)|(?=[ ](?P<way>vừa[ ](?:qua|rồi)|tới[ ]đây)))?"
    before = rf"(?<![\p{{L}}\d])(?:(?P<part>{words('part')})[ ])?(?:ngày[ ]|(?P<hom>hôm)[ ])?\Z"
    return regex.compile(rf"(?<![\p{{L}}\d])(?P<w>{words('weekday')}){END}{way}{END}"), regex.compile(before)


_HABIT = template(r"{every}[ ]$")
_AT = template(r"(?:^|[\n.,;:(“\"]|(?<!\p{L}){before-weekday})[ ]?$")
_ORDINAL = template(r"[ ]{after-ordinal}")


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
        if not _is_day(folded, m, start, part, hom):
            continue
        yield Atom(
            start, m.end(), "day", "weekday", unit="weekday", offset=-1 if hom and not m["way"] else _way(m["way"]),
            weekday=row_of("weekday", m["w"]).value, relative=True,
        )  # fmt: skip


def _is_day(folded: str, m: regex.Match[str], start: int, part: str | None, hom: str | None) -> bool:
    """Whether a weekday is one day: with a word that chooses it, and neither a habit nor an ordinal number."""
    if (not m["way"] and not part and not hom) or (part and _HABIT.search(folded, max(0, start - 6), start)):
        return False
    if _ORDINAL.match(folded, m.end()):  # "từ người thứ 2 tới thứ 4"
        return False
    bare_number = not part and not hom and m["w"][-1].isdigit()
    return not bare_number or _AT.search(folded, max(0, start - 8), start) is not None  # "đường băng thứ 3 này"


def _way(word: str | None) -> int:
    """Which of the weekdays: the next, the last, the nearest."""
    return row_of("weekday-way", word).offset if word else 0
