"""The searchable dataset: built once, added to, searched with and without accents, refused when damaged."""

from __future__ import annotations

import contextlib
import gc
import json
import sqlite3
from pathlib import Path
from unicodedata import normalize

import pytest

from dataset_records import records
from extractor.batch.layout import TABLES
from extractor.batch.store import Store
from extractor.batch.tables import to_tables
from extractor.cli import main
from extractor.dataset.build import index
from extractor.dataset.choice import Choice
from extractor.dataset.opensearch import bulk
from extractor.dataset.search import count, open_readonly, search
from extractor.errors import InputError


def write_jsonl(path: Path, some: list) -> Path:  # type: ignore[type-arg]
    path.write_text("".join(r.model_dump_json() + "\n" for r in some), encoding="utf-8")
    return path


def write_part(folder: Path, number: int, some: list) -> None:  # type: ignore[type-arg]
    import pyarrow.parquet as pq

    for name, table in to_tables(some).items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        pq.write_table(table, folder / name / f"part-{number:06d}.parquet")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    index(write_jsonl(tmp_path / "r.jsonl", records()), tmp_path / "news.db")
    return tmp_path / "news.db"


CASES = [
    ("tran van thu", "articles", ["tg-1"]),
    ("Trần Văn Thử", "officials", ["tg-1"]),
    ("van thu", "officials", ["hn-2", "tg-1"]),
    ("Văn Thủ", "officials", ["hn-2", "tg-1"]),  # the exact spelling first, the other name after it
    (normalize("NFD", "Văn Thủ"), "officials", ["hn-2", "tg-1"]),
    (normalize("NFD", '"Văn Thử"'), "officials", ["tg-1"]),
    ("15/KH-UBND", "documents", ["tg-1"]),
    ("cho gao", "locations", ["tg-1"]),
    ("đường sắt", "articles", []),
    ("huyen tham gia", "articles", ["tg-1"]),  # not side by side: all words
    ('"; DROP TABLE articles', "articles", []),
    ("", "articles", []),
]


@pytest.mark.parametrize(("query", "field", "expected"), CASES)
def test_dataset_search(database: Path, query: str, field: str, expected: list[str]) -> None:
    hits = search(open_readonly(database), query, field=field)
    assert sorted(h.id for h in hits) == sorted(expected)
    if normalize("NFC", query) == "Văn Thủ":
        assert [h.exact for h in hits] == [True, False]


def test_dataset_same_hits_with_and_without_accents(database: Path) -> None:
    db = open_readonly(database)
    for accented, plain in (
        ("Tiền Giang", "tien giang"),
        ("bàn về nước sạch", "ban ve nuoc sach"),
        ("Chợ Gạo", "CHO GAO"),
    ):
        assert count(db, accented) == count(db, plain) > 0


def test_dataset_filters_and_snippet(database: Path) -> None:
    db = open_readonly(database)
    assert [h.id for h in search(db, "thu", field="officials", province="tien giang")] == ["tg-1"]
    assert [h.id for h in search(db, "thu", field="officials", since="2019-04-01")] == ["hn-2"]
    assert "**Trần Văn Thử**" in search(db, "tran van thu")[0].snippet
    with pytest.raises(InputError, match="one of articles, officials"):
        search(db, "x", field="people")


def test_dataset_grows_by_new_parts_only(tmp_path: Path) -> None:
    folder, target = tmp_path / "out", tmp_path / "news.db"
    first, second, third = records()
    write_part(folder, 0, [first])
    assert index(folder, target).new_articles == 1
    write_part(folder, 1, [second, first])
    built = index(folder, target)
    assert (built.new_parts, built.old_parts, built.new_articles, built.doubled, built.articles) == (1, 1, 1, 1, 2)
    write_part(folder, 0, [third])
    built = index(folder, target)
    assert (built.new_parts, built.new_articles, built.removed, built.articles) == (1, 2, 1, 3)
    assert hits(target) == hits(rebuilt(folder, tmp_path))


