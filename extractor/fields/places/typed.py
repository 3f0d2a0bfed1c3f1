"""Places with a type word: "xã A", "Q.1", "tổ dân phố số 5", and the lists that follow ("các phường: A, B và C")."""

from __future__ import annotations

import regex

from extractor.fields.places.candidates import NUMBER, UNIT_LEVELS, PlaceCandidate, PlaceReader
from extractor.fields.places.numbered import IN_COMMUNE, numbered, roman
from extractor.fields.places.rows import TypeRow, announcers, other_names, short_words, surnames, type_words
from extractor.gazetteer import REFORM, key
from extractor.gazetteer.names import is_syllable

# Between the items of a list: a bracket or a value may stand before the sign ("A (huyện B), C", "A 84,1%, B"), a note's
# number after it ("A,[4] B").
_NEXT = regex.compile(
    r"(?:\s*\([^()\n]{0,60}\)|\s+\p{N}{1,9}(?:[.,]\p{N}{1,3}){0,3}\s?(?:%|\p{Ll}{1,8})?)?"
    r"(\s*[,;]\s*(?:\[\p{N}{1,3}\]\s*)?(?:và\s+|hay\s+|cùng\s+)?|\s+(?:và|hay|hoặc|với|cùng|đến)\s+|\s*[-–&/]\s*)"
)
_PLURAL = regex.compile(r"(?:các|những|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|số|\d{1,3}|nhiều|liên|giữa)\s*$")
_AFTER_ITEM = regex.compile(r"\s*(?:[,;.()…\n]|và\s|$|xã|phường|quận|thị|huyện|tp|-)")
_OF_COMMUNE = regex.compile(r"\s*,?\s*(?:(?:của|thuộc|ở)\s+)?(?:xã|phường|thị trấn)(?!\p{L})")
_LOWER_NEXT = regex.compile(r"\s+[\p{Ll}]")
_SMALL_ENDING = regex.compile(r" [\p{Ll}\p{M}]+(?=\s*[,(]\s*(?:xã|phường|thị trấn))")
_FOREIGN_PARENT = regex.compile(r"\s*[,(]?\s*(?:thuộc\s+)?(?:tỉnh|bang|thủ đô|thành phố|tp\.?|vùng)\s+")
_AFTER_NAME = regex.compile(r"\s*[,.(;)…]|\s+(?:là|có|nằm|thuộc|đã|ở|và)(?!\p{L})")
# After an item of a list of hamlets, which no gazetteer knows.
_AFTER_HAMLET = regex.compile(
    r"\s*(?:[,.(;)…\[\n]|$)|\s+(?:là|có|nằm|thuộc|của|đã|ở|và|bị|với|được|để|trong|nơi|vẫn|đang|còn|sẽ|cũng|đều|không|chưa|phải|chịu|ngập|thì|do|tại|từ|"
    r"sau|mỗi|cách|gần|xã|phường|thị trấn)(?!\p{L})"
)
# The number of a hamlet can bear a letter: "ấp 16B", "tổ 5A".
_HAMLET_NUMBER = regex.compile(r"(\p{N}{1,3}\p{Lu}?)(?![\p{N}\p{L}%]|[.,/:-]\p{N})")
# "văn bản", "phiên bản": the last syllable of another word.
_COMPOUND = regex.compile(
    r"(?<!\p{L})(?:(?:văn|phiên|kịch|tái|xuất|cơ|nhật|ấn|nguyên|biên|căn|tư|mẫu)\s+bản|(?:chăm|săn)\s+sóc|(?:hợp\s+tác|ông|bà|thông\s+tấn)\s+xã|"
    r"hiệu\s+buôn|(?:quân|phân|chiến)\s+khu|quân\s+đội|nông\s+thôn|bán\s+buôn|bà\s+huyện|thức\s+tỉnh|đô\s+thị\s+trấn)$"
)
# "Quận Huyện" of a form, "XÃ HỘI CHỦ NGHĨA" of the state's name, "xã An toàn khu", the street Xã Đàn.
_NO_NAME = regex.compile(r"(?:huyện|quận|xã|phường|thị xã|thị trấn|tỉnh|thành phố|hội chủ|hội|an toàn|đàn)(?!\p{L})")
# "làng (thôn) A", "xã tân Phú": another type word in brackets, a first syllable written small.
_BRACKET = regex.compile(r"\s*\((?:thôn|làng|ấp|bản|buôn|xóm|khóm|khu phố|tổ dân phố|xã|phường|thị trấn)\)(?=\s)")
_SMALL_FIRST = regex.compile(r"[\p{Ll}\p{M}]{2,6} (?=\p{Lu})")
_OFFICE = regex.compile(r"(?:chủ tịch|bí thư|ubnd|hđnd|trưởng|giám đốc|lãnh đạo|công an|đảng ủy|già)\s+$")
_WEAK_HAMLETS = ("làng", "khu dân cư", "bon", "tiểu khu")


