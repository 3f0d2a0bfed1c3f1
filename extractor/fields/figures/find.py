"""Numbers with their unit and comparator: "khoảng gần 20 triệu người" → 20,000,000 persons, less than."""

from __future__ import annotations

from dataclasses import dataclass, replace

import regex

from extractor.compiled import anchored, compiled
from extractor.fields.figures.rows import ComparatorRow, UnitRow
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


@cache
def _units() -> tuple[regex.Pattern[str], dict[str, UnitRow]]:
    rows = load_rows("units.yaml", UnitRow)
    table = {" ".join(fold(f).split()): row for row in rows for f in row.forms}
    own = [row for row in rows if row.pattern is not None]
    body = "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+")
        for f in sorted(table, key=lambda form: (-len(form), form))
    )
    point, percent = (next(r for r in own if r.unit == u) for u in ("percentage_point", "percent"))
    table["point"], table["percent"] = point, percent
    return compiled(
        rf"{_GLUE}(?:(?P<point>{point.pattern})|(?P<percent>{percent.pattern})|(?P<noun>{body})(?![\p{{L}}\p{{N}}])"
        r"(?!\s?/(?!\s?(?:kh|kế hoạch|chỉ tiêu|tổng|năm|tháng|quý|\d))))"
    ), table


@cache
def _comparators() -> tuple[regex.Pattern[str], dict[str, ComparatorRow]]:
    rows = [row for row in load_rows("comparators.yaml", ComparatorRow) if row.reach == "beside"]
    table = {" ".join(fold(f).split()): row for row in rows for f in row.forms}
    body = "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+")
        for f in sorted(table, key=lambda form: (-len(form), form))
    )
    return compiled(rf"(?<![\p{{L}}\p{{N}}])(?<!(?:cao|thấp|nhiều|ít|lớn|nhỏ|kém)\s)({body})\s+(?:có\s+)?$"), table


_CASES = ("trường hợp", "đối tượng")
_YEAR = compiled(r"năm\s(?:19|20)\d\d$")
# "412/450 hộ": the part and its whole. A month, a quarter and a day are no part ("tháng 3/2019 người dân …").
_RATIO = compiled(
    r"(?<![\d.,/\p{L}])(?<!(?:ngày|tháng|quý|sáng|chiều|số|năm)\s)(\d{1,3}(?:\.\d{3})+|\d{1,6})"
    r"(?:/|\s/\s)(\d{1,3}(?:\.\d{3})+|\d{1,6})"
)
_PEOPLE = ("person", "household", "organisation")
# A count without its unit word: "số người tham gia đạt 102.480, tăng …", "Thuận An 1.204 người, Bến Cát 985".
_COUNT = compiled(r"\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?\s?(?:triệu|nghìn|ngàn)")
_COUNT_HEAD = compiled(
    r"(?<!\p{L})(?:số|lượng)\s+(?:người|lao động|học sinh|đối tượng|đơn vị|hộ)(?!\p{L})[^;:,%()]{0,90}?"
    r"(?:\s(?:là|đạt|có|từ|lên|còn|ước|gần|hơn|trên|khoảng|tới|đến|mới|con số|mức)|:)\s*$"
)
# "số đối tượng tham gia năm 2017 tăng 4,1 triệu so với …"
_GROWN = compiled(r"(?<!\p{L})số\s+(?:người|đối tượng|lao động|học sinh)(?!\p{L})[^;%]*\s(?:tăng|giảm)(?:\s+thêm)?\s*$")
# "41.200 người, tăng hơn 900 so với …": a growth takes the unit of the count before it.
_GROWN_BY = compiled(r"[^.:]{0,40}?[\s,;](?:tăng|giảm)(?:\s+(?:thêm|tới|đến))?\s*")
# "tăng 193 (6,4%)": a growth by fewer than a thousand, told by its share
_SMALL = compiled(r"\d{1,4}")
_WITH_SHARE = anchored(r"\s*\((?:tăng\s+|giảm\s+|tương ứng\s+)?\d+(?:,\d+)?\s?%")
_COUNT_ENDS = compiled(r"\s*(?:$|[,;)](?!\d)|\.(?!\d)|\((?!đồng)|\n|(?:tăng|giảm|lên|xuống|so)\s)")
_NAMED = compiled(r"[;,]\s{3,}(?:là|với|có|đạt|:)\s*$")
_LABELLED = compiled(
    r"(?<=[(,;:]\s?(?:trong đó,?\s)?)(?:bhxh|bhyt|bhtn|bảo hiểm (?:xã hội|y tế|thất nghiệp))(?:\s(?:bắt buộc|tự nguyện))?"
    r"(?:\s?:|\s(?:là|đạt|có))\s*$"
)
_IN_LIST = compiled(r"\s*[,;]\s*(?:(?:và|còn|riêng|là|có|đạt|với)(?!\p{L})|[:\s])*")
_UP_TO = compiled(r"\s*(?:-|–|đến|tới)\s*")
_GROWTH = compiled(r"(?<!\p{L})(?:tăng|giảm|nâng|sụt|lên|xuống|hạ)(?!\p{L})")
_MORE = anchored(r"\s+trở\s+lên(?!\s+so)")
_LESS = anchored(r"\s+trở\s+xuống")


