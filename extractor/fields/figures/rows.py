"""The lexicon of the figures field: rows of programmes, units, comparators, indicators, vetoes and groups, compiled once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import ClassVar, Literal, NamedTuple, TypeAlias, TypeVar

import regex
from pydantic import Field

from extractor.compiled import compiled
from extractor.covering import Spans
from extractor.records import Comparator, Unit
from extractor.rules import Row, cache, load_rows
from extractor.rules.rows import whole_words
from extractor.text import fold

Role = Literal["join", "cover", "lack", "new", "renew", "change", "plan", "stop"]


class ProgrammeRow(Row):
    """A programme's surface forms."""

    programme: str


class UnitRow(Row):
    """A unit word; `none`: it begins like a unit and is none that enrolment figures have."""

    ASKED: ClassVar[tuple[str, ...]] = ("unit",)

    unit: Unit | Literal["none"]


class ComparatorRow(Row):
    """A word before a number that says how exactly it is meant.

    `reach`: it stands `beside` the number, or anywhere before it in its `clause`; `compounds` are other words that hold its form.
    """

    ASKED: ClassVar[tuple[str, ...]] = ("reach",)

    comparator: Comparator
    reach: Literal["beside", "clause"] = "beside"
    compounds: list[str] = Field(default_factory=list)


class IndicatorRow(Row):
    """An indicator cue (see the head of `patterns/indicators.yaml`)."""

    ASKED: ClassVar[tuple[str, ...]] = ("role",)

    role: Role
    alone: bool = False
    count: str
    percent: str
    link: Literal["near", "topic", "fixed"]
    takes_object: bool = False
    only_before: bool = False
    governs_count: bool = False
    payment: bool = False
    own_act: bool = False
    gives_cards: bool = False
    programme: str | None = None
    not_of: str | None = None
    only: tuple[str, ...] = ()
    counts: tuple[str, ...] = ()


class VetoRow(Row):
    """A cue that a number is not about taking part; `both_sides`: it may stand before a count of cards too."""

    ASKED: ClassVar[tuple[str, ...]] = ("side",)

    side: Literal["after", "before", "around", "event", "card"]
    both_sides: bool = False


class GroupRow(Row):
    """Names of groups of people."""

    population: bool = False


R = TypeVar("R", bound=Row)
_Entry: TypeAlias = tuple[tuple[str, ...], Row]  # the words of a form, and its row


_WORD = compiled(r"[\p{L}\p{N}]+|[^\s\w]")


class Cue(NamedTuple):
    """A cue `[start, end)` of the folded text and its row."""

    start: int
    end: int
    row: IndicatorRow | VetoRow


class Programme(NamedTuple):
    """A mention `[start, end)` of one programme or of several in coordination; `names` are their codes."""

    start: int
    end: int
    names: tuple[str, ...]
    weak: bool


class Lexicon:
    """Forms of many rows as one pattern, longest first, and the row of each form; rows with patterns of their own come first."""

    def __init__(self, rows: tuple[Row, ...]) -> None:
        forms = {" ".join(fold(f).split()): row for row in reversed(rows) for f in row.forms}
        self._forms = forms
        self._own = [(compiled(row.expression()), row) for row in rows if row.pattern is not None]
        own = "|".join(f"(?:{row.expression()})" for row in rows if row.pattern is not None)
        plain = whole_words(forms) if forms else ""
        self.source = "|".join(p for p in (own, plain) if p)
        self._first = _by_first_word(forms)

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """All forms and patterns as one expression, compiled when first asked for."""
        return compiled(self.source)

    def row(self, surface: str) -> Row | None:
        """The row of a surface form, or None."""
        return self._forms.get(" ".join(surface.split()))

    def find(self, words: Words) -> list[tuple[int, int, Row]]:
        """`(start, end, row)` of the forms among `words`, leftmost and longest, without overlaps; patterns of rows win."""
        out, free = [], words.start
        for pattern, row in self._own:
            out += [(m.start(), m.end(), row) for m in pattern.finditer(words.folded, words.start, words.end)]
        taken = Spans((a, b) for a, b, _ in out)
        for i, text in enumerate(words.texts):
            entries = self._first.get(text)
            if entries is None or words.starts[i] < free:
                continue
            found = _longest(entries, words, i)
            if found is not None and not taken.meet(found[0], found[1]):
                out.append(found)
                free = found[1]
        out.sort(key=lambda found: found[0])
        return out


