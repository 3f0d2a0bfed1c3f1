"""Work grows with the text and not faster, whatever repeats in it: counted calls, no seconds."""

from __future__ import annotations

import copyreg
import cProfile
import functools
import importlib
import math
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import CodeType, FrameType

import pytest
import regex
import yaml

import extractor
from extractor.fields.figures.frame import LONGEST_MATCH, Frame
from extractor.language import read
from extractor.models import Article, Reading
from extractor.outline import Opening, outline
from extractor.rules import Template, patterns_dir

PUNCTUATION = (", ", ". ", "; ", " ", "\n", " (", " – ", ": ", '" ', "/", " và ")
END = "\nNgày 12/3/2019, xã Yên Khê có 512 người tham gia BHYT."
MOST = 1.1
SINGLE = (12_000, 36_000)  # beyond the steps that a decision over a whole text makes
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
# What a search over all triggers, alone and in sentences, found to be over-linear, or slow in one expression.
FOUND = (
    "ĐBQH, ",
    "quận ủy viên và ",
    "ĐB và ",
    "ông Lê Văn Tám, GD ĐT, ",
    "N",
    "Giám đốc Sở Y tế Lê Văn Tám, ",
    "Chủ tịch UBND xã Yên Khê Lê Văn Tám; ",
)
# What fills one run of capitals, one list, one table: loops over all of it that call nothing.
RUNS = ("Bà Rịa Vũng Tàu ", "các hồ Ba Bể, ", "Nguyễn Văn An, Trần Thị Bé, ", "Xã có 512 người, đạt 60%. ")
# One person with thousands of posts, one programme or heading over thousands of numbers: what is asked of all of them each time.
OFTEN = (
    "Ông Lê Văn Tám, Giám đốc Sở Y tế; ông Lê Văn Tám, Phó Giám đốc Sở Nội vụ; ",
    "Ông Lê Văn Tám, Giám đốc. Theo ông Lê Văn Tám, Chủ tịch. ",
    "Hạn chế:\n- Xã có 512 người tham gia BHYT\n",
    "Phải có 5.000 người tham gia BHYT. Mới có 3.000 người tham gia BHYT, đạt 60%. ",
    "Có 92% dân số tham gia BHYT. Còn 8% chưa tham gia BHYT. ",
)
# Sentences are read in pieces of some thousand characters: their work is even only beyond a few of these.
PIECES = (
    "thẻ BHYT được cấp cho 5.000 người: ",
    "từ 2011 đến 2015 Cứ 10 người thì có 8 người; ",
    "Chỉ tiêu chủ yếu năm 2018: và ",
)
LARGE = (
    ("Q.1, ", 8_000, 40_000),
    ("((([[", 8_000, 40_000),
    ("(a (b [c ", 8_000, 40_000),
    ("| 12 | a ", 18_000, 90_000),  # 20,000 cells
    ("| Yên Khê | 512 | 3,4 |\n", 32_000, 160_000),
)
FRAMES = (
    "ông Lê Văn Tám, {}, ",
    "Ông Lê Văn Tám, {} xã Yên Khê. ",
    "{} Trần Thị Mận và ",
    "Năm 2018 xã Yên Khê có 512 {} tham gia BHYT; ",
    "{} 12/QĐ-UBND ngày 5/6/2018 của UBND tỉnh Nghệ An, ",
    "tại {} (Nghệ An), ",
    "từ 2011 đến 2015 {}; ",
    "tăng 12% {} so với 2017, ",
    "| {} | 512 | 3,4 |\n",
    "“{}” ",
)


@functools.cache
def triggers() -> list[str]:
    """Every form and example of every pattern file."""
    out: set[str] = set()
    for path in sorted(patterns_dir().glob("*.yaml")):
        for row in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader):
            out.update(row.get("forms") or row["examples"])
    return sorted(out)


