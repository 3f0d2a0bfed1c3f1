"""Gold records as documents of mentions, the shape that annotation tools know, and back without loss.

A mention is a span with a label; its item (by `key`, such as "d3" for the fourth date) holds the values. Several mentions
may belong to one item. Mentions that an annotator adds have no key and become items of their own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from extractor.evaluate.align import Json, spans_of
from extractor.evaluate.gold import GOLD_KEYS
from extractor.records import FIELDS, sha256_of

Label = Literal["OFFICIAL", "PERSON", "ALIAS", "POSITION", "DATE", "LOCATION", "DOCUMENT", "FIGURE"]
LABELS: tuple[Label, ...] = ("OFFICIAL", "PERSON", "ALIAS", "POSITION", "DATE", "LOCATION", "DOCUMENT", "FIGURE")
_LETTERS = {"officials": "o", "dates": "d", "locations": "l", "documents": "n", "figures": "f"}
_FIELD_OF: dict[str, str] = {"DATE": "dates", "LOCATION": "locations", "DOCUMENT": "documents", "FIGURE": "figures"}
_LABEL_OF: dict[str, Label] = {"dates": "DATE", "locations": "LOCATION", "documents": "DOCUMENT", "figures": "FIGURE"}
_PLACING = frozenset({"spans", "alias_spans", "positions", "start", "end", "mentions"})
_ARTICLE = ("group", "title", "published", "source", "url")
_GOLD_RECORD = frozenset({"id", "group", "guidelines", "fields", "source", "url", "title", "published", "sha256"})
# Values an item is born with when an annotator marks a new span.
DEFAULTS: dict[str, dict[str, Any]] = {
    "POSITION": {"role": None, "body": None},
    "DATE": {"value": None},
    "LOCATION": {"name": None, "level": None, "path": None, "code": None},
    "DOCUMENT": {"type": None, "number": None, "issuer": None, "date": None},
    "FIGURE": {
        **{"value": None, "unit": None, "programme": None, "indicator": None, "status": "actual", "comparator": "eq"},
        **{"group": None, "place": None, "place_path": None, "place_code": None, "period": None, "period_value": None},
    },
}


@dataclass(slots=True)
class Mention:
    """One marked span: half-open code points of the document's text, its label, and the item it belongs to.

    `values` are the item's values as the tool shows them (null where the tool shows none); `person` is the key of the
    official that an alias or a position belongs to, or the index of that official's mention when it is new.
    """

    start: int
    end: int
    label: Label
    key: str | None = None
    values: dict[str, Any] | None = None
    person: str | None = None


@dataclass(slots=True)
class Document:
    """A text with its mentions. `items` holds the values by key; `rest` everything of the record that is no item."""

    id: str
    text: str
    mentions: list[Mention] = field(default_factory=list)
    items: dict[str, dict[str, Any]] = field(default_factory=dict)
    unplaced: list[str] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    article: dict[str, Any] = field(default_factory=dict)

    def state(self) -> Json:
        """What a tool has to carry along so that nothing is lost: items, keys without a span, the rest of the record."""
        return {"items": self.items, "unplaced": self.unplaced, "rest": self.rest, "article": self.article}

    def take(self, state: Mapping[str, Any] | None) -> None:
        """Set what `state` gave."""
        state = state or {}
        self.items = dict(state.get("items") or {})
        self.unplaced = list(state.get("unplaced") or [])
        self.rest = dict(state.get("rest") or {})
        self.article = dict(state.get("article") or {})


def _place(
    document: Document, key: str, spans: Iterable[tuple[int, int]], label: Label, person: str | None = None
) -> None:
    placed = [Mention(start, end, label, key, dict(document.items[key]), person) for start, end in spans]
    if not placed:
        document.unplaced.append(key)
    document.mentions += placed


def from_record(record: Json, article: Json) -> Document:
    """The document of a gold or output record over its article (`text`, `title`, `published`, `source`, `url`)."""
    text = str(article["text"])
    document = Document(str(record["id"]), text)
    document.rest = {k: v for k, v in record.items() if k not in FIELDS and k != "text"}
    document.article = {k: article[k] for k in _ARTICLE if article.get(k) is not None}
    for number, person in enumerate(record.get("officials") or ()):
        _place_person(document, f"o{number}", person)
    for name in _LABEL_OF:
        for number, item in enumerate(record.get(name) or ()):
            key = f"{_LETTERS[name]}{number}"
            document.items[key] = _unplaced(item)
            _place(document, key, _spans(item), _LABEL_OF[name])
    document.mentions.sort(key=lambda m: (m.start, m.end, m.key or ""))
    return document


def _place_person(document: Document, key: str, person: Mapping[str, Any]) -> None:
    """A person with the aliases and posts."""
    document.items[key] = _unplaced(person)
    names, aliases = _person_spans(person)
    _place(document, key, names, "OFFICIAL" if person.get("official", True) else "PERSON")
    document.mentions += [Mention(a, b, "ALIAS", f"{key}.a{i}", {}, key) for i, (a, b) in enumerate(aliases)]
    for index, post in enumerate(person.get("positions") or ()):
        document.items[f"{key}.p{index}"] = _unplaced(post)
        _place(document, f"{key}.p{index}", _spans(post), "POSITION", key)


def _unplaced(item: Mapping[str, Any]) -> dict[str, Any]:
    """An item's values without where it stands."""
    return {k: v for k, v in item.items() if k not in _PLACING}


