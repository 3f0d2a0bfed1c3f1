"""Numbers of documents and the words before them: candidates with their spans, types not yet completed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.fields.documents.rows import (
    TypeRow,
    issuer_codes,
    type_codes,
    type_forms,
    type_pattern,
    word_rows,
    words,
)
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.text import fold
from extractor.values import documents as values

# One code of a suffix: capitals with the small letters that codes have (TTg, TTr, CTr, QyĐ), and a term's number (QH13).
_SEGMENT = r"\p{Lu}(?:\p{Lu}|&|(?<=\p{Lu})(?:tg|tr|[rgyh]|i(?=/))(?![\p{Ll}]))*\d{0,3}(?![\p{Ll}])"
_PIECES = regex.compile(_SEGMENT)
_DASH = r"[\-–—‑‐−]"
_SERIAL = rf"\d{{1,6}}(?:\.\d{{1,2}}(?=/\d))?[a-zđ]?(?:(?:[ ]?/[ ]?|{_DASH}[ ]?)\d{{4}})?"


@cache
def _glued() -> regex.Pattern[str]:
    """A type's word or code right before a number without a blank: `QĐ1167/QĐ-TTg`, `Nghị định146/2018/NĐ-CP`."""
    codes = "|".join(sorted((c for c in type_codes() if len(c) > 1), key=len, reverse=True))
    return regex.compile(rf"(?<![\p{{L}}\d/\-])(?:(?P<code>{codes})|(?P<form>(?i:{word_tree(type_forms())})))$")


@cache
def _number() -> regex.Pattern[str]:
    codes = "|".join(sorted((c for c in type_codes() if len(c) > 1), key=len, reverse=True))
    glued = _glued().pattern.removesuffix("$")
    return regex.compile(
        rf"(?:(?<![\p{{L}}\d]|\d[.,/:]|\p{{Lu}}/)|(?<=[Ss]ố)|(?<=\p{{L}})(?<={glued}))(?P<n>{_SERIAL})[ ]?"
        rf"(?P<join>//?|{_DASH}|(?<=/\d{{4}})(?=[QN][ĐÐ]-)|(?=(?:{codes})[/\-]\p{{Lu}}))[ ]?"
        rf"(?P<s>{_SEGMENT}(?:(?:[ ]?{_DASH}[ ]?|[ ]?/[ ]?|\.){_SEGMENT})*)"
    )


_STANDARD = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<type>QCVN|TCVN)[ ]?(?P<n>\d{{1,5}}(?:{_DASH}\d{{1,3}})?[ ]?:[ ]?(?:19|20)\d\d(?:/[ ]?{_SEGMENT})?)"
)
_LIST_GAP = regex.compile(
    r"(?:[ ]?,?[ ]?(?:ngày|năm)[ ][\d/.\-]{4,10}|[ ]?,?[ ]ngày[ ]\d{1,2}[ ]tháng[ ]\d{1,2}[ ]năm[ ]\d{4})?"
    r"[ ]?(?:[,;:]|[ ]và|[ ]hoặc|[ ]-)?[ ]?(?:và[ ]|hoặc[ ])?(?:các[ ])?(?P<so>(?:số|văn bản số)[ ]?:?[ ]?)?"
)
_ABBREVIATED = regex.compile(r"(?<![\p{L}\d/\-])(?P<code>Q[ĐÐ]|N[ĐÐ]|NQ|TTLT|TT|CT|CV|KH|TB|BC|TTr|C[ĐÐ])[ ]$")
_NOT_A_SUBJECT = regex.compile(
    r"[.;:\n()\"“”]|\d/[\d\p{L}]|\d-\p{L}{1,4}/|(?<!\p{L})(?:theo|tại|căn cứ|ban hành kèm)(?!\p{L})|(?:19|20)\d\d"
)


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
    full: str | None = None  # suffix lent by the last of a list
    lender: Candidate | None = None  # the last of a list, whose date and issuer it shares


@cache
def _before() -> regex.Pattern[str]:
    return regex.compile(r"(?P<so>(?<!\p{L})(?:số|số hiệu|mang số|ký hiệu)[ ]?:?[ ]?)?$")


@cache
def _adjective() -> regex.Pattern[str]:
    return regex.compile(words("adjective"))


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


