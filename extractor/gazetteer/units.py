"""Administrative units of Viet Nam through time: one row a state of a unit, looked up by name, code, parent and date.

Source: the General Statistics Office's dated lists of administrative units, 2017-03 to 2026-04 (see `compile`).
Codes carry their level in their length: 2 digits province, 3 district, 5 commune.
"""

from __future__ import annotations

import gc
import gzip
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

from extractor.compiled import parsed
from extractor.errors import ExtractorError
from extractor.gazetteer.names import key, loose, splits, written_out

DATA = Path(__file__).parent.parent / "data" / "gazetteer.tsv.gz"
REFORM = "2025-07-01"  # districts end, 63 provinces become 34
LEVELS = {2: "province", 3: "district", 5: "commune"}
END = "9999"


class GazetteerError(ExtractorError):
    """The compiled gazetteer is missing or not readable."""


class Unit(NamedTuple):
    """A unit in one state: `since` is "" when already so in 2017-03, `until` (exclusive) "9999" when in force; ISO days."""

    code: str
    type: str
    name: str
    parent: str
    since: str
    until: str
    succeeded_by: str
    key: str
    plain: str

    @property
    def level(self) -> str:
        """`province`, `district` or `commune`."""
        return LEVELS[len(self.code)]

    @property
    def full_name(self) -> str:
        """Type word and name, "Phường 6"."""
        return f"{self.type} {self.name}"

    @property
    def successors(self) -> tuple[str, ...]:
        """Codes of the units that took it over on 2025-07-01; empty where it is still in force or nothing is known."""
        return tuple(self.succeeded_by.split("|")) if self.succeeded_by else ()

    def valid(self, day: str) -> bool:
        """Whether this state was in force on an ISO day."""
        return self.since <= day < self.until


_MEMOS = 1_500  # looked-up units kept: those of the last few hundred articles