def _spans(item: Mapping[str, Any]) -> list[tuple[int, int]]:
    return spans_of(item) if "spans" in item or "start" in item else []


def _person_spans(person: Mapping[str, Any]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Spans of the full name and of the aliases, of a gold item or of an output item with `mentions`."""
    if person.get("mentions") and "spans" not in person:
        mentions = person["mentions"]
        names = [(m["start"], m["end"]) for m in mentions if m.get("kind", "name") == "name"]
        return names, [(m["start"], m["end"]) for m in mentions if m.get("kind") == "alias"]
    return _spans(person), [(int(a), int(b)) for a, b in person.get("alias_spans") or ()]


def _grouped(document: Document) -> dict[str, list[Mention]]:
    """Mentions by item. A mention without a known key joins another new one with the same label, text and values."""
    out: dict[str, list[Mention]] = {key: [] for key in document.unplaced}
    new: dict[tuple[str, str, str, str], str] = {}
    renamed: dict[str | None, str] = {}
    for index, mention in enumerate(document.mentions):
        if mention.label == "ALIAS":
            continue
        key = mention.key
        if key is None or key not in document.items:
            quote = document.text[mention.start : mention.end]
            same = mention.label, quote, repr(mention.values), str(mention.person)
            key = new.setdefault(same, f"new{index}")
            if mention.key is not None:
                renamed[mention.key] = key
            mention.key = key
        out.setdefault(key, []).append(mention)
    for mention in document.mentions:
        mention.person = renamed.get(mention.person, mention.person)
    return out


def _order(key: str, document: Document) -> tuple[int, int]:
    """Old items in their order, new ones behind in text order."""
    known = list(document.items)
    return (0, known.index(key)) if key in document.items else (1, int(key.removeprefix("new")))


def _values(document: Document, key: str, mentions: list[Mention]) -> dict[str, Any]:
    """An item's values: those carried along, with what the tool changed; a new item gets every key of its field."""
    base = document.items.get(key)
    quotes = [document.text[m.start : m.end] for m in mentions]
    if base is None:
        values = _new_values(quotes[0], mentions)
    else:
        # A tool shows null for what it does not show; a key that the item never had stays away.
        values = dict(base)
        for mention in mentions:
            values.update({k: v for k, v in (mention.values or {}).items() if v is not None or k in base})
    if quotes and "text" in values and values["text"] not in quotes:
        values["text"] = quotes[0]
    if len(values.get("occurrences") or quotes) != len(quotes):
        del values["occurrences"]
    return values


def _new_values(quote: str, mentions: list[Mention]) -> dict[str, Any]:
    """The values of an item that the tool made."""
    label = mentions[0].label
    values: dict[str, Any] = {"text": quote, **DEFAULTS.get(label, {})}
    for mention in mentions:
        values.update({k: v for k, v in (mention.values or {}).items() if v is not None})
    if label == "LOCATION" and not values["name"]:
        values["name"] = quote
    return values


def to_record(document: Document) -> Json:
    """The gold record of a document, items with `spans`."""
    groups = _grouped(document)
    fields: dict[str, list[Json]] = {name: [] for name in FIELDS}
    order = sorted({*groups, *(k for k in document.unplaced)}, key=lambda key: _order(key, document))
    for key in order:
        mentions = groups.get(key, [])
        label = mentions[0].label if mentions else _label(key)
        if label in _FIELD_OF:
            spans = [[m.start, m.end] for m in mentions]
            fields[_FIELD_OF[label]].append({**_values(document, key, mentions), "spans": spans})
    fields["officials"] = _people(document, groups, order)
    rest = {"id": document.id, **document.rest}
    if any("provenance" in values for values in document.items.values()):
        rest = {key: value for key, value in rest.items() if key in _GOLD_RECORD}
        fields = {name: [_as_annotated(item, name) for item in items] for name, items in fields.items()}
    if "sha256" not in rest:
        published = document.article.get("published")
        rest |= {**({"published": published} if "published" not in rest else {}), "sha256": sha256_of(document.text)}
    return {**rest, **fields}


def _as_annotated(item: Json, field: str) -> Json:
    """An item of an output record that went through an annotator's hands: gold's keys alone."""
    kept = {key: value for key, value in item.items() if key in GOLD_KEYS[field]}
    if "positions" in kept:
        kept["positions"] = [
            {k: v for k, v in post.items() if k in GOLD_KEYS["positions"]} for post in kept["positions"]
        ]
    return kept


def _label(key: str) -> str:
    letters = {letter: _LABEL_OF.get(name, "OFFICIAL") for name, letter in _LETTERS.items()}
    return "POSITION" if ".p" in key else letters.get(key[0], "")


def _people(document: Document, groups: dict[str, list[Mention]], order: list[str]) -> list[Json]:
    by_label: dict[str, list[str]] = {}
    for key in order:
        by_label.setdefault(groups[key][0].label if groups.get(key) else _label(key), []).append(key)
    named = {*by_label.get("OFFICIAL", ()), *by_label.get("PERSON", ())}
    people = {key: _person(document, key, groups.get(key, [])) for key in order if key in named}
    _add_aliases(document, people)
    for key in by_label.get("POSITION", ()):
        mentions = groups.get(key, [])
        owner = _person_of(mentions[0], people) if mentions else key.split(".")[0]
        if person := people.get(owner or ""):
            person["positions"].append({**_values(document, key, mentions), "spans": _placed(mentions)})
    return [{**p, "aliases": p.get("aliases", [])} for p in people.values()]


def _add_aliases(document: Document, people: dict[str, Json]) -> None:
    """Aliases and where they stand, to the persons that bear them."""
    aliases = [mention for mention in document.mentions if mention.label == "ALIAS"]
    for mention in sorted(aliases, key=_alias_order):
        if person := people.get(_person_of(mention, people) or ""):
            quote = document.text[mention.start : mention.end]
            person["alias_spans"].append([mention.start, mention.end])
            if quote not in person.setdefault("aliases", []):
                person["aliases"] = [*person["aliases"], quote]


def _placed(mentions: list[Mention]) -> list[list[int]]:
    return [[m.start, m.end] for m in mentions]


def _person(document: Document, key: str, mentions: list[Mention]) -> Json:
    """A person of a gold record, without aliases and posts."""
    values = _values(document, key, mentions)
    quote = values.pop("text", None)
    official = (mentions[0].label == "OFFICIAL") if mentions else values.get("official", True)
    name = {"name": values.pop("name", None) or quote, "official": official}
    values.pop("official", None)
    return {**name, **values, "positions": [], "spans": _placed(mentions), "alias_spans": []}


def _alias_order(mention: Mention) -> tuple[int, int]:
    """Aliases in their old order, new ones behind in text order."""
    number = (mention.key or "").rpartition(".a")[2]
    return (0, int(number)) if number.isdigit() else (1, mention.start)


def _person_of(mention: Mention, people: Mapping[str, Json]) -> str | None:
    """The person a mention is linked to, else the one whose name stands nearest."""
    if mention.person in people:
        return mention.person
    names = [(a, b, key) for key, person in people.items() for a, b in person["spans"]]
    if not names:
        return None
    return min(names, key=lambda n: max(n[0] - mention.end, mention.start - n[1]))[2]