def _type_before(reading: Reading, at: int, number: values.Number) -> tuple[int, TypeRow | None, bool]:
    """Start of the citation before a number at `at`, its type word's row, and whether `số` stands there.

    The nearest type word counts, but in "Quyết định ban hành kế hoạch số 12/QĐ-UBND" the one that the suffix names.
    """
    folded = reading.folded
    so = _before().search(folded, max(0, at - 12), at)
    stop = so.start() if so is not None and so["so"] else at
    has_so = stop < at
    low = max(0, stop - 110)
    low = max(low, folded.rfind("\n", low, at) + 1)
    found = list(type_pattern().finditer(folded, low, stop))
    if not found:
        return stop, None, has_so
    rows = [type_forms()[" ".join(m.group().split())] for m in found]
    mids = [folded[m.end() : stop].strip() for m in found]
    subject = [has_so and len(mid) <= 95 and not _LISTED.match(mid) and not _NOT_A_SUBJECT.search(mid) for mid in mids]
    named = type_codes().get(number.segments[0].upper()) if number.segments else None
    if named is not None and rows[-1] is not named and rows[-1].id != "van-ban":
        for m, row, mid, fits in zip(found[:-1], rows, mids, subject, strict=False):
            if row is named and fits and _ENACTS.match(mid):
                return m.start(), row, has_so
    by_name = (
        rows[-1].id in _LAWS
        and number.segments
        and values.assembly(number.segments[-1])
        and not _NOT_A_SUBJECT.search(mids[-1])
    )
    if not mids[-1] or _adjective().fullmatch(mids[-1]) or subject[-1] or by_name:
        return found[-1].start(), rows[-1], has_so
    return stop, None, has_so


_LISTED = regex.compile(r"(?:số[ ])?\d")  # "Nghị định số 01, số 02 và số 03/2021/NĐ-CP": numbers of a list, no subject
_ENACTS = regex.compile(r"(?:ban hành|phê duyệt|về việc|công bố|thông qua|sửa đổi)(?!\p{L})")
_LAWS = ("luat", "bo-luat", "phap-lenh")  # "Luật Quản lý thuế 78/2006/QH11" needs no `số`


_CODE = regex.compile(
    r"[ ](?P<code>\p{Lu}[\p{Lu}&]*g?)(?![\p{L}\p{N}]|[ ](?:tỉnh|thành phố|TP|huyện|quận|thị xã|xã|phường))"
)


def _lost_dash(reading: Reading, number: values.Number, end: int) -> str | None:
    """The issuer's code where its dash is lost: `927/QĐ TTg`; a decision or decree is never numbered without one."""
    if number.segments[0].upper() not in ("QĐ", "NĐ", "NQ", "CĐ", "TT"):
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
    folded, contract = reading.folded, {f.upper() for x in word_rows("contract-code") for f in x.forms}
    if number.segments[0].upper() in contract or _around("contract").search(folded, max(0, start - 40), start):
        return "a contract or an invoice"
    if row is None and _around("sample").search(folded, max(0, start - 70), start):
        return "a sample in a form"
    return None


@cache
def _around(group: str) -> regex.Pattern[str]:
    tail = r"[ ]?(?:số[ ]?:?[ ]?)?$" if group == "contract" else r"[^.\n]{0,40}[(:][^).\n]{0,30}$"
    return regex.compile(rf"(?<!\p{{L}}){words(group)}{tail}")


def _lends(previous: Candidate, segments: tuple[str, ...]) -> bool:
    """Whether the type of the number before is this one's too: not where the suffix names another."""
    own = type_codes().get(segments[0].upper())
    return previous.type is not None and (
        own is None or own.name == previous.type.name or previous.type.id == "van-ban"
    )


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
    text, folded = reading.text, reading.folded
    previous: Candidate | None = None
    for m in _number().finditer(text):
        read = _read(reading, m)
        if read is None:
            continue
        number, full, parsed, end = read
        segments, join, at = parsed.segments, m["join"][:1] or "/", m.start("n")
        start, row, has_so = _typed(reading, at, parsed)
        party = segments[0].upper() in type_codes() and len(segments) > 1
        ends = (row.name[-1].lower(), "ố") if row is not None else ()
        if join != "/" and not party and folded[at - 2 : at].strip(" :") not in ends:
            continue
        if (reason := _no_document(reading, parsed, start, row)) is not None:
            reading.drop(start, end, "documents", "number", reason)
            continue
        gap_match = None
        if previous is not None and at - previous.end < 48:
            gap_match = _LIST_GAP.fullmatch(folded, previous.end, at)
        if row is None and gap_match is not None and previous is not None and _lends(previous, segments):
            start = gap_match.start("so") if gap_match["so"] else at
            candidate = Candidate(start, end, number, "number-list", previous.type, previous.type_name, at)
        elif row is not None:
            candidate = Candidate(start, end, number, "typed-number", row, row.name, at)
        elif _known(segments) and (has_so or len(segments) > 1 or values.assembly(segments[0])):
            candidate = Candidate(start, end, number, "number", None, None, at)
        else:
            reading.drop(m.start(), end, "documents", "number", "no type word before it and no known code in it")
            continue
        candidate.full = full
        yield candidate
        previous = candidate
    for m in _STANDARD.finditer(text):
        row = type_codes()[m["type"]]
        yield Candidate(m.start(), m.end(), values.as_written(m["n"]), "standard", row, row.name, m.start("n"))
