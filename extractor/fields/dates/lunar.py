"""Words of the lunar calendar: days by name (`mùng 5 Tết`, `rằm tháng Giêng`), and the marks that make a date lunar (`âm lịch`)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.dates.atoms import YEAR, Atom, year_offset
from extractor.fields.dates.relative import END, PART_BEFORE
from extractor.fields.dates.rows import FULL_MOON, is_full_moon, number, rows, template, words
from extractor.fields.dates.years import cycle_place
from extractor.models import Reading
from extractor.rules import cache, word_tree
from extractor.rules.literals import may_match
from extractor.text import fold

TET = 1  # the month that begins with Tết
_EARLY_DAY = template(r"{early-day}[ ]")


_MARK = rf"(?:[ ]?\({{lunar-mark}}\)|,?[ ]?{{lunar-mark}}{END})"  # `âm lịch`, `(âm lịch)`, `ÂL`
_LUNAR = template(
    rf"(?<![\p{{L}}\d]|\d[.,/\-])(?:{{unit:day}}[ ])?(?P<d>{{early-day}}[ ](?:\d{{1,2}}|{{number}})|{{full-moon}}"
    rf"|{{tens}}(?:[ ]\p{{L}}+)?(?=[ ]{{tet}})|\d{{1,2}})"
    rf"(?:(?:[ ]?-[ ]?|[ ]{{and-years}}[ ])(?:{{early-day}}[ ])?(?P<last>\d{{1,2}}|{{number}})(?=[ ]{{tet}}))?"
    rf"(?:[ ]?[/.\-][ ]?(?P<m>\d{{1,2}})(?={_MARK})|[ ]{{month}}[ ]"
    rf"(?P<m>\d{{1,2}}|{{lunar-month}}|{{number}})|[ ](?P<tet>{{tet}})(?:[ ]{{tet-tail}})?)"
    rf"(?P<al>{_MARK})?{END}"
    rf"(?:[ ](?:{{year}}[ ])?(?P<stem>{{stem}})[ ](?P<branch>{{branch}}){END})?(?:[ ](?:{{year}}[ ])?(?P<y>{YEAR}){END})?"
)
_HINTS = template(rf"{{tet}}|{{full-moon}}|(?<!\p{{L}}){{lunar-mark}}{END}")


def _hinted(reading: Reading) -> bool:
    """Whether the text has any word of lunar days; looked for once."""
    known: bool | None = reading.kept.get("lunar")
    if known is None:
        known = may_match(_HINTS.compiled, reading) and _HINTS.search(reading.folded) is not None
        reading.kept["lunar"] = known
    return known


def lunar_days(reading: Reading) -> Iterator[Atom]:
    """`mùng 5 Tết`, `mùng 1-3 Tết`, `9.8 lịch âm`, `rằm tháng Giêng`, `30 Tết`."""
    folded = reading.folded
    if not _hinted(reading):
        return
    for m in _LUNAR.finditer(folded):
        days = _day_numbers(m)
        if days is None:
            continue
        day, month, last = days
        part = PART_BEFORE.search(folded[max(0, m.start() - 18) : m.start()])
        start = m.start() - len(part.group()) if part else m.start()
        year = int(m["y"]) if m["y"] else None
        yield Atom(
            start, m.end(), "lunar", "lunar", year=year, month=month, day=day, last=last, part=_cycle_year(m, day),
            form="lunar",
        )  # fmt: skip


def _cycle_year(m: regex.Match[str], day: int) -> int | None:
    """The place of a day's year in the sixty-year cycle; the last days before Tết are the year before's."""
    place = cycle_place(m["stem"], m["branch"]) if m["stem"] else None
    return (place - 1) % 60 if place is not None and m["tet"] and day >= 20 else place


def _day_numbers(m: regex.Match[str]) -> tuple[int, int, int | None] | None:
    """Day, month and last day of a match; None where it names no lunar day."""
    full = is_full_moon(m["d"])
    if not (m["tet"] or m["al"] or full):
        return None
    day = FULL_MOON if full else number(_EARLY_DAY.sub("", m["d"]))
    month = _month_number(m, day or 0)
    last = number(m["last"]) if m["last"] else None
    if day is None or month is None or (last is not None and last <= day):
        return None
    return day, month, last


def _month_number(m: regex.Match[str], day: int) -> int | None:
    """The month of a match; of Tết the first, or the old year's last for its last days (30 Tết)."""
    if m["tet"]:
        return 12 if day >= 20 else TET
    return number(m["m"]) if m["m"] else None


