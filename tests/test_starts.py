"""Look-ups in place of searches: they must give what the search of the whole text gives."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from extractor.fields.officials.marks import Forms
from extractor.language import read
from extractor.models import Article, Reading
from extractor.ranking import Ranker, labelled
from extractor.rules import Starts, digit_places, first_words, matches_at, token_places
from extractor.syllables import TOKEN, tokens

ODD = " \n\t\u00a0aAđĐ'’.,1²_\u0301-\x85ǅuỷTP"
FORMS = ("bổ nhiệm", "được bổ nhiệm", "giữ chức", "thôi", "miễn nhiệm")


def reading_of(text: str) -> Reading:
    return read(Article(id="t", text=text))


@given(st.text(ODD, max_size=40))
def test_tokens_of_known_pieces_are_those_of_the_expression(text: str) -> None:
    for _ in range(2):  # the second time from what was kept
        starts, ends, strings = tokens(text)
        assert list(zip(starts, ends, strict=True)) == [m.span() for m in TOKEN.finditer(text)]
        assert strings == [m.group() for m in TOKEN.finditer(text)]


def made(*, whole: bool = False, alone: bool = False) -> Starts:
    body = "|".join(sorted(FORMS, key=len, reverse=True)).replace(" ", r"\s+")
    pattern = regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{body})(?![\p{{L}}\p{{N}}])")
    return Starts(f"test {whole} {alone}", pattern, FORMS, whole=whole, alone=alone)


@given(
    st.lists(
        st.sampled_from(
            [
                *FORMS,
                "ông",
                "Bổ nhiệm",
                "Thôi",
                "được",
                "bổ",
                "giữ",
                "thôiviệc",
                "12",
                "\n",
                "\u00a0",
                "",
                ",",
                "(thôi)",
            ]
        ),
        max_size=14,
    ),
    st.integers(0, 40),
    st.integers(0, 90),
    st.sampled_from([(False, False), (True, False), (True, True)]),
)
def test_starts_find_what_a_search_finds(words: list[str], begin: int, end: int, kind: tuple[bool, bool]) -> None:
    reading, starts = reading_of(" ".join(words)), made(whole=kind[0], alone=kind[1])
    end = min(end, len(reading.folded))
    for low, high in ((begin, end), (0, len(reading.folded)), (begin, end)):
        wanted = [m.span() for m in starts.pattern.finditer(reading.folded, low, high)]
        assert [m.span() for m in starts.finditer(reading, low, high)] == wanted
        found = starts.search(reading, low, high)
        assert (found and found.span()) == (wanted[0] if wanted else None)
    for at in reading.starts:
        one, other = starts.match(reading, at, max(at, end)), starts.pattern.match(reading.folded, at, max(at, end))
        assert (one and one.span()) == (other and other.span())


@given(st.lists(st.sampled_from([*FORMS, "bổ", "nhiệm", "thôiviệc", "th", "12", "", ",", "(thôi)"]), max_size=12))
def test_forms_are_found_as_an_expression_finds_them(words: list[str]) -> None:
    text, table = " ".join(words), Forms(FORMS)
    body = "|".join(sorted(FORMS, key=len, reverse=True)).replace(" ", " {1,3}")
    border = r"[\p{L}\p{N}]"
    pattern = regex.compile(rf"(?<!{border})(?:{body})(?!{border})")
    assert [hit.span() for hit in table.finditer(text)] == [m.span() for m in pattern.finditer(text)]
    for word in regex.finditer(r"(?<![\p{L}\p{N}])[\p{L}\p{N}]", text):
        hit, wanted = table.match(text, word.start()), pattern.match(text, word.start())
        assert (hit and hit.span()) == (wanted and wanted.span())


def test_first_words_of_forms() -> None:
    assert first_words(["Giám đốc", "PGĐ", "đ/c"]) == {"giám", "pgđ", "đ"}
    assert first_words(["giám đốc", "(phó)"]) is None  # begins with no letter: there is nothing to look for


def test_words_asked_for_later_are_told_of_a_reading_asked_before() -> None:
    reading = reading_of("Chiều nay, bà Tạ Thị Ngàn từ nhiệm và trở về trường cũ.")
    token_places(reading)
    assert [m.group() for m in Starts("later", regex.compile("trở về"), ["trở về"]).finditer(reading)] == ["trở về"]


@given(st.text("12 /.-ab", max_size=60))
def test_matches_at_digits_are_all_matches(text: str) -> None:
    pattern = regex.compile(r"(?<![\p{L}\d])\d{1,2}(?:[/.-]\d{1,2})?(?!\d)")
    reading = reading_of(text)
    found = matches_at(pattern, reading.folded, digit_places(reading))
    assert [m.span() for m in found] == [m.span() for m in pattern.finditer(reading.folded)]


def test_labels_scored_together_are_those_scored_one_by_one() -> None:
    weights = {"a|x": 0.5, "b|x": -0.25, "c|y": 2.0, "b|z": 1.0}
    one = Ranker(weights).choose_label(["x", "z", "unknown"], ("a", "b", "c"))
    other = Ranker(weights).choose([labelled(["x", "z", "unknown"], label) for label in ("a", "b", "c")])
    assert one.index == other.index == 1
    assert one.probabilities == pytest.approx(other.probabilities)
