"""Records for human eyes: coloured marks, one line a field; behind `extractor explain` and a notebook's view of a record."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import singledispatch

from extractor.palette import wash
from extractor.records import FIELDS, Date, Document, Figure, Item, Location, Official, Position, Provenance, Record

COLORS = {name: wash(name.lower()) for name in ("OFFICIAL", "POSITION", "DATE", "PLACE", "DOCUMENT", "FIGURE")}
_LABELS = {"officials": "OFFICIAL", "dates": "DATE", "locations": "PLACE", "documents": "DOCUMENT", "figures": "FIGURE"}
_SHOWN_SUCCESSORS = 6
_VIETNAMESE_MARKS = str.maketrans(",.", ".,")
Line = tuple[str, str, str, str]
_SURE = re.compile(r"(?<= )[01]\.\d\d")  # the confidence in the words on a reading


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text to colour."""

    start: int
    end: int
    label: str


def label(field: str) -> str:
    """The label of a field's marks: "locations" → "PLACE"."""
    return _LABELS.get(field, field.removesuffix("s").upper())


def marks(record: Record) -> list[Mark]:
    """The mentions of a record in order, none over another: the fields that say most come first."""
    found: list[Mark] = []
    further = [(label(name), getattr(record, name)) for name in FIELDS if name not in _LABELS]
    for kind, items in (
        ("DOCUMENT", record.documents),
        ("FIGURE", record.figures),
        ("DATE", record.dates),
        *further,
        ("OFFICIAL", [m for p in record.officials for m in (p, *p.mentions)]),
        ("POSITION", [m for p in record.officials for m in p.positions]),
        ("PLACE", record.locations),
    ):
        for item in items:
            found += _free(item.start, item.end, kind, found)
    return sorted(found, key=lambda m: m.start)


def _free(start: int, end: int, kind: str, taken: list[Mark]) -> Iterator[Mark]:
    # What is already coloured keeps its colour; a post around a place is coloured on both sides of it.
    for mark in sorted((m for m in taken if m.start < end and start < m.end), key=lambda m: m.start):
        if start < mark.start:
            yield Mark(start, mark.start, kind)
        start = max(start, mark.end)
    if start < end:
        yield Mark(start, end, kind)


def number(value: float) -> str:
    """A number as Vietnamese texts write it: 2838916.0 → "2.838.916", 91.5 → "91,5"."""
    return f"{value:,.12g}".translate(_VIETNAMESE_MARKS)


def values(record: Record) -> Iterator[Line]:
    """Every field as (field, quote, value, where it came from); a person's first post stands beside the name."""
    for name in FIELDS:
        for item in getattr(record, name):
            yield label(name).lower(), item.text, _value(item), _origin(item)
            if isinstance(item, Official):
                yield from _held(item)


def grouped(lines: Iterable[Line]) -> list[Line]:
    """Lines with those of equal mentions as one: each wording once with how often it stands there, and the least sure reading.

    Persons stay as they are: what belongs to one stands under the name.
    """
    found: dict[tuple[str, ...], list[Line]] = {}
    for at, line in enumerate(lines):
        alone = line[0].startswith(" ") or line[0] == "official"
        found.setdefault((line[0], line[2], str(at)) if alone else (line[0], line[2]), []).append(line)
    return [(some[0][0], _worded(some), some[0][2], _least_sure(some)) for some in found.values()]


def _worded(lines: Iterable[Line]) -> str:
    counted = Counter(" ".join(line[1].split()) for line in lines)
    return "; ".join(words if n == 1 else f"{words} ×{n}" for words, n in counted.items())


def _least_sure(lines: Iterable[Line]) -> str:
    return min((line[3] for line in lines), key=lambda said: float((_SURE.search(said) or ["1"])[0]))


def _held(person: Official) -> Iterator[Line]:
    """A person's further posts, activities, and changes in office."""
    for position in person.positions[1:]:
        yield "  post", position.text, _post(position), _told_by(position.provenance)
    for activity in person.activities:
        yield "  activity", activity.text, activity.kind, ""
    for event in person.events:
        yield "  event", event.text, _joined(event.kind, event.date, event.document), ""