# What stands right after a lunar date: a leap month's word, the mark, the year.
_TAIL = template(
    rf"(?P<leap>[ ]\(?{{leap}}\)?(?![\p{{L}}\d]))?(?P<mark>{_MARK})?"
    rf"(?:,?[ ](?:{{of}}[ ])?{{year}}[ ](?:(?P<y>{YEAR}){END}|(?P<ry>{{year-way}}|{{later}}){END}"
    rf"|(?P<stem>{{stem}})[ ](?P<branch>{{branch}}){END}(?:[ ]?\(?(?P<y>{YEAR})\)?)?))?"
)


def mark_lunar(reading: Reading, atoms: list[Atom]) -> None:
    """Make the days and months lunar that a mark follows, and those that such a one stands beside in a list or range."""
    folded = reading.folded
    _of_feasts(folded, atoms)
    if not (_hinted(reading) or (may_match(_MONTH_HINT.compiled, reading) and _MONTH_HINT.search(folded))):
        return
    marked = _of_marks(folded, atoms)
    atoms[:] = [a for a in atoms if a.start < a.end]
    _lend_marks(folded, atoms, marked)


def _lend_marks(folded: str, atoms: list[Atom], marked: set[int]) -> None:
    """Make the atoms lunar that stand beside a lunar one in a list or range; `marked` are the ids of those with a mark."""
    for b, a in itertools.pairwise(reversed(atoms)):
        if b.kind == "lunar" and _beside(a, b, folded[a.end : b.start], marked=id(b) in marked):
            _lend(a, b)
            marked.add(id(a))
    for a, b in itertools.pairwise(atoms):
        if a.kind == "lunar" and _runs_on(a, b, folded):
            _lend(b, a)


def _of_marks(folded: str, atoms: list[Atom]) -> set[int]:
    """Make the atoms lunar that a mark follows; the ids of all that have one."""
    marked: set[int] = set()
    for i, atom in enumerate(atoms):
        if atom.kind == "lunar" and _MARKED.search(folded, atom.start, atom.end):
            marked.add(id(atom))
        m = _told(folded, atom)
        if m is not None and _take_year(atoms[i + 1] if i + 1 < len(atoms) else None, m.end()):
            _make_lunar(atom, m)
            marked.add(id(atom))
    return marked


def _can_be_lunar(atom: Atom) -> bool:
    return not atom.relative and (atom.kind in ("day", "lunar") or (atom.kind == "month" and atom.month is not None))


def _told(folded: str, atom: Atom) -> regex.Match[str] | None:
    """What follows an atom and makes it lunar: a mark, the leap month's word, a year behind a lunar day."""
    if not _can_be_lunar(atom):
        return None
    m = _TAIL.match(folded, atom.end)
    if m is None or m["leap"] or m["mark"]:
        return m
    return m if atom.kind == "lunar" and atom.year is None and m.end() > atom.end else None


def _take_year(after: Atom | None, end: int) -> bool:
    """Take the year that stands within a lunar date's words out of the atoms; False where another date stands there."""
    if after is None or after.start >= end:
        return True
    if after.kind not in ("year", "cycle") or after.end > end:
        return False
    after.kind, after.end = "lunar", after.start  # empty: it is left out
    return True


