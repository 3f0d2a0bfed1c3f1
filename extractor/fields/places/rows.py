"""The rows of `patterns/places_*.yaml`, compiled: type words, aliases, nouns that decide what a bare name is, other places."""

from __future__ import annotations

import re
from typing import ClassVar, Literal

import regex
from pydantic import model_validator

from extractor.compiled import compiled
from extractor.gazetteer import gazetteer, key
from extractor.gazetteer.names import splits, syllable
from extractor.rules import Row, Starts, Template, cache, load_rows, word_tree
from extractor.text import fold

LevelName = Literal["province", "district", "commune", "hamlet"]


Kind = Literal[
    "surnames", "announce", "symbols", "company", "compounds", "openings", "plural", "number", "plural-type", "house",
    "and", "comma", "joint", "direction", "corner", "towards", "region-tail", "office-start", "number-sign", "small-tail",
    "middle", "person-name", "type-start", "type-pair", "alias-type", "former", "formerly", "was", "not-small", "inside",
    "has", "counted", "province-word", "after-number", "after-dash", "after-and", "time-unit", "counted-number", "of",
    "belongs", "commune-word", "lower-type", "district-word", "item-type", "foreign-parent", "after-name", "after-hamlet",
    "half-word", "no-name", "bracket", "holder", "hamlet-inside", "hamlet-long", "hamlet-common", "hamlet-counted",
    "hamlet-numbered", "not-yet", "on-day", "host", "is", "one",
]  # fmt: skip


class TypeRow(Row):
    """A type word: the levels it can mean, the gazetteer's types, `short` for abbreviations, `weak` for everyday words.

    `abroad`: an unknown name after it can be a unit of another country; `initial`: before one word it is a person's initial.
    """

    level: tuple[LevelName, ...]
    types: tuple[str, ...] = ()
    short: bool = False
    weak: bool = False
    abroad: bool = False
    initial: bool = False


class AliasRow(Row):
    """Another way to write one unit. No `code`: a unit of before 2017. `own`: the text's spelling is kept as the name.

    `bare`: a popular name that needs the usual evidence of a bare name. `opens`: how a pattern can begin, two letters or more.
    """

    name: str
    code: str | None = None
    opens: tuple[str, ...] = ()
    own: bool = False
    bare: bool = False

    @model_validator(mode="after")
    def _opens(self) -> AliasRow:
        if self.pattern is not None and not self.opens:
            raise ValueError("a row with a 'pattern' says in 'opens' how it can begin")
        return self

    def doubts(self) -> tuple[str, ...]:
        """A code that no unit has: the alias would be of no place."""
        if self.code is None or gazetteer().versions(self.code):
            return ()
        return (f"code {self.code!r} is no unit's; 'extractor places NAME' prints the codes of a name",)

    @property
    def of_district(self) -> bool:
        """Whether the unit is a district."""
        return self.code is not None and len(self.code) == 3

    def beginnings(self) -> tuple[str, ...]:
        """How the alias can begin, folded."""
        return tuple(fold(o) for o in self.opens or self.forms)


class NounRow(Row):
    """A word before a bare name and what it makes of it. `soft` words are weak evidence; after an `area` word a
    province's name is still the province ("biển Bình Thuận"); `own` ones bear any smaller unit's name as their own.

    `joined`: dashes join the name; `single`: one word after it is a name, whatever it is; `no_acronym`: an acronym is none;
    `bears_type`: a type word in capitals after it is part of the name.
    """

    effect: Literal["other", "person", "unit"]
    level: tuple[LevelName, ...] = ()
    soft: bool = False
    area: bool = False
    own: bool = False
    joined: bool = False
    single: bool = False
    no_acronym: bool = False
    bears_type: bool = False


class OtherRow(Row):
    """Names of places that are no units; `country` marks those of other countries."""

    country: bool = False


class WordsRow(Row):
    """Plain word lists: family names (`surnames`), the signs that announce a list (`announce`), names that are borne
    everywhere (`symbols`), words that end like a noun of places (`compounds`) or begin like a country (`openings`),
    a company's words before its name (`company`, with the words that end its trade in `stops`), what hosts call a province
    (`host`, with its `code`). The others are closed classes that the expressions of the finder are made of (`Template`)."""

    ASKED: ClassVar[tuple[str, ...]] = ("kind",)

    kind: Kind
    stops: tuple[str, ...] = ()
    code: str | None = None


def _join(forms: list[str]) -> str:
    return "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r"\s+")
        for f in sorted(forms, key=lambda form: (-len(form), form))
    )


@cache
def type_rows() -> tuple[TypeRow, ...]:
    """All type words, abbreviations among them."""
    return load_rows("places_types.yaml", TypeRow)


@cache
def type_words() -> tuple[re.Pattern[str], dict[str, TypeRow]]:
    """Full type words over folded text, a name or number to follow; and form → row."""
    rows = [r for r in type_rows() if not r.short]
    forms = {fold(f): row for row in rows for f in row.forms}
    first = {form[0] for form in forms}  # `re` is twice as fast as `regex` on plain words
    # The letter before the look back for it: the scan then leaps from one such letter to the next.
    body = "|".join(
        rf"{c}(?<![^\W_]{c})(?:{_join([form[1:] for form in forms if form[0] == c])})" for c in sorted(first)
    )
    return re.compile(rf"(?:{body})(?=[\s.:\"'(\d])"), forms


@cache
def type_starts() -> Starts:
    """The type words, tried only where one of their first words stands."""
    pattern, forms = type_words()
    return Starts("type words", pattern, forms, whole=True)


