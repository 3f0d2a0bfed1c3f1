"""Years in words: `năm 2018`, `giai đoạn 2016-2020`, `năm học 2017-2018`, `năm Đinh Dậu`, `thập niên 90`, `thế kỷ XX`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.compiled import anchored
from extractor.fields.dates.atoms import YEAR, Atom, Kind
from extractor.fields.dates.rows import row_of, starts, template
from extractor.models import Reading
from extractor.rules import digit_runs, matches_at
from extractor.rules.literals import may_match
from extractor.values.roman import roman, roman_value

_END = r"(?![\p{L}\d])"
# `đầu`, `cuối` … right before a month or year; not the first time (`lần đầu`).
_EDGE = template(r"(?<![\p{L}\d])(?<!{not-edge}[ ])(?P<edge>{edge})[ ]\Z")
_SEVERAL = template(r"{plural}[ ](?={year})")
_TERM = template(r"(?<={term}[ ])(?<!{same-term}[ ])")


def edge_before(folded: str, at: int, start: int) -> tuple[int, str | None]:
    """Where a date begins whose month or year begins at `start`, its edge right before among the characters from `at` on;
    and the edge's word."""
    m = _EDGE.search(folded[max(0, at) : start])
    return (start - len(m.group()), m["edge"]) if m is not None else (start, None)


_BEFORE = template(
    r"(?<![\p{L}\d])(?:(?<!{not-edge}[ ])(?P<edge>{edge})[ ]|(?P<season>{season})[ ])?"
    r"(?:(?P<school>{lead-school})[ ]|(?P<lead>{lead})[ ](?:{from}[ ])?(?:{year}[ ])?"
    r"|(?:(?P<count>{few}|\d)[ ]|{plural}[ ])?(?P<word>{year})[ ]{1,2})?\Z"
)
_YEAR = template(
    rf"(?<![\p{{L}}\d]|\d[.,/\-:]|\p{{L}}[/_]|[/_])(?P<y>{YEAR})"
    rf"(?:(?:[ ]?[\-/][ ]?(?:{{year}}[ ])?|[ ](?P<and>{{and-years}})[ ])(?P<y2>{YEAR})|[\-/](?P<short>\d\d)(?![\d/]))?"
    r"(?![\p{L}\d%]|[.,]\d|[/_]|-\d{1,2}(?!\d)|-\p{L})"
)
_EARLY = template(
    rf"(?<!\p{{L}}){{year}}[ ](?P<y>[1-9]\d\d){_END}(?![.,]\d|[ ]?[%/\-]|[ ](?!{{after-year}}(?!\p{{L}}))\p{{Ll}})"
)


_SECOND = anchored(rf"[ ](?P<y2>{YEAR})(?![\p{{L}}\d%]|[.,/\-:]\d)")


def _blank_pair(folded: str, m: regex.Match[str], back: regex.Match[str]) -> tuple[int, int] | None:
    """The second year, and its end, of a pair whose dash is lost: `giai đoạn 2021 2030`, `năm học 2025 2026`."""
    second = _SECOND.match(folded, m.end())
    if second is None:
        return None
    span = int(second["y2"]) - int(m["y"])
    fits = 0 < span <= 30 if back["lead"] else span == 1 and (back["school"] or back["word"] is not None)
    return (int(second["y2"]), second.end()) if fits else None


_RECENT_YEARS = 1800, 2060  # that a number without a word for a year may be


@dataclass(slots=True)
class _Years:
    """A year in figures while it is read: the match, the words before it, its span and its years."""

    m: regex.Match[str]
    back: regex.Match[str] | None
    low: int  # where the text begins that `back` was matched in
    start: int
    end: int
    first: int
    last: int | None
    firm: bool

    @property
    def recent(self) -> bool:
        """Whether a number without a word for a year may be one."""
        return _RECENT_YEARS[0] <= self.first <= _RECENT_YEARS[1]

    def said(self, group: str) -> str | None:
        """A group of the words before the year."""
        return self.back[group] if self.back is not None else None


def years(reading: Reading) -> Iterator[Atom]:
    """`năm 2018`, `đầu năm 2018`, `giai đoạn 2016-2020`, `năm học 2017-2018`, a bare `2018`."""
    folded = reading.folded
    for m in matches_at(_YEAR.compiled, folded, digit_runs(reading).four):
        yield from _years(folded, m)
    for m in starts(_EARLY, "year").finditer(reading):
        yield Atom(m.start(), m.end(), "year", "year", year=int(m["y"]), form="figures")


