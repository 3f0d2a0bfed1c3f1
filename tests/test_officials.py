"""Sentences to officials: names, posts before and after them, lists, chains, private persons. Own sentences throughout."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.fields.officials.build import find_officials
from extractor.language import read
from extractor.models import Article, Evidence, Mention
from extractor.places import Places
from extractor.records import Official
from extractor.text import clean


def officials(text: str, names: Sequence[str] = (), *, persons: bool = False) -> list[Official]:
    """Officials of a text in which the statistical layer saw the persons `names` wherever they stand."""
    reading = read(Article(id="t", text=clean(text)))
    mentions = []
    for name in names:
        at = reading.text.find(name)
        while at >= 0:
            mentions.append(Mention.at(reading.text, at, at + len(name), "PER", Evidence("ner", "test")))
            at = reading.text.find(name, at + len(name))
    mentions.sort(key=lambda m: m.start)
    return find_officials(reading, mentions, Places(), persons=persons)


def test_officials_leaves_private_persons_out() -> None:
    text = "Ông Trần Văn Mẫu, nông dân, khen ông Lê Văn Thử, Chủ tịch UBND xã Đồng Xa."
    assert [o.name for o in officials(text)] == ["Lê Văn Thử"]
    both = officials(text, persons=True)
    assert [(o.name, o.official) for o in both] == [("Trần Văn Mẫu", False), ("Lê Văn Thử", True)]
    assert both[0].positions == ()


@pytest.mark.parametrize(
    ("text", "names", "aliases"),
    [
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Mẫu tặng quà.", [], ("Ông Mẫu",)),
        ("Thứ trưởng Bộ Nội vụ Trần Văn Mẫu đến. Thứ trưởng Mẫu nói.", ["Trần Văn Mẫu"], ("Thứ trưởng Mẫu",)),
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, và ông Lê Văn Mẫu, Bí thư Huyện ủy, đến. Ông Mẫu nói.", [], ()),
        ("Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Trân Văn Mẫu nói.", [], ("Ông Trân Văn Mẫu",)),
    ],
)
def test_officials_aliases(text: str, names: Sequence[str], aliases: tuple[str, ...]) -> None:
    person = officials(text, names)[0]
    assert person.aliases == aliases
    assert [m.text for m in person.mentions if m.kind == "alias"] == list(aliases)


@pytest.mark.parametrize(
    "clause",
    ["cho biết xã có 3.105 hộ nghèo", "cho biết quỹ còn 2,5 tỷ đồng", "phát biểu lúc 8:30 tại hội trường"],
)
def test_officials_activities_keep_whole_numbers(clause: str) -> None:
    found = officials(f"Ông Trần Văn Mẫu, Chủ tịch UBND xã, {clause}. Sau đó mọi người ra về.")[0].activities
    assert [a.text for a in found] == [clause]


def test_officials_activities_cut_no_word() -> None:
    text = "Ông Trần Văn Mẫu, Chủ tịch UBND xã, cho biết " + "mọi người dân trong xã đều rất phấn khởi " * 4
    (found,) = officials(text)[0].activities
    assert text[found.end] == " "


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, chủ trì hội nghị.", ["chairs"]),
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu đã phát biểu khai mạc.", ["speaks"]),
        ("Chủ tịch UBND tỉnh Trần Văn Mẫu vừa ký quyết định mới.", ["signs"]),
        ("Ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, đến thăm trường.", ["visits"]),
        ("Tham dự hội nghị có ông Trần Văn Mẫu, Chủ tịch UBND tỉnh.", ["attends"]),
        ("Ông Trần Văn Mẫu được bổ nhiệm giữ chức Giám đốc Sở Nội vụ.", ["appointed"]),
        ("Ông Trần Văn Mẫu thôi giữ chức Giám đốc Sở Nội vụ.", ["dismissed"]),
        ("Gặp ông Trần Văn Mẫu, Chủ tịch UBND tỉnh, ở cổng.", []),
    ],
)
def test_officials_activities(text: str, kinds: list[str]) -> None:
    found = officials(text, ["Trần Văn Mẫu"])[0].activities
    assert list(dict.fromkeys(a.kind for a in found)) == kinds
    assert all(a.text == text[a.start : a.end] for a in found)


def test_officials_appointment_tells_from_and_to() -> None:
    text = "Ông Trần Văn Mẫu, Phó Giám đốc Sở Nội vụ, được bổ nhiệm giữ chức Giám đốc Sở Nội vụ."
    move = next(a for a in officials(text)[0].activities if a.kind == "appointed")
    assert (move.from_position, move.to_position) == ("Phó Giám đốc Sở Nội vụ", "Giám đốc Sở Nội vụ")


def test_officials_former_and_acting() -> None:
    text = "Ông Trần Văn Mẫu, nguyên Bí thư Huyện ủy, và ông Lê Văn Thử, quyền Giám đốc Sở Nội vụ, cùng đến."
    first, second = officials(text)
    assert (first.positions[0].former, first.positions[0].acting) == (True, False)
    assert (second.positions[0].former, second.positions[0].acting) == (False, True)


def test_officials_full_name_mentions() -> None:
    text = "Ông Trần Văn Mẫu, Giám đốc Sở Nội vụ, đến. Ông Trần Văn Mẫu tặng quà.\nTRẦN VĂN MẪU ra về."
    person = officials(text, ["Trần Văn Mẫu", "TRẦN VĂN MẪU"])[0]
    assert [m.start for m in person.mentions] == [4, text.index("Trần", 10), text.index("TRẦN")]


def test_officials_drops_are_explained() -> None:
    reading = read(Article(id="t", text="Ông Trần Văn Mẫu, nông dân xã Đồng Xa, trồng ổi."))
    assert find_officials(reading, [], Places()) == []
    assert [(d.text, d.field) for d in reading.log] == [("Trần Văn Mẫu", "officials")]


WORDS = (
    "Ông|Trần Văn Mẫu|Chủ tịch|Phó|UBND|tỉnh|Nam Hải|,|-|(|)|;|.|\n|và|nguyên|là|Sở|Y tế|Giám đốc|Bộ|các đồng chí|thuộc"
)
PIECES = st.sampled_from([*WORDS.split("|"), "TP.", "ĐBQH", "Đoàn", "khóa XIV", "K'", "1", "/", "quyền"])


@given(st.lists(PIECES, max_size=40))
def test_officials_never_fails_and_quotes_hold(pieces: list[str]) -> None:
    text = " ".join(pieces) or "."
    for person in officials(text, persons=True):
        assert text[person.start : person.end] == person.text
        for span in (*person.mentions, *person.positions, *person.activities):
            assert text[span.start : span.end] == span.text
        assert person.official or not person.positions


@pytest.mark.parametrize(
    "piece",
    [
        "ông Trần Văn Mẫu, Chủ tịch UBND xã Đồng Xa, ",
        "Chủ tịch, ",
        "Sở ",
        "(",
        "nguyên ",
        "12/3-",
        "TRẦN VĂN ",
        "và các đồng chí ",
    ],
)
def test_officials_hostile_text_stays_linear(piece: str) -> None:
    """A size that takes minutes where the work grows with its square."""
    reading = read(Article(id="t", text=piece * (100_000 // len(piece))))
    begin = time.process_time()
    find_officials(reading, [], Places())
    assert time.process_time() - begin < 10
