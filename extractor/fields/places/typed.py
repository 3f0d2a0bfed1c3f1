"""Places with a type word: "xã A", "Q.1", "tổ dân phố số 5"; the lists that follow are read by `typed_lists`."""

from __future__ import annotations

from collections.abc import Callable

import regex

from extractor.compiled import anchored
from extractor.fields.places.candidates import NUMBER, UNIT_LEVELS, PlaceCandidate, PlaceReader, Words
from extractor.fields.places.numbered import IN_COMMUNE, numbered, roman
from extractor.fields.places.rows import (
    TypeRow,
    other_names,
    short_words,
    tails,
    template,
    type_starts,
    type_words,
    words,
)
from extractor.fields.places.typed_lists import announced, announced_hamlets, is_plural, list_items
from extractor.gazetteer import Unit, key
from extractor.gazetteer.names import is_syllable

_LOWER_NEXT = regex.compile(r"\s+[\p{Ll}]")
_SMALL_ENDING = template(r"[ ][\p{Ll}\p{M}]+(?=\s*[,(]\s*{commune-word})")
_FOREIGN_PARENT = template(r"\s*[,(]?\s*(?:{of}\s+)?{foreign-parent}\s+")
_AFTER_NAME = template(r"\s*[,.(;)…]|\s+{after-name}(?!\p{L})")
# The number of a hamlet can bear a letter: "ấp 16B", "tổ 5A".
_HAMLET_NUMBER = regex.compile(r"(\p{N}{1,3}\p{Lu}?)(?![\p{N}\p{L}%]|[.,/:-]\p{N})")
_COMPOUND = template(r"(?<!\p{L}){half-word}$")
_NO_NAME = template(r"{no-name}(?!\p{L})")
_BRACKET = template(r"\s*\({bracket}\)(?=\s)")
_SMALL_FIRST = anchored(r"[\p{Ll}\p{M}]{2,6}[ ](?=\p{Lu})")
_OFFICE = template(r"{holder}\s+$")


def find_typed(reader: PlaceReader) -> None:
    """Add every typed name and the items of its list to the reader."""
    for start, end, row in _type_words(reader):
        if reader.taken[start]:
            continue
        bracket = _BRACKET.match(reader.folded, end)  # "làng (thôn) A"
        end = bracket.end() if bracket else end
        at = _name_start(reader, start, end)
        if at is not None and not _no_name(reader, start, end, at, row):
            _read_name(reader, start, end, at, row)


def _type_words(reader: PlaceReader) -> list[tuple[int, int, TypeRow]]:
    """The type words of the text in order, a longer one before a shorter at the same place."""
    _, forms = type_words()
    hits = [(m.start(), m.end(), forms[" ".join(m.group().split())]) for m in type_starts().finditer(reader.reading)]
    short, short_forms = short_words()
    hits += [(m.start(), m.end(), short_forms[m.group(1).lower()]) for m in short.finditer(reader.text)]
    hits.sort(key=lambda h: (h[0], -h[1]))
    return hits


def _name_start(reader: PlaceReader, start: int, end: int) -> int | None:
    """Where the name after a type word begins: after a full stop, blanks, a quotation mark; None at the text's end."""
    text, size, at = reader.text, len(reader.text), end
    if at < size and text[at] == "." and reader.folded[start:end] in ("tp", "t.p"):
        at += 1
    while at < size and at < end + 4 and text[at].isspace() and text[at] != "\n":
        at += 1
    if at < size and text[at] in "\"“'‘":
        at += 1
    return at if at < size else None


def _no_name(reader: PlaceReader, start: int, end: int, at: int, row: TypeRow) -> bool:
    """Whether the word is part of another ("văn bản") or what follows names nothing ("Quận Huyện" of a form)."""
    before = reader.folded[max(0, start - 12) : end].replace("\n", " ")  # a line may break within the other word
    if before.endswith(tails("half-word")) and _COMPOUND.search(before, 1 if start >= 12 else 0):
        return True
    if row.level == ("hamlet",) or not _NO_NAME.match(reader.folded, at):
        return False
    return not reader.known(reader.words(at), row.level)[0]


