"""Numbers as Vietnamese writes them, to values: `23.162`, `76,4 triệu`, `hai triệu rưỡi`, `từ 5 đến 7 triệu`.

The dot groups thousands and the comma is the decimal sign; a string that can be read both ways ("1.5", "2,948") keeps its
other reading and is flagged, never guessed silently.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import regex

from extractor.compiled import anchored, compiled

ONES = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
SCALES = {
    "mươi": 10, "chục": 10, "trăm": 100, "nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tr": 1e6, "tỷ": 1e9, "tỉ": 1e9,
}  # fmt: skip
FILLERS = {"linh", "lẻ"}
_TIGHT = ("mươi", "mười", "trăm", "linh", "lẻ")
LOOSE = {"không", "một", "hai", "ba", "bốn", "tư", "năm", "sáu", *FILLERS}

POINT = "phẩy"
LONGEST = 24  # digits and marks of a number that counts anything
_WORDS = "|".join(
    sorted((w for w in {*ONES, *SCALES, *FILLERS, "rưỡi"} if w != "tr"), key=lambda form: (-len(form), form))
)
# Thousands in blanks or apostrophes ("1 234 567"), if no further number follows and none that names a thing stands
# before: "quận 7 500 hộ" is a district and a count.
_NAMED = (
    r"(?<!(?<!\p{L})(?:quận|phường|tổ|khóa|lớp|quý|tháng|ngày|điều|khoản|thứ|lần|kỳ|ấp|thôn|năm|đợt|khu|bài|mục|chương|vòng"
    r"|giờ|phút|h|tuổi|hạng|quốc lộ|covid|(?<!tổng )(?<!con )(?<!dân )số)[ ])(?<!\p{L}-)(?:(?<!\d[ ])|(?<=năm (?:19|20)\d\d[ ]))"
)
_SPACED = rf"(?:{_NAMED}[1-9]\d{{0,2}}+(?:(?:[ ]\d{{3}})++|(?:'\d{{3}})++)(?:,\d{{1,2}})?+(?![\d'/]|[.,]\d|[ ]\d|-\d))"
_DIGITS = rf"(?:{_SPACED}|\d++(?:[.,]\d++)*+)"
_BORDER = r"(?![\p{L}\p{N}])"
# A scale word of a share ("phần trăm") counts nothing.
_WORD = rf"(?<!phần\s)(?!t[ỷỉ]\s+(?:lệ|trọng|suất|số)(?!\p{{L}}))(?:{_WORDS}){_BORDER}"
_FRACTION_WORDS = rf"(?:\s++{POINT}(?:\s++(?:\d++|{_WORD})){{1,3}}+)?+"
# What goes on after a scale: "1 triệu 200 nghìn", "2 ngàn 5 trăm", "85 nghìn 600".
_LOWER = (
    rf"(?:\s++\d{{1,3}}\s?+(?:trăm|nghìn|ngàn|triệu){_BORDER}"
    rf"|(?<=nghìn|ngàn)\s\d{{3}}(?![\d.,/%-])(?:\s(?:triệu|t[ỷỉ]){_BORDER})?+)"
)
_PART = rf"(?:{_DIGITS}|{_WORD})"
_NUMBER = compiled(
    rf"(?<![\p{{L}}\p{{N}}])(?<!\d[.,/])(?<!\p{{L}}/)(?:{_DIGITS}(?:\s?+(?:{_WORD}|tr{_BORDER})){{0,4}}+{_LOWER}{{0,3}}+"
    rf"|(?!năm\s+\d){_WORD}(?:\s++{_PART}){{0,23}}+){_FRACTION_WORDS}"  # "năm 2020 92,1%" is a year and a share
)
# Without a word of scale only digits can be a number, and they are found much faster.
_PLAIN = compiled(rf"(?=\d)(?<![\p{{L}}\p{{N}}])(?<!\d[.,/])(?<!\p{{L}}/){_DIGITS}")
_SCALED = compiled(rf"chục|trăm|nghìn|ngàn|vạn|triệu|t[ỷỉ](?!\s+(?:lệ|trọng|suất))|mươi|mười|\dtr|\d tr|{POINT}")
_SHARE = compiled(r"\s?+(?:%|phần\s(?:trăm|nghìn|vạn)(?!\p{L}))")
# A plain group of digits, thousands in dots with an optional decimal part, thousands in commas, a decimal, or both marks.
_GROUPED = compiled(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_COMMA = compiled(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = compiled(r"(\d+)([.,])(\d+)")
_ZEROS = compiled(r"0{2,}")  # the rest of a number that is cut
_HEAD = compiled(_DIGITS)
_RANGE = compiled(r"\s?+(?:-|đến|tới)\s?+")
# "hàng nghìn", "vài chục": an order of magnitude, not a number.
_FRACTION = anchored(r"\s?/\s?\d")
# "năm đến bảy triệu": a number word before the range sign, unless "năm" is a year ("đầu năm đến …").
_LOW_WORD = compiled(
    r"(?<![\p{L}\p{N}])(?<!(?:đầu|cuối|trong|mỗi|hằng|hàng|cả|giữa|nửa|qua|\d)\s)"
    r"(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s(?:đến|tới|-)\s$"
)
_VAGUE = compiled(r"(?:hàng|vài|mấy|dăm|nhiều|cả)\s+$")


@dataclass(frozen=True, slots=True)
class Number:
    """A number mention `[start, end)` of the folded text. `high` is the upper end of a range.

    `other` is the second reading of an ambiguous string; `scaled` says that a word such as "triệu" multiplies it.
    """

    start: int
    end: int
    value: float
    high: float | None = None
    other: float | None = None
    scaled: bool = False

    @property
    def ambiguous(self) -> bool:
        """Whether the string has a second reading."""
        return self.other is not None


_LARGEST = 1e18  # quantities in news end at sums of money, a thousand times below


def _clean(value: float) -> float:
    """Rounded to six decimals, so that 76,27 triệu is 76270000 and not 76269999.99999999."""
    return round(value, 6)


def parse_digits(text: str) -> tuple[float, float | None] | None:
    """Value and second reading of a string of digits and marks; None where it is no number ("1.2.3", a hundred digits)."""
    if len(text) > LONGEST:
        return None
    if text.isdecimal():
        return float(text), None
    if " " in text or "'" in text:
        return float(text.replace(" ", "").replace("'", "").replace(",", ".")), None
    if _GROUPED.fullmatch(text):
        first = float(text.replace(".", "").replace(",", "."))
        return first, None
    if match := _DECIMAL.fullmatch(text):
        whole, mark, fraction = match.groups()
        decimal = float(f"{whole}.{fraction}")
        if mark == ".":  # a decimal point is foreign to Vietnamese: thousands cut short, or an English decimal
            return decimal, None if whole == "0" else float(whole + fraction)
        if len(fraction) == 3 and whole != "0" and len(whole) <= 3:
            return decimal, float(whole + fraction)
        return decimal, None
    if _GROUPED_COMMA.fullmatch(text):
        return float(text.replace(",", "")), None
    return None


def parse_words(words: list[str]) -> float | None:
    """Value of number words, digits among them allowed ("1", "triệu", "200", "nghìn"); None where they make no number.

    A scale multiplies the smaller ones before it ("hai nghìn tỷ") and adds to the larger ("một triệu hai nghìn");
    what follows "phẩy" is the decimal part ("chín mươi phẩy hai").
    """
    if POINT in words:
        at = words.index(POINT)
        tail = list(words[at + 1 :])
        scale = 1.0
        while tail and SCALES.get(tail[-1], 0.0) >= 1e3:
            scale *= SCALES[tail.pop()]
        whole, part = parse_words(words[:at]), _decimals(tail)
        return None if whole is None or part is None else _clean((whole + part) * scale)
    parts: list[tuple[float, float]] = []  # value and scale, largest scale first
    group: float | None = None
    unit: float | None = None
    last, seen = 1.0, False
    for word in words:
        if word == "rưỡi":
            parts.append((last / 2, 1.0))
        elif word in SCALES:
            last, seen = SCALES[word], True
            if last < 1e3:
                group, unit = (group or 0.0) + (1.0 if unit is None else unit) * last, None
            else:
                parts, group, unit = _scaled(parts, group, unit, last), None, None
        elif word == "mười":
            group, seen = (group or 0.0) + 10, True
        elif word in ONES or word not in FILLERS:
            value = float(ONES[word]) if word in ONES else (parse_digits(word) or (None, None))[0]
            if value is None:
                return None
            unit, seen = value, True
    return _clean(sum(value for value, _ in parts) + (group or 0.0) + (unit or 0.0)) if seen else None


def _scaled(
    parts: list[tuple[float, float]], group: float | None, unit: float | None, scale: float
) -> list[tuple[float, float]]:
    """The parts with a scale from a thousand on applied: to the group before it, and to the smaller parts before that."""
    value = None if group is None and unit is None else (group or 0.0) + (unit or 0.0)
    while parts and parts[-1][1] < scale:
        value = (value or 0.0) + parts[-1][0]
        parts = parts[:-1]
    return [*parts, ((1.0 if value is None else value) * scale, scale)]


def _decimals(words: list[str]) -> float | None:
    """The part after "phẩy": digit by digit ("không năm" → .05, "hai lăm" → .25) or one number ("bảy mươi lăm" → .75)."""
    if all(w in ONES and ONES[w] < 10 for w in words):
        return float("0." + "".join(str(ONES[w]) for w in words))
    if len(words) == 1 and words[0].isdecimal():
        return float(f"0.{words[0]}")
    value = parse_words(words)
    return None if value is None or value >= 100 else value / 100


def _words(quote: str) -> list[str]:
    """A quote's words; digits with their thousands are one, and are parted from a word glued to them ("5triệu")."""
    return [m.group() for m in _TOKEN.finditer(quote)]


