"""Date expressions to record items."""

from __future__ import annotations

import dataclasses
from typing import Literal

from extractor.blanks import over_single_blanks
from extractor.fields.dates import resolve
from extractor.fields.dates.find import atoms
from extractor.fields.dates.join import Expression, expressions
from extractor.fields.dates.resolve_relative import is_cited
from extractor.fields.dates.rows import edge_modifier, template
from extractor.fields.dates.state import State, recent_year, today_of
from extractor.fields.dates.veto import keep
from extractor.models import Reading
from extractor.records import Date, Provenance

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


def find_dates(reading: Reading) -> list[Date]:
    """All date expressions, resolved against `reading.published`, in text order.

    `provenance.note` is `impossible` (value None), `year-unknown` (value `XXXX-…`, no days) or `anaphoric`.
    """
    return over_single_blanks(_find_dates, reading)


def _modifier(expression: Expression) -> Literal["START", "MID", "END"] | None:
    """The part of the value that the text names: `cuối năm 2018` is the end of 2018, `6 tháng cuối năm` a value of its own."""
    head = expression.head
    if expression.relation == "range" or head.edge is None or head.kind in ("months", "weekend", "day"):
        return None
    return edge_modifier(head.edge)


def _find_dates(reading: Reading) -> list[Date]:
    reading = unwrapped(reading)
    found = [x for x in expressions(reading, atoms(reading)) if keep(x, reading)]
    state = State(today_of(reading, found))
    if state.today is None:
        state.only_year, state.last_full = recent_year(found, lambda x: is_cited(reading, x))
    out: list[Date] = []
    for x in found:
        period = resolve.resolve(x, reading, state)
        end = period.end
        to_now = x.head.form == "to-date" or (
            x.relation == "single" and _TO_NOW.match(reading.folded, x.end) is not None
        )
        if to_now and reading.published and period.start:
            end = max(period.start, reading.published)
        out.append(
            Date(
                start=x.start,
                end=x.end,
                text=reading.text[x.start : x.end],
                value=period.timex,
                modifier=_modifier(x) if period.timex else None,
                start_date=period.start,
                end_date=end,
                provenance=Provenance(
                    layer="rule", rule=x.head.rule, confidence=0.95 if x.head.firm else 0.8, note=period.note
                ),
            )
        )
    return out
