"""Units and hamlets named by a number: "Q.1", "phường 12", "quận VII", "tổ dân phố số 5", "P15, Tân Bình"."""

from __future__ import annotations

import regex

from extractor.fields.places.candidates import SEP, UNIT_LEVELS, WORD, PlaceCandidate, PlaceReader
from extractor.fields.places.rows import TypeRow, template, words
from extractor.gazetteer import key
from extractor.rules.lexica import unit_type
from extractor.values.roman import roman_value

_AFTER_WEAK = template(
    r"\s*(?:[,;.()…\n]|$|{after-number}|[-–]\s*{after-dash}|{and}\s+(?:{after-and}|\d))",
)
_COUNTED = template(r"\s+(?:{time-unit}(?!\s+\d)|{counted-number})(?!\p{L})")
_WARDS = template(r"\s+{commune-word}\s+")
IN_COMMUNE = template(r"\s*[,(\-–]?\s*(?:{of}\s+)?{lower-type}")
_IN_DISTRICT = template(r"\s*[,(\-–]?\s*(?:q\s?\d|{district-word})")
_ROMAN = regex.compile(r"(?P<n>X{0,2}(?:IX|IV|V?I{0,3}))(?![\p{L}\p{N}])")


def roman(reader: PlaceReader, at: int, row: TypeRow) -> tuple[int, str] | None:
    """End and digits of a Roman number after a type word: "quận VII"; a single letter only before its city's word."""
    m = _ROMAN.match(reader.text, at)
    district = (unit_type("urban-district"),)
    if m is None or not m["n"] or row.types not in (district, (unit_type("ward"),)):
        return None
    if len(m["n"]) == 1 and row.types != district and not _IN_DISTRICT.match(reader.folded, m.end()):
        return None
    return m.end(), str(roman_value(m["n"]))


_BEFORE_NAME = regex.compile(rf"{SEP}(?={WORD})")


def _touches(reader: PlaceReader, start: int, at: int) -> bool:
    """Whether an abbreviation other than Q touches its number without a full stop ("P3", "F1": mostly no wards)."""
    return reader.text[start:at].isalpha() and reader.text[start] not in "Qq"


_COMMA = regex.compile(r"\s*[,-]\s*")


def _before_district(reader: PlaceReader, end: int) -> bool:
    """Whether a bare district or city follows a comma: "P15, Tân Bình"."""
    comma = _COMMA.match(reader.text, end)
    if comma is None or comma.end() >= len(reader.text) or not reader.text[comma.end()].isupper():
        return False
    words = reader.words(comma.end())
    count, found = reader.known(words, UNIT_LEVELS[1:2]) if words else (0, [])
    return count > 0 and any(reader.units.children(u.code) for u in found)


def numbered(reader: PlaceReader, start: int, at: int, end: int, digits: str, row: TypeRow) -> PlaceCandidate | None:
    """The hamlet or unit of a number that stands at `[at, end)` after a type word at `start`; None where it counts."""
    if row.level == ("hamlet",):
        return _hamlet(reader, start, at, end, digits, row)
    loose = row.short and (_touches(reader, start, at) or reader.text[start] in "Ff")  # "F1", "F 1" of an epidemic
    if loose and not _IN_DISTRICT.match(reader.folded, end) and not _before_district(reader, end):
        return None
    if "province" in row.level or _COUNTED.match(reader.folded, end):
        return None
    return _number_in_name(reader, start, at, end, row) or _unit(reader, start, at, end, digits, row)


def _hamlet(reader: PlaceReader, start: int, at: int, end: int, digits: str, row: TypeRow) -> PlaceCandidate | None:
    word, folded = reader.folded[start:at].strip(), reader.folded
    if _COUNTED.match(folded, end) or _counts_wards(reader, end):
        return None
    if (row.weak or word in words("hamlet-counted")) and not _AFTER_WEAK.match(folded, end):
        return None
    if word in words("hamlet-numbered") and not IN_COMMUNE.match(folded, end):
        return None
    word = row.types[0] if row.types else reader.text[start:at].strip()
    name = f"{word[:1].upper()}{word[1:]} {digits}"
    return PlaceCandidate(start, end, name, ("hamlet",), row.id, key(name), typed=True)


def _counts_wards(reader: PlaceReader, end: int) -> bool:
    """Whether a number counts the wards after it, none of them named: "khu vực 5 phường ven sông"."""
    wards = _WARDS.match(reader.folded, end)
    return wards is not None and reader.text[wards.end() : wards.end() + 1].islower()


def _number_in_name(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> PlaceCandidate | None:
    """A unit whose name begins with the number: "phường 2 Bảo Lộc"."""
    gap = _BEFORE_NAME.match(reader.text, end)
    if gap is None:
        return None
    run = [(at, end), *reader.words(gap.end())]
    count, found = reader.known(run, row.level)
    if count < 2:
        return None
    end = run[count - 1][1]
    name = reader.text[at:end]
    return PlaceCandidate(start, end, name, row.level, row.id, key(name), found, typed=True, types=row.types)


def _unit(reader: PlaceReader, start: int, at: int, end: int, digits: str, row: TypeRow) -> PlaceCandidate | None:
    found = [u for u in reader.units.named(digits) if u.type in row.types]
    if not reader.text[at].isdigit():  # the lists' own "Phường IV"
        found = found + [u for u in reader.units.named(reader.text[at:end]) if u.type in row.types]
    if not found:
        return None
    name = f"{row.types[0]} {int(digits)}"
    return PlaceCandidate(start, end, name, row.level, row.id, key(digits), found, typed=True, types=row.types)
