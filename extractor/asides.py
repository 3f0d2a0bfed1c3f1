"""An article read without the paragraphs that stand apart from it, and these read beside it.

What such a paragraph says of places, posts and bodies tells nothing of the others: the rest is read as if it were not there.
Its own items are those that the whole text gives there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from extractor.covering import Spans
from extractor.fields.base import Analysis
from extractor.models import Doubt, Dropped, Line, Mention
from extractor.records import Activity, Document, Item, NameMention, Official
from extractor.view import View

Place = Callable[[int, int], tuple[int, int] | None]


def readings(analysis: Analysis) -> list[tuple[Analysis, Place]]:
    """The analyses that an article's items are from, each with where its spans stand in the whole text, if they count there."""
    read = analysis.apart
    if read is None:
        return [(analysis, lambda start, end: (start, end))]
    inside = Spans((line.start, line.end) for line in read.lines)
    whole = replace(analysis, items=read.whole, apart=None)
    return [(read.rest, read.cut.span), (whole, lambda start, end: (start, end) if inside.hold(start, end) else None)]


def unrelated(lines: Sequence[Line], items: Mapping[str, Sequence[Item]], names: Sequence[Mention]) -> list[Line]:
    """The lines that share no person and no document with the rest, and in which something is read.

    `names` are the statistical layer's mentions. Figures take places and periods from sentences around them: where there are
    any, other lines matter, too.
    """
    figures = bool(items.get("figures"))
    people = Spans((m.start, m.end) for m in names if m.label == "PER" and " " in m.text)
    told = [line for line in lines if figures or _holds(line, items)]
    return [line for line in told if not _shares(line, items, named=people.meet(line.start, line.end))]


def _holds(line: Line, items: Mapping[str, Sequence[Item]]) -> bool:
    return any(line.start <= item.start < line.end for some in items.values() for item in some)


def _shares(line: Line, items: Mapping[str, Sequence[Item]], *, named: bool) -> bool:
    """Whether a line tells of a person or cites a document that the rest names, too; `named`: it has a name in full."""
    inside = Spans([(line.start, line.end)])
    people = [x for x in items.get("officials", ()) if isinstance(x, Official)]
    cited = [x for x in items.get("documents", ()) if isinstance(x, Document) and x.number_full]
    return _shares_person(people, inside, named=named) or _shares_document(cited, inside)


def _shares_person(people: Sequence[Official], inside: Spans, *, named: bool) -> bool:
    """Whether somebody is named on both sides, or stretches that name nobody tell posts or activities of somebody."""
    told = [_quotes(person, inside) for person in people]
    if any(0 < there < names for names, there, _ in told):
        return True
    return not named and any(posts for _, _, posts in told)


def _shares_document(cited: Sequence[Document], inside: Spans) -> bool:
    """Whether one document is cited on both sides."""
    sides: dict[bool, set[str | None]] = {True: set(), False: set()}
    for document in cited:
        sides[inside.hold(document.start, document.end)].add(document.number_full)
    return not sides[True].isdisjoint(sides[False])


def _quotes(person: Official, inside: Spans) -> tuple[int, int, int]:
    """How often a person is named, how often there, and how many posts and activities are told there."""
    named = sum(inside.hold(m.start, m.end) for m in person.mentions)
    told = sum(inside.hold(x.start, x.end) for x in (*person.positions, *person.activities))
    return len(person.mentions), named, told


def without(text: str, lines: Sequence[Line]) -> View:
    """The text without some of its lines, as a view of it."""
    pieces: list[str] = []
    starts, sources, at, length = [], [], 0, 0
    for start, end in [*((line.start, line.end + 1) for line in lines), (len(text), len(text))]:
        if start > at:
            starts.append(length)
            sources.append(at)
            pieces.append(text[at:start])
            length += start - at
        at = end
    return View("".join(pieces).rstrip("\n"), text, starts or [0], sources or [0])


def joined(rest: Sequence[Item], whole: Sequence[Item], lines: Sequence[Line]) -> list[Item]:
    """The items of the rest and, of those of the whole text, what stands in the lines, in text order.

    A person of the rest who is named there, too, gets the mentions and activities; the posts stay those of the rest.
    """
    inside = Spans((line.start, line.end) for line in lines)
    known = {m.start: i for i, x in enumerate(rest) if isinstance(x, Official) for m in x.mentions}
    out = list(rest)
    for item in whole:
        if not isinstance(item, Official):
            out += [item] if inside.hold(item.start, item.end) else []
            continue
        there = _there(item, inside)
        at = next((known[m.start] for m in item.mentions if m.start in known), None)
        if there.mentions and at is not None:
            out[at] = _with(out[at], there)
        elif there.positions or len(there.mentions) == len(item.mentions):
            out.append(there)
    return sorted(out, key=lambda x: (x.start, x.end))


def _there(item: Official, inside: Spans) -> Official:
    """A person as far as stretches of the text tell of them."""
    mentions = tuple(m for m in item.mentions if inside.hold(m.start, m.end))
    if len(mentions) == len(item.mentions):
        return item
    first = next((m for m in mentions if m.kind == "name"), None)
    positions = tuple(p for p in item.positions if inside.hold(p.start, p.end)) if first is not None else ()
    start, end, text = (first.start, first.end, first.text) if first is not None else (item.start, item.end, item.text)
    return item.model_copy(
        update={
            "start": start,
            "end": end,
            "text": text,
            "mentions": mentions,
            "aliases": tuple(dict.fromkeys(m.text for m in mentions if m.kind == "alias")),
            "positions": positions,
            "activities": tuple(a for a in item.activities if inside.hold(a.start, a.end)),
            "events": (),  # they name posts by their numbers
        }
    )


def _with(item: Item, other: Official) -> Item:
    """A person with the mentions and activities that are told of them elsewhere."""
    if not isinstance(item, Official):
        return item
    return item.model_copy(
        update={
            "aliases": tuple(dict.fromkeys((*item.aliases, *other.aliases))),
            "mentions": tuple(sorted((*item.mentions, *other.mentions), key=_start)),
            "activities": tuple(sorted((*item.activities, *other.activities), key=_start)),
        }
    )


def _start(quote: NameMention | Activity) -> int:
    return quote.start


def logged(rest: Sequence[Dropped], whole: Sequence[Dropped], cut: View, lines: Sequence[Line]) -> list[Dropped]:
    """What was not kept of the rest, `cut` from the whole text, and what was not kept in the lines."""
    inside = Spans((line.start, line.end) for line in lines)
    return sorted([*cut.moved(rest), *(x for x in whole if inside.hold(x.start, x.end))], key=lambda x: x.start)


def doubted(rest: Sequence[Doubt], whole: Sequence[Doubt], cut: View, lines: Sequence[Line]) -> list[Doubt]:
    """What was doubtful of the rest, `cut` from the whole text, and what was doubtful in the lines."""
    inside = Spans((line.start, line.end) for line in lines)
    out = [x for x in whole if inside.hold(x.start, x.end)]
    for x in rest:
        start, end = cut.span(x.start, x.end)
        out.append(replace(x, start=start, end=end))
    return out
