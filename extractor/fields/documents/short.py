"""Numbers without a suffix: `Thông tư 02`, `Nghị định số 105/2014`, `Quyết định giải quyết khiếu nại số 118`.

The number is found first and the type word looked for before it, so that a text without figures costs nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.documents.grammar import Candidate
from extractor.fields.documents.rows import TypeRow, type_codes, type_forms, type_pattern, words
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.values import documents as values

_NO_SUFFIX = r"(?![\p{L}\d/%]|[.,:]\d|-\d|[ ]?[/\-][ ]?\p{Lu})"
_NUMBER = regex.compile(rf"(?<=[ ])0?\d{{1,5}}[a-zđ]?(?:/(?:19|20)\d\d|-(?:19|20)\d\d)?{_NO_SUFFIX}")
_SUBJECT_NUMBER = regex.compile(rf"[ ]số[ ]?:?[ ]?(?P<n>\d{{2,5}}(?:/\d{{4}})?){_NO_SUFFIX}")
_WORDS = regex.compile(r"(?:[ ]\p{L}[\p{L}-]*){1,12}")
_LAST_WORD = regex.compile(r"(?P<w>\p{L}+)(?:[ ]\(\p{L}{2,5}\))?[ ]?:?[ ]{1,2}$")
_YEAR = regex.compile(r"(?:19|20)\d\d")
_WORD_BEFORE = regex.compile(r"\p{Ll}[ ]$")
_AND = regex.compile(
    r"(?:,[ ]|[ ]và[ ])số[ ](?P<n>\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?)(?![\p{L}\d/%]|[.,:]\d|[ ]?[/\-][ ]?\p{Lu})"
)
_NEXT = regex.compile(r"(?:,[ ]|[ ]và[ ])(?P<n>\d{2,5}(?:/(?:19|20)\d\d)?)(?![\p{L}\d/%-]|[.,:]\d|[ ]?[/\-][ ]?\p{Lu})")
# Types that are cited with a subject and a bare number though the word alone before a number is no citation.
_WITH_SUBJECT = ("ban-an", "cao-trang", "giay-phep", "van-ban")


@cache
def _before() -> regex.Pattern[str]:
    """A type word with adjectives or nothing and perhaps `số`, right before a number."""
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?P<type>{word_tree(type_forms())})(?P<mid>(?:[ ]{words('adjective')}){{0,4}})"
        r"(?:[ ]\(\p{L}{2,5}\))?(?P<so>[ ](?:số[ ]?:?))?[ ]{1,2}$"
    )


@cache
def _ends() -> frozenset[str]:
    """The words that may stand right before the number."""
    adjectives = regex.findall(r"\p{L}+", words("adjective"))
    return frozenset(form.rsplit(" ", 1)[-1] for form in type_forms()) | frozenset(adjectives) | {"số"}


@cache
def _around() -> dict[str, regex.Pattern[str]]:
    return {
        "numbered": regex.compile(rf"(?<!\p{{L}}){words('numbered')}$"),
        "stop": regex.compile(rf"(?<!\p{{L}}){words('stop')}(?!\p{{L}})"),
        "follows": regex.compile(
            rf"[ ]?(?:[,;:.)\]\"'”?!\n]|$|-[ ])|[ ](?:{words('follows')}(?!\p{{L}})|năm[ ]\d{{4}}|-)"
        ),
        "counted": regex.compile(
            rf"[ ](?:{words('counted')}(?!\p{{L}})|%|năm(?!\p{{L}}|[ ]\d{{4}})|ngày(?!\p{{L}}|[ ]\d))"
        ),
    }


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
        or _around()["counted"].match(folded, end)
        or _YEAR.fullmatch(number)
    ):
        return False
    if row.bare == "clear":
        return True
    return len(number) > 1 and (_around()["follows"].match(folded, end) is not None or _named(reading, start))


def short_numbers(reading: Reading) -> Iterator[Candidate]:
    """`Thông tư 02`, `Nghị định số 105/2014`, `công văn 23`, `quyết định số 43 và số 10`."""
    folded = reading.folded
    for m in _NUMBER.finditer(folded):
        low = max(0, m.start() - 60)
        words_before = folded[max(0, m.start() - 20) : m.start()].split()
        if words_before and words_before[-1].isalpha() and words_before[-1] not in _ends():
            continue  # the usual case, told without a pattern
        last = _LAST_WORD.search(folded, max(0, m.start() - 20), m.start())
        if last is None or last["w"] not in _ends():
            continue
        before = _before().search(folded[low : m.start()])
        if before is None:
            continue
        row, start = type_forms()[" ".join(before["type"].split())], low + before.start()
        if not before["so"] and not _short(reading, row, m.group(), start, m.end(), adjectives=bool(before["mid"])):
            continue
        yield Candidate(
            start, m.end(), values.as_written(m.group()), "short-number", row, row.name, m.start(), short=True
        )
        end = m.end()
        while before["so"] and (more := _AND.match(folded, end)):
            yield Candidate(
                more.start("n") - 3, more.end(), more["n"], "short-list", row, row.name, more.start("n"), short=True
            )
            end = more.end()
        # "Quyết định 09, 80, 86 của …": numbers to the end of the list, none of them a year or a count
        bare: list[Candidate] = []
        while (more := _NEXT.match(folded, end)) and not _YEAR.fullmatch(more["n"]):
            end = more.end()
            bare.append(
                Candidate(more.start("n"), end, more["n"], "short-list", row, row.name, more.start("n"), short=True)
            )
        around = _around()
        if (
            bare
            and row.bare != "no"
            and around["follows"].match(folded, end)
            and not around["counted"].match(folded, end)
        ):
            yield from bare


_CODED = regex.compile(
    rf"(?<![\p{{L}}\d/\-])(?P<code>N[ĐÐ]|TTLT|TT|NQ|Q[ĐÐ]|CT)(?:[ ]số)?[ ]?(?P<n>\d{{1,4}}[a-z]?/(?:19|20)\d\d){_NO_SUFFIX}"
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
        if _around()["counted"].match(folded, m.end()):
            continue
        if not _around()["follows"].match(folded, m.end()) and "(" not in folded[m.end() : m.end() + 2]:
            continue
        for word in reversed(list(type_pattern().finditer(folded, max(0, m.start() - 90), m.start()))):
            row = type_forms()[" ".join(word.group().split())]
            mid = folded[word.end() : m.start()]
            if not _WORDS.fullmatch(mid) or _around()["numbered"].search(mid) or _around()["stop"].search(mid):
                break
            if row.bare == "no" and row.id not in _WITH_SUBJECT:
                continue
            if row.bare != "verb" or reading.text[word.start()].isupper():
                yield Candidate(
                    word.start(), m.end(), m["n"], "subject-number", row, row.name, m.start("n"), short=True
                )
            break
