"""Persons in a dataset: offices, evidence, and a user's corrections that survive indexing anew."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from extractor.dataset.build import index
from extractor.dataset.offices import offices
from extractor.errors import InputError
from extractor.records import NameMention, Official, Position, Provenance, Record, sha256_of

READ = Provenance(layer="rule", rule="by-hand", confidence=0.9)


def article(key: str, day: str | None, name: str, role: str, body: str, code: str, body_key: str) -> Record:
    """An article that names one person with one post."""
    post = f"{role} {body}"
    text = f"{key}\nÔng {name}, {post}, dự buổi lễ."
    at, from_ = text.index(name), text.index(post)
    span = {"start": at, "end": at + len(name), "text": name}
    held = Position(
        start=from_, end=from_ + len(post), text=post, role=role, body=body, admin_level="province", place_code=code,
        body_type=body_key.split(":")[0], body_key=body_key,
    )  # fmt: skip
    official = Official(**span, name=name, provenance=READ, mentions=(NameMention(**span),), positions=(held,))
    published = date.fromisoformat(day) if day else None
    return Record(id=key, title=key, published=published, text=text, sha256=sha256_of(text), officials=(official,))


SEAT = ("Chủ tịch", "UBND tỉnh Hà Giang", "02", "uy-ban-nhan-dan:02")
DEPUTY = ("Phó Chủ tịch", "UBND tỉnh Hà Giang", "02", "uy-ban-nhan-dan:02")
COURT = ("Chánh án", "Tòa án nhân dân tỉnh Cà Mau", "96", "toa-an-nhan-dan:96")
RECORDS = [
    article("a1", "2018-03-01", "Nguyễn Văn Hải", *SEAT),
    article("a2", "2019-03-01", "Nguyễn Văn Hải", *SEAT),
    article("a3", "2019-05-01", "Nguyễn Văn Hải", *COURT),
    article("a4", "2021-05-01", "Lò Seo Páo", *SEAT),
    article("a5", None, "Lò Seo Páo", *SEAT),
    article("a6", "2021-06-01", "Vàng Thị Mỷ", *DEPUTY),
]


def written(folder: Path, records: list[Record]) -> Path:
    path = folder / "r.jsonl"
    path.write_text("".join(r.model_dump_json() + "\n" for r in records), encoding="utf-8")
    return path


def people(database: Path) -> dict[str, set[str]]:
    """The articles of each person."""
    with sqlite3.connect(database) as db:
        out: dict[str, set[str]] = {}
        for person, key in db.execute("SELECT person, id FROM person_mentions"):
            out.setdefault(person, set()).add(key)
    return out


def of(database: Path, key: str) -> str:
    return next(person for person, keys in people(database).items() if key in keys)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    index(written(tmp_path, RECORDS), tmp_path / "news.db")
    return tmp_path / "r.jsonl"


def test_posts_have_their_evidence_and_offices_their_holders(source: Path) -> None:
    with sqlite3.connect(source.with_name("news.db")) as db:
        db.row_factory = sqlite3.Row
        office = offices(db, "chu tich ubnd tinh ha giang")[0]
        assert (office["key"], office["people"], office["articles"]) == ("chu-tich@uy-ban-nhan-dan:02", 2, 4)
        assert offices(db, "chủ tịch Ủy ban nhân dân tỉnh Hà Giang")[0]["key"] == office["key"]
        assert offices(db, "pho chu tich ha giang")[0]["key"] == "pho-chu-tich@uy-ban-nhan-dan:02"
        assert offices(db, "tand ca mau")[0]["role"] == "Chánh án"
        assert offices(db, "thống đốc hà giang") == []
        said = db.execute(
            """SELECT p.text FROM post_evidence e JOIN positions p ON p.id = e.id AND p.start = e.start
               WHERE e.key = 'chu-tich@uy-ban-nhan-dan:02'"""
        ).fetchall()
        assert [r[0] for r in said] == ["Chủ tịch UBND tỉnh Hà Giang"] * 4


def test_namesakes_are_two_and_a_correction_makes_them_one_for_good(source: Path) -> None:
    database = source.with_name("news.db")
    one, other = of(database, "a1"), of(database, "a3")
    assert one != other
    mine = source.with_name("mine.jsonl")
    mine.write_text(f"# the judge went home\n{json.dumps({'same': [one, other]})}\n", encoding="utf-8")
    index(source, database, corrections=mine)  # no article is new
    assert people(database)[one] == {"a1", "a2", "a3"}
    assert other not in people(database)
    with sqlite3.connect(database) as db:
        reasons = dict(db.execute("SELECT id, reason FROM person_mentions WHERE person = ?", (one,)))
        assert reasons["a3"] == "correction of the user"
        assert db.execute("SELECT count(*) FROM person_posts WHERE person = ?", (one,)).fetchone() == (2,)
    written(source.parent, [*RECORDS, article("a7", "2022-01-01", "Nguyễn Văn Hải", *COURT)])
    index(source, database, corrections=mine)
    assert people(database)[one] == {"a1", "a2", "a3", "a7"}
    mine.write_text("", encoding="utf-8")
    index(source, database, corrections=mine)  # taken back
    assert people(database)[one] == {"a1", "a2"}
    assert people(database)[other] == {"a3", "a7"}


def test_persons_that_are_not_one_stay_apart_when_later_articles_would_join_them(source: Path) -> None:
    database = source.with_name("news.db")
    one, other = of(database, "a1"), of(database, "a3")
    beside = source.with_name("news.corrections.jsonl")  # read without being named
    beside.write_text(json.dumps({"not_same": [one, other]}) + "\n", encoding="utf-8")
    both = article("a8", "2019-04-01", "Nguyễn Văn Hải", *SEAT)
    second = (
        both.officials[0]
        .positions[0]
        .model_copy(
            update={
                "role": "Chánh án",
                "body": COURT[1],
                "body_key": COURT[3],
                "body_type": "toa-an-nhan-dan",
                "place_code": "96",
            }
        )
    )
    both = both.model_copy(
        update={
            "officials": (both.officials[0].model_copy(update={"positions": (*both.officials[0].positions, second)}),)
        }
    )
    written(source.parent, [*RECORDS, both])
    index(source, database)
    assert of(database, "a3") == other
    assert {"a1", "a2"} <= people(database)[one]
    beside.unlink()
    index(source, database)
    assert of(database, "a3") == of(database, "a1")  # what the linker says without the file


def test_a_mention_of_the_wrong_person_goes_to_another_or_to_one_of_its_own(source: Path) -> None:
    database = source.with_name("news.db")
    one, other = of(database, "a1"), of(database, "a3")
    start = RECORDS[1].officials[0].start
    line = {
        "id": "a2",
        "field": "officials",
        "start": start,
        "end": start + 14,
        "text": "Nguyễn Văn Hải",
        "wrong": "person",
    }
    mine = source.with_name("mine.jsonl")
    mine.write_text(json.dumps(line) + "\n", encoding="utf-8")
    index(source, database, corrections=mine)
    assert people(database)[one] == {"a1"}
    assert of(database, "a2") not in (one, other)
    mine.write_text(json.dumps(line | {"should": other}) + "\n", encoding="utf-8")
    index(source, database, corrections=mine)
    assert people(database)[other] == {"a2", "a3"}


def test_a_wrong_line_is_named_and_nothing_is_lost(source: Path) -> None:
    database = source.with_name("news.db")
    before = people(database)
    mine = source.with_name("mine.jsonl")
    mine.write_text('{"same": ["only-one"]}\n', encoding="utf-8")
    with pytest.raises(InputError, match="line 1"):
        index(source, database, corrections=mine)
    with pytest.raises(InputError, match="no-such"):
        index(source, database, corrections=source.with_name("no-such.jsonl"))
    mine.write_text('{"same": ["nobody-1", "nobody-2"]}\n', encoding="utf-8")
    index(source, database, corrections=mine)
    assert people(database) == before
