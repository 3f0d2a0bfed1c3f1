"""Numbers with their unit and comparator: "khoảng gần 20 triệu người" → 20,000,000 persons, less than."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from extractor.compiled import compiled
from extractor.errors import PatternError
from extractor.fields.figures.rows import ComparatorRow, UnitRow
from extractor.fields.figures.words import slot, template, words_of
from extractor.numbers import LONGEST, Number, find_numbers
from extractor.records import Comparator, Unit
from extractor.rules import cache, load_rows
from extractor.text import fold

# "80% số đơn vị": words between a number and its unit noun that may be skipped.
_GLUE = r"\s*"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: `[start, end)` with comparator and unit word; `noun` is the unit word as written, folded."""

    start: int
    end: int
    core: int
    value: float
    unit: Unit
    comparator: Comparator
    noun: str
    number: Number
    ambiguous: bool = False

    @property
    def most(self) -> float | None:
        """The upper end of a range; None for a single number."""
        high = self.number.high
        return high if high is not None and high > self.value else None


@cache
def _units() -> tuple[regex.Pattern[str], dict[str, UnitRow]]:
    rows = load_rows("units.yaml", UnitRow)
    table = {" ".join(fold(f).split()): row for row in rows for f in row.forms}
    own = [row for row in rows if row.pattern is not None]
    body = "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+")
        for f in sorted(table, key=lambda form: (-len(form), form))
    )
    point, percent = (_worded_by_pattern(own, unit) for unit in ("percentage_point", "percent"))
    table["point"], table["percent"] = point, percent
    return compiled(
        rf"{_GLUE}(?:(?P<point>{point.pattern})|(?P<percent>{percent.pattern})|(?P<noun>{body})(?![\p{{L}}\p{{N}}])"
        rf"(?!\s?/(?!\s?(?:{slot('per')}|\d))))"
    ), table


def _worded_by_pattern(rows: Sequence[UnitRow], unit: str) -> UnitRow:
    found = next((row for row in rows if row.unit == unit), None)
    if found is None:
        raise PatternError(
            f"units.yaml: the program asks for a row of unit {unit!r} with a 'pattern', and none is left"
        )
    return found


@cache
def _comparators() -> tuple[regex.Pattern[str], dict[str, ComparatorRow]]:
    rows = [row for row in load_rows("comparators.yaml", ComparatorRow) if row.reach == "beside"]
    table = {" ".join(fold(f).split()): row for row in rows for f in row.forms}
    body = "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+")
        for f in sorted(table, key=lambda form: (-len(form), form))
    )
    return compiled(rf"(?<![\p{{L}}\p{{N}}])(?<!{slot('graded')}\s)({body})\s+(?:{slot('have')}\s+)?$"), table