def counted(work: Callable[[], object]) -> int:
    """How many functions, of Python and of libraries, a piece of work calls."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        work()
    finally:
        profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


def calls(text: str) -> int:
    """How many functions the reading of a text calls."""
    return counted(lambda: extractor.extract(text, published=date(2019, 3, 20)))


def exponent(unit: str, small: int, large: int) -> float:
    few, many = (calls((unit * (size // len(unit) + 1))[:size] + END) for size in (small, large))
    return math.log(many / few, large / small)


def generated(number: int, seed: int) -> list[str]:
    dice, words = random.Random(seed), triggers()
    return [dice.choice(words) + dice.choice(PUNCTUATION) for _ in range(number)]


def framed(number: int, seed: int) -> list[str]:
    """Triggers within sentences, and two of them beside each other."""
    dice, words = random.Random(seed), triggers()
    alone = [dice.choice(FRAMES).format(dice.choice(words)) for _ in range(number // 2)]
    return alone + [
        "".join(dice.choice(words) + dice.choice(PUNCTUATION) for _ in range(2)) for _ in range(number // 2)
    ]


def stepped(work: Callable[[], object]) -> int:
    """How many lines of Python a piece of work executes; a loop written on one line counts each time round."""
    return sum(stepped_in(work).values())


def stepped_in(work: Callable[[], object]) -> Counter[str]:
    """How many lines each function executes."""
    steps: Counter[CodeType] = Counter()

    def trace(frame: FrameType, event: str, _argument: object) -> object:
        if event == "line":
            steps[frame.f_code] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        work()
    finally:
        sys.settrace(before)
    return Counter({f"{code.co_filename}:{code.co_qualname}": number for code, number in steps.items()})


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    """What is compiled once a process is no work of a text."""
    for unit in (*KNOWN, *FOUND):
        extractor.extract(unit * 3 + END, published=date(2019, 3, 20))


@pytest.mark.parametrize(
    ("unit", "small"),
    [
        *((unit, 1_500) for unit in (*KNOWN, *FOUND)),
        *(pytest.param(unit, 5_000, marks=pytest.mark.slow) for unit in (*KNOWN, *FOUND, *generated(12, 3))),
    ],
)
def test_work_grows_with_the_text(unit: str, small: int) -> None:
    """H2: calls counted, for every trigger word and mark; daily in short texts."""
    assert exponent(unit, small, 3 * small) <= MOST


@pytest.mark.parametrize("unit", [*RUNS, OFTEN[-1]])
def test_steps_grow_with_the_text(unit: str) -> None:
    """H2: lines executed, for loops that call nothing."""
    few, many = (
        stepped(lambda size=size: extractor.extract(unit * (size // len(unit)) + END))  # type: ignore[misc]
        for size in (2_000, 6_000)
    )
    assert math.log(many / few, 3) <= MOST


def test_the_count_of_steps_sees_a_square() -> None:
    def squares(size: int) -> int:
        return stepped(lambda: [sum(1 for n in range(size) if n < 0) for _ in range(size)])

    assert math.log(squares(200) / squares(50), 4) > 1.9


class Watched(str):
    """A text that counts the characters which are copied out of it."""

    copied = 0

    def __getitem__(self, key: int | slice) -> str:  # type: ignore[override]
        piece = super().__getitem__(key)
        Watched.copied += len(piece)
        return piece


def copied(text: str) -> int:
    """How many characters are copied out of a text, and its folded form, while it is read."""

    def watched(article: Article) -> Reading:
        reading = read(article)
        object.__setattr__(reading, "text", Watched(reading.text))
        object.__setattr__(reading, "folded", Watched(reading.folded))
        return reading

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("extractor.pipeline.read", watched)
        Watched.copied = 0
        extractor.extract(text, published=date(2019, 3, 20))
    return Watched.copied


@pytest.mark.parametrize(
    "unit",
    [
        "Phó Chủ tịch, ",
        "bà Lê Thị Mận giữ chức Giám đốc từ năm 2015 ",
        "Hà Nội" + "*" * 45,
        "một số địa phương – yêu cầu mỗi chi bộ vận động 5 người (",
        PIECES[0],
    ],
)
def test_what_is_copied_grows_with_the_text(unit: str) -> None:
    """A15, H2: a copy of all the text before a word, or behind it, is one step and no call."""
    few, many = (copied(unit * (size // len(unit)) + END) for size in (3_000, 12_000))
    assert few > 3_000
    assert math.log(many / few, 4) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("unit", OFTEN)
def test_steps_of_no_function_grow_faster_than_the_text(unit: str) -> None:
    """H2: a square that is a small part of all work as yet is seen in the function that does it."""
    few, many = (stepped_in(lambda size=size: extractor.extract(unit * (size // len(unit)) + END)) for size in SINGLE)  # type: ignore[misc]
    grown = {name: math.log(many[name] / max(few[name], 1), 3) for name in many if many[name] > 20_000}
    assert grown
    assert {name: power for name, power in grown.items() if power > 1.5} == {}


@pytest.mark.slow
@pytest.mark.parametrize(("unit", "small", "large"), LARGE, ids=[case[0] for case in LARGE])
def test_work_grows_with_long_lists_brackets_and_tables(unit: str, small: int, large: int) -> None:
    exponent(unit, 2_000, 4_000)
    assert exponent(unit, small, large) <= MOST


@pytest.mark.parametrize("unit", ["chị Lò Thị Hoài, ", "Bronwyn Kjeldsen nói, ", "anh T.Đ (31 tuổi); "])
def test_work_of_redaction_grows_with_the_text(unit: str) -> None:
    few, many = (
        counted(lambda size=size: extractor.extract(unit * (size // len(unit)) + END, redact=True))  # type: ignore[misc]
        for size in (2_000, 6_000)
    )
    assert math.log(many / few, 3) <= MOST


def _named(number: int) -> str:
    """As many private persons of different names: some of this country, some not, some with initials."""
    ends, middles = ("Hoài", "Mận", "Sửu", "Tám", "Út", "Xuân", "Yến"), ("Thị", "Văn", "Ngọc", "Bích", "Kim")
    letters = "BCDGHKLMNPRSTVX"
    told = []
    for n in range(number):
        rest = "".join(letters[n // 15**k % 15].lower() + "aeiou"[n // 5**k % 5] for k in range(3))
        told.append(
            f"chị Lò {middles[n % 5]} {rest.capitalize()} {ends[n % 7]}, Bronwyn {rest.capitalize()}jeldsen nói; "
        )
        told.append(f"anh {letters[n % 15]}.{rest.capitalize()} (31 tuổi); ")
    return "".join(told) + END


def test_work_of_redaction_grows_with_different_names() -> None:
    """A15: what is looked for in the text anew for each name, or in one expression of all names, is a square."""
    small, large = (_named(number) for number in (320, 960))  # fewer are compared one by one
    sources: list[int] = []
    real = regex.compile

    def noted(source: str, *more: object, **named: object) -> object:
        sources.append(len(source))
        return real(source, *more, **named)  # type: ignore[arg-type]

    found = []
    assert "Lò" not in extractor.extract(_named(40), redact=True).text
    for text in (small, large):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(regex, "compile", noted)
            sources.clear()
            found.append((counted(lambda text=text: extractor.extract(text, redact=True)), sum(sources)))  # type: ignore[misc]
    (few, words), (many, more) = found
    assert math.log(many / few, len(large) / len(small)) <= MOST
    assert more == words


@pytest.mark.slow
@pytest.mark.parametrize("unit", [*generated(200, 5), *framed(40, 7), *PIECES])
def test_work_grows_with_the_text_of_many_triggers(unit: str) -> None:
    """H2: 200 triggers alone, 40 in sentences, 3 that fill a sentence."""
    exponent(unit, 2_000, 4_000)
    found = exponent(unit, *((24_000, 96_000) if unit in PIECES else (16_000, 64_000)))
    if found > MOST:  # a step, where more is read from some length on, is no growth
        found = exponent(unit, 64_000, 256_000)
    assert found <= MOST


@pytest.mark.exhaustive
@pytest.mark.parametrize("unit", [*KNOWN, *FOUND, *PIECES])
def test_work_grows_with_a_text_of_a_megabyte(unit: str) -> None:
    assert exponent(unit, 125_000, 1_000_000) <= MOST


def test_the_count_sees_a_square() -> None:
    def squares(size: int) -> int:
        return counted(lambda: [len("") for _ in range(size) for _ in range(size)])

    assert math.log(squares(200) / squares(50), 4) > 1.9


def test_what_stands_last_before_many_numbers_is_searched_once() -> None:
    """H2: the work of an expression is counted in characters that it is let see."""
    reading = read(Article(id="", text=("ông Lê Văn Tám nói " + "đạt 12%; " * 90) * 3))
    frame = Frame(reading, outline(reading), (), Opening((), 0, (0, 0)))
    name, seen = regex.compile(r"ông(?:\s\p{Lu}\p{Ll}+)+(?!\p{L})"), []

    class Counting:
        def finditer(self, text: str, start: int, end: int) -> Iterator[regex.Match[str]]:
            seen.append(end - start)
            return name.finditer(text, start, end)

    for end in (*range(3, len(reading.text)), 300):  # and one that goes back
        found = frame.last("name", Counting(), reading.text, 2, end)  # type: ignore[arg-type]
        told = list(name.finditer(reading.text, 2, end))
        assert (found and found.span()) == (told[-1].span() if told else None)
    assert max(seen[:-1]) <= 2 * LONGEST_MATCH


def test_no_expression_looks_back_without_a_bound() -> None:
    """H2: what may repeat without end behind an offset is looked at again at each of many."""
    repeated = regex.compile(r"(?<!\\)\(\?<[=!](?P<in>(?:[^()\[\]\\]|\\.|\[(?:[^\]\\]|\\.)*\]|\((?&in)\))*)\)")
    open_ended = regex.compile(r"(?<!\\)[*+]\+?(?![^\[]*\])|\{\d+,\}")
    shown = {
        f"{path.name}: {found[0]}"
        for path in Path(extractor.__file__).parent.rglob("*.py")
        for found in repeated.finditer(path.read_text("utf-8"))
        if open_ended.search(found["in"])
    }
    assert repeated.search(r"(?<=\d(?:\p{Lu}[/\-])*\n)x")
    assert open_ended.search(r"\d(?:\p{Lu}[/\-])*\n")
    assert not shown


def _tried_at_offsets() -> dict[str, regex.Pattern[str]]:
    """The expressions of the modules of the fields that are only matched where they are told, by their names."""
    package = Path(extractor.__file__).parent
    sources = {path: path.read_text("utf-8") for path in package.rglob("*.py")}
    found = {}
    for path in sorted((package / "fields").rglob("*.py")):
        module = importlib.import_module(".".join((package.name, *path.relative_to(package).with_suffix("").parts)))
        for name, value in vars(module).items():
            if not isinstance(value, regex.Pattern | Template) or f"\n{name} = " not in sources[path]:
                continue
            where = sources[path] if name.startswith("_") else "\n".join(sources.values())
            used = set(regex.findall(rf"(?<!\w){name}\b(?! = |\w)(?:\.(\w+)\()?", where)) - {""}
            if "match" in used and used <= {"match", "fullmatch"}:
                found[f"{module.__name__}.{name}"] = _expression(value)
    return found


def _expression(value: regex.Pattern[str] | Template) -> regex.Pattern[str]:
    """The expression that `match` tries; a template's is made at its first match."""
    if isinstance(value, regex.Pattern):
        return value
    value.match("")
    return next(iter(value._anchored.values()))


def test_expressions_tried_at_offsets_look_at_no_more_of_the_text() -> None:
    """A4: regex looks for the characters that a match must have in all the rest of a text; `anchored` keeps it from that."""
    needed = {
        name: text
        for name, pattern in _tried_at_offsets().items()
        if (text := "".join(map(chr, copyreg.dispatch_table[type(pattern)](pattern)[1][8])))
    }
    assert len(_tried_at_offsets()) > 50
    assert not needed
    assert "".join(map(chr, copyreg.dispatch_table[regex.Pattern](regex.compile(r"a*\("))[1][8])) == "("
