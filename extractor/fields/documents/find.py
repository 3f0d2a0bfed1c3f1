"""All candidates of a text: numbers with a suffix first, short ones where no other stands, lists that share their parts."""

from __future__ import annotations

from bisect import bisect_left

from extractor.fields.documents.grammar import Candidate, numbers
from extractor.fields.documents.lists import left_numbers, share
from extractor.fields.documents.short import coded_numbers, short_numbers, subject_numbers
from extractor.models import Reading


def candidates(reading: Reading) -> list[Candidate]:
    """All candidates in text order; a short one inside or beside a full one gives way."""
    taken = sorted(numbers(reading), key=lambda c: c.start)
    taken = sorted([*taken, *left_numbers(reading, taken)], key=lambda c: c.start)
    for finder in (coded_numbers, short_numbers, subject_numbers):
        starts = [c.start for c in taken]
        free = []
        for short in finder(reading):
            k = bisect_left(starts, short.end)
            if k == 0 or taken[k - 1].end <= short.start:
                free.append(short)
        taken = sorted([*taken, *free], key=lambda c: c.start)
    out: list[Candidate] = []
    for candidate in taken:
        if not out or out[-1].end <= candidate.start:
            out.append(candidate)
    share(reading, out)
    return out
