"""Many shards to few files: the tables of one or several finished runs, compacted, in the same order of rows.

In place it is a journal: all new files are staged, then the plan is written, and from then on every step – move what is staged,
remove what the plan does not name – may be interrupted and repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.batch.check import check_tables
from extractor.batch.layout import (
    MANIFEST,
    PLAN,
    STAGED,
    TABLES,
    Described,
    clear,
    damage,
    described,
    ours,
    read_manifest,
    stamped,
    summed,
)
from extractor.batch.store import Store
from extractor.batch.tables import schemas
from extractor.errors import InputError

ROWS = 1_000_000  # rows a file
_GROUP = 50_000  # rows a row group


def merge(inputs: Sequence[str], out: str | None, *, rows: int = ROWS) -> dict[str, int]:
    """Compact the tables of `inputs` into `out`, or a single input in place. Returns the rows of each table.

    In place, the new files are complete before an old one goes; a merge that was killed is completed by the next one.
    Raises `InputError` for a folder that holds no finished run, a damaged one, or runs of different schema versions.
    """
    stores = [Store(name) for name in inputs]
    if out is None:
        if len(stores) > 1:
            raise InputError("several folders need an output: extractor merge A B -o C")
        return _in_place(stores[0], rows)
    manifests = [_whole(store) for store in stores]
    versions = {m["run"].get("schema_version") for m in manifests}
    if len(versions) > 1:
        raise InputError(f"the folders hold records of different schemas ({', '.join(sorted(map(str, versions)))})")
    target = Store(out)
    _fresh(target)
    target.prepare()
    target.lock()
    try:
        return _into(stores, manifests, target, rows)
    finally:
        target.unlock()


def _fresh(target: Store) -> None:
    old = read_manifest(target)
    if old is not None and "merging" in old:
        clear(target)  # a merge that was killed: it holds nothing but copies
    elif target.names():
        raise InputError(f"{target.root}: the folder is not empty")


def _into(stores: Sequence[Store], manifests: Sequence[dict[str, Any]], target: Store, rows: int) -> dict[str, int]:
    runs = [run for m in manifests for run in m.get("runs", [m["run"]])]
    manifest = stamped({"run": runs[0]} if len(runs) == 1 else {"run": runs[0], "runs": runs})
    target.write(MANIFEST, _json(manifest | {"merging": True}))
    counts, files = _write(stores, target, "", rows)
    errors = b"".join(store.read("errors.jsonl") or b"" for store in stores)
    if errors:
        target.write("errors.jsonl", errors)
    finished = manifests[0]["finished"] if len(runs) == 1 else {}
    target.write(MANIFEST, _json(manifest | {"finished": finished, "merged": counts, "files": files}))
    return counts


def _in_place(store: Store, rows: int) -> dict[str, int]:
    _manifest(store)  # before a lock is put into a folder that is not ours
    store.lock()
    try:
        plan = _plan(store)
        if plan is None:
            manifest = _whole(store)
            _unstage(store)
            counts, files = _write([store], store, f"{STAGED}/", rows)
            plan = {"merged": counts, "files": files}
            store.write(PLAN, _json(plan))
        else:
            manifest = _manifest(store)
        for file in plan["files"]:
            if store.exists(f"{STAGED}/{file}"):
                store.move(f"{STAGED}/{file}", file)
        if wrong := damage(store, plan["files"]):
            raise InputError(f"{store.root}: the merge cannot be completed, a new file is damaged ({summed(wrong)})")
        for name in TABLES:
            for file in ours(store, name):
                if f"{name}/{file}" not in plan["files"]:
                    store.remove(f"{name}/{file}")
        store.write(MANIFEST, _json(manifest | plan))
        _unstage(store)
    finally:
        store.unlock()
    return dict(plan["merged"])


def _plan(store: Store) -> dict[str, Any] | None:
    # What a merge that was killed has still to do; a plan is written whole or not at all.
    raw = store.read(PLAN)
    if raw is None:
        return None
    try:
        plan = json.loads(raw)
        return {"merged": dict(plan["merged"]), "files": dict(plan["files"])}
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{store.root}/{PLAN}: damaged ({error}); nothing was changed") from None


def _unstage(store: Store) -> None:
    store.remove(PLAN)  # first: without it what is staged is only a copy
    for name in TABLES:
        for file in ours(store, f"{STAGED}/{name}"):
            store.remove(f"{STAGED}/{name}/{file}")
        store.remove_if_empty(f"{STAGED}/{name}")
    store.remove_if_empty(STAGED)


def _whole(store: Store) -> dict[str, Any]:
    manifest = _manifest(store)
    if store.read(PLAN) is not None:
        raise InputError(f"{store.root}: a merge was broken off there; complete it first: extractor merge {store.root}")
    if wrong := check_tables(store, manifest).wrong:
        raise InputError(f"{store.root}: damaged ({summed(wrong)}); run its extract command again first")
    return manifest


def _manifest(store: Store) -> dict[str, Any]:
    manifest = read_manifest(store)
    if manifest is None:
        raise InputError(
            f"{store.root}: holds no output of extractor; give a folder that 'extractor extract -o FOLDER' wrote"
        )
    if "finished" not in manifest:
        raise InputError(f"{store.root}: the run is not finished; run its extract command again first")
    return manifest


def _json(data: Any) -> bytes:
    return json.dumps(data, indent=1, ensure_ascii=False).encode("utf-8", "backslashreplace")


def _tables(stores: Sequence[Store], name: str) -> Iterator[pa.Table]:
    for store in stores:
        for file in ours(store, name):
            yield pq.read_table(pa.BufferReader(store.read(f"{name}/{file}") or b""))


def _write(
    stores: Sequence[Store], target: Store, prefix: str, rows: int
) -> tuple[dict[str, int], dict[str, Described]]:
    counts: dict[str, int] = {}
    files: dict[str, Described] = {}

    def write(name: str, number: int, table: pa.Table) -> None:
        sink = pa.BufferOutputStream()
        pq.write_table(table, sink, compression="zstd", row_group_size=_GROUP)
        data = sink.getvalue().to_pybytes()
        file = f"{name}/merged-{number:06d}.parquet"
        target.write(f"{prefix}{file}", data)
        files[file] = described(data)

    for name in TABLES:
        held: list[pa.Table] = []
        size = number = counts[name] = 0
        for table in _tables(stores, name):
            held.append(table)
            size += table.num_rows
            counts[name] += table.num_rows
            while size >= rows:
                whole = pa.concat_tables(held)
                write(name, number, whole.slice(0, rows))
                held, size, number = [whole.slice(rows)], size - rows, number + 1
        if size or not number:
            write(name, number, pa.concat_tables(held) if held else schemas()[name].empty_table())
    return counts, files
