"""Many parts to few: one or several finished outputs, compacted, in the same order of articles.

All tables are cut at the same articles, so that a merged part is a part like any other: it can be added to, changed and indexed.
In place it is a journal: all new files are staged, then the plan is written, and from then on every step – move what is staged,
remove what the plan does not name – may be interrupted and repeated.
"""

from __future__ import annotations

import json
import os
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from extractor.batch.changes import parquet, part_stats
from extractor.batch.check import check_tables
from extractor.batch.duplicates import write_marks
from extractor.batch.finish import entry_line, quarantine
from extractor.batch.known import Entry, base_of, entries, rekeyed
from extractor.batch.layout import (
    CHANGED,
    COMMIT,
    MANIFEST,
    PLAN,
    STAGED,
    TABLES,
    Described,
    Marker,
    clear,
    damage,
    described,
    finished_parts,
    marker_name,
    ours,
    part_name,
    read_manifest,
    read_marker,
    stamped,
    summed,
)
from extractor.batch.sites import SITES, joined, read_kept
from extractor.batch.store import Store
from extractor.batch.tables import conform, empty, read_table
from extractor.errors import InputError, writes
from extractor.ingest.streams import is_url, name_of

ROWS = 20_000  # articles a part; those of one are in memory at once, some 10 KB each
_FOLDERS = (*TABLES, "_units", "_sketches", "_errors", "_shards")


@dataclass(slots=True)
class _Piece:
    """Articles of one part on their way into a merged one: entries, tables, sketches and errors, with the ids they get."""

    entries: list[Entry]
    tables: dict[str, pa.Table]
    sketches: dict[str, bytes]
    errors: dict[str, bytes]
    made: str
    seconds: float


@dataclass(slots=True)
class _Written:
    rows: dict[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))
    files: dict[str, Described] = field(default_factory=dict)
    parts: list[str] = field(default_factory=list)


def merge(inputs: Sequence[str], out: str | None, *, rows: int = ROWS) -> dict[str, int]:
    """Compact the tables of `inputs` into `out`, or a single input in place. Returns the rows of each table.

    An id that two inputs share becomes one article where the text is the same, else the later one is told apart by `@` and its
    folder's name. In place, the new files are complete before an old one goes; a merge that was killed is completed by the next.
    Raises `InputError` for a folder that holds no finished run, a damaged one, or runs of different schema versions.
    """
    stores = [Store(name) for name in inputs]
    if out is None:
        if len(stores) > 1:
            raise InputError("several folders need an output: extractor merge A B -o C")
        with writes(inputs[0], "mend it and run the same command again"):
            return _in_place(stores[0], rows)
    if any(os.path.realpath(name) == os.path.realpath(out) for name in inputs):
        raise InputError(
            f"{out}: is one of the inputs; without -o one folder is compacted in place: extractor merge {out}"
        )
    manifests = [_whole(store) for store in stores]
    _alike(manifests)
    target = Store(out)
    _fresh(target)
    target.prepare()
    target.lock()
    try:
        with writes(out, "mend it and run the same command again"):
            return _into(stores, manifests, target, rows)
    finally:
        target.unlock()


def _alike(manifests: Sequence[dict[str, Any]]) -> None:
    versions = {m["run"].get("schema_version") for m in manifests}
    if len(versions) > 1:
        raise InputError(
            f"the folders hold records of different schemas ({', '.join(sorted(map(str, versions)))}); "
            "read the older one again: its extract command with --upgrade"
        )


def _fresh(target: Store) -> None:
    old = read_manifest(target)
    if old is not None and "merging" in old:
        clear(target)  # a merge that was killed: it holds nothing but copies
    elif target.names():
        raise InputError(f"{target.root}: the folder is not empty; give a new one")


def _into(stores: Sequence[Store], manifests: Sequence[dict[str, Any]], target: Store, rows: int) -> dict[str, int]:
    first = manifests[0]["run"]
    run = first if len(stores) == 1 else first | {"inputs": None}
    history = sorted((h for m in manifests for h in m.get("history", [])), key=lambda h: str(h.get("at")))
    manifest = stamped({"output": secrets.token_hex(4), "run": run, "history": history})
    target.write(MANIFEST, _json(manifest | {"first": 0, "merging": True}))
    written = _write(stores, target, "", rows, manifest["output"], target.root)
    if errors := b"".join(entry_line(row) for row in quarantine(target, name_of(target.root))):
        target.write("errors.jsonl", errors)
    if sites := [s for store in stores if (s := read_kept(store)) is not None]:
        target.write(SITES, joined(sites).dumps().encode("utf-8"))
    files, count = write_marks(target, written.parts, manifest["output"], lambda _: None)
    finished = _finished(target, written.parts, manifests, count)
    target.write(MANIFEST, _json(manifest | {"first": len(written.parts), "files": files, "finished": finished}))
    return written.rows


