"""The record contract: one validated JSON object an article, the same fields in output and in gold (`gold/GUIDELINES.md`)."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

SCHEMA_VERSION = "1.0"

Level = Literal["province", "district", "commune", "hamlet", "other"]
Unit = Literal["person", "percent", "card", "household", "organisation", "percentage_point"]
Status = Literal["actual", "target"]
Comparator = Literal["eq", "gt", "lt", "approx"]
LayerName = Literal["rule", "ner", "gazetteer"]


class Base(BaseModel):
    """Frozen; unknown keys and infinite numbers are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Provenance(Base):
    """Where a value came from: the layer, the rule or model id, a confidence in 0–1, a note, other candidates' codes."""

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


class Date(Item):
    """A date expression. `value` is TIMEX3, date part only; `start_date`/`end_date` are inclusive days, null where open."""

    value: str | None
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
    the article; `place_code` is that unit's code; `former`/`acting` tell "nguyên" and "quyền".
    """

    role: str
    body: str | None = None
    body_resolved: str | None = None
    admin_level: Literal["central", "province", "district", "commune", "hamlet"] | None = None
    place_code: str | None = None
    former: bool = False
    acting: bool = False


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


class Document(Item):
    """A legal or administrative document cited in the text; `number` as written, `number_full` canonical."""

    type: str
    number: str | None
    number_full: str | None = None
    year: int | None = None
    issuer: str | None = None
    date: str | None = None


class Figure(Item):
    """A number about enrolment in a programme, with everything needed to plot it.

    `place_code` and `period_value` link `place` and `period` to the article's locations and dates; `*_inherited` says
    that the sentence is silent and the paragraph, section or article gave it. `base` is the base of a comparison.
    """

    value: float
    unit: Unit
    programme: str
    indicator: str
    status: Status = "actual"
    comparator: Comparator = "eq"
    group: str | None = None
    place: str | None = None
    place_code: str | None = None
    place_inherited: bool = False
    period: str | None = None
    period_value: str | None = None
    period_inherited: bool = False
    base: str | None = None

    @model_validator(mode="after")
    def _share(self) -> Figure:
        if self.value < 0 and self.indicator != "change":
            raise ValueError(f"{self.text!r}: {self.indicator} cannot be negative ({self.value})")
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

    @model_validator(mode="after")
    def _quotes(self) -> Record:
        for span in self.spans():
            if self.text[span.start : span.end] != span.text:
                raise ValueError(f"{self.id}: text[{span.start}:{span.end}] is not {span.text!r}")
        return self

    def spans(self) -> list[Span]:
        """Every quote of the record, nested ones included."""
        out: list[Span] = [*self.officials, *self.dates, *self.locations, *self.documents, *self.figures]
        for person in self.officials:
            out += [*person.mentions, *person.positions, *person.activities]
        return out


def sha256_of(text: str) -> str:
    """SHA-256 of the text's UTF-8 bytes, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record."""
    return Record.model_json_schema(mode="serialization")
