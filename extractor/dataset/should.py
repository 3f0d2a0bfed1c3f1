"""How the right value is written in a correction, by field and by what is wrong: a number, a place's code, a period, a post."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from extractor.fields.figures.groups import group_id
from extractor.fields.figures.label import LABELS
from extractor.gazetteer import gazetteer
from extractor.numbers import find_numbers
from extractor.records import NATION, Status, Unit
from extractor.text import fold
from extractor.values.dates import parse as parse_period
from extractor.values.documents import parse as parse_number

Row = dict[str, Any]
SEPARATOR = "|"  # between a role and its body
NOBODY = "-"  # of a figure that counts no group but everybody
INDICATORS = tuple(label for label in LABELS if label != "none")


@dataclass(frozen=True, slots=True)
class Form:
    """How one kind of value is written: `read` gives the columns that it sets, None where the text is no such value.

    `name` is what pages call it (`should_NAME` of their strings), `allowed` what a message says.
    """

    name: str
    allowed: str
    read: Callable[[str], Row | None]


def _number(text: str) -> Row | None:
    folded = fold(text).strip().removesuffix("%").strip()
    found = list(find_numbers(folded))
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(folded)):
        return None
    return {"value": found[0].value, "value_max": found[0].high}


def _place(text: str) -> Row | None:
    code = text.strip()
    return {"code": code} if code == NATION or gazetteer().versions(code) else None


def _period(text: str) -> Row | None:
    found = parse_period(_as_iso(text.strip()))
    if found.timex is None or found.start is None or found.end is None:
        return None
    return {"value": found.timex, "start_date": found.start, "end_date": found.end}


def _as_iso(text: str) -> str:
    """A month or a day as articles write it, "3/2023" or "31/7/2023", as ISO has it; anything else as it is."""
    parts = text.split("/")
    if not all(part.isdecimal() for part in parts) or len(parts[-1]) != 4:
        return text
    smaller = [f"{int(part):02}" for part in parts[-2::-1]]
    return "-".join([parts[-1], *smaller]) if 0 < len(smaller) < 3 and len(parts[0]) < 3 else text


def _term(text: str) -> Row | None:
    """Since and until, each a day, a month or a year, or nothing: "2019/2021", "2019-05/", "/2021"."""
    since, slash, until = (part.strip() for part in text.partition("/"))
    told = [part for part in (since, until) if part]
    if not slash or not told or any(parse_period(part).start is None for part in told):
        return None
    return {"since": since or None, "until": until or None}


def _post(text: str) -> Row | None:
    role, _, body = (part.strip() for part in text.partition(SEPARATOR))
    return {"role": role, "body": body or None} if role else None


def _document(text: str) -> Row | None:
    return {"number": text.strip()} if parse_number(text.strip()) else None


def _programme(text: str) -> Row | None:
    code = text.strip().upper()
    return {"programme": code} if code.isidentifier() and code.isascii() else None


def _one_of(column: str, allowed: Sequence[str]) -> Callable[[str], Row | None]:
    def read(text: str) -> Row | None:
        code = text.strip().lower()
        return {column: code} if code in allowed else None

    return read


def _group(text: str) -> Row | None:
    words = " ".join(text.split())
    return {"group": None if words == NOBODY else words, "group_id": group_id(words)} if words else None


def _words(text: str) -> Row | None:
    return {"name": " ".join(text.split())} if text.strip() else None


_NUMBER = Form("number", "a number as articles write it, 92,4 or 31.000 or 4 - 5", _number)
_CODE = Form("code", "the code of a unit (extractor places NAME prints it), or VN", _place)
_TIMEX = Form(
    "period", "a period with its year, 2020 or 2020-07 or 2020-07-31 or 2020-Q3 or 2020/2025 or 7/2020", _period
)
FORMS: dict[tuple[str, str], Form] = {
    ("figures", "value"): _NUMBER,
    ("figures", "place"): _CODE,
    ("figures", "period"): _TIMEX,
    ("figures", "programme"): Form("programme", "a programme's code, BHYT or BHXH_TN", _programme),
    ("figures", "indicator"): Form("indicator", " or ".join(INDICATORS), _one_of("indicator", INDICATORS)),
    ("figures", "status"): Form("status", "actual or target", _one_of("status", get_args(Status))),
    ("figures", "unit"): Form("unit", " or ".join(get_args(Unit)), _one_of("unit", get_args(Unit))),
    ("figures", "group"): Form("group", f"who is counted, in words, or {NOBODY} for everybody", _group),
    ("positions", "role"): Form("post", f"a role, or a role {SEPARATOR} a body", _post),
    ("positions", "place"): _CODE,
    ("positions", "period"): Form("term", "since/until, of which one may be empty, 2019/2021 or 2019-05-01/", _term),
    ("positions", "person"): Form("name", "the name of a person whom the article names", _words),
    ("locations", "place"): _CODE,
    ("dates", "value"): _TIMEX,
    ("documents", "value"): Form("document", "the number of a document, 15/2024/NĐ-CP", _document),
}
