"""What the reader of an article's dates knows on the way through the text: today, and the dates mentioned so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from extractor.fields.dates_join import Expression
from extractor.models import Reading
from extractor.values import dates as values
from extractor.values.dates import Period

FIRST = 2015  # an older year alone is one of birth or of an event long past
NEAR = 3  # days between the publication date and a "hôm nay" that the text itself dates


@dataclass(slots=True)
class State:
    """What the reader knows while going through the text: today, and the last day, month and explicit year mentioned."""

    today: date | None
    last_day: date | None = None
    last_year: int | None = None
    last_month: tuple[int, int] | None = None
    last_at: int = -1
    years: dict[tuple[int, int], int] = field(default_factory=dict)  # (month, day) → year already given to it
    cited: date | None = None  # of the document cited last
    told_year: int | None = None  # the year that begins a sentence: "Năm 1980, … trong một đêm tháng 12"
    told_at: int = -1
    only_year: int | None = None  # where the article has no date: the one year it names
    unresolved: Period | None = None  # the last day, of an unknown year

    def told(self, reading: Reading, at: int) -> int | None:
        """The year that the sentence around `at` begins with."""
        if self.told_year is None or self.told_at >= at:
            return None
        return self.told_year if self.told_at >= reading.sentence_at(at)[0] else None


def today_of(reading: Reading, expressions: list[Expression]) -> date | None:
    """The day the text calls today: the publication date, or the day beside "hôm nay" where it is near that."""
    published = reading.published
    if published is None:
        return None
    for x in expressions:
        if x.beside and x.head.relative and x.head.unit == "day" and x.beside[0].kind == "day" and x.beside[0].month:
            other = x.beside[0]
            if other.day is None or other.month is None:
                continue
            period = values.day(other.year or published.year, other.month, other.day)
            if period.start is not None:
                today = period.start - timedelta(days=x.head.offset)
                if abs((today - published).days) <= NEAR:
                    return today
    return published


def only_year(expressions: list[Expression]) -> int | None:
    """The one recent year that an article without a date names, more than once: its own."""
    named = [a.year for x in expressions for a in (*x.atoms, *x.beside) if a.year]
    return named[0] if len(named) > 1 and len(set(named)) == 1 and named[0] >= FIRST else None
