"""Parquet to units, one row group after the other: a damaged one costs its own rows."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from extractor.errors import InputError
from extractor.ingest.mapper import Mapper
from extractor.ingest.streams import ensure_sound, opened
from extractor.ingest.units import Columns, Options, Unit

_BATCH = 256


def parquet_units(file: str, options: Options, mapper: Mapper) -> Iterator[Unit]:
    """The rows of a table. A row group that cannot be read is one unit of kind `bad` (stage `file`).

    Raises `InputError` when the file is no Parquet, or has no column of texts.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    with opened(file, options.limits) as stream:
        source: Any = stream
        if not stream.seekable():
            source = io.BytesIO(stream.read())
            ensure_sound(stream)
        try:
            schema = pq.read_schema(source)
            source.seek(0)
            # As they are stored, a text of many rows once: spread over a batch a megabyte may become gigabytes.
            texts = [column.name for column in schema if pa.types.is_string(column.type)]
            table = pq.ParquetFile(source, page_checksum_verification=True, read_dictionary=texts)
            names = tuple(schema.names)
            sizes = [table.metadata.row_group(group).num_rows for group in range(table.num_row_groups)]
        except Exception as error:  # whatever a damaged footer makes Arrow meet
            raise InputError(f"{file}: not a Parquet file ({_said(error)})") from None
        columns = mapper.columns(names)
        if isinstance(columns, str):
            raise InputError(columns)
        wanted = [c for f in Columns.__dataclass_fields__ if (c := getattr(columns, f)) is not None]
        first = 0
        for group, size in enumerate(sizes):
            done = first
            try:
                for batch in table.iter_batches(batch_size=_BATCH, row_groups=[group], columns=wanted):
                    for row in _rows(batch):
                        done += 1
                        yield mapper(row, done)
            except Exception as error:
                reason = f"rows {done + 1:,} to {first + size:,} cannot be read ({_said(error)})"
                yield Unit("bad", file, stage="file", reason=reason)
            first += size


def _rows(batch: Any) -> Iterator[dict[str, Any]]:
    columns = list(zip(batch.schema.names, batch.columns, strict=True))
    for at in range(batch.num_rows):
        yield {name: column[at].as_py() for name, column in columns}


def _said(error: Exception) -> str:
    return str(error).splitlines()[0][:300] if str(error) else type(error).__name__
