"""Which places stand beside which: a unit and its parent ("xã A, huyện B"), the items of a list, a village abroad."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from extractor.fields.places.candidates import Spot
from extractor.fields.places.rows import countries
from extractor.fields.places.time import Times
from extractor.gazetteer import key

# What may stand between a unit and its parent: "xã A, huyện B", "A (B)", "A - B", "A thuộc B", "A của B".
_UP = regex.compile(r"\s*(?:[,(\-–/|]\s*)?(?:(?:thuộc|của|ở|tại|nay là|nay thuộc)\s+)?")
AND = regex.compile(r"\s*[,;]\s*|\s+và\s+")
_ABOVE = {"hamlet": 0, "commune": 1, "district": 2, "province": 3, "other": -1}


def abroad(spots: Sequence[Spot], text: str) -> None:
    """A hamlet before a unit of another country lies there too, and so does a name that a country in brackets follows."""
    for spot, after in pairwise(spots):
        if not spot.typed and not spot.other and after.rule == "other" and text[spot.end : after.start].strip() == "(":
            spot.other = key(after.name) in countries()
        if spot.levels == ("hamlet",) and after.other and after.rule in ("huyen", "quan", "xa", "thi-tran"):
            spot.other = text[spot.end : after.start].strip() in ("", ",", "(")


def chain(spots: Sequence[Spot], text: str, times: Times) -> None:
    """Fill `above`, `holds` and `stray`: the place named right after that can hold a place; a list has that of its last item."""
    if times.reformed:
        _runs(spots, text, times)
    for spot, after in pairwise(spots):
        if not spot.run or spot.run != after.run:
            _beside(spot, after, text, times)
    for spot, after in reversed(list(pairwise(spots))):
        if spot.above is None and after.above is not None and spot.head is None and spot.levels == after.levels:
            holders = {u.code for u in after.above.units}
            held = any(holders.intersection(times.line(u)) for u in spot.units)
            if held and AND.fullmatch(text, spot.end, after.start):
                spot.above = after.above
    for before, spot, after in zip(spots, spots[1:], spots[2:], strict=False):
        _in_address(before, spot, after, text, times)
    for spot in reversed(spots):
        head = spot.head
        if head is not None and spot.above is not None and head.above is None and head is not spot.above:
            head.above = spot.above
    for spot in spots:
        head = spot.head
        if head is not None and spot.above is None and head.above is not spot:
            spot.above = head.above
        if spot.above is not None:
            spot.above.holds.append(spot)


def _beside(spot: Spot, after: Spot, text: str, times: Times) -> None:
    if after.start - spot.end > 14 or not _UP.fullmatch(text, spot.end, after.start):
        return
    if after.head is not None and (after.head is spot or after.head is spot.head) and after.typed:
        return
    if times.reformed and _listed(spot, after, times):
        return
    gap = text[spot.end : after.start].strip()
    if spot.levels == ("hamlet",):
        if after.levels != ("hamlet",) or gap in ("", ","):
            spot.above = after
        return
    codes = {u.code for u in after.units}
    higher = after.typed and spot.typed and _ABOVE[after.levels[0]] > _ABOVE[spot.levels[-1]]
    if higher or any(p in codes for u in spot.units for p in times.line(u)):
        spot.above = after
    elif not spot.typed and gap in (",", "(") and after.levels[0] == "province" and [len(c) for c in codes] == [2]:
        # "Đông Đô, Hà Nội": no unit of that province bears the name.
        spot.stray = not any(len(u.code) == 2 for u in spot.units)


def _in_address(before: Spot, spot: Spot, after: Spot, text: str, times: Times) -> None:
    """A bare name between a smaller and a typed unit of an address is no province but lies in the address's own: the first
    "Hòa Bình" of "Ấp 1, Hòa Bình, thị trấn Hòa Bình, Bạc Liêu"."""
    top = after.above
    if spot.typed or not after.typed or top is None or after.levels[0] == "province" or before.levels != ("hamlet",):
        return
    if any(text[a.end : b.start].strip() != "," for a, b in ((before, spot), (spot, after))):
        return
    holders = {u.code for u in top.units if len(u.code) == 2}
    inside = [u for u in spot.units if holders.intersection(times.line(u))]
    if inside:
        spot.units, spot.above = inside, top


def _runs(spots: Sequence[Spot], text: str, times: Times) -> None:
    """Fill `run`: three and more names in a row that all are communes in force of one province are a list of these,
    though some were districts before July 2025 ("Mũi Né, Phú Thủy, Phan Thiết, Tiến Thành")."""
    index = 0
    while index < len(spots):
        common, stop = _wards(spots[index], times), index + 1
        while common and stop < len(spots) and AND.fullmatch(text, spots[stop - 1].end, spots[stop].start):
            further = common & _wards(spots[stop], times)
            if not further:
                break
            common, stop = further, stop + 1
        run = spots[index:stop]
        provinces = sum(any(len(u.code) == 2 for u in s.units) for s in run)
        if len(run) > 2 and len(common) == 1 and provinces * 3 <= len(run):
            for spot in run:
                spot.run = next(iter(common))
        index = stop


def _wards(spot: Spot, times: Times) -> set[str]:
    """Provinces that have a commune of the name in force; none for a name with a word of another level."""
    if spot.typed and "commune" not in spot.levels:
        return set()
    return {u.parent for u in spot.units if len(u.code) == 5 and len(u.parent) == 2 and times.cost(u) == 0.0}


def _listed(spot: Spot, after: Spot, times: Times) -> bool:
    """Whether a list's last item is a unit in force of its level: since July 2025 "phường A, B, C" names no town C."""
    head = after.head
    if head is None or head is not spot.head or "commune" not in head.levels:
        return False
    return any(len(u.code) == 5 and u.type in head.types and times.cost(u) == 0.0 for u in after.units)