def _longest(entries: Sequence[_Entry], words: Words, i: int) -> tuple[int, int, Row] | None:
    """The longest of the forms that begin with the word `i`, which they share."""
    for form, row in entries:
        n = len(form)
        if n == 1 or tuple(words.texts[i : i + n]) == form:
            return words.starts[i], words.ends[i + n - 1], row
    return None


def _by_first_word(forms: Mapping[str, Row]) -> dict[str, list[_Entry]]:
    """The words of each form with its row under its first word, longest first."""
    first: dict[str, list[_Entry]] = {}
    for form, row in forms.items():
        words = tuple(_WORD.findall(form))
        first.setdefault(words[0], []).append((words, row))
    return {word: sorted(entries, key=lambda e: -len(e[0])) for word, entries in first.items()}


class Words:
    """The words and marks of `folded[start:end]`, cut once a sentence and shared by all lexicons."""

    def __init__(self, folded: str, start: int, end: int) -> None:
        self.folded, self.start, self.end = folded, start, end
        found = list(_WORD.finditer(folded, start, end))
        self.texts = [m.group() for m in found]
        self.starts = [m.start() for m in found]
        self.ends = [m.end() for m in found]


@cache
def programme_names() -> frozenset[str]:
    """Names of the programmes that people take part in: those of `programmes.yaml`, a user's own among them."""
    return frozenset(row.programme for row in load_rows("programmes.yaml", ProgrammeRow))


@cache
def cue_lexicon() -> Lexicon:
    """Indicator cues."""
    return Lexicon(load_rows("indicators.yaml", IndicatorRow))


@cache
def veto_lexicon(side: str) -> Lexicon:
    """Veto cues of one side."""
    return Lexicon(tuple(r for r in load_rows("figure_vetoes.yaml", VetoRow) if r.side == side))


@cache
def group_lexicon() -> Lexicon:
    """Names of groups."""
    return Lexicon(load_rows("groups.yaml", GroupRow))


@cache
def programme_rows() -> tuple[tuple[regex.Pattern[str], ProgrammeRow], ...]:
    """Programme patterns, the more specific (longer ids) first."""
    rows = sorted(load_rows("programmes.yaml", ProgrammeRow), key=lambda r: -len(r.id))
    return tuple((compiled(row.expression()), row) for row in rows)


@cache
def _fixed() -> tuple[tuple[str, ...], tuple[regex.Pattern[str], ...]]:
    rows = [r for r in load_rows("indicators.yaml", IndicatorRow) if r.link == "fixed"]
    forms = tuple(fold(form) for row in rows for form in row.forms)
    return forms, tuple(compiled(row.expression()) for row in rows if row.pattern is not None)


def has_fixed(folded: str, start: int, end: int) -> bool:
    """Whether `folded[start:end]` may hold a cue of a programme that needs no mention of its own (EDU, VACCINE, NTM)."""
    forms, patterns = _fixed()
    text = folded[start:end]
    return any(form in text for form in forms) or any(p.search(folded, start, end) for p in patterns)


@cache
def counted_nouns(programme: str) -> frozenset[str]:
    """What the figures of a programme count by its very name, folded: they tell no group."""
    rows = [r for r in load_rows("indicators.yaml", IndicatorRow) if r.programme == programme]
    return frozenset(" ".join(fold(noun).split()) for row in rows for noun in row.counts)


@cache
def cover_forms() -> tuple[str, ...]:
    """Words of coverage, which need no programme in their own sentence."""
    rows = [r for r in load_rows("indicators.yaml", IndicatorRow) if r.alone]
    return tuple(fold(form) for row in rows for form in row.forms)
