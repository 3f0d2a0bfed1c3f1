"""Programme mentions, alone or in coordination ("BHXH, BHYT"), and what an article or paragraph is about."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.compiled import anchored, compiled
from extractor.fields.figures.rows import Programme, programme_rows

_TRIGGER = compiled(r"bh|bảo\s+hiểm")
_JOIN = compiled(r"\s*\)?\s*(?:\([^()]{1,12}\))?\s*(?:,|và|/|-|&|,\s*và|hoặc)\s*(?:thẻ\s+|đóng\s+|tham gia\s+)?")
_COMPULSORY = anchored(r"\s+bắt buộc(?!\p{L})")
# "1.250 người tham gia BHXH tự nguyện, BHYT đạt 92%": two statements, not one of two programmes
_OWN_LEVEL = compiled(
    r"\s+(?:đạt|là|chiếm|bao phủ)\s+(?:tỷ lệ\s+)?(?:trên\s+|hơn\s+|gần\s+)?\d"
    r"|:?\s+(?:có\s+|với\s+)?(?:trên\s+|hơn\s+|gần\s+)?\d[\d.,]*\s+(?:người|lao động|hộ|đơn vị|học sinh)(?!\p{L})"
)
_OWN_COUNT = compiled(r"\d\s+\p{L}+(?:\s\p{L}+)?\s+(?:tham gia|đóng|có thẻ)\s+(?:đóng\s+)?$")
# "5.000 người tham gia BHXH (bắt buộc 4.100 người, tự nguyện 900 người)": the two kinds without their noun
_KIND = compiled(
    r"(?<=(?:[,;:(]\s?(?:trong đó,?\s)?|trong đó:\s)(?:có\s)?)(bắt buộc|tự nguyện)(?=(?:\s+(?:là|có|đạt|đạt được|với))?:?\s+\d)"
)
# "trong đó 900 người tham gia tự nguyện"
_KIND_JOINED = compiled(r"(?<=(?<!\p{L})(?:tham gia|đóng)\s)(bắt buộc|tự nguyện)(?!\p{L})")
_KINDS = {"bắt buộc": "BHXH_BB", "tự nguyện": "BHXH_TN"}
_ABBREVIATION = compiled(r"\s*\(\s*$")
# An office, a law, a fund, treatment or money is not taking part.
_WEAK_BEFORE = compiled(
    r"(?<!\p{L})(?:luật|quỹ|cơ quan|tổ chức|ngành|giám đốc|tổng giám đốc|cán bộ|viên chức|công chức|phòng|"
    r"khám chữa bệnh|khám, chữa bệnh|khám bệnh|chữa bệnh|kcb|"
    r"chi|thu|nợ|chi phí|giám định|thanh toán|sở|ban|đại lý|tiền|lương|hưởng|số thu|trục lợi|lạm dụng)\s+(?:đóng\s+)?$"
)
_OFFICE_AFTER = compiled(
    r"\s+(?:việt nam|vn|tỉnh|huyện|thành phố|tp|tphcm|quận|thị xã|khu vực|cơ sở|các tỉnh|các huyện|các địa phương|xã|đồng|"
    r"hà nội|một lần|1 lần)(?!\p{L})"
)


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
    return "bh" in folded or ("hiểm" in folded and _TRIGGER.search(folded) is not None)


def find_programmes(folded: str, start: int, end: int) -> list[Programme]:
    """Programme mentions of `folded[start:end]`, coordinated ones joined, in text order."""
    if not _TRIGGER.search(folded, start, end):
        return []
    single: list[tuple[int, int, str]] = []
    taken = bytearray(end - start)
    for pattern, row in programme_rows():
        for match in pattern.finditer(folded, start, end):
            here = slice(match.start() - start, match.end() - start)
            if 1 not in taken[here]:
                single.append((match.start(), match.end(), row.programme))
                taken[here] = b"\x01" * (here.stop - here.start)
    if any(name == "BHXH" for _, _, name in single):
        first = min(a for a, _, name in single if name == "BHXH")
        single += [(*m.span(), _KINDS[m.group()]) for m in _KIND.finditer(folded, first, end)]
        single += [(*m.span(), _KINDS[m.group()]) for m in _KIND_JOINED.finditer(folded, first, end)]
    single.sort()
    out: list[Programme] = []
    for a, b, name in single:
        if out:
            last = out[-1]
            kind = name.startswith(f"{last.names[-1]}_")  # "BHXH (bắt buộc 40 người, …)"
            if not kind and _ABBREVIATION.fullmatch(folded, last.end, a):  # "bảo hiểm y tế (BHYT)"
                close = b + 1 if folded[b : b + 1] == ")" else b
                out[-1] = Programme(last.start, close, last.names, last.weak)
                continue
            if _JOIN.fullmatch(folded, last.end, a) and not (
                _OWN_LEVEL.match(folded, b) and _OWN_COUNT.search(folded, max(start, last.start - 40), last.start)
            ):
                if last.names == ("BHXH",) and name == "BHYT" and _COMPULSORY.match(folded, b):
                    # "BHXH, BHYT bắt buộc": compulsory social insurance, whose members have BHYT with it
                    out[-1] = Programme(last.start, b, ("BHXH_BB",), last.weak)
                    continue
                names = last.names if name in last.names else (*last.names, name)
                out[-1] = Programme(last.start, b, names, last.weak)
                continue
        out.append(Programme(a, b, (name,), False))
    return [
        Programme(p.start, p.end, _together(p.names), len(p.names) == 1 and _weak(folded, p.start, p.end)) for p in out
    ]


def bare_kinds(folded: str, start: int, end: int) -> list[Programme]:
    """The kinds of social insurance without their noun in a sentence that does not name it: "Trong đó: bắt buộc 900 người"."""
    found = [m for form in (_KIND, _KIND_JOINED) for m in form.finditer(folded, start, end)]
    return [Programme(m.start(), m.end(), (_KINDS[m.group()],), False) for m in sorted(found, key=lambda m: m.start())]


def _weak(folded: str, start: int, end: int) -> bool:
    return bool(_WEAK_BEFORE.search(folded, max(0, start - 24), start) or _OFFICE_AFTER.match(folded, end))


def _together(names: tuple[str, ...]) -> tuple[str, ...]:
    """BHXH, BHYT and BHTN counted by one number are one entry BHXH (ruling 10 of the guidelines)."""
    kinds = {n.split("_")[0] for n in names}
    return ("BHXH",) if {"BHXH", "BHYT", "BHTN"} <= kinds else names
