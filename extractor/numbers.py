"""Numbers as Vietnamese writes them, to values: `23.162`, `76,4 triệu`, `hai triệu rưỡi`, `từ 5 đến 7 triệu`.

The dot groups thousands and the comma is the decimal sign; a string that can be read both ways ("1.5", "2,948") keeps its
other reading and is flagged, never guessed silently.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal

import regex

from extractor.compiled import anchored, compiled
from extractor.rules import Row, Template, cache, load_rows, word_tree
from extractor.text import fold

LONGEST = 24  # digits and marks of a number that counts anything
Group = Literal[
    "one", "scale", "filler", "half", "point", "share", "share-of", "year", "named", "number-sign", "sum", "to", "time-before",
    "vague",
]  # fmt: skip


class NumberRow(Row):
    """A word of `patterns/numbers.yaml`: what it is in a number (`group`), and its `value` where it has one.

    `inner`: only inside a number; `tight`: a small word after it is its own; `loose`: as a last word it may belong to what
    follows; `glued`: only right behind digits; `lower`: goes on after a larger scale; `not_before`: words before which it is
    another word.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("group",)

    group: Group
    value: float = 0.0
    inner: bool = False
    tight: bool = False
    loose: bool = False
    glued: bool = False
    lower: bool = False
    not_before: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of numbers, folded: values and factors, and those of each kind."""

    ones: Mapping[str, float]
    scales: Mapping[str, float]
    fillers: frozenset[str]
    halves: frozenset[str]
    points: frozenset[str]
    tight: frozenset[str]
    loose: frozenset[str]


_TEN, _THOUSAND = 10.0, 1e3


@cache
def _number_rows() -> tuple[NumberRow, ...]:
    return load_rows("numbers.yaml", NumberRow)


def _values(group: Group) -> dict[str, float]:
    return {fold(f): row.value for row in _number_rows() if row.group == group for f in row.forms}


def _forms(holds: Callable[[NumberRow], bool]) -> frozenset[str]:
    return frozenset(fold(f) for row in _number_rows() if holds(row) for f in row.forms)


@cache
def _vocabulary() -> _Words:
    return _Words(
        _values("one"),
        _values("scale"),
        frozenset(_values("filler")),
        frozenset(_values("half")),
        frozenset(_values("point")),
        _forms(lambda row: row.tight),
        _forms(lambda row: row.loose),
    )


def _guarded(rows: Iterable[NumberRow]) -> str:
    """The forms of rows, each kind with what may not follow it."""
    by_tail: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        by_tail.setdefault(row.not_before, []).extend(map(fold, row.forms))
    plain = [word_tree(forms) for tail, forms in by_tail.items() if not tail]
    return "|".join(
        [rf"{word_tree(forms)}(?!\s+{word_tree(tail)}{_LETTERS})" for tail, forms in by_tail.items() if tail] + plain
    )


_LETTERS = r"(?!\p{L})"
_SLOTS: dict[str, Callable[[NumberRow], bool]] = {
    "word": lambda row: row.group in ("one", "scale", "filler", "half") and not row.glued,
    "short-scale": lambda row: row.glued,
    "large-word": lambda row: not row.glued and (row.group == "scale" or row.value == _TEN),
    "thousand": lambda row: row.value == _THOUSAND,
    "lower": lambda row: row.lower,
    "above": lambda row: row.group == "scale" and row.value > 1e5 and not row.glued,
    "alone": lambda row: row.group == "one" and not row.inner,
}


def _slot(name: str) -> str:
    holds = _SLOTS.get(name)
    if holds is None:
        return word_tree(_values(name))  # type: ignore[arg-type]
    return f"(?:{_guarded(row for row in _number_rows() if holds(row))})"


def _template(text: str) -> Template:
    """An expression with slots for groups of `patterns/numbers.yaml` and for the kinds of rows in `_SLOTS`."""
    return Template(text, _slot)


# Thousands in blanks or apostrophes ("1 234 567"), if no further number follows and none that names a thing stands
# before: "quận 7 500 hộ" is a district and a count.
_NAMED = (
    r"(?<!(?<!\p{L})(?:{named}|(?<!{sum}[ ]){number-sign})[ ])(?<!\p{L}-)(?:(?<!\d[ ])|(?<={year}[ ](?:19|20)\d\d[ ]))"
)
_SPACED = rf"(?:{_NAMED}[1-9]\d{{0,2}}+(?:(?:[ ]\d{{3}})++|(?:'\d{{3}})++)(?:,\d{{1,2}})?+(?![\d'/]|[.,]\d|[ ]\d|-\d))"
_DIGITS = rf"(?:{_SPACED}|\d++(?:[.,]\d++)*+)"
_BORDER = r"(?![\p{L}\p{N}])"
# A scale word of a share ("phần trăm") counts nothing.
_WORD = rf"(?<!{{share}}\s){{word}}{_BORDER}"
_FRACTION_WORDS = rf"(?:\s++{{point}}(?:\s++(?:\d++|{_WORD})){{1,3}}+)?+"
# What goes on after a scale: "1 triệu 200 nghìn", "2 ngàn 5 trăm", "85 nghìn 600".
_LOWER = (
    rf"(?:\s++\d{{1,3}}\s?+{{lower}}{_BORDER}"
    rf"|(?<={{thousand}})\s\d{{3}}(?![\d.,/%-])(?:\s{{above}}{_BORDER})?+)"
)
_PART = rf"(?:{_DIGITS}|{_WORD})"
_NUMBER = _template(
    rf"(?<![\p{{L}}\p{{N}}])(?<!\d[.,/])(?<!\p{{L}}/)(?:{_DIGITS}(?:\s?+(?:{_WORD}|{{short-scale}}{_BORDER})){{0,4}}+{_LOWER}{{0,3}}+"
    rf"|(?!{{year}}\s+\d){_WORD}(?:\s++{_PART}){{0,23}}+){_FRACTION_WORDS}"  # "năm 2020 92,1%" is a year and a share
)
# Without a word of scale only digits can be a number, and they are found much faster.
_PLAIN = _template(rf"(?=\d)(?<![\p{{L}}\p{{N}}])(?<!\d[.,/])(?<!\p{{L}}/){_DIGITS}")
_SCALED = _template(r"{large-word}|\d[ ]?{short-scale}|{point}")
_SHARE = _template(r"\s?+(?:%|{share}\s{share-of}(?!\p{L}))")
# A plain group of digits, thousands in dots with an optional decimal part, thousands in commas, a decimal, or both marks.
_GROUPED = compiled(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_GROUPED_COMMA = compiled(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = compiled(r"(\d+)([.,])(\d+)")
_ZEROS = compiled(r"0{2,}")  # the rest of a number that is cut
_HEAD = _template(_DIGITS)
_RANGE = _template(r"\s?+(?:-|{to})\s?+")
# "hàng nghìn", "vài chục": an order of magnitude, not a number.
_FRACTION = anchored(r"\s?/\s?\d")
# "năm đến bảy triệu": a number word before the range sign, unless "năm" is a year ("đầu năm đến …").
_LOW_WORD = _template(r"(?<![\p{L}\p{N}])(?<!(?:{time-before}|\d)\s)({alone})\s(?:{to}|-)\s$")
_VAGUE = _template(r"{vague}\s+$")


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
    known = _vocabulary()
    at = next((i for i, word in enumerate(words) if word in known.points), None)
    if at is not None:
        return _with_decimals(words[:at], words[at + 1 :], known.scales)
    made = _Sum()
    if not all(made.take(word, known) for word in words):
        return None
    return made.value()


def _with_decimals(whole_words: list[str], tail: list[str], scales: Mapping[str, float]) -> float | None:
    """The value of a number with a decimal part in words; a scale behind it is that of the whole number."""
    scale = 1.0
    while tail and scales.get(tail[-1], 0.0) >= _THOUSAND:
        scale *= scales[tail.pop()]
    whole, part = parse_words(whole_words), _decimals(tail)
    return None if whole is None or part is None else _clean((whole + part) * scale)


@dataclass(slots=True)
class _Sum:
    """A number in words while it is read: what larger scales have closed, the group below a thousand, and its last unit."""

    parts: list[tuple[float, float]] = field(default_factory=list)  # value and scale, largest scale first
    group: float | None = None
    unit: float | None = None
    last: float = 1.0  # the last scale
    seen: bool = False

    def take(self, word: str, known: _Words) -> bool:
        """Read one word; False where it makes no number."""
        if word in known.halves:
            self.parts.append((self.last / 2, 1.0))
        elif word in known.scales:
            self._scale(known.scales[word])
        elif known.ones.get(word) == _TEN:
            self.group, self.seen = (self.group or 0.0) + _TEN, True
        elif word not in known.fillers:
            value = known.ones[word] if word in known.ones else (parse_digits(word) or (None, None))[0]
            if value is None:
                return False
            self.unit, self.seen = value, True
        return True

    def _scale(self, scale: float) -> None:
        self.last, self.seen = scale, True
        if scale < _THOUSAND:
            self.group = (self.group or 0.0) + (1.0 if self.unit is None else self.unit) * scale
        else:
            self.parts, self.group = _scaled(self.parts, self.group, self.unit, scale), None
        self.unit = None

    def value(self) -> float | None:
        """The number; None where no word had a value."""
        if not self.seen:
            return None
        return _clean(sum(value for value, _ in self.parts) + (self.group or 0.0) + (self.unit or 0.0))


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
    ones = _vocabulary().ones
    if all(ones.get(w, _TEN) < _TEN for w in words):
        return float("0." + "".join(f"{ones[w]:.0f}" for w in words))
    if len(words) == 1 and words[0].isdecimal():
        return float(f"0.{words[0]}")
    value = parse_words(words)
    return None if value is None or value >= 100 else value / 100


def _words(quote: str) -> list[str]:
    """A quote's words; digits with their thousands are one, and are parted from a word glued to them ("5triệu")."""
    return [m.group() for m in _TOKEN.finditer(quote)]


_TOKEN = _template(rf"{_DIGITS}|[^\s\d]+")


def _read(folded: str, start: int, end: int) -> Number | None:
    words, known = _words(folded[start:end]), _vocabulary()
    first = _HEAD.match(words[0])
    scaled = not known.scales.keys().isdisjoint(words)
    if not scaled and not first and known.points.isdisjoint(words) and not _SHARE.match(folded, end):
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
    ones = _vocabulary().ones
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
            value = _clean(ones[low.group(1)] * _scale(folded[a:b]))
            if value < number.value:
                number = replace(number, start=low.start(1), value=value, high=number.value)
        pending = number
    if pending is not None:
        yield pending


def _trim(folded: str, a: int, b: int) -> int:
    """End of the number without a last word that belongs to what follows: "20 năm 2018" holds 20, not 25."""
    words, known = folded[a:b].split(), _vocabulary()
    while (
        len(words) > 1
        and words[-1] in known.loose
        and words[-2] not in known.tight
        and known.points.isdisjoint(words[-4:])
    ):
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
    scale, scales = 1.0, _vocabulary().scales
    for word in regex.split(r"\s+|(?<=\d)(?=\p{L})", text):
        scale *= scales.get(word, 1.0)
    return scale
