"""Numbers in a list that share type, year, suffix, date and issuer: `Quyết định số 12, 13, 14/QĐ-UBND ngày …`."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator, Sequence

import regex

from extractor.fields.documents.grammar import Candidate
from extractor.fields.documents.rows import TypeRow, template, type_codes, type_forms
from extractor.models import Reading
from extractor.values import documents as values

_COMMA = template(r"[ ]?(?:,|;|[ ]?{and}|[ ]?&)[ ]?(?:{and}[ ])?(?:{number-word}[ ])?")
_LEFT = template(
    r"(?<![\p{L}\d./,\-])(?:(?P<n>\d{1,5}\p{Ll}?(?:/(?:19|20)\d\d)?)(?:[ ]?,[ ]?{and}[ ]|[ ]?[,;][ ]?|[ ]{and}[ ]|[ ]?&[ ]?)"
    r"(?:{number-word}[ ])?){1,12}$"
)
# The type word or `số` that a list begins with.
_HEAD = template(
    r"(?<!\p{L})(?:(?P<type>{type})(?:[ ]{adjective}){0,2}[ ]?\(?)?(?P<so>(?:{bears}[ ])?{number-word}[ ]?:?[ ])?$"
)


def _type_of(candidate: Candidate) -> TypeRow | None:
    """The type by the word before a number, else by its suffix."""
    if candidate.type is not None and not candidate.type.generic:
        return candidate.type
    parsed = values.parse(candidate.number)
    return type_codes().get(parsed.segments[0].upper()) if parsed is not None and parsed.segments else None


def left_numbers(reading: Reading, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """The numbers before a full one that a type word or `số` stands before: `(số 961, 963, 987/QĐ-UBND)`."""
    folded = reading.folded
    taken = sorted(c.end for c in found)
    for full in found:
        k = bisect_right(taken, full.start)
        before = taken[k - 1] if k else 0
        m = _LEFT.search(folded, max(before, full.start - 110), full.start)
        head = _head_of(folded, before, m.start()) if m is not None else None
        if m is None or head is None:
            continue
        row = type_forms()[" ".join(head["type"].split())] if head["type"] else None
        if not _other_kind(row, _type_of(full)):
            yield from _of_list(m, head.start(), row or full.type, folded)


def _head_of(folded: str, before: int, at: int) -> regex.Match[str] | None:
    """The type word or `số` that a list at `at` begins with, behind `before`."""
    head = _HEAD.search(folded, max(before, at - 50), at)
    return head if head is not None and (head["type"] or head["so"]) else None


def _other_kind(row: TypeRow | None, kind: TypeRow | None) -> bool:
    """Whether a list's word and its last number are of two kinds: "Nghị định 41, 25/QĐ-UBND"."""
    if row is None or kind is None or row.generic:
        return False
    return row is not kind and row.name != kind.name


def _of_list(m: regex.Match[str], begin: int, row: TypeRow | None, folded: str) -> Iterator[Candidate]:
    for k, (start, end) in enumerate(m.spans("n")):
        yield Candidate(
            begin if not k else start, end, folded[start:end], "short-list", row, row.name if row else None, start,
            short=True, listed=True,
        )  # fmt: skip


def share(reading: Reading, found: Sequence[Candidate]) -> None:
    """`Quyết định số 2594 và 2595/QĐ-UBND`: the first number takes the suffix and the second the type of the other."""
    folded = reading.folded
    for right, left in itertools.pairwise(reversed(found)):
        gap = folded[left.end : right.start]
        if not left.short or len(gap) >= 12 or _COMMA.fullmatch(gap) is None:
            continue
        if right.short and right.full is None:
            if right.listed and right.type is left.type:
                left.lender = right.lender or right
        else:
            _lend(right, left)


def _lend(right: Candidate, left: Candidate) -> None:
    """Give the suffix of a list's last number to the one before, and the type of either to the other."""
    parsed = values.parse(right.full or right.number)
    if parsed is None or not _same_kind(_type_of(right), left.type):
        return
    year = f"/{parsed.year}" if parsed.year and "/" not in left.number else ""
    left.full = f"{left.number}{year}{parsed.join}{parsed.suffix}"
    left.lender = right.lender or right
    if left.type is not None and right.type is None:
        right.type, right.type_name = left.type, left.type_name
    elif left.type is None:
        left.type, left.type_name = right.type, right.type_name


def _same_kind(one: TypeRow | None, other: TypeRow | None) -> bool:
    """Whether two types are one, or one of them is not known."""
    return one is None or other is None or one.name == other.name
