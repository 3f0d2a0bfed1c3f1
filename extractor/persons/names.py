"""Names of persons as they are compared: a key for all spellings of one name, near names, and how common a name is.

How common a name is decides how much else is needed to say that two mentions are one person: of "Nguyễn Văn Hùng" there
are dozens in office, of "Đinh La Thăng" one. The shares of name parts are counted by `python -m extractor.persons.count`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

import regex

from extractor.fields.officials.rows import lexicon
from extractor.gazetteer.names import syllable
from extractor.text import unaccent

DATA = Path(__file__).parent.parent / "data" / "name_parts.tsv"
FOREIGN = 2e-7  # share of a foreign name: no table tells it, few in the news bear the same one
_SPLIT = regex.compile(r"[\s'’.,\-–]+")
_GLUED = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_RARE = 0.4  # how often a part was seen that was not seen


@lru_cache(maxsize=100_000)
def parts(name: str) -> tuple[str, ...]:
    """The syllables of a name, one spelling each ("Nguyễn DanhNguyên" has three; "Lý" and "Lí" are one)."""
    words = (w for piece in _SPLIT.split(name) for w in _GLUED.split(piece) if w)
    return tuple(syllable(w) for w in words)


def name_key(name: str) -> str:
    """The key of a name: equal for its spellings with and without hyphens, capitals and glued syllables."""
    return " ".join(parts(name))


@lru_cache(maxsize=100_000)
def bare(key: str) -> str:
    """A name's key without diacritics and blanks."""
    return unaccent(key).replace(" ", "")


def near(one: str, other: str) -> bool:
    """Whether two name keys may be spellings of one name: one letter or mark apart, or one without a middle syllable.

    Whether they are is told by their posts; the given name or the surname is never another word.
    """
    if bare(one) == bare(other):
        return True
    a, b = one.split(), other.split()
    if len(a) == len(b):
        differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
        if sorted(a) == sorted(b):
            return not vietnamese(one)  # "Shinzo Abe", "Abe Shinzo"; but "Anh Tuấn" and "Tuấn Anh" are two names
        return len(a) > 1 and len(differing) <= 2 and all(_close(unaccent(x), unaccent(y)) for x, y in differing)
    short, long = sorted((a, b), key=len)
    if len(short) < 2 or len(long) - len(short) > 1:
        return False
    return short[-1] == long[-1] and _within(short, long)


def _within(short: list[str], long: list[str]) -> bool:
    rest = iter(long)
    return all(word in rest for word in short)


def _close(one: str, other: str) -> bool:
    """Whether two words are at most one letter apart."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    at = next((i for i, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), min(len(one), len(other)))
    rest = 1 if len(one) == len(other) else 0
    if len(one) > len(other):
        return one[at + 1 :] == other[at:]
    return one[at + rest :] == other[at + 1 :]


@cache
def _tables() -> tuple[dict[str, Counter[str]], dict[str, int]]:
    tables: dict[str, Counter[str]] = {"surname": Counter(), "middle": Counter(), "given": Counter()}
    tables |= {"pair": Counter(), "size": Counter()}
    for line in DATA.read_text(encoding="utf-8").splitlines():
        part, word, count = line.split("\t")
        tables[part][word] = int(count)
    return tables, {part: sum(table.values()) for part, table in tables.items()}


@cache
def _surnames() -> frozenset[str]:
    table = lexicon()
    return frozenset(syllable(s) for s in (*table.surnames, *table.rare_surnames) if " " not in s)


def vietnamese(key: str) -> bool:
    """Whether a name's key begins with a Vietnamese surname and has two to five syllables."""
    words = key.split()
    return 2 <= len(words) <= 5 and words[0] in _surnames()


@lru_cache(maxsize=100_000)
def share(key: str) -> float:
    """The share of people in office who bear a name, between 0 and 1.

    Its parts are taken as independent, except that the last two syllables are often given together ("Thu Hằng").
    """
    if not vietnamese(key):
        return FOREIGN
    words = key.split()
    tables, sums = _tables()

    def of(part: str, word: str) -> float:
        return max(tables[part][word], _RARE) / max(1, sums[part])

    chance = of("size", str(len(words))) * of("surname", words[0])
    last = of("given", words[-1])
    if len(words) > 2:
        together = tables["pair"][" ".join(words[-2:])] / max(1, sums["given"])
        last = max(last * of("middle", words[-2]), together)
    return chance * last * math.prod(of("middle", w) for w in words[1:-2])


def count_parts(names: Iterable[str]) -> list[tuple[str, str, int]]:
    """Rows (part, syllable, count) of the distinct Vietnamese names given, for the table that `share` reads."""
    counts: Counter[tuple[str, str]] = Counter()
    for key in sorted({name_key(n) for n in names}):
        words = key.split()
        if not vietnamese(key):
            continue
        counts["size", str(len(words))] += 1
        counts["surname", words[0]] += 1
        counts["given", words[-1]] += 1
        for word in words[1:-1]:
            counts["middle", word] += 1
        if len(words) > 2:
            counts["pair", " ".join(words[-2:])] += 1
    return sorted((part, word, n) for (part, word), n in counts.items() if part != "pair" or n > 1)
