"""The same story on several portals, or a page and its print version: found by shingles, kept as small sketches."""

from __future__ import annotations

import hashlib
import json
import struct
from array import array
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import regex

from extractor.batch.known import entries, json_lines
from extractor.batch.layout import DUPLICATES, Described, described, part_name
from extractor.batch.store import Store
from extractor.records import Record
from extractor.text import fold

WORDS = 5  # words a shingle
SIZE = 64  # smallest hashes kept of an article
_KEYS = 6  # of them, how many are looked up: two articles that share none are never compared
_CROWD = 50
CONTAINED = 0.8  # share of the shorter article's shingles that the longer one holds
_WORD = regex.compile(r"[^\W_]+")
_BASE = 0x9E3779B97F4A7C15
_MASK = (1 << 64) - 1
_NONE = _MASK  # where a short text has fewer hashes
_LEAVING = pow(_BASE, WORDS, 1 << 64)
_SHORTEST = 20  # shingles; shorter texts are compared whole
Repeats = list[tuple[str, float] | None]


@dataclass(frozen=True, slots=True)
class Sketch:
    """An article's bottom-k sketch: its id, how many different shingles it has, and the smallest hashes of them."""

    id: str
    shingles: int
    hashes: tuple[int, ...]


def sketch(article_id: str, text: str) -> Sketch:
    """The sketch of a text: hashes of its five-word shingles, folded, so that tone-mark placement and case do not count."""
    words = [_word_hash(w) for w in _WORD.findall(fold(text))]
    pieces = set(_rolling(words))
    if len(pieces) < _SHORTEST:
        pieces = {_mixed(len(words) + sum(w * pow(_BASE, i, 1 << 64) for i, w in enumerate(words)))}
    return Sketch(article_id, len(pieces), tuple(sorted(pieces)[:SIZE]))


@lru_cache(maxsize=30_000)
def _word_hash(word: str) -> int:
    # Not `hash`: that differs from process to process, and sketches of several processes are compared.
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _rolling(words: list[int]) -> Iterator[int]:
    # Horner's rule over a window of words, modulo 2**64: one multiplication a shingle instead of a hash.
    value = 0
    for at, word in enumerate(words):
        value = value * _BASE + word
        if at >= WORDS:
            value -= words[at - WORDS] * _LEAVING
        value &= _MASK
        if at >= WORDS - 1:
            yield _mixed(value)


def _mixed(value: int) -> int:
    # The smallest hashes are a fair sample only if high bits depend on all bits.
    value &= _MASK
    value = ((value ^ (value >> 32)) * 0xD6E8FEB86659FD93) & _MASK
    return value ^ (value >> 32)


def sketch_lines(records: Iterable[Record]) -> bytes:
    """The sketches of some records as JSON Lines, for a shard's file."""
    out = (sketch(r.id, r.text) for r in records)
    return b"".join(json.dumps([s.id, s.shingles, _packed(s.hashes)]).encode() + b"\n" for s in out)


def _packed(hashes: Sequence[int]) -> str:
    return b64encode(struct.pack(f"<{len(hashes)}Q", *hashes)).decode()


def _containments(one: Sketch, rows: Any, shingles: Any) -> Any:
    """The share for each of some sketches: `rows` holds a sketch's sorted hashes in each row, filled up with `_NONE`."""
    mine = np.array(one.hashes, np.uint64)
    at = mine.searchsorted(rows)
    both = mine[np.minimum(at, len(mine) - 1)] == rows
    number = np.cumsum(both, axis=1)
    # The place of a common hash among those of both sketches together; only the first SIZE of these are a fair sample.
    place = np.arange(1, rows.shape[1] + 1) + at + 1 - number
    union = np.minimum(SIZE, (rows != _NONE).sum(axis=1) + len(mine) - number[:, -1])
    jaccard = (both & (place <= SIZE)).sum(axis=1) / union
    shorter = np.maximum(1, np.minimum(shingles, one.shingles))
    return np.minimum(1.0, jaccard / (1 + jaccard) * (shingles + one.shingles) / shorter)


