"""The dataset in a real PostgreSQL: EXTRACTOR_POSTGRES names one, else a server is started for the test where one is installed."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dataset_records import records
from extractor.batch.layout import TABLES
from extractor.cli import main
from extractor.dataset.build import index
from extractor.dataset.postgres import index_postgres, shown
from extractor.dataset.rows import Articles
from extractor.dataset.wordings import columns
from extractor.errors import InputError

psycopg = pytest.importorskip("psycopg", reason="needs psycopg")


def _as_postgres(*command: str) -> list[str]:
    return (
        ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        if os.geteuid() == 0
        else list(command)
    )


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    given = os.environ.get("EXTRACTOR_POSTGRES")
    if given:
        yield given
        return
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        pytest.skip("needs PostgreSQL (apt-get install postgresql) or EXTRACTOR_POSTGRES=postgresql://…")
    tools = found[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    quiet = {"check": True, "capture_output": True, "timeout": 60}
    subprocess.run(_as_postgres(str(tools / "initdb"), "-D", str(folder / "d"), "-U", "tester", "-E", "UTF8"), **quiet)  # type: ignore[call-overload]
    options = f"-p {port} -h 127.0.0.1 -k {folder} -c fsync=off"
    control = str(tools / "pg_ctl")
    # The log goes to a file: a pipe that the server holds open would never end.
    subprocess.run(
        _as_postgres(control, "-D", str(folder / "d"), "-l", str(folder / "log"), "-o", options, "-w", "start"),
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=60,
    )  # fmt: skip
    try:
        yield f"postgresql://tester@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run(
            _as_postgres(control, "-D", str(folder / "d"), "-m", "immediate", "stop"), capture_output=True, timeout=60
        )
        shutil.rmtree(folder, ignore_errors=True)


def test_postgres_holds_the_same_tables_and_finds_the_same(url: str, tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in records()), encoding="utf-8")
    assert index_postgres(source, url).new_articles == 3
    again = index_postgres(source, url)
    assert (again.new_parts, again.old_parts, again.articles) == (0, 1, 3)
    with psycopg.connect(url) as db:

        def found(query: str, kind: str) -> list[tuple[str, str]]:
            exact, folded = columns(query)
            sql = """SELECT id, label FROM entries WHERE kind = %s AND folded @@ phraseto_tsquery('simple', %s)
                     ORDER BY exact @@ phraseto_tsquery('simple', %s) DESC, rowid"""
            return db.execute(sql, (kind, folded, exact)).fetchall()

        assert [h[0] for h in found("tran van thu", "articles")] == ["tg-1"]
        assert [h[1] for h in found("Văn Thủ", "officials")] == ["Nguyễn Văn Thủ", "Trần Văn Thử"]
        assert found("van thu", "officials")
        assert db.execute("SELECT articles.province, value FROM figures JOIN articles USING (id)").fetchall() == [
            ("Tiền Giang", 91.5)
        ]
        assert db.execute("SELECT unaccent('Chợ Gạo')").fetchone() == ("Cho Gao",)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("postgresql://me:hidden@host:99/news", "host:99/news"),
        ("postgresql:///news?password=hidden", "news"),
        ("host=host dbname=news password=hidden", "host/news"),
        ("postgresql://", "PostgreSQL"),
        ("hidden", "PostgreSQL"),
    ],
)
def test_postgres_addresses_are_told_without_passwords(address: str, said: str) -> None:
    assert shown(address) == said


def test_postgres_and_a_nul(url: str, tmp_path: Path) -> None:
    """C10: PostgreSQL holds none; a sign of the same length stands for it, so that offsets stay valid."""
    record = records()[0].model_copy(update={"id": "nul\0", "text": records()[0].text + "\0", "title": "a\0"})
    (tmp_path / "nul.jsonl").write_text(record.model_dump_json() + "\n", encoding="utf-8")
    assert index_postgres(tmp_path / "nul.jsonl", url).new_articles == 1
    with psycopg.connect(url) as db:
        assert db.execute("SELECT id, length(text) FROM articles WHERE id LIKE 'nul%'").fetchall() == [
            ("nul\ufffd", len(record.text))
        ]


@pytest.fixture
def empty(url: str) -> Iterator[str]:
    """A database of its own on the server."""
    name = f"t{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"CREATE DATABASE {name}")
    yield f"{url.rpartition('/')[0]}/{name}"
    with psycopg.connect(url, autocommit=True) as db:
        db.execute(f"DROP DATABASE {name} WITH (FORCE)")


VIEWS = ("duplicates", "officials_by_province", "figures_panel", "documents_by_citations", "places_by_mentions")


def _contents(db: Any) -> dict[str, list[str]]:
    """All rows of all tables and views that both databases have, by name of column."""
    out = {}
    for table in (*TABLES, "units", "persons", "person_posts", "person_mentions", "figure_facts", "cells", *VIEWS):
        cursor = db.execute(f"SELECT * FROM {table}")
        names = [column[0] for column in cursor.description]
        ids = {"persons": "id", "person_posts": "person", "person_mentions": "person"}.get(
            table
        )  # drawn by lot, then kept
        rows = (dict(zip(names, row, strict=True)) for row in cursor)
        out[table] = sorted(repr(sorted((k, v) for k, v in row.items() if k != ids)) for row in rows)
    cursor = db.execute("SELECT kind, id, label, ref FROM entries")
    return out | {"entries": sorted(map(repr, (tuple(row) for row in cursor)))}


def test_postgres_follows_its_sources_as_sqlite_does(
    empty: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = records()
    changed = first.model_copy(update={"title": "Chợ Gạo, tin sửa", "figures": ()})
    other = third.model_copy(update={"id": second.id})
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    real = Articles.take
    days = [([first, second], [first]), ([changed, second], [other]), ([second], [other, third]), ([], [first]),
            ([changed, third, second], [])]  # fmt: skip
    for day, (one, two) in enumerate(days):
        for path, some in ((a, one), (b, two)):
            path.write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
        left = [1 + day % 2]

        def killed(self: Articles, *given: Any, left: list[int] = left) -> int:
            left[0] -= 1
            written = real(self, *given)
            if not left[0]:
                raise KeyboardInterrupt  # what the part wrote is taken back
            return written

        with monkeypatch.context() as patch:
            patch.setattr(Articles, "take", killed)
            with contextlib.suppress(KeyboardInterrupt):
                index_postgres([a, b], empty)
        with monkeypatch.context() as patch:
            # Killed when all articles are there, before units and persons are.
            patch.setattr("extractor.dataset.persons.fill", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
            with contextlib.suppress(KeyboardInterrupt):
                index_postgres([a, b], empty)
        index_postgres([a, b], empty)
        (tmp_path / "n.db").unlink(missing_ok=True)
        index([a, b], tmp_path / "n.db")
        with psycopg.connect(empty) as there, contextlib.closing(sqlite3.connect(tmp_path / "n.db")) as here:
            assert _contents(there) == _contents(here), day
    again = index_postgres([a, b], empty)
    assert (again.new_parts, again.new_articles, again.changed, again.removed) == (0, 0, 0, 0)


def test_postgres_holds_every_table_of_sqlite(empty: str, tmp_path: Path) -> None:
    source = tmp_path / "r.jsonl"
    source.write_text(records()[0].model_dump_json() + "\n", encoding="utf-8")
    index(source, tmp_path / "n.db")
    index_postgres(source, empty)
    with psycopg.connect(empty) as db:
        sql = "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
        there = set(db.execute(sql).fetchall())
    with contextlib.closing(sqlite3.connect(tmp_path / "n.db")) as lite:
        names = [n for (n,) in lite.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")]
        wanted = {
            (n, c[1])
            for n in names
            if not n.startswith(("words", "sqlite_"))
            for c in lite.execute(f"PRAGMA table_info({n})")
        }
    assert wanted <= there


def test_postgres_with_other_tables_is_refused(empty: str, tmp_path: Path) -> None:
    with psycopg.connect(empty) as db:
        db.execute("CREATE TABLE articles (name text)")
    source = tmp_path / "r.jsonl"
    source.write_text(records()[0].model_dump_json() + "\n", encoding="utf-8")
    with pytest.raises(InputError, match="table articles that is not of this version"):
        index_postgres(source, empty)
    assert main(["index", str(source), "--to", empty]) == 2


def test_postgres_refusal_is_one_clear_line() -> None:
    with pytest.raises(InputError, match=r"127\.0\.0\.1:1/"):
        index_postgres(Path("nowhere.jsonl"), "postgresql://x@127.0.0.1:1/y")


def test_postgres_takes_corrections_as_sqlite_does(empty: str, tmp_path: Path) -> None:
    """Replaced, hidden, changed, and taken back: the same rows in all tables after each step."""
    source, mine = tmp_path / "r.jsonl", tmp_path / "mine.jsonl"
    source.write_text("".join(r.model_dump_json() + "\n" for r in records()), encoding="utf-8")
    text = records()[0].text

    def line(field: str, quote: str, wrong: str, should: str = "") -> str:
        start = text.index(quote)
        said = {"id": "tg-1", "field": field, "start": start, "end": start + len(quote), "text": quote}
        return json.dumps({**said, "wrong": wrong, "should": should})

    value, hidden = line("figures", "91,5%", "value", "92,4"), line("locations", "tỉnh Tiền Giang", "span")
    post = line("positions", "Phó Chủ tịch UBND huyện Chợ Gạo", "role", "Chủ tịch")
    for lines in ([], [value, hidden], [value, post], [post.replace("Phó Chủ tịch", "Phó Bí thư")], []):
        mine.write_text("\n".join(lines), encoding="utf-8")
        index(source, tmp_path / "n.db", corrections=mine)
        built = index_postgres(source, empty, corrections=mine)
        with psycopg.connect(empty) as there, contextlib.closing(sqlite3.connect(tmp_path / "n.db")) as here:
            assert _contents(there) == _contents(here)
            sql = 'SELECT field, start, "end", wrong, should, was, effect FROM corrections ORDER BY start'
            told = here.execute(sql).fetchall()
            assert there.execute(sql).fetchall() == told
            assert len(told) == len(lines)
        assert len(built.faults) == sum(row[-1] not in ("replaced", "hidden") for row in told)