def find_typed(reader: PlaceReader) -> None:
    """Add every typed name and the items of its list to the reader."""
    text, folded = reader.text, reader.folded
    pattern, forms = type_words()
    hits = [(m.start(), m.end(), forms[" ".join(m.group().split())]) for m in pattern.finditer(folded)]
    short, short_forms = short_words()
    hits += [(m.start(), m.end(), short_forms[m.group(1).lower()]) for m in short.finditer(text)]
    hits.sort(key=lambda h: (h[0], -h[1]))
    size = len(text)
    for start, end, row in hits:
        if reader.taken[start]:
            continue
        bracket = _BRACKET.match(folded, end)
        end = bracket.end() if bracket else end
        at = end
        if at < size and text[at] == "." and folded[start:end] in ("tp", "t.p"):
            at += 1
        while at < size and at < end + 4 and text[at].isspace() and text[at] != "\n":
            at += 1
        if at < size and text[at] in "\"“'‘":
            at += 1
        if at >= size or _COMPOUND.search(folded, max(0, start - 11), end):
            continue
        if row.level != ("hamlet",) and _NO_NAME.match(folded, at) and not reader.known(reader.words(at), row.level)[0]:
            continue
        if text[at].isupper() or text[at].isdigit():
            _typed_at(reader, start, at, row)
        elif (small := _small_first(reader, start, at, row)) is not None:
            reader.take(small)
            _items(reader, small, row, small.end, plural=False)
        elif row.level != ("hamlet",):
            _announced(reader, start, end, row)
        elif not row.weak:
            _announced_hamlets(reader, start, end, row)


def _typed_at(reader: PlaceReader, start: int, at: int, row: TypeRow) -> None:
    hamlet = row.level == ("hamlet",)
    head = reader.alias(start)
    plural = bool(_PLURAL.search(reader.folded, max(0, start - 12), start))
    if head is not None:
        pass
    elif number := (_HAMLET_NUMBER if hamlet else NUMBER).match(reader.text, at):
        head = numbered(reader, start, at, number.end(1), number.group(1), row)
    elif digits := roman(reader, at, row):
        head = numbered(reader, start, at, *digits, row)
    elif reader.text[at].isupper():
        head = _hamlet(reader, start, at, row) if hamlet else _unit(reader, start, at, row)
    if head is None:
        return
    described = reader.folded[start:at].split()
    if plural and not hamlet and head.start == start and len(described) > 1 and described[0] in row.forms:
        head.start = at  # "hai xã biên giới A, B": what they are like is no part of the first one's name
    reader.take(head)
    _items(reader, head, row, head.end, plural=plural)


def _small_first(reader: PlaceReader, start: int, at: int, row: TypeRow) -> PlaceCandidate | None:
    """A commune or district whose first syllable is written small: "xã tân Phú"."""
    m = _SMALL_FIRST.match(reader.text, at) if row.level in (("commune",), ("district",)) and not row.short else None
    words = reader.words(m.end()) if m is not None else []
    if m is None or not words:
        return None
    spans = [(at, m.end() - 1), *words[:3]]
    count, found = reader.known(spans, row.level)
    if count < 2 or reader.known(words, UNIT_LEVELS)[0] >= count:
        return None
    end = spans[count - 1][1]
    return PlaceCandidate(
        start,
        end,
        reader.text[at:end],
        row.level,
        row.id,
        key(reader.text[at:end]),
        found,
        typed=True,
        types=row.types,
        exact=False,
    )


