"""Tables of enrolment written in pipes: the head of a column says what the numbers below it are.

A table counts only when a head, the caption above it or the talk of the article names an insurance programme or its members.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from extractor.compiled import compiled
from extractor.fields.figures.find import Quantity, counted, find_quantities
from extractor.fields.figures.programmes import find_programmes
from extractor.fields.figures.rows import programme_names
from extractor.fields.figures.rules.sentence import PERCENT, Judgement
from extractor.models import Reading
from extractor.numbers import find_numbers
from extractor.records import Unit
from extractor.rules import Row, cache, load_rows

_RULE = regex.compile(r"[\s|:+=-]+")
_BARE = regex.compile(r"\s*[+-]?\d[\d.,]*\s*")
CAPTION = 240  # code points above a table in which its caption may name the programme


class ColumnRow(Row):
    """A row of `patterns/figure_columns.yaml`."""

    indicator: str
    unit: Unit | None = None
    target: bool = False
    strong: bool = False

    def fits(self, q: Quantity) -> bool:
        """Whether the column may hold a number: a share where its head tells of shares, else a count."""
        return self.indicator == "change" or (q.unit in PERCENT) == (self.unit in PERCENT)


@cache
def _columns() -> tuple[tuple[regex.Pattern[str], ColumnRow], ...]:
    return tuple((compiled(row.expression()), row) for row in load_rows("figure_columns.yaml", ColumnRow))


@dataclass(frozen=True, slots=True)
class Column:
    """What one column says: the row of its head (None: nothing) and the programmes that the head names."""

    row: ColumnRow | None
    programmes: tuple[str, ...]

    @property
    def refuses(self) -> bool:
        """Whether the head says that the numbers below it are of something else."""
        return self.row is not None and self.row.indicator == "none"


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of a table, whether a head is of insurance by itself, and the programmes of its caption."""

    columns: tuple[Column, ...]
    strong: bool
    caption: tuple[str, ...]
    rates: bool


class Tables:
    """Tables of an article by the start of their lines."""

    def __init__(self, reading: Reading) -> None:
        self._reading, self._folded = reading, reading.folded
        self._lines: dict[int, tuple[Table, int]] = {}
        if "|" not in reading.text:
            return
        table: Table | None = None
        before = 0
        for line in reading.lines:
            text = reading.folded[line.start : line.end]
            if text.count("|") < 2:
                if text.strip():
                    table, before = None, line.end
                continue
            if _RULE.fullmatch(text):
                continue
            if table is None:
                table = self._head(line.start, line.end, before)
            else:
                self._lines[line.start] = table, line.end

    def _cells(self, start: int, end: int) -> list[tuple[int, int]]:
        out, at = [], start
        if self._folded[start:end].lstrip().startswith("|"):
            at = self._folded.index("|", start, end) + 1
        while at < end:
            stop = self._folded.find("|", at, end)
            stop = end if stop < 0 else stop
            out.append((at, stop))
            at = stop + 1
        return out

    def _head(self, start: int, end: int, above: int) -> Table:
        columns = tuple(self._column(a, b) for a, b in self._cells(start, end))
        rows = [c.row for c in columns if c.row and not c.refuses]
        return Table(
            columns,
            any(r.strong for r in rows) or any(c.programmes for c in columns),
            self._named(max(0, above - CAPTION), above),
            any(r.indicator == "coverage_rate" for r in rows),
        )

    def _column(self, start: int, end: int) -> Column:
        """What the head of a column says."""
        head = self._folded[start:end].strip()
        row = next((row for pattern, row in _columns() if pattern.search(head)), None)
        return Column(row, self._named(start, end))

    def _named(self, start: int, end: int) -> tuple[str, ...]:
        """The programmes named last in a stretch."""
        strong = [p for p in find_programmes(self._folded, start, end) if not p.weak]
        return strong[-1].names if strong else ()

    def read(self, line_start: int, talk: tuple[str, ...]) -> list[Judgement] | None:
        """Readings of a table's line; None where the line is in no table. `talk` are the programmes told before."""
        found = self._lines.get(line_start)
        if found is None:
            return None
        table, end = found
        if not table.strong and not table.caption:
            return []
        cells = zip(table.columns, self._cells(line_start, end), strict=False)
        judged = (self._cell(table, column, cell, talk) for column, cell in cells)
        return [j for j in judged if j is not None]

    def _cell(self, table: Table, column: Column, cell: tuple[int, int], talk: tuple[str, ...]) -> Judgement | None:
        """The reading of a cell; None where its column says nothing or is not of insurance, or it holds no such number."""
        row, programmes = column.row, _programmes(table, column, talk)
        if row is not None and column.refuses:
            self._refuse(row, *cell)
            return None
        if row is None or not programmes or programmes[0] not in programme_names():
            return None
        q = self._quantity(row, *cell)
        if q is None:
            return None
        points = row.indicator == "change" and q.unit == "percent" and table.rates
        share = row.indicator == "participants" and q.unit in PERCENT
        return Judgement(
            q,
            "coverage_rate" if share else row.indicator,
            programmes,
            "percentage_point" if points else q.unit,
            f"table-{row.id}",
            target=row.target,
            carried=True,
            confidence=0.8,
        )

    def _refuse(self, row: ColumnRow, a: int, b: int) -> None:
        """Note that the numbers of a cell are of something else."""
        for number in find_numbers(self._folded, a, b):
            reason = "the column is of something else"
            self._reading.drop(number.start, number.end, "figures", f"table-{row.id}", reason)

    def _quantity(self, row: ColumnRow, a: int, b: int) -> Quantity | None:
        """The number of a cell, with its own unit or that of the column's head."""
        own = find_quantities(self._folded, a, b)
        if own:
            return own[0] if len(own) == 1 and row.fits(own[0]) else None
        if row.unit is None or not _BARE.fullmatch(self._folded, a, b):
            return None
        number = next(iter(find_numbers(self._folded, a, b)), None)
        if number is None:
            return None
        value = number.value if row.unit in PERCENT else counted(number)
        return Quantity(number.start, number.end, number.start, value, row.unit, "eq", "", number)


def _programmes(table: Table, column: Column, talk: tuple[str, ...]) -> tuple[str, ...]:
    """The programmes of a column's numbers: by its head, as cards, by the caption, by the talk before."""
    cards = column.row is not None and column.row.unit == "card"
    return column.programmes or (("BHYT",) if cards else ()) or table.caption or talk