def _runs_on(a: Atom, b: Atom, folded: str) -> bool:
    """Whether a bare day after a lunar one ends its range."""
    if b.kind != "day" or b.month is not None or b.relative or b.form != "bare" or (b.day or 0) <= (a.day or 0):
        return False
    return _RANGE.fullmatch(folded, a.end, b.start) is not None


@cache
def _feast() -> tuple[regex.Pattern[str], dict[str, int]]:
    """A feast of the lunar calendar right before its day, and month and day of each."""
    days = {fold(f): row.value or 0 for row in rows("holiday") if row.calendar == "lunar" for f in row.forms}
    link, day = words("feast-link"), words("day")
    between = rf"[ ,:]{{0,2}}(?:{link}[ ])?(?:{day}[ ])?\(?$"
    return compiled(rf"(?<!\p{{L}})(?P<h>{word_tree(days)}){between}"), days


def _of_feasts(folded: str, atoms: list[Atom]) -> None:
    """The day beside a lunar feast is lunar without a mark if it is the feast's own: `Giỗ Tổ Hùng Vương (10/3)`."""
    pattern, days = _feast()
    for atom in atoms:
        if atom.kind != "day" or atom.last is not None or not atom.month or atom.relative:
            continue
        m = pattern.search(folded, max(0, atom.start - 36), atom.start)
        if m is not None and days[" ".join(m["h"].split())] == atom.month * 100 + (atom.day or 0):
            atom.kind, atom.firm = "lunar", True


_MARKED = template(rf"{_MARK}|(?<!\p{{L}}){{leap}}{END}")


def _make_lunar(atom: Atom, m: regex.Match[str]) -> None:
    atom.kind, atom.end, atom.leap, atom.firm = "lunar", m.end(), atom.leap or m["leap"] is not None, True
    if m["y"]:
        atom.year = int(m["y"])
    elif m["ry"]:
        atom.unit, atom.offset = "year", year_offset(m["ry"])
    elif m["stem"]:
        atom.part = cycle_place(m["stem"], m["branch"])


_RANGE = template(r"[ ]?-[ ]?|[ ](?:{allow}[ ])?(?:{to}|{over-to})[ ](?:{until-end}[ ])?")
_LIST = template(r"(?:,[ ]?|[ ]{and-years}[ ]|,[ ]{and-years}[ ]|[ ]{or}[ ])")
_AND = template(r"[ ]{and-years}[ ]")
_MONTH_HINT = template(r"[ ]{leap}|{lunar-month}")


def _beside(a: Atom, b: Atom, gap: str, *, marked: bool) -> bool:
    """Whether the mark of `b` holds for `a` before it: `mùng 8 đến mùng 10 tháng 3 âm lịch`, `từ 10/3 đến 12/3 âm lịch`."""
    if a.kind not in ("day", "month") or a.relative or a.year is not None or len(gap) > 12:
        return False
    if (a.kind == "month") != (b.day is None):
        return False
    if a.kind == "month":
        return marked and _joined(gap)
    if a.form == "list" or a.month is None:
        return _joined(gap)
    return marked and (_RANGE.fullmatch(gap) is not None or _AND.search(gap) is not None)


def _joined(gap: str) -> bool:
    """Whether the words between two dates make them a range or a list."""
    return _RANGE.fullmatch(gap) is not None or _LIST.fullmatch(gap) is not None


def _lend(a: Atom, b: Atom) -> None:
    """`a` is lunar as `b` is, of its month where it names none: the one before where its day is a later one."""
    a.kind, a.firm, a.leap = "lunar", True, b.leap and a.month in (None, b.month)
    if a.month is None and b.month is not None:
        earlier = a.start < b.start and (a.day or 0) > (b.day or 0)
        a.month = b.month if not earlier else (b.month - 2) % 12 + 1
    if a.year is None and b.year is not None and b.form != "lunar":
        a.year = b.year
