"""Programme mentions, alone or in coordination ("BHXH, BHYT"), and what an article or paragraph is about."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.compiled import compiled
from extractor.fields.figures.rows import Programme, programme_rows
from extractor.fields.figures.words import template, words_of
from extractor.rules import cache

_TRIGGER = template("{insurance}")
_JOIN = template(r"\s*\)?\s*(?:\([^()]{1,12}\))?\s*(?:,|{and}|/|-|&|,\s*{and}|{or})\s*(?:(?:{card}|{joins})\s+)?")
_COMPULSORY = template(r"\s+{compulsory}(?!\p{L})")
# "1.250 người tham gia BHXH tự nguyện, BHYT đạt 92%": two statements, not one of two programmes
_OWN_LEVEL = template(
    r"\s+{level-verb}\s+(?:{rate-word}\s+)?(?:{about}\s+)?\d"
    r"|:?\s+(?:(?:{have}|{with})\s+)?(?:{about}\s+)?\d[\d.,]*\s+(?:{person-noun}|{unit-noun})(?!\p{L})"
)
_OWN_COUNT = template(r"\d\s+\p{L}+(?:\s\p{L}+)?\s+(?:{joins}|{has-card})\s+(?:{pay}\s+)?$")
_KINDS = "(?:(?P<BHXH_BB>{compulsory})|(?P<BHXH_TN>{voluntary}))"  # groups are the codes of the programmes
# "5.000 người tham gia BHXH (bắt buộc 4.100 người, tự nguyện 900 người)": the two kinds without their noun
_KIND = template(
    r"(?<=(?:[,;:(]\s?(?:{among-them},?\s)?|{among-them}:\s)(?:{have}\s)?)"
    + _KINDS
    + r"(?=(?:\s+(?:{copula}|{reached}|{with}))?:?\s+\d)"
)
# "trong đó 900 người tham gia tự nguyện"
_KIND_JOINED = template(r"(?<=(?<!\p{L}){joins}\s)" + _KINDS + r"(?!\p{L})")
_ABBREVIATION = compiled(r"\s*\(\s*$")
# An office, a law, a fund, treatment or money is not taking part.
_WEAK_BEFORE = template(r"(?<!\p{L}){weak-before}\s+(?:{pay}\s+)?$")
_OFFICE_AFTER = template(r"\s+{office-after}(?!\p{L})")


@dataclass(frozen=True, slots=True)
class Topic:
    """The programmes that a sentence without a mention is about; `weak` ones serve words of coverage alone.

    `listed` says that the line is an item under a heading that counts participants.
    """

    names: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    listed: bool = False


def named(folded: str) -> bool:
    """Whether a text can name an insurance programme at all: a cheap look before the patterns."""
    return any(word in folded for word in _last_words()) and _TRIGGER.search(folded) is not None


@cache
def _last_words() -> tuple[str, ...]:
    """The last words of the names of insurance: a text without them needs no expression."""
    return tuple(sorted({form.split()[-1] for form in words_of("insurance")}))


def find_programmes(folded: str, start: int, end: int) -> list[Programme]:
    """Programme mentions of `folded[start:end]`, coordinated ones joined, in text order."""
    if not _TRIGGER.search(folded, start, end):
        return []
    out: list[Programme] = []
    for single in _singles(folded, start, end):
        joined = _joined(folded, start, out[-1], single) if out else None
        if joined is None:
            out.append(single)
        else:
            out[-1] = joined
    return [
        Programme(p.start, p.end, _together(p.names), len(p.names) == 1 and _weak(folded, p.start, p.end)) for p in out
    ]


def _singles(folded: str, start: int, end: int) -> list[Programme]:
    """Mentions of one programme each, in text order; the kinds of social insurance also without their noun behind it."""
    out: list[Programme] = []
    taken = bytearray(end - start)
    for pattern, row in programme_rows():
        for match in pattern.finditer(folded, start, end):
            here = slice(match.start() - start, match.end() - start)
            if 1 not in taken[here]:
                out.append(Programme(match.start(), match.end(), (row.programme,), False))
                taken[here] = b"\x01" * (here.stop - here.start)
    first = min((p.start for p in out if p.names == ("BHXH",)), default=None)
    return sorted(out if first is None else [*out, *bare_kinds(folded, first, end)])


def _joined(folded: str, start: int, last: Programme, single: Programme) -> Programme | None:
    """The mention before with this one in it, its abbreviation or its next member; None where they are two."""
    (name,) = single.names
    kind = name.startswith(f"{last.names[-1]}_")  # "BHXH (bắt buộc 40 người, …)"
    if not kind and _ABBREVIATION.fullmatch(folded, last.end, single.start):  # "bảo hiểm y tế (BHYT)"
        return last._replace(end=single.end + (folded[single.end : single.end + 1] == ")"))
    if not _JOIN.fullmatch(folded, last.end, single.start) or _two_statements(folded, start, last, single):
        return None
    if last.names == ("BHXH",) and name == "BHYT" and _COMPULSORY.match(folded, single.end):
        # "BHXH, BHYT bắt buộc": compulsory social insurance, whose members have BHYT with it
        return last._replace(end=single.end, names=("BHXH_BB",))
    return last._replace(end=single.end, names=last.names if name in last.names else (*last.names, name))


def _two_statements(folded: str, start: int, last: Programme, single: Programme) -> bool:
    """Whether each of two programmes has a number of its own."""
    if not _OWN_LEVEL.match(folded, single.end):
        return False
    return _OWN_COUNT.search(folded, max(start, last.start - 40), last.start) is not None


def bare_kinds(folded: str, start: int, end: int) -> list[Programme]:
    """The kinds of social insurance without their noun in a sentence that does not name it: "Trong đó: bắt buộc 900 người"."""
    found = [m for form in (_KIND, _KIND_JOINED) for m in form.finditer(folded, start, end)]
    return [Programme(m.start(), m.end(), (m.lastgroup or "",), False) for m in sorted(found, key=lambda m: m.start())]


def _weak(folded: str, start: int, end: int) -> bool:
    return bool(_WEAK_BEFORE.search(folded, max(0, start - 24), start) or _OFFICE_AFTER.match(folded, end))


def _together(names: tuple[str, ...]) -> tuple[str, ...]:
    """BHXH, BHYT and BHTN counted by one number are one entry BHXH (ruling 10 of the guidelines)."""
    kinds = {n.split("_")[0] for n in names}
    return ("BHXH",) if {"BHXH", "BHYT", "BHTN"} <= kinds else names
