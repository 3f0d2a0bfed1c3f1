"""Candidates for the group of a figure: names of groups of the lexicon, and noun phrases around the number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from extractor.fields.figures.frame import Frame, Phrase, Pool, Target
from extractor.fields.figures.meaning import nation
from extractor.fields.figures.rows import GroupRow, group_lexicon
from extractor.fields.figures.words import pattern, source, template
from extractor.models import Reading
from extractor.rules import cache

LONGEST = 120  # code points of a group
VERB = 24  # code points before a share in which its verb stands
_AND = template(r"\s*(?:,|-|–|{and}|{or}|,[ ]{and})\s*")
_AGE = template(
    r"{age-from}\s+(?:{age-full}\s+)?\d+\s+(?:{age}\s+)?(?:{to}\s+(?:{under}\s+)?\d+\s+)?{age}(?:\s+{and-more})?"
)
_LOOSE = template(r"(?:\s+(?:{and}|{or}|{several}|{each}))+$")  # what only begins the next phrase
_JOINS = template(r"(?:{and}|{or}|{but})(?!\p{L})")  # what begins a phrase of its own
_OF = template(r"(?<!\p{L}){for-whom}\s+(?:{several}\s+)?")
_CLAUSE_END = regex.compile(r"[,;:.!?()\n\"“”|]")


@cache
def predicate() -> regex.Pattern[str]:
    """What the members of a group do: "tham gia", "đăng ký", "được cấp thẻ"."""
    return pattern("predicate")


@cache
def _stop() -> regex.Pattern[str]:
    """Where a noun phrase ends: before a mark, a number, and a word that tells what its members do, or where and when."""
    return regex.compile(rf"[,;:()\"”“.!?|\n]|\d|\s[-–]\s|{source('stop')}")


@cache
def _prefix() -> regex.Pattern[str]:
    return regex.compile(rf"{source('prefix')}\s+(?=\p{{L}})")


@cache
def _skip() -> regex.Pattern[str]:
    return regex.compile(rf"(?:\s|[,:]|{source('skip')})+")


def lexicon_phrases(reading: Reading, start: int, end: int) -> list[Phrase]:
    """Groups of the lexicon in `[start, end)`, coordinated ones joined, each also with the words that follow it."""
    folded = reading.folded
    out: list[Phrase] = []
    first: int | None = None  # where the coordination that is read began
    last = -1
    for m in group_lexicon().pattern.finditer(folded, start, end):
        row = group_lexicon().row(m.group())
        if not isinstance(row, GroupRow) or row.population:
            continue
        a, b = m.span()
        while cut := _prefix().match(folded, a, b):
            a = cut.end()
        tags = ("lexicon", f"row={row.id}")
        out.append(Phrase(a, b, row.id, tags))
        if first is not None and _AND.fullmatch(folded, last, a):
            out.append(Phrase(first, b, row.id, (*tags, "joined")))
        else:
            first = a
        last = b
        stop = noun_phrase_end(folded, b, min(end, b + LONGEST))
        if stop > b:
            out.append(Phrase(first, stop, row.id, (*tags, "longer")))
    for m in pattern("sector").finditer(folded, start, end):
        stop = noun_phrase_end(folded, m.end(), min(end, m.end() + LONGEST))
        if stop > m.end() and not any(p.start == m.start() for p in out):
            out.append(Phrase(m.start(), stop, None, ("sector",)))
    return out


def noun_phrase_end(folded: str, start: int, end: int) -> int:
    """End of the noun phrase that goes on at `start`."""
    ages = [m.span() for m in _AGE.finditer(folded, start, end)]
    stops = (m.start() for m in _stop().finditer(folded, start, end))
    limit = next((at for at in stops if not any(a <= at < b for a, b in ages)), end)
    stop = start + len(folded[start:limit].rstrip(" -–"))
    loose = _LOOSE.search(folded, max(0, start - 1), stop)
    known = group_lexicon().pattern.match(folded, start, end)  # "học sinh, sinh viên" is one group
    return max(known.end() if known else start, loose.start() if loose else stop)


def counted_phrases(frame: Frame, target: Target) -> list[Phrase]:
    """Noun phrases that the number counts: its unit's noun with what follows, the phrase behind a share, the one after "cho"."""
    folded = frame.reading.folded
    end = frame.outline.sentence_at(target.core)[1]
    out = []
    if target.noun and target.unit in ("person", "household", "organisation"):
        start = target.end - len(target.noun)
        stop = noun_phrase_end(folded, target.end, min(end, target.end + LONGEST))
        plain = _population(target.noun)
        tags = ("noun", "noun=people" if plain else "noun=group")
        if stop > target.end:
            out.append(_phrase(folded, start, stop, (*tags, "longer")))
        out += _with_clause(folded, start, min(end, start + LONGEST), tags)
        if not plain:
            out.append(_phrase(folded, start, target.end, (*tags, "bare")))
    elif target.unit == "percent":
        skip = _skip().match(folded, target.end, end)
        start = skip.end() if skip else target.end
        stop = noun_phrase_end(folded, start, min(end, start + LONGEST))
        if stop > start + 3 and not _JOINS.match(folded, start):
            out.append(_phrase(folded, start, stop, ("behind-share",)))
            out += _with_clause(folded, start, min(end, start + LONGEST), ("behind-share",))
    of = _OF.search(folded, target.end, min(end, target.end + 60))
    if of:
        stop = noun_phrase_end(folded, of.end(), min(end, of.end() + LONGEST))
        if stop > of.end() + 3:
            out.append(_phrase(folded, of.end(), stop, ("for",)))
    return out


