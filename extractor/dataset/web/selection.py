"""What the figure explorer was asked for: the arguments of an address, read, and the conditions that they make."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import date

from extractor.dataset import figures
from extractor.dataset.figures import Kind, Wanted
from extractor.dataset.web.queries import Context, Given, number, remembered
from extractor.errors import InputError

VIEWS = ("chart", "table", "panel", "map")
STATUSES = ("actual", "target")
FORMER = "-"  # behind a code: its land until June 2025
WHOLE = "all"  # the whole population, in an address
_NONE: Kind = ("BHYT", "coverage_rate", "percent")
_PLACES = 60  # that an address can name


@dataclass(frozen=True, slots=True)
class Selection:
    """A kind of figure, place keys, a code that holds all of the places, years, a group (None: all) and statuses."""

    kind: Kind
    keys: tuple[str, ...]
    within: str
    first: int | None
    last: int | None
    group: str | None
    statuses: tuple[str, ...]
    view: str

    @property
    def code(self) -> str:
        """The code of `within`."""
        return self.within.removesuffix(FORMER)

    @property
    def former(self) -> bool:
        """Whether `within` is meant as it was until June 2025."""
        return self.within.endswith(FORMER)

    def wanted(self) -> Wanted:
        """The conditions on figures that this is."""
        return Wanted(
            groups=None if self.group is None else (self.group,),
            status=self.statuses[0] if len(self.statuses) == 1 else None,
            keys=self.keys,
            places=(self.code,) if self.within else (),
            former=self.former,
            first=date(self.first, 1, 1) if self.first else None,
            last=date(self.last, 12, 31) if self.last else None,
        ).of(self.kind)


def kinds(db: sqlite3.Connection) -> list[Context]:
    """All kinds of figures, kept while the file is as it is."""
    return remembered(db, "figure kinds", lambda: figures.kinds(db))


def _kind(given: Given) -> Kind | None:
    """The kind of an address: in one argument, or in three that are all there."""
    if given.get("what"):
        return kind_of(given["what"])
    apart = given.get("programme", ""), given.get("indicator", ""), given.get("unit", "")
    return apart if all(apart) else None


def kind_of(given: str) -> Kind:
    """A kind as an address has it: `BHYT.coverage_rate.percent`. Raises `InputError` for anything else."""
    parts = given.split(".")
    if len(parts) != 3 or not all(parts):
        raise InputError(f"what={given}: programme.indicator.unit is expected, as BHYT.coverage_rate.percent")
    return parts[0], parts[1], parts[2]


def read(db: sqlite3.Connection, given: Given) -> Selection:
    """The selection that an address asks for. Raises `InputError` for a kind or years that are none."""
    known = kinds(db)
    first = next(((k["programme"], k["indicator"], k["unit"]) for k in known), _NONE)
    kind = _kind(given) or first
    keys = tuple(dict.fromkeys(k for k in f"{given.get('place', '')},{given.get('add', '')}".split(",") if k))
    statuses = tuple(s for s in STATUSES if s in given.get("kind", "").split(",")) or STATUSES
    group = _group(db, kind, given.get("group", ""))
    return Selection(
        kind=kind,
        keys=keys[:_PLACES],
        within=given.get("in", ""),
        first=_year(given, "from"),
        last=_year(given, "until"),
        group=None if group == "*" else group if group != WHOLE else "",
        statuses=statuses,
        view=given.get("view", "") if given.get("view") in VIEWS else VIEWS[0],
    )


def _group(db: sqlite3.Connection, kind: Kind, asked: str) -> str:
    """The group asked for, if the kind has figures of it: whoever goes to another kind in the form keeps the group before. Else
    the whole population, or where the kind has none of that all groups: `*`."""
    found = remembered(db, ("figure groups", kind), lambda: figures.groups(db, kind))
    keys = {g["key"] or WHOLE for g in found}
    if asked == "*" or asked in keys:
        return asked
    return WHOLE if not found or WHOLE in keys else "*"


def _year(given: Given, name: str) -> int | None:
    year = number(given, name, 0)
    if year and not 1900 <= year <= 2999:
        raise InputError(f"{name}={given[name]}: a year is expected")
    return year or None


def arguments(chosen: Selection, **changes: object) -> dict[str, object]:
    """The selection as arguments of an address, some of them changed; empty ones are left out there."""
    everything: dict[str, object] = {
        "what": ".".join(chosen.kind),
        "place": ",".join(chosen.keys),
        "in": chosen.within,
        "from": chosen.first,
        "until": chosen.last,
        "group": "*" if chosen.group is None else chosen.group or WHOLE,
        "kind": "" if len(chosen.statuses) == len(STATUSES) else chosen.statuses[0],
        "view": "" if chosen.view == VIEWS[0] else chosen.view,
    }
    return everything | changes
