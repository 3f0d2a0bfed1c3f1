"""Candidates for the group of a figure: names of groups of the lexicon, and noun phrases around the number."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

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
_JOINS = template(r"(?:{and}|{or})(?!\p{L})")  # what begins a phrase of its own
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
    for a, b, row in _rows_in(folded, start, end):
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
    known = {p.start for p in out}
    return [*out, *(p for p in _sectors(folded, start, end) if p.start not in known)]


def _rows_in(folded: str, start: int, end: int) -> Iterator[tuple[int, int, GroupRow]]:
    """The groups of the lexicon without what only goes before their names, in text order."""
    for m in group_lexicon().pattern.finditer(folded, start, end):
        row = group_lexicon().row(m.group())
        if not isinstance(row, GroupRow) or row.population:
            continue
        a, b = m.span()
        while cut := _prefix().match(folded, a, b):
            a = cut.end()
        yield a, b, row


def _sectors(folded: str, start: int, end: int) -> Iterator[Phrase]:
    """Sectors with their names: "khối …"."""
    for m in pattern("sector").finditer(folded, start, end):
        stop = noun_phrase_end(folded, m.end(), min(end, m.end() + LONGEST))
        if stop > m.end():
            yield Phrase(m.start(), stop, None, ("sector",))


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
    out: list[Phrase] = []
    if target.noun and target.unit in ("person", "household", "organisation"):
        out += _of_noun(folded, target, end)
    elif target.unit == "percent":
        out += _of_share(folded, target, end)
    of = _OF.search(folded, target.end, min(end, target.end + 60))
    if of:
        stop = noun_phrase_end(folded, of.end(), min(end, of.end() + LONGEST))
        if stop > of.end() + 3:
            out.append(_phrase(folded, of.end(), stop, ("for",)))
    return out


def _of_noun(folded: str, target: Target, end: int) -> Iterator[Phrase]:
    """What a count says by its unit's noun: "1.200 nông dân", "40 đơn vị có lao động"."""
    start = target.end - len(target.noun)
    stop = noun_phrase_end(folded, target.end, min(end, target.end + LONGEST))
    plain = _population(target.noun)
    tags = ("noun", "noun=people" if plain else "noun=group")
    if stop > target.end:
        yield _phrase(folded, start, stop, (*tags, "longer"))
    yield from _with_clause(folded, start, min(end, start + LONGEST), tags)
    if not plain:
        yield _phrase(folded, start, target.end, (*tags, "bare"))


def _of_share(folded: str, target: Target, end: int) -> Iterator[Phrase]:
    """What a share is one of: the noun phrase behind it."""
    skip = _skip().match(folded, target.end, end)
    start = skip.end() if skip else target.end
    stop = noun_phrase_end(folded, start, min(end, start + LONGEST))
    if stop > start + 3 and not _JOINS.match(folded, start):
        yield _phrase(folded, start, stop, ("behind-share",))
        yield from _with_clause(folded, start, min(end, start + LONGEST), ("behind-share",))


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
    stop = start + len(folded[start : last[0]].rstrip()) if last else 0
    return [_phrase(folded, start, stop, (*tags, "clause"))] if stop > plain else []


def _phrase(folded: str, start: int, end: int, tags: tuple[str, ...]) -> Phrase:
    """A noun phrase with what the lexicon knows of it; one that names the whole population tells of no group."""
    known = group_lexicon().pattern.search(folded, start, end)
    kind = _lexical_kind(known.group()) if known else "unknown"
    opens = known is not None and known.start() == start
    rest = folded[known.end() : end].strip() if known and opens else folded[start:end]
    told = (*tags, f"lexicon={kind}", *(("opens",) if opens else ()))
    return Phrase(start, end, None, told, nothing=kind == "population" and _whole(rest))


def _whole(rest: str) -> bool:
    """Whether the words behind a word for people name all of a unit: none, the country, "of the province"."""
    return not rest or any(p is not None for p in (nation().fullmatch(rest), pattern("of-unit").match(rest)))


def _lexical_kind(words: str) -> str:
    """What the lexicon knows of words: a group ("known"), people at large ("population"), or nothing."""
    row = group_lexicon().row(words)
    if not isinstance(row, GroupRow):
        return "unknown"
    return "population" if row.population else "known"


def _population(noun: str) -> bool:
    return _lexical_kind(noun) == "population"
