"""Units in time, as one article sees them: which states count on its day, and who their parents are and were."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date, timedelta

from extractor.gazetteer import END, REFORM, Gazetteer, Unit, before
from extractor.text import unaccent

# What a state costs that had ended on the article's day, whose name another unit took over, or that had not begun.
ENDED, REPLACED, ENDED_PROVINCE, FUTURE = -4.0, -10.0, -0.5, -6.0
# What they cost where the day is only estimated: the map of one age, but its neighbours are near.
ABOUT = -1.0
FIRST, EVE = "2017-03-01", "2025-06-30"  # the first of the dated lists, the last day of the districts
# The lists are dated up to some months after the decrees, and papers name a unit as soon as it is decided.
SOON, LEAD = -1.0, timedelta(days=120)


def _bare(unit: Unit) -> str:
    """A name's letters without marks and blanks: what two spellings of one name share."""
    return unaccent(unit.name).replace(" ", "").replace("'", "")


def age(named: Iterable[Iterable[Unit]], floor: str | None) -> str | None:
    """The day of the map that fits an article without a date: the one on which most of its names with a type word are in
    force, from `floor` (the youngest full date in the text) on. `named` holds the states each name can mean.

    Of days that fit alike the first after the floor, else the last before July 2025; None where nothing says it.
    """
    names = [tuple(units) for units in named]
    if not names:
        return floor
    alike = _best_days(names, floor)
    if floor is not None:
        return alike[0]
    return max((day for day in alike if day < REFORM), default=alike[0])


def _best_days(names: list[tuple[Unit, ...]], floor: str | None) -> list[str]:
    """The days, in order, on which most names are in force, of those on which one of them begins to be."""
    days = {u.since for units in names for u in units if u.since >= (floor or FIRST)} | {floor or EVE}
    fits = {day: _in_force(names, day) for day in days}
    best = max(fits.values())
    return sorted(day for day, count in fits.items() if count == best)


def _in_force(names: Iterable[tuple[Unit, ...]], day: str) -> int:
    """How many names have a state in force on a day."""
    return sum(any(u.valid(day) for u in units) for units in names)


class Times:
    """The gazetteer on one day (an ISO string, or None where the article's day is not known).

    `sure` is false where the day is only estimated from what the article says (see `age`).
    """

    def __init__(self, units: Gazetteer, day: str | None, *, sure: bool = True) -> None:
        self.units, self.day, self.sure = units, day, sure
        self._soon = (date.fromisoformat(day) + LEAD).isoformat() if day is not None else ""
        self.reformed = day is not None and day >= REFORM
        self.map_may_be_older = self.reformed or not sure or day is None  # than the unit in force
        self._lines: dict[tuple[str, str], tuple[str, ...]] = {}

    def states_on(self, units: Iterable[Unit]) -> list[Unit]:
        """One state a code: the one in force on the day, else the last that had ended, else the first to come."""
        best = self._first_ranked((u for u in units if not self._too_early(u)), lambda unit: unit.code)
        if self.day is not None:
            best = [self._respelt(unit) for unit in best]
        if len(best) < 2 or any(len(unit.code) == 2 for unit in best):
            return best
        # One name under one parent with two codes: the later code, as lists gave it a new one.
        return self._first_ranked(best, lambda unit: (unit.parent, unit.type))

    def _too_early(self, unit: Unit) -> bool:
        """Whether the article is too old for a unit of the map of July 2025."""
        return unit.since >= REFORM and self.sure and self.validity_penalty(unit) <= FUTURE

    def _first_ranked(self, units: Iterable[Unit], kind: Callable[[Unit], Hashable]) -> list[Unit]:
        """The state of the highest rank of each kind, in the order of the kinds."""
        best: dict[Hashable, Unit] = {}
        for unit in units:
            old = best.get(what := kind(unit))
            if old is None or self._rank(unit) > self._rank(old):
                best[what] = unit
        return list(best.values())

    def _rank(self, unit: Unit) -> tuple[float, str]:
        """States of a code in order: the last is the one that the article means."""
        return self.validity_penalty(unit), unit.since

    def _respelt(self, unit: Unit) -> Unit:
        """The state of a code in force on the day that differs from an ended one in spelling alone: "Ealy", now "Ea Ly"."""
        if self.day is None or unit.valid(self.day) or len(unit.code) < 5:
            return unit
        now = self.units.at(unit.code, self.day)
        return now if now is not None and now.valid(self.day) and _bare(now) == _bare(unit) else unit

    def validity_penalty(self, unit: Unit) -> float:
        """0 for a state in force on the day, less for one that had ended or had not begun."""
        if self.day is None:
            return 0.0 if unit.since < REFORM else -0.5
        if not self.sure:
            return 0.0 if unit.valid(self.day) else ABOUT
        if unit.until <= self.day:
            return ENDED_PROVINCE if len(unit.code) == 2 else ENDED
        if unit.since <= self.day:
            return 0.0
        return SOON if unit.since <= self._soon else FUTURE

    def ancestors(self, unit: Unit) -> tuple[str, ...]:
        """Codes of the parents of a state, of the code's other states under this name, and of what took them over."""
        line = self._lines.get((unit.code, unit.key))
        if line is None:
            above = self._parents(unit)
            if self.reformed or self.day is None or not self.sure:
                for state in self.units.versions(unit.code):
                    if state.key == unit.key and state.parent != unit.parent:
                        above += self._parents(state)
            line = self._lines[unit.code, unit.key] = tuple(dict.fromkeys(above))
        return line

    def province_key(self, unit: Unit) -> str:
        """Key of the name of a state's province in its own time."""
        above = self.units.at(self.units.province_of(unit), unit.since if unit.until == END else before(unit.until))
        return above.key if above is not None else ""

    def _parents(self, unit: Unit) -> tuple[str, ...]:
        if not unit.parent:
            return ()
        above = (unit.parent,) if len(unit.parent) == 2 else (unit.parent, self.units.province_of(unit))
        return (*above, *self.units.successors(above[-1])) if self.reformed and unit.until <= REFORM else above
