"""Label Studio tasks (JSON) with `gold/label_studio.xml`: labelled regions with per-region values, relations from posts to persons.

Offsets in Label Studio are JavaScript's: UTF-16 units.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from extractor.errors import InputError
from extractor.evaluate.align import Json
from extractor.evaluate.formats.document import LABELS, Document, Mention
from extractor.evaluate.formats.offsets import Offsets, Repair, to_utf16

Kind = Literal["textarea", "number", "choices"]


@dataclass(frozen=True, slots=True)
class Control:
    """A per-region input of the labelling configuration: the item's key, the control's name, its type."""

    key: str
    name: str
    kind: Kind


CONTROLS: dict[str, tuple[Control, ...]] = {
    "POSITION": (Control("role", "role", "textarea"), Control("body", "body", "textarea")),
    "DATE": (Control("value", "date_value", "textarea"),),
    "LOCATION": (
        Control("name", "place_name", "textarea"),
        Control("level", "level", "choices"),
        Control("path", "path", "textarea"),
        Control("code", "code", "textarea"),
    ),
    "DOCUMENT": (
        Control("type", "document_type", "textarea"),
        Control("number", "number", "textarea"),
        Control("issuer", "issuer", "textarea"),
        Control("date", "document_date", "textarea"),
    ),
    "FIGURE": (
        Control("value", "figure_value", "number"),
        *(Control(key, key, "choices") for key in ("unit", "programme", "indicator", "status", "comparator")),
        Control("value_max", "figure_max", "number"),
        Control("group", "group", "textarea"),
        *(Control(key, key, "textarea") for key in ("place", "place_path", "place_code", "period", "period_value")),
        *(Control(key, key, "textarea") for key in ("base", "base_value")),
    ),
}
_PATH_SIGN = " > "
_PATHS = frozenset({"path", "place_path"})
_COUNTRY = "VN"  # what an annotator writes for the empty path, the whole country


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return _PATH_SIGN.join(part or "?" for part in value) or _COUNTRY
    return str(value)


def _regions(document: Document) -> list[Json]:
    units = to_utf16(document.text)
    ids = {id(mention): f"{mention.key}.{index}" for index, mention in enumerate(document.mentions)}
    owners = {m.key: ids[id(m)] for m in reversed(document.mentions) if m.label in ("OFFICIAL", "PERSON")}
    out: list[Json] = []
    for mention in document.mentions:
        region = ids[id(mention)]
        place = {"start": units[mention.start], "end": units[mention.end]}
        quote = {**place, "text": document.text[mention.start : mention.end]}
        common = {"id": region, "to_name": "text"}
        out.append({**common, "from_name": "label", "type": "labels", "value": {**quote, "labels": [mention.label]}})
        for control in CONTROLS.get(mention.label, ()):
            value = (mention.values or {}).get(control.key)
            if value is None:
                continue
            given: Any = [_shown(value)]
            if control.kind == "number":
                given = value
            key = "text" if control.kind == "textarea" else control.kind
            out.append({**common, "from_name": control.name, "type": control.kind, "value": {**place, key: given}})
        if mention.person in owners:
            relation = {"type": "relation", "from_id": region, "to_id": owners[mention.person], "direction": "right"}
            out.append({**relation, "labels": ["of"]})
    return out


def to_task(document: Document, *, predictions: bool) -> Json:
    """One task. With `predictions` the mentions are pre-annotations for an annotator to correct, else an annotation."""
    data = {"id": document.id, "text": document.text, "state": document.state()}
    for key in ("title", "published", "source", "url"):
        if document.article.get(key):
            data[key] = document.article[key]
    regions = _regions(document)
    if predictions:
        return {"data": data, "predictions": [{"model_version": "extractor", "result": regions}]}
    return {"data": data, "annotations": [{"result": regions}]}


def _result(task: Mapping[str, Any]) -> list[Json]:
    """The last annotation that was not cancelled, else the first prediction."""
    done = [a for a in task.get("annotations") or () if not a.get("was_cancelled")]
    chosen = done[-1:] or list(task.get("predictions") or ())[:1]
    return list(chosen[0].get("result") or ()) if chosen else []


def _given(entry: Mapping[str, Any], control: Control) -> Any:
    value = entry.get("value") or {}
    if control.kind == "number":
        return value.get("number")
    given = value.get("text" if control.kind == "textarea" else "choices")
    text = (given[0] if isinstance(given, list) and given else given) or None
    if control.key in _PATHS and text:
        parts = [] if text == _COUNTRY else str(text).split(_PATH_SIGN)
        return [None if part == "?" else part for part in parts]
    return text


def from_task(task: Mapping[str, Any], where: str) -> tuple[Document, list[Repair]]:
    """The document of an exported task, and the repairs of its offsets. `where` names file and task for messages."""
    data = task.get("data")
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise InputError(f"{where}: a Label Studio task with data.text is expected")
    key = str(data.get("id") or task.get("id") or where)
    offsets = Offsets(key, data["text"], native="UTF-16 units")
    document = Document(key, offsets.text)
    document.take(data.get("state"))
    for name in ("title", "published", "source", "url"):
        if data.get(name) and name not in document.article:
            document.article[name] = data[name]
    result = _result(task)
    entries: dict[str, list[Json]] = {}
    for entry in result:
        if entry.get("id"):
            entries.setdefault(str(entry["id"]), []).append(entry)
    regions: dict[str, Mention] = {}
    for region, parts in entries.items():
        mention = _mention(region, parts, offsets, document)
        if mention is not None:
            regions[region] = mention
            document.mentions.append(mention)
    document.mentions.sort(key=lambda m: (m.start, m.end))
    _relate(result, regions, document)
    return document, offsets.repairs


def _mention(region: str, parts: list[Json], offsets: Offsets, document: Document) -> Mention | None:
    labelled = next((p for p in parts if p.get("type") == "labels"), None)
    labels = (labelled or {}).get("value", {}).get("labels") or ()
    label = next((name for name in LABELS if name in labels), None)
    if labelled is None or label is None:
        return None
    value = labelled["value"]
    span = offsets.place(int(value["start"]), int(value["end"]), value.get("text"))
    if span is None:
        return None
    known = region.rpartition(".")[0]
    key = known if known in document.items or ".a" in known else None
    by_name = {str(p.get("from_name")): p for p in parts}
    values = {c.key: _given(by_name[c.name], c) if c.name in by_name else None for c in CONTROLS.get(label, ())}
    return Mention(*span, label, key, values)


def _relate(result: Iterable[Json], regions: Mapping[str, Mention], document: Document) -> None:
    """Set the person of posts and aliases from relations, in whichever direction they were drawn."""
    for index, mention in enumerate(document.mentions):
        if mention.label in ("OFFICIAL", "PERSON") and mention.key is None:
            mention.key = f"new{index}"
    for entry in result:
        if entry.get("type") != "relation":
            continue
        one, other = regions.get(str(entry.get("from_id"))), regions.get(str(entry.get("to_id")))
        if one and other:
            if one.label in ("OFFICIAL", "PERSON"):
                one, other = other, one
            if other.label in ("OFFICIAL", "PERSON"):
                one.person = other.key
