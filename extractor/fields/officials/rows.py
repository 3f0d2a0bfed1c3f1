"""Rows of roles, bodies, ranks, forms of address, abbreviations and surnames, compiled once over folded text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal, TypeVar

import regex
from pydantic import Field

from extractor.compiled import compiled
from extractor.fields.officials.marks import Forms
from extractor.fields.officials.words import expression
from extractor.rules import Row, ask_for, cache, first_words, load_rows
from extractor.rules.countries import country_rows
from extractor.text import fold

R = TypeVar("R", bound=Row)
Kind = Literal["body", "public", "alone", "weak", "firm", "minor"]
Complement = Literal["place", "topic", "any", "term", "court", "foreign", "delegation", "none"]


class RoleRow(Row):
    """A role. `head` is the body word that the role implies; `kind` tells what it takes to be a public post.

    `duties` may follow and belong to the role; with one of them it is public by itself (a minor post) unless `weak_duties`.
    A `bound` role counts only right before a body or, where it implies a head, before words of such a body: "CT UBND".
    A `level` is that of the role wherever it is held: an ambassador is the state's; `unit_level` that of a member's committee.

    The words of a role:
    `not_before`, `not_after`: texts right behind or before it that make it another word; `unless_capital`: not one written with
    a capital; `set_off`: counts only behind a comma, a dash or a bracket; `inside`: may stand inside a body's name.
    Its body:
    `complement`: what the rest of the name of its `head` is; `hamlet`: its head is a hamlet; `of_country`, `of_unit`: a country, a
    bare place may be its body; `abroad`: is held in other states too; `of_state`: in other states alone; `deputy`: sits in an
    assembly, `told_by` is what tells it anywhere in a text; `attends`: serves another post ("Trợ lý Tổng thống"); `families`:
    the bodies that it may stand for where the text names one before it; `ministry`: its body is the one ministry of the text;
    `foreigners`: counts only beside a name of another country;
    `leads`: a team or council that the text names before it; `deputies`: its deputies beside it are in its body.
    Its rank:
    `chair`; `general`: of a company, not of a hospital; `seat`: one in a committee, beside an office; `force`, `staff`: command
    and staff of one force; `chief`: heads a body with a Party committee; `office`: heads an office; `speaks`: for its body;
    `investigates`: for the police of its unit; `minister`, `above_ministers`.
    """

    role: str
    kind: Kind = "body"
    head: str | None = None
    duties: list[str] = Field(default_factory=list)
    weak_duties: bool = False
    bound: bool = False
    level: Literal["central"] | None = None
    unit_level: Literal["province", "district"] | None = None
    not_before: tuple[str, ...] = ()
    not_after: tuple[str, ...] = ()
    unless_capital: bool = False
    set_off: bool = False
    inside: bool = False
    complement: Complement = "topic"
    hamlet: bool = False
    of_country: bool = False
    of_unit: bool = False
    abroad: bool = False
    of_state: bool = False
    foreigners: bool = False
    deputy: bool = False
    told_by: str | None = None
    attends: bool = False
    families: tuple[str, ...] = ()
    ministry: bool = False
    leads: Literal["team", "council"] | None = None
    deputies: bool = False
    chair: bool = False
    general: bool = False
    seat: bool = False
    force: bool = False
    staff: bool = False
    chief: bool = False
    office: bool = False
    speaks: bool = False
    investigates: bool = False
    minister: bool = False
    above_ministers: bool = False

    @property
    def minor(self) -> bool:
        """Whether the role alone says little: it takes a body, or a name beside it."""
        return self.kind in ("weak", "minor")

    @property
    def whole(self) -> bool:
        """Whether the role is public by itself."""
        return self.kind in ("public", "alone")


class BodyRow(Row):
    """The head of an organisation's name; `complement` is what may follow, a parent has a higher `rank`.

    What may stand beside the head:
    `opens_words`: words of topics begin with it ("Xã hội"); `not_before`: texts right behind it that make it another word;
    `hosted`: the name of its host follows at once ("Chi bộ Phòng Kinh tế"); `hosts`: such a host, in lower case too; `terms`:
    numbered terms belong to it; `commas`: so do commas in its name; `whole_words`: its topic is of words that rows have;
    `of_many`: "các" and another head may follow; `single`: one syllable that is a name of it; `needs_more`: says nothing alone.
    What it is:
    `is_unit`: the unit itself; `unit`: the type word of the unit that it is of; `mass`: public in a company too; `branch`: public
    only as a branch of a public body; `private`: topics of private parties; `seats`: deputies sit in it, or go in it.
    Behind a role that names a head:
    `within_head`: the head is said with it ("Văn phòng Trung ương"); `for_head`: the whole name takes the head's place;
    `completes`: the head that it completes by itself ("Thứ trưởng Công an"); as a head, `gives_way` to another one or never
    does; `in_others`: is part of the body behind it; `implied`: a bare role that names it is in it; `standing`: "Thường trực"
    behind the role is its own; `no_general`: a general director makes it private.
    Between articles (`body_keys`):
    `national`: the nation's where no unit is told; `unique`: a name longer than a word says which one it is; `within_parent`: has a
    name only within its parent, `alone_too`: or by itself; `keeps_organs`: an organ at the end of its name tells it apart;
    `titled`: its name is a title, whose capitals stay as written; `of_states`: every state has one.
    """

    canonical: str
    complement: Complement = "topic"
    rank: int = 5
    public: bool = True
    opens_words: bool = False
    not_before: tuple[str, ...] = ()
    hosted: bool = False
    hosts: bool = False
    terms: bool = False
    commas: bool = False
    whole_words: bool = False
    of_many: bool = False
    single: tuple[str, ...] = ()
    needs_more: bool = False
    is_unit: bool = False
    unit: str | None = None
    mass: bool = False
    branch: bool = False
    private: tuple[str, ...] = ()
    seats: Literal["house", "delegation"] | None = None
    within_head: bool = False
    for_head: bool = False
    completes: str | None = None
    gives_way: Literal["always", "never"] | None = None
    in_others: bool = False
    implied: bool = False
    standing: bool = False
    no_general: bool = False
    national: bool = False
    unique: bool = False
    within_parent: bool = False
    alone_too: bool = False
    keeps_organs: bool = False
    titled: bool = False
    of_states: bool = False


class HonorificRow(Row):
    """A form of address or an occupation before a name. `private` occupations make nobody an official."""

    plural: bool = False
    private: bool = False


class BodyWordRow(Row):
    """Words around names of organisations; `use` tells what they do there."""

    ASKED: ClassVar[tuple[str, ...]] = ("use",)

    use: Literal["word", "verb", "stop", "opener", "spelling"] = "word"


class AbbreviationRow(Row):
    """An abbreviation and its full wording."""

    expansion: str


class SurnameRow(Row):
    """A group of surnames; `rare` ones open a name only after a form of address or a post, `foreign` ones are other countries'.

    Those of a `given` row are given names of other countries, which open a name there.
    """

    rare: bool = False
    foreign: bool = False
    given: bool = False


class ActivityRow(Row):
    """What a person does, by the verb after the name; `kind` is the record's word for it."""

    kind: str


