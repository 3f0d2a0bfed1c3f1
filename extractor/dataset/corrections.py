"""A user's own file of corrections: JSON Lines, a line a mistake of the reading or a word on who is one person and who is not.

`extractor.dataset.corrected` applies the mistakes, `extractor.persons.corrected` the words on persons.
"""

from __future__ import annotations

import json
import stat
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.dataset.should import FORMS
from extractor.errors import InputError
from extractor.records import FIELDS

Wrong = Literal[
    "value", "place", "period", "programme", "indicator", "status", "unit", "group", "person", "role", "span", "missing", "other"
]  # fmt: skip
WRONG: tuple[Wrong, ...] = get_args(Wrong)
_ALWAYS: tuple[Wrong, ...] = ("span", "missing", "other")
_OF: dict[str, tuple[Wrong, ...]] = {
    "figures": ("value", "place", "period", "programme", "indicator", "status", "unit", "group"),
    "officials": ("person",),
    "positions": ("role", "person", "place", "period"),
    "locations": ("place",),
    "dates": ("value",),
}
_FIELDS = (*FIELDS, "positions")
LAYER = "correction"  # of a row that a user has corrected, beside those of the records
NOTED: tuple[Wrong, ...] = ("missing", "other")  # told, and nothing is done
_LONGEST = 10_000  # characters of a line
_MOST = 20  # faults that one message tells


class Correction(BaseModel):
    """A mistake in one article: a field's item by its span, and what is wrong with it.

    `wrong` is `span` where nothing should be marked, `missing` where the span holds something that was not read; `should` is the
    value that it should be (`should_be` tells how it is written for each kind), empty where it is not known. `line` is its
    number in the file.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    field: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    wrong: Wrong
    should: str = ""
    line: int = Field(default=0, exclude=True)

    @model_validator(mode="after")
    def _can_be_done(self) -> Correction:
        if self.end <= self.start:
            raise ValueError("end is not behind start")
        if self.field not in _FIELDS:
            raise ValueError(f"field {self.field!r} is none; allowed: {', '.join(_FIELDS)}")
        if self.wrong not in kinds(self.field):
            raise ValueError(
                f"wrong {self.wrong!r} cannot be said of {self.field}; allowed: {', '.join(kinds(self.field))}"
            )
        form = FORMS.get((self.field, self.wrong))
        if self.should and form is not None and form.read(self.should) is None:
            raise ValueError(f"should {self.should!r} cannot be read; allowed: {form.allowed}")
        return self

    @property
    def value(self) -> Any:
        """What `should` holds, read; None where it is empty or holds a remark."""
        form = FORMS.get((self.field, self.wrong))
        return form.read(self.should) if form is not None and self.should else None


def kinds(field: str) -> tuple[Wrong, ...]:
    """What can be wrong with an item of a field, the most usual first."""
    return (*_OF.get(field, ("value",)), *_ALWAYS)


class SamePerson(BaseModel):
    """Ids of persons that are one (`same`) or are not (`not_same`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    same: tuple[str, ...] = ()
    not_same: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _names_two(self) -> SamePerson:
        if bool(self.same) == bool(self.not_same) or max(len(self.same), len(self.not_same)) < 2:
            raise ValueError("either same or not_same, with two ids or more")
        return self


def read_corrections(path: Path) -> tuple[list[Correction], list[SamePerson]]:
    """The lines of a file of corrections; empty lines and lines that begin with `#` are skipped.

    Raises `InputError` that names every line that is none, and what is allowed there.
    """
    mistakes: list[Correction] = []
    persons: list[SamePerson] = []
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would be waited for, a device read for ever
            raise InputError(f"{path}: no regular file")
        lines = path.read_text(encoding="utf-8-sig").split("\n")  # a quoted text may hold the other ends of lines
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    faults: list[str] = []
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        try:
            read = _read(line)
        except ValueError as error:
            faults.append(f"{path}, line {number}: {_worded(error)}")
            continue
        if isinstance(read, SamePerson):
            persons.append(read)
        else:
            mistakes.append(read.model_copy(update={"line": number}))
    if faults:
        more = [f"… and {len(faults) - _MOST} lines more"] if len(faults) > _MOST else []
        raise InputError("\n".join([*faults[:_MOST], *more]))
    return mistakes, persons


def _read(line: str) -> Correction | SamePerson:
    """One line. Raises `ValueError`."""
    if len(line) > _LONGEST:
        raise ValueError(f"more than {_LONGEST:,} characters")
    if '"same"' in line or '"not_same"' in line:
        return SamePerson.model_validate_json(line)
    return Correction.model_validate_json(line)


def _worded(error: ValueError) -> str:
    if not isinstance(error, ValidationError):
        return str(error)
    first = error.errors()[0]
    where = ".".join(map(str, first["loc"]))
    return f"{where + ': ' if where else ''}{first['msg'].removeprefix('Value error, ')}"


def beside(target: Path) -> Path | None:
    """The file of corrections that belongs to a database where there is one: `news.corrections.jsonl` beside `news.db`."""
    path = target.with_suffix(".corrections.jsonl")
    return path if path.exists() else None


@dataclass(frozen=True, slots=True)
class Said:
    """What a file of corrections says: of persons a JSON text a line, of readings the corrections by article."""

    persons: list[str] = dataclass_field(default_factory=list)
    readings: dict[str, list[Correction]] = dataclass_field(default_factory=dict)


def said_in(path: Path | None) -> Said:
    """What a file of corrections says; nothing without a file. Raises `InputError`."""
    if path is None:
        return Said()
    mistakes, persons = read_corrections(path)
    readings: dict[str, list[Correction]] = {}
    for one in mistakes:
        if not _on_a_person(one):
            readings.setdefault(one.id, []).append(one)
    return Said(_of_persons(mistakes, persons), readings)


def _on_a_person(one: Correction) -> bool:
    return one.field == "officials" and one.wrong == "person"


def _of_persons(mistakes: list[Correction], said: list[SamePerson]) -> list[str]:
    lines: list[dict[str, Any]] = [line.model_dump(exclude_defaults=True) for line in said]
    lines += [{"id": m.id, "start": m.start, "should": m.should} for m in mistakes if _on_a_person(m)]
    return [json.dumps(line, ensure_ascii=False) for line in lines]