def rebuilt(source: Path, folder: Path) -> Path:
    (folder / "anew.db").unlink(missing_ok=True)
    index(source, folder / "anew.db")
    return folder / "anew.db"


def hits(target: Path) -> dict[str, object]:
    """Everything a database says, whatever the order in which it came in; persons without their ids, which are kept."""
    db = sqlite3.connect(target)
    tables = {t: sorted(map(repr, db.execute(f"SELECT * FROM {t}"))) for t in (*TABLES, "units", "duplicates")}
    tables["entries"] = sorted(map(repr, db.execute("SELECT kind, id, label, ref FROM entries")))
    tables["persons"] = sorted(map(repr, db.execute("SELECT id, name FROM person_mentions")))
    reading = open_readonly(target)
    found = {
        (word, kind): sorted(h.id for h in search(reading, word, field=kind, limit=1000))
        for word in ("xã", "họp", "Tin", "Thử", "gao", "dot 3")
        for kind in ("articles", "officials", "locations")
    }
    db.execute("INSERT INTO words(words) VALUES ('integrity-check')")
    return tables | {"found": found}


def test_dataset_takes_one_article_from_two_sources(tmp_path: Path) -> None:
    first, second, third = records()
    a, b = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    target = tmp_path / "n.db"
    other = third.model_copy(update={"id": second.id})
    write_jsonl(a, [first, second])
    write_jsonl(b, [first, other])
    built = index([a, b], target)
    assert (built.articles, built.doubled) == (3, 1)

    def ids() -> list[str]:
        return [i for (i,) in sqlite3.connect(target).execute("SELECT id FROM articles ORDER BY id")]

    assert ids() == ["hn-2", "hn-2@b", "tg-1"]
    write_jsonl(a, [third])  # what went from the first source is there from the second
    assert index([a, b], target).articles == 3
    assert ids() == ["hn-2", "tg-1", 'x"3']
    assert index([a, b], target).new_parts == 0
    write_jsonl(a, [first, second])
    index(a, target)  # the other source stays as it was
    assert ids() == ["hn-2", "hn-2@b", "tg-1"]
    anew = tmp_path / "anew.db"
    index([a, b], anew)
    assert hits(target) == hits(anew)