def alternatives(forms: list[str]) -> str:
    """Folded forms, longest first, blanks flexible."""
    unique = sorted({fold(f) for f in forms}, key=lambda form: (-len(form), form))
    border = r"(?![\p{L}\p{N}])"
    return "|".join(
        regex.escape(f, special_only=True, literal_spaces=True).replace(" ", r" {1,3}")
        + ("" if f.endswith(".") else border)
        for f in unique
    )


@lru_cache(maxsize=2048)
def key(text: str) -> str:
    """Folded, with single blanks: how surface forms are looked up."""
    return " ".join(fold(text).split())


def written_short(text: str) -> bool:
    """Whether an acronym's letters are written as capitals ("TƯ" is Trung ương, "Tư" in "Tư pháp" is not)."""
    return sum(c.isupper() for c in text) >= 2


def forms_of(rows: Iterable[Row]) -> list[str]:
    """All forms of some rows."""
    return [f for row in rows for f in row.forms]


def keyed(rows: Iterable[R]) -> dict[str, R]:
    """Rows by the key of each of their forms."""
    return {key(f): row for row in rows for f in row.forms}


def _duties(forms: list[str]) -> regex.Pattern[str]:
    """One to three duties after a role: "địa chính - xây dựng", "văn hóa và thông tin"."""
    one = f"(?:{alternatives(forms)})"
    between = rf"(?: ?[\-–,] ?| {expression('and-too')} )"
    return compiled(rf" (?:{expression('in-charge')} )?{one}(?:{between}{one}){{0,3}}")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything compiled. Dictionaries are keyed by `key(form)` unless they say otherwise."""

    role_forms: Forms
    bound: dict[str, tuple[Forms, ...]]
    foreigners: frozenset[str]  # forms of roles that count only beside a foreign name
    roles: dict[str, RoleRow]
    ranked: dict[str, RoleRow]  # by id
    duties: dict[str, regex.Pattern[str]]
    body_forms: Forms
    bodies: dict[str, BodyRow]
    words: Forms
    verbs: frozenset[str]
    stops: Forms
    openers: Forms
    spelling: Forms
    spelled: dict[str, str]
    countries: Forms
    address: Forms
    plural: regex.Pattern[str]
    private: regex.Pattern[str]
    abbreviation: regex.Pattern[str] | None  # where one begins with no letter, so that `abbreviations` does not have it
    abbreviations: Forms
    expansions: dict[str, str]
    acronyms: frozenset[str]
    surnames: frozenset[str]
    rare_surnames: frozenset[str]
    all_surnames: frozenset[str]  # the common and the rare ones
    foreign_surnames: frozenset[str]
    foreign_given: frozenset[str]
    activity: Forms
    activities: dict[str, str]


_LEFT = r"(?<![\p{L}\p{N}])"


def _any(rows: Iterable[Row]) -> str:
    return f"{_LEFT}(?:{alternatives(forms_of(rows))})"


def _before_names(rows: Iterable[HonorificRow]) -> regex.Pattern[str]:
    """What opens a list of persons, up to the end of the searched stretch: "các đồng chí ", "hai "."""
    several = f"{alternatives(forms_of(rows))}|{expression('several')}"
    return compiled(rf"{_LEFT}(?:{several}|\d)[ :]*$")


def _where(rows: Iterable[R], column: str) -> list[R]:
    return [row for row in rows if getattr(row, column)]


def _using(rows: Iterable[BodyWordRow], *uses: str) -> list[BodyWordRow]:
    return [row for row in rows if row.use in uses]


def _acronyms(rows: Iterable[Row]) -> frozenset[str]:
    return frozenset(key(f) for f in forms_of(rows) if f.isupper() and " " not in f)


def _common(rows: Iterable[SurnameRow]) -> list[SurnameRow]:
    return [row for row in rows if not (row.rare or row.foreign or row.given)]


def _bound(rows: Iterable[RoleRow], headed: tuple[Forms, ...], bare: tuple[Forms, ...]) -> dict[str, tuple[Forms, ...]]:
    return {form: headed if row.head else bare for form, row in keyed(rows).items()}


@cache
def lexicon() -> Lexicon:
    """The compiled rows. Raises `PatternError` for a malformed file."""
    roles = load_rows("roles.yaml", RoleRow)
    bodies = load_rows("bodies.yaml", BodyRow)
    honorifics = load_rows("honorifics.yaml", HonorificRow)
    shorts = load_rows("abbreviations.yaml", AbbreviationRow)
    surnames = load_rows("surnames.yaml", SurnameRow)
    verbs = load_rows("activities.yaml", ActivityRow)
    words = load_rows("body_words.yaml", BodyWordRow)
    countries = country_rows()
    body_forms = Forms(forms_of(bodies), bounded=False)
    body_words = Forms(forms_of(_using(words, "word", "verb")))
    short_forms = Forms(forms_of(shorts))
    all_surnames = frozenset(keyed([*_common(surnames), *_where(surnames, "rare")]))
    foreign_given = frozenset(keyed(_where(surnames, "given")))
    ask_for(all_surnames | foreign_given)
    return Lexicon(
        role_forms=Forms(forms_of(roles), bounded=False),
        bound=_bound(_where(roles, "bound"), (body_words, short_forms), (body_forms,)),
        foreigners=frozenset(keyed(_where(roles, "foreigners"))),
        roles=keyed(roles),
        ranked={row.id: row for row in roles},
        duties={row.id: _duties(row.duties) for row in _where(roles, "duties")},
        body_forms=body_forms,
        bodies=keyed(bodies),
        words=body_words,
        verbs=frozenset(keyed(_using(words, "verb"))),
        stops=Forms(forms_of(_using(words, "stop"))),
        openers=Forms(forms_of(_using(words, "opener"))),
        spelling=Forms(forms_of(_using(words, "spelling"))),
        spelled={key(f): f for f in forms_of(_using(words, "spelling"))},
        countries=Forms(forms_of(countries)),
        address=Forms(forms_of((*honorifics, *load_rows("ranks.yaml", Row)))),
        plural=_before_names(_where(honorifics, "plural")),
        private=compiled(rf"(?r){_any(_where(honorifics, 'private'))}[ .:]*$"),
        abbreviation=compiled(_any(shorts)) if first_words(forms_of(shorts)) is None else None,
        abbreviations=short_forms,
        expansions={form: row.expansion for form, row in keyed(shorts).items()},
        acronyms=_acronyms((*roles, *bodies)),
        surnames=frozenset(keyed(_common(surnames))),
        rare_surnames=frozenset(keyed(_where(surnames, "rare"))),
        all_surnames=all_surnames,
        foreign_surnames=frozenset(keyed(_where(surnames, "foreign"))),
        foreign_given=foreign_given,
        activity=Forms(forms_of(verbs)),
        activities={form: row.kind for form, row in keyed(verbs).items()},
    )


@cache
def unit_of_head() -> dict[str, str]:
    """Form of a head that is of one kind of unit → the unit's type word: "huyện ủy" → "huyện", "thành ủy" → "thành phố"."""
    return {form: row.unit for form, row in lexicon().bodies.items() if row.unit}


@cache
def unit_of_first_word() -> dict[str, str]:
    """The first word of such a form → the type word: "thành" → "thành phố"."""
    return {form.split(" ")[0]: unit for form, unit in unit_of_head().items()}