_TOKEN = compiled(rf"{_DIGITS}|[^\s\d]+")


def _read(folded: str, start: int, end: int) -> Number | None:
    words = _words(folded[start:end])
    first = _HEAD.match(words[0])
    scaled = any(w in SCALES for w in words)
    if not scaled and not first and POINT not in words and not _SHARE.match(folded, end):
        return None  # small number words alone ("ba", "năm") are too often something else
    value = parse_words(words)
    if value is None or not value < _LARGEST:
        return None  # no count of anything: a row of digits run together, perhaps beyond what a float holds
    other = None
    if first and (parsed := parse_digits(first.group())) and parsed[1] is not None:
        other = parse_words([f"{parsed[1]:.0f}", *words[1:]])
    return Number(start, end, value, other=other, scaled=scaled)


def find_numbers(folded: str, start: int = 0, end: int | None = None) -> Iterator[Number]:
    """Numbers of `folded[start:end]` in text order, ranges joined ("từ 5 đến 7 triệu", "30-40"). Linear in the text."""
    end = len(folded) if end is None else end
    pending: Number | None = None
    pattern = _NUMBER if _SCALED.search(folded, start, end) else _PLAIN
    for match in pattern.finditer(folded, start, end):
        a, b = match.start(), _trim(folded, match.start(), match.end())
        if _VAGUE.search(folded, max(start, a - 8), a) or _FRACTION.match(folded, b):
            continue
        number = _read(folded, a, b)
        if number is None or _ZEROS.fullmatch(folded, a, b):
            continue
        if pending is not None:
            joined = _join(folded, pending, number)
            if joined is not None:
                pending = joined
                continue
            yield pending
        elif number.scaled and (low := _LOW_WORD.search(folded, max(start, a - 24), a)):
            value = _clean(ONES[low.group(1)] * _scale(folded[a:b]))
            if value < number.value:
                number = replace(number, start=low.start(1), value=value, high=number.value)
        pending = number
    if pending is not None:
        yield pending


def _trim(folded: str, a: int, b: int) -> int:
    """End of the number without a last word that belongs to what follows: "20 năm 2018" holds 20, not 25."""
    words = folded[a:b].split()
    while len(words) > 1 and words[-1] in LOOSE and words[-2] not in _TIGHT and POINT not in words[-4:]:
        b = a + len(folded[a:b].rstrip()) - len(words.pop())
    return a + len(folded[a:b].rstrip())


def _join(folded: str, low: Number, high: Number) -> Number | None:
    """The range of two numbers, or None where no range sign stands between them or the ends are not in order."""
    if not _RANGE.fullmatch(folded, low.end, high.start):
        return None
    scale = _scale(folded[high.start : high.end]) if high.scaled and not low.scaled else 1.0
    value = _clean(low.value * scale)
    return replace(high, start=low.start, value=value, high=high.value, other=None) if value < high.value else None


def _scale(text: str) -> float:
    scale = 1.0
    for word in regex.split(r"\s+|(?<=\d)(?=\p{L})", text):
        scale *= SCALES.get(word, 1.0)
    return scale