def _finished(store: Store, parts: list[str], manifests: Sequence[dict[str, Any]], count: int) -> dict[str, Any]:
    from extractor.batch.shard import Stats

    total = Stats()
    for part in parts:
        if (marker := read_marker(store, part)) is not None:
            total.add(Stats(**marker.stats))
    return {
        "stats": asdict(total),
        "fresh": asdict(total) if len(manifests) > 1 else manifests[0]["finished"]["fresh"],
        "parts": parts,
        "duplicates": count,
        "errors_file": f"{store.root}/errors.jsonl" if store.exists("errors.jsonl") else None,
    }


def _in_place(store: Store, rows: int) -> dict[str, int]:
    _manifest(store)  # before a lock is put into a folder that is not ours
    store.lock()
    try:
        plan = _plan(store)
        if plan is None:
            manifest = _whole(store)
            _unstage(store)
            written = _write([store], store, f"{STAGED}/", rows, manifest["output"], store.root)
            plan = {"merged": written.rows, "files": written.files, "parts": written.parts}
            store.write(PLAN, _json(plan))
        else:
            manifest = _manifest(store)
        for file in plan["files"]:
            if store.exists(f"{STAGED}/{file}"):
                store.move(f"{STAGED}/{file}", file)
        if wrong := damage(store, plan["files"]):
            raise InputError(f"{store.root}: the merge cannot be completed, a new file is damaged ({summed(wrong)})")
        for name in _FOLDERS:
            for file in ours(store, name):
                if f"{name}/{file}" not in plan["files"]:
                    store.remove(f"{name}/{file}")
        finished = _finished(store, plan["parts"], [manifest], manifest["finished"]["duplicates"])
        store.write(MANIFEST, _json(manifest | {"first": len(plan["parts"]), "finished": finished}))
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
        return {"merged": dict(plan["merged"]), "files": dict(plan["files"]), "parts": list(plan["parts"])}
    except (ValueError, TypeError, KeyError) as error:
        raise InputError(f"{store.root}/{PLAN}: damaged ({error}); nothing was changed") from None


def _unstage(store: Store) -> None:
    store.remove(PLAN)  # first: without it what is staged is only a copy
    for name in _FOLDERS:
        for file in ours(store, f"{STAGED}/{name}"):
            store.remove(f"{STAGED}/{name}/{file}")
        store.remove_if_empty(f"{STAGED}/{name}")
    store.remove_if_empty(STAGED)


def _whole(store: Store) -> dict[str, Any]:
    manifest = _manifest(store)
    if store.read(PLAN) is not None:
        raise InputError(f"{store.root}: a merge was broken off there; complete it first: extractor merge {store.root}")
    if store.exists(CHANGED) or store.exists(COMMIT):
        raise InputError(f"{store.root}: the run is not finished; run its extract command again first")
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