_YEAR = template(r"{year}\s(?:19|20)\d\d$")
# "412/450 hộ": the part and its whole. A month, a quarter and a day are no part ("tháng 3/2019 người dân …").
_RATIO = template(
    r"(?<![\d.,/\p{L}])(?<!{no-part}\s)(\d{1,3}(?:\.\d{3})+|\d{1,6})(?:/|\s/\s)(\d{1,3}(?:\.\d{3})+|\d{1,6})"
)
_SHARES = ("percent", "percentage_point")
_PEOPLE = ("person", "household", "organisation")
# A count without its unit word: "số người tham gia đạt 102.480, tăng …", "Thuận An 1.204 người, Bến Cát 985".
_COUNT = template(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?\s?{scale}")
_COUNT_HEAD = template(
    r"(?<!\p{L}){count-word}\s+(?:{person-noun}|{unit-noun}|{subject})(?!\p{L})[^;:,%()]{0,90}?(?:\s{before-count}|:)\s*$"
)
# "số đối tượng tham gia năm 2017 tăng 4,1 triệu so với …"
_GROWN = template(r"(?<!\p{L}){number-word}\s+(?:{person-noun}|{subject})(?!\p{L})[^;%]*\s{grow}(?:\s+{added})?\s*$")
# "41.200 người, tăng hơn 900 so với …": a growth takes the unit of the count before it.
_GROWN_BY = template(r"[^.:]{0,40}?[\s,;]{grow}(?:\s+{grow-to})?\s*")
# "tăng 193 (6,4%)": a growth by fewer than a thousand, told by its share
_SMALL = compiled(r"\d{1,4}")
_WITH_SHARE = template(r"\s*\((?:{share-lead}\s+)?\d+(?:,\d+)?\s?%")
_COUNT_ENDS = template(r"\s*(?:$|[,;)](?!\d)|\.(?!\d)|\((?!{money})|\n|{after-bare}\s)")
_NAMED = template(r"[;,]\s{3,}(?:{copula}|{with}|:)\s*$")
_LABELLED = template(
    r"(?<=[(,;:]\s?(?:{among-them},?\s)?){programme-name}(?:\s(?:{compulsory}|{voluntary}))?(?:\s?:|\s{copula})\s*$"
)
_IN_LIST = template(r"\s*[,;]\s*(?:(?:{and}|{list-word}|{copula}|{with})(?!\p{L})|[:\s])*")
_UP_TO = template(r"\s*(?:-|–|{to})\s*")
_GROWTH = template(r"(?<!\p{L}){growth}(?!\p{L})")
_MORE = template(r"\s+{and-more}")
_LESS = template(r"\s+{and-less}")


def find_quantities(folded: str, start: int, end: int, masked: str = "") -> list[Quantity]:
    """Quantities of `folded[start:end]`: numbers with a unit of `units.yaml`, and counts in lists and behind their heads.

    `masked` is the text with its names blanked; with it, the members of a list need their unit word only once.
    """
    out: list[Quantity] = []
    pattern, _ = _units()
    for number in find_numbers(folded, start, end):
        unit = pattern.match(folded, number.end, end)
        found = _with_unit(folded, number, unit, start, end) if unit else _bare(folded, masked, number, out, start, end)
        if found is not None:
            out.append(found)
    out = _ranges(out, folded, start)
    if "/" not in folded[start:end] or (parts := _parts(folded, start, end)) == []:
        return out
    return sorted(
        [q for q in out if not any(p.start < q.end and q.start < p.end for p in parts)] + parts, key=lambda q: q.start
    )


def _with_unit(folded: str, number: Number, unit: regex.Match[str], start: int, end: int) -> Quantity | None:
    """A number with the unit word behind it; None where it counts nothing that enrolment figures count."""
    key = unit.lastgroup or "noun"
    noun = " ".join(unit.group(key).split())
    row = _units()[1][noun if key == "noun" else key]
    if row.unit == "none" or _no_count(folded, number, row.unit, noun, start):
        return None
    value = number.value if row.unit in _SHARES else counted(number)
    begin, comparator = compared(folded, max(start, number.start - 24), number.start)
    if comparator == "eq":
        comparator = _behind(folded, number, unit.end(), end)
    ambiguous = _two_ways(number, row.unit)
    return Quantity(begin, unit.end(), number.start, value, row.unit, comparator, noun, number, ambiguous)


def counted(number: Number) -> float:
    """The value of a number that counts: "2,948 người" are thousands, as nobody counts parts of persons."""
    return number.value if number.other is None or number.scaled else number.other


def _no_count(folded: str, number: Number, unit: str, noun: str, start: int) -> bool:
    """Whether a number with a unit word is none: a few kinds ("3 trường hợp được thanh toán"), a year, millions of percent."""
    if noun in words_of("cases") and number.value < 10:
        return True
    if _YEAR.search(folded, max(start, number.start - 4), number.end):
        return True  # "năm 2031 đơn vị được giao …"
    return unit in _SHARES and number.scaled and number.value > 100


def _behind(folded: str, number: Number, at: int, end: int) -> Comparator:
    """The comparator that an upper end or the words behind the unit give."""
    if number.high is not None:
        return "approx"
    if _MORE.match(folded, at, end):
        return "gt"
    return "lt" if _LESS.match(folded, at, end) else "eq"


def _ranges(found: list[Quantity], folded: str, start: int) -> list[Quantity]:
    """Quantities in which "từ 85% đến 90%" is one share with an upper end, unless something grew from the one to the other."""
    out: list[Quantity] = []
    for q in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.unit == q.unit == "percent"
            and last.value < q.value
            and last.number.high is None
            and _UP_TO.fullmatch(folded, last.end, q.start)
            and not _GROWTH.search(folded, max(start, last.start - 60), last.start)
        ):
            number = replace(last.number, end=q.number.end, high=q.value)
            out[-1] = replace(last, end=q.end, number=number, comparator="approx")
        else:
            out.append(q)
    return out


