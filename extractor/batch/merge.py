"""Many shards to few files: the tables of one or several finished runs, compacted, in the same order of rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.batch.layout import MANIFEST, TABLES, ours, read_manifest, stamped
from extractor.batch.store import Store
from extractor.batch.tables import schemas
from extractor.errors import InputError

ROWS = 1_000_000  # rows a file
_GROUP = 50_000  # rows a row group
_DONE = ".merged/done"


def merge(inputs: Sequence[str], out: str | None, *, rows: int = ROWS) -> dict[str, int]:
    """Compact the tables of `inputs` into `out`, or a single input in place. Returns the rows of each table.

    In place, the new files are complete before an old one goes; a merge that was killed is completed by the next one.
    Raises `InputError` for a folder that holds no finished run, or runs of different schema versions.
    """
    stores = [Store(name) for name in inputs]
    if out is None:
        if len(stores) > 1:
            raise InputError("several folders need an output: extractor merge A B -o C")
        return _in_place(stores[0], rows)
    target = Store(out)
    target.prepare()
    if target.names():
        raise InputError(f"{out}: the folder is not empty")
    manifests = [_manifest(store) for store in stores]
    versions = {m["run"]["schema_version"] for m in manifests}
    if len(versions) > 1:
        raise InputError(f"the folders hold records of different schemas ({', '.join(sorted(versions))})")
    counts = _write(stores, target, "", rows)
    errors = b"".join(store.read("errors.jsonl") or b"" for store in stores)
    if errors:
        target.write("errors.jsonl", errors)
    runs = [run for m in manifests for run in m.get("runs", [m["run"]])]
    described = {"run": runs[0]} if len(runs) == 1 else {"run": runs[0], "runs": runs}
    finished = manifests[0]["finished"] if len(runs) == 1 else {}
    target.write(MANIFEST, _json(stamped(described | {"finished": finished, "merged": counts})))
    return counts


def _in_place(store: Store, rows: int) -> dict[str, int]:
    store.lock()
    try:
        manifest = _manifest(store)
        if store.read(_DONE) is None:
            _unstage(store)
            store.write(_DONE, _json(_write([store], store, ".merged/", rows)))
        counts: dict[str, int] = json.loads(store.read(_DONE) or b"{}")
        for name in TABLES:
            fresh = ours(store, f".merged/{name}")
            if not fresh:
                continue  # this table was moved before the merge was killed
            for old in ours(store, name):
                if old not in fresh:
                    store.remove(f"{name}/{old}")
            for file in fresh:
                store.move(f".merged/{name}/{file}", f"{name}/{file}")
        store.write(MANIFEST, _json(manifest | {"merged": counts}))
        _unstage(store)
    finally:
        store.unlock()
    return counts


def _unstage(store: Store) -> None:
    for name in TABLES:
        for file in ours(store, f".merged/{name}"):
            store.remove(f".merged/{name}/{file}")
        store.remove_if_empty(f".merged/{name}")
    store.remove(_DONE)
    store.remove_if_empty(".merged")


def _manifest(store: Store) -> dict[str, Any]:
    manifest = read_manifest(store)
    if manifest is None:
        raise InputError(f"{store.root}: holds no output of extractor")
    if "finished" not in manifest:
        raise InputError(f"{store.root}: the run is not finished; run its extract command again first")
    return manifest


def _json(data: Any) -> bytes:
    return json.dumps(data, indent=1, ensure_ascii=False).encode("utf-8")


def _tables(stores: Sequence[Store], name: str) -> Iterator[pa.Table]:
    for store in stores:
        for file in ours(store, name):
            yield pq.read_table(pa.BufferReader(store.read(f"{name}/{file}") or b""))


def _write(stores: Sequence[Store], target: Store, prefix: str, rows: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for name in TABLES:
        held: list[pa.Table] = []
        size = number = counts[name] = 0
        for table in _tables(stores, name):
            held.append(table)
            size += table.num_rows
            counts[name] += table.num_rows
            while size >= rows:
                whole = pa.concat_tables(held)
                _file(target, f"{prefix}{name}", number, whole.slice(0, rows))
                held, size, number = [whole.slice(rows)], size - rows, number + 1
        if size or not number:
            _file(target, f"{prefix}{name}", number, pa.concat_tables(held) if held else schemas()[name].empty_table())
    return counts


def _file(target: Store, folder: str, number: int, table: pa.Table) -> None:
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", row_group_size=_GROUP)
    target.write(f"{folder}/merged-{number:06d}.parquet", sink.getvalue().to_pybytes())
