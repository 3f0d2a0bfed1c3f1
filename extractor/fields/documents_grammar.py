"""Numbers of documents and the words before them: candidates with their spans, types not yet completed."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from extractor.fields.dates_lexicon import word_tree
from extractor.fields.documents_lexicon import TypeRow, issuer_codes, type_codes, type_forms, type_pattern, words
from extractor.models import Reading
from extractor.values import documents as values

# One code of a suffix: capitals with the small letters that codes have (TTg, TTr, CTr, QyĐ), and a term's number (QH13).
_SEGMENT = r"\p{Lu}(?:\p{Lu}|&|(?<=\p{Lu})(?:tg|tr|[rgyh])(?![\p{Ll}]))*\d{0,3}(?![\p{Ll}])"
_DASH = r"[\-–—‑‐−]"
_SERIAL = rf"\d{{1,6}}(?:\.\d{{1,2}}(?=/\d))?[a-zđ]?(?:(?:[ ]?/[ ]?|{_DASH})\d{{4}})?"
_NUMBER = regex.compile(
    rf"(?:(?<![\p{{L}}\d]|\d[.,/:])|(?<=[Ss]ố))(?P<n>{_SERIAL})[ ]?(?P<join>/|{_DASH})[ ]?"
    rf"(?P<s>{_SEGMENT}(?:(?:[ ]?{_DASH}[ ]?|[ ]?/[ ]?){_SEGMENT})*)"
)
_STANDARD = regex.compile(
    rf"(?<![\p{{L}}\d])(?P<type>QCVN|TCVN)[ ]?(?P<n>\d{{1,5}}(?:{_DASH}\d{{1,3}})?[ ]?:[ ]?(?:19|20)\d\d(?:/[ ]?{_SEGMENT})?)"
)
_LIST_GAP = regex.compile(
    r"(?:[ ]?,?[ ]?(?:ngày|năm)[ ][\d/.\-]{4,10}|[ ]?,?[ ]ngày[ ]\d{1,2}[ ]tháng[ ]\d{1,2}[ ]năm[ ]\d{4})?"
    r"[ ]?(?:[,;:]|[ ]và|[ ]hoặc|[ ]-)?[ ]?(?:và[ ]|hoặc[ ])?(?:các[ ])?(?P<so>(?:số|văn bản số)[ ]?:?[ ]?)?"
)
_YEAR = regex.compile(r"(?:19|20)\d\d")
_NO_SUFFIX = r"(?![\p{L}\d/%]|[.,:]\d|-\d|[ ]?[/\-][ ]?\p{Lu})"
_NOT_A_SUBJECT = regex.compile(r"[.;:\n()\"“”]|\d/\d|(?<!\p{L})(?:theo|tại|căn cứ|ban hành kèm)(?!\p{L})|(?:19|20)\d\d")


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


@cache
def _before() -> regex.Pattern[str]:
    return regex.compile(r"(?P<so>(?<!\p{L})(?:số|số hiệu|mang số|ký hiệu)[ ]?:?[ ]?)?$")


@cache
def _short() -> regex.Pattern[str]:
    """A type word with adjectives or nothing, perhaps `số`, then a number without suffix."""
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?P<type>{word_tree(type_forms())})(?P<mid>(?:[ ]{words('adjective')}){{0,4}})"
        r"(?:[ ]\(\p{L}{2,5}\))?(?P<so>[ ](?:số[ ]?:?))?[ ]{1,2}"
        rf"(?P<n>0?\d{{1,5}}[a-zđ]?(?:/(?:19|20)\d\d|-(?:19|20)\d\d)?){_NO_SUFFIX}"
    )


@cache
def _subject() -> regex.Pattern[str]:
    """`Quyết định thu hồi đất số 2594`: a subject in words, then `số` and a number of two figures or more."""
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?P<type>{word_tree(type_forms())})(?P<mid>(?:[ ]\p{{L}}[\p{{L}}-]*){{1,12}})"
        rf"[ ]số[ ]?:?[ ]?(?P<n>\d{{2,5}}(?:/\d{{4}})?){_NO_SUFFIX}"
    )


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
        "adjective": regex.compile(words("adjective")),
    }


def _known(segments: tuple[str, ...]) -> bool:
    return any(s.upper() in type_codes() or s.upper() in issuer_codes() or values.assembly(s) for s in segments)


def _trim(match: regex.Match[str]) -> int:
    """End of the suffix without a spaced dash that begins the next phrase: `17/QĐ-UBND - UBND tỉnh …`."""
    suffix = match["s"]
    pieces = list(regex.finditer(_SEGMENT, suffix))
    end = pieces[0].end()
    for left, right in itertools.pairwise(pieces):
        gap = suffix[left.end() : right.start()]
        code = values.canonical(left.group()).upper()
        if gap != gap.strip() and code not in type_codes() and not (len(gap) == 2 and code in issuer_codes()):
            break
        end = right.end()
    return match.start("s") + end


def _type_before(reading: Reading, at: int) -> tuple[int, TypeRow | None, bool]:
    """Start of the citation before a number at `at`, its type word's row, and whether `số` stands there."""
    folded = reading.folded
    so = _before().search(folded, max(0, at - 12), at)
    stop = so.start() if so is not None and so["so"] else at
    has_so = stop < at
    low = max(0, stop - 110)
    line = reading.line_at(at).start
    last: regex.Match[str] | None = None
    for m in type_pattern().finditer(folded, max(low, line), stop):
        last = m
    if last is None:
        return stop, None, has_so
    mid = folded[last.end() : stop]
    row = type_forms()[" ".join(last.group().split())]
    plain = mid.strip()
    if not plain or _around()["adjective"].fullmatch(plain):
        return last.start(), row, has_so
    if has_so and len(plain) <= 95 and not _NOT_A_SUBJECT.search(plain):
        return last.start(), row, has_so
    return stop, None, has_so


