"""Candidates for the place of a figure: named units, lists, bare units ("toàn tỉnh"), the country, schools, foreign places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import regex

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.fields.figures.frame import Phrase
from extractor.fields.figures.linking import linked
from extractor.fields.figures.meaning import nation
from extractor.fields.figures.words import pattern, right_before, slot, source, template
from extractor.models import Reading
from extractor.places import Places
from extractor.records import NATION, Location
from extractor.rules import cache
from extractor.rules.countries import country_rows

# A unit without its name: "toàn tỉnh", "trên địa bàn huyện", "…, xã đã có", "BHXH tỉnh"; "các xã" tell no place.
_BARE = template(
    r"(?<!\p{L})(?:{whole}\s+(?:{unit}|{part})"
    r"|(?<={area}\s){unit}"
    r"|(?<={in-unit}\s){unit}"
    r"|{each}\s+(?:{unit}|{each-of})"
    r"|(?<={office}\s){unit}"
    r"|(?<=(?:^|[\n.,;:“\"(]\s?|(?:{statement-lead}|{and}|\d)\s)){unit}"
    r")(?!\p{L}|\s\p{L}*\p{N}|\s+{no-unit}(?!\p{L}))"
)
_AND = template(r"\s*(?:,|,?\s+{and})\s+(?:{the}\s+)?")
_NAME = r"\p{Lu}[\p{Ll}'’]*(?:\s\p{Lu}[\p{Ll}'’]*){1,3}"
_CELL = compiled(r"(?:^|[|\n])\s*(\p{Lu}[\p{L}\s'’.-]*\p{L})\s*(?=\|)")
_TOTAL = template(r"{total}(?!\p{L})")
_WITHIN = template(r"\s*(?:[,(-]|{lies-in})\s*")
_SIZES = {"hamlet": 0, "commune": 1, "district": 2, "province": 3}
_FORMER = template(r"\([^()]{0,50}{merged}(?!\p{L})[^()]*$")  # "(hợp nhất với Thái Bình)"


@cache
def _own_number() -> regex.Pattern[str]:
    """A share or a count that a name has for itself: "Đức Thọ (81,2%", "Can Lộc đạt 83%"."""
    return compiled(rf"(?:\s*\(|:|\s+{source('verb')})*\s*\d[\d.,]*\s*(?:%|{slot('person')}|{slot('card')})")


@cache
def _patterns() -> tuple[tuple[str, regex.Pattern[str], bool], ...]:
    """Name, pattern, and whether it reads the text (True) or the folded text."""
    upper = rf"(?:{slot('number-word')}\s\d+\s|{slot('head-unit')}\s)?"
    capital = r"(?-i:\p{Lu}[\p{L}'’]*|\d+)"
    word = rf"(?:(?-i:(?=\p{{Lu}})){source('house-word')}|{source('house-word')}(?=\s(?-i:\p{{Lu}})))(?!\p{{L}})"
    part = rf"(?:{word}|{capital})"
    house = (
        rf"{source('house')}(?:\s{word})*\s{upper}{part}"
        rf"(?:[\s-]{part}|\s(?:{slot('and')}|{slot('city')})(?=\s(?:{word}|(?-i:\p{{Lu}}))))*+"
    )
    counted = (
        rf"(?<![\d/.,\p{{L}}])(?:\d+/)?\d+\s+(?:{slot('out-of')}\s+(?:{slot('number-word')}\s+)?\d+\s+)?{source('counted')}"
        rf"(?:,?\s*{source('counted')})*"
    )
    number = rf"(?:\s*[(:]|(?:\s(?i:{source('verb')})){{1,3}})?\s*\d[\d.,]*\s*(?:%|{slot('person')}|{slot('card')})"
    named = rf"(?<![\p{{L}}\p{{N}}])({_NAME})(?={number})"
    return (
        ("house", compiled(house, regex.IGNORECASE), True),
        ("nation", nation(), False),
        ("counted", compiled(counted), False),
        ("bare", _BARE.compiled, False),
        ("some", pattern("some"), False),
        ("unknown", compiled(named), True),
        ("country", _countries(), True),
    )


def _countries() -> regex.Pattern[str]:
    """Foreign countries; a name of one syllable, which may be a person's, only behind a word that goes before a country."""
    names = [form for row in country_rows() for form in row.forms]
    long, short = ([regex.escape(n) for n in names if (" " in n) is many] for many in (True, False))
    cue = rf"(?i:(?<!\p{{L}}){source('land')}\s)"
    return compiled(rf"(?<!\p{{L}})((?:{'|'.join(long)})|(?<={cue})(?:{'|'.join(short)}))(?!\p{{L}}|\s\p{{Lu}})")


def place_phrases(reading: Reading, places: Places) -> list[Phrase]:
    """Candidates for places in text order; a list of units stands beside its members."""
    out = _of_locations(reading, places)
    for tag, form, as_written in _patterns():
        out += _found(reading, places, out, tag, form, as_written)
    out = linked(out, reading, places)
    known = Spans((p.start, p.end) for p in out)
    for line in reading.lines:
        told = reading.text[line.start : line.end]
        if told.count("|") > 1 and any(map(str.isdigit, told)):  # the heads of columns are no places
            out += _cell(reading, known, line.start, line.end)
    return sorted(_in_houses(out), key=lambda p: (p.start, -p.end))


