"""The table `sentences`: every sentence of an output's texts with underthesea's words, made from the texts that stand in it.

So the words of a redacted output are of redacted texts, and what was extracted before can be segmented later. A part of the
table says of which part of `articles` it was made; where that has changed it is made anew.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from extractor.batch.finish import target_stream
from extractor.batch.layout import SENTENCES, ours
from extractor.batch.store import Store
from extractor.ingest.streams import name_of, neighbour, stem_of
from extractor.language import segmented
from extractor.text import clean

Row = dict[str, Any]
Texts = list[tuple[str, str]]
_CHUNK = 50  # articles sent to a process at a time
_MADE_OF = b"articles"  # key of a part's metadata


def rows(id: str, text: str) -> list[Row]:
    """The rows of one article. Raises `ModelError` where underthesea is missing."""
    return [
        {"id": id, "number": s.number, "start": s.start, "end": s.end, "text": s.text, "segmented": s.segmented}
        for s in segmented(clean(text))
    ]


def with_sentences(parts: Iterable[dict[str, list[Row]]], workers: int) -> Iterator[dict[str, list[Row]]]:
    """The parts of a dataset, each with its table of sentences."""
    for part in parts:
        texts = [(row["id"], row["text"]) for row in part["articles"]]
        yield {**part, SENTENCES: list(chain.from_iterable(_segmented(texts, workers)))}


def beside(out: str) -> str:
    """Where the sentences of a file of records go: `NAME.sentences.jsonl` beside `NAME.jsonl`, packed as it is."""
    name = name_of(out)
    stem = stem_of(name)
    return neighbour(out, f"{stem}.{SENTENCES}{name.removeprefix(stem)}")


def write_beside(out: str, workers: int) -> str:
    """Write the sentences of the file of records `out` beside it; the path of the file."""
    from extractor.ingest.streams import record_lines

    records = (json.loads(line) for line in record_lines(out) if line.strip())
    with target_stream(beside(out)) as (sink, _):
        for row in chain.from_iterable(_segmented(((r["id"], r["text"]) for r in records), workers)):
            sink.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "backslashreplace") + b"\n")
    return beside(out)


def renew(store: Store, workers: int) -> int:
    """Bring the table `sentences` of a folder up to its `articles`; how many parts were made."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    from extractor.batch.tables import SENTENCES_SCHEMA

    parts = ours(store, "articles")
    for gone in set(ours(store, SENTENCES)) - set(parts):
        store.remove(f"{SENTENCES}/{gone}")
    made = 0
    for name in parts:
        data = store.read(f"articles/{name}") or b""
        digest = hashlib.sha256(data).hexdigest().encode()
        there = store.read(f"{SENTENCES}/{name}")
        if there and (pq.read_schema(pa.BufferReader(there)).metadata or {}).get(_MADE_OF) == digest:
            continue
        articles = pq.read_table(pa.BufferReader(data), columns=["id", "text"]).to_pylist()
        found = _segmented(((row["id"], row["text"]) for row in articles), workers)
        schema = SENTENCES_SCHEMA.with_metadata({_MADE_OF: digest})
        buffer = io.BytesIO()
        pq.write_table(pa.Table.from_pylist(list(chain.from_iterable(found)), schema), buffer, compression="zstd")
        store.write(f"{SENTENCES}/{name}", buffer.getvalue())
        made += 1
    return made


def _segmented(texts: Iterable[tuple[str, str]], workers: int) -> Iterator[list[Row]]:
    """The rows of articles in their order, by several processes where there is work for them."""
    rest = iter(texts)
    chunks = iter(lambda: list(islice(rest, _CHUNK)), [])
    first = list(islice(chunks, 2))
    if workers == 1 or len(first) < 2:
        return (rows(*text) for text in chain.from_iterable(chain(first, chunks)))
    from joblib import Parallel, delayed

    run = Parallel(n_jobs=workers, return_as="generator")
    done: Iterator[list[list[Row]]] = run(delayed(_some)(chunk) for chunk in chain(first, chunks))
    return chain.from_iterable(done)


def _some(texts: Texts) -> list[list[Row]]:
    return [rows(*text) for text in texts]
