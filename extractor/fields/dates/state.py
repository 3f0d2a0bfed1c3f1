"""What the reader of an article's dates knows on the way through the text: today, and the dates mentioned so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from extractor.fields.dates.atoms import Atom
from extractor.fields.dates.join import Expression
from extractor.fields.dates.rows import edge_modifier
from extractor.models import Reading
from extractor.values import dates as values
from extractor.values.dates import Period

FIRST = 2015  # an older year alone is one of birth or of an event long past
BESIDE = 60  # days from an article's last full date within which a day without a year is of the same time
NEAR = 3  # days between the publication date and a "hôm nay" that the text itself dates


@dataclass(slots=True)
class State:
    """What the reader knows while going through the text: today, and the last day, month and explicit year mentioned."""

    today: date | None
    last_day: date | None = None
    planned: date | None = None  # a day to come, and where it is named: only its own sentence's "cùng ngày" means it
    planned_at: int = -1
    last_year: int | None = None
    last_month: tuple[int, int] | None = None
    last_named: int | None = None  # year of the last date that names its own
    last_at: int = -1
    years: dict[tuple[int, int], int] = field(default_factory=dict)  # (month, day) → year already given to it
    cited: date | None = None  # of the document cited last
    told_year: int | None = None  # the year that begins a sentence: "Năm 1980, … trong một đêm tháng 12"
    told_at: int = -1
    only_year: int | None = None  # where the article has no date: the one year it names
    last_full: date | None = None  # and the last full date in it
    unresolved: Period | None = None  # the last day, of an unknown year

    def told(self, reading: Reading, at: int) -> int | None:
        """The year that the sentence around `at` begins with."""
        if self.told_year is None or self.told_at >= at:
            return None
        return self.told_year if self.told_at >= reading.sentence_at(at)[0] else None

    def day_before(self, reading: Reading, at: int) -> date | None:
        """The day that "cùng ngày" at `at` means: a planned one of its own sentence, the last one mentioned, today."""
        planned = self.planned if self.planned_at >= reading.sentence_at(at)[0] else None
        return planned or self.last_day or self.today

    def year_near(self, month: int, day: int | None) -> int | None:
        """The year of a day or month in an article without a date: the one it names, else that of its last full date."""
        if self.only_year is not None or self.last_full is None:
            return self.only_year
        return nearest_year(self.last_full, month, day)


def today_of(reading: Reading, expressions: list[Expression]) -> date | None:
    """The day the text calls today: the publication date, or the day beside "hôm nay" where it is near that."""
    published = reading.published
    if published is None:
        return None
    for x in expressions:
        today = _today_beside(x, published)
        if today is not None and abs((today - published).days) <= NEAR:
            return today
    return published


def _today_beside(expression: Expression, published: date) -> date | None:
    """The day that a date beside "hôm nay" or "hôm qua" makes today."""
    head = expression.head
    if not expression.beside or not head.relative or head.unit != "day":
        return None
    other = expression.beside[0]
    if other.kind != "day" or not other.month or other.day is None:
        return None
    start = values.day(other.year or published.year, other.month, other.day).start
    return start - timedelta(days=head.offset) if start is not None else None


def recent_year(expressions: list[Expression], cited: Callable[[Expression], bool]) -> tuple[int | None, date | None]:
    """What stands in for the publication date where an article has none: its one recent year, and its last full date.

    A report's days without a year lie near the ones it dates in full; the dates of cited documents say nothing of it.
    """
    named = [(a, a.year, x) for x in expressions for a in (*x.atoms, *x.beside) if a.year is not None]
    days = (day for atom, _, x in named if (day := _last_day(atom)) is not None and not cited(x))
    return _one_year([year for _, year, _ in named]), max(days, default=None)


def _one_year(years: list[int]) -> int | None:
    """The year of all, where there are several and it is not long past."""
    return years[0] if len(years) > 1 and len(set(years)) == 1 and years[0] >= FIRST else None


def _last_day(atom: Atom) -> date | None:
    """The last day that an atom with a year says the text knows: the day, the middle of a month, the end of N months."""
    if atom.year is None or atom.year < FIRST or atom.kind not in ("day", "month", "months"):
        return None
    counted = atom.kind == "months" and edge_modifier(atom.edge) != "END"
    month = atom.part if counted else atom.month  # "8 tháng đầu năm 2020": August
    return values.day(atom.year, month, atom.day or (15 if atom.month else 28)).start if month else None


def nearest_year(last: date, month: int, day: int | None) -> int | None:
    """The year that puts a day or month within two months of the article's last full date."""
    for year in (last.year, last.year - 1, last.year + 1):
        if abs((year - last.year) * 365 + (month - last.month) * 30 + (day or 15) - last.day) <= BESIDE:
            return year
    return None
