"""What the rules read in an article, as labelled spans: the teacher of the statistical layer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from extractor.fields.officials.bodies import Unit
from extractor.fields.officials.body_patterns import TERM
from extractor.fields.officials.marks import Marks
from extractor.fields.officials.posts import PostReader
from extractor.fields.officials.rows import lexicon
from extractor.fields.places.resolve import find_places
from extractor.models import Reading
from extractor.ner.tagger import PERSONS
from extractor.pipeline import extract_reading
from extractor.text import fold
from extractor.training.gold import Example, Labelled, labelled_spans
from extractor.training.words import training_words

# Heads that name a body by themselves, by what may follow them: "Quốc hội", "Tỉnh ủy", not "Sở" or "Trung tâm".
_NAMES = frozenset({"none", "term", "foreign", "place"})


@cache
def _whole() -> frozenset[str]:
    rows, general = lexicon().bodies.values(), training_words().general_heads
    long = {r.id for r in rows if r.public and r.canonical.count(" ") > 1 and not fold(r.canonical).startswith(general)}
    return frozenset(long | {r.id for r in rows if r.complement in _NAMES and r.rank > 4})


def _named(reading: Reading, unit: Unit) -> bool:
    """Whether a unit of the grammar is the name of an organisation."""
    if unit.row is None or unit.row.is_unit or unit.row.canonical in training_words().no_bodies:
        return False
    start = reading.starts[unit.start]
    if start and reading.text[start - 1] in "/-":
        return False  # in the number of a document
    if unit.complemented:
        return True
    return (
        unit.row.id in _whole() and reading.folded[start : reading.ends[unit.end - 1]] not in training_words().schemes
    )


def _inside(spans: Iterable[Labelled]) -> set[int]:
    """Offsets where no body begins: those of persons, and those within a place."""
    skipped = {**dict.fromkeys(PERSONS, 0), "LOC": 1, "OTHER": 1}
    return {at for start, end, label in spans if label in skipped for at in range(start + skipped[label], end)}


def bodies(reading: Reading, known: Iterable[Labelled] = ()) -> list[Labelled]:
    """Organisations that the grammar of bodies reads, labelled ORG, in text order. `known` are persons and places.

    A body above another ("Phòng Kế hoạch, Sở Y tế") is a span of its own; none begins inside a known place.
    """
    table, spans = lexicon(), list(known)
    persons = {start for start, _, label in spans if label in PERSONS}
    inside = _inside(spans)
    reader = PostReader(Marks(reading, table.role_forms, table.address, table.bound), persons, ())
    # "Trưởng phòng Nội vụ": the role ends with the head of a body.
    shared = {end: start for start, (end, row) in reader.roles.items() if row.kind != "weak"}
    out: list[Labelled] = []
    token = 0
    while token < len(reading.starts):
        start = reading.starts[token]
        head = reader.heads.at(token) if start not in inside and start not in reader.roles else None
        in_role = head is not None and shared.get(reading.ends[head[0] - 1], start) < start
        unit = reader.bodies.unit_at(token) if head and (in_role or reader.tokens.capital(token)) else None
        if unit is None or not _named(reading, unit):
            token += 1
            continue
        term = TERM.search(reading.folded, start, reading.ends[unit.end - 1])  # "HĐND tỉnh khóa XVI"
        out.append((start, term.start() if term else reading.ends[unit.end - 1], "ORG"))
        token = unit.end
    return out


def taught(reading: Reading, backend: str) -> list[Labelled]:
    """What the whole pipeline reads with `backend` as its statistical layer: persons, their posts, places, bodies."""
    record, _ = extract_reading(reading.article, backend=backend, persons=True)
    spans = labelled_spans(record.model_dump())
    return [*spans, *bodies(reading, spans)]


def completed(example: Example) -> Example:
    """The example with the places and the organisations that the rules read, where its own are not annotated."""
    spans = example.spans
    if not example.located:
        spans = (*spans, *places(example.reading))
    return example if example.bodies else replace(example, spans=(*spans, *bodies(example.reading, spans)))


def places(reading: Reading) -> list[Labelled]:
    """Units and other places that the rules read without a model, labelled LOC and OTHER."""
    found = find_places(reading, ()).locations
    return [(x.start, x.end, "OTHER" if x.level == "other" else "LOC") for x in found]
