"""The record contract: one validated JSON object an article, the same fields in output and in gold (`gold/GUIDELINES.md`)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = (
    "2.2"  # 2.2: provenance of posts; 2.1: terms of posts, changes in office, keys of bodies; 2.0: signed values
)

Level = Literal["province", "district", "commune", "hamlet", "other"]
Unit = Literal["person", "percent", "card", "household", "organisation", "percentage_point"]
Status = Literal["actual", "target"]
Comparator = Literal["eq", "gt", "lt", "approx"]
LayerName = Literal["rule", "ner", "gazetteer", "ranker"]
EventKind = Literal[
    "appointed", "elected", "re-elected", "transferred", "nominated", "dismissed", "resigned", "retired", "disciplined"
]
SIGNED = frozenset({"change", "gap"})  # the indicators of a figure that can be negative
NATION = "VN"  # the place code of the whole country
S = TypeVar("S", bound="Base")


class Base(BaseModel):
    """Frozen; unknown keys and infinite numbers are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Provenance(Base):
    """Where a value came from: the layer, the rule or model id, a confidence in 0–1, other candidates' codes.

    `note` tells people why the value is this one, or why there is none; nothing is decided by it.
    """

    layer: LayerName
    rule: str
    confidence: float = Field(1.0, ge=0.0, le=1.0)
    note: str | None = None
    candidates: tuple[str, ...] = ()


class Span(Base):
    """A quote of the record's text: half-open `[start, end)` in code points."""

    start: int = Field(ge=0)
    end: int
    text: str

    @model_validator(mode="after")
    def _ordered(self) -> Span:
        if self.end <= self.start:
            raise ValueError(f"end {self.end} is not after start {self.start}")
        return self


class Item(Span):
    """A quote with its value and its provenance."""

    provenance: Provenance

    @classmethod
    def parts(cls) -> Mapping[str, type[Span]]:
        """Attributes that hold further quotes of the text, with the model of each ("positions": Position)."""
        return _parts(cls)


class Date(Item):
    """A date expression. `value` is TIMEX3, date part only; `start_date`/`end_date` are inclusive days, null where open.

    `modifier` is TIMEX3's `mod`: that the text names the start, the middle or the end of the value ("cuối năm 2018").
    """

    value: str | None
    modifier: Literal["START", "MID", "END"] | None = None
    start_date: date | None = None
    end_date: date | None = None

    @model_validator(mode="after")
    def _interval(self) -> Date:
        if self.start_date and self.end_date and self.start_date > self.end_date:
            raise ValueError(f"{self.text!r}: start_date {self.start_date} is after end_date {self.end_date}")
        return self


class Location(Item):
    """A named place. `code` is the official code valid on the article's date (or the last valid one before it).

    `path` names the units from the province down, null for parents the article leaves open; `successors` are the
    commune (province) codes that took the unit over on 2025-07-01.
    """

    name: str
    level: Level
    type: str | None = None
    path: tuple[str | None, ...] | None = None
    code: str | None = None
    successors: tuple[str, ...] = ()


class Position(Span):
    """One post as the text words it, with canonical `role` and `body`.

    `body_resolved` completes a body that stands alone ("Ủy ban nhân dân huyện" of which district) from the chain and
    the article. `body_type` is the row of `patterns/bodies.yaml` that the body belongs to, `body_key` the body's key,
    equal for all its wordings and valid on the article's day (`docs/persons.md`); both null where the text leaves it open.
    `place_code` is the unit's code, `country` the ISO 3166-1 code of another state, or the row's id of an organisation of states.
    `since`, `until` are TIMEX3 values of when the post was taken up and left, as far as the text tells. `former`: held no
    longer, by "nguyên" or by what the text tells; `acting` is "quyền".

    `provenance` tells who gave the post to the person: its `rule` is the role's row of `patterns/roles.yaml`, its `note` the
    probability of each decision (`span`, `owner`, `share`, `body`), its confidence their product; records before 2.2 have none.
    """

    role: str
    body: str | None = None
    body_resolved: str | None = None
    body_type: str | None = None
    body_key: str | None = None
    admin_level: Literal["central", "province", "district", "commune", "hamlet", "foreign"] | None = None
    place_code: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    former: bool = False
    acting: bool = False
    provenance: Provenance | None = None


class Event(Span):
    """A change in office: `kind`, its `date` (TIMEX3), the number of the `document` that says so; the span is the evidence.

    `position` is the index of the post among the person's `positions`, null where the text names none.
    """

    kind: EventKind
    date: str | None = None
    document: str | None = None
    position: int | None = None


class Activity(Span):
    """What the text says the person did: `kind` is chairs, speaks, attends, signs, appointed, …; the span is the evidence."""

    kind: str
    date: str | None = None
    from_position: str | None = None
    to_position: str | None = None


class NameMention(Span):
    """One mention of a person: by the full name (`name`) or by an alias (`alias`)."""

    kind: Literal["name", "alias"] = "name"


class Official(Item):
    """One person an article; `start`/`end` are the first mention of the full name. `official` is false for private persons."""

    name: str
    official: bool = True
    aliases: tuple[str, ...] = ()
    mentions: tuple[NameMention, ...] = ()
    positions: tuple[Position, ...] = ()
    activities: tuple[Activity, ...] = ()
    events: tuple[Event, ...] = ()