@cache
def short_words() -> tuple[regex.Pattern[str], dict[str, TypeRow]]:
    """Abbreviated type words over the text itself ("TP.", "Q.1", "H.Hóc Môn", glued "uỷTP."); and folded form → row."""
    rows = [r for r in type_rows() if r.short]
    forms = {fold(f).rstrip("."): row for row in rows for f in row.forms}
    cased = sorted({c for f in forms for c in (f.upper(), f.capitalize())}, key=lambda form: (-len(form), form))
    body = "|".join(regex.escape(f, special_only=True, literal_spaces=True) for f in cased)
    return compiled(
        rf"(?<![\p{{Lu}}\p{{N}}./&-])({body})(?:\s?\.\s?|\s|(?=\p{{N}})|(?<=..)(?=\p{{Lu}}))(?=[\p{{Lu}}\p{{N}}])"
    ), forms


@cache
def alias_rows() -> tuple[AliasRow, ...]:
    """All other ways to write a unit."""
    return load_rows("places_aliases.yaml", AliasRow)


@cache
def aliases() -> dict[str, tuple[tuple[str, ...], regex.Pattern[str], tuple[AliasRow, ...]]]:
    """By their first two letters: how aliases can begin, their rows as one pattern over folded text with one group a row, and
    the rows in the order of the groups. Cheap tests first: most words that begin with such letters are no aliases."""
    rows = alias_rows()
    found = {}
    for two in {o[:2] for row in rows for o in row.beginnings()}:
        these = tuple(row for row in rows if any(o.startswith(two) for o in row.beginnings()))
        opens = tuple(sorted({o for row in these for o in row.beginnings() if o.startswith(two)}))
        found[two] = opens, compiled("|".join(f"({row.expression()})" for row in these)), these
    return found


@cache
def nouns() -> dict[str, NounRow]:
    """Folded form → row."""
    return {fold(f): row for row in load_rows("places_nouns.yaml", NounRow) for f in row.forms}


@cache
def noun_endings() -> dict[str, int]:
    """The last words of all nouns and how many words the longest of those nouns has: a cheap test before the table is asked."""
    sizes: dict[str, int] = {}
    for form in nouns():
        *_, last = words = form.split()
        sizes[last] = max(sizes.get(last, 0), len(words))
    return sizes


@cache
def other_names() -> frozenset[str]:
    """Keys of names that are no units."""
    return frozenset(key(f) for row in load_rows("places_other.yaml", OtherRow) for f in row.forms)


@cache
def countries() -> frozenset[str]:
    """Keys of the other countries' names."""
    return frozenset(key(f) for row in load_rows("places_other.yaml", OtherRow) if row.country for f in row.forms)


@cache
def other_pairs() -> frozenset[str]:
    """Keys of the first two syllables of those names that have more."""
    parts = (splits(f)[0] for row in load_rows("places_other.yaml", OtherRow) for f in row.forms)
    return frozenset("".join(map(syllable, p[:2])) for p in parts if len(p) > 2)


@cache
def noun_tails() -> frozenset[str]:
    """The last two letters of the last words of all nouns: a cheaper test still."""
    return frozenset(word[-2:] for word in noun_endings())


@cache
def word_rows(kind: Kind) -> tuple[WordsRow, ...]:
    """The rows of one kind of `patterns/places_words.yaml`."""
    return tuple(row for row in load_rows("places_words.yaml", WordsRow) if row.kind == kind)


@cache
def words(kind: Kind) -> frozenset[str]:
    """The forms of a kind, folded: `surnames`, `openings` (words whose first syllable is a country too) …"""
    return frozenset(fold(f) for row in word_rows(kind) for f in row.forms)


@cache
def keys(kind: Kind) -> frozenset[str]:
    """The forms of a kind as the gazetteer's keys: `symbols`, `person-name`."""
    return frozenset(key(f) for row in word_rows(kind) for f in row.forms)


@cache
def tails(kind: Kind) -> tuple[str, ...]:
    """The last words of the forms of a kind."""
    return tuple(sorted({form.split()[-1] for form in words(kind)}))


@cache
def split_words(kind: Kind) -> dict[str, tuple[str, ...]]:
    """Last word → what may stand before it, a blank after it, for the forms of a kind: `cầu` → `yêu `, `nhu ` …"""
    found: dict[str, list[str]] = {}
    for form in sorted(words(kind)):
        head, _, last = form.rpartition(" ")
        found.setdefault(last, []).append(f"{head} ")
    return {last: tuple(heads) for last, heads in found.items()}


def template(text: str) -> Template:
    """An expression with slots for kinds of `patterns/places_words.yaml`."""
    return Template(text, lambda kind: word_tree(words(kind)))  # type: ignore[arg-type]


@cache
def hosts() -> dict[str, str]:
    """What hosts call a province, and its code."""
    return {form: row.code for row in word_rows("host") if row.code for form in row.forms}


@cache
def companies() -> regex.Pattern[str]:
    """A company's word and its trade, up to the end of the searched stretch: "tập đoàn ", "công ty cp chăn nuôi "."""
    body = "|".join(row.expression() for row in word_rows("company"))
    stops = "|".join(f for row in word_rows("company") for f in row.stops)
    return compiled(rf"(?:{body})(?:\s+(?!(?:{stops})\s)[\p{{L}}&\-]+){{0,8}}\s+[\"“]?$")


@cache
def announcers() -> regex.Pattern[str]:
    """What stands between a type word and the list it announces: "xã gồm: ", "phường: "."""
    return compiled("|".join(row.expression() for row in word_rows("announce")))
