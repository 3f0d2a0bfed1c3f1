"""Words of the lunar calendar: days by name (`mùng 5 Tết`, `rằm tháng Giêng`), and the marks that make a date lunar (`âm lịch`)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import YEAR, Atom, year_offset
from extractor.fields.dates.relative import END, part_before
from extractor.fields.dates.rows import number, row_of, words
from extractor.models import Reading
from extractor.rules import cache

TET = 1  # the month that begins with Tết


@cache
def _mark() -> str:
    """`âm lịch`, `(âm lịch)`, `ÂL`."""
    mark = words("lunar-mark")
    return rf"(?:[ ]?\({mark}\)|,?[ ]?{mark}{END})"


@cache
def _lunar() -> regex.Pattern[str]:
    num = words("number")
    return regex.compile(
        rf"(?<![\p{{L}}\d]|\d[.,/\-])(?:(?:ngày|hôm)[ ])?(?P<d>(?:mùng|mồng)[ ](?:\d{{1,2}}|{num})|rằm|\d{{1,2}})"
        rf"(?:(?:[ ]?-[ ]?|[ ]và[ ])(?:(?:mùng|mồng)[ ])?(?P<last>\d{{1,2}}|{num})(?=[ ]tết))?"
        rf"(?:[ ]?[/.\-][ ]?(?P<m>\d{{1,2}})(?={_mark()})|[ ]tháng[ ]"
        rf"(?P<m>\d{{1,2}}|{words('lunar-month')}|{num})|[ ](?P<tet>tết)(?:[ ]nguyên[ ]đán)?)"
        rf"(?P<al>{_mark()})?{END}"
        rf"(?:[ ](?:năm[ ])?{words('stem')}[ ]{words('branch')}{END})?(?:[ ](?:năm[ ])?(?P<y>{YEAR}){END})?"
    )


@cache
def _hints() -> regex.Pattern[str]:
    return regex.compile(rf"tết|rằm|(?<!\p{{L}}){words('lunar-mark')}{END}")


def lunar_days(reading: Reading) -> Iterator[Atom]:
    """`mùng 5 Tết`, `mùng 1-3 Tết`, `9.8 lịch âm`, `rằm tháng Giêng`, `30 Tết`."""
    folded = reading.folded
    if _hints().search(folded) is None:
        return
    for m in _lunar().finditer(folded):
        raw = regex.sub(r"mùng |mồng ", "", m["d"])
        if not (m["tet"] or m["al"] or raw == "rằm"):
            continue
        day = 15 if raw == "rằm" else number(raw)
        month = TET if m["tet"] else number(m["m"]) if m["m"] else None
        if day is None or month is None:
            continue
        last = number(m["last"]) if m["last"] else None
        if last is not None and last <= day:
            continue
        if m["tet"] and day >= 20:  # the last days of the old year: 30 Tết
            month = 12
        part = part_before().search(folded[max(0, m.start() - 18) : m.start()])
        start = m.start() - len(part.group()) if part else m.start()
        year = int(m["y"]) if m["y"] else None
        yield Atom(start, m.end(), "lunar", "lunar", year=year, month=month, day=day, last=last)


@cache
def _tail() -> regex.Pattern[str]:
    """What stands right after a lunar date: a leap month's word, the mark, the year."""
    return regex.compile(
        rf"(?P<leap>[ ]\(?{words('leap')}\)?(?![\p{{L}}\d]))?(?P<mark>{_mark()})?"
        rf"(?:,?[ ](?:của[ ])?(?:năm[ ](?P<y>{YEAR}){END}|năm[ ](?P<ry>nay|ngoái|trước|tới|sau){END}"
        rf"|năm[ ](?P<stem>{words('stem')})[ ](?P<branch>{words('branch')}){END}(?:[ ]?\(?(?P<y>{YEAR})\)?)?))?"
    )


