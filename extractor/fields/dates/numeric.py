"""Days and months in figures: `12/1/2018`, `12-1`, `13.6`, `10-12/1`, `11 và 12/1`, `8/2025`, `ngày 26`."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import regex

from extractor.compiled import compiled
from extractor.fields.dates.atoms import DAY, YEAR, Atom, full_year, take_year
from extractor.fields.dates.rows import forms, row_of, starts, template
from extractor.models import Reading
from extractor.rules import cache, digit_runs, matches_at

LIST = (  # of a template
    r"(?:\d{1,2}(?:[ ]?-[ ]?(?:{day}[ ])?|[ ]{to}[ ](?:{until-end}[ ])?(?:{day}[ ])?"
    r"|[ ]?,[ ]?(?:{and-years}[ ])?(?:{day}[ ])?|[ ]{and-years}[ ](?:{day}[ ])?|[ ]?&[ ]?)){1,8}"
)
# A list with dashes ends in a date with slashes or points: `5-5 đến 10-5` are two dates, not the days 5, 5 and 10.
_LIST_PLAIN = LIST.replace(r"[ ]?-[ ]?(?:{day}[ ])?|", "")
_NUMERIC = template(
    rf"(?:(?<![\p{{L}}\d]|\d[.,/\-:]|\p{{L}}[/\-_]|[/_])|(?<={{day}}|-\d{{4}}/))"
    rf"(?:(?P<list>{LIST})(?=\d{{1,2}}[ ]?[/.])|(?P<list>{_LIST_PLAIN}))?"
    r"(?P<d>\d{1,2})(?P<sep>[ ]?[/.\-][ ]?)(?P<m>\d{1,2})(?:(?P<sep2>[ ]?[/.\-][ ]?)(?P<y>\d{4}"
    r"|\d{2})|[ ]{year}[ ](?P<y>\d{4})|[ ]{year}[ ](?P<ry>{year-way}|{later})(?!\p{L}))?"
    r"(?:(?<=\d{4})(?!\d)|(?![\d\p{L}]))(?![.,\-]\d|(?<!-\d{4})/\d|[ ]?%|[/_]\p{L})"
)
_PAIR = compiled(
    r"(?<![\p{L}\d]|\d[.,/\-:]|[/_])(?P<d>\d{1,2})(?P<sep>[/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>\d{4}))?[ ]?-[ ]?"
    r"(?P<d2>\d{1,2})(?P=sep)(?P<m2>\d{1,2})(?:(?P=sep)(?P<y2>\d{4}))?(?![\d\p{L}]|[.,/\-]\d|[ ]?%)"
)
_MONTH_YEAR = template(
    rf"(?:(?<![\p{{L}}\d]|\d[.,/\-:]|\p{{L}}[/\-_]|[/_])(?P<t>t(?=\d))?|(?<=/\d{{4}}-))"
    rf"(?P<m>\d{{1,2}})(?P<sep>[ ]?[/\-.][ ]?)"
    rf"(?P<y>{YEAR})(?![\d\p{{L}}]|[.,/]\d|-\d(?!\d?/{YEAR}(?!\d))|[/_]\p{{L}}|-(?!{{now}})\p{{L}})"
)
_BARE = template(
    rf"(?<![\p{{L}}\d])(?:{{day}}|{{early-day}})[ ](?P<d>{DAY})"
    rf"(?:(?:[ ]?-[ ]?|[ ](?:{{until-list}}|{{and-years}})[ ](?:{{day}}[ ])?)(?P<d2>{DAY}))?"
    r"(?![\p{L}\d%]|[.,/\-:]\d|[ ]?[/\-][ ]?\d|[ ]{after-bare-day}(?!\p{L}))"
)
_DIGITS = compiled(r"\d{1,4}")


_BEFORE = template(
    r"(?<![\p{L}\d])(?:(?:{part}[ ]{and-years}[ ])?{part}(?:[ ]|,[ ]))?(?:(?:{into}[ ])?(?:{unit:day}[ ])?"
    r"(?P<weekday>{weekday})(?:[ ](?:{unit:week}[ ]\p{L}+|{weekday-tail}))?(?:,?[ ]\(?|,?[ ]|[ ]-[ ]))?"
    r"(?:(?:{within}[ ])?(?:(?:{plural}|{those}|{few}|\d|{same})[ ])?"
    r"(?:(?:{day}[ ]{early-day}|{day-word}|{early-day})[ ]{1,2}|{day}))?$"
)
_ORDINAL = template(r"(?<!\p{L}){session}[ ]$")
_EACH = template(r"(?<!\p{L}){each}[ ]$")
_LEAD = template(r"(?:{within}[ ])?(?:{into}[ ])?")
_SEVERAL = template(r"(?:(?:{within}|{into})[ ])?(?:{plural}|{those}|{few}|\d)[ ](?=(?:{day}|{day-word})[ ])")
_JOINED = template(r"{and-years}|[,&]")


def before_day(folded: str, at: int, *, several: bool = True) -> tuple[int, int | None, bool]:
    """Start of the words before a day number (`tối thứ sáu, ngày`), the weekday in them, and whether there are any.

    Unless there are `several` days a count before `ngày` is another word's: "đợt hai ngày 5/3", "khu vực 7 hôm 3/1".
    """
    low = max(0, at - 48)
    m = _BEFORE.search(folded[low:at])
    if m is None or m.start() == m.end():
        return at, None, False
    weekday, start = _weekday_before(folded, m, low, at)
    if (lead := _LEAD.match(folded, start)) is not None:
        start = lead.end()
    if not several and (count := _SEVERAL.match(folded, start, at)):
        start = count.end()
    if _EACH.search(folded, max(0, start - 6), start):  # "mỗi ngày 2-3 tiếng"
        return at, None, False
    return start, weekday, True


def _weekday_before(folded: str, m: regex.Match[str], low: int, at: int) -> tuple[int | None, int]:
    """The weekday among the words before a day, and where they begin; an ordinal is none: "kỳ họp thứ 5, ngày 20 tháng 9"."""
    start = low + m.start()
    if not m["weekday"]:
        return None, start
    if not _ORDINAL.search(folded, max(0, start - 16), start):
        return row_of("weekday", m["weekday"]).value, start
    start = low + m.end("weekday")
    while start < at and not folded[start].isalpha():
        start += 1
    return None, start


def run_of(days: list[int], joint: str) -> tuple[int, int] | None:
    """First and last day of a list that is one run: `10-12`, `11 và 12`, `6, 7, 8`; None for days with gaps between them."""
    if len(days) < 2 or days[0] >= days[-1]:
        return None
    if all(b - a == 1 for a, b in itertools.pairwise(days)):
        return days[0], days[-1]
    return (days[0], days[-1]) if len(days) == 2 and _JOINED.search(joint) is None else None


def listed(
    folded: str, m: regex.Match[str], month: int | None, year: int | None, *, day: int, short: bool = False
) -> Iterator[Atom]:
    """The days of a list that is not one run, each an atom of its own: `ngày 5, 7 và 9/1`; `day` is the last one.

    None of "ngày 28 đến ngày 3/1": its first day is the month's before.
    """
    _, _, firm = before_day(folded, m.start("list"))
    if not firm or ((turn := _TURN.fullmatch(m["list"])) is not None and int(turn["d"]) > day):
        return
    for x in _DIGITS.finditer(m["list"]):
        at = m.start("list") + x.start()
        start, _, _ = before_day(folded, at)
        yield Atom(
            start,
            m.start("list") + x.end(),
            "day",
            "day-list",
            year=year,
            month=month,
            day=int(x.group()),
            short=short,
            form="list",
        )


_TURN = template(r"(?P<d>\d{1,2})[ ]{to}[ ](?:{until-end}[ ])?(?:{day}[ ])?")
# Before a date whose year has two digits and that no `ngày` introduces: "sinh 12/5/68", "hồi 20/12/46".
_TIMED = template(r"(?<!\p{L}){timed}[ ]$")


def numeric_days(reading: Reading) -> Iterator[Atom]:
    """`12/1/2018`, `12-1`, `13.6`, and runs that share the month: `10-12/1`, `11 và 12/1`."""
    for m in matches_at(_NUMERIC.compiled, reading.folded, _before(reading, "/.-,&", "/.-,&" + _list_letters())):
        atom = _numeric_day(reading.folded, m)
        if atom is not None:
            yield atom
            if m["list"] and atom.last is None:
                yield from listed(reading.folded, m, int(m["m"]), full_year(m["y"]), day=int(m["d"]), short=atom.short)


def _before(reading: Reading, signs: str, after_blank: str = "") -> Iterator[int]:
    """Where runs of one or two digits begin that one of the signs follows, or a blank and one of the signs after it."""
    folded = reading.folded
    for start, end in digit_runs(reading).short:
        sign = folded[end : end + 1]
        if sign in signs or (sign == " " and folded[end + 1 : end + 2] in after_blank):
            yield start


@cache
def _list_letters() -> str:
    """First letters of the words between the days of a list."""
    return "".join(sorted({form[0] for form in (*forms("to"), *forms("and-years"))}))


def _numeric_day(folded: str, m: regex.Match[str]) -> Atom | None:
    """The day of a match, or the run of days where its list is one; None where the figures are no date."""
    sep = m["sep"].strip()
    if not _same_signs(sep, (m["sep2"] or sep).strip()):
        return None
    day, last, at = _run_before(folded, m)
    start, weekday, firm = before_day(folded, at, several=bool(m["list"]) or _more(m))
    short = m["y"] is not None and len(m["y"]) == 2
    timed = _timed(folded, m, at)
    if not firm and _open(m, short=short, timed=timed):
        return None
    end = m.end() + 1 if weekday is not None and _in_brackets(folded, start, at, m.end()) else m.end()
    year = full_year(m["y"])
    firm = any((firm, m["ry"], year is not None and (timed or not short)))
    atom = Atom(
        start, end, "day", "day-numeric", year=year, month=int(m["m"]), day=day, last=last, weekday=weekday,
        form="figures", short=short, firm=firm,
    )  # fmt: skip
    if m["ry"]:
        take_year(m, atom)
    return atom


def _in_brackets(folded: str, start: int, at: int, end: int) -> bool:
    """Whether the figures at `at` stand in brackets behind the words before them: "thứ Hai (12/3)"."""
    return folded.endswith("(", start, at) and folded.startswith(")", end)


def _same_signs(first: str, second: str) -> bool:
    """Whether the signs of a date fit: the same, or a dash or point before the month and a stroke before the year."""
    return first == second or (first in "-." and second in "/-")


def _timed(folded: str, m: regex.Match[str], at: int) -> bool:
    """Whether a word of time stands before figures with strokes."""
    return m["sep"].strip() == "/" and int(m["m"]) <= 12 and _TIMED.search(folded, max(0, at - 9), at) is not None


def _open(m: regex.Match[str], *, short: bool, timed: bool) -> bool:
    """Whether figures without words before them may be no date: a year in two digits, or blanks around the sign."""
    sep = m["sep"].strip()
    return (short and not timed) or (m["sep"] != sep and not m["y"]) or (m["ry"] is not None and sep != "/")


def _run_before(folded: str, m: regex.Match[str]) -> tuple[int, int | None, int]:
    """First and last day of a match, and where its first number stands: a list of days that is one run counts whole."""
    day, joint = int(m["d"]), m["list"]
    run = run_of([*map(int, _DIGITS.findall(joint)), day], joint) if joint else None
    if run is None:
        return day, None, m.start("d")
    _, _, firm = before_day(folded, m.start())
    if firm or m["sep"].strip() == "/" or m["y"] or _UNTIL.search(joint):
        return run[0], run[1], m.start()
    return day, None, m.start("d")


_UNTIL = template(r"{until-list}")


def day_pairs(reading: Reading) -> Iterator[Atom]:
    """`28/5-1/6`, `28/12/2017-3/1/2018`: a range whose ends are joined without a blank."""
    for m in matches_at(_PAIR, reading.folded, _before(reading, "/.")):
        yield from _pair(reading.folded, m)


def _pair(folded: str, m: regex.Match[str]) -> Iterator[Atom]:
    day, month, last, last_month = (int(m[k]) for k in ("d", "m", "d2", "m2"))
    year, last_year = full_year(m["y"]), full_year(m["y2"])
    if _far_apart(year, last_year):  # an anniversary has two dates: 1/7/1867-1/7/2017
        yield Atom(m.start(), m.end("y"), "day", "day-numeric", year=year, month=month, day=day, form="figures")
        yield Atom(
            m.start("d2"), m.end(), "day", "day-numeric", year=last_year, month=last_month, day=last, form="figures"
        )
        return
    if not all(1 <= x <= 12 for x in (month, last_month)):
        return
    start, weekday, firm = before_day(folded, m.start())
    backwards = (month, day) > (last_month, last) and month < 12
    if not backwards or any((firm, year, last_year)):
        yield Atom(
            start, m.end(), "day", "day-pair", year=last_year or year, month=month, day=day, last=last,
            last_month=last_month, weekday=weekday, firm=firm or m["sep"] == "/" or year is not None, form="figures",
        )  # fmt: skip


def _far_apart(year: int | None, last_year: int | None) -> bool:
    return year is not None and last_year is not None and last_year - year > 2


_ISO = compiled(
    r"(?<![\p{L}\d/_.\-])(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?![\p{L}\d/_\-])"
)


def iso_days(reading: Reading) -> Iterator[Atom]:
    """`2017-05-12`."""
    folded = reading.folded
    for m in matches_at(_ISO, folded, (at for at in digit_runs(reading).four if folded.startswith("-", at + 4))):
        yield Atom(m.start(), m.end(), "day", "day-iso", year=int(m["y"]), month=int(m["m"]), day=int(m["d"]))


_DAY_BEFORE_DAY = template(
    r"\d{1,2}(?=(?:[ ]{and-to}|,)?[ ](?:{until-end}[ ]|{day}[ ]|\p{L}{2,5}[ ]){0,3}\d{1,2}[ ]?[/.\-]\d)"
)
_PART_BEFORE = template(r"(?<![\p{L}\d]){part}[ ]$")


def _more(m: regex.Match[str]) -> bool:
    """Whether another day follows a bare one: `các ngày 5, 7 và 9/1`."""
    return _ANOTHER.match(m.string, m.end()) is not None


_ANOTHER = template(r"[ ]?(?:,|-|{and-to})[ ](?:{and-years}[ ])?(?:{day}[ ])?\d")


def bare_days(reading: Reading) -> Iterator[Atom]:
    """`ngày 26`, `mùng 2`: the month is that of the context."""
    for m in starts(_BARE, "day", "early-day").finditer(reading):
        start, weekday, _ = before_day(reading.folded, m.start("d"), several=m["d2"] is not None or _more(m))
        last = int(m["d2"]) if m["d2"] else None
        if (last is not None and last <= int(m["d"])) or start == m.start("d"):
            continue
        yield Atom(start, m.end(), "day", "day-bare", day=int(m["d"]), last=last, weekday=weekday, form="bare")
    folded = reading.folded
    for start, end in digit_runs(reading).short:  # "đêm 26 đến rạng sáng 27-6"
        if (
            folded[end : end + 1] not in " ,"
            or not folded.startswith(" ", start - 1)
            or not folded[start - 2].isalpha()
        ):
            continue
        part = _PART_BEFORE.search(folded, max(0, start - 18), start)
        if part is not None and 1 <= int(folded[start:end]) <= 31 and _DAY_BEFORE_DAY.match(folded, start):
            yield Atom(part.start(), end, "day", "day-bare", day=int(folded[start:end]), form="bare")


_EDGE_BEFORE = template(r"(?<!\p{L})(?P<edge>{bare-edge})[ ]$")
_SCALE = template(r"{scale}[ ](?:\p{L}+[ ]){0,3}$")


def _is_scale(folded: str, m: regex.Match[str]) -> bool:
    """Whether figures are the scale of a map or plan, "quy hoạch 1/2000"."""
    return m["y"].endswith("00") and _SCALE.search(folded[max(0, m.start() - 40) : m.start()]) is not None


def month_years(reading: Reading) -> Iterator[Atom]:
    """`8/2025`, `6-2017`, `T1/2018`, `cuối 12/2017`."""
    folded = reading.folded
    places = (at - 1 if folded[at - 1 : at] == "t" else at for at in _before(reading, "/.-", "/.-"))
    for m in matches_at(_MONTH_YEAR.compiled, folded, places):
        if not 1 <= int(m["m"]) <= 12 or (m["t"] and not reading.text[m.start()].isupper()):
            continue
        if _is_scale(folded, m):
            reading.drop(m.start(), m.end(), "dates", "month-year", "scale of a map or plan")
            continue
        yield _month_year(folded, m)


def _month_year(folded: str, m: regex.Match[str]) -> Atom:
    """A month in figures with the edge before it."""
    edge = _EDGE_BEFORE.search(folded[max(0, m.start() - 6) : m.start()])
    start = m.start() - len(edge.group()) if edge else m.start()
    return Atom(
        start, m.end(), "month", "month-year", year=int(m["y"]), month=int(m["m"]),
        firm=m["sep"].strip() == "/" or edge is not None or m["t"] is not None, edge=edge["edge"] if edge else None,
        form="figures",
    )  # fmt: skip