def _post(position: Position) -> str:
    flags = [name for name in ("former", "acting") if getattr(position, name)]
    term = f"{position.since or '…'} to {position.until or '…'}" if position.since or position.until else None
    body = position.body_resolved or position.body
    return _joined(position.role, body, position.admin_level, position.country, term, *flags)


def _joined(*parts: str | None) -> str:
    return " | ".join(filter(None, parts))


@singledispatch
def _value(item: Item) -> str:
    """The values of an item in one line; of a field without words of its own every value that is set."""
    plain = item.model_dump(mode="json", exclude={"start", "end", "text", "provenance"}, exclude_none=True)
    return _joined(*(f"{key}: {value}" for key, value in plain.items()))


@_value.register
def _(item: Official) -> str:
    return _joined(
        item.name if item.name != item.text else None,
        None if item.official else "private person",
        _post(item.positions[0]) if item.positions else None,
        f"also {', '.join(item.aliases)}" if item.aliases else None,
    )


@_value.register
def _(item: Date) -> str:
    first, last = item.start_date, item.end_date
    one_day = first is not None and first == last and item.value == first.isoformat()
    days = "" if one_day or not (first or last) else f" ({first or '…'} to {last or '…'})"
    return f"{item.value or 'open'}{days}"


@_value.register
def _(item: Location) -> str:
    path = " > ".join(p or "?" for p in item.path) if item.path else item.name
    after = ", ".join(item.successors[:_SHOWN_SUCCESSORS])
    more = len(item.successors) - _SHOWN_SUCCESSORS
    return _joined(
        path,
        item.level,
        f"code {item.code}" if item.code else None,
        f"now {after}" + (f" and {more} more" if more > 0 else "") if after else None,
    )


@_value.register
def _(item: Document) -> str:
    return _joined(item.type, item.number_full or item.number, item.issuer, item.date)


@_value.register
def _(item: Figure) -> str:
    sign = {"eq": "", "gt": "> ", "lt": "< ", "approx": "~ "}[item.comparator]
    far = f" to {number(item.value_max)}" if item.value_max is not None else ""
    said = [f"{sign}{number(item.value)}{far} {item.unit}", item.programme, item.indicator, item.status]
    for name in ("group", "place", "period", "base"):
        if (words := getattr(item, name)) is not None:
            codes = f" [{', '.join(item.place_codes)}]" if name == "place" and item.place_codes else ""
            inherited = " (inherited)" if getattr(item, f"{name}_inherited", False) else ""
            said.append(f"{name}: {words}{codes}{inherited}")
    return _joined(*said)


def _origin(item: Item) -> str:
    """Who read an item; of an official also who gave the first post, which stands in the same line."""
    said = _told_by(item.provenance)
    first = item.positions[0].provenance if isinstance(item, Official) and item.positions else None
    return f"{said}; post: {_told_by(first)}" if first else said


def _told_by(origin: Provenance | None) -> str:
    if origin is None:
        return ""
    said = f"{origin.layer} {origin.rule} {origin.confidence:.2f}"
    if origin.note:
        said += f" ({origin.note})"
    return said + (f" [or {', '.join(origin.candidates)}]" if origin.candidates else "")


def head(record: Record) -> str:
    """Id, publication date with its source, and portal, in one line."""
    when = f"published {record.published} ({record.date_source})" if record.published else "no publication date"
    return f"{record.id} | {when}" + (f" | {record.source}" if record.source else "")


def short(record: Record) -> str:
    """A record in one short line: id, date, and how many items each field holds."""
    sizes = [(name, len(getattr(record, name))) for name in FIELDS]
    counts = ", ".join(f"{size} {name.removesuffix('s') if size == 1 else name}" for name, size in sizes if size)
    return f"<Record {record.id!r} of {record.published or 'no date'}: {counts or 'nothing found'}>"
