"""Numbers of documents and the words before them: candidates with their spans, types not yet completed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.compiled import compiled
from extractor.fields.documents.rows import (
    TypeRow,
    codes,
    forms,
    issuer_codes,
    template,
    type_codes,
    type_forms,
    type_pattern,
    words,
)
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.text import fold
from extractor.values import documents as values

# One code of a suffix: capitals with the small letters that codes have (TTg, TTr, CTr, QyĐ), and a term's number (QH13).
_SEGMENT = r"\p{Lu}(?:\p{Lu}|&|(?<=\p{Lu})(?:tg|tr|[rgyh]|i(?=/))(?![\p{Ll}]))*\d{0,3}(?![\p{Ll}])"
_PIECES = compiled(_SEGMENT)
_DASH = r"[\-–—‑‐−]"
_SERIAL = rf"\d{{1,6}}(?:\.\d{{1,2}}(?=/\d))?\p{{Ll}}?(?:(?:[ ]?/[ ]?|{_DASH}[ ]?)\d{{4}})?"


@cache
def _glued() -> regex.Pattern[str]:
    """A type's word or code right before a number without a blank: `QĐ1167/QĐ-TTg`, `Nghị định146/2018/NĐ-CP`."""
    known = "|".join(sorted((c for c in type_codes() if len(c) > 1), key=lambda form: (-len(form), form)))
    return compiled(rf"(?<![\p{{L}}\d/\-])(?:(?P<code>{known})|(?P<form>(?i:{word_tree(type_forms())})))$")


@cache
def _number() -> regex.Pattern[str]:
    known = "|".join(sorted((c for c in type_codes() if len(c) > 1), key=lambda form: (-len(form), form)))
    glued = _glued().pattern.removesuffix("$")
    return compiled(
        rf"(?:(?<![\p{{L}}\d]|\d[.,/:]|\p{{Lu}}/)|(?<=(?i:{words('number-word')}))|(?<=\p{{L}})(?<={glued}))(?P<n>{_SERIAL})[ ]?"
        rf"(?P<join>//?|{_DASH}|(?<=/\d{{4}})(?=[QN][ĐÐ]-)|(?=(?:{known})[/\-]\p{{Lu}}))[ ]?"
        rf"(?P<s>{_SEGMENT}(?:(?:[ ]?{_DASH}[ ]?|[ ]?/[ ]?|\.){_SEGMENT})*)"
    )


# Without one of these no number with a suffix is there: most texts have none, and are told by it.
_LIKELY = compiled(rf"\d\p{{Ll}}?[ ]?(?://?|{_DASH})[ ]?\p{{Lu}}|\d\p{{Ll}}?[ ]{{0,2}}[\p{{Lu}}\-]{{2,6}}[/\-]")
_STANDARD = compiled(
    rf"(?<![\p{{L}}\d])(?P<type>QCVN|TCVN)[ ]?(?P<n>\d{{1,5}}(?:{_DASH}\d{{1,3}})?[ ]?:[ ]?(?:19|20)\d\d(?:/[ ]?{_SEGMENT})?)"
)
_LIST_GAP = template(
    r"(?:[ ]?,?[ ](?:{day}|{year})[ ][\d/.\-]{4,10}|[ ]?,?[ ]{day}[ ]\d{1,2}[ ]{month}[ ]\d{1,2}[ ]{year}[ ]\d{4})?"
    r"[ ]?(?:[,;:]|[ ]{and-or}|[ ]-)?[ ]?(?:{and-or}[ ])?(?:{several}[ ])?(?P<so>{document-number}[ ]?:?[ ]?)?"
)
_ABBREVIATED = template(r"(?<![\p{L}\d/\-])(?P<code>{short-code})[ ]$")
_NOT_A_SUBJECT = template(r"[.;:\n()\"“”]|\d/[\d\p{L}]|\d-\p{L}{1,4}/|(?<!\p{L}){no-subject}(?!\p{L})|(?:19|20)\d\d")
_BEFORE = template(r"(?P<so>(?<!\p{L}){number-words}[ ]?:?[ ]?)?$")
_ADJECTIVE = template(r"{adjective}")
# "Nghị định số 01, số 02 và số 03/2021/NĐ-CP": numbers of a list, no subject.
_LISTED = template(r"(?:{number-word}[ ])?\d")
_ENACTS = template(r"{enacts}(?!\p{L})")
_CODE = template(r"[ ](?P<code>\p{Lu}[\p{Lu}&]*g?)(?![\p{L}\p{N}]|[ ](?i:{unit}))")
_SUBJECT_SIZE = 95  # characters between a type word and its number


@dataclass(slots=True)
class Candidate:
    """A number with its span, the type word before it, and how it was found."""

    start: int
    end: int
    number: str
    rule: str
    type: TypeRow | None = None
    type_name: str | None = None
    number_start: int = 0
    short: bool = False
    listed: bool = False  # a number of a list, without a suffix of its own
    full: str | None = None  # suffix lent by the last of a list
    lender: Candidate | None = None  # the last of a list, whose date and issuer it shares


