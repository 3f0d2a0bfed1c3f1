"""The articles of a searchable dataset: each written once, whichever parts of whichever sources hold it.

Every part's articles are noted in `origins`, with a hash of the text and one of all rows, and with the id under which the
article stands in the tables – null where another part's stands for it.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.batch.layout import TABLES
from extractor.dataset import corrected, schema
from extractor.dataset.corrected import Readings
from extractor.dataset.database import Database, dicts
from extractor.dataset.entries import entries
from extractor.dataset.places import fill_places
from extractor.dataset.sentences import fill_sentences
from extractor.dataset.source import Rows, cell

if TYPE_CHECKING:
    from extractor.dataset.update import Built

_CLAIMS = """
SELECT o.source, o.part, o.text, o.rows, o.stored, s.label FROM origins o JOIN sources s ON s.key = o.source
WHERE o.id = ? ORDER BY s.rank, o.part
"""
_ORIGIN = """
INSERT INTO origins VALUES (?, ?, ?, ?, ?, NULL) ON CONFLICT (source, part, id)
DO UPDATE SET text = excluded.text, rows = excluded.rows, stored = NULL
"""
_ASIDE = "\1"  # before an id, while articles change places


@dataclass(slots=True)
class _Claim:
    """A part that holds an article."""

    source: str
    part: str
    text: str
    rows: str
    stored: str | None
    label: str

    @property
    def where(self) -> tuple[str, str]:
        return self.source, self.part


def _renamed(rows: list[dict[str, Any]], ids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of some articles under the ids that they have here."""
    return [row | {"id": ids[row["id"]]} for row in rows if row["id"] in ids]


class Articles:
    """Writes and removes articles of a database; `built` counts them, `readings` are a user's corrections by article."""

    def __init__(self, db: Database, built: Built, readings: Readings) -> None:
        self._db, self.built, self._readings = db, built, readings
        self.touched = self._aside = False

    def take(self, source: str, part: str, tables: Rows) -> int:
        """Make the database hold what a part holds now; how many articles are written for it."""
        hashes = _hashes(tables, self._readings)
        sql = "SELECT id, text, rows, stored FROM origins WHERE source = ? AND part = ?"
        before = {row[0]: row[1:] for row in self._db.execute(sql, (source, part))}
        same = {i for i in before.keys() & hashes.keys() if before[i][:2] == hashes[i]}
        changed = sorted((before.keys() | hashes.keys()) - same)
        for name in changed:
            self._note(source, part, name, before.get(name), hashes.get(name))
        unwritten = [i for i in hashes if i in same and before[i][2] is None]
        write: dict[str, str] = {}
        for name in [*changed, *unwritten]:
            write |= self._settle(name, (source, part))
        if write:
            self._insert({name: _renamed(rows, write) for name, rows in tables.items()})
        renewed = sum(1 for name in write if name in before and before[name][2] is not None)
        self.built.changed += renewed
        self.built.new_articles += len(write) - renewed
        return len(write)

    def _note(
        self, source: str, part: str, name: str, old: tuple[str, str, str | None] | None, new: tuple[str, str] | None
    ) -> None:
        stored = old[2] if old is not None else None
        if stored is not None:
            self._remove(stored)
            self.built.removed += new is None
        if new is None:
            self._db.execute("DELETE FROM origins WHERE source = ? AND part = ? AND id = ?", (source, part, name))
        else:
            self._db.execute(_ORIGIN, (source, part, name, *new))

    def _settle(self, name: str, here: tuple[str, str]) -> dict[str, str]:
        """Who writes the articles of an id: the first source that holds a text, later texts under an id with their source's name.
        What another part has to write, that part is marked for; what is to be written here is returned."""
        groups: dict[str, list[_Claim]] = defaultdict(list)
        for row in self._db.execute(_CLAIMS, (name,)).fetchall():
            claim = _Claim(*row)
            groups[claim.text].append(claim)
        wanted: dict[str, list[_Claim]] = {}
        for claims in groups.values():
            new, number = name, 0
            while new in wanted:
                number += 1
                new = f"{name}@{claims[0].label}" if number == 1 else f"{name}@{claims[0].label}~{number}"
            wanted[new] = claims
        missing = [new for new, claims in wanted.items() if not self._stands(name, new, claims)]
        for new in wanted if self._aside else ():
            self._rename(_ASIDE + new, new)
        self._aside = False
        write: dict[str, str] = {}
        for new in missing:
            owner = wanted[new][0]
            if owner.where == here:
                self._store(owner, name, new)
                write[name] = new
            else:
                sql = "UPDATE parts SET sha256 = '' WHERE source = ? AND name = ?"
                self._db.execute(sql, owner.where)
        return write

    def _stands(self, name: str, new: str, claims: list[_Claim]) -> bool:
        """Whether an article is in the tables as its first source has it; one that is there otherwise is taken out."""
        owner = claims[0]
        for claim in claims:
            if claim.stored is None:
                continue
            if claim.rows == owner.rows:
                if claim.stored != new:
                    self._aside = True
                    self._rename(claim.stored, _ASIDE + new)  # another text may still stand under that id
                self._store(claim, name, None)
                self._store(owner, name, new)
                return True
            self._remove(claim.stored)
            self._store(claim, name, None)
        return False

    def _rename(self, old: str, new: str) -> None:
        for table in (*TABLES, "entries", "person_mentions", "corrections"):
            self.touched |= self._db.execute(f"UPDATE {table} SET id = ? WHERE id = ?", (new, old)).rowcount > 0

    def _store(self, claim: _Claim, name: str, stored: str | None) -> None:
        sql = "UPDATE origins SET stored = ? WHERE source = ? AND part = ? AND id = ?"
        self._db.execute(sql, (stored, *claim.where, name))

    def _insert(self, tables: Rows) -> None:
        self.touched = True
        corrected.write(self._db, corrected.apply(tables, self._readings))
        fill_places(tables)
        fill_sentences(tables)
        for table in TABLES:
            names = schema.all_columns(table)
            self._db.insert(table, names, ([cell(row.get(n)) for n in names] for row in tables[table]))
        self._db.add_entries(entries(tables))

    def _remove(self, stored: str) -> None:
        """Take an article out of all tables and out of the index of words, which wants to be told the words once more."""
        self.touched = True
        self._db.remove_entries(stored, lambda: entries({table: self._rows(table, stored) for table in TABLES}))
        for table in (*TABLES, "corrections"):
            self._db.execute(f"DELETE FROM {table} WHERE id = ?", (stored,))

    def _rows(self, table: str, stored: str) -> list[dict[str, Any]]:
        rows = dicts(self._db.execute(f"SELECT * FROM {table} WHERE id = ? ORDER BY rowid", (stored,)))
        for row in rows:
            if isinstance(row.get("path"), str):
                row["path"] = json.loads(row["path"])
        return rows


def _hashes(tables: Rows, readings: Readings) -> dict[str, tuple[str, str]]:
    """Of every article a hash of its text and one of all of its rows and corrections, by id."""
    digests: dict[str, Any] = {a["id"]: hashlib.blake2b(digest_size=16) for a in tables["articles"]}
    for table in TABLES:
        for row in tables[table]:
            if row["id"] in digests:
                digests[row["id"]].update(
                    json.dumps([table, row], sort_keys=True, default=str).encode("utf-8", "replace")
                )
    for name in digests if readings else ():
        for said in corrected.said_of(name, readings):
            digests[name].update(said.encode("utf-8", "replace"))
    return {a["id"]: (str(a["sha256"]), digests[a["id"]].hexdigest()) for a in tables["articles"]}