def _announced(reader: PlaceReader, start: int, end: int, row: TypeRow) -> None:
    """A list that a type word announces from afar: "8 xã gồm: A và B", "các phường: A, B"."""
    if not _PLURAL.search(reader.folded, max(0, start - 12), start):
        return
    sign = announcers().match(reader.folded, end)
    if sign and sign.end() < len(reader.text) and reader.text[sign.end()].isupper() and not reader.taken[sign.end()]:
        words = reader.words(sign.end())
        count, found = reader.known(words, row.level)
        if not count or reader.person(sign.end(), words, count):
            return
        at, stop = sign.end(), words[count - 1][1]
        name = reader.text[at:stop]
        head = PlaceCandidate(at, stop, name, row.level, "list", key(name), found, typed=True, types=row.types)
        reader.take(head)
        _items(reader, head, row, stop, plural=True)


def _announced_hamlets(reader: PlaceReader, start: int, end: int, row: TypeRow) -> None:
    """A list of hamlets after a colon: "chia thành 12 ấp: A, B và C"."""
    if not _PLURAL.search(reader.folded, max(0, start - 12), start):
        return
    sign = announcers().match(reader.folded, end)
    if sign and sign.end() < len(reader.text) and reader.text[sign.end()].isupper() and not reader.taken[sign.end()]:
        head = _hamlet_item(reader, None, sign.end())
        if head is not None and reader.text[head.end : head.end + 1] == ",":
            head.rule = row.id
            reader.take(head)
            _items(reader, head, row, head.end, plural=True)


def _hamlet_item(reader: PlaceReader, head: PlaceCandidate | None, at: int) -> PlaceCandidate | None:
    """An item of a list that a type word in the plural opens ("các thôn A, B và C"): any name that ends there."""
    words = reader.words(at)
    if not words or len(words) > 4 or reader.upper(words[0]):
        return None
    if len(words) > 2 and reader.folded[at : words[0][1]] in surnames():
        return None
    end = words[-1][1]
    if not _AFTER_HAMLET.match(reader.folded, end):
        return None
    name = reader.text[at:end]
    joined = key(name)
    codes = {len(u.code) for u in reader.units.by_key.get(joined, ())}
    last = reader.text[end : end + 1] != "," and reader.folded[max(0, at - 3) : at] != "và "
    if joined in other_names() or 2 in codes or (3 in codes and last):
        return None  # the unit that holds them
    item = PlaceCandidate(at, end, name, ("hamlet",), "list", joined, typed=True)
    item.head = head
    return item


def _unit(reader: PlaceReader, start: int, at: int, row: TypeRow) -> PlaceCandidate | None:
    got = reader.name_at(at, row.level)
    if got is None or (not (got[1] and got[2]) and reader.alias(at) is not None):
        return None
    end, found, exact = got
    name = reader.text[at:end]
    first = reader.folded[at:end].split()[0]
    words = reader.words(at)
    if not found:
        # Provinces and cities are all known; an unknown name after an office is its holder ("Chủ tịch UBND xã Lê Văn A").
        if row.short or "province" in row.level or len(name) < 2 or (name.isupper() and (len(name) < 5 or " " in name)):
            return None
        if any(len(u.code) == 2 for u in reader.known(words, UNIT_LEVELS[:1])[1]):
            return None  # "các huyện miền núi Nghệ An"
        if first in surnames() and name.count(" ") >= 2:
            return None  # the lists know every commune: this one is its officer ("Trưởng phòng Tư pháp huyện Lê Văn A")
        if " " not in name and _LOWER_NEXT.match(reader.text, end):
            return None  # a title before a caption: "quận, huyện Ủng hộ …"
        if first in surnames() and len(words) > 1 and _OFFICE.search(reader.folded, max(0, start - 14), start):
            return None
        if key(name) in other_names() or _foreign(reader, name, end):
            return PlaceCandidate(start, end, name, ("other",), row.id, "", other=True)
    elif row.level != ("province",) and reader.person(at, words, size := len(name.split())):
        held = len(words) - size >= 2 and reader.folded[slice(*words[size])] in surnames()  # place, then its officer
        if not held and _OFFICE.search(reader.folded, max(0, start - 14), start):
            return None
    if row.short and len(row.level) == 1 and " " not in name and not any(u.type in row.types for u in found):
        return None
    if row.id in ("X", "P", "H", "Q") and " " not in name and not name[0].isdigit():
        return None  # initials of a photographer: "X.Thắng"
    return PlaceCandidate(
        start, end, name, row.level, row.id, key(name), found, typed=True, types=row.types, exact=exact
    )


