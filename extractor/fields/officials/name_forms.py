"""What the form of a name tells: whether a person or a place is of this country."""

from __future__ import annotations

from extractor.compiled import compiled
from extractor.fields.officials.role_names import spelt_foreign
from extractor.fields.officials.rows import key, lexicon
from extractor.fields.officials.words import forms, template
from extractor.gazetteer import gazetteer
from extractor.gazetteer.names import is_syllable

_HYPHEN = compiled(r"\p{L}(?=-\p{Ll})")
_PLACE = template(r"(?:^|(?<=[ ]))(?i:{foreign-unit})[ ](?P<name>\p{Lu}[^,(]*)$")
_BARE = compiled(r"\p{Lu}[\p{L}'’\-]*(?: \p{Lu}[\p{L}'’\-]*){0,3}")
_LEAST = 3  # words of a name whose surname no list has, and that Vietnamese syllables make: "Tập Cận Bình"


def native(name: str) -> bool:
    """Whether a name opens with a surname of this country, those of its smaller peoples included."""
    table = lexicon()
    first = key(name).replace("’", "'").split(" ")[0].split("'")[0]
    return len(first) == 1 or first in table.surnames or first in table.rare_surnames


def foreign_name(name: str) -> bool:
    """Whether a person's name is spelt as none of this country is: "John Miller", "Moon Jae-in", "Bun-nhăng Vo-la-chit"."""
    if _HYPHEN.search(name):
        return True
    return not native(name) and spelt_foreign([word for word in name.split() if word.isascii()])


def unlisted_name(name: str) -> bool:
    """Whether a name is foreign by its spelling, or long and opened by no surname of this country: "Tập Cận Bình"."""
    if foreign_name(name):
        return True
    words = key(name).split()
    return len(words) >= _LEAST and not native(name) and not forms("female-name").intersection(words)


def foreign_place(body: str, *, bare: bool) -> bool:
    """Whether a body ends with a unit whose name has a word that is no syllable here: "Thành phố Chicago"; `bare`: it may be but
    the name."""
    found = _PLACE.search(body)
    name = found["name"] if found else body if bare and _BARE.fullmatch(body) else None
    if name is None or name.isupper() or all(is_syllable(word) for word in name.split()):
        return False
    return not gazetteer().named(name)
