"""What an index is built from: the parts of an extracted dataset, each a set of rows with a hash."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any

from extractor.batch.check import check
from extractor.batch.layout import DUPLICATES, MANIFEST, TABLES, read_manifest, summed
from extractor.batch.lines import beside, described_by
from extractor.batch.store import Store
from extractor.batch.tables import rows
from extractor.errors import InputError
from extractor.ingest.streams import is_lines, record_lines, stem_of
from extractor.records import Record

Rows = dict[str, list[dict[str, Any]]]
_NOTHING: Mapping[str, str] = MappingProxyType({})
CHUNK = 1_000  # records of a .jsonl file that make one part


@dataclass(frozen=True, slots=True)
class Part:
    """A finished piece of a dataset: its name, the hash of its bytes, and its rows by table, read when asked for."""

    name: str
    sha256: str
    read: Callable[[], Rows]
    repeated: list[str] = field(default_factory=list)  # ids that stood before in it, left out; known once it was read


@dataclass(frozen=True, slots=True)
class Origin:
    """A dataset that an index is built from: `key` is the same wherever it lies, `label` tells its articles from another's."""

    path: Path
    key: str
    label: str


def origin(path: Path) -> Origin:
    """What a source is called: an output of a run by the id in its manifest, anything else by its path."""
    name = path.resolve().name
    label = stem_of(name) if is_lines(name) else name
    manifest = read_manifest(Store(str(path))) if path.is_dir() else None
    return Origin(path, str((manifest or {}).get("output") or path.resolve()), label)


def marks_of(path: Path) -> Iterator[tuple[str, str, float]]:
    """The duplicates of a folder of tables: id, the id it repeats, the share."""
    for file in sorted((path / DUPLICATES).glob("*.parquet")) if path.is_dir() else []:
        for row in _rows(file):
            yield row["id"], row["of"], row["share"]


def parts(source: Path, known: Mapping[str, str] = _NOTHING) -> Iterator[Part]:
    """The parts of a Parquet dataset folder or of a `.jsonl` file of records. `known` are hashes of parts that were read before:
    files of a run's output that are as they were are not read again.

    Raises `InputError` when `source` is neither.
    """
    if source.is_dir():
        yield from _folder_parts(source, known)
    elif source.is_file() and is_lines(source.name):
        yield from _file_parts(source)
    else:
        raise InputError(
            f"{source}: neither a folder of tables nor a .jsonl of records; give what 'extractor extract -o' wrote"
        )


def _folder_parts(folder: Path, known: Mapping[str, str]) -> Iterator[Part]:
    found = _whole_parts(folder, known)
    if not found:
        raise InputError(
            f"{folder}: no articles/*.parquet in it; give a folder that 'extractor extract -o FOLDER' wrote"
        )
    for name in sorted(found):

        def read(name: str = name) -> Rows:
            out = {table: _rows(folder / table / name) for table in TABLES}
            ids = Counter(row["id"] for row in out["articles"])
            if ids and ids.most_common(1)[0][1] > 1:
                raise InputError(f"{folder / 'articles' / name}: the id {ids.most_common(1)[0][0]} stands twice in it")
            return out

        yield Part(name, found[name], read)


def _whole_parts(folder: Path, known: Mapping[str, str]) -> dict[str, str]:
    """The parts to index, with their hashes: of a run's output those of finished shards, each compared with what was said of it;
    else what is there."""
    if not (folder / MANIFEST).exists():
        names = (p.name for p in (folder / "articles").glob("*.parquet") if p.is_file() and p.name[0] != ".")
        return {name: _hash_of(folder, name) for name in names}
    found = check(str(folder), known)
    if found.wrong:
        raise InputError(
            f"{folder}: damaged ({summed(found.wrong)}); run its extract command again (extractor check {folder} names all)"
        )
    return found.parts


def _hash_of(folder: Path, name: str) -> str:
    digest = hashlib.sha256()
    for table in TABLES:
        file = folder / table / name
        if file.is_file():  # a pipe would be waited for
            digest.update(file.read_bytes())
    return digest.hexdigest()


def _rows(file: Path) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    if not file.is_file():
        return []
    try:
        with pq.ParquetFile(file) as opened:
            rows: list[dict[str, Any]] = opened.read().to_pylist()
        return rows
    except (pa.ArrowException, OSError, UnicodeError) as error:
        raise InputError(f"{file}: damaged ({str(error).splitlines()[0]})") from None


def _file_parts(file: Path) -> Iterator[Part]:
    if described_by(str(file)) and (wrong := check(str(file)).wrong):
        raise InputError(f"{wrong[0]} (where that was on purpose, remove {beside(str(file))})")
    lines = (line for line in record_lines(str(file)) if line.strip())
    number = -1
    while chunk := tuple(islice(lines, CHUNK)):
        number += 1
        digest = hashlib.sha256(b"".join(chunk)).hexdigest()

        repeated: list[str] = []

        def read(chunk: tuple[bytes, ...] = chunk, number: int = number, repeated: list[str] = repeated) -> Rows:
            out: Rows = {t: [] for t in TABLES}
            seen: set[str] = set()
            for at, line in enumerate(chunk, number * CHUNK + 1):
                try:
                    record = Record.model_validate_json(line)
                except ValueError as error:
                    raise InputError(f"{file}, line {at}: not a record: {str(error).splitlines()[0]}") from None
                if record.id in seen:
                    repeated.append(record.id)
                    continue
                seen.add(record.id)
                for table, some in rows(record).items():
                    out[table] += some
            return out

        yield Part(f"{file.name}#{number:06d}", digest, read, repeated)


def cell(value: Any) -> Any:
    """A value as SQLite and PostgreSQL store it: lists and structs as JSON, dates as ISO text."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
