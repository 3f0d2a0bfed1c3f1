"""What a body's name says beyond its head: its unit, and what it adds as a slug."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.fields.officials.key_rows import keys
from extractor.fields.officials.words import forms
from extractor.gazetteer import Unit, gazetteer
from extractor.gazetteer.names import syllable
from extractor.rules import cache
from extractor.rules.lexica import unit_words
from extractor.text import fold, unaccent

WORD = regex.compile(r"[\p{L}\p{M}\p{N}'’]+")
_CODE_LENGTHS = {"province": 2, "district": 3, "commune": 5}


def slug_of(text: str) -> str:
    return "-".join(unaccent(w) for w in WORD.findall(fold(text)))


@cache
def _types() -> tuple[tuple[str, ...], ...]:
    """Type words of units, word by word, the longest first."""
    words = [tuple(w.split()) for w in (*unit_words(), *forms("other-unit-word"))]
    return tuple(sorted(words, key=lambda t: (-len(t), t)))


def unit_of(text: str, code: str | None, day: str | None) -> Unit | None:
    """The unit of a code on a day; without a code, or where the body says "tỉnh" and the code is no province's, the only
    one that the type word and the name at the body's end can mean."""
    given = gazetteer().at(code, day) if code else None
    words = WORD.findall(text)
    for size in range(min(5, len(words) - 1), 0, -1):
        name = " ".join(words[-size:])
        kind = _type_before([w.lower() for w in words[:-size]])
        if kind is None or not _named_so(name):
            continue
        levels = _levels(kind)
        if given is not None and (levels != ("province",) or len(given.code) == 2):
            return given
        found = _named(name, levels, day)
        if len(found) == 1:
            return found.pop()
    return given


def _named_so(name: str) -> bool:
    """Whether a capital or a digit opens a name."""
    return name[0].isupper() or name[0].isdigit()


def _type_before(words: list[str]) -> str | None:
    """The type word of a unit that ends some words."""
    return next((" ".join(t) for t in _types() if tuple(words[-len(t) :]) == t), None)


def _levels(kind: str) -> tuple[str, ...]:
    row = unit_words().get(kind)
    return row.levels if row is not None else ()


def _named(name: str, levels: tuple[str, ...], day: str | None) -> set[Unit]:
    """The units of a name on a day, of the level of its type word or of any where that can mean several."""
    length = _CODE_LENGTHS[levels[0]] if levels else 2
    found = {
        u.code: u
        for u in gazetteer().named(name)
        if (day is None or u.valid(day)) and (len(levels) > 1 or len(u.code) == length)
    }
    return set(found.values())


@lru_cache(maxsize=4_096)
def _names(code: str) -> tuple[tuple[str, ...], ...]:
    """Names of a unit in every state and of those above it, as syllable keys, longest first."""
    units = gazetteer()
    out: set[tuple[str, ...]] = set()
    todo = list(units.versions(code))
    while todo:
        state = todo.pop()
        out.add(tuple(syllable(w) for w in WORD.findall(state.name)))
        if state.parent:
            todo += units.versions(state.parent)
    return tuple(sorted(out, key=lambda n: (-len(n), n)))


def topic_of(text: str, unit: Unit | None) -> str:
    """What a body's name says beyond its head, its unit and the nation, as a slug."""
    words = [w for w in WORD.findall(fold(text)) if w]
    if unit is not None:
        for name in _names(unit.code):
            words = _drop(words, name)
    words = _drop_nation(words)
    while words and (size := _type_at_end(words)):
        words = words[:-size]
    return "-".join(unaccent(w) for w in words if w not in forms("key-connective"))


def _type_at_end(words: list[str]) -> int:
    """How many words of a unit's type end some words."""
    size = next((len(t) for t in _types() if tuple(words[-len(t) :]) == t), 0)
    return 0 if size and " ".join(words[:-size]).endswith(tuple(forms("no-unit"))) else size


def bare_unit(text: str) -> bool:
    """Whether a unit's type word without a name ends a text: "Hiệp hội Du lịch | tỉnh"."""
    return _type_at_end(WORD.findall(fold(text))) > 0


def _drop(words: list[str], name: tuple[str, ...]) -> list[str]:
    """Words without the last occurrence of a unit's name and the type word before it."""
    size = len(name)
    folded = [syllable(w) for w in words]
    for at in range(len(words) - size, -1, -1):
        if tuple(folded[at : at + size]) == name:
            before = words[:at]
            return before[: len(before) - _type_at_end(before)] + words[at + size :]
    return words


def _drop_nation(words: list[str]) -> list[str]:
    """Words without the marks of the whole country ("Trung ương", "nước Việt Nam")."""
    text = " ".join(words)
    out, end = [], 0
    for match in WORD.finditer(text):
        if match.start() < end:
            continue
        hit = keys().nation.match(text, match.start())
        if hit is not None:
            end = hit.end()
        else:
            out.append(match.group())
    return out