def _foreign(reader: PlaceReader, name: str, end: int) -> bool:
    """Whether an unknown unit lies abroad: its province is unknown too, or its name is no Vietnamese one."""
    parent = _FOREIGN_PARENT.match(reader.folded, end)
    if parent and reader.text[parent.end() : parent.end() + 1].isupper() and reader.alias(parent.end()) is None:
        words = reader.words(parent.end())
        if words and not reader.known(words, UNIT_LEVELS[:2])[0]:
            return True
    return any(not is_syllable(word) for word in name.split()) and parent is None


def _hamlet(reader: PlaceReader, start: int, at: int, row: TypeRow) -> PlaceCandidate | None:
    if reader.text[start].isupper() and reader.known(reader.words(start), UNIT_LEVELS)[0] > 1:
        return None  # the word is part of a unit's name: "Buôn Trấp"
    words = reader.words(at)
    if not words or reader.alias(at) is not None:
        return None
    if reader.text[start].isupper():
        noun, _ = reader.noun(start)
        if noun is not None and noun.id in ("built", "nature"):
            return None  # "cửa khẩu Sóc Giang": the word is part of the name
    if len(words) > 2 and _OFFICE.search(reader.folded, max(0, start - 14), start) and reader.person(at, words, 1):
        return None  # "Trưởng thôn Lê Văn A"
    end = reader.cut(words)
    if len(words) == 1 and (small := _SMALL_ENDING.match(reader.text, end)):
        end = small.end()
    name = reader.text[at:end]
    word = reader.folded[start:at].strip()
    inside = IN_COMMUNE.match(reader.folded, end) is not None
    if row.weak or word in _WEAK_HAMLETS:
        if not inside:
            return None
    elif word == "sóc" and len(words) < 2 and not inside:
        return None
    elif word == "bản" and not inside and (name.isupper() or not _AFTER_NAME.match(reader.folded, end)):
        noun, _ = reader.noun(start)
        if not (reader.text[start].isupper() and noun is not None and noun.effect == "unit") or name.isupper():
            return None
        name = reader.text[start:end]  # "hướng Bản Pho": the word is part of the name
    if name.isupper() and len(words) == 1 and len(name) > 2:
        return None
    if word == "bản" and not all(map(is_syllable, name.split())):
        return None  # "bản Preview"
    return PlaceCandidate(start, end, name, ("hamlet",), row.id, key(name), typed=True)


def _items(reader: PlaceReader, head: PlaceCandidate, row: TypeRow, end: int, *, plural: bool) -> None:
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
    words = reader.words(at)
    if not words or len(words) > 3 or reader.folded[head.end : at] != " và " or head.name[-1:].isdigit():
        return False
    return _OF_COMMUNE.match(reader.folded, words[-1][1]) is not None


def _item(reader: PlaceReader, head: PlaceCandidate, row: TypeRow, at: int, *, sure: bool) -> PlaceCandidate | None:
    text = reader.text
    number = NUMBER.match(text, at)
    if number:
        if not head.name[-1:].isdigit() or not _AFTER_ITEM.match(reader.folded, number.end()):
            return None
        digits = number.group(1)
        found = [u for u in reader.units.named(digits) if u.type in row.types]
        if not found and head.levels != ("hamlet",):
            return None
        name = f"{head.name.rsplit(' ', 1)[0]} {int(digits)}"
        item = PlaceCandidate(
            at, number.end(1), name, head.levels, "list", key(digits), found, typed=True, types=head.types
        )
        item.head = head
        return item
    if not text[at].isupper() or ((alias := reader.alias(at)) is not None and not _popular(reader, alias, head)):
        return None
    if head.levels == ("hamlet",):
        return _hamlet_item(reader, head, at) if sure or _in_same_commune(reader, head, at) else None
    words = reader.words(at)
    count, found = reader.known(words, UNIT_LEVELS) if words else (0, [])
    if not count or not any(u.level in head.levels for u in found) or reader.person(at, words, count):
        return None
    stop = words[count - 1][1]
    name = text[at:stop]
    if name[0].isdigit() or (count == 1 and len(name) < 3):
        return None
    units = [u for u in found if u.level in head.levels] if sure else found
    item = PlaceCandidate(
        at, stop, name, head.levels if sure else UNIT_LEVELS, "list", key(name), units, typed=sure, types=head.types
    )
    item.head = head
    return item