def _years(folded: str, m: regex.Match[str]) -> Iterator[Atom]:
    found = _with_words(folded, m)
    last = found.last
    in_brackets = folded.startswith("(", m.start() - 1)
    if not (found.firm or found.recent or (last and in_brackets)) or not _complete(found, folded):
        return
    if (second := _second_alone(found)) is not None:
        yield second
    _trim_start(found, folded)
    if found.last is None and not found.firm and found.said("lead"):
        return
    if found.last is not None and in_brackets and folded.startswith(")", m.end()):
        found.firm = True  # a life span, "(1602 - 1832)"
    yield _atom(found)


def _with_words(folded: str, m: regex.Match[str]) -> _Years:
    """The years of a match and the words before them."""
    low = max(0, m.start() - 40)
    back = _BEFORE.search(folded[low : m.start()])
    start = low + back.start() if back is not None else m.start()
    last = int(m["y2"]) if m["y2"] else None
    return _Years(m, back, low, start, m.end(), int(m["y"]), last, start < m.start())


def _atom(found: _Years) -> Atom:
    run: Kind = "school" if found.said("school") else "years"
    rule, form = ("year", "figures") if found.firm else ("year-bare", "bare")
    return Atom(
        found.start, found.end, "year" if found.last is None else run, rule, year=found.first, last=found.last,
        firm=found.firm, edge=found.said("edge"), form=form,  # type: ignore[arg-type]
    )  # fmt: skip


def _complete(found: _Years, folded: str) -> bool:
    """Fill in the second year where its dash is lost ("2021 2030") or it has two digits ("2017-18"); False for no year."""
    m = found.m
    if found.last is None and not m["short"] and found.back and (pair := _blank_pair(folded, m, found.back)):
        found.last, found.end = pair
    if m["short"]:
        if int(m["short"]) != (found.first + 1) % 100:
            return False
        found.last, found.firm = found.first + 1, True
    return True


def _second_alone(found: _Years) -> Atom | None:
    """The second of two years that are no run, which `found` then loses: "năm 2018 và 2016", "2018-2016"."""
    m, counted = found.m, found.said("count")
    if found.last is None:
        if counted:  # "hai năm 2018": the count is another word's
            at = found.back.start("count") + 2 if counted.isdecimal() else found.back.end("count") + 1  # type: ignore[union-attr]
            found.start = found.low + at
        return None
    if found.last > found.first and not (m["and"] and not counted):
        return None
    second = Atom(
        m.start("y2"), m.end("y2"), "year", "year-bare", year=found.last, firm=found.firm,
        form="bare",
    )  # fmt: skip
    found.last, found.end = None, m.end("y")
    return second


def _trim_start(found: _Years, folded: str) -> None:
    """Leave the plural's word before a single year; take the first syllable of `thời kỳ` … before a run of years."""
    several = _SEVERAL.match(folded, found.start) if found.last is None else None
    if several is not None:
        found.start = several.end()
    if found.last is not None and _TERM.match(folded, found.start):
        found.start -= 3


# A year of the sixty-year cycle: `năm Đinh Dậu`.
CYCLE = template(
    rf"(?<!\p{{L}}){{year}}[ ](?:(?P<stem>{{stem}})[ ])?(?P<branch>{{branch}}){_END}"
    rf"(?:[ ]?[\-(]?[ ]?(?P<y>{YEAR})\)?{_END})?"
)


def cycle_place(stem: str | None, branch: str) -> int | None:
    """The place of a year in the sixty-year cycle by its two words; None where they never meet."""
    first = row_of("stem", stem).value or 0 if stem else None
    second = row_of("branch", branch).value or 0
    return next((k for k in range(60) if first in (k % 10, None) and k % 12 == second), None)


