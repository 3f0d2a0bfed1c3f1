"""The same tables in PostgreSQL, with `unaccent` and `tsvector`: where a dataset grows out of one file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.batch.layout import TABLES
from extractor.batch.tables import schemas
from extractor.dataset import schema
from extractor.dataset.build import Built
from extractor.dataset.entries import entries
from extractor.dataset.places import UNIT_COLUMNS, fill_places
from extractor.dataset.sentences import fill_sentences
from extractor.dataset.source import Part, cell, parts
from extractor.errors import InputError
from extractor.install import pip_install
from extractor.text import fold, unaccent

_TYPES = {"INTEGER": "bigint", "REAL": "double precision", "TEXT": "text"}

_LOCK = 0x657874726163746F  # any number that others are not likely to take

_FIXED = """
CREATE EXTENSION IF NOT EXISTS unaccent;
CREATE TABLE IF NOT EXISTS parts (name text PRIMARY KEY, sha256 text NOT NULL, articles bigint NOT NULL, indexed_at text NOT NULL);
CREATE TABLE IF NOT EXISTS units (
    code text PRIMARY KEY, level text NOT NULL, type text NOT NULL, name text NOT NULL, path text NOT NULL,
    province_code text, province text, valid_from text, valid_to text, successors text,
    latitude double precision, longitude double precision
);
CREATE TABLE IF NOT EXISTS entries (
    rowid bigserial PRIMARY KEY, kind text NOT NULL, id text NOT NULL, label text NOT NULL, ref text,
    exact tsvector NOT NULL, folded tsvector NOT NULL
);
CREATE INDEX IF NOT EXISTS entries_folded ON entries USING gin (folded);
CREATE INDEX IF NOT EXISTS entries_exact ON entries USING gin (exact);
CREATE INDEX IF NOT EXISTS entries_kind ON entries (kind, id);
CREATE INDEX IF NOT EXISTS articles_province ON articles (province, year);
CREATE INDEX IF NOT EXISTS locations_code ON locations (code);
CREATE INDEX IF NOT EXISTS documents_number ON documents (number_full);
CREATE INDEX IF NOT EXISTS figures_kind ON figures (programme, indicator);
"""


def connect(url: str) -> Any:
    """A connection. Raises `InputError` when the driver is missing or the server refuses."""
    try:
        import psycopg
    except ModuleNotFoundError:
        raise InputError(f"psycopg is not installed; call: {pip_install('postgres')}") from None
    try:
        return psycopg.connect(url)
    except psycopg.Error as error:
        raise InputError(f"{url.rsplit('@', 1)[-1]}: {str(error).strip().splitlines()[0]}") from None


def create_statements() -> str:
    """The tables, if they are not there yet."""
    out = []
    for table in TABLES:
        columns = [f'"{f.name}" {_TYPES[schema.sql_type(f.type)]}' for f in schemas()[table]]
        if table == "articles":
            columns = [c + " PRIMARY KEY" if c.startswith('"id"') else c for c in columns]
        columns += [f"{n} {_TYPES[t]}" for n, t in (c.split() for c in schema.EXTRA.get(table, ()))]
        out.append(f"CREATE TABLE IF NOT EXISTS {table} ({', '.join(columns)});")
    return "\n".join([*out, _FIXED])


def index_postgres(source: Path, url: str, *, tick: Callable[[str, int], None] | None = None) -> Built:
    """Index a dataset into a PostgreSQL database: new parts only, each in one transaction.

    Raises `InputError` for a server that refuses and for a part that has changed since it was indexed.
    """
    db = connect(url)
    import psycopg

    try:
        with db:
            return _index(db, source, tick)
    except psycopg.Error as error:
        raise InputError(f"{url.rsplit('@', 1)[-1]}: {str(error).strip().splitlines()[0]}") from None


def _index(db: Any, source: Path, tick: Callable[[str, int], None] | None) -> Built:
    built = Built()
    if not db.execute("SELECT pg_try_advisory_lock(%s)", (_LOCK,)).fetchone()[0]:
        raise InputError("another process is indexing into this database; wait for it")
    db.execute(create_statements())
    db.commit()
    known = dict(db.execute("SELECT name, sha256 FROM parts").fetchall())
    for part in parts(source):
        if part.name in known:
            if known[part.name] != part.sha256:
                raise InputError(f"{source}: part {part.name} has changed since it was indexed; use an empty database")
            built.old_parts += 1
            continue
        with db.transaction():
            written, doubled = _insert(db, part)
        built.new_parts += 1
        built.new_articles += written
        built.doubled += doubled
        if tick:
            tick(part.name, written)
    (built.articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    return built


def _sound(value: Any) -> Any:
    # PostgreSQL holds no NUL in a text; a sign of the same length keeps offsets valid.
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


def _insert(db: Any, part: Part) -> tuple[int, int]:
    tables = part.read()
    for name in tables:
        for row in tables[name]:
            row["id"] = _sound(row["id"])
    here = {a["id"] for a in tables["articles"]}
    there = {r[0] for r in db.execute("SELECT id FROM articles WHERE id = ANY(%s)", (list(here),)).fetchall()}
    for name in tables:
        tables[name] = [r for r in tables[name] if r["id"] not in there]
    units = fill_places(tables)
    fill_sentences(tables)
    with db.cursor() as cursor:
        marks = ", ".join(["%s"] * len(UNIT_COLUMNS))
        cursor.executemany(
            f"INSERT INTO units VALUES ({marks}) ON CONFLICT DO NOTHING", [[u[c] for c in UNIT_COLUMNS] for u in units]
        )
        for table in TABLES:
            names = schema.all_columns(table)
            quoted = ", ".join(f'"{n}"' for n in names)
            with cursor.copy(f"COPY {table} ({quoted}) FROM STDIN") as copy:
                for row in tables[table]:
                    copy.write_row([_sound(cell(row.get(n))) for n in names])
        cursor.executemany(
            "INSERT INTO entries (kind, id, label, ref, exact, folded)"
            " VALUES (%s, %s, %s, %s, to_tsvector('simple', %s), to_tsvector('simple', %s))",
            [
                tuple(map(_sound, (kind, key, label, ref, fold(text), unaccent(text))))
                for kind, key, label, ref, text in entries(tables)
            ],
        )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO parts VALUES (%s, %s, %s, %s)", (part.name, part.sha256, len(here - there), now))
    return len(here - there), len(there) + len(part.repeated)


def search_postgres(
    url: str, query: str, *, field: str = "articles", limit: int = 20
) -> list[tuple[str, str, str | None]]:
    """(id, label, reference) of the hits of a query as a phrase, exact spelling first."""
    with connect(url) as db:
        rows = db.execute(
            """SELECT id, label, ref FROM entries
               WHERE kind = %s AND folded @@ phraseto_tsquery('simple', %s)
               ORDER BY exact @@ phraseto_tsquery('simple', %s) DESC, ts_rank(folded, phraseto_tsquery('simple', %s)) DESC, rowid
               LIMIT %s""",
            (field, unaccent(query), fold(query), unaccent(query), limit),
        ).fetchall()
    return [tuple(r) for r in rows]
