"""Units in time, as one article sees them: which states count on its day, and who their parents are and were."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from extractor.gazetteer import END, REFORM, Gazetteer, Unit, before

# What a state costs that had ended on the article's day, whose name another unit took over, or that had not begun.
ENDED, REPLACED, ENDED_PROVINCE, FUTURE = -4.0, -10.0, -0.5, -6.0
# The lists are dated up to some months after the decrees, and papers name a unit as soon as it is decided.
SOON, LEAD = -1.0, timedelta(days=120)


class Times:
    """The gazetteer on one day (an ISO string, or None where the article's day is not known)."""

    def __init__(self, units: Gazetteer, day: str | None) -> None:
        self.units, self.day = units, day
        self._soon = (date.fromisoformat(day) + LEAD).isoformat() if day is not None else ""
        self.reformed = day is not None and day >= REFORM
        self._lines: dict[tuple[str, str], tuple[str, ...]] = {}

    def states(self, units: Iterable[Unit]) -> list[Unit]:
        """One state a code: the one in force on the day, else the last that had ended, else the first to come."""
        best: dict[str, Unit] = {}
        for unit in units:
            old = best.get(unit.code)
            if (
                old is None
                or self.cost(unit) > self.cost(old)
                or (self.cost(unit) == self.cost(old) and unit.since > old.since)
            ):
                best[unit.code] = unit
        if len(best) < 2 or not all(len(code) > 2 for code in best):
            return list(best.values())
        # One name under one parent with two codes: the later code, as lists gave it a new one.
        latest: dict[tuple[str, str], Unit] = {}
        for unit in best.values():
            old = latest.get((unit.parent, unit.type))
            if old is None or (self.cost(unit), unit.since) > (self.cost(old), old.since):
                latest[unit.parent, unit.type] = unit
        return list(latest.values())

    def cost(self, unit: Unit) -> float:
        """0 for a state in force on the day, less for one that had ended or had not begun."""
        if self.day is None:
            return 0.0 if unit.since < REFORM else -0.5
        if unit.until <= self.day:
            return ENDED_PROVINCE if len(unit.code) == 2 else ENDED
        if unit.since <= self.day:
            return 0.0
        return SOON if unit.since <= self._soon else FUTURE

    def line(self, unit: Unit) -> tuple[str, ...]:
        """Codes of the parents of a state, of the code's other states under this name, and of what took them over."""
        line = self._lines.get((unit.code, unit.key))
        if line is None:
            above = self._parents(unit)
            if self.reformed or self.day is None:
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