def share_of(frame: Frame, pool: Pool, target: Target) -> str:
    """Which verb stands before a share, and whether a group stands before it: "nông dân … chiếm 1% lực lượng lao động"."""
    if target.unit != "percent":
        return ""
    start = frame.outline.sentence_at(target.core)[0]
    verbs = list(pattern("share-verb").finditer(frame.reading.folded, max(start, target.start - VERB), target.start))
    groups = [p for p in pool.inside(start, target.start) if not p.nothing and frame.between(p.end, target.start) == 0]
    return f"SHARE:{verbs[-1].group() if verbs else 'none'}|{'subject' if groups else 'none'}"


def clause_of(frame: Frame, programmes: Pool, phrase: Phrase, target: Target) -> list[str]:
    """Whether a group before a figure is told in the clause of another programme than the figure's own."""
    start, _ = frame.outline.sentence_at(target.core)
    if not start <= phrase.start < phrase.end <= target.start:
        return []
    before = _strong(programmes, start, phrase.start)[-1:]
    kind = _clause(before, _strong(programmes, phrase.end, target.start), "+".join(target.programmes))
    last = bisect_left(frame.quantity_starts, target.start) - 1
    begin = max(phrase.end, frame.quantities[last][1]) if last >= 0 else phrase.end
    fresh = "fresh" if pattern("fresh").search(frame.reading.folded, begin, target.start) else "same"
    return [f"CLAUSE:{kind}", f"CLAUSE:{kind}|{fresh}", f"CLAUSE:{kind}|{fresh}|{target.unit}"]


def _strong(programmes: Pool, start: int, end: int) -> list[str]:
    """The programmes that are mentioned in a stretch of text, a mention of several as one; weak mentions left out."""
    found = (p for p in programmes.inside(start, end) if "weak" not in p.tags)
    return ["+".join(sorted((p.value or "").split("+"))) for p in found]


def _clause(before: Sequence[str], between: Sequence[str], own: str) -> str:
    """Whose clause the group stands in: another programme's, where the figure's own is only told behind it."""
    others = any(name != own for name in (*before, *between[:-1]))
    if others and between and between[-1] == own:
        return "other"
    return "own" if between or before else "none"


def _with_clause(folded: str, start: int, end: int, tags: tuple[str, ...]) -> list[Phrase]:
    """The noun phrase with its relative clause, up to what its members do: "đơn vị có lao động" of "… đăng ký BHXH"."""
    limit = _CLAUSE_END.search(folded, start, end)
    last = [m.start() for m in predicate().finditer(folded, start, limit.start() if limit else end)][-1:]
    plain = noun_phrase_end(folded, start, end)
    stop = len(folded[: last[0]].rstrip()) if last else 0
    return [_phrase(folded, start, stop, (*tags, "clause"))] if stop > plain else []


def _phrase(folded: str, start: int, end: int, tags: tuple[str, ...]) -> Phrase:
    """A noun phrase with what the lexicon knows of it; one that names the whole population tells of no group."""
    known = group_lexicon().pattern.search(folded, start, end)
    row = group_lexicon().row(known.group()) if known else None
    kind = "unknown" if not isinstance(row, GroupRow) else "population" if row.population else "known"
    opens = ("opens",) if known and known.start() == start else ()
    rest = folded[known.end() : end].strip() if known and known.start() == start else folded[start:end]
    whole = kind == "population" and (not rest or nation().fullmatch(rest) or pattern("of-unit").match(rest))
    return Phrase(start, end, None, (*tags, f"lexicon={kind}", *opens), nothing=bool(whole))


def _population(noun: str) -> bool:
    row = group_lexicon().row(noun)
    return isinstance(row, GroupRow) and row.population