class _Ids:
    """Ids over several inputs, and the text that each stands for; keys of articles, which are known by one entry each."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}
        self._keys: set[str] = set()

    def renamed(self, name: str, text: str, source: str) -> str | None:
        """The id that an article gets: its own, or one with its source where that stands for another text; None where the same
        article is there."""
        new, number = name, 0
        while new in self._texts:
            if self._texts[new] == text:
                return None
            number += 1
            new = f"{name}@{source}" if number == 1 else f"{name}@{source}~{number}"
        self._texts[new] = text
        return new

    def known(self, entry: Entry, source: str, *, has_row: bool) -> Entry | None:
        """An input's entry as one that no other has the key of; None where another one stands for it. A second text of one
        article (its inputs were read at different times) is as if from another source: no later text takes both places."""
        one, number = entry, 0
        while one.key in self._keys:
            if not has_row:
                return None
            number += 1
            one = rekeyed(entry, f"{entry.source}@{source}" if number == 1 else f"{entry.source}@{source}~{number}")
        self._keys.add(one.key)
        return one


def _pieces(stores: Sequence[Store], out: str) -> Iterator[_Piece]:
    ids = _Ids() if len(stores) > 1 else None
    for store in stores:
        moved = _moved(store.root, out)
        label = Path(store.root.rstrip("/")).name or "output"
        for part in finished_parts(store):
            piece = _piece(store, part, moved)
            yield piece if ids is None else _apart(piece, ids, label)


def _moved(old: str, new: str) -> Callable[[str], str]:
    """What an output calls a source that another one calls otherwise."""
    base = base_of(new)
    start = None if is_url(old) else os.path.dirname(os.path.abspath(old))
    return lambda source: (
        source if start is None or source == "-" or is_url(source) else base(os.path.join(start, source))
    )


def _piece(store: Store, part: str, moved: Callable[[str], str]) -> _Piece:
    marker = read_marker(store, part)
    here = entries(store, part)
    keys = {e.key: rekeyed(e, moved(e.source)) for e in here}
    sketches = {json.loads(line)[0]: line for line in (store.read(f"_sketches/{part}.jsonl") or b"").splitlines(True)}
    errors: dict[str, bytes] = {}
    for line in (store.read(f"_errors/{part}.jsonl") or b"").splitlines():
        row = json.loads(line)
        key = keys[row["key"]].key if row["key"] in keys else row["key"]
        errors[key] = json.dumps(row | {"key": key}, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n"
    tables = {name: conform(name, read_table(store, f"{name}/{part}.parquet")) for name in TABLES}
    assert marker is not None  # the output was looked at before
    return _Piece(list(keys.values()), tables, sketches, errors, marker.made, float(marker.stats.get("seconds", 0.0)))


def _apart(piece: _Piece, ids: _Ids, label: str) -> _Piece:
    articles = piece.tables["articles"]
    texts = dict(zip(articles["id"].to_pylist(), articles["sha256"].to_pylist(), strict=True))
    names = {name: ids.renamed(name, text, label) for name, text in texts.items()}
    new_entries = []
    for e in piece.entries:
        # The same article of another input: known, so that it is not read again, but without a row of its own.
        one = replace(e, id=names[e.id], good=names[e.id] is not None) if e.good and e.id in names else e
        if (known := ids.known(one, label, has_row=one.good and e.id in names)) is not None:
            new_entries.append(known)
    if all(old == new for old, new in names.items()):
        return replace(piece, entries=new_entries)
    tables = {name: _renamed(table, names) for name, table in piece.tables.items()}
    sketches: dict[str, bytes] = {}
    for old, line in piece.sketches.items():
        if (new := names.get(old, old)) is not None:
            sketches[new] = json.dumps([new, *json.loads(line)[1:]]).encode() + b"\n"
    return replace(piece, entries=new_entries, tables=tables, sketches=sketches)


def _renamed(table: pa.Table, names: dict[str, str | None]) -> pa.Table:
    column = pa.array([names[i] for i in table["id"].to_pylist()], pa.string())
    out = table.set_column(table.schema.get_field_index("id"), table.schema.field("id"), column)
    return out.filter(pc.is_valid(out["id"]))


def _write(stores: Sequence[Store], target: Store, prefix: str, rows: int, output: str, root: str) -> _Written:
    written = _Written()
    held: list[_Piece] = []
    for piece in _pieces(stores, root):
        held.append(piece)
        while sum(p.tables["articles"].num_rows for p in held) > rows:
            head, held = _split(held, rows)
            _write_part(head, target, prefix, output, written)
    if held or not written.parts:
        _write_part(held, target, prefix, output, written)
    return written


def _split(held: Sequence[_Piece], rows: int) -> tuple[list[_Piece], list[_Piece]]:
    """The first `rows` articles of some pieces, and the others."""
    head: list[_Piece] = []
    for at, piece in enumerate(held):
        size = piece.tables["articles"].num_rows
        if size <= rows:
            head.append(piece)
            rows -= size
            continue
        ids = piece.tables["articles"]["id"].to_pylist()[:rows]
        first = set(ids)
        edge = max((n for n, e in enumerate(piece.entries) if e.good and e.id in first), default=-1) + 1
        chosen = pa.array(ids, pa.string())
        inside = {name: pc.is_in(t["id"], chosen) for name, t in piece.tables.items()}
        cut = replace(
            piece, entries=piece.entries[:edge], tables={n: t.filter(inside[n]) for n, t in piece.tables.items()}
        )
        rest = replace(
            piece,
            entries=piece.entries[edge:],
            tables={n: t.filter(pc.invert(inside[n])) for n, t in piece.tables.items()},
            seconds=0.0,
        )
        return [*head, cut] if rows else head, [rest if rows else piece, *held[at + 1 :]]
    return head, []


def _lines(pieces: Sequence[_Piece]) -> tuple[dict[str, bytes], list[bytes]]:
    """The lines of units, sketches and errors of a part by folder, and the errors; without errors there is no such folder."""
    here = [e for p in pieces for e in p.entries]
    sketches = {i: line for p in pieces for i, line in p.sketches.items()}
    errors = {k: line for p in pieces for k, line in p.errors.items()}
    bad = [errors[e.key] for e in here if not e.good and e.key in errors]
    out = {
        "units": b"".join(e.dump() for e in here),
        "sketches": b"".join(sketches[e.id] for e in here if e.good and e.id in sketches),
    }
    return out | ({"errors": b"".join(bad)} if bad else {}), bad


def _write_part(pieces: Sequence[_Piece], target: Store, prefix: str, output: str, written: _Written) -> None:
    part = part_name(len(written.parts), output, "merged")
    encoded: dict[str, bytes] = {}
    tables = {name: pa.concat_tables([p.tables[name] for p in pieces]) if pieces else empty(name) for name in TABLES}
    for name, table in tables.items():
        encoded[f"{name}/{part}.parquet"] = parquet(table)
        written.rows[name] += table.num_rows
    lines, bad = _lines(pieces)
    encoded |= {f"_{name}/{part}.jsonl": data for name, data in lines.items()}
    items = {name: table.num_rows for name, table in tables.items()}
    stats = part_stats(tables["articles"], items, bad, sum(p.seconds for p in pieces))
    made = Counter(p.made for p in pieces)
    files = {name: described(data) for name, data in encoded.items()}
    marker = Marker(asdict(stats), files, made.most_common(1)[0][0] if len(made) == 1 else "", "")
    encoded[marker_name(part)] = marker.dump()
    for name, data in encoded.items():
        target.write(prefix + name, data)
        written.files[name] = described(data)
    written.parts.append(part)
