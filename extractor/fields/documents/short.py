"""Numbers without a suffix: `Thông tư 02`, `Nghị định số 105/2014`, `Quyết định giải quyết khiếu nại số 118`.

The number is found first and the type word looked for before it, so that a text without figures costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.documents.grammar import Candidate
from extractor.fields.documents.rows import TypeRow, forms, template, type_codes, type_forms, type_pattern, words
from extractor.models import Reading
from extractor.rules import cache, digit_places, matches_at
from extractor.values import documents as values

_NO_SUFFIX = r"(?![\p{L}\d/%]|[.,:]\d|-\d|[ ]?[/\-][ ]?\p{Lu})"
_NUMBER = compiled(rf"(?<=[ ])0?\d{{1,5}}\p{{Ll}}?(?:/(?:19|20)\d\d|-(?:19|20)\d\d)?{_NO_SUFFIX}")
_SUBJECT_NUMBER = template(r"[ ]{number-word}[ ]?:?[ ]?(?P<n>\d{2,5}(?:/\d{4})?)(?![ ]-[ ]\d)" + _NO_SUFFIX)
_WORDS = compiled(r"(?:[ ]\p{L}[\p{L}-]*){1,12}")
_LAST_WORD = compiled(r"(?P<w>\p{L}+)(?:[ ]\(\p{L}{2,5}\))?[ ]?:?[ ]{1,2}$")
_YEAR = compiled(r"(?:19|20)\d\d")
_WORD_BEFORE = compiled(r"\p{Ll}[ ]$")
_AND = template(
    r"(?:,[ ]|[ ]{and}[ ]){number-word}[ ](?P<n>\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?)(?![\p{L}\d/%]|[.,:]\d|[ ]?[/\-][ ]?\p{Lu})"
)
_NEXT = template(r"(?:,[ ]|[ ]{and}[ ])(?P<n>\d{2,5}(?:/(?:19|20)\d\d)?)(?![\p{L}\d/%-]|[.,:]\d|[ ]?[/\-][ ]?\p{Lu})")
# A type word with adjectives or nothing and perhaps `số`, right before a number.
_BEFORE = template(
    r"(?<![\p{L}\d])(?P<type>{type})(?P<mid>(?:[ ]{adjective}){0,4})"
    r"(?:[ ]\(\p{L}{2,5}\))?(?P<so>[ ](?:{number-word}[ ]?:?))?[ ]{1,2}$"
)
_NUMBERED = template(r"(?<!\p{L}){numbered}$")
_STOP = template(r"(?<!\p{L}){stop}(?!\p{L})")
_FOLLOWS = template(r"[ ]?(?:[,;:.)\]\"'”?!\n]|$|-[ ])|[ ](?:{follows}(?!\p{L})|{year}[ ]\d{4}|-)")
_COUNTED = template(r"[ ](?:{counted}(?!\p{L})|%|{year}(?!\p{L}|[ ]\d{4})|{day}(?!\p{L}|[ ]\d))")


@cache
def _ends() -> frozenset[str]:
    """The words that may stand right before the number."""
    adjectives = regex.findall(r"\p{L}+", words("adjective"))
    return frozenset(form.rsplit(" ", 1)[-1] for form in type_forms()) | frozenset(adjectives) | forms("number-word")


def _named(reading: Reading, at: int) -> bool:
    """Whether the type word has a capital within a sentence (`theo Quyết định 595`): a name, not a verb."""
    return reading.text[at].isupper() and _WORD_BEFORE.search(reading.text, max(0, at - 2), at) is not None


def _short(reading: Reading, row: TypeRow, number: str, start: int, end: int, *, adjectives: bool) -> bool:
    """Whether a bare number after a type word without `số` is a document's, not a count."""
    folded = reading.folded
    if "/" in number:
        return True
    if (
        row.bare == "no"
        or (adjectives and row.bare == "verb")
        or _COUNTED.match(folded, end)
        or _YEAR.fullmatch(number)
    ):
        return False
    if row.bare == "clear":
        return True
    return len(number) > 1 and (_FOLLOWS.match(folded, end) is not None or _named(reading, start))