def _read_name(reader: PlaceReader, start: int, end: int, at: int, row: TypeRow) -> None:
    """Add the name at `at` after a type word, with its list; a list announced from afar where none begins there."""
    text = reader.text
    if text[at].isupper() or text[at].isdigit():
        _typed_at(reader, start, at, row)
    elif (small := _small_first(reader, start, at, row)) is not None:
        reader.take(small)
        list_items(reader, small, row, small.end, plural=False)
    elif row.level != ("hamlet",):
        announced(reader, start, end, row)
    elif not row.weak:
        announced_hamlets(reader, start, end, row)


def _typed_at(reader: PlaceReader, start: int, at: int, row: TypeRow) -> None:
    head = _head(reader, start, at, row)
    if head is None:
        return
    plural = is_plural(reader, start)
    described = reader.folded[start:at].split()
    if plural and row.level != ("hamlet",) and head.start == start and len(described) > 1 and described[0] in row.forms:
        head.start = at  # "hai xã biên giới A, B": what they are like is no part of the first one's name
    reader.take(head)
    list_items(reader, head, row, head.end, plural=plural)


def _head(reader: PlaceReader, start: int, at: int, row: TypeRow) -> PlaceCandidate | None:
    """What a type word names: an alias that begins with it, a number in digits or Roman ones, a name."""
    alias = reader.alias(start)
    if alias is not None:
        return alias
    hamlet = row.level == ("hamlet",)
    if number := (_HAMLET_NUMBER if hamlet else NUMBER).match(reader.text, at):
        return numbered(reader, start, at, number.end(1), number.group(1), row)
    if digits := roman(reader, at, row):
        return numbered(reader, start, at, *digits, row)
    if not reader.text[at].isupper():
        return None
    return _hamlet(reader, start, at, row) if hamlet else _unit(reader, start, at, row)


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


def _unit(reader: PlaceReader, start: int, at: int, row: TypeRow) -> PlaceCandidate | None:
    got = reader.name_at(at, row.level)
    if got is None or (not (got[1] and got[2]) and reader.alias(at) is not None):
        return None
    end, found, exact = got
    name = reader.text[at:end]
    if _is_no_unit(reader, start, at, end, row, known=bool(found)):
        return None
    if not found and (key(name) in other_names() or _foreign(reader, name, end)):
        return PlaceCandidate(start, end, name, ("other",), row.id, "", other=True, abroad=row.abroad)
    if " " not in name and _no_short_name(row, name, found):
        return None
    return PlaceCandidate(
        start, end, name, row.level, row.id, key(name), found, typed=True, types=row.types, exact=exact
    )


def _is_no_unit(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow, *, known: bool) -> bool:
    """Whether the name after a type word is something else: an unknown one by what it is, a known one an officer's."""
    if not known:
        return any(rules_out(reader, start, at, end, row) for rules_out in _UNKNOWN)
    return row.level != ("province",) and _holder(reader, start, at, reader.text[at:end])


def _no_short_name(row: TypeRow, name: str, found: list[Unit]) -> bool:
    """Whether one word after an abbreviation is no unit's name: of another type, or a photographer's ("X.Thắng")."""
    if row.short and len(row.level) == 1 and not any(u.type in row.types for u in found):
        return True
    return row.initial and not name[0].isdigit()


def _holder(reader: PlaceReader, start: int, at: int, name: str) -> bool:
    """Whether a unit's name after an office is its holder's: "Chủ tịch xã Lê Văn A"."""
    run, size = reader.words(at), len(name.split())
    if not reader.person(at, run, size):
        return False
    held = len(run) - size >= 2 and reader.folded[slice(*run[size])] in reader.surnames  # place, then its officer
    return not held and _OFFICE.search(reader.folded, max(0, start - 14), start) is not None


