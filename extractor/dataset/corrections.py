"""A user's own file of corrections: JSON Lines, a line a mistake of the reading or a word on who is one person and who is not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.errors import InputError

Wrong = Literal["value", "place", "period", "person", "role", "span", "missing", "other"]
WRONG: tuple[Wrong, ...] = get_args(Wrong)
_ALWAYS: tuple[Wrong, ...] = ("span", "missing", "other")
_OF: dict[str, tuple[Wrong, ...]] = {
    "figures": ("value", "place", "period"),
    "officials": ("person", "role"),
    "positions": ("role", "person", "place", "period"),
    "locations": ("place",),
    "dates": ("value",),
}
_LONGEST = 10_000  # characters of a line


class Correction(BaseModel):
    """A mistake in one article: a field's item by its span, and what is wrong with it.

    `wrong` is `span` where nothing should be marked, `missing` where the span holds something that was not read; `should` says
    what it should be.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    field: str = Field(min_length=1)
    start: int = Field(ge=0)
    end: int = Field(ge=1)
    text: str
    wrong: Wrong
    should: str = ""

    @model_validator(mode="after")
    def _runs_forward(self) -> Correction:
        if self.end <= self.start:
            raise ValueError("end is not behind start")
        return self


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

    Raises `InputError` that names the first line that is none.
    """
    mistakes: list[Correction] = []
    persons: list[SamePerson] = []
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: {error}") from None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if len(line) > _LONGEST:
            raise InputError(f"{path}, line {number}: more than {_LONGEST:,} characters")
        try:
            if '"same"' in line or '"not_same"' in line:
                persons.append(SamePerson.model_validate_json(line))
            else:
                mistakes.append(Correction.model_validate_json(line))
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(map(str, first["loc"]))
            raise InputError(f"{path}, line {number}: {where + ': ' if where else ''}{first['msg']}") from None
    return mistakes, persons


def beside(target: Path) -> Path | None:
    """The file of corrections that belongs to a database where there is one: `news.corrections.jsonl` beside `news.db`."""
    path = target.with_suffix(".corrections.jsonl")
    return path if path.exists() else None


def said_of_persons(path: Path | None) -> list[str]:
    """What a file of corrections says of persons, a JSON text a line; nothing without a file. Raises `InputError`."""
    if path is None:
        return []
    mistakes, said = read_corrections(path)
    lines = [line.model_dump(exclude_defaults=True) for line in said]
    moved = [m for m in mistakes if m.field == "officials" and m.wrong == "person"]
    lines += [{"id": m.id, "start": m.start, "should": m.should} for m in moved]
    return [json.dumps(line, ensure_ascii=False) for line in lines]
