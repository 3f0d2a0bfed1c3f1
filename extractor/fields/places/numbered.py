"""Units and hamlets named by a number: "Q.1", "phường 12", "quận VII", "tổ dân phố số 5", "P15, Tân Bình"."""

from __future__ import annotations

import regex

from extractor.fields.places.candidates import SEP, UNIT_LEVELS, WORD, PlaceCandidate, PlaceReader
from extractor.fields.places.rows import TypeRow
from extractor.gazetteer import key

_AFTER_WEAK = regex.compile(
    r"\s*(?:[,;.()…\n]|$|đường|phường|xã|thị|ấp|thôn|khóm|khu|kp|p\.|[-–]\s*(?:phường|xã|thị|khu|p\.)|và\s+(?:tổ|đội|khu|khối|\d))"
)
_COUNTED = regex.compile(r"\s+(?:(?:năm|tháng|ngày)(?!\s+\d)|lần|tuổi|người|hộ|thành viên|tỷ|triệu)(?!\p{L})")
IN_COMMUNE = regex.compile(r"\s*[,(\-–]?\s*(?:thuộc\s+)?(?:xã|phường|thị trấn|bản|thôn|ấp|p\.|tt\.?|x\.)")
_IN_DISTRICT = regex.compile(r"\s*[,(\-–]?\s*(?:q\.|q\s?\d|quận|tp|thành phố|thị xã|tx|huyện|h\.)")
_ROMAN = regex.compile(r"(?P<n>X{0,2}(?:IX|IV|V?I{0,3}))(?![\p{L}\p{N}])")
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def roman(reader: PlaceReader, at: int, row: TypeRow) -> tuple[int, str] | None:
    """End and digits of a Roman number after a type word: "quận VII"; a single letter only before its city's word."""
    m = _ROMAN.match(reader.text, at)
    if m is None or not m["n"] or row.types not in (("Quận",), ("Phường",)):
        return None
    value, last = 0, 0
    for letter in reversed(m["n"]):
        digit = _ROMAN_DIGITS[letter]
        value, last = value + (digit if digit >= last else -digit), max(last, digit)
    if len(m["n"]) == 1 and row.types != ("Quận",) and not _IN_DISTRICT.match(reader.folded, m.end()):
        return None
    return m.end(), str(value)


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
    if row.level == ("hamlet",):
        word = reader.folded[start:at].strip()
        if _COUNTED.match(reader.folded, end) or (
            word in ("bản", "tiểu khu", "làng", "khu dân cư") and not _AFTER_WEAK.match(reader.folded, end)
        ):
            return None
        if row.weak and not _AFTER_WEAK.match(reader.folded, end):
            return None
        if word in ("tiểu khu", "đội", "khu", "khối", "khu vực", "cụm", "kv") and not IN_COMMUNE.match(
            reader.folded, end
        ):
            return None
        word = row.types[0] if row.types else reader.text[start:at].strip()
        name = f"{word[:1].upper()}{word[1:]} {digits}"
        return PlaceCandidate(start, end, name, ("hamlet",), row.id, key(name), typed=True)
    loose = row.short and (_touches(reader, start, at) or reader.text[start] in "Ff")  # "F1", "F 1" of an epidemic
    if loose and not _IN_DISTRICT.match(reader.folded, end) and not _before_district(reader, end):
        return None
    if row.level == UNIT_LEVELS[:1] or row.level == UNIT_LEVELS[:2] or _COUNTED.match(reader.folded, end):
        return None
    gap = _BEFORE_NAME.match(reader.text, end)
    if gap:
        words = [(at, end), *reader.words(gap.end())]
        count, found = reader.known(words, row.level)
        if count > 1:
            name = reader.text[at : words[count - 1][1]]
            return PlaceCandidate(
                start, words[count - 1][1], name, row.level, row.id, key(name), found, typed=True, types=row.types
            )
    found = [u for u in reader.units.named(digits) if u.type in row.types]
    if not reader.text[at].isdigit():
        found = found + [
            u for u in reader.units.named(reader.text[at:end]) if u.type in row.types
        ]  # the lists' own "Phường IV"
    if not found:
        return None
    name = f"{row.types[0]} {int(digits)}"
    return PlaceCandidate(start, end, name, row.level, row.id, key(digits), found, typed=True, types=row.types)