def _unlisted(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> bool:
    """Provinces and cities are all known; acronyms and letters are no names."""
    name = reader.text[at:end]
    if row.short or "province" in row.level or len(name) < 2:
        return True
    return name.isupper() and (len(name) < 5 or " " in name)


def _in_province(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> bool:
    """A province follows the plural: "các huyện miền núi Nghệ An"."""
    return any(len(u.code) == 2 for u in reader.known(reader.words(at), UNIT_LEVELS[:1])[1])


def _officer(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> bool:
    """The lists know every commune: this one is its officer ("Trưởng phòng Tư pháp huyện Lê Văn A")."""
    if reader.folded[at:end].split()[0] not in reader.surnames:
        return False
    if reader.text.count(" ", at, end) >= 2:
        return True
    return len(reader.words(at)) > 1 and _OFFICE.search(reader.folded, max(0, start - 14), start) is not None


def _title(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> bool:
    """A title before a caption: "quận, huyện Ủng hộ …"."""
    return " " not in reader.text[at:end] and _LOWER_NEXT.match(reader.text, end) is not None


# What an unknown name after a type word is instead.
_UNKNOWN: tuple[Callable[[PlaceReader, int, int, int, TypeRow], bool], ...] = (
    _unlisted,
    _in_province,
    _officer,
    _title,
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
    run = reader.words(at)
    if not run or reader.alias(at) is not None or _in_longer_name(reader, start, at, run):
        return None
    end = reader.cut(run)
    if len(run) == 1 and (small := _SMALL_ENDING.match(reader.text, end)):
        end = small.end()
    name = _hamlet_name(reader, start, at, end, row)
    if name is None or (name.isupper() and len(run) == 1 and len(name) > 2):
        return None
    return PlaceCandidate(start, end, name, ("hamlet",), row.id, key(name), typed=True)


def _in_longer_name(reader: PlaceReader, start: int, at: int, run: Words) -> bool:
    """Whether a hamlet's word is part of another name: a unit's ("Buôn Trấp"), a gate's ("cửa khẩu Sóc Giang"), an officer's."""
    if reader.text[start].isupper():
        if reader.known(reader.words(start), UNIT_LEVELS)[0] > 1:
            return True
        noun, _ = reader.noun(start)
        if noun is not None and noun.bears_type:
            return True
    officer = len(run) > 2 and _OFFICE.search(reader.folded, max(0, start - 14), start)  # "Trưởng thôn Lê Văn A"
    return bool(officer) and reader.person(at, run, 1)


def _hamlet_name(reader: PlaceReader, start: int, at: int, end: int, row: TypeRow) -> str | None:
    """The name of a hamlet whose word at `start` may have other meanings; None where it has one of these."""
    word, name = reader.folded[start:at].strip(), reader.text[at:end]
    inside = IN_COMMUNE.match(reader.folded, end) is not None
    if row.weak or word in words("hamlet-inside"):
        return name if inside else None
    if word in words("hamlet-long"):
        return name if inside or len(reader.words(at)) > 1 else None
    if word not in words("hamlet-common"):
        return name
    if not inside:
        name = _common_hamlet(reader, start, at, end)
    return name if name and all(map(is_syllable, name.split())) else None  # "bản Preview"


def _common_hamlet(reader: PlaceReader, start: int, at: int, end: int) -> str:
    """The name after a hamlet's word that is a common one too, where no commune follows; empty where it is no name."""
    name = reader.text[at:end]
    if name.isupper():
        return ""
    if _AFTER_NAME.match(reader.folded, end):
        return name
    return reader.text[start:end] if _after_body(reader, start) else ""  # "hướng Bản Pho": the word is part of it


def _after_body(reader: PlaceReader, start: int) -> bool:
    """Whether a hamlet's word in capitals stands after a word that a unit follows."""
    noun, _ = reader.noun(start)
    return reader.text[start].isupper() and noun is not None and noun.effect == "unit"
