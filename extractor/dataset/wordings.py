"""Words as the index and queries compare them: no apostrophes within a word (Cư M'gar, cu mgar), short forms as full ones."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice, product

import regex

from extractor.errors import InputError
from extractor.fields.officials.rows import AbbreviationRow
from extractor.fields.places.rows import TypeRow
from extractor.gazetteer.names import is_syllable
from extractor.rules import cache, load_rows
from extractor.text import clean, fold, unaccent

WORD = regex.compile(r"[\p{L}\p{N}]+")
_WORDS, _CHARACTERS = 32, 500  # of a query: the time to look grows faster than their number
_PHRASES = 24  # wordings of a whole query that are looked for side by side
_APOSTROPHE = regex.compile(r"(?<=\p{L})['’‘ʼ`´](?=\p{L})")
_QUOTED = regex.compile(r'["“”]([^"“”]+)["“”]')


class LongQueryError(InputError):
    """A query of more words or characters than are looked for."""


def joined(text: str) -> str:
    """A text, composed, with the apostrophes inside of words left out: "M'gar" is one word."""
    return _unquoted(clean(text))


def _unquoted(text: str) -> str:
    out: str = _APOSTROPHE.sub("", text)
    return out


def indexed(text: str) -> str:
    """The words of a text without accents and marks, as the index has them, single blanks between."""
    return " ".join(WORD.findall(unaccent(joined(text))))


def columns(text: str) -> tuple[str, str]:
    """A text for the columns `exact` and `folded` of the index of words, which is told the same words when it goes."""
    plain = _unquoted(text)
    return fold(plain), unaccent(plain)


def words_of(query: str, *, exact: bool = False) -> list[str]:
    """The words of a query, without accents unless `exact`. Raises `LongQueryError` for too many."""
    plain = joined(query)
    words: list[str] = WORD.findall(fold(plain) if exact else unaccent(plain))
    if len(query) > _CHARACTERS or len(words) > _WORDS:
        raise LongQueryError(
            f"the query is too long; at most {_WORDS} words and {_CHARACTERS} characters are looked for"
        )
    return words


def quoted(query: str) -> tuple[list[str], str]:
    """What stands between quotes, to be found with exactly these accents, and the rest of a query."""
    query = clean(query)
    found = [part for part in _QUOTED.findall(query) if WORD.search(part)]
    return found, _QUOTED.sub(" ", query) if found else query


def alternatives(query: str) -> list[tuple[str, ...]]:
    """A query in pieces, each with all wordings that count as one: `("bhyt", "bao hiem y te")`. Raises `LongQueryError`."""
    return [wordings for wordings, _ in _pieces(query)]


def phrases(query: str) -> list[str]:
    """The wordings of a whole query, its own first, words side by side; at most a few."""
    own = " ".join(words_of(query))
    return list(dict.fromkeys([own, *(" ".join(p) for p in islice(product(*alternatives(query)), _PHRASES))]))


def all_in_words(query: str) -> tuple[str, list[str], set[str]]:
    """The condition on a column `words` (words between blanks) that it holds every piece of a query, the values for it, and the
    wordings themselves; none of them for a query without words. Raises `LongQueryError`."""
    tests = alternatives(query)
    where = " AND ".join("(" + " OR ".join("instr(words, ?)" for _ in some) + ")" for some in tests)
    wordings = [words for some in tests for words in some]
    return where, [f" {words} " for words in wordings], set(wordings)


def _pieces(query: str) -> Iterator[tuple[tuple[str, ...], int]]:
    words, spelt = words_of(query), WORD.findall(joined(query))
    known, longest = _known()
    at = 0
    while at < len(words):
        for size in range(min(longest, len(words) - at), 0, -1):
            piece = " ".join(words[at : at + size])
            if piece in known and _meant(piece, spelt[at : at + size]):
                yield known[piece], size
                at += size
                break
        else:
            size = 2 if len(words[at]) == 1 and words[at].isalpha() and at + 1 < len(words) else 1
            piece = " ".join(words[at : at + size])
            yield ((piece, piece.replace(" ", "")) if size == 2 else (piece,)), size
            at += size


def _meant(piece: str, spelt: list[str]) -> bool:
    """Whether a short form is meant: one that could be a syllable ("TƯ", "tư") only where it is written in capitals."""
    return " " in piece or not is_syllable(piece) or spelt[0].isupper()


@cache
def _known() -> tuple[dict[str, tuple[str, ...]], int]:
    """Every wording of every short form with all wordings of it, and the length of the longest in words."""
    rows = [(row.expansion, row.forms) for row in load_rows("abbreviations.yaml", AbbreviationRow)]
    for kind in load_rows("places_types.yaml", TypeRow):
        if kind.short and not kind.initial and kind.types:
            rows.append((kind.types[0], kind.forms))
    found: dict[str, tuple[str, ...]] = {}
    for full, forms in rows:
        wordings = [w for w in dict.fromkeys(indexed(text) for text in (full, *forms)) if w]
        for wording in wordings:
            own = (wording, *(w for w in wordings if w != wording))
            found[wording] = tuple(dict.fromkeys([*found.get(wording, ()), *own]))
    return found, max(w.count(" ") + 1 for w in found)
