"""Persons as JSON lines and tables: one row a person, a post of a person, or a mention."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa

from extractor.errors import InputError
from extractor.outputs import writing_output
from extractor.persons.link import Person, Place
from extractor.persons.posts import PersonPost, holders, person_posts

Table = Literal["persons", "posts", "mentions"]
Row = dict[str, Any]

_TEXT, _WHOLE, _REAL, _FLAG = pa.string(), pa.int64(), pa.float64(), pa.bool_()
_POST: dict[str, pa.DataType] = {
    "person": _TEXT, "name": _TEXT, "key": _TEXT, "role": _TEXT, "body": _TEXT, "body_key": _TEXT, "place_code": _TEXT,
    "province_code": _TEXT, "admin_level": _TEXT, "former": _FLAG, "acting": _FLAG, "first_seen": _TEXT, "last_seen": _TEXT,
    "left_by": _TEXT, "since": _TEXT, "until": _TEXT, "articles": _WHOLE, "undated": _WHOLE, "doubtful": _FLAG,
}  # fmt: skip
_MENTION: dict[str, pa.DataType] = {
    "person": _TEXT, "id": _TEXT, "number": _WHOLE, "start": _WHOLE, "name": _TEXT, "confidence": _REAL, "reason": _TEXT,
}  # fmt: skip
SCHEMAS: dict[str, pa.Schema] = {
    "persons": pa.schema(
        {
            "id": _TEXT, "name": _TEXT, "names": pa.list_(_TEXT), "confidence": _REAL, "articles": _WHOLE,
            "first_seen": _TEXT, "last_seen": _TEXT,
            "posts": pa.list_(pa.struct({k: t for k, t in _POST.items() if k not in ("person", "name")})),
            "mentions": pa.list_(pa.struct({k: t for k, t in _MENTION.items() if k != "person"})),
            "homonyms": pa.list_(_TEXT),
        }
    ),
    "posts": pa.schema(_POST),
    "mentions": pa.schema(_MENTION),
}  # fmt: skip


def rows(persons: Sequence[Person], table: Table = "persons") -> list[Row]:
    """The rows of a table: `persons` with their posts and mentions inside, `posts` by post and time, or `mentions`."""
    if table == "mentions":
        return [row for person in persons for row in mention_rows(person)]
    posts = person_posts(persons)
    if table == "posts":
        return [asdict(p) for some in holders(posts).values() for p in some]
    held: dict[str, list[PersonPost]] = {}
    for post in posts:
        held.setdefault(post.person, []).append(post)
    return [_person_row(person, held.get(person.id, [])) for person in persons]


def mention_rows(person: Person) -> list[Row]:
    """The mentions of a person: article (`id`), the official's number in it, and why it belongs to the person."""
    out: list[Row] = []
    for mention in person.mentions:
        link = person.links[mention.article, mention.person]
        out.append(
            {
                "person": person.id,
                "id": mention.article,
                "number": mention.person,
                "start": mention.start,
                "name": mention.name,
                "confidence": round(link.confidence, 4),
                "reason": link.reason,
            }
        )
    return out


def _person_row(person: Person, posts: Sequence[PersonPost]) -> Row:
    days = sorted(m.day for m in person.mentions if m.day)
    return {
        "id": person.id,
        "name": person.name,
        "names": sorted({m.name for m in person.mentions}),
        "confidence": round(person.confidence, 4),
        "articles": len({m.article for m in person.mentions}),
        "first_seen": days[0] if days else None,
        "last_seen": days[-1] if days else None,
        "posts": [{k: v for k, v in asdict(p).items() if k not in ("person", "name")} for p in posts],
        "mentions": [{k: v for k, v in row.items() if k != "person"} for row in mention_rows(person)],
        "homonyms": person.homonyms,
    }


def write(found: Iterable[Row], path: Path, table: Table = "persons") -> None:
    """Write rows to `.jsonl` or `.parquet`; the file appears only when it is whole. Raises `InputError` for another name."""
    if path.suffix not in (".jsonl", ".parquet"):
        raise InputError(f"{path}: the name of the output must end in .jsonl or .parquet")
    path.parent.mkdir(parents=True, exist_ok=True)
    with writing_output(path) as out:
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            pq.write_table(pa.Table.from_pylist(list(found), schema=SCHEMAS[table]), out)
        else:
            out.writelines(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in found)


def is_table(path: Path) -> bool:
    """Whether a file holds one of the tables that `write` writes, by the columns of its first row."""
    try:
        if path.suffix == ".parquet":
            import pyarrow.parquet as pq

            names = pq.read_schema(path).names
        else:
            names = list(next(iter(_read(path)), {}))
    except (OSError, ValueError, AttributeError, RecursionError, pa.ArrowException):
        return False
    return any(set(names) == set(schema.names) for schema in SCHEMAS.values())


def known_ids(path: Path) -> dict[Place, str]:
    """The person of each mention in a file of persons or mentions that was written before.

    Raises `InputError` when the file is neither.
    """
    out: dict[Place, str] = {}
    try:
        for row in _read(path):
            if "mentions" in row:
                out |= {(m["id"], m["number"]): row["id"] for m in row["mentions"]}
            else:
                out[row["id"], row["number"]] = row["person"]
    except (OSError, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise InputError(
            f"{path}: no table of persons or mentions ({error}); "
            "give a file that 'extractor persons' wrote with --table persons or mentions"
        ) from None
    return out


def _read(path: Path) -> Iterable[Row]:
    if path.suffix == ".parquet":
        import pyarrow.parquet as pq

        yield from pq.read_table(path).to_pylist()
        return
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)
