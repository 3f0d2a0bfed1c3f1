"""Work grows with the text and not faster, whatever repeats in it: counted calls, no seconds."""

from __future__ import annotations

import math
import random
import sys
from datetime import date
from types import FrameType

import pytest
import yaml

import extractor
from extractor.rules import patterns_dir

PUNCTUATION = (", ", ". ", "; ", " ", "\n", " (", " – ", ": ", '" ', "/", " và ")
END = "\nNgày 12/3/2019, xã Yên Khê có 512 người tham gia BHYT."
MOST = 1.1
KNOWN = (
    "Phó Chủ tịch, ",
    "Nguyễn Văn An, Trần Thị Bé, ",
    "Căn cứ Nghị định 12/2018/NĐ-CP ngày 5/6/2018; ",
    "Q.1, ",
    ".",
    "((a) ",
    "| 12 | a ",
    "Tin liên quan ",
)


def triggers() -> list[str]:
    """Every form and example of every pattern file."""
    out: set[str] = set()
    for path in sorted(patterns_dir().glob("*.yaml")):
        for row in yaml.safe_load(path.read_text("utf-8")):
            out.update(row.get("forms") or row["examples"])
    return sorted(out)


def calls(text: str) -> int:
    """How many functions, of Python and of libraries, the reading of a text calls."""
    count = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counted)
    try:
        extractor.extract(text, published=date(2019, 3, 20))
    finally:
        sys.setprofile(None)
    return count


def exponent(unit: str, small: int, large: int) -> float:
    few, many = (calls((unit * (size // len(unit) + 1))[:size] + END) for size in (small, large))
    return math.log(many / few, large / small)


def generated(number: int, seed: int) -> list[str]:
    dice, words = random.Random(seed), triggers()
    return [dice.choice(words) + dice.choice(PUNCTUATION) for _ in range(number)]


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is compiled once a process is no work of a text."""
    for unit in (*KNOWN, *generated(12, 3)):
        extractor.extract(unit * 3 + END, published=date(2019, 3, 20))


@pytest.mark.parametrize("unit", [*KNOWN, *generated(12, 3)])
def test_work_grows_with_the_text(unit: str) -> None:
    """H2: calls counted, for every trigger word and mark."""
    assert exponent(unit, 8_000, 24_000) <= MOST


@pytest.mark.exhaustive
@pytest.mark.parametrize("unit", [*KNOWN, *generated(200, 5)])
def test_work_grows_with_the_text_of_many_triggers(unit: str) -> None:
    exponent(unit, 2_000, 4_000)
    assert exponent(unit, 16_000, 64_000) <= MOST


@pytest.mark.exhaustive
@pytest.mark.parametrize("unit", KNOWN)
def test_work_grows_with_a_text_of_a_megabyte(unit: str) -> None:
    assert exponent(unit, 125_000, 1_000_000) <= MOST


def test_the_count_sees_a_square() -> None:
    def squares(size: int) -> int:
        count = 0

        def counted(frame: FrameType, event: str, argument: object) -> None:
            nonlocal count
            count += event == "c_call"

        sys.setprofile(counted)
        try:
            for _ in range(size):
                for _ in range(size):
                    len("")
        finally:
            sys.setprofile(None)
        return count

    assert math.log(squares(200) / squares(50), 4) > 1.9