@pytest.mark.parametrize("days", [3, pytest.param(7, marks=pytest.mark.slow)])
def test_dataset_follows_an_output_through_days(days: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import random

    from test_batch_daily import lay, run, state

    from extractor.batch.merge import merge
    from extractor.dataset import build, rows

    gc.freeze()  # what is there before is not looked through each time
    rng = random.Random(5)
    some: tuple[dict[str, str], list[object], list[object]] = ({}, [], [])
    target, tables = tmp_path / "n.db", tmp_path / "ds"
    for day in range(1, days + 1):
        some = state(day, rng, some)
        lay(tmp_path, some)
        run([tmp_path / "pages"], tables, prune=day > 1)
        if day == (days + 1) // 2:
            merge([str(tables)], None, rows=8)
        real, count = rows.Articles.take, [0]

        def killed(self: rows.Articles, *given: object, real: object = real, count: list[int] = count) -> int:
            count[0] += 1
            if count[0] == 3:
                raise KeyboardInterrupt
            return real(self, *given)  # type: ignore[operator,no-any-return]

        gc.collect()  # what earlier days' readers have open would keep the database locked
        with monkeypatch.context() as patch:
            patch.setattr(rows.Articles, "take", killed)
            with contextlib.suppress(KeyboardInterrupt):
                index(tables, target)
        gc.collect()  # a process that ends lets go of what it has open; in this one the collector does
        index(tables, target)
        assert hits(target) == hits(rebuilt(tables, tmp_path)), day
    with monkeypatch.context() as patch:
        # The second time nothing is read, written or linked.
        patch.setattr(rows.Articles, "take", lambda *_: pytest.fail("a part was taken again"))
        patch.setattr("extractor.dataset.persons.fill", lambda *_: pytest.fail("persons were linked again"))
        patch.setattr(build, "_sound", lambda *_: pytest.fail("the whole database was read"))
        described = Store.described

        def few(store: Store, name: str) -> tuple[int, str] | None:
            assert name.startswith("duplicates/"), f"{name} was read again"
            return described(store, name)

        patch.setattr(Store, "described", few)
        assert index(tables, target).new_parts == 0


def test_dataset_killed_before_units_and_persons_is_completed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = records()
    target = tmp_path / "n.db"
    index(write_jsonl(tmp_path / "r.jsonl", [first]), target)
    write_jsonl(tmp_path / "r.jsonl", [second, third])
    with monkeypatch.context() as patch:
        patch.setattr("extractor.dataset.persons.fill", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            index(tmp_path / "r.jsonl", target)
    assert index(tmp_path / "r.jsonl", target).new_parts == 0
    assert hits(target) == hits(rebuilt(tmp_path / "r.jsonl", tmp_path))


def test_dataset_from_folder_and_file_are_equal(tmp_path: Path) -> None:
    write_part(tmp_path / "out", 0, records())
    index(tmp_path / "out", tmp_path / "a.db")
    index(write_jsonl(tmp_path / "r.jsonl", records()), tmp_path / "b.db")
    rows = [
        {
            t: sqlite3.connect(tmp_path / name).execute(f"SELECT * FROM {t}").fetchall()
            for t in (*TABLES, "units", "entries")
        }
        for name in ("a.db", "b.db")
    ]
    assert rows[0] == rows[1]
    assert len(rows[0]["articles"]) == 3


def test_dataset_views(database: Path) -> None:
    db = open_readonly(database)
    assert [
        tuple(r) for r in db.execute("SELECT province, name, articles FROM officials_by_province ORDER BY name")
    ] == [
        ("Hà Nội", "Nguyễn Văn Thủ", 1),
        ("Tiền Giang", "Trần Văn Thử", 1),
    ]
    assert tuple(db.execute("SELECT province, place, period, value FROM figures_panel").fetchone()) == (
        "Tiền Giang", "Chợ Gạo", "2019", 91.5,
    )  # fmt: skip
    assert tuple(db.execute("SELECT number, citations FROM documents_by_citations").fetchone()) == ("15/KH-UBND", 1)


def test_dataset_is_read_only_when_opened(database: Path) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        open_readonly(database).execute("DELETE FROM articles")


def test_dataset_refuses_what_is_not_one(tmp_path: Path) -> None:
    bad = tmp_path / "bad.db"
    bad.write_bytes(b"not a database at all, but long enough to have a header" * 20)
    source = write_jsonl(tmp_path / "r.jsonl", records())
    for path in (bad,):
        with pytest.raises(InputError, match=r"bad\.db"):
            index(source, path)
    with pytest.raises(InputError, match="no such file"):
        open_readonly(tmp_path / "none.db")
    with pytest.raises(InputError, match="neither a folder"):
        index(tmp_path / "nowhere", tmp_path / "n.db")
    (tmp_path / "broken.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1: not a record"):
        index(tmp_path / "broken.jsonl", tmp_path / "n.db")
    assert not (tmp_path / "n.db").exists(), "a failed build leaves nothing behind"


def test_dataset_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write_jsonl(tmp_path / "r.jsonl", records())
    assert main(["index", str(source), "-o", str(tmp_path / "n.db")]) == 0
    capsys.readouterr()
    assert main(["search", str(tmp_path / "n.db"), "tran van thu", "--field", "officials"]) == 0
    line = capsys.readouterr().out.strip().split("\t")
    assert line[:5] == ["officials", "tg-1", "2019-03-13", "Tiền Giang", "Trần Văn Thử"]
    assert main(["search", str(tmp_path / "n.db"), "khong co"]) == 1
    assert main(["search", str(tmp_path / "none.db"), "x"]) == 2
    assert "no such file" in capsys.readouterr().err


def test_dataset_opensearch_lines(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in bulk(write_jsonl(tmp_path / "r.jsonl", records()), Choice())]
    assert [x["index"]["_id"] for x in lines[::2]] == ["tg-1", "hn-2", 'x"3']
    assert lines[1]["officials"] == [{"name": "Trần Văn Thử", "posts": ["Phó Chủ tịch Ủy ban nhân dân huyện Chợ Gạo"]}]
    assert lines[1]["province"] == "Tiền Giang"


def test_dataset_persons_are_linked_and_keep_their_ids(tmp_path: Path) -> None:
    first, second, _ = records()
    write_part(tmp_path / "tables", 0, [first, second])
    index(tmp_path / "tables", tmp_path / "news.db")
    with sqlite3.connect(tmp_path / "news.db") as db:
        before = dict(db.execute("SELECT name, id FROM persons").fetchall())
        assert db.execute("SELECT key, body_key FROM person_posts ORDER BY 1").fetchall() == [
            ("giam-doc@so.y-te:01", "so.y-te:01"),
            ("pho-chu-tich@uy-ban-nhan-dan:822", "uy-ban-nhan-dan:822"),
        ]
    again = first.model_copy(update={"id": "aa-0"})
    write_part(tmp_path / "tables", 1, [again])
    index(tmp_path / "tables", tmp_path / "news.db")
    with sqlite3.connect(tmp_path / "news.db") as db:
        assert dict(db.execute("SELECT name, id FROM persons").fetchall()) == before
        assert db.execute("SELECT count(*) FROM person_mentions WHERE name = 'Trần Văn Thử'").fetchone() == (2,)


def test_dataset_leaves_out_an_id_that_stands_twice(tmp_path: Path) -> None:
    first, second, _ = records()
    built = index(write_jsonl(tmp_path / "r.jsonl", [first, second, first]), tmp_path / "a.db")
    assert (built.new_articles, built.doubled) == (2, 1)
    write_part(tmp_path / "out", 0, [first, first])
    with pytest.raises(InputError, match="stands twice"):
        index(tmp_path / "out", tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_dataset_takes_one_writer_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """C11: the second one gets a sentence, into a new file and into one that is there; a locked database is one, too."""
    source = write_jsonl(tmp_path / "r.jsonl", records())
    refused: list[str] = []

    def second(name: str, articles: int) -> None:
        with pytest.raises(InputError, match="another process is indexing") as caught:
            index(source, tmp_path / "n.db")
        refused.append(str(caught.value))

    assert index(source, tmp_path / "n.db", tick=second).articles == 3
    more = write_jsonl(tmp_path / "more.jsonl", records()[:1])
    index(more, tmp_path / "n.db", tick=second)
    assert len(refused) == 2
    holder = sqlite3.connect(tmp_path / "n.db", isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: real(*a, **k, timeout=0.1))
    with pytest.raises(InputError, match="locked"):
        index(write_jsonl(tmp_path / "third.jsonl", records()[1:2]), tmp_path / "n.db")
    holder.close()
    assert sorted(p.name for p in tmp_path.iterdir() if p.suffix == ".tmp") == []


def test_dataset_half_a_file_of_a_killed_run_goes(tmp_path: Path) -> None:
    half, other = (tmp_path / f".{name}.{'0' * 16}.tmp" for name in ("n.db", "m.db"))
    half.write_bytes(b"half")
    other.write_bytes(b"another's")
    index(write_jsonl(tmp_path / "r.jsonl", records()), tmp_path / "n.db")
    assert (half.exists(), other.exists()) == (False, True)


def test_dataset_temporary_files_are_not_to_be_guessed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """P1: a link under the name of the temporary file is not followed."""
    from extractor.batch import whole

    victim = tmp_path / "victim"
    victim.write_text("mine")
    monkeypatch.setattr(whole.secrets, "token_hex", lambda _: "0" * 16)
    monkeypatch.setattr(Store, "sweep", lambda *_: None)
    (tmp_path / f".n.db.{'0' * 16}.tmp").symlink_to(victim)
    with pytest.raises(FileExistsError):
        index(write_jsonl(tmp_path / "r.jsonl", records()), tmp_path / "n.db")
    with pytest.raises(FileExistsError), whole.writing(tmp_path / "n.db"):
        pass
    assert victim.read_text() == "mine"
