"""Articles that change or go: the parts they are in are written anew, one after the other, each at once or not at all.

What replaces them was extracted into shards below `.changes/`. `.changes/done` says that all of it is there and which parts it
touches; from then on every step may be interrupted and repeated. A part's new files are staged, `.changes/commit` says so, then
they are moved over the old ones: a reader of the tables sees an article once, as it was or as it is.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from extractor.batch.known import Entry, entries
from extractor.batch.layout import (
    CHANGED,
    CHANGES,
    COMMIT,
    TABLES,
    Described,
    Marker,
    clear_changes,
    described,
    marker_name,
    read_marker,
)
from extractor.batch.shard import Stats
from extractor.batch.store import Store

if TYPE_CHECKING:
    import pyarrow as pa

PREFIX = f"{CHANGES}/"
_NEW = f"{CHANGES}/new/"


@dataclass(frozen=True, slots=True)
class Decided:
    """What becomes of the parts of an output: keys of articles to drop, new positions by key, the parts that are touched, and
    the hash of the settings that all of them are of afterwards."""

    drop: list[str]
    moved: dict[str, int]
    parts: list[str]
    made: str
    broken: list[str]  # parts of which not every table can be read
    staged: list[str]  # parts below `.changes/` that this run wrote

    def dump(self) -> bytes:
        """The decision as a file."""
        return json.dumps(asdict(self)).encode()


@dataclass(slots=True)
class Staged:
    """The articles that replace earlier ones, by key: the staged part they are in and their entry."""

    store: Store
    by_key: dict[str, tuple[str, Entry]] = field(default_factory=dict)

    @classmethod
    def of(cls, store: Store, parts: Iterable[str]) -> Staged:
        """What is in some staged parts of an output."""
        return cls(store, {e.key: (part, e) for part in parts for e in entries(store, part, PREFIX)})


def apply(store: Store) -> None:
    """Carry out what was decided and clear what was staged; nothing where nothing was decided."""
    _complete(store)
    raw = store.read(CHANGED)
    if raw is None:
        return
    decided = Decided(**json.loads(raw))
    staged = Staged.of(store, decided.staged)
    tables = lru_cache(maxsize=16)(lambda file: _read(store, file))
    drop = set(decided.drop)
    for part in decided.parts:
        new = [_updated(e, staged, decided) for e in entries(store, part) if e.key not in drop]
        rewrite(store, part, new, staged.by_key, decided.made, tables, broken=part in decided.broken)
    clear_changes(store)


def _updated(entry: Entry, staged: Staged, decided: Decided) -> Entry:
    if entry.key in staged.by_key:
        return staged.by_key[entry.key][1]
    return replace(entry, position=decided.moved.get(entry.key, entry.position))


def rewrite(
    store: Store,
    part: str,
    new: Sequence[Entry],
    staged: Mapping[str, tuple[str, Entry]],
    made: str,
    tables: Any,
    *,
    without: Collection[str] = (),
    broken: bool = False,
) -> None:
    """Write a part anew with the entries `new`: rows of those that are staged from there, the others' as they are; articles whose
    id is in `without` are left out of the tables. Of a `broken` part the tables that cannot be read count as empty."""
    good, changed = [e for e in new if e.good], [e for e in new if e.key in staged]
    ids = _ids(good)
    fresh = {e.id for e in changed}
    sources = sorted({staged[e.key][0] for e in changed})
    kept = [e.id for e in good if e.key not in staged]
    made_anew: dict[str, Any] = {}
    for name in TABLES:
        pieces = [_filtered(tables(f"{PREFIX}{name}/{s}.parquet"), fresh) for s in sources]
        made_anew[name] = _ordered(name, [_filtered(_old(store, name, part, broken), kept), *pieces], ids, without)
    encoded = {f"{name}/{part}.parquet": parquet(table) for name, table in made_anew.items()}
    encoded[f"_sketches/{part}.jsonl"] = _sketches(store, part, sources, ids, fresh)
    encoded[f"_units/{part}.jsonl"] = b"".join(e.dump() for e in new)
    errors = _errors(store, part, sources, new, staged)
    if errors:
        encoded[f"_errors/{part}.jsonl"] = b"".join(errors)
    commit(store, part, encoded, _marker(read_marker(store, part), made, made_anew, errors))


def _ids(entries: Sequence[Entry]) -> list[str]:
    return [e.id for e in entries if e.id is not None]


def _marker(before: Marker | None, made: str, tables: Mapping[str, Any], errors: list[bytes]) -> Marker:
    """The marker of a part that is written anew; the time that it took before stays."""
    seconds = float(before.stats.get("seconds", 0.0)) if before else 0.0
    items = {name: table.num_rows for name, table in tables.items()}
    stats = asdict(part_stats(tables["articles"], items, errors, seconds))
    return Marker(stats, {}, made, "") if before is None else replace(before, stats=stats, made=made, units="")


def commit(store: Store, part: str, encoded: Mapping[str, bytes], marker: Marker) -> None:
    """Replace the files of a part, all or none of them: whoever is killed in between leaves a journal that is completed."""
    files: dict[str, Described] = {}
    for name, data in encoded.items():
        store.write(f"{_NEW}{name}", data)
        files[name] = described(data)
    plain = {"part": part, "files": list(files), "marker": replace(marker, files=files).dump().decode("utf-8")}
    store.write(COMMIT, json.dumps(plain, ensure_ascii=False).encode("utf-8", "backslashreplace"))
    _complete(store)


def _complete(store: Store) -> None:
    raw = store.read(COMMIT)
    if raw is None:
        return
    plan = json.loads(raw)
    for name in plan["files"]:
        if store.exists(f"{_NEW}{name}"):
            store.move(f"{_NEW}{name}", name)
    if (errors := f"_errors/{plan['part']}.jsonl") not in plan["files"]:
        store.remove(errors)
    store.write(marker_name(plan["part"]), plan["marker"].encode("utf-8"))
    store.remove(COMMIT)


def _read(store: Store, file: str) -> pa.Table:
    from extractor.batch.tables import read_table

    return read_table(store, file)


def _old(store: Store, name: str, part: str, broken: bool) -> pa.Table:
    import pyarrow as pa

    from extractor.batch.tables import schemas

    try:
        return _read(store, f"{name}/{part}.parquet")
    except (pa.ArrowException, OSError):
        if not broken:
            raise
        return schemas()[name].empty_table()


def _filtered(table: pa.Table, ids: Iterable[str | None]) -> pa.Table:
    import pyarrow as pa
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table["id"], pa.array(list(ids), pa.string())))


def _ordered(name: str, pieces: Sequence[pa.Table], ids: Sequence[str], without: Collection[str]) -> pa.Table:
    """The rows of some tables in the order of the articles' ids, in today's columns."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from extractor.batch.tables import conform

    table = pa.concat_tables([conform(name, piece) for piece in pieces])
    order = [i for i in ids if i not in without]
    if without:
        table = _filtered(table, order)
    place = pc.index_in(table["id"], value_set=pa.array(order, pa.string()))
    return table.take(pc.sort_indices(place)).combine_chunks()