def find_quantities(folded: str, start: int, end: int, masked: str = "") -> list[Quantity]:
    """Quantities of `folded[start:end]`, those of money, time, visits and facilities left out.

    `masked` is the text with its names blanked; with it, the members of a list need their unit word only once.
    """
    out: list[Quantity] = []
    pattern, table = _units()
    for number in find_numbers(folded, start, end):
        match = pattern.match(folded, number.end, end)
        if match is None:
            if (bare := _bare(folded, masked, number, out, start, end)) is not None:
                out.append(bare)
            continue
        key = match.lastgroup or "noun"
        noun = " ".join(match.group(key).split())
        row = table[noun if key == "noun" else key]
        if row.unit == "none":
            continue
        if noun in _CASES and number.value < 10:
            continue  # "3 trường hợp được thanh toán": kinds, not people
        if _YEAR.search(folded, max(start, number.start - 4), number.end):
            continue  # "năm 2031 đơn vị được giao …"
        value = number.value
        if number.other is not None and row.unit not in ("percent", "percentage_point") and not number.scaled:
            value = number.other  # "2,948 người": nobody counts parts of persons
        if row.unit in ("percent", "percentage_point") and number.scaled and number.value > 100:
            continue
        begin, comparator = compared(folded, max(start, number.start - 24), number.start)
        if comparator == "eq" and number.high is not None:
            comparator = "approx"
        if comparator == "eq" and _MORE.match(folded, match.end(), end):
            comparator = "gt"
        elif comparator == "eq" and _LESS.match(folded, match.end(), end):
            comparator = "lt"
        out.append(
            Quantity(
                begin, match.end(), number.start, value, row.unit, comparator, noun, number, _two_ways(number, row.unit)
            )
        )
    out = _ranges(out, folded, start)
    if "/" not in folded[start:end] or (parts := _parts(folded, start, end)) == []:
        return out
    return sorted(
        [q for q in out if not any(p.start < q.end and q.start < p.end for p in parts)] + parts, key=lambda q: q.start
    )


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
        part, whole = (int(x.replace(".", "")) for x in match.groups())
        year = 1900 <= whole <= 2100 and "." not in match.group(2)
        beyond = part > (2 * whole if whole >= 100 else whole)  # more than planned, but hardly twice as many
        if table[noun].unit not in _PEOPLE or beyond or year:
            continue
        begin, comparator = compared(folded, max(start, match.start() - 24), match.start())
        number = Number(match.start(), match.end(1), float(part))
        out.append(
            Quantity(begin, unit.end(), match.start(), part, table[noun].unit, comparator, noun, number)  # type: ignore[arg-type]
        )
    return out


def _bare(folded: str, masked: str, number: Number, before: list[Quantity], start: int, end: int) -> Quantity | None:
    """A count of people whose unit word stands before it or with the first member of its list."""
    small = _SMALL.fullmatch(folded, number.start, number.end) and _WITH_SHARE.match(folded, number.end, end)
    counts = small or _COUNT.fullmatch(folded, number.start, number.end)
    if not counts or not _COUNT_ENDS.match(folded, number.end, end):
        return None
    begin, comparator = compared(folded, max(start, number.start - 24), number.start)
    last = before[-1] if before else None
    listed = (
        last is not None
        and last.unit == "person"
        and bool(masked)
        and _IN_LIST.fullmatch(masked, last.end, begin) is not None
        and masked[last.end : begin] != folded[last.end : begin]
    )
    if not listed and masked and any(q.unit == "person" for q in before):
        named = _NAMED.search(masked, max(start, begin - 60), begin)
        listed = named is not None and masked[named.start() : begin] != folded[named.start() : begin]
        listed = listed or _LABELLED.search(folded, max(start, begin - 50), begin) is not None
    if not listed and last is not None and last.unit == "person":
        listed = _GROWN_BY.fullmatch(folded, last.end, begin) is not None
    if small and not listed:
        return None
    if not listed and not _COUNT_HEAD.search(folded, max(start, begin - 130), begin):
        grown = number.scaled and _GROWN.search(folded, max(start, begin - 160), begin)
        if not grown:
            return None
    return Quantity(begin, number.end, number.start, number.value, "person", comparator, "", number)


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
