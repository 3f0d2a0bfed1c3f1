"""Which places stand beside which: a unit and its parent ("xã A, huyện B"), the items of a list, a village abroad."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.compiled import compiled
from extractor.fields.places.candidates import RUN, PlaceCandidate
from extractor.fields.places.rows import countries, template
from extractor.fields.places.time import Times
from extractor.gazetteer import key

# What may stand between a unit and its parent: "xã A, huyện B", "A (B)", "A - B", "A thuộc B", "A của B".
_UP = template(r"\s*(?:[,(\-–/|]\s*)?(?:{inside}\s+)?")
AND = template(r"\s*[,;]\s*|\s+{and}\s+")
_UNKNOWN_PARENTS = compiled(rf"\s*[,(]\s*(?:{RUN.pattern}\s*,\s*){{0,2}}")
_ABOVE = {"hamlet": 0, "commune": 1, "district": 2, "province": 3, "other": -1}


def abroad(candidates: Sequence[PlaceCandidate], text: str) -> None:
    """A hamlet before a unit of another country lies there too, and so do a name that a country in brackets follows and an
    unknown unit before one: "thị xã A, B, Trung Quốc"."""
    for candidate, after in pairwise(candidates):
        gap = text[candidate.end : after.start].strip()
        if after.other and not candidate.other and key(after.name) in countries():
            unknown = candidate.typed and not candidate.units and candidate.levels != ("hamlet",)
            candidate.other = (gap == "(" and not candidate.typed) or (
                unknown and _UNKNOWN_PARENTS.fullmatch(text, candidate.end, after.start) is not None
            )
        if candidate.levels == ("hamlet",) and after.other and after.abroad:
            candidate.other = gap in ("", ",", "(")


def chain(candidates: Sequence[PlaceCandidate], text: str, times: Times) -> None:
    """Fill `above`, `holds` and `stray`: the place named right after that can hold a place; a list has that of its last item."""
    if times.reformed:
        _runs(candidates, text, times)
    for candidate, after in pairwise(candidates):
        if not candidate.run or candidate.run != after.run:
            _beside(candidate, after, text, times)
    for candidate, after in reversed(list(pairwise(candidates))):
        _share_parent(candidate, after, text, times)
    for before, candidate, after in zip(candidates, candidates[1:], candidates[2:], strict=False):
        _in_address(before, candidate, after, text, times)
    _share_in_lists(candidates)
    for candidate in candidates:
        if candidate.above is not None:
            candidate.above.holds.append(candidate)


def stand_together(candidate: PlaceCandidate, after: PlaceCandidate, text: str) -> bool:
    """Whether nothing but the signs and words between a unit and its parent stands between two places."""
    return after.start - candidate.end <= 14 and _UP.fullmatch(text, candidate.end, after.start) is not None


def _share_parent(candidate: PlaceCandidate, after: PlaceCandidate, text: str, times: Times) -> None:
    """A unit joined to the next one of its level lies in that one's parent, where it can."""
    if candidate.above is not None or candidate.head is not None:
        return
    if after.above is None or candidate.levels != after.levels:
        return
    holders = {u.code for u in after.above.units}
    held = any(holders.intersection(times.ancestors(u)) for u in candidate.units)
    if held and AND.fullmatch(text, candidate.end, after.start):
        candidate.above = after.above


def _share_in_lists(candidates: Sequence[PlaceCandidate]) -> None:
    """The head of a list has the parent of its last item that has one, the other items that of the head."""
    for candidate in reversed(candidates):
        head, above = candidate.head, candidate.above
        if head is not None and above is not None and head.above is None and head is not above:
            head.above = above
    for candidate in candidates:
        head = candidate.head
        if head is not None and candidate.above is None and head.above is not candidate:
            candidate.above = head.above


def _beside(candidate: PlaceCandidate, after: PlaceCandidate, text: str, times: Times) -> None:
    """Fill `above` by the place right after, or `stray` where that is a province without such a unit."""
    if not stand_together(candidate, after, text):
        return
    if _same_list(candidate, after) or (times.reformed and _listed(candidate, after, times)):
        return
    gap = text[candidate.end : after.start].strip()
    if _lies_in(candidate, after, gap, times):
        candidate.above = after
    elif candidate.levels != ("hamlet",) and not candidate.typed and gap in (",", "(") and one_province(after):
        # "Đông Đô, Hà Nội": no unit of that province bears the name.
        candidate.stray = not any(len(u.code) == 2 for u in candidate.units)


