"""All candidates of a text: numbers with a suffix first, short ones where no other stands, lists that share their parts."""

from __future__ import annotations

import itertools
from bisect import bisect_left

import regex

from extractor.fields.documents.grammar import Candidate, numbers
from extractor.fields.documents.short import short_numbers, subject_numbers
from extractor.models import Reading
from extractor.values import documents as values

_COMMA = regex.compile(r"[ ]?(?:,|;|[ ]?và)[ ]?")


def candidates(reading: Reading) -> list[Candidate]:
    """All candidates in text order; a short one inside or beside a full one gives way."""
    taken = sorted(numbers(reading), key=lambda c: c.start)
    for finder in (short_numbers, subject_numbers):
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
    _share(reading, out)
    return out


def _share(reading: Reading, found: list[Candidate]) -> None:
    """`Quyết định số 2594 và 2595/QĐ-UBND`: the first number takes the suffix and the second the type of the other."""
    folded = reading.folded
    for left, right in itertools.pairwise(found):
        gap = folded[left.end : right.start]
        if left.short and not right.short and len(gap) < 12 and _COMMA.fullmatch(gap):
            parsed = values.parse(right.number)
            if parsed is not None and (right.type is None or right.type is left.type):
                left.full = f"{left.number}{'/' + str(parsed.year) if parsed.year else ''}{parsed.join}{parsed.suffix}"
                right.type, right.type_name = left.type, left.type_name
