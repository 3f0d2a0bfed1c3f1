"""Years in words: `năm 2018`, `giai đoạn 2016-2020`, `năm học 2017-2018`, `năm Đinh Dậu`, `thập niên 90`, `thế kỷ XX`."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.fields.dates.atoms import NOT_EDGE, YEAR, Atom, Kind
from extractor.fields.dates.rows import row_of, words
from extractor.models import Reading
from extractor.rules import cache

_END = r"(?![\p{L}\d])"


@cache
def edge_before() -> regex.Pattern[str]:
    """`đầu`, `cuối` … right before a month or year; not the first time (`lần đầu`)."""
    return regex.compile(rf"(?<![\p{{L}}\d])(?<!{NOT_EDGE})(?P<edge>{words('edge')})[ ]$")


@cache
def _before_year() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\d])(?:(?<!{NOT_EDGE})(?P<edge>{words('edge')})[ ]|(?P<season>{words('season')})[ ])?"
        rf"(?:(?P<school>{words('lead-school')})[ ]|(?P<lead>{words('lead')})[ ](?:từ[ ])?(?:năm[ ])?"
        rf"|(?:(?P<count>hai|ba|bốn|\d)[ ]|các[ ])?năm[ ]{{1,2}})?$"
    )


_YEAR = regex.compile(
    rf"(?<![\p{{L}}\d]|\d[.,/\-:]|\p{{L}}[/_]|[/_])(?P<y>{YEAR})"
    rf"(?:(?P<dash>[ ]?[\-/][ ]?(?:năm[ ])?|[ ]và[ ])(?P<y2>{YEAR})|[\-/](?P<short>\d\d)(?![\d/]))?"
    r"(?![\p{L}\d%]|[.,]\d|[/_]|-\d{1,2}(?!\d)|-\p{L})"
)
_EARLY = regex.compile(
    rf"(?<!\p{{L}})năm[ ](?P<y>[1-9]\d\d){_END}(?![.,]\d|[ ]?[%/\-]|[ ](?!(?:và"
    rf"|đến|của|sau|trước|khi|do|tại|ở|là|thì|đã|được|có)(?!\p{{L}}))\p{{Ll}})"
)


_SECOND = regex.compile(rf"[ ](?P<y2>{YEAR})(?![\p{{L}}\d%]|[.,/\-:]\d)")


def _blank_pair(folded: str, m: regex.Match[str], back: regex.Match[str]) -> tuple[int, int] | None:
    """The second year, and its end, of a pair whose dash is lost: `giai đoạn 2021 2030`, `năm học 2025 2026`."""
    second = _SECOND.match(folded, m.end())
    if second is None:
        return None
    span = int(second["y2"]) - int(m["y"])
    fits = 0 < span <= 30 if back["lead"] else span == 1 and (back["school"] or back.group().endswith("năm "))
    return (int(second["y2"]), second.end()) if fits else None


def years(reading: Reading) -> Iterator[Atom]:
    """`năm 2018`, `đầu năm 2018`, `giai đoạn 2016-2020`, `năm học 2017-2018`, a bare `2018`."""
    folded = reading.folded
    for m in _YEAR.finditer(folded):
        low = max(0, m.start() - 40)
        back = _before_year().search(folded[low : m.start()])
        start = low + back.start() if back is not None else m.start()
        firm = start < m.start()
        first, last = int(m["y"]), int(m["y2"]) if m["y2"] else None
        if not firm and not 1800 <= first <= 2060 and not (last and folded.startswith("(", m.start() - 1)):
            continue
        end = m.end()
        if last is None and not m["short"] and back and (pair := _blank_pair(folded, m, back)):
            last, end = pair
        if m["short"]:
            if int(m["short"]) != (first + 1) % 100:
                continue
            last, firm = first + 1, True
        if last is None and back and back["count"]:
            start = low + back.start("count") + 2 if back["count"].isdecimal() else low + back.end("count") + 1
        if last is not None and (last <= first or ("và" in (m["dash"] or "") and not (back and back["count"]))):
            yield Atom(m.start("y2"), m.end("y2"), "year", "year-bare", year=last, firm=firm)
            last, end = None, m.end("y")
        if last is None and folded.startswith("các năm", start):
            start += 4
        if last is not None and folded.startswith("kỳ ", start - 3) and not folded.startswith("cùng ", start - 8):
            start -= 3
        bracketed = folded.startswith("(", m.start() - 1) and folded.startswith(")", m.end())
        if last is not None and bracketed:
            firm = True  # a life span, "(1602 - 1832)"
        kind: Kind = "year" if last is None else "school" if back and back["school"] else "years"
        edge = back["edge"] if back else None
        if kind == "year" and back and back["lead"] and last is None and not firm:
            continue
        yield Atom(start, end, kind, "year" if firm else "year-bare", year=first, last=last, firm=firm, edge=edge)
    for m in _EARLY.finditer(folded):
        yield Atom(m.start(), m.end(), "year", "year", year=int(m["y"]))


@cache
def cycle() -> regex.Pattern[str]:
    """A year of the sixty-year cycle: `năm Đinh Dậu`."""
    return regex.compile(
        rf"(?<!\p{{L}})năm[ ](?:(?P<stem>{words('stem')})[ ])?"
        rf"(?P<branch>{words('branch')}){_END}(?:[ ]?[\-(]?[ ]?(?P<y>{YEAR})\)?{_END})?"
    )


def cycle_years(reading: Reading) -> Iterator[Atom]:
    """`năm Đinh Dậu`, `đầu năm Mậu Tuất 2018`: years of the sixty-year cycle."""
    folded = reading.folded
    for m in cycle().finditer(folded):
        if m["stem"] is None and m["y"] is None:  # "năm Thìn 1964" is a year, "năm Thìn" every twelfth
            continue
        stem, branch = (
            row_of("stem", m["stem"]).value or 0 if m["stem"] else -1,
            row_of("branch", m["branch"]).value or 0,
        )
        place = next((k for k in range(60) if stem in (k % 10, -1) and k % 12 == branch), None)
        if place is None:
            continue
        edge = edge_before().search(folded[max(0, m.start() - 16) : m.start()])
        start = m.start() - len(edge.group()) if edge else m.start()
        yield Atom(
            start,
            m.end(),
            "cycle",
            "year-cycle",
            part=place,
            year=int(m["y"]) if m["y"] else None,
            edge=edge["edge"] if edge else None,
        )


_TENS = r"[1-9]0|(?<=\d\d)00"
_DECADE = regex.compile(
    rf"(?<!\p{{L}})(?:(?:các[ ])?thập[ ](?:niên|kỷ|kỉ)|những[ ]năm)[ ](?P<c>\d\d)?(?P<d>{_TENS}){_END}"
    rf"(?:(?:[ ]?-[ ]?|[ ](?:và|đến|tới)[ ](?:đầu[ ])?(?:(?:thập[ ]niên|những[ ]năm)[ ])?"
    rf"|,[ ](?=(?:\d\d)?\d0[ ](?:của[ ])?thế[ ]kỷ))(?P<c2>\d\d)?(?P<d2>{_TENS}){_END}"
    rf"(?![ ](?:tuổi|người|hộ)))?(?![ ]?-[ ]?\d{{2,4}}{_END})"
    rf"(?:[ ](?:của[ ])?thế[ ]kỷ[ ](?:thứ[ ])?(?P<century>trước|này|\d{{2}}|[xvi]{{1,5}}){_END})?"
)
_CENTURY = regex.compile(
    rf"(?<!\p{{L}})thế[ ]kỷ[ ](?:thứ[ ])?(?P<n>\d{{1,2}}|[xivl]{{1,5}}){_END}"
    rf"(?:(?P<gap>[ ]?[-–][ ]?|[ ](?:đến|tới)[ ])(?:thế[ ]kỷ[ ])?(?:thứ[ ])?(?P<n2>\d{{1,2}}|[xiv]{{1,5}}){_END}(?![ ]?[/\-.]\d))?"
)
_ROMAN_TENS = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
    "xi": 11,
    "xii": 12,
    "xiii": 13,
    "xiv": 14,
    "xv": 15,
    "xvi": 16,
    "xvii": 17,
    "xviii": 18,
    "xix": 19,
    "xx": 20,
    "xxi": 21,
}


def _decade(m: regex.Match[str], c: str | None, d: str) -> int:
    """First year of a decade: `1990`, `90` (of the last century), `60 của thế kỷ XIX`."""
    if c:
        return int(c) * 100 + int(d)
    told = m["century"] or "trước"
    number = {"trước": 20, "này": 21}.get(told) or (int(told) if told.isdecimal() else _ROMAN_TENS.get(told, 20))
    return (number - 1) * 100 + int(d)


def _decades(folded: str) -> Iterator[Atom]:
    for m in _DECADE.finditer(folded):
        first = _decade(m, m["c"], m["d"])
        last = _decade(m, m["c2"] or m["c"], m["d2"]) if m["d2"] else first
        if not 1000 <= first <= 2090 or not first <= last <= first + 90:
            continue
        edge = edge_before().search(folded[max(0, m.start() - 16) : m.start()])
        start = m.start() - len(edge.group()) if edge else m.start()
        word = edge["edge"] if edge and last == first else None
        yield Atom(start, m.end(), "years", "decade", year=first, last=last + 9, edge=word)


def long_periods(reading: Reading) -> Iterator[Atom]:
    """`những năm 1990`, `những năm 60-70 của thế kỷ XX`, `thập niên 90`, `thế kỷ XX`."""
    folded = reading.folded
    if "những năm " in folded or "thập " in folded:
        yield from _decades(folded)
    if "thế kỷ" in folded:
        for m in _CENTURY.finditer(folded):
            n = int(m["n"]) if m["n"].isdecimal() else _ROMAN_TENS.get(m["n"])
            n2 = (int(m["n2"]) if m["n2"].isdecimal() else _ROMAN_TENS.get(m["n2"])) if m["n2"] else None
            runs = n is not None and n2 is not None and n < n2 <= 30
            if n and 1 <= n <= 30:
                edge = edge_before().search(folded[max(0, m.start() - 16) : m.start()])
                start = m.start() - len(edge.group()) if edge else m.start()
                yield Atom(
                    start,
                    m.end() if runs or not m["n2"] else m.end("n"),
                    "years",
                    "centuries" if runs else "century",
                    year=n * 100 - 99,
                    last=(n2 if runs and n2 else n) * 100,
                    edge=edge["edge"] if edge else None,
                )
