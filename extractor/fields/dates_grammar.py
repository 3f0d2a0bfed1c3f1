"""All atoms of a text in order: every finder of the grammar, overlaps resolved to the longest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.fields import dates_months, dates_named, dates_numeric, dates_relative, dates_years
from extractor.fields.dates_atoms import Atom
from extractor.models import Reading

FINDERS: tuple[Callable[[Reading], Iterator[Atom]], ...] = (
    dates_numeric.day_pairs,
    dates_numeric.numeric_days,
    dates_numeric.iso_days,
    dates_numeric.bare_days,
    dates_numeric.month_years,
    dates_months.months,
    dates_months.month_counts,
    dates_months.quarters,
    dates_years.years,
    dates_years.cycle_years,
    dates_years.long_periods,
    dates_relative.relative_days,
    dates_relative.relative_periods,
    dates_relative.school_years,
    dates_relative.edges,
    dates_relative.ago,
    dates_named.weekdays,
    dates_named.lunar_days,
    dates_named.holidays,
)


def atoms(reading: Reading) -> list[Atom]:
    """All atoms in text order; where two overlap the longer stands, of two equals the one that is firmly a date, or
    that knows its month."""
    found = [atom for finder in FINDERS for atom in finder(reading)]
    found.sort(key=lambda a: (a.start, -a.end, not a.firm, a.month is None))
    out: list[Atom] = []
    for atom in found:
        if out and atom.start < out[-1].end:
            if atom.end - atom.start > out[-1].end - out[-1].start:
                out[-1] = atom
            continue
        out.append(atom)
    return out
