"""Spellings of place names to keys: what varies between lists and newspapers is made one, tone and meaning stay.

`key` joins the spellings of one name (Thụy/Thuỵ, Quy/Qui, Đắk/Đăk/Đác, D'Ran/D’Ran, Ia H' Drai, B'lao/Blao).
`loose` also drops every diacritic: for names that were found under no key ("Krông Buk" for "Krông Búk").
"""

from __future__ import annotations

from functools import lru_cache

from extractor.compiled import compiled
from extractor.rules import Row, load_rows
from extractor.text import fold, unaccent

# i and y are one vowel in an open syllable: Lý/Lí, Quy/Qui, Kỳ/Kì, Mỹ/Mĩ (but not after a vowel: "tay" is not "tai").
_Y = str.maketrans("yỳýỷỹỵ", "iìíỉĩị")
_OPEN_Y = compiled(r"(?<=\b(?:[bcdđghklmnprstvx]|th|ph|ch|tr|qu))[yỳýỷỹỵ](?!\p{L})")


class SpellingRow(Row):
    """Spellings of one syllable or word of place names in lists, papers and maps.

    `key`: what stands for all of them in comparisons; without one the row's forms are the abbreviations of `full`.
    """

    key: str | None = None
    full: str | None = None


@lru_cache(maxsize=1)
def _spellings() -> tuple[SpellingRow, ...]:
    return load_rows("spellings.yaml", SpellingRow, base=True)  # keys are compiled into the gazetteer


@lru_cache(maxsize=1)
def _syllables() -> dict[str, str]:
    return {form: row.key for row in _spellings() if row.key for form in row.forms}


@lru_cache(maxsize=1)
def _in_full() -> dict[str, str]:
    return {form: row.full for row in reversed(_spellings()) if row.full for form in row.forms}


def written_out(name: str) -> str | None:
    """A name with the abbreviation before it written out ("NT Sao Vàng"); None where it has none."""
    head, _, rest = name.partition(" ")
    full = _in_full().get(head)
    return f"{full} {rest}" if full and rest else None


_FINAL_K = compiled(r"(?<=\w)k(?= |$)")
_SPLIT = compiled(r"[\s'.,\-]+")


@lru_cache(maxsize=4096)
def syllable(word: str) -> str:
    """Key of one syllable or number as it stands in a text ("Thuỵ", "Đắc", "06")."""
    low = fold(word).replace("'", "")
    if low.isdigit():
        return low.lstrip("0") or "0"
    if low[-1:] in "yỳýỷỹỵ":
        low = _OPEN_Y.sub(lambda m: m.group().translate(_Y), low)
    return _syllables().get(low, low)


def key(name: str) -> str:
    """Comparison key of a place name, its type word already taken off. Keys are no text: compare them only."""
    return "".join(map(syllable, _SPLIT.split(fold(name))))


def splits(name: str) -> tuple[list[str], ...]:
    """The syllables of a name as a text may part them: with and without a break at an apostrophe."""
    parts = [p for p in _SPLIT.split(fold(name)) if p]
    if "'" not in name and "’" not in name:
        return (parts,)
    whole = fold(name).replace("'", "")
    return (parts, [p for p in _SPLIT.split(whole) if p], [p for p in _SPLIT.split(fold(name).replace("' ", "")) if p])


@lru_cache(maxsize=4096)
def loose(name: str) -> str:
    """Key without diacritics, k at a syllable's end as c: `krongpac` for Krông Pắc, Krông Pắk and Krông Păk."""
    words = unaccent(" ".join(map(syllable, _SPLIT.split(fold(name)))))
    joined: str = _FINAL_K.sub("c", words).replace(" ", "")
    return joined


_SYLLABLE = compiled(
    r"(?:b|c|ch|d|g|gh|gi|h|k|kh|kr|l|dl|bl|br|gr|hr|m|n|ng|ngh|nh|p|ph|qu|r|s|t|th|tr|v|x)?[aeiouy]{1,3}(?:c|ch|k|m|n|ng|nh|p|r|t|l)?|\d+"
)


def is_syllable(word: str) -> bool:
    """Whether a word can be a syllable of a name in Viet Nam, highland names (Krông, Chư, M'gar) included."""
    if "'" in word or "’" in word or "-" in word:
        return True
    return _SYLLABLE.fullmatch(unaccent(word)) is not None
