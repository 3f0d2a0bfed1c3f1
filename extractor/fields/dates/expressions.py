"""Date expressions to record items."""

from __future__ import annotations

import dataclasses
from functools import lru_cache
from typing import Literal

from extractor.fields.base import without_tabs
from extractor.fields.dates import resolve
from extractor.fields.dates.find import atoms
from extractor.fields.dates.join import Expression, expressions
from extractor.fields.dates.resolve_relative import is_cited
from extractor.fields.dates.rows import edge_modifier, template
from extractor.fields.dates.state import State, recent_year, today_of
from extractor.fields.dates.veto import keep
from extractor.models import Reading
from extractor.records import Date, Provenance
from extractor.values.dates import IMPOSSIBLE, YEAR_UNKNOWN, Period

# A date broken over two lines of hard-wrapped text: "ngày 01 tháng 4\nnăm 2025".
_BROKEN = template(
    r"\n(?<=(?:{day}(?:[ ]\d{1,2})?|{month}(?:[ ]\d{1,2}(?:[ ]{year})?)?|{quarter}[ ][\divx]{1,3})\n)"
    r"(?={month}[ ]\d{1,2}|{year}[ ]\d{4}|\d{4}(?!\d)|\d{1,2}[ ]{month}[ ]\d{1,2}|\d{1,2},?[ ]{year}[ ]\d{4}"
    r"|\d{1,2}[/.\-]\d{1,2})"
)


# "năm 2009 đến nay" has the value 2009 and runs to the publication date.
_TO_NOW = template(r"[ ](?:{allow}[ ])?{to}[ ](?:{this}[ ])?{now}(?!\p{L})")


def unwrapped(reading: Reading) -> Reading:
    """The reading with a blank for the line breaks inside dates; every offset stays."""
    if _BROKEN.search(reading.folded) is None:
        return reading
    return dataclasses.replace(reading, folded=_BROKEN.sub(" ", reading.folded))


def find_dates(original: Reading) -> list[Date]:
    """All date expressions, resolved against the publication date, in text order.

    `provenance.note` is `impossible` (value None), `year-unknown` (value `XXXX-…`, no days) or `anaphoric`.
    """
    reading = unwrapped(without_tabs(original))
    found = [x for x in expressions(reading, atoms(reading)) if keep(x, reading)]
    state = State(today_of(reading, found))
    if state.today is None:
        state.only_year, state.last_full = recent_year(found, lambda x: is_cited(reading, x))
    return [_date(x, resolve.resolve(x, reading, state), reading, original.text) for x in found]


def _modifier(expression: Expression) -> Literal["START", "MID", "END"] | None:
    """The part of the value that the text names: `cuối năm 2018` is the end of 2018, `6 tháng cuối năm` a value of its own."""
    head = expression.head
    if expression.relation == "range" or head.edge is None or head.kind in ("months", "weekend", "day"):
        return None
    return edge_modifier(head.edge)


def _date(expression: Expression, period: Period, reading: Reading, text: str) -> Date:
    """The record item of an expression and its value; `text` is the article's, where it is quoted."""
    head, end = expression.head, period.end
    if period.note in (IMPOSSIBLE, YEAR_UNKNOWN):
        reading.doubt(expression.start, expression.end, "dates", period.note)
    if reading.published and period.start and _to_now(expression, reading):
        end = max(period.start, reading.published)
    return Date(
        start=expression.start,
        end=expression.end,
        text=text[expression.start : expression.end],
        value=period.timex,
        modifier=_modifier(expression) if period.timex else None,
        start_date=period.start,
        end_date=end,
        provenance=_provenance(head.rule, period.note, firm=head.firm),
    )


@lru_cache(maxsize=512)
def _provenance(rule: str, note: str | None, *, firm: bool) -> Provenance:
    return Provenance(layer="rule", rule=rule, confidence=0.95 if firm else 0.8, note=note)


def _to_now(expression: Expression, reading: Reading) -> bool:
    """Whether a date runs to the publication date."""
    if expression.head.form == "to-date":
        return True
    return expression.relation == "single" and _TO_NOW.match(reading.folded, expression.end) is not None
