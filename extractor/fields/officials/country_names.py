"""Countries in the names of bodies: "Bộ Quốc phòng | Mỹ", and not "Huyện ủy Cẩm | Mỹ"."""

from __future__ import annotations

import regex

from extractor.fields.officials.marks import Forms, Hit
from extractor.fields.officials.rows import lexicon
from extractor.fields.officials.words import forms, template
from extractor.gazetteer.names import is_syllable
from extractor.rules import cache
from extractor.rules.countries import country_rows
from extractor.text import fold

_WORD = regex.compile(r"[\p{L}\p{M}'’\-]+")
HOME = template(r"(?<!\p{L}){home-name}(?!\p{L})")  # "Đại sứ Việt Nam tại Lào", "Hội Hữu nghị Việt - Lào"
_LONGEST = 5  # words of a body's word or head


@cache
def telling() -> Forms:
    """Finds the towns, parts and bodies that tell a country."""
    return Forms(form for row in country_rows() for form in row.tells)


def country_ending(text: str, *, told: bool = False) -> Hit | None:
    """The country that ends a body's name or is the whole of it; with `told`, what tells one counts, too ("Thành phố Seoul")."""
    low = fold(text)
    words = list(_WORD.finditer(text))
    for number, word in enumerate(words):
        hit = lexicon().countries.match(low, word.start()) or (telling().match(low, word.start()) if told else None)
        if hit is None or hit.end() != len(low) or text[hit.start() :].islower():
            continue
        inside = (
            is_syllable(hit.group()) and number > 0 and _goes_on(text, low, words[max(0, number - _LONGEST) : number])
        )
        return None if inside else hit
    return None


def _goes_on(text: str, low: str, before: list[regex.Match[str]]) -> bool:
    """Whether a country of one syllable ends a body's word, or a unit's name: a syllable in capitals that is none stands before."""
    word = (lexicon().words.match(low, first.start()) for first in before)
    if any(hit is not None and hit.end() == len(low) for hit in word):
        return True  # "Bộ Tư Pháp"
    last = before[-1]
    if not last.group()[0].isupper() or not is_syllable(last.group()) or fold(last.group()) in forms("nation-word"):
        return False
    tables = (lexicon().words, lexicon().body_forms, lexicon().abbreviations)
    hits = (table.match(low, word.start()) for word in before for table in tables)
    return not any(hit is not None and hit.end() == last.end() for hit in hits)
