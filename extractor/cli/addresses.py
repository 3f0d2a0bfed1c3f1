"""`extractor places --file`: the units of a file of addresses on one day, and what they are on another."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from extractor.errors import InputError
from extractor.fields.places.address import find_address, on_day
from extractor.outputs import claim_output, writing_output
from extractor.text import clean, unaccent

if TYPE_CHECKING:
    from extractor.gazetteer import Gazetteer

_COLUMNS = ("address", "dia_chi", "diachi", "noi_o", "place", "location", "dia_diem")
ADDED = ("code", "unit", "to_code", "to_unit", "candidates", "note")


def convert(
    file: Path, when: str, day: str, column: str | None, out: Path | None, units: Gazetteer, *, force: bool = False
) -> int:
    """Write the rows of a CSV file with their units on the ISO days `when` and `day`. Status 1 when no address was read.

    Raises `InputError` for a file that cannot be read, has no header, or lacks the column.
    """
    if out is not None:
        claim_output(out, force=force)
    header, rows = _read(file)
    at = _address_column(header, column, file)
    done = 0
    with opened(out) as target:
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow([*header, *ADDED])
        for row in rows:
            cells = converted(row[at] if at < len(row) else "", when, day, units)
            done += bool(cells[0] or cells[4])
            writer.writerow([*row, *[""] * (len(header) - len(row)), *cells])
    print(f"{file}: {done} of {len(rows)} addresses read", file=sys.stderr)
    return 0 if done or not rows else 1


def converted(address: str, when: str, day: str, units: Gazetteer) -> tuple[str, ...]:
    """The cells of `ADDED` for one address: its unit, the one it is on the other day, all candidates as "code name, …"."""
    found = find_address(clean(address), when, units)
    notes = [f"no unit for {part!r}" for part in found.unread]
    if not found.units:
        return "", "", "", "", "", "; ".join(notes or ["no unit found"])
    codes = list(dict.fromkeys(u.code for u in found.units))
    later = list(dict.fromkeys(c for code in codes for c in on_day(code, when, day, units)))
    if len(codes) > 1:
        notes.append(f"several units of that name: {', '.join(codes)}")
    if not later:
        notes.append(f"the lists tell no unit on {day}")
    elif len(later) > 1:
        notes.append(f"{len(later)} units on {day}")
    one = codes[0] if len(codes) == 1 else ""
    other = later[0] if len(later) == 1 and one else ""
    return (
        one,
        _name(one, when, units),
        other,
        _name(other, day, units),
        "; ".join(f"{code} {_name(code, day, units)}" for code in later),
        "; ".join(notes),
    )


def _name(code: str, day: str, units: Gazetteer) -> str:
    """The full name of a code's unit on a day; nothing for no code."""
    if not code:
        return ""
    unit = units.at(code, day)
    return ", ".join([unit.full_name, *reversed(units.path(unit, day)[:-1])]) if unit is not None else code


def _read(file: Path) -> tuple[list[str], list[list[str]]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            lines = [row for row in csv.reader(source) if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{file}: no CSV file in UTF-8: {error}") from None
    if not lines:
        raise InputError(f"{file}: the file is empty")
    return lines[0], lines[1:]


def _address_column(header: list[str], column: str | None, file: Path) -> int:
    """The named column, else the one with a common name, else the only one."""
    if column is not None:
        if column not in header:
            raise InputError(f"{file}: no column {column!r}; the columns are {', '.join(header)}")
        return header.index(column)
    plain = [unaccent(name).strip().replace(" ", "_") for name in header]
    found = next((plain.index(name) for name in _COLUMNS if name in plain), None)
    if found is None and len(header) > 1:
        raise InputError(f"{file}: which column holds the addresses? Name it with --column ({', '.join(header)})")
    return found or 0


@contextmanager
def opened(out: Path | None) -> Iterator[TextIO]:
    """The output file, or standard output, which stays open."""
    if out is None:
        yield sys.stdout
        return
    with writing_output(out) as raw:
        file = io.TextIOWrapper(raw, encoding="utf-8", newline="")
        yield file
        file.flush()
        file.detach()