def _known(segments: tuple[str, ...]) -> bool:
    return any(s.upper() in type_codes() or s.upper() in issuer_codes() or values.assembly(s) for s in segments)


def _trim(match: regex.Match[str]) -> int:
    """End of the suffix without a spaced dash that begins the next phrase: `17/QĐ-UBND - UBND tỉnh …`."""
    suffix = match["s"]
    pieces = list(_PIECES.finditer(suffix))
    end = pieces[0].end()
    for left, right in itertools.pairwise(pieces):
        gap = suffix[left.end() : right.start()]
        code = values.canonical(left.group()).upper()
        if gap == "." and code not in type_codes() and right.group().upper() in issuer_codes():
            break  # "…/QĐ-UBND.UBND tỉnh": the next sentence
        if gap != gap.strip() and code not in type_codes() and not (len(gap) == 2 and code in issuer_codes()):
            break
        end = right.end()
    return int(match.start("s") + end)


@dataclass(frozen=True, slots=True)
class _TypeWord:
    """A type word before a number, and the words between; `subject` when these can be the document's subject."""

    start: int
    row: TypeRow
    mid: str
    subject: bool


def _type_words(folded: str, low: int, stop: int, *, has_so: bool) -> list[_TypeWord]:
    out: list[_TypeWord] = []
    end = low
    for m in type_pattern().finditer(folded, low, stop):
        if out and folded[end : m.start()] == " " and m.group() in forms("adjective"):
            continue  # "công văn hướng dẫn số 12"
        end = m.end()
        mid = folded[end:stop].strip()
        subject = has_so and len(mid) <= _SUBJECT_SIZE and not _LISTED.match(mid) and not _NOT_A_SUBJECT.search(mid)
        out.append(_TypeWord(m.start(), type_forms()[" ".join(m.group().split())], mid, subject))
    return out


def _type_before(reading: Reading, at: int, number: values.Number) -> tuple[int, TypeRow | None, bool]:
    """Start of the citation before a number at `at`, its type word's row, and whether `số` stands there.

    The nearest type word counts, but in "Quyết định ban hành kế hoạch số 12/QĐ-UBND" the one that the suffix names.
    """
    folded = reading.folded
    so = _BEFORE.search(folded, max(0, at - 12), at)
    stop = so.start() if so is not None and so["so"] else at
    has_so = stop < at
    low = max(0, stop - 110)
    low = max(low, folded.rfind("\n", low, at) + 1)
    found = _type_words(folded, low, stop, has_so=has_so)
    word = _enacted(found, number) or (found[-1] if found and _beside(found[-1], number) else None)
    return (word.start, word.row, has_so) if word is not None else (stop, None, has_so)


def _enacted(found: list[_TypeWord], number: values.Number) -> _TypeWord | None:
    """The type word that the suffix names, where what it enacts stands between it and the number."""
    named = type_codes().get(number.segments[0].upper()) if number.segments else None
    if not found or named is None or found[-1].row is named or found[-1].row.generic:
        return None
    return next((w for w in found[:-1] if w.row is named and w.subject and _ENACTS.match(w.mid)), None)


def _beside(word: _TypeWord, number: values.Number) -> bool:
    """Whether a type word is the number's: right before it, before its subject, or a law's before its name."""
    if not word.mid or _ADJECTIVE.fullmatch(word.mid) or word.subject:
        return True
    by_name = word.row.law and number.segments and values.assembly(number.segments[-1])
    return bool(by_name) and not _NOT_A_SUBJECT.search(word.mid)


def _lost_dash(reading: Reading, number: values.Number, end: int) -> str | None:
    """The issuer's code where its dash is lost: `927/QĐ TTg`; a decision or decree is never numbered without one."""
    if number.segments[0].upper() not in codes("dash-code"):
        return None
    m = _CODE.match(reading.text, end)
    return m["code"] if m is not None and m["code"].upper() in issuer_codes() else None


def _typed(reading: Reading, at: int, number: values.Number) -> tuple[int, TypeRow | None, bool]:
    """Start, type and `số` of a citation: by the words before its number, by a code there, by what is glued to it."""
    text = reading.text
    if text[at - 1 : at].isalpha() and (glued := _glued().search(text, max(0, at - 40), at)) is not None:
        if not _known(number.segments) and len(number.segments) < 2:
            return at, None, False
        word = type_codes()[glued["code"]] if glued["code"] else type_forms()[" ".join(fold(glued["form"]).split())]
        return glued.start(), word, False
    start, row, has_so = _type_before(reading, at, number)
    if row is None and (short := _ABBREVIATED.search(text, max(0, start - 6), start)):
        row, start = type_codes().get(values.canonical(short["code"]).upper()), short.start()
    return start, row, has_so