def short_numbers(reading: Reading) -> Iterator[Candidate]:
    """`Thông tư 02`, `Nghị định số 105/2014`, `công văn 23`, `quyết định số 43 và số 10`."""
    folded = reading.folded
    for m in matches_at(_NUMBER, folded, digit_places(reading)):
        before = _type_word(folded, m.start())
        if before is None:
            continue
        low = max(0, m.start() - 60)
        row, start = type_forms()[" ".join(before["type"].split())], low + before.start()
        if not before["so"] and not _short(reading, row, m.group(), start, m.end(), adjectives=bool(before["mid"])):
            continue
        yield Candidate(
            start, m.end(), values.as_written(m.group()), "short-number", row, row.name, m.start(), short=True
        )
        yield from _further(folded, m.end(), row, numbered=bool(before["so"]))


def _type_word(folded: str, at: int) -> regex.Match[str] | None:
    """The type word right before a number, matched over the 60 characters before it."""
    words_before = folded[max(0, at - 20) : at].split()
    if words_before and words_before[-1].isalpha() and words_before[-1] not in _ends():
        return None  # the usual case, told without a pattern
    last = _LAST_WORD.search(folded, max(0, at - 20), at)
    if last is None or last["w"] not in _ends():
        return None
    return _BEFORE.search(folded[max(0, at - 60) : at])


def _further(folded: str, end: int, row: TypeRow, *, numbered: bool) -> Iterator[Candidate]:
    """The other numbers of a list: "số 43 và số 10"; "Quyết định 09, 80, 86 của …", none of these a year or a count."""
    while numbered and (more := _AND.match(folded, end)):
        start = more.start("n")
        yield Candidate(start - 3, more.end(), more["n"], "short-list", row, row.name, start, short=True, listed=True)
        end = more.end()
    bare: list[Candidate] = []
    while (more := _NEXT.match(folded, end)) and not _YEAR.fullmatch(more["n"]):
        start, end = more.start("n"), more.end()
        bare.append(Candidate(start, end, more["n"], "short-list", row, row.name, start, short=True, listed=True))
    if bare and row.bare != "no" and _FOLLOWS.match(folded, end) and not _COUNTED.match(folded, end):
        yield from bare


_CODED = template(
    r"(?<![\p{L}\d/\-])(?P<code>{year-code})(?:[ ]{number-word})?[ ]?(?P<n>\d{1,4}[a-z]?/(?:19|20)\d\d)" + _NO_SUFFIX
)


def coded_numbers(reading: Reading) -> Iterator[Candidate]:
    """A type's code before a number with its year: `NĐ 146/2018`, `TT30/2020`."""
    for m in _CODED.finditer(reading.text):
        row = type_codes().get(values.canonical(m["code"]).upper())
        if row is not None:
            yield Candidate(m.start(), m.end(), m["n"], "coded-number", row, row.name, m.start("n"), short=True)


def subject_numbers(reading: Reading) -> Iterator[Candidate]:
    """Type word, subject and number: `Quyết định giải quyết khiếu nại số 118`."""
    folded = reading.folded
    for m in _SUBJECT_NUMBER.finditer(folded):
        if _COUNTED.match(folded, m.end()):
            continue
        if not _FOLLOWS.match(folded, m.end()) and "(" not in folded[m.end() : m.end() + 2]:
            continue
        found = _with_subject(reading, m)
        if found is not None:
            start, row = found
            yield Candidate(start, m.end(), m["n"], "subject-number", row, row.name, m.start("n"), short=True)


def _with_subject(reading: Reading, m: regex.Match[str]) -> tuple[int, TypeRow] | None:
    """Start and type of a citation whose subject stands between its type word and a bare number."""
    for word in reversed(list(type_pattern().finditer(reading.folded, max(0, m.start() - 90), m.start()))):
        row = type_forms()[" ".join(word.group().split())]
        mid = reading.folded[word.end() : m.start()]
        if not _WORDS.fullmatch(mid) or _NUMBERED.search(mid) or _STOP.search(mid):
            return None
        if row.bare != "no" or row.with_subject:
            return (word.start(), row) if row.bare != "verb" or reading.text[word.start()].isupper() else None
    return None
