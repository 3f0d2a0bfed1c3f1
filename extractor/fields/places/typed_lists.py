"""Lists after a type word: "xã A, B và C", "quận 1, 2, 9", "8 xã gồm: A và B", "chia thành 12 ấp: A, B và C"."""

from __future__ import annotations

from extractor.fields.places.candidates import NUMBER, UNIT_LEVELS, PlaceCandidate, PlaceReader
from extractor.fields.places.rows import TypeRow, announcers, other_names, template
from extractor.gazetteer import REFORM, key

# Between the items of a list: a bracket or a value may stand before the sign ("A (huyện B), C", "A 84,1%, B"), a note's
# number after it ("A,[4] B").
_NEXT = template(
    r"(?:\s*\([^()\n]{0,60}\)|\s+\p{N}{1,9}(?:[.,]\p{N}{1,3}){0,3}\s?(?:%|\p{Ll}{1,8})?)?"
    r"(\s*[,;]\s*(?:\[\p{N}{1,3}\]\s*)?(?:{comma}\s+)?|\s+{joint}\s+|\s*[-–&/]\s*)"
)
_PLURAL = template(r"(?:{plural}|{number}|{plural-type}|\d{1,3})\s*$")
_AFTER_ITEM = template(r"\s*(?:[,;.()…\n]|{and}\s|$|{item-type}|-)")
_OF_COMMUNE = template(r"\s*,?\s*(?:{belongs}\s+)?{commune-word}(?!\p{L})")
_AFTER_HAMLET = template(r"\s*(?:[,.(;)…\[\n]|$)|\s+{after-hamlet}(?!\p{L})")
_AND = template(r"[ ]{and}[ ]")
_AFTER_AND = template(r"(?<={and}[ ])")


def is_plural(reader: PlaceReader, start: int) -> bool:
    """Whether a type word stands in the plural: behind a count that is no other name's ("tổ 5 phường A" is one ward)."""
    m = _PLURAL.search(reader.folded, max(0, start - 12), start)
    return m is not None and not reader.taken[m.start()]


def announced(reader: PlaceReader, start: int, end: int, row: TypeRow) -> None:
    """A list that a type word announces from afar: "8 xã gồm: A và B", "các phường: A, B"."""
    if (at := _announced_at(reader, start, end)) is None:
        return
    words = reader.words(at)
    count, found = reader.known(words, row.level)
    if not count or reader.person(at, words, count):
        return
    stop = words[count - 1][1]
    name = reader.text[at:stop]
    head = PlaceCandidate(at, stop, name, row.level, "list", key(name), found, typed=True, types=row.types)
    reader.take(head)
    list_items(reader, head, row, stop, plural=True)


def _announced_at(reader: PlaceReader, start: int, end: int) -> int | None:
    """Where the list begins that a type word in the plural announces, if its first word has a capital and is free."""
    sign = announcers().match(reader.folded, end) if is_plural(reader, start) else None
    at: int = sign.end() if sign is not None else len(reader.text)
    return at if reader.text[at : at + 1].isupper() and not reader.taken[at] else None


def announced_hamlets(reader: PlaceReader, start: int, end: int, row: TypeRow) -> None:
    """A list of hamlets after a colon: "chia thành 12 ấp: A, B và C"."""
    at = _announced_at(reader, start, end)
    head = _hamlet_item(reader, None, at) if at is not None else None
    if head is not None and reader.text[head.end : head.end + 1] == ",":
        head.rule = row.id
        reader.take(head)
        list_items(reader, head, row, head.end, plural=True)


def _hamlet_item(reader: PlaceReader, head: PlaceCandidate | None, at: int) -> PlaceCandidate | None:
    """An item of a list that a type word in the plural opens ("các thôn A, B và C"): any name that ends there."""
    run = reader.words(at)
    if not run or len(run) > 4 or reader.upper(run[0]):
        return None
    if len(run) > 2 and reader.folded[at : run[0][1]] in reader.surnames:
        return None
    end = run[-1][1]
    if not _AFTER_HAMLET.match(reader.folded, end) or _holds_hamlets(reader, at, end):
        return None
    name = reader.text[at:end]
    item = PlaceCandidate(at, end, name, ("hamlet",), "list", key(name), typed=True)
    item.head = head
    return item


