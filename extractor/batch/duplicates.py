"""The same story on several portals, or a page and its print version: found by shingles, kept as small sketches."""

from __future__ import annotations

import hashlib
import json
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from extractor.batch.known import entries
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
_LEAVING = pow(_BASE, WORDS, 1 << 64)
_SHORTEST = 20  # shingles; shorter texts are compared whole


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
    return b"".join(json.dumps([s.id, s.shingles, s.hashes]).encode() + b"\n" for s in out)


def containment(one: Sketch, other: Sketch) -> float:
    """About which share of the shorter article's shingles the other one holds, 0–1."""
    union = sorted(set(one.hashes) | set(other.hashes))[:SIZE]
    both = len(set(union) & set(one.hashes) & set(other.hashes))
    jaccard = both / len(union) if union else 0.0
    total = one.shingles + other.shingles
    return min(1.0, jaccard / (1 + jaccard) * total / max(1, min(one.shingles, other.shingles)))


@dataclass(slots=True)
class Index:
    """Sketches seen so far, about 1.5 KB each; the first article of a story stands for it. Full at `most` articles."""

    most: int = 1_000_000
    _by_hash: dict[int, int | list[int]] = field(default_factory=dict)  # most hashes belong to one article
    _kept: list[tuple[str, int, bytes]] = field(default_factory=list)

    @property
    def full(self) -> bool:
        """Whether no further article is remembered."""
        return len(self._kept) >= self.most

    def add(self, new: Sketch) -> tuple[str, float] | None:
        """The id of the earlier article that `new` repeats and the share they have in common, or None (and remember it)."""
        near: set[int] = set()
        for key in new.hashes[:_KEYS]:
            known = self._by_hash.get(key, ())
            near.update((known,) if isinstance(known, int) else known)
        best: tuple[str, float] | None = None
        for at in sorted(near):
            old = _unpacked(self._kept[at])
            if 2 * min(old.shingles, new.shingles) < max(old.shingles, new.shingles):
                continue
            share = containment(old, new)
            if share >= CONTAINED and (best is None or share > best[1]):
                best = old.id, share
        if best is None and not self.full:
            for key in new.hashes[:_KEYS]:
                self._note(key, len(self._kept))
            self._kept.append((new.id, new.shingles, array("Q", new.hashes).tobytes()))
        return best

    def _note(self, key: int, at: int) -> None:
        known = self._by_hash.setdefault(key, at)
        if isinstance(known, list):
            # A phrase that opens hundreds of pages (a portal's own line) says nothing about two of them.
            if len(known) < _CROWD:
                known.append(at)
        elif known != at:
            self._by_hash[key] = [known, at]


def _unpacked(kept: tuple[str, int, bytes]) -> Sketch:
    hashes = array("Q")
    hashes.frombytes(kept[2])
    return Sketch(kept[0], kept[1], tuple(hashes))


def marks(store: Store, parts: Sequence[str], say: Callable[[str], None]) -> Iterator[tuple[str, str, float]]:
    """Every article of an output that repeats another: its id, the other's, and the share. Of a story's articles the first by
    source and position stands for it, in whatever order they came into the output."""
    places = sorted(
        (e.source, e.position, at, e.id)
        for at, part in enumerate(parts)
        for e in entries(store, part)
        if e.good and e.id
    )
    index, told = Index(), False
    loaded = lru_cache(maxsize=32)(
        lambda at: {s.id: s for s in read_sketches(store.read(f"_sketches/{parts[at]}.jsonl") or b"")}
    )
    for _, _, at, name in places:
        known = loaded(at).get(name)
        if known is not None and (repeat := index.add(known)) is not None:
            yield name, *repeat
        if index.full and not told:
            told = True
            say(f"duplicates are looked for among the first {index.most:,} different articles only")


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


def read_sketches(data: bytes) -> Sequence[Sketch]:
    """The sketches of a shard's file."""
    return [Sketch(i, n, tuple(h)) for i, n, h in map(json.loads, data.splitlines())]
