"""What an output holds already: every article of its inputs by source, identity and content, a line each beside the tables."""

from __future__ import annotations

import hashlib
import json
import os
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from extractor.batch.store import Store
from extractor.ingest.ids import identity
from extractor.ingest.streams import is_url
from extractor.ingest.units import Unit

_BLOCK = 1 << 20
Base = Callable[[str], str]


def base_of(out: str) -> Base:
    """How an output calls its sources: local files as seen from the folder it lies in, so that both may be moved together and
    the folder a command is typed in does not matter; a URL as it is."""
    start = None if is_url(out) else os.path.dirname(os.path.abspath(out))

    @lru_cache(maxsize=1)  # a file of many articles is asked for once each
    def base(file: str) -> str:
        if file == "-" or is_url(file):
            return file
        return os.path.abspath(file) if start is None else os.path.relpath(os.path.abspath(file), start)

    return base


def unit_key(source: str, unit: Unit, repeat: int = 0) -> str:
    """What an article is known by: its source, and in a source of many its own id, address or text; a broken row by its
    position. 16 hex digits."""
    name = None if is_file(unit) else identity(unit)
    what = f"#{unit.position}" if name is None else name
    return _key(source, what, repeat)


def place_key(source: str, position: int) -> str:
    """What a row without an id of its own is found by where its text has changed."""
    return _key(source, f"#{position}", 0)


def _key(source: str, what: str, repeat: int) -> str:
    # Two hashes in one, so that an article keeps its part of it when its source gets another name.
    return f"{_short(source) ^ _short(f'{what}/{repeat}'):016x}"


def rekeyed(entry: Entry, source: str, **changes: Any) -> Entry:
    """The entry as an output knows it that calls its source `source`."""
    key = f"{int(entry.key, 16) ^ _short(entry.source) ^ _short(source):016x}"
    return replace(entry, source=source, key=key, **changes)


def is_file(unit: Unit) -> bool:
    """Whether a unit is a file with one article, which a worker reads itself."""
    return unit.kind not in ("row", "page", "bad") and not isinstance(unit.data, bytes)


def content_hash(unit: Unit) -> str:
    """A hash of everything a unit brings to its record: its row or bytes, and what a manifest says of it. 32 hex digits."""
    digest = hashlib.blake2b(_head(unit), digest_size=16)
    if isinstance(unit.data, bytes):
        digest.update(unit.data)
        return digest.hexdigest()
    if unit.data is not None:
        digest.update(json.dumps(unit.data, sort_keys=True, default=str).encode("utf-8", "surrogatepass"))
    if is_file(unit) and not is_url(unit.file):
        try:
            with Path(unit.file).open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except OSError:
            digest.update(b"unreadable")
    return digest.hexdigest()


def _head(unit: Unit) -> bytes:
    return f"{unit.kind} {unit.name} {unit.url} {unit.reason}\n".encode("utf-8", "surrogatepass")


def units_hash(units: Iterable[Unit]) -> str:
    """A hash of which articles, with which content, make a shard."""
    return _hash("".join(f"{u.key}{u.hash}{u.repeat};" for u in units).encode(), 16)


def _hash(data: bytes, size: int) -> str:
    return hashlib.blake2b(data, digest_size=size).hexdigest()


def assigned(unit: Unit) -> str | None:
    """The id that a unit's article has among all, as far as the unit tells."""
    name = identity(unit)
    return f"{name}~{unit.repeat + 1}" if name is not None and unit.repeat else name


def _short(name: str | None) -> int:
    return int(_hash((name or "").encode("utf-8", "surrogatepass"), 8), 16)


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of `_units/`: an article of the inputs, the id it got, and whether it is in the tables or in the quarantine."""

    source: str
    position: int
    key: str
    hash: str
    id: str | None
    repeat: int
    good: bool

    def dump(self) -> bytes:
        """The entry as a line."""
        row = [self.source, self.position, self.key, self.hash, self.id, self.repeat, int(self.good)]
        return json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"


def unit_line(unit: Unit, name: str | None, good: bool) -> bytes:
    """The line of a unit that was worked on."""
    return Entry(unit.source or unit.file, unit.position, unit.key, unit.hash, name, unit.repeat, good).dump()


def json_lines(data: bytes | None) -> list[Any]:
    """The values of JSON Lines of ours, read at once: a third of the time that they take one by one."""
    found: list[Any] = json.loads(b"[" + b",".join((data or b"").splitlines()) + b"]")
    return found


def read_entries(data: bytes | None) -> list[Entry]:
    """The entries of a part."""
    return [Entry(s, p, k, h, i, r, bool(g)) for s, p, k, h, i, r, g in json_lines(data)]


def entries(store: Store, part: str, prefix: str = "") -> list[Entry]:
    """The entries of a part of an output."""
    return read_entries(store.read(f"{prefix}_units/{part}.jsonl"))


class Known:
    """The articles of an output by key, in about 150 bytes each."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._at: dict[int, int] = {}
        self._sources: set[int] = set()
        self._hash, self._part = array("Q"), array("I")
        self._position, self._repeat, self._id = array("q"), array("I"), array("Q")
        self._good = bytearray()
        self.seen = bytearray()

    def __len__(self) -> int:
        return len(self._hash)

    def load(self, store: Store, parts: Sequence[str]) -> Iterator[str]:
        """Read the entries of some parts; yields the ids in them."""
        for part in parts:
            self.parts.append(part)
            for entry in entries(store, part):
                self._sources.add(_short(entry.source))
                self._at[int(entry.key, 16)] = len(self._hash)
                self._hash.append(int(entry.hash[:16] or "0", 16))
                self._part.append(len(self.parts) - 1)
                self._position.append(entry.position)
                self._repeat.append(entry.repeat)
                self._id.append(_short(entry.id))
                self._good.append(entry.good)
                self.seen.append(0)
                if entry.id is not None:
                    yield entry.id

    def has_source(self, source: str) -> bool:
        """Whether some article came from a source."""
        return _short(source) in self._sources

    def find(self, key: str) -> int | None:
        """The number of the article with a key."""
        return self._at.get(int(key, 16))

    def same(self, at: int, content: str) -> bool:
        """Whether an article's content is what it was."""
        return self._hash[at] == int(content[:16], 16)

    def repeat(self, at: int, unit: Unit) -> int | None:
        """The `repeat` with which a unit gets the id that the article has; None where it has another id now."""
        repeat = self._repeat[at]
        return repeat if _short(assigned(replace(unit, repeat=repeat))) == self._id[at] else None

    def part(self, at: int) -> str:
        """The part an article is in."""
        return self.parts[self._part[at]]

    def position(self, at: int) -> int:
        """Where in its source an article stood."""
        return self._position[at]

    def vanished(self) -> tuple[dict[str, bool], int]:
        """Keys of articles that the inputs no longer hold (with whether they are in the tables), and how many are in them."""
        out = {f"{key:016x}": bool(self._good[at]) for key, at in self._at.items() if not self.seen[at]}
        return out, sum(out.values())
