"""doccano JSON Lines: `{"text", "label": [[start, end, label], …]}`, offsets in code points; other columns are kept as metadata."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.evaluate.formats.document import LABELS, Document, Mention
from extractor.evaluate.formats.offsets import Offsets, Repair


def to_line(document: Document) -> Json:
    """One line. `state` and `keys` ride along as metadata, so that values and links survive the way through doccano."""
    return {
        "text": document.text,
        "label": [[m.start, m.end, m.label] for m in document.mentions],
        "record": document.id,
        "keys": [[m.start, m.end, m.label, m.key, m.person] for m in document.mentions],
        "state": document.state(),
    }


def _triples(line: Mapping[str, Any]) -> list[tuple[int, int, str]]:
    """Spans of either export form: `label` triples, or `entities` with `start_offset` and `end_offset`."""
    if "entities" in line:
        return [(e["start_offset"], e["end_offset"], e["label"]) for e in line["entities"] or ()]
    return [(a, b, label) for a, b, label in line.get("label") or line.get("labels") or ()]


def from_line(line: Mapping[str, Any], where: str) -> tuple[Document, list[Repair]]:
    """The document of a line. A span that was there before keeps its item; a new one becomes an item of its own."""
    if not isinstance(line.get("text"), str):
        raise InputError(f"{where}: a doccano line with 'text' is expected")
    key = str(line.get("record") or line.get("id") or where)
    offsets = Offsets(key, line["text"])
    document = Document(key, offsets.text)
    document.take(line.get("state"))
    known: dict[tuple[int, int, str], list[tuple[str | None, str | None]]] = {}
    for a, b, label, item, person in line.get("keys") or ():
        known.setdefault((a, b, label), []).append((item, person))
    for start, end, label in _triples(line):
        if label not in LABELS:
            continue
        span = offsets.place(int(start), int(end), None)
        if span is not None:
            waiting = known.get((start, end, label))
            item, person = waiting.pop(0) if waiting else (None, None)
            document.mentions.append(Mention(*span, label, item, None, person))
    document.mentions.sort(key=lambda m: (m.start, m.end))
    return document, offsets.repairs