def _no_document(reading: Reading, number: values.Number, start: int, row: TypeRow | None) -> str | None:
    """Why a number with a suffix is no document's: a contract, a sample in a form."""
    folded, contract = reading.folded, {c.upper() for c in codes("contract-code")}
    if number.segments[0].upper() in contract or _around("contract").search(folded, max(0, start - 40), start):
        return "a contract or an invoice"
    if row is None and _around("sample").search(folded, max(0, start - 70), start):
        return "a sample in a form"
    return None


@cache
def _around(group: str) -> regex.Pattern[str]:
    tail = rf"[ ]?(?:{words('number-word')}[ ]?:?[ ]?)?$" if group == "contract" else r"[^.\n]{0,40}[(:][^).\n]{0,30}$"
    return compiled(rf"(?<!\p{{L}}){words(group)}{tail}")


def _lends(previous: Candidate, segments: tuple[str, ...]) -> bool:
    """Whether the type of the number before is this one's too: not where the suffix names another."""
    own = type_codes().get(segments[0].upper())
    return previous.type is not None and (own is None or own.name == previous.type.name or previous.type.generic)


def _read(reading: Reading, m: regex.Match[str]) -> tuple[str, str | None, values.Number, int] | None:
    """A match's number as written, in full where a dash is lost, its parts and its end; None where it is no number."""
    end = _trim(m)
    number = values.as_written(reading.text[m.start("n") : end])
    parsed, full = values.parse(number), None
    if parsed is None or not parsed.segments:
        return None
    if len(parsed.segments) == 1 and (lost := _lost_dash(reading, parsed, end)):
        full, end = f"{number}-{lost}", end + 1 + len(lost)
        number, parsed = number + lost, values.parse(full) or parsed
    return number, full, parsed, end


def numbers(reading: Reading) -> Iterator[Candidate]:
    """Numbers with a suffix, in text order: `428/KH-BHXH`, `21-NQ/TW`, `46/2014/QH13`."""
    text = reading.text
    previous: Candidate | None = None
    for m in _number().finditer(text) if _LIKELY.search(text) is not None else ():
        candidate = _numbered(reading, m, previous)
        if candidate is not None:
            yield candidate
            previous = candidate
    for m in _STANDARD.finditer(text):
        row = type_codes()[m["type"]]
        yield Candidate(m.start(), m.end(), values.as_written(m["n"]), "standard", row, row.name, m.start("n"))


def _numbered(reading: Reading, m: regex.Match[str], previous: Candidate | None) -> Candidate | None:
    """The candidate of a number with a suffix; None where it is no document's, with the reason in the log."""
    read = _read(reading, m)
    if read is None:
        return None
    number, full, parsed, end = read
    at = m.start("n")
    start, row, has_so = _typed(reading, at, parsed)
    dashed = (m["join"][:1] or "/") != "/"
    if dashed and not _dashed_number(reading.folded, at, parsed, row):
        return None
    if (reason := _no_document(reading, parsed, start, row)) is not None:
        reading.drop(start, end, "documents", "number", reason)
        return None
    if row is not None:
        return Candidate(start, end, number, "typed-number", row, row.name, at, full=full)
    listed = _after_list(reading, previous, at, parsed)
    if listed is not None:
        return Candidate(listed[0], end, number, "number-list", listed[1].type, listed[1].type_name, at, full=full)
    if _speaks_for_itself(parsed.segments, has_so=has_so):
        return Candidate(start, end, number, "number", None, None, at, full=full)
    reading.drop(m.start(), end, "documents", "number", "no type word before it and no known code in it")
    return None


def _speaks_for_itself(segments: tuple[str, ...], *, has_so: bool) -> bool:
    """Whether codes show a document's number without a type word."""
    return _known(segments) and (has_so or len(segments) > 1 or bool(values.assembly(segments[0])))


def _dashed_number(folded: str, at: int, number: values.Number, row: TypeRow | None) -> bool:
    """Whether a number joined to its codes by a dash is a document's: of two codes, or right after its word or `số`."""
    if number.segments[0].upper() in type_codes() and len(number.segments) > 1:
        return True
    ends = (row.name[-1].lower(), *(word[-1] for word in forms("number-word"))) if row is not None else ()
    return folded[at - 2 : at].strip(" :") in ends


def _after_list(
    reading: Reading, previous: Candidate | None, at: int, number: values.Number
) -> tuple[int, Candidate] | None:
    """Start of a number that goes on the list of the number before it, and that number."""
    if previous is None or at - previous.end >= 48:
        return None
    gap = _LIST_GAP.fullmatch(reading.folded, previous.end, at)
    if gap is None or not _lends(previous, number.segments):
        return None
    return gap.start("so") if gap["so"] else at, previous
