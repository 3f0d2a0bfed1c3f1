"""Lines in capitals as sentence case, each word as the article itself writes it elsewhere.

A headline in capitals does not tell names from other words, so a body would run on over the verb ("Công an XÃ GIẾT").
What the rest of the article says of a word and its neighbours decides; else how the word is written in news at large; a
word of which neither knows enough stays as it is.
"""

from __future__ import annotations

import string
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import regex

from extractor.ner.lexicon import cluster_of, syllable_flags
from extractor.text import fold, unaccent

FEWEST = 5  # words of a line that is read so; a shorter one is a name, a label or a signature
MOST_SMALL = 0.1  # share of such a line's letters that may be small
RARELY = 1  # tenths: a word of the news that is capitalised no more often is a common one
# Only from where a word begins or goes on in capitals: from every letter of a word the search would take its square.
_CAPITALS = regex.compile(rf"(?<!\p{{Lu}})(?:\p{{Lu}}+\P{{L}}+){{{FEWEST - 1}}}\p{{Lu}}")
_LINE = regex.compile(r"[^\n]+")
_SHORTEST = 2 * FEWEST - 1  # a letter a word, and what parts them
_SMALL = string.ascii_lowercase.encode()
_WORD = regex.compile(r"[\p{L}\p{M}]+")
# What stands before a word that has a capital anyhow; no dash inside a name or a number ("Moon Jae-in", "QĐ-TTg").
_OPENS = regex.compile(r'(?:[.!?:…\n"“(]|(?<!\p{L})[\-–*+])\s*$')
_ROMAN = regex.compile(r"[IVX]{1,5}")
_VOWEL = regex.compile(r"[aeiouy]")
_OF_NAMES = frozenset({"surname", "middle-name"})
_LONGEST_NAME = 3  # words after the surname
Forms = dict[tuple[str, ...], Counter[str]]
Words = Sequence[regex.Match[str]]


def sentence_case(text: str) -> str:
    """The text with its lines in capitals as sentence case; the length stays the same. Most texts are returned as they are."""
    if not any(_can_be_large(line) for line in text.split("\n")):
        return text
    lines = list(_LINE.finditer(text))
    large = [line for line in lines if _in_capitals(line.group())]
    if not large:
        return text
    begins = {line.start() for line in large}
    words_of = [list(_WORD.finditer(text, *line.span())) for line in large]
    asked = {fold(word.group()) for words in words_of for word in words}
    known = _forms(text, (line for line in lines if line.start() not in begins), asked)
    out = list(text)
    for words in words_of:
        for word, form in zip(words, _cased(text, words, known), strict=True):
            if len(form) == len(word.group()):
                out[word.start() : word.end()] = form
    return "".join(out)


def _can_be_large(line: str) -> bool:
    """A cheap test before `_in_capitals`: of most lines the letters without marks that are small are too many."""
    if len(line) < _SHORTEST:
        return False
    signs = line.encode("utf-8", "replace")
    return len(signs) - len(signs.translate(None, _SMALL)) <= MOST_SMALL * len(line)


def _in_capitals(line: str) -> bool:
    if not _can_be_large(line) or _CAPITALS.search(line) is None:
        return False
    small = sum(map(str.islower, line))
    return small <= MOST_SMALL * (small + sum(map(str.isupper, line)))


def _forms(text: str, lines: Iterator[regex.Match[str]], asked: set[str]) -> Forms:
    """How the words that are asked for are written in other lines, alone and beside each neighbour (see `_keys`)."""
    known: Forms = defaultdict(Counter)
    for line in lines:
        words = list(_WORD.finditer(text, *line.span()))
        plain = [fold(word.group()) for word in words]
        for k in [k for k, low in enumerate(plain) if low in asked]:
            word = words[k]
            form = word.group()
            if form[0].isupper() and (not k or _OPENS.search(text, max(line.start(), word.start() - 3), word.start())):
                continue
            for key in _keys(plain, k):
                known[key][_kind(form)] += 1
    return known


def _keys(plain: Sequence[str], k: int) -> list[tuple[str, ...]]:
    """`(word,)`, `(before, word, "")`, `("", word, after)`."""
    keys: list[tuple[str, ...]] = [(plain[k],)]
    if k:
        keys.append((plain[k - 1], plain[k], ""))
    if k + 1 < len(plain):
        keys.append(("", plain[k], plain[k + 1]))
    return keys


def _kind(form: str) -> str:
    """`upper`, `title`, `lower`, or a form of another kind as it is ("TTg")."""
    if form.isupper() and len(form) > 1:
        return "upper"
    if form.islower():
        return "lower"
    return "title" if form.istitle() else form


def _cased(text: str, words: Words, known: Forms) -> Iterator[str]:
    plain = [fold(word.group()) for word in words]
    name = 0  # words that a name of which the article knows nothing may still have
    for k, word in enumerate(words):
        form = word.group()
        votes = _votes(plain, k, known)
        kind = votes.most_common(1)[0][0] if votes else "upper" if name else _at_large(form)
        name = 0 if votes else _LONGEST_NAME if "surname" in syllable_flags(plain[k]) else max(0, name - 1)
        if kind == "lower" and (not k or _OPENS.search(text, max(0, word.start() - 3), word.start())):
            kind = "title"
        yield {"upper": form, "lower": form.lower(), "title": form[0] + form[1:].lower()}.get(kind, kind)


def _votes(plain: Sequence[str], k: int, known: Forms) -> Counter[str]:
    """How the article writes the word beside one of its neighbours, else alone."""
    alone, *beside = _keys(plain, k)
    votes: Counter[str] = Counter()
    for key in beside:
        votes += known.get(key, Counter())
    return votes or known.get(alone, Counter())


def _at_large(form: str) -> str:
    """How a word of which the article does not know is written in news: small, or as it stands where that is not sure."""
    low = form.lower()
    if (
        _ROMAN.fullmatch(form)
        or _VOWEL.search(unaccent(form)) is None
        or not _OF_NAMES.isdisjoint(syllable_flags(fold(low)))
    ):
        return "upper"
    capital = cluster_of(low)[2]
    return "lower" if 0 <= capital <= RARELY else "upper"