def cycle_years(reading: Reading) -> Iterator[Atom]:
    """`năm Đinh Dậu`, `đầu năm Mậu Tuất 2018`: years of the sixty-year cycle."""
    folded = reading.folded
    for m in starts(CYCLE, "year").finditer(reading):
        if m["stem"] is None and m["y"] is None:  # "năm Thìn 1964" is a year, "năm Thìn" every twelfth
            continue
        place = cycle_place(m["stem"], m["branch"])
        if place is None:
            continue
        start, edge = edge_before(folded, m.start() - 16, m.start())
        year = int(m["y"]) if m["y"] else None
        yield Atom(start, m.end(), "cycle", "year-cycle", part=place, year=year, edge=edge)


_TENS = r"[1-9]0|(?<=\d\d)00"
_DECADE = template(
    rf"(?<!\p{{L}})(?:{{decade-word}}|{{those-years}})[ ](?P<c>\d\d)?(?P<d>{_TENS}){_END}"
    rf"(?:(?:[ ]?-[ ]?|[ ]{{and-to}}[ ](?:{{early}}[ ])?(?:(?:{{decade-again}})[ ])?"
    rf"|,[ ](?=(?:\d\d)?\d0[ ](?:{{of}}[ ])?{{century}}))(?P<c2>\d\d)?(?P<d2>{_TENS}){_END}"
    rf"(?![ ]{{counted-decade}}))?(?![ ]?-[ ]?\d{{2,4}}{_END})"
    rf"(?:[ ](?:{{of}}[ ])?{{century}}[ ](?:{{ordinal}}[ ])?"
    rf"(?:(?P<before>{{last-one}})|(?P<now>{{this-one}})|(?P<n>\d{{2}}|[xvi]{{1,5}})){_END})?"
)
_CENTURY = template(
    rf"(?<!\p{{L}}){{century}}[ ](?:{{ordinal}}[ ])?(?P<n>\d{{1,2}}|[xivl]{{1,5}}){_END}"
    rf"(?:(?P<gap>[ ]?[-–][ ]?|[ ]{{to}}[ ])(?:{{century}}[ ])?(?:{{ordinal}}[ ])?"
    rf"(?P<n2>\d{{1,2}}|[xiv]{{1,5}}){_END}(?![ ]?[/\-.]\d))?"
)
_HINT = template(r"{decade-hint}")
_LAST_CENTURY, THIS_CENTURY = 20, 21
MOST_CENTURIES = 30


def _number(text: str | None) -> int | None:
    """A century's number in digits or Roman ones, up to XXI in these; None for any other letters."""
    if text is None or text.isdecimal():
        return int(text) if text else None
    value = roman_value(text)
    return value if value <= THIS_CENTURY and roman(value) == text else None


def _decade(m: regex.Match[str], c: str | None, d: str) -> int:
    """First year of a decade: `1990`, `90` (of the last century), `60 của thế kỷ XIX`."""
    if c:
        return int(c) * 100 + int(d)
    number = THIS_CENTURY if m["now"] else _number(m["n"]) or _LAST_CENTURY
    return (number - 1) * 100 + int(d)


def _decades(folded: str) -> Iterator[Atom]:
    for m in _DECADE.finditer(folded):
        first = _decade(m, m["c"], m["d"])
        last = _decade(m, m["c2"] or m["c"], m["d2"]) if m["d2"] else first
        if not 1000 <= first <= 2090 or not first <= last <= first + 90:
            continue
        start, edge = edge_before(folded, m.start() - 16, m.start())
        edge = edge if last == first else None
        yield Atom(start, m.end(), "years", "decade", year=first, last=last + 9, edge=edge, form="era")


def long_periods(reading: Reading) -> Iterator[Atom]:
    """`những năm 1990`, `những năm 60-70 của thế kỷ XX`, `thập niên 90`, `thế kỷ XX`."""
    folded = reading.folded
    if not may_match(_HINT.compiled, reading) or _HINT.search(folded) is None:
        return
    yield from _decades(folded)
    for m in _CENTURY.finditer(folded):
        first, last = _number(m["n"]), _number(m["n2"])
        if not first or not 1 <= first <= MOST_CENTURIES:
            continue
        start, edge = edge_before(folded, m.start() - 16, m.start())
        if last is not None and first < last <= MOST_CENTURIES:
            yield Atom(start, m.end(), "years", "centuries", year=first * 100 - 99, last=last * 100, edge=edge)
        else:
            end = m.end("n") if m["n2"] else m.end()
            yield Atom(start, end, "years", "century", year=first * 100 - 99, last=first * 100, edge=edge, form="era")
