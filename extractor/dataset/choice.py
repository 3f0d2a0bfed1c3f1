"""Which rows of a dataset are wanted: programme, indicator, status, place with everything below it, period, publication."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.batch.layout import TABLES
from extractor.batch.tables import PLACED
from extractor.dataset.beside import EXPORTED, Beside
from extractor.dataset.corrected import Readings, apply
from extractor.dataset.source import Rows, parts
from extractor.errors import InputError
from extractor.values.dates import parse

Row = dict[str, Any]
_FIGURES = ("programme", "indicator", "status")
NO_READINGS: Readings = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Choice:
    """Conditions that a row must meet; None is no condition.

    Those on figures choose rows of `figures`; a place chooses rows that lie in one of its units; the other tables keep the
    rows of the articles in which such rows stand. `since` and `until` (inclusive) are days of publication, `first` and `last`
    days of a figure's period: a figure is kept whose days lie between them.
    """

    tables: Sequence[str] = EXPORTED
    programme: str | None = None
    indicator: str | None = None
    status: str | None = None
    places: frozenset[str] | None = None
    first: date | None = None
    last: date | None = None
    since: date | None = None
    until: date | None = None

    def rows(self, rows: Rows) -> Rows:
        """The rows of one part of a dataset that meet the conditions, by table."""
        kept = {r["id"] for r in rows["articles"] if self._published(r)}
        narrowed = _of({name: rows[name] for name in TABLES}, kept)
        if self._on_figures():
            narrowed["figures"] = [r for r in narrowed["figures"] if self._figure(r)]
            kept = _ids(narrowed, ("figures",))
        if self.places is not None:
            narrowed |= {name: [r for r in narrowed[name] if self._inside(r)] for name in PLACED}
            kept = kept if self._on_figures() else _ids(narrowed, PLACED)
        return _of(narrowed, kept)

    def _on_figures(self) -> bool:
        return any(getattr(self, name) is not None for name in (*_FIGURES, "first", "last"))

    def _published(self, row: Row) -> bool:
        if self.since is None and self.until is None:
            return True
        day = _day(row["published"])
        return day is not None and (self.since or day) <= day <= (self.until or day)

    def _figure(self, row: Row) -> bool:
        if any((wanted := getattr(self, name)) is not None and row[name] != wanted for name in _FIGURES):
            return False
        if self.places is not None and not self._inside(row):
            return False
        if self.first is None and self.last is None:
            return True
        start, end = _day(row["start_date"]), _day(row["end_date"])
        return start is not None and end is not None and (self.first or start) <= start and end <= (self.last or end)

    def _inside(self, row: Row) -> bool:
        assert self.places is not None
        codes = {row.get("province_code"), row.get("district_code"), row.get("commune_code"), row.get("place_code")}
        return not self.places.isdisjoint(codes)


def _of(rows: Rows, articles: Set[str]) -> dict[str, list[Row]]:
    """The rows of some articles, by table."""
    return {name: [r for r in table if r["id"] in articles] for name, table in rows.items()}


def _ids(rows: Mapping[str, Sequence[Row]], tables: Iterable[str]) -> set[str]:
    return {r["id"] for name in tables for r in rows[name]}


def _day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def chosen(
    source: Path, choice: Choice, readings: Readings = NO_READINGS, done: list[Row] | None = None
) -> Iterator[Rows]:
    """The wanted rows of a dataset (what `extractor extract -o` wrote), part by part, and last those of the tables beside them.

    A user's corrections (`readings`, by article) are applied before anything is chosen; what each did is added to `done`.
    Raises `InputError` for another path.
    """
    beside = Beside(source)
    nothing: Rows = {name: [] for name in choice.tables}
    for part in parts(source):
        read = part.read()
        effects = apply(read, readings) if readings else []
        if done is not None:
            done += effects
        rows = choice.rows(read)
        beside.see(rows)
        yield nothing | {name: some for name, some in rows.items() if name in choice.tables}
    yield nothing | {name: some for name, some in beside.rows().items() if name in choice.tables}


def table_names(given: str | None) -> tuple[str, ...]:
    """Tables as the user lists them, separated by commas; all without a list. Raises `InputError` for an unknown one."""
    if given is None:
        return EXPORTED
    names = tuple(dict.fromkeys(name.strip() for name in given.split(",") if name.strip()))
    if unknown := [name for name in names or ("",) if name not in EXPORTED]:
        raise InputError(f"--table {unknown[0]}: the tables are {', '.join(EXPORTED)}")
    return names


def period_days(given: str | None) -> tuple[date | None, date | None]:
    """First and last day of a period as the user writes it: 2018, 2018-05, 2018-Q2, 2018-05-08, or A/B from A to B.

    Raises `InputError` for anything else.
    """
    if given is None:
        return None, None
    period = parse(given)
    if period.start is None or period.end is None:
        raise InputError(
            f"--period {given}: write a year, a quarter, a month, a day, or two of them: 2018, 2018-Q2, 2016/2020"
        )
    return period.start, period.end