@dataclass(slots=True)
class Index:
    """Sketches seen so far, about 1 KB each; the first article of a story stands for it. Full at `most` articles."""

    most: int = 1_000_000
    _by_hash: dict[int, int | list[int]] = field(default_factory=dict)  # most hashes belong to one article
    _ids: list[str] = field(default_factory=list)
    _shingles: array[int] = field(default_factory=lambda: array("q"))
    _hashes: array[int] = field(default_factory=lambda: array("Q"))  # SIZE of every sketch

    @property
    def full(self) -> bool:
        """Whether no further article is remembered."""
        return len(self._ids) >= self.most

    def add(self, new: Sketch, keys: Sequence[int] | None = None) -> tuple[str, float] | None:
        """The id of the earlier article that `new` repeats and the share they have in common, or None (and remember it).

        `keys` are those of its keys that another article has, too; without them all.
        """
        keys = new.hashes[:_KEYS] if keys is None else keys
        near: set[int] = set()
        for key in keys:
            known = self._by_hash.get(key, ())
            near.update((known,) if isinstance(known, int) else known)
        best = self._best(new, sorted(near)) if near else None
        if best is None and not self.full:
            for key in keys:
                self._note(key, len(self._ids))
            self._ids.append(new.id)
            self._shingles.append(new.shingles)
            self._hashes.extend(new.hashes)
            self._hashes.extend([_NONE] * (SIZE - len(new.hashes)))
        return best

    def _best(self, new: Sketch, near: Sequence[int]) -> tuple[str, float] | None:
        shingles = np.frombuffer(self._shingles, np.int64)[near]
        rows = np.frombuffer(self._hashes, np.uint64).reshape(-1, SIZE)[near]
        shares = _containments(new, rows, shingles)
        shares[2 * np.minimum(shingles, new.shingles) < np.maximum(shingles, new.shingles)] = 0.0
        at = int(shares.argmax())
        return (self._ids[near[at]], float(shares[at])) if shares[at] >= CONTAINED else None

    def _note(self, key: int, at: int) -> None:
        known = self._by_hash.setdefault(key, at)
        if isinstance(known, list):
            # A phrase that opens hundreds of pages (a portal's own line) says nothing about two of them.
            if len(known) < _CROWD:
                known.append(at)
        elif known != at:
            self._by_hash[key] = [known, at]


class Sketches:
    """The sketches of a part's file, unpacked one by one as they are asked for."""

    def __init__(self, data: bytes | None) -> None:
        self._rows: list[tuple[str, int, str | list[int]]] = json_lines(data)

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, at: int) -> Sketch:
        name, shingles, hashes = self._rows[at]
        return Sketch(name, shingles, tuple(array("Q", _raw(hashes))))

    def ids(self) -> list[str]:
        """The articles' ids."""
        return [name for name, _, _ in self._rows]

    def keys(self) -> Any:
        """The hashes that an article is looked up by, a row each; filled up with `_NONE`."""
        raw = (_raw(hashes, _KEYS)[: 8 * _KEYS].ljust(8 * _KEYS, b"\xff") for _, _, hashes in self._rows)
        return np.frombuffer(b"".join(raw), np.uint64).reshape(-1, _KEYS)


