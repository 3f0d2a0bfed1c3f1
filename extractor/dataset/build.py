"""Parts of an extracted dataset to a SQLite file that can be searched: incremental, each part in one transaction."""

from __future__ import annotations

import os
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractor.batch.layout import TABLES
from extractor.batch.whole import FileLock, sync_file, sync_folder, temporary_beside
from extractor.dataset import VERSION, persons, schema
from extractor.dataset.places import UNIT_COLUMNS, province, unit_row
from extractor.dataset.search import KINDS
from extractor.dataset.source import Part, Rows, cell, parts
from extractor.errors import InputError
from extractor.text import fold, unaccent

Tick = Callable[[str, int], None]


@dataclass(slots=True)
class Built:
    """What an indexing run did: parts and articles that are new, parts that were there already, articles in all."""

    new_parts: int = 0
    old_parts: int = 0
    new_articles: int = 0
    doubled: int = 0
    articles: int = 0


def index(source: Path, target: Path, *, tick: Tick | None = None) -> Built:
    """Index a dataset (`source`: folder of tables or `.jsonl`) into the SQLite file `target`.

    A new file appears only when it is whole. Parts that are indexed already are skipped; articles whose id is there
    already are counted as doubled and left out. Raises `InputError` when a part has changed since it was indexed, when
    the file is of another layout, or when SQLite finds it damaged.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with _alone(target):
        if target.exists():
            with _connection(target) as db:
                _check(db, target)
                return _add(db, source, target, tick)
        temporary = temporary_beside(target)
        # Never through a file or link that somebody else put there.
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o666))
        try:
            with _connection(temporary) as db:
                db.execute("PRAGMA synchronous = OFF")  # a new file counts only when it is whole
                db.executescript(schema.create_statements())
                built = _add(db, source, target, tick)
            sync_file(temporary)
            os.replace(temporary, target)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(target.parent)
    return built


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    """Keep a second process from the database until the block ends; what SQLite says then is a sentence. Raises `InputError`."""
    lock = FileLock(target.with_name(f".{target.name}.lock"))
    if not lock.take():
        raise InputError(f"{target}: another process is indexing into it; wait for it")
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise InputError(f"{target}: {error}; nothing of the part at work was kept") from None
    finally:
        lock.give_back()


@contextmanager
def _connection(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(path, isolation_level=None)
    try:
        yield db
    finally:
        db.close()


def _check(db: sqlite3.Connection, target: Path) -> None:
    try:
        (version,) = db.execute("PRAGMA user_version").fetchone()
        (health,) = db.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.DatabaseError as error:
        raise InputError(f"{target}: not a dataset ({error}); remove it and index again") from None
    if health != "ok":
        raise InputError(f"{target}: damaged ({health}); remove it and index again")
    if version != VERSION:
        raise InputError(f"{target}: not a dataset of this version; remove it or give another name with -o")


def _add(db: sqlite3.Connection, source: Path, target: Path, tick: Tick | None) -> Built:
    built = Built()
    known = dict(db.execute("SELECT name, sha256 FROM parts").fetchall())
    for part in parts(source):
        if part.name in known:
            if known[part.name] != part.sha256:
                raise InputError(
                    f"{source}: part {part.name} has changed since it was indexed; remove {target} and index again"
                )
            built.old_parts += 1
            continue
        db.execute("BEGIN IMMEDIATE")
        try:
            written, doubled = _insert(db, part)
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        built.new_parts += 1
        built.new_articles += written
        built.doubled += doubled
        if tick:
            tick(part.name, written)
    if built.new_articles:
        persons.fill(db)
    if built.new_parts:
        db.execute("INSERT INTO words(words) VALUES ('optimize')")
        db.execute("ANALYZE")
    (built.articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    return built


def _insert(db: sqlite3.Connection, part: Part) -> tuple[int, int]:
    tables = part.read()
    here = {a["id"] for a in tables["articles"]}
    there = {i for i in here if db.execute("SELECT 1 FROM articles WHERE id = ?", (i,)).fetchone()}
    for name in tables:
        tables[name] = [r for r in tables[name] if r["id"] not in there]
    units = fill_places(tables)
    marks = ", ".join("?" * len(UNIT_COLUMNS))
    db.executemany(f"INSERT OR IGNORE INTO units VALUES ({marks})", ([u[c] for c in UNIT_COLUMNS] for u in units))
    for table in TABLES:
        names = schema.all_columns(table)
        marks = ", ".join("?" * len(names))
        quoted = ", ".join(f'"{n}"' for n in names)
        rows = ([cell(row.get(n)) for n in names] for row in tables[table])
        db.executemany(f"INSERT INTO {table} ({quoted}) VALUES ({marks})", rows)
    _words(db, tables)
    written = len(here - there)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO parts VALUES (?, ?, ?, ?)", (part.name, part.sha256, written, now))
    return written, len(there) + len(part.repeated)


def fill_places(tables: Rows) -> list[dict[str, Any]]:
    """Give each article its province (the one most of its linked places lie in) and year; the units named, as rows."""
    votes: dict[str, Counter[tuple[str, str]]] = {}
    days = {a["id"]: str(a["published"]) if a["published"] else None for a in tables["articles"]}
    codes: dict[str, str | None] = {}
    for location in tables["locations"]:
        code, key = location["code"], location["id"]
        if code:
            codes.setdefault(code, days[key])
            if home := province(code, days[key]):
                votes.setdefault(key, Counter())[home] += 1
    for name in ("figures", "positions"):
        for item in tables[name]:
            for code in item.get("place_codes") or [item["place_code"]]:
                if code:
                    codes.setdefault(code, days[item["id"]])
    for article in tables["articles"]:
        key = article["id"]
        best = votes[key].most_common(1)[0][0] if key in votes else (None, None)
        article["province_code"], article["province"] = best
        day = days[key]
        article["year"] = int(day[:4]) if day else None
    return [row for code, day in codes.items() if (row := unit_row(code, day))]


def entries(tables: Rows) -> Iterator[tuple[str, str, str, str | None, str]]:
    """What can be searched, as (kind, article id, label, reference, text): articles and what is in them."""
    for article in tables["articles"]:
        title = article["title"] or article["text"].strip().split("\n", 1)[0][:120]
        yield "articles", article["id"], title, None, f"{article['title'] or ''}\n{article['text']}"
    posts: dict[tuple[str, int], list[str]] = {}
    for p in tables["positions"]:
        posts.setdefault((p["id"], p["person"]), []).append(
            f"{p['role']} {p['body_resolved'] or p['body'] or ''}".strip()
        )
    for o in tables["officials"]:
        held = "; ".join(posts.get((o["id"], o["person"]), []))
        yield "officials", o["id"], o["name"], held or None, f"{o['name']} {held}"
    seen: set[tuple[Any, ...]] = set()
    for d in tables["documents"]:
        if d["number"] and (once := ("d", d["id"], d["type"], d["number"])) not in seen:
            seen.add(once)
            yield (
                "documents",
                d["id"],
                f"{d['type']} {d['number']}",
                d["issuer"],
                f"{d['type']} {d['number']} {d['issuer'] or ''}",
            )
    for place in tables["locations"]:
        if place["level"] != "other" and (once := ("l", place["id"], place["name"], place["code"])) not in seen:
            seen.add(once)
            yield (
                "locations",
                place["id"],
                place["name"],
                place["code"],
                " ".join(p for p in place["path"] or [place["name"]] if p),
            )
    for name in KINDS[1:]:
        if name not in ("officials", "documents", "locations"):
            for text in sorted({(item["id"], item["text"]) for item in tables[name]}):
                yield name, text[0], text[1], None, text[1]


def _words(db: sqlite3.Connection, tables: Rows) -> None:
    (last,) = db.execute("SELECT coalesce(max(rowid), 0) FROM entries").fetchone()
    listed: list[tuple[int, str, str, str, str | None]] = []
    indexed: list[tuple[int, str, str]] = []
    for at, (kind, key, label, ref, text) in enumerate(entries(tables), last + 1):
        listed.append((at, kind, key, label, ref))
        indexed.append((at, fold(text), unaccent(text)))
    db.executemany("INSERT INTO entries VALUES (?, ?, ?, ?, ?)", listed)
    db.executemany("INSERT INTO words (rowid, exact, folded) VALUES (?, ?, ?)", indexed)
