"""Counts of how posts go elsewhere: what is counted, and how sure it has to be. Own sentences throughout."""

from __future__ import annotations

from extractor.fields.officials.post_counts import PostCounts, post_counts
from extractor.language import read
from extractor.models import Article
from extractor.training.post_counts import counted, rows


def lines(*texts: str) -> dict[tuple[str, str, str], int]:
    found = counted(read(Article(id="1", text=text)) for text in texts)
    return {(a, b, c): int(n) for a, b, c, n in (line.rstrip("\n").split("\t") for line in found)}


def test_a_role_is_counted_with_the_head_of_its_body() -> None:
    got = lines("Ông Trần Văn Mẫu, nguyên Phó Giám đốc Sở Xây dựng tỉnh Nam Hải, dự họp.")
    assert got[("held", "giám đốc", "sở xây")] == 1


def test_the_words_of_a_body_are_counted_where_a_mark_ends_it() -> None:
    text = "Ông Trần Văn Mẫu, Giám đốc Sở Xây dựng, dự họp."
    found = set(rows(read(Article(id="1", text=text))))
    assert ("inner", "xây", "dựng") in found
    assert ("last", "dựng", "") in found


def test_nothing_is_counted_where_a_verb_goes_on() -> None:
    text = "Ông Trần Văn Mẫu, Giám đốc Sở Xây dựng phát biểu khai mạc, dự họp."
    assert not [row for row in rows(read(Article(id="1", text=text))) if row[0] == "last"]


def test_steps_of_counts() -> None:
    counts = PostCounts({("bí thư", "huyện ủy"): 9}, {("bí thư"): 30}, {("lồng", "ngực"): 7}, {"ngực": 2})
    assert counts.fits("bí thư", "huyện ủy") == "3"
    assert counts.fits("bí thư", "sở y") == "0"
    assert counts.fits("thủ kho", "sở y") == "-"
    assert counts.tie("lồng", "ngực") == "02"


def test_shipped_counts_know_what_bodies_a_role_has() -> None:
    counts = post_counts()
    assert counts.fits("chủ tịch", "ủy ban") > counts.fits("chủ tịch", "tỉnh ủy")