class Document(Item):
    """A legal or administrative document cited in the text; `number` as written, `number_full` canonical.

    `type` is null where neither the text nor the number says it. `name` is the canonical name of a law, a code or an
    ordinance ("Luật Bảo hiểm y tế") however the text spells it; its `number_full` is known when the text gives the year.
    """

    type: str | None
    number: str | None
    number_full: str | None = None
    name: str | None = None
    year: int | None = None
    issuer: str | None = None
    date: str | None = None


class Figure(Item):
    """A number about enrolment in a programme, with everything needed to plot it: what, of whom, where, when.

    `value` is signed: a fall (`change`, from an earlier time) or a shortfall (`gap`, from a target, an average, another
    place) is negative; `value_max` is the far end of a range ("4 - 5%": 4, 5; "giảm 1 - 2%": -1, -2). `group` is
    quoted, `group_id` the row of `patterns/groups.yaml`. `place_codes` are all units that the number tells of,
    `place_code` the one where it is one; `VN` is the whole country. `period_value` is TIMEX3, `start_date`/`end_date`
    its days, inclusive. `base` is what a change is from, `base_value` its TIMEX3 value. `*_inherited`: the sentence is
    silent, and what stands before told it.
    """

    value: float
    value_max: float | None = None
    unit: Unit
    programme: str
    indicator: str
    status: Status = "actual"
    comparator: Comparator = "eq"
    group: str | None = None
    group_id: str | None = None
    place: str | None = None
    place_code: str | None = None
    place_codes: tuple[str, ...] = ()
    place_inherited: bool = False
    period: str | None = None
    period_value: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    period_inherited: bool = False
    base: str | None = None
    base_value: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _one_place(cls, data: Any) -> Any:
        """The code of the one unit is among the codes of all; records of version 1 have it alone."""
        if isinstance(data, dict) and data.get("place_code") and not data.get("place_codes"):
            return {**data, "place_codes": (data["place_code"],)}
        return data

    @model_validator(mode="after")
    def _meaning(self) -> Figure:
        if self.value < 0 and self.indicator not in SIGNED:
            raise ValueError(f"{self.text!r}: {self.indicator} cannot be negative ({self.value})")
        if self.value_max is not None and abs(self.value_max) <= abs(self.value):
            raise ValueError(f"{self.text!r}: the range ends at {self.value_max}, not beyond {self.value}")
        if self.place_code is not None and self.place_codes != (self.place_code,):
            raise ValueError(f"{self.text!r}: place_code {self.place_code} is one of {list(self.place_codes)}")
        if self.start_date and self.end_date and self.start_date > self.end_date:
            raise ValueError(f"{self.text!r}: start_date {self.start_date} is after end_date {self.end_date}")
        return self


class Warning(Base):
    """Something a careful reader would ask about; nothing is dropped or corrected because of it."""

    code: str
    message: str
    start: int | None = None
    end: int | None = None


class Record(Base):
    """Everything extracted from one article. Raises `ValidationError` when a quote does not stand at its offsets."""

    id: str
    source: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    date_source: str | None = None
    page_kind: str | None = None
    site: str | None = None
    text: str
    sha256: str
    officials: tuple[Official, ...] = ()
    dates: tuple[Date, ...] = ()
    locations: tuple[Location, ...] = ()
    documents: tuple[Document, ...] = ()
    figures: tuple[Figure, ...] = ()
    warnings: tuple[Warning, ...] = ()
    schema_version: str = SCHEMA_VERSION
    extractor_version: str = ""
    knowledge: str = ""

    @model_validator(mode="after")
    def _quotes(self) -> Record:
        for span in self.spans():
            if self.text[span.start : span.end] != span.text:
                raise ValueError(f"{self.id}: text[{span.start}:{span.end}] is not {span.text!r}")
        return self

    def __repr__(self) -> str:
        from extractor.display import short

        return short(self)

    def _repr_html_(self) -> str:
        from extractor.record_html import html_record

        return html_record(self)

    def spans(self) -> list[Span]:
        """Every quote of the record, nested ones included."""
        out: list[Span] = []
        for name, model in FIELDS.items():
            items: tuple[Item, ...] = getattr(self, name)
            out += items
            for part in _PARTS[model]:
                for item in items:
                    out += getattr(item, part)
        return out


def _members(model: type[Base], kind: type[S]) -> dict[str, type[S]]:
    """Attributes of a model that are tuples of models of one kind, in order."""
    out: dict[str, type[S]] = {}
    for name, info in model.model_fields.items():
        if get_origin(info.annotation) is tuple:
            member = get_args(info.annotation)[0]
            if isinstance(member, type) and issubclass(member, kind):
                out[name] = member
    return out


@cache
def _parts(model: type[Base]) -> Mapping[str, type[Span]]:
    return MappingProxyType(_members(model, Span))


# The one list of fields: name → model, in the order of `Record`. Tables, frames, span groups, scores, reports, the
# dataset and its search follow it; `docs/new-field.md` tells how to add one.
FIELDS: dict[str, type[Item]] = _members(Record, Item)
_PARTS: dict[type[Item], tuple[str, ...]] = {model: tuple(model.parts()) for model in FIELDS.values()}


def sha256_of(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record."""
    return Record.model_json_schema(mode="serialization")