def _lies_in(candidate: PlaceCandidate, after: PlaceCandidate, gap: str, times: Times) -> bool:
    """Whether a place can lie in the one right after it; a hamlet in anything, in another hamlet where a comma parts them."""
    if candidate.levels != ("hamlet",):
        return _can_hold(after, candidate, times)
    return after.levels != ("hamlet",) or gap in ("", ",")


def _same_list(candidate: PlaceCandidate, after: PlaceCandidate) -> bool:
    head = after.head
    return head is not None and (head is candidate or head is candidate.head) and after.typed


def _can_hold(holder: PlaceCandidate, held: PlaceCandidate, times: Times) -> bool:
    """Whether a place is of a higher level by both type words, or a parent of a unit that the other can be."""
    if holder.typed and held.typed and _ABOVE[holder.levels[0]] > _ABOVE[held.levels[-1]]:
        return True
    codes = {u.code for u in holder.units}
    return any(p in codes for u in held.units for p in times.ancestors(u))


def one_province(candidate: PlaceCandidate) -> bool:
    """Whether a name can be one province and no other unit."""
    return candidate.levels[0] == "province" and [len(c) for c in {u.code for u in candidate.units}] == [2]


def _in_address(
    before: PlaceCandidate, candidate: PlaceCandidate, after: PlaceCandidate, text: str, times: Times
) -> None:
    """A bare name between a smaller and a typed unit of an address is no province but lies in the address's own: the first
    "Hòa Bình" of "Ấp 1, Hòa Bình, thị trấn Hòa Bình, Bạc Liêu"."""
    top = after.above
    if candidate.typed or before.levels != ("hamlet",) or not after.typed or after.levels[0] == "province":
        return
    gaps = text[before.end : candidate.start].strip(), text[candidate.end : after.start].strip()
    if top is None or gaps != (",", ","):
        return
    holders = {u.code for u in top.units if len(u.code) == 2}
    inside = [u for u in candidate.units if holders.intersection(times.ancestors(u))]
    if inside:
        candidate.units, candidate.above = inside, top


def _runs(candidates: Sequence[PlaceCandidate], text: str, times: Times) -> None:
    """Fill `run`: three and more names in a row that all are communes in force of one province are a list of these,
    though some were districts before July 2025 ("Mũi Né, Phú Thủy, Phan Thiết, Tiến Thành")."""
    index = 0
    while index < len(candidates):
        common, stop = _run(candidates, index, text, times)
        run = candidates[index:stop]
        provinces = sum(any(len(u.code) == 2 for u in s.units) for s in run)
        if len(run) > 2 and len(common) == 1 and provinces * 3 <= len(run):
            for candidate in run:
                candidate.run = next(iter(common))
        index = stop


def _run(candidates: Sequence[PlaceCandidate], index: int, text: str, times: Times) -> tuple[set[str], int]:
    """The provinces that the names from `index` on share, and where the names end that share one."""
    common, stop = _wards(candidates[index], times), index + 1
    while common and stop < len(candidates) and AND.fullmatch(text, candidates[stop - 1].end, candidates[stop].start):
        further = common & _wards(candidates[stop], times)
        if not further:
            break
        common, stop = further, stop + 1
    return common, stop


def _wards(candidate: PlaceCandidate, times: Times) -> set[str]:
    """Provinces that have a commune of the name in force; none for a name with a word of another level."""
    if candidate.typed and "commune" not in candidate.levels:
        return set()
    return {
        u.parent
        for u in candidate.units
        if len(u.code) == 5 and len(u.parent) == 2 and times.validity_penalty(u) == 0.0
    }


def _listed(candidate: PlaceCandidate, after: PlaceCandidate, times: Times) -> bool:
    """Whether a list's last item is a unit in force of its level: since July 2025 "phường A, B, C" names no town C."""
    head = after.head
    if head is None or head is not candidate.head or "commune" not in head.levels:
        return False
    return any(len(u.code) == 5 and u.type in head.types and times.validity_penalty(u) == 0.0 for u in after.units)