def numbers(reading: Reading) -> Iterator[Candidate]:
    """Numbers with a suffix, in text order: `428/KH-BHXH`, `21-NQ/TW`, `46/2014/QH13`."""
    text, folded = reading.text, reading.folded
    previous: Candidate | None = None
    for m in _NUMBER.finditer(text):
        end = _trim(m)
        number = values.as_written(text[m.start("n") : end])
        parsed = values.parse(number)
        if parsed is None:
            continue
        segments = parsed.segments
        join = m["join"]
        start, row, has_so = _type_before(reading, m.start("n"))
        party = segments[0].upper() in type_codes() and len(segments) > 1
        ends = (row.name[-1].lower(), "ố") if row is not None else ()
        if join != "/" and not party and folded[m.start("n") - 2 : m.start("n")].strip(" :") not in ends:
            continue
        gap_match = None
        if previous is not None and m.start("n") - previous.end < 48:
            gap_match = _LIST_GAP.fullmatch(folded, previous.end, m.start("n"))
        if row is None and gap_match is not None and previous is not None and previous.type is not None:
            at = gap_match.start("so") if gap_match["so"] else m.start("n")
            candidate = Candidate(at, end, number, "number-list", previous.type, previous.type_name, m.start("n"))
        elif row is not None:
            candidate = Candidate(start, end, number, "typed-number", row, row.name, m.start("n"))
        elif _known(segments) and (has_so or len(segments) > 1 or values.assembly(segments[0])):
            candidate = Candidate(start, end, number, "number", None, None, m.start("n"))
        else:
            reading.drop(m.start(), end, "documents", "number", "no type word before it and no known code in it")
            continue
        if row is None and previous is not None and not has_so and candidate.rule == "number" and not _known(segments):
            continue
        yield candidate
        previous = candidate
    for m in _STANDARD.finditer(text):
        row = type_codes()[m["type"]]
        yield Candidate(m.start(), m.end(), values.as_written(m["n"]), "standard", row, row.name, m.start("n"))


_WORD_BEFORE = regex.compile(r"\p{Ll}[ ]$")