def _raw(written: str | list[int], most: int = SIZE) -> bytes:
    if isinstance(written, list):  # as version 0.2 wrote them
        return array("Q", written[:most]).tobytes()
    return b64decode(written[: -(-8 * most // 3) * 4])


class Shared:
    """The keys that several sketches of an output have: what has none of them repeats nothing and need not be remembered, so
    that memory grows with what is alike (and by 48 bytes an article while this is built)."""

    def __init__(self, files: Iterable[Sketches]) -> None:
        keys = np.concatenate([np.empty(0, np.uint64), *(some.keys().ravel() for some in files)])
        keys.sort()
        again = keys[1:][keys[1:] == keys[:-1]]
        self._keys = np.unique(again[again != _NONE])

    def among(self, some: Sketches) -> list[int]:
        """The numbers of the sketches that share a key with another."""
        if not len(self._keys):
            return []
        found: list[int] = np.flatnonzero(self._has(some.keys()).any(axis=1)).tolist()
        return found

    def keys_of(self, one: Sketch) -> list[int]:
        """The keys of a sketch that another one has, too."""
        keys = np.array(one.hashes[:_KEYS], np.uint64)
        found: list[int] = keys[self._has(keys)].tolist()
        return found

    def _has(self, keys: Any) -> Any:
        at = np.minimum(self._keys.searchsorted(keys), len(self._keys) - 1)
        return self._keys[at] == keys


def marks(store: Store, parts: Sequence[str], say: Callable[[str], None]) -> Iterator[tuple[str, str, float]]:
    """Every article of an output that repeats another: its id, the other's, and the share. Of a story's articles the first by
    source and position stands for it, in whatever order they came into the output."""
    loaded = lru_cache(maxsize=32)(lambda at: Sketches(store.read(f"_sketches/{parts[at]}.jsonl")))
    shared = Shared(Sketches(store.read(f"_sketches/{part}.jsonl")) for part in parts)
    places: list[tuple[str, int, int, str, int]] = []
    for at, part in enumerate(parts):
        some = Sketches(store.read(f"_sketches/{part}.jsonl"))
        names = some.ids()
        alike = {names[row]: row for row in shared.among(some)}
        if alike:
            here = (e for e in entries(store, part) if e.good and e.id in alike)
            places += [(e.source, e.position, at, e.id or "", alike[e.id or ""]) for e in here]
    places.sort()
    index, told = Index(), False
    for _, _, at, name, row in places:
        new = loaded(at)[row]
        if (repeat := index.add(new, shared.keys_of(new))) is not None:
            yield name, *repeat
        if index.full and not told:
            told = True
            say(f"duplicates are looked for among the first {index.most:,} articles that are like others only")


def repeats(store: Store, names: Sequence[str], say: Callable[[str], None]) -> Iterator[tuple[str, Repeats]]:
    """The name of every part's file, and for each of its records in their order what earlier article it repeats."""
    shared = Shared(Sketches(store.read(f"_sketches/{name}")) for name in names)
    index, told = Index(), False
    for name in names:
        some = Sketches(store.read(f"_sketches/{name}"))
        found: Repeats = [None] * len(some)
        for row in shared.among(some):
            new = some[row]
            found[row] = index.add(new, shared.keys_of(new))
        if index.full and not told:
            told = True
            say(f"duplicates are looked for among the first {index.most:,} articles that are like others only")
        yield name, found


def write_marks(
    store: Store, parts: Sequence[str], output: str, say: Callable[[str], None]
) -> tuple[dict[str, Described], int]:
    """Write the table `duplicates` of an output, if it says something new; its file as the manifest names it, and its rows."""
    import pyarrow as pa

    from extractor.batch.changes import parquet
    from extractor.batch.tables import DUPLICATES_SCHEMA

    found = list(marks(store, parts, say))
    columns = zip(*found, strict=True) if found else ((), (), ())
    arrays = [pa.array(c, f.type) for c, f in zip(columns, DUPLICATES_SCHEMA, strict=True)]
    data = parquet(pa.Table.from_arrays(arrays, schema=DUPLICATES_SCHEMA))
    name = f"{DUPLICATES}/{part_name(0, output)}.parquet"
    if store.read(name) != data:
        store.write(name, data)
    return {name: described(data)}, len(found)


def read_marks(store: Store, files: Iterable[str]) -> dict[str, tuple[str, float]]:
    """What the table `duplicates` says, by id."""
    from extractor.batch.tables import read_table

    rows = [row for file in files for row in read_table(store, file).to_pylist()]
    return {row["id"]: (row["of"], row["share"]) for row in rows}