def mark_lunar(reading: Reading, atoms: list[Atom]) -> None:
    """Make the days and months lunar that a mark follows, and those that such a one stands beside in a list or range."""
    folded = reading.folded
    if _hints().search(folded) is None and " nhuận" not in folded and "giêng" not in folded and "chạp" not in folded:
        return
    marked: set[int] = set()
    for i, atom in enumerate(atoms):
        m = _tail().match(folded, atom.end) if atom.kind in ("day", "month", "lunar") and not atom.relative else None
        if atom.kind == "lunar" and _marked().search(folded, atom.start, atom.end):
            marked.add(id(atom))
        further = atom.kind == "lunar" and atom.year is None and m is not None and m.end() > atom.end
        told = m is not None and (m["leap"] or m["mark"] or further)
        if m is None or not told or (atom.kind == "month" and atom.month is None):
            continue
        if i + 1 < len(atoms) and atoms[i + 1].start < m.end():
            if atoms[i + 1].kind not in ("year", "cycle") or atoms[i + 1].end > m.end():
                continue
            atoms[i + 1].kind = "lunar"  # its year is this one's; taken out below
            atoms[i + 1].end = atoms[i + 1].start
        _make_lunar(atom, m)
        marked.add(id(atom))
    atoms[:] = [a for a in atoms if a.start < a.end]
    for b, a in itertools.pairwise(reversed(atoms)):
        if b.kind == "lunar" and _beside(a, b, folded[a.end : b.start], marked=id(b) in marked):
            _lend(a, b)
            marked.add(id(a))
    for a, b in itertools.pairwise(atoms):
        runs_on = a.kind == "lunar" and b.kind == "day" and b.month is None and not b.relative and b.rule == "day-bare"
        if runs_on and _RANGE.fullmatch(folded, a.end, b.start) and (b.day or 0) > (a.day or 0):
            _lend(b, a)


@cache
def _marked() -> regex.Pattern[str]:
    return regex.compile(rf"{_mark()}|(?<!\p{{L}}){words('leap')}{END}")


def _make_lunar(atom: Atom, m: regex.Match[str]) -> None:
    atom.kind, atom.end, atom.leap, atom.firm = "lunar", m.end(), atom.leap or m["leap"] is not None, True
    if m["y"]:
        atom.year = int(m["y"])
    elif m["ry"]:
        atom.unit, atom.offset = "year", year_offset(m["ry"])
    elif m["stem"]:
        stem, branch = row_of("stem", m["stem"]).value or 0, row_of("branch", m["branch"]).value or 0
        atom.part = next((k for k in range(60) if stem == k % 10 and branch == k % 12), None)


_RANGE = regex.compile(r"[ ]?-[ ]?|[ ](?:cho[ ])?(?:đến|tới|sang)[ ](?:hết[ ])?")
_LIST = regex.compile(r"(?:,[ ]?|[ ]và[ ]|,[ ]và[ ]|[ ]hoặc[ ])")


def _beside(a: Atom, b: Atom, gap: str, *, marked: bool) -> bool:
    """Whether the mark of `b` holds for `a` before it: `mùng 8 đến mùng 10 tháng 3 âm lịch`, `từ 10/3 đến 12/3 âm lịch`."""
    if a.kind not in ("day", "month") or a.relative or a.year is not None or len(gap) > 12:
        return False
    runs, listed = _RANGE.fullmatch(gap) is not None, _LIST.fullmatch(gap) is not None
    if a.kind == "month":
        return marked and b.day is None and (runs or listed)
    if a.rule == "day-list" or a.month is None:
        return b.day is not None and (runs or listed)
    return marked and b.day is not None and (runs or " và " in gap)


def _lend(a: Atom, b: Atom) -> None:
    """`a` is lunar as `b` is, of its month where it names none: the one before where its day is a later one."""
    a.kind, a.firm, a.leap = "lunar", True, b.leap and a.month in (None, b.month)
    if a.month is None and b.month is not None:
        earlier = a.start < b.start and (a.day or 0) > (b.day or 0)
        a.month = b.month if not earlier else (b.month - 2) % 12 + 1
    if a.year is None and b.year is not None and b.rule != "lunar":
        a.year = b.year