def _named(reading: Reading, at: int) -> bool:
    """Whether the type word has a capital within a sentence (`theo Quyết định 595`): a name, not a verb."""
    return reading.text[at].isupper() and _WORD_BEFORE.search(reading.text[max(0, at - 2) : at]) is not None


def short_numbers(reading: Reading) -> Iterator[Candidate]:
    """Type words with a number that has no suffix: `Thông tư 02`, `Nghị định số 105/2014`, `công văn 23`."""
    folded = reading.folded
    for m in _short().finditer(folded):
        row = type_forms()[" ".join(m["type"].split())]
        if not m["so"]:
            if "/" in m["n"]:
                yield Candidate(
                    m.start(),
                    m.end(),
                    values.as_written(m["n"]),
                    "short-number",
                    row,
                    row.name,
                    m.start("n"),
                    short=True,
                )
                continue
            if row.bare == "no" or (m["mid"] and row.bare == "verb"):
                continue
            if _around()["counted"].match(folded, m.end()):
                continue
            if row.bare == "verb" and not (
                len(m["n"]) > 1 and (_around()["follows"].match(folded, m.end()) or _named(reading, m.start()))
            ):
                continue
            if _YEAR.fullmatch(m["n"]):
                continue
        yield Candidate(
            m.start(), m.end(), values.as_written(m["n"]), "short-number", row, row.name, m.start("n"), short=True
        )


def subject_numbers(reading: Reading) -> Iterator[Candidate]:
    """Type word, subject and number: `Quyết định giải quyết khiếu nại số 333`."""
    folded = reading.folded
    if " số" not in folded:
        return
    for m in _subject().finditer(folded, overlapped=True):
        row = type_forms()[" ".join(m["type"].split())]
        mid = m["mid"].strip()
        inner = [type_forms()[" ".join(x.group().split())] for x in type_pattern().finditer(mid)]
        if (
            any(r.bare != "no" for r in inner)
            or _around()["numbered"].search(mid)
            or _around()["stop"].search(mid)
            or _around()["counted"].match(folded, m.end())
        ):
            continue
        if (row.bare == "verb" and not reading.text[m.start()].isupper()) or (
            not _around()["follows"].match(folded, m.end()) and "(" not in folded[m.end() : m.end() + 2]
        ):
            continue
        if row.bare == "no" and row.id not in ("ban-an", "cao-trang", "giay-phep", "van-ban"):
            continue
        yield Candidate(
            m.start(), m.end(), values.as_written(m["n"]), "subject-number", row, row.name, m.start("n"), short=True
        )


def candidates(reading: Reading) -> list[Candidate]:
    """All candidates in text order; a short one inside or beside a full one gives way."""
    if not regex.search(r"\d", reading.text):
        return []
    taken = sorted(numbers(reading), key=lambda c: c.start)
    for finder in (short_numbers, subject_numbers):
        starts = [c.start for c in taken]
        free = []
        for short in finder(reading):
            k = bisect_left(starts, short.end)
            if k == 0 or taken[k - 1].end <= short.start:
                free.append(short)
        taken = sorted([*taken, *free], key=lambda c: c.start)
    out = []
    for candidate in taken:
        if not out or out[-1].end <= candidate.start:
            out.append(candidate)
    _share(reading, out)
    return out


def _share(reading: Reading, found: list[Candidate]) -> None:
    """`Quyết định số 2594 và 2595/QĐ-UBND`: the first number takes the suffix and the second the type of the other."""
    folded = reading.folded
    for left, right in itertools.pairwise(found):
        gap = folded[left.end : right.start]
        if left.short and not right.short and len(gap) < 12 and regex.fullmatch(r"[ ]?(?:,|;|[ ]?và)[ ]?", gap):
            parsed = values.parse(right.number)
            if parsed is not None and (right.type is None or right.type is left.type):
                left.full = f"{left.number}{'/' + str(parsed.year) if parsed.year else ''}{parsed.join}{parsed.suffix}"
                right.type, right.type_name = left.type, left.type_name