def _holds_hamlets(reader: PlaceReader, at: int, end: int) -> bool:
    """Whether a name among hamlets is the unit that holds them: a country's, a province's, a district's at the end."""
    joined = key(reader.text[at:end])
    codes = {len(u.code) for u in reader.units.by_key.get(joined, ())}
    if joined in other_names() or 2 in codes:
        return True
    return 3 in codes and reader.text[end : end + 1] != "," and not _AFTER_AND.match(reader.folded, at)


def list_items(reader: PlaceReader, head: PlaceCandidate, row: TypeRow, end: int, *, plural: bool) -> None:
    """The items that follow the first of a list: "xã A, B và C", "quận 1, 2, 9, Bình Thạnh"."""
    for _ in range(80):
        sep = _NEXT.match(reader.text, end)
        if not sep or "\n" in sep.group() or sep.end() >= len(reader.text) or reader.taken[sep.end()]:
            return
        dash = any(c in sep.group(1) for c in "-–/")
        candidate = _item(reader, head, row, sep.end(), sure=plural and not dash)
        if candidate is None:
            return
        candidate.vote = 3.0 if plural and not dash else 1.0
        reader.take(candidate)
        end = candidate.end


def _popular(reader: PlaceReader, alias: PlaceCandidate, head: PlaceCandidate) -> bool:
    """Whether a province's popular name stands in a list of the wards of 2025: "phường Tân Định, Sài Gòn"."""
    if alias.vote or head.levels != UNIT_LEVELS[2:] or reader.day is None or reader.day < REFORM:
        return False
    return any(
        u.level == "commune" and u.since >= REFORM for u in reader.units.named(reader.text[alias.start : alias.end])
    )


def _in_same_commune(reader: PlaceReader, head: PlaceCandidate, at: int) -> bool:
    """Whether a second name shares the hamlet's word: "thôn A và B của xã C"."""
    run = reader.words(at)
    if not run or len(run) > 3 or not _AND.fullmatch(reader.folded, head.end, at) or head.name[-1:].isdigit():
        return False
    return _OF_COMMUNE.match(reader.folded, run[-1][1]) is not None


def _item(reader: PlaceReader, head: PlaceCandidate, row: TypeRow, at: int, *, sure: bool) -> PlaceCandidate | None:
    if NUMBER.match(reader.text, at):
        return _number_item(reader, head, row, at)
    if not reader.text[at].isupper() or ((alias := reader.alias(at)) is not None and not _popular(reader, alias, head)):
        return None
    if head.levels == ("hamlet",):
        return _hamlet_item(reader, head, at) if sure or _in_same_commune(reader, head, at) else None
    return _named_item(reader, head, at, sure=sure)


def _number_item(reader: PlaceReader, head: PlaceCandidate, row: TypeRow, at: int) -> PlaceCandidate | None:
    """A number in a list that numbers open: "quận 1, 2, 9"."""
    number = NUMBER.match(reader.text, at)
    if number is None or not head.name[-1:].isdigit() or not _AFTER_ITEM.match(reader.folded, number.end()):
        return None
    digits = number.group(1)
    found = [u for u in reader.units.named(digits) if u.type in row.types]
    if not found and head.levels != ("hamlet",):
        return None
    name, end = f"{head.name.rsplit(' ', 1)[0]} {int(digits)}", number.end(1)
    item = PlaceCandidate(at, end, name, head.levels, "list", key(digits), found, typed=True, types=head.types)
    item.head = head
    return item


def _named_item(reader: PlaceReader, head: PlaceCandidate, at: int, *, sure: bool) -> PlaceCandidate | None:
    """A unit of the head's levels in its list."""
    run = reader.words(at)
    count, found = reader.known(run, UNIT_LEVELS)
    fit = [u for u in found if u.level in head.levels]
    if not fit or reader.person(at, run, count):
        return None
    stop = run[count - 1][1]
    name = reader.text[at:stop]
    if name[0].isdigit() or (count == 1 and len(name) < 3):
        return None
    units, levels = (fit, head.levels) if sure else (found, UNIT_LEVELS)
    item = PlaceCandidate(at, stop, name, levels, "list", key(name), units, typed=sure, types=head.types)
    item.head = head
    return item
