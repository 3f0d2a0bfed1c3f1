"""All atoms of a text in order: every finder of the grammar, overlaps resolved to the longest."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extractor.fields.dates import counted, feasts, lunar, months, named, numeric, relative, years
from extractor.fields.dates.atoms import Atom, century
from extractor.fields.dates.lunar import mark_lunar
from extractor.fields.dates.rows import sense
from extractor.models import Reading

FINDERS: tuple[Callable[[Reading], Iterator[Atom]], ...] = (
    numeric.day_pairs,
    numeric.numeric_days,
    numeric.iso_days,
    numeric.bare_days,
    numeric.month_years,
    months.months,
    months.month_counts,
    months.quarters,
    years.years,
    years.cycle_years,
    years.long_periods,
    relative.relative_days,
    relative.relative_periods,
    relative.school_years,
    relative.edges,
    relative.ago,
    relative.days_of_a_month,
    counted.half_ago,
    counted.ahead,
    counted.ordinals,
    named.weekdays,
    lunar.lunar_days,
    feasts.feasts,
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
    for atom in out:
        if atom.short:
            century(atom, reading.published, ahead=_ahead(reading, atom))
    mark_lunar(reading, out)
    return out


def _ahead(reading: Reading, atom: Atom) -> bool:
    """Whether the sentence around a date looks ahead: a plan's year is one to come."""
    begin, stop = reading.sentence_at(atom.start)
    return sense("future").search(reading.folded, max(begin, atom.start - 60), min(stop, atom.end + 30)) is not None
