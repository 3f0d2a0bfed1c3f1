"""Rows of `patterns/dates.yaml` and the pieces of pattern that are built from them."""

from __future__ import annotations

from typing import ClassVar, Literal

from extractor.rules import Row, Starts, Template, cache, load_rows, word_tree
from extractor.text import fold
from extractor.values.roman import ROMAN_MONTHS

Group = Literal[
    "part", "edge", "lead", "lead-school", "season", "weekday", "number", "lunar-month", "stem", "branch", "relative",
    "holiday", "not-before", "not-after", "label", "recurring", "future", "past", "result", "lunar-mark", "leap",
    "named-for-a-day", "maker", "serial", "celebrated", "so-far", "before", "until", "soon", "onto", "date-lead",
    "hour", "minute", "until-end", "lasts", "to", "until-about", "into", "just-now", "that-is", "from", "about", "since",
    "solar-mark", "night", "dawn", "and", "not-edge", "plural", "year", "term", "same-term", "few", "and-years",
    "after-year",
    "decade-word", "those-years", "decade-again", "and-to", "early", "of", "century", "counted-decade", "ordinal",
    "last-one", "this-one", "decade-hint", "full-moon", "early-day", "allow", "over-to", "or", "until-list",
    "more", "all", "around", "day", "new-year", "that-time", "point", "stretch", "unit", "way", "weekday-way", "every",
    "before-weekday", "after-ordinal", "month-of-revolution", "revolution", "month",
    "passed", "now", "this", "our-times", "vague-now", "year-way", "later", "year-past", "month-way", "that-year",
    "not-around", "quarter", "quarter-number", "times", "half", "ago-word", "exactly", "there", "no-point",
    "count-stretch", "verb-later", "first-of", "last-of", "new", "within", "not-that-year", "feast-lead", "ceremony",
    "tet", "tet-tail", "tens", "feast-link", "counted-unit", "after-month", "after-months", "month-quantity",
    "half-edge", "edge-tail", "other-year", "uncounted", "bare-edge", "weekday-way-after", "weekday-short", "at",
    "counted", "two", "those", "school-way", "school-point", "year-tail", "month-edge-lead", "after-bare-day",
    "weekday-tail", "same", "day-word", "session", "each", "timed", "scale", "grade", "time-word", "soon-after",
    "verb-after", "not-counted", "will", "adjoining", "about-to", "arranged",
]  # fmt: skip


class DateRow(Row):
    """A word of date expressions: where the grammar uses it, and its meaning as a number or as unit and offset.

    The `unit` of a page's label tells what it dates.

    A holiday's `value` is month and day (902: 2 September) of its `calendar`; `modifier` is the part that an edge names.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("group", "calendar")

    group: Group
    unit: Literal["day", "part", "week", "month", "quarter", "year", "anaphor", "published", "updated"] | None = None
    offset: int = 0
    value: int | None = None
    calendar: Literal["solar", "lunar"] = "solar"
    modifier: Literal["START", "MID", "END"] | None = None


@cache
def _groups() -> dict[str, tuple[DateRow, ...]]:
    out: dict[str, list[DateRow]] = {}
    for row in load_rows("dates.yaml", DateRow):
        out.setdefault(row.group, []).append(row)
    return {group: tuple(found) for group, found in out.items()}


def rows(group: Group) -> tuple[DateRow, ...]:
    """Rows of one group, in file order."""
    return _groups().get(group, ())


@cache
def words(group: Group, unit: str | None = None) -> str:
    """The forms of a group as the inside of a regular expression over folded text."""
    return word_tree(fold(f) for row in rows(group) if unit is None or row.unit == unit for f in row.forms)


@cache
def meaning(group: Group) -> dict[str, DateRow]:
    """Folded form → row of a group."""
    return {fold(form): row for row in rows(group) for form in row.forms}


def row_of(group: Group, quote: str) -> DateRow:
    """The row of a matched form, doubled spaces aside."""
    return meaning(group)[" ".join(quote.split())]


def edge_modifier(edge: str | None) -> Literal["START", "MID", "END"] | None:
    """The part of the value that the words of an edge name: `cuối`, `những ngày cuối` → END; None without an edge."""
    if edge is None:
        return None
    found = (meaning("edge").get(" ".join(edge.split()[k:])) for k in range(len(edge.split())))
    return next((row.modifier for row in found if row is not None), None)


@cache
def forms(group: Group) -> frozenset[str]:
    """The forms of a group, folded."""
    return frozenset(fold(f) for row in rows(group) for f in row.forms)


FULL_MOON = 15  # of the lunar month


def is_full_moon(word: str) -> bool:
    """Whether a day's word is the fifteenth of the lunar month."""
    return word in forms("full-moon")


def template(text: str) -> Template:
    """An expression with slots for groups of `patterns/dates.yaml`, `{group:unit}` for the rows of one unit."""
    return Template(text, _slot)


@cache
def starts(expression: Template, *slots: str) -> Starts:
    """An expression all of whose matches begin with the whole of a form of one of the slots, where a token begins."""
    found = (name.partition(":") for name in slots)
    forms_of = [f for group, _, unit in found for row in rows(group) if unit in ("", row.unit) for f in row.forms]  # type: ignore[arg-type]
    return Starts(" ".join(("dates", *slots)), expression.compiled, forms_of, whole=True)


def _slot(name: str) -> str:
    group, _, unit = name.partition(":")
    return words(group, unit or None)  # type: ignore[arg-type]


_SENSES = {
    group: template(rf"(?<!\p{{L}}){{{group}}}(?!\p{{L}}|(?<={{about-to}})[ ]{{arranged}})")
    for group in ("future", "past", "result")
}


def sense(group: Literal["future", "past", "result"]) -> Template:
    """The words that tell whether a sentence looks ahead or back."""
    return _SENSES[group]


def number(word: str) -> int | None:
    """A number in digits, Roman numerals up to XII or number words up to thirty; None for anything else."""
    word = " ".join(word.split())
    if word.isdecimal():
        return int(word) if len(word) < 5 else None
    if word in ROMAN_MONTHS:
        return ROMAN_MONTHS[word]
    row = meaning("number").get(word) or meaning("lunar-month").get(word)
    return row.value if row else None
