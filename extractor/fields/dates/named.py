"""Days by name: weekdays (`sáng thứ Hai`, `chủ nhật này`)."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.relative import END
from extractor.fields.dates.rows import forms, row_of, starts, template
from extractor.models import Reading
from extractor.rules.literals import may_match

# A weekday with the words after it that choose it, and what may stand before one.
_WEEKDAY = template(
    rf"(?<![\p{{L}}\d])(?P<w>{{weekday}}){END}(?:[ ](?P<way>{{weekday-way}})|(?=[ ](?P<way>{{weekday-way-after}})))?{END}"
)
_BEFORE = template(r"(?<![\p{L}\d])(?:(?P<part>{part})[ ])?(?:(?P<hom>{this})[ ]|{day}[ ])?\Z")
_HABIT = template(r"{every}[ ]$")
_AT = template(r"(?:^|[\n.,;:(“\"]|(?<!\p{L}){before-weekday})[ ]?$")
_ORDINAL = template(r"[ ]{after-ordinal}")


def weekdays(reading: Reading) -> Iterator[Atom]:
    """`sáng thứ Hai`, `chủ nhật này`, `thứ Năm vừa qua`: the nearest such day; a bare weekday recurs and is no date."""
    folded = reading.folded
    if not may_match(_WEEKDAY.compiled, reading):
        return
    for m in starts(_WEEKDAY, "weekday").finditer(reading):
        low = max(0, m.start() - 20)
        back = _BEFORE.search(folded[low : m.start()])
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
    if not word:
        return 0
    return row_of("weekday-way" if word in forms("weekday-way") else "weekday-way-after", word).offset
