"""Invented passages about officials: how persons, posts and owners are marked, and what is wrong with a mark."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import InputError
from extractor.training.officials import lessons

LESSONS = Path(__file__).parents[1] / "gold" / "officials_lessons.txt"


def passage(tmp_path: Path, line: str) -> dict[str, object]:
    path = tmp_path / "mine.txt"
    path.write_text(f"# a comment\n\n{line}\n", encoding="utf-8")
    (example,) = lessons(path)
    text = example.reading.text
    found = {}
    for person in example.record["officials"]:
        found[person["name"]] = [text[slice(*post["spans"][0])] for post in person["positions"]]
    return {"text": text, "found": found}


def test_a_post_belongs_to_the_persons_it_numbers(tmp_path: Path) -> None:
    got = passage(tmp_path, "Bầu {Lê Văn Ngát}, [Chánh Thanh tra|1] và {Hồ Thị Sen} làm [Phó Chủ tịch|1,2].")
    assert got["text"] == "Bầu Lê Văn Ngát, Chánh Thanh tra và Hồ Thị Sen làm Phó Chủ tịch."
    assert got["found"] == {"Lê Văn Ngát": ["Chánh Thanh tra", "Phó Chủ tịch"], "Hồ Thị Sen": ["Phó Chủ tịch"]}


def test_without_a_number_it_is_the_first_persons_and_a_dash_is_nobodys(tmp_path: Path) -> None:
    got = passage(tmp_path, "[Giám đốc] {Tạ Đình Vở}⏎Theo [Chủ tịch|-], {Vũ Thị Hạnh} vắng.")
    assert got["text"] == "Giám đốc Tạ Đình Vở\nTheo Chủ tịch, Vũ Thị Hạnh vắng."
    assert got["found"] == {"Tạ Đình Vở": ["Giám đốc"], "Vũ Thị Hạnh": []}


def test_a_person_named_twice_is_one(tmp_path: Path) -> None:
    got = passage(tmp_path, "{Cao Văn Lầu} 50 tuổi. {Cao Văn Lầu} là [Trưởng thôn|1].")
    assert got["found"] == {"Cao Văn Lầu": ["Trưởng thôn"]}


@pytest.mark.parametrize(
    ("line", "role", "body"),
    [
        ("Về Sở Tài chính, {Lê Văn Ngát} giữ chức [Phó Giám đốc>Sở Tài chính].", "Phó Giám đốc", "Sở Tài chính"),
        ("{Lê Văn Ngát}, [Bí thư Đảng ủy>Đảng ủy xã Tân Mẫu|1], họp.", "Bí thư", "Đảng ủy xã Tân Mẫu"),
        ("{Lê Văn Ngát}, [Bí thư Đảng ủy|1], họp.", "Bí thư Đảng ủy", None),
    ],
)
def test_a_body_behind_the_mark_completes_the_post(tmp_path: Path, line: str, role: str, body: str | None) -> None:
    path = tmp_path / "mine.txt"
    path.write_text(line, encoding="utf-8")
    (example,) = lessons(path)
    (post,) = example.record["officials"][0]["positions"]
    assert (post["role"], post["body"]) == (role, body)
    assert example.record["completed"] == (">" in line)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Ông Lê Văn Ngát, [Giám đốc].", "needs a {person}"),
        ("Ông {Lê Văn Ngát, [Giám đốc].", "needs a {person}"),
        ("Ông {Lê Văn Ngát}, [Giám đốc.", "other half"),
        ("Ông {Lê Văn Ngát}, [Giám đốc|2].", "there are 1 persons"),
        ("Ông {Lê Văn Ngát}, [Giám đốc|hai].", "other half"),
    ],
)
def test_a_bad_mark_is_named_with_its_line(tmp_path: Path, line: str, told: str) -> None:
    with pytest.raises(InputError, match=r"mine.txt, line 3") as error:
        passage(tmp_path, line)
    assert told in str(error.value)


def test_the_shipped_passages_are_read_and_teach_sharing() -> None:
    examples = lessons(LESSONS)
    shared = 0
    for example in examples:
        spans = [tuple(q["spans"][0]) for p in example.record["officials"] for q in p["positions"]]
        shared += len(spans) > len(set(spans))
    assert len(examples) >= 200
    assert shared >= 25
