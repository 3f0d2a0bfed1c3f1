"""The tables of a searchable dataset in SQLite: those of the Parquet dataset, an index for words, and views."""

from __future__ import annotations

from functools import cache

import pyarrow as pa

from extractor.batch.layout import TABLES
from extractor.batch.tables import schemas
from extractor.dataset import VERSION, sentences

# Columns that an article gets from its places and its date, for filters and facets.
ARTICLE_EXTRA = ("province_code TEXT", "province TEXT", "year INTEGER")
EXTRA = {"articles": ARTICLE_EXTRA} | dict.fromkeys(sentences.TABLES, sentences.COLUMNS)

_TYPES = {pa.int64(): "INTEGER", pa.float64(): "REAL", pa.bool_(): "INTEGER"}

_FIXED = """
CREATE TABLE sources (key TEXT PRIMARY KEY, label TEXT NOT NULL, rank INTEGER NOT NULL);
CREATE TABLE parts (
    source TEXT NOT NULL, name TEXT NOT NULL, sha256 TEXT NOT NULL, articles INTEGER NOT NULL, indexed_at TEXT NOT NULL,
    PRIMARY KEY (source, name)
);
CREATE TABLE origins (
    source TEXT NOT NULL, part TEXT NOT NULL, id TEXT NOT NULL, text TEXT NOT NULL, rows TEXT NOT NULL, stored TEXT,
    PRIMARY KEY (source, part, id)
);
CREATE TABLE unfinished (since TEXT NOT NULL);
CREATE TABLE marks (source TEXT NOT NULL, id TEXT NOT NULL, of TEXT NOT NULL, share REAL NOT NULL);
CREATE TABLE units (
    code TEXT PRIMARY KEY, level TEXT NOT NULL, type TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL,
    province_code TEXT, province TEXT, valid_from TEXT, valid_to TEXT, successors TEXT, latitude REAL, longitude REAL
);
CREATE TABLE entries (rowid INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, label TEXT NOT NULL, ref TEXT);
CREATE VIRTUAL TABLE words USING fts5(exact, folded, content='', tokenize="unicode61 remove_diacritics 0");
CREATE VIRTUAL TABLE words_vocabulary USING fts5vocab(words, 'col');
"""

_INDEXES = """
CREATE INDEX articles_published ON articles (published);
CREATE INDEX articles_province ON articles (province, year);
CREATE INDEX officials_name ON officials (name);
CREATE INDEX officials_id ON officials (id);
CREATE INDEX positions_person ON positions (id, person);
CREATE INDEX positions_name ON positions (name);
CREATE INDEX dates_id ON dates (id);
CREATE INDEX locations_code ON locations (code);
CREATE INDEX locations_id ON locations (id);
CREATE INDEX documents_number ON documents (number_full);
CREATE INDEX documents_id ON documents (id);
CREATE INDEX figures_kind ON figures (programme, indicator);
CREATE INDEX figures_place ON figures (place_code);
CREATE INDEX figures_id ON figures (id, ordinal);
CREATE INDEX entries_kind ON entries (kind, id);
CREATE INDEX entries_id ON entries (id);
CREATE INDEX origins_id ON origins (id);
CREATE INDEX positions_id ON positions (id);
"""

_VIEWS = """
CREATE VIEW duplicates AS
    SELECT DISTINCT o.stored AS id, p.stored AS of, m.share
    FROM marks m JOIN origins o ON o.source = m.source AND o.id = m.id AND o.stored IS NOT NULL
    JOIN origins p ON p.source = m.source AND p.id = m.of AND p.stored IS NOT NULL;
CREATE VIEW officials_by_province AS
    SELECT a.province, p.name, p.role, coalesce(p.body_resolved, p.body) AS body, p.admin_level, p.former,
           count(DISTINCT p.id) AS articles, min(a.published) AS first_seen, max(a.published) AS last_seen
    FROM positions p JOIN articles a USING (id)
    GROUP BY a.province, p.name, p.role, coalesce(p.body_resolved, p.body), p.admin_level, p.former;
CREATE VIEW documents_by_citations AS
    SELECT type, coalesce(number_full, number) AS number, max(issuer) AS issuer,
           count(DISTINCT id) AS articles, count(*) AS citations
    FROM documents WHERE number IS NOT NULL GROUP BY type, coalesce(number_full, number);
CREATE VIEW places_by_mentions AS
    SELECT u.province, u.level, u.code, u.name, count(DISTINCT l.id) AS articles, count(*) AS mentions
    FROM locations l JOIN units u ON u.code = l.code GROUP BY u.code;
"""


def sql_type(kind: pa.DataType) -> str:
    """The SQLite type of an Arrow type: lists and structs are JSON text, dates ISO text."""
    return _TYPES.get(kind, "TEXT")


@cache
def all_columns(table: str) -> tuple[str, ...]:
    """The columns of a data table, in order, those that indexing adds last."""
    return (*schemas()[table].names, *(c.split()[0] for c in EXTRA.get(table, ())))


def create_statements() -> str:
    """Everything an empty dataset needs, as one SQL script."""
    from extractor.dataset import citations, corrected, figure_facts, persons

    out = []
    for table in TABLES:
        schema = schemas()[table]
        parts = [f'"{f.name}" {sql_type(f.type)}' for f in schema]
        if table == "articles":
            parts = [p + " PRIMARY KEY" if p.startswith('"id"') else p for p in parts]
        parts += EXTRA.get(table, ())
        if table == "articles":
            # The long column last: reading what stands behind it would walk through all of its pages.
            parts.sort(key=lambda p: p.startswith('"text"'))
        out.append(f"CREATE TABLE {table} ({', '.join(parts)});")
    more = (persons.create_statements(), figure_facts.CREATE, citations.CREATE, corrected.CREATE, _INDEXES, _VIEWS)
    return "\n".join([*out, _FIXED, *more, f"PRAGMA user_version = {VERSION};"])