def _parts(folded: str, start: int, end: int) -> list[Quantity]:
    """Counts written with their whole: "412/450 hộ" counts 412 households."""
    out = []
    pattern, table = _units()
    for match in _RATIO.finditer(folded, start, end):
        unit = pattern.match(folded, match.end(), end)
        if unit is None or unit.lastgroup != "noun" or max(map(len, match.groups())) > LONGEST:
            continue
        noun = " ".join(unit.group("noun").split())
        part = _part_of(*match.groups())
        if part is None or table[noun].unit not in _PEOPLE:
            continue
        begin, comparator = compared(folded, max(start, match.start() - 24), match.start())
        number = Number(match.start(), match.end(1), float(part))
        out.append(
            Quantity(begin, unit.end(), match.start(), part, table[noun].unit, comparator, noun, number)  # type: ignore[arg-type]
        )
    return out


def _part_of(part: str, whole: str) -> int | None:
    """The part of "412/450"; None for a month with its year, and for more than twice a whole."""
    counted, of = (int(x.replace(".", "")) for x in (part, whole))
    if 1900 <= of <= 2100 and "." not in whole:
        return None
    most = 2 * of if of >= 100 else of  # more than planned, but hardly twice as many
    return counted if counted <= most else None


def _bare(folded: str, masked: str, number: Number, before: list[Quantity], start: int, end: int) -> Quantity | None:
    """A count of people whose unit word stands before it or with the first member of its list."""
    small = _small(folded, number, before, start, end)
    counts = small or _COUNT.fullmatch(folded, number.start, number.end)
    if not counts or not _COUNT_ENDS.match(folded, number.end, end):
        return None
    begin, comparator = compared(folded, max(start, number.start - 24), number.start)
    listed = any(
        form(folded, masked, before, start, begin) for form in (_next_of_list, _named_in_list, _growth_of_last)
    )
    if not listed and (small or not _headed(folded, number, start, begin)):
        return None
    return Quantity(begin, number.end, number.start, number.value, "person", comparator, "", number)


def _small(folded: str, number: Number, before: list[Quantity], start: int, end: int) -> bool:
    """Whether a number that is too small to count by itself does: a share tells it too, or a programme stands as its label."""
    if _SMALL.fullmatch(folded, number.start, number.end) and _WITH_SHARE.match(folded, number.end, end):
        return True
    return number.end - number.start < 4 and _labelled(folded, before, start, number.start)


def _labelled(folded: str, before: list[Quantity], start: int, at: int) -> bool:
    """Whether a programme stands as a label before a count, in a list that has counted persons: "… 812 người, BHTN: 85"."""
    if _LABELLED.search(folded, max(start, at - 50), at) is None:
        return False
    return any(q.unit == "person" for q in before)


def _next_of_list(folded: str, masked: str, before: list[Quantity], _start: int, at: int) -> bool:
    """Whether only a name stands between a count of persons and this one: "Thuận An 1.204 người, Bến Cát 985"."""
    if not masked or not before or before[-1].unit != "person":
        return False
    end = before[-1].end
    return _IN_LIST.fullmatch(masked, end, at) is not None and masked[end:at] != folded[end:at]


def _named_in_list(folded: str, masked: str, before: list[Quantity], start: int, at: int) -> bool:
    """Whether a name or a programme stands before the count, in a list that has counted persons."""
    if not masked or all(q.unit != "person" for q in before):
        return False
    named = _NAMED.search(masked, max(start, at - 60), at)
    if named is not None and masked[named.start() : at] != folded[named.start() : at]:
        return True
    return _labelled(folded, before, start, at)


def _growth_of_last(folded: str, _masked: str, before: list[Quantity], _start: int, at: int) -> bool:
    """Whether the count is by how many the persons before grew."""
    last = before[-1] if before else None
    return last is not None and last.unit == "person" and _GROWN_BY.fullmatch(folded, last.end, at) is not None


def _headed(folded: str, number: Number, start: int, at: int) -> bool:
    """Whether the words before a count say what is counted: "số người tham gia đạt", "số đối tượng … tăng 4,1 triệu"."""
    if _COUNT_HEAD.search(folded, max(start, at - 130), at):
        return True
    return number.scaled and _GROWN.search(folded, max(start, at - 160), at) is not None


def _two_ways(number: Number, unit: str) -> bool:
    """Whether the other reading is possible at all: no share of 9221%, no 85,636 million millions."""
    if number.other is None or number.other >= 1e9:
        return False
    return number.other <= 100 if unit in ("percent", "percentage_point") else True


def compared(folded: str, left: int, at: int) -> tuple[int, Comparator]:
    """Where a number with its comparator begins, and the comparator: "khoảng 20" → approx."""
    pattern, table = _comparators()
    match = pattern.search(folded, left, at)
    if match is None:
        return at, "eq"
    row = table[" ".join(match.group(1).split())]
    return match.start(1), row.comparator