class Gazetteer:
    """All states of all units with indexes by name key and by code."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.by_key: dict[str, list[Unit]] = {}
        self.by_code: dict[str, list[Unit]] = {}
        by_key, by_code = self.by_key, self.by_code
        for unit in units:
            if unit.key in by_key:
                by_key[unit.key].append(unit)
            else:
                by_key[unit.key] = [unit]
            if (full := written_out(unit.name)) is not None:  # the lists abbreviate, newspapers do not
                by_key.setdefault(key(full), []).append(unit)
            if unit.code in by_code:
                by_code[unit.code].append(unit)
            else:
                by_code[unit.code] = [unit]
        self._loose: dict[str, list[Unit]] | None = None
        self._children: dict[str, list[Unit]] | None = None
        self._heads: frozenset[str] | None = None
        self._pairs: frozenset[str] | None = None
        self._successors: dict[str, tuple[str, ...]] = {}
        self._predecessors: dict[str, list[str]] | None = None
        self._paths: dict[tuple[str, str, str | None], tuple[str, ...]] = {}

    def named(self, name: str) -> list[Unit]:
        """Every state of every unit of that name (any spelling that `names.key` joins), all levels and times."""
        return self.by_key.get(key(name), [])

    def like(self, name: str) -> list[Unit]:
        """States of units whose name is the same but for diacritics; for misspelt names with a type word before them."""
        if self._loose is None:
            found: dict[str, list[Unit]] = {}
            for states in self.by_key.values():
                plain = states[0].plain
                before = found.get(plain)
                found[plain] = states if before is None else before + states
            self._loose = found  # whole: another thread must not see a part of it
        return self._loose.get(loose(name), [])

    def province_heads(self) -> frozenset[str]:
        """Keys of the first syllables of the provinces' names."""
        if self._heads is None:
            states = (s for code, all_ in self.by_code.items() if len(code) == 2 for s in all_)
            self._heads = frozenset(key(s.name.split()[0]) for s in states)
        return self._heads

    def pairs(self) -> frozenset[str]:
        """Keys of the first two syllables of every name of three or more: whether it is worth while to read on."""
        if self._pairs is None:
            names = {u.name for states in self.by_key.values() for u in states}
            long = [n for n in names if n.count(" ") > 1 or not n.replace(" ", "").isalnum()]
            self._pairs = frozenset(key(" ".join(parts[:2])) for n in long for parts in splits(n) if len(parts) > 2)
        return self._pairs

    def versions(self, code: str) -> list[Unit]:
        """The states of a code in order of time."""
        return self.by_code.get(code, [])

    def at(self, code: str, day: str | None) -> Unit | None:
        """The state of a code on an ISO day; before it, the last one that had ended; else the first. None for unknown codes."""
        states = self.by_code.get(code)
        if not states:
            return None
        if day is None:
            return states[-1]
        found = states[0]
        for state in states:
            if state.since <= day:
                found = state
        return found

    def province_of(self, unit: Unit) -> str:
        """Code of the province a state belongs to (its own for a province)."""
        if len(unit.code) == 2:
            return unit.code
        if len(unit.parent) == 2:
            return unit.parent
        above = self.by_code.get(unit.parent)
        return above[0].parent if above else ""

    def path(self, unit: Unit, day: str | None) -> tuple[str, ...]:
        """Names from the province down to the unit; numbered units with their type word."""
        known = self._paths.get((unit.code, unit.since, day))
        if known is None:
            known = self._paths[unit.code, unit.since, day] = self._find_path(unit, day)
            if len(self._paths) > _MEMOS:
                self._paths.clear()
        return known

    def _find_path(self, unit: Unit, day: str | None) -> tuple[str, ...]:
        return tuple(display(u) for u in self.lineage(unit, day))

    def lineage(self, unit: Unit, day: str | None) -> tuple[Unit, ...]:
        """The units from the province down to this one, each in its state of an ISO day."""
        when = min(day or unit.since, before(unit.until)) if unit.until != END else (day or END)
        line = [unit]
        while line[0].parent:
            above = self.at(line[0].parent, when)
            if above is None:
                break
            line.insert(0, above)
        return tuple(line)

    def children(self, code: str, day: str | None = None) -> list[Unit]:
        """States directly under a code, those in force on an ISO day where one is given."""
        if self._children is None:
            found: dict[str, list[Unit]] = {}
            for states in self.by_code.values():
                for state in states:
                    found.setdefault(state.parent, []).append(state)
            self._children = found
        below = self._children.get(code, [])
        return below if day is None else [u for u in below if u.valid(day)]

    def successors(self, code: str) -> tuple[str, ...]:
        """Units that hold a unit's land since 2025-07-01, sorted: a district's are the union of its communes'.

        A unit still in force, under its own code or another name, is its own successor only if its territory was kept
        by the lists; empty where the lists say nothing.
        """
        known = self._successors.get(code)
        if known is None:
            if len(self._successors) > _MEMOS:
                self._successors.clear()
            known = self._successors[code] = self._find_successors(code)
        return known

    def _find_successors(self, code: str) -> tuple[str, ...]:
        states = self.by_code.get(code)
        if not states:
            return ()
        if len(code) == 3:
            own = {s.code for s in self.children(code)}
            return tuple(sorted({c for child in own for c in self.successors(child)}))
        found = {c for s in states for c in s.successors}
        if not found and states[-1].until == END:
            found = {code}
        return tuple(sorted(found))

    def predecessors(self, code: str) -> tuple[str, ...]:
        """Units of the same level whose land a unit of since 2025-07-01 holds, in whole or in part, sorted."""
        if self._predecessors is None:
            found: dict[str, list[str]] = {}
            for own, states in self.by_code.items():
                if len(own) != 3 and any(s.since < REFORM for s in states):
                    for later in self.successors(own):
                        found.setdefault(later, []).append(own)
            self._predecessors = found
        return tuple(sorted(c for c in self._predecessors.get(code, ()) if len(c) == len(code)))


def before(day: str) -> str:
    """An ISO string that sorts right before `day`."""
    return day[:-1] + chr(ord(day[-1]) - 1) + "~"


def display(unit: Unit) -> str:
    """A unit's name as records give it: "Quận 1", "Phường 6" (no leading zeros), "Phường 2 Bảo Lộc", else the bare name."""
    if unit.name.isdigit():
        return f"{unit.type} {int(unit.name)}"
    return f"{unit.type} {unit.name}" if unit.name[0].isdigit() else unit.name


@cache
def gazetteer() -> Gazetteer:
    """The compiled gazetteer of the package, loaded once. Raises `GazetteerError` when the data file is not there."""
    try:
        data = DATA.read_bytes()
        columns = cast("list[tuple[str, ...]]", parsed(data, _columns, "gazetteer 1"))
    except (OSError, EOFError) as error:
        raise GazetteerError(f"{DATA}: cannot be read ({error}); run 'python -m extractor.gazetteer.compile'") from None
    # 17,000 tuples at once would make the collector walk the whole heap several times: it waits until they are there.
    collecting = gc.isenabled()
    gc.disable()
    try:
        return Gazetteer(map(Unit._make, zip(*columns, strict=True)))
    finally:
        if collecting:
            gc.enable()


def _columns(data: bytes) -> list[tuple[str, ...]]:
    """The columns of the file; what stands several times in it is one string."""
    one = {"": ""}
    lines = gzip.decompress(data).decode("utf-8").splitlines()
    rows = [[one.setdefault(cell, cell) for cell in line.split("\t")] for line in lines]
    return list(zip(*rows, strict=True))