def _in_houses(found: Sequence[Phrase]) -> list[Phrase]:
    """The phrases, those marked that are a part of a house's name: "Bệnh viện A" of "Bệnh viện A thành phố B"."""
    houses = Spans((p.start, p.end) for p in found if "house" in p.tags)
    within = [houses.hold(p.start, p.end) and "house" not in p.tags for p in found]
    return [replace(p, tags=(*p.tags, "in-house")) if part else p for p, part in zip(found, within, strict=True)]


def _of_locations(reading: Reading, places: Places) -> list[Phrase]:
    """The units and other places that the record names, with the lists that units make."""
    out: list[Phrase] = []
    run: list[Phrase] = []
    last: Location | None = None
    for item in places.locations:
        if _FORMER.search(reading.folded, max(0, item.start - 60), item.start):
            continue
        phrase = Phrase(item.start, item.end, item.code, _tags(reading, last, item))
        last = item
        if item.level == "other":
            if not nation().fullmatch(reading.folded, item.start, item.end):
                out.append(phrase)
            continue
        out.append(phrase)
        if not _goes_on(reading, run, item):
            _listed(run, out)
            run = []
        run.append(phrase)
    _listed(run, out)
    return out


def _goes_on(reading: Reading, run: Sequence[Phrase], item: Location) -> bool:
    """Whether a unit is the next one of a list, whose last has no number of its own."""
    if not run or "own-number" in run[-1].tags:
        return False
    return _AND.fullmatch(reading.folded, run[-1].end, item.start) is not None


def _cell(reading: Reading, before: Spans, start: int, end: int) -> list[Phrase]:
    """The name in the first cell of letters of a table's row, where no phrase stands there yet."""
    cell = _CELL.search(reading.text, start, end)
    if cell is None or _TOTAL.match(reading.folded, cell.start(1)):
        return []
    a, b = cell.span(1)
    return [] if before.meet(a, b) else [Phrase(a, b, None, ("unknown", "cell"))]


def _found(
    reading: Reading, places: Places, before: list[Phrase], tag: str, form: regex.Pattern[str], as_written: bool
) -> list[Phrase]:
    """Phrases of one pattern that touch none of those before (a school's name may hold a unit's)."""
    spans = (
        m.span(1) if m.re.groups else m.span() for m in form.finditer(reading.text if as_written else reading.folded)
    )
    free = spans if tag == "house" else _untouched(spans, sorted((p.start, p.end) for p in before))
    return [p for a, b in free if (p := _phrase(reading, places, tag, a, b)) is not None]


def _untouched(spans: Iterable[tuple[int, int]], taken: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The spans that touch none of those taken; both are in text order."""
    k = 0
    for a, b in spans:
        while k < len(taken) and taken[k][1] <= a:
            k += 1
        if not any(x < b and a < y for x, y in taken[k : k + 4]):
            yield a, b


def _phrase(reading: Reading, places: Places, tag: str, start: int, end: int) -> Phrase | None:
    """The phrase of a pattern at a span, with what it stands for."""
    words, around = reading.folded[start:end], _around(reading, start, end)
    if tag == "nation" and {"body", "assigns"} <= set(around):
        return None  # "kế hoạch BHXH Việt Nam giao": who sets a plan does not say where it is reached
    if tag == "bare":
        return Phrase(start, end, places.scope(words), (tag, *around, f"bare={words.split()[0]}"))
    return Phrase(start, end, NATION if tag == "nation" else None, (tag, *around))


def _listed(run: list[Phrase], out: list[Phrase]) -> None:
    """Add the list that `run` makes to `out`, and mark its members."""
    if len(run) < 2:
        return
    members = {p.start for p in run}
    for i in range(len(out) - 1, -1, -1):
        p = out[i]
        if p.start < run[0].start:
            break
        if p.start in members and not p.parts:
            out[i] = replace(p, tags=(*p.tags, "member"))
    out.append(Phrase(run[0].start, run[-1].end, None, ("list", *run[0].tags), tuple(run)))


def _tags(reading: Reading, last: Location | None, item: Location) -> tuple[str, ...]:
    """What can be said of a unit by itself, and by the one before it."""
    coded = ("coded",) if item.code else ()
    holds = ("holds",) if _holds(reading, last, item) else ()
    return (f"level={item.level}", *coded, *_around(reading, item.start, item.end), *holds)


def _holds(reading: Reading, last: Location | None, item: Location) -> bool:
    """Whether a unit only tells where the smaller one right before it lies: "xã A của huyện B"."""
    if last is None or _SIZES.get(item.level, 0) <= _SIZES.get(last.level, 9):
        return False
    return _WITHIN.fullmatch(reading.folded, last.end, item.start) is not None


def _around(reading: Reading, start: int, end: int) -> list[str]:
    folded = reading.folded
    out = []
    if _own_number().match(folded, end):
        out.append("own-number")
    before = folded[max(0, start - 40) : start]
    if right_before("body").search(before) or regex.search(source("body") + r"(?:\s+\p{L}+){1,4}\s+$", before):
        out.append("body")
    if pattern("assigns").match(folded, end):
        out.append("assigns")
    if right_before("visit").search(folded, max(0, start - 24), start):
        out.append("visit")
    return out