def parquet(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file."""
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(table, sink, compression="zstd")
    return sink.getvalue()


def _sketches(
    store: Store, part: str, sources: Sequence[str], ids: Sequence[str], fresh: Collection[str | None]
) -> bytes:
    lines: dict[str, bytes] = {}
    for line in (store.read(f"_sketches/{part}.jsonl") or b"").splitlines(keepends=True):
        lines[json.loads(line)[0]] = line
    for source in sources:
        for line in (store.read(f"{PREFIX}_sketches/{source}.jsonl") or b"").splitlines(keepends=True):
            if (name := json.loads(line)[0]) in fresh:
                lines[name] = line
    return b"".join(lines[i] for i in ids if i in lines)


def _errors(
    store: Store, part: str, sources: Sequence[str], new: Sequence[Entry], staged: Mapping[str, tuple[str, Entry]]
) -> list[bytes]:
    found: dict[str, bytes] = {}
    for file in (f"_errors/{part}.jsonl", *(f"{PREFIX}_errors/{s}.jsonl" for s in sources)):
        for line in (store.read(file) or b"").splitlines(keepends=True):
            key = json.loads(line)["key"]
            if (key in staged) == file.startswith(PREFIX):
                found[key] = line
    return [found[e.key] for e in new if not e.good and e.key in found]


def part_stats(articles: pa.Table, items: Mapping[str, int], errors: Sequence[bytes], seconds: float) -> Stats:
    """The counts of a part, from its table of articles, the rows of each table and the lines of its quarantine."""
    from extractor.records import FIELDS

    codes = Counter(w["code"] for warnings in articles["warnings"].to_pylist() for w in warnings or ())
    return Stats(
        articles=articles.num_rows,
        errors=dict(Counter(json.loads(line)["stage"] for line in errors)),
        items={name: items[name] for name in FIELDS},
        characters=sum(map(len, articles["text"].to_pylist())),
        seconds=seconds,
        undated=articles["published"].null_count,
        open=codes["year-unknown"],
    )
