"""The date of a document: after its number ("… ngày 19/5/2014"), or that of the clause that tells of its issue."""

from __future__ import annotations

from datetime import date, timedelta

import regex

from extractor.fields.documents.rows import forms, template
from extractor.models import Reading
from extractor.values import dates

_DAY = (
    r"(?:(?P<d>\d{1,2})[ ]?[/.\-][ ]?(?P<m>\d{1,2})(?:[ ]?[/.\-][ ]?(?P<y>\d{4})(?!\d)|(?![ ]?[/.\-]?\d))"
    r"|(?P<d>\d{1,2})[ ]{month}[ ](?P<m>\d{1,2})(?:[ ]{year}[ ](?P<y>\d{4})(?!\d)|(?![ ]?[/.\-]?\d)))"
)
_AFTER = template(r"(?:[ ]{year}[ ]\d{4})?[ ]?,?[ ]?\(?(?:{signed}[ ])?(?:{into}[ ])?(?P<said>{some-day}[ ])?" + _DAY)
# "… của UBND tỉnh A ngày 3/5/2021": the day stands behind the body, with no other clause between.
_OWNED = template(
    r"[ ]?\)?[ ]{by}[ ](?:(?!{not-in-name}[ ])[\p{L}\-]+[ ]){2,12}(?:{signed}[ ])?(?P<said>{day}[ ])" + _DAY
)
_SAME = template(r"[ ]?\(?(?:{signed}[ ])?{same-day}(?!\p{L})")
# `Ngày 24/11/2025, UBND tỉnh A ban hành` or `… phê duyệt dự án tại`: a day, a clause without another, the word of issuing.
_BEFORE = template(
    r"(?<!\p{L}){day-lead}[ ](?:\()?(?:{day}[ ])?" + _DAY + r"\)?,?[ ]"
    r"(?P<by>[^\d.;:\n()]{0,150}?(?<!\p{L}))(?:{issues-document}(?:[ ]{some})?"
    r"|{rules-in-document}[ ][^\d,.;:\n()]{2,90}?[ ]{in-document})[ ]$"
)
SOON = timedelta(days=3)  # a paper may print on the eve what is signed the day after


def same_day(reading: Reading, previous: int, start: int, end: int) -> bool:
    """Whether `cùng ngày` follows the document `[start, end)`, whose sentence cites another that ends at `previous`."""
    return _SAME.match(reading.folded, end) is not None and not set(reading.folded[previous:start]) & set(".;\n")


def date_of(reading: Reading, start: int, end: int, number_year: int | None) -> str | None:
    """ISO date of the document cited at `[start, end)`; a missing year is the number's, else the last such day."""
    folded = reading.folded
    m = _AFTER.match(folded, end)
    if m is not None and (m["y"] or m["said"]):
        return _iso(m, reading.published, number_year)
    if (m := _OWNED.match(folded, end)) is not None:
        return _iso(m, reading.published, number_year)
    low = max(0, start - 230)
    m = _BEFORE.search(folded, max(low, folded.rfind("\n", low, start) + 1), start)
    if m is None or not forms("rule-lead").isdisjoint(m["by"].split()):
        return None
    return _iso(m, reading.published, number_year)


def _iso(m: regex.Match[str], today: date | None, number_year: int | None) -> str | None:
    month, day = int(m["m"]), int(m["d"])
    year = int(m["y"]) if m["y"] else number_year
    if year is None and today is not None:
        given = dates.day(today.year, month, day).start
        if given is not None:
            year = today.year if given <= today + SOON else today.year - 1
    return dates.day(year, month, day).timex if year is not None else None
