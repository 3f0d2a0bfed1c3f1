"""Candidates for the period of a figure: dates with the words before them, campaigns, vague times, and words that mean now."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

import regex

from extractor.fields.figures.frame import Frame, Phrase, Pool, Target
from extractor.fields.figures.words import pattern, right_before, slot, source, template
from extractor.models import Reading
from extractor.records import Date
from extractor.rules import cache
from extractor.values.dates import parse

_CITED = template(r"\d\S*/\S+(?:\s+{issuing}\s+[^,.;]{2,40}?)?\s*,?\s*(?:{issued}\s+)?$")  # "1167/QĐ-TTg ngày …"
AHEAD, BASE = "begins-ahead", "base"
LEAD = 44  # code points before a date in which the words that belong to it stand


def period_phrases(reading: Reading, dates: Sequence[Date]) -> list[Phrase]:
    """Candidates for periods in text order; those tagged `BASE` are what a change is compared with, never its own period."""
    day = reading.published.isoformat() if reading.published else None
    out: list[Phrase] = []
    for item in sorted(dates, key=lambda d: d.start):
        start = _opening(reading.folded, item.start, out[-1].end if out else 0)
        told = [*_value_tags(item.value, day), *_around(reading.folded, start, item.start)]
        if is_base(reading.folded, start):
            told.append(BASE)
        elif _reports(reading.folded, start, item.end):
            told.append("reports")
        out.append(Phrase(start, item.end, item.value, tuple(told)))
    out = _campaigns(reading, out)
    for kind in ("now", "vague"):
        out = sorted([*out, *_undated(reading.folded, kind, out)], key=lambda p: p.start)
    return out


def _undated(folded: str, kind: str, before: Sequence[Phrase]) -> Iterator[Phrase]:
    """Words for now, or for a vague time, that touch none of the phrases before."""
    starts = [p.start for p in before]
    for m in pattern(kind).finditer(folded):
        i = bisect_left(starts, m.end())
        if not i or before[i - 1].end <= m.start():
            tags = (kind, f"{kind}={m.group().split()[0]}")
            yield Phrase(m.start(), m.end(), None, tags, nothing=kind == "now")


def base_of(reading: Reading, dates: Sequence[Date], at: tuple[int, int], sentence: tuple[int, int]) -> Date | None:
    """What a change at `at` is from: the date compared with behind it ("tăng 18% so với năm 2020"), else right before it."""
    folded = reading.folded
    found = _bases(folded, dates, sentence)
    behind = (d for d in found if d.start >= at[1] and ";" not in folded[at[1] : d.start])
    before = (d for d in reversed(found) if d.end <= at[0] and not set(folded[d.end : at[0]]) & set(";."))
    return next(chain(behind, before), None)


def _bases(folded: str, dates: Sequence[Date], sentence: tuple[int, int]) -> list[Date]:
    """The dates of a sentence that something is compared with."""
    inside = (d for d in dates if sentence[0] <= d.start < sentence[1])
    return [d for d in inside if is_base(folded, _opening(folded, d.start, sentence[0]))]


def is_base(folded: str, start: int) -> bool:
    """Whether what begins at `start` is what a change is compared with: "so với cùng kỳ năm 2016"."""
    line = folded.rfind("\n", 0, start) + 1
    return right_before("base", "base-inner", 5).search(folded, max(line, start - 60), start) is not None


def base_years(pool: Pool, frame: Frame, target: Target) -> set[int]:
    """The years that the changes of a figure's sentence are from."""
    bases = (p for p in pool.inside(*frame.outline.sentence_at(target.core)) if BASE in p.tags)
    return {year for p in bases if (year := _year(p.value))}


def of_bases(phrase: Phrase, bases: Collection[int]) -> list[str]:
    """Features of how many years a period lies behind what the changes beside it are from; mostly it is the year after."""
    year = _year(phrase.value)
    if year is None or BASE in phrase.tags:
        return []
    return [f"BASE:{max(-2, min(2, year - base))}" for base in sorted(bases)]


def _year(value: str | None) -> int | None:
    """The year in which a TIMEX value ends."""
    last = (value or "").split("/")[-1][:4]
    return int(last) if last.isdigit() else None


def _reports(folded: str, start: int, end: int) -> bool:
    """Whether a date is that of a meeting or a statement, not of what is told there: "Chiều 12/3, huyện tổ chức hội nghị"."""
    return pattern("day-part").match(folded, start, end) is not None or _reporting().match(folded, end) is not None


def _rest() -> str:
    """The rest of a campaign's name: its year."""
    return rf"(?!\p{{L}})[^,.;:()\n]{{0,80}}?\s{slot('year')}\s\d{{4}}(?!\d)"


@cache
def _reporting() -> regex.Pattern[str]:
    return regex.compile(rf"[^\d.;:\n]{{0,70}}?(?<!\p{{L}}){source('report')}")


def _opening(folded: str, start: int, least: int) -> int:
    """Where the phrase of a date begins: "tính đến hết" before "tháng 3"."""
    left = max(least, start - LEAD, folded.rfind("\n", 0, start) + 1)
    lead = regex.search(rf"(?:{source('opening')}\s+)?(?:{source('inner')}\s+){{0,3}}$", folded[left:start])
    return left + lead.start() if lead else start


def _campaigns(reading: Reading, dated: list[Phrase]) -> list[Phrase]:
    """The phrases with those inside a campaign's name joined to it."""
    out, starts = list(dated), [p.start for p in dated]
    for m in reversed(list(regex.finditer(rf"{source('campaign')}(?:{_rest()})?", reading.folded))):
        a, b = bisect_left(starts, m.start()), bisect_left(starts, m.end())
        last = out[b - 1] if b > a else None
        end = max(m.end(), last.end) if last else m.end()
        out[a:b] = [Phrase(m.start(), end, last.value if last else None, ("campaign",))]
        starts[a:b] = [m.start()]
    return out


def _value_tags(value: str | None, day: str | None) -> list[str]:
    """Grain of a TIMEX value, and how it lies to the publication date."""
    if value is None:
        return ["no-value"]
    last = value.split("/")[-1]
    out = [f"grain={_grain(value)}"]
    if day and last[:4].isdigit():
        out.append("ahead" if last > day[: len(last)] else "past")
        first = parse(value).start
        if first and first.isoformat() > day:
            out.append(AHEAD)
        out.append(f"years={max(-3, min(3, int(last[:4]) - int(day[:4])))}")
        if value == day:
            out.append("publication")
    return out


def _grain(value: str) -> str:
    """How long a TIMEX value is: a range, a year or a part of it."""
    if "/" in value:
        return "range"
    return "quarter" if set(value) & {"Q", "H"} else ("year", "month", "day")[value.count("-")]


def _around(folded: str, start: int, date: int) -> list[str]:
    out = [f"lead={' '.join(folded[start:date].split())}"] if start < date else []
    if _CITED.search(folded, max(0, date - 60), date) or regex.search(
        source("document") + r"(?:\s+\p{L}+){0,4}\s+$", folded[max(0, date - 40) : date]
    ):
        out.append("document")
    if regex.search(
        rf"{source('plan')}(?:\s+(?!{slot('not-planned')})\p{{L}}+){{0,3}}\s+$", folded[max(0, date - 40) : start]
    ):
        out.append("plan")
    if right_before("from").search(folded, max(0, date - 16), date):
        out.append("from")
    if start and folded[start - 1] == "(":
        out.append("bracketed")
    return out
